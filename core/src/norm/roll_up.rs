//! A whole county under a norm: teaching points that count at their school, and roundings that are
//! done once for a school or for the county instead of stage by stage. What is rounded once is
//! shared out by the largest remainder, so that the rows add up to the stated total and none moves
//! by a whole post. What a school is given for its points too is shared where the posts stand, so
//! that each counts once. It reads the county and changes nothing.

use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedSub, ToPrimitive};

use super::compile::Node;
use super::exact::{Mode, Num, Shelf};
use super::pack::{Level, Points};
use super::proof::{Line, Proof, Refusal};
use super::together::Together;
use super::{Entitlement, Norm, Posts, Subject};
use crate::county::{County, Holding};
use crate::fraction::{Fraction, compare};
use crate::order::InOrder;
use crate::text::{Bilingual, Lang, packs};

/// One thing of a county that is rounded once: which rule's rounding, and over what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    School(usize, u8),
    County(String, u8),
}

impl Norm {
    /// What the norm gives every holding, in the county's order. A point that counts at its school is
    /// given the posts that stand there, beside added ones, as far as what the school is given for
    /// both goes; the school is given the rest.
    pub fn entitle_county(&self, county: &County) -> Vec<Entitlement> {
        let mut reader = self.reader();
        let together = Together::of(self, county);
        let merged = self.pack.points == Points::StudentsAtParent;
        let mut out: Vec<Entitlement> = Vec::with_capacity(county.holdings.len());
        for row in 0..county.holdings.len() {
            let counts_elsewhere = merged && together.home(row).is_some();
            let subject =
                if counts_elsewhere { None } else { self.subject_in(county, row, &together) };
            let entitle =
                |subject| reader.entitle_beside(&subject, &self.beside(county, row, &together));
            out.push(subject.map(entitle).unwrap_or_default());
        }
        if self.rounds_once() {
            self.round_once(county, &mut out);
        }
        if self.pack.points == Points::PostsAtParent {
            for row in 0..out.len() {
                let Some(home) = together.home(row) else { continue };
                let moved = out.get_mut(row).and_then(|own| own.posts.take());
                let Some(school) = out.get_mut(home) else { continue };
                school.posts = school.posts.zip(moved).and_then(|(one, other)| plus(one, other));
            }
        }
        self.share_with_points(county, &together, &mut out);
        out
    }

    /// Gives the points of each school what stands at them, the first of the county first.
    fn share_with_points(&self, county: &County, together: &Together, out: &mut [Entitlement]) {
        for (row, point) in county.holdings.iter().enumerate() {
            let Some(home) = together.home(row).filter(|_| Subject::of(county, point).is_some())
            else {
                continue;
            };
            let Some(school) = out.get_mut(home) else { continue };
            let Some(posts) = school.posts else { continue };
            let (added, _) = point.added(self.day());
            let here = whole_posts(point.authorised.saturating_sub(added).min(posts.whole));
            let Some(rest) = minus(posts, here) else { continue };
            school.posts = Some(rest);
            school.at_points += here.whole;
            if let Some(own) = out.get_mut(row) {
                own.posts = Some(here);
            }
        }
    }

    fn rounds_once(&self) -> bool {
        self.pack.rules.iter().any(|rule| rule.rounding != Level::Stage)
    }

    /// Whether what a row gets follows from what its own subject tells.
    pub fn is_row_by_row(&self) -> bool {
        self.pack.points == Points::Own && !self.rounds_once() && !self.looks_beside()
    }

    /// For each row the row of the school that its posts count at; nothing where points count by
    /// themselves.
    pub fn counted_at(&self, county: &County) -> Vec<Option<usize>> {
        let together = Together::of(self, county);
        (0..county.holdings.len()).map(|row| together.home(row)).collect()
    }

    /// The subject of a row, with the students and classes of the points that count there; `None`
    /// at an institution.
    pub fn subject(&self, county: &County, row: usize) -> Option<Subject> {
        self.subject_in(county, row, &Together::of(self, county))
    }

    pub(super) fn subject_in(
        &self,
        county: &County,
        row: usize,
        together: &Together,
    ) -> Option<Subject> {
        let mut subject = Subject::of(county, county.holdings.get(row)?)?;
        if self.pack.points != Points::StudentsAtParent {
            return Some(subject);
        }
        let sum = |one: Option<u32>, other: Option<u32>| one?.checked_add(other?);
        for (_, point) in together.points(county, row) {
            subject.students = sum(subject.students, point.roll.students);
            subject.classes = sum(subject.classes, point.roll.classes);
            subject.boarders = match (subject.boarders, point.roll.boarders) {
                (Some(one), Some(other)) => one.checked_add(other),
                (one, other) => one.or(other),
            };
        }
        Some(subject)
    }

