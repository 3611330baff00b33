//! What can be wrong with a pool or an entry of its book: which rule stands against it, whom it
//! concerns, on which day, and by which figures.

use std::fmt;

use chrono::NaiveDate;

use crate::county::County;
use crate::text::{Lang, Message, pool_fault as words};

/// Where in a form what was typed is put right. A form shows those that it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The unit that asks, borrows, or takes people in.
    Unit,
    /// The unit that gives posts or people.
    From,
    /// The unit that takes them.
    To,
    /// A name.
    Name,
    /// The code of a new unit.
    Code,
    /// The stage of a new unit.
    Stage,
    /// Posts.
    Posts,
    /// People.
    People,
    /// Leader posts.
    Leaders,
    /// A priority tier.
    Tier,
    /// A score.
    Score,
    /// Another figure of a line: a weight, a share, a limit.
    Figure,
    /// Years.
    Years,
    /// What a line holds.
    Values,
    /// The day.
    Day,
    /// The day by which posts are to be back.
    Due,
    /// A return schedule.
    Schedule,
    /// The document number.
    Document,
    /// The reason.
    Reason,
}

/// What stands against a pool, an entry, a movement or a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Loans and grants together exceed the pool: its free posts would fall below zero.
    Overlent,
    /// More comes back than is owed.
    ReturnBeyond,
    /// More is filled, or lapses, than was approved and is not filled.
    FillBeyond,
    /// Posts lapse before the last day to fill them, or have none.
    LapseEarly,
    /// A loan, an instalment or a last day to fill comes before the loan starts.
    DueTooEarly,
    /// A loan is due after its term, without a document.
    BeyondTerm,
    /// A renewal that does not prolong.
    NotLonger,
    /// A return schedule does not add up to what is owed.
    ScheduleOff,
    /// Something happens before the approval.
    BeforeApproval,
    /// No loan has this id.
    NoLoan,
    /// Two loans have one id.
    SameLoan,
    /// An entry of the book needs a document number.
    NoDocument,
    /// An entry moves no posts.
    NoPosts,
    /// No such unit.
    NoUnit,
    /// The unit has closed.
    Closed,
    /// The unit holds no posts of this kind.
    KindDiffers,
    /// An owner lends more than it has vacant (model B).
    OwnerShort,
    /// Sources do not add up to the size.
    SourcesOff,
    /// The pool's own total is exceeded (model C).
    OwnTotal,
    /// The total of a kind would change, or be exceeded.
    TotalOff,
    /// Two applications have one id.
    SameId,
    /// An application asks for no post.
    NothingAsked,
    /// An override is for an application that the batch does not have.
    OverrideAstray,
    /// Two overrides are for one application.
    OverrideTwice,
    /// An override has no reason or no document number.
    OverrideUnfounded,
    /// An override grants more than was asked.
    OverrideAboveAsked,
    /// The overrides together grant more than the batch, or the pool, has.
    OverridesAboveLimit,
    /// The term runs past the end of the calendar, so that no due date can be given.
    TermTooLong,
    /// Two caps overlap and neither holds the other.
    CapsCross,
    /// A criterion or a limit has no name.
    LineUnnamed,
    /// A criterion, a tie or a limit stands there twice.
    LineTwice,
    /// A tier, a weight or a limit's posts are beyond what may stand there.
    LineOutOfRange,
    /// A limit names no category.
    CapOfNothing,
    /// A rule asks the same as another.
    RuleTwice,
    /// A rule does not say what it is compared with, or which sorts it takes.
    RuleOfNothing,
    /// A share that a rule cannot take.
    RuleOutOfRange,
    /// Years that a term, or the span of a rule, cannot take.
    YearsOutOfRange,
    /// A figure beyond ten million.
    TooLarge,
    /// A unit gives more posts than it has, or than it has vacant.
    PostsShort,
    /// More posts are taken out of those unassigned than there are.
    UnassignedShort,
    /// A unit that closes still has posts, people or debts without a new home.
    NotRehomed,
    /// A unit that closes still has pupils without a new home.
    PupilsLeft,
    /// The pool lends to a unit after the day on which it closes.
    LentAfterClosing,
    /// The same unit on both sides of a movement.
    SameUnit,
    /// A unit with this code is there already.
    UnitThere,
    /// A full or over-full unit takes nobody in.
    FullUnit,
    /// More people come to a unit in the year's use of posts than it has vacant.
    RoomShort,
    /// A closing or a transfer would bring more people to a unit than it has vacant.
    NoRoom,
    /// A unit would be left with more people than posts.
    LeavesOver,
    /// Posts are given away that entries of the year's use of posts have filled, or are to fill.
    VacancyUsed,
    /// More hires than vacancies, departures and reserve allow.
    PlanAbove,
    /// People move into posts with which the unit must repay the pool first.
    RepayFirst,
    /// More people came than were approved by that day.
    NotApproved,
    /// More people moved in than out.
    FlowsOff,
    /// People of a unit would fall below zero.
    PeopleShort,
}

