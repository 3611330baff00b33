//! The schools table on the sample county.

use super::*;
use crate::county::{Fact, Stage};
use crate::pool::{Event, Model, What};
use crate::report::block::Block;
use crate::sample;
use crate::scenario::{By, Command, Figures, Label, Step, UnitField, Workspace};
use crate::text::Lang;

struct Open {
    workspace: Workspace,
    figures: Figures,
}

impl Open {
    fn sample() -> Self {
        let workspace = sample::county().unwrap().workspace;
        let figures = Figures::of(workspace.state());
        Self { workspace, figures }
    }

    fn table(&self) -> Table<'_> {
        Table::new(&self.workspace, &self.figures)
    }

    fn run(&mut self, commands: Vec<Command>) {
        self.workspace.dispatch(Step { label: Label::Edit, commands }).unwrap();
        self.figures = Figures::of(self.workspace.state());
    }

    fn edit(&mut self, row: usize, column: Column, typed: &str) {
        let command = self.table().edit(row, column, typed).unwrap().unwrap();
        self.run(vec![command]);
    }

    fn row(&self, code: &str, stage: Stage) -> usize {
        let table = self.table();
        let found = |row: &usize| {
            table.unit(*row).unwrap().code.as_str() == code
                && table.holding(*row).unwrap().part.stage() == Some(stage)
        };
        (0..table.rows()).find(found).unwrap()
    }

    fn shown(&self, rows: &[usize], column: Column) -> Vec<String> {
        rows.iter().map(|row| self.table().cell(*row, column).shown(Lang::Zh)).collect()
    }
}

fn block(text: &str) -> Vec<Vec<String>> {
    crate::report::block::read_tsv(text)
}

fn at(top: usize, left: usize) -> Block {
    Block { top, bottom: top, left, right: left }
}

#[test]
fn by_default_the_rows_are_schools_and_kindergartens_in_the_order_of_the_survey() {
    let open = Open::sample();
    let rows = order(&open.table(), &Filter::default(), None);
    assert_eq!(rows.len(), 65);
    assert!(rows.is_sorted());
    let all = order(&open.table(), &Filter { scope: Scope::All, ..Filter::default() }, None);
    assert!(all.len() > 65);
    let kind = crate::county::KindId::general().clone();
    let general = Filter { scope: Scope::Kind(kind), ..Filter::default() };
    let general = order(&open.table(), &general, None);
    assert_eq!(general.len() + rows.len(), all.len());
}

#[test]
fn ties_stand_by_code_and_unknown_cells_stand_last_either_way() {
    let mut open = Open::sample();
    let first = order(&open.table(), &Filter::default(), None)[0];
    open.edit(first, Column::Students, "");
    for down in [false, true] {
        let sort = Some(Sort { column: Column::Students, down });
        let rows = order(&open.table(), &Filter::default(), sort);
        assert_eq!(rows.last(), Some(&first), "down: {down}");
    }
    let sort = |down| Some(Sort { column: Column::Classes, down });
    let table = open.table();
    for down in [false, true] {
        let rows = order(&table, &Filter::default(), sort(down));
        for pair in rows.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if table.cell(a, Column::Classes) == table.cell(b, Column::Classes) {
                assert!(table.unit(a).unwrap().code <= table.unit(b).unwrap().code);
            }
        }
    }
}

#[test]
fn a_row_is_changed_where_one_of_its_cells_is() {
    let mut open = Open::sample();
    let typed = [
        (Column::Name, "新名"),
        (Column::Township, "新镇"),
        (Column::Locality, "城市"),
        (Column::Students, "77"),
        (Column::Classes, "7"),
        (Column::Boarders, "70"),
        (Column::Authorised, "70"),
        (Column::InPost, "71"),
    ];
    for (row, (column, text)) in typed.into_iter().enumerate() {
        open.edit(2 * row, column, text);
    }
    let table = open.table();
    let cells = |row: usize| Column::ALL.iter().any(|c| table.before(row, *c).is_some());
    let changed: Vec<usize> = (0..table.rows()).filter(|row| table.is_changed(*row)).collect();
    assert_eq!(changed, (0..table.rows()).filter(|row| cells(*row)).collect::<Vec<_>>());
    assert!(changed.len() >= typed.len());
}

#[test]
fn townships_stand_in_the_order_of_the_survey() {
    let open = Open::sample();
    let table = open.table();
    let sort = Some(Sort { column: Column::Township, down: false });
    let rows = order(&table, &Filter::default(), sort);
    let mut seen: Vec<String> = open.shown(&rows, Column::Township);
    seen.dedup();
    assert_eq!(seen, table.townships());
}

