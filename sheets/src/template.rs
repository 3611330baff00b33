//! The survey's template: a header that is recognised without a question, an example, and what to
//! write in each column.

use bianheng_core::text::{Lang, Message, import as words};

/// A column of the template.
struct Column {
    header: String,
    help: &'static Message,
    example: String,
    required: bool,
}

/// Grades that the template has columns for: nine, for schools of nine years.
const GRADES: u8 = 9;
/// The first year of departures shown; a person changes it as needed.
const FIRST_YEAR: i32 = 2027;

fn columns(lang: Lang) -> Vec<Column> {
    let column = |header: &Message, help: &'static Message, example: &str, required: bool| Column {
        header: header.get(lang).to_owned(),
        help,
        example: example.to_owned(),
        required,
    };
    let mut out = vec![
        column(&words::TEMPLATE_CODE, &words::TEMPLATE_CODE_HELP, "0000000001", true),
        column(
            &words::TEMPLATE_NAME,
            &words::TEMPLATE_NAME_HELP,
            words::TEMPLATE_EXAMPLE_NAME.get(lang),
            true,
        ),
        column(
            &words::TEMPLATE_STAGE,
            &words::TEMPLATE_STAGE_HELP,
            words::TEMPLATE_EXAMPLE_STAGE.get(lang),
            true,
        ),
        column(
            &words::TEMPLATE_TOWNSHIP,
            &words::TEMPLATE_TOWNSHIP_HELP,
            words::TEMPLATE_EXAMPLE_TOWNSHIP.get(lang),
            false,
        ),
        column(
            &words::TEMPLATE_LOCALITY,
            &words::TEMPLATE_LOCALITY_HELP,
            words::TEMPLATE_EXAMPLE_LOCALITY.get(lang),
            false,
        ),
        column(&words::TEMPLATE_CATEGORY, &words::TEMPLATE_CATEGORY_HELP, "", false),
        column(&words::TEMPLATE_PARENT, &words::TEMPLATE_PARENT_HELP, "", false),
        column(&words::TEMPLATE_STUDENTS, &words::TEMPLATE_STUDENTS_HELP, "186", true),
        column(&words::TEMPLATE_CLASSES, &words::TEMPLATE_CLASSES_HELP, "6", false),
        column(&words::TEMPLATE_BOARDERS, &words::TEMPLATE_BOARDERS_HELP, "42", false),
    ];
    let students = ["24", "28", "28", "32", "35", "39"];
    let grades = [
        (&words::TEMPLATE_GRADE_STUDENTS, &words::TEMPLATE_GRADE_STUDENTS_HELP, students),
        (&words::TEMPLATE_GRADE_CLASSES, &words::TEMPLATE_GRADE_CLASSES_HELP, ["1"; 6]),
    ];
    for (header, help, examples) in grades {
        for grade in 1..=GRADES {
            let example = examples.get(usize::from(grade) - 1).copied().unwrap_or_default();
            out.push(Column {
                header: header.with(lang, &[("n", &grade)]),
                help,
                example: example.to_owned(),
                required: false,
            });
        }
    }
    out.push(column(&words::TEMPLATE_AUTHORISED, &words::TEMPLATE_AUTHORISED_HELP, "13", true));
    out.push(column(&words::TEMPLATE_IN_POST, &words::TEMPLATE_IN_POST_HELP, "12", true));
    for year in FIRST_YEAR..FIRST_YEAR + 3 {
        out.push(Column {
            header: words::TEMPLATE_DEPARTURES.with(lang, &[("year", &year)]),
            help: &words::TEMPLATE_DEPARTURES_HELP,
            example: "1".to_owned(),
            required: false,
        });
    }
    out.push(column(&words::TEMPLATE_LON, &words::TEMPLATE_LON_HELP, "108.36713", false));
    out.push(column(&words::TEMPLATE_LAT, &words::TEMPLATE_LAT_HELP, "32.86829", false));
    out.push(column(&words::TEMPLATE_NOTE, &words::TEMPLATE_NOTE_HELP, "", false));
    out
}

/// The template as a workbook: the table to fill in, and a sheet that explains its columns. It is
/// made beforehand: a writer of workbooks would double what a browser has to load. A test makes it
/// anew and compares.
pub fn template_xlsx(lang: Lang) -> &'static [u8] {
    match lang {
        Lang::Zh => include_bytes!("../templates/survey-zh.xlsx"),
        Lang::En => include_bytes!("../templates/survey-en.xlsx"),
    }
}

/// The template as text: UTF-8 with its mark, so that office programs read it rightly.
pub fn template_csv(lang: Lang) -> Vec<u8> {
    let columns = columns(lang);
    let line = |of: fn(&Column) -> &str| {
        let cells: Vec<String> = columns.iter().map(|column| quoted(of(column))).collect();
        cells.join(",")
    };
    let text = format!("\u{feff}{}\r\n{}\r\n", line(|c| &c.header), line(|c| &c.example));
    text.into_bytes()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod book;
