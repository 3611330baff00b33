//! What the parts of the dialog share: the draft, how far reading is, and what a person does to it.
//! Long work is cut where the page can show how far it is and a person can stop it.

use bianheng_core::county::KindId;
use bianheng_core::text::{Bilingual, Message, import, import_view as words};
use bianheng_sheets::{Field, Mapping, Options, RememberedMapping, Severity, read};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::{Draft, remember};
use super::enter;
use crate::platform::{clock, encoding::gb18030, prefs};
use crate::route::View;
use crate::state::{About, State, Toast};

const KEPT: &str = "bianheng.mappings";
/// Bytes from which reading may be felt.
const FELT: usize = 64 << 10;

/// How far reading is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The file.
    pub name: String,
    /// Parts done, of three.
    pub done: u32,
}

/// Handles to what the parts of the dialog share.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The app.
    pub state: State,
    /// The import in progress; `None` while a file is being read.
    pub draft: RwSignal<Option<Draft>>,
    /// A file is being read.
    pub reading: RwSignal<Option<Reading>>,
    /// The county's name, as it stands in its field.
    pub county: RwSignal<String>,
    /// The date in its field cannot be read.
    pub date_wrong: RwSignal<bool>,
    /// The kind of post that kindergartens draw on.
    pub kindergartens: RwSignal<KindId>,
    /// Only findings of this severity are shown.
    pub severity: RwSignal<Option<Severity>>,
    /// The cell whose new value is being written, by row and column of the grid.
    pub editing: RwSignal<Option<(usize, usize)>>,
    /// What was just done with the list of findings.
    pub said: RwSignal<Option<(Message, usize)>>,
    /// The facts are being taken in.
    pub taking: RwSignal<bool>,
    /// Why they could not be.
    pub failed: RwSignal<Option<String>>,
    /// Counts openings and closings, so that work for an earlier one is dropped.
    turn: StoredValue<u64>,
}

/// The desk, from anywhere in the dialog.
pub fn use_desk() -> Desk {
    expect_context()
}

/// What the browser keeps of earlier files.
pub fn kept() -> Vec<RememberedMapping> {
    prefs::get(KEPT).unwrap_or_default()
}

/// Gives the page a moment: to paint where work may be felt, else only to take its turn.
async fn breathe(long: bool) {
    TimeoutFuture::new(if long { 40 } else { 0 }).await;
}

/// Whether reading these bytes may be felt: a workbook or a text of some size. Anything else is
/// told by its first bytes.
fn is_long(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let book = head.starts_with(b"PK") || head.starts_with(&[0xD0, 0xCF]);
    bytes.len() >= FELT && (book || !head.contains(&0))
}

impl Desk {
    /// An empty desk.
    pub fn new(state: State) -> Self {
        Self {
            state,
            draft: RwSignal::new(None),
            reading: RwSignal::new(None),
            county: RwSignal::new(String::new()),
            date_wrong: RwSignal::new(false),
            kindergartens: RwSignal::new(KindId::school().clone()),
            severity: RwSignal::new(None),
            editing: RwSignal::new(None),
            said: RwSignal::new(None),
            taking: RwSignal::new(false),
            failed: RwSignal::new(None),
            turn: StoredValue::new(0),
        }
    }

    /// Whether there is something to show.
    pub fn is_open(self) -> bool {
        self.reading.with(Option::is_some) || self.draft.with(Option::is_some)
    }

    fn next_turn(self) -> u64 {
        self.turn.update_value(|turn| *turn += 1);
        self.turn.get_value()
    }

    fn is_over(self, turn: u64) -> bool {
        self.turn.try_get_value() != Some(turn)
    }

    /// Puts everything away. What was open before the import stays as it is.
    pub fn close(self) {
        self.next_turn();
        self.clear();
        if self.state.survey.with_untracked(Option::is_some) {
            self.state.survey.set(None);
        }
    }

    fn clear(self) {
        self.draft.set(None);
        self.reading.set(None);
        self.date_wrong.set(false);
        self.severity.set(None);
        self.editing.set(None);
        self.said.set(None);
        self.taking.set(false);
        self.failed.set(None);
    }

