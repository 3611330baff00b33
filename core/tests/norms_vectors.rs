//! Every worked example of `tests/data/vectors.json` holds.

mod worked;

use worked::Library;

#[test]
fn every_worked_example_holds() {
    let cases = worked::read(include_str!("data/vectors.json")).unwrap();
    assert!(cases.len() >= 600);
    let library = Library::shipped();
    let differ: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let differs = library.run(case).err()?;
            Some(format!("{} expected {} got {}", case.id, differs.expected, differs.got))
        })
        .collect();
    assert!(differ.is_empty(), "{}\n{} differ", differ.join("\n"), differ.len());
}
