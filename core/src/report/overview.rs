//! The county at a glance, for one kind of post: headline figures, margins by township and stage,
//! the rows that are shortest, what the scenario moved, and the pool. Always the scenario beside
//! its base: the surveyed facts under the norm that they came with.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use num_traits::{CheckedDiv, Zero};

use crate::county::{HoldingId, KindId, Stage};
use crate::fraction::{Fraction, compare};
use crate::norm::{Norm, PackError};
use crate::order::InOrder;
use crate::pool::{Book, Borrower, Model};
use crate::scenario::{Figures, Moved, State, Totals, Workspace};

/// The base worked out: facts and figures before any command. Does not change while a file is open.
#[derive(Debug, Clone)]
pub struct Base {
    state: State,
    figures: Figures,
}

impl Base {
    /// Works out the base of a workspace.
    ///
    /// # Errors
    /// Where the norm of the base cannot be used, which opening it would have refused.
    pub fn of(workspace: &Workspace) -> Result<Self, PackError> {
        let base = workspace.base();
        let norm = Norm::new(workspace.base_norm().clone(), base.norm_day())?;
        let state = State::new(base.clone(), norm, workspace.base_limits().clone());
        let figures = Figures::of(&state);
        Ok(Self { state, figures })
    }
}

/// A share of an entitlement that is met (满足率), and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// The row.
    pub row: usize,
    /// Posts ÷ exact entitlement.
    pub share: Fraction,
}

/// One side of the headline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Headline {
    /// Units that hold posts of the kind.
    pub units: usize,
    /// Sums over their rows of the kind.
    pub totals: Totals,
    /// The lowest share that is met, over the rows that are short; `None` where none is.
    pub lowest: Option<Met>,
}

impl Headline {
    /// Students per class, over the rows whose classes are known.
    pub fn class_size(&self) -> Option<Fraction> {
        let whole = |sum| i64::try_from(sum).ok().map(Fraction::from_integer);
        let classes = whole(self.totals.classes).filter(|classes| !classes.is_zero())?;
        whole(self.totals.students_in_classes)?.checked_div(&classes)
    }
}

/// How much a margin weighs against its entitlement: 0 even, then steps at above 0, 3 %, 8 % and
/// 16 %. Above zero for a surplus, below for a shortage.
pub type HeatStep = i8;

/// Bounds of the steps of the heat table, in hundredths of the entitlement.
pub const HEAT_BOUNDS: [u8; 4] = [0, 3, 8, 16];

/// One cell of the heat table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeatCell {
    /// Sums over its rows.
    pub totals: Totals,
    /// Weight of its margin.
    pub step: HeatStep,
}

impl HeatCell {
    fn of(totals: Totals) -> Self {
        Self { totals, step: heat_step(totals.margin, totals.entitled) }
    }

    /// Whether the norm gives at least one of its rows an entitlement.
    pub fn has_norm(&self) -> bool {
        self.totals.refused < self.totals.rows
    }
}

/// One township of the heat table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatRow {
    /// The township as the survey writes it; empty where unknown.
    pub township: String,
    /// One cell for each stage of [`Overview::stages`]; `None` where the township has no such row.
    pub cells: Vec<Option<HeatCell>>,
    /// All its stages.
    pub total: HeatCell,
}

/// A row that is short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorstRow {
    /// The row.
    pub row: usize,
    /// Its id.
    pub id: HoldingId,
    /// The unit's name.
    pub unit: String,
    /// Whether the unit has other rows, so that its name alone does not say which one.
    pub one_of_several: bool,
    /// Its township; empty where unknown.
    pub township: String,
    /// Whole posts of the entitlement.
    pub entitled: u32,
    /// Posts in the base.
    pub before: u32,
    /// Posts now.
    pub after: u32,
    /// Posts now ÷ exact entitlement.
    pub met: Fraction,
    /// Posts of the base ÷ the same entitlement.
    pub met_before: Fraction,
}

/// A loan that is not paid back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLoan {
    /// Who has the posts: the unit's name, or the name in the pool's book.
    pub borrower: String,
    /// Posts not returned.
    pub posts: u32,
    /// The day they are due.
    pub due: NaiveDate,
    /// Whether that day has passed.
    pub overdue: bool,
}

