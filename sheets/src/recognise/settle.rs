//! From the words of the headers to meanings: where the words leave a doubt, the cells below and
//! the columns beside are asked.

use super::dictionary::Doubt;
use super::header::Place;
use super::words::{Said, said};
use super::{Column, Field, Hints, State, Why};
use crate::grid::Grid;
use crate::take::{count_of, locality_of, stages_of};
use bianheng_core::order::InOrder;

/// Cells of a column that are looked at.
const LOOKED_AT: usize = 400;

fn cells<'a>(grid: &'a Grid, place: &Place, column: usize) -> impl Iterator<Item = &'a str> {
    let rows = place.data..grid.height();
    rows.map(move |row| grid.cell(row, column)).filter(|cell| !cell.is_empty())
}

/// How many of the first filled cells pass, and how many there are.
fn share(
    grid: &Grid,
    place: &Place,
    column: usize,
    passes: impl Fn(&str) -> bool,
) -> (usize, usize) {
    let looked = || cells(grid, place, column).take(LOOKED_AT);
    (looked().filter(|cell| passes(cell)).count(), looked().count())
}

fn most((known, filled): (usize, usize), percent: usize) -> bool {
    filled > 0 && known * 100 >= filled * percent
}

fn sum(grid: &Grid, place: &Place, column: usize) -> u64 {
    let rows = place.data..grid.height();
    let school = rows.filter(|row| !crate::take::is_total_row(grid, *row));
    let counts = school.filter_map(|row| count_of(grid.cell(row, column)));
    counts.map(u64::from).fold(0, u64::saturating_add)
}

/// Gives every column a meaning or a doubt.
pub(super) fn settle(grid: &Grid, place: &Place, columns: &mut [Column]) {
    let said: Vec<Said> = columns.iter().map(|column| said(&column.key)).collect();
    for (column, said) in columns.iter_mut().zip(&said) {
        match said {
            Said::Sure(field) => give(column, *field, State::Recognised),
            Said::Serial => give(column, Field::Ignore, State::Ignored),
            Said::Nothing if column.sample.is_empty() => {
                give(column, Field::Ignore, State::Ignored);
            }
            Said::Either(_) | Said::OtherYear | Said::Nothing => {}
        }
    }
    check_locality(grid, place, columns);
    // What the stage is has to be known before grades and the like are asked.
    let rank = |doubt: Doubt| match doubt {
        Doubt::StageOrCategory => 0,
        Doubt::CodeOrSerial | Doubt::Place => 1,
        _ => 2,
    };
    let mut doubts: Vec<(usize, Doubt)> = said
        .iter()
        .enumerate()
        .filter_map(|(at, said)| match said {
            Said::Either(doubt) => Some((at, *doubt)),
            _ => None,
        })
        .collect();
    doubts.order_by_key(|(at, doubt)| (rank(*doubt), *at));
    for (at, doubt) in doubts {
        let (field, state) = answer(grid, place, columns, at, doubt);
        if let Some(column) = columns.get_mut(at) {
            column.field = field;
            column.state = state;
        }
    }
    second_ones(columns);
}

fn give(column: &mut Column, field: Field, state: State) {
    column.field = Some(field);
    column.state = state;
}

fn having(columns: &[Column], field: Field) -> Option<&Column> {
    columns.iter().find(|column| column.field == Some(field))
}

/// A column of localities whose words are none may be townships.
fn check_locality(grid: &Grid, place: &Place, columns: &mut [Column]) {
    let township = having(columns, Field::Township).is_some();
    for column in columns.iter_mut().filter(|column| column.field == Some(Field::Locality)) {
        let known = share(grid, place, column.index, |cell| locality_of(cell).is_some());
        if known.1 == 0 || most(known, 60) {
            continue;
        }
        let names = share(grid, place, column.index, is_township);
        if most(names, 60) && !township {
            give(column, Field::Township, State::Recognised);
            continue;
        }
        let candidates = vec![Field::Locality, Field::Township, Field::Category, Field::Ignore];
        let why = Why::LocalityUnclear { known: known.0, filled: known.1 };
        give(column, Field::Locality, State::Confirm { candidates, why });
    }
}

fn is_township(text: &str) -> bool {
    text.chars().count() >= 2
        && ["镇", "乡", "街道", "鎮", "鄉", "街道办", "办事处"]
            .iter()
            .any(|end| text.ends_with(end))
}

type Answer = (Option<Field>, State);

