//! ProofPanel.

use leptos::prelude::*;

/// ProofPanel.
#[component]
pub fn ProofPanel() -> impl IntoView {}
