//! From posts before and after to a list of transfers: from whom, to whom, how many, in which batch.
//!
//! As many posts as can be stay in their township, and there in their class. Where coordinates are
//! known the ways are then as short together as can be (one transport problem); an end without
//! coordinates counts as farther than any that has them. Where there are none, or too many ends, it is
//! the same class first, then few large moves before many small ones. Deterministic to the last id. Sums are
//! exact: what a line gives and gets is precisely its difference. People are told apart from posts: a
//! post with a person in it moves with that person or when somebody has left, and nobody is sent to a
//! unit that is above its posts. [`check_batches`] goes through the batches and judges each by itself.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::line::LineId;
use super::transport::Transport;
use crate::order::InOrder;
use crate::pace::{Pace, at_once};

/// A line before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its name: the last tie key.
    pub id: LineId,
    /// Posts before.
    pub before: u32,
    /// Posts after.
    pub after: u32,
    /// People in post before; may be above the posts.
    pub in_post: u32,
    /// How many of them are expected to leave in time.
    pub leaving: u32,
    /// Number of its place (township); equal numbers are the same place.
    pub place: u32,
    /// Number of its class (stage group); equal numbers are the same class.
    pub class: u32,
    /// Longitude and latitude in millionths of a degree, where known.
    pub spot: Option<(i32, i32)>,
}

impl Party {
    fn vacant(&self) -> u32 {
        self.before.saturating_sub(self.in_post)
    }
}

/// What has to happen before a post can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Nothing: nobody holds it. The first batch.
    Vacant,
    /// The person in it moves with it. The second batch.
    WithPerson,
    /// Somebody leaves first. The third batch.
    AfterLeaving,
}

impl Way {
    /// The batch, from 1.
    pub fn batch(self) -> u8 {
        match self {
            Self::Vacant => 1,
            Self::WithPerson => 2,
            Self::AfterLeaving => 3,
        }
    }
}

/// How near the two ends of a transfer are, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// Same place and same class.
    SamePlaceAndClass,
    /// Same place, other class.
    SamePlace,
    /// Same class, other place.
    SameClass,
    /// Neither.
    Elsewhere,
    /// One end is no line: posts that no line held, or that no line keeps.
    Unassigned,
}

/// One transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The line that gives, by its place in the list; `None` for posts that no line held.
    pub from: Option<usize>,
    /// The line that gets, by its place in the list; `None` for posts that no line keeps.
    pub to: Option<usize>,
    /// Posts, one or more.
    pub posts: u64,
    /// What has to happen first. A line gives its vacant posts first.
    pub way: Way,
    /// How near the two ends are.
    pub nearness: Nearness,
    /// How far apart they are, in metres, where both coordinates are known.
    pub metres: Option<u32>,
}

/// The transfers that lead from before to after.
///
/// Sorted: by batch, then by nearness, then by the names of giver and getter (a missing end before
/// all names).
pub fn transfers(parties: &[Party]) -> Vec<Move> {
    at_once(transfers_in_steps(parties, &Pace::default()))
}

/// The same in steps: the shortest ways of many lines may take long.
pub async fn transfers_in_steps(parties: &[Party], pace: &Pace) -> Vec<Move> {
    let mut givers = Vec::new();
    let mut getters = Vec::new();
    for (index, party) in parties.iter().enumerate() {
        let side = |posts: u32| Side { index, party, posts: u64::from(posts) };
        if party.before > party.after {
            givers.push(side(party.before - party.after));
        } else if party.after > party.before {
            getters.push(side(party.after - party.before));
        }
    }
    let mut pairs = Vec::new();
    type Bucket = fn(&Party) -> (u32, u32);
    let rounds: [(Nearness, Bucket); 4] = [
        (Nearness::SamePlaceAndClass, |party| (party.place, party.class)),
        (Nearness::SamePlace, |party| (party.place, 0)),
        (Nearness::SameClass, |party| (0, party.class)),
        (Nearness::Elsewhere, |_| (0, 0)),
    ];
    for (nearness, bucket) in rounds {
        let starts = matches!(nearness, Nearness::SamePlaceAndClass | Nearness::SameClass);
        if starts && let Some(arcs) = ways(&mut givers, &mut getters) {
            (givers, getters) = by_distance(givers, getters, arcs, &mut pairs, pace).await;
            break;
        }
        let mut buckets: BTreeMap<_, (Vec<Side<'_>>, Vec<Side<'_>>)> = BTreeMap::new();
        for giver in givers.drain(..) {
            buckets.entry(bucket(giver.party)).or_default().0.push(giver);
        }
        for getter in getters.drain(..) {
            buckets.entry(bucket(getter.party)).or_default().1.push(getter);
        }
        // Beyond the township a known distance says more than the class.
        let far = nearness >= Nearness::SameClass;
        for (mut from, mut to) in buckets.into_values() {
            let arcs = if far { ways(&mut from, &mut to) } else { None };
            let (from, to) = match arcs {
                Some(arcs) => by_distance(from, to, arcs, &mut pairs, pace).await,
                None => pair_off(from, to, &mut pairs),
            };
            givers.extend(from);
            getters.extend(to);
        }
    }
    // Only one side is left, if any: the total changed.
    pairs.extend(givers.iter().map(|giver| (Some(giver.index), None, giver.posts)));
    pairs.extend(getters.iter().map(|getter| (None, Some(getter.index), getter.posts)));
    let mut moves = in_batches(parties, &pairs);
    let name = |end: Option<usize>| end.and_then(|index| parties.get(index)).map(|party| &party.id);
    moves.order_by(|a, b| {
        (a.way, a.nearness)
            .cmp(&(b.way, b.nearness))
            .then_with(|| name(a.from).cmp(&name(b.from)))
            .then_with(|| name(a.to).cmp(&name(b.to)))
    });
    moves
}

