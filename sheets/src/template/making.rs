//! Makes the template's files from the words, and checks that the ones that ship say the same.

use bianheng_core::county::Course;
use bianheng_core::text::{Lang, Message, import as words, names};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use super::{template_csv, template_xlsx};
use crate::read;

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
    for (header, help, example) in [
        (&words::TEMPLATE_TEACHERS, &words::TEMPLATE_TEACHERS_HELP, "11"),
        (&words::TEMPLATE_NON_TEACHING, &words::TEMPLATE_NON_TEACHING_HELP, "1"),
        (&words::TEMPLATE_CARERS, &words::TEMPLATE_CARERS_HELP, ""),
        (&words::TEMPLATE_LEADER_POSTS, &words::TEMPLATE_LEADER_POSTS_HELP, "2"),
        (&words::TEMPLATE_LEADERS, &words::TEMPLATE_LEADERS_HELP, "2"),
    ] {
        out.push(column(header, help, example, false));
    }
    // Teachers of the example school: eleven in all.
    let examples = [4, 2, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0];
    for (course, example) in Course::ALL.into_iter().zip(examples) {
        let name = names::course(course).get(lang);
        let taught = !matches!(
            course,
            Course::Physics
                | Course::Chemistry
                | Course::Biology
                | Course::History
                | Course::Geography
                | Course::Technology
        );
        out.push(Column {
            header: words::TEMPLATE_COURSE_TEACHERS.with(lang, &[("course", &name)]),
            help: &words::TEMPLATE_COURSE_TEACHERS_HELP,
            example: if taught { example.to_string() } else { String::new() },
            required: false,
        });
    }
    out.push(column(&words::TEMPLATE_LON, &words::TEMPLATE_LON_HELP, "108.36713", false));
    out.push(column(&words::TEMPLATE_LAT, &words::TEMPLATE_LAT_HELP, "32.86829", false));
    out.push(column(&words::TEMPLATE_NOTE, &words::TEMPLATE_NOTE_HELP, "", false));
    out
}

fn workbook(lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed day, so that the same template has the same bytes.
    let made = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 9, 1)?);
    book.set_properties(&made);
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00E8_EDEC));
    let needed = head.clone().set_background_color(Color::RGB(0x00CF_E5E1));
    // Codes as text, so that no zero is lost and no long one is shortened.
    let text = Format::new().set_num_format("@");
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let columns = columns(lang);

    let sheet = book.add_worksheet();
    sheet.set_name(words::TEMPLATE_SHEET.get(lang))?;
    for (place, column) in (0_u16..).zip(&columns) {
        let format = if column.required { &needed } else { &head };
        sheet.write_string_with_format(0, place, &column.header, format)?;
        let width = match place {
            0 => 14.0,
            1 => 26.0,
            _ => 11.0,
        };
        sheet.set_column_width(place, width)?;
        if column.example.is_empty() {
            continue;
        }
        match column.example.parse::<f64>() {
            Ok(number) if place > 0 => sheet.write_number(1, place, number)?,
            _ => sheet.write_string_with_format(1, place, &column.example, &text)?,
        };
    }
    sheet.set_column_format(0, &text)?;
    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, 2)?;

    let help = book.add_worksheet();
    help.set_name(words::TEMPLATE_HELP_SHEET.get(lang))?;
    help.set_column_width(0, 24)?;
    help.set_column_width(1, 90)?;
    help.write_string_with_format(0, 0, words::TEMPLATE_HELP_COLUMN.get(lang), &head)?;
    help.write_string_with_format(0, 1, words::TEMPLATE_HELP_MEANING.get(lang), &head)?;
    for (row, column) in (1_u32..).zip(&columns) {
        help.write_string_with_format(row, 0, &column.header, &wrapped)?;
        help.write_string_with_format(row, 1, column.help.get(lang), &wrapped)?;
    }
    book.save_to_buffer()
}

fn text(lang: Lang) -> Vec<u8> {
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

/// Run with `BIANHENG_REWRITE=1` after changing the template's words.
#[test]
fn the_files_that_ship_are_the_ones_that_the_words_make() {
    for (lang, name) in [(Lang::Zh, "survey-zh"), (Lang::En, "survey-en")] {
        let (book, text) = (workbook(lang).unwrap(), text(lang));
        if std::env::var_os("BIANHENG_REWRITE").is_some() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/");
            std::fs::write(format!("{folder}{name}.xlsx"), &book).unwrap();
            std::fs::write(format!("{folder}{name}.csv"), &text).unwrap();
            continue;
        }
        let made = read(&book, name, &|_| None).unwrap();
        let ships = read(template_xlsx(lang), name, &|_| None).unwrap();
        assert_eq!(made.sheets, ships.sheets);
        assert_eq!(text, template_csv(lang));
    }
}
