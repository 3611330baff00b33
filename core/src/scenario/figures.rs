//! Figures that follow from a state: entitlement and margin of every row, and sums over rows.
//! Recomputed from the facts; nothing here is ever stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_rational::Ratio;
use num_traits::Signed;

use super::State;
use crate::county::{County, Holding, KindId, Stage};
use crate::fraction::{self, Fraction};
use crate::norm::{Entitlement, Norm, Subject};

/// Derived figures of one row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowFigures {
    /// What the norm gives, with the posts added for a stated reason; empty at an institution.
    pub entitlement: Entitlement,
    /// Posts added for a stated reason (附加编制), within the entitlement where there is one.
    pub additional: u32,
    /// Posts that were added but whose time is over: not within the entitlement.
    pub expired: u32,
    /// Authorised less entitlement (余缺): below zero short. `None` where the norm gives nothing.
    pub margin: Option<i64>,
    /// What the norm was asked.
    subject: Option<Subject>,
}

/// Derived figures of every row.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    rows: Vec<RowFigures>,
    /// The norm that gave them. While they hold it nobody changes it: see [`Arc::make_mut`].
    norm: Option<Arc<Norm>>,
}

impl PartialEq for Figures {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl Figures {
    /// Works out every row.
    pub fn of(state: &State) -> Self {
        Self::default().after(state)
    }

    /// The figures of a state that a step led to from the one that these are of. A row that asks the
    /// very same norm the same gets the same, so that an edit costs one row and not a whole county;
    /// a norm that counts or rounds rows together is asked for all of them again.
    #[must_use]
    pub fn after(&self, state: &State) -> Self {
        self.under(&state.county, &state.norm)
    }

    /// As [`Figures::after`], of facts under a norm that need not be the one of their state.
    pub(super) fn under(&self, county: &County, norm: &Arc<Norm>) -> Self {
        let day = norm.day();
        let all =
            (!self.are_by(norm) || !norm.is_row_by_row()).then(|| norm.entitle_county(county));
        let mut reader = norm.reader();
        let rows = county.holdings.iter().enumerate().map(|(row, holding)| {
            let Some(subject) = Subject::of(county, holding) else {
                return RowFigures::default();
            };
            let before = self.rows.get(row);
            // Posts that were added are within the entitlement already.
            let kept = before.filter(|b| b.subject == Some(subject) && b.additional == 0);
            let mut entitlement = match (&all, kept) {
                (Some(all), _) => all.get(row).copied().unwrap_or_default(),
                (None, Some(kept)) => kept.entitlement,
                (None, None) => reader.entitle(&subject),
            };
            let (additional, expired) = holding.added(day);
            if additional > 0
                && let Some(posts) = &mut entitlement.posts
            {
                posts.exact += Fraction::from_integer(i64::from(additional));
                posts.whole = posts.whole.saturating_add(additional);
            }
            let whole = entitlement.posts.map(|posts| i64::from(posts.whole));
            let margin = whole.map(|whole| i64::from(holding.authorised) - whole);
            RowFigures { entitlement, additional, expired, margin, subject: Some(subject) }
        });
        Self { rows: rows.collect(), norm: Some(Arc::clone(norm)) }
    }

    /// Whether the very same norm gave them, so that others can follow from them.
    pub(super) fn are_by(&self, norm: &Arc<Norm>) -> bool {
        self.norm.as_ref().is_some_and(|before| Arc::ptr_eq(before, norm))
    }

    /// The figures of a row; empty ones for a row that does not exist.
    pub fn row(&self, row: usize) -> RowFigures {
        self.rows.get(row).copied().unwrap_or_default()
    }

    /// Every row, in order.
    pub fn rows(&self) -> &[RowFigures] {
        &self.rows
    }

    /// Sums over some rows.
    pub fn totals(&self, state: &State, rows: impl IntoIterator<Item = usize>) -> Totals {
        let mut totals = Totals::default();
        for row in rows {
            if let Some(holding) = state.county.holdings.get(row) {
                totals.add(holding, self.row(row));
            }
        }
        totals
    }

