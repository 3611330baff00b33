//! Limits of categories (类别限额): at most so many posts for units or purposes of a sort. Any two
//! are nested or apart, so that serving in order takes nothing from anybody that another way of
//! serving could give.

use serde::{Deserialize, Serialize};

use super::{Application, Book, Borrower, Fault, Held, Pool, PoolError, Standing, Standings};
use crate::text::Bilingual;

/// What an application is sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The sort of purpose.
    #[default]
    Sort,
    /// The grade of talent.
    Talent,
    /// The unit's category.
    Category,
    /// The unit's township.
    Township,
    /// The unit's code.
    Unit,
}

impl Field {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Sort, Self::Talent, Self::Category, Self::Township, Self::Unit];
}

/// Whether an application is of one of the sorts named. An empty list holds every application.
pub(super) fn holds(
    field: Field,
    any: &[String],
    asking: &Application,
    standing: Option<&Standing>,
) -> bool {
    let value = match field {
        Field::Sort => asking.sort.as_str(),
        Field::Talent => asking.talent.as_str(),
        Field::Category => standing.map_or("", |unit| unit.category.as_str()),
        Field::Township => standing.map_or("", |unit| unit.township.as_str()),
        Field::Unit => asking.unit.as_str(),
    };
    any.is_empty() || any.iter().any(|one| one == value)
}

/// At most so many posts for the applications it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// Its name, unique in the pool.
    pub name: String,
    /// What is looked at.
    pub field: Field,
    /// What it must be one of: at least one, and none of them blank.
    #[serde(default)]
    pub any: Vec<String>,
    /// Posts at most.
    pub posts: u32,
    /// It counts all posts out in loans of its sort, not only those of one batch.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_rotation: bool,
    /// The line that it rests on.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub clause: Bilingual,
}

impl Cap {
    /// Whether an application counts towards it.
    pub fn holds(&self, asking: &Application, standing: Option<&Standing>) -> bool {
        holds(self.field, &self.any, asking, standing)
    }
}

/// Whether a limit's list names no category, or a blank one.
pub(super) fn names_nothing(any: &[String]) -> bool {
    any.is_empty() || any.iter().any(|one| one.trim().is_empty())
}

/// Every cap says what it holds. Two caps on one field cross if they share a value and each has one of its own. This sees what
/// the data alone say; caps on different fields are compared where the applications are known.
pub(super) fn check(pool: &Pool) -> Result<(), PoolError> {
    if let Some(cap) = pool.caps.iter().find(|cap| cap.posts > super::MOST) {
        return Err(PoolError::of(Fault::TooLarge).figures(cap.posts, super::MOST));
    }
    // A list without a category would hold every application, a blank one all that say nothing.
    if let Some(cap) = pool.caps.iter().find(|cap| names_nothing(&cap.any)) {
        return Err(PoolError::of(Fault::CapOfNothing).who(&cap.name).figures(cap.posts, 0));
    }
    for (at, one) in pool.caps.iter().enumerate() {
        for other in pool.caps.iter().skip(at + 1) {
            if one.field != other.field {
                continue;
            }
            let within = |a: &Cap, b: &Cap| a.any.iter().filter(|v| b.any.contains(v)).count();
            let shared = within(one, other);
            if shared > 0 && shared < one.any.len() && within(other, one) < other.any.len() {
                return Err(cross(one, other));
            }
        }
    }
    Ok(())
}

/// Posts left under each cap before a batch: all of it, less what is out where it counts loans.
pub(super) fn room(pool: &Pool, standings: &Standings, book: &Book) -> Vec<u32> {
    let one = |cap: &Cap| {
        if !cap.in_rotation {
            return cap.posts;
        }
        let out = |held: &Held| {
            let Borrower::Unit(unit) = &held.borrower else { return 0 };
            let standing = standings.get(unit);
            let asking = Application {
                sort: held.sort.clone(),
                ..Application::new("", unit.clone(), held.out())
            };
            if cap.holds(&asking, standing) { held.out() } else { 0 }
        };
        cap.posts.saturating_sub(book.held.iter().map(out).fold(0, u32::saturating_add))
    };
    pool.caps.iter().map(one).collect()
}

fn cross(one: &Cap, other: &Cap) -> PoolError {
    PoolError::of(Fault::CapsCross).who(&format!("{} / {}", one.name, other.name))
}

/// Whether the caps are nested over these applications.
///
/// # Errors
/// [`Fault::CapsCross`] names two that are not.
pub(super) fn check_nested(
    pool: &Pool,
    standings: &Standings,
    asking: &[&Application],
) -> Result<(), PoolError> {
    for (at, one) in pool.caps.iter().enumerate() {
        for other in pool.caps.iter().skip(at + 1) {
            let (mut both, mut first, mut second) = (false, false, false);
            for asking in asking {
                let unit = standings.get(&asking.unit);
                match (one.holds(asking, unit), other.holds(asking, unit)) {
                    (true, true) => both = true,
                    (true, false) => first = true,
                    (false, true) => second = true,
                    (false, false) => {}
                }
            }
            if both && first && second {
                return Err(cross(one, other));
            }
        }
    }
    Ok(())
}
