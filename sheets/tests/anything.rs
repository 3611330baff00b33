//! Whatever comes in, nothing panics and no row is lost.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::io::{Cursor, Read, Write};

use bianheng_core::text::Lang;
use bianheng_sheets::take::{Kind, Options};
use bianheng_sheets::{Grid, read, recognise, take, template_xlsx};
use chrono::NaiveDate;
use proptest::prelude::*;

/// What the browser does in the app.
fn gb18030(bytes: &[u8]) -> Option<String> {
    Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned())
}

fn through(grid: &Grid) {
    let mapping = recognise(grid, &[]);
    let date = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let taken = take(grid, &mapping, &Options::new("县", "f", date));
    assert_eq!(taken.rows_read, taken.rows_taken + taken.rows_listed);
    let filled = (mapping.data_row..grid.height()).filter(|row| !grid.is_blank(*row)).count();
    assert_eq!(taken.rows_read, filled);
    // Every listed row stands in the list.
    let listed: std::collections::BTreeSet<usize> =
        taken.findings.iter().filter(|f| f.listed).filter_map(|f| f.row).collect();
    // Without a name or a code no row can be taken; one finding says so for all.
    if !taken.findings.iter().any(|f| f.kind == Kind::NoNames) {
        assert_eq!(taken.rows_listed, listed.len(), "{taken:?}");
    }
    if let Some(county) = &taken.county {
        let authorised: u64 = county.holdings.iter().map(|h| u64::from(h.authorised)).sum();
        assert_eq!(u64::from(county.kinds[0].total), authorised);
        assert_eq!(county.index().row(&county.id_of(0).unwrap()), Some(0));
    }
    for finding in &taken.findings {
        assert!(!finding.text(Lang::Zh).is_empty());
    }
}

fn header() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "学校名称",
        "代码",
        "学段",
        "办学类型",
        "乡镇",
        "在校生",
        "班级",
        "寄宿生",
        "核定编制",
        "编制数",
        "教职工数",
        "实有在编",
        "教师数",
        "一年级",
        "g7_students",
        "七年级班数",
        "年级",
        "2027预计减员",
        "经度",
        "纬度",
        "县",
        "年度",
        "中心校",
        "城乡类型",
        "序号",
        "备注",
        "身份证号",
        "",
        "合计",
    ])
    .prop_map(str::to_owned)
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0_u32..400).prop_map(|number| number.to_string()),
        2 => prop::sample::select(vec![
            "", "小学", "九年一贯制", "初中", "合计", "小计", "62人", "-3", "1,234", "1e3", "—", "城关小学", "东关小学", "一年级",
            "初二", "县城", "2.161E+09", "注：", "01", "02", "108.3", "9999999999999", "学校名称",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_grid_loses_a_row(
        head in prop::collection::vec(header(), 1..14),
        rows in prop::collection::vec(prop::collection::vec(cell(), 0..14), 0..14),
        merges in prop::collection::vec((0_usize..16, 0_usize..5, 0_usize..14, 0_usize..5), 0..4),
    ) {
        let mut grid = Grid::new("小学", std::iter::once(head).chain(rows).collect());
        grid.merges = merges.into_iter().map(|(row, rows, column, columns)| bianheng_sheets::Merge {
            first_row: row,
            last_row: row + rows,
            first_column: column,
            last_column: column + columns,
        }).collect();
        through(&grid);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000), mark in 0_usize..6) {
        let marks: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf", b"<?xml"];
        let bytes = [marks[mark], &bytes].concat();
        if let Ok(book) = read(&bytes, "x", &gb18030) {
            book.sheets.iter().for_each(through);
        }
    }

    #[test]
    fn no_text_panics(text in "[学校名称代码在生人0-9,\t\n\"'; ]{0,300}") {
        if let Ok(book) = read(text.as_bytes(), "x", &gb18030) {
            book.sheets.iter().for_each(through);
        }
    }

    #[test]
    fn no_old_workbook_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in any::<prop::sample::Index>(), whole in any::<bool>()) {
        let mut bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/survey.xls")).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(book) = read(&bytes, "x", &gb18030) {
            book.sheets.iter().for_each(through);
        }
    }

    #[test]
    fn no_workbook_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop_oneof![any::<u8>(), prop::sample::select(b"<>/\"=9A &;".to_vec())]), 1..8)) {
        // The parts are changed and packed anew, so that the changes reach the reader.
        let mut source = zip::ZipArchive::new(Cursor::new(template_xlsx(Lang::Zh))).unwrap();
        let mut parts = Vec::new();
        for at in 0..source.len() {
            let mut entry = source.by_index(at).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            parts.push((entry.name().unwrap().to_string(), bytes));
        }
        for (part, at, byte) in changes {
            let part = part.index(parts.len());
            let bytes = &mut parts[part].1;
            let at = at.index(bytes.len().max(1));
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        if let Ok(book) = read(&bytes, "x", &gb18030) {
            book.sheets.iter().for_each(through);
        }
    }
}
