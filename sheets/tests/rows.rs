//! What becomes of rows: stories of small surveys, each with one thing wrong or unusual.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use bianheng_core::county::{Fact, Stage};
use bianheng_core::text::Lang;
use bianheng_sheets::recognise::{PersonalKind, State};
use bianheng_sheets::take::{Figure, Finding, Fix, Kind, Options, Severity, Taken};
use bianheng_sheets::{Field, Grid, Mapping, read, recognise, take, template_csv, template_xlsx};
use chrono::NaiveDate;

/// What the browser does in the app.
fn gb18030(bytes: &[u8]) -> Option<String> {
    Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned())
}

fn grid(text: &str) -> Grid {
    read(text.as_bytes(), "a.csv", &gb18030).unwrap().sheets.remove(0)
}

fn options() -> Options {
    Options::new("示例县", "a.csv", NaiveDate::from_ymd_opt(2026, 9, 1).unwrap())
}

fn import(text: &str) -> Taken {
    import_with(text, &options())
}

fn import_with(text: &str, options: &Options) -> Taken {
    let grid = grid(text);
    let taken = take(&grid, &recognise(&grid, &[]), options);
    assert_eq!(taken.rows_read, taken.rows_taken + taken.rows_listed);
    for finding in &taken.findings {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!finding.text(lang).contains('{'), "{}", finding.text(lang));
        }
    }
    taken
}

fn only(taken: &Taken, wanted: impl Fn(&Kind) -> bool) -> &Finding {
    let found: Vec<&Finding> = taken.findings.iter().filter(|f| wanted(&f.kind)).collect();
    assert_eq!(found.len(), 1, "{:?}", taken.findings);
    found[0]
}

const HEAD: &str = "学校名称,代码,学段,在校生,班级,核定编制,实有在编\n";

fn row(cells: &str) -> Taken {
    import(&format!("{HEAD}{cells}\n"))
}

#[test]
fn numbers_in_dress_are_mended_and_others_must_be() {
    let taken = row("城关小学,01,小学,62人,6,10,9");
    let finding = only(&taken, |kind| *kind == Kind::NumberMended { count: 62 });
    assert_eq!(finding.severity, Severity::LookAt);
    assert_eq!(finding.fix, Fix::Use("62".into()));
    assert_eq!((finding.row_number(), finding.column_label.as_str()), (Some(2), "D 在校生"));
    assert_eq!(taken.sums.students, 62);
    for text in ["六十二", "-5", "6.5", "9999999999", "#REF!"] {
        let taken = row(&format!("城关小学,01,小学,{text},6,10,9"));
        let finding = only(&taken, |kind| matches!(kind, Kind::Number(_)));
        assert_eq!((finding.severity, finding.listed), (Severity::MustFix, true));
        assert_eq!(finding.value, text);
        assert!(taken.county.is_none());
    }
}

#[test]
fn blanks_must_be_filled_where_a_figure_is_needed() {
    let taken = row("太平镇长沟小学,01,小学,,6,10,9");
    let finding = only(&taken, |kind| matches!(kind, Kind::Missing { .. }));
    assert_eq!(finding.text(Lang::Zh), "太平镇长沟小学 缺在校生。");
    assert_eq!(finding.fix, Fix::Fill);
    let taken = row("甲小学,01,小学,—,6,10,9");
    assert_eq!(taken.county.unwrap().holdings[0].fact(Fact::Students), None);
    let taken = row("甲小学,01,小学,100,,10,9");
    assert_eq!(taken.rows_taken, 1);
    assert_eq!(taken.county.unwrap().holdings[0].roll.classes, None);
    let taken = row("甲小学,01,小学,100,6,,9");
    assert_eq!(taken.tally.must_fix, 1);
}

#[test]
fn figures_that_do_not_go_together_are_shown() {
    let taken = row("双河小学,01,小学,648,0,35,35");
    let finding = only(&taken, |kind| matches!(kind, Kind::ClassesZero { .. }));
    assert_eq!(finding.severity, Severity::MustFix);
    assert_eq!(finding.text(Lang::Zh), "在校生 648 人而班级为 0。");
    let taken = row("新小学,01,小学,0,2,3,3");
    only(&taken, |kind| *kind == Kind::StudentsZero { classes: 2 });
    let taken = row("某小学,01,小学,100,6,10,13");
    let finding = only(&taken, |kind| matches!(kind, Kind::InPostAbove { .. }));
    assert_eq!(finding.text(Lang::Zh), "实有 13，核定 10，超编 3。");
    assert_eq!(taken.rows_taken, 1);
}

