//! Figures of tables that are set: the other row goes along, what cannot be is refused, undo and
//! merging work figure by figure, and what the pack says stays known.

use proptest::prelude::*;

use super::*;
use crate::fraction::Fraction;
use crate::norm::{Asked, BandFault, Exact, Fault, Figure, read_pack, shipped, write_pack};
use crate::report::norm_change::reset_parameters;
use crate::sample;
use crate::scenario::{Conflict, Merge, Scenario, difference};
use crate::text::{Lang, packs, proof, steps};

/// A workspace whose base goes by the Polish bands: 0, 1–30 gives 0.25, 31–50 gives 0.5, 51–100 gives
/// 1, and from 101 on 1.5 + 0.2 × ⌊(pupils − 100) ÷ 100⌋, here with its numbers written out.
fn opened() -> Workspace {
    let sample = sample::county().unwrap().workspace;
    let limits = sample.base_limits().clone();
    let mut pack = shipped("pl-specialists").unwrap();
    pack.tables[0].rows[4].gives = "1.5 + 0.2 * floor((pupils - 100) / 100)".to_owned();
    Workspace::open(sample.base().clone(), pack, limits, Scenario::default()).unwrap()
}

fn at(row: usize, figure: Figure) -> FigureId {
    FigureId { table: "y2022".to_owned(), from: None, row, figure }
}

fn pack(workspace: &Workspace) -> &Pack {
    workspace.state().norm.pack()
}

fn set(
    workspace: &mut Workspace,
    figures: &[(FigureId, &str)],
    document: Option<&str>,
) -> Result<Step, Refused> {
    let figures: Vec<_> = figures.iter().map(|(at, new)| (at.clone(), (*new).to_owned())).collect();
    let step = set_figures(workspace, &figures, document)?;
    workspace.dispatch(step.clone()).unwrap();
    Ok(step)
}

fn posts(workspace: &Workspace, pupils: i64) -> String {
    let given = [("pupils".to_owned(), Asked::Number(Exact(Fraction::from_integer(pupils))))];
    workspace.state().norm.answer("PL-SPECIALISTS-2022", &given).unwrap().to_string()
}

fn proved(workspace: &Workspace, pupils: i64, lang: Lang) -> String {
    let given = [("pupils".to_owned(), Asked::Number(Exact(Fraction::from_integer(pupils))))];
    let norm = &workspace.state().norm;
    proof::plain(&norm.prove_rule("PL-SPECIALISTS-2022", &given), &[], norm.pack(), "—", lang)
}

#[test]
fn where_a_band_ends_the_next_begins_and_undo_gives_the_pack_back_to_the_letter() {
    let mut workspace = opened();
    let before = pack(&workspace).clone();
    assert_eq!(posts(&workspace, 35), "1/2");
    set(&mut workspace, &[(at(1, Figure::End), "40")], None).unwrap();
    // 1–40 now, so 35 pupils give 0.25; 41–50 is what is left of the next band.
    assert_eq!(posts(&workspace, 35), "1/4");
    let table = pack(&workspace).table_of(&at(1, Figure::End)).unwrap();
    assert_eq!(table.rows[1].band().unwrap().to_string(), "1–40");
    assert_eq!(table.rows[2].band().unwrap().to_string(), "41–50");
    workspace.undo().unwrap();
    assert_eq!(*pack(&workspace), before);
    workspace.redo().unwrap();
    assert_eq!(posts(&workspace, 35), "1/4");
    // Back by hand it is the pack's own again, and nothing is kept beside it.
    set(&mut workspace, &[(at(1, Figure::End), "30")], None).unwrap();
    assert_eq!(*pack(&workspace), before);
}

