//! What was set by hand: posts, reason and document of each, and how much of the change is by rule
//! and how much by hand.

use bianheng_core::report::reallocate::{Override, by_whom, explain_override, overrides, row_name};
use bianheng_core::scenario::release;
use bianheng_core::text::{Message, reallocate as words};
use leptos::prelude::*;

use super::desk::{Desk, use_desk};

/// The list.
#[component]
pub fn Overrides() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let found = Memo::new(move |_| {
        let kind = state.kind.get();
        let found = state.with(|open| {
            let workspace = open.workspace();
            (overrides(workspace, &kind), by_whom(workspace, &kind))
        });
        found.unwrap_or_default()
    });
    let sums = move || {
        let (found, [rule, hand]) = found.get();
        let values: [(&str, &dyn std::fmt::Display); 4] =
            [("up", &rule[0]), ("down", &rule[1]), ("hand_up", &hand[0]), ("hand_down", &hand[1])];
        let lang = state.lang.get();
        let mut text = words::BY_WHOM.with(lang, &values);
        let open = found.iter().filter(|found| found.lacks_reason).count();
        if open > 0 {
            text.push_str(&words::HANDS_UNEXPLAINED.with(lang, &[("n", &open)]));
        }
        text
    };
    let head = move |message: Message| {
        view! { <th scope="col">{state.say(message)}</th> }
    };
    let rows = move || {
        let (found, _) = found.get();
        if found.is_empty() {
            let text = state.t(words::NO_HANDS);
            return view! { <tr><td colspan="5" class="note">{text}</td></tr> }.into_any();
        }
        found.into_iter().map(|found| row(desk, found)).collect_view().into_any()
    };
    view! {
        <p class="note" data-testid="by-whom">{sums}</p>
        <table class="t dense" data-testid="overrides">
            <thead>
                <tr>
                    {head(words::UNIT)}
                    {head(words::POSTS_CHANGE)}
                    {head(words::REASON)}
                    {head(words::DOCUMENT)}
                    {head(words::RELEASE)}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(desk: Desk, found: Override) -> AnyView {
    let state = desk.state;
    let lang = state.lang.get();
    let row = found.row;
    let name = state
        .with(|open| row_name(&open.workspace().state().county, row, lang))
        .unwrap_or_default();
    let field = |testid: &'static str, message: Message, value: String, other: String| {
        let is_reason = testid == "hand-reason";
        let missing = is_reason && found.lacks_reason;
        let label = format!("{name} {}", message.get(lang));
        let change = move |event| {
            let text = event_target_value(&event);
            let (reason, document) = if is_reason { (&text, &other) } else { (&other, &text) };
            let step = state
                .peek(|open| explain_override(open.workspace().state(), row, reason, document));
            if let Some(step) = step.filter(|step| !step.commands.is_empty()) {
                state.dispatch(step);
            }
        };
        view! {
            <td>
                <input
                    class="field"
                    type="text"
                    data-testid=testid
                    aria-label=label
                    aria-invalid=missing.then_some("true")
                    placeholder=missing.then(|| words::REASON_MISSING.get(lang))
                    prop:value=value
                    on:change=change
                />
            </td>
        }
        .into_any()
    };
    let (reason, document) = (found.reason.clone(), found.document.clone());
    let free = move |_| {
        if let Some(step) = state.peek(|open| release(open.workspace(), row)) {
            state.dispatch(step);
        }
    };
    view! {
        <tr data-testid="override-row" data-id=found.id.to_string()>
            <th scope="row">{name.clone()}</th>
            <td class="num">{format!("{} → {}", found.before, found.posts)}</td>
            {field("hand-reason", words::REASON, reason.clone(), document.clone())}
            {field("hand-document", words::DOCUMENT, document, reason)}
            <td>
                <button type="button" class="link" data-testid="override-release" on:click=free>
                    {words::RELEASE.get(lang)}
                </button>
            </td>
        </tr>
    }
    .into_any()
}