#[test]
fn duplicates_are_kept_once_or_put_to_the_person() {
    let taken = import(&format!("{HEAD}东关小学,01,小学,9,1,2,2\n东关小学,01,小学,9,1,2,2\n"));
    let finding = only(&taken, |kind| *kind == Kind::Duplicate { first: 1 });
    assert_eq!((finding.row_number(), finding.severity), (Some(3), Severity::LookAt));
    assert_eq!(finding.fix, Fix::KeepFirst);
    assert_eq!((taken.rows_taken, taken.tally.duplicates, taken.sums.students), (1, 1, 9));
    let taken = import(&format!("{HEAD}东关小学,01,小学,9,1,2,2\n东关小学,01,小学,8,1,2,2\n"));
    only(&taken, |kind| *kind == Kind::DuplicateDiffers { first: 1 });
    let taken = import(&format!("{HEAD}东关小学,01,小学,9,1,2,2\n西关小学,01,小学,8,1,2,2\n"));
    let finding = only(&taken, |kind| matches!(kind, Kind::OtherName { .. }));
    assert_eq!(finding.severity, Severity::MustFix);
    let taken =
        import(&format!("{HEAD}白岭学校小学部,01,小学,9,1,2,2\n白岭学校初中部,01,初中,8,1,2,2\n"));
    assert_eq!(taken.county.unwrap().units[0].name, "白岭学校");
}

#[test]
fn codes_may_be_made_from_names() {
    let taken = import(
        "学校名称,乡镇,学段,在校生,实有在编\n中心小学,甲镇,小学,9,2\n中心小学,乙镇,小学,8,2\n",
    );
    only(&taken, |kind| *kind == Kind::CodesFromNames);
    only(&taken, |kind| *kind == Kind::AuthorisedFromInPost);
    let county = taken.county.unwrap();
    assert!(county.origin.authorised_assumed);
    assert_eq!(county.units[1].code.as_str(), "乙镇中心小学");
    let taken = row("城关小学,2.161E+09,小学,62,6,10,9");
    only(&taken, |kind| *kind == Kind::CodeShortened);
    assert_eq!(taken.county.unwrap().units[0].code.as_str(), "城关小学");
    let taken = row("城关小学,,小学,62,6,10,9");
    let finding = only(&taken, |kind| *kind == Kind::CodeMissing);
    assert_eq!(finding.fix, Fix::Use("城关小学".into()));
}

#[test]
fn totals_are_compared_with_their_parts() {
    let text = format!(
        "{HEAD}甲小学,01,小学,100,6,10,9\n乙小学,02,小学,50,6,8,8\n甲镇小计,,,150,12,18,17\n\
         丙小学,03,小学,30,6,8,8\n乙镇小计,,,30,6,8,8\n合计,,,190,18,26,25\n"
    );
    let taken = import(&text);
    assert_eq!((taken.rows_read, taken.rows_taken, taken.tally.totals), (6, 3, 3));
    assert_eq!(taken.findings.iter().filter(|f| f.kind == Kind::TotalsAgree).count(), 2);
    let finding = only(&taken, |kind| matches!(kind, Kind::TotalsDiffer { .. }));
    assert_eq!(finding.text(Lang::Zh), "合计行：在校生 190 与分项和 180 差 10。");
    assert_eq!((finding.severity, &finding.fix), (Severity::LookAt, &Fix::SkipRow));
}

#[test]
fn rows_that_are_no_schools_are_listed() {
    let text = format!(
        "{HEAD}甲小学,01,小学,100,6,10,9\n{HEAD}乙小学,02,小学,50,6,8,8\n注：数据截至九月,,,,,,\n填表人：某某,,,,,审核：某某,\n"
    );
    let taken = import(&text);
    assert_eq!((taken.rows_read, taken.rows_taken, taken.tally.left_out), (5, 2, 3));
    only(&taken, |kind| *kind == Kind::HeaderAgain);
}

#[test]
fn corrections_and_skipped_rows_count() {
    let text = format!("{HEAD}甲小学,01,小学,六十,6,10,9\n乙小学,02,小学,abc,6,8,8\n");
    let mut options = options();
    options.corrections.insert((1, 3), "60".into());
    options.skip.insert(2);
    let taken = import_with(&text, &options);
    assert_eq!((taken.rows_taken, taken.sums.students, taken.is_ready()), (1, 60, true));
    only(&taken, |kind| *kind == Kind::Skipped);
}

