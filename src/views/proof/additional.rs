//! Posts added to the row's entitlement for a stated reason (附加编制): the list with what has run
//! out, and the form that adds one. Each is a step of the history.

use bianheng_core::county::{AdditionalPosts, AdditionalReason};
use bianheng_core::report::proof_sheet::ProofSheet;
use bianheng_core::scenario::{Command, Label, Step};
use bianheng_core::text::{Message, names, pool_view, proof};
use leptos::prelude::*;

use crate::state::{State, use_state};
use crate::widgets::{Field, Icon, at_least_one, icon};

/// The list and the form.
#[component]
pub fn Additional(sheet: Memo<Option<ProofSheet>>) -> impl IntoView {
    let state = use_state();
    let of = Memo::new(move |_| {
        sheet.with(|sheet| {
            let sheet = sheet.as_ref().filter(|sheet| sheet.proof.is_some())?;
            Some((sheet.row, sheet.additional.clone()))
        })
    });
    let row = Memo::new(move |_| of.with(|of| of.as_ref().map(|(row, _)| *row)));
    let open = RwSignal::new(false);
    // The form belongs to the row that it was opened for.
    Effect::new(move |_| {
        row.track();
        open.set(false);
    });
    let list = move || {
        let lang = state.lang.get();
        let (row, all) = of.get()?;
        let one = |(at, (added, expired)): (usize, (AdditionalPosts, bool))| {
            let said = proof::additional(&added, expired, lang);
            let class = if expired { "note" } else { "" };
            let label = format!("{} {said}", proof::ADDITIONAL_REMOVE.get(lang));
            view! {
                <li data-testid="proof-additional">
                    <span class=class>{said}</span>
                    <button
                        type="button"
                        class="tool"
                        data-testid="proof-additional-remove"
                        title=proof::ADDITIONAL_REMOVE.get(lang)
                        aria-label=label
                        on:click=move |_| {
                            change(state, row, |all| {
                                if at < all.len() {
                                    all.remove(at);
                                }
                            });
                        }
                    >
                        {icon(Icon::Cross, "ico-13")}
                    </button>
                </li>
            }
        };
        Some(all.into_iter().enumerate().map(one).collect_view())
    };
    view! {
        <Show when=move || row.get().is_some()>
            <section class="source">
                <h4>{state.say(proof::ADDITIONAL)}</h4>
                <ul class="added">{list}</ul>
                <Show
                    when=move || open.get()
                    fallback=move || {
                        view! {
                            <button
                                type="button"
                                class="btn small"
                                data-testid="proof-additional-add"
                                on:click=move |_| open.set(true)
                            >
                                {icon(Icon::Plus, "ico-13")}
                                {state.say(proof::ADDITIONAL_ADD)}
                            </button>
                        }
                    }
                >
                    <Form row open />
                </Show>
            </section>
        </Show>
    }
}

#[component]
fn Form(row: Memo<Option<usize>>, open: RwSignal<bool>) -> impl IntoView {
    let state = use_state();
    let empty = || RwSignal::new(String::new());
    let (posts, document, until) = (empty(), empty(), empty());
    let reason = RwSignal::new(0_usize);
    let error = RwSignal::new(None::<Message>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = || {
            let posts = posts.with_untracked(|text| at_least_one(text));
            let text = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
            let until = text(until);
            let until = match until.as_str() {
                "" => None,
                day => Some(day.parse().map_err(|_| pool_view::ERROR_DATES)?),
            };
            let reason = AdditionalReason::ALL.get(reason.get_untracked()).copied();
            Ok(AdditionalPosts {
                posts: posts.ok_or(pool_view::ERROR_POSTS)?,
                reason: reason.unwrap_or(AdditionalReason::Other),
                document: text(document),
                until,
            })
        };
        match (read(), row.get_untracked()) {
            (Ok(added), Some(row)) => {
                change(state, row, |all| all.push(added));
                open.set(false);
            }
            (Err(why), _) => error.set(Some(why)),
            (Ok(_), None) => open.set(false),
        }
    };
    let reasons = move || {
        let lang = state.lang.get();
        let all = AdditionalReason::ALL.into_iter().enumerate();
        let option = |(at, reason): (usize, AdditionalReason)| {
            view! { <option value=at.to_string()>{names::additional(reason).get(lang)}</option> }
        };
        all.map(option).collect_view()
    };
    let choose = move |event| {
        reason.set(event_target_value(&event).parse().unwrap_or_default());
    };
    view! {
        <form class="entry" novalidate on:submit=submit data-testid="proof-additional-form">
            <Field
                label=pool_view::POSTS
                testid="proof-additional-posts"
                text=posts
                class="field num narrow"
            />
            <label class="fieldset">
                <span class="label">{state.say(proof::REASON)}</span>
                <span class="select">
                    <select data-testid="proof-additional-reason" on:change=choose>{reasons}</select>
                    {icon(Icon::ChevronDown, "ico-13")}
                </span>
            </label>
            <Field label=proof::DOCUMENT testid="proof-additional-document" text=document />
            <Field
                label=proof::ADDITIONAL_LAST
                testid="proof-additional-until"
                text=until
                kind="date"
            />
            <div class="btns">
                <button type="submit" class="btn" data-testid="proof-additional-save">
                    {state.say(pool_view::SAVE)}
                </button>
                <button type="button" class="btn quiet" on:click=move |_| open.set(false)>
                    {state.say(pool_view::CLOSE)}
                </button>
                {move || {
                    error.get().map(|why| {
                        view! { <span class="field-err" role="alert">{state.t(why)}</span> }
                    })
                }}
            </div>
        </form>
    }
}

/// Changes the list of a row: one step.
fn change(state: State, row: usize, change: impl FnOnce(&mut Vec<AdditionalPosts>)) {
    let step = state.peek(|open| {
        let county = &open.workspace().state().county;
        let (at, holding) = (county.id_of(row)?, county.holdings.get(row)?);
        let old = holding.additional.clone();
        let mut new = old.clone();
        change(&mut new);
        let commands = vec![Command::SetAdditional { at, old, new }];
        Some(Step { label: Label::Edit, commands })
    });
    if let Some(step) = step.flatten() {
        state.dispatch(step);
    }
}
