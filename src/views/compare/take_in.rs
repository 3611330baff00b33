//! Scenarios of another file: merged cell by cell where both stand on the same base, held against
//! the new base and brought over where they do not. What there was stays, on both sides.

use bianheng_core::file::{self, OpenError};
use bianheng_core::pool::PoolError;
use bianheng_core::scenario::{
    Fit, Merge, MergeError, Rebase, RebaseLine, Renamed, Scenario, Side, Workspace,
};
use bianheng_core::text::{Lang, Message, cell, compare as words, files as file_words, shell};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::platform::files::Dropped;
use crate::state::{About, Cause, State, Toast, file_reason, use_state};
use crate::widgets::{Dialog, FilePick, Html, Icon, icon, picked, walk};

/// What is being taken in.
enum Work {
    /// Cells to choose.
    Merge(Merge),
    /// Changes to bring over.
    Rebase(Rebase),
}

/// The other file, and what comes of one scenario of it.
struct Other {
    workspace: Workspace,
    at: usize,
    work: Option<Work>,
    /// Whether its figures came out as it says, in words, and whether they did; `None` for a file of
    /// this browser.
    verdict: Option<(String, bool)>,
}

/// The dialog.
#[component]
pub fn TakeIn(close: Callback<()>) -> impl IntoView {
    let state = use_state();
    let other = RwSignal::new(None::<Other>);
    let begin = move |workspace: Workspace, verdict| {
        let at = workspace.active();
        let work = prepare(state, &workspace, at);
        other.set(Some(Other { workspace, at, work, verdict }));
    };
    let received = Callback::new(move |dropped: Option<Dropped>| {
        let lang = state.lang.get_untracked();
        let text = dropped.as_ref().and_then(|file| str::from_utf8(&file.bytes).ok());
        let opened = text.map(|text| match file::open(text)? {
            // Merged by this program it would lose what only the newer one knows.
            file::Opened { newer: Some(found), .. } => {
                Err(OpenError::Newer { found, app: String::new() })
            }
            opened => Ok(opened),
        });
        match opened {
            Some(Ok(opened)) => {
                let same = opened.same_results && opened.same_base;
                let verdict = Some((file_words::verdict(&opened, lang), same));
                begin(opened.workspace, verdict);
            }
            Some(Err(error)) => {
                let name = dropped.as_ref().map_or("", |file| file.name.as_str());
                let why = file_reason(&error, lang);
                let text = shell::OPEN_FAILED.with(lang, &[("name", &name), ("why", &why)]);
                state.toast(Toast::error(text).about(About::Opening));
            }
            None => state.toast(Toast::error(shell::OPEN_UNREADABLE.get(lang).to_owned())),
        }
    });
    let files = move || {
        let here = state.with(|open| open.id().to_owned()).unwrap_or_default();
        let mut html = Html::default();
        html.open("option", &[("value", "")]).text(state.t(words::TAKE_FROM)).close("option");
        state.files.with(|files| {
            for file in files.iter().filter(|file| file.id != here) {
                let name = format!("{} · {} · {}", file.county, file.scenario, file.fingerprint);
                html.open("option", &[("value", &file.id)]).text(&name).close("option");
            }
        });
        html.done()
    };
    let choose = move |event| {
        let id: String = event_target_value(&event);
        spawn_local(async move {
            if !id.is_empty()
                && let Some(workspace) = state.other_file(&id).await
            {
                begin(workspace, None);
            }
        });
    };
    let scenarios = move || {
        let mut html = Html::default();
        other.with(|other| {
            let Some(other) = other else { return };
            for (at, one) in other.workspace.scenarios().iter().enumerate() {
                let chosen = if at == other.at { "selected" } else { "" };
                html.open("option", &[("value", &at.to_string()), ("selected", chosen)]);
                html.text(&one.name).close("option");
            }
        });
        html.done()
    };
    let turn = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            other.update(|other| {
                if let Some(other) = other {
                    (other.at, other.work) = (at, prepare(state, &other.workspace, at));
                }
            });
        }
    };
    let body = move || {
        let lang = state.lang.get();
        other.with(|other| {
            let other = other.as_ref()?;
            state.with_all(|open| match &other.work {
                Some(Work::Merge(merge)) => merge_table(open.workspace(), merge, lang),
                Some(Work::Rebase(rebase)) => rebase_table(open.workspace(), other, rebase, lang),
                None => String::new(),
            })
        })
    };
    let verdict = move || {
        other.with(|other| {
            let (text, same) = other.as_ref()?.verdict.clone()?;
            let class = if same { "note" } else { "note err-text" };
            Some(view! { <p class=class role="status" data-testid="take-verdict">{text}</p> })
        })
    };
    let pick = move |event: web_sys::MouseEvent| {
        if let Some((what, at)) = picked(&event) {
            other.update(|other| {
                if let Some(work) = other.as_mut().and_then(|other| other.work.as_mut()) {
                    decide(work, &what, at.parse().ok());
                }
            });
        }
    };
    let undecided = move || {
        other.with(|other| match other.as_ref().and_then(|other| other.work.as_ref()) {
            Some(Work::Merge(merge)) if merge.brings_nothing() => Some((0, words::REMARKS_DO)),
            Some(Work::Merge(merge)) => Some((merge.undecided(), words::MERGE_DO)),
            Some(Work::Rebase(rebase)) => Some((rebase.undecided(), words::REBASE_DO)),
            None => None,
        })
    };
    let finish = move |_| {
        if other.with_untracked(|other| other.as_ref().is_some_and(|other| take(state, other))) {
            state.shown.set(None);
        }
    };
    let foot = move || {
        let (left, label) = undecided()?;
        let lang = state.lang.get();
        let why = (left > 0).then(|| words::UNDECIDED.with(lang, &[("n", &left)]));
        Some(view! {
            <div class="dlg-foot">
                <span class="note" role="status" data-testid="undecided">{why}</span>
                <div class="btns">
                    <button
                        type="button"
                        class="btn primary"
                        data-testid="take-do"
                        disabled={left > 0}
                        on:click=finish
                    >
                        {label.get(lang)}
                    </button>
                </div>
            </div>
        })
    };
    view! {
        <Dialog testid="take-dialog" class="dialog take" title=words::TAKE_IN on_close=close>
            <div class="dlg-body">
                <p class="note">{state.say(words::TAKE_IN_NOTE)}</p>
                <div class="btns">
                    <span class="select">
                        <select
                            data-testid="take-from"
                            aria-label=state.say(words::TAKE_FROM)
                            inner_html=files
                            on:change=choose
                        ></select>
                        {icon(Icon::ChevronDown, "ico-13")}
                    </span>
                    <FilePick testid="take-file" accept=".json" on_file=received>
                        {state.say(words::TAKE_FILE)}
                    </FilePick>
                    <span class="select" hidden=move || other.with(Option::is_none)>
                        <select
                            data-testid="take-scenario"
                            aria-label=state.say(words::TAKE_SCENARIO)
                            inner_html=scenarios
                            on:change=turn
                        ></select>
                        {icon(Icon::ChevronDown, "ico-13")}
                    </span>
                </div>
                {verdict}
                <div
                    class="take-body"
                    data-testid="take-body"
                    inner_html=body
                    on:click=pick
                    on:keydown=move |event| walk(&event)
                ></div>
            </div>
            {foot}
        </Dialog>
    }
}