    /// Reads the file that was chosen or dropped.
    pub fn read(self) {
        let turn = self.next_turn();
        self.clear();
        let about = self.state.survey.with_untracked(|file| {
            file.as_ref().map(|file| (file.name.clone(), is_long(&file.bytes)))
        });
        let Some((name, long)) = about else { return };
        let reached = move |done: u32| {
            if long {
                self.reading.set(Some(Reading { name: name.clone(), done }));
            }
        };
        reached(0);
        spawn_local(async move {
            breathe(long).await;
            if self.is_over(turn) {
                return;
            }
            let result = self.state.survey.with_untracked(|file| {
                file.as_ref().map(|file| {
                    read(&file.bytes, &file.name, &gb18030).map_err(|why| (file.name.clone(), why))
                })
            });
            let workbook = match result {
                Some(Ok(workbook)) => workbook,
                Some(Err((name, why))) => {
                    let lang = self.state.lang.get_untracked();
                    let why = why.text(lang);
                    let text = words::REFUSED.with(lang, &[("name", &name), ("why", &why)]);
                    self.close();
                    self.state.toast(Toast::error(text).about(About::Opening));
                    return;
                }
                None => return,
            };
            // The sheets hold it all now; nobody needs to hear of it.
            self.state.survey.update_untracked(|file| {
                if let Some(file) = file {
                    file.bytes = Vec::new();
                }
            });
            reached(1);
            breathe(long).await;
            if self.is_over(turn) {
                return;
            }
            let mut draft = Draft::open(workbook, &kept(), clock::today());
            reached(2);
            breathe(long).await;
            if self.is_over(turn) {
                return;
            }
            draft.retake();
            self.show(draft);
        });
    }

    fn show(self, draft: Draft) {
        self.county.set(draft.options.county.clone());
        self.draft.set(Some(draft));
        self.reading.set(None);
    }

    /// Starts over with another sheet of the file.
    pub fn choose_sheet(self, sheet: usize) {
        let Some(draft) = self.draft.try_update(Option::take).flatten() else { return };
        let mut draft = Draft::on_sheet(draft.workbook, sheet, &kept(), clock::today());
        draft.retake();
        self.editing.set(None);
        self.severity.set(None);
        self.said.set(None);
        self.show(draft);
    }

    /// Changes the draft and takes its rows anew: at once, or for a large sheet when the page has
    /// shown the change.
    pub fn change(self, change: impl FnOnce(&mut Mapping, &mut Options)) {
        self.touch(|draft| draft.change(change));
    }

    /// Takes the last change back.
    pub fn undo(self) {
        self.touch(Draft::undo);
    }

    fn touch(self, act: impl FnOnce(&mut Draft)) {
        self.editing.set(None);
        self.said.set(None);
        let later = self.draft.try_update(|draft| {
            let draft = draft.as_mut()?;
            act(draft);
            if draft.stale && !draft.is_large() {
                draft.retake();
            }
            Some(draft.stale)
        });
        if later.flatten() == Some(true) {
            let turn = self.turn.get_value();
            spawn_local(async move {
                breathe(true).await;
                if !self.is_over(turn) {
                    self.draft.update(|draft| {
                        if let Some(draft) = draft.as_mut().filter(|draft| draft.stale) {
                            draft.retake();
                        }
                    });
                }
            });
        }
    }

    /// Gives a column its meaning.
    pub fn set_column(self, index: usize, field: Field) {
        self.change(|mapping, _| mapping.set(index, field));
    }

    /// Writes into a cell.
    pub fn set_cell(self, row: usize, column: usize, text: String) {
        self.change(|_, options| {
            options.corrections.insert((row, column), text);
        });
    }

    /// Leaves rows out.
    pub fn skip(self, rows: impl IntoIterator<Item = usize>) {
        self.change(|_, options| options.skip.extend(rows));
    }

    /// Takes the facts in as a new file of this browser.
    pub fn enter(self) {
        self.taking.set(true);
        self.failed.set(None);
        let turn = self.turn.get_value();
        spawn_local(async move {
            breathe(true).await;
            if self.is_over(turn) {
                return;
            }
            let lang = self.state.lang.get_untracked();
            let county = self.county.get_untracked();
            let kind = self.kindergartens.get_untracked();
            let built = self.draft.with_untracked(|draft| {
                let draft = draft.as_ref()?;
                let now = draft.mapping.remember();
                let workspace = enter::workspace(&draft.taken, county.trim(), &kind, lang);
                Some((workspace, enter::said(&draft.taken, county.trim(), lang), now))
            });
            match built {
                Some((Ok(workspace), toast, now)) => {
                    prefs::set(KEPT, &remember(kept(), now));
                    self.close();
                    self.state.take_in(workspace, View::Schools);
                    self.state.toast(toast);
                }
                Some((Err(why), _, _)) => {
                    self.taking.set(false);
                    self.failed.set(Some(why));
                }
                None => self.taking.set(false),
            }
        });
    }
}

/// The kinds of post that an imported county has.
pub fn kinds(draft: &Draft) -> Vec<(KindId, Bilingual)> {
    if let Some(county) = &draft.taken.county {
        return county.kinds.iter().map(|kind| (kind.id.clone(), kind.name.clone())).collect();
    }
    // Nothing could be taken yet: those that it will have.
    [(KindId::school(), import::KIND_SCHOOL), (KindId::general(), import::KIND_GENERAL)]
        .map(|(id, name)| (id.clone(), Bilingual::new(name.zh, name.en)))
        .to_vec()
}