impl Fault {
    /// Its name in data.
    pub fn code(self) -> String {
        // CamelCase to snake_case.
        let mut code = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() && !code.is_empty() {
                code.push('_');
            }
            code.push(letter.to_ascii_lowercase());
        }
        code
    }

    /// Where it can be put right, the likeliest first; nowhere for what is not typed in one place. Of two
    /// that a fault asks for, such as a reason and a document, the empty one is at fault.
    pub fn at(self) -> &'static [At] {
        match self {
            Self::Overlent
            | Self::ReturnBeyond
            | Self::FillBeyond
            | Self::OwnerShort
            | Self::SourcesOff
            | Self::OwnTotal
            | Self::TotalOff
            | Self::NothingAsked
            | Self::OverrideAboveAsked
            | Self::OverridesAboveLimit
            | Self::PostsShort
            | Self::UnassignedShort
            | Self::VacancyUsed => &[At::Posts],
            Self::TooLarge => &[At::Posts, At::People, At::Figure],
            Self::NoPosts => &[At::Posts, At::People],
            Self::LapseEarly | Self::BeforeApproval => &[At::Day],
            Self::DueTooEarly => &[At::Due, At::Schedule, At::Day],
            Self::BeyondTerm => &[At::Document, At::Due],
            Self::NotLonger => &[At::Due],
            Self::ScheduleOff => &[At::Schedule],
            Self::NoDocument => &[At::Document],
            Self::OverrideUnfounded => &[At::Reason, At::Document],
            Self::NoUnit | Self::Closed => &[At::Unit, At::To, At::From],
            Self::KindDiffers => &[At::Unit, At::To, At::From, At::Stage],
            Self::FullUnit => &[At::Unit, At::To],
            Self::SameUnit => &[At::To, At::From],
            Self::UnitThere => &[At::Code],
            Self::NotRehomed | Self::PupilsLeft | Self::NoRoom => &[At::To],
            Self::LentAfterClosing => &[At::Day],
            Self::LeavesOver
            | Self::PlanAbove
            | Self::RepayFirst
            | Self::NotApproved
            | Self::FlowsOff
            | Self::RoomShort
            | Self::PeopleShort => &[At::People],
            Self::TermTooLong | Self::YearsOutOfRange => &[At::Years],
            Self::CapsCross | Self::CapOfNothing => &[At::Values],
            Self::RuleTwice | Self::RuleOfNothing => &[At::Values],
            Self::LineUnnamed | Self::LineTwice => &[At::Name],
            Self::LineOutOfRange | Self::RuleOutOfRange => &[At::Figure],
            Self::NoLoan | Self::SameLoan | Self::SameId => &[],
            Self::OverrideAstray | Self::OverrideTwice => &[],
        }
    }

    /// What it says, and the clause that it breaks.
    fn message(self) -> (Message, Message) {
        use words as w;
        match self {
            Self::Overlent => (w::OVERLENT, w::R_SIZE),
            Self::ReturnBeyond => (w::RETURN_BEYOND, w::R_SIZE),
            Self::FillBeyond => (w::FILL_BEYOND, w::R_APPROVAL),
            Self::LapseEarly => (w::LAPSE_EARLY, w::R_FILL),
            Self::DueTooEarly => (w::DUE_TOO_EARLY, w::R_TERM),
            Self::BeyondTerm => (w::BEYOND_TERM, w::R_TERM),
            Self::NotLonger => (w::NOT_LONGER, w::R_TERM),
            Self::ScheduleOff => (w::SCHEDULE_OFF, w::R_SCHEDULE),
            Self::BeforeApproval => (w::BEFORE_APPROVAL, w::R_APPROVAL),
            Self::NoLoan => (w::NO_LOAN, w::R_BOOK),
            Self::SameLoan => (w::SAME_LOAN, w::R_BOOK),
            Self::NoDocument => (w::NO_DOCUMENT, w::R_DOCUMENT),
            Self::NoPosts => (w::NO_POSTS, w::R_BOOK),
            Self::NoUnit => (w::NO_UNIT, w::R_BOOK),
            Self::Closed => (w::CLOSED, w::R_CLOSE),
            Self::KindDiffers => (w::KIND_DIFFERS, w::R_KIND),
            Self::OwnerShort => (w::OWNER_SHORT, w::R_OWNER),
            Self::SourcesOff => (w::SOURCES_OFF, w::R_TOTAL),
            Self::OwnTotal => (w::OWN_TOTAL, w::R_TOTAL),
            Self::TotalOff => (w::TOTAL_OFF, w::R_TOTAL),
            Self::SameId => (w::SAME_ID, w::R_BOOK),
            Self::NothingAsked => (w::NOTHING_ASKED, w::R_BOOK),
            Self::OverrideAstray => (w::OVERRIDE_ASTRAY, w::R_REASON),
            Self::OverrideTwice => (w::OVERRIDE_TWICE, w::R_REASON),
            Self::OverrideUnfounded => (w::OVERRIDE_UNFOUNDED, w::R_REASON),
            Self::OverrideAboveAsked => (w::OVERRIDE_ABOVE_ASKED, w::R_REASON),
            Self::OverridesAboveLimit => (w::OVERRIDES_ABOVE_LIMIT, w::R_SIZE),
            Self::TermTooLong => (w::TERM_TOO_LONG, w::R_TERM),
            Self::CapsCross => (w::CAPS_CROSS, w::R_CAPS),
            Self::LineUnnamed => (w::LINE_UNNAMED, w::R_ORDER),
            Self::LineTwice => (w::LINE_TWICE, w::R_ORDER),
            Self::LineOutOfRange => (w::LINE_OUT_OF_RANGE, w::R_ORDER),
            Self::CapOfNothing => (w::CAP_OF_NOTHING, w::R_CAPS),
            Self::RuleTwice => (w::RULE_TWICE, w::R_RULES),
            Self::RuleOfNothing => (w::RULE_OF_NOTHING, w::R_RULES),
            Self::RuleOutOfRange => (w::LINE_OUT_OF_RANGE, w::R_RULES),
            Self::YearsOutOfRange => (w::YEARS_OUT_OF_RANGE, w::R_YEARS),
            Self::TooLarge => (w::TOO_LARGE, w::R_BOOK),
            Self::PostsShort => (w::POSTS_SHORT, w::R_TOTAL),
            Self::UnassignedShort => (w::UNASSIGNED_SHORT, w::R_TOTAL),
            Self::NotRehomed => (w::NOT_REHOMED, w::R_CLOSE),
            Self::PupilsLeft => (w::PUPILS_LEFT, w::R_CLOSE),
            Self::LentAfterClosing => (w::LENT_AFTER_CLOSING, w::R_CLOSE),
            Self::SameUnit => (w::SAME_UNIT, w::R_BOOK),
            Self::UnitThere => (w::UNIT_THERE, w::R_BOOK),
            Self::FullUnit => (w::FULL_UNIT, w::R_FULL),
            Self::RoomShort => (w::ROOM_SHORT, w::R_FULL),
            Self::NoRoom => (w::NO_ROOM, w::R_FULL),
            Self::LeavesOver => (w::LEAVES_OVER, w::R_FULL),
            Self::VacancyUsed => (w::VACANCY_USED, w::R_PLAN),
            Self::PlanAbove => (w::PLAN_ABOVE, w::R_PLAN),
            Self::RepayFirst => (w::REPAY_FIRST, w::R_REPAY),
            Self::NotApproved => (w::NOT_APPROVED, w::R_APPROVAL),
            Self::FlowsOff => (w::FLOWS_OFF, w::R_FLOWS),
            Self::PeopleShort => (w::PEOPLE_SHORT, w::R_FLOWS),
        }
    }
}

