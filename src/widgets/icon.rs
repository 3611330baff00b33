//! The icons: one stroke, a 20-unit box, the colour of the text around them.

use leptos::prelude::*;

/// An icon's outline as SVG path data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Icon(&'static str);

#[allow(non_upper_case_globals, reason = "read like the variants of an enumeration")]
impl Icon {
    pub const Overview: Self =
        Self("M3 3h6v5H3zM11.5 3H17v8h-5.5zM3 10.5h6V17H3zM11.5 13.5H17V17h-5.5z");
    pub const School: Self = Self("M2.5 9 10 3l7.5 6M4.5 7.8V17h11V7.8M8 17v-5h4v5");
    pub const Norms: Self =
        Self("M4.5 2.5h7.5L15.5 6v11.5h-11zM12 2.5V6h3.5M7.5 9.5h5M7.5 12h5M7.5 14.5h3");
    pub const Reallocate: Self = Self("M3 6.5h13M13 3.5l3 3-3 3M17 13.5H4M7 10.5l-3 3 3 3");
    pub const Pool: Self = Self("M10 2.5a7.5 7.5 0 1 0 7.2 5.4M17.5 3v5h-5M10 6v4.5l3 1.8");
    pub const Compare: Self =
        Self("M3 3.5h6v13H3zM11 3.5h6v13h-6zM5 7h2M5 10h2M13 7h2M13 10h2M13 13h2");
    pub const History: Self = Self("M4 4v4h4M4.3 8a6.5 6.5 0 1 1-.6 4M10 6.5V10l2.6 1.6");
    pub const Share: Self = Self("M10 12V3M6.5 6 10 2.5 13.5 6M5 9H3.5v8h13V9H15");
    pub const Undo: Self = Self("M6.5 3.5 3 7l3.5 3.5M3.5 7h8.2a4.5 4.5 0 0 1 0 9H7");
    pub const Redo: Self = Self("M13.5 3.5 17 7l-3.5 3.5M16.5 7H8.3a4.5 4.5 0 0 0 0 9H13");
    pub const Search: Self =
        Self("M8.8 3.2a5.6 5.6 0 1 0 0 11.2 5.6 5.6 0 0 0 0-11.2M13 13l4.2 4.2");
    pub const Download: Self = Self("M10 3v9.5M6.3 9 10 12.7 13.7 9M3.5 16.8h13");
    pub const Lock: Self = Self("M5 9h10v8H5zM7 9V6.2a3 3 0 0 1 6 0V9M10 12.2v1.6");
    pub const Warn: Self = Self("M10 3 18 16.8H2zM10 8v4.2M10 14.4v.3");
    pub const Check: Self = Self("M4 10.6 8.2 15 16 5.8");
    pub const Cross: Self = Self("M5 5l10 10M15 5 5 15");
    pub const Info: Self =
        Self("M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M10 9.2v4.6M10 6.3v.3");
    pub const Copy: Self = Self("M7 7h9.5v10H7zM13 7V3.5H3.5v10H7");
    pub const Sun: Self = Self(
        "M10 6.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8M10 2v1.6M10 16.4V18M2 10h1.6M16.4 10H18M4.3 4.3l1.2 1.2M14.5 14.5l1.2 1.2M4.3 15.7l1.2-1.2M14.5 5.5l1.2-1.2",
    );
    pub const Moon: Self = Self("M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7");
    pub const Contrast: Self = Self(
        "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4M10 2.8v14.4M10 6h4.4M10 10h7M10 14h4.6",
    );
    pub const Filter: Self = Self("M3 4h14l-5.5 6.5V16l-3-1.5v-4z");
    pub const Columns: Self = Self("M3 4h14v12H3zM7.7 4v12M12.3 4v12");
    pub const ChevronDown: Self = Self("M5.5 8 10 12.5 14.5 8");
    pub const ChevronUp: Self = Self("M5.5 12 10 7.5 14.5 12");
    pub const ChevronRight: Self = Self("M8 5.5 12.5 10 8 14.5");
    pub const Plus: Self = Self("M10 4v12M4 10h12");
    pub const Folder: Self = Self("M2.5 16.5v-12h5l2 2.5h8v9.5z");
    pub const Table: Self = Self("M3 4h14v12.5H3zM3 8h14M3 12.2h14M8 8v8.5");
    pub const Map: Self =
        Self("M2.8 4.8 7.5 3l5 2 4.7-1.8v12L12.5 17l-5-2-4.7 1.8zM7.5 3v12M12.5 5v12");
    pub const Shield: Self = Self("M10 2.5 16 4.8v4.7c0 3.7-2.5 6.5-6 8-3.5-1.5-6-4.3-6-8V4.8z");
    pub const Trash: Self =
        Self("M3.5 5.5h13M8 5.5V3h4v2.5M5.5 5.5l.8 11.5h7.4l.8-11.5M8.5 9v5M11.5 9v5");
    pub const Busy: Self =
        Self("M3 10a7 7 0 0 1 12-5M17 10a7 7 0 0 1-12 5M15 2v3.2h-3.2M5 18v-3.2h3.2");
}

impl Icon {
    /// The icon as HTML text, for places that are written so.
    pub fn markup(self, size: &str) -> String {
        let path = self.0;
        format!(
            r#"<svg class="ico {size}" aria-hidden="true" viewBox="0 0 20 20"><path d="{path}"/></svg>"#
        )
    }
}

/// Draws an icon at the size of the text (16 px) or with another class of size.
pub fn icon(icon: Icon, size: &'static str) -> impl IntoView {
    view! {
        <svg class=format!("ico {size}") aria-hidden="true" viewBox="0 0 20 20">
            <path d=icon.0></path>
        </svg>
    }
}
