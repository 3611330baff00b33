//! The form for a new application.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::preset::way_of;
use bianheng_core::pool::{Application, Score, Way};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Message, pool_view as words};
use leptos::html::Form;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::change::try_change;
use super::lend::{ErrorText, UnitSelect};
use super::parts::{Choice, chosen_sort, chosen_way, sorts, tier, ways_to_lend};
use super::seen::View;
use crate::platform::clock;
use crate::state::{State, use_state};
use crate::widgets::{Field, at_least_one};

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    unit: RwSignal<String>,
    posts: RwSignal<String>,
    purpose: RwSignal<String>,
    sort: RwSignal<usize>,
    talent: RwSignal<String>,
    tier: RwSignal<String>,
    score: RwSignal<String>,
    date: RwSignal<String>,
    document: RwSignal<String>,
    way: RwSignal<usize>,
    error: RwSignal<Option<String>>,
}

impl Typed {
    /// A pool with tiers of its own decides where nothing is typed, and the scheme in force how posts come
    /// back where nothing else is chosen.
    fn new(ordered: bool, way: Way) -> Self {
        let tier = if ordered { "" } else { "2" };
        let filled = |text: &str| RwSignal::new(text.to_owned());
        Self {
            unit: filled(""),
            posts: filled("1"),
            purpose: filled(""),
            sort: RwSignal::new(0),
            talent: filled(""),
            tier: filled(tier),
            score: filled(""),
            date: filled(&clock::today().to_string()),
            document: filled(""),
            way: RwSignal::new(way.place()),
            error: RwSignal::new(None),
        }
    }

    /// The application, or the message of what is missing.
    fn application(self) -> Result<Application, Message> {
        let text = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let unit = text(self.unit);
        if unit.is_empty() {
            return Err(words::ERROR_UNIT);
        }
        let posts = at_least_one(&text(self.posts)).ok_or(words::ERROR_POSTS)?;
        let date = match text(self.date).as_str() {
            "" => None,
            day => Some(day.parse().map_err(|_| words::ERROR_DAY)?),
        };
        // The pool gives the number.
        Ok(Application {
            purpose: text(self.purpose),
            sort: chosen_sort(self.sort),
            talent: text(self.talent),
            tier: tier(&text(self.tier)).ok_or(words::ERROR_TIER)?,
            score: score(&text(self.score)).ok_or(words::ERROR_SCORE)?,
            date,
            way: chosen_way(self.way),
            document: text(self.document),
            ..Application::new("", UnitCode::new(&unit), posts)
        })
    }
}

/// A score as a person types it; nothing or a dash is none. `None` for what is no score.
pub fn score(text: &str) -> Option<Option<Score>> {
    match text.trim() {
        "" | "—" | "-" => Some(None),
        text => text.parse().ok().map(Some),
    }
}

/// The form.
#[component]
pub fn Apply(view: View) -> impl IntoView {
    let state = use_state();
    let usual = view.peek(|seen| (!seen.pool.tiers.is_empty(), way_of(&seen.pool)));
    let (ordered, way) = usual.unwrap_or_default();
    let typed = Typed::new(ordered, way);
    let form = NodeRef::<Form>::new();
    Effect::new(move |_| {
        let first = form.get().and_then(|form| form.query_selector("select").ok().flatten());
        if let Some(first) = first.and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Only fails on a detached element.
            let _ = first.focus();
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save(state, view, typed);
    };
    view! {
        <form
            class="entry"
            novalidate
            node_ref=form
            on:submit=submit
            on:keydown=move |event| {
                if !event.is_composing() && event.key() == "Escape" {
                    view.applying.set(false);
                }
            }
            data-testid="application-form"
        >
            <label class="fieldset">
                <span class="label">{state.say(words::UNIT)}</span>
                <UnitSelect
                    view=view
                    testid="application-unit"
                    unit=typed.unit
                    none=words::ERROR_UNIT
                />
            </label>
            <Field
                label=words::ASKED_POSTS
                testid="application-posts"
                text=typed.posts
                class="field num narrow"
            />
            <Field label=words::PURPOSE testid="application-purpose" text=typed.purpose />
            <Choice label=words::SORT testid="application-sort" names=sorts chosen=typed.sort />
            <Field label=words::TALENT testid="application-talent" text=typed.talent />
            <Field
                label=words::TIER
                testid="application-tier"
                text=typed.tier
                class="field num narrow"
            />
            <Field
                label=words::SCORE
                testid="application-score"
                text=typed.score
                class="field num narrow"
            />
            <Choice label=words::WAY testid="application-way" names=ways_to_lend chosen=typed.way />
            <Field
                label=words::APPLIED_ON
                testid="application-date"
                text=typed.date
                kind="date"
            />
            <Field
                label=words::DOCUMENT
                testid="application-document"
                text=typed.document
            />
            <div class="btns">
                <button type="submit" class="btn" data-testid="application-save">
                    {state.say(words::SAVE)}
                </button>
                <button
                    type="button"
                    class="btn quiet"
                    data-testid="application-cancel"
                    on:click=move |_| view.applying.set(false)
                >
                    {state.say(words::CLOSE)}
                </button>
                <ErrorText error=typed.error />
            </div>
        </form>
    }
}

fn save(state: State, view: View, typed: Typed) {
    let lang = state.lang.get_untracked();
    let done =
        typed.application().map_err(|message| message.get(lang).to_owned()).and_then(|asking| {
            let unit = view.unit_name(&asking.unit);
            try_change(state, Label::Application { unit }, |pool| pool.enter(asking))
        });
    match done {
        Ok(_) => view.applying.set(false),
        Err(why) => typed.error.set(Some(why)),
    }
}