#[test]
fn a_nine_year_row_becomes_two_holdings() {
    let head = "学校名称,代码,办学类型,一年级,二年级,三年级,四年级,五年级,六年级,七年级,八年级,九年级,在校生,核定编制,实有在编\n";
    let taken =
        import(&format!("{head}白岭学校,01,九年一贯制学校,24,28,28,32,35,39,39,43,46,314,27,24\n"));
    let county = taken.county.as_ref().unwrap();
    assert_eq!((county.units.len(), county.holdings.len()), (1, 2));
    let [primary, lower] = &county.holdings[..] else { panic!() };
    assert_eq!(primary.part.stage(), Some(Stage::Primary));
    assert_eq!((primary.roll.students, lower.roll.students), (Some(186), Some(128)));
    assert_eq!(lower.roll.grades[0].grade, 1);
    assert_eq!(lower.roll.grades[0].students, Some(39));
    assert_eq!((primary.authorised, lower.authorised), (16, 11));
    // 24 × 186/314 = 14.2…, 24 × 128/314 = 9.7…
    assert_eq!((primary.in_post, lower.in_post), (14, 10));
    let splits = taken.findings.iter().filter(|f| matches!(f.kind, Kind::Split { .. }));
    assert_eq!(splits.count(), 2);
    let taken = import("学校名称,代码,学段,在校生,核定编制\n白岭学校,01,九年一贯制,314,27\n");
    only(&taken, |kind| *kind == Kind::CannotSplit);
}

#[test]
fn the_parts_of_a_school_may_be_named_in_their_rows() {
    let text = "学校名称,代码,学段,在校生,核定编制,实有在编\n\
        白岭学校小学部,01,九年一贯制,186,16,14\n白岭学校初中部,01,九年一贯制,128,11,10\n";
    let taken = import(text);
    assert_eq!((taken.rows_taken, taken.findings.len()), (2, 1));
    only(&taken, |kind| *kind == Kind::NoClasses);
    let county = taken.county.unwrap();
    assert_eq!((county.units.len(), county.holdings[1].authorised), (1, 11));
}

#[test]
fn the_name_of_a_sheet_tells_the_stage() {
    let mut grid = grid("学校名称,代码,在校生,教师数\n育才学校,01,90,9\n");
    grid.name = "初中".into();
    let taken = take(&grid, &recognise(&grid, &[]), &options());
    assert_eq!(taken.county.unwrap().holdings[0].part.stage(), Some(Stage::LowerSecondary));
}

#[test]
fn a_row_for_each_grade_is_gathered() {
    let text = "学校,代码,年级,学生数,班级数,核定编制,在编人数\n\
        白岭学校,01,一年级,24,1,27,24\n白岭学校,01,六年级,30,1,27,24\n白岭学校,01,初一,27,1,27,24\n\
        枫溪小学,02,1年级,20,1,,\n枫溪小学,02,2年级,22,1,9,8\n";
    let taken = import(text);
    assert_eq!((taken.rows_read, taken.rows_taken), (5, 5));
    let county = taken.county.unwrap();
    assert_eq!((county.units.len(), county.holdings.len()), (2, 3));
    assert_eq!(county.holdings[0].roll.grades.len(), 2);
    assert_eq!(county.holdings[0].authorised + county.holdings[1].authorised, 27);
    assert_eq!(county.holdings[0].authorised, 18);
    assert_eq!((county.holdings[2].authorised, county.holdings[2].in_post), (9, 8));
    // The first line of the sheet is the header: 白岭学校 starts in 2 and 4, 枫溪小学 in 5.
    let rows: Vec<_> = county.holdings.iter().map(|holding| holding.surveyed_row).collect();
    assert_eq!(rows, [Some(2), Some(4), Some(5)]);
}

#[test]
fn grades_that_do_not_sum_up_are_shown() {
    let taken = import("学校,代码,学段,g1_students,g2_students,在校生\n甲小学,01,小学,20,22,40\n");
    let finding = only(&taken, |kind| matches!(kind, Kind::GradeSum { .. }));
    assert_eq!(finding.fix, Fix::Use("42".into()));
    assert_eq!(finding.kind, Kind::GradeSum { figure: Figure::Students, stated: 40, sum: 42 });
}

