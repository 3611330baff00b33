//! What is typed, pasted or cleared becomes steps; what cannot is said in words.

use bianheng_core::report::block::{Block, read_tsv, write_csv, write_tsv};
use bianheng_core::report::schools::{Column, Pasted, clear, paste};
use bianheng_core::scenario::{Label, Step};
use bianheng_core::text::{Lang, schools};
use leptos::prelude::*;

use super::screen::Screen;
use crate::grid::Spot;
use crate::platform::{clock, files};
use crate::state::{Toast, ToastAction};

impl Screen {
    fn lang(self) -> Lang {
        self.state.lang.get_untracked()
    }

    /// What the editor opens with.
    pub fn open(self, spot: Spot) -> Option<String> {
        let (row, column) = self.at(spot)?;
        self.peek(|table| table.editable(row, column, self.lang())).flatten()
    }

    /// Says that a cell takes nothing.
    pub fn refuse(self, spot: Spot) {
        let Some((_, column)) = self.at(spot) else { return };
        let lang = self.lang();
        let message =
            if column.has_proof() { schools::READ_ONLY } else { schools::READ_ONLY_PLAIN };
        let name = schools::column(column).get(lang);
        self.state.toast(Toast::warning(message.with(lang, &[("column", &name)])));
    }

    /// Takes what was typed into a cell, or says why not.
    pub fn commit(self, spot: Spot, typed: &str) -> Result<(), String> {
        let Some((row, column)) = self.at(spot) else { return Ok(()) };
        match self.peek(|table| table.edit(row, column, typed)) {
            Some(Ok(Some(command))) => {
                // A conflict is told by the state itself.
                self.state.dispatch(Step { label: Label::Edit, commands: vec![command] });
                Ok(())
            }
            Some(Err(error)) => Err(schools::error(error, self.lang())),
            Some(Ok(None)) | None => Ok(()),
        }
    }

    /// Says that what was typed was given up.
    pub fn given_up(self, spot: Spot, typed: &str, why: &str) {
        let Some((row, column)) = self.at(spot) else { return };
        let lang = self.lang();
        let unit = self.peek(|table| table.unit(row).map(|unit| unit.name.clone())).flatten();
        let values: [(&str, &dyn std::fmt::Display); 4] = [
            ("unit", &unit.unwrap_or_default()),
            ("column", &schools::column(column).get(lang)),
            ("text", &typed),
            ("why", &why),
        ];
        self.state.toast(Toast::warning(schools::INVALID_LEFT.with(lang, &values)));
    }

    /// Puts a block back to what the survey says.
    pub fn clear(self, block: Block) {
        let cleared = self.block(block, clear);
        let Some(cleared) = cleared else { return };
        let cells = cleared.changed;
        if self.run(cleared) && cells > 1 {
            let text = schools::CLEARED.with(self.lang(), &[("n", &cells)]);
            self.state.toast(Toast::done(text).offering(ToastAction::Undo));
        }
    }

    /// A block as text for the clipboard.
    pub fn copy(self, block: Block) -> String {
        let lang = self.lang();
        let lines = self.block(block, |table, rows, columns| {
            let line = |row: &usize| {
                let cells = columns.iter().map(|column| table.cell(*row, *column).plain(lang));
                cells.collect::<Vec<_>>()
            };
            rows.iter().map(line).collect::<Vec<_>>()
        });
        write_tsv(&lines.unwrap_or_default())
    }

    /// Takes a text from the clipboard. With cells that cannot be taken nothing is changed before
    /// a word.
    pub fn paste(self, onto: Block, text: &str) {
        let block = read_tsv(text);
        let rows = self.arranged.get_untracked().rows;
        let columns = self.columns.get_untracked();
        let Some(pasted) = self.peek(|table| paste(table, &rows, &columns, onto, &block)) else {
            return;
        };
        if pasted.bad.is_empty() {
            self.take(pasted);
        } else {
            self.refused.set(Some(pasted));
        }
    }

    /// Takes the cells of a paste that can be taken, and says what was left.
    pub fn take(self, pasted: Pasted) {
        let lang = self.lang();
        let mut text = match pasted.changed {
            0 => schools::PASTED_NONE.get(lang).to_owned(),
            cells => schools::PASTED.with(lang, &[("n", &cells)]),
        };
        for (message, cells) in
            [(schools::SKIPPED, pasted.skipped), (schools::BEYOND, pasted.beyond)]
        {
            if cells > 0 {
                text.push_str(&message.with(lang, &[("n", &cells)]));
            }
        }
        let left = pasted.skipped + pasted.beyond > 0 || pasted.changed == 0;
        let toast = if left { Toast::warning(text) } else { Toast::done(text) };
        if pasted.changed == 0 {
            self.state.toast(toast);
        } else if self.run(pasted) {
            self.state.toast(toast.offering(ToastAction::Undo));
        }
    }

    /// One step, named by what it changes.
    fn run(self, pasted: Pasted) -> bool {
        let label = match pasted.changed {
            1 => Label::Edit,
            cells => Label::Paste { cells },
        };
        self.state.dispatch(Step { label, commands: pasted.commands })
    }

    fn block<R>(
        self,
        block: Block,
        read: impl FnOnce(&bianheng_core::report::schools::Table<'_>, &[usize], &[Column]) -> R,
    ) -> Option<R> {
        let rows = self.arranged.get_untracked().rows;
        let columns = self.columns.get_untracked();
        self.peek(|table| read(table, block.rows(&rows), block.columns(&columns)))
    }

    /// Gives the posts of a row a reason and a document number.
    pub fn explain(self, row: usize, reason: &str, document: &str) {
        let command = self.peek(|table| table.explain(row, reason, document)).flatten();
        if let Some(command) = command {
            self.state.dispatch(Step { label: Label::Edit, commands: vec![command] });
        }
    }

    /// Hands out the rows and columns that are shown as a CSV file.
    pub fn export(self) {
        let lang = self.lang();
        let columns = self.columns.get_untracked();
        let heads = columns.iter().map(|column| schools::column(*column).get(lang).to_owned());
        let mut lines = vec![heads.collect::<Vec<_>>()];
        let rows = self.arranged.get_untracked().rows;
        self.peek(|table| {
            for row in rows.iter() {
                let cells = columns.iter().map(|column| table.cell(*row, *column).plain(lang));
                lines.push(cells.collect());
            }
        });
        let county = self.state.peek(|open| open.workspace().state().county.name.clone());
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("county", &county.unwrap_or_default()), ("date", &clock::today())];
        let name = schools::EXPORT_NAME.with(lang, &values);
        files::download(&name, "text/csv", write_csv(&lines).as_bytes());
    }
}
