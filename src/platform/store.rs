//! Documents in IndexedDB: each file's base, written once, its scenarios, written at every change,
//! its entry in the list, its place on disk, and a ring of snapshots. A write is one transaction: it is there whole or
//! not at all, whenever the browser is stopped.

use std::fmt;

use idb::{Database, Error, Factory, KeyRange, ObjectStoreParams, Query, TransactionMode};
use wasm_bindgen::JsValue;

use super::clock;

const NAME: &str = "bianheng";
const VERSION: u32 = 3;
const BASES: &str = "bases";
const SCENARIOS: &str = "scenarios";
const FILES: &str = "files";
const SNAPSHOTS: &str = "snapshots";
const HANDLES: &str = "handles";
const ALL: [&str; 5] = [BASES, SCENARIOS, FILES, SNAPSHOTS, HANDLES];
/// Snapshots of one file that nobody asked for: an older one gives its place to a newer.
pub const RING: usize = 30;
/// Snapshots of one file that somebody made: none gives its place to another.
pub const BY_HAND: usize = 100;
/// Bytes of either sort.
pub const SNAPSHOT_BYTES: usize = 60_000_000;

/// Why the browser did not store or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// No room is left.
    Full,
    /// The browser does not allow it: a private window, a setting.
    Denied,
    /// A newer version of the app has been here and made the store its own.
    Newer,
    /// There are as many snapshots made by hand as there may be.
    ManySnapshots,
    /// Something of its own, in its words.
    Other(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("QuotaExceededError"),
            Self::Denied => f.write_str("SecurityError"),
            Self::Newer => f.write_str("VersionError"),
            Self::ManySnapshots => f.write_str("too many snapshots"),
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
        } else if text.contains("VersionError") {
            Self::Newer
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

/// Keeps the browser's handle of a file's place on disk. One that the browser cannot keep is known to
/// this page alone.
pub async fn put_handle(id: &str, handle: &JsValue) -> Result<(), StoreError> {
    let database = database().await?;
    let transaction = database.transaction(&[HANDLES], TransactionMode::ReadWrite)?;
    transaction.object_store(HANDLES)?.put(handle, Some(&JsValue::from_str(id)))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

/// The handle of a file's place on disk, where one is kept.
pub async fn handle(id: &str) -> Result<Option<JsValue>, StoreError> {
    let database = database().await?;
    let transaction = database.transaction(&[HANDLES], TransactionMode::ReadOnly)?;
    let handle = transaction.object_store(HANDLES)?.get(JsValue::from_str(id))?.await?;
    database.close();
    Ok(handle.filter(JsValue::is_object))
}

/// Forgets a file's place on disk.
pub async fn forget_handle(id: &str) -> Result<(), StoreError> {
    write(&[(HANDLES, id, "")]).await
}

/// The key of a snapshot says what the ring has to know of it without reading it: its moment, its bytes
/// and whether somebody made it.
fn snapshot_key(id: &str, at: u64, bytes: usize, by_hand: bool) -> String {
    let sort = if by_hand { "hand" } else { "time" };
    format!("{id}/{at:014}/{bytes}/{sort}")
}

/// Bytes of a snapshot and whether somebody made it. A key of an older program says neither.
fn read_snapshot_key(key: &str) -> (usize, bool) {
    let mut parts = key.rsplit('/');
    let by_hand = parts.next() == Some("hand");
    (parts.next().and_then(|bytes| bytes.parse().ok()).unwrap_or(0), by_hand)
}

/// Writes a snapshot. The oldest ones that nobody asked for go where there are more than the ring
/// holds; those made by hand stay, and one too many is refused.
pub async fn put_snapshot(id: &str, at: u64, by_hand: bool, text: &str) -> Result<(), StoreError> {
    let old = keys(SNAPSHOTS, &format!("{id}/")).await?;
    let like = old.iter().map(|key| (key, read_snapshot_key(key)));
    let like: Vec<_> = like.filter(|(_, (_, hand))| *hand == by_hand).collect();
    let key = snapshot_key(id, at, text.len(), by_hand);
    let mut values = vec![(SNAPSHOTS, key.as_str(), text)];
    let most = if by_hand { BY_HAND } else { RING };
    let (mut count, mut bytes) = (1, text.len());
    // From the newest on, as far as there is room.
    for (key, (size, _)) in like.into_iter().rev() {
        count += 1;
        bytes += size;
        if count > most || bytes > SNAPSHOT_BYTES {
            if by_hand {
                return Err(StoreError::ManySnapshots);
            }
            values.push((SNAPSHOTS, key.as_str(), ""));
        }
    }
    write(&values).await
}

/// Deletes the snapshot of a moment.
pub async fn delete_snapshot(id: &str, at: u64) -> Result<(), StoreError> {
    let keys = keys(SNAPSHOTS, &format!("{id}/{at:014}")).await?;
    let values: Vec<_> = keys.iter().map(|key| (SNAPSHOTS, key.as_str(), "")).collect();
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
