//! The pool's own data: name, size, document, term, the batch. Each field is saved on its own, as
//! one step.

use bianheng_core::pool::{At, LONGEST_TERM, Model, Pool};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Message, pool_view as words};
use leptos::prelude::*;

use super::batches::Batches;
use super::cell::Cell;
use super::change::{change, put, put_checked, refuse, replace, say_done};
use super::form::{Choose, Refused};
use super::parts::whole;
use super::rules::Rules;
use super::seen::View;
use super::sources::Sources;
use super::terms::Terms;
use crate::state::{State, use_state};
use crate::widgets::at_least_one;

/// One setting: how it is shown, and how it is put in, unless what was typed is refused.
#[derive(Clone, Copy)]
struct Setting {
    label: Message,
    testid: &'static str,
    kind: &'static str,
    class: &'static str,
    read: fn(&Pool) -> String,
    put: fn(&mut Pool, &str) -> Result<(), Refused>,
}

fn name(text: &str) -> Result<String, Refused> {
    let name = Some(text.to_owned()).filter(|text| !text.is_empty());
    name.ok_or_else(|| Refused::typed(At::Name, words::ERROR_NAME))
}

/// A figure, or none where nothing is typed.
fn perhaps(text: &str) -> Result<Option<u32>, Refused> {
    if text.is_empty() { Ok(None) } else { whole(text, At::Posts).map(Some) }
}

/// Ten years: longer is a typing error.
const MOST_MONTHS: u32 = 120;

const SETTINGS: [Setting; 9] = [
    Setting {
        label: words::NAME,
        testid: "pool-edit-name",
        kind: "text",
        class: "field",
        read: |pool| pool.name.clone(),
        put: |pool, text| name(text).map(|name| pool.name = name),
    },
    Setting {
        label: words::SIZE,
        testid: "pool-edit-size",
        kind: "text",
        class: "field num",
        read: |pool| pool.size.to_string(),
        put: |pool, text| Ok(pool.set_size(whole(text, At::Posts)?)?),
    },
    Setting {
        label: words::TERM,
        testid: "pool-edit-term",
        kind: "text",
        class: "field num",
        read: |pool| pool.term_years.to_string(),
        put: |pool, text| {
            let years = at_least_one(text).filter(|years| *years <= LONGEST_TERM);
            pool.term_years = years.ok_or_else(|| Refused::typed(At::Years, words::ERROR_TERM))?;
            Ok(())
        },
    },
    Setting {
        label: words::DOCUMENT,
        testid: "pool-edit-document",
        kind: "text",
        class: "field",
        read: |pool| pool.document.clone(),
        put: |pool, text| {
            text.clone_into(&mut pool.document);
            Ok(())
        },
    },
    Setting {
        label: words::FILL_MONTHS,
        testid: "pool-edit-fill",
        kind: "text",
        class: "field num",
        read: |pool| pool.fill_months.map(|months| months.to_string()).unwrap_or_default(),
        put: |pool, text| {
            let months = if text.is_empty() { Some(None) } else { at_least_one(text).map(Some) };
            let months = months.filter(|months| months.is_none_or(|months| months <= MOST_MONTHS));
            pool.fill_months =
                months.ok_or_else(|| Refused::typed(At::Figure, words::ERROR_MONTHS))?;
            Ok(())
        },
    },
    Setting {
        label: words::OWN_TOTAL,
        testid: "pool-edit-own-total",
        kind: "text",
        class: "field num",
        read: |pool| pool.own_total.map(|total| total.to_string()).unwrap_or_default(),
        put: |pool, text| perhaps(text).map(|total| pool.own_total = total),
    },
    Setting {
        label: words::BATCH,
        testid: "batch-edit-name",
        kind: "text",
        class: "field",
        read: |pool| pool.batch.name.clone(),
        put: |pool, text| name(text).map(|name| pool.batch.name = name),
    },
    Setting {
        label: words::BATCH_DATE,
        testid: "batch-edit-date",
        kind: "date",
        class: "field",
        read: |pool| pool.batch.date.to_string(),
        put: |pool, text| {
            let date = text.parse();
            pool.batch.date = date.map_err(|_| Refused::typed(At::Day, words::ERROR_DAY))?;
            Ok(())
        },
    },
    Setting {
        label: words::BATCH_LIMIT,
        testid: "batch-edit-limit",
        kind: "text",
        class: "field num",
        read: |pool| pool.batch.limit.map(|limit| limit.to_string()).unwrap_or_default(),
        put: |pool, text| perhaps(text).map(|limit| pool.batch.limit = limit),
    },
];