fn prepare(state: State, other: &Workspace, at: usize) -> Option<Work> {
    state
        .peek(|open| {
            let here = open.workspace();
            match Merge::of((here, here.active()), (other, at)) {
                Ok(merge) => Some(Work::Merge(merge)),
                Err(MergeError::OtherBase) => {
                    let name = other.scenarios().get(at).map(|one| one.name.as_str());
                    let print = file::fingerprint(other.base());
                    let from = format!("{} {print}", name.unwrap_or_default());
                    Rebase::of((other, at), here, &from).ok().map(Work::Rebase)
                }
                Err(_) => None,
            }
        })
        .flatten()
}

fn decide(work: &mut Work, what: &str, at: Option<usize>) {
    match work {
        Work::Merge(merge) => {
            let side = if what.ends_with("mine") { Side::Mine } else { Side::Theirs };
            for (place, line) in merge.lines.iter_mut().enumerate() {
                if at.map_or(line.side.is_none(), |at| at == place) {
                    line.side = Some(side);
                }
            }
        }
        Work::Rebase(rebase) => {
            for (place, line) in rebase.lines.iter_mut().enumerate() {
                let open = matches!(line.fit, Fit::Changed(_) | Fit::Fits);
                if at.map_or(line.keep.is_none(), |at| at == place) && open {
                    line.keep = Some(what.ends_with("mine"));
                }
            }
        }
    }
}

