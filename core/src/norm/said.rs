//! A rule as a person reads it: its formulas with the names of the pack in place of ids, and the
//! parameters that it looks at. It writes no words of its own (`core::text` does) and never
//! computes.

use super::compile::{Node, Test};
use super::exact::Mode;
use super::formula::{Comparison, Function};
use super::write::{needs_brackets, operator_sign};
use super::{Norm, Rule};
use crate::fraction::Fraction;
use crate::text::Bilingual;

/// A word that a formula says in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// Opens a choice; a condition follows.
    If,
    /// What holds where the condition does.
    Then,
    /// What holds elsewhere.
    Else,
    /// Both conditions.
    And,
    /// Either condition.
    Or,
    /// Not the condition that follows, in brackets.
    Not,
    /// The survey gives the name that follows.
    Known,
    /// The largest of what stands in brackets.
    Max,
    /// The least of what stands in brackets.
    Min,
    /// Half up.
    Round,
    /// Down.
    Floor,
    /// Up.
    Ceil,
    /// Down, where the fraction is below the figure that comes second in brackets.
    FloorBelow,
    /// No entitlement, for the reason that follows.
    Refuse,
    /// The sum over the items of the list that follows in brackets, of what comes second.
    Sum,
    /// How many items of the list that follows in brackets pass the test that comes second.
    Count,
    /// The sum over the bands of the table that comes second, of the list that comes first.
    Pool,
    /// Items of one band added up.
    Pooled,
    /// What the band gives.
    RowValue,
    /// The result of the rule that follows.
    Rule,
}

/// A piece of a formula in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// An input, a parameter or an earlier step.
    Name(Bilingual),
    /// A parameter chosen by a category: what its members have in common, and the category. The
    /// first is the id of the family where their names have nothing in common.
    Family(Bilingual, Bilingual),
    /// A number.
    Number(Fraction),
    /// A category or a reason.
    Text(Bilingual),
    /// A sign: `÷`, `<`, a comma, a bracket.
    Sign(&'static str),
    /// A word of the language.
    Keyword(Keyword),
}

/// What a formula looks at of the pack's figures, by its slot.
enum Used {
    /// A parameter.
    Parameter(u16),
    /// A table, whatever its version.
    Table(u16),
}

impl Norm {
    /// A step's formula in words. Empty where the rule or the step does not exist.
    pub fn said(&self, rule: &str, step: &str) -> Vec<Said> {
        let Some((rule, nodes)) = self.rule_named(rule) else { return Vec::new() };
        let at = rule.steps.iter().position(|found| found.id == step);
        let Some(node) = at.and_then(|at| nodes.get(at)) else { return Vec::new() };
        let mut speaker = Speaker { norm: self, rule, quantity: None, out: Vec::new() };
        speaker.say(node);
        speaker.out
    }

    /// What a row of a table gives, in words: a figure, a formula over the quantity, or a refusal.
    /// Both count from 0; empty where there is no such row.
    pub fn said_row(&self, table: usize, row: usize) -> Vec<Said> {
        let band = self.ready.tables.get(table).and_then(|bands| bands.rows.get(row));
        let (Some(band), Some(rule)) = (band, self.pack.rules.first()) else { return Vec::new() };
        let quantity = self.pack.tables.get(table).map(|table| self.quantity(table));
        let mut speaker = Speaker { norm: self, rule, quantity, out: Vec::new() };
        speaker.say(&band.gives);
        speaker.out
    }

    /// Ids of the parameters that a rule can look at for its own stages, in the pack's order.
    pub fn parameters_of(&self, rule: &str) -> Vec<&str> {
        let Some((rule, nodes)) = self.rule_named(rule) else { return Vec::new() };
        let mut used = vec![false; self.pack.parameters.len()];
        let mut mark = |what: Used| {
            if let Used::Parameter(slot) = what
                && let Some(used) = used.get_mut(usize::from(slot))
            {
                *used = true;
            }
        };
        for node in nodes {
            self.visit(rule, node, &mut mark);
        }
        let parameters = self.pack.parameters.iter().zip(used);
        parameters.filter_map(|(parameter, used)| used.then_some(parameter.id.as_str())).collect()
    }

