//! Schemes ready to be put in force, and what is lasting of a shortage.

use bianheng_core::county::KindId;
use bianheng_core::pool::preset::presets;
use bianheng_core::pool::*;
use bianheng_core::sample;
use bianheng_core::text::Lang;

use super::given::pool;

/// Every preset reads, says where it comes from in both languages, and is marked as not verified.
#[test]
fn presets_name_their_source_and_are_to_be_checked() {
    let all = presets();
    let ids: Vec<&str> = all.iter().map(|preset| preset.id.as_str()).collect();
    assert_eq!(ids, ["cangzhou", "qianxinan", "sample", "secondment", "shandong", "yunyan"]);
    for preset in &all {
        assert!(!preset.title.zh.is_empty() && !preset.title.en.is_empty());
        assert!(!preset.about.zh.is_empty() && !preset.about.en.is_empty());
        assert!(preset.confidence.needs_checking(), "none was read on the issuing body's page");
        assert!(!preset.rules.is_empty());
        for rule in &preset.rules {
            assert!(rule.confidence.needs_checking() && !rule.clause.is_empty());
        }
        for lang in [Lang::Zh, Lang::En] {
            let mut pool = pool(10);
            preset.put(&mut pool, lang);
            assert_eq!(pool.check(), Ok(()));
            assert_eq!(preset.changed(&pool), []);
            assert_eq!(pool.caps.len(), preset.caps_en.len());
            let in_english = |cap: &Cap| lang == Lang::Zh || cap.name.is_ascii();
            assert!(pool.caps.iter().all(in_english));
        }
    }
}

/// The school pool's own question: which of the 13 short stages of the sample are short for good.
#[test]
fn shortages_are_told_apart_by_the_pupils_already_in_school() {
    use bianheng_core::pool::lasting::{Verdict, outlook};
    let workspace = sample::county().unwrap().workspace;
    let seen = outlook(workspace.state(), KindId::school(), 3);
    assert_eq!(seen.len(), 13);
    for one in &seen {
        assert_eq!(one.years.len(), 4, "this year and the three of the term");
        let last = one.years.last().unwrap().short;
        match one.verdict {
            Verdict::Passing => {
                assert_eq!(last, 0);
                assert!(one.until.is_some());
            }
            Verdict::Lasting => assert!(last > 0),
            Verdict::Unknown => panic!("every stage of the sample has grades"),
        }
    }
    // The new fifth primary school has no post at all: whatever the cohorts do, that lasts.
    let new = seen
        .iter()
        .find(|one| workspace.state().county.id_of(one.row).unwrap().to_string() == "1012/primary");
    assert_eq!(new.unwrap().verdict, Verdict::Lasting);
}