#[test]
fn parents_and_places_are_checked() {
    let text = "学校,代码,学段,在校生,所属中心校,经度,纬度\n中心小学,01,小学,90,,108.3,32.7\n\
        大坪教学点,02,教学点,9,中心小学,108.3,\n石门教学点,03,教学点,8,99,32.7,108.3\n三岔教学点,04,教学点,8,04,,\n";
    let taken = import(text);
    only(&taken, |kind| *kind == Kind::ParentUnknown);
    only(&taken, |kind| *kind == Kind::ParentSelf);
    only(&taken, |kind| *kind == Kind::PlaceHalf);
    only(&taken, |kind| *kind == Kind::PlaceOutOfRange);
    let county = taken.county.unwrap();
    assert_eq!(county.units[1].parent.as_ref().unwrap().as_str(), "01");
    assert_eq!(county.units[0].place.unwrap().lat, 32_700_000);
}

#[test]
fn doubtful_columns_are_put_to_the_person_and_remembered() {
    let text = "学校名称,代码,学段,在校生数,编制数,教职工数,在编人数,身份证号,联系电话,预计减员\n\
        甲小学,01,小学,100,10,12,9,11010519491231002X,13800000000,1\n";
    let grid = grid(text);
    let mut mapping = recognise(&grid, &[]);
    let field = |mapping: &Mapping, index: usize| mapping.columns[index].field;
    assert_eq!(field(&mapping, 4), Some(Field::Authorised));
    assert!(matches!(mapping.columns[4].state, State::Confirm { .. }));
    assert_eq!(field(&mapping, 5), None);
    assert_eq!(mapping.undecided(), 1);
    assert_eq!(mapping.columns[7].state, State::Personal(PersonalKind::IdNumber));
    assert_eq!(mapping.columns[8].state, State::Personal(PersonalKind::Phone));
    let taken = take(&grid, &mapping, &options());
    assert!(!taken.is_ready());
    mapping.set(5, Field::Ignore);
    mapping.set(4, Field::Authorised);
    let taken = take(&grid, &mapping, &options());
    assert!(taken.is_ready());
    let departures = &taken.county.unwrap().holdings[0].departures;
    assert_eq!((departures[0].year, departures[0].people), (2027, 1));

    let kept = serde_json::to_string(&mapping.remember()).unwrap();
    assert!(!kept.contains("11010519491231002X"));
    let kept = [serde_json::from_str(&kept).unwrap()];
    let again = recognise(&grid, &kept);
    assert_eq!(again.to_confirm(), 0);
    assert_eq!(again.columns[4].state, State::Remembered);
    assert_eq!(again.columns[5].field, Some(Field::Ignore));
    // Another header with the same doubtful word profits too.
    let other = self::grid("校名,学校代码,学段,学生数,编制数\n甲小学,01,小学,100,10\n");
    assert_eq!(recognise(&other, &kept).columns[4].state, State::Remembered);
}

#[test]
fn headers_on_two_lines_of_plain_text_are_joined() {
    let text = "示例县学校情况,,,,,,,\n学校名称,代码,学段,分年级学生数,,,合计,预计减员,\n,,,一年级,二年级,三年级,学生数,2027年,2028年\n\
        甲中学,01,初中,30,31,32,93,2,1\n";
    let grid = grid(text);
    let mapping = recognise(&grid, &[]);
    assert_eq!((mapping.header_row, mapping.header_rows), (1, 2), "{:?}", mapping.columns);
    assert_eq!(mapping.column(Field::Departures(2028)).unwrap().index, 8);
    let taken = take(&grid, &mapping, &options());
    let county = taken.county.unwrap();
    assert_eq!(county.holdings[0].roll.students, Some(93));
    assert_eq!(county.holdings[0].roll.grades.len(), 3);
    assert_eq!(county.holdings[0].departures.len(), 2);
}

#[test]
fn without_a_column_of_stages_names_tell() {
    let taken = import(
        "学校名称,代码,在校生,教师数\n城关小学,01,90,9\n县第一幼儿园,02,80,8\n育才学校,03,70,7\n",
    );
    only(&taken, |kind| {
        *kind == Kind::StagesGuessed { by_name: 2, by_default: 1, stage: Stage::Primary }
    });
    let stages: Vec<Option<Stage>> =
        taken.county.unwrap().holdings.iter().map(|h| h.part.stage()).collect();
    assert_eq!(stages, [Stage::Primary, Stage::Kindergarten, Stage::Primary].map(Some));
}

