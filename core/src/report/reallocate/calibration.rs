//! What the posts of a stage, and those of the whole kind, can afford: posts for a class, students for
//! a post. Exact goal seek on the posts that they have in an answer.

use std::collections::BTreeMap;

use crate::allocate::{Affordable, Rounding, afford};
use crate::county::{County, Fact, Holding, Stage};
use crate::fraction::Fraction;
use crate::scenario::Prepared;

/// One stage, or all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calibrated {
    /// The stage; `None` for all stages of the kind together, by one figure.
    pub stage: Option<Stage>,
    /// Posts that it has.
    pub posts: u64,
    /// Posts for a class that they afford, rounded half up at each school.
    pub per_class: Option<Affordable>,
    /// Posts for a student, likewise.
    pub per_student: Option<Affordable>,
}

impl Calibrated {
    /// The largest posts for a class with two decimals that is affordable.
    pub fn class_figure(&self) -> Option<Fraction> {
        self.per_class.as_ref()?.decimal(2)
    }

    /// The smallest number of students for one post, with two decimals, that is affordable.
    pub fn student_figure(&self) -> Option<Fraction> {
        let most = self.per_student.as_ref()?.most;
        if *most.numer() == 0 {
            return None;
        }
        // More than 1 ÷ most, so the next hundredth above it.
        let ratio = most.recip();
        let scaled = i128::from(*ratio.numer()) * 100 / i128::from(*ratio.denom()) + 1;
        Some(Fraction::new(i64::try_from(scaled).ok()?, 100))
    }
}

/// Every stage with what its posts afford, and at the end, where there are several, all stages
/// together. Lines whose roll is unknown are left out, with their posts.
pub fn calibrate(county: &County, prepared: &Prepared, posts: &[u32]) -> Vec<Calibrated> {
    let mut stages: BTreeMap<Stage, Counts> = BTreeMap::new();
    let mut all = Counts::default();
    for (row, &held) in prepared.rows.iter().zip(posts) {
        let Some(holding) = county.holdings.get(*row) else { continue };
        let Some(stage) = holding.part.stage() else { continue };
        stages.entry(stage).or_default().add(holding, held);
        all.add(holding, held);
    }
    let several = (stages.len() > 1).then(|| all.told(None));
    let stages = stages.into_iter().map(|(stage, counts)| counts.told(Some(stage)));
    stages.chain(several).collect()
}

/// What is counted of some lines.
#[derive(Default)]
struct Counts {
    posts: u64,
    /// Classes, then students: those of each line, and the posts of the lines that know them.
    of: [(Vec<Fraction>, u64); 2],
}

impl Counts {
    fn add(&mut self, holding: &Holding, posts: u32) {
        self.posts += u64::from(posts);
        for (fact, (quantities, total)) in
            [Fact::Classes, Fact::Students].into_iter().zip(&mut self.of)
        {
            if let Some(count) = holding.fact(fact) {
                quantities.push(Fraction::from_integer(count.into()));
                *total += u64::from(posts);
            }
        }
    }

    fn told(&self, stage: Option<Stage>) -> Calibrated {
        let [per_class, per_student] = self
            .of
            .each_ref()
            .map(|(quantities, total)| afford(quantities, *total, Rounding::HalfUp));
        Calibrated { stage, posts: self.posts, per_class, per_student }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::KindId;
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::Figures;

    #[test]
    fn figures_are_the_last_that_the_posts_afford() {
        let workspace = sample::county().unwrap().workspace;
        let study = Study::of(&workspace, &Figures::of(workspace.state()), KindId::school());
        let county = &workspace.state().county;
        let before = study.before();
        let rows = calibrate(county, &study.prepared, &before);
        // The last row is all stages together: its posts are the sum of the others.
        let (all, stages) = rows.split_last().unwrap();
        assert_eq!((all.stage, all.posts), (None, 2193));
        assert_eq!(stages.iter().map(|row| row.posts).sum::<u64>(), 2193);
        let half = Fraction::new(1, 2);
        for row in rows {
            let sum = |figure: Fraction, of: fn(u32, Fraction) -> Fraction, fact| -> i64 {
                let lines = study.prepared.rows.iter().map(|row| &county.holdings[*row]);
                lines
                    .filter(|holding| row.stage.is_none() || holding.part.stage() == row.stage)
                    .map(|holding| {
                        (of(holding.fact(fact).unwrap(), figure) + half).floor().to_integer()
                    })
                    .sum()
            };
            let posts = i64::try_from(row.posts).unwrap();
            let cent = Fraction::new(1, 100);
            let class = row.class_figure().unwrap();
            let by_class = |figure| sum(figure, |n, figure| figure * i64::from(n), Fact::Classes);
            assert!(by_class(class) <= posts && by_class(class + cent) > posts);
            let ratio = row.student_figure().unwrap();
            let by_ratio = |figure: Fraction| {
                sum(figure, |n, figure| Fraction::from_integer(n.into()) / figure, Fact::Students)
            };
            assert!(by_ratio(ratio) <= posts && by_ratio(ratio - cent) > posts);
        }
    }
}