fn confirm(field: Option<Field>, candidates: &[Field], why: Why) -> Answer {
    (field, State::Confirm { candidates: candidates.to_vec(), why })
}

fn answer(grid: &Grid, place: &Place, columns: &[Column], at: usize, doubt: Doubt) -> Answer {
    let has = |field| having(columns, field).is_some();
    let beside = |field: Field| {
        having(columns, field).map(|column| (column.label(), sum(grid, place, column.index)))
    };
    match doubt {
        Doubt::StageOrCategory => {
            let known = share(grid, place, at, |cell| !stages_of(cell).is_empty());
            if has(Field::Stage) || known.1 == 0 || !most(known, 30) {
                (Some(Field::Category), State::Recognised)
            } else if most(known, 80) {
                (Some(Field::Stage), State::Recognised)
            } else {
                confirm(
                    Some(Field::Stage),
                    &[Field::Stage, Field::Category, Field::Ignore],
                    Why::StageOrCategory,
                )
            }
        }
        Doubt::CodeOrSerial => {
            let counts = cells(grid, place, at).take(LOOKED_AT).enumerate();
            let serial = counts
                .filter(|(place, cell)| cell.parse::<usize>().is_ok_and(|n| n == place + 1))
                .count();
            if has(Field::UnitCode) || most((serial, share(grid, place, at, |_| true).1), 90) {
                (Some(Field::Ignore), State::Ignored)
            } else {
                (Some(Field::UnitCode), State::Recognised)
            }
        }
        Doubt::Place => {
            if !has(Field::Locality)
                && most(share(grid, place, at, |cell| locality_of(cell).is_some()), 80)
            {
                (Some(Field::Locality), State::Recognised)
            } else if !has(Field::Township) && most(share(grid, place, at, is_township), 60) {
                (Some(Field::Township), State::Recognised)
            } else {
                let candidates = [Field::Ignore, Field::Township, Field::Locality, Field::County];
                confirm(Some(Field::Ignore), &candidates, Why::PlaceUnclear)
            }
        }
        Doubt::GradeOf(grade) => {
            let students = Field::GradeStudents(grade);
            let classes = Field::GradeClasses(grade);
            let sums_to = |field| sums_agree(grid, place, columns, having(columns, field));
            if has(students) || sums_to(Field::Classes) {
                (Some(classes), State::Recognised)
            } else if has(classes) || sums_to(Field::Students) {
                (Some(students), State::Recognised)
            } else {
                confirm(Some(students), &[students, classes, Field::Ignore], Why::StudentsOrClasses)
            }
        }
        Doubt::DeparturesWithoutYear => confirm(
            Some(Field::Departures(0)),
            &[Field::Departures(0), Field::Ignore],
            Why::YearMissing,
        ),
        Doubt::StudentsOrStaff => confirm(
            (!has(Field::Students)).then_some(Field::Students),
            &[Field::Students, Field::InPost, Field::Teachers, Field::Ignore],
            Why::StudentsOrStaff,
        ),
        Doubt::PostsOrPeople => confirm(
            (!has(Field::Authorised)).then_some(Field::Authorised),
            &[Field::Authorised, Field::InPost, Field::Ignore],
            Why::PostsOrPeople { sum: sum(grid, place, at), beside: beside(Field::InPost) },
        ),
        Doubt::StaffOrInPost => {
            let own = sum(grid, place, at);
            let other = beside(Field::InPost);
            let field = match &other {
                // The same figures once more need no import; others need a person's word.
                Some((_, sum)) => (*sum == own).then_some(Field::Ignore),
                None if has(Field::Teachers) => Some(Field::Ignore),
                None => Some(Field::InPost),
            };
            let beside = other.or_else(|| beside(Field::Teachers));
            let candidates = [Field::InPost, Field::Teachers, Field::Ignore];
            confirm(field, &candidates, Why::StaffOrInPost { sum: own, beside })
        }
    }
}

/// Whether the columns that only name a grade add up to the column beside, in most rows.
fn sums_agree(grid: &Grid, place: &Place, columns: &[Column], total: Option<&Column>) -> bool {
    let Some(total) = total else { return false };
    let grades: Vec<usize> = columns
        .iter()
        .filter(|column| matches!(said(&column.key), Said::Either(Doubt::GradeOf(_))))
        .map(|column| column.index)
        .collect();
    let (mut agree, mut filled) = (0, 0);
    for row in (place.data..grid.height()).take(LOOKED_AT) {
        let Some(stated) = count_of(grid.cell(row, total.index)) else { continue };
        let parts = grades.iter().filter_map(|column| count_of(grid.cell(row, *column)));
        let parts: u64 = parts.map(u64::from).sum();
        filled += 1;
        agree += usize::from(parts == u64::from(stated));
    }
    most((agree, filled), 80)
}

