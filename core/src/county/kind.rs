//! Kinds of post: totals that never mix.

use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

/// The id of a post kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindId(Arc<str>);

static SCHOOL: LazyLock<KindId> = LazyLock::new(|| KindId::new("school"));
static GENERAL: LazyLock<KindId> = LazyLock::new(|| KindId::new("general"));

impl KindId {
    /// An id from its text.
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// School posts (中小学教职工编制).
    pub fn school() -> &'static Self {
        &SCHOOL
    }

    /// General institution posts (普通事业编制).
    pub fn general() -> &'static Self {
        &GENERAL
    }
}

/// A ring-fenced total of posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostKind {
    /// Its id, permanent.
    pub id: KindId,
    /// Its name.
    pub name: Bilingual,
    /// Posts that the county may hold of this kind, pool and unassigned included.
    pub total: u32,
}
