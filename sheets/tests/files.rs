//! Files of every kind: read by what they are, or refused with one sentence that says what to do.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::io::{Cursor, Write};

use bianheng_core::text::Lang;
use bianheng_sheets::read::{Format, MAX_BYTES};
use bianheng_sheets::take::{Figure, Kind, Options, Severity, Taken};
use bianheng_sheets::{Field, Grid, ReadError, read, recognise, take};
use chrono::NaiveDate;
use rust_xlsxwriter as xlsx;
use zip::write::SimpleFileOptions;

/// What the browser does in the app.
fn gb18030(bytes: &[u8]) -> Option<String> {
    Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned())
}

fn taken(grid: &Grid) -> Taken {
    let date = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let taken = take(grid, &recognise(grid, &[]), &Options::new("示例县", "f", date));
    assert_eq!(taken.rows_read, taken.rows_taken + taken.rows_listed);
    taken
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A survey as bureaus send it: title, unit line, header of two lines with merged cells, totals.
fn survey() -> Vec<u8> {
    let mut book = xlsx::Workbook::new();
    let plain = xlsx::Format::new();
    let sheet = book.add_worksheet();
    sheet.set_name("学校基本情况").unwrap();
    sheet.merge_range(0, 0, 0, 9, "示例县2026年秋季基础教育调查表", &plain).unwrap();
    sheet.write(1, 0, "填报单位：县教体局").unwrap();
    for (column, header) in [(0, "序号"), (1, "学校名称"), (2, "学校标识码"), (3, "办学类型")]
    {
        sheet.merge_range(3, column, 4, column, header, &plain).unwrap();
    }
    sheet.merge_range(3, 4, 3, 5, "学生情况（人）", &plain).unwrap();
    sheet.write(4, 4, "在校生数").unwrap();
    sheet.write(4, 5, "其中：寄宿生").unwrap();
    sheet.merge_range(3, 6, 4, 6, "教学班数（个）", &plain).unwrap();
    sheet.merge_range(3, 7, 3, 8, "编制（名）", &plain).unwrap();
    sheet.write(4, 7, "核定编制").unwrap();
    sheet.write(4, 8, "实有在编").unwrap();
    sheet.merge_range(3, 9, 4, 9, "校长身份证号", &plain).unwrap();
    let rows = [
        ("城关小学", "0161001001", "小学", 512.0, 12.0, 28.0, 28.0),
        ("青河中学", "0161001002", "初中", 334.0, 9.0, 34.0, 30.0),
        ("县幼儿园", "0161001003", "幼儿园", 420.0, 14.0, 42.0, 43.0),
    ];
    for (row, (name, code, stage, students, classes, authorised, in_post)) in (5..).zip(rows) {
        sheet.write(row, 0, f64::from(row) - 4.0).unwrap();
        sheet.write(row, 1, name).unwrap();
        sheet.write(row, 2, code).unwrap();
        sheet.write(row, 3, stage).unwrap();
        sheet.write(row, 4, students).unwrap();
        sheet.write(row, 6, classes).unwrap();
        sheet.write(row, 7, authorised).unwrap();
        sheet.write(row, 8, in_post).unwrap();
        sheet.write(row, 9, "11010519491231002X").unwrap();
    }
    sheet.write(8, 1, "合 计").unwrap();
    sheet.write(8, 4, 1_300.0).unwrap();
    sheet.write(8, 7, 104.0).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_with_titles_and_a_merged_header_is_read() {
    let book = read(&survey(), "调查表.xlsx", &gb18030).unwrap();
    assert_eq!(book.format, Format::Xlsx);
    let grid = &book.sheets[0];
    let mapping = recognise(grid, &[]);
    assert_eq!((mapping.header_row, mapping.header_rows, mapping.data_row), (4, 1, 5));
    assert_eq!(mapping.hints.year, Some(2026));
    assert_eq!(mapping.hints.county.as_deref(), Some("示例县"));
    assert_eq!(mapping.undecided(), 0);
    assert_eq!(mapping.column(Field::Boarders).unwrap().index, 5);
    assert_eq!(mapping.column(Field::Stage).unwrap().index, 3);
    assert_eq!(mapping.columns[9].sample, "");
    let taken = taken(grid);
    assert_eq!((taken.rows_read, taken.rows_taken, taken.tally.totals), (4, 3, 1));
    assert_eq!(taken.sums.students, 1_266);
    let county = taken.county.as_ref().unwrap();
    assert_eq!(county.units[0].code.as_str(), "0161001001");
    let differ = taken.findings.iter().find(|f| matches!(f.kind, Kind::TotalsDiffer { .. }));
    let differ = differ.unwrap();
    assert_eq!(differ.row_number(), Some(9));
    assert_eq!(differ.column_label, "E 在校生数");
    assert_eq!(
        differ.kind,
        Kind::TotalsDiffer { figure: Figure::Students, stated: 1_300, sum: 1_266 }
    );
    assert!(taken.findings.iter().any(|f| matches!(f.kind, Kind::InPostAbove { .. })));
    let personal = taken.findings.iter().find(|f| matches!(f.kind, Kind::Personal { .. })).unwrap();
    assert_eq!((personal.severity, personal.value.as_str()), (Severity::LeftOut, "3"));
    assert!(!format!("{:?}", taken).contains("11010519491231002X"));
}

#[test]
fn an_old_workbook_is_read_with_posts_in_one_merged_cell() {
    let bytes =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/survey.xls")).unwrap();
    let book = read(&bytes, "调查表.xls", &gb18030).unwrap();
    assert_eq!(book.format, Format::Xls);
    let grid = &book.sheets[0];
    assert_eq!(grid.cell(4, 10), "1998-09-01");
    assert_eq!(grid.cell(5, 4), "城关镇");
    let taken = taken(grid);
    assert_eq!((taken.rows_read, taken.rows_taken), (7, 5));
    assert_eq!(taken.sums.students, 1_848);
    assert_eq!(taken.sums.authorised, 28 + 37 + 34 + 27);
    let split = taken.findings.iter().find(|f| matches!(f.kind, Kind::Split { .. })).unwrap();
    // 27 by 186 and 128 students: 15.99 and 11.01.
    assert!(split.text(Lang::Zh).contains("小学 16、初中 11"), "{}", split.text(Lang::Zh));
    let agree = taken.findings.iter().filter(|f| f.kind == Kind::TotalsAgree);
    assert_eq!(agree.count(), 1);
}

#[test]
fn an_open_document_sheet_is_read_with_repeats_and_spans() {
    let content = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content
xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>
<table:table table:name="小学"><table:table-column table:number-columns-repeated="1024"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>学校名称</text:p></table:table-cell>
<table:table-cell><text:p>代码</text:p></table:table-cell><table:table-cell><text:p>在校生</text:p>
<office:annotation><text:p>不算</text:p></office:annotation></table:table-cell><table:table-cell><text:p>乡镇</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16380"/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="4"/></table:table-row>
<table:table-row><table:table-cell><text:p>甲&amp;乙小学</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>0012</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="62.0"><text:p>62人</text:p></table:table-cell>
<table:table-cell table:number-rows-spanned="2"><text:p>城关镇</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>丙小学</text:p></table:table-cell>
<table:table-cell><text:p>0013</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>
<table:covered-table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"#;
    let bytes = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ]);
    let book = read(&bytes, "a.ods", &gb18030).unwrap();
    assert_eq!(book.format, Format::Ods);
    let grid = &book.sheets[0];
    assert_eq!(grid.rows[0], ["学校名称", "代码", "在校生", "乡镇"]);
    assert_eq!(grid.rows[3], ["甲&乙小学", "0012", "62", "城关镇"]);
    assert_eq!(grid.rows[4], ["丙小学", "0013", "7", "城关镇"]);
    assert_eq!(grid.height(), 5);
}