    /// The proof of a row's posts: that of its subject, and what counting points at their school
    /// and rounding once make of it. `None` at an institution. `given` is what
    /// [`Norm::entitle_county`] says of the row.
    pub fn prove_row(&self, county: &County, row: usize, given: &Entitlement) -> Option<Proof> {
        let together = Together::of(self, county);
        let subject = self.subject_in(county, row, &together)?;
        let mut proof = self.prove_beside(&subject, &self.beside(county, row, &together));
        if together.home(row).is_some() {
            let why =
                Bilingual::new(packs::AT_PARENT.get(Lang::Zh), packs::AT_PARENT.get(Lang::En));
            proof.result = given.posts.ok_or(Refusal::Declared(why));
            // What stands at a point is what it is given, whatever its students and classes.
            if let Some(posts) = given.posts {
                proof.inputs.clear();
                proof.lines = vec![Line::whole("point", packs::AT_POINT, posts)];
            }
            return Some(proof);
        }
        let Some(posts) = given.posts else {
            if proof.result.is_ok() {
                let refused = |(row, point): (usize, &Holding)| {
                    let subject = Subject::of(county, point)?;
                    self.prove_beside(&subject, &self.beside(county, row, &together)).result.err()
                };
                let why = together.points(county, row).find_map(refused);
                proof.result = Err(why.unwrap_or(Refusal::Overflow));
            }
            return Some(proof);
        };
        let at_points = whole_posts(given.at_points);
        let all = plus(posts, at_points)?;
        if proof.result != Ok(all) {
            proof.lines.push(Line::rounded("county", packs::COUNTY, all));
        }
        if at_points.whole > 0 {
            proof.lines.push(Line::less("points", packs::BESIDE_POINTS, all, at_points));
        }
        proof.result = Ok(posts);
        Some(proof)
    }

    /// Which group's rounding a row's posts belong to, and its mode.
    fn group(&self, county: &County, holding: &Holding) -> Option<(Group, Mode)> {
        let locality = county.unit_of(holding).and_then(|unit| unit.locality);
        let (rule, nodes) = self.rule_for(holding.part.stage()?, locality)?;
        let mode = match nodes.last() {
            Some(Node::Round(mode, 0, _)) => *mode,
            _ => Mode::HalfUp,
        };
        let group = match rule.rounding {
            Level::Stage => return None,
            Level::School => Group::School(holding.unit, mode as u8),
            Level::County => Group::County(county.kind_of(holding).as_str().to_owned(), mode as u8),
        };
        Some((group, mode))
    }

    fn round_once(&self, county: &County, entitlements: &mut [Entitlement]) {
        let mut groups: BTreeMap<Group, (Mode, Vec<usize>)> = BTreeMap::new();
        for (row, holding) in county.holdings.iter().enumerate() {
            let posts = entitlements.get(row).and_then(|entitlement| entitlement.posts);
            if posts.is_some()
                && let Some((group, mode)) = self.group(county, holding)
            {
                groups.entry(group).or_insert((mode, Vec::new())).1.push(row);
            }
        }
        for (mode, rows) in groups.into_values() {
            let exact = |row: &usize| entitlements.get(*row)?.posts.map(|posts| posts.exact);
            let exacts: Vec<Fraction> = rows.iter().filter_map(exact).collect();
            // Ties go by code and stage, whatever the order of rows.
            let ids: Vec<_> = rows.iter().map(|row| county.id_of(*row)).collect();
            let shares = share(&exacts, &ids, mode);
            for (at, row) in rows.iter().enumerate() {
                let Some(entitlement) = entitlements.get_mut(*row) else { continue };
                let whole = shares.as_ref().and_then(|shares| shares.get(at)).copied();
                entitlement.posts =
                    entitlement.posts.and_then(|posts| Some(Posts { whole: whole?, ..posts }));
            }
        }
    }
}

/// The stated total of exact posts: their sum, rounded once. `None` where it cannot be held.
fn stated(exacts: &[Fraction], mode: Mode) -> Option<i64> {
    let shelf = Shelf::default();
    let mut sum = Num::ZERO;
    for exact in exacts {
        sum = shelf.add(sum, Num::of(exact))?;
    }
    shelf.fraction(shelf.round(sum, mode, 0)?)?.to_integer().to_i64()
}

