//! Names of stages, localities, rules and reasons.

use super::{Message, messages};
use crate::allocate::{BoundReason, Rule};
use crate::county::{AdditionalReason, Course, Fact, Locality, Stage};

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
    CHINESE: "语文", "Chinese";
    MATHEMATICS: "数学", "Mathematics";
    FOREIGN_LANGUAGE: "外语", "Foreign language";
    ETHICS: "道德与法治（政治）", "Ethics and law";
    SCIENCE: "科学", "Science";
    PHYSICS: "物理", "Physics";
    CHEMISTRY: "化学", "Chemistry";
    BIOLOGY: "生物", "Biology";
    HISTORY: "历史", "History";
    GEOGRAPHY: "地理", "Geography";
    SPORT: "体育与健康", "Sport and health";
    MUSIC: "音乐", "Music";
    FINE_ART: "美术", "Fine art";
    COMPUTING: "信息科技", "Computing";
    TECHNOLOGY: "通用技术", "Technology";
    LABOUR: "劳动", "Labour";
    PRACTICE: "综合实践与地方、校本", "Practice and local courses";
    COUNSELLING: "心理健康", "Counselling";
    ADDITIONAL_BOARDING: "寄宿制", "Boarding";
    ADDITIONAL_MINORITY: "民族班", "Minority classes";
    ADDITIONAL_BILINGUAL: "双语教学", "Bilingual teaching";
    ADDITIONAL_DEMONSTRATION: "示范、实验", "Demonstration school";
    ADDITIONAL_TRAINING: "脱产进修", "Full-time training";
    ADDITIONAL_TEACHING_POINT: "教学点最低配备", "Teaching-point minimum";
    ADDITIONAL_REMOTE: "山区、湖区、海岛、牧区或教学点较多", "Remote, or with many teaching points";
    ADDITIONAL_SPECIAL_NEEDS: "特教资源、随班就读", "Special needs";
    ADDITIONAL_COUNSELLING: "心理健康教育", "Counselling";
    ADDITIONAL_SECURITY: "校园安保", "School security";
    ADDITIONAL_LEAVE: "病休、产假", "Sick and parental leave";
    ADDITIONAL_OTHER: "其他", "Other";
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

/// The name of a course.
pub fn course(course: Course) -> Message {
    match course {
        Course::Chinese => CHINESE,
        Course::Mathematics => MATHEMATICS,
        Course::ForeignLanguage => FOREIGN_LANGUAGE,
        Course::Ethics => ETHICS,
        Course::Science => SCIENCE,
        Course::Physics => PHYSICS,
        Course::Chemistry => CHEMISTRY,
        Course::Biology => BIOLOGY,
        Course::History => HISTORY,
        Course::Geography => GEOGRAPHY,
        Course::Sport => SPORT,
        Course::Music => MUSIC,
        Course::FineArt => FINE_ART,
        Course::Computing => COMPUTING,
        Course::Technology => TECHNOLOGY,
        Course::Labour => LABOUR,
        Course::Practice => PRACTICE,
        Course::Counselling => COUNSELLING,
    }
}

/// The name of a reason for added posts.
pub fn additional(reason: AdditionalReason) -> Message {
    match reason {
        AdditionalReason::Boarding => ADDITIONAL_BOARDING,
        AdditionalReason::Minority => ADDITIONAL_MINORITY,
        AdditionalReason::Bilingual => ADDITIONAL_BILINGUAL,
        AdditionalReason::Demonstration => ADDITIONAL_DEMONSTRATION,
        AdditionalReason::Training => ADDITIONAL_TRAINING,
        AdditionalReason::Remote => ADDITIONAL_REMOTE,
        AdditionalReason::TeachingPoint => ADDITIONAL_TEACHING_POINT,
        AdditionalReason::SpecialNeeds => ADDITIONAL_SPECIAL_NEEDS,
        AdditionalReason::Counselling => ADDITIONAL_COUNSELLING,
        AdditionalReason::Security => ADDITIONAL_SECURITY,
        AdditionalReason::Leave => ADDITIONAL_LEAVE,
        AdditionalReason::Other => ADDITIONAL_OTHER,
    }
}
