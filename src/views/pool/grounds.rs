//! The grounds of one award: each rule with its figures and clause, and where the planner decides
//! otherwise.

use bianheng_core::pool::{Mark, Override, Reason, Verdict};
use bianheng_core::report::pool::Applicant;
use bianheng_core::scenario::Label;
use bianheng_core::text::pool_order::SORTS;
use bianheng_core::text::pool_view as words;
use leptos::prelude::*;

use super::applicant::verdict;
use super::apply::score;
use super::cell::Cell;
use super::change::{change, try_change};
use super::lend::ErrorText;
use super::parts::{Choice, chosen_sort, sorts};
use super::seen::View;
use crate::state::{State, use_state};
use crate::widgets::{Field, Icon, count, icon};

/// The grounds.
#[component]
pub fn Grounds(view: View, row: Memo<Option<Applicant>>) -> impl IntoView {
    let state = use_state();
    let marks = Memo::new(move |_| {
        row.with(|row| Some(row.as_ref()?.award.as_ref()?.marks.clone())).unwrap_or_default()
    });
    let lines = move || {
        let shown = marks.get();
        if shown.is_empty() {
            return view! { <p class="note">{state.say(words::GROUNDS_NONE)}</p> }.into_any();
        }
        let shown = shown.into_iter().map(move |mark| line(state, mark)).collect_view();
        view! { <ul class="rule-lines">{shown}</ul> }.into_any()
    };
    let reason = move || {
        let lang = state.lang.get();
        row.with(|row| row.as_ref().map(|row| row.reason(lang).to_owned()))
    };
    // When and with what document it came in; nothing where neither is known.
    let came = move || {
        let lang = state.lang.get();
        let (date, document) = row.with(|row| {
            let asking = &row.as_ref()?.asking;
            Some((asking.date, asking.document.clone()))
        })?;
        let date = date.map(|day| format!("{} {day}", words::APPLIED_ON.get(lang)));
        let document = Some(document).filter(|document| !document.is_empty());
        let said = date.into_iter().chain(document).collect::<Vec<_>>().join(" · ");
        Some(view! { <p class="note" data-testid="applied-on">{said}</p> })
    };
    view! {
        <div
            class="grounds"
            data-testid="grounds"
            on:keydown=move |event| {
                if !event.is_composing() && event.key() == "Escape" {
                    view.opened.set(None);
                }
            }
        >
            <section>
                <header class="sec">
                    <h3>{state.say(words::GROUNDS)}</h3>
                    <span class="note">{reason}</span>
                </header>
                {came}
                {lines}
                <Sort row=row />
                <Marks view=view row=row />
            </section>
            <Decide view=view row=row />
        </div>
    }
}

/// The sort of purpose, by which rules, tiers, limits and terms go.
#[component]
fn Sort(row: Memo<Option<Applicant>>) -> impl IntoView {
    let state = use_state();
    let chosen = RwSignal::new(0_usize);
    let now = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.asking.sort.clone())));
    // Follows what stands, and puts in what was chosen.
    let place_of = |sort: &str| SORTS.iter().position(|one| *one == sort).map_or(0, |at| at + 1);
    Effect::new(move |_| chosen.set(now.with(|now| now.as_deref().map_or(0, place_of))));
    Effect::new(move |before: Option<usize>| {
        let place = chosen.get();
        let changed = before.is_some_and(|before| before != place);
        let stands = |row: &Applicant| place_of(&row.asking.sort) == place;
        if let Some(row) = row.get_untracked().filter(|row| changed && !stands(row)) {
            let sort = chosen_sort(chosen);
            let label = Label::Application { unit: row.name.clone() };
            change(state, label, |pool| {
                if let Some(asking) = pool.application_mut(&row.asking.id) {
                    asking.sort = sort;
                }
            });
        }
        place
    });
    view! {
        <div class="entry plain">
            <Choice label=words::SORT testid="edit-sort" names=sorts chosen=chosen />
        </div>
    }
    .into_any()
}

/// The marks of an application by the criteria of the pool's score.
#[component]
fn Marks(view: View, row: Memo<Option<Applicant>>) -> impl IntoView {
    let state = use_state();
    let names = Memo::new(move |_| {
        let names = view
            .read(|seen| seen.pool.criteria.iter().map(|own| own.name.clone()).collect::<Vec<_>>());
        names.unwrap_or_default()
    });
    let one = move |name: String| {
        let label = name.clone();
        let name = StoredValue::new(name);
        let said = RwSignal::new(None::<String>);
        let value = Signal::derive(move || {
            let mark = row.with(|row| row.as_ref()?.asking.mark(&name.get_value()));
            mark.map(|mark| mark.to_string()).unwrap_or_default()
        });
        let save = Callback::new(move |typed: String| {
            let (Some(row), Some(mark)) = (row.get_untracked(), score(&typed)) else {
                said.set(Some(words::ERROR_SCORE.get(state.lang.get_untracked()).to_owned()));
                return false;
            };
            let label = Label::Application { unit: row.name };
            change(state, label, |pool| {
                if let Some(asking) = pool.application_mut(&row.asking.id) {
                    asking.set_mark(&name.get_value(), mark);
                }
            })
        });
        view! {
            <label class="fieldset">
                <span class="label">{label.clone()}</span>
                <Cell
                    testid="edit-mark"
                    class="field num narrow"
                    label=Signal::stored(label)
                    value=value
                    save=save
                    said=said
                />
            </label>
        }
    };
    view! {
        <div class="entry plain">
            {move || names.get().into_iter().map(one).collect_view()}
        </div>
    }
    .into_any()
}

