//! The files that this browser keeps: opening, listing, exporting, deleting. Opening never touches
//! what was open before: that stays in the list, saved.

use bianheng_core::county::KindId;
use bianheng_core::file::{self, OpenError, Opened};
use bianheng_core::sample;
use bianheng_core::scenario::{Scenario, Workspace, ledger};
use bianheng_core::text::{Lang, shell};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::{About, Open, State, Toast, ToastAction, save};
use crate::platform::files::{self as browser, Dropped};
use crate::platform::{clock, location, prefs, store};
use crate::route::View;

const FILES: &str = "bianheng.files";
const LAST: &str = "bianheng.last";

/// What the list says of a file without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// The id under which the browser keeps it.
    pub id: String,
    /// The county.
    pub county: String,
    /// The scenario.
    pub scenario: String,
    /// The county is invented.
    pub made_up: bool,
    /// School posts in all.
    pub total: u64,
    /// Posts that the scenario raised.
    pub up: u64,
    /// Posts that the scenario lowered.
    pub down: u64,
    /// Fingerprint of the base.
    pub fingerprint: String,
    /// When it last changed, in milliseconds since 1970.
    pub changed: u64,
}

impl FileEntry {
    pub(super) fn of(open: &Open, now: u64) -> Self {
        let workspace = open.workspace();
        let (base, state) = (workspace.base(), workspace.state());
        let ledger = ledger(base, state, KindId::school());
        Self {
            id: open.id().to_owned(),
            county: state.county.name.clone(),
            scenario: workspace.scenario().name.clone(),
            made_up: base.origin.made_up,
            total: ledger.total,
            up: ledger.moved.up,
            down: ledger.moved.down,
            fingerprint: open.fingerprint().to_owned(),
            changed: now,
        }
    }
}

/// The list as it was kept.
pub(super) fn list() -> Vec<FileEntry> {
    prefs::get(FILES).unwrap_or_default()
}

/// Puts an entry at the head of the list.
pub(super) fn keep(state: State, entry: FileEntry) {
    state.files.update(|files| {
        files.retain(|file| file.id != entry.id);
        files.insert(0, entry);
        prefs::set(FILES, files);
    });
}

/// Why a file does not open, in words.
pub fn reason(error: &OpenError, lang: Lang) -> String {
    match error {
        OpenError::Empty => shell::OPEN_EMPTY.get(lang).to_owned(),
        OpenError::NotOurs => shell::OPEN_NOT_OURS.get(lang).to_owned(),
        OpenError::Damaged { line, column, .. } => {
            shell::OPEN_DAMAGED.with(lang, &[("line", line), ("column", column)])
        }
        OpenError::Newer { found, .. } => shell::OPEN_NEWER.with(lang, &[("found", found)]),
        OpenError::Holdings { unit } => shell::OPEN_HOLDINGS.with(lang, &[("unit", unit)]),
        OpenError::Conflict(conflict) => shell::OPEN_CONFLICT.with(lang, &[("why", conflict)]),
    }
}

impl State {
    /// Takes up the work that was open when the page was left.
    pub fn resume(self) {
        let Some(id) = prefs::get::<String>(LAST) else { return };
        if self.view.get_untracked() != View::Start {
            self.open_kept(&id, self.view.get_untracked());
        }
    }

    /// Opens the sample county as a new file.
    pub fn open_sample(self) {
        match sample::county() {
            Ok(opened) => self.take_in(opened.workspace, View::Overview),
            Err(error) => self.say_open_failed("", &error),
        }
    }

    /// Opens the text of a scenario file as a new file in this browser.
    pub fn open_text(self, name: &str, text: &str) {
        match file::open(text) {
            Ok(opened) => {
                let lang = self.lang.get_untracked();
                let same = opened.same_results && opened.same_base;
                let verdict = if same { shell::OPENED_SAME } else { shell::OPENED_DIFFERS };
                let text = shell::OPENED.with(lang, &[("name", &name)]);
                let text = format!("{text} · {}", verdict.get(lang));
                let toast = if same { Toast::done(text) } else { Toast::warning(text) };
                self.take_in(opened.workspace, View::Overview);
                self.toast(toast.about(About::Opening));
            }
            Err(error) => self.say_open_failed(name, &error),
        }
    }

