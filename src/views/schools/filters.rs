//! The controls that filter: in the head of the page, and under each head of the table.

use bianheng_core::county::{Locality, Stage};
use bianheng_core::report::schools::{Column, Condition, Scope, Side};
use bianheng_core::text::{Message, names, schools};
use leptos::prelude::*;

use super::screen::Screen;
use crate::widgets::{Icon, icon};

/// A choice of one among a few: value for the control, and words.
type Offer = (String, String);

/// What a filter of the page chooses from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Scope,
    Stage,
    Township,
    Locality,
    Side,
}

impl Choice {
    fn of(column: Column) -> Option<Self> {
        match column {
            Column::Stage => Some(Self::Stage),
            Column::Township => Some(Self::Township),
            Column::Locality => Some(Self::Locality),
            Column::Margin => Some(Self::Side),
            _ => None,
        }
    }

    /// What can be chosen, in the language of the page.
    fn offers(self, screen: Screen) -> Vec<Offer> {
        let lang = screen.state.lang.get();
        let named = |value: &str, name: Message| (value.to_owned(), name.get(lang).to_owned());
        match self {
            Self::Stage => {
                let all = Stage::ALL.iter();
                all.map(|stage| named(stage.as_str(), names::stage(*stage))).collect()
            }
            Self::Locality => {
                let all = Locality::ALL.iter();
                all.map(|place| named(place.as_str(), names::locality(*place))).collect()
            }
            Self::Side => {
                Side::ALL.iter().map(|side| named(side.as_str(), schools::side(*side))).collect()
            }
            Self::Township => {
                let offer = |name: &String| (name.clone(), name.clone());
                screen.townships.with(|names| names.iter().map(offer).collect())
            }
            Self::Scope => {
                let mut offers = vec![named("schools", schools::SCOPE_SCHOOLS)];
                let kinds = screen.state.with(|open| {
                    let kinds = open.workspace().state().county.kinds.iter().skip(1);
                    kinds
                        .map(|kind| {
                            (format!("kind:{}", kind.id.as_str()), kind.name.get(lang).to_owned())
                        })
                        .collect::<Vec<_>>()
                });
                offers.extend(kinds.unwrap_or_default());
                offers.push(named("all", schools::SCOPE_ALL));
                offers
            }
        }
    }

    /// What is chosen; empty for anything.
    fn chosen(self, screen: Screen) -> String {
        screen.filter.with(|filter| match self {
            Self::Stage => filter.stage.map(Stage::as_str).unwrap_or_default().to_owned(),
            Self::Locality => filter.locality.map(Locality::as_str).unwrap_or_default().to_owned(),
            Self::Side => filter.side.map(Side::as_str).unwrap_or_default().to_owned(),
            Self::Township => filter.township.clone().unwrap_or_default(),
            Self::Scope => match &filter.scope {
                Scope::Schools => "schools".to_owned(),
                Scope::Kind(kind) => format!("kind:{}", kind.as_str()),
                Scope::All => "all".to_owned(),
            },
        })
    }

    fn choose(self, screen: Screen, value: &str) {
        screen.filter.update(|filter| match self {
            Self::Stage => filter.stage = Stage::parse(value),
            Self::Locality => filter.locality = Locality::parse(value),
            Self::Side => filter.side = Side::parse(value),
            Self::Township => {
                filter.township = (!value.is_empty()).then(|| value.to_owned());
            }
            Self::Scope => {
                filter.scope = match value.strip_prefix("kind:") {
                    Some(kind) => Scope::Kind(bianheng_core::county::KindId::new(kind)),
                    None if value == "all" => Scope::All,
                    None => Scope::Schools,
                };
            }
        });
    }
}

