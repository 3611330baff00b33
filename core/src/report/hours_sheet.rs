//! What the panel 凭什么 shows of one row's lessons: the same proof lines as an entitlement has, the
//! courses side by side with the teachers there are, and whether a shortage stands inside a school
//! that is full on paper.

use crate::county::{Course, HoldingId, Stage};
use crate::fraction::Fraction;
use crate::hours::{CourseNeed, Lessons, Need, NoNeed, Spread, is_full};
use crate::norm::{
    Cite, Clause, Departure, Given, Line, Pack, Piece, Posts, Proof, Refusal, Shown,
};
use crate::scenario::State;
use crate::text::{Bilingual, Lang, Message, hours as words, names, yardstick as yardstick_words};
use crate::yardstick::{Choice, Group, Key, shipped};

/// The sheet of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct HoursSheet {
    /// The row.
    pub row: usize,
    /// Its id.
    pub id: HoldingId,
    /// The unit's name.
    pub unit: String,
    /// The proof: a line for each course, the reliefs, the sum, the posts.
    pub proof: Proof,
    /// The parts; `None` where nothing can be told, which the proof explains.
    pub need: Option<Need>,
    /// Whether classes were spread evenly for want of figures by grade.
    pub even: bool,
    /// Whole people missing over courses, each counted on its own.
    pub missing: u32,
    /// As many people in post as posts, or more.
    pub full: bool,
    /// A shortage inside a full school (结构性缺员): no vacancy.
    pub structural: bool,
    /// The documents that clauses cite.
    pub sources: Option<&'static Pack>,
}

/// The sheet of a row; `None` for a row that does not exist.
pub fn hours_sheet(state: &State, lessons: &Lessons, row: usize) -> Option<HoursSheet> {
    let county = &state.county;
    let holding = county.holdings.get(row)?;
    let need = lessons.need(county, row);
    let missing = need.as_ref().map_or(0, |need| {
        need.courses.iter().map(|course| course.missing).fold(0, u32::saturating_add)
    });
    let full = is_full(holding);
    let stage = holding.part.stage();
    let proof = match (&need, stage) {
        (Ok(need), Some(stage)) => Writer { choice: &county.yardsticks, stage, need }.proof(),
        (Ok(_), None) => refused(Refusal::NoRule),
        (Err(why), _) => refused(match why {
            NoNeed::NoCurriculum => Refusal::NoRule,
            NoNeed::NoClasses => Refusal::Missing(both(&names::CLASSES)),
            NoNeed::Overflow => Refusal::Overflow,
        }),
    };
    let need = need.ok();
    Some(HoursSheet {
        row,
        id: county.id_of(row)?,
        unit: county.unit_of(holding)?.name.clone(),
        proof,
        even: need.as_ref().is_some_and(|need| need.spread.is_even()),
        need,
        missing,
        full,
        structural: full && missing > 0,
        sources: shipped().map(|shipped| &shipped.sources),
    })
}

fn both(message: &Message) -> Bilingual {
    Bilingual::new(message.get(Lang::Zh), message.get(Lang::En))
}

fn refused(why: Refusal) -> Proof {
    let (inputs, lines) = (Vec::new(), Vec::new());
    Proof::of_posts(both(&words::RULE), inputs, lines, Err(why))
}

fn number(value: u32) -> Piece {
    Piece::Number(Fraction::from_integer(i64::from(value)))
}

/// Writes the proof of one row.
struct Writer<'a> {
    choice: &'a Choice,
    stage: Stage,
    need: &'a Need,
}

