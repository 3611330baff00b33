//! Overview.

use leptos::prelude::*;

/// Overview.
#[component]
pub fn Overview() -> impl IntoView {}
