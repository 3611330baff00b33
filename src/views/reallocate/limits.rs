//! The limits of the kind, each with the number of rows that it stops. Every change is one step.

use bianheng_core::norm::Exact;
use bianheng_core::report::reallocate::{Bindings, FieldError, cap_share, share_text, whole};
use bianheng_core::scenario::{Cap, InPostLimit, Limits};
use bianheng_core::text::{Message, number, reallocate as words};
use leptos::prelude::*;

use super::add_limit::AddLimit;
use super::desk::use_desk;
use super::field::{FieldErrorLine, LimitField};
use super::own_limits::{OwnLimits, StageLimits};
use crate::widgets::{Icon, icon};

/// What binds in the proposal that is shown.
#[derive(Clone, Copy)]
pub struct Binds(pub Memo<Bindings>);

/// The panel.
#[component]
pub fn LimitsPanel() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let bindings = Memo::new(move |_| {
        let (limits, study) = (desk.limits.get(), desk.study.get());
        let found = desk.proposal.with(|proposal| {
            let (study, proposal) = (study.as_ref()?, proposal.as_ref()?);
            state.with(|open| {
                let county = &open.workspace().state().county;
                Bindings::of(county, &limits, &study.prepared, proposal)
            })
        });
        found.unwrap_or_default()
    });
    provide_context(Binds(bindings));
    view! {
        <section class="block">
            <header class="sec">
                <h2>{state.say(words::LIMITS)}</h2>
                <span class="act note">{state.say(words::BINDING)}</span>
            </header>
            <ul class="bounds">
                <InPost />
                <CapRow
                    label=words::FALL
                    testids=("limit-fall", "limit-fall-least")
                    read=|limits| limits.fall.as_ref()
                    write=|limits, cap| limits.fall = cap
                    hits=Signal::derive(move || bindings.with(|found| found.fall))
                />
                <CapRow
                    label=words::RISE
                    testids=("limit-rise", "limit-rise-least")
                    read=|limits| limits.rise.as_ref()
                    write=|limits, cap| limits.rise = cap
                    hits=Signal::derive(move || bindings.with(|found| found.rise))
                />
                <Number
                    label=words::FLOOR
                    testids=("limit-floor", "hits-floor")
                    empty=words::UNLIMITED
                    read=|limits| limits.floor
                    write=|limits, posts| limits.floor = posts
                    hits=Signal::derive(move || bindings.with(|found| found.floor))
                />
                <Number
                    label=words::RESERVE
                    testids=("limit-reserve", "")
                    empty=words::NONE
                    read=|limits| Some(limits.reserve).filter(|reserve| *reserve > 0)
                    write=|limits, posts| limits.reserve = posts.unwrap_or(0)
                />
                <StageLimits />
                <OwnLimits />
                <Counted
                    label=words::GROUP_LIMITS
                    testid="hits-groups"
                    hits=Signal::derive(move || bindings.with(|found| found.groups))
                />
                <Counted
                    label=words::KEPT_ROWS
                    testid="hits-hand"
                    hits=Signal::derive(move || bindings.with(|found| found.by_hand))
                />
                <Moved />
            </ul>
            <p class="note under">{state.say(words::NEVER_CLAMPED)}</p>
            <AddLimit />
        </section>
    }
}

/// Rows stopped by what is set elsewhere; nothing where there are none.
#[component]
fn Counted(label: Message, testid: &'static str, hits: Signal<usize>) -> impl IntoView {
    let state = use_desk().state;
    view! {
        <Show when=move || hits.get() != 0>
            <li class="is-binding">
                <span class="name">{state.say(label)}</span>
                <Hits testid=testid count=hits />
            </li>
        </Show>
    }
}

/// How many rows a limit stops.
#[component]
pub fn Hits(
    /// Name for tests.
    testid: &'static str,
    /// Rows.
    #[prop(into)]
    count: Signal<usize>,
) -> impl IntoView {
    let state = use_desk().state;
    let hint = move || words::BINDS.with(state.lang.get(), &[("n", &count.get())]);
    let shown = move || match count.get() {
        0 => "—".to_owned(),
        count => number::count(count as u64),
    };
    view! { <span class="hits" title=hint data-testid=testid>{shown}</span> }
}