impl Writer<'_> {
    fn proof(&self) -> Proof {
        let mut lines = Vec::new();
        lines.extend(self.even());
        lines.extend(self.need.courses.iter().filter_map(|course| self.course(course)));
        lines.extend(self.class_teachers());
        lines.extend(self.leaders());
        lines.push(self.sum(&lines));
        let posts = self.posts();
        let result = match (&self.need.posts, &posts) {
            (Some(exact), Some(_)) => u32::try_from(exact.round().to_integer())
                .map(|whole| Posts { exact: *exact, whole })
                .map_err(|_| Refusal::NoPosts(*exact)),
            _ => Err(Refusal::NotInForce(both(&yardstick_words::NON_TEACHING))),
        };
        lines.extend(posts);
        Proof::of_posts(both(&words::RULE), self.inputs(), lines, result)
    }

    fn inputs(&self) -> Vec<Given> {
        let given = |id: &str, label: &Message, unit: &Message, value: Option<u32>| Given {
            id: id.to_owned(),
            label: both(label),
            unit: both(unit),
            value: match value {
                Some(value) => Shown::Number(Fraction::from_integer(i64::from(value))),
                None => Shown::Missing,
            },
        };
        let (need, classes) = (self.need, self.need.spread.total);
        vec![
            given("classes", &names::CLASSES, &words::UNIT_CLASSES, Some(classes)),
            given("teachers", &words::TEACHERS, &words::UNIT_PEOPLE, need.present),
            given("leaders", &words::LEADERS, &words::UNIT_PEOPLE, need.leaders),
        ]
    }

    /// A line with nothing but a formula and its value.
    fn line(&self, id: String, label: Bilingual, pieces: Vec<Piece>, value: Fraction) -> Line {
        Line {
            id,
            label,
            pieces,
            before_rounding: None,
            value: Ok(value),
            conditions: Vec::new(),
            decision: None,
            rows: Vec::new(),
            cites: Vec::new(),
            clause: Clause::default(),
        }
    }

    fn key(&self, group: Group, course: Option<Course>, grade: Option<u8>) -> Key {
        Key { group, stage: Some(self.stage), course, grade }
    }

    /// The clause of a figure, with the county's document where the county changed it.
    fn clause(&self, key: Key) -> Option<(Fraction, Clause)> {
        let figure = self.choice.figure(key)?;
        let mut clause = figure.clause.clone();
        clause.confidence = figure.confidence();
        if figure.changed {
            let zh = words::CHANGED.with(Lang::Zh, &[("document", &figure.document)]);
            let en = words::CHANGED.with(Lang::En, &[("document", &figure.document)]);
            let (document, text) = (String::new(), Bilingual { zh, en });
            clause = Clause { document, text, confidence: clause.confidence };
        }
        Some((figure.value.0, clause))
    }

    fn cite(&self, key: Key) -> Option<Cite> {
        let (value, clause) = self.clause(key)?;
        let (zh, en) = (yardstick_words::key(key, Lang::Zh), yardstick_words::key(key, Lang::En));
        Some(Cite {
            parameter: format!("{:?}", key.group),
            label: Bilingual { zh, en },
            unit: both(&yardstick_words::unit(key.group)),
            value,
            clause,
            departs: self.departure(key),
        })
    }

    /// What a figure that the county changed departs from.
    fn departure(&self, key: Key) -> Option<Departure> {
        let figure = self.choice.figure(key).filter(|figure| figure.changed)?;
        let shipped = self.choice.unchanged().figure(key)?.value;
        (shipped != figure.value).then(|| Departure {
            value: shipped,
            clause: figure.clause.clone(),
            document: figure.document.to_owned(),
        })
    }

    /// Says that classes were spread evenly.
    fn even(&self) -> Option<Line> {
        let Spread { total, parts, .. } = self.need.spread;
        let pieces = vec![number(total), Piece::Sign(" ÷ "), number(parts)];
        let value = Fraction::new(i64::from(total), i64::from(parts));
        let mut line = self.line("even".to_owned(), both(&words::EVEN), pieces, value);
        line.clause.text = both(&words::EVEN_WHY);
        line.clause.confidence = crate::norm::Confidence::Verified;
        self.need.spread.is_even().then_some(line)
    }

    /// Classes × lessons over the grades, ÷ load. Grades with the same lessons stand together.
    fn course(&self, need: &CourseNeed) -> Option<Line> {
        if *need.lessons.numer() == 0 {
            return None;
        }
        let mut terms: Vec<(Fraction, Fraction)> = Vec::new();
        let spread = self.need.spread;
        let (mut first, mut cites) = (None, Vec::new());
        for (grade, classes) in (1_u8..).zip(spread.classes) {
            let key = self.key(Group::Lessons, Some(need.course), Some(grade));
            // Each grade that the county changed says so; one clause speaks for the others.
            let changed = self.choice.change(key).is_some();
            cites.extend(self.cite(key).filter(|_| changed && classes > 0));
            let lessons = self.choice.value(key).filter(|lessons| *lessons.numer() > 0);
            let Some(lessons) = lessons.filter(|_| classes > 0) else { continue };
            first = first.or(Some(key).filter(|_| !changed));
            let classes = Fraction::new(i64::from(classes), i64::from(spread.parts));
            match terms.iter_mut().find(|(_, known)| *known == lessons) {
                Some((sum, _)) => *sum += classes,
                None => terms.push((classes, lessons)),
            }
        }
        let several = terms.len() > 1;
        let mut pieces = Vec::new();
        pieces.extend(several.then_some(Piece::Sign("（")));
        for (at, (classes, lessons)) in terms.into_iter().enumerate() {
            pieces.extend((at > 0).then_some(Piece::Sign(" + ")));
            pieces.extend([Piece::Number(classes), Piece::Sign(" × "), Piece::Number(lessons)]);
        }
        pieces.extend(several.then_some(Piece::Sign("）")));
        pieces.extend([Piece::Sign(" ÷ "), Piece::Number(need.load)]);
        let label = both(&names::course(need.course));
        let mut line = self.line(format!("{:?}", need.course), label, pieces, need.teachers);
        line.cites = cites;
        line.cites.extend(self.cite(self.key(Group::Load, Some(need.course), None)));
        if let Some((_, clause)) = first.and_then(|key| self.clause(key)) {
            line.clause = clause;
        }
        Some(line)
    }

    fn class_teachers(&self) -> Option<Line> {
        let less = self.choice.value(self.key(Group::ClassTeacher, None, None))?;
        let pieces = vec![
            number(self.need.spread.total),
            Piece::Sign(" × "),
            Piece::Number(less),
            Piece::Sign(" ÷ "),
            Piece::Number(self.need.load),
        ];
        let value = self.need.class_teachers / self.need.load;
        let label = both(&yardstick_words::CLASS_TEACHER);
        let mut line = self.line("class_teachers".to_owned(), label, pieces, value);
        line.cites.extend(self.cite(self.key(Group::ClassTeacher, None, None)));
        line.cites.extend(self.cite(self.key(Group::Load, None, None)));
        (*less.numer() > 0).then_some(line)
    }

    fn leaders(&self) -> Option<Line> {
        if *self.need.leader_lessons.numer() == 0 {
            return None;
        }
        let pieces = vec![
            Piece::Number(self.need.leader_lessons),
            Piece::Sign(" ÷ "),
            Piece::Number(self.need.load),
        ];
        let value = self.need.leader_lessons / self.need.load;
        let label = both(&words::LEADER_RELIEF);
        let mut line = self.line("leaders".to_owned(), label, pieces, value);
        line.cites.extend(self.cite(self.key(Group::HeadLessons, None, None)));
        line.cites.extend(self.cite(self.key(Group::DeputyLessons, None, None)));
        Some(line)
    }

    /// The parts added up. The line of the even spread is no part.
    fn sum(&self, lines: &[Line]) -> Line {
        let mut pieces = Vec::new();
        for line in lines.iter().filter(|line| line.id != "even") {
            pieces.extend((!pieces.is_empty()).then_some(Piece::Sign(" + ")));
            pieces.extend(line.value.as_ref().ok().map(|value| Piece::Number(*value)));
        }
        self.line("teachers".to_owned(), both(&words::NEEDED), pieces, self.need.teachers)
    }

    fn posts(&self) -> Option<Line> {
        let cap = self.cite(self.key(Group::NonTeaching, None, None))?;
        let pieces = vec![
            Piece::Number(self.need.teachers),
            Piece::Sign(" ÷ （100 − "),
            Piece::Number(cap.value),
            Piece::Sign("） × 100"),
        ];
        let mut line = self.line("posts".to_owned(), both(&words::POSTS), pieces, self.need.posts?);
        line.cites.push(cap);
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::county::Staff;
    use crate::sample;
    use crate::scenario::{Command, Label, Step};

    #[test]
    fn a_full_school_with_a_gap_says_structural_and_not_vacant() {
        let mut workspace = sample::county().unwrap().workspace;
        // 城关第四小学: 63 posts, 63 people, 27 classes.
        let at: HoldingId = "1011/primary".parse().unwrap();
        let row = workspace.state().index().row(&at).unwrap();
        let mut new = Staff::default();
        for (course, teachers) in [(Course::Chinese, 20), (Course::Sport, 2)] {
            new.course_mut(course).unwrap().teachers = Some(teachers);
        }
        let old = workspace.state().county.holdings[row].staff.clone();
        let command = Command::SetStaff { at, old: old.into(), new: new.into() };
        workspace.dispatch(Step { label: Label::Edit, commands: vec![command] }).unwrap();
        let state = workspace.state();
        let lessons = Lessons::of(&state.county.yardsticks);
        let sheet = hours_sheet(state, &lessons, row).unwrap();
        // Sport: grades 1–2 have 10 classes at 4, grades 3–6 17 at 3: 91 ÷ 18 = 5.06; 2 there.
        assert_eq!(
            (sheet.missing, sheet.full, sheet.structural, sheet.even),
            (3, true, true, false)
        );
        let line = sheet.proof.lines.iter().find(|line| line.id == "Sport").unwrap();
        assert_eq!(crate::text::proof::pieces(&line.pieces, Lang::Zh), "（10 × 4 + 17 × 3） ÷ 18");
        assert_eq!(line.value, Ok(Fraction::new(91, 18)));
        let sum = sheet.proof.lines.iter().rev().find(|line| line.id == "teachers").unwrap();
        assert_eq!(sum.value, Ok(sheet.need.as_ref().unwrap().teachers));
        let posts = sheet.proof.result.unwrap();
        assert_eq!(Some(posts.exact), sheet.need.unwrap().posts);
    }

    #[test]
    fn the_sheet_reads_in_both_languages() {
        let workspace = sample::county().unwrap().workspace;
        let state = workspace.state();
        let lessons = Lessons::of(&state.county.yardsticks);
        let row = state.index().row(&"1035/primary".parse().unwrap()).unwrap();
        let sheet = hours_sheet(state, &lessons, row).unwrap();
        insta::assert_snapshot!("hours_zh", words::sheet(&sheet, Lang::Zh));
        insta::assert_snapshot!("hours_en", words::sheet(&sheet, Lang::En));
    }

    #[test]
    fn a_changed_figure_says_what_it_departs_from() {
        use crate::norm::Exact;
        use crate::yardstick::Change;
        let mut workspace = sample::county().unwrap().workspace;
        let of = |group, course, grade| Key { group, stage: Some(Stage::Primary), course, grade };
        let changes = [
            // The third grade alone: the others go by the plan.
            (of(Group::Lessons, Some(Course::Sport), Some(3)), "5", ""),
            (of(Group::Load, Some(Course::Sport), None), "16", "县教〔2026〕3 号"),
            (of(Group::ClassTeacher, None, None), "3", ""),
        ];
        let command = |(at, value, document): (Key, &str, &str)| {
            let (value, document) = (Exact::parse(value).unwrap(), document.to_owned());
            Command::SetYardstick { at, old: None, new: Some(Change { at, value, document }) }
        };
        let commands = changes.map(command).to_vec();
        workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
        let state = workspace.state();
        let lessons = Lessons::of(&state.county.yardsticks);
        let row = state.index().row(&"1035/primary".parse().unwrap()).unwrap();
        let sheet = hours_sheet(state, &lessons, row).unwrap();
        let mut said = String::new();
        for lang in [Lang::Zh, Lang::En] {
            let text = words::sheet(&sheet, lang);
            let own = |line: &&str| {
                ["手工改定", "改定，原标准", "set by"].iter().any(|part| line.contains(part))
            };
            for line in text.lines().filter(own) {
                said.push_str(line.trim());
                said.push('\n');
            }
        }
        insta::assert_snapshot!(said);
    }

    #[test]
    fn without_classes_the_proof_says_what_is_missing() {
        let workspace = sample::county().unwrap().workspace;
        let state = workspace.state();
        let lessons = Lessons::of(&state.county.yardsticks);
        let row = state.index().row(&"1016/kindergarten".parse().unwrap()).unwrap();
        let sheet = hours_sheet(state, &lessons, row).unwrap();
        assert_eq!(sheet.proof.result, Err(Refusal::NoRule));
        assert!(!sheet.structural);
    }
}
