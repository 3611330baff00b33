//! The form for a new application.

use bianheng_core::county::UnitCode;
use bianheng_core::pool::preset::way_of;
use bianheng_core::pool::{Application, At, Score, Way};
use bianheng_core::scenario::Label;
use bianheng_core::text::pool_view as words;
use leptos::prelude::*;

use super::change::put;
use super::form::{Ask, Fill, Form, Input, Refused};
use super::parts::{chosen_sort, chosen_way, day, sorts, tier, typed, ways_to_lend};
use super::seen::View;
use crate::platform::clock;
use crate::state::use_state;
use crate::widgets::at_least_one;

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
        }
    }

    /// The application, or what is missing.
    fn application(self) -> Result<Application, Refused> {
        let unit = typed(self.unit);
        if unit.is_empty() {
            return Err(Refused::typed(At::Unit, words::ERROR_UNIT));
        }
        let wrong = |at, why| move || Refused::typed(at, why);
        let posts = at_least_one(&typed(self.posts));
        let posts = posts.ok_or_else(wrong(At::Posts, words::ERROR_POSTS))?;
        let date = if typed(self.date).is_empty() { None } else { Some(day(self.date, At::Day)?) };
        // The pool gives the number.
        Ok(Application {
            purpose: typed(self.purpose),
            sort: chosen_sort(self.sort),
            talent: typed(self.talent),
            tier: tier(&typed(self.tier)).ok_or_else(wrong(At::Tier, words::ERROR_TIER))?,
            score: score(&typed(self.score)).ok_or_else(wrong(At::Score, words::ERROR_SCORE))?,
            date,
            way: chosen_way(self.way),
            document: typed(self.document),
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
    let form = Form::new();
    let close = Callback::new(move |()| view.applying.set(false));
    let save = Callback::new(move |()| {
        let done = typed.application().and_then(|asking| {
            let unit = view.unit_name(&asking.unit);
            put(state, Label::Application { unit }, |pool| pool.enter(asking))
        });
        if form.settle(done).is_some() {
            close.run(());
        }
    });
    let unit = Input::unit(state, view, typed.unit, words::ERROR_UNIT);
    view! {
        <Fill
            form=form
            testid="application-form"
            save=save
            button="application-save"
            close=("application-cancel", close)
            eager=true
        >
            <Ask form=form at=At::Unit label=words::UNIT testid="application-unit" input=unit />
            <Ask
                form=form
                at=At::Posts
                label=words::ASKED_POSTS
                testid="application-posts"
                input=Input::figure(typed.posts)
            />
            <Ask
                form=form
                label=words::PURPOSE
                testid="application-purpose"
                input=Input::text(typed.purpose)
            />
            <Ask
                form=form
                label=words::SORT
                testid="application-sort"
                input=Input::choice(state, typed.sort, sorts)
            />
            <Ask
                form=form
                label=words::TALENT
                testid="application-talent"
                input=Input::text(typed.talent)
            />
            <Ask
                form=form
                at=At::Tier
                label=words::TIER
                testid="application-tier"
                input=Input::figure(typed.tier)
            />
            <Ask
                form=form
                at=At::Score
                label=words::SCORE
                testid="application-score"
                input=Input::figure(typed.score)
            />
            <Ask
                form=form
                label=words::WAY
                testid="application-way"
                input=Input::choice(state, typed.way, ways_to_lend)
            />
            <Ask
                form=form
                at=At::Day
                label=words::APPLIED_ON
                testid="application-date"
                input=Input::day(typed.date)
            />
            <Ask
                form=form
                at=At::Document
                label=words::DOCUMENT
                testid="application-document"
                input=Input::text(typed.document)
            />
        </Fill>
    }
}