#[test]
fn each_number_of_a_formula_is_a_figure_of_its_own() {
    let mut workspace = opened();
    let figures = pack(&workspace).row_figures(&pack(&workspace).tables[0], 4);
    let said: Vec<_> =
        figures.iter().map(|at| pack(&workspace).table_figure(at).unwrap()).collect();
    // "1.5 + 0.2 * floor((pupils - 100) / 100)", and no end: the last band is open.
    assert_eq!(said, ["1.5", "0.2", "100", "100"]);
    assert_eq!(posts(&workspace, 250), "17/10");
    set(&mut workspace, &[(at(4, Figure::Gives(1)), "0.3"), (at(4, Figure::Gives(3)), "50")], None)
        .unwrap();
    // 1.5 + 0.3 × ⌊150 ÷ 50⌋ = 2.4
    assert_eq!(posts(&workspace, 250), "12/5");
    assert_eq!(pack(&workspace).tables[0].rows[4].gives, "1.5 + 0.3 * floor((pupils - 100) / 50)");
    // A single value has no end that could be moved.
    assert_eq!(
        pack(&workspace).row_figures(&pack(&workspace).tables[0], 0),
        [at(0, Figure::Gives(0))]
    );
}

#[test]
fn a_figure_that_the_norm_cannot_hold_is_refused_with_its_place_and_the_norm_stays() {
    let mut workspace = opened();
    let before = pack(&workspace).clone();
    let refused = |figure, new: &str| {
        let figures = [(at(1, figure), new.to_owned())];
        set_figures(&workspace, &figures, None).unwrap_err()
    };
    for (new, unfit) in [("x", Unfit::NotANumber), ("-1", Unfit::OutOfRange)] {
        assert_eq!(refused(Figure::End, new), Refused::Figure(at(1, Figure::End), unfit));
        let gives = Figure::Gives(0);
        assert_eq!(refused(gives, new), Refused::Figure(at(1, gives), unfit));
    }
    // Ten million and one: no county has so many. A fraction would be a formula, not a number.
    assert!(matches!(refused(Figure::End, "10000001"), Refused::Figure(_, Unfit::OutOfRange)));
    assert!(matches!(refused(Figure::Gives(0), "1/3"), Refused::Figure(_, Unfit::NotANumber)));
    // 1–60 swallows 31–50: the next row would run from 61 to 50.
    let Refused::Pack(error) = refused(Figure::End, "60") else { panic!("bands that cross") };
    assert!(matches!(*error.fault, Fault::Bands(BandFault::Empty { row: 3, .. })), "{error}");
    let said = [Lang::Zh, Lang::En].map(|lang| packs::error(&error, lang));
    assert!(said[0].contains("第 3 行") && said[0].contains("改正界限"), "{}", said[0]);
    assert!(said[1].contains("row 3") && said[1].contains("correct the ends"), "{}", said[1]);
    // Pupils come whole.
    assert!(matches!(refused(Figure::End, "30.5"), Refused::Pack(_)));
    // A division by nothing is seen by the proofreading alone.
    let zero = [(at(4, Figure::Gives(3)), "0".to_owned())];
    let Err(Refused::Pack(error)) = set_figures(&workspace, &zero, None) else { panic!("by zero") };
    assert!(matches!(*error.fault, Fault::ZeroDivisor(_)), "{error}");
    // The command itself, as a file may bring it, is refused as well.
    let (old, new) = ("30".to_owned(), "60".to_owned());
    let (old_document, new_document) = (String::new(), String::new());
    let at = at(1, Figure::End);
    let command = Command::SetTableFigure { at, old, new, old_document, new_document };
    let step = Step { label: Label::Parameter, commands: vec![command] };
    assert!(matches!(workspace.dispatch(step), Err(Conflict::Norm(_))));
    assert_eq!(*pack(&workspace), before);
}