/// Whole posts that add up to the stated total: each rounded down, and the largest remainders one
/// more, ties by id.
fn share<Id: Ord>(exacts: &[Fraction], ids: &[Id], mode: Mode) -> Option<Vec<u32>> {
    let total = stated(exacts, mode)?;
    let mut wholes: Vec<i64> = exacts.iter().map(|exact| exact.floor().to_integer()).collect();
    let left = usize::try_from(total - wholes.iter().sum::<i64>()).ok()?;
    let mut order: Vec<(Fraction, &Id, usize)> = exacts
        .iter()
        .zip(ids)
        .enumerate()
        .map(|(at, (exact, id))| (exact - exact.floor(), id, at))
        .collect();
    order.order_by(|a, b| compare(&b.0, &a.0).then_with(|| a.1.cmp(b.1)));
    for (_, _, at) in order.into_iter().take(left) {
        *wholes.get_mut(at)? += 1;
    }
    wholes.into_iter().map(|whole| u32::try_from(whole).ok()).collect()
}

fn whole_posts(whole: u32) -> Posts {
    Posts { exact: Fraction::from_integer(i64::from(whole)), whole }
}

fn plus(one: Posts, other: Posts) -> Option<Posts> {
    let exact = one.exact.checked_add(&other.exact)?;
    Some(Posts { exact, whole: one.whole.checked_add(other.whole)? })
}

