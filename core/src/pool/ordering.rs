//! What decides beside the rules, line by line (先后与限额): tiers, criteria of the score, ties and limits
//! of categories. A line is added, changed, taken out or moved, and is held to what it may say; how far it
//! reaches among the applications is told. It grants nothing.

use super::caps::{Field, holds, names_nothing};
use super::{Application, Cap, Criterion, Fault, Pool, PoolError, Standings, Tie, TierRule};

/// A list of what decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Priority tiers: the first that holds an application gives its tier.
    Tiers,
    /// What a score is made of.
    Criteria,
    /// What decides between equal scores, the first before the next.
    Ties,
    /// Limits of categories; of two that are used up the first is named.
    Caps,
}

impl List {
    /// Every list, in the order in which they decide.
    pub const ALL: [Self; 4] = [Self::Tiers, Self::Criteria, Self::Ties, Self::Caps];

    /// Its name in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Tiers => "tiers",
            Self::Criteria => "criteria",
            Self::Ties => "ties",
            Self::Caps => "caps",
        }
    }

    /// The least and the most that the figure of a line may be: tiers from 1 to 9, weights from 1 to
    /// 1,000, posts up to [`super::MOST`]. Ties have none.
    pub fn range(self) -> (u32, u32) {
        match self {
            Self::Tiers => (1, 9),
            Self::Criteria => (1, 1_000),
            Self::Ties => (0, 0),
            Self::Caps => (0, super::MOST),
        }
    }

    /// Whether its lines have a name of their own.
    pub fn is_named(self) -> bool {
        matches!(self, Self::Criteria | Self::Caps)
    }

    /// Whether its lines hold applications of some sorts.
    pub fn holds_sorts(self) -> bool {
        matches!(self, Self::Tiers | Self::Caps)
    }
}

/// One line of any list; which parts count, [`List`] says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Name of a criterion or a limit, unique in its list.
    pub name: String,
    /// What a tier or a limit looks at.
    pub field: Field,
    /// What that must be one of; empty for every application, which a limit cannot say.
    pub any: Vec<String>,
    /// The tier, the weight, or the most posts: see [`List::range`].
    pub figure: u32,
    /// A limit counts all posts out in loans, not only those of one batch.
    pub in_rotation: bool,
    /// What decides between equal scores.
    pub tie: Tie,
}

/// How far a tier or a limit reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Applications before the pool that it holds. Of a tier: those that get theirs by it.
    pub applications: u32,
    /// Posts that they ask for.
    pub asked: u32,
    /// Applications that a tier would hold if they did not name their own.
    pub own: u32,
    /// Why no application could ever be held; `None` where one could.
    pub never: Option<Never>,
}

/// Why a line can hold no application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Never {
    /// Tiers before it hold everything that it would.
    Covered,
    /// None of so many units of the county is of its sorts.
    Nobody {
        /// Units of the county.
        units: u32,
    },
}

impl Pool {
    /// The lines of a list, in their order.
    pub fn lines(&self, list: List) -> Vec<Line> {
        let none = Line::default;
        let tier = |own: &TierRule| Line {
            field: own.field,
            any: own.any.clone(),
            figure: u32::from(own.tier),
            ..none()
        };
        let criterion =
            |own: &Criterion| Line { name: own.name.clone(), figure: own.weight, ..none() };
        let cap = |own: &Cap| Line {
            name: own.name.clone(),
            field: own.field,
            any: own.any.clone(),
            figure: own.posts,
            in_rotation: own.in_rotation,
            ..none()
        };
        match list {
            List::Tiers => self.tiers.iter().map(tier).collect(),
            List::Criteria => self.criteria.iter().map(criterion).collect(),
            List::Ties => self.ties.iter().map(|tie| Line { tie: *tie, ..none() }).collect(),
            List::Caps => self.caps.iter().map(cap).collect(),
        }
    }