/// Why something cannot be: what to put right, with figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolError {
    /// What.
    pub fault: Fault,
    /// The loan, application, unit or cap it concerns; may be empty.
    pub who: String,
    /// The day, where there is one.
    pub date: Option<NaiveDate>,
    /// The day that it is held against, where there is one.
    pub than: Option<NaiveDate>,
    /// The figure that was found.
    pub found: u32,
    /// The figure that it is held against.
    pub limit: u32,
}

impl PoolError {
    /// An error that names nothing yet.
    pub fn of(fault: Fault) -> Self {
        Self { fault, who: String::new(), date: None, than: None, found: 0, limit: 0 }
    }

    /// Names whom it concerns.
    #[must_use]
    pub fn who(mut self, who: &str) -> Self {
        who.clone_into(&mut self.who);
        self
    }

    /// Names the day.
    #[must_use]
    pub fn on(mut self, date: NaiveDate) -> Self {
        self.date = Some(date);
        self
    }

    /// An entry about a loan before its approval: whose, and on which day that was.
    pub(super) fn before_approval(self, borrower: &str, approved: NaiveDate) -> Self {
        let than = Some(approved);
        Self { fault: Fault::BeforeApproval, than, ..self }.who(borrower)
    }

    /// Names both figures.
    #[must_use]
    pub fn figures(mut self, found: u32, limit: u32) -> Self {
        (self.found, self.limit) = (found, limit);
        self
    }

