//! ImportDialog.

use leptos::prelude::*;

/// ImportDialog.
#[component]
pub fn ImportDialog() -> impl IntoView {}
