//! What a checker can find wrong with awards, and how it says so.

use crate::text::{Lang, pool as words};

/// What is wrong with a set of awards. What a planner decided by hand is exempt from the rules and
/// from envy, but counts in every sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// An application without an award of its own, or an award without its application.
    Unmatched {
        /// Id of the application.
        application: String,
    },
    /// More granted than asked for.
    AboveAsked {
        /// Id of the application.
        application: String,
    },
    /// More granted than the batch or the pool has, or the figures do not add up.
    AboveLimit {
        /// Posts granted.
        granted: u64,
        /// Posts that there are.
        limit: u64,
    },
    /// A unit is granted more than a cutting rule or a cap allows.
    AboveUnitLimit {
        /// The unit's code, or the cap's name.
        unit: String,
        /// The rule's or the cap's name in both languages.
        rule: [String; 2],
        /// Posts granted to the unit.
        granted: u64,
        /// Posts that the rule allows.
        limit: u64,
    },
    /// A grant to a unit that is not eligible.
    NotEligible {
        /// Id of the application.
        application: String,
    },
    /// A decision made by hand that is not kept or not listed, or one listed that was not made.
    OverrideNotKept {
        /// Id of the application.
        application: String,
    },
    /// Justified envy: one goes short while another that stands after it is served.
    Envy {
        /// Id of the application that goes short.
        short: String,
        /// Id of the one that is served.
        served: String,
    },
    /// One goes short while posts are left over.
    Idle {
        /// Id of the application.
        application: String,
    },
    /// The reason given does not fit the figures.
    WrongReason {
        /// Id of the application.
        application: String,
    },
    /// The awards do not stand in the stated order.
    WrongOrder {
        /// Id of the first application out of place.
        application: String,
    },
}

impl Violation {
    /// What is wrong, for a person.
    pub fn text(&self, lang: Lang) -> String {
        let (message, application) = match self {
            Self::AboveLimit { granted, limit } => {
                return words::ABOVE_LIMIT.with(lang, &[("granted", granted), ("limit", limit)]);
            }
            Self::AboveUnitLimit { unit, rule: [zh, en], granted, limit } => {
                let rule = if lang == Lang::Zh { zh } else { en };
                return words::ABOVE_UNIT_LIMIT.with(
                    lang,
                    &[("unit", unit), ("rule", rule), ("granted", granted), ("limit", limit)],
                );
            }
            Self::Envy { short, served } => {
                return words::ENVY.with(lang, &[("short", short), ("served", served)]);
            }
            Self::Unmatched { application } => (words::UNMATCHED, application),
            Self::AboveAsked { application } => (words::ABOVE_ASKED, application),
            Self::NotEligible { application } => (words::NOT_ELIGIBLE, application),
            Self::OverrideNotKept { application } => (words::OVERRIDE_NOT_KEPT, application),
            Self::Idle { application } => (words::IDLE, application),
            Self::WrongReason { application } => (words::WRONG_REASON, application),
            Self::WrongOrder { application } => (words::WRONG_ORDER, application),
        };
        message.with(lang, &[("id", application)])
    }
}
