//! What a scenario amounts to: the facts after its commands, the norm in force, who set each
//! line's posts. It changes only through [`State::apply`].

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use num_traits::ToPrimitive;

use super::{By, Command, Conflict, Limits, NewUnit, Posting, UnitField};
use crate::county::{
    County, Holding, HoldingId, Index, KindId, Locality, Part, Stage, Unit, UnitCode,
};
use crate::norm::{FigureId, MOST_IN_TABLES, Norm};
use crate::yardstick::{Change, Choice, Key};

/// The present of a scenario.
#[derive(Debug, Clone)]
pub struct State {
    /// The facts, corrections and moved posts included.
    pub county: County,
    /// The norm in force.
    pub norm: Arc<Norm>,
    /// Rule and limits by kind, where they differ from the default.
    pub limits: BTreeMap<KindId, Limits>,
    /// Who set each row's posts.
    by: Vec<Option<By>>,
    index: Index,
}

impl State {
    /// The state before any command.
    pub fn new(county: County, norm: Norm, limits: BTreeMap<KindId, Limits>) -> Self {
        let index = county.index();
        let by = vec![None; county.holdings.len()];
        Self { county, norm: Arc::new(norm), limits, by, index }
    }

    /// Where holdings and units stand.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Who set the posts of a row; `None` for what the survey says.
    pub fn by(&self, row: usize) -> Option<&By> {
        self.by.get(row)?.as_ref()
    }

    /// The posts of a row and who set them.
    pub fn posting(&self, row: usize) -> Option<Posting> {
        let posts = self.county.holdings.get(row)?.authorised;
        Some(Posting { posts, by: self.by(row).cloned() })
    }

    /// Rule and limits of a kind.
    pub fn limits(&self, kind: &KindId) -> Limits {
        self.limits.get(kind).cloned().unwrap_or_default()
    }

