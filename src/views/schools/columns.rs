//! Which columns are shown, and how wide: by default what fits, otherwise what a person chose.

use std::collections::BTreeMap;
use std::sync::Arc;

use bianheng_core::report::schools::Column;
use bianheng_core::text::{Lang, schools};
use leptos::prelude::window;

use crate::grid::Head;
use crate::platform::prefs;

const KEY: &str = "bianheng.schools.columns";

/// Below this window the columns that explain the entitlement wait in the menu.
const NARROW: f64 = 1280.0;

/// What leaves first where the table is narrow: what only places a school, then what the proof explains. Both
/// bases of the entitlement go together, since the line under one of them says which decides. The margin and
/// what it is made of never leave by themselves.
const LEAVING: [&[Column]; 6] = [
    &[Column::Code, Column::Locality],
    &[Column::Extra],
    &[Column::ByStudents, Column::ByClasses],
    &[Column::ClassSize],
    &[Column::Township],
    &[Column::Students, Column::Classes],
];

/// Columns that a person chose to see (`true`) or not to see, by key. `free` freezes the name alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Choices {
    /// By key of the column.
    pub shown: BTreeMap<String, bool>,
    /// The stage scrolls with the other columns.
    pub free: bool,
}

/// What the browser kept.
pub fn kept() -> Choices {
    prefs::get(KEY).unwrap_or_default()
}

/// Keeps the choices.
pub fn keep(choices: &Choices) {
    if *choices == Choices::default() {
        prefs::delete(KEY);
    } else {
        prefs::set(KEY, choices);
    }
}

/// Whether a column can be hidden: name and stage say whose row it is.
pub fn can_hide(column: Column) -> bool {
    !matches!(column, Column::Name | Column::Stage)
}

/// Whether a column is shown when nobody chose and there is room.
fn by_default(column: Column, screen: f64) -> bool {
    match column {
        Column::Boarders => false,
        Column::Code
        | Column::Locality
        | Column::Township
        | Column::ClassSize
        | Column::ByStudents
        | Column::ByClasses
        | Column::Extra => screen >= NARROW,
        _ => true,
    }
}

/// The columns that are shown in a table of some width, in CSS pixels; 0 while it is not known. What a person
/// chose is shown whatever the width.
pub fn shown(choices: &Choices, table: f64, lang: Lang) -> Arc<[Column]> {
    let screen = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(NARROW);
    let chosen = |column: Column| choices.shown.get(column.key()).copied();
    let mut shown: Vec<Column> = Column::ALL
        .into_iter()
        .filter(|column| {
            !can_hide(*column) || chosen(*column).unwrap_or_else(|| by_default(*column, screen))
        })
        .collect();
    let need = |shown: &[Column]| -> u32 {
        frozen(screen, lang) + shown.iter().map(|column| width(*column, lang).0).sum::<u32>()
    };
    for group in LEAVING {
        if table > 0.0 && f64::from(need(&shown)) > table {
            shown.retain(|column| chosen(*column).is_some() || !group.contains(column));
        }
    }
    shown.into()
}

/// Width of number, name and stage, as the style sheet gives it; the name gives way on small screens.
fn frozen(screen: f64, lang: Lang) -> u32 {
    match lang {
        Lang::Zh if screen >= 1440.0 => 262,
        Lang::Zh if screen >= NARROW => 242,
        Lang::Zh => 210,
        Lang::En if screen >= 1440.0 => 292,
        Lang::En if screen >= NARROW => 290,
        Lang::En => 266,
    }
}

/// The head of a column.
pub fn head(column: Column, lang: Lang) -> Head {
    let class = match column {
        Column::Name => "fz1",
        Column::Stage => "fz2",
        _ if column.is_figure() => "num",
        _ => "",
    };
    Head {
        key: column.key(),
        title: schools::column(column).get(lang).to_owned(),
        about: schools::about(column).map(|about| about.get(lang).to_owned()),
        class,
        width: width(column, lang),
        testid: format!("cell-{}", column.key()).into(),
    }
}

/// Least width in pixels and share of what is left over: English heads are longer.
fn width(column: Column, lang: Lang) -> (u32, u32) {
    let (zh, en) = match column {
        Column::Name | Column::Stage => ((0, 0), (0, 0)),
        Column::Code => ((58, 62), (58, 62)),
        Column::Township => ((62, 62), (74, 74)),
        Column::Locality => ((50, 54), (90, 90)),
        Column::Students => ((60, 62), (64, 64)),
        Column::Classes => ((48, 50), (58, 58)),
        Column::Boarders => ((58, 60), (66, 66)),
        Column::ClassSize => ((50, 56), (46, 50)),
        Column::ByStudents => ((62, 72), (80, 80)),
        Column::ByClasses => ((62, 72), (74, 74)),
        Column::Extra => ((48, 50), (46, 46)),
        Column::Entitled => ((52, 60), (62, 62)),
        Column::Authorised => ((78, 84), (78, 84)),
        Column::InPost => ((50, 54), (56, 56)),
        Column::Vacancy => ((54, 60), (56, 60)),
        Column::Margin => ((68, 74), (66, 68)),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
