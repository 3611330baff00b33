//! The pool as a table and as a drawing: applications with what the rules and the batch say of
//! them, and loans as bars on a line of years. It decides nothing; every figure comes from the
//! pool, its awards and the county's facts.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::county::{County, KindId, Unit, UnitCode};
use crate::order::InOrder;
use crate::pool::{
    Application, Award, Awards, Book, Borrower, Held, Loan, Played, Pool, Standing, Way, Year,
    in_order, standings,
};
use crate::text::Lang;

/// The kind of post whose pool a person most likely wants to see: `shown` if its pool has
/// applications or loans, else the first kind whose pool has applications, else `shown`.
pub fn kind_worth_showing(county: &County, shown: &KindId) -> KindId {
    let in_use = |pool: &Pool| !pool.applications.is_empty() || !pool.loans.is_empty();
    if county.pool(shown).is_some_and(in_use) {
        return shown.clone();
    }
    let asked = county.pools.iter().find(|pool| !pool.applications.is_empty());
    asked.map_or_else(|| shown.clone(), |pool| pool.kind.clone())
}

/// One application with its unit's figures of the pool's kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// The application as it was made.
    pub asking: Application,
    /// Name of the unit; its code where the county does not know it.
    pub name: String,
    /// What sort of unit it is; may be empty.
    pub category: String,
    /// Posts, people and departures; all zero for an unknown unit.
    pub standing: Standing,
    /// People expected to leave in the years of the term after the batch's.
    pub leaving: u32,
    /// Its score: the weighted mean of its marks, or the one it was given; empty without either.
    pub score: String,
    /// Its marks by criterion make its score.
    pub marked: bool,
    /// What it is granted; `None` while the pool cannot be worked out.
    pub award: Option<Award>,
    /// Why, in both languages, with units by their names; empty without an award.
    pub reason: [String; 2],
}

impl Applicant {
    /// Why it is granted what it is.
    pub fn reason(&self, lang: Lang) -> &str {
        let [zh, en] = &self.reason;
        if lang == Lang::Zh { zh } else { en }
    }
}

/// Every application in the order of its rank, and sums. Posts and people count each unit once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applicants {
    /// The rows.
    pub rows: Vec<Applicant>,
    /// Units that ask.
    pub units: usize,
    /// Posts authorised to them.
    pub authorised: u64,
    /// People in post there.
    pub in_post: u64,
    /// People expected to leave within the term.
    pub leaving: u64,
    /// Posts asked for.
    pub asked: u64,
}

impl Applicants {
    /// The row of an application.
    pub fn of(&self, id: &str) -> Option<&Applicant> {
        self.rows.iter().find(|row| row.asking.id == id)
    }
}

/// The table of applications. Without awards it stands in the order of tier, score and ties.
pub fn applicants(county: &County, pool: &Pool, awards: Option<&Awards>) -> Applicants {
    let standings = standings(county, &pool.kind);
    let units: BTreeMap<&UnitCode, &Unit> =
        county.units.iter().map(|unit| (&unit.code, unit)).collect();
    let year = pool.batch.date.year();
    let name = |unit: &UnitCode| {
        units.get(unit).map_or_else(|| unit.to_string(), |unit| unit.name.clone())
    };
    let mut table = Applicants::default();
    let mut counted = BTreeMap::new();
    for asking in &pool.applications {
        let award = awards.and_then(|awards| awards.of(&asking.id));
        let unit = units.get(&asking.unit);
        let standing = standings.get(&asking.unit).cloned().unwrap_or_default();
        let leaving = standing.departures_after(year, pool.term_years);
        counted.insert(&asking.unit, (standing.authorised, standing.in_post, leaving));
        table.asked += u64::from(asking.posts);
        table.rows.push(Applicant {
            name: name(&asking.unit),
            category: unit.map(|unit| unit.category.clone()).unwrap_or_default(),
            leaving,
            standing,
            score: pool.score_text(asking),
            marked: !pool.criteria.is_empty() && !asking.marks.is_empty(),
            reason: award.map_or_else(Default::default, |award| {
                [Lang::Zh, Lang::En].map(|lang| award.text_naming(lang, &name))
            }),
            award: award.cloned(),
            asking: asking.clone(),
        });
    }
    table.units = counted.len();
    for (authorised, in_post, leaving) in counted.into_values() {
        table.authorised += u64::from(authorised);
        table.in_post += u64::from(in_post);
        table.leaving += u64::from(leaving);
    }
    let order = in_order(pool, &standings, &pool.applications);
    let place = |row: &Applicant| {
        let rank = row.award.as_ref().map_or(usize::MAX, |award| award.rank);
        (rank, order.iter().position(|asking| asking.id == row.asking.id))
    };
    table.rows.order_by_key(place);
    table
}

