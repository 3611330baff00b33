//! Opening: what the page left, a file of this browser, a file that comes in, a link. It never touches
//! what was open before: that stays in the list, saved.

use bianheng_core::county::KindId;
use bianheng_core::file::{self, Kept, OpenError};
use bianheng_core::order::InOrder;
use bianheng_core::sample;
use bianheng_core::scenario::Workspace;
use bianheng_core::text::{Lang, files as words, shell};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::listed::list;
use super::{About, Cause, FileEntry, Open, Snapshot, State, Toast, Watching, save};
use crate::platform::files::Dropped;
use crate::platform::timing::timed;
use crate::platform::{clock, location, prefs, store, tabs};
use crate::route::View;

/// The id of the file that was open last.
pub(super) const LAST: &str = "bianheng.last";
/// When the page was last left in order.
const CLOSED: &str = "bianheng.closed";

/// Why a file does not open, in words.
pub fn reason(error: &OpenError, lang: Lang) -> String {
    match error {
        OpenError::TooLarge(_) => words::OPEN_TOO_LARGE.get(lang).to_owned(),
        OpenError::Figure { unit } => words::OPEN_FIGURE.with(lang, &[("unit", unit)]),
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
    /// Reads the list of files, takes up the work that was open when the page was left, and says
    /// what was recovered where it was not left but stopped.
    pub fn resume(self) {
        spawn_local(async move {
            let entries = store::entries().await;
            let (mut files, mut unread) = (Vec::<FileEntry>::new(), Vec::new());
            for (id, text) in entries.as_ref().into_iter().flatten() {
                match serde_json::from_str(text) {
                    Ok(entry) => files.push(entry),
                    Err(_) => unread.push(id.clone()),
                }
            }
            files.order_by_key(|file| std::cmp::Reverse(file.changed));
            let newest = files.first().cloned();
            // Files that an older program kept have their entry in the small store only.
            for file in list() {
                if !files.iter().any(|kept| kept.id == file.id) {
                    files.push(file);
                }
            }
            self.files.set(files);
            let closed: Option<u64> = prefs::get(CLOSED);
            let stopped = newest.filter(|file| Some(file.changed) > closed.or(Some(0)));
            if let Some(file) = &stopped
                // What another tab is working on was not stopped.
                && tabs::hold(&file.id, false, || ()).await
            {
                tabs::release();
                let lang = self.lang.get_untracked();
                let time = clock::second(file.changed);
                let text =
                    words::RECOVERED.with(lang, &[("name", &file.scenario), ("time", &time)]);
                self.toast(Toast::done(text).about(About::Recovery));
            }
            let last = stopped.as_ref().map(|file| file.id.clone()).or_else(|| prefs::get(LAST));
            if let (Some(id), None) = (last, self.peek(|_| ()))
                && self.view.get_untracked() != View::Start
            {
                self.open_kept(&id, self.view.get_untracked());
            }
            // A list that was not read says nothing of what belongs to no file.
            if entries.is_ok() {
                self.sweep(unread);
            }
        });
        tabs::listen(move |what, id| {
            let here = self.peek(|open| open.id() == id) == Some(true);
            let watching = self.watching.get_untracked() == Some(Watching::Tab);
            match (what, here, watching) {
                ("saved", true, true) => self.reload_kept(),
                ("take", true, false) => save::flush(self),
                _ => {}
            }
        });
    }

    /// Writes what waits to be written.
    pub fn flush(self) {
        save::flush(self);
    }

    /// The page is about to go: what waits is written, and that it was left in order is noted.
    pub fn leave(self) {
        save::flush(self);
        let newest = self.files.with_untracked(|files| files.iter().map(|f| f.changed).max());
        prefs::set(CLOSED, &newest.map(|_| clock::millis()));
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
        match timed("open", || file::open(text)) {
            Ok(opened) => {
                let lang = self.lang.get_untracked();
                let same = opened.same_results && opened.same_base;
                let verdict = if same { shell::OPENED_SAME } else { shell::OPENED_DIFFERS };
                let mut text = shell::OPENED.with(lang, &[("name", &name)]);
                text = format!("{text} · {}", verdict.get(lang));
                if !opened.same_base {
                    text = format!("{text} · {}", words::BASE_DIFFERS.get(lang));
                }
                if let Some((differs, more)) = opened.differs.split_first() {
                    text = format!("{text} · {}", words::differs(differs, more.len(), lang));
                }
                if let Some(personal) = words::personal(&opened.personal, lang) {
                    text = format!("{text} · {personal}");
                }
                let toast = if same { Toast::done(text) } else { Toast::warning(text) };
                let view = if opened.review { View::Compare } else { View::Overview };
                let newer = opened.newer.map(Watching::Newer);
                self.take_in_as(opened.workspace, view, newer);
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

    /// Opens a scenario that came as the end of an address.
    pub fn open_link(self) {
        let Some(link) = location::link() else { return };
        // Not again at the next reload.
        location::go(View::Start);
        match file::from_link(&link) {
            Ok(text) => self.open_text(words::LINK.get(self.lang.get_untracked()), &text),
            Err(error) => {
                let lang = self.lang.get_untracked();
                let text = words::link_error(error).get(lang).to_owned();
                self.toast(Toast::error(text).about(About::Opening));
            }
        }
    }

    /// Opens a workspace as a new file in this browser.
    pub fn take_in(self, workspace: Workspace, view: View) {
        self.take_in_as(workspace, view, None);
    }

    fn take_in_as(self, workspace: Workspace, view: View, newer: Option<Watching>) {
        let id = clock::fresh_id();
        self.show(Open::new(id.clone(), workspace), view);
        self.watching.set(newer);
        if newer.is_none() {
            tabs::ask_to_persist();
            save::write(self);
            self.snapshot(Cause::Opened, "");
            spawn_local(async move {
                tabs::hold(&id, false, move || self.lose()).await;
            });
        }
    }

    /// Another tab took the file that is open here.
    fn lose(self) {
        self.waiting.set_value(false);
        self.watching.set(Some(Watching::Tab));
    }

    /// Takes the file from the tab that works on it, after that one has written what waits there.
    pub fn take_over(self) {
        let Some(id) = self.peek(|open| open.id().to_owned()) else { return };
        tabs::tell("take", &id);
        set_timeout(
            move || {
                spawn_local(async move {
                    if tabs::hold(&id, true, move || self.lose()).await {
                        self.reload_kept();
                        self.watching.set(None);
                    }
                });
            },
            std::time::Duration::from_millis(600),
        );
    }

    /// Opens a file that this browser keeps.
    pub fn open_kept(self, id: &str, view: View) {
        let id = id.to_owned();
        spawn_local(async move {
            if let Some(workspace) = self.read_kept(&id).await {
                self.show(Open::new(id.clone(), workspace), view);
                self.watching.set(None);
                if !tabs::hold(&id, false, move || self.lose()).await {
                    self.watching.set(Some(Watching::Tab));
                }
            } else {
                location::go(View::Start);
            }
        });
    }

    /// Shows what another tab has written of the open file.
    fn reload_kept(self) {
        let Some(id) = self.peek(|open| open.id().to_owned()) else { return };
        spawn_local(async move {
            if let Some(workspace) = self.read_kept(&id).await
                && self.peek(|open| open.id() == id) == Some(true)
            {
                self.open.set(Some(Open::new(id, workspace)));
            }
        });
    }

    /// Reads a file that this browser keeps; from its newest whole snapshot where its scenarios
    /// cannot be read.
    async fn read_kept(self, id: &str) -> Option<Workspace> {
        let lang = self.lang.get_untracked();
        let (base, kept) = match store::get(id).await {
            Ok(Some(texts)) => texts,
            Ok(None) => {
                self.say_open_failed("", &OpenError::Empty);
                return None;
            }
            Err(error) => {
                self.toast(Toast::error(save::why(&error, lang)).about(About::Opening));
                return None;
            }
        };
        let mut failed = OpenError::NotOurs;
        match Kept::read(&kept).map(|kept| file::open_kept(&base, kept)) {
            Some(Ok(workspace)) => return Some(workspace),
            Some(Err(error)) => failed = error,
            None => {}
        }
        for text in store::snapshots(id).await.unwrap_or_default() {
            let Ok(snapshot) = serde_json::from_str::<Snapshot>(&text) else { continue };
            let kept = snapshot.kept();
            if let Some(Ok(workspace)) = kept.map(|kept| file::open_kept(&base, kept)) {
                let time = clock::moment(snapshot.at);
                let text = words::FROM_SNAPSHOT.with(lang, &[("time", &time)]);
                self.toast(Toast::warning(text).about(About::Opening));
                return Some(workspace);
            }
        }
        self.say_open_failed("", &failed);
        None
    }

    /// Another file of this browser, for taking scenarios over from it.
    pub async fn other_file(self, id: &str) -> Option<Workspace> {
        self.read_kept(id).await
    }

    fn show(self, open: Open, view: View) {
        save::flush(self);
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
}