    /// Calls the unit or kind that it concerns by its name.
    #[must_use]
    pub fn naming(mut self, county: &County) -> Self {
        let unit = county.units.iter().find(|unit| unit.code.as_str() == self.who);
        if let Some(unit) = unit {
            self.who.clone_from(&unit.name);
        }
        self
    }

    /// The rule that it breaks, in a few words.
    pub fn clause(&self, lang: Lang) -> &'static str {
        self.fault.message().1.get(lang)
    }

    /// What is wrong, for a person: the day, whom it concerns, the figures and the clause.
    pub fn text(&self, lang: Lang) -> String {
        let (message, clause) = self.fault.message();
        let gap = self.found.abs_diff(self.limit);
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let (date, than) = (day(self.date), day(self.than));
        let said = message.with(
            lang,
            &[
                ("who", &self.who),
                ("date", &date),
                ("than", &than),
                ("found", &self.found),
                ("limit", &self.limit),
                ("gap", &gap),
            ],
        );
        words::WITH_CLAUSE.with(lang, &[("said", &said), ("clause", &clause.get(lang))])
    }
}

impl fmt::Display for PoolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for PoolError {}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reason and a document are both asked for: whichever is empty is at fault. A second loan with one id
    /// was typed nowhere.
    #[test]
    fn a_fault_says_where_it_is_put_right() {
        assert_eq!(Fault::OverrideUnfounded.at(), [At::Reason, At::Document]);
        assert_eq!(Fault::BeyondTerm.at(), [At::Document, At::Due]);
        assert_eq!(Fault::ReturnBeyond.at(), [At::Posts]);
        assert_eq!(Fault::PlanAbove.at(), [At::People]);
        assert_eq!(Fault::SameLoan.at(), []);
    }
}
