//! Courses that teachers are counted by (科目): nouns only. Which courses a stage has, how many
//! lessons and what a teacher's load is stand in the data of [`crate::yardstick`].

use serde::{Deserialize, Serialize};

/// A course taught at schools. The order is that of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// 语文
    Chinese,
    /// 数学
    Mathematics,
    /// 外语
    ForeignLanguage,
    /// 道德与法治、思想政治
    Ethics,
    /// 科学
    Science,
    /// 物理
    Physics,
    /// 化学
    Chemistry,
    /// 生物
    Biology,
    /// 历史
    History,
    /// 地理
    Geography,
    /// 体育与健康
    Sport,
    /// 音乐
    Music,
    /// 美术
    FineArt,
    /// 信息科技
    Computing,
    /// 通用技术
    Technology,
    /// 劳动
    Labour,
    /// 综合实践活动、地方课程、校本课程
    Practice,
    /// 心理健康
    Counselling,
}

impl Course {
    /// Every course, in the order of the tables.
    pub const ALL: [Self; 18] = [
        Self::Chinese,
        Self::Mathematics,
        Self::ForeignLanguage,
        Self::Ethics,
        Self::Science,
        Self::Physics,
        Self::Chemistry,
        Self::Biology,
        Self::History,
        Self::Geography,
        Self::Sport,
        Self::Music,
        Self::FineArt,
        Self::Computing,
        Self::Technology,
        Self::Labour,
        Self::Practice,
        Self::Counselling,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courses_stand_in_the_order_of_their_places() {
        for (at, course) in Course::ALL.into_iter().enumerate() {
            assert_eq!(course as usize, at);
        }
    }
}
