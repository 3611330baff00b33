//! Rows of one code together make a unit: checked against each other, totals of the whole school
//! shared out over its stages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bianheng_core::county::{
    Departures, GradeRoll, Holding, Leaders, Part, Roll, Staff, Stage, Unit, UnitCode,
};

use super::cells::{Cells, Posted};
use super::parts::share;
use super::rows::{Facts, PartFacts};
use super::{Figure, Fix, Kind, Outcome, Severity};
use crate::recognise::{Field, Form};

/// Units and holdings as they go into the county.
#[derive(Default)]
pub(super) struct Built {
    pub units: Vec<Unit>,
    pub holdings: Vec<Holding>,
}

/// What is gathered for one stage of a unit.
#[derive(Default)]
struct Draft {
    row: Option<u32>,
    students: Option<u32>,
    classes: Option<u32>,
    boarders: Option<u32>,
    authorised: Option<u32>,
    in_post: Option<u32>,
    departures: BTreeMap<i32, u32>,
    grades: BTreeMap<u8, GradeRoll>,
    staff: Staff,
}

/// Builds units out of rows; rows that cannot stand beside others are listed.
pub(super) fn build(
    cells: &mut Cells<'_>,
    facts: Vec<Facts>,
    outcomes: &mut BTreeMap<usize, Outcome>,
) -> Built {
    let facts = without_shared_blocks(cells, facts, outcomes);
    let mut order: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<Facts>> = Vec::new();
    for row in facts {
        let at = *order.entry(row.code.clone()).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Vec::new());
        }
        if let Some(group) = groups.get_mut(at) {
            group.push(row);
        }
    }
    let mut built = Built::default();
    let mut parents = Vec::new();
    for group in groups {
        let (name, rows) = agreeing(cells, group, outcomes);
        let Some(first) = rows.first() else { continue };
        let at = built.units.len();
        let drafts = drafts(cells, &rows);
        if let Some(row) = rows.iter().find(|row| !row.parent.is_empty()) {
            parents.push((at, row.row, row.parent.clone()));
        }
        let filled = |of: fn(&Facts) -> &str| {
            rows.iter().map(of).find(|text| !text.is_empty()).unwrap_or_default().to_owned()
        };
        built.units.push(Unit {
            code: UnitCode::new(&first.code),
            name,
            township: filled(|row| &row.township),
            locality: rows.iter().find_map(|row| row.locality),
            category: filled(|row| &row.category),
            parent: None,
            place: rows.iter().find_map(|row| row.place),
            // A school's leaders stand once, or the same in each of its rows.
            leaders: Leaders {
                posts: rows.iter().find_map(|row| row.leaders.posts),
                people: rows.iter().find_map(|row| row.leaders.people),
            },
            closed: None,
        });
        for (stage, draft) in drafts {
            built.holdings.push(holding(at, stage, draft));
        }
    }
    find_parents(cells, &mut built.units, parents);
    built
}

fn holding(unit: usize, stage: Stage, draft: Draft) -> Holding {
    // Where one of the two is not known the other stands for both; the file's findings say so.
    let authorised = draft.authorised.or(draft.in_post).unwrap_or(0);
    let in_post = draft.in_post.or(draft.authorised).unwrap_or(0);
    let departures = draft.departures.into_iter();
    Holding {
        unit,
        part: Part::Stage(stage),
        surveyed_row: draft.row,
        authorised,
        in_post,
        departures: departures.map(|(year, people)| Departures { year, people }).collect(),
        roll: Roll {
            students: draft.students,
            classes: draft.classes,
            boarders: draft.boarders,
            grades: draft.grades.into_values().collect(),
        },
        staff: draft.staff,
        additional: Vec::new(),
    }
}

/// One merged cell of posts over several schools belongs to none of them.
fn without_shared_blocks(
    cells: &mut Cells<'_>,
    facts: Vec<Facts>,
    outcomes: &mut BTreeMap<usize, Outcome>,
) -> Vec<Facts> {
    let mut holders: HashMap<(bool, usize), BTreeSet<String>> = HashMap::new();
    for row in &facts {
        for (authorised, posted) in [(true, row.authorised), (false, row.in_post)] {
            if let Some(block) = posted.block {
                holders.entry((authorised, block)).or_default().insert(row.code.clone());
            }
        }
    }
    let shared = |authorised: bool, posted: Posted| {
        let block = posted.block.and_then(|block| holders.get(&(authorised, block)));
        block.is_some_and(|codes| codes.len() > 1)
    };
    let mut kept = Vec::with_capacity(facts.len());
    for row in facts {
        let field = if shared(true, row.authorised) {
            Some(Field::Authorised)
        } else if shared(false, row.in_post) {
            Some(Field::InPost)
        } else {
            None
        };
        match field {
            Some(field) => {
                let column = cells.column(field).or_else(|| cells.column(Field::Teachers));
                let kind = Kind::MergedAcross;
                cells.cell_finding(Severity::MustFix, kind, row.row, column, Fix::Edit);
                outcomes.insert(row.row, Outcome::MustFix);
            }
            None => kept.push(row),
        }
    }
    kept
}

