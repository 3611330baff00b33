//! One row read into facts. What cannot be read is found; a row with a fault that must be mended
//! gives no facts.

use std::collections::HashMap;

use bianheng_core::county::{Coordinates, Departures, GradeRoll, Leaders, Locality, Staff, Stage};
use bianheng_core::text::names;

use super::cells::{Cells, Posted};
use super::number::{is_shortened, millionths};
use super::stage::{locality_of, part_in_name, stage_of_year, stages_by_name, stages_of};
use super::{Figure, Fix, Kind, Severity};
use crate::recognise::{Field, Form, Grade, one_width};

/// The facts of a row.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub row: usize,
    pub code: String,
    pub name: String,
    pub township: String,
    pub locality: Option<Locality>,
    pub category: String,
    pub parent: String,
    pub place: Option<Coordinates>,
    /// Whether the row tells of one grade only.
    pub by_grade: bool,
    /// A part for each stage, in the order of the tables.
    pub parts: Vec<PartFacts>,
    pub boarders: Option<u32>,
    pub authorised: Posted,
    pub in_post: Posted,
    pub departures: Vec<Departures>,
    pub staff: Staff,
    pub leaders: Leaders,
}

/// The roll of one stage as a row gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartFacts {
    pub stage: Stage,
    pub students: Option<u32>,
    pub classes: Option<u32>,
    pub grades: Vec<GradeRoll>,
}

impl Facts {
    /// Whether two rows say the same.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        self.name == other.name
            && self.parts == other.parts
            && self.boarders == other.boarders
            && self.authorised.count == other.authorised.count
            && self.in_post.count == other.in_post.count
            && self.departures == other.departures
            && self.staff == other.staff
            && self.leaders == other.leaders
    }
}

/// How stages were found where no column tells them, and names that stand for codes.
#[derive(Default)]
pub(super) struct Guesses {
    by_name: usize,
    by_default: usize,
    /// Names that stand in several townships; made when the first is asked for.
    shared: Option<HashMap<String, bool>>,
}

impl Guesses {
    /// Says how the stages were found.
    pub(super) fn report(&self, cells: &mut Cells<'_>) {
        if self.by_name + self.by_default > 0 {
            let stage = cells.default_stage().unwrap_or(Stage::Primary);
            let kind =
                Kind::StagesGuessed { by_name: self.by_name, by_default: self.by_default, stage };
            let fix = Fix::ChooseColumn;
            cells.file_finding(Severity::LookAt, kind, None, String::new(), fix);
        }
    }

    /// The code that a name stands for: with its township where the name stands in several.
    fn code_of(&mut self, cells: &Cells<'_>, name: &str, township: &str) -> String {
        let shared = self.shared.get_or_insert_with(|| {
            let mut first: HashMap<&str, &str> = HashMap::new();
            let mut shared = HashMap::new();
            for row in cells.mapping.data_row..cells.grid.height() {
                let (name, township) =
                    (cells.text(row, Field::Name), cells.text(row, Field::Township));
                if *first.entry(name).or_insert(township) != township {
                    shared.insert(name.to_owned(), true);
                }
            }
            shared
        });
        if shared.contains_key(name) { format!("{township}{name}") } else { name.to_owned() }
    }
}

/// Reads a row; `None` where it must be mended first.
pub(super) fn read(cells: &mut Cells<'_>, row: usize, guesses: &mut Guesses) -> Option<Facts> {
    let mut sound = true;
    let named = code_and_name(cells, row, guesses);
    let name = named.as_ref().map_or("", |(_, name)| name.as_str()).to_owned();
    let parts = super::grades::read_parts(cells, row, &name, guesses);
    let boarders = match cells.column(Field::Boarders).map(|column| cells.count(row, column)) {
        Some(Err(())) => {
            sound = false;
            None
        }
        Some(Ok(boarders)) => boarders,
        None => None,
    };
    let posts = read_posts(cells, row, &name);
    let departures = read_departures(cells, row);
    let staff = super::staff::read(cells, row);
    let place = read_place(cells, row);
    let locality = read_locality(cells, row);
    let (Some((code, name)), Some(parts), Some((authorised, in_post))) = (named, parts, posts)
    else {
        return None;
    };
    let (Some(departures), Some((staff, leaders)), true) = (departures, staff, sound) else {
        return None;
    };
    let facts = Facts {
        row,
        code,
        name,
        township: cells.text(row, Field::Township).to_owned(),
        locality,
        category: cells.text(row, Field::Category).to_owned(),
        parent: cells.text(row, Field::Parent).to_owned(),
        place,
        by_grade: cells.form == Form::Long,
        parts,
        boarders,
        authorised,
        in_post,
        departures,
        staff,
        leaders,
    };
    compare(cells, &facts);
    Some(facts)
}

