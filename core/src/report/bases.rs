//! By students, by classes, by lesson hours: what each basis gives every row, which one the norm in
//! force takes, and what taking another one would cost the county in posts. A comparison only: the
//! entitlement is the norm's.

use crate::county::{KindId, Stage};
use crate::fraction::{Fraction, compare};
use crate::hours::Lessons;
use crate::norm::{Column, Points};
use crate::scenario::{Figures, State};

/// A way to choose the basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Policy {
    /// As the norm in force says.
    Norm,
    /// Students alone.
    Students,
    /// Classes alone.
    Classes,
    /// The higher of students and classes (就高不就低).
    Higher,
    /// The higher of the two where a school has few students, students alone elsewhere.
    SmallSchools,
    /// Students and classes by weight.
    Blend,
    /// Lesson hours, turned into posts under the cap on non-teaching staff.
    Hours,
}

impl Policy {
    /// Every policy, in the order of the tables.
    pub const ALL: [Self; 7] = [
        Self::Norm,
        Self::Students,
        Self::Classes,
        Self::Higher,
        Self::SmallSchools,
        Self::Blend,
        Self::Hours,
    ];
}

/// What a planner sets for the policies that ask for a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// What students weigh in the blend, in per cent, 100 at most; classes weigh the rest.
    pub weight: u8,
    /// Schools with fewer students are small.
    pub small: u32,
}

impl Default for Terms {
    /// Both weigh the same, and below 200 students a school is small: a start to compare from, no rule.
    fn default() -> Self {
        Self { weight: 50, small: 200 }
    }
}

/// One row under every policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasesRow {
    /// The row.
    pub row: usize,
    /// Its stage.
    pub stage: Stage,
    /// Posts by students, exact.
    pub students: Option<Fraction>,
    /// Posts by classes, exact.
    pub classes: Option<Fraction>,
    /// Posts by lesson hours, exact.
    pub hours: Option<Fraction>,
    /// The basis that the norm takes: [`Policy::Students`] or [`Policy::Classes`]; `None` where it
    /// weighs both without saying which holds, or gives nothing.
    pub holds: Option<Policy>,
    /// It has fewer students than [`Terms::small`].
    pub small: bool,
    /// Posts added whatever the basis: extra posts of the norm and those granted for a stated reason.
    pub added: Fraction,
    /// Whole posts under each policy, in the order of [`Policy::ALL`]; rounded half up but for the
    /// norm's own. `None` where the data do not allow it.
    pub posts: [Option<u32>; Policy::ALL.len()],
}

impl BasesRow {
    /// Whole posts under a policy.
    pub fn under(&self, policy: Policy) -> Option<u32> {
        self.posts.get(policy as usize).copied().flatten()
    }

    /// The basis that a policy takes at this row. `None` where it gives nothing, or where the norm
    /// weighs without saying which holds.
    pub fn holds_under(&self, policy: Policy) -> Option<Policy> {
        self.under(policy)?;
        match policy {
            Policy::Norm => self.holds,
            Policy::Higher => self.higher(),
            Policy::SmallSchools if self.small => self.higher(),
            Policy::SmallSchools => Some(Policy::Students),
            Policy::Students | Policy::Classes | Policy::Blend | Policy::Hours => Some(policy),
        }
    }

    fn higher(&self) -> Option<Policy> {
        higher(self.students, self.classes).map(|(basis, _)| basis)
    }
}

/// The higher basis with its posts; students where both are equal.
fn higher(students: Option<Fraction>, classes: Option<Fraction>) -> Option<(Policy, Fraction)> {
    let (students, classes) = students.zip(classes)?;
    Some(if compare(&students, &classes).is_ge() {
        (Policy::Students, students)
    } else {
        (Policy::Classes, classes)
    })
}

/// A policy over some rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PolicySum {
    /// Rows where both the policy and the norm give posts.
    pub rows: usize,
    /// Posts under the policy, over these rows.
    pub posts: u64,
    /// Posts under the norm, over the same rows.
    pub norm: u64,
    /// Posts that rows gain against the norm.
    pub up: u64,
    /// Posts that rows lose against the norm.
    pub down: u64,
}

