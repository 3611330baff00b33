//! Groups as a small network, and the cheapest flow through it.
//!
//! Posts flow from the root of the first tree of groups down to its leaves, through the lines, and
//! up the second tree. Lines between the same two leaves are one bundle whose next and last post
//! are known, so that the graph has as many nodes as there are groups, however many lines. The
//! start is an optimum without the groups; where a group's limit is passed, posts are sent back
//! along the cheapest way, one at a time. Every state on the way is optimal for what has been
//! sent, so the end is exact. Where no way is left, the nodes that were reached are the clash.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use super::cost::{Cost, Scale};
use super::rank::{Post, Row};
use crate::pace::Pace;

/// Which posts of a line an edge carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// All of them.
    Whole,
    /// Those up to what it holds now.
    Kept,
    /// Those above what it holds now.
    Gained,
}

impl Part {
    /// The least and most posts before the next one, for a line in this part.
    fn range(self, row: &Row<'_>) -> (u32, u32) {
        let bounds = row.line.bounds;
        match self {
            Self::Whole => (bounds.low, bounds.high),
            Self::Kept => (bounds.low, row.start()),
            Self::Gained => (row.start(), bounds.high),
        }
    }
}

/// A limit on a flow between two nodes: a group's, or the one on gains.
#[derive(Debug, Clone)]
pub(super) struct Pipe {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) low: u64,
    pub(super) high: u64,
    pub(super) flow: u64,
}

/// The lines between two nodes.
struct Bundle<'a> {
    from: usize,
    to: usize,
    part: Part,
    up: BinaryHeap<Post<'a>>,
    down: BinaryHeap<Reverse<Post<'a>>>,
    /// The cheapest post to give and the dearest to take, with the posts before it.
    next: Option<(usize, u32, Cost)>,
    last: Option<(usize, u32, Cost)>,
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Forward(usize),
    Back(usize),
    Give(usize),
    Take(usize),
}

/// A cost from the nearest source, and the way it came.
type Label = (Cost, Option<(usize, Way)>);

/// Where posts got stuck: for each node with posts in excess, the nodes that they can reach, with no
/// place for them. Each is a clash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) inside: Vec<Vec<bool>>,
}

/// The network and the flow in it.
pub(super) struct Network<'a> {
    pub(super) scale: Scale<'a>,
    pub(super) pipes: Vec<Pipe>,
    bundles: Vec<Bundle<'a>>,
    near: Vec<Vec<Way>>,
    excess: Vec<i64>,
    /// For each line, where it stands in its (kept) part and in its gained part.
    at: Vec<[u32; 2]>,
    split: bool,
}

impl<'a> Network<'a> {
    /// `ends` are the two nodes of a line, whole or split into kept and gained; nodes 0 and 1 are
    /// the roots. `posts` is an optimum without the pipes, and the pipes carry what flows then.
    pub(super) fn new(
        scale: Scale<'a>,
        pipes: Vec<Pipe>,
        nodes: usize,
        ends: &dyn Fn(usize, Part) -> [usize; 2],
        posts: &[u32],
        total: u64,
        split: bool,
    ) -> Self {
        let rows = scale.rows();
        let (near, excess) = (vec![Vec::new(); nodes], vec![0; nodes]);
        let mut network =
            Self { scale, pipes, bundles: Vec::new(), near, excess, at: Vec::new(), split };
        network.add_excess(0, signed(total));
        network.add_excess(1, -signed(total));
        for place in 0..network.pipes.len() {
            let Some(pipe) = network.pipes.get_mut(place) else { continue };
            pipe.flow = pipe.flow.max(pipe.low).min(pipe.high);
            let (from, to, flow) = (pipe.from, pipe.to, signed(pipe.flow));
            network.add_excess(from, -flow);
            network.add_excess(to, flow);
            network.link(from, to, Way::Forward(place), Way::Back(place));
        }
        let parts: &[Part] = if split { &[Part::Kept, Part::Gained] } else { &[Part::Whole] };
        type Posts<'a> = (Vec<Post<'a>>, Vec<Reverse<Post<'a>>>);
        let mut bundles: BTreeMap<([usize; 2], Part), Posts<'a>> = BTreeMap::new();
        for (row, &held) in rows.iter().zip(posts) {
            let mut at = [0, 0];
            for &part in parts {
                let [from, to] = ends(row.index, part);
                let (low, high) = part.range(row);
                let here = held.max(low).min(high);
                let flow = i64::from(if part == Part::Gained { here - low } else { here });
                network.add_excess(from, -flow);
                network.add_excess(to, flow);
                if let Some(at) = at.get_mut(usize::from(part == Part::Gained)) {
                    *at = here;
                }
                let bundle = bundles.entry(([from, to], part)).or_default();
                if here < high {
                    bundle.0.push(row.post(here));
                }
                if here > low {
                    bundle.1.push(Reverse(row.post(here - 1)));
                }
            }
            network.at.push(at);
        }
        for (([from, to], part), (up, down)) in bundles {
            let place = network.bundles.len();
            network.link(from, to, Way::Give(place), Way::Take(place));
            let (up, down) = (BinaryHeap::from(up), BinaryHeap::from(down));
            network.bundles.push(Bundle { from, to, part, up, down, next: None, last: None });
            network.refresh(place);
        }
        network
    }

