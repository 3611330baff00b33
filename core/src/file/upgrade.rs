//! One step for every past version of the file, from the oldest on. Each step has a stored file of
//! its version in `core/tests/data` and a test that it opens to the same content.

use super::{ScenarioFile, ScenarioResults, VERSION};

/// Brings a file of any version this program knows to the present one.
pub(super) fn to_present(mut file: ScenarioFile) -> ScenarioFile {
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
fn from_1(file: ScenarioFile) -> ScenarioFile {
    ScenarioFile { version: 2, ..file }
}

/// Version 3 holds several scenarios, each with its results and a verification code; a file of
/// version 2 holds one, without a code.
fn from_2(file: ScenarioFile) -> ScenarioFile {
    let one = |kinds| ScenarioResults { code: String::new(), kinds };
    let figures = file.results.map(one).into_iter().collect();
    let scenarios = Vec::from_iter(file.scenario);
    ScenarioFile { version: 3, figures, scenarios, scenario: None, results: None, ..file }
}
