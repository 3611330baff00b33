//! What a person typed or chose as a value of this screen.

use bianheng_core::pool::Way;
use bianheng_core::text::pool_order::{self, SORTS};
use bianheng_core::text::{Lang, Message, pool_view as words};
use leptos::prelude::*;

use crate::state::use_state;
use crate::widgets::{Icon, count, icon};

/// A tier: 1 to 9, or 0 where nothing is typed: the pool's own tiers decide.
pub fn tier(text: &str) -> Option<u8> {
    if text.is_empty() {
        return Some(0);
    }
    count(text).and_then(|tier| u8::try_from(tier).ok()).filter(|tier| (1..=9).contains(tier))
}

/// The name of a way of return.
pub fn way(way: Way) -> Message {
    match way {
        Way::NextVacancy => words::WAY_VACANCY,
        Way::PersonLeaves => words::WAY_PERSON,
        Way::AtTerm => words::WAY_TERM,
        Way::Schedule => words::WAY_SCHEDULE,
    }
}

/// The names of all ways of return, for a [`Choice`].
pub fn ways(lang: Lang) -> Vec<String> {
    Way::ALL.iter().map(|one| way(*one).get(lang).to_owned()).collect()
}

/// The same without the schedule, which is entered in the book once there is a loan to set it for.
pub fn ways_to_lend(lang: Lang) -> Vec<String> {
    let mut names = ways(lang);
    names.truncate(Way::Schedule.place());
    names
}

/// The way of return that is chosen there.
pub fn chosen_way(place: RwSignal<usize>) -> Way {
    Way::ALL.get(place.get_untracked()).copied().unwrap_or_default()
}

/// The names of the sorts of purpose, after none, for a [`Choice`].
pub fn sorts(lang: Lang) -> Vec<String> {
    let none = words::SORT_NONE.get(lang).to_owned();
    std::iter::once(none).chain(SORTS.map(|one| pool_order::sort(one, lang))).collect()
}

/// The sort of purpose that is chosen there, as files write it; empty for none.
pub fn chosen_sort(place: RwSignal<usize>) -> String {
    let place = place.get_untracked().checked_sub(1);
    place.and_then(|at| SORTS.get(at)).copied().unwrap_or_default().to_owned()
}

/// A choice among a few words, by place.
#[component]
pub fn Choice(
    /// Its label.
    label: Message,
    /// Name for tests.
    testid: &'static str,
    /// The words.
    names: impl Fn(Lang) -> Vec<String> + Send + Sync + 'static,
    /// The place that is chosen.
    chosen: RwSignal<usize>,
) -> impl IntoView {
    let state = use_state();
    let options = move || {
        let one = |(at, name): (usize, String)| {
            view! { <option value=at.to_string() selected=move || chosen.get() == at>{name}</option> }
        };
        names(state.lang.get()).into_iter().enumerate().map(one).collect_view()
    };
    view! {
        <label class="fieldset">
            <span class="label">{state.say(label)}</span>
            <span class="select">
                <select
                    data-testid=testid
                    on:change=move |event| {
                        if let Ok(at) = event_target_value(&event).parse() {
                            chosen.set(at);
                        }
                    }
                >
                    {options}
                </select>
                {icon(Icon::ChevronDown, "")}
            </span>
        </label>
    }
    .into_any()
}