fn line(state: State, mark: Mark) -> impl IntoView {
    let (shape, class, label) = verdict(mark.verdict);
    let unverified = mark.rule.confidence.needs_checking();
    let rule = mark.rule.clone();
    let pass = mark.verdict == Verdict::Pass;
    let clause = mark.rule.clause.clone();
    // A rule that is not met names its clause itself.
    let clause = move || pass.then(|| clause.get(state.lang.get()).to_owned());
    view! {
        <li data-testid="rule-line">
            {icon(shape, class)}
            <span class="sr-only">{state.say(label)}</span>
            <b>{move || rule.title(state.lang.get())}</b>
            <span>{move || mark.text(state.lang.get())}</span>
            <span class="note">{clause}</span>
            {unverified
                .then(|| {
                    view! {
                        <span class="chip warn">{state.say(words::UNVERIFIED)}</span>
                    }
                })}
        </li>
    }
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    granted: RwSignal<String>,
    reason: RwSignal<String>,
    document: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

/// The form in which a planner decides otherwise.
#[component]
fn Decide(view: View, row: Memo<Option<Applicant>>) -> impl IntoView {
    let state = use_state();
    let empty = || RwSignal::new(String::new());
    let typed =
        Typed { granted: empty(), reason: empty(), document: empty(), error: RwSignal::new(None) };
    let decision = Memo::new(move |_| {
        row.with(|row| match &row.as_ref()?.award.as_ref()?.reason {
            Reason::Overruled(decision) => Some(decision.clone()),
            _ => None,
        })
    });
    // The form follows what stands; typing changes nothing until it is saved.
    Effect::new(move |_| match decision.get() {
        Some(decision) => {
            typed.granted.set(decision.granted.to_string());
            typed.reason.set(decision.reason);
            typed.document.set(decision.document);
        }
        None => {
            let granted = row.with_untracked(|row| {
                row.as_ref().and_then(|row| row.award.as_ref()).map(|award| award.granted)
            });
            // A drag proposes another figure.
            let wanted = view.wanted.get_untracked();
            view.wanted.set(None);
            typed.granted.set(wanted.or(granted).unwrap_or(0).to_string());
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(row) = row.get_untracked() {
            decide(state, view, &row, typed);
        }
    };
    let withdraw = move |_| {
        if let Some(row) = row.get_untracked() {
            let label = Label::Overrule { unit: row.name.clone() };
            change(state, label, |pool| pool.withdraw(&row.asking.id));
        }
    };
    view! {
        <form novalidate on:submit=submit data-testid="overrule-form">
            <header class="sec">
                <h3>{state.say(words::OVERRULE)}</h3>
                <span class="note">{state.say(words::OVERRULE_NOTE)}</span>
            </header>
            <div class="entry plain">
                <Field
                    label=words::GRANTED_POSTS
                    testid="overrule-granted"
                    text=typed.granted
                    class="field num narrow"
                />
                <Field
                    label=words::OVERRULE_REASON
                    testid="overrule-reason"
                    text=typed.reason
                />
                <Field
                    label=words::DOCUMENT
                    testid="overrule-document"
                    text=typed.document
                />
                <div class="btns">
                    <button type="submit" class="btn" data-testid="overrule">
                        {state.say(words::OVERRULE_SAVE)}
                    </button>
                    <Show when=move || decision.with(Option::is_some)>
                        <button
                            type="button"
                            class="btn quiet"
                            data-testid="overrule-withdraw"
                            on:click=withdraw
                        >
                            {icon(Icon::Undo, "")}
                            {state.say(words::OVERRULE_UNDO)}
                        </button>
                    </Show>
                    <ErrorText error=typed.error />
                </div>
            </div>
        </form>
    }
}

fn decide(state: State, view: View, row: &Applicant, typed: Typed) {
    let lang = state.lang.get_untracked();
    let text = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
    let label = Label::Overrule { unit: row.name.clone() };
    let done = count(&text(typed.granted))
        .ok_or_else(|| words::ERROR_COUNT.get(lang).to_owned())
        .and_then(|granted| {
            let decision = Override {
                application: row.asking.id.clone(),
                granted,
                reason: text(typed.reason),
                document: text(typed.document),
            };
            try_change(state, label, |pool| pool.overrule(decision))
        });
    match done {
        Ok(_) => {
            typed.error.set(None);
            view.opened.set(None);
        }
        Err(why) => typed.error.set(Some(why)),
    }
}