#[test]
fn every_part_of_a_filter_narrows() {
    let open = Open::sample();
    let count = |filter: Filter| order(&open.table(), &filter, None).len();
    let primary = count(Filter { stage: Some(Stage::Primary), ..Filter::default() });
    let short = count(Filter { side: Some(Side::Short), ..Filter::default() });
    let even = count(Filter { side: Some(Side::Even), ..Filter::default() });
    let surplus = count(Filter { side: Some(Side::Surplus), ..Filter::default() });
    assert!(primary > 0 && primary < 65);
    assert_eq!(short + even + surplus, 65);
    let both =
        count(Filter { stage: Some(Stage::Primary), side: Some(Side::Short), ..Filter::default() });
    assert!(both < primary.min(short));
    assert_eq!(count(Filter { changed: true, ..Filter::default() }), 0);
    assert_eq!(count(Filter { text: "1001".to_owned(), ..Filter::default() }), 1);
    let large = Condition::parse(Column::Students, ">=1000").unwrap().unwrap();
    let rows = order(
        &open.table(),
        &Filter { columns: vec![(Column::Students, large)], ..Filter::default() },
        None,
    );
    assert!(!rows.is_empty());
    for row in rows {
        assert!(open.table().holding(row).unwrap().roll.students.unwrap() >= 1000);
    }
}

#[test]
fn a_hand_edit_shows_its_old_value_and_is_gone_when_it_goes_back() {
    let mut open = Open::sample();
    let row = open.row("1020", Stage::Primary);
    let posts = open.table().holding(row).unwrap().authorised;
    let before = open.table().cell(row, Column::Margin).number().unwrap();

    open.edit(row, Column::Authorised, &(posts + 2).to_string());
    assert_eq!(open.table().before(row, Column::Authorised), Some(Cell::Count(posts.into())));
    assert_eq!(open.table().cell(row, Column::Margin).number().unwrap(), before + 2);
    assert!(open.table().is_changed(row));

    let explain = open.table().explain(row, " 寄宿增加 ", "编办〔2026〕1 号").unwrap();
    open.run(vec![explain]);
    let reason = match open.table().by(row) {
        Some(By::Hand { reason, .. }) => reason.clone(),
        _ => panic!("not by hand"),
    };
    assert_eq!(reason, "寄宿增加");
    // The reason stays with another figure by hand, and goes with the way back.
    open.edit(row, Column::Authorised, &(posts + 3).to_string());
    assert!(matches!(open.table().by(row), Some(By::Hand { reason, .. }) if reason == "寄宿增加"));
    let restore = open.table().restore(row, Column::Authorised).unwrap();
    open.run(vec![restore]);
    assert_eq!(open.table().by(row), None);
    assert!(!open.table().is_changed(row));
    assert_eq!(open.table().explain(row, "x", ""), None);
}

#[test]
fn derived_cells_and_rolls_of_institutions_take_nothing() {
    let open = Open::sample();
    let table = open.table();
    let school = open.row("1001", Stage::UpperSecondary);
    assert_eq!(table.edit(school, Column::Entitled, "3"), Ok(None));
    assert_eq!(table.edit(school, Column::Code, "3"), Ok(None));
    let institution =
        (0..table.rows()).find(|row| table.holding(*row).unwrap().part.stage().is_none()).unwrap();
    assert!(!table.takes(institution, Column::Students));
    assert!(table.takes(institution, Column::InPost));
    assert_eq!(table.edit(school, Column::Students, "many"), Err(CellError::NotWhole));
    assert_eq!(table.edit(school, Column::Authorised, ""), Err(CellError::Empty));
    assert_eq!(table.edit(school, Column::Name, " "), Err(CellError::Empty));
}

#[test]
fn a_block_changes_what_may_be_edited_and_says_what_it_left() {
    let mut open = Open::sample();
    let rows = order(&open.table(), &Filter::default(), None);
    let columns = [Column::Students, Column::Classes, Column::ClassSize, Column::InPost];
    let text = "500\t12\t41.7\t30\r\n600\t十二\t1\t31\r\n";
    let pasted = paste(&open.table(), &rows, &columns, at(0, 0), &block(text));
    assert_eq!((pasted.changed, pasted.skipped, pasted.beyond), (5, 2, 0));
    let bad: Vec<_> = pasted.bad.iter().map(|bad| (bad.row, bad.column, bad.error)).collect();
    assert_eq!(bad, [(rows[1], Column::Classes, CellError::NotWhole)]);
    open.run(pasted.commands);
    assert_eq!(open.shown(&rows[..2], Column::Students), ["500", "600"]);
    open.workspace.undo().unwrap();
    assert_eq!(open.workspace.state().county, *open.workspace.base());
}

#[test]
fn a_block_beyond_the_last_row_is_counted() {
    let open = Open::sample();
    let rows = order(&open.table(), &Filter::default(), None);
    let onto = at(rows.len() - 1, 0);
    let pasted = paste(&open.table(), &rows, &[Column::Students], onto, &block("1\n2\n3\t4\n"));
    assert_eq!((pasted.changed, pasted.beyond), (1, 3));
}

