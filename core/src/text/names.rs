//! Names of stages, localities, rules and reasons.

use super::{Message, messages};
use crate::allocate::{BoundReason, Rule};
use crate::county::{Fact, Locality, Stage};

messages! {
    KINDERGARTEN: "幼儿园", "Kindergarten";
    PRIMARY: "小学", "Primary";
    LOWER_SECONDARY: "初中", "Lower secondary";
    UPPER_SECONDARY: "高中", "Upper secondary";
    SPECIAL: "特教", "Special";
    VOCATIONAL: "职业", "Vocational";
    CITY: "城市", "City";
    COUNTY_TOWN: "县城", "County town";
    TOWNSHIP: "镇区", "Township";
    VILLAGE: "乡村", "Village";
    STUDENTS: "在校生", "Students";
    CLASSES: "班级", "Classes";
    BOARDERS: "寄宿生", "Boarders";
    IN_POST: "实有", "In post";
    BALANCED: "均衡", "Balanced";
    WORST_FIRST: "保底", "Worst first";
    EQUAL_GAP: "等比差距", "Equal relative gap";
    NEVER_OVERFILL: "防超配", "Never overfill";
    LARGEST_REMAINDER: "最大余数", "Largest remainder";
    BOUND_NONE: "无界限", "no limit";
    BOUND_IN_POST: "不低于实有在编", "not below people in post";
    BOUND_DEPARTURES: "不低于实有减预计减员", "not below people in post less departures";
    BOUND_FLOOR: "保底数", "floor";
    BOUND_CAP_DOWN: "每轮调减上限", "cap on fall per round";
    BOUND_CAP_UP: "每轮调增上限", "cap on rise per round";
    BOUND_OWN: "本校界限", "the school's own limit";
    BOUND_LOCKED: "已锁定", "locked";
    BOUND_CLOSING: "撤并", "closing";
    BOUND_OPENING: "新设", "opening";
    BOUND_FIXED: "手工改定", "set by hand";
    BOUND_ENTITLEMENT: "测算编制", "entitlement";
}

/// The name of a stage.
pub fn stage(stage: Stage) -> Message {
    match stage {
        Stage::Kindergarten => KINDERGARTEN,
        Stage::Primary => PRIMARY,
        Stage::LowerSecondary => LOWER_SECONDARY,
        Stage::UpperSecondary => UPPER_SECONDARY,
        Stage::Special => SPECIAL,
        Stage::Vocational => VOCATIONAL,
    }
}

/// The name of a locality.
pub fn locality(locality: Locality) -> Message {
    match locality {
        Locality::City => CITY,
        Locality::CountyTown => COUNTY_TOWN,
        Locality::Township => TOWNSHIP,
        Locality::Village => VILLAGE,
    }
}

/// The name of a figure of the survey.
pub fn fact(fact: Fact) -> Message {
    match fact {
        Fact::Students => STUDENTS,
        Fact::Classes => CLASSES,
        Fact::Boarders => BOARDERS,
        Fact::InPost => IN_POST,
    }
}

/// The name of a fairness rule.
pub fn rule(rule: Rule) -> Message {
    match rule {
        Rule::Balanced => BALANCED,
        Rule::WorstFirst => WORST_FIRST,
        Rule::EqualGap => EQUAL_GAP,
        Rule::NeverOverfill => NEVER_OVERFILL,
        Rule::LargestRemainder => LARGEST_REMAINDER,
    }
}

/// The name of the reason for a bound.
pub fn bound(reason: BoundReason) -> Message {
    match reason {
        BoundReason::None => BOUND_NONE,
        BoundReason::InPost => BOUND_IN_POST,
        BoundReason::InPostLessDepartures => BOUND_DEPARTURES,
        BoundReason::Floor => BOUND_FLOOR,
        BoundReason::CapDown => BOUND_CAP_DOWN,
        BoundReason::CapUp => BOUND_CAP_UP,
        BoundReason::OwnCap => BOUND_OWN,
        BoundReason::Locked => BOUND_LOCKED,
        BoundReason::Closing => BOUND_CLOSING,
        BoundReason::Opening => BOUND_OPENING,
        BoundReason::Fixed => BOUND_FIXED,
        BoundReason::Entitlement => BOUND_ENTITLEMENT,
    }
}