impl PolicySum {
    /// What the policy costs in posts against the norm; below zero it saves some.
    pub fn cost(&self) -> i64 {
        let whole = |posts| i64::try_from(posts).unwrap_or(i64::MAX);
        whole(self.posts) - whole(self.norm)
    }
}

/// Sums of one stage, or of the county.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StageBases {
    /// Rows.
    pub rows: usize,
    /// Rows where students hold.
    pub by_students: usize,
    /// Rows where classes hold.
    pub by_classes: usize,
    /// Posts authorised.
    pub authorised: u64,
    /// Each policy, in the order of [`Policy::ALL`].
    pub policies: [PolicySum; Policy::ALL.len()],
}

impl StageBases {
    /// The sum of a policy.
    pub fn of(&self, policy: Policy) -> PolicySum {
        self.policies.get(policy as usize).copied().unwrap_or_default()
    }

    fn add(&mut self, row: &BasesRow, authorised: u32) {
        self.rows += 1;
        self.authorised += u64::from(authorised);
        self.by_students += usize::from(row.holds == Some(Policy::Students));
        self.by_classes += usize::from(row.holds == Some(Policy::Classes));
        let Some(norm) = row.under(Policy::Norm) else { return };
        for (sum, posts) in self.policies.iter_mut().zip(row.posts) {
            let Some(posts) = posts else { continue };
            sum.rows += 1;
            sum.posts += u64::from(posts);
            sum.norm += u64::from(norm);
            sum.up += u64::from(posts.saturating_sub(norm));
            sum.down += u64::from(norm.saturating_sub(posts));
        }
    }
}

/// The comparison over one kind of post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bases {
    /// Every row with a stage, in the order of the county.
    pub rows: Vec<BasesRow>,
    /// Each stage that the kind has, in the order of the tables.
    pub stages: Vec<(Stage, StageBases)>,
    /// All stages.
    pub total: StageBases,
}

/// Compares the bases over the rows of one kind.
pub fn bases(state: &State, figures: &Figures, kind: &KindId, terms: Terms) -> Bases {
    let weight = Fraction::new(i64::from(terms.weight.min(100)), 100);
    let county = &state.county;
    let lessons = Lessons::of(&county.yardsticks);
    let mut out = Bases::default();
    let mut stages = [StageBases::default(); Stage::ALL.len()];
    for (row, holding) in county.holdings.iter().enumerate() {
        let Some(stage) = holding.part.stage() else { continue };
        if county.kind_of(holding) != kind {
            continue;
        }
        let found = figures.row(row);
        let entitlement = found.entitlement;
        let (students, classes) = (entitlement.by_students, entitlement.by_classes);
        let hours = lessons.posts(county, row);
        let zero = Fraction::from_integer(0);
        let granted = Fraction::from_integer(i64::from(found.additional));
        let added = plus(entitlement.extra.unwrap_or(zero), granted).unwrap_or(granted);
        // Of students and classes that are a school's and its points' together, what stands at the
        // points is theirs on every basis. Lessons are each row's own.
        let merged = state.norm.pack().points == Points::StudentsAtParent;
        let theirs = if merged { -i64::from(entitlement.at_points) } else { 0 };
        let with = |basis: Option<Fraction>, more| half_up(&plus(basis?, more)?.max(zero));
        let beside = plus(added, Fraction::from_integer(theirs)).unwrap_or(added);
        let whole = |basis| with(basis, beside);
        let small = holding.roll.students.is_some_and(|students| students < terms.small);
        let higher = higher(students, classes).map(|(_, posts)| posts);
        // Without its classes a small school goes by students, as the others do.
        let by_size = if small { higher.or(students) } else { students };
        let own = BasesRow {
            row,
            stage,
            students,
            classes,
            hours,
            holds: match entitlement.basis {
                Some(Column::Students) => Some(Policy::Students),
                Some(Column::Classes) => Some(Policy::Classes),
                _ => None,
            },
            small,
            added,
            posts: [
                entitlement.posts.map(|posts| posts.whole),
                whole(students),
                whole(classes),
                whole(higher),
                whole(by_size),
                whole(students.zip(classes).and_then(|(one, other)| blend(one, other, weight))),
                with(hours, added),
            ],
        };
        if let Some(sum) = stages.get_mut(stage as usize) {
            sum.add(&own, holding.authorised);
        }
        out.total.add(&own, holding.authorised);
        out.rows.push(own);
    }
    let used = Stage::ALL.into_iter().zip(stages).filter(|(_, sum)| sum.rows > 0);
    out.stages = used.collect();
    out
}