    /// Whether a step rests on what is not verified: by its own clause, or by a parameter in force or a
    /// table in force that it looks at. `false` where there is no such step.
    pub fn is_step_unverified(&self, rule: &str, step: &str) -> bool {
        let Some((rule, nodes)) = self.rule_named(rule) else { return false };
        let steps = rule.steps.iter().zip(nodes);
        let Some((step, node)) = steps.into_iter().find(|(found, _)| found.id == step) else {
            return false;
        };
        let own = &step.clause;
        let mut found = !own.text.is_empty() && own.confidence.needs_checking();
        self.visit(rule, node, &mut |what| {
            found |= match what {
                Used::Parameter(slot) => {
                    let parameter = self.pack.parameters.get(usize::from(slot));
                    parameter.is_some_and(|parameter| {
                        parameter.clause_on(self.day).confidence.needs_checking()
                    })
                }
                Used::Table(version) => {
                    let at = self.tables.get(usize::from(version)).copied().flatten();
                    let table = at.and_then(|at| self.pack.tables.get(usize::from(at)));
                    table.is_some_and(|table| self.pack.is_table_unverified(table))
                }
            };
        });
        found
    }

    fn rule_named(&self, id: &str) -> Option<(&Rule, &[Node])> {
        self.rule_at(self.pack.rules.iter().position(|rule| rule.id == id)?)
    }

    fn visit(&self, rule: &Rule, node: &Node, mark: &mut dyn FnMut(Used)) {
        match node {
            Node::Parameter(slot) => mark(Used::Parameter(*slot)),
            Node::Keyed(keyed) => {
                let stage = keyed.inputs.first().is_some_and(|input| self.is_stage(*input));
                // A rule that is asked by its id covers every stage.
                let by_stage = stage && !rule.stages.is_empty();
                let covered = |key: u16| {
                    let slots = rule.stages.iter().map(|stage| self.stages.get(*stage as usize));
                    slots.flatten().any(|slot| *slot == Some(key))
                };
                for ([key, _], slot) in &keyed.choices {
                    if !by_stage || covered(*key) {
                        mark(Used::Parameter(*slot));
                    }
                }
            }
            Node::Binary(_, left, right) | Node::FloorBelow(left, right) => {
                self.visit(rule, left, mark);
                self.visit(rule, right, mark);
            }
            Node::Call(_, arguments) => {
                arguments.iter().for_each(|argument| self.visit(rule, argument, mark));
            }
            Node::If(test, then, otherwise) => {
                self.visit_test(rule, test, mark);
                self.visit(rule, then, mark);
                self.visit(rule, otherwise, mark);
            }
            Node::Round(_, _, inner) | Node::Sum(_, inner) => self.visit(rule, inner, mark),
            Node::Table(version, inner) => {
                self.visit(rule, inner, mark);
                self.visit_rows(rule, *version, mark);
            }
            Node::Count(_, test) => self.visit_test(rule, test, mark),
            Node::Pool(pool) => {
                self.visit_rows(rule, pool.table, mark);
                self.visit(rule, &pool.item, mark);
                self.visit(rule, &pool.then, mark);
            }
            Node::Rule(other, given) => {
                given.iter().for_each(|(_, node)| self.visit(rule, node, mark));
                // Rules never use one another in a circle, so this ends.
                let nodes = self.ready.rules.get(usize::from(*other)).into_iter().flatten();
                nodes.for_each(|node| self.visit(rule, node, mark));
            }
            Node::Number(_)
            | Node::Word(_)
            | Node::Input(_)
            | Node::Step(_)
            | Node::Refuse(_)
            | Node::Quantity
            | Node::Item(_)
            | Node::Pooled
            | Node::RowValue => {}
        }
    }

    fn visit_rows(&self, rule: &Rule, version: u16, mark: &mut dyn FnMut(Used)) {
        mark(Used::Table(version));
        let versions = self.ready.versions.get(usize::from(version)).into_iter().flatten();
        let tables = versions.filter_map(|at| self.ready.tables.get(usize::from(*at)));
        for row in tables.flat_map(|table| &table.rows) {
            self.visit(rule, &row.gives, mark);
        }
    }

