//! Reallocate.

use leptos::prelude::*;

/// Reallocate.
#[component]
pub fn Reallocate() -> impl IntoView {}