/// Units that hold posts of a kind, by code and name, in the order of the survey.
pub fn units_of_kind(county: &County, kind: &KindId) -> Vec<(UnitCode, String)> {
    let standings = standings(county, kind);
    let holds = |unit: &&Unit| standings.get(&unit.code).is_some_and(|standing| standing.of_kind);
    let units = county.units.iter().filter(holds);
    units.map(|unit| (unit.code.clone(), unit.name.clone())).collect()
}

/// The borrower's name: that of the unit, or the name given.
pub fn borrower(county: &County, borrower: &Borrower) -> String {
    let unit = match borrower {
        Borrower::Unit(code) => county.units.iter().find(|unit| unit.code == *code),
        Borrower::Name(_) => None,
    };
    unit.map_or_else(|| borrower.as_str().to_owned(), |unit| unit.name.clone())
}

/// How a bar is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Lent before this batch.
    Past,
    /// Lent from this batch's date.
    Batch,
    /// Granted and not yet approved.
    Pending,
}

/// The measures of the drawing, in the units of its view box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Where the first year begins.
    pub left: i32,
    /// Where the last year ends.
    pub right: i32,
    /// Top of the first row.
    pub top: i32,
    /// Height of a row.
    pub row: i32,
}

/// One loan as a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The loan's id, or that of the application which is granted it.
    pub id: String,
    /// Who has the posts.
    pub name: String,
    /// Posts out.
    pub posts: u32,
    /// Of them past due on the later of the batch's date and today.
    pub overdue: u32,
    /// The day by which they are to be back.
    pub due: NaiveDate,
    /// How it is painted.
    pub tone: Tone,
    /// How it is to come back.
    pub way: Way,
    /// Left end: the first day.
    pub from_x: i32,
    /// The due day.
    pub due_x: i32,
    /// End of the hatch of what is overdue, where something is.
    pub late_x: Option<i32>,
    /// Middle of the row.
    pub y: i32,
    /// Thickness: 4 and one more for each post, 14 at most.
    pub height: i32,
}

/// Loans on a line of years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanBars {
    /// Years with the left and the right end of each.
    pub years: Vec<(i32, i32, i32)>,
    /// Loans with posts out, in their order, then what this batch grants.
    pub bars: Vec<Bar>,
    /// Today's line.
    pub today_x: i32,
    /// Foot of the last row.
    pub bottom: i32,
}

/// What is overdue by days only still shows as a hatch this wide.
const LEAST_HATCH: i32 = 6;