/// Where the pool's posts are on the day of its batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolSummary {
    /// The pool's name.
    pub name: String,
    /// The day of which this is said.
    pub on: NaiveDate,
    /// How its posts are counted.
    pub model: Model,
    /// Posts of the pool.
    pub size: u32,
    /// Posts on loan and not overdue.
    pub on_loan: u32,
    /// Posts on loan and past due.
    pub overdue: u32,
    /// Posts that can be lent; below zero the loans do not fit into the pool.
    pub free: i64,
    /// Loans that are not paid back, the first due first.
    pub loans: Vec<OpenLoan>,
}

/// The county at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The base.
    pub before: Headline,
    /// The scenario.
    pub after: Headline,
    /// Stages that hold posts of the kind, in the order of the tables.
    pub stages: Vec<Stage>,
    /// Margins by township, in the order of the survey.
    pub heat: Vec<HeatRow>,
    /// The county's margins.
    pub heat_total: HeatRow,
    /// Rows that are short, worst first.
    pub worst: Vec<WorstRow>,
    /// Moves by stage; `None` stands for institutions.
    pub moved: BTreeMap<Option<Stage>, Moved>,
    /// All moves.
    pub moved_total: Moved,
    /// Moves by township, the largest gain first, then in the order of the survey. Townships
    /// without a move are left out.
    pub flow: Vec<(String, Moved)>,
    /// The pool of the kind.
    pub pool: Option<PoolSummary>,
}

/// The county at a glance, with at most `worst` rows that are short.
pub fn overview(
    workspace: &Workspace,
    figures: &Figures,
    base: &Base,
    kind: &KindId,
    worst: usize,
) -> Overview {
    let state = workspace.state();
    let county = &state.county;
    let table = figures.by_township_and_stage(state, kind);
    let stages: Vec<Stage> = table.stages.keys().copied().collect();
    let heat_row = |township: &str, sums: &BTreeMap<Stage, Totals>| HeatRow {
        township: township.to_owned(),
        cells: stages.iter().map(|stage| sums.get(stage).copied().map(HeatCell::of)).collect(),
        total: HeatCell::of(sums.values().fold(Totals::default(), plus)),
    };
    let mut moved: BTreeMap<Option<Stage>, Moved> = BTreeMap::new();
    let mut moved_total = Moved::default();
    let mut flow: Vec<(String, Moved)> = Vec::new();
    let mut places = BTreeMap::new();
    for (row, holding) in county.holdings.iter().enumerate() {
        // A unit that the scenario founds is not in the base.
        let before = base.state.county.holdings.get(row).map_or(0, |before| before.authorised);
        let Some(unit) = county.unit_of(holding) else { continue };
        if county.kind_of(holding) != kind {
            continue;
        }
        let stage = holding.part.stage();
        moved.entry(stage).or_default().add(before, holding.authorised);
        moved_total.add(before, holding.authorised);
        let place = *places.entry(unit.township.as_str()).or_insert_with(|| {
            flow.push((unit.township.clone(), Moved::default()));
            flow.len() - 1
        });
        if let Some((_, township)) = flow.get_mut(place) {
            township.add(before, holding.authorised);
        }
    }
    flow.retain(|(_, township)| township.holdings > 0);
    // Stable: equal ones stay in the order of the survey.
    flow.order_by_key(|(_, township)| std::cmp::Reverse(township.net()));
    Overview {
        before: headline(&base.state, &base.figures, state, kind),
        after: headline(state, figures, state, kind),
        heat: table.townships.iter().map(|(name, sums)| heat_row(name, sums)).collect(),
        heat_total: heat_row("", &table.stages),
        worst: worst_rows(state, figures, base, kind, worst),
        moved,
        moved_total,
        flow,
        pool: pool_summary(state, kind),
        stages,
    }
}

/// Sums over the rows that hold the kind now, with the facts and figures of one side. The rows are
/// those of the scenario on both sides, so that a change of the county's settings does not look
/// like a change of posts.
fn headline(side: &State, figures: &Figures, now: &State, kind: &KindId) -> Headline {
    let county = &now.county;
    let rows = || {
        let all = county.holdings.iter().enumerate();
        all.filter(|(_, holding)| county.kind_of(holding) == kind)
    };
    let units: BTreeSet<usize> = rows().map(|(_, holding)| holding.unit).collect();
    let mut lowest: Option<Met> = None;
    for (row, _) in rows() {
        let (Some(holding), Some(posts)) =
            (side.county.holdings.get(row), figures.row(row).entitlement.posts)
        else {
            continue;
        };
        if holding.authorised >= posts.whole {
            continue;
        }
        let Some(share) = share(holding.authorised, &posts.exact) else { continue };
        // The first of equal ones stands: rows are in the order of units.
        if lowest.is_none_or(|lowest| compare(&share, &lowest.share).is_lt()) {
            lowest = Some(Met { row, share });
        }
    }
    let totals = figures.totals(side, rows().map(|(row, _)| row));
    Headline { units: units.len(), totals, lowest }
}

