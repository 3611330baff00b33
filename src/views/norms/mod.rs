//! Norms.

use leptos::prelude::*;

/// Norms.
#[component]
pub fn Norms() -> impl IntoView {}