/// Adds what came of it as a scenario, and the other file's remarks. `true` if it was done.
fn take(state: State, other: &Other) -> bool {
    let lang = state.lang.get_untracked();
    let remarks = other.workspace.comments().to_vec();
    let n = remarks.len();
    if matches!(&other.work, Some(Work::Merge(merge)) if merge.brings_nothing()) {
        let done = state.edit(|workspace| {
            remarks.into_iter().for_each(|remark| workspace.comment(remark));
            Ok(true)
        });
        if done {
            state.toast(Toast::done(words::REMARKS_TAKEN.with(lang, &[("n", &n)])));
        }
        return done;
    }
    let theirs = other.workspace.scenarios().get(other.at);
    let theirs = theirs.map_or("", |one| one.name.as_str());
    let mine = state.peek(|open| open.workspace().scenario().name.clone()).unwrap_or_default();
    let (scenario, merged) = match &other.work {
        Some(Work::Merge(merge)) => {
            let name = words::MERGED_NAME.with(lang, &[("mine", &mine), ("theirs", &theirs)]);
            (merge.scenario(&name).ok(), true)
        }
        Some(Work::Rebase(rebase)) => (Some(rebase.scenario()), false),
        None => (None, false),
    };
    let Some(scenario) = scenario else { return false };
    if let Some(Work::Merge(merge)) = &other.work
        && let Some(command) = merge.misfit()
    {
        let place = words::place(&command, other.workspace.state(), lang);
        let text = words::MERGE_MISFIT.with(lang, &[("place", &place)]);
        state.toast(Toast::error(text));
        return false;
    }
    let broken = match &other.work {
        Some(Work::Merge(merge)) => merge.broken().map(|error| (words::MERGE_BROKEN, error)),
        Some(Work::Rebase(rebase)) => rebase.broken().map(|error| (words::REBASE_BROKEN, error)),
        None => None,
    };
    if let Some((message, error)) = broken {
        state.toast(Toast::error(message.with(lang, &[("why", &error.text(lang))])));
        return false;
    }
    state.snapshot(Cause::Merge, "");
    let done = state.edit(|workspace| add(workspace, scenario, remarks));
    if done {
        let name = state.peek(|open| open.workspace().scenario().name.clone()).unwrap_or_default();
        let text = if merged {
            words::MERGED.with(lang, &[("name", &name), ("n", &n)])
        } else {
            words::REBASED.with(lang, &[("name", &name)])
        };
        state.toast(Toast::done(text));
    }
    done
}

fn add(
    workspace: &mut Workspace,
    scenario: Scenario,
    remarks: Vec<bianheng_core::scenario::Comment>,
) -> Result<bool, bianheng_core::scenario::Conflict> {
    workspace.add(scenario)?;
    for remark in remarks {
        workspace.comment(remark);
    }
    Ok(true)
}

fn merge_table(here: &Workspace, merge: &Merge, lang: Lang) -> String {
    let mut html = Html::default();
    let mine = &here.scenario().name;
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("mine", mine), ("n", &merge.lines.len()), ("asked", &merge.asked())];
    html.put("p", "prose", &words::MERGE_NOTE.with(lang, &values));
    if merge.asked() > 0 {
        html.open("p", &[("class", "btns")]);
        html.button("btn", "all-mine", "all-mine", "", words::ALL_MINE.get(lang));
        html.button("btn", "all-theirs", "all-theirs", "", words::ALL_THEIRS.get(lang));
        html.close("p");
    }
    renamed(&mut html, &merge.renamed, lang);
    broken(&mut html, words::MERGE_BROKEN, merge.broken(), lang);
    html.open("table", &[("class", "t dense")]).open("thead", &[]).open("tr", &[]);
    html.head("", words::MERGE_CELL.get(lang));
    html.head("", words::MINE.get(lang)).head("", words::THEIRS.get(lang));
    html.close("tr").close("thead").open("tbody", &[]);
    // What has to be chosen stands first.
    let order =
        |asks: bool| merge.lines.iter().enumerate().filter(move |(_, line)| line.asks == asks);
    for (at, line) in order(true).chain(order(false)) {
        let Some(change) = line.mine.as_ref().or(line.theirs.as_ref()) else { continue };
        html.open("tr", &[("data-testid", "merge-line"), ("data-id", &line.cell)]);
        let place = cell::place(change, here.state(), lang);
        html.open("th", &[("scope", "row")]).text(&place).close("th");
        for (side, value, what, label) in [
            (Side::Mine, &line.mine, "mine", words::KEEP_MINE),
            (Side::Theirs, &line.theirs, "theirs", words::KEEP_THEIRS),
        ] {
            let class = if line.side == Some(side) { "is-kept" } else { "" };
            html.open("td", &[("class", class)]);
            match value {
                Some(change) => {
                    let value = |new| cell::value(change, new, here.state(), lang);
                    let (old, new) = (value(false), value(true));
                    html.put("span", "was", &old).put("span", "arr", "→").text(&new);
                }
                None => {
                    html.put("span", "ink3", words::UNCHANGED.get(lang));
                }
            }
            let chosen = line.side == Some(side);
            html.text(" ").choice(what, &at.to_string(), label.get(lang), chosen);
            html.close("td");
        }
        html.close("tr");
    }
    html.close("tbody").close("table");
    html.done()
}

