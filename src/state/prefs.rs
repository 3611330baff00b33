//! Preferences: language and theme, kept by the browser and shown on the page's root element.

use bianheng_core::text::Lang;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::State;
use crate::platform::{page, prefs};

const LANG: &str = "bianheng.lang";
const THEME: &str = "bianheng.theme";

/// Light, dark or as the system says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The next one round.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

pub(super) fn lang() -> Lang {
    prefs::get(LANG).unwrap_or_default()
}

pub(super) fn theme() -> Theme {
    prefs::get(THEME).unwrap_or_default()
}

/// Shows preferences on the page and keeps them as they change.
pub(super) fn keep(state: State) {
    Effect::new(move |_| {
        let lang = state.lang.get();
        page::set_language(lang);
        prefs::set(LANG, &lang);
    });
    Effect::new(move |_| {
        let theme = state.theme.get();
        page::set_theme(theme.attribute());
        prefs::set(THEME, &theme);
    });
}
