//! A province's worth of rows is a matter of a moment. The limit is wide, for slow machines.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::fmt::Write;
use std::time::Instant;

use bianheng_sheets::take::Options;
use bianheng_sheets::{read, recognise, take};
use chrono::NaiveDate;

/// What the browser does in the app.
fn gb18030(bytes: &[u8]) -> Option<String> {
    Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned())
}

const ROWS: u32 = 20_000;

fn through(bytes: &[u8]) -> f64 {
    let started = Instant::now();
    let book = read(bytes, "f", &gb18030).unwrap();
    let mapping = recognise(&book.sheets[0], &[]);
    let date = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let taken = take(&book.sheets[0], &mapping, &Options::new("县", "f", date));
    assert_eq!(taken.rows_taken, ROWS as usize);
    started.elapsed().as_secs_f64()
}

#[test]
fn twenty_thousand_rows_are_quick() {
    let head = "学校名称,代码,学段,乡镇,在校生,班级,g1_students,g2_students,g3_students,g4_students,g5_students,g6_students,核定编制,实有在编,经度,纬度";
    let mut text = format!("{head}\n");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(head.split(',')) {
        sheet.write(0, column, header).unwrap();
    }
    for row in 1..=ROWS {
        let line = format!(
            "第{row}小学,{row:06},小学,第{}镇,60,6,10,10,10,10,10,10,9,8,108.31,32.75",
            row % 90
        );
        writeln!(text, "{line}").unwrap();
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) if column != 1 => sheet.write(row, column, number).unwrap(),
                _ => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    let (csv, xlsx) = (through(text.as_bytes()), through(&book.save_to_buffer().unwrap()));
    println!("{ROWS} rows: CSV {csv:.2} s, XLSX {xlsx:.2} s");
    assert!(csv < 5.0 && xlsx < 10.0);
}