/// What got another number, since both sides had given its own.
fn renamed(html: &mut Html, list: &[Renamed], lang: Lang) {
    for one in list {
        html.open("p", &[("class", "note"), ("data-testid", "take-renamed")]);
        html.text(&cell::renamed(one, lang)).close("p");
    }
}

/// What does not hold as it is chosen now.
fn broken(html: &mut Html, message: Message, error: Option<PoolError>, lang: Lang) {
    if let Some(error) = error {
        let text = message.with(lang, &[("why", &error.text(lang))]);
        html.open("p", &[("class", "note err-text"), ("data-testid", "merge-broken")]);
        html.text(&text).close("p");
    }
}

/// Changes of the base that are shown: more would hide the scenario's own.
const SHOWN: usize = 50;

fn rebase_table(here: &Workspace, other: &Other, rebase: &Rebase, lang: Lang) -> String {
    let mut html = Html::default();
    let fits = rebase.lines.iter().filter(|line| line.fit == Fit::Fits).count();
    let print = |workspace: &Workspace| file::fingerprint(workspace.base());
    let values: [(&str, &dyn std::fmt::Display); 8] = [
        ("from", &print(&other.workspace)),
        ("to", &print(here)),
        ("changed", &rebase.changed.len()),
        ("added", &rebase.added.len()),
        ("gone", &rebase.gone.len()),
        ("n", &rebase.lines.len()),
        ("fits", &fits),
        ("conflicts", &rebase.conflicts()),
    ];
    html.put("p", "prose", &words::REBASE_NOTE.with(lang, &values));
    if rebase.lines.iter().any(|line| matches!(line.fit, Fit::Changed(_))) {
        html.open("p", &[("class", "btns")]);
        html.button("btn", "all-mine", "all-mine", "", words::ALL_BRING.get(lang));
        html.button("btn", "all-leave", "all-leave", "", words::ALL_LEAVE.get(lang));
        html.close("p");
    }
    renamed(&mut html, &rebase.renamed, lang);
    broken(&mut html, words::REBASE_BROKEN, rebase.broken(), lang);
    html.open("table", &[("class", "t dense")]).open("tbody", &[]);
    let order = |fits: bool| {
        let lines = rebase.lines.iter().enumerate();
        lines.filter(move |(_, line)| (line.fit == Fit::Fits) == fits)
    };
    let theirs = other.workspace.state();
    for (at, RebaseLine { change, fit, keep }) in order(false).chain(order(true)) {
        html.open("tr", &[("data-testid", "rebase-line"), ("data-id", &change.cell())]);
        let place = cell::place(change, theirs, lang);
        html.open("th", &[("scope", "row")]).text(&place).close("th");
        html.put("td", "", &cell::value(change, true, theirs, lang));
        html.put("td", "ink3", &cell::fit(change, fit, theirs, lang));
        for (kept, what, label) in [(true, "mine", words::BRING), (false, "leave", words::LEAVE)] {
            let class = if *keep == Some(kept) { "is-kept" } else { "" };
            html.open("td", &[("class", class)]);
            if matches!(fit, Fit::Fits | Fit::Changed(_)) {
                html.choice(what, &at.to_string(), label.get(lang), *keep == Some(kept));
            } else if *keep == Some(kept) {
                html.text(label.get(lang));
            }
            html.close("td");
        }
        html.close("tr");
    }
    html.close("tbody").close("table");
    if !rebase.changed.is_empty() {
        html.put("h3", "", words::REBASE_CHANGED.get(lang));
        html.open("table", &[("class", "t dense"), ("data-testid", "rebase-changed")]);
        html.open("tbody", &[]);
        let now = here.state();
        for change in rebase.changed.iter().take(SHOWN) {
            html.open("tr", &[]).open("th", &[("scope", "row")]);
            html.text(&cell::place(change, now, lang)).close("th");
            let value = |new| cell::value(change, new, now, lang);
            let (old, new) = (value(false), value(true));
            html.open("td", &[("class", "num")]).put("span", "was", &old).put("span", "arr", "→");
            html.text(&new).close("td").close("tr");
        }
        html.close("tbody").close("table");
        if rebase.changed.len() > SHOWN {
            html.put("p", "note", &format!("+ {}", rebase.changed.len() - SHOWN));
        }
    }
    html.done()
}
