//! A clash in words: which limits cannot hold together and by how many posts; [`cures`] would let it
//! go.

mod cures;
#[cfg(test)]
mod tests;

pub use self::cures::{Cure, cures};
use super::{ceilings, group_name, row_name};
use crate::allocate::{Clash, HeldBy, LineId, ReasonSum};
use crate::county::County;
use crate::scenario::Prepared;
use crate::text::{Lang, names, number, reallocate as say};

/// More lines than this are counted, not named.
pub(super) const NAMED: usize = 8;

/// The clash, one sentence a limit: the first says what cannot be, the rest who holds what.
pub fn explain(clash: &Clash, county: &County, prepared: &Prepared, lang: Lang) -> Vec<String> {
    let name = |id: &LineId| {
        let at = prepared.problem.lines.iter().position(|line| line.id == *id);
        let row = at.and_then(|at| prepared.rows.get(at));
        row.map_or_else(|| id.to_string(), |row| row_name(county, *row, lang))
    };
    let sums = |sums: &[ReasonSum]| {
        let sums = sums.iter().filter(|sum| sum.posts > 0);
        sums.map(|sum| {
            let reason = names::bound(sum.reason).get(lang);
            let (lines, posts) = (number::count(sum.lines as u64), number::count(sum.posts));
            say::CLASH_SUM.with(lang, &[("reason", &reason), ("lines", &lines), ("posts", &posts)])
        })
        .collect::<Vec<_>>()
    };
    match clash {
        Clash::LowAboveHigh { lines } => {
            let mut out = vec![say::CLASH_CROSSED.with(lang, &[("lines", &lines.len())])];
            out.extend(lines.iter().take(NAMED).map(|line| {
                let low = names::bound(line.low_reason).get(lang);
                let high = names::bound(line.high_reason).get(lang);
                say::CLASH_CROSSED_LINE.with(
                    lang,
                    &[
                        ("unit", &name(&line.id)),
                        ("low", &line.low),
                        ("low_reason", &low),
                        ("high", &line.high),
                        ("high_reason", &high),
                        ("by", &line.by),
                    ],
                )
            }));
            out.extend(unnamed(lines.len(), lang));
            out
        }
        Clash::LowsAboveTotal { total, limits } => {
            let (sum, by) = (number::count(limits.sum), number::count(limits.by));
            let total = number::count(*total);
            let mut out =
                vec![say::CLASH_LOWS.with(lang, &[("sum", &sum), ("total", &total), ("by", &by)])];
            out.extend(kept(prepared, lang));
            let holders = limits.smallest.iter().filter(|hold| hold.posts > 0);
            out.extend(holders.take(NAMED).map(|hold| {
                let reason = names::bound(hold.reason).get(lang);
                let posts = number::count(hold.posts.into());
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("unit", &name(&hold.id)), ("posts", &posts), ("reason", &reason)];
                let mut text = say::CLASH_HOLD.with(lang, &values);
                if u64::from(hold.posts) >= limits.by {
                    text.push_str(&say::HELD_ALONE.with(lang, &[("by", &by)]));
                }
                text
            }));
            out.extend(unnamed(limits.smallest.len(), lang));
            out.extend(sums(&limits.by_reason));
            out
        }
        Clash::HighsBelowTotal { total, limits } => {
            let (sum, by) = (number::count(limits.sum), number::count(limits.by));
            let total = number::count(*total);
            let mut out =
                vec![say::CLASH_HIGHS.with(lang, &[("sum", &sum), ("total", &total), ("by", &by)])];
            out.extend(kept(prepared, lang));
            out.push(say::CLASH_CEILINGS.with(lang, &[("by", &by)]));
            out.extend(ceilings::first(limits).map(|hold| {
                let reason = names::bound(hold.reason).get(lang);
                let (posts, need) = (number::count(hold.posts.into()), number::mixed(&hold.need));
                let values: [(&str, &dyn std::fmt::Display); 4] = [
                    ("unit", &name(&hold.id)),
                    ("posts", &posts),
                    ("reason", &reason),
                    ("need", &need),
                ];
                say::CLASH_CEILING.with(lang, &values)
            }));
            out.extend(unnamed(limits.smallest.len(), lang));
            out.extend(sums(&limits.by_reason));
            out
        }
        Clash::ReserveAboveTotal { reserve, total } => {
            let by = number::count(reserve.saturating_sub(*total));
            let (reserve, total) = (number::count(*reserve), number::count(*total));
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("reserve", &reserve), ("total", &total), ("by", &by)];
            vec![say::CLASH_RESERVE.with(lang, &values)]
        }
        Clash::LimitBelowForced { limit, least, must_gain, must_lose, .. } => {
            let by = least.saturating_sub(*limit);
            let mut out = vec![
                say::CLASH_FORCED.with(lang, &[("least", least), ("limit", limit), ("by", &by)]),
                say::CLASH_FORCED_WHY.with(lang, &[("gain", must_gain), ("lose", must_lose)]),
            ];
            out.extend(kept(prepared, lang));
            out
        }
        Clash::NeedsTooFine => vec![say::CLASH_TOO_FINE.get(lang).to_owned()],
        Clash::TooManyMoves { moves, most } => {
            vec![say::CLASH_TOO_MANY.with(lang, &[("moves", moves), ("most", most)])]
        }
        Clash::NeedInvalid { id, numerator, denominator, lines } => {
            let values: [(&str, &dyn std::fmt::Display); 4] = [
                ("unit", &name(id)),
                ("above", numerator),
                ("below", denominator),
                ("lines", lines),
            ];
            vec![say::CLASH_NEED.with(lang, &values), say::CLASH_NEED_CURE.get(lang).to_owned()]
        }
        Clash::GroupInvalid { name, low, high } => {
            let name = group_of(prepared, name, lang);
            vec![say::CLASH_GROUP.with(lang, &[("what", &name), ("low", low), ("high", high)])]
        }
        Clash::GroupsThreeWays { groups } => {
            let names: Vec<_> = groups.iter().map(|name| group_of(prepared, name, lang)).collect();
            vec![say::CLASH_THREE_WAYS.with(lang, &[("what", &names.join(say::COMMA.get(lang)))])]
        }
        Clash::Groups(clash) => {
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("must", &clash.must), ("room", &clash.room), ("by", &clash.by)];
            let mut out = vec![say::CLASH_GROUPS.with(lang, &values)];
            let held = clash.limits.iter().take(NAMED).map(|held| {
                let what = match &held.by {
                    HeldBy::Total => say::TOTAL.get(lang).to_owned(),
                    HeldBy::Group { name, .. } => group_of(prepared, name, lang),
                    HeldBy::Line { id, .. } => name(id),
                };
                let message = if held.at_least { say::HELD_LOW } else { say::HELD_HIGH };
                let mut text = message.with(lang, &[("what", &what), ("posts", &held.posts)]);
                if let Some(alone) = held.alone {
                    text.push_str(&say::HELD_ALONE.with(lang, &[("by", &alone)]));
                }
                text
            });
            out.extend(held);
            out.extend(unnamed(clash.limits.len(), lang));
            if clash.limits.iter().any(|held| held.by == HeldBy::Total) {
                out.extend(kept(prepared, lang));
            }
            out
        }
        Clash::DuplicateId { id, times, names } => {
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("unit", &name(id)), ("id", id), ("times", times), ("names", names)];
            vec![say::CLASH_TWICE.with(lang, &values), say::CLASH_TWICE_CURE.get(lang).to_owned()]
        }
    }
}

/// How much of the total is set apart, where a total is part of a clash.
fn kept(prepared: &Prepared, lang: Lang) -> Option<String> {
    let [total, reserve, left] =
        [prepared.available, prepared.reserve, prepared.problem.total].map(number::count);
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("total", &total), ("reserve", &reserve), ("left", &left)];
    (prepared.reserve > 0).then(|| say::CLASH_KEPT.with(lang, &values))
}

/// What is not named of so many, where there are more than are named.
fn unnamed(count: usize, lang: Lang) -> Option<String> {
    let left = count.checked_sub(NAMED).filter(|left| *left > 0)?;
    Some(say::CLASH_REST.with(lang, &[("n", &number::count(left as u64))]))
}

/// The name of a group of the problem.
fn group_of(prepared: &Prepared, name: &LineId, lang: Lang) -> String {
    let at = prepared.problem.groups.iter().position(|group| group.name == *name);
    let limit = at.and_then(|at| prepared.groups.get(at));
    limit.map_or_else(|| name.to_string(), |limit| group_name(limit, lang))
}