/// Draws the loans that have posts out, and the awards that wait for approval, from the year of the
/// first loan to that of the last due day; today and the batch's date always lie inside. Where the posts
/// are is told as of the later of both.
pub fn loan_bars(
    county: &County,
    pool: &Pool,
    awards: Option<&Awards>,
    today: NaiveDate,
    frame: Frame,
) -> LoanBars {
    let date = pool.batch.date;
    let now = date.max(today);
    // A book that does not hold is drawn as far as it does.
    let book = Book::on(pool, now).map(|book| book.held).unwrap_or_default();
    let mut drawn: Vec<(Tone, NaiveDate, Held)> = Vec::new();
    for (place, loan) in pool.loans.iter().enumerate() {
        let id = loan.id_at(place);
        let Some(held) = book.iter().find(|held| held.id == id && held.out() > 0) else { continue };
        let tone = if loan.from == date { Tone::Batch } else { Tone::Past };
        drawn.push((tone, loan.from, held.clone()));
    }
    let granted = awards.iter().flat_map(|awards| &awards.list).filter(|award| award.granted > 0);
    for award in granted {
        let asking = pool.applications.iter().find(|asking| asking.id == award.application);
        let sort = asking.map(|asking| asking.sort.as_str()).unwrap_or_default();
        let due = pool.due(date, sort).unwrap_or(date);
        let mut loan = Loan::new(Borrower::Unit(award.unit.clone()), award.granted, date, due);
        loan.id.clone_from(&award.application);
        loan.way = asking.map(|asking| asking.way).unwrap_or_default();
        drawn.push((Tone::Pending, date, Held::first(&loan, 0)));
    }
    let days = || drawn.iter().flat_map(|(_, from, held)| [*from, held.due]).chain([date, today]);
    let first = days().map(|day| day.year()).min().unwrap_or_else(|| date.year());
    let last = days().map(|day| day.year()).max().unwrap_or_else(|| date.year());
    let scale = Scale { first, years: last - first + 1, frame };
    let bars = (0_i32..).zip(drawn).map(|(place, (tone, from, held))| {
        let (posts, overdue) = (held.out(), held.overdue(now));
        let due_x = scale.x(held.due);
        Bar {
            id: held.id.clone(),
            name: borrower(county, &held.borrower),
            posts,
            overdue,
            due: held.due,
            tone,
            way: held.way,
            from_x: scale.x(from),
            due_x,
            late_x: (overdue > 0).then(|| scale.x(now).max(due_x + LEAST_HATCH)),
            y: frame.top + place * frame.row + frame.row / 2,
            height: 4 + i32::try_from(posts.min(10)).unwrap_or(10),
        }
    });
    let bars: Vec<Bar> = bars.collect();
    let rows = i32::try_from(bars.len()).unwrap_or(0);
    LoanBars {
        years: (0..scale.years).map(|n| (first + n, scale.edge(n), scale.edge(n + 1))).collect(),
        bars,
        today_x: scale.x(today),
        bottom: frame.top + rows * frame.row,
    }
}

impl LoanBars {
    /// The year in which a place of the drawing lies: the first before all of them, the last behind. `None`
    /// only for a drawing without years.
    pub fn year_at(&self, x: i32) -> Option<i32> {
        let within = self.years.iter().find(|(.., right)| x < *right);
        within.or(self.years.last()).map(|(year, ..)| *year)
    }
}

/// Posts of each loan that are out at the end of a year, by its id: by the book, and after the day that was
/// played from as the play expects. What is granted now is a loan from its batch on.
pub fn out_at_end(pool: &Pool, played: &Played, year: i32) -> BTreeMap<String, u32> {
    let mut whole = pool.clone();
    whole.loans.extend(played.lent.iter().cloned());
    whole.events.extend(played.expected.iter().cloned());
    let book = NaiveDate::from_ymd_opt(year, 12, 31).and_then(|day| Book::on(&whole, day).ok());
    let held = book.map(|book| book.held).unwrap_or_default();
    held.into_iter().map(|held| (held.id.clone(), held.out())).collect()
}

/// What is free at the end of one year, as a bar below the loans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// The year.
    pub year: i32,
    /// Posts free at its end.
    pub free: u32,
    /// Left end of the year's bar.
    pub x: i32,
    /// Its width.
    pub width: i32,
    /// Its height; that of the whole pool is `full`.
    pub height: i32,
}