    /// Sums by township and stage over the rows of one kind, townships in the county's order.
    pub fn by_township_and_stage(&self, state: &State, kind: &KindId) -> StageTownship {
        let mut table = StageTownship::default();
        let mut places = BTreeMap::new();
        for (row, holding) in state.county.holdings.iter().enumerate() {
            let (Some(stage), Some(unit)) = (holding.part.stage(), state.county.unit_of(holding))
            else {
                continue;
            };
            if state.county.kind_of(holding) != kind {
                continue;
            }
            let place = *places.entry(unit.township.as_str()).or_insert_with(|| {
                table.townships.push((unit.township.clone(), BTreeMap::new()));
                table.townships.len() - 1
            });
            if let Some((_, stages)) = table.townships.get_mut(place) {
                stages.entry(stage).or_default().add(holding, self.row(row));
            }
            table.stages.entry(stage).or_default().add(holding, self.row(row));
        }
        table
    }

    /// The rows of one kind with the fewest posts for their entitlement, worst first: by posts ÷
    /// exact entitlement, then the larger entitlement, then the unit's code and stage.
    pub fn worst(&self, state: &State, kind: &KindId, count: usize) -> Vec<Worst> {
        let county = &state.county;
        // What is met, as (numerator, denominator) and not reduced: of all rows a few are told.
        type Found = (usize, u32, (i128, i128));
        let order = |a: &Found, b: &Found| {
            let ((row, entitled, met), (other, others, others_met)) = (a, b);
            fraction::compare_unreduced(*met, *others_met)
                .then(others.cmp(entitled))
                .then_with(|| county.id_of(*row).cmp(&county.id_of(*other)))
        };
        let mut worst: Vec<Found> = Vec::new();
        for (row, holding) in county.holdings.iter().enumerate() {
            if county.kind_of(holding) != kind {
                continue;
            }
            let Some(posts) = self.row(row).entitlement.posts else { continue };
            // Short means a whole entitlement above the posts, so it is not zero; an exact one may
            // be, or below, where a school's points hold most of what it was rounded up to.
            if holding.authorised >= posts.whole || !posts.exact.is_positive() {
                continue;
            }
            let (above, below) = (*posts.exact.numer(), *posts.exact.denom());
            let met = (i128::from(holding.authorised) * i128::from(below), i128::from(above));
            let found = (row, posts.whole, met);
            if worst.len() < count || worst.last().is_some_and(|last| order(&found, last).is_lt()) {
                worst.insert(worst.partition_point(|other| order(other, &found).is_le()), found);
                worst.truncate(count);
            }
        }
        let told = worst.into_iter().filter_map(|(row, entitled, (above, below))| {
            let met = Ratio::new(above, below);
            let met =
                Fraction::new(i64::try_from(*met.numer()).ok()?, i64::try_from(*met.denom()).ok()?);
            Some(Worst { row, entitled, met })
        });
        told.collect()
    }
}

/// A row that is short, and how much of its entitlement it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worst {
    /// The row.
    pub row: usize,
    /// Whole posts of its entitlement.
    pub entitled: u32,
    /// Posts ÷ exact entitlement (满足率).
    pub met: Fraction,
}

/// Sums over rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows summed.
    pub rows: usize,
    /// Students, where known.
    pub students: u64,
    /// Classes, where known.
    pub classes: u64,
    /// Students of the rows whose classes are known: what an average class size divides.
    pub students_in_classes: u64,
    /// Posts authorised.
    pub authorised: u64,
    /// People in post.
    pub in_post: u64,
    /// Whole posts of the entitlements, where the norm gives one.
    pub entitled: u64,
    /// Posts added for a stated reason, within the entitlements.
    pub additional: u64,
    /// Posts that were added but whose time is over.
    pub expired: u64,
    /// Rows to which the norm gives nothing.
    pub refused: usize,
    /// Sum of the margins.
    pub margin: i64,
    /// Posts missing over the rows that are short.
    pub shortage: u64,
    /// Posts to spare over the rows that have some.
    pub surplus: u64,
    /// Rows that are short.
    pub short_rows: usize,
}

impl Totals {
    fn add(&mut self, holding: &Holding, figures: RowFigures) {
        self.rows += 1;
        self.students += u64::from(holding.roll.students.unwrap_or(0));
        if let Some(classes) = holding.roll.classes {
            self.classes += u64::from(classes);
            self.students_in_classes += u64::from(holding.roll.students.unwrap_or(0));
        }
        self.authorised += u64::from(holding.authorised);
        self.in_post += u64::from(holding.in_post);
        self.entitled += figures.entitlement.posts.map_or(0, |posts| u64::from(posts.whole));
        self.additional += u64::from(figures.additional);
        self.expired += u64::from(figures.expired);
        self.refused += usize::from(figures.entitlement.posts.is_none());
        let margin = figures.margin.unwrap_or(0);
        self.margin += margin;
        if margin < 0 {
            self.shortage += margin.unsigned_abs();
            self.short_rows += 1;
        } else {
            self.surplus += margin.unsigned_abs();
        }
    }
}

