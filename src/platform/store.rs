//! Documents in IndexedDB: each file's base, written once, its scenarios, written at every change,
//! its entry in the list, and a ring of snapshots. A write is one transaction: it is there whole or
//! not at all, whenever the browser is stopped.

use std::fmt;

use idb::{Database, Error, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use wasm_bindgen::JsValue;

use super::clock;

const NAME: &str = "bianheng";
const VERSION: u32 = 2;
const BASES: &str = "bases";
const SCENARIOS: &str = "scenarios";
const FILES: &str = "files";
const SNAPSHOTS: &str = "snapshots";
const ALL: [&str; 4] = [BASES, SCENARIOS, FILES, SNAPSHOTS];
/// Snapshots of one file that are kept; an older one gives its place to a newer.
pub const RING: usize = 30;

/// Why the browser did not store or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// No room is left.
    Full,
    /// The browser does not allow it: a private window, a setting.
    Denied,
    /// Something of its own, in its words.
    Other(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("QuotaExceededError"),
            Self::Denied => f.write_str("SecurityError"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        // The browser's own name of the error stands in its long form only.
        let text = format!("{error:?}");
        if text.contains("QuotaExceeded") {
            Self::Full
        } else if text.contains("SecurityError")
            || text.contains("NotAllowed")
            || matches!(error, Error::IndexedDbNotFound(_) | Error::IndexedDbOpenFailed(_))
        {
            Self::Denied
        } else {
            Self::Other(error.to_string())
        }
    }
}

async fn database() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        use idb::DatabaseEvent as _;
        let Ok(database) = event.database() else { return };
        for store in ALL {
            // One that is there already is refused, which is as it should be; another refusal fails
            // the opening itself, which is reported.
            let _ = database.create_object_store(store, ObjectStoreParams::new());
        }
    });
    request.await
}

/// Writes values under their keys, all or none. An empty value deletes.
async fn write(values: &[(&str, &str, &str)]) -> Result<(), StoreError> {
    let database = database().await?;
    let transaction = database.transaction(&ALL, TransactionMode::ReadWrite)?;
    for (store, key, value) in values {
        let (store, key) = (transaction.object_store(store)?, JsValue::from_str(key));
        if value.is_empty() {
            store.delete(Query::KeyRange(KeyRange::only(&key)?))?.await?;
        } else {
            store.put(&JsValue::from_str(value), Some(&key))?.await?;
        }
    }
    // What has no room may be refused only here, when everything is written at once.
    let done = transaction.commit()?.await?;
    database.close();
    if done.is_committed() { Ok(()) } else { Err(StoreError::Full) }
}

/// Writes a file's scenarios and its entry in the list; its base too where it is given.
pub async fn put(id: &str, base: Option<&str>, kept: &str, entry: &str) -> Result<(), StoreError> {
    let mut values = vec![(SCENARIOS, id, kept), (FILES, id, entry)];
    values.extend(base.map(|base| (BASES, id, base)));
    write(&values).await
}

/// Writes a file's entry in the list, or with an empty one takes it off the list.
pub async fn put_entry(id: &str, entry: &str) -> Result<(), StoreError> {
    write(&[(FILES, id, entry)]).await
}

/// Writes a snapshot and lets the oldest ones beyond the ring go.
pub async fn put_snapshot(id: &str, at: u64, text: &str) -> Result<(), StoreError> {
    let old = keys(SNAPSHOTS, id).await?;
    let key = format!("{id}/{at:014}");
    let mut values = vec![(SNAPSHOTS, key.as_str(), text)];
    let beyond = (old.len() + 1).saturating_sub(RING);
    values.extend(old.iter().take(beyond).map(|key| (SNAPSHOTS, key.as_str(), "")));
    write(&values).await
}

/// Keys of a store that begin with a file's id, in order.
async fn keys(store: &str, id: &str) -> Result<Vec<String>, StoreError> {
    let database = database().await?;
    let transaction = database.transaction(&[store], TransactionMode::ReadOnly)?;
    let keys = transaction.object_store(store)?.get_all_keys(None::<Query>, None)?.await?;
    database.close();
    let keys = keys.iter().filter_map(JsValue::as_string);
    let mut keys: Vec<String> = keys.filter(|key| key.starts_with(id)).collect();
    keys.sort_unstable();
    Ok(keys)
}

async fn read(wanted: &[(&str, String)]) -> Result<Vec<Option<String>>, StoreError> {
    let database = database().await?;
    let transaction = database.transaction(&ALL, TransactionMode::ReadOnly)?;
    let mut texts = Vec::with_capacity(wanted.len());
    for (store, key) in wanted {
        let value = transaction.object_store(store)?.get(JsValue::from_str(key))?.await?;
        texts.push(value.and_then(|value| value.as_string()));
    }
    database.close();
    Ok(texts)
}

/// Reads a file's base and scenarios; `None` if it is not there.
pub async fn get(id: &str) -> Result<Option<(String, String)>, StoreError> {
    let mut texts = read(&[(BASES, id.to_owned()), (SCENARIOS, id.to_owned())]).await?.into_iter();
    Ok(texts.next().flatten().zip(texts.next().flatten()))
}

/// Reads every entry of the list with the id of its file, in no order. What is no text is empty.
pub async fn entries() -> Result<Vec<(String, String)>, StoreError> {
    let ids = keys(FILES, "").await?;
    let wanted: Vec<_> = ids.iter().map(|id| (FILES, id.clone())).collect();
    let texts = read(&wanted).await?.into_iter().map(Option::unwrap_or_default);
    Ok(ids.into_iter().zip(texts).collect())
}

/// Reads every snapshot of a file, newest first.
pub async fn snapshots(id: &str) -> Result<Vec<String>, StoreError> {
    let keys = keys(SNAPSHOTS, &format!("{id}/")).await?;
    let wanted = keys.into_iter().rev().map(|key| (SNAPSHOTS, key));
    Ok(read(&wanted.collect::<Vec<_>>()).await?.into_iter().flatten().collect())
}

/// Deletes what belongs to no file of the list.
pub async fn sweep(kept: &[String]) -> Result<(), StoreError> {
    let mut gone = Vec::new();
    for store in ALL {
        for key in keys(store, "").await? {
            let id = key.split_once('/').map_or(key.as_str(), |(id, _)| id);
            // What was made within the last day may be another tab's, on its way to the list.
            let fresh = clock::of_id(id).is_some_and(|made| made + 86_400_000 > clock::millis());
            if !fresh && !kept.iter().any(|kept| kept == id) {
                gone.push((store, key.clone()));
            }
        }
    }
    let values: Vec<_> = gone.iter().map(|(store, key)| (*store, key.as_str(), "")).collect();
    if values.is_empty() { Ok(()) } else { write(&values).await }
}
