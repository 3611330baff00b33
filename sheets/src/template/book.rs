//! Makes the template's workbook, and checks that the one that ships says the same.

use bianheng_core::text::{Lang, import as words};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use super::{columns, template_xlsx};
use crate::read;

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

/// Run with `BIANHENG_REWRITE=1` after changing the template's words.
#[test]
fn the_workbook_that_ships_is_the_one_that_the_words_make() {
    for (lang, name) in [(Lang::Zh, "survey-zh.xlsx"), (Lang::En, "survey-en.xlsx")] {
        let made = workbook(lang).unwrap();
        if std::env::var_os("BIANHENG_REWRITE").is_some() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/");
            std::fs::write(format!("{folder}{name}"), &made).unwrap();
            continue;
        }
        let made = read(&made, name).unwrap();
        let ships = read(template_xlsx(lang), name).unwrap();
        assert_eq!(made.sheets, ships.sheets);
    }
}