    fn visit_test(&self, rule: &Rule, test: &Test, mark: &mut dyn FnMut(Used)) {
        match test {
            Test::Compare(_, left, right) => {
                self.visit(rule, left, mark);
                self.visit(rule, right, mark);
            }
            Test::And(left, right) | Test::Or(left, right) => {
                self.visit_test(rule, left, mark);
                self.visit_test(rule, right, mark);
            }
            Test::Not(inner) => self.visit_test(rule, inner, mark),
            Test::Known(_) => {}
        }
    }

    fn is_stage(&self, input: u16) -> bool {
        self.sources.get(usize::from(input)) == Some(&super::Source::Stage)
    }
}

/// Says one formula.
struct Speaker<'a> {
    norm: &'a Norm,
    rule: &'a Rule,
    /// What the quantity of the table is called, in one of its rows.
    quantity: Option<Bilingual>,
    out: Vec<Said>,
}

impl Speaker<'_> {
    fn sign(&mut self, sign: &'static str) {
        self.out.push(Said::Sign(sign));
    }

    fn keyword(&mut self, keyword: Keyword) {
        self.out.push(Said::Keyword(keyword));
    }

    fn name(&mut self, name: Option<&Bilingual>) {
        self.out.push(Said::Name(name.cloned().unwrap_or_default()));
    }

    fn input(&self, slot: u16) -> Bilingual {
        let input = self.norm.pack.inputs.get(usize::from(slot));
        input.map(|input| input.label.clone()).unwrap_or_default()
    }

    fn input_name(&mut self, slot: u16) {
        let label = self.input(slot);
        self.out.push(Said::Name(label));
    }

    fn table_name(&mut self, version: u16) {
        let versions = self.norm.ready.versions.get(usize::from(version));
        let at = versions.and_then(|versions| versions.first());
        let table = at.and_then(|at| self.norm.pack.tables.get(usize::from(*at)));
        self.name(table.map(|table| &table.label));
    }

    fn say(&mut self, node: &Node) {
        match node {
            Node::Number(number) => {
                let number = super::exact::Shelf::default().fraction(*number);
                self.out.push(Said::Number(number.unwrap_or_default()));
            }
            Node::Word(word) => {
                let text = self.norm.ready.symbols.word(*word).unwrap_or_default();
                self.out.push(Said::Text(Bilingual::new(text, "")));
            }
            Node::Input(slot) | Node::Item(slot) => self.input_name(*slot),
            Node::Parameter(slot) => {
                let parameter = self.norm.pack.parameters.get(usize::from(*slot));
                self.name(parameter.map(|parameter| &parameter.label));
            }
            Node::Keyed(keyed) => {
                let members = keyed
                    .choices
                    .iter()
                    .filter_map(|(_, slot)| self.norm.pack.parameters.get(usize::from(*slot)));
                let labels: Vec<&Bilingual> = members.map(|member| &member.label).collect();
                let name = in_common(&labels, &keyed.family);
                let mut by = Bilingual::default();
                for (at, input) in keyed.inputs.iter().enumerate() {
                    let label = self.input(*input);
                    if at > 0 {
                        by.zh.push('、');
                        by.en.push_str(", ");
                    }
                    by.zh.push_str(&label.zh);
                    by.en.push_str(&label.en);
                }
                self.out.push(Said::Family(name, by));
            }
            Node::Step(slot) => {
                let step = self.rule.steps.get(usize::from(*slot));
                self.name(step.map(|step| &step.label));
            }
            Node::Binary(operator, left, right) => {
                self.operand(left, needs_brackets(*operator, left, false));
                self.sign(operator_sign(*operator));
                self.operand(right, needs_brackets(*operator, right, true));
            }
            Node::Call(function, arguments) => {
                self.keyword(match function {
                    Function::Max => Keyword::Max,
                    Function::Min => Keyword::Min,
                });
                self.sign("(");
                for (at, argument) in arguments.iter().enumerate() {
                    if at > 0 {
                        self.sign(", ");
                    }
                    self.say(argument);
                }
                self.sign(")");
            }
            Node::Round(mode, places, inner) => {
                self.keyword(match mode {
                    Mode::HalfUp => Keyword::Round,
                    Mode::Floor => Keyword::Floor,
                    Mode::Ceil => Keyword::Ceil,
                });
                self.sign("(");
                self.say(inner);
                if *places > 0 {
                    self.sign(", ");
                    self.out.push(Said::Number(Fraction::from_integer(i64::from(*places))));
                }
                self.sign(")");
            }
            Node::FloorBelow(value, limit) => {
                self.keyword(Keyword::FloorBelow);
                self.pair(|speaker| speaker.say(value), |speaker| speaker.say(limit));
            }
            Node::If(test, then, otherwise) => {
                self.keyword(Keyword::If);
                self.test(test);
                self.keyword(Keyword::Then);
                self.say(then);
                self.keyword(Keyword::Else);
                self.say(otherwise);
            }
            Node::Refuse(why) => {
                self.keyword(Keyword::Refuse);
                let why = self.norm.ready.reasons.get(usize::from(*why));
                self.out.push(Said::Text(why.cloned().unwrap_or_default()));
            }
            Node::Table(version, at) => {
                self.table_name(*version);
                self.sign("(");
                self.say(at);
                self.sign(")");
            }
            Node::Quantity => {
                let quantity = self.quantity.clone();
                self.name(quantity.as_ref());
            }
            Node::Sum(list, item) => {
                self.keyword(Keyword::Sum);
                self.pair(|speaker| speaker.input_name(*list), |speaker| speaker.say(item));
            }
            Node::Count(list, test) => {
                self.keyword(Keyword::Count);
                self.pair(|speaker| speaker.input_name(*list), |speaker| speaker.test(test));
            }
            Node::Pool(pool) => {
                self.keyword(Keyword::Pool);
                self.sign("(");
                self.say(&pool.item);
                self.sign(", ");
                self.table_name(pool.table);
                self.sign(", ");
                self.say(&pool.then);
                self.sign(")");
            }
            Node::Pooled => self.keyword(Keyword::Pooled),
            Node::RowValue => self.keyword(Keyword::RowValue),
            Node::Rule(rule, given) => {
                self.keyword(Keyword::Rule);
                let other = self.norm.pack.rules.get(usize::from(*rule));
                self.name(other.map(|other| &other.label));
                for (at, (input, node)) in given.iter().enumerate() {
                    self.sign(if at > 0 { ", " } else { "(" });
                    self.input_name(*input);
                    self.sign(" = ");
                    self.say(node);
                }
                if !given.is_empty() {
                    self.sign(")");
                }
            }
        }
    }

    fn pair(&mut self, one: impl Fn(&mut Self), other: impl Fn(&mut Self)) {
        self.sign("(");
        one(self);
        self.sign(", ");
        other(self);
        self.sign(")");
    }

    fn operand(&mut self, node: &Node, bracket: bool) {
        let written = !matches!(node, Node::Sum(..) | Node::Pool(_));
        let bracket = matches!(node, Node::If(..)) || (bracket && written);
        if bracket {
            self.sign("(");
        }
        self.say(node);
        if bracket {
            self.sign(")");
        }
    }

    fn side_value(&mut self, node: &Node, other: &Node) {
        match (node, other) {
            (Node::Word(word), Node::Input(input)) => {
                let label = self.norm.word_label(*input, *word);
                self.out.push(Said::Text(label));
            }
            _ => self.say(node),
        }
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Compare(comparison, left, right) => {
                self.side_value(left, right);
                self.sign(match comparison {
                    Comparison::Less => " < ",
                    Comparison::AtMost => " ≤ ",
                    Comparison::More => " > ",
                    Comparison::AtLeast => " ≥ ",
                    Comparison::Equal => " = ",
                    Comparison::Differs => " ≠ ",
                });
                self.side_value(right, left);
            }
            Test::And(left, right) | Test::Or(left, right) => {
                let and = matches!(test, Test::And(..));
                self.side(left, and);
                self.keyword(if and { Keyword::And } else { Keyword::Or });
                self.side(right, and);
            }
            Test::Not(inner) => {
                self.keyword(Keyword::Not);
                self.sign("(");
                self.test(inner);
                self.sign(")");
            }
            Test::Known(slot) => {
                self.keyword(Keyword::Known);
                self.input_name(*slot);
            }
        }
    }

    /// One side of "and" or "or": an "or" inside an "and" needs brackets.
    fn side(&mut self, test: &Test, and: bool) {
        let bracket = and && matches!(test, Test::Or(..));
        if bracket {
            self.sign("(");
        }
        self.test(test);
        if bracket {
            self.sign(")");
        }
    }
}

