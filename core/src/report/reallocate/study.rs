//! One kind's problem with its whole trade-off: worked out once for a state, read at any point.

use crate::allocate::{Clash, Curve, Proposal, curve, curve_in_steps, solve};
use crate::county::{County, KindId};
use crate::pace::{Pace, Steps};
use crate::scenario::{Figures, Prepared, Workspace, prepare};
use crate::text::{Lang, names, number, reallocate as say};

/// A problem and every answer to it, from the fewest posts moved to the optimum.
#[derive(Debug, Clone)]
pub struct Study {
    /// The problem and the rows of its lines.
    pub prepared: Prepared,
    /// Its trade-off, or why it has no answer.
    pub curve: Result<Curve, Clash>,
}

impl Study {
    /// Works out one kind.
    pub fn of(workspace: &Workspace, figures: &Figures, kind: &KindId) -> Self {
        let prepared = prepare(workspace, figures, kind);
        let curve = prepared.clash().map_or_else(|| curve(&prepared.problem), Err);
        Self { prepared, curve }
    }

    /// Works out one kind in steps: with limits on groups it may take long.
    pub fn in_steps(prepared: Prepared) -> Steps<Option<Self>> {
        Steps::begin(async move |pace| {
            let curve = match prepared.clash() {
                Some(clash) => Err(clash),
                None => curve_in_steps(&prepared.problem, &pace).await,
            };
            Some(Self { prepared, curve })
        })
    }

    /// Whether the norm gives any line of the kind anything. Without a need there is nothing to
    /// be fair about.
    pub fn has_need(&self) -> bool {
        self.prepared.problem.lines.iter().any(|line| *line.need.numer() > 0)
    }

    /// Lines of the kind.
    pub fn lines(&self) -> usize {
        self.prepared.problem.lines.len()
    }

    /// What is shared out, in words: as the base had it or not, and what of it stays unassigned.
    pub fn total_text(&self, lang: Lang) -> String {
        let Prepared { available, reserve, problem, .. } = &self.prepared;
        let before: u64 = problem.lines.iter().map(|line| u64::from(line.now)).sum();
        let message = if before == *available { say::TOTAL_SAME } else { say::TOTAL_NOW };
        let [before, total, kept] = [before, *available, *reserve].map(number::count);
        let mut text = message.with(lang, &[("before", &before), ("total", &total)]);
        if *reserve > 0 {
            text.push_str(&say::TOTAL_KEPT.with(lang, &[("reserve", &kept)]));
        }
        text
    }

    /// The fewest posts that any answer moves and the posts that the optimum moves.
    pub fn range(&self) -> Option<(u64, u64)> {
        self.curve.as_ref().ok().map(|curve| (curve.least(), curve.most()))
    }

    /// The posts moved that the limits ask for: at most their limit, at most the optimum, never
    /// fewer than must move.
    pub fn chosen(&self) -> Option<u64> {
        let (least, most) = self.range()?;
        Some(self.prepared.problem.limit.unwrap_or(most).clamp(least, most))
    }

    /// The limit on moves to store for a choice; `None` stands for the optimum, so that it stays
    /// the optimum when something else changes.
    pub fn limit_for(&self, moved: u64) -> Option<u64> {
        let (least, most) = self.range()?;
        (moved < most).then_some(moved.max(least))
    }

    /// What stands in the way: no answer at all, or a limit on moves below what must move.
    pub fn clash(&self) -> Option<Clash> {
        match &self.curve {
            Err(clash) => Some(clash.clone()),
            Ok(curve) => match self.prepared.problem.limit {
                Some(limit) if limit < curve.least() => solve(&self.prepared.problem).err(),
                _ => None,
            },
        }
    }

    /// The best answer with at most `moved` posts moved, with every reason.
    pub fn proposal(&self, moved: u64) -> Option<Proposal> {
        self.curve.as_ref().ok()?.proposal(&self.prepared.problem, moved)
    }

