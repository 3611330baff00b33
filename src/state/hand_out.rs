//! Handing the open scenarios out: as a file, in a place on disk, as the end of an address. What goes
//! out is read back first.

use bianheng_core::file::{self, LinkError};
use bianheng_core::text::{files as words, number};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{FileEntry, State, Toast, Watching};
use crate::platform::disk::Placed;
use crate::platform::files as browser;
use crate::platform::{clock, disk, location};

impl State {
    /// Hands the scenarios out as a file.
    pub fn export(self) {
        self.hand_out(false);
    }

    /// Hands the scenarios out as a file that asks for remarks.
    pub fn export_review(self) {
        self.hand_out(true);
    }

    fn hand_out(self, review: bool) {
        let Some((name, text)) = self.ready(review) else { return };
        browser::download(&name, "application/json", text.as_bytes());
        self.say_exported(&name);
    }

    /// Saves the file in its place on disk where it has one, else hands it out.
    pub fn save(self) {
        if self.peek(|open| disk::knows(open.id())) == Some(true) {
            self.save_in_place();
        } else {
            self.export();
        }
    }

    /// Saves the file in its place on disk, or asks for one.
    pub fn save_in_place(self) {
        let Some(id) = self.peek(|open| open.id().to_owned()) else { return };
        let Some((name, text)) = self.ready(false) else { return };
        spawn_local(async move {
            let lang = self.lang.get_untracked();
            let instead = match disk::save(&id, &name, &text).await {
                Placed::Same => return self.say_exported(&name),
                Placed::Nowhere => return,
                Placed::Differs => {
                    return self.toast(Toast::error(words::NOT_THE_SAME.get(lang).to_owned()));
                }
                Placed::Failed(why) => {
                    let text = words::STORE_OTHER.with(lang, &[("why", &why)]);
                    return self.toast(Toast::error(text));
                }
                Placed::Gone => words::PLACE_GONE,
                Placed::Refused => words::PLACE_REFUSED,
            };
            // The work gets out all the same.
            browser::download(&name, "application/json", text.as_bytes());
            self.say_exported(&name);
            self.toast(Toast::warning(instead.with(lang, &[("name", &name)])));
        });
    }

    /// What can be handed out; else what there is to say is said.
    fn ready(self, review: bool) -> Option<(String, String)> {
        match self.checked_text(review) {
            Ok(ready) => Some(ready),
            Err(toast) => {
                self.toast(toast);
                None
            }
        }
    }

    /// Lets a person choose a file on disk that is then saved in place.
    pub fn open_in_place(self) {
        spawn_local(async move {
            let Some((file, handle)) = disk::open().await else { return };
            let before = self.peek(|open| open.id().to_owned());
            self.receive(file);
            let now = self.peek(|open| open.id().to_owned());
            if let Some(id) = now.filter(|now| before.as_ref() != Some(now)) {
                disk::keep(&id, handle).await;
            }
        });
    }

    /// The open file's name and text, read back and found to say the same: only then is it handed
    /// out. Else what there is to say.
    fn checked_text(self, review: bool) -> Result<(String, String), Toast> {
        let lang = self.lang.get_untracked();
        if matches!(self.watching.get_untracked(), Some(Watching::Newer(_))) {
            // Written by this program it would lose what only the newer one knows.
            return Err(Toast::warning(words::ONLY_LOOKING.get(lang).to_owned()));
        }
        let today = clock::today();
        let app = env!("CARGO_PKG_VERSION");
        let written = self.peek(|open| {
            let workspace = open.workspace();
            let write = if review { file::write_review } else { file::write };
            let code = file::code(workspace.state());
            (file::file_name(workspace, today), write(workspace, app, today), code)
        });
        let failed = || Toast::error(words::NOT_THE_SAME.get(lang).to_owned());
        let (name, text, code) = written.ok_or_else(failed)?;
        let text = text.map_err(|error| Toast::error(error.to_string()))?;
        let same = file::open(&text).is_ok_and(|back| {
            back.same_base && back.same_results && file::code(back.workspace.state()) == code
        });
        if same { Ok((name, text)) } else { Err(failed()) }
    }

    fn say_exported(self, name: &str) {
        let lang = self.lang.get_untracked();
        self.toast(Toast::done(words::EXPORTED.with(lang, &[("name", &name)])));
        let Some(mut entry) = self.peek(|open| FileEntry::of(open, clock::millis())) else {
            return;
        };
        entry.exported = Some(entry.changed);
        self.list(entry);
    }

    /// The address that holds the open scenario, or what there is to say instead.
    pub fn link(self) -> Result<String, Toast> {
        let (_, text) = self.checked_text(false)?;
        let lang = self.lang.get_untracked();
        let link = file::to_link(&text).map_err(|error| {
            Toast::warning(match error {
                LinkError::TooLong(letters) => {
                    let n = number::grouped(i64::try_from(letters).unwrap_or(i64::MAX));
                    words::LINK_TOO_LONG_TO_SEND.with(lang, &[("n", &n)])
                }
                LinkError::Damaged => words::link_error(error).get(lang).to_owned(),
            })
        })?;
        Ok(location::of_link(&link))
    }
}
