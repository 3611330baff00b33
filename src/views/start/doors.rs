//! The three doors: the sample county, a scenario file, a survey.

use bianheng_core::county::KindId;
use bianheng_core::sample;
use bianheng_core::scenario::{Figures, ledger};
use bianheng_core::text::{Message, files as file_words, number, shell};
use bianheng_sheets::{template_csv, template_xlsx};
use leptos::prelude::*;

use crate::platform::disk;
use crate::platform::files::{self, Dropped};
use crate::state::{State, Toast, use_state};
use crate::widgets::{FilePick, Icon, icon};

/// The doors.
#[component]
pub fn Doors() -> impl IntoView {
    view! {
        <div class="doors">
            <SampleDoor />
            <FileDoor />
            <SurveyDoor />
        </div>
    }
}

fn fact(state: State, label: Message, value: impl IntoView + 'static) -> impl IntoView {
    view! { <div><dt>{state.say(label)}</dt><dd>{value}</dd></div> }
}

/// What the sample county holds, counted from its own file.
#[derive(Clone, Copy, Default)]
struct SampleFigures {
    units: usize,
    rows: usize,
    students: u64,
    classes: u64,
    total: u64,
}

fn sample_figures() -> Option<SampleFigures> {
    let workspace = sample::county().ok()?.workspace;
    let county = workspace.base();
    let schools = |row: &usize| {
        county.holdings.get(*row).is_some_and(|holding| holding.part.stage().is_some())
    };
    let rows = (0..county.holdings.len()).filter(schools);
    let totals = Figures::of(workspace.state()).totals(workspace.state(), rows.clone());
    let mut units: Vec<usize> =
        rows.filter_map(|row| county.holdings.get(row)).map(|holding| holding.unit).collect();
    units.dedup();
    Some(SampleFigures {
        units: units.len(),
        rows: totals.rows,
        students: totals.students,
        classes: totals.classes,
        total: ledger(county, workspace.state(), KindId::school()).total,
    })
}

#[component]
fn SampleDoor() -> impl IntoView {
    let state = use_state();
    let figures = sample_figures().unwrap_or_default();
    let units = move || {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("units", &figures.units), ("rows", &figures.rows)];
        shell::DOOR_SAMPLE_UNITS_VALUE.with(state.lang.get(), &values)
    };
    let pupils = move || {
        let (students, classes) = (number::count(figures.students), number::count(figures.classes));
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("students", &students), ("classes", &classes)];
        shell::DOOR_SAMPLE_PUPILS_VALUE.with(state.lang.get(), &values)
    };
    let total = move || {
        let total = number::count(figures.total);
        shell::DOOR_SAMPLE_TOTAL_VALUE.with(state.lang.get(), &[("total", &total)])
    };
    view! {
        <section class="door">
            <h2>{icon(Icon::Map, "ico-20")}{state.say(shell::DOOR_SAMPLE)}</h2>
            <p class="prose">{state.say(shell::DOOR_SAMPLE_TEXT)}</p>
            <dl class="door-facts">
                {fact(state, shell::DOOR_SAMPLE_UNITS, units)}
                {fact(state, shell::DOOR_SAMPLE_PUPILS, pupils)}
                {fact(state, shell::DOOR_SAMPLE_TOTAL, total)}
            </dl>
            <div class="btns">
                <button
                    type="button"
                    class="btn primary"
                    data-testid="open-sample"
                    on:click=move |_| state.open_sample()
                >
                    {state.say(shell::DOOR_SAMPLE)}
                </button>
            </div>
        </section>
    }
}

fn receive(state: State) -> Callback<Option<Dropped>> {
    Callback::new(move |file: Option<Dropped>| match file {
        Some(file) => state.receive(file),
        None => {
            let text = shell::OPEN_UNREADABLE.get(state.lang.get_untracked());
            state.toast(Toast::error(text.to_owned()));
        }
    })
}

#[component]
fn FileDoor() -> impl IntoView {
    let state = use_state();
    view! {
        <section class="door">
            <h2>{icon(Icon::Folder, "ico-20")}{state.say(shell::DOOR_FILE)}</h2>
            <p class="prose">{state.say(shell::DOOR_FILE_TEXT)}</p>
            <dl class="door-facts">
                {fact(state, shell::DOOR_FILE_FORMAT, ".bianheng.json")}
                {fact(
                    state,
                    shell::DOOR_FILE_ALSO,
                    state.say(shell::DOOR_FILE_ALSO_VALUE),
                )}
                {fact(state, shell::DOOR_FILE_KEY, "Ctrl + O")}
            </dl>
            <div class="btns">
                <FilePick testid="open-file" accept=".json" on_file=receive(state)>
                    {state.say(shell::CHOOSE_FILE)}
                </FilePick>
                {disk::can()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn quiet"
                                data-testid="open-in-place"
                                on:click=move |_| state.open_in_place()
                            >
                                {state.say(file_words::DOOR_PLACE)}
                            </button>
                        }
                    })}
            </div>
        </section>
    }
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[component]
fn SurveyDoor() -> impl IntoView {
    let state = use_state();
    let xlsx = move |_| {
        let lang = state.lang.get_untracked();
        files::download(shell::TEMPLATE_XLSX.get(lang), XLSX, template_xlsx(lang));
    };
    let csv = move |_| {
        let lang = state.lang.get_untracked();
        files::download(shell::TEMPLATE_CSV.get(lang), "text/csv", template_csv(lang));
    };
    let templates = view! {
        <button type="button" class="link" data-testid="template-xlsx" on:click=xlsx>
            {icon(Icon::Download, "")}
            ".xlsx"
        </button>
        " "
        <button type="button" class="link" data-testid="template-csv" on:click=csv>
            {icon(Icon::Download, "")}
            ".csv"
        </button>
    };
    view! {
        <section class="door">
            <h2>{icon(Icon::Table, "ico-20")}{state.say(shell::DOOR_IMPORT)}</h2>
            <p class="prose">{state.say(shell::DOOR_IMPORT_TEXT)}</p>
            <dl class="door-facts">
                {fact(state, shell::DOOR_FILE_FORMAT, ".xlsx .xls .ods .csv")}
                {fact(
                    state,
                    shell::DOOR_IMPORT_ENCODING,
                    state.say(shell::DOOR_IMPORT_ENCODING_VALUE),
                )}
                {fact(state, shell::DOOR_IMPORT_TEMPLATE, templates)}
            </dl>
            <div class="btns">
                <FilePick
                    testid="import-survey"
                    accept=".xlsx,.xls,.ods,.csv,.tsv,.txt"
                    on_file=receive(state)
                >
                    {state.say(shell::CHOOSE_SURVEY)}
                </FilePick>
            </div>
        </section>
    }
}
