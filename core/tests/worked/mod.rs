//! Worked examples of norms: how a file of them reads, and how one is held against the packs.
//! Shared by the example program and the tests.

use bianheng_core::norm::{Asked, Exact, Norm, Pack, Wide, listed, shipped};
use bianheng_core::text::{Lang, proof};
use serde_json::{Map, Number, Value};

/// One example.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// The rule that it asks.
    pub norm: String,
    /// What is given.
    pub given: Vec<(String, Asked)>,
    /// What the rule gives; `None` where it must refuse.
    pub expected: Option<Wide>,
}

/// How a result differs from what an example expects, as the program prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    pub expected: String,
    pub got: String,
}

/// Reads a number as it is written: `5.8` is 29/5, and `1e3` a thousand.
fn exact(text: &str) -> Option<Exact> {
    let Some((digits, power)) = text.split_once(['e', 'E']) else { return Exact::parse(text) };
    let power: i32 = power.parse().ok()?;
    let ten = 10_i64.checked_pow(power.unsigned_abs())?;
    let value = Exact::parse(digits)?.0;
    Some(Exact(if power < 0 { value / ten } else { value * ten }))
}

fn wide(number: &Number) -> Option<Wide> {
    let value = exact(&number.to_string())?.0;
    Some(Wide::new(i128::from(*value.numer()), i128::from(*value.denom())))
}

/// Reads a fraction such as `969/125`.
fn fraction(text: &str) -> Option<Wide> {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    let denominator: i128 = denominator.trim().parse().ok().filter(|below| *below != 0)?;
    Some(Wide::new(numerator.trim().parse().ok()?, denominator))
}

fn case(value: &Value) -> Option<Case> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let given = |inputs: &Map<String, Value>| {
        let one = |(name, value): (&String, &Value)| {
            let asked = match value {
                Value::Number(number) => Asked::Number(exact(&number.to_string())?),
                Value::String(word) => Asked::Word(word.clone()),
                Value::Bool(yes) => Asked::Number(Exact(i64::from(*yes).into())),
                _ => return None,
            };
            Some((name.clone(), asked))
        };
        inputs.iter().map(one).collect::<Option<Vec<_>>>()
    };
    let expected = match (value.get("expected")?, text("expected_exact")) {
        (Value::Null, _) => None,
        (_, Some(exact)) => Some(fraction(&exact)?),
        (Value::Number(number), None) => Some(wide(number)?),
        _ => return None,
    };
    Some(Case {
        id: text("id")?,
        norm: text("norm")?,
        given: given(value.get("inputs")?.as_object()?)?,
        expected,
    })
}

/// Reads a file of examples: a list, or an object whose `vectors` is one.
pub fn read(text: &str) -> Result<Vec<Case>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let list = value.get("vectors").unwrap_or(&value);
    let list = list.as_array().ok_or("no list of examples")?;
    let read = list.iter().enumerate();
    read.map(|(at, one)| case(one).ok_or(format!("example {} cannot be read", at + 1))).collect()
}

/// The packs that examples are held against.
pub struct Library(Vec<Norm>);

impl Library {
    /// The packs that ship with the tool.
    pub fn shipped() -> Self {
        let packs = listed().into_iter().filter_map(|pack| shipped(pack.id));
        Self(packs.filter_map(|pack| ready(pack).ok()).collect())
    }

    /// One pack in place of the shipped ones.
    #[allow(dead_code, reason = "used by the tests only")]
    pub fn of(pack: Pack) -> Result<Self, String> {
        Ok(Self(vec![ready(pack)?]))
    }

    /// The norm that has a rule.
    pub fn norm(&self, rule: &str) -> Option<&Norm> {
        self.0.iter().find(|norm| norm.pack().rule(rule).is_some())
    }

    /// Holds one example against its rule.
    pub fn run(&self, case: &Case) -> Result<(), Differs> {
        let expected = case.expected.map_or("refusal".to_owned(), |value| value.to_string());
        let Some(norm) = self.norm(&case.norm) else {
            return Err(Differs { expected, got: format!("no norm {}", case.norm) });
        };
        match (norm.answer(&case.norm, &case.given), case.expected) {
            (Ok(got), Some(wanted)) if got == wanted => Ok(()),
            (Err(_), None) => Ok(()),
            (Ok(got), _) => Err(Differs { expected, got: got.to_string() }),
            (Err(why), Some(_)) => {
                let got = format!("refusal: {}", proof::refusal(&why, Lang::En));
                Err(Differs { expected, got })
            }
        }
    }
}

fn ready(pack: Pack) -> Result<Norm, String> {
    let day = pack.valid_from;
    Norm::new(pack, day).map_err(|error| error.to_string())
}