    fn link(&mut self, from: usize, to: usize, there: Way, back: Way) {
        for (node, way) in [(from, there), (to, back)] {
            if let Some(near) = self.near.get_mut(node) {
                near.push(way);
            }
        }
    }

    fn add_excess(&mut self, node: usize, posts: i64) {
        if let Some(excess) = self.excess.get_mut(node) {
            *excess = excess.saturating_add(posts);
        }
    }

    /// Posts of each line.
    pub(super) fn posts(&self) -> Vec<u32> {
        let lines = self.scale.rows().iter().zip(&self.at);
        lines
            .map(
                |(row, &[kept, gained])| {
                    if self.split { kept + (gained - row.start()) } else { kept }
                },
            )
            .collect()
    }

    /// Narrows the upper limit of a pipe; what no longer fits waits to be sent another way.
    pub(super) fn narrow(&mut self, place: usize, high: u64) {
        let Some(pipe) = self.pipes.get_mut(place) else { return };
        pipe.high = high;
        let (over, from, to) = (signed(pipe.flow.saturating_sub(high)), pipe.from, pipe.to);
        pipe.flow = pipe.flow.min(high);
        self.add_excess(from, over);
        self.add_excess(to, -over);
    }

    /// Puts one post more, or one fewer, on the way through the whole network: it waits to be sent.
    pub(super) fn change_total(&mut self, more: bool) {
        let by = if more { 1 } else { -1 };
        self.add_excess(0, by);
        self.add_excess(1, -by);
    }

    /// Sends every post in excess to where one is missing, always the cheapest way. Tells the
    /// lines that changed by one post, in order.
    ///
    /// # Errors
    /// A [`Cut`] if no way is left.
    pub(super) async fn settle(&mut self, pace: &Pace) -> Result<Vec<(usize, bool)>, Cut> {
        let mut changes = Vec::new();
        loop {
            let sources: Vec<usize> = self.nodes_where(|excess| excess > 0);
            if sources.is_empty() {
                return Ok(changes);
            }
            let labels = self.labels(&sources, pace).await;
            let mut goal: Option<(usize, &Cost)> = None;
            for node in self.nodes_where(|excess| excess < 0) {
                let Some(Some((cost, _))) = labels.get(node) else { continue };
                if goal.is_none_or(|(_, best)| self.scale.compare(cost, best).is_lt()) {
                    goal = Some((node, cost));
                }
            }
            let Some((goal, _)) = goal else {
                let mut inside = Vec::with_capacity(sources.len());
                for source in sources {
                    let reached = self.labels(&[source], pace).await;
                    inside.push(reached.iter().map(Option::is_some).collect());
                }
                return Err(Cut { inside });
            };
            self.send(goal, &labels, &mut changes);
            pace.rest().await;
        }
    }

    fn nodes_where(&self, is: impl Fn(i64) -> bool) -> Vec<usize> {
        let nodes = self.excess.iter().enumerate();
        nodes.filter(|(_, excess)| is(**excess)).map(|(node, _)| node).collect()
    }

    /// The cheapest cost from the nearest of the sources to every node that can be reached.
    async fn labels(&self, sources: &[usize], pace: &Pace) -> Vec<Option<Label>> {
        let mut labels: Vec<Option<Label>> = vec![None; self.near.len()];
        let mut waits = vec![false; self.near.len()];
        let mut todo = VecDeque::new();
        for &node in sources {
            if let (Some(label), Some(waits)) = (labels.get_mut(node), waits.get_mut(node)) {
                (*label, *waits) = (Some((Cost::default(), None)), true);
                todo.push_back(node);
            }
        }
        // A label improves at most once for each node on the way to it; the bound only makes sure
        // that nothing can go round for ever.
        let mut turns = 64 + labels.len() * labels.len() * 4;
        while let Some(node) = todo.pop_front() {
            turns = turns.saturating_sub(1);
            debug_assert!(turns > 0, "a way that goes round is never cheaper");
            if turns == 0 {
                break;
            }
            if let Some(waits) = waits.get_mut(node) {
                *waits = false;
            }
            for &way in self.near.get(node).into_iter().flatten() {
                let Some((to, step)) = self.step(way) else { continue };
                let Some(Some((cost, _))) = labels.get(node) else { continue };
                let Some(found) = labels.get(to) else { continue };
                let cost = match found {
                    Some((best, _)) => match self.scale.better(cost, step, best) {
                        Some(cost) => cost,
                        None => continue,
                    },
                    None => cost.with(step),
                };
                if let Some(label) = labels.get_mut(to) {
                    *label = Some((cost, Some((node, way))));
                }
                if let Some(waits) = waits.get_mut(to).filter(|waits| !**waits) {
                    *waits = true;
                    todo.push_back(to);
                }
            }
            if self.scale.is_tired() {
                pace.rest().await;
            }
        }
        labels
    }