/// A code as it is kept: one width, no blanks, no mark of text, no empty fraction.
fn tidy_code(code: &str) -> String {
    let code: String = code.chars().map(one_width).filter(|c| !c.is_whitespace()).collect();
    let code = code.trim_start_matches(['\'', '`']);
    match code.strip_suffix(".0") {
        Some(whole) if whole.bytes().all(|byte| byte.is_ascii_digit()) => whole.to_owned(),
        _ => code.to_owned(),
    }
}

fn code_and_name(
    cells: &mut Cells<'_>,
    row: usize,
    guesses: &mut Guesses,
) -> Option<(String, String)> {
    let name_column = cells.column(Field::Name);
    let code_column = cells.column(Field::UnitCode);
    let name = cells.text(row, Field::Name).split_whitespace().collect::<Vec<_>>().join(" ");
    let code = tidy_code(cells.text(row, Field::UnitCode));
    if name_column.is_some() && name.is_empty() {
        let fix = if code.is_empty() { Fix::Fill } else { Fix::Use(code) };
        cells.cell_finding(Severity::MustFix, Kind::NameMissing, row, name_column, fix);
        return None;
    }
    let Some(code_column) = code_column else {
        if name.is_empty() {
            return None;
        }
        let township = cells.text(row, Field::Township).to_owned();
        return Some((guesses.code_of(cells, &name, &township), name));
    };
    if code.is_empty() {
        let fix = if name.is_empty() { Fix::Fill } else { Fix::Use(name) };
        cells.cell_finding(Severity::MustFix, Kind::CodeMissing, row, Some(code_column), fix);
        return None;
    }
    if is_shortened(&code) && !name.is_empty() {
        let fix = Fix::Use(name.clone());
        cells.cell_finding(Severity::LookAt, Kind::CodeShortened, row, Some(code_column), fix);
        let township = cells.text(row, Field::Township).to_owned();
        return Some((guesses.code_of(cells, &name, &township), name));
    }
    Some((code.clone(), if name_column.is_some() { name } else { code }))
}

/// The stages of a row, from its column, else from other words in it.
pub(super) fn read_stages(
    cells: &mut Cells<'_>,
    row: usize,
    name: &str,
    grade: Option<Grade>,
    guesses: &mut Guesses,
) -> Option<Vec<Stage>> {
    let column = cells.column(Field::Stage);
    let text = cells.text(row, Field::Stage);
    let told = stages_of(text);
    if !told.is_empty() {
        // 白岭学校初中部 among the rows of a nine-year school is its lower secondary stage.
        let part = part_in_name(name).filter(|part| told.len() > 1 && told.contains(part));
        return Some(part.map_or(told, |part| vec![part]));
    }
    let category = stages_of(cells.text(row, Field::Category));
    let by_name = if category.len() > 1 { category } else { stages_by_name(name) };
    if column.is_some() && !text.is_empty() {
        let fix = match by_name.as_slice() {
            [stage] => Fix::Use(names::stage(*stage).zh.to_owned()),
            _ => Fix::Edit,
        };
        cells.cell_finding(Severity::MustFix, Kind::StageUnknown, row, column, fix);
        return None;
    }
    if !by_name.is_empty() {
        if column.is_some() {
            let kind = Kind::StageFromName { stages: by_name.clone() };
            cells.cell_finding(Severity::LookAt, kind, row, column, Fix::Edit);
        } else {
            guesses.by_name += 1;
        }
        return Some(by_name);
    }
    let by_grade = match grade {
        Some(Grade::Kindergarten(_)) => Some(Stage::Kindergarten),
        Some(Grade::Year(year)) => stage_of_year(year).map(|(stage, _)| stage),
        None => None,
    };
    if let Some(stage) = by_grade {
        return Some(vec![stage]);
    }
    if column.is_some() && cells.default_stage().is_none() {
        cells.cell_finding(Severity::MustFix, Kind::StageMissing, row, column, Fix::Fill);
        return None;
    }
    guesses.by_default += 1;
    Some(vec![cells.default_stage().unwrap_or(Stage::Primary)])
}

