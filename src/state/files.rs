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
use super::{About, Cause, FileEntry, Open, Snapshot, State, Toast, ToastAction, Watching, save};
use crate::platform::files::Dropped;
use crate::platform::timing::timed;
use crate::platform::{clock, disk, location, prefs, store, tabs};
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
        OpenError::Conflict(conflict) => {
            shell::OPEN_CONFLICT.with(lang, &[("why", &words::conflict(conflict, lang))])
        }
        OpenError::Step(misfit) => words::misfit(misfit, lang),
        OpenError::Twice => words::OPEN_TWICE.get(lang).to_owned(),
        OpenError::TooMany { what, most } => words::too_many(*what, *most, lang),
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
                && self.hold(&file.id, false).await
            {
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
            } else {
                tabs::release_but(self.peek(|open| open.id().to_owned()).as_deref());
            }
            // A list that was not read says nothing of what belongs to no file.
            if entries.is_ok() {
                self.sweep(unread);
            }
        });
        tabs::listen(move |what, id| {
            let here = self.peek(|open| open.id() == id) == Some(true);
            match (what, here, self.watching.get_untracked()) {
                ("saved", true, Some(Watching::Tab)) => {
                    let id = id.to_owned();
                    spawn_local(async move {
                        self.reload_kept(&id).await;
                    });
                }
                // What is done from now on would not reach the tab that takes the file.
                ("take", true, None) => {
                    save::flush(self);
                    self.watching.set(Some(Watching::Tab));
                }
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
                let whole = text;
                let mut text = shell::OPENED.with(lang, &[("name", &name)]);
                text = format!("{text} · {}", words::verdict(&opened, lang));
                if let Some(personal) = words::personal(&opened.personal, lang) {
                    text = format!("{text} · {personal}");
                }
                // A fault of a norm is worth a look, whatever its figures come to.
                let sound = opened.unsound.is_empty();
                let mut toast =
                    if same && sound { Toast::done(text) } else { Toast::warning(text) };
                let differs = opened.differs;
                if !differs.is_empty() {
                    toast = toast.offering(ToastAction::Differs);
                }
                let view = if opened.review { View::Compare } else { View::Overview };
                match opened.newer {
                    Some(found) => self.take_in_newer(opened.workspace, view, found, whole),
                    None => self.take_in(opened.workspace, view),
                }
                let id = self.peek(|open| open.id().to_owned()).unwrap_or_default();
                self.differs.set((id, differs));
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
        let id = clock::fresh_id();
        self.show(Open::new(id.clone(), workspace), view);
        self.watching.set(None);
        tabs::ask_to_persist();
        save::write(self);
        self.snapshot(Cause::Opened, "");
        spawn_local(async move {
            self.hold(&id, false).await;
        });
    }

    /// Opens a file of a newer program to be looked at. It is kept as it came, to the letter: what only
    /// the newer program knows is there when this one has been brought up to date.
    fn take_in_newer(self, workspace: Workspace, view: View, found: u64, text: &str) {
        let id = clock::fresh_id();
        self.show(Open::new(id, workspace), view);
        self.watching.set(Some(Watching::Newer(found)));
        save::write_whole(self, text);
    }

    /// Asks for a file. `true` where this tab holds it; where another takes it later while it is open
    /// here, this one watches.
    async fn hold(self, id: &str, take: bool) -> bool {
        let held = id.to_owned();
        let lost = move || {
            if self.peek(|open| open.id() == held) == Some(true) {
                self.waiting.set_value(false);
                self.watching.set(Some(Watching::Tab));
            }
        };
        tabs::hold(id, take, lost).await
    }

    /// Takes the file from the tab that works on it, after that one has written what waits there.
    pub fn take_over(self) {
        let Some(id) = self.peek(|open| open.id().to_owned()) else { return };
        tabs::tell("take", &id);
        set_timeout(
            move || {
                spawn_local(async move {
                    // Nothing is changed before what the other tab wrote is here.
                    if self.hold(&id, true).await && self.reload_kept(&id).await {
                        self.watching.set(None);
                    }
                });
            },
            std::time::Duration::from_millis(600),
        );
    }

    /// Opens a file that this browser keeps.
    pub fn open_kept(self, id: &str, view: View) {
        let here = self.peek(|open| open.id() == id) == Some(true);
        if here && self.watching.get_untracked().is_none() {
            location::go(view);
            return;
        }
        let id = id.to_owned();
        spawn_local(async move {
            // What waits is written before it is read; held first, nobody else writes it meanwhile.
            save::flush(self);
            let held = self.hold(&id, false).await;
            if let Some((workspace, newer)) = self.read_kept(&id).await {
                disk::recall(&id).await;
                let lang = self.lang.get_untracked();
                if let Some(text) = words::unsound(&file::unsound_packs(&workspace), lang) {
                    self.toast(Toast::warning(text).about(About::Opening));
                }
                self.show(Open::new(id.clone(), workspace), view);
                self.base_kept.set_value(id);
                // What it refused to a page that it did not know it may grant to one that is used.
                tabs::ask_to_persist();
                self.watching.set(newer.or((!held).then_some(Watching::Tab)));
            } else {
                tabs::release_but(self.peek(|open| open.id().to_owned()).as_deref());
                location::go(View::Start);
            }
        });
    }

    /// Shows what another tab has written of the open file. `true` if it is shown.
    async fn reload_kept(self, id: &str) -> bool {
        let Some((workspace, _)) = self.read_kept(id).await else { return false };
        let here = self.peek(|open| open.id() == id) == Some(true);
        if here {
            self.open.set(Some(Open::new(id.to_owned(), workspace)));
        }
        here
    }

    /// Reads a file that this browser keeps; from its newest whole snapshot where its scenarios
    /// cannot be read.
    async fn read_kept(self, id: &str) -> Option<(Workspace, Option<Watching>)> {
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
            Some(Ok((workspace, newer))) => return Some((workspace, newer.map(Watching::Newer))),
            Some(Err(error)) => failed = error,
            None => {}
        }
        for text in store::snapshots(id).await.unwrap_or_default() {
            let Ok(snapshot) = serde_json::from_str::<Snapshot>(&text) else { continue };
            let kept = snapshot.kept();
            if let Some(Ok((workspace, newer))) = kept.map(|kept| file::open_kept(&base, kept)) {
                let time = clock::moment(snapshot.at);
                let text = words::FROM_SNAPSHOT.with(lang, &[("time", &time)]);
                self.toast(Toast::warning(text).about(About::Opening));
                return Some((workspace, newer.map(Watching::Newer)));
            }
        }
        self.say_open_failed("", &failed);
        None
    }

    /// Another file of this browser, for taking scenarios over from it.
    pub async fn other_file(self, id: &str) -> Option<Workspace> {
        let (workspace, newer) = self.read_kept(id).await?;
        if let Some(Watching::Newer(found)) = newer {
            self.say_open_failed("", &OpenError::Newer { found, app: String::new() });
            return None;
        }
        Some(workspace)
    }

    fn show(self, open: Open, view: View) {
        save::flush(self);
        tabs::release_but(Some(open.id()));
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
