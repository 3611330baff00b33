//! The lines on which the rules disagree, with what each gives them: where the choice of a rule is a
//! choice between schools. Lists answers and puts them in order; decides nothing.

use std::cmp::Ordering;
use std::fmt::Write;

use super::row_name;
use crate::allocate::{Comparison, Proposal, Rule};
use crate::county::County;
use crate::fraction;
use crate::order::InOrder;
use crate::scenario::Prepared;
use crate::text::{Lang, names, reallocate as say};

/// A line that not every rule gives the same posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The line, by its place in the problem.
    pub line: usize,
    /// Posts that each rule gives it, in the order of [`Rule::ALL`]; `None` for a rule that has no
    /// answer.
    pub posts: Vec<Option<u32>>,
    /// The fewest posts that a rule gives it.
    pub least: u32,
    /// The most posts that a rule gives it.
    pub most: u32,
}

impl Dispute {
    /// How far the rules are apart, in posts: one or more.
    pub fn spread(&self) -> u32 {
        self.most.saturating_sub(self.least)
    }
}

/// A column that the list can be put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisputeColumn {
    /// The code of the line.
    Line,
    /// Its exact entitlement.
    Entitled,
    /// Its posts in the base.
    Before,
    /// What a rule gives it.
    Rule(Rule),
    /// How far the rules are apart.
    Spread,
}

/// Every line in dispute, the widest apart first. Rules without an answer do not count. Summed over
/// these lines, any rule's posts above `least` are [`Comparison::disputed`].
pub fn disputes(prepared: &Prepared, compared: &Comparison) -> Vec<Dispute> {
    let answers: Vec<Option<&Proposal>> =
        compared.answers.iter().map(|(_, answer)| answer.as_ref().ok()).collect();
    let of_line = |line: usize| {
        let given = |answer: &Option<&Proposal>| answer.as_ref()?.posts.get(line).copied();
        let posts: Vec<Option<u32>> = answers.iter().map(given).collect();
        let known = || posts.iter().copied().flatten();
        let (least, most) = (known().min()?, known().max()?);
        (least < most).then_some(Dispute { line, posts, least, most })
    };
    let mut found: Vec<Dispute> = (0..prepared.problem.lines.len()).filter_map(of_line).collect();
    order_disputes(&mut found, prepared, DisputeColumn::Spread, true);
    found
}

/// Puts the list in order by a column. Of equals the widest apart comes first, then the larger
/// entitlement, then the smaller code, whichever way the column runs.
pub fn order_disputes(
    found: &mut [Dispute],
    prepared: &Prepared,
    by: DisputeColumn,
    falling: bool,
) {
    let lines = &prepared.problem.lines;
    let place = |rule: Rule| Rule::ALL.iter().position(|other| *other == rule);
    found.order_by(|one, other| {
        let (Some(a), Some(b)) = (lines.get(one.line), lines.get(other.line)) else {
            return Ordering::Equal;
        };
        let by_spread = || other.spread().cmp(&one.spread());
        let order = match by {
            DisputeColumn::Line => a.id.cmp(&b.id),
            DisputeColumn::Entitled => fraction::compare(&a.need, &b.need),
            DisputeColumn::Before => a.now.cmp(&b.now),
            DisputeColumn::Spread => by_spread().reverse(),
            DisputeColumn::Rule(rule) => {
                let at = place(rule);
                let posts = |line: &Dispute| line.posts.get(at?).copied().flatten();
                posts(one).cmp(&posts(other))
            }
        };
        (if falling { order.reverse() } else { order })
            .then_with(by_spread)
            .then_with(|| fraction::compare(&b.need, &a.need))
            .then_with(|| a.id.cmp(&b.id))
    });
}

