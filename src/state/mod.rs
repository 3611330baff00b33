//! The one open workspace and the state of the screen. Everything that changes the workspace goes
//! through [`State::dispatch`]; views read through [`State::with`] and calculate nothing.

mod files;
mod hand_out;
mod listed;
mod open;
mod prefs;
mod save;
mod sides;
mod snapshots;
mod toast;

use std::sync::Arc;

use bianheng_core::county::KindId;
use bianheng_core::file::Differs;
use bianheng_core::scenario::{Conflict, Figures, Ledger, Step, Workspace, ledger};
use bianheng_core::text::{Lang, Message, files as words, shell, steps};
use leptos::prelude::*;

pub use files::reason as file_reason;
pub use listed::FileEntry;
pub use open::Open;
pub use prefs::Theme;
pub use save::{HISTORY_BYTES, SaveState};
pub use sides::Sides;
pub use snapshots::{Cause, Snapshot};
pub use toast::{About, Toast, ToastAction, ToastKind};

use crate::platform::{self, files::Dropped};
use crate::route::View;

/// Handles to every signal of the app; cheap to copy, provided as a context.
#[derive(Clone, Copy)]
pub struct State {
    /// The open workspace with its figures.
    pub open: RwSignal<Option<Open>>,
    /// The figures of its state, for what follows the state and nothing else.
    present: Memo<Option<Arc<Figures>>>,
    /// The ledger of the kind that is shown.
    pub ledger: Memo<Option<Ledger>>,
    /// What the ledger would be at a point that is looked at; `None` where nothing is tried.
    pub trial: RwSignal<Option<Ledger>>,
    /// The screen.
    pub view: RwSignal<View>,
    /// The language.
    pub lang: RwSignal<Lang>,
    /// Light, dark or as the system says.
    pub theme: RwSignal<Theme>,
    /// The kind of post that the ledger bar and the screens show.
    pub kind: RwSignal<KindId>,
    /// The row whose proof is open.
    pub proof: RwSignal<Option<usize>>,
    /// Messages at the bottom left.
    pub toasts: RwSignal<Vec<Toast>>,
    /// Whether the work is saved.
    pub save: RwSignal<SaveState>,
    /// The files kept in this browser, newest first.
    pub files: RwSignal<Vec<FileEntry>>,
    /// A survey that is being imported.
    pub survey: RwSignal<Option<Dropped>>,
    /// Why the open file can only be looked at; `None` where it can be worked on.
    pub watching: RwSignal<Option<Watching>>,
    /// The dialog about scenarios that is open.
    pub shown: RwSignal<Option<Shown>>,
    /// Figures that did not come out as a file says that was opened, with the id of that file here.
    differs: RwSignal<(String, Vec<Differs>)>,
    /// A change waits to be written.
    waiting: StoredValue<bool>,
    /// The file whose base this browser surely has.
    base_kept: StoredValue<String>,
    /// When the last snapshot was taken, in milliseconds since 1970.
    snapshot_at: StoredValue<u64>,
    /// What the comparison worked out last.
    pub sides: StoredValue<Sides>,
}

/// A dialog about scenarios.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Steps and branches of the open scenario.
    History,
    /// Snapshots of the file.
    Snapshots,
    /// The open scenario's note.
    Note,
    /// Figures that did not come out as the file says.
    Differs,
    /// Scenarios of another file, to merge or to bring over.
    TakeIn,
}

/// Why a file can only be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// Another tab works on it.
    Tab,
    /// A newer program wrote it, in this format.
    Newer(u64),
}

/// The app's state, from anywhere below the root.
pub fn use_state() -> State {
    expect_context()
}

impl State {
    /// The state at the start: preferences and the list of files are read, nothing is open yet.
    pub fn new() -> Self {
        let open = RwSignal::new(None::<Open>);
        let present = Memo::new_with_compare(
            move |_| open.with(|open| open.as_ref().map(|open| Arc::clone(open.figures()))),
            |before, now| match (before.and_then(Option::as_ref), now.and_then(Option::as_ref)) {
                (Some(before), Some(now)) => !Arc::ptr_eq(before, now),
                (before, now) => before.is_some() != now.is_some(),
            },
        );
        let kind = RwSignal::new(KindId::school().clone());
        let ledger = Memo::new(move |_| {
            let kind = kind.get();
            present.with(|_| ());
            open.with_untracked(|open| {
                let workspace = open.as_ref()?.workspace();
                Some(ledger(workspace.base(), workspace.state(), &kind))
            })
        });
        let state = Self {
            open,
            present,
            view: RwSignal::new(View::parse(&platform::location::hash())),
            lang: RwSignal::new(prefs::lang()),
            theme: RwSignal::new(prefs::theme()),
            kind,
            ledger,
            trial: RwSignal::new(None),
            proof: RwSignal::new(None),
            toasts: RwSignal::new(Vec::new()),
            save: RwSignal::new(SaveState::Saved(None)),
            files: RwSignal::new(listed::list()),
            survey: RwSignal::new(None),
            watching: RwSignal::new(None),
            shown: RwSignal::new(None),
            differs: RwSignal::new((String::new(), Vec::new())),
            waiting: StoredValue::new(false),
            base_kept: StoredValue::new(String::new()),
            snapshot_at: StoredValue::new(0),
            sides: StoredValue::new(Sides::default()),
        };
        prefs::keep(state);
        save::keep(state);
        state
    }