/// The native control of a choice. `any` is what it says when nothing is chosen.
fn select(
    screen: Screen,
    choice: Choice,
    label: Signal<String>,
    any: Option<Message>,
    testid: String,
    key: &'static str,
) -> impl IntoView {
    let offers = Memo::new(move |_| choice.offers(screen));
    let option = move |(value, name): Offer| {
        let now = value.clone();
        let chosen = move || choice.chosen(screen) == now;
        view! { <option value=value selected=chosen>{name}</option> }
    };
    view! {
        <select
            aria-label=label
            data-testid=testid
            data-filter=key
            prop:value=move || {
                offers.track();
                choice.chosen(screen)
            }
            on:change=move |event| choice.choose(screen, &event_target_value(&event))
        >
            {any.map(|any| view! { <option value="">{move || screen.state.t(any)}</option> })}
            {move || offers.get().into_iter().map(option).collect_view()}
        </select>
    }
}

/// The choices in the head of the page.
#[component]
pub fn HeadFilters(screen: Screen) -> impl IntoView {
    let state = screen.state;
    let boxed = move |choice, label: Message, any: Option<Message>, testid: &str| {
        let label = Signal::derive(move || state.t(label).to_owned());
        view! {
            <span class="select tall">
                {select(screen, choice, label, any, testid.to_owned(), "")}
                {icon(Icon::ChevronDown, "")}
            </span>
        }
    };
    // A county of schools alone has nothing else to list.
    let has_others = Memo::new(move |_| {
        screen
            .with(|table| {
                let mut rows = (0..table.rows()).filter_map(|row| table.holding(row));
                rows.any(|holding| holding.part.stage().is_none())
            })
            .unwrap_or(false)
    });
    view! {
        {boxed(Choice::Stage, schools::STAGE, Some(schools::ALL_STAGES), "filter-stage")}
        {boxed(Choice::Township, schools::TOWNSHIP, Some(schools::ALL_TOWNSHIPS), "filter-township")}
        <Show when=move || has_others.get()>
            {boxed(Choice::Scope, schools::SCOPE, None, "filter-scope")}
        </Show>
    }
}

/// The control under a head.
pub fn under(screen: Screen, key: &'static str) -> AnyView {
    let Some(column) = Column::parse(key) else { return ().into_any() };
    let state = screen.state;
    let label = Signal::derive(move || {
        let name = state.t(schools::column(column));
        schools::FILTER_OF.with(state.lang.get(), &[("column", &name)])
    });
    let testid = format!("column-filter-{key}");
    if let Some(choice) = Choice::of(column) {
        return view! {
            {select(screen, choice, label, Some(schools::ANY), testid, key)}
            {icon(Icon::ChevronDown, "")}
        }
        .into_any();
    }
    let typed = move || screen.typed.with(|typed| typed.get(&column).cloned().unwrap_or_default());
    let unread = Memo::new(move |_| Condition::parse(column, &typed()).is_err());
    let hint = move || {
        let lang = state.lang.get();
        let hint = schools::FILTER_HINT.get(lang);
        match (unread.get(), column.is_figure()) {
            (true, _) => schools::FILTER_UNREAD.with(lang, &[("hint", &hint)]),
            (false, true) => hint.to_owned(),
            (false, false) => String::new(),
        }
    };
    let placeholder =
        move || if column == Column::Name { state.t(schools::FILTER_TEXT) } else { "" };
    let change = move |event| {
        let text = event_target_value(&event);
        screen.typed.update(|typed| {
            if text.trim().is_empty() {
                typed.remove(&column);
            } else {
                typed.insert(column, text);
            }
        });
    };
    view! {
        <input
            type="text"
            aria-label=label
            title=hint
            placeholder=placeholder
            autocomplete="off"
            spellcheck="false"
            data-testid=testid
            data-filter=key
            aria-invalid=move || unread.get().then_some("true")
            prop:value=typed
            on:input=change
        />
    }
    .into_any()
}

/// Whether the filter under a head narrows now.
pub fn is_on(screen: Screen, key: &str) -> bool {
    match Column::parse(key) {
        Some(column) => match Choice::of(column) {
            Some(choice) => !choice.chosen(screen).is_empty(),
            None => screen.typed.with(|typed| typed.contains_key(&column)),
        },
        None => false,
    }
}