/// Draws the balance of each year below the loans, the whole pool `full` units high.
pub fn balance_bars(drawn: &LoanBars, years: &[Year], size: u32, full: i32) -> Vec<Balance> {
    let bars = years.iter().filter_map(|row| {
        let (_, left, right) = *drawn.years.iter().find(|(year, ..)| *year == row.year)?;
        let width = (right - left) * 2 / 3;
        let height = i64::from(full) * i64::from(row.closing.min(size)) / i64::from(size.max(1));
        Some(Balance {
            year: row.year,
            free: row.closing,
            x: left + (right - left - width) / 2,
            width,
            height: i32::try_from(height).unwrap_or(full),
        })
    });
    bars.collect()
}

/// What more posts lent in a year, until the end of another, would leave missing: the year in which most
/// are, the first of them, with how many. `None` if there are enough in every year.
pub fn if_lent(years: &[Year], from: i32, until: i32, posts: u32) -> Option<(i32, u32)> {
    let within =
        years.iter().filter(|row| (from..until.max(from.saturating_add(1))).contains(&row.year));
    let short = within.map(|row| (row.year, posts.saturating_sub(row.closing)));
    let worst = short.reduce(|worst, next| if next.1 > worst.1 { next } else { worst });
    worst.filter(|(_, short)| *short > 0)
}

/// Days on the line of years: each year has the same width, rounded to whole units.
struct Scale {
    first: i32,
    years: i32,
    frame: Frame,
}

impl Scale {
    /// The left end of the year in this place.
    fn edge(&self, place: i32) -> i32 {
        self.frame.left + (self.frame.right - self.frame.left) * place / self.years.max(1)
    }