/// The list as lines of cells parted by tabs, with a head, as a spreadsheet pastes it.
pub fn disputes_tsv(county: &County, prepared: &Prepared, found: &[Dispute], lang: Lang) -> String {
    let before = [say::UNIT, say::CODE, say::ENTITLED, say::BEFORE].map(|head| head.get(lang));
    let rules = Rule::ALL.map(|rule| names::rule(rule).get(lang));
    let mut out = [&before[..], &rules[..], &[say::APART.get(lang)]].concat().join("\t");
    for dispute in found {
        let Some(line) = prepared.problem.lines.get(dispute.line) else { continue };
        let Some(row) = prepared.rows.get(dispute.line) else { continue };
        // A tab or a break in a name would shift the cells after it.
        let name = row_name(county, *row, lang).replace(['\t', '\n', '\r'], " ");
        let id = prepared.ids.get(dispute.line).map(ToString::to_string).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = write!(out, "\n{name}\t{id}\t{}\t{}", line.entitled, line.now);
        for posts in &dispute.posts {
            let posts = posts.map_or_else(String::new, |posts| posts.to_string());
            let _ = write!(out, "\t{posts}");
        }
        let _ = write!(out, "\t{}", dispute.spread());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocate::{Bounds, Line, Problem, compare};
    use crate::county::KindId;
    use crate::fraction::Fraction;
    use crate::report::reallocate::Study;
    use crate::sample;
    use crate::scenario::Figures;

    fn prepared(needs: &[i64], total: u64) -> Prepared {
        let workspace = sample::county().unwrap().workspace;
        let study = Study::of(&workspace, &Figures::of(workspace.state()), KindId::school());
        let lines = (0..).zip(needs).map(|(at, need)| Line {
            id: format!("{at}").into(),
            need: Fraction::from_integer(*need),
            now: 0,
            bounds: Bounds::free(),
            entitled: u32::try_from(*need).unwrap(),
        });
        let problem = Problem {
            lines: lines.collect(),
            total,
            rule: Rule::Balanced,
            limit: None,
            groups: Vec::new(),
        };
        Prepared { problem, ..study.prepared }
    }

    #[test]
    fn one_post_that_one_rule_gives_the_large_school() {
        // Entitled to 20 and 4, 23 to share: the last post is the 20th of one or the 4th of the
        // other. By the keys 20/39 < 4/7, 20/19 < 4/3, 400/380 < 16/12, shares 19.17 and 3.83 it is
        // the 4th; by 20/20 = 4/4 it is a tie, which the larger need takes.
        let prepared = prepared(&[20, 4], 23);
        let compared = compare(&prepared.problem);
        let found = disputes(&prepared, &compared);
        let row = |line: usize, posts: [u32; 5], least, most| Dispute {
            line,
            posts: posts.map(Some).to_vec(),
            least,
            most,
        };
        assert_eq!(found, [row(0, [19, 19, 19, 20, 19], 19, 20), row(1, [4, 4, 4, 3, 4], 3, 4)]);
        assert_eq!((compared.sure, compared.disputed), (22, 1));
    }

    #[test]
    fn every_rule_places_the_disputed_posts_among_the_lines_in_dispute() {
        let workspace = sample::county().unwrap().workspace;
        let study = Study::of(&workspace, &Figures::of(workspace.state()), KindId::school());
        let prepared = &study.prepared;
        let compared = compare(&Problem { limit: None, ..prepared.problem.clone() });
        let mut found = disputes(prepared, &compared);
        assert!(found.is_sorted_by(|one, next| one.spread() >= next.spread()));
        assert!(found.iter().all(|dispute| dispute.spread() >= 1));
        for rule in 0..Rule::ALL.len() {
            let above = |dispute: &Dispute| u64::from(dispute.posts[rule].unwrap() - dispute.least);
            assert_eq!(found.iter().map(above).sum::<u64>(), compared.disputed, "{rule}");
        }
        // The lines that are not listed get what all agree on.
        let listed: Vec<usize> = found.iter().map(|dispute| dispute.line).collect();
        for (_, answer) in &compared.answers {
            let posts = &answer.as_ref().unwrap().posts;
            let same = |line: &usize| posts[*line] == compared.agreed[*line];
            assert!((0..posts.len()).filter(|line| !listed.contains(line)).all(|at| same(&at)));
        }

        let county = &workspace.state().county;
        for lang in [Lang::Zh, Lang::En] {
            let text = disputes_tsv(county, prepared, &found, lang);
            assert_eq!(text.lines().count(), found.len() + 1);
            assert!(text.lines().all(|line| line.split('\t').count() == 10), "{text}");
        }
        let columns = Rule::ALL.map(DisputeColumn::Rule);
        for by in columns.into_iter().chain([
            DisputeColumn::Line,
            DisputeColumn::Entitled,
            DisputeColumn::Before,
        ]) {
            for falling in [false, true] {
                order_disputes(&mut found, prepared, by, falling);
                let value = |dispute: &Dispute| {
                    let line = &prepared.problem.lines[dispute.line];
                    match by {
                        DisputeColumn::Line => (line.id.to_string(), Fraction::default()),
                        DisputeColumn::Entitled => (String::new(), line.need),
                        DisputeColumn::Before => (String::new(), i64::from(line.now).into()),
                        DisputeColumn::Spread => {
                            (String::new(), i64::from(dispute.spread()).into())
                        }
                        DisputeColumn::Rule(rule) => {
                            let at = Rule::ALL.iter().position(|other| *other == rule).unwrap();
                            (String::new(), i64::from(dispute.posts[at].unwrap()).into())
                        }
                    }
                };
                assert!(found.is_sorted_by(|one, next| {
                    let (one, next) = (value(one), value(next));
                    if falling { one >= next } else { one <= next }
                }));
            }
        }
    }

    #[test]
    fn rules_that_agree_leave_nothing_to_dispute() {
        // Two alike share six: 3 and 3 by any rule.
        let prepared = prepared(&[5, 5], 6);
        let compared = compare(&prepared.problem);
        assert_eq!(disputes(&prepared, &compared), []);
        assert_eq!(compared.disputed, 0);
    }
}