/// The sum, where it can be held exactly. Mostly nothing is added.
fn plus(value: Fraction, more: Fraction) -> Option<Fraction> {
    if *more.numer() == 0 {
        return Some(value);
    }
    num_traits::CheckedAdd::checked_add(&value, &more)
}

/// Two figures by weight, where that can be held exactly.
fn blend(one: Fraction, other: Fraction, weight: Fraction) -> Option<Fraction> {
    use num_traits::{CheckedAdd, CheckedMul};
    let rest = Fraction::from_integer(1) - weight;
    one.checked_mul(&weight)?.checked_add(&other.checked_mul(&rest)?)
}

/// Rounded half up, as whole figures: far faster over a county than through a fraction.
fn half_up(value: &Fraction) -> Option<u32> {
    let (numerator, denominator) = (i128::from(*value.numer()), i128::from(*value.denom()));
    let twice = 2 * numerator + denominator;
    match (i64::try_from(twice), i64::try_from(2 * denominator)) {
        (Ok(twice), Ok(denominator)) => u32::try_from(twice.div_euclid(denominator)).ok(),
        _ => u32::try_from(twice.div_euclid(2 * denominator)).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norm::Pack;
    use crate::sample;
    use crate::scenario::{Command, Label, Step};

    fn compared() -> Bases {
        let workspace = sample::county().unwrap().workspace;
        bases(
            workspace.state(),
            &Figures::of(workspace.state()),
            KindId::school(),
            Terms::default(),
        )
    }

    #[test]
    fn the_norm_costs_nothing_against_itself_and_sums_to_its_entitlements() {
        let compared = compared();
        let norm = compared.total.of(Policy::Norm);
        assert_eq!((norm.posts, norm.cost(), norm.up, norm.down), (2_159, 0, 0, 0));
        assert_eq!((compared.total.rows, compared.total.authorised), (65, 2_193));
        // Stages add up to the county.
        for policy in Policy::ALL {
            let sum: u64 = compared.stages.iter().map(|(_, stage)| stage.of(policy).posts).sum();
            assert_eq!(sum, compared.total.of(policy).posts, "{policy:?}");
        }
    }

    #[test]
    fn a_small_school_shows_each_basis_and_the_one_that_holds() {
        let workspace = sample::county().unwrap().workspace;
        let row = workspace.state().index().row(&"1035/primary".parse().unwrap()).unwrap();
        let compared = compared();
        let own = compared.rows.iter().find(|found| found.row == row).unwrap();
        // 186 ÷ 19, 6 × 1.7, and 42 boarders ÷ 100 on top: 10.21, 10.62, half of each 10.42;
        // lessons 12.06.
        assert_eq!(own.students, Some(Fraction::new(186, 19)));
        assert_eq!(own.classes, Some(Fraction::new(102, 10)));
        assert_eq!(own.holds, Some(Policy::Classes));
        let posts = Policy::ALL.map(|policy| own.under(policy));
        assert_eq!(posts, [11, 10, 11, 11, 11, 10, 12].map(Some));
        let holds = Policy::ALL.map(|policy| own.holds_under(policy));
        let (students, classes) = (Policy::Students, Policy::Classes);
        let expected = [classes, students, classes, classes, classes, Policy::Blend, Policy::Hours];
        assert_eq!(holds, expected.map(Some));
    }

    /// 观音堂 (1050, 9 posts) belongs to 柳林镇中心小学 (1048): worked out together, what stands at the
    /// point is the point's on every basis, and only the rest is compared.
    #[test]
    fn what_stands_at_a_point_is_taken_from_its_school_on_every_basis() {
        let mut workspace = sample::county().unwrap().workspace;
        let rows = ["1048/primary", "1050/primary"]
            .map(|id| workspace.state().index().row(&id.parse().unwrap()).unwrap());
        let old = workspace.state().norm.pack().clone();
        let new = Pack { points: Points::StudentsAtParent, ..old.clone() };
        let command = Command::SetNorm { old: old.into(), new: new.into() };
        workspace.dispatch(Step { label: Label::Norm, commands: vec![command] }).unwrap();
        let figures = Figures::of(workspace.state());
        let found = bases(workspace.state(), &figures, KindId::school(), Terms::default());
        let [school, point] =
            rows.map(|row| found.rows.iter().find(|found| found.row == row).unwrap());
        let higher = half_up(&(school.students.max(school.classes).unwrap() + school.added));
        assert_eq!(school.under(Policy::Higher), higher.map(|posts| posts - 9));
        assert_eq!(point.under(Policy::Norm), Some(9));
        assert_eq!(point.under(Policy::Higher), None);
    }

    #[test]
    fn where_a_school_is_small_is_for_the_planner_to_say() {
        let workspace = sample::county().unwrap().workspace;
        let row = workspace.state().index().row(&"1035/primary".parse().unwrap()).unwrap();
        let with = |small| {
            let terms = Terms { small, ..Terms::default() };
            let figures = Figures::of(workspace.state());
            let compared = bases(workspace.state(), &figures, KindId::school(), terms);
            let own = compared.rows.into_iter().find(|found| found.row == row).unwrap();
            let cost = compared.total.of(Policy::SmallSchools).cost();
            (own.holds_under(Policy::SmallSchools), own.under(Policy::SmallSchools), cost)
        };
        // The sample's own norm draws the line at 200 as well: it costs nothing.
        let (holds, posts, cost) = with(200);
        assert_eq!((holds, posts, cost), (Some(Policy::Classes), Some(11), 0));
        // It has 186 students: at 187 it is small, at 186 it is not.
        assert_eq!(with(187), (holds, posts, with(187).2));
        let (by_students, ten, less) = with(186);
        assert_eq!((by_students, ten), (Some(Policy::Students), Some(10)));
        assert!(less < cost, "{less} {cost}");
        // With no school small it is students alone, with all of them the higher everywhere.
        let compared = compared();
        assert_eq!(with(0).2, compared.total.of(Policy::Students).cost());
        assert_eq!(with(u32::MAX).2, compared.total.of(Policy::Higher).cost());
    }

    #[test]
    fn the_higher_basis_everywhere_never_costs_less_than_either() {
        let compared = compared();
        for (stage, sums) in &compared.stages {
            let higher = sums.of(Policy::Higher);
            assert!(higher.posts >= sums.of(Policy::Students).posts, "{stage:?}");
            assert!(higher.posts >= sums.of(Policy::Classes).posts, "{stage:?}");
        }
        // Kindergartens have no curriculum: no row can be compared by hours.
        let (_, kindergartens) = compared.stages[0];
        assert_eq!(kindergartens.of(Policy::Hours).rows, 0);
        insta::assert_snapshot!(
            compared
                .stages
                .iter()
                .map(|(stage, sums)| {
                    let costs = Policy::ALL.map(|policy| sums.of(policy).cost());
                    format!("{stage:?}: {} rows, cost {costs:?}", sums.rows)
                })
                .collect::<Vec<_>>()
                .join("\n"),
            @r"
        Kindergarten: 14 rows, cost [0, 0, -63, 0, 0, -32, 0]
        Primary: 34 rows, cost [0, -66, -179, 0, 0, -120, -54]
        LowerSecondary: 14 rows, cost [0, -3, 5, 18, 0, 1, -74]
        UpperSecondary: 3 rows, cost [0, 0, 10, 10, 0, 5, -16]
        "
        );
    }
}
