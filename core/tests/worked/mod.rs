//! Worked examples of norms: how a file of them reads, and how one is held against the packs.
//! Shared by the example program and the tests.

use bianheng_core::norm::{Asked, Exact, Norm, Pack, Wide, listed, shipped};
use bianheng_core::text::{Lang, proof};
use serde_json::{Number, Value};

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

/// An example that failed: how its result differs from what it expects, or why it has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    pub id: String,
    pub expected: String,
    pub got: String,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} expected {} got {}", self.id, self.expected, self.got)
    }
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

/// One input. `null` is one that is not given.
fn given(name: &str, value: &Value) -> Result<Option<Asked>, String> {
    let asked = match value {
        Value::Null => return Ok(None),
        Value::Number(number) => exact(&number.to_string()).map(Asked::Number),
        Value::String(word) => Some(Asked::Word(word.clone())),
        Value::Bool(yes) => Some(Asked::Number(Exact(i64::from(*yes).into()))),
        Value::Array(_) | Value::Object(_) => None,
    };
    asked.map(Some).ok_or_else(|| format!("the input {name} cannot be {value}"))
}

fn expected(value: &Value) -> Result<Option<Wide>, String> {
    let read = match (value.get("expected"), value.get("expected_exact")) {
        (Some(Value::Null), _) => return Ok(None),
        (Some(_), Some(Value::String(text))) => fraction(text),
        (Some(Value::Number(number)), None) => wide(number),
        _ => None,
    };
    read.map(Some).ok_or_else(|| "what is expected cannot be read".to_owned())
}

fn case(value: &Value) -> Result<Case, String> {
    let text = |key: &str| {
        let found = value.get(key).and_then(Value::as_str).map(str::to_owned);
        found.ok_or_else(|| format!("{key} is missing"))
    };
    let inputs = value.get("inputs").and_then(Value::as_object).ok_or("inputs are missing")?;
    let mut all = Vec::new();
    for (name, value) in inputs {
        all.extend(given(name, value)?.map(|asked| (name.clone(), asked)));
    }
    Ok(Case { id: text("id")?, norm: text("norm")?, given: all, expected: expected(value)? })
}

/// Reads a file of examples: a list, or an object whose `vectors` is one. An example that cannot be
/// read stands in its place as one that failed.
pub fn read(text: &str) -> Result<Vec<Result<Case, Failed>>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let list = value.get("vectors").unwrap_or(&value);
    let list = list.as_array().ok_or("no list of examples")?;
    let one = |(at, one): (usize, &Value)| {
        case(one).map_err(|why| {
            let id = one.get("id").and_then(Value::as_str).map(str::to_owned);
            let expected = match one.get("expected") {
                Some(Value::Null) => "refusal".to_owned(),
                found => found.map_or("?".to_owned(), Value::to_string),
            };
            let id = id.unwrap_or_else(|| format!("example {}", at + 1));
            Failed { id, expected, got: format!("error {why}") }
        })
    };
    Ok(list.iter().enumerate().map(one).collect())
}

/// A line for each example of a file and a closing line, and how many failed.
///
/// # Errors
/// A text that is no list of examples.
#[allow(dead_code, reason = "the edges use examples one by one")]
pub fn report(text: &str) -> Result<(String, usize), String> {
    let library = Library::shipped();
    let cases = read(text)?;
    let (mut out, mut failed) = (String::new(), 0);
    for case in &cases {
        match case.as_ref().map_err(Clone::clone).and_then(|case| library.run(case).map(|()| case))
        {
            Ok(case) => out.push_str(&format!("{} ok\n", case.id)),
            Err(why) => {
                failed += 1;
                out.push_str(&format!("{why}\n"));
            }
        }
    }
    out.push_str(&format!("{} passed, {failed} failed\n", cases.len() - failed));
    Ok((out, failed))
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
    pub fn run(&self, case: &Case) -> Result<(), Failed> {
        let failed = |got: String| {
            let expected = case.expected.map_or("refusal".to_owned(), |value| value.to_string());
            Err(Failed { id: case.id.clone(), expected, got })
        };
        let Some(norm) = self.norm(&case.norm) else {
            return failed(format!("no norm {}", case.norm));
        };
        match (norm.answer(&case.norm, &case.given), case.expected) {
            (Ok(got), Some(wanted)) if got == wanted => Ok(()),
            (Err(_), None) => Ok(()),
            (Ok(got), _) => failed(got.to_string()),
            (Err(why), Some(_)) => failed(format!("refusal: {}", proof::refusal(&why, Lang::En))),
        }
    }
}

fn ready(pack: Pack) -> Result<Norm, String> {
    let day = pack.valid_from;
    Norm::new(pack, day).map_err(|error| error.to_string())
}