#[test]
fn a_figure_by_hand_is_unverified_and_the_proof_says_what_it_departs_from() {
    let mut workspace = opened();
    let unverified = pack(&workspace).unverified();
    let gives = at(2, Figure::Gives(0));
    let step = set(&mut workspace, &[(gives.clone(), "0.6")], None).unwrap();
    let mut said = String::new();
    for lang in [Lang::Zh, Lang::En] {
        said.push_str(&proved(&workspace, 40, lang));
        said.push_str(&format!("{}\n", steps::describe(&step, workspace.state(), lang)));
    }
    insta::assert_snapshot!(said);
    assert_eq!(pack(&workspace).unverified(), unverified);
    // Value and document in one step settle it; one undo takes both back.
    let number = "某编〔2026〕1号";
    let step = set(&mut workspace, &[(gives.clone(), "0.7")], Some(number)).unwrap();
    assert_eq!(step.commands.len(), 1);
    assert_eq!(pack(&workspace).table_figure_document(&gives), Some(number));
    assert_eq!(pack(&workspace).unverified(), unverified - 1);
    assert!(proved(&workspace, 40, Lang::Zh).contains(number));
    workspace.undo().unwrap();
    assert_eq!(pack(&workspace).table_figure(&gives).as_deref(), Some("0.6"));
    assert_eq!(pack(&workspace).table_figure_document(&gives), None);
}

#[test]
fn a_document_settles_a_row_as_it_is_and_no_other_change_loses_it() {
    let mut workspace = opened();
    let number = "某编〔2026〕1号";
    let row = [(at(2, Figure::End), "50"), (at(2, Figure::Gives(0)), "0.5")];
    assert_eq!(set(&mut workspace, &row, Some(number)).unwrap().commands.len(), 2);
    let settled = pack(&workspace).clone();
    let (table, own) = (&settled.tables[0], [at(2, Figure::End), at(2, Figure::Gives(0))]);
    assert!(!settled.is_row_unverified(table, 2) && settled.is_row_unverified(table, 1));
    assert_eq!(settled.row_document(&own), number);
    assert!(settled.documents.iter().any(|document| document.number == number));
    // Another figure, set and taken back, leaves the document that only the table cites.
    set(&mut workspace, &[(at(1, Figure::Gives(0)), "0.3")], None).unwrap();
    set(&mut workspace, &[(at(1, Figure::Gives(0)), "0.25")], None).unwrap();
    assert_eq!(*pack(&workspace), settled);
    // One of the two changed by hand rests on it no more, and the other still does.
    set(&mut workspace, &[(at(2, Figure::Gives(0)), "0.6")], None).unwrap();
    assert_eq!(pack(&workspace).table_figure_document(&own[0]), Some(number));
    assert_eq!(pack(&workspace).table_figure_document(&own[1]), None);
    assert_eq!(pack(&workspace).row_document(&own), "");
    // An empty number opens it again.
    set(&mut workspace, &[row[0].clone()], Some("")).unwrap();
    assert!(pack(&workspace).documents.iter().all(|document| document.number != number));
}

#[test]
fn three_values_are_known_and_reset_puts_all_back_in_one_step() {
    let mut workspace = opened();
    let before = pack(&workspace).clone();
    let moved =
        [(at(1, Figure::End), "60"), (at(2, Figure::End), "90"), (at(3, Figure::End), "120")];
    set(&mut workspace, &moved, None).unwrap();
    let sheet = figure_sheets(&workspace).remove(&at(1, Figure::End)).unwrap();
    assert_eq!((sheet.value.as_str(), sheet.base.as_deref()), ("60", Some("30")));
    assert_eq!(sheet.of_pack, None);
    let step = reset_parameters(&workspace);
    assert_eq!(step.commands.len(), 3);
    workspace.dispatch(step).unwrap();
    assert_eq!(*pack(&workspace), before);
    // A file that came with another figure than the pack that ships: three values.
    let mut changed = before.clone();
    assert!(changed.set_table_figure(&at(1, Figure::Gives(0)), "0.3", ""));
    let base = sample::county().unwrap().workspace.base().clone();
    let scenario = Scenario::default();
    let mut other = Workspace::open(base, changed, BTreeMap::new(), scenario).unwrap();
    set(&mut other, &[(at(1, Figure::Gives(0)), "0.4")], None).unwrap();
    let sheet = figure_sheets(&other).remove(&at(1, Figure::Gives(0))).unwrap();
    let values = (sheet.value.as_str(), sheet.base.as_deref(), sheet.of_pack.as_deref());
    assert_eq!(values, ("0.4", Some("0.3"), Some("0.25")));
}