/// Posts authorised and people in post. In the long form and in merged cells a blank is no fault.
fn read_posts(cells: &mut Cells<'_>, row: usize, name: &str) -> Option<(Posted, Posted)> {
    let long = cells.form == Form::Long;
    let read = |cells: &mut Cells<'_>, field: Field, figure: Figure| -> Option<Posted> {
        let Some(column) = cells.column(field) else { return Some(Posted::default()) };
        let posted = cells.posted(row, column).ok()?;
        if posted.count.is_some() || long || posted.block.is_some() {
            return Some(posted);
        }
        if figure == Figure::InPost
            && let Some(teachers) = cells.column(Field::Teachers)
            && let Some(count) = cells.quiet_count(row, teachers)
        {
            let (kind, fix) = (Kind::FromTeachers, Fix::Use(count.to_string()));
            cells.cell_finding(Severity::LookAt, kind, row, Some(column), fix);
            return Some(Posted { count: Some(count), block: None });
        }
        if cells.is_unsaid(row, column) {
            return Some(Posted { count: Some(0), block: None });
        }
        let kind = Kind::Missing { figure, name: name.to_owned() };
        cells.cell_finding(Severity::MustFix, kind, row, Some(column), Fix::Fill);
        None
    };
    let authorised = read(cells, Field::Authorised, Figure::Authorised);
    let in_post = if cells.column(Field::InPost).is_some() {
        read(cells, Field::InPost, Figure::InPost)
    } else {
        read(cells, Field::Teachers, Figure::Teachers)
    };
    Some((authorised?, in_post?))
}

fn read_departures(cells: &mut Cells<'_>, row: usize) -> Option<Vec<Departures>> {
    let mut out = Vec::new();
    let mut sound = true;
    for (year, column) in cells.departures.clone() {
        match cells.count(row, column) {
            Ok(Some(people)) => out.push(Departures { year, people }),
            Ok(None) => {}
            Err(()) => sound = false,
        }
    }
    sound.then_some(out)
}

fn read_locality(cells: &mut Cells<'_>, row: usize) -> Option<Locality> {
    let column = cells.column(Field::Locality)?;
    let text = cells.cell(row, column);
    if text.is_empty() {
        return None;
    }
    let locality = locality_of(text);
    if locality.is_none() {
        let kind = Kind::LocalityUnknown;
        cells.cell_finding(Severity::LookAt, kind, row, Some(column), Fix::Edit);
    }
    locality
}

fn read_place(cells: &mut Cells<'_>, row: usize) -> Option<Coordinates> {
    let (lon, lat) = (cells.column(Field::Lon)?, cells.column(Field::Lat)?);
    let texts = (cells.cell(row, lon), cells.cell(row, lat));
    let (kind, column) = match (texts.0.is_empty(), texts.1.is_empty()) {
        (true, true) => return None,
        (true, false) => (Kind::PlaceHalf, lon),
        (false, true) => (Kind::PlaceHalf, lat),
        (false, false) => match (millionths(texts.0), millionths(texts.1)) {
            (Some(lon_value), Some(lat_value)) => {
                let in_range = lon_value.abs() <= 180_000_000 && lat_value.abs() <= 90_000_000;
                // Null Island is where missing coordinates land.
                if in_range && (lon_value, lat_value) != (0, 0) {
                    return Some(Coordinates { lon: lon_value, lat: lat_value });
                }
                let column = if lon_value.abs() > 180_000_000 { lon } else { lat };
                (Kind::PlaceOutOfRange, column)
            }
            (None, _) => (Kind::PlaceUnreadable, lon),
            (_, None) => (Kind::PlaceUnreadable, lat),
        },
    };
    cells.cell_finding(Severity::LookAt, kind, row, Some(column), Fix::Edit);
    None
}

/// Finds figures of a row that do not go together though each may be true.
fn compare(cells: &mut Cells<'_>, facts: &Facts) {
    let row = facts.row;
    let of = |of: fn(&PartFacts) -> Option<u32>| {
        let counts: Vec<u32> = facts.parts.iter().filter_map(of).collect();
        (!counts.is_empty()).then(|| counts.iter().copied().fold(0, u32::saturating_add))
    };
    let (students, classes) = (of(|part| part.students), of(|part| part.classes));
    let mut say = |kind: Kind, field: Field| {
        let column = cells.column(field);
        cells.cell_finding(Severity::LookAt, kind, row, column, Fix::Edit);
    };
    if let (Some(0), Some(classes @ 1..)) = (students, classes) {
        say(Kind::StudentsZero { classes }, Field::Students);
    }
    if let (Some(students), Some(boarders)) = (students, facts.boarders)
        && boarders > students
    {
        say(Kind::BoardersAbove { students }, Field::Boarders);
    }
    let apart = facts.authorised.block.is_none() && facts.in_post.block.is_none();
    if let (Some(authorised), Some(in_post), true) =
        (facts.authorised.count, facts.in_post.count, apart)
        && in_post > authorised
    {
        say(Kind::InPostAbove { authorised, in_post }, Field::InPost);
    }
    if let (Some(students @ 1..), Some(0), true) = (students, facts.in_post.count, apart) {
        say(Kind::NobodyInPost { students }, Field::InPost);
    }
}
