//! What the table itself may not tell: county, day of the survey, what kindergartens draw on, the
//! stage of rows without one, and which county to take of several.

use bianheng_core::county::{KindId, Stage};
use bianheng_core::norm::{NATIONAL, shipped};
use bianheng_core::text::{import_view as words, names};
use bianheng_sheets::Field;
use chrono::NaiveDate;
use leptos::prelude::*;

use super::desk::{kinds, use_desk};
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// The settings.
#[component]
pub fn Settings() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    view! {
        <header class="sec">
            <h2>{state.say(words::SETTINGS)}</h2>
        </header>
        <div class="settings">
            <div class="fieldset">
                <label for="import-county">{state.say(words::COUNTY)}</label>
                <input
                    id="import-county"
                    class="field"
                    data-testid="import-county"
                    autocomplete="off"
                    aria-invalid=move || {
                        desk.county.with(|name| name.trim().is_empty()).then_some("true")
                    }
                    prop:value=move || desk.county.get()
                    on:input=move |event| desk.county.set(event_target_value(&event))
                />
            </div>
            <DateField />
            <KindField />
            <StageField />
            <CountyChoice />
        </div>
        <DateNote />
    }
}

#[component]
fn DateField() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let day = Memo::new(move |_| {
        desk.draft.with(|draft| draft.as_ref().map(|draft| draft.options.surveyed_on))
    });
    let changed = move |event| {
        let text = event_target_value(&event);
        let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok();
        desk.date_wrong.set(day.is_none());
        if let Some(day) = day {
            desk.change(|_, options| options.surveyed_on = day);
        }
    };
    view! {
        <div class="fieldset">
            <label for="import-date">{state.say(words::DATE)}</label>
            <input
                id="import-date"
                type="date"
                class="field"
                data-testid="import-date"
                aria-invalid=move || desk.date_wrong.get().then_some("true")
                prop:value=move || day.get().map(|day| day.to_string()).unwrap_or_default()
                on:change=changed
            />
        </div>
    }
}

/// What is to be said about the date.
#[component]
fn DateNote() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let from = StoredValue::new(shipped(NATIONAL).map(|pack| pack.valid_from));
    let early = Memo::new(move |_| {
        let day = desk.draft.with(|draft| draft.as_ref().map(|draft| draft.options.surveyed_on));
        from.get_value().filter(|from| day.is_some_and(|day| day < *from))
    });
    move || {
        let lang = state.lang.get();
        if desk.date_wrong.get() {
            let text = words::DATE_WRONG.get(lang);
            let mark = icon(Icon::Cross, "ico-13");
            return Some(view! { <p class="field-err">{mark}{text}</p> }.into_any());
        }
        early.get().map(|day| {
            let text = words::DATE_EARLY.with(lang, &[("day", &day)]);
            let mark = icon(Icon::Warn, "ico-13");
            view! { <p class="st review" data-testid="import-date-early">{mark}<span>{text}</span></p> }
                .into_any()
        })
    }
}

#[component]
fn KindField() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let kinds = Memo::new(move |_| desk.draft.with(|draft| draft.as_ref().map(kinds)));
    let options = move || {
        let lang = state.lang.get();
        let chosen = desk.kindergartens.get_untracked();
        kinds
            .get()
            .into_iter()
            .flatten()
            .map(|(id, name)| {
                view! {
                    <option value=id.as_str().to_owned() selected=id == chosen>
                        {name.get(lang).to_owned()}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <div class="fieldset">
            <label for="import-kindergartens">{state.say(words::KINDERGARTENS)}</label>
            <span class="select">
                <select
                    id="import-kindergartens"
                    data-testid="import-kindergartens"
                    on:change=move |event| {
                        desk.kindergartens.set(KindId::new(&event_target_value(&event)));
                    }
                >
                    {options}
                </select>
                {icon(Icon::ChevronDown, "")}
            </span>
        </div>
    }
}

/// Chooses the stage of rows that tell none; shown only where there are such rows.
#[component]
fn StageField() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    // Whether it is asked, whether a column of stages stands in the sheet, and the choice.
    let asked = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let draft = draft.as_ref().filter(|draft| draft.asks_for_stage())?;
            let column = draft.mapping.column(Field::Stage).is_some();
            Some((column, draft.options.default_stage))
        })
    });
    let changed = move |event| {
        let stage = Stage::parse(&event_target_value(&event));
        desk.change(|_, options| options.default_stage = stage);
    };
    move || {
        let lang = state.lang.get();
        asked.get().map(|(column, chosen)| {
            // Without a column of stages primary is taken; with one, blanks are to be filled in.
            let chosen = chosen.or((!column).then_some(Stage::Primary));
            let blank = column.then(|| {
                let text = words::DEFAULT_STAGE_NONE.get(lang);
                view! { <option value="" selected=chosen.is_none()>{text}</option> }
            });
            let stages = Stage::ALL.map(|stage| {
                let name = names::stage(stage).get(lang);
                view! { <option value=stage.as_str() selected=chosen == Some(stage)>{name}</option> }
            });
            view! {
                <div class="fieldset">
                    <label for="import-stage">{words::DEFAULT_STAGE.get(lang)}</label>
                    <span class="select">
                        <select id="import-stage" data-testid="import-stage" on:change=changed>
                            {blank}
                            {stages}
                        </select>
                        {icon(Icon::ChevronDown, "")}
                    </span>
                </div>
            }
        })
    }
}

/// Chooses one county where the file holds several.
#[component]
fn CountyChoice() -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let counties = Memo::new(move |_| {
        desk.draft.with(|draft| draft.as_ref().map(|draft| draft.counties.clone()))
    });
    let chosen = move || {
        desk.draft.with_untracked(|draft| {
            draft.as_ref().and_then(|draft| draft.options.only_county.clone())
        })
    };
    let changed = move |event| {
        let name = event_target_value(&event);
        let only = (!name.is_empty()).then_some(name);
        if let Some(name) = &only {
            desk.county.set(name.clone());
        }
        desk.change(|_, options| options.only_county = only);
    };
    move || {
        let lang = state.lang.get();
        let counties = counties.get().filter(|counties| !counties.is_empty())?;
        let all = words::ONLY_COUNTY_ALL.with(lang, &[("n", &counties.len())]);
        let chosen = chosen();
        let options = counties.into_iter().map(|name| {
            let is_chosen = chosen.as_ref() == Some(&name);
            view! { <option value=name.clone() selected=is_chosen>{name.clone()}</option> }
        });
        Some(view! {
            <div class="fieldset">
                <label for="import-only">{words::ONLY_COUNTY.get(lang)}</label>
                <span class="select">
                    <select id="import-only" data-testid="import-only" on:change=changed>
                        <option value="">{all}</option>
                        {options.collect_view()}
                    </select>
                    {icon(Icon::ChevronDown, "")}
                </span>
            </div>
        })
    }
}