/// Of two columns with one meaning the first stands, the other is left out until a person looks.
fn second_ones(columns: &mut [Column]) {
    let mut taken: Vec<(Field, String)> = Vec::new();
    for column in columns.iter_mut() {
        let Some(field) = column.field else { continue };
        if matches!(field, Field::Ignore | Field::Note) {
            continue;
        }
        match taken.iter().find(|(known, _)| *known == field) {
            None => taken.push((field, column.label())),
            Some(_) if column.sample.is_empty() => give(column, Field::Ignore, State::Ignored),
            Some((_, first)) => {
                let why = Why::Second(first.clone());
                let candidates = vec![Field::Ignore, field];
                give(column, Field::Ignore, State::Confirm { candidates, why });
            }
        }
    }
}

/// What titles, the sheet's name and columns tell of county and year.
pub(super) fn hints(grid: &Grid, place: &Place, columns: &mut [Column]) -> Hints {
    let mut hints = Hints::default();
    let titles = (0..place.first).filter_map(|row| {
        let cells = grid.rows.get(row)?;
        cells.iter().find(|cell| !cell.is_empty()).map(String::as_str)
    });
    for title in titles.chain([grid.name.as_str()]) {
        hints.year = hints.year.or_else(|| year_of(title));
        hints.county = hints.county.or_else(|| county_in(title));
    }
    if let [stage] = stages_of(&grid.name).as_slice()
        && grid.name.chars().count() <= 8
        && !grid.name.contains("中小学")
    {
        hints.stage = Some(*stage);
    }
    if let Some(column) = having(columns, Field::SurveyYear) {
        hints.year = cells(grid, place, column.index).next().and_then(year_of).or(hints.year);
    }
    if let Some(column) = having(columns, Field::County) {
        let mut names = cells(grid, place, column.index);
        if let Some(first) = names.next()
            && names.all(|name| name == first)
        {
            hints.county = Some(first.to_owned());
        }
    }
    if let Some(year) = hints.year {
        for column in columns.iter_mut() {
            if column.field == Some(Field::Departures(0)) {
                column.field = Some(Field::Departures(year + 1));
                if let State::Confirm { candidates, .. } = &mut column.state {
                    *candidates = vec![Field::Departures(year + 1), Field::Ignore];
                }
            }
        }
    }
    hints
}

/// The calendar year that a text names: four digits, or a year of the Republic calendar.
pub(crate) fn year_of(text: &str) -> Option<i32> {
    let narrow = super::normal::narrow(text);
    let mut runs = narrow.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.find_map(|run| match (run.len(), run.parse::<i32>().ok()?) {
        (4, year @ 1990..=2100) => Some(year),
        (2 | 3, year @ 90..=200) if narrow.len() == run.len() => Some(year + 1911),
        (8, date @ 19_900_101..=21_001_231) => Some(date / 10_000),
        _ => None,
    })
}

/// The county that a title names: 示例县 in 示例县2026年秋季调查表.
fn county_in(title: &str) -> Option<String> {
    const STOP: &str = "年季度学期全本各的及和表（( 0123456789";
    let at = title.char_indices().find(|(at, c)| {
        let after = title.get(at + c.len_utf8()..).unwrap_or_default();
        matches!(c, '县' | '縣' | '旗') && !after.starts_with(['城', '级', '域', '直'])
    })?;
    let before: Vec<char> = title.get(..at.0)?.chars().rev().take(6).collect();
    let name: Vec<char> = before.into_iter().take_while(|c| !STOP.contains(*c)).collect();
    let name: String = name.into_iter().rev().chain([at.1]).collect();
    (name.chars().count() >= 2).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_county_and_year() {
        assert_eq!(county_in("示例县2026年秋季基础教育调查表").as_deref(), Some("示例县"));
        assert_eq!(county_in("2026年秋季示例县调查表").as_deref(), Some("示例县"));
        assert_eq!(county_in("全县学校一览"), None);
        assert_eq!(year_of("示例县2026年秋季"), Some(2026));
        assert_eq!(year_of("113"), Some(2024));
        assert_eq!(year_of("2026-09-01"), Some(2026));
        assert_eq!(year_of("20260901"), Some(2026));
    }
}
