//! The form that enters a loan made earlier, by hand.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::{Borrower, Loan, Way};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Message, pool_view as words};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::change::try_change;
use super::parts::{Choice, chosen_sort, chosen_way, sorts, ways_to_lend};
use super::seen::View;
use crate::state::{State, use_state};
use crate::widgets::{Field, Icon, at_least_one, icon};

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    unit: RwSignal<String>,
    name: RwSignal<String>,
    posts: RwSignal<String>,
    purpose: RwSignal<String>,
    sort: RwSignal<usize>,
    from: RwSignal<String>,
    due: RwSignal<String>,
    document: RwSignal<String>,
    way: RwSignal<usize>,
    error: RwSignal<Option<String>>,
}

impl Typed {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            unit: empty(),
            name: empty(),
            posts: empty(),
            purpose: empty(),
            sort: RwSignal::new(0),
            from: empty(),
            due: empty(),
            document: empty(),
            way: RwSignal::new(Way::default().place()),
            error: RwSignal::new(None),
        }
    }

    fn clear(self) {
        for field in [self.name, self.posts, self.purpose, self.document] {
            field.set(String::new());
        }
        self.error.set(None);
    }

    /// The loan, or the message of what is missing.
    fn loan(self) -> Result<Loan, Message> {
        let text = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let (unit, name) = (text(self.unit), text(self.name));
        let borrower = match (unit.is_empty(), name.is_empty()) {
            (false, _) => Borrower::Unit(UnitCode::new(&unit)),
            (true, false) => Borrower::Name(name),
            (true, true) => return Err(words::ERROR_NAME),
        };
        let day = |field| text(field).parse::<NaiveDate>().map_err(|_| words::ERROR_DATES);
        let posts = at_least_one(&text(self.posts)).ok_or(words::ERROR_POSTS)?;
        Ok(Loan {
            purpose: text(self.purpose),
            sort: chosen_sort(self.sort),
            document: text(self.document),
            way: chosen_way(self.way),
            ..Loan::new(borrower, posts, day(self.from)?, day(self.due)?)
        })
    }
}

/// The form.
#[component]
pub fn Lend(view: View) -> impl IntoView {
    let state = use_state();
    let typed = Typed::new();
    let open = RwSignal::new(false);
    // Due at the end of the term of its purpose, until another day is typed.
    Effect::new(move |_| {
        typed.sort.track();
        let sort = chosen_sort(typed.sort);
        let from = typed.from.with(|from| from.trim().parse().ok());
        let due = from.and_then(|from| view.peek(|seen| seen.pool.due(from, &sort)));
        if let Some(due) = due.flatten() {
            typed.due.set(due.to_string());
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save(state, typed);
    };
    view! {
        <Show
            when=move || open.get()
            fallback=move || {
                view! {
                    <button
                        type="button"
                        class="btn small block-gap"
                        data-testid="add-loan"
                        on:click=move |_| open.set(true)
                    >
                        {icon(Icon::Plus, "ico-13")}
                        {state.say(words::ADD_LOAN)}
                    </button>
                }
            }
        >
            <form class="entry block-gap" novalidate on:submit=submit data-testid="loan-form">
                <label class="fieldset">
                    <span class="label">{state.say(words::BORROWER)}</span>
                    <UnitSelect
                        view=view
                        testid="loan-unit"
                        unit=typed.unit
                        none=words::BORROWER_OTHER
                    />
                </label>
                <Show when=move || typed.unit.with(String::is_empty)>
                    <Field label=words::BORROWER_NAME testid="loan-name" text=typed.name />
                </Show>
                <Field
                    label=words::POSTS
                    testid="loan-posts"
                    text=typed.posts
                    class="field num narrow"
                />
                <Field label=words::PURPOSE testid="loan-new-purpose" text=typed.purpose />
                <Choice label=words::SORT testid="loan-sort" names=sorts chosen=typed.sort />
                <Field label=words::FROM testid="loan-from" text=typed.from kind="date" />
                <Field label=words::DUE_DATE testid="loan-new-due" text=typed.due kind="date" />
                <Choice label=words::WAY testid="loan-way" names=ways_to_lend chosen=typed.way />
                <Field
                    label=words::DOCUMENT
                    testid="loan-new-document"
                    text=typed.document
                />
                <div class="btns">
                    <button type="submit" class="btn" data-testid="loan-save">
                        {state.say(words::SAVE)}
                    </button>
                    <button
                        type="button"
                        class="btn quiet"
                        data-testid="loan-cancel"
                        on:click=move |_| open.set(false)
                    >
                        {state.say(words::CLOSE)}
                    </button>
                    <ErrorText error=typed.error />
                </div>
            </form>
        </Show>
    }
}

fn save(state: State, typed: Typed) {
    let lang = state.lang.get_untracked();
    let done = typed
        .loan()
        .map_err(|message| message.get(lang).to_owned())
        .and_then(|loan| try_change(state, Label::Pool, |pool| pool.lend(loan)));
    match done {
        Ok(_) => typed.clear(),
        Err(why) => typed.error.set(Some(why)),
    }
}

/// A choice among the units that hold posts of the pool's kind.
#[component]
pub fn UnitSelect(
    view: View,
    testid: &'static str,
    /// Code of the unit; empty for none.
    unit: RwSignal<String>,
    /// What stands for none.
    none: Message,
) -> impl IntoView {
    let state = use_state();
    let options = move || {
        let one = |(code, name): (UnitCode, String)| {
            view! { <option value=code.as_str().to_owned()>{name}</option> }
        };
        view.units.get().into_iter().map(one).collect_view()
    };
    view! {
        <span class="select">
            <select
                data-testid=testid
                prop:value=move || {
                    view.units.track();
                    unit.get()
                }
                on:change=move |event| unit.set(event_target_value(&event))
            >
                <option value="">{state.say(none)}</option>
                {options}
            </select>
            {icon(Icon::ChevronDown, "")}
        </span>
    }
}

/// What stands against what was typed.
#[component]
pub fn ErrorText(error: RwSignal<Option<String>>) -> impl IntoView {
    move || {
        error.get().map(|text| {
            view! {
                <span class="field-err" role="alert" data-testid="form-error">
                    "✕ "
                    {text}
                </span>
            }
        })
    }
}
