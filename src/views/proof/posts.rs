//! The posts beside the entitlement, and who set them. A hand edit's reason and document number
//! are written here: each is a step of the history like the posts themselves.

use bianheng_core::report::proof_sheet::ProofSheet;
use bianheng_core::scenario::{By, Command, Label, Posting, Step};
use bianheng_core::text::{Message, number, proof};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::state::{State, use_state};
use crate::widgets::margin;

/// Posts in the survey and now, people in post, margin, and who set the posts.
#[component]
pub fn Posts(sheet: Memo<Option<ProofSheet>>) -> impl IntoView {
    let state = use_state();
    let figure = move |label: Message, testid, read: fn(&ProofSheet) -> u32| {
        let value = move || {
            let value = sheet.with(|sheet| sheet.as_ref().map(read)).unwrap_or_default();
            number::count(u64::from(value))
        };
        view! {
            <div>
                <dt>{state.say(label)}</dt>
                <dd data-testid=testid>{value}</dd>
            </div>
        }
    };
    let gap = move || margin(sheet.with(|sheet| sheet.as_ref().and_then(|sheet| sheet.margin)));
    let said = move || {
        let lang = state.lang.get();
        let said = sheet.with(|sheet| sheet.as_ref().map(|sheet| proof::by(sheet, lang)));
        said.unwrap_or_default().into_iter().map(|said| view! { <p>{said}</p> }).collect_view()
    };
    // The fields stay while a planner types in them: only another row or another hand replaces them.
    let by_hand = Memo::new(move |_| {
        sheet.with(|sheet| {
            let sheet = sheet.as_ref()?;
            matches!(sheet.by, Some(By::Hand { .. })).then_some(sheet.row)
        })
    });
    view! {
        <dl class="figrow">
            {figure(proof::SURVEYED, "proof-surveyed", |sheet| sheet.surveyed)}
            {figure(proof::AUTHORISED, "proof-authorised", |sheet| sheet.authorised)}
            {figure(proof::IN_POST, "proof-in-post", |sheet| sheet.in_post)}
            <div>
                <dt>{state.say(proof::MARGIN)}</dt>
                <dd data-testid="proof-margin">{gap}</dd>
            </div>
        </dl>
        <section class="source">
            <h4>{state.say(proof::WHO)}</h4>
            <div data-testid="proof-by">{said}</div>
            {move || by_hand.get().map(|row| view! { <ByHand row sheet /> })}
        </section>
    }
}

/// Which of the two texts of a hand edit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    Reason,
    Document,
}

impl Text {
    fn of(self, by: Option<&By>) -> String {
        match (self, by) {
            (Self::Reason, Some(By::Hand { reason, .. })) => reason.clone(),
            (Self::Document, Some(By::Hand { document, .. })) => document.clone(),
            _ => String::new(),
        }
    }
}

/// Reason and document number of a hand edit.
#[component]
fn ByHand(row: usize, sheet: Memo<Option<ProofSheet>>) -> impl IntoView {
    let state = use_state();
    let field = move |text: Text, label: Message, hint: Message, testid: &'static str| {
        let kept = Memo::new(move |_| {
            sheet.with(|sheet| text.of(sheet.as_ref().and_then(|sheet| sheet.by.as_ref())))
        });
        let on_key = move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            let input = event_target::<web_sys::HtmlInputElement>(&event);
            match event.key().as_str() {
                "Enter" => write(state, row, text, &input.value()),
                // The first Escape gives the text back, the next closes the panel.
                "Escape" if input.value() != kept.get_untracked() => {
                    input.set_value(&kept.get_untracked());
                    event.prevent_default();
                    event.stop_propagation();
                }
                _ => {}
            }
        };
        view! {
            <div class="fieldset">
                <label for=testid>{state.say(label)}</label>
                <input
                    id=testid
                    class="field"
                    data-testid=testid
                    placeholder=state.say(hint)
                    prop:value=move || kept.get()
                    on:change=move |event| write(state, row, text, &event_target_value(&event))
                    on:keydown=on_key
                />
            </div>
        }
    };
    view! {
        <div class="proof-override">
            {field(Text::Reason, proof::REASON, proof::REASON_HINT, "proof-reason")}
            {field(Text::Document, proof::DOCUMENT, proof::DOCUMENT_HINT, "proof-document")}
        </div>
    }
}

/// Replaces one text of a hand edit. The posts stay as they are.
fn write(state: State, row: usize, text: Text, value: &str) {
    let value = value.trim().to_owned();
    let step = state.peek(|open| {
        let now = open.workspace().state();
        let (at, old) = (now.county.id_of(row)?, now.posting(row)?);
        let by @ By::Hand { reason, document, .. } = old.by.as_ref()? else { return None };
        let by = match text {
            Text::Reason => by.explained(&value, document),
            Text::Document => by.explained(reason, &value),
        };
        let new = Posting { posts: old.posts, by };
        let commands = vec![Command::SetPosts { at, old: old.clone(), new: new.clone() }];
        (new != old).then_some(Step { label: Label::Edit, commands })
    });
    if let Some(step) = step.flatten() {
        state.dispatch(step);
    }
}