/// Whether schools may go below their people in post.
#[component]
fn InPost() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let Binds(bindings) = expect_context();
    let hits = Signal::derive(move || bindings.with(|found| found.in_post));
    let chosen = Memo::new(move |_| desk.limits.with(|limits| limits.in_post));
    // Years in which anyone leaves; the one in force stays in the list even if nobody does.
    let years = Memo::new(move |_| {
        let survey = state.with(|open| {
            let county = &open.workspace().state().county;
            let leaving = county.holdings.iter().flat_map(|holding| &holding.departures);
            leaving.map(|leaving| leaving.year).collect::<std::collections::BTreeSet<_>>()
        });
        let mut years = survey.unwrap_or_default();
        if let InPostLimit::LessDepartures(year) = chosen.get() {
            years.insert(year);
        }
        years.into_iter().collect::<Vec<_>>()
    });
    let value = move || match chosen.get() {
        InPostLimit::InPost => "in-post",
        InPostLimit::LessDepartures(_) => "less",
        InPostLimit::Off => "off",
    };
    let choose = move |event| {
        let first = years.with_untracked(|years| years.first().copied());
        let new = match (event_target_value(&event).as_str(), first) {
            ("less", Some(year)) => InPostLimit::LessDepartures(year),
            ("off", _) => InPostLimit::Off,
            _ => InPostLimit::InPost,
        };
        desk.change(|limits| limits.in_post = new);
    };
    let choose_year = move |event| {
        if let Ok(year) = event_target_value(&event).parse() {
            desk.change(|limits| limits.in_post = InPostLimit::LessDepartures(year));
        }
    };
    let no_years = move || years.with(Vec::is_empty);
    let option = move |id: &'static str, message: Message, shut: Signal<bool>| {
        view! {
            <option value=id selected=move || value() == id disabled=shut>
                {state.say(message)}
            </option>
        }
    };
    let open = Signal::derive(|| false);
    let less = move || matches!(chosen.get(), InPostLimit::LessDepartures(_));
    let year_options = move || {
        years
            .get()
            .into_iter()
            .map(|year| {
                let is_chosen = move || chosen.get() == InPostLimit::LessDepartures(year);
                let text = move || words::YEAR.with(state.lang.get(), &[("year", &year)]);
                view! { <option value=year.to_string() selected=is_chosen>{text}</option> }
            })
            .collect_view()
    };
    view! {
        <li class:is-binding=move || hits.get() != 0>
            <span class="select short grow">
                <select
                    data-testid="limit-in-post"
                    aria-label=state.say(words::IN_POST)
                    prop:value=value
                    on:change=choose
                >
                    {option("in-post", words::IN_POST_FULL, open)}
                    {option("less", words::IN_POST_LESS, Signal::derive(no_years))}
                    {option("off", words::IN_POST_OFF, open)}
                </select>
                {icon(Icon::ChevronDown, "")}
            </span>
            <Hits testid="hits-in-post" count=hits />
            <Show when=less>
                <span class="second">
                    <span class="name">{state.say(words::IN_POST_YEAR)}</span>
                    <span class="select short">
                        <select
                            data-testid="limit-in-post-year"
                            aria-label=state.say(words::IN_POST_YEAR)
                            on:change=choose_year
                        >
                            {year_options}
                        </select>
                        {icon(Icon::ChevronDown, "")}
                    </span>
                </span>
            </Show>
            <Show when=no_years>
                <span class="second note">{state.say(words::NO_DEPARTURES)}</span>
            </Show>
        </li>
    }
}

