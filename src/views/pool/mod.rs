//! Pool.

use leptos::prelude::*;

/// Pool.
#[component]
pub fn Pool() -> impl IntoView {}
