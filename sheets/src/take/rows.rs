//! One row read into facts. What cannot be read is found; a row with a fault that must be mended
//! gives no facts.

use std::collections::{BTreeMap, HashMap};

use bianheng_core::county::{Coordinates, Departures, GradeRoll, Locality, Stage};
use bianheng_core::text::names;

use super::cells::{Cells, Posted};
use super::number::{is_shortened, millionths};
use super::stage::{locality_of, place_grade, stage_of_year, stages_by_name, stages_of};
use super::{Figure, Fix, Kind, Severity};
use crate::recognise::{Field, Form, Grade, grade_of, one_width};

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
            let stage = cells.options.default_stage.unwrap_or(Stage::Primary);
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
    let parts = read_parts(cells, row, &name, guesses);
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
    let place = read_place(cells, row);
    let locality = read_locality(cells, row);
    let (Some((code, name)), Some(parts), Some((authorised, in_post)), Some(departures), true) =
        (named, parts, posts, departures, sound)
    else {
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
        cells.cell_finding(Severity::MustFix, Kind::NameMissing, row, name_column, Fix::Fill);
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
fn read_stages(
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
        return Some(told);
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
    if column.is_some() && cells.options.default_stage.is_none() {
        cells.cell_finding(Severity::MustFix, Kind::StageMissing, row, column, Fix::Fill);
        return None;
    }
    guesses.by_default += 1;
    Some(vec![cells.options.default_stage.unwrap_or(Stage::Primary)])
}

/// Reads the grades of a row: each with its students and classes, and the column of its students.
fn read_grades(cells: &mut Cells<'_>, row: usize) -> Option<Vec<(Grade, Figure, usize, u32)>> {
    let mut out = Vec::new();
    let mut sound = true;
    for (grade, figure, column) in cells.grades.clone() {
        match cells.count(row, column) {
            Ok(Some(count)) => out.push((grade, figure, column, count)),
            Ok(None) => {}
            Err(()) => sound = false,
        }
    }
    sound.then_some(out)
}

/// A total of the row; the outer `None` says that the row cannot be taken.
fn total(cells: &mut Cells<'_>, row: usize, field: Field) -> Option<Option<u32>> {
    match cells.column(field) {
        Some(column) => cells.count(row, column).ok(),
        None => Some(None),
    }
}

fn read_parts(
    cells: &mut Cells<'_>,
    row: usize,
    name: &str,
    guesses: &mut Guesses,
) -> Option<Vec<PartFacts>> {
    let long = cells.form == Form::Long;
    let mut grade = None;
    if long {
        let column = cells.column(Field::Grade);
        grade = grade_of(cells.text(row, Field::Grade));
        if grade.is_none() {
            cells.cell_finding(Severity::MustFix, Kind::GradeUnknown, row, column, Fix::Edit);
        }
    }
    let stages = read_stages(cells, row, name, grade, guesses);
    let by_grade = read_grades(cells, row);
    let students = total(cells, row, Field::Students);
    let classes = total(cells, row, Field::Classes);
    let (stages, by_grade, students, classes) = (stages?, by_grade?, students?, classes?);
    let students = fill_students(cells, row, name, students, &by_grade)?;
    let classes = fill_classes(cells, row, name, classes, &by_grade);
    if long {
        let grade = grade?;
        let Some((stage, within)) = place_grade(grade, &stages) else {
            let column = cells.column(Field::Grade);
            let kind = Kind::GradeOutside { stages };
            cells.cell_finding(Severity::MustFix, kind, row, column, Fix::Edit);
            return None;
        };
        let grades = vec![GradeRoll { grade: within, students, classes }];
        return Some(vec![PartFacts { stage, students, classes, grades }]);
    }
    if let (Some(students @ 1..), Some(0)) = (students, classes) {
        let (kind, column) = (Kind::ClassesZero { students }, cells.column(Field::Classes));
        cells.cell_finding(Severity::MustFix, kind, row, column, Fix::Edit);
        return None;
    }
    let mut placed: BTreeMap<(Stage, u8), GradeRoll> = BTreeMap::new();
    for (grade, figure, column, count) in by_grade {
        let Some((stage, within)) = place_grade(grade, &stages) else {
            if count > 0 {
                let kind = Kind::GradeOutside { stages: stages.clone() };
                cells.cell_finding(Severity::LookAt, kind, row, Some(column), Fix::Edit);
            }
            continue;
        };
        let roll = placed.entry((stage, within)).or_insert(GradeRoll {
            grade: within,
            students: None,
            classes: None,
        });
        let place = match figure {
            Figure::Classes => &mut roll.classes,
            _ => &mut roll.students,
        };
        *place = Some(place.unwrap_or(0).saturating_add(count));
    }
    compare_grades(cells, row, Field::Students, students, &placed);
    compare_grades(cells, row, Field::Classes, classes, &placed);
    let of_stage = |stage: Stage| -> Vec<GradeRoll> {
        let own = placed.iter().filter(|((of, _), _)| *of == stage);
        own.map(|(_, roll)| roll.clone()).collect()
    };
    if let [stage] = stages.as_slice() {
        let grades = of_stage(*stage);
        return Some(vec![PartFacts { stage: *stage, students, classes, grades }]);
    }
    let sum = |rolls: &[GradeRoll], of: fn(&GradeRoll) -> Option<u32>| {
        let counts: Vec<u32> = rolls.iter().filter_map(of).collect();
        (!counts.is_empty()).then(|| counts.iter().copied().fold(0, u32::saturating_add))
    };
    let mut parts: Vec<PartFacts> = stages
        .iter()
        .map(|stage| {
            let grades = of_stage(*stage);
            let students = sum(&grades, |roll| roll.students);
            let classes = sum(&grades, |roll| roll.classes);
            PartFacts { stage: *stage, students, classes, grades }
        })
        .filter(|part| part.students.unwrap_or(0) > 0 || part.classes.unwrap_or(0) > 0)
        .collect();
    parts.sort_by_key(|part| part.stage);
    if parts.iter().all(|part| part.students.unwrap_or(0) == 0) {
        let column = cells.column(Field::Stage);
        cells.cell_finding(Severity::MustFix, Kind::CannotSplit, row, column, Fix::Edit);
        return None;
    }
    Some(parts)
}

/// Students: the stated total, else the grades; a blank total must be filled in.
fn fill_students(
    cells: &mut Cells<'_>,
    row: usize,
    name: &str,
    stated: Option<u32>,
    by_grade: &[(Grade, Figure, usize, u32)],
) -> Option<Option<u32>> {
    if stated.is_some() {
        return Some(stated);
    }
    let sum = grade_sum(by_grade, Figure::Students);
    let Some(column) = cells.column(Field::Students) else { return Some(sum) };
    if let Some(sum) = sum {
        let fix = Fix::Use(sum.to_string());
        cells.cell_finding(Severity::LookAt, Kind::FromGrades { sum }, row, Some(column), fix);
        return Some(Some(sum));
    }
    if cells.is_unsaid(row, column) {
        return Some(None);
    }
    let kind = Kind::Missing { figure: Figure::Students, name: name.to_owned() };
    cells.cell_finding(Severity::MustFix, kind, row, Some(column), Fix::Fill);
    None
}

/// Classes: the stated total, else the grades; a survey may not know them.
fn fill_classes(
    cells: &mut Cells<'_>,
    row: usize,
    name: &str,
    stated: Option<u32>,
    by_grade: &[(Grade, Figure, usize, u32)],
) -> Option<u32> {
    if stated.is_some() {
        return stated;
    }
    let sum = grade_sum(by_grade, Figure::Classes);
    let column = cells.column(Field::Classes)?;
    let kind = match sum {
        Some(sum) => Kind::FromGrades { sum },
        None if cells.is_unsaid(row, column) => return None,
        None => Kind::Missing { figure: Figure::Classes, name: name.to_owned() },
    };
    let fix = sum.map_or(Fix::Fill, |sum| Fix::Use(sum.to_string()));
    cells.cell_finding(Severity::LookAt, kind, row, Some(column), fix);
    sum
}

fn grade_sum(by_grade: &[(Grade, Figure, usize, u32)], wanted: Figure) -> Option<u32> {
    let counts: Vec<u32> = by_grade
        .iter()
        .filter(|(_, figure, _, _)| *figure == wanted)
        .map(|(_, _, _, count)| *count)
        .collect();
    (!counts.is_empty()).then(|| counts.iter().copied().fold(0, u32::saturating_add))
}

/// Finds totals that their grades do not add up to.
fn compare_grades(
    cells: &mut Cells<'_>,
    row: usize,
    field: Field,
    stated: Option<u32>,
    placed: &BTreeMap<(Stage, u8), GradeRoll>,
) {
    let (Some(column), Some(stated)) = (cells.column(field), stated) else { return };
    let (figure, of): (Figure, fn(&GradeRoll) -> Option<u32>) = match field {
        Field::Classes => (Figure::Classes, |roll| roll.classes),
        _ => (Figure::Students, |roll| roll.students),
    };
    let counts: Vec<u32> = placed.values().filter_map(of).collect();
    let sum: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    if !counts.is_empty() && sum != u64::from(stated) {
        let kind = Kind::GradeSum { figure, stated, sum };
        let fix = Fix::Use(sum.to_string());
        cells.cell_finding(Severity::LookAt, kind, row, Some(column), fix);
    }
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