/// A cap on fall or rise: a share of the posts held, and what is always allowed.
#[component]
fn CapRow(
    label: Message,
    testids: (&'static str, &'static str),
    read: fn(&Limits) -> Option<&Cap>,
    write: fn(&mut Limits, Option<Cap>),
    hits: Signal<usize>,
) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let cap = Memo::new(move |_| desk.limits.with(|limits| read(limits).cloned()));
    let error = RwSignal::new(None);
    let share = Signal::derive(move || {
        cap.with(|cap| cap.as_ref().map(|cap| share_text(&cap.share)).unwrap_or_default())
    });
    let least = Signal::derive(move || {
        cap.with(|cap| cap.as_ref().map(|cap| cap.at_least.to_string()).unwrap_or_default())
    });
    let set_share = Callback::new(move |text: String| -> Result<(), FieldError> {
        let at_least = cap.with_untracked(|cap| cap.as_ref().map_or(1, |cap| cap.at_least));
        let new = cap_share(&text)?.map(|share| Cap { share, at_least });
        desk.change(|limits| write(limits, new));
        Ok(())
    });
    let set_least = Callback::new(move |text: String| -> Result<(), FieldError> {
        let least = whole(&text)?;
        let share = cap.with_untracked(|cap| cap.as_ref().map(|cap| cap.share));
        // A number alone caps at that number: its share is nothing.
        let share = share.or_else(|| least.and(Exact::parse("0")));
        let new = share.map(|share| Cap { share, at_least: least.unwrap_or(0) });
        desk.change(|limits| write(limits, new));
        Ok(())
    });
    let named = move |message: Message| {
        Signal::derive(move || {
            let lang = state.lang.get();
            message.with(lang, &[("what", &label.get(lang))])
        })
    };
    let unlimited = Signal::derive(state.say(words::UNLIMITED));
    view! {
        <li class="cap" class:is-binding=move || hits.get() != 0>
            <span class="name">{state.say(label)}</span>
            <LimitField
                testid=testids.0
                label=named(words::SHARE_OF)
                value=share
                empty=unlimited
                on_change=set_share
                error=error
            />
            <span class="note">{state.say(words::AT_LEAST)}</span>
            <LimitField
                testid=testids.1
                label=named(words::LEAST_OF)
                value=least
                empty=Signal::derive(|| "—")
                narrow=true
                on_change=set_least
                error=error
            />
            <Hits testid=if testids.0 == "limit-fall" { "hits-fall" } else { "hits-rise" } count=hits />
            <FieldErrorLine error=error />
        </li>
    }
}

/// A limit that is one whole number of posts.
#[component]
fn Number(
    label: Message,
    testids: (&'static str, &'static str),
    empty: Message,
    read: fn(&Limits) -> Option<u32>,
    write: fn(&mut Limits, Option<u32>),
    /// Rows that it stops; `None` for what stops no single row.
    #[prop(optional)]
    hits: Option<Signal<usize>>,
) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let error = RwSignal::new(None);
    let value = Signal::derive(move || {
        let posts = desk.limits.with(read);
        posts.map(|posts| posts.to_string()).unwrap_or_default()
    });
    let set = Callback::new(move |text: String| -> Result<(), FieldError> {
        let posts = whole(&text)?;
        desk.change(|limits| write(limits, posts));
        Ok(())
    });
    view! {
        <li class:is-binding=move || hits.is_some_and(|hits| hits.get() != 0)>
            <span class="name">{state.say(label)}</span>
            <LimitField
                testid=testids.0
                label=Signal::derive(move || state.t(label).to_owned())
                value=value
                empty=Signal::derive(state.say(empty))
                on_change=set
                error=error
            />
            {hits.map(|hits| view! { <Hits testid=testids.1 count=hits /> })}
            <FieldErrorLine error=error />
        </li>
    }
}

/// The most posts that move: what the slider stores.
#[component]
fn Moved() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let Binds(bindings) = expect_context();
    let hits = Signal::derive(move || bindings.with(|found| found.moved));
    let error = RwSignal::new(None);
    let value = Signal::derive(move || {
        let moved = desk.preview.get().or_else(|| desk.limits.with(|limits| limits.moved));
        moved.map(|moved| moved.to_string()).unwrap_or_default()
    });
    let set = Callback::new(move |text: String| -> Result<(), FieldError> {
        let moved = whole(&text)?.map(u64::from);
        desk.change(|limits| limits.moved = moved);
        Ok(())
    });
    view! {
        <li class:is-binding=move || hits.get() != 0>
            <span class="name">{state.say(words::MOVED)}</span>
            <LimitField
                testid="limit-moved"
                label=Signal::derive(move || state.t(words::MOVED).to_owned())
                value=value
                empty=Signal::derive(state.say(words::OPTIMUM_PLACE))
                on_change=set
                error=error
            />
            <Hits testid="hits-moved" count=hits />
            <FieldErrorLine error=error />
        </li>
    }
}
