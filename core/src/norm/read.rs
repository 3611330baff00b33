//! Reads a pack that a planner brings, as TOML or as JSON, and checks it to the last formula. What
//! is wrong is told with its place, and with its line where the text is TOML.

use super::compile::compile;
use super::error::{Fault, PackError, Place, Section};
use super::proofread::proofread;
use super::toml::{self, Map};
use super::{Pack, check};

/// Reads a pack: JSON where the text begins with a brace, TOML otherwise.
///
/// # Errors
/// What is wrong, where, and on which line: see [`Fault`].
pub fn read_pack(text: &str) -> Result<Pack, PackError> {
    if text.trim_start().starts_with('{') {
        let pack = parse(text, &[])?;
        sound(&pack)?;
        return Ok(pack);
    }
    let root = toml::read(text).map_err(|wrong| PackError {
        line: Some(wrong.line),
        ..Place::pack().fault(Fault::Syntax(wrong.what))
    })?;
    let (json, lines) = toml::to_json(&root);
    let pack = parse(&json, &lines)?;
    sound(&pack).map_err(|error| PackError { line: line_of(&root, &error.place), ..error })?;
    Ok(pack)
}

/// Looks a pack over as one that a planner brings, whether or not it can be worked with.
///
/// # Errors
/// The first fault, and where it stands.
pub fn sound(pack: &Pack) -> Result<(), PackError> {
    // First, so that a misspelt word is told as such and not as a table with a gap.
    proofread(pack)?;
    check::check(pack)?;
    compile(pack).map(|_| ())
}

/// Reads JSON whose lines came from others; from its own where there are none given.
fn parse(json: &str, lines: &[u32]) -> Result<Pack, PackError> {
    serde_json::from_str(json).map_err(|error| {
        let line = error.line();
        let line = match lines.get(line.saturating_sub(1)) {
            Some(source) => Some(*source),
            None => u32::try_from(line).ok(),
        };
        let said = error.to_string();
        // The reader's own line and column are those of a text that nobody has seen.
        let said = said.split_once(" at line ").map_or(said.as_str(), |(said, _)| said);
        let syntax = error.is_syntax() || error.is_eof();
        let fault = if syntax { Fault::Syntax } else { Fault::Field };
        PackError { line, ..Place::pack().fault(fault(said.to_owned())) }
    })
}