#[test]
fn one_value_fills_the_chosen_block() {
    let open = Open::sample();
    let rows = order(&open.table(), &Filter::default(), None);
    let onto = Block { top: 2, bottom: 5, left: 0, right: 0 };
    let pasted = paste(&open.table(), &rows, &[Column::Students], onto, &block("7"));
    assert_eq!(pasted.changed, 4);
    let onto = Block { top: 2, bottom: 4, left: 0, right: 0 };
    let pasted = paste(&open.table(), &rows, &[Column::Students], onto, &block("7\n8"));
    assert_eq!(pasted.changed, 2, "three rows are no multiple of two");
}

#[test]
fn rows_of_one_unit_share_its_name() {
    let mut open = Open::sample();
    let rows = order(&open.table(), &Filter::default(), None);
    let table = open.table();
    let unit = |row: usize| table.holding(row).unwrap().unit;
    let top = (1..rows.len()).find(|at| unit(rows[*at]) == unit(rows[at - 1])).unwrap() - 1;
    let name = [Column::Name];
    let apart = paste(&open.table(), &rows, &name, at(top, 0), &block("甲校\n乙校"));
    assert_eq!(apart.commands.len(), 1);
    assert_eq!(apart.bad[0].error, CellError::Disagrees);
    let pasted = paste(&open.table(), &rows, &name, at(top, 0), &block("甲校\n甲校"));
    assert_eq!((pasted.commands.len(), pasted.changed), (1, 2));
    open.run(pasted.commands);
    assert_eq!(open.shown(&rows[top..top + 2], Column::Name), ["甲校", "甲校"]);

    let cleared = clear(&open.table(), &rows, &Column::ALL);
    assert_eq!((cleared.commands.len(), cleared.changed), (1, 2));
    open.run(cleared.commands);
    assert_eq!(open.workspace.state().county, *open.workspace.base());
}

#[test]
fn sums_are_those_of_the_figures() {
    let open = Open::sample();
    let table = open.table();
    let rows = order(&table, &Filter::default(), None);
    let totals = open.figures.totals(open.workspace.state(), rows.iter().copied());
    let total = |column| table.total(&rows, column);
    assert_eq!(total(Column::Students), Cell::Count(totals.students));
    assert_eq!(total(Column::Authorised), Cell::Count(totals.authorised));
    assert_eq!(total(Column::Entitled), Cell::Count(totals.entitled));
    assert_eq!(total(Column::Margin), Cell::Margin(totals.margin));
    assert_eq!(total(Column::ByStudents), Cell::Nothing);
    let summary = table.summary(&rows, &[Column::Authorised, Column::Name]);
    assert_eq!((summary.cells, summary.counted), (130, 65));
    assert_eq!(summary.sum, i64::try_from(totals.authorised).unwrap());
}

#[test]
fn a_fact_command_names_the_fact() {
    let open = Open::sample();
    let row = open.row("1001", Stage::UpperSecondary);
    let command = open.table().edit(row, Column::Students, "9").unwrap();
    assert!(matches!(command, Some(Command::SetFact { fact: Fact::Students, new: Some(9), .. })));
    let command = open.table().edit(row, Column::Locality, "乡村").unwrap();
    let village = |new: &String| new == "village";
    assert!(matches!(command,
        Some(Command::SetUnit { field: UnitField::Locality, new, .. }) if village(&new)));
}

/// School 1002 has vacant posts at two stages and lends all but one to a pool counted by use: the stage with
/// more vacant lends first, so that the one left is at the other, and the sum says so.
#[test]
fn what_a_school_lent_is_not_vacant() {
    let mut open = Open::sample();
    let rows = [Stage::LowerSecondary, Stage::UpperSecondary].map(|stage| open.row("1002", stage));
    let before = rows.map(|row| open.table().holding(row).unwrap().vacancy());
    let all: i64 = before.iter().sum();
    assert!(before.iter().all(|vacant| *vacant > 0), "{before:?}");
    let kind = crate::county::KindId::school().clone();
    let old = open.workspace.state().county.pool(&kind).unwrap().clone();
    let mut new = old.clone();
    new.model = Model::UseOnly;
    let mut joins = Event::new("2026-12-02".parse().unwrap(), What::Add, "");
    joins.unit = Some(crate::county::UnitCode::new("1002"));
    joins.posts = u32::try_from(all - 1).unwrap();
    new.note(joins);
    let [old, new] = [old, new].map(|pool| Some(Box::new(pool)));
    open.run(vec![Command::SetPool { kind, old, new }]);
    let left = if before[0] >= before[1] { [0, 1] } else { [1, 0] };
    let table = open.table();
    assert_eq!(rows.map(|row| table.cell(row, Column::Vacancy)), left.map(Cell::Vacancy));
    assert_eq!(table.total(&rows, Column::Vacancy), Cell::Vacancy(1));
}
