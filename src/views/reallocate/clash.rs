//! Limits that cannot all hold: which, by how many posts, and a button for each cure.

use bianheng_core::allocate::Clash;
use bianheng_core::report::reallocate::{Cure, cures, explain};
use bianheng_core::text::reallocate as words;
use leptos::prelude::*;

use super::desk::use_desk;
use crate::widgets::{Icon, icon};

/// The box.
#[component]
pub fn ClashBox(clash: Memo<Option<Clash>>) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let said = Memo::new(move |_| {
        let lang = state.lang.get();
        let said = desk.study.with(|study| {
            clash.with(|clash| {
                let (study, clash) = (study.as_ref()?, clash.as_ref()?);
                state.with(|open| {
                    explain(clash, &open.workspace().state().county, &study.prepared, lang)
                })
            })
        });
        said.unwrap_or_default()
    });
    let offered = Memo::new(move |_| {
        let lang = state.lang.get();
        let limits = desk.limits.get();
        let offered = desk.study.with(|study| {
            clash.with(|clash| {
                let (study, clash) = (study.as_ref()?, clash.as_ref()?);
                let cures = cures(clash, &limits, &study.prepared).into_iter();
                state.with(|open| {
                    let county = &open.workspace().state().county;
                    cures
                        .map(|cure| (cure.text(county, &study.prepared, lang), cure))
                        .collect::<Vec<_>>()
                })
            })
        });
        offered.unwrap_or_default()
    });
    let cure = move |cure: &Cure| {
        let kind = state.kind.get_untracked();
        if let Some(step) = state.peek(|open| cure.step(open.workspace(), &kind)) {
            state.dispatch(step);
        }
    };
    let sentences = move || {
        let said = said.get().into_iter();
        said.map(|text| view! { <p data-testid="clash-line">{text}</p> }).collect_view()
    };
    let buttons = move || {
        let offered = offered.get().into_iter();
        offered
            .map(|(text, what)| {
                view! {
                    <button
                        type="button"
                        class="btn"
                        data-testid="cure"
                        on:click=move |_| cure(&what)
                    >
                        {text}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div class="empty err" role="alert" data-testid="clash">
            {icon(Icon::Warn, "ico-20")}
            <strong>{state.say(words::NO_ANSWER)}</strong>
            {sentences}
            <p>{state.say(words::NO_ANSWER_TEXT)}</p>
            <div class="btns">{buttons}</div>
        </div>
    }
}
