//! What can be wrong with a pool as it is given, by name and figure.

use std::fmt;

use crate::text::{Lang, pool as words};

/// Why nothing can be worked out from a pool. Each names what to put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PoolError {
    /// Loans and grants together exceed the pool: its free posts would fall below zero.
    Overlent {
        /// Posts of the pool.
        size: u32,
        /// Posts on loan and granted.
        taken: u64,
    },
    /// A loan has given back more than it took.
    ReturnedTooMany {
        /// Code or name of the borrower.
        borrower: String,
        /// Posts returned.
        returned: u32,
        /// Posts lent.
        posts: u32,
    },
    /// A loan is due before it starts.
    DueTooEarly {
        /// Code or name of the borrower.
        borrower: String,
    },
    /// Two applications have one id.
    SameId {
        /// The id.
        application: String,
    },
    /// An application asks for no post.
    NothingAsked {
        /// Its id.
        application: String,
    },
    /// An override is for an application that the batch does not have.
    OverrideAstray {
        /// The id it names.
        application: String,
    },
    /// Two overrides are for one application.
    OverrideTwice {
        /// The application's id.
        application: String,
    },
    /// An override has no reason or no document number.
    OverrideUnfounded {
        /// The application's id.
        application: String,
    },
    /// An override grants more than was asked.
    OverrideAboveAsked {
        /// The application's id.
        application: String,
        /// Posts it grants.
        granted: u32,
        /// Posts asked for.
        asked: u32,
    },
    /// The overrides together grant more than the batch, or the pool, has.
    OverridesAboveLimit {
        /// Posts that they grant.
        granted: u64,
        /// Posts that there are.
        limit: u32,
    },
    /// The term runs past the end of the calendar, so that no due date can be given.
    TermTooLong {
        /// Years.
        years: u32,
    },
}

impl PoolError {
    /// What is wrong, for a person.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Overlent { size, taken } => {
                words::OVERLENT.with(lang, &[("size", size), ("taken", taken)])
            }
            Self::ReturnedTooMany { borrower, returned, posts } => words::RETURNED_TOO_MANY
                .with(lang, &[("borrower", borrower), ("returned", returned), ("posts", posts)]),
            Self::DueTooEarly { borrower } => {
                words::DUE_TOO_EARLY.with(lang, &[("borrower", borrower)])
            }
            Self::SameId { application } => words::SAME_ID.with(lang, &[("id", application)]),
            Self::NothingAsked { application } => {
                words::NOTHING_ASKED.with(lang, &[("id", application)])
            }
            Self::OverrideAstray { application } => {
                words::OVERRIDE_ASTRAY.with(lang, &[("id", application)])
            }
            Self::OverrideTwice { application } => {
                words::OVERRIDE_TWICE.with(lang, &[("id", application)])
            }
            Self::OverrideUnfounded { application } => {
                words::OVERRIDE_UNFOUNDED.with(lang, &[("id", application)])
            }
            Self::OverrideAboveAsked { application, granted, asked } => words::OVERRIDE_ABOVE_ASKED
                .with(lang, &[("id", application), ("granted", granted), ("asked", asked)]),
            Self::OverridesAboveLimit { granted, limit } => {
                words::OVERRIDES_ABOVE_LIMIT.with(lang, &[("granted", granted), ("limit", limit)])
            }
            Self::TermTooLong { years } => words::TERM_TOO_LONG.with(lang, &[("years", years)]),
        }
    }
}

impl fmt::Display for PoolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for PoolError {}
