//! Holdings: the posts at one stage of one unit, the people in them and the pupils they serve.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AdditionalPosts, Part, Staff};

/// Students and classes of one grade. Grade 1 is the youngest of its stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeRoll {
    /// Grade within the stage, from 1.
    pub grade: u8,
    /// Students.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub students: Option<u32>,
    /// Classes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classes: Option<u32>,
}

/// The roll of one stage. `None` means that the survey does not say, which is not zero.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Roll {
    /// Students of the stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub students: Option<u32>,
    /// Classes of the stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classes: Option<u32>,
    /// Students who board.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boarders: Option<u32>,
    /// By grade, where the survey gives it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<GradeRoll>,
}

/// People expected to leave in one year (自然减员).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departures {
    /// Calendar year.
    pub year: i32,
    /// People.
    pub people: u32,
}

/// The posts of one kind at one stage of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Place of its unit in [`super::County::units`].
    pub unit: usize,
    /// Stage, or kind at an institution.
    pub part: Part,
    /// The first row of the survey that tells of it, counted from 1; `None` where none is known.
    pub surveyed_row: Option<u32>,
    /// Posts authorised (核定编制).
    pub authorised: u32,
    /// People in post (实有在编).
    pub in_post: u32,
    /// People expected to leave, by year.
    pub departures: Vec<Departures>,
    /// The roll; empty at an institution.
    pub roll: Roll,
    /// The people by what they do, where the survey says.
    pub staff: Staff,
    /// Posts added to the entitlement for a stated reason (附加编制).
    pub additional: Vec<AdditionalPosts>,
}

impl Holding {
    /// A holding without posts, people or roll, of which no survey tells.
    pub fn empty(unit: usize, part: Part) -> Self {
        Self {
            unit,
            part,
            surveyed_row: None,
            authorised: 0,
            in_post: 0,
            departures: Vec::new(),
            roll: Roll::default(),
            staff: Staff::default(),
            additional: Vec::new(),
        }
    }
}

/// A figure of a holding that a planner may correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Students of the stage.
    Students,
    /// Classes of the stage.
    Classes,
    /// Students who board.
    Boarders,
    /// People in post.
    InPost,
}

impl Holding {
    /// Posts added for a stated reason that count on a day, and those whose time is over by then.
    pub fn added(&self, day: NaiveDate) -> (u32, u32) {
        let (mut lasting, mut expired) = (0_u32, 0_u32);
        for added in &self.additional {
            let sum = if added.is_expired(day) { &mut expired } else { &mut lasting };
            *sum = sum.saturating_add(added.posts);
        }
        (lasting, expired)
    }

    /// The figure now; `None` where the survey does not say.
    pub fn fact(&self, fact: Fact) -> Option<u32> {
        match fact {
            Fact::Students => self.roll.students,
            Fact::Classes => self.roll.classes,
            Fact::Boarders => self.roll.boarders,
            Fact::InPost => Some(self.in_post),
        }
    }

    /// Replaces the figure. People in post are never unknown: `None` leaves zero.
    pub fn set_fact(&mut self, fact: Fact, value: Option<u32>) {
        match fact {
            Fact::Students => self.roll.students = value,
            Fact::Classes => self.roll.classes = value,
            Fact::Boarders => self.roll.boarders = value,
            Fact::InPost => self.in_post = value.unwrap_or(0),
        }
    }

    /// Authorised less in post: below zero is over-full (超编).
    pub fn vacancy(&self) -> i64 {
        i64::from(self.authorised) - i64::from(self.in_post)
    }

    /// People expected to leave up to and including `year`.
    pub fn departures_until(&self, year: i32) -> u32 {
        let due = self.departures.iter().filter(|departures| departures.year <= year);
        due.map(|departures| departures.people).fold(0, u32::saturating_add)
    }
}