    /// Changes the state and returns the command that undoes the change.
    ///
    /// # Errors
    /// A [`Conflict`] where the command does not fit; the state is then as it was.
    pub fn apply(&mut self, command: Command) -> Result<Command, Conflict> {
        match &command {
            Command::SetPosts { at, old, new } => self.set_posts(at, old, new)?,
            Command::SetFact { at, fact, old, new } => {
                let holding = self.holding_mut(at)?;
                let found = holding.fact(*fact);
                if found != *old {
                    return Err(changed(at, &shown(*old), &shown(found)));
                }
                within_reason(at, new.unwrap_or(0))?;
                holding.set_fact(*fact, *new);
            }
            Command::SetGrades { at, old, new } => {
                swap(at, &mut self.holding_mut(at)?.roll.grades, old, new)?;
            }
            Command::SetStaff { at, old, new } => {
                swap(at, &mut self.holding_mut(at)?.staff, old, new)?;
            }
            Command::SetAdditional { at, old, new } => {
                swap(at, &mut self.holding_mut(at)?.additional, old, new)?;
            }
            Command::SetDepartures { at, old, new } => {
                swap(at, &mut self.holding_mut(at)?.departures, old, new)?;
            }
            Command::SetLeaders { at, old, new } => {
                swap(at, &mut self.unit_mut(at)?.leaders, old, new)?;
            }
            Command::SetYardstick { at, old, new } => self.set_yardstick(*at, old, new)?,
            Command::SetYardstickTable { group, old, new } => {
                let found = self.county.yardsticks.set(*group);
                if found != old {
                    return Err(changed("yardsticks", old, found));
                }
                if !Choice::has_table(*group, new) {
                    return Err(Conflict::NoParameter(new.clone()));
                }
                self.county.yardsticks.set_table(*group, new);
            }
            Command::SetUnit { at, field, old, new } => {
                let unit = self.unit_mut(at)?;
                match field {
                    UnitField::Name => swap_text(at, &mut unit.name, old, new)?,
                    UnitField::Township => swap_text(at, &mut unit.township, old, new)?,
                    UnitField::Locality => {
                        let found = unit.locality.map(Locality::as_str).unwrap_or_default();
                        if found != old {
                            return Err(changed(at, old, found));
                        }
                        let locality = Locality::parse(new);
                        // What reads back as something else could not be undone.
                        if locality.map(Locality::as_str).unwrap_or_default() != new {
                            return Err(Conflict::NoParameter(new.clone()));
                        }
                        unit.locality = locality;
                    }
                    UnitField::Closed => {
                        let found = unit.closed.map(|day| day.to_string()).unwrap_or_default();
                        if found != *old {
                            return Err(changed(at, old, &found));
                        }
                        let closed: Option<NaiveDate> = new.parse().ok();
                        if closed.map(|day| day.to_string()).unwrap_or_default() != *new {
                            return Err(Conflict::NoParameter(new.clone()));
                        }
                        unit.closed = closed;
                    }
                }
            }
            Command::SetCounty { old, new } => {
                swap_text("county", &mut self.county.name, old, new)?;
            }
            Command::SetParameter { id, old, new, old_document, new_document } => {
                let day = self.norm.day();
                let parameter = self.norm.pack().parameter(id);
                let parameter = parameter.ok_or_else(|| Conflict::NoParameter(id.clone()))?;
                let found = parameter.on(day).ok_or_else(|| Conflict::NoParameter(id.clone()))?;
                if found != *old {
                    return Err(changed(id, &old.to_string(), &found.to_string()));
                }
                // Files of before documents stood in the command say nothing of one that there was.
                let settled = self.norm.pack().own_document(id, day).unwrap_or_default();
                if settled != old_document && !old_document.is_empty() {
                    return Err(changed(id, old_document, settled));
                }
                if new.0 < parameter.least.0 || new.0 > parameter.greatest.0 {
                    return Err(Conflict::OutOfRange {
                        what: id.clone(),
                        value: new.to_string(),
                        least: parameter.least.to_string(),
                        greatest: parameter.greatest.to_string(),
                    });
                }
                Arc::make_mut(&mut self.norm).set_parameter(id, *new, new_document);
            }
            Command::SetTableFigure { at, old, new, old_document, new_document } => {
                self.set_table_figure(at, (old, new), (old_document, new_document))?;
            }
            Command::SetNorm { old, new } => {
                if !self.norm.pack().same_figures(old) {
                    return Err(changed("norm", &old.id, &self.norm.pack().id));
                }
                self.norm = Arc::new(Norm::new(new.as_ref().clone(), self.norm.day())?);
            }
            Command::SetTotal { kind, old, new, .. } => {
                let total = self.total_mut(kind)?;
                if *total != *old {
                    return Err(changed(kind.as_str(), old, total));
                }
                *total = *new;
            }
            Command::SetKindergartenKind { old, new } => self.set_kindergarten_kind(old, new)?,
            Command::SetLimits { kind, old, new } => {
                if self.limits(kind) != **old {
                    return Err(changed(kind.as_str(), "", ""));
                }
                self.limits.insert(kind.clone(), new.as_ref().clone());
            }
            Command::FoundUnit { new, undone: false } => self.found(new)?,
            Command::FoundUnit { new, undone: true } => self.unfound(new)?,
            Command::SetPool { kind, old, new } => {
                if self.county.pool(kind) != old.as_deref() {
                    return Err(changed(kind.as_str(), "", ""));
                }
                if new.as_ref().is_some_and(|new| new.kind != *kind) {
                    return Err(Conflict::NoKind(kind.clone()));
                }
                let County { kinds, pools, .. } = &mut self.county;
                match (pools.iter_mut().find(|pool| pool.kind == *kind), new) {
                    (Some(pool), Some(new)) => *pool = new.as_ref().clone(),
                    (Some(_), None) => pools.retain(|pool| pool.kind != *kind),
                    (None, Some(new)) => {
                        // In the order of the kinds, so that one that comes back stands where it was.
                        let rank = |id: &KindId| kinds.iter().position(|kind| kind.id == *id);
                        let after = pools.iter().position(|pool| rank(&pool.kind) > rank(kind));
                        pools.insert(after.unwrap_or(pools.len()), new.as_ref().clone());
                    }
                    (None, None) => {}
                }
            }
        }
        Ok(command.inverse())
    }

    fn row(&self, at: &HoldingId) -> Result<usize, Conflict> {
        self.index.row(at).ok_or_else(|| Conflict::NoHolding(at.clone()))
    }