#[test]
fn a_pack_with_figures_set_goes_out_and_comes_back_and_an_old_one_reads_as_before() {
    let mut workspace = opened();
    let before = serde_json::to_string(pack(&workspace)).unwrap();
    assert!(!before.contains("\"set\""), "a pack that nobody changed is written as before");
    set(&mut workspace, &[(at(1, Figure::End), "40")], Some("某编〔2026〕1号")).unwrap();
    set(&mut workspace, &[(at(4, Figure::Gives(1)), "0.3")], None).unwrap();
    let now = pack(&workspace);
    assert_eq!(read_pack(&write_pack(now).unwrap()).as_ref(), Ok(now));
    // The file has the steps, and replaying them gives the same norm.
    let text = crate::file::write(&workspace, "0.1.0", "2026-11-24".parse().unwrap()).unwrap();
    let opened = crate::file::open(&text).unwrap();
    assert!(opened.same_results && opened.unsound.is_empty());
    assert_eq!(opened.workspace.state().norm.pack(), now);
}

#[test]
fn figures_of_one_table_merge_one_by_one() {
    let (mut mine, mut theirs) = (opened(), opened());
    set(&mut mine, &[(at(1, Figure::Gives(0)), "0.3")], None).unwrap();
    set(&mut mine, &[(at(2, Figure::Gives(0)), "0.6")], None).unwrap();
    set(&mut theirs, &[(at(2, Figure::Gives(0)), "0.7")], None).unwrap();
    set(&mut theirs, &[(at(3, Figure::End), "120")], Some("某编〔2026〕1号")).unwrap();
    let mut merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert_eq!((merge.lines.len(), merge.asked()), (3, 1));
    for line in merge.lines.iter_mut().filter(|line| line.side.is_none()) {
        assert_eq!(line.cell, "table y2022/3/1");
        line.side = Some(crate::scenario::Side::Theirs);
    }
    mine.add(merge.scenario("合并").unwrap()).unwrap();
    // 25 pupils by mine, 40 by theirs; 110 pupils by the end that theirs moved: 1.
    assert_eq!([25, 40, 110].map(|pupils| posts(&mine, pupils)), ["3/10", "7/10", "1"]);

    // Ends that each side moved by itself may cross, which is told before anything is done.
    let (mut mine, mut theirs) = (opened(), opened());
    set(&mut mine, &[(at(1, Figure::End), "45")], None).unwrap();
    set(&mut theirs, &[(at(2, Figure::End), "40")], None).unwrap();
    let merge = Merge::of((&mine, 0), (&theirs, 0)).unwrap();
    assert_eq!(merge.asked(), 0);
    assert!(merge.misfit().is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_difference_of_two_norms_leads_from_one_to_the_other_figure_by_figure(
        one in ends(), two in ends(), gives in 0..9_u32, settled in any::<bool>(),
    ) {
        let mut workspace = opened();
        let start = workspace.state().clone();
        for (ends, document) in [(one, None), (two, settled.then_some("某编〔2026〕1号"))] {
            let mut figures: Vec<_> = ends.iter().enumerate().map(|(row, end)| {
                (at(row + 1, Figure::End), end.to_string())
            }).collect();
            figures.push((at(1, Figure::Gives(0)), format!("0.{gives}")));
            let step = set_figures(&workspace, &figures, document).unwrap();
            workspace.dispatch(step).unwrap();
        }
        for (from, to) in [(&start, workspace.state()), (workspace.state(), &start)] {
            let commands = difference(from, to);
            let figures = |each: &Command| matches!(each, Command::SetTableFigure { .. });
            prop_assert!(commands.iter().all(figures));
            let mut state = from.clone();
            for command in commands {
                state.apply(command).unwrap();
            }
            prop_assert_eq!(state.norm.pack(), to.norm.pack());
        }
        while workspace.undo().unwrap() {}
        prop_assert_eq!(workspace.state().norm.pack(), start.norm.pack());
    }
}

/// Three ends, each above the one before.
fn ends() -> impl Strategy<Value = [u32; 3]> {
    [1..200_u32, 1..200_u32, 1..200_u32].prop_map(|[a, b, c]| [a, a + b, a + b + c])
}