    /// Puts a line in the place of the one that stands there, or after all others. Marks follow a
    /// criterion to its new name; a limit keeps its clause.
    ///
    /// # Errors
    /// [`Fault::LineUnnamed`], [`Fault::LineTwice`], [`Fault::LineOutOfRange`] with the figure and the
    /// nearest that may stand, [`Fault::CapOfNothing`]. The pool is then as it was.
    pub fn put_line(&mut self, list: List, at: usize, line: Line) -> Result<(), PoolError> {
        let others = self.lines(list).into_iter().enumerate().filter(|(place, _)| *place != at);
        let mut others = others.map(|(_, other)| other);
        let wrong = |fault| Err(PoolError::of(fault).who(&line.name));
        if list.is_named() && line.name.is_empty() {
            return wrong(Fault::LineUnnamed);
        }
        if list.is_named() && others.by_ref().any(|other| other.name == line.name)
            || list == List::Ties && others.any(|other| other.tie == line.tie)
        {
            return wrong(Fault::LineTwice);
        }
        let (least, most) = list.range();
        let nearest = line.figure.clamp(least, most);
        if nearest != line.figure {
            let error = PoolError::of(Fault::LineOutOfRange).who(&line.name);
            return Err(error.figures(line.figure, nearest));
        }
        if list == List::Caps && names_nothing(&line.any) {
            return Err(PoolError::of(Fault::CapOfNothing).who(&line.name).figures(line.figure, 0));
        }
        let Line { name, field, any, figure, in_rotation, tie } = line;
        match list {
            List::Tiers => {
                let tier = u8::try_from(figure).unwrap_or(u8::MAX);
                put(&mut self.tiers, at, TierRule { field, any, tier });
            }
            List::Criteria => {
                if let Some(old) = self.criteria.get(at).map(|own| own.name.clone()) {
                    let marks = self.applications.iter_mut().flat_map(|asking| &mut asking.marks);
                    for mark in marks.filter(|mark| mark.criterion == old) {
                        mark.criterion.clone_from(&name);
                    }
                }
                put(&mut self.criteria, at, Criterion { name, weight: figure });
            }
            List::Ties => put(&mut self.ties, at, tie),
            List::Caps => {
                let clause = self.caps.get(at).map(|own| own.clause.clone()).unwrap_or_default();
                put(
                    &mut self.caps,
                    at,
                    Cap { name, field, any, posts: figure, in_rotation, clause },
                );
            }
        }
        Ok(())
    }

    /// Takes a line out. What stood behind it moves up; marks of a criterion stay with their
    /// applications and count no more.
    pub fn remove_line(&mut self, list: List, at: usize) {
        match list {
            List::Tiers => take(&mut self.tiers, at),
            List::Criteria => take(&mut self.criteria, at),
            List::Ties => take(&mut self.ties, at),
            List::Caps => take(&mut self.caps, at),
        }
    }

    /// Changes a line's place with the one below it. The numbers of tiers stay where they are: what a
    /// tier holds moves to the other number.
    pub fn lower_line(&mut self, list: List, at: usize) {
        match list {
            List::Tiers => {
                if let Some([upper, lower]) = pair(&mut self.tiers, at) {
                    std::mem::swap(upper, lower);
                    std::mem::swap(&mut upper.tier, &mut lower.tier);
                }
            }
            List::Criteria => swap(&mut self.criteria, at),
            List::Ties => swap(&mut self.ties, at),
            List::Caps => swap(&mut self.caps, at),
        }
    }

    /// How far a tier or a limit reaches; `None` for other lists.
    pub fn reach(&self, list: List, at: usize, standings: &Standings) -> Option<Reach> {
        let lines = if list.holds_sorts() { self.lines(list) } else { Vec::new() };
        let (line, before) = (lines.get(at)?, lines.get(..at)?);
        let held = |line: &Line, asking: &Application| {
            holds(line.field, &line.any, asking, standings.get(&asking.unit))
        };
        let mut reach = Reach { applications: 0, asked: 0, own: 0, never: None };
        for asking in self.applications.iter().filter(|asking| held(line, asking)) {
            if list == List::Tiers && before.iter().any(|other| held(other, asking)) {
                continue;
            }
            if list == List::Tiers && asking.tier > 0 {
                reach.own += 1;
            } else {
                reach.applications += 1;
                reach.asked = reach.asked.saturating_add(asking.posts);
            }
        }
        let covers =
            |value: &String| before.iter().any(|o| o.field == line.field && o.any.contains(value));
        let all_before = before.iter().any(|other| other.any.is_empty());
        let values_before = !line.any.is_empty() && line.any.iter().all(covers);
        if list == List::Tiers && (all_before || values_before) {
            reach.never = Some(Never::Covered);
        } else if !line.any.is_empty() && !self.some_unit(line, standings) {
            let units = u32::try_from(standings.len()).unwrap_or(u32::MAX);
            reach.never = Some(Never::Nobody { units });
        }
        Some(reach)
    }

    /// Whether a unit of the county is of a line's sorts, where they are sorts of units.
    fn some_unit(&self, line: &Line, standings: &Standings) -> bool {
        if matches!(line.field, Field::Sort | Field::Talent) {
            return true;
        }
        let of = |code: &crate::county::UnitCode| Application::new("", code.clone(), 1);
        let mut units = standings.iter();
        units.any(|(code, unit)| holds(line.field, &line.any, &of(code), Some(unit)))
    }
}

fn put<T>(list: &mut Vec<T>, at: usize, own: T) {
    match list.get_mut(at) {
        Some(there) => *there = own,
        None => list.push(own),
    }
}

fn take<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}

/// A line and the one below it.
fn pair<T>(list: &mut [T], at: usize) -> Option<[&mut T; 2]> {
    match list.get_mut(at..)? {
        [upper, lower, ..] => Some([upper, lower]),
        _ => None,
    }
}

fn swap<T>(list: &mut [T], at: usize) {
    if let Some([upper, lower]) = pair(list, at) {
        std::mem::swap(upper, lower);
    }
}
