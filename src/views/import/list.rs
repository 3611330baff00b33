//! The list of findings as text: to paste into a spreadsheet, or as a file. It holds all of them,
//! also those that the screen has no room for.

use bianheng_core::text::{Lang, import_view as words};
use bianheng_sheets::Finding;

use super::draft::Draft;

/// The columns of the list.
pub const COLUMNS: usize = 5;

/// The place of a finding: its row as the office program numbers it, the column or the file.
pub fn place(finding: &Finding, lang: Lang) -> String {
    match (finding.row_number(), finding.column) {
        (Some(row), _) => row.to_string(),
        (None, Some(_)) => words::WHOLE_COLUMN.get(lang).to_owned(),
        (None, None) => words::WHOLE_FILE.get(lang).to_owned(),
    }
}

fn heads(lang: Lang) -> [&'static str; COLUMNS] {
    [words::LEVEL, words::ROW, words::HEAD_LETTER, words::VALUE, words::REASON]
        .map(|message| message.get(lang))
}

fn cells(finding: &Finding, lang: Lang) -> [String; COLUMNS] {
    [
        finding.severity.text(lang).to_owned(),
        place(finding, lang),
        finding.column_label.clone(),
        finding.value.clone(),
        finding.text(lang),
    ]
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    let figure = text.strip_prefix(['-', '+']).is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
    });
    if !figure && text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn findings(draft: &Draft) -> impl Iterator<Item = &Finding> {
    draft.order.iter().filter_map(|at| draft.taken.findings.get(*at))
}

/// Lines of cells parted by tabs.
pub fn tsv(draft: &Draft, lang: Lang) -> String {
    let cell = |text: &str| harmless(text).replace(['\t', '\r', '\n'], " ");
    let line = |cells: Vec<String>| format!("{}\n", cells.join("\t"));
    let mut out = line(heads(lang).iter().map(|text| cell(text)).collect());
    for finding in findings(draft) {
        out.push_str(&line(cells(finding, lang).iter().map(|text| cell(text)).collect()));
    }
    out
}

/// A file for spreadsheets: UTF-8 with its mark, which Excel and WPS need to read Chinese.
pub fn csv(draft: &Draft, lang: Lang) -> String {
    let cell = |text: &str| {
        let text = harmless(text);
        if text.contains([',', '"', '\r', '\n']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    };
    let line = |cells: Vec<String>| format!("{}\r\n", cells.join(","));
    let mut out = String::from("\u{feff}");
    out.push_str(&line(heads(lang).iter().map(|text| cell(text)).collect()));
    for finding in findings(draft) {
        out.push_str(&line(cells(finding, lang).iter().map(|text| cell(text)).collect()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn formulas_are_disarmed_and_figures_left_alone() {
        for (text, kept) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("-12", "-12"),
            ("+1,204", "+1,204"),
            ("东关小学", "东关小学"),
        ] {
            assert_eq!(harmless(text), kept);
        }
    }
}