/// A name without the word for its part: 白岭学校小学部 is part of 白岭学校.
fn stem(name: &str) -> &str {
    const PARTS: [&str; 14] = [
        "小学部",
        "初中部",
        "高中部",
        "中学部",
        "幼儿部",
        "学前部",
        "(小学)",
        "(初中)",
        "(高中)",
        "（小学）",
        "（初中）",
        "（高中）",
        "（小学部）",
        "（初中部）",
    ];
    let name = name.trim();
    PARTS.iter().find_map(|part| name.strip_suffix(part)).map_or(name, str::trim)
}

/// The rows of one code that can stand together, and the name of their unit.
fn agreeing(
    cells: &mut Cells<'_>,
    group: Vec<Facts>,
    outcomes: &mut BTreeMap<usize, Outcome>,
) -> (String, Vec<Facts>) {
    let mut kept: Vec<Facts> = Vec::new();
    let mut name = String::new();
    let names = cells.mapping.column(Field::Name).map(|column| column.index);
    for row in group {
        let Some(first) = kept.first() else {
            name.clone_from(&row.name);
            kept.push(row);
            continue;
        };
        let mut list = |kind: Kind, severity, outcome, column, fix| {
            cells.cell_finding(severity, kind, row.row, column, fix);
            outcomes.insert(row.row, outcome);
        };
        if row.name != first.name && stem(&row.name) != stem(&first.name) {
            let kind = Kind::OtherName { first: first.row, name: first.name.clone() };
            list(kind, Severity::MustFix, Outcome::MustFix, names, Fix::Edit);
            continue;
        }
        let clash = kept.iter().find(|other| overlap(&row, other));
        match clash {
            Some(other) if row.says_the_same(other) => {
                let kind = Kind::Duplicate { first: other.row };
                list(kind, Severity::LookAt, Outcome::Duplicate, names, Fix::KeepFirst);
            }
            Some(other) => {
                let kind = Kind::DuplicateDiffers { first: other.row };
                list(kind, Severity::MustFix, Outcome::MustFix, names, Fix::SkipRow);
            }
            None => {
                if row.name != name {
                    name = stem(&name).to_owned();
                }
                kept.push(row);
            }
        }
    }
    (name, kept)
}

/// Whether two rows tell of the same stage, in the long form of the same grade of it.
fn overlap(one: &Facts, other: &Facts) -> bool {
    one.parts.iter().any(|part| {
        other.parts.iter().any(|against| {
            let grade = |part: &PartFacts| part.grades.first().map(|roll| roll.grade);
            part.stage == against.stage && (!one.by_grade || grade(part) == grade(against))
        })
    })
}

fn add(place: &mut Option<u32>, more: Option<u32>) {
    if let Some(more) = more {
        *place = Some(place.unwrap_or(0).saturating_add(more));
    }
}

/// Gathers the rows of a unit by stage.
fn drafts(cells: &mut Cells<'_>, rows: &[Facts]) -> BTreeMap<Stage, Draft> {
    let mut drafts: BTreeMap<Stage, Draft> = BTreeMap::new();
    for row in rows {
        for part in &row.parts {
            let draft = drafts.entry(part.stage).or_default();
            draft.row = draft.row.or(u32::try_from(row.row + 1).ok());
            add(&mut draft.students, part.students);
            add(&mut draft.classes, part.classes);
            for roll in &part.grades {
                draft.grades.insert(roll.grade, roll.clone());
            }
        }
    }
    for row in rows {
        let weights: Vec<(Stage, u64)> = row
            .parts
            .iter()
            .map(|part| (part.stage, u64::from(part.students.unwrap_or(0))))
            .collect();
        if let Some(boarders) = row.boarders {
            let column = cells.column(Field::Boarders);
            for (stage, count) in
                split(cells, row.row, column, Figure::Boarders, boarders, &weights)
            {
                add(&mut drafts.entry(stage).or_default().boarders, Some(count));
            }
        }
        for (stage, staff) in super::staff::by_stage(cells, row, &weights) {
            super::staff::fill(&mut drafts.entry(stage).or_default().staff, staff);
        }
        for departures in &row.departures {
            let own = cells.departures.iter().find(|(year, _)| *year == departures.year);
            let column = own.map(|(_, column)| *column);
            let people = departures.people;
            for (stage, count) in
                split(cells, row.row, column, Figure::Departures, people, &weights)
            {
                let draft = drafts.entry(stage).or_default();
                let place = draft.departures.entry(departures.year).or_insert(0);
                *place = place.saturating_add(count);
            }
        }
    }
    let in_post = cells.column(Field::InPost).or_else(|| cells.column(Field::Teachers));
    let authorised = cells.column(Field::Authorised);
    posts(cells, rows, &mut drafts, Figure::Authorised, authorised);
    posts(cells, rows, &mut drafts, Figure::InPost, in_post);
    drafts
}