/// The exact posts may fall below zero by less than one, where the whole ones were rounded up.
fn minus(one: Posts, other: Posts) -> Option<Posts> {
    let exact = one.exact.checked_sub(&other.exact)?;
    Some(Posts { exact, whole: one.whole.checked_sub(other.whole)? })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::county::{AdditionalPosts, AdditionalReason, Part, Roll, Stage, UnitCode};
    use crate::norm::{Pack, SAMPLE, shipped, turns_of_row};
    use crate::sample;

    /// Schools A to C with one primary stage each, B a point of A, C a point of B.
    fn county(students: &[u32]) -> County {
        static TEMPLATE: LazyLock<County> =
            LazyLock::new(|| sample::county().unwrap().workspace.base().clone());
        let template = &*TEMPLATE;
        let mut county =
            County { units: Vec::new().into(), holdings: Vec::new(), ..template.clone() };
        for (at, students) in students.iter().enumerate() {
            let code = |at: usize| UnitCode::new(&format!("{:03}", at));
            let mut unit = template.units[0].clone();
            unit.code = code(at);
            unit.parent = (at > 0).then(|| code(at - 1));
            let mut holding = template.holdings[0].clone();
            holding.unit = at;
            holding.authorised = 0;
            holding.part = Part::Stage(Stage::Primary);
            holding.roll = Roll { students: Some(*students), classes: Some(6), ..Roll::default() };
            county.units.push(unit);
            county.holdings.push(holding);
        }
        county
    }

    fn norm(change: impl Fn(&mut Pack)) -> Norm {
        let mut pack = shipped(SAMPLE).unwrap();
        // Students ÷ 19 alone, so that the arithmetic stays short.
        let rule =
            pack.rules.iter_mut().find(|rule| rule.stages.contains(&Stage::Primary)).unwrap();
        let last = rule.steps.len() - 1;
        rule.steps[last].formula = "round(students / ratio[stage])".into();
        change(&mut pack);
        let day = pack.valid_from;
        Norm::new(pack, day).unwrap()
    }

    fn level(pack: &mut Pack, level: Level) {
        pack.rules.iter_mut().for_each(|rule| rule.rounding = level);
    }

    fn wholes(norm: &Norm, county: &County) -> Vec<Option<u32>> {
        let found = norm.entitle_county(county);
        found.iter().map(|each| each.posts.map(|posts| posts.whole)).collect()
    }

    #[test]
    fn points_count_once_by_students_or_by_posts() {
        let county = county(&[100, 29, 28]);
        // 100 ÷ 19 = 5 5/19 → 5; 29 ÷ 19 = 1 10/19 → 2; 28 ÷ 19 = 1 9/19 → 1
        assert_eq!(wholes(&norm(|_| {}), &county), [Some(5), Some(2), Some(1)]);
        // 157 ÷ 19 = 8 5/19 → 8, all at the school
        let by_students = norm(|pack| pack.points = Points::StudentsAtParent);
        assert_eq!(wholes(&by_students, &county), [Some(8), Some(0), Some(0)]);
        // 5 + 2 + 1 = 8, all at the school
        let by_posts = norm(|pack| pack.points = Points::PostsAtParent);
        assert_eq!(wholes(&by_posts, &county), [Some(8), Some(0), Some(0)]);
        for norm in [&by_students, &by_posts] {
            proves_each(norm, &county);
        }
    }

    fn proves_each(norm: &Norm, county: &County) {
        for (row, given) in norm.entitle_county(county).iter().enumerate() {
            let proof = norm.prove_row(county, row, given).unwrap();
            assert_eq!(proof.result.ok(), given.posts);
            let last = proof.lines.last().map(|line| line.value.clone());
            let whole = |posts: Posts| Ok(Fraction::from_integer(i64::from(posts.whole)));
            assert_eq!(last, given.posts.map(whole));
        }
    }

    #[test]
    fn what_stands_at_a_point_counts_there_and_the_rest_at_its_school() {
        let mut county = county(&[100, 29, 28]);
        let by_students = norm(|pack| pack.points = Points::StudentsAtParent);
        let by_posts = norm(|pack| pack.points = Points::PostsAtParent);
        // 8 in all as above. 2 and 3 stand at the points: 3 are left for the school.
        (county.holdings[1].authorised, county.holdings[2].authorised) = (2, 3);
        for norm in [&by_students, &by_posts] {
            assert_eq!(wholes(norm, &county), [Some(3), Some(2), Some(3)]);
            assert_eq!(norm.entitle_county(&county)[0].at_points, 5);
            proves_each(norm, &county);
        }
        // 157 ÷ 19 − 5: what remains keeps its fraction.
        let school = by_students.entitle_county(&county)[0].posts.unwrap();
        assert_eq!(school.exact, Fraction::new(157, 19) - Fraction::from_integer(5));
        // Added posts come on top of what the norm gives: one of the 3 is not given by it.
        county.holdings[2].additional.push(AdditionalPosts {
            posts: 1,
            reason: AdditionalReason::Boarding,
            document: String::new(),
            until: None,
        });
        assert_eq!(wholes(&by_students, &county), [Some(4), Some(2), Some(2)]);
        // 7 at the first point leave 1 of the 8, and the school none.
        county.holdings[1].authorised = 7;
        assert_eq!(wholes(&by_students, &county), [Some(0), Some(7), Some(1)]);
        proves_each(&by_students, &county);
        // A point that closed is given nothing, whatever still stands there: 129 ÷ 19 = 6.8.
        county.units[1].closed = Some(by_students.day());
        county.holdings[1].roll = Roll { students: Some(0), ..Roll::default() };
        county.holdings[2].authorised = 3;
        let given = wholes(&by_students, &county);
        assert_eq!((given[1], given[2]), (None, Some(2)));
    }

    #[test]
    fn points_in_a_circle_count_by_themselves() {
        let mut county = county(&[100, 29]);
        county.units[0].parent = Some(county.units[1].code.clone());
        let by_posts = norm(|pack| pack.points = Points::PostsAtParent);
        assert_eq!(wholes(&by_posts, &county), [Some(5), Some(2)]);
    }

    #[test]
    fn a_point_that_says_nothing_leaves_its_school_without_a_figure() {
        let mut county = county(&[100, 29]);
        county.holdings[1].roll.students = None;
        for points in [Points::StudentsAtParent, Points::PostsAtParent] {
            let norm = norm(|pack| pack.points = points);
            assert_eq!(wholes(&norm, &county), [None, None]);
            let refused = norm.prove_row(&county, 0, &Entitlement::default()).unwrap();
            assert!(refused.result.is_err());
        }
    }

    #[test]
    fn a_turn_of_rows_counted_together_is_what_the_county_gives_then() {
        let county = county(&[100, 29, 28]);
        let by_students = norm(|pack| pack.points = Points::StudentsAtParent);
        let by_posts = norm(|pack| pack.points = Points::PostsAtParent);
        let once = norm(|pack| level(pack, Level::County));
        for norm in [&by_students, &by_posts, &once] {
            let now = wholes(norm, &county)[0];
            let turns = turns_of_row(norm, &county, 0);
            assert!(turns.len() >= 2, "{turns:?}");
            for turn in turns {
                let mut then = county.clone();
                let value = county.holdings[0].fact(turn.fact).unwrap();
                let value = u32::try_from(i64::from(value) + turn.change).unwrap();
                then.holdings[0].set_fact(turn.fact, Some(value));
                assert_eq!(wholes(norm, &then)[0], Some(turn.whole));
                assert_ne!(Some(turn.whole), now);
            }
        }
        // A point that counts at its school has no posts to change.
        assert!(turns_of_row(&by_posts, &county, 1).is_empty());
    }

    #[test]
    fn rounding_once_for_the_county_reaches_the_stated_total() {
        let county = county(&[28, 28, 28]);
        // 3 × 1 9/19 = 4 8/19 → 4, by stages 3: the first code gets the one more.
        let norm = norm(|pack| level(pack, Level::County));
        assert_eq!(wholes(&norm, &county), [Some(2), Some(1), Some(1)]);
        let given = norm.entitle_county(&county)[0];
        let proof = norm.prove_row(&county, 0, &given).unwrap();
        assert_eq!(proof.result.ok(), given.posts);
        assert_eq!(proof.lines.last().unwrap().id, "county");
    }

    #[test]
    fn rounding_once_for_a_school_adds_its_stages_first() {
        let mut county = county(&[28, 28]);
        county.units.pop();
        county.units[0].parent = None;
        county.holdings[1].unit = 0;
        county.holdings[1].part = Part::Stage(Stage::LowerSecondary);
        county.holdings[1].roll.students = Some(20);
        // 28 ÷ 19 = 1 9/19 and 20 ÷ 13.5 = 1 13/27: 1 and 1 by stages, 2.955 → 3 for the school.
        // 13/27 is more than 9/19.
        let norm = norm(|pack| level(pack, Level::School));
        assert_eq!(wholes(&norm, &county), [Some(1), Some(2)]);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_none_moves_by_a_whole_post(
            rolls in proptest::collection::vec(0_u32..3_000, 1..60),
            mode in prop::sample::select(&[Mode::HalfUp, Mode::Floor, Mode::Ceil][..]),
        ) {
            let exacts: Vec<Fraction> =
                rolls.iter().map(|roll| Fraction::new(i64::from(*roll), 19)).collect();
            let ids: Vec<usize> = (0..exacts.len()).collect();
            let shares = share(&exacts, &ids, mode).unwrap();
            let sum: i64 = shares.iter().map(|share| i64::from(*share)).sum();
            prop_assert_eq!(sum, stated(&exacts, mode).unwrap());
            for (share, exact) in shares.iter().zip(&exacts) {
                let moved = Fraction::from_integer(i64::from(*share)) - exact;
                prop_assert!(moved > Fraction::from_integer(-1) && moved < Fraction::from_integer(1));
            }
        }

        #[test]
        fn what_stands_at_points_is_shared_and_changes_no_total(
            rows in proptest::collection::vec((0_u32..500, 0_u32..60), 1..12),
            at_students in proptest::bool::ANY,
        ) {
            let points = if at_students { Points::StudentsAtParent } else { Points::PostsAtParent };
            let norm = norm(|pack| pack.points = points);
            let (rolls, posts): (Vec<u32>, Vec<u32>) = rows.into_iter().unzip();
            let mut county = county(&rolls);
            let sum = |county: &County| wholes(&norm, county).into_iter().flatten().sum::<u32>();
            let all = sum(&county);
            for (holding, posts) in county.holdings.iter_mut().zip(&posts) {
                holding.authorised = *posts;
            }
            prop_assert_eq!(sum(&county), all);
            // The first is the school of them all.
            let stands: u32 = posts.iter().skip(1).sum();
            let given = wholes(&norm, &county);
            prop_assert_eq!(given[0], Some(all.saturating_sub(stands)));
            for (given, posts) in given.iter().zip(&posts).skip(1) {
                prop_assert!(given.unwrap() <= *posts);
            }
            proves_each(&norm, &county);
        }

        #[test]
        fn a_county_rounded_once_adds_up_whatever_the_order_of_rows(
            rolls in proptest::collection::vec(0_u32..500, 1..20),
        ) {
            let norm = norm(|pack| level(pack, Level::County));
            let mut county = county(&rolls);
            let sum: u32 = wholes(&norm, &county).into_iter().flatten().sum();
            let all: u32 = rolls.iter().sum();
            // All ÷ 19, half up.
            prop_assert_eq!(sum, (2 * all + 19) / 38);
            let before = wholes(&norm, &county);
            county.holdings.reverse();
            let mut after = wholes(&norm, &county);
            after.reverse();
            prop_assert_eq!(before, after);
        }
    }
}