    fn x(&self, day: NaiveDate) -> i32 {
        let place = day.year() - self.first;
        let (left, right) = (self.edge(place), self.edge(place + 1));
        let passed = i32::try_from(day.ordinal0()).unwrap_or(0);
        left + (right - left) * passed / 366
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pool::{Event, What, approve, award, years};
    use crate::sample;

    const FRAME: Frame = Frame { left: 200, right: 800, top: 20, row: 16 };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn general() -> (County, Pool, Awards) {
        let county = sample::county().unwrap().workspace.base().clone();
        let pool = county.pool(KindId::general()).unwrap().clone();
        let awards = award(&pool, &standings(&county, KindId::general())).unwrap();
        (county, pool, awards)
    }

    #[test]
    fn the_sample_opens_on_the_pool_with_applications_and_keeps_one_in_use() {
        let (mut county, _, _) = general();
        assert_eq!(kind_worth_showing(&county, KindId::school()), *KindId::general());
        assert_eq!(kind_worth_showing(&county, KindId::general()), *KindId::general());
        county.pools.retain(|pool| pool.kind == *KindId::school());
        assert_eq!(kind_worth_showing(&county, KindId::school()), *KindId::school());
    }

    #[test]
    fn the_sample_table_adds_up_to_580_posts_579_people_21_asked() {
        let (county, pool, awards) = general();
        let table = applicants(&county, &pool, Some(&awards));
        assert_eq!((table.units, table.authorised, table.in_post), (10, 580, 579));
        assert_eq!((table.leaving, table.asked), (15, 21));
        let ranks: Vec<_> = table.rows.iter().filter_map(|row| row.award.as_ref()).collect();
        assert!(ranks.windows(2).all(|pair| pair[0].rank < pair[1].rank));
        assert_eq!((table.rows[0].name.as_str(), table.rows[0].leaving), ("县人民医院", 5));
        // Without awards the same rows stand, in the order in which they would be served.
        let plain = applicants(&county, &pool, None);
        assert_eq!((plain.asked, plain.rows.len()), (21, 10));
        assert!(plain.rows.iter().all(|row| row.award.is_none()));
    }

    #[test]
    fn a_reason_names_units_by_their_names() {
        let (county, mut pool, _) = general();
        // Without scores the eighth is told whom it stands behind: 县文物保护所, G07.
        for asking in &mut pool.applications {
            asking.score = None;
        }
        let awards = award(&pool, &standings(&county, KindId::general())).unwrap();
        let table = applicants(&county, &pool, Some(&awards));
        let row = table.rows.iter().find(|row| row.asking.unit.as_str() == "G08").unwrap();
        assert_eq!(
            row.reason(Lang::Zh),
            "批次限额 11 名已满，与单位 县文物保护所 同档同分，按单位代码先后"
        );
        assert!(row.award.as_ref().unwrap().text(Lang::Zh).contains("G07"));
    }

    #[test]
    fn a_unit_that_asks_twice_counts_once() {
        let (county, mut pool, _) = general();
        let again = Application { posts: 1, ..pool.applications[0].clone() };
        pool.enter(again);
        let table = applicants(&county, &pool, None);
        assert_eq!((table.units, table.authorised, table.asked), (10, 580, 22));
    }

    #[test]
    fn the_sample_bars_run_from_2023_to_2029_with_two_posts_late() {
        let (county, pool, awards) = general();
        let drawn = loan_bars(&county, &pool, Some(&awards), day("2026-07-02"), FRAME);
        // 600 units for 7 years.
        assert_eq!(drawn.years.first(), Some(&(2023, 200, 285)));
        assert_eq!(drawn.years.last(), Some(&(2029, 714, 800)));
        assert_eq!((drawn.bars.len(), drawn.bottom), (9, 20 + 9 * 16));
        assert_eq!(drawn.bars.iter().map(|bar| bar.posts).sum::<u32>(), 23);
        let late = &drawn.bars[0];
        assert_eq!((late.posts, late.overdue, late.tone), (2, 2, Tone::Past));
        // 2026 runs from 457 to 542: 1 September is day 243, 1 December day 334 of 366.
        assert_eq!((late.due_x, late.late_x), (457 + 85 * 243 / 366, Some(457 + 85 * 334 / 366)));
        assert_eq!((late.y, late.height), (28, 6));
        assert_eq!(drawn.bars[1].height, 14);
        assert!(drawn.bars.iter().skip(2).all(|bar| bar.tone == Tone::Pending));
        assert_eq!(drawn.today_x, 457 + 85 * 182 / 366);
    }

    #[test]
    fn the_sample_balance_stands_under_its_years_in_proportion_to_the_pool() {
        let (county, pool, awards) = general();
        let drawn = loan_bars(&county, &pool, Some(&awards), day("2026-07-02"), FRAME);
        let standings = standings(&county, &pool.kind);
        let years = years(&pool, &standings, pool.batch.date, None).unwrap().years;
        let bars = balance_bars(&drawn, &years, pool.size, 60);
        // 28, 28, 18, 7, 7, 17 and 28 of 30 posts: two units of height a post.
        let heights: Vec<(i32, i32)> = bars.iter().map(|bar| (bar.year, bar.height)).collect();
        let expected =
            [(2023, 56), (2024, 56), (2025, 36), (2026, 14), (2027, 14), (2028, 34), (2029, 56)];
        assert_eq!(heights, expected);
        assert_eq!((bars[3].x, bars[3].width), (457 + 14, 56));
        assert_eq!(
            balance_bars(&drawn, &years, 0, 60).len(),
            7,
            "a pool of no posts divides nothing"
        );
    }

    /// 7 are free at the end of 2026 and 2027, 17 at the end of 2028: 12 more for three years leave 2026
    /// short by 5, 7 nothing. What is lent until 2029 is back at its end.
    #[test]
    fn lending_more_names_the_year_that_is_short() {
        let (county, pool, _) = general();
        let known = standings(&county, &pool.kind);
        let years = years(&pool, &known, pool.batch.date, None).unwrap().years;
        assert_eq!(if_lent(&years, 2026, 2029, 12), Some((2026, 5)));
        assert_eq!(if_lent(&years, 2026, 2029, 7), None);
        assert_eq!(if_lent(&years, 2028, 2031, 18), Some((2028, 1)));
        assert_eq!(if_lent(&[], 2028, 2031, 18), None);
    }

    #[test]
    fn only_units_with_posts_of_the_kind_can_be_picked() {
        let (county, pool, _) = general();
        let units = units_of_kind(&county, &pool.kind);
        assert!(pool.applications.iter().all(|a| units.iter().any(|(code, _)| *code == a.unit)));
        let schools = units_of_kind(&county, KindId::school());
        assert!(!units.is_empty() && !units.iter().any(|unit| schools.contains(unit)));
    }

    #[test]
    fn approval_changes_the_paint_and_nothing_else() {
        let (county, pool, awards) = general();
        let after = approve(&pool, &awards).unwrap();
        let today = day("2027-01-01");
        let before = loan_bars(&county, &pool, Some(&awards), today, FRAME);
        let drawn = loan_bars(&county, &after, None, today, FRAME);
        let repainted = before.bars.into_iter().map(|bar| {
            let tone = if bar.tone == Tone::Pending { Tone::Batch } else { bar.tone };
            Bar { tone, ..bar }
        });
        assert_eq!(drawn.bars, repainted.collect::<Vec<_>>());
    }

    /// L1 of 2 posts was due on 1 September 2026, before the batch of 1 December. On 2 March 2027 it is
    /// drawn late until then, and gone once its return is entered on 1 March.
    #[test]
    fn bars_stand_as_of_today_where_it_is_later_than_the_batch() {
        let (county, mut pool, _) = general();
        let today = day("2027-03-02");
        let drawn = loan_bars(&county, &pool, None, today, FRAME);
        assert_eq!((drawn.bars.len(), drawn.bars[0].overdue), (2, 2));
        assert_eq!(drawn.bars[0].late_x, Some(drawn.today_x));
        let mut back = Event::new(day("2027-03-01"), What::Return, "L1");
        back.posts = 2;
        pool.note(back);
        assert_eq!(loan_bars(&county, &pool, None, today, FRAME).bars.len(), 1);
        assert_eq!(loan_bars(&county, &pool, None, pool.batch.date, FRAME).bars.len(), 2);
    }

    #[test]
    fn a_pool_without_loans_still_has_its_years() {
        let (county, mut pool, _) = general();
        pool.loans.clear();
        let drawn = loan_bars(&county, &pool, None, day("2027-03-01"), FRAME);
        assert_eq!(drawn.years.iter().map(|year| year.0).collect::<Vec<_>>(), [2026, 2027]);
        assert_eq!((drawn.bars.len(), drawn.bottom), (0, 20));
    }

    /// On every 31 December the posts out over all loans are those promised and in use in that year's
    /// account; a loan is out from its approval until it is back.
    #[test]
    fn the_loans_of_a_year_add_up_to_its_account() {
        let (county, pool, _) = general();
        let standings = standings(&county, KindId::general());
        let played = years(&pool, &standings, day("2026-10-01"), None).unwrap();
        assert!(played.years.len() > 4);
        for row in &played.years {
            let out = out_at_end(&pool, &played, row.year);
            assert_eq!(out.values().sum::<u32>(), row.promised + row.in_use, "{}", row.year);
        }
        // The application of 县人民医院 is granted 3 in 2026 and gives them back in 2029.
        let id = &pool.applications.iter().find(|a| a.unit.as_str() == "G01").unwrap().id;
        let out = |year| out_at_end(&pool, &played, year).get(id).copied();
        assert_eq!((out(2025), out(2026), out(2028), out(2029)), (None, Some(3), Some(3), Some(0)));
    }

    #[test]
    fn a_place_of_the_drawing_is_of_one_year() {
        let (county, pool, awards) = general();
        let drawn = loan_bars(&county, &pool, Some(&awards), day("2026-10-01"), FRAME);
        for (year, left, right) in &drawn.years {
            assert_eq!(drawn.year_at(*left), Some(*year));
            assert_eq!(drawn.year_at(*right - 1), Some(*year));
        }
        let (first, last) = (drawn.years.first().unwrap().0, drawn.years.last().unwrap().0);
        assert_eq!((drawn.year_at(0), drawn.year_at(10_000)), (Some(first), Some(last)));
    }
}