/// The line of a place.
fn line_of(root: &Map, place: &Place) -> Option<u32> {
    let (list, parts) = match place.section {
        Section::Pack => return root.line_of(&place.id),
        Section::Document => ("document", ""),
        Section::Input => ("input", ""),
        Section::Parameter => ("parameter", ""),
        Section::Table => ("table", "row"),
        Section::Rule => ("rule", "step"),
    };
    let whole = root.element(list, place.at)?;
    let part = place.part.as_ref().and_then(|(at, _)| whole.element(parts, *at));
    Some(part.unwrap_or(whole).line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lang, packs};

    const GOOD: &str = include_str!("../../norms/pl-specialists.toml");

    fn error(text: &str) -> PackError {
        read_pack(text).expect_err("the pack is bad")
    }

    /// What is said of each pack in both languages: a fault of this name, at or just above the line that
    /// holds this part.
    fn told<const N: usize>(cases: [(&str, String, &str); N]) -> String {
        let mut said = String::new();
        for (name, text, part) in cases {
            let found = error(&text);
            let line = found.line.unwrap_or_else(|| panic!("{name}: {found}"));
            let near = line_with(&text, part).unwrap();
            assert!(format!("{:?}", found.fault).starts_with(name), "{name}: {found:?}");
            assert!(line <= near && near <= line + 12, "{name}, line {near}: {found}");
            for lang in [Lang::Zh, Lang::En] {
                said.push_str(&packs::error(&found, lang));
                said.push('\n');
            }
        }
        said
    }

    /// The pack with one piece of it replaced, which must be there.
    fn with(from: &str, to: &str) -> String {
        assert!(GOOD.contains(from), "{from}");
        GOOD.replacen(from, to, 1)
    }

    fn line_with(text: &str, part: &str) -> Option<u32> {
        let at = text.lines().position(|line| line.contains(part)).unwrap();
        u32::try_from(at + 1).ok()
    }

    #[test]
    fn a_pack_reads_from_toml_and_from_its_own_json() {
        let pack = read_pack(GOOD).unwrap();
        let json = serde_json::to_string(&pack).unwrap();
        assert_eq!(read_pack(&json), Ok(pack));
    }

    #[test]
    fn every_fault_is_told_with_its_line_its_reason_and_its_cure() {
        type Is = fn(&Fault) -> bool;
        let formula = "formula = \"y2022(pupils)\"";
        let cases: [(String, &str, Is); 16] = [
            (with("kind = \"number\"", "kind = number"), "kind = number", |f| {
                matches!(f, Fault::Syntax(_))
            }),
            (with("kind = \"number\"", "kind = \"digit\""), "kind = \"digit\"", |f| {
                matches!(f, Fault::Field(_))
            }),
            (with("by = \"pupils\"\n", "by = \"pupils\"\ncolour = \"red\"\n"), "colour", |f| {
                matches!(f, Fault::Field(_))
            }),
            (with(formula, "formula = \"y2022(pupils\""), "y2022(pupils\"", |f| {
                matches!(f, Fault::Formula(_))
            }),
            (with(formula, "formula = \"y2022(pupil)\""), "y2022(pupil)", |f| {
                matches!(f, Fault::UnknownName(_))
            }),
            (with(formula, "formula = \"y2021(pupils)\""), "y2021", |f| {
                matches!(f, Fault::UnknownTable(_))
            }),
            (with(formula, "formula = 'rule(\"PL\")'"), "rule(\"PL\")", |f| {
                matches!(f, Fault::UnknownRule(_))
            }),
            (with(formula, "formula = 'pupils + \"x\"'"), "pupils + \"x\"", |f| {
                matches!(f, Fault::Kind)
            }),
            (with(formula, "formula = \"pupils / 25\""), "pupils / 25", |f| {
                matches!(f, Fault::NoClause)
            }),
            (
                with(formula, "formula = \"posts + 1\""),
                "posts + 1",
                |f| matches!(f, Fault::Cycle(chain) if chain.len() == 2),
            ),
            (
                with(formula, "formula = 'rule(\"PL-SPECIALISTS-2022\")'"),
                "id = \"PL-SPECIALISTS-2022\"",
                |f| matches!(f, Fault::Cycle(chain) if chain.len() == 2),
            ),
            (
                with("from = \"31\", to = \"50\"", "from = \"30\", to = \"50\""),
                "\"30\", to = \"50\"",
                |f| matches!(f, Fault::Bands(crate::norm::BandFault::Overlap { .. })),
            ),
            (with("from = \"31\", to = \"50\"", "from = \"32\", to = \"50\""), "\"32\"", |f| {
                matches!(f, Fault::Bands(crate::norm::BandFault::Gap { .. }))
            }),
            (with("document = \"2022\"", "document = \"2021\""), "document = \"2021\"", |f| {
                matches!(f, Fault::NoDocument(_))
            }),
            (with("id = \"y2024\"", "id = \"y2022\""), "2024 年起岗位", |f| {
                matches!(f, Fault::Versions(_))
            }),
            (with("id = \"PL-SPECIALISTS-2024\"", "id = \"PL-SPECIALISTS-2022\""), "", |f| {
                matches!(f, Fault::Duplicate(_))
            }),
        ];
        let mut said = String::new();
        for (text, part, is) in cases {
            let found = error(&text);
            assert!(is(&found.fault), "{part}: {found:?}");
            let line = found.line.unwrap_or_else(|| panic!("{part}: {found}"));
            let near = line_with(&text, part);
            // A part is told of where it begins, a few lines above what is wrong in it.
            let exact = near.is_some_and(|near| line <= near && near <= line + 12);
            assert!(part.is_empty() || exact, "{part}: {found}");
            for lang in [Lang::Zh, Lang::En] {
                said.push_str(&packs::error(&found, lang));
                said.push('\n');
            }
        }
        insta::assert_snapshot!(said);
    }

    /// A list, a second step and a parameter, for faults that the example has no place for.
    fn more(formula: &str) -> String {
        let list = r#"
[[input]]
id = "rolls"
label = { zh = "各校学生", en = "Pupils by school" }
kind = "list"

[[parameter]]
id = "most"
label = { zh = "最多", en = "Most" }
unit = { zh = "名", en = "posts" }
values = [{ from = "2022-09-01", value = "5" }, { from = "2024-09-01", value = "6" }]
least = "1"
greatest = "9"
clause = { document = "2022", confidence = "mirror", text = { zh = "最多", en = "At most" } }

[[table]]
id = "y2022""#;
        with("\n[[table]]\nid = \"y2022\"", list).replacen(
            "formula = \"y2022(pupils)\"",
            &format!(
                "formula = '{formula}'\n\n[[rule.step]]\nid = \"after\"\nlabel = {{ zh = \"后\", en = \"After\" }}\nformula = \"pupils\""
            ),
            1,
        )
    }

    /// A pack whose rules use one another so often that it would never end.
    fn doubling() -> String {
        let mut text = GOOD.to_owned();
        for at in 0..15 {
            let used = if at == 0 { "pupils".to_owned() } else { format!("rule(\"r{}\")", at - 1) };
            text.push_str(&format!(
                "\n[[rule]]\nid = \"r{at}\"\nlabel = {{ zh = \"加倍\", en = \"Doubled\" }}\n\n[[rule.step]]\nid = \"posts\"\nlabel = {{ zh = \"数\", en = \"Posts\" }}\nformula = '{used} + {used}'\n"
            ));
        }
        text
    }

    #[test]
    fn faults_of_every_other_kind_are_told_as_well() {
        let sound = more("min(most, sum(rolls: rolls))");
        assert!(read_pack(&sound).is_ok(), "{:?}", read_pack(&sound));
        let bands = |from: &str, to: &str| with(from, to);
        let of = |text: &str, from: &str, to: &str| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        };
        let both = GOOD.replace(
            "unit = { zh = \"岗（etat）\"",
            "stages = [\"primary\"]\nunit = { zh = \"岗（etat）\"",
        );
        let reading = "variant = { of = \"PL\", kind = \"reading\", label = { zh = \"读法\", en = \"reading\" } }\nunit = { zh = \"岗（etat）\"";
        let step = "[[rule.step]]\nid = \"posts\"\nlabel = { zh = \"岗位\", en = \"Posts\" }\nformula = \"y2024(pupils)\"";
        let dated = of(
            &sound,
            "unit = { zh = \"岗（etat）\"",
            "dated_by = \"pupils\"\nunit = { zh = \"岗（etat）\"",
        );
        let row = "{ from = \"31\", to = \"50\", gives = \"0.5\" }";
        let cases = [
            ("LaterStep", more("pupils + after"), "pupils + after"),
            ("Nested", more("sum(rolls: sum(rolls: rolls))"), "sum(rolls: sum"),
            (
                "Nested",
                bands("gives = \"0.25\"", "gives = \"y2024(pupils)\""),
                "gives = \"y2024(pupils)\"",
            ),
            ("NotConstant", more("pool(rolls by y2022: rolls then pooled * row)"), "pool(rolls"),
            ("TwoRules", both, "id = \"PL-SPECIALISTS-2024\""),
            ("Field", of(GOOD, step, ""), "id = \"PL-SPECIALISTS-2024\""),
            ("Field", of(GOOD, "by = \"pupils\"\n", ""), "id = \"y2022\""),
            ("NoSteps", of(GOOD, step, "step = []"), "id = \"PL-SPECIALISTS-2024\""),
            (
                "Dated",
                of(
                    &dated,
                    "formula = \"y2024(pupils)\"",
                    "formula = 'rule(\"PL-SPECIALISTS-2022\")'",
                ),
                "rule(\"PL-SPECIALISTS-2022\")",
            ),
            (
                "Dates",
                of(&sound, "2024-09-01\", value = \"6\"", "2021-09-01\", value = \"6\""),
                "id = \"most\"",
            ),
            ("Range", of(&sound, "greatest = \"9\"", "greatest = \"0\""), "id = \"most\""),
            ("OutOfRange", of(&sound, "value = \"6\"", "value = \"60\""), "id = \"most\""),
            (
                "NoClause",
                of(
                    &sound,
                    "text = { zh = \"最多\", en = \"At most\" }",
                    "text = { zh = \"\", en = \"\" }",
                ),
                "id = \"most\"",
            ),
            (
                "Chosen",
                of(GOOD, "unit = { zh = \"岗（etat）\"", reading),
                "id = \"PL-SPECIALISTS-2022\"",
            ),
            ("TooLarge", doubling(), "id = \"r13\""),
            ("Formula(Character", more("pupils ÷ 2"), "pupils ÷ 2"),
            ("Formula(Number", more("pupils + 99999999999999999999"), "99999999999999999999"),
            ("Formula(Depth", more(&format!("{}1", "(".repeat(200))), "(((("),
            ("Formula(Length", more(&"pupils + ".repeat(2_000)), "pupils + pupils"),
            (
                "Bands(Ends",
                bands(row, "{ from = \"31\", over = \"30\", to = \"50\", gives = \"0.5\" }"),
                "over = \"30\"",
            ),
            (
                "Bands(Empty",
                bands(row, "{ from = \"51\", to = \"50\", gives = \"0.5\" }"),
                "{ from = \"51\", to = \"50\"",
            ),
            (
                "Bands(Gives",
                bands(row, "{ from = \"31\", to = \"50\" }"),
                "{ from = \"31\", to = \"50\" }",
            ),
            (
                "Bands(Categories",
                bands(row, "{ when = [\"city\"], from = \"31\", to = \"50\", gives = \"0.5\" }"),
                "when = [\"city\"]",
            ),
            (
                "Bands(Below",
                bands("    { at = \"0\", gives = \"0\"", "    { at = \"1\", gives = \"0\""),
                "{ at = \"1\"",
            ),
            (
                "Bands(Above",
                bands("{ from = \"101\", gives", "{ from = \"101\", to = \"900\", gives"),
                "to = \"900\"",
            ),
            (
                "Bands(NoRows",
                of(
                    GOOD,
                    &GOOD[GOOD.find("row = [").unwrap()..=GOOD.find("\n]").unwrap() + 1],
                    "row = []",
                ),
                "id = \"y2022\"",
            ),
        ];
        insta::assert_snapshot!(told(cases));
    }

    const EXAMPLE: &str = include_str!("../../../docs/norm-pack-example.toml");

    /// The example of the guide with categories: a ratio by locality, a table by both.
    fn by_category() -> String {
        let inputs = r#"[[input]]
id = "locality"
label = { zh = "区域", en = "Locality" }
kind = "word"
word = [
    { id = "town", label = { zh = "县镇", en = "Town" }, means = "county_town" },
    { id = "village", label = { zh = "乡村", en = "Village" } },
]

[[input]]
id = "stage"
label = { zh = "学段", en = "Stage" }
kind = "word"

[[input]]
id = "level"
label = { zh = "级别", en = "Level" }
kind = "word"
word = [{ id = "any", label = { zh = "任一", en = "Any" } }]

[[parameter]]"#;
        let step = r#"formula = 'if stage = "special" or level = "any" or locality = "town" then 0 else teachers + leaders(classes)'"#;
        EXAMPLE
            .replacen("[[parameter]]", inputs, 1)
            .replacen("id = \"ratio\"", "id = \"ratio.village\"", 1)
            .replacen("students / ratio)", "students / ratio[locality])", 1)
            .replacen("students mod ratio ", "students mod ratio[locality] ", 1)
            .replacen("by = \"classes\"", "by = \"classes\"\ncategories = [\"locality\"]", 1)
            .replace("{ from = \"", "{ when = [\"village\"], from = \"")
            .replace("{ when = [\"village\"], from = \"2", "{ from = \"2")
            .replacen("formula = \"teachers + leaders(classes)\"", step, 1)
    }

    #[test]
    fn what_would_give_wrong_figures_without_a_word_is_told_too() {
        let sound = by_category();
        assert!(read_pack(&sound).is_ok(), "{:?}", read_pack(&sound));
        let of = |text: &str, from: &str, to: &str| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        };
        let word = |from: &str, to: &str| of(&sound, from, to);
        let plain = |from: &str, to: &str| of(EXAMPLE, from, to);
        let total = "formula = \"teachers + leaders(classes)\"";
        let once =
            of(EXAMPLE, "stages = [\"primary\"]", "stages = [\"primary\"]\nrounding = \"county\"");
        let rounded = |formula: &str| of(&once, total, &format!("formula = \"{formula}\""));
        for right in ["round(students / ratio)", "ceil(max(teachers, classes))"] {
            assert!(read_pack(&rounded(right)).is_ok(), "{:?}", read_pack(&rounded(right)));
        }
        let headless = EXAMPLE.replacen("valid_from", "rule = []\nvalid_from", 1);
        let sure = "clause = { document = \"rules\", confidence = \"local_assumption\", text = { zh = \"第 2";
        let own = "number = \"某编〔2026〕1号\"\n";
        let cases = [
            ("NoLastRounding", rounded("max(0, ceil(students / ratio))"), "formula = \"max(0"),
            ("NoLastRounding", rounded("teachers"), "formula = \"teachers\""),
            (
                "NoLastRounding",
                rounded("ceil(teachers)").replacen("= \"floor(students / ratio) + (if students mod ratio >= remainder then 1 else 0)", "= \"ceil(students / ratio)", 1),
                "formula = \"ceil(teachers)\"",
            ),
            ("UndeclaredWord", word("locality = \"town\"", "locality = \"twon\""), "twon"),
            ("UndeclaredWord", word("stage = \"special\"", "\"specail\" = stage"), "specail"),
            (
                "UndeclaredWord",
                word("word = [{ id = \"any\", label = { zh = \"任一\", en = \"Any\" } }]\n", ""),
                "level = \"any\"",
            ),
            ("UndeclaredWord", word("when = [\"village\"]", "when = [\"vilage\"]"), "vilage"),
            ("UndeclaredWord", word("id = \"ratio.village\"", "id = \"ratio.vilage\""), "id = \"ratio.vilage\""),
            (
                "UnknownSource",
                word("kind = \"number\"", "kind = \"number\"\nsource = \"pupils\""),
                "source = \"pupils\"",
            ),
            ("UnknownMeaning", word("means = \"county_town\"", "means = \"countytown\""), "countytown"),
            ("UnknownMeaning", word("means = \"county_town\"", "means = \"primary\""), "means = \"primary\""),
            (
                "NoValues",
                plain("values = [{ from = \"2026-01-01\", value = \"10\" }]", "values = []"),
                "values = []",
            ),
            ("SameDay", plain("from = \"2028-09-01\"", "from = \"2026-01-01\""), "value = \"18\""),
            (
                "EndsFirst",
                plain("valid_from = \"2026-01-01\"", "valid_from = \"2026-01-01\"\nvalid_to = \"2025-12-31\""),
                "valid_to",
            ),
            (
                "EndsFirst",
                plain("by = \"classes\"", "by = \"classes\"\nvalid_from = \"2026-01-01\"\nvalid_to = \"2025-12-31\""),
                "valid_to",
            ),
            ("NoRules", headless[..headless.find("[[rule]]").unwrap()].to_owned(), "rule = []"),
            ("ZeroDivisor", plain("least = \"5\"", "least = \"0\""), "students / ratio"),
            ("ZeroDivisor", word("least = \"5\"", "least = \"0\""), "students / ratio"),
            ("ZeroDivisor", plain("gives = \"3\"", "gives = \"classes / 0\""), "classes / 0"),
            ("OneLanguage", plain("label = { zh = \"小学\", en = \"Primary\" }", "label = { zh = \"小学\" }"), "zh = \"小学\""),
            ("OneLanguage", plain("label = { zh = \"加领导\", en = \"With leaders\" }", "label = { zh = \" \", en = \"\" }"), "zh = \" \""),
            ("OneLanguage", plain("unit = { zh = \"个\", en = \"classes\" }", "unit = { en = \"classes\" }"), "unit = { en"),
            ("OneLanguage", plain(", en = \"Example: a county's staffing rules\"", ""), "title = { zh = \"示例"),
            ("SurerThan", plain(sure, &sure.replace("local_assumption", "verified")), "\"verified\""),
            (
                "SureOfNothing",
                plain(sure, &sure.replace("document = \"rules\", ", "").replace("local_assumption", "verified")),
                "\"verified\"",
            ),
            (
                "SeenNowhere",
                of(&plain(own, ""), "confidence = \"local_assumption\"\n\n[[input]]", "confidence = \"verified\"\n\n[[input]]"),
                "confidence = \"verified\"",
            ),
        ];
        insta::assert_snapshot!(told(cases));
    }

    #[test]
    fn a_figure_that_is_said_to_be_set_must_be_one() {
        let set = |set: &str| {
            let with = format!("by = \"classes\"\nset = [{{ {set}, says = \"2\" }}]");
            EXAMPLE.replacen("by = \"classes\"", &with, 1)
        };
        assert!(read_pack(&set("row = 0, figure = \"end\"")).is_ok());
        insta::assert_snapshot!(told([
            ("SetsNothing(10)", set("row = 9, figure = \"end\""), "set = "),
            ("SetsNothing(1)", set("row = 0, figure = { gives = 7 }"), "set = "),
        ]));
    }

    #[test]
    fn what_cannot_be_told_to_be_wrong_is_let_pass() {
        let floor = EXAMPLE.replacen("least = \"5\"", "least = \"0\"", 1);
        let teachers =
            "floor(students / ratio) + (if students mod ratio >= remainder then 1 else 0)";
        let with = |formula: &str| floor.replacen(teachers, formula, 1);
        let seen_to = [
            "if ratio > 0 then students / ratio else 0",
            "if ratio > 0 and students / ratio > 1 then 1 else 0",
            "students / max(ratio, 1)",
            "if leaders(ratio) > 1 then students / ratio else 0",
        ];
        for formula in seen_to {
            let found = read_pack(&with(formula));
            assert!(found.is_ok(), "{formula}: {found:?}");
        }
        let blind = read_pack(&with("if students > 0 then students / ratio else 0"));
        assert!(matches!(*blind.unwrap_err().fault, Fault::ZeroDivisor(_)));
        // A fact that is a word cannot be a number.
        let odd =
            EXAMPLE.replacen("kind = \"number\"", "kind = \"number\"\nsource = \"category\"", 1);
        assert!(matches!(*read_pack(&odd).unwrap_err().fault, Fault::Kind));
        // An official text that was read on its own page, and a clause that is less sure of it.
        let official = EXAMPLE.replacen(
            "confidence = \"local_assumption\"\n\n[[input]]",
            "confidence = \"verified\"\n\n[[input]]",
            1,
        );
        // Two parameters, and of the table where two bands end and what they give.
        assert_eq!(read_pack(&official).unwrap().unverified(), 2 + 4);
        let settled = official.replacen(
            "clause = { document = \"rules\", confidence = \"local_assumption\"",
            "clause = { document = \"rules\", confidence = \"verified\"",
            1,
        );
        assert_eq!(read_pack(&settled).unwrap().unverified(), 1 + 4);
    }

    #[test]
    fn a_file_that_carries_an_unread_pack_still_works() {
        let text = EXAMPLE.replacen("least = \"5\"", "least = \"0\"", 1);
        assert!(read_pack(&text).is_err());
        let pack: Pack = ::toml::from_str(&text).unwrap();
        let day = pack.valid_from;
        assert!(crate::norm::Norm::new(pack, day).is_ok());
    }

    #[test]
    fn impossible_parameters_are_refused() {
        let text = include_str!("../../norms/vn-2017.toml");
        let swapped = text.replacen("greatest = \"6\"", "greatest = \"-1\"", 1);
        assert!(matches!(*error(&swapped).fault, Fault::Range));
        let outside = text.replacen("value = \"1.9\"", "value = \"19\"", 1);
        let found = error(&outside);
        assert!(matches!(*found.fault, Fault::OutOfRange(_)), "{found}");
        assert_eq!(
            found.line,
            line_with(&outside, "id = \"per_class.lower\"").map(|line| line - 1)
        );
        let bare = text.replacen(
            "text = { zh = \"第 7 条：不超过 1.9\", en = \"Article 7: at most 1.9\" }",
            "text = { zh = \"\" }",
            1,
        );
        assert!(matches!(*error(&bare).fault, Fault::NoClause));
    }

    #[test]
    fn two_readings_cannot_both_be_chosen_and_rules_that_need_one_another_are_named() {
        let text = include_str!("../../norms/tr-norm-kadro.toml");
        let both = text.replacen(
            "takes its number in\" } }",
            "takes its number in\" }, chosen = true }",
            1,
        );
        assert_ne!(text, both);
        assert!(matches!(*error(&both).fault, Fault::Chosen(_)));
        let round = text.replacen("\"branch_a(hours)\"", "'rule(\"TR-BRANCH-NET\")'", 1);
        let found = error(&round);
        let chain = ["TR-BRANCH/A-31is2", "TR-BRANCH-NET", "TR-BRANCH/A-31is2"].map(str::to_owned);
        assert_eq!(*found.fault, Fault::Cycle(chain.to_vec()));
    }
}