/// Posts ÷ exact entitlement; `None` where the entitlement is zero.
fn share(posts: u32, exact: &Fraction) -> Option<Fraction> {
    let posts = Fraction::from_integer(i64::from(posts));
    if exact.is_zero() { None } else { posts.checked_div(exact) }
}

fn worst_rows(
    state: &State,
    figures: &Figures,
    base: &Base,
    kind: &KindId,
    count: usize,
) -> Vec<WorstRow> {
    let county = &state.county;
    let rows = figures.worst(state, kind, count).into_iter().filter_map(|worst| {
        let holding = county.holdings.get(worst.row)?;
        let unit = county.unit_of(holding)?;
        let before = base.state.county.holdings.get(worst.row)?.authorised;
        let exact = figures.row(worst.row).entitlement.posts?.exact;
        Some(WorstRow {
            row: worst.row,
            id: county.id_of(worst.row)?,
            unit: unit.name.clone(),
            one_of_several: county.holdings.iter().filter(|of| of.unit == holding.unit).count() > 1,
            township: unit.township.clone(),
            entitled: worst.entitled,
            before,
            after: holding.authorised,
            met: worst.met,
            met_before: share(before, &exact)?,
        })
    });
    rows.collect()
}

fn pool_summary(state: &State, kind: &KindId) -> Option<PoolSummary> {
    let pool = state.county.pool(kind)?;
    let on = pool.batch.date;
    // A book that does not hold shows what it lent all the same.
    let held = Book::on(pool, on).map(|book| book.held).unwrap_or_default();
    let (on_loan, overdue, free) = match pool.figures(on, 0) {
        Ok(figures) => {
            (figures.on_loan - figures.overdue, figures.overdue, i64::from(figures.free))
        }
        Err(error) => (error.found, 0, i64::from(pool.present_size()) - i64::from(error.found)),
    };
    let name = |borrower: &Borrower| match borrower {
        Borrower::Unit(code) => {
            let place = state.index().unit(code);
            let unit = place.and_then(|place| state.county.units.get(place));
            unit.map_or_else(|| code.to_string(), |unit| unit.name.clone())
        }
        Borrower::Name(name) => name.clone(),
    };
    let open = held.iter().filter(|held| held.out() > 0);
    let mut loans: Vec<OpenLoan> = open
        .map(|held| OpenLoan {
            borrower: name(&held.borrower),
            posts: held.out(),
            due: held.due,
            overdue: held.overdue(on) > 0,
        })
        .collect();
    loans.order_by(|a, b| a.due.cmp(&b.due).then_with(|| a.borrower.cmp(&b.borrower)));
    Some(PoolSummary {
        name: pool.name.clone(),
        on,
        model: pool.model,
        size: pool.present_size(),
        on_loan,
        overdue,
        free,
        loans,
    })
}

/// The step of a margin against its entitlement.
pub fn heat_step(margin: i64, entitled: u64) -> HeatStep {
    let weight = u128::from(margin.unsigned_abs()) * 100;
    let reached =
        HEAT_BOUNDS.iter().filter(|bound| weight >= u128::from(**bound) * u128::from(entitled));
    let step = HeatStep::try_from(reached.count()).unwrap_or(0);
    match margin {
        0 => 0,
        ..0 => -step,
        1.. => step,
    }
}

