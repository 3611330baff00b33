//! Documents in IndexedDB: each file's base, written once, and its scenario, written at every
//! change. A write is one transaction: it is there whole or not at all.

use std::fmt;

use idb::{Database, Error, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use wasm_bindgen::JsValue;

const NAME: &str = "bianheng";
const VERSION: u32 = 1;
const BASES: &str = "bases";
const SCENARIOS: &str = "scenarios";

/// Why the browser did not store or read: full, denied, or something of its own.
#[derive(Debug)]
pub struct StoreError(Error);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

async fn database() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        use idb::DatabaseEvent as _;
        let Ok(database) = event.database() else { return };
        for store in [BASES, SCENARIOS] {
            // A refusal here fails the opening itself, which is reported.
            let _ = database.create_object_store(store, ObjectStoreParams::new());
        }
    });
    request.await
}

async fn write(id: &str, values: &[(&str, &str)]) -> Result<(), StoreError> {
    let database = database().await?;
    let names: Vec<&str> = values.iter().map(|(store, _)| *store).collect();
    let transaction = database.transaction(&names, TransactionMode::ReadWrite)?;
    for (store, value) in values {
        let store = transaction.object_store(store)?;
        store.put(&JsValue::from_str(value), Some(&JsValue::from_str(id)))?.await?;
    }
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

/// Writes a file's base and scenario.
pub async fn put(id: &str, base: &str, scenario: &str) -> Result<(), StoreError> {
    write(id, &[(BASES, base), (SCENARIOS, scenario)]).await
}

/// Writes a file's scenario.
pub async fn put_scenario(id: &str, scenario: &str) -> Result<(), StoreError> {
    write(id, &[(SCENARIOS, scenario)]).await
}

/// Reads a file's base and scenario; `None` if it is not there.
pub async fn get(id: &str) -> Result<Option<(String, String)>, StoreError> {
    let database = database().await?;
    let transaction = database.transaction(&[BASES, SCENARIOS], TransactionMode::ReadOnly)?;
    let mut texts = Vec::new();
    for store in [BASES, SCENARIOS] {
        let value = transaction.object_store(store)?.get(JsValue::from_str(id))?.await?;
        texts.extend(value.and_then(|value| value.as_string()));
    }
    transaction.await?;
    database.close();
    let mut texts = texts.into_iter();
    Ok(texts.next().zip(texts.next()))
}

/// Deletes every file but the ones named.
pub async fn sweep(kept: &[String]) -> Result<(), StoreError> {
    let database = database().await?;
    let transaction = database.transaction(&[BASES, SCENARIOS], TransactionMode::ReadWrite)?;
    for name in [BASES, SCENARIOS] {
        let store = transaction.object_store(name)?;
        let keys = store.get_all_keys(None::<Query>, None)?.await?;
        for key in keys {
            let known = key.as_string().is_some_and(|key| kept.contains(&key));
            if !known {
                store.delete(Query::KeyRange(KeyRange::only(&key)?))?.await?;
            }
        }
    }
    transaction.commit()?.await?;
    database.close();
    Ok(())
}