    /// The same in steps: with limits on groups it may take long.
    pub async fn proposal_in_steps(&self, moved: u64, pace: &Pace) -> Option<Proposal> {
        self.curve.as_ref().ok()?.proposal_in_steps(&self.prepared.problem, moved, pace).await
    }

    /// The posts at a point for looking while a slider is dragged: with groups nothing proves them.
    pub fn glance(&self, moved: u64) -> Option<Proposal> {
        self.curve.as_ref().ok()?.glance(&self.prepared.problem, moved)
    }

    /// Posts of each line in the base.
    pub fn before(&self) -> Vec<u32> {
        self.prepared.problem.lines.iter().map(|line| line.now).collect()
    }

    /// Share of the whole gain in evenness that `moved` posts bring, from 0 to 1, for showing;
    /// `None` where the rule is not about evenness and gains none.
    pub fn share_of_gain(&self, moved: u64) -> Option<f64> {
        let curve = self.curve.as_ref().ok()?;
        let at = |moved| curve.point(moved).map(|point| point.unevenness);
        let (first, last, here) = (at(curve.least())?, at(curve.most())?, at(moved)?);
        let share = (first - here) / (first - last);
        (first > last && (0.0..=1.0).contains(&share)).then_some(share)
    }
}

/// The name of a row: its unit, with the stage where the unit has several.
pub fn row_name(county: &County, row: usize, lang: Lang) -> String {
    let Some(holding) = county.holdings.get(row) else { return String::new() };
    let name = county.unit_of(holding).map_or("", |unit| unit.name.as_str());
    // Holdings of one unit stand together.
    let beside = [row.checked_sub(1), row.checked_add(1)].into_iter().flatten();
    let mut beside = beside.filter_map(|row| county.holdings.get(row));
    match holding.part.stage() {
        Some(stage) if beside.any(|other| other.unit == holding.unit) => {
            format!("{name} {}", names::stage(stage).get(lang))
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use crate::scenario::set_limits;

    #[test]
    fn the_sample_asks_for_fifty_of_sixty_two() {
        let workspace = sample::county().unwrap().workspace;
        let figures = Figures::of(workspace.state());
        let study = Study::of(&workspace, &figures, KindId::school());
        assert_eq!(study.range(), Some((0, 62)));
        assert_eq!(study.chosen(), Some(50));
        assert_eq!([study.limit_for(61), study.limit_for(62)], [Some(61), None]);
        assert!(study.has_need() && study.clash().is_none());
        assert_eq!(study.total_text(Lang::Zh), "总量 2,193 名不变");
        let share = study.share_of_gain(50).unwrap();
        assert!((0.9..1.0).contains(&share), "{share}");
        assert_eq!(study.share_of_gain(62), Some(1.0));

        let general = Study::of(&workspace, &figures, KindId::general());
        assert!(!general.has_need(), "no norm covers institutions");
    }

    #[test]
    fn a_limit_below_what_must_move_is_a_clash_but_the_trade_off_stands() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = KindId::school();
        let mut limits = workspace.state().limits(kind);
        let id: crate::county::HoldingId = "1020/primary".parse().unwrap();
        limits.lines.entry(id).or_default().closing = true;
        limits.moved = Some(3);
        workspace.dispatch(set_limits(workspace.state(), kind, limits)).unwrap();
        let study = Study::of(&workspace, &Figures::of(workspace.state()), kind);
        let (least, _) = study.range().unwrap();
        assert!(least > 3);
        assert_eq!(study.chosen(), Some(least));
        assert!(matches!(study.clash(), Some(Clash::LimitBelowForced { limit: 3, .. })));
    }

    #[test]
    fn a_school_of_two_stages_says_which() {
        let workspace = sample::county().unwrap().workspace;
        let county = workspace.base();
        let named = (0..county.holdings.len()).map(|row| row_name(county, row, Lang::Zh));
        let named: std::collections::BTreeSet<String> = named.collect();
        assert_eq!(named.len(), county.holdings.len(), "every row has a name of its own");
    }
}
