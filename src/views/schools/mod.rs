//! Schools.

use leptos::prelude::*;

/// Schools.
#[component]
pub fn Schools() -> impl IntoView {}