    /// Where a way leads and what it costs, if it is open.
    fn step(&self, way: Way) -> Option<(usize, Option<(&Cost, i64)>)> {
        match way {
            Way::Forward(place) => {
                let pipe = self.pipes.get(place).filter(|pipe| pipe.flow < pipe.high)?;
                Some((pipe.to, None))
            }
            Way::Back(place) => {
                let pipe = self.pipes.get(place).filter(|pipe| pipe.flow > pipe.low)?;
                Some((pipe.from, None))
            }
            Way::Give(place) => {
                let bundle = self.bundles.get(place)?;
                bundle.next.as_ref().map(|(_, _, cost)| (bundle.to, Some((cost, 1))))
            }
            Way::Take(place) => {
                let bundle = self.bundles.get(place)?;
                bundle.last.as_ref().map(|(_, _, cost)| (bundle.from, Some((cost, -1))))
            }
        }
    }

    /// Sends one post along the labels to `goal`, or as many as fit where only pipes are passed.
    fn send(&mut self, goal: usize, labels: &[Option<Label>], changes: &mut Vec<(usize, bool)>) {
        let mut ways = Vec::new();
        let mut node = goal;
        while let Some(Some((_, Some((from, way))))) = labels.get(node) {
            ways.push(*way);
            node = *from;
        }
        let excess = |node: usize| self.excess.get(node).map_or(0, |excess| excess.unsigned_abs());
        let room = ways.iter().map(|way| match *way {
            Way::Forward(place) => self.pipes.get(place).map_or(0, |pipe| pipe.high - pipe.flow),
            Way::Back(place) => self.pipes.get(place).map_or(0, |pipe| pipe.flow - pipe.low),
            Way::Give(_) | Way::Take(_) => 1,
        });
        let posts = room.fold(excess(node).min(excess(goal)), u64::min);
        for way in ways {
            match way {
                Way::Forward(place) => {
                    if let Some(pipe) = self.pipes.get_mut(place) {
                        pipe.flow += posts;
                    }
                }
                Way::Back(place) => {
                    if let Some(pipe) = self.pipes.get_mut(place) {
                        pipe.flow -= posts;
                    }
                }
                Way::Give(place) => changes.extend(self.change(place, true)),
                Way::Take(place) => changes.extend(self.change(place, false)),
            }
        }
        self.add_excess(node, -signed(posts));
        self.add_excess(goal, signed(posts));
    }

    /// Gives the next post of a bundle, or takes its last one.
    fn change(&mut self, place: usize, give: bool) -> Option<(usize, bool)> {
        let rows = self.scale.rows();
        let bundle = self.bundles.get_mut(place)?;
        let (line, held) = match (&bundle.next, &bundle.last) {
            (Some((line, held, _)), _) if give => (*line, *held + 1),
            (_, Some((line, held, _))) if !give => (*line, *held),
            _ => return None,
        };
        let row = rows.get(line)?;
        let (low, high) = bundle.part.range(row);
        *self.at.get_mut(line)?.get_mut(usize::from(bundle.part == Part::Gained))? = held;
        if held < high {
            bundle.up.push(row.post(held));
        }
        if held > low {
            bundle.down.push(Reverse(row.post(held - 1)));
        }
        self.refresh(place);
        Some((line, give))
    }

    /// Drops what earlier changes made stale, and looks up the costs of the next and last post.
    fn refresh(&mut self, place: usize) {
        let Some(bundle) = self.bundles.get_mut(place) else { return };
        let side = usize::from(bundle.part == Part::Gained);
        let at = |row: &Row<'_>| self.at.get(row.index).and_then(|at| at.get(side)).copied();
        while bundle.up.peek().is_some_and(|post| at(post.row) != Some(post.held)) {
            bundle.up.pop();
        }
        while bundle.down.peek().is_some_and(|post| at(post.0.row) != Some(post.0.held + 1)) {
            bundle.down.pop();
        }
        let cost = |post: &Post<'_>| {
            (post.row.index, post.held, self.scale.step(post.row.index, post.held))
        };
        bundle.next = bundle.up.peek().map(cost);
        bundle.last = bundle.down.peek().map(|post| cost(&post.0));
    }

    /// What a post costs at each node: along every open way the price rises by no more than the
    /// way costs, which proves that the flow is the cheapest.
    pub(super) async fn prices(&self, pace: &Pace) -> Vec<Cost> {
        let all: Vec<usize> = (0..self.near.len()).collect();
        let labels = self.labels(&all, pace).await.into_iter();
        labels.map(|label| label.map(|(cost, _)| cost).unwrap_or_default()).collect()
    }
}

fn signed(posts: u64) -> i64 {
    i64::try_from(posts).unwrap_or(i64::MAX)
}