/// Giver, getter and posts.
type Pair = (Option<usize>, Option<usize>, u64);

/// Parts what each pair moves into vacant posts, posts that move with a person, and posts that wait
/// for somebody to leave.
fn in_batches(parties: &[Party], pairs: &[Pair]) -> Vec<Move> {
    let over = |end: Option<usize>| {
        let party = end.and_then(|index| parties.get(index));
        party.map_or(0, |party| u64::from(party.in_post.saturating_sub(party.before)))
    };
    let mut vacant: Vec<u64> = parties.iter().map(|party| party.vacant().into()).collect();
    let mut free: Vec<u64> = vec![0; pairs.len()];
    let mut received: BTreeMap<usize, u64> = BTreeMap::new();
    // Vacant posts go first to those above their posts, who cannot take a person in.
    for to_over in [true, false] {
        for ((from, to, posts), free) in pairs.iter().zip(&mut free) {
            if (over(*to) > 0) != to_over {
                continue;
            }
            *free = match from.and_then(|from| vacant.get_mut(from)) {
                Some(vacant) => {
                    let part = (*vacant).min(*posts);
                    *vacant -= part;
                    part
                }
                None => *posts,
            };
            if let Some(to) = to {
                *received.entry(*to).or_default() += *free;
            }
        }
    }
    let mut leaving: Vec<u64> = parties.iter().map(|party| party.leaving.into()).collect();
    let mut moves = Vec::new();
    for ((from, to, posts), free) in pairs.iter().zip(free) {
        let held = posts - free;
        // A post that nobody keeps is given back when its person leaves.
        let may_take =
            to.is_some_and(|index| over(Some(index)) <= received.get(&index).copied().unwrap_or(0));
        let waits = match from.and_then(|from| leaving.get_mut(from)) {
            _ if !may_take => held,
            Some(leaving) => {
                let part = (*leaving).min(held);
                *leaving -= part;
                part
            }
            None => 0,
        };
        let ends = || Some((parties.get((*from)?)?, parties.get((*to)?)?));
        let nearness = ends().map_or(Nearness::Unassigned, |(a, b)| near(a, b));
        let metres = ends().and_then(|(a, b)| Some(metres(a.spot?, b.spot?)));
        for (posts, way) in
            [(free, Way::Vacant), (held - waits, Way::WithPerson), (waits, Way::AfterLeaving)]
        {
            if posts > 0 {
                moves.push(Move { from: *from, to: *to, posts, way, nearness, metres });
            }
        }
    }
    moves
}

fn near(a: &Party, b: &Party) -> Nearness {
    match (a.place == b.place, a.class == b.class) {
        (true, true) => Nearness::SamePlaceAndClass,
        (true, false) => Nearness::SamePlace,
        (false, true) => Nearness::SameClass,
        (false, false) => Nearness::Elsewhere,
    }
}

/// A batch that could not be carried out as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("batch {batch} is not legal at line {party}")]
pub struct BadBatch {
    /// The batch, from 1.
    pub batch: u8,
    /// The line, by its place in the list.
    pub party: usize,
}

