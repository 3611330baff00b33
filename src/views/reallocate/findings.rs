//! What to look at before the proposal is trusted, each with its cure.

use bianheng_core::report::reallocate::findings;
use bianheng_core::text::reallocate as words;
use leptos::prelude::*;

use super::desk::use_desk;
use crate::widgets::{Icon, icon};

/// The findings; nothing where there are none.
#[component]
pub fn Findings() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    move || {
        let lang = state.lang.get();
        let found = desk.study.with(|study| {
            let prepared = &study.as_ref()?.prepared;
            state.with(|open| {
                let now = open.workspace().state();
                let county = &now.county;
                let found = desk.limits.with(|limits| findings(now, limits, prepared)).into_iter();
                let said = found.map(|found| {
                    let cure = found.cure(prepared);
                    let label = cure.as_ref().map(|cure| cure.text(county, prepared, lang));
                    (found.text(county, prepared, lang), cure.zip(label))
                });
                said.collect::<Vec<_>>()
            })
        });
        let found = found.unwrap_or_default();
        if found.is_empty() {
            return ().into_any();
        }
        let rows = found.into_iter().map(|(text, cure)| {
            let button = cure.map(|(cure, label)| {
                let act = move |_| {
                    let kind = state.kind.get_untracked();
                    if let Some(step) = state.peek(|open| cure.step(open.workspace(), &kind)) {
                        state.dispatch(step);
                    }
                };
                view! {
                    <button type="button" class="btn small" data-testid="finding-cure" on:click=act>
                        {label}
                    </button>
                }
            });
            view! {
                <li data-testid="finding">
                    {icon(Icon::Warn, "ico-13")}
                    <p>{text}</p>
                    {button}
                </li>
            }
        });
        view! {
            <section class="block">
                <header class="sec"><h2>{words::FINDINGS.get(lang)}</h2></header>
                <ul class="reds-list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    }
}
