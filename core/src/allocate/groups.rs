//! Groups: limits on the sum over several lines, and how they lie to each other.
//!
//! Groups that are nested or apart leave the greedy order exact; two families of such groups that
//! cross each other (stage totals and township totals) are a flow. [`Shape::of`] tells which it
//! is; it solves nothing.

use std::collections::BTreeMap;

use super::clash::Clash;
use super::line::{LineId, Problem};
use crate::order::InOrder;

/// A limit on the posts of several lines together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name, for the reader: `township A`, `primary`.
    pub name: LineId,
    /// The lines, by their place in the problem. A line that appears twice counts once; a place
    /// beyond the last line is refused.
    pub lines: Vec<usize>,
    /// Least posts of all its lines together.
    pub low: u64,
    /// Most posts of all its lines together; `u64::MAX` for no limit.
    pub high: u64,
}

/// How the groups of a problem lie to each other, which decides the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Structure {
    /// No groups: the greedy order within the bounds.
    Free,
    /// Any two groups are nested or apart.
    Nested,
    /// Two families of nested groups that cross each other: a flow from one to the other.
    Crossing,
}

/// The groups as two trees. Places: 0 is the root of the first tree, 1 that of the second, and
/// group `g` stands at `g + 2`.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// What it is.
    pub(super) structure: Structure,
    /// For each group: whether it belongs to the second tree, and the place of the next larger
    /// group around it.
    pub(super) around: Vec<(bool, usize)>,
    /// For each line: the places of the smallest groups around it in both trees.
    pub(super) leaves: Vec<[usize; 2]>,
}

impl Shape {
    /// From where to where a group's posts flow.
    pub(super) fn ends(&self, group: usize) -> [usize; 2] {
        match self.around.get(group) {
            Some(&(true, outer)) => [group + 2, outer],
            Some(&(false, outer)) => [outer, group + 2],
            None => [0, 0],
        }
    }

    /// Sorts the groups into two trees.
    ///
    /// # Errors
    /// [`Clash::GroupInvalid`] or [`Clash::GroupsThreeWays`].
    pub(super) fn of(problem: &Problem) -> Result<Self, Clash> {
        let (groups, count) = (&problem.groups, problem.lines.len());
        if groups.is_empty() {
            let structure = Structure::Free;
            return Ok(Self { structure, around: Vec::new(), leaves: Vec::new() });
        }
        // The groups of each line, and the sizes without repeats.
        let mut of_line: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut sizes = vec![0_usize; groups.len()];
        for (at, group) in groups.iter().enumerate() {
            if group.low > group.high || group.lines.iter().any(|&line| line >= count) {
                let Group { name, low, high, .. } = group.clone();
                return Err(Clash::GroupInvalid { name, low, high });
            }
            for &line in &group.lines {
                if let (Some(of), Some(size)) = (of_line.get_mut(line), sizes.get_mut(at))
                    && of.last() != Some(&at)
                {
                    of.push(at);
                    *size += 1;
                }
            }
        }
        let size = |group: usize| sizes.get(group).copied().unwrap_or(0);
        let second = colours(groups.len(), &crossings(&of_line, &size), groups)?;
        let is_second = |group: usize| second.get(group).copied().unwrap_or(false);
        let mut around: Vec<(bool, usize)> =
            (0..groups.len()).map(|at| (is_second(at), usize::from(is_second(at)))).collect();
        let mut leaves = vec![[0, 1]; count];
        for (of, leaves) in of_line.iter_mut().zip(&mut leaves) {
            // The smallest first; of groups with the same lines the later one lies inside.
            of.order_by(|&a, &b| (size(a), b).cmp(&(size(b), a)));
            for tree in [false, true] {
                let mut chain = of.iter().copied().filter(|&at| is_second(at) == tree);
                let Some(mut inner) = chain.next() else { continue };
                if let Some(leaf) = leaves.get_mut(usize::from(tree)) {
                    *leaf = inner + 2;
                }
                for outer in chain {
                    if let Some(place) = around.get_mut(inner) {
                        place.1 = outer + 2;
                    }
                    inner = outer;
                }
            }
        }
        let crosses = second.contains(&true);
        let structure = if crosses { Structure::Crossing } else { Structure::Nested };
        Ok(Self { structure, around, leaves })
    }
}

/// Which groups cross which: they share lines, and neither holds the other.
fn crossings(of_line: &[Vec<usize>], size: &impl Fn(usize) -> usize) -> Vec<(usize, usize)> {
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for of in of_line {
        for (at, &one) in of.iter().enumerate() {
            for &other in of.iter().skip(at + 1) {
                *shared.entry((one, other)).or_default() += 1;
            }
        }
    }
    let crosses =
        |&((one, other), both): &((usize, usize), usize)| both != size(one) && both != size(other);
    shared.into_iter().filter(crosses).map(|(pair, _)| pair).collect()
}

/// Parts the groups in two, so that no two of one part cross.
fn colours(
    count: usize,
    crossings: &[(usize, usize)],
    groups: &[Group],
) -> Result<Vec<bool>, Clash> {
    let mut beside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(one, other) in crossings {
        beside.entry(one).or_default().push(other);
        beside.entry(other).or_default().push(one);
    }
    let mut second: Vec<Option<bool>> = vec![None; count];
    for &start in beside.keys() {
        if second.get(start).is_some_and(Option::is_some) {
            continue;
        }
        let mut todo = vec![(start, false)];
        while let Some((at, tree)) = todo.pop() {
            let Some(place) = second.get_mut(at) else { continue };
            match *place {
                Some(found) if found == tree => {}
                Some(_) => {
                    // A group that would have to stand in both parts, and those that it crosses.
                    let crossed = beside.get(&at).into_iter().flatten();
                    let names =
                        std::iter::once(&at).chain(crossed).filter_map(|&at| groups.get(at));
                    let groups = names.map(|group| group.name.clone()).collect();
                    return Err(Clash::GroupsThreeWays { groups });
                }
                None => {
                    *place = Some(tree);
                    todo.extend(beside.get(&at).into_iter().flatten().map(|&next| (next, !tree)));
                }
            }
        }
    }
    Ok(second.into_iter().map(|tree| tree == Some(true)).collect())
}