/// Sums by township and stage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StageTownship {
    /// Each township in the order of the survey, with its stages.
    pub townships: Vec<(String, BTreeMap<Stage, Totals>)>,
    /// The county's sums by stage.
    pub stages: BTreeMap<Stage, Totals>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::{AdditionalPosts, AdditionalReason};
    use crate::norm::{Pack, Points};
    use crate::sample;
    use crate::scenario::{Command, Label, Step, Workspace, prepare};

    #[test]
    fn added_posts_count_until_their_day_and_are_shown_as_expired_after_it() {
        let mut workspace = sample::county().unwrap().workspace;
        let at = "1023/lower_secondary".parse().unwrap();
        let row = workspace.state().index().row(&at).unwrap();
        let before = Figures::of(workspace.state()).row(row);
        let added = |posts, until: Option<&str>| AdditionalPosts {
            posts,
            reason: AdditionalReason::Boarding,
            document: String::new(),
            until: until.map(|day| day.parse().unwrap()),
        };
        // The survey is of 2026-09-30: three count, five no longer do.
        let old = workspace.state().county.holdings[row].additional.clone();
        let new = vec![added(2, Some("2026-09-30")), added(1, None), added(5, Some("2026-09-29"))];
        let command = Command::SetAdditional { at, old, new };
        workspace.dispatch(Step { label: Label::Edit, commands: vec![command] }).unwrap();
        let after = Figures::of(workspace.state()).row(row);
        assert_eq!((after.additional, after.expired), (3, 5));
        let (then, now) = (before.entitlement.posts.unwrap(), after.entitlement.posts.unwrap());
        assert_eq!(now.whole, then.whole + 3);
        assert_eq!(now.exact, then.exact + Fraction::from_integer(3));
        assert_eq!(after.margin.unwrap(), before.margin.unwrap() - 3);
        workspace.undo().unwrap();
        assert_eq!(Figures::of(workspace.state()).row(row), before);
    }

    /// 观音堂 (1050) has 9 posts and belongs to 柳林镇中心小学 (1048). Worked out there, its 9 count where
    /// they stand, and the school is held to the rest: no post counts twice, and none is lost.
    #[test]
    fn posts_at_a_point_that_counts_at_its_school_make_neither_short() {
        for points in [Points::StudentsAtParent, Points::PostsAtParent] {
            let mut workspace = sample::county().unwrap().workspace;
            let row = |workspace: &Workspace, id: &str| {
                workspace.state().index().row(&id.parse().unwrap()).unwrap()
            };
            let [school, point] = ["1048/primary", "1050/primary"].map(|id| row(&workspace, id));
            let alone = Figures::of(workspace.state());
            let old = workspace.state().norm.pack().clone();
            let new = Pack { points, ..old.clone() };
            let command = Command::SetNorm { old: old.into(), new: new.into() };
            workspace.dispatch(Step { label: Label::Norm, commands: vec![command] }).unwrap();
            let state = workspace.state();
            let figures = Figures::of(state);
            let [school, point] = [school, point].map(|row| (row, figures.row(row)));
            assert_eq!(state.county.holdings[point.0].authorised, 9);
            assert_eq!((point.1.entitlement.posts.unwrap().whole, point.1.margin), (9, Some(0)));
            assert_eq!(school.1.entitlement.at_points, 9);
            let all = school.1.entitlement.posts.unwrap().whole + 9;
            let own = state.county.holdings[school.0].authorised;
            assert_eq!(school.1.margin, Some(i64::from(own) + 9 - i64::from(all)));
            if points == Points::PostsAtParent {
                let [one, other] = [school, point].map(|(row, _)| alone.row(row).margin.unwrap());
                assert_eq!(school.1.margin, Some(one + other));
            }
            // The point stays as it is: what it is given follows from what stands there.
            let kind = KindId::school();
            let prepared = prepare(&workspace, &figures, kind);
            let line = prepared.rows.iter().position(|row| *row == point.0).unwrap();
            let proposal = crate::allocate::solve(&prepared.problem).unwrap();
            assert_eq!(proposal.posts[line], 9);
            assert!(proposal.moved > 0);
        }
    }
}
