//! A rule as a person reads it: its formulas with the names of the pack in place of ids, and the
//! parameters that it looks at. It writes no words of its own (`core::text` does) and never
//! computes.

use super::compile::{Node, Test};
use super::formula::{Comparison, Function, Operator};
use super::{Norm, Rule};
use crate::county::Stage;
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
    /// No entitlement, for the reason that follows.
    Refuse,
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
    /// A category or a reason, as the pack writes it.
    Text(String),
    /// A sign: `÷`, `<`, a comma, a bracket.
    Sign(&'static str),
    /// A word of the language.
    Keyword(Keyword),
}

impl Norm {
    /// The rule that covers a stage.
    pub fn rule_of(&self, stage: Stage) -> Option<&Rule> {
        self.rule_for(stage).map(|(rule, _)| rule)
    }

    /// A step's formula in words. Empty where the rule or the step does not exist.
    pub fn said(&self, rule: &str, step: &str) -> Vec<Said> {
        let Some((rule, nodes)) = self.rule_named(rule) else { return Vec::new() };
        let at = rule.steps.iter().position(|found| found.id == step);
        let Some(node) = at.and_then(|at| nodes.get(at)) else { return Vec::new() };
        let mut speaker = Speaker { norm: self, rule, out: Vec::new() };
        speaker.say(node);
        speaker.out
    }

    /// Ids of the parameters that a rule can look at for its own stages, in the pack's order.
    pub fn parameters_of(&self, rule: &str) -> Vec<&str> {
        let Some((rule, nodes)) = self.rule_named(rule) else { return Vec::new() };
        let mut used = vec![false; self.pack.parameters.len()];
        let mut mark = |slot: u16| {
            if let Some(used) = used.get_mut(usize::from(slot)) {
                *used = true;
            }
        };
        for node in nodes {
            self.visit(rule, node, &mut mark);
        }
        let parameters = self.pack.parameters.iter().zip(used);
        parameters.filter_map(|(parameter, used)| used.then_some(parameter.id.as_str())).collect()
    }

    fn rule_named(&self, id: &str) -> Option<(&Rule, &[Node])> {
        let at = self.pack.rules.iter().position(|rule| rule.id == id)?;
        Some((self.pack.rules.get(at)?, self.rules.get(at)?))
    }

    fn visit(&self, rule: &Rule, node: &Node, mark: &mut impl FnMut(u16)) {
        match node {
            Node::Parameter(slot) => mark(*slot),
            Node::Keyed { input, choices, .. } => {
                let by_stage = self.input_id(*input) == Some("stage");
                let covered = |key: u16| {
                    let slots = rule.stages.iter().map(|stage| self.stages.get(*stage as usize));
                    slots.flatten().any(|slot| *slot == Some(key))
                };
                for (key, slot) in choices {
                    if !by_stage || covered(*key) {
                        mark(*slot);
                    }
                }
            }
            Node::Binary(_, left, right) => {
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
            Node::Number(_) | Node::Word(_) | Node::Input(_) | Node::Step(_) | Node::Refuse(_) => {}
        }
    }

    fn visit_test(&self, rule: &Rule, test: &Test, mark: &mut impl FnMut(u16)) {
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

    fn input_id(&self, slot: u16) -> Option<&str> {
        self.pack.inputs.get(usize::from(slot)).map(|input| input.id.as_str())
    }
}

/// Says one formula.
struct Speaker<'a> {
    norm: &'a Norm,
    rule: &'a Rule,
    out: Vec<Said>,
}

impl Speaker<'_> {
    fn sign(&mut self, sign: &'static str) {
        self.out.push(Said::Sign(sign));
    }

    fn keyword(&mut self, keyword: Keyword) {
        self.out.push(Said::Keyword(keyword));
    }

    fn input(&mut self, slot: u16) -> Bilingual {
        let input = self.norm.pack.inputs.get(usize::from(slot));
        input.map(|input| input.label.clone()).unwrap_or_default()
    }

    fn say(&mut self, node: &Node) {
        match node {
            Node::Number(number) => self.out.push(Said::Number(*number)),
            Node::Word(word) => {
                let text = self.norm.symbols.word(*word).unwrap_or_default().to_owned();
                self.out.push(Said::Text(text));
            }
            Node::Input(slot) => {
                let label = self.input(*slot);
                self.out.push(Said::Name(label));
            }
            Node::Parameter(slot) => {
                let parameter = self.norm.pack.parameters.get(usize::from(*slot));
                let label = parameter.map(|parameter| parameter.label.clone());
                self.out.push(Said::Name(label.unwrap_or_default()));
            }
            Node::Keyed { family, input, choices } => {
                let members = choices
                    .iter()
                    .filter_map(|(_, slot)| self.norm.pack.parameters.get(usize::from(*slot)));
                let labels: Vec<&Bilingual> = members.map(|member| &member.label).collect();
                let name = in_common(&labels, family);
                let by = self.input(*input);
                self.out.push(Said::Family(name, by));
            }
            Node::Step(slot) => {
                let step = self.rule.steps.get(usize::from(*slot));
                let label = step.map(|step| step.label.clone()).unwrap_or_default();
                self.out.push(Said::Name(label));
            }
            Node::Binary(operator, left, right) => {
                self.operand(*operator, left, false);
                self.sign(match operator {
                    Operator::Add => " + ",
                    Operator::Subtract => " \u{2212} ",
                    Operator::Multiply => " × ",
                    Operator::Divide => " ÷ ",
                });
                self.operand(*operator, right, true);
            }
            Node::Call(function, arguments) => {
                self.keyword(match function {
                    Function::Max => Keyword::Max,
                    Function::Min => Keyword::Min,
                    Function::Round => Keyword::Round,
                    Function::Floor => Keyword::Floor,
                    Function::Ceil => Keyword::Ceil,
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
                self.out.push(Said::Text(why.clone()));
            }
        }
    }

    /// An operand, in brackets where the signs would otherwise read another way.
    fn operand(&mut self, outer: Operator, node: &Node, right: bool) {
        let tight = |operator| matches!(operator, Operator::Multiply | Operator::Divide);
        let bracket = match node {
            Node::Binary(inner, ..) => {
                (tight(outer) && !tight(*inner))
                    || (right && matches!(outer, Operator::Subtract | Operator::Divide))
            }
            Node::If(..) => true,
            _ => false,
        };
        if bracket {
            self.sign("(");
        }
        self.say(node);
        if bracket {
            self.sign(")");
        }
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Compare(comparison, left, right) => {
                self.say(left);
                self.sign(match comparison {
                    Comparison::Less => " < ",
                    Comparison::AtMost => " ≤ ",
                    Comparison::More => " > ",
                    Comparison::AtLeast => " ≥ ",
                    Comparison::Equal => " = ",
                    Comparison::Differs => " ≠ ",
                });
                self.say(right);
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
                let label = self.input(*slot);
                self.out.push(Said::Name(label));
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
    use crate::norm::{SAMPLE, shipped};

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