/// A figure of several stages shared out by students, and said; of one stage, as it is.
pub(super) fn split(
    cells: &mut Cells<'_>,
    row: usize,
    column: Option<usize>,
    figure: Figure,
    total: u32,
    weights: &[(Stage, u64)],
) -> Vec<(Stage, u32)> {
    let shares = share(total, &weights.iter().map(|(_, weight)| *weight).collect::<Vec<_>>());
    let parts: Vec<(Stage, u32)> = weights.iter().map(|(stage, _)| *stage).zip(shares).collect();
    if parts.len() > 1 && total > 0 {
        let kind = Kind::Split { figure, total, parts: parts.clone() };
        cells.cell_finding(Severity::LookAt, kind, row, column, Fix::Edit);
    }
    parts
}

/// Shares posts or people out over the stages of a unit.
fn posts(
    cells: &mut Cells<'_>,
    rows: &[Facts],
    drafts: &mut BTreeMap<Stage, Draft>,
    figure: Figure,
    column: Option<usize>,
) {
    let of = |row: &Facts| if figure == Figure::Authorised { row.authorised } else { row.in_post };
    // Each total with the row to name, and the stages it is for.
    let mut totals: Vec<(usize, u32, BTreeSet<Stage>)> = Vec::new();
    let stages = |rows: &[&Facts]| -> BTreeSet<Stage> {
        rows.iter().flat_map(|row| row.parts.iter().map(|part| part.stage)).collect()
    };
    let mut blocks: BTreeMap<usize, Vec<&Facts>> = BTreeMap::new();
    let mut single: Vec<&Facts> = Vec::new();
    for row in rows {
        match of(row).block {
            Some(block) => blocks.entry(block).or_default().push(row),
            None => single.push(row),
        }
    }
    for rows in blocks.values() {
        let first = rows.iter().find_map(|row| Some((row.row, of(row).count?)));
        if let Some((row, count)) = first {
            totals.push((row, count, stages(rows)));
        }
    }
    if cells.form == Form::Long {
        long_totals(&single, of, &mut totals);
    } else {
        for row in single {
            if let Some(count) = of(row).count {
                totals.push((row.row, count, stages(&[row])));
            }
        }
    }
    for (row, total, stages) in totals {
        let weights: Vec<(Stage, u64)> = stages
            .into_iter()
            .map(|stage| {
                let students = drafts.get(&stage).and_then(|draft| draft.students);
                (stage, u64::from(students.unwrap_or(0)))
            })
            .collect();
        for (stage, count) in split(cells, row, column, figure, total, &weights) {
            let draft = drafts.entry(stage).or_default();
            match figure {
                Figure::Authorised => add(&mut draft.authorised, Some(count)),
                _ => add(&mut draft.in_post, Some(count)),
            }
        }
    }
}

/// Rows by grade repeat the figure of their stage, or of the school; or each has its own.
fn long_totals(
    rows: &[&Facts],
    of: impl Fn(&Facts) -> Posted,
    totals: &mut Vec<(usize, u32, BTreeSet<Stage>)>,
) {
    let mut by_stage: BTreeMap<Stage, Vec<(usize, u32)>> = BTreeMap::new();
    let mut stages = BTreeSet::new();
    for row in rows {
        for part in &row.parts {
            stages.insert(part.stage);
            if let Some(count) = of(row).count {
                by_stage.entry(part.stage).or_default().push((row.row, count));
            }
        }
    }
    let repeated = |counts: &[(usize, u32)]| match counts {
        [] => None,
        [(_, first), rest @ ..] => rest.iter().all(|(_, count)| count == first).then_some(*first),
    };
    let every: Vec<(usize, u32)> = by_stage.values().flatten().copied().collect();
    let Some((row, _)) = every.first().copied() else { return };
    if let Some(count) = repeated(&every) {
        totals.push((row, count, stages));
        return;
    }
    for (stage, counts) in by_stage {
        let Some((row, _)) = counts.first().copied() else { continue };
        let sum = counts.iter().map(|(_, count)| *count).fold(0, u32::saturating_add);
        totals.push((row, repeated(&counts).unwrap_or(sum), BTreeSet::from([stage])));
    }
}

/// Parents by code, else by name.
fn find_parents(cells: &mut Cells<'_>, units: &mut [Unit], parents: Vec<(usize, usize, String)>) {
    if parents.is_empty() {
        return;
    }
    let codes: HashMap<String, UnitCode> = units
        .iter()
        .rev()
        .map(|unit| (unit.name.clone(), unit.code.clone()))
        .chain(units.iter().map(|unit| (unit.code.as_str().to_owned(), unit.code.clone())))
        .collect();
    let column = cells.column(Field::Parent);
    for (at, row, text) in parents {
        let Some(unit) = units.get_mut(at) else { continue };
        let kind = match codes.get(&text) {
            Some(code) if *code == unit.code => Kind::ParentSelf,
            Some(code) => {
                unit.parent = Some(code.clone());
                continue;
            }
            None => Kind::ParentUnknown,
        };
        cells.cell_finding(Severity::LookAt, kind, row, column, Fix::Edit);
    }
}