/// The settings and the rules.
#[component]
pub fn Settings(view: View) -> impl IntoView {
    let state = use_state();
    view! {
        <section class="block" aria-labelledby="settings-h" data-testid="pool-settings">
            <header class="sec">
                <h2 id="settings-h">{state.say(words::SETTINGS)}</h2>
                <span class="note">{state.say(words::SETTINGS_NOTE)}</span>
                <span class="acts">
                    <button
                        type="button"
                        class="link"
                        data-testid="pool-delete"
                        on:click=move |_| delete(state, view)
                    >
                        {state.say(words::DELETE)}
                    </button>
                </span>
            </header>
            <div class="cols cols-rules">
                <div>
                    <div class="pool-settings">
                        {SETTINGS.map(|setting| one(state, view, setting)).collect_view()}
                        <Counting view=view />
                    </div>
                    <Terms view=view />
                    <Sources view=view />
                </div>
                <Rules view=view />
            </div>
            <Batches view=view />
        </section>
    }
}

/// How the posts are counted, and whether expected departures may be.
#[component]
fn Counting(view: View) -> impl IntoView {
    let state = use_state();
    let model = Signal::derive(move || {
        let now = view.read(|seen| seen.pool.model);
        now.and_then(|now| Model::ALL.iter().position(|one| *one == now)).unwrap_or(0)
    });
    let save = Callback::new(move |place: usize| {
        let model = Model::ALL.get(place).copied().unwrap_or_default();
        put(state, Label::Pool, |pool| pool.model = model)
    });
    let names = Signal::derive(move || {
        let lang = state.lang.get();
        Model::ALL.iter().map(|one| one.short(lang).to_owned()).collect()
    });
    let counts = move || view.read(|seen| seen.pool.count_departures) == Some(true);
    view! {
        <Choose
            label=Signal::derive(move || state.t(words::MODEL).to_owned())
            testid="pool-model"
            names=names
            chosen=model
            save=save
        />
        <label class="check">
            <input
                type="checkbox"
                data-testid="pool-count-departures"
                prop:checked=counts
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    change(state, Label::Pool, |pool| pool.count_departures = on);
                }
            />
            {state.say(words::COUNT_DEPARTURES)}
        </label>
    }
}

fn one(state: State, view: View, setting: Setting) -> impl IntoView {
    let Setting { label, testid, kind, class, read, put } = setting;
    let value = Signal::derive(move || view.read(|seen| read(&seen.pool)).unwrap_or_default());
    let save = Callback::new(move |typed: String| {
        put_checked(state, Label::Pool, |pool| put(pool, &typed))
    });
    let hint = Signal::derive(move || match testid {
        "batch-edit-limit" => state.t(words::BATCH_LIMIT_NONE).to_owned(),
        _ => String::new(),
    });
    view! {
        <label class="fieldset">
            <span class="label">{state.say(label)}</span>
            <Cell
                testid=testid
                kind=kind
                class=class
                label=Signal::derive(move || state.t(label).to_owned())
                value=value
                save=save
                hint=hint
            />
        </label>
    }
}

fn delete(state: State, view: View) {
    let lang = state.lang.get_untracked();
    let Some((name, size)) = view.peek(|seen| (seen.pool.name.clone(), seen.pool.size)) else {
        return;
    };
    match replace(state, Label::Pool, None) {
        Ok(true) => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &name), ("n", &size)];
            say_done(state, words::DELETED.with(lang, &values));
        }
        Ok(false) => {}
        Err(why) => refuse(state, &why.text(lang)),
    }
}