    fn holding_mut(&mut self, at: &HoldingId) -> Result<&mut Holding, Conflict> {
        let row = self.row(at)?;
        let holding = self.county.holdings.get_mut(row);
        holding.ok_or_else(|| Conflict::NoHolding(at.clone()))
    }

    fn unit_mut(&mut self, at: &UnitCode) -> Result<&mut Unit, Conflict> {
        let unit = self.index.unit(at).and_then(|place| self.county.units.get_mut(place));
        unit.ok_or_else(|| Conflict::NoUnit(at.clone()))
    }

    /// A founded unit stands after all others, so that no row moves.
    fn found(&mut self, new: &NewUnit) -> Result<(), Conflict> {
        let code = &new.unit.code;
        if self.index.unit(code).is_some() {
            return Err(changed(code, "—", code));
        }
        if self.county.kind(&new.kind).is_none() {
            return Err(Conflict::NoKind(new.kind.clone()));
        }
        let (row, place) = (self.county.holdings.len(), self.county.units.len());
        self.county.holdings.push(Holding::empty(place, new.part()));
        self.county.units.push(new.unit.clone());
        self.by.push(None);
        self.index.push(HoldingId { unit: code.clone(), part: new.part() }, (row, place));
        Ok(())
    }

    /// The same state with a line as it is when its unit is founded: without posts, people or roll.
    pub(super) fn bared(&self, row: usize) -> Self {
        let mut bare = self.clone();
        if let (Some(holding), Some(by)) = (bare.county.holdings.get_mut(row), bare.by.get_mut(row))
        {
            *holding = Holding::empty(holding.unit, holding.part.clone());
            *by = None;
        }
        bare
    }

    /// The unit founded last is taken away, as it was founded.
    fn unfound(&mut self, new: &NewUnit) -> Result<(), Conflict> {
        let last = self.county.units.last();
        let (Some(unit), Some(holding)) = (last, self.county.holdings.last()) else {
            return Err(Conflict::NoUnit(new.unit.code.clone()));
        };
        let bare = Holding::empty(self.county.units.len() - 1, new.part());
        if *unit != new.unit || *holding != bare {
            return Err(changed(&new.unit.code, "", ""));
        }
        self.county.units.pop();
        self.county.holdings.pop();
        self.by.pop();
        self.index.pop(&HoldingId { unit: new.unit.code.clone(), part: new.part() });
        Ok(())
    }

    fn set_yardstick(
        &mut self,
        at: Key,
        old: &Option<Change>,
        new: &Option<Change>,
    ) -> Result<(), Conflict> {
        let what = format!("{:?}", at.group);
        let choice = &mut self.county.yardsticks;
        if choice.change(at) != old.as_ref() {
            return Err(changed(&what, "", ""));
        }
        let (least, greatest) =
            Choice::range(at).ok_or_else(|| Conflict::NoParameter(what.clone()))?;
        // A figure that the yardsticks do not have cannot be changed; one that a file brings for
        // another key is refused alike.
        if choice.figure(at).is_none() || new.as_ref().is_some_and(|change| change.at != at) {
            return Err(Conflict::NoParameter(what));
        }
        if let Some(change) = new
            && (change.value.0 < least.0
                || change.value.0 > greatest.0
                || !Choice::is_fine(&change.value.0))
        {
            return Err(Conflict::OutOfRange {
                what,
                value: change.value.to_string(),
                least: least.to_string(),
                greatest: greatest.to_string(),
            });
        }
        choice.set_change(at, new.clone());
        Ok(())
    }

    /// A figure that leaves the norm unfit for use is refused with the place, and the norm in force
    /// stays.
    fn set_table_figure(
        &mut self,
        at: &FigureId,
        (old, new): (&str, &str),
        (old_document, new_document): (&str, &str),
    ) -> Result<(), Conflict> {
        let pack = self.norm.pack();
        let found = pack.table_figure(at).ok_or_else(|| Conflict::NoParameter(at.to_string()))?;
        if found != old {
            return Err(changed(at, old, &found));
        }
        let settled = pack.table_figure_document(at).unwrap_or_default();
        if settled != old_document {
            return Err(changed(at, old_document, settled));
        }
        let mut trial = pack.clone();
        if !trial.set_table_figure(at, new, new_document) {
            return Err(Conflict::OutOfRange {
                what: at.to_string(),
                value: new.to_owned(),
                least: "0".to_owned(),
                greatest: MOST_IN_TABLES.to_string(),
            });
        }
        self.norm = Arc::new(Norm::new(trial, self.norm.day())?);
        Ok(())
    }