    /// Reads the open workspace; `None` where nothing is open. Tracks its state: facts, norm, limits,
    /// the steps that led there. A whole county is not worked out again for a name or a copy.
    pub fn with<R>(self, read: impl FnOnce(&Open) -> R) -> Option<R> {
        // Read and not only tracked: a memo that nobody reads never learns of what it stands on.
        self.present.try_with(|_| ())?;
        self.peek(read)
    }

    /// Reads the open workspace and tracks all of it: the names and notes of its scenarios, the
    /// remarks and the branches too.
    pub fn with_all<R>(self, read: impl FnOnce(&Open) -> R) -> Option<R> {
        self.open.try_with(|open| open.as_ref().map(read)).flatten()
    }

    /// Reads the open workspace without tracking it.
    pub fn peek<R>(self, read: impl FnOnce(&Open) -> R) -> Option<R> {
        self.open.try_with_untracked(|open| open.as_ref().map(read)).flatten()
    }

    /// Figures that did not come out as the open file says, since it was opened. Tracked.
    pub fn differing(self) -> Vec<Differs> {
        let id = self.with_all(|open| open.id().to_owned());
        self.differs.with(
            |(of, lines)| {
                if Some(of) == id.as_ref() { lines.clone() } else { Vec::new() }
            },
        )
    }

    /// A message in the language of the page. Tracks the language.
    pub fn t(self, message: Message) -> &'static str {
        message.get(self.lang.get())
    }

    /// A message that follows the language, for a child or an attribute of any element. All of them are
    /// of one type: each costs its words and no code of its own.
    pub fn say(self, message: Message) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || self.t(message)
    }

    /// Does a step. What does not fit is said in a toast and changes nothing; an empty step is
    /// not done at all. `true` if it was done.
    pub fn dispatch(self, step: Step) -> bool {
        if step.commands.is_empty() {
            return false;
        }
        self.edit(|workspace| workspace.dispatch(step).map(|()| true))
    }

    /// Undoes the last step.
    pub fn undo(self) {
        self.edit(Workspace::undo);
    }

    /// Does the last undone step again.
    pub fn redo(self) {
        self.edit(Workspace::redo);
    }

    /// Renames the scenario.
    pub fn rename(self, name: &str) {
        let name = name.trim();
        if !name.is_empty() {
            self.edit(|workspace| {
                workspace.rename(name);
                Ok(true)
            });
        }
    }

    /// Changes the workspace in a way that is no step: its scenarios, remarks, history. What does
    /// not fit, and any change to a file that can only be looked at, is said in a toast. `true` if
    /// it was done.
    pub fn edit(self, edit: impl FnOnce(&mut Workspace) -> Result<bool, Conflict>) -> bool {
        let result = match self.watching.get_untracked() {
            Some(_) => {
                let text = words::ONLY_LOOKING.get(self.lang.get_untracked());
                self.toast(Toast::warning(text.to_owned()));
                return false;
            }
            None => self.open.try_maybe_update(|open| match open {
                Some(open) => match open.edit(edit) {
                    Ok(done) => (done, Ok(done)),
                    Err(conflict) => (false, Err(conflict)),
                },
                None => (false, Ok(false)),
            }),
        };
        match result {
            Some(Ok(done)) => done,
            Some(Err(conflict)) => {
                self.say_conflict(&conflict);
                false
            }
            None => false,
        }
    }

    fn say_conflict(self, conflict: &Conflict) {
        let lang = self.lang.get_untracked();
        let why = words::conflict(conflict, lang);
        self.toast(Toast::error(shell::CONFLICT.with(lang, &[("why", &why)])));
    }

    /// The name of the step that undo would undo, or redo would do.
    pub fn step_name(self, redo: bool) -> Option<String> {
        let lang = self.lang.get();
        self.with(|open| {
            let workspace = open.workspace();
            let step = if redo { workspace.next_redo() } else { workspace.next_undo() };
            step.map(|step| steps::describe(step, workspace.state(), lang))
        })
        .flatten()
    }
}
