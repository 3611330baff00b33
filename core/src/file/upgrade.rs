//! One step for every past version of the file, from the oldest on. Each step has a stored file of
//! its version in `core/tests/data` and a test that it opens to the same content.

use serde_json::{Map, Value};

use super::{ScenarioFile, ScenarioResults, VERSION};

/// Brings a file of any version this program knows to the present one.
pub(super) fn to_present(mut file: ScenarioFile<'_>) -> ScenarioFile<'_> {
    while file.version < VERSION {
        file = match file.version {
            0 | 1 => from_1(file),
            2 => from_2(file),
            _ => ScenarioFile { version: VERSION, ..file },
        };
    }
    file
}

/// Version 2 knows staff by course, leaders, added posts, changed yardsticks and the commands that
/// edit them. A file of version 1 says nothing of these, which is what an absent field means: it
/// stays unknown, never zero, and the fingerprint of the facts stays as it was.
fn from_1(file: ScenarioFile<'_>) -> ScenarioFile<'_> {
    ScenarioFile { version: 2, ..file }
}

/// Version 3 holds several scenarios, each with its results and a verification code; a file of
/// version 2 holds one, without a code.
fn from_2(file: ScenarioFile<'_>) -> ScenarioFile<'_> {
    let one = |kinds| ScenarioResults { code: String::new(), kinds };
    let figures = file.results.map(one).into_iter().collect();
    let scenarios = Vec::from_iter(file.scenario);
    ScenarioFile { version: 3, figures, scenarios, scenario: None, results: None, ..file }
}

/// Brings along what a file of an older version says that this program does not know, to where the
/// present version has its parts: left where it was, it would make the file unreadable.
pub(super) fn more_to_present(version: u32, mut more: Value, file: &ScenarioFile<'_>) -> Value {
    if version < 3
        && let Value::Object(parts) = &mut more
    {
        // Results are written anew.
        parts.remove("results");
        if let (Some(own), Some(scenario)) = (parts.remove("scenario"), file.scenarios.first()) {
            let named = Map::from_iter([(scenario.name.clone(), own)]);
            parts.insert("scenarios".to_owned(), Value::Object(named));
        }
        if parts.is_empty() {
            return Value::Null;
        }
    }
    more
}