#[test]
fn one_county_of_several_can_be_chosen() {
    let text = "县,学校,代码,学段,在校生\n甲县,甲小学,01,小学,9\n乙县,乙小学,02,小学,8\n";
    let taken = import(text);
    only(&taken, |kind| *kind == Kind::SeveralCounties { counties: 2 });
    let mut options = options();
    options.only_county = Some("乙县".into());
    let taken = import_with(text, &options);
    assert_eq!((taken.rows_taken, taken.sums.students), (1, 8));
    only(&taken, |kind| matches!(kind, Kind::OtherCounty { .. }));
}

#[test]
fn the_template_comes_back_without_a_question() {
    for lang in [Lang::Zh, Lang::En] {
        for bytes in [template_xlsx(lang), template_csv(lang)] {
            let book = read(bytes, "t", &gb18030).unwrap();
            assert_eq!(book.likely_sheet(), 0);
            let grid = &book.sheets[0];
            let mapping = recognise(grid, &[]);
            for column in &mapping.columns {
                assert_eq!(column.state, State::Recognised, "{}", column.label());
                assert_ne!(column.field, Some(Field::Ignore), "{}", column.label());
            }
            assert_eq!(mapping.columns.len(), 59);
            assert_eq!(grid.cell(1, 0), "0000000001");
            let taken = take(grid, &mapping, &options());
            only(&taken, |kind| *kind == Kind::ExampleRow);
            // With its name changed the example is a school without a fault.
            let mut options = options();
            options.corrections.insert((1, 1), "甲小学".into());
            let taken = take(grid, &mapping, &options);
            assert_eq!(taken.findings, [], "{:?}", taken.findings);
            assert_eq!(taken.rows_taken, 1);
        }
    }
}

#[test]
fn staff_by_what_they_do_comes_in_and_blank_stays_unknown() {
    use bianheng_core::county::Course;
    let text = "代码,学校名称,学段,在校生,班级,核定编制,实有在编,专任教师,非教学人员,领导职数,领导实配,语文教师数,数学教师数,音乐教师数,音乐周课时\n\
                01,甲小学,小学,240,6,14,14,12,2,2,3,5,3,0,10\n\
                02,乙小学,小学,240,6,14,14,,,,,,,,\n";
    let county = import(text).county.unwrap();
    let staff = &county.holdings[0].staff;
    assert_eq!((staff.teachers, staff.non_teaching), (Some(12), Some(2)));
    assert_eq!(staff.course(Course::Chinese).unwrap().teachers, Some(5));
    let music = staff.course(Course::Music).unwrap();
    assert_eq!((music.teachers, music.lessons), (Some(0), Some(10)));
    assert_eq!((county.units[0].leaders.posts, county.units[0].leaders.people), (Some(2), Some(3)));
    assert!(county.holdings[1].staff.is_empty());
    assert!(county.units[1].leaders.is_empty());
}

#[test]
fn staff_of_several_stages_is_shared_out_by_students_and_said() {
    use bianheng_core::county::Course;
    let text = "代码,学校名称,学段,1年级学生数,7年级学生数,核定编制,实有在编,专任教师,非教学人员,语文教师数\n\
                03,丙学校,九年一贯制,200,100,24,24,18,3,7\n";
    let taken = import(text);
    let county = taken.county.as_ref().unwrap();
    let of = |row: usize| &county.holdings[row].staff;
    // 18 as 12 and 6; 3 as 2 and 1; 7 as 4.67 and 2.33, the larger remainder first: 5 and 2.
    assert_eq!((of(0).teachers, of(1).teachers), (Some(12), Some(6)));
    assert_eq!((of(0).non_teaching, of(1).non_teaching), (Some(2), Some(1)));
    let chinese = |row| of(row).course(Course::Chinese).unwrap().teachers;
    assert_eq!((chinese(0), chinese(1)), (Some(5), Some(2)));
    for figure in [Figure::Teachers, Figure::NonTeaching, Figure::CourseTeachers] {
        only(&taken, |kind| matches!(kind, Kind::Split { figure: of, .. } if *of == figure));
    }
}

#[test]
fn a_cell_of_staff_that_is_no_number_must_be_mended() {
    let text = "代码,学校名称,学段,在校生,班级,核定编制,实有在编,非教学人员,音乐教师数\n\
                01,甲小学,小学,240,6,14,14,二,若干\n";
    let taken = import(text);
    assert_eq!((taken.rows_taken, taken.count(Severity::MustFix)), (0, 2));
}