/// What names end with in common, in each language; the family's id where that is nothing.
fn in_common(labels: &[&Bilingual], family: &str) -> Bilingual {
    let ending = |texts: Vec<&str>| {
        let Some((first, rest)) = texts.split_first() else { return family.to_owned() };
        let mut ending = *first;
        while !rest.iter().all(|text| text.ends_with(ending)) {
            let mut characters = ending.chars();
            characters.next();
            ending = characters.as_str();
        }
        // An ending that begins in the middle of an English word would be no word: it begins after
        // the next space.
        let inside =
            ending.len() < first.len() && ending.starts_with(|c: char| c.is_ascii_alphanumeric());
        let whole =
            if inside { ending.split_once(' ').map_or("", |(_, tail)| tail) } else { ending };
        let whole = whole.trim();
        if whole.is_empty() { family.to_owned() } else { whole.to_owned() }
    };
    Bilingual::new(
        &ending(labels.iter().map(|label| label.zh.as_str()).collect()),
        &ending(labels.iter().map(|label| label.en.as_str()).collect()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::norm::{Confidence, SAMPLE, shipped};

    fn sample() -> Norm {
        let pack = shipped(SAMPLE).unwrap();
        let day = pack.valid_from;
        Norm::new(pack, day).unwrap()
    }

    #[test]
    fn a_rule_names_the_parameters_of_its_own_stages_only() {
        let norm = sample();
        assert_eq!(
            norm.parameters_of("ratio-only"),
            ["ratio.upper_secondary", "per_class.upper_secondary"]
        );
        assert_eq!(
            norm.parameters_of("small-or-ratio"),
            [
                "ratio.primary",
                "ratio.lower_secondary",
                "per_class.primary",
                "per_class.lower_secondary",
                "small_school",
                "boarders_per_post"
            ]
        );
        // Every locality, since the rule does not say which one.
        assert_eq!(norm.parameters_of("kindergarten").len(), 5);
        assert!(norm.parameters_of("nothing").is_empty());
    }

    #[test]
    fn a_step_that_uses_what_is_unverified_is_no_more_verified_than_that() {
        let mut pack = shipped(SAMPLE).unwrap();
        let unverified = |pack: &crate::norm::Pack, step| {
            let norm = Norm::new(pack.clone(), pack.valid_from).unwrap();
            norm.is_step_unverified("small-or-ratio", step)
        };
        let rule = pack.rules.iter_mut().find(|rule| rule.id == "small-or-ratio").unwrap();
        for step in &mut rule.steps {
            step.clause.confidence = Confidence::Verified;
        }
        // It uses the ratios, which nobody verified; the last one uses steps alone.
        assert!(unverified(&pack, "by_students") && !unverified(&pack, "posts"));
        for parameter in pack.parameters.iter_mut().filter(|it| it.id.starts_with("ratio.")) {
            parameter.clause.confidence = Confidence::Verified;
        }
        assert!(!unverified(&pack, "by_students") && unverified(&pack, "by_classes"));
        assert!(!unverified(&pack, "no_such"));
        // A table is one of the things that a step uses.
        let pack = shipped("pl-specialists").unwrap();
        let norm = Norm::new(pack.clone(), pack.valid_from).unwrap();
        assert!(norm.is_step_unverified("PL-SPECIALISTS-2022", "posts"));
    }

    #[test]
    fn a_family_is_called_by_what_its_members_have_in_common() {
        let said = sample().said("small-or-ratio", "by_students");
        let family = Said::Family(
            Bilingual::new("学生与教职工比", "students per post"),
            Bilingual::new("学段", "Stage"),
        );
        assert_eq!(said[0], Said::Name(Bilingual::new("在校生", "Students")));
        assert_eq!(said[2], family);
    }

    #[test]
    fn endings_never_begin_inside_an_english_word() {
        let labels = [Bilingual::new("甲数", "lower bound"), Bilingual::new("乙数", "upper bound")];
        let common = in_common(&[&labels[0], &labels[1]], "bound");
        assert_eq!((common.zh.as_str(), common.en.as_str()), ("数", "bound"));
        let labels = [Bilingual::new("甲", "one"), Bilingual::new("乙", "two")];
        assert_eq!(in_common(&[&labels[0], &labels[1]], "name").zh, "name");
    }
}
