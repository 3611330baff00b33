//! What a person typed or chose as a value of this screen.

use bianheng_core::pool::{At, Way};
use bianheng_core::text::pool_order::{self, SORTS};
use bianheng_core::text::{Lang, Message, pool_view as words};
use chrono::NaiveDate;
use leptos::prelude::*;

use super::form::Refused;
use crate::widgets::{Icon, count, icon};

/// What stands in a field, without spaces around it.
pub fn typed(field: RwSignal<String>) -> String {
    field.with_untracked(|text| text.trim().to_owned())
}

/// A whole day as it was typed there.
pub fn day(field: RwSignal<String>, at: At) -> Result<NaiveDate, Refused> {
    typed(field).parse().map_err(|_| Refused::typed(at, words::ERROR_DAY))
}

/// A whole figure as it was typed.
pub fn whole(typed: &str, at: At) -> Result<u32, Refused> {
    count(typed).ok_or_else(|| Refused::Typed(at, words::ERROR_WHOLE, typed.to_owned()))
}

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

/// The names of all ways of return, for a choice.
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

/// The names of the sorts of purpose, after none, for a choice.
pub fn sorts(lang: Lang) -> Vec<String> {
    let none = words::SORT_NONE.get(lang).to_owned();
    std::iter::once(none).chain(SORTS.map(|one| pool_order::sort(one, lang))).collect()
}

/// The sort of purpose in a place among them, as files write it; empty for none.
pub fn sort_at(place: usize) -> String {
    let place = place.checked_sub(1);
    place.and_then(|at| SORTS.get(at)).copied().unwrap_or_default().to_owned()
}

/// The sort of purpose that is chosen there, as files write it; empty for none.
pub fn chosen_sort(place: RwSignal<usize>) -> String {
    sort_at(place.get_untracked())
}

/// The place of a sort of purpose among them; that of none for one of the county's own.
pub fn place_of(sort: &str) -> usize {
    SORTS.iter().position(|one| *one == sort).map_or(0, |at| at + 1)
}

/// The button at the end of a row that takes it out.
#[component]
pub fn Trash(
    /// Name for tests.
    testid: &'static str,
    /// What it takes out.
    #[prop(into)]
    label: Signal<String>,
    /// The name of its element, where the focus is sent to it.
    #[prop(optional)]
    id: Option<String>,
    /// Takes it out.
    out: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn icon small quiet"
            id=id
            data-testid=testid
            title=label
            aria-label=label
            on:click=move |_| out.run(())
        >
            {icon(Icon::Trash, "ico-13")}
        </button>
    }
    .into_any()
}