    /// Takes a file that was chosen or dropped: a scenario file opens, anything else goes to the
    /// import, which says what it is.
    pub fn receive(self, file: Dropped) {
        let scenario = file.name.ends_with(".json") || file.bytes.first() == Some(&b'{');
        match (scenario, str::from_utf8(&file.bytes)) {
            (true, Ok(text)) => self.open_text(&file.name, text),
            (true, Err(_)) => self.say_open_failed(&file.name, &OpenError::NotOurs),
            (false, _) => self.survey.set(Some(file)),
        }
    }

    /// Opens a workspace as a new file in this browser.
    pub fn take_in(self, workspace: Workspace, view: View) {
        let id = clock::fresh_id();
        self.show(Open::new(id, workspace), view);
        save::write_whole(self);
    }

    /// Opens a file that this browser keeps.
    pub fn open_kept(self, id: &str, view: View) {
        let id = id.to_owned();
        spawn_local(async move {
            let opened = match store::get(&id).await {
                Ok(Some((base, scenario))) => {
                    let scenario = serde_json::from_str::<Scenario>(&scenario).ok();
                    file::open_with(&base, scenario)
                }
                Ok(None) => Err(OpenError::Empty),
                Err(error) => {
                    let text = error.to_string();
                    self.toast(Toast::error(text));
                    return;
                }
            };
            match opened {
                Ok(Opened { workspace, .. }) => self.show(Open::new(id, workspace), view),
                Err(error) => {
                    location::go(View::Start);
                    self.say_open_failed("", &error);
                }
            }
        });
    }

    fn show(self, open: Open, view: View) {
        prefs::set(LAST, &open.id());
        self.proof.set(None);
        self.kind.set(KindId::school().clone());
        self.open.set(Some(open));
        // An address that already leads to the screen may name a place within it.
        if View::parse(&location::hash()) != view {
            location::go(view);
        }
    }

    fn say_open_failed(self, name: &str, error: &OpenError) {
        let lang = self.lang.get_untracked();
        let why = reason(error, lang);
        let text = shell::OPEN_FAILED.with(lang, &[("name", &name), ("why", &why)]);
        self.toast(Toast::error(text).about(About::Opening));
    }

    /// Hands the scenario out as a file.
    pub fn export(self) {
        let today = clock::today();
        let Some((name, text)) = self.peek(|open| {
            let workspace = open.workspace();
            let text = file::write(workspace, env!("CARGO_PKG_VERSION"), today);
            (file::file_name(workspace, today), text)
        }) else {
            return;
        };
        let lang = self.lang.get_untracked();
        match text {
            Ok(text) => {
                browser::download(&name, "application/json", text.as_bytes());
                self.toast(Toast::done(shell::EXPORTED.with(lang, &[("name", &name)])));
            }
            Err(error) => self.toast(Toast::error(error.to_string())),
        }
    }

    /// Takes a file off the list. It stays in the store until the next start, so that it can be
    /// put back.
    pub fn forget(self, id: &str) {
        let mut gone = None;
        self.files.update(|files| {
            gone = files.iter().find(|file| file.id == id).cloned();
            files.retain(|file| file.id != id);
            prefs::set(FILES, files);
        });
        if self.peek(|open| open.id() == id) == Some(true) {
            self.open.set(None);
            prefs::delete(LAST);
        }
        if let Some(entry) = gone {
            let lang = self.lang.get_untracked();
            let name = format!("{} · {}", entry.county, entry.scenario);
            let text = shell::RECENT_REMOVED.with(lang, &[("name", &name)]);
            let kept = serde_json::to_string(&entry).unwrap_or_default();
            self.toast(Toast::done(text).offering(ToastAction::Restore(kept)));
        }
    }

    /// Puts a file back on the list.
    pub fn restore(self, kept: &str) {
        if let Ok(entry) = serde_json::from_str(kept) {
            keep(self, entry);
        }
    }

    /// Clears from the store what is on no list any more.
    pub fn sweep(self) {
        let kept: Vec<String> =
            self.files.with_untracked(|files| files.iter().map(|file| file.id.clone()).collect());
        spawn_local(async move {
            // A store that cannot be read cannot be swept; saving will say so.
            let _ = store::sweep(&kept).await;
        });
    }
}