/// Goes through the batches one after another: no line gives posts that it does not have or that
/// somebody still holds, nobody is sent to a line that is above its posts, and at the end every
/// line has what it should.
///
/// # Errors
/// The first [`BadBatch`].
pub fn check_batches(parties: &[Party], moves: &[Move]) -> Result<(), BadBatch> {
    let mut posts: Vec<i64> = parties.iter().map(|party| party.before.into()).collect();
    let mut people: Vec<i64> = parties.iter().map(|party| party.in_post.into()).collect();
    for batch in 1..=3 {
        let bad = |party| BadBatch { batch, party };
        let above: Vec<bool> =
            posts.iter().zip(&people).map(|(posts, people)| people > posts).collect();
        for step in moves.iter().filter(|step| step.way.batch() == batch) {
            let count = i64::try_from(step.posts).unwrap_or(i64::MAX);
            if let Some(from) = step.from {
                let posts = posts.get_mut(from).ok_or(bad(from))?;
                let people = people.get_mut(from).ok_or(bad(from))?;
                *posts -= count;
                match step.way {
                    Way::Vacant if *people > *posts => return Err(bad(from)),
                    Way::Vacant => {}
                    Way::WithPerson | Way::AfterLeaving => *people -= count,
                }
                if *posts < 0 || *people < 0 {
                    return Err(bad(from));
                }
            }
            if let Some(to) = step.to {
                *posts.get_mut(to).ok_or(bad(to))? += count;
                if step.way == Way::WithPerson {
                    if above.get(to) != Some(&false) {
                        return Err(bad(to));
                    }
                    *people.get_mut(to).ok_or(bad(to))? += count;
                }
            }
        }
    }
    let wrong =
        parties.iter().zip(&posts).position(|(party, posts)| i64::from(party.after) != *posts);
    wrong.map_or(Ok(()), |party| Err(BadBatch { batch: 3, party }))
}

/// The distance of two spots in metres, to a few parts in a thousand: on a map that is true at their
/// middle latitude. Whole numbers throughout.
pub fn metres(one: (i32, i32), other: (i32, i32)) -> u32 {
    let ((lon, lat), (other_lon, other_lat)) = (one, other);
    let middle = (i128::from(lat) + i128::from(other_lat)) / 2;
    // Bhaskara's cosine of an angle in degrees, (32400 − 4x²) ÷ (32400 + x²).
    let square = middle * middle;
    let round = 32_400 * 1_000_000_000_000_i128;
    let (above, below) = ((round - 4 * square).max(0), round + square);
    // A degree of latitude is 111 195 metres.
    let along = |difference: i128| difference * 111_195;
    let north = along(i128::from(lat) - i128::from(other_lat)) / 1_000_000;
    let east = along(i128::from(lon) - i128::from(other_lon)) * (above / 1_000_000) / below;
    u32::try_from((north * north + east * east).isqrt()).unwrap_or(u32::MAX)
}

/// More ends than this are paired without looking at distances.
const MOST_WAYS: usize = 400_000;
/// What another township may cost, with every cost below twice as much.
const MOST_COST: i64 = 1 << 39;

/// What it costs to bring a post from each giver to each getter: another township before another
/// class within one, that before metres. Sorts both by name. `None` where no distance is known, or
/// where there are too many ends or posts for it.
fn ways<'a>(from: &mut [Side<'a>], to: &mut [Side<'a>]) -> Option<Vec<Vec<(u32, i64)>>> {
    if from.len().saturating_mul(to.len()) > MOST_WAYS {
        return None;
    }
    for sides in [&mut *from, &mut *to] {
        sides.order_by(|a, b| a.party.id.cmp(&b.party.id));
    }
    let apart = |a: &Side<'_>, b: &Side<'_>| Some(i64::from(metres(a.party.spot?, b.party.spot?)));
    let known =
        from.iter().flat_map(|giver| to.iter().filter_map(move |getter| apart(giver, getter)));
    let farthest = known.max()?;
    // One step of a level is more than all posts together can cost on the levels below it.
    let sum = |sides: &[Side<'_>]| sides.iter().map(|side| side.posts).fold(0, u64::saturating_add);
    let posts = i64::try_from(sum(from).min(sum(to))).ok()?;
    let class = posts.checked_mul(farthest + 2)?.checked_add(1)?;
    let place = posts.checked_mul(class.checked_add(farthest + 2)?)?.checked_add(1)?;
    if place >= MOST_COST {
        return None;
    }
    let cost = |giver: &Side<'_>, getter: &Side<'_>| {
        let other_class = i64::from(giver.party.class != getter.party.class);
        let is_far = giver.party.place != getter.party.place;
        // Beyond the township a known distance says more than the class.
        let distance =
            apart(giver, getter).unwrap_or(farthest + 1 + i64::from(is_far) * other_class);
        distance + if is_far { place } else { class * other_class }
    };
    let arcs = |giver: &Side<'_>| {
        (0..).zip(to.iter()).map(|(at, getter)| (at, cost(giver, getter))).collect()
    };
    Some(from.iter().map(arcs).collect())
}