    fn set_posts(&mut self, at: &HoldingId, old: &Posting, new: &Posting) -> Result<(), Conflict> {
        let row = self.row(at)?;
        let (Some(holding), Some(by)) = (self.county.holdings.get_mut(row), self.by.get_mut(row))
        else {
            return Err(Conflict::NoHolding(at.clone()));
        };
        if holding.authorised != old.posts {
            return Err(changed(at, &old.posts, &holding.authorised));
        }
        within_reason(at, new.posts)?;
        holding.authorised = new.posts;
        *by = new.by.clone();
        Ok(())
    }

    fn total_mut(&mut self, kind: &KindId) -> Result<&mut u32, Conflict> {
        let found = self.county.kinds.iter_mut().find(|found| found.id == *kind);
        found.map(|found| &mut found.total).ok_or_else(|| Conflict::NoKind(kind.clone()))
    }

    /// The kindergartens' posts go with them from one total to the other, so that both ledgers
    /// close as they did.
    fn set_kindergarten_kind(&mut self, old: &KindId, new: &KindId) -> Result<(), Conflict> {
        if self.county.kindergarten_kind != *old {
            let found = self.county.kindergarten_kind.as_str().to_owned();
            return Err(changed("kindergarten", old.as_str(), &found));
        }
        let kindergartens = self.county.holdings.iter();
        let kindergartens =
            kindergartens.filter(|holding| holding.part == Part::Stage(Stage::Kindergarten));
        let posts: u64 = kindergartens.map(|holding| u64::from(holding.authorised)).sum();
        let too_small = |kind: &KindId| Conflict::TotalTooSmall { kind: kind.clone(), posts };
        let whole = posts.to_u32().ok_or_else(|| too_small(old))?;
        let from = self.total_mut(old)?.checked_sub(whole).ok_or_else(|| too_small(old))?;
        let to = self.total_mut(new)?.checked_add(whole).ok_or_else(|| too_small(new))?;
        if old == new {
            return Ok(());
        }
        *self.total_mut(old)? = from;
        *self.total_mut(new)? = to;
        self.county.kindergarten_kind = new.clone();
        Ok(())
    }
}

/// Refuses figures that no county has, so that sums stay within their types.
fn within_reason<W: std::fmt::Display>(what: &W, value: u32) -> Result<(), Conflict> {
    const MOST: u32 = 10_000_000;
    if value <= MOST {
        return Ok(());
    }
    Err(Conflict::OutOfRange {
        what: what.to_string(),
        value: value.to_string(),
        least: "0".to_owned(),
        greatest: MOST.to_string(),
    })
}

fn shown(value: Option<u32>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| value.to_string())
}

fn changed<W, E, F>(what: &W, expected: &E, found: &F) -> Conflict
where
    W: std::fmt::Display + ?Sized,
    E: std::fmt::Display + ?Sized,
    F: std::fmt::Display + ?Sized,
{
    Conflict::Changed {
        what: what.to_string(),
        expected: expected.to_string(),
        found: found.to_string(),
    }
}

/// Replaces a fact by another where it is the one that was expected.
fn swap<W: std::fmt::Display, T: PartialEq + Clone>(
    what: &W,
    place: &mut T,
    old: &T,
    new: &T,
) -> Result<(), Conflict> {
    if place != old {
        return Err(changed(what, "", ""));
    }
    new.clone_into(place);
    Ok(())
}

fn swap_text<W: std::fmt::Display + ?Sized>(
    what: &W,
    place: &mut String,
    old: &str,
    new: &str,
) -> Result<(), Conflict> {
    if place != old {
        return Err(changed(what, old, place));
    }
    new.clone_into(place);
    Ok(())
}
