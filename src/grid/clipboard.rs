//! Copying and pasting blocks, through the browser's own events: they work from file:// too and
//! ask for no permission.

use leptos::prelude::*;
use web_sys::ClipboardEvent;

use super::Grid;

impl Grid {
    /// Ctrl+C with a cell chosen: the block as tab-separated text.
    pub(super) fn on_copy(self, event: &ClipboardEvent) {
        let Some(selection) = self.selection_idle() else { return };
        let Some(data) = event.clipboard_data() else { return };
        let text = self.model.copy.run(selection.block());
        if data.set_data("text/plain", &text).is_ok() {
            event.prevent_default();
        }
    }

    /// Ctrl+V with a cell chosen. While a text is edited, the paste is the text's.
    pub(super) fn on_paste(self, event: &ClipboardEvent) {
        let Some(selection) = self.selection_idle() else { return };
        event.prevent_default();
        let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.model.paste.run((selection.block(), text));
        }
    }

    fn selection_idle(self) -> Option<super::Selection> {
        let idle = self.editing.with_untracked(Option::is_none);
        self.selection.get_untracked().filter(|_| idle)
    }
}