/// The shortest ways together, until one side is empty; returns what is left of both. Both are sorted
/// as their costs are.
async fn by_distance<'a>(
    mut from: Vec<Side<'a>>,
    mut to: Vec<Side<'a>>,
    arcs: Vec<Vec<(u32, i64)>>,
    pairs: &mut Vec<Pair>,
    pace: &Pace,
) -> (Vec<Side<'a>>, Vec<Side<'a>>) {
    let units = |sides: &[Side<'_>]| {
        sides.iter().map(|side| u32::try_from(side.posts).unwrap_or(u32::MAX)).collect()
    };
    let transport = Transport {
        supplies: units(&from),
        places: units(&to),
        arcs,
        // Everybody can go everywhere: nothing stays where there is room, whatever it costs.
        unplaced: MOST_COST * 32,
    };
    for (giver, getter, posts) in transport.solve_in_steps(pace).await.flows {
        let (Some(giver), Some(getter)) = (from.get_mut(giver), to.get_mut(getter)) else {
            continue;
        };
        giver.posts -= u64::from(posts);
        getter.posts -= u64::from(posts);
        pairs.push((Some(giver.index), Some(getter.index), posts.into()));
    }
    from.retain(|side| side.posts > 0);
    to.retain(|side| side.posts > 0);
    (from, to)
}

/// A line that still has to give or get posts.
#[derive(Debug, Clone, Copy)]
struct Side<'a> {
    index: usize,
    party: &'a Party,
    posts: u64,
}

impl<'a> Side<'a> {
    /// Most posts first, then by name.
    fn order(&self) -> (Reverse<u64>, &'a LineId) {
        (Reverse(self.posts), &self.party.id)
    }
}

impl PartialEq for Side<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Side<'_> {}

impl PartialOrd for Side<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Side<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

/// Pairs givers with getters until one side is empty, and returns what is left of both. Equal
/// numbers first, because each such move settles two lines; then most with most.
fn pair_off<'a>(
    mut from: Vec<Side<'a>>,
    mut to: Vec<Side<'a>>,
    pairs: &mut Vec<Pair>,
) -> (Vec<Side<'a>>, Vec<Side<'a>>) {
    from.order_by(Ord::cmp);
    to.order_by(Ord::cmp);
    let mut equal: BTreeMap<u64, Vec<Side<'a>>> = BTreeMap::new();
    for getter in to.drain(..).rev() {
        equal.entry(getter.posts).or_default().push(getter);
    }
    let mut givers = BinaryHeap::new();
    for mut giver in from {
        match equal.get_mut(&giver.posts).and_then(Vec::pop) {
            Some(mut getter) => pairs.push(settle(&mut giver, &mut getter)),
            None => givers.push(Reverse(giver)),
        }
    }
    let mut getters: BinaryHeap<Reverse<Side<'a>>> =
        equal.into_values().flatten().map(Reverse).collect();
    while !givers.is_empty() && !getters.is_empty() {
        let (Some(Reverse(mut giver)), Some(Reverse(mut getter))) = (givers.pop(), getters.pop())
        else {
            break;
        };
        pairs.push(settle(&mut giver, &mut getter));
        if giver.posts > 0 {
            givers.push(Reverse(giver));
        }
        if getter.posts > 0 {
            getters.push(Reverse(getter));
        }
    }
    let left = |heap: BinaryHeap<Reverse<Side<'a>>>| heap.into_iter().map(|side| side.0).collect();
    (left(givers), left(getters))
}

/// As many posts as both still have.
fn settle(giver: &mut Side<'_>, getter: &mut Side<'_>) -> Pair {
    let posts = giver.posts.min(getter.posts);
    giver.posts -= posts;
    getter.posts -= posts;
    (Some(giver.index), Some(getter.index), posts)
}
