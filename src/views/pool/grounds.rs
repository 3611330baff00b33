//! The grounds of one award: each rule with its figures and clause, and where the planner decides
//! otherwise.

use bianheng_core::pool::{At, Mark, Override, Reason, Verdict};
use bianheng_core::report::pool::Applicant;
use bianheng_core::scenario::Label;
use bianheng_core::text::pool_view as words;
use leptos::prelude::*;

use super::applicant::verdict;
use super::apply::score;
use super::cell::Cell;
use super::change::{change, put};
use super::form::{Ask, Choose, Fill, Form, Input, Refused};
use super::parts::{place_of, sort_at, sorts, typed as text};
use super::seen::View;
use crate::state::{State, use_state};
use crate::widgets::{Icon, count, icon};

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
    let chosen = Signal::derive(move || {
        row.with(|row| row.as_ref().map_or(0, |row| place_of(&row.asking.sort)))
    });
    let save = Callback::new(move |place| {
        let Some(row) = row.get_untracked() else { return Ok(()) };
        put(state, Label::Application { unit: row.name }, |pool| {
            if let Some(asking) = pool.application_mut(&row.asking.id) {
                asking.sort = sort_at(place);
            }
        })
    });
    view! {
        <div class="entry plain">
            <Choose
                label=Signal::derive(move || state.t(words::SORT).to_owned())
                testid="edit-sort"
                names=Signal::derive(move || sorts(state.lang.get()))
                chosen=chosen
                save=save
            />
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
        let value = Signal::derive(move || {
            let mark = row.with(|row| row.as_ref()?.asking.mark(&name.get_value()));
            mark.map(|mark| mark.to_string()).unwrap_or_default()
        });
        let save = Callback::new(move |typed: String| {
            let Some(row) = row.get_untracked() else { return Ok(()) };
            let mark = score(&typed);
            let mark = mark.ok_or_else(|| Refused::typed(At::Score, words::ERROR_SCORE))?;
            put(state, Label::Application { unit: row.name }, |pool| {
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
}

/// The form in which a planner decides otherwise.
#[component]
fn Decide(view: View, row: Memo<Option<Applicant>>) -> impl IntoView {
    let state = use_state();
    let empty = || RwSignal::new(String::new());
    let typed = Typed { granted: empty(), reason: empty(), document: empty() };
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
    let form = Form::new();
    let save = Callback::new(move |()| {
        let Some(row) = row.get_untracked() else { return };
        if form.settle(decide(state, &row, typed)).is_some() {
            view.opened.set(None);
        }
    });
    let withdraw = move |_| {
        if let Some(row) = row.get_untracked() {
            let label = Label::Overrule { unit: row.name.clone() };
            change(state, label, |pool| pool.withdraw(&row.asking.id));
        }
    };
    let more = move || {
        view! {
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
        }
        .into_any()
    };
    view! {
        <section>
            <header class="sec">
                <h3>{state.say(words::OVERRULE)}</h3>
                <span class="note">{state.say(words::OVERRULE_NOTE)}</span>
            </header>
            <Fill
                form=form
                testid="overrule-form"
                save=save
                button="overrule"
                label=words::OVERRULE_SAVE
                class="entry plain"
                more=Box::new(more)
            >
                <Ask
                    form=form
                    at=At::Posts
                    label=words::GRANTED_POSTS
                    testid="overrule-granted"
                    input=Input::figure(typed.granted)
                />
                <Ask
                    form=form
                    at=At::Reason
                    label=words::OVERRULE_REASON
                    testid="overrule-reason"
                    input=Input::text(typed.reason)
                />
                <Ask
                    form=form
                    at=At::Document
                    label=words::DOCUMENT
                    testid="overrule-document"
                    input=Input::text(typed.document)
                />
            </Fill>
        </section>
    }
}

/// Puts the decision in place of what the rules give.
fn decide(state: State, row: &Applicant, typed: Typed) -> Result<(), Refused> {
    let granted = count(&text(typed.granted));
    let decision = Override {
        application: row.asking.id.clone(),
        granted: granted.ok_or_else(|| Refused::typed(At::Posts, words::ERROR_COUNT))?,
        reason: text(typed.reason),
        document: text(typed.document),
    };
    put(state, Label::Overrule { unit: row.name.clone() }, |pool| pool.overrule(decision))
}
