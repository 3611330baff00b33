//! The columns of the schools table: what each shows, and what may be typed into it.

use crate::county::Fact;
use crate::scenario::UnitField;

/// A column of the schools table. The order is that of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// 学校: name of the unit.
    Name,
    /// 学段: stage, or at an institution its kind of post.
    Stage,
    /// 代码: code of the unit.
    Code,
    /// 乡镇.
    Township,
    /// 区域: between city and village.
    Locality,
    /// 在校生, students of the stage.
    Students,
    /// 班级, classes of the stage.
    Classes,
    /// 寄宿生, students who board.
    Boarders,
    /// 班额: students a class.
    ClassSize,
    /// 按学生: posts by students alone.
    ByStudents,
    /// 按班级: posts by classes alone.
    ByClasses,
    /// 附加: posts added, such as for boarding.
    Extra,
    /// 测算: whole posts that the norm gives.
    Entitled,
    /// 核定: posts authorised.
    Authorised,
    /// 实有: people in post.
    InPost,
    /// 空/超: authorised less in post.
    Vacancy,
    /// 余缺: authorised less entitlement.
    Margin,
}

/// What may be typed into a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edits {
    /// Nothing: the figure follows from others, or is permanent.
    Nothing,
    /// Posts authorised.
    Posts,
    /// A figure of the survey.
    Fact(Fact),
    /// A text of the unit. It changes in every row of the unit.
    Unit(UnitField),
}

impl Column {
    /// Every column, in the order of the screen.
    pub const ALL: [Self; 17] = [
        Self::Name,
        Self::Stage,
        Self::Code,
        Self::Township,
        Self::Locality,
        Self::Students,
        Self::Classes,
        Self::Boarders,
        Self::ClassSize,
        Self::ByStudents,
        Self::ByClasses,
        Self::Extra,
        Self::Entitled,
        Self::Authorised,
        Self::InPost,
        Self::Vacancy,
        Self::Margin,
    ];

    /// Its permanent name, for preferences and tests.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Stage => "stage",
            Self::Code => "code",
            Self::Township => "township",
            Self::Locality => "locality",
            Self::Students => "students",
            Self::Classes => "classes",
            Self::Boarders => "boarders",
            Self::ClassSize => "class-size",
            Self::ByStudents => "by-students",
            Self::ByClasses => "by-classes",
            Self::Extra => "extra",
            Self::Entitled => "entitled",
            Self::Authorised => "authorised",
            Self::InPost => "in-post",
            Self::Vacancy => "vacancy",
            Self::Margin => "margin",
        }
    }

    /// The column of that name.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// What may be typed into it.
    pub fn edits(self) -> Edits {
        match self {
            Self::Name => Edits::Unit(UnitField::Name),
            Self::Township => Edits::Unit(UnitField::Township),
            Self::Locality => Edits::Unit(UnitField::Locality),
            Self::Students => Edits::Fact(Fact::Students),
            Self::Classes => Edits::Fact(Fact::Classes),
            Self::Boarders => Edits::Fact(Fact::Boarders),
            Self::InPost => Edits::Fact(Fact::InPost),
            Self::Authorised => Edits::Posts,
            _ => Edits::Nothing,
        }
    }

    /// Whether it holds figures.
    pub fn is_figure(self) -> bool {
        self >= Self::Students
    }

    /// Whether its figure follows from the norm, so that it has a proof.
    pub fn has_proof(self) -> bool {
        matches!(
            self,
            Self::ByStudents | Self::ByClasses | Self::Extra | Self::Entitled | Self::Margin
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_name_of_its_own() {
        for column in Column::ALL {
            assert_eq!(Column::parse(column.key()), Some(column));
        }
        assert_eq!(Column::parse("nothing"), None);
    }
}