#[test]
fn an_open_document_sheet_cannot_swell() {
    let row = r#"<table:table-row table:number-rows-repeated="100000"><table:table-cell table:number-columns-repeated="500"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    let content =
        format!(r#"<a xmlns:table="t" xmlns:text="x"><table:table>{row}</table:table></a>"#);
    let bytes = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ]);
    assert_eq!(read(&bytes, "a.ods", &gb18030), Err(ReadError::TooManyCells));
}

#[test]
fn a_file_of_chinese_excel_is_read() {
    let text = "学校名称,学校代码,學段,在校学生数,班数,核定编制,实有\r\n城关小学,0012,小学,\"1,062\",20,60,58\r\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let book = read(&bytes, "a.csv", &gb18030).unwrap();
    assert_eq!(book.format, Format::Text("GB18030"));
    let taken = taken(&book.sheets[0]);
    assert_eq!((taken.rows_taken, taken.sums.students), (1, 1_062));
    assert_eq!(taken.county.unwrap().units[0].code.as_str(), "0012");
}

#[test]
fn what_is_no_survey_is_refused_with_its_reason() {
    let mut encrypted = vec![0; 512 * 4];
    encrypted[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    encrypted[0x1e] = 9;
    encrypted[0x20] = 6;
    encrypted[0x30] = 1;
    encrypted[0x38..0x3a].copy_from_slice(&[0, 16]);
    encrypted[0x3c..0x40].fill(0xff);
    encrypted[0x44..0x48].fill(0xff);
    encrypted[0x4c..512].fill(0xff);
    encrypted[0x4c..0x50].fill(0);
    encrypted[512..1024].fill(0xff);
    for (at, unit) in "EncryptedPackage".encode_utf16().enumerate() {
        encrypted[1024 + at * 2..1026 + at * 2].copy_from_slice(&unit.to_le_bytes());
    }
    encrypted[1024 + 0x40] = 34;
    let old_word = {
        let mut word = encrypted.clone();
        word[1024..1024 + 64].fill(0);
        for (at, unit) in "WordDocument".encode_utf16().enumerate() {
            word[1024 + at * 2..1026 + at * 2].copy_from_slice(&unit.to_le_bytes());
        }
        word[1024 + 0x40] = 26;
        word
    };
    let survey = survey();
    let mut blank = xlsx::Workbook::new();
    blank.add_worksheet();
    let cases: Vec<(Vec<u8>, ReadError)> = vec![
        (vec![], ReadError::Empty),
        (b"  \r\n ".to_vec(), ReadError::Empty),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), ReadError::Picture),
        (b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec(), ReadError::Picture),
        (b"%PDF-1.7 ...".to_vec(), ReadError::Pdf),
        (archive(&[("word/document.xml", b"<w/>")]), ReadError::Document),
        (old_word, ReadError::Document),
        (archive(&[("a.txt", b"hello")]), ReadError::Archive),
        (archive(&[("xl/workbook.bin", b"")]), ReadError::OtherWorkbook),
        (encrypted, ReadError::Protected),
        (survey[..survey.len() / 2].to_vec(), ReadError::Damaged),
        (archive(&[("xl/workbook.xml", b"<workbook")]), ReadError::Damaged),
        ("<html><body><table>".as_bytes().to_vec(), ReadError::WebPage),
        (b"\xef\xbb\xbf<!DOCTYPE html>".to_vec(), ReadError::WebPage),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"
                .to_vec(),
            ReadError::OtherWorkbook,
        ),
        (b"{\"format\":\"bianheng-scenario\",\"version\":1}".to_vec(), ReadError::Scenario),
        (vec![7, 0, 3, 200, 0, 1, 2], ReadError::Unknown),
        (blank.save_to_buffer().unwrap(), ReadError::NoCells),
        (vec![b'1'; MAX_BYTES + 1], ReadError::TooLarge),
    ];
    for (bytes, error) in cases {
        assert_eq!(read(&bytes, "x.xls", &gb18030).map(|book| book.format), Err(error));
        for lang in [Lang::Zh, Lang::En] {
            let text = error.text(lang);
            assert!(!text.contains('{') && text.ends_with(['。', '.']), "{text}");
        }
    }
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    // A gigabyte of zeros in about a megabyte, written without ever holding it.
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    zip.start_file("xl/workbook.xml", options).unwrap();
    zip.write_all(b"<workbook/>").unwrap();
    zip.start_file("xl/worksheets/sheet1.xml", options.large_file(true)).unwrap();
    let block = vec![0_u8; 1 << 20];
    for _ in 0..1024 {
        zip.write_all(&block).unwrap();
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    let started = std::time::Instant::now();
    assert_eq!(read(&bytes, "bomb.xlsx", &gb18030), Err(ReadError::TooLarge));
    assert!(started.elapsed().as_millis() < 200);
    // The same with a lie about its size: every mention of it is overwritten.
    let size = (1_u64 << 30).to_le_bytes();
    for at in 0..bytes.len() - 8 {
        if bytes[at..at + 4] == size[..4] {
            bytes[at..at + 4].copy_from_slice(&[0, 1, 0, 0]);
        }
    }
    let started = std::time::Instant::now();
    let refused = read(&bytes, "bomb.xlsx", &gb18030);
    assert!(matches!(refused, Err(ReadError::TooLarge | ReadError::Damaged)));
    assert!(started.elapsed().as_millis() < 5_000);
}

#[test]
fn a_cell_at_the_far_end_of_a_sheet_costs_nothing() {
    let mut book = xlsx::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "学校名称").unwrap();
    sheet.write(1_048_575, 16_383, 1.0).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(read(&bytes, "far.xlsx", &gb18030).map(|_| ()), Err(ReadError::TooManyRows));
}