fn plus(a: Totals, b: &Totals) -> Totals {
    Totals {
        rows: a.rows + b.rows,
        students: a.students + b.students,
        classes: a.classes + b.classes,
        students_in_classes: a.students_in_classes + b.students_in_classes,
        authorised: a.authorised + b.authorised,
        in_post: a.in_post + b.in_post,
        entitled: a.entitled + b.entitled,
        additional: a.additional + b.additional,
        expired: a.expired + b.expired,
        refused: a.refused + b.refused,
        margin: a.margin + b.margin,
        shortage: a.shortage + b.shortage,
        surplus: a.surplus + b.surplus,
        short_rows: a.short_rows + b.short_rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocate::solve;
    use crate::sample;
    use crate::scenario::{adopt, prepare};

    fn seen(workspace: &Workspace, kind: &KindId) -> Overview {
        let figures = Figures::of(workspace.state());
        overview(workspace, &figures, &Base::of(workspace).unwrap(), kind, 5)
    }

    fn adopted() -> Workspace {
        let mut workspace = sample::county().unwrap().workspace;
        let figures = Figures::of(workspace.state());
        let prepared = prepare(&workspace, &figures, KindId::school());
        let proposal = solve(&prepared.problem).unwrap();
        let step = adopt(&workspace, &prepared, &proposal);
        workspace.dispatch(step).unwrap();
        workspace
    }

    #[test]
    fn fifty_posts_moved_are_seen_from_every_side() {
        let seen = seen(&adopted(), KindId::school());
        assert_eq!((seen.after.units, seen.after.totals.rows), (62, 65));
        assert_eq!(seen.after.class_size(), Some(Fraction::new(31_085, 779)));
        // 86 missing before, 50 moved to where they are missing: 36.
        assert_eq!((seen.before.totals.shortage, seen.after.totals.shortage), (86, 36));
        assert_eq!(seen.before.totals.authorised, seen.after.totals.authorised);
        let moved = |stage| seen.moved[&Some(stage)];
        let total = Moved { up: 50, down: 50, holdings: seen.moved_total.holdings };
        assert_eq!(seen.moved_total, total);
        assert_eq!(moved(Stage::Kindergarten).net(), 16);
        assert_eq!(seen.moved.values().map(Moved::net).sum::<i64>(), 0);
        assert_eq!(seen.flow.iter().map(|(_, township)| township.net()).sum::<i64>(), 0);
        assert_eq!(seen.flow[0].0, "城关镇");
        assert!(seen.flow.is_sorted_by(|a, b| a.1.net() >= b.1.net()));
        // The new kindergarten: 238 ÷ 10 = 23 4/5 and 16 posts: 16 ÷ 23.8 = 67.2 %, 0 before.
        let worst = &seen.worst[0];
        assert_eq!((worst.unit.as_str(), worst.before, worst.after), ("县第四幼儿园", 0, 16));
        assert_eq!((worst.met, worst.met_before), (Fraction::new(80, 119), Fraction::zero()));
        assert_eq!(seen.after.lowest.unwrap().share, worst.met);
        assert_eq!(seen.before.lowest.unwrap().share, Fraction::zero());
    }

    #[test]
    fn the_heat_table_sums_to_the_county() {
        let seen = seen(&adopted(), KindId::school());
        assert_eq!(seen.heat.len(), 11);
        assert_eq!(seen.heat_total.total.totals.margin, 34);
        let by_townships: i64 = seen.heat.iter().map(|row| row.total.totals.margin).sum();
        let by_stages: i64 =
            seen.heat_total.cells.iter().flatten().map(|cell| cell.totals.margin).sum();
        assert_eq!((by_townships, by_stages), (34, 34));
        assert!(
            seen.heat.iter().any(|row| row.cells.iter().any(Option::is_none)),
            "no high school"
        );
    }

    #[test]
    fn institutions_have_no_margin_and_a_pool() {
        let workspace = adopted();
        let seen = seen(&workspace, KindId::general());
        assert!(seen.stages.is_empty() && seen.heat.is_empty() && seen.worst.is_empty());
        assert_eq!((seen.after.totals.authorised, seen.after.totals.entitled), (1_280, 0));
        assert_eq!(seen.after.totals.refused, seen.after.totals.rows);
        // 30 = 10 on loan + 2 of 4 not returned by their day + 18 free.
        let pool = seen.pool.unwrap();
        assert_eq!((pool.size, pool.on_loan, pool.overdue, pool.free), (30, 10, 2, 18));
        assert_eq!(pool.loans.len(), 2);
        assert!(pool.loans[0].overdue && !pool.loans[1].overdue);
    }

    #[test]
    fn a_step_begins_at_its_bound() {
        // 3 %, 8 % and 16 % of 100; any margin above nothing is the first step.
        let of = |margin| heat_step(margin, 100);
        assert_eq!([0, 1, 2, 3, 7, 8, 15, 16, 90].map(of), [0, 1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!([-1, -3, -8, -16].map(of), [-1, -2, -3, -4]);
        assert_eq!(heat_step(1, 0), 4, "posts where the norm gives none");
    }
}
