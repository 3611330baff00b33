//! What a step did to the use of posts in a year (用编年度台账), in a few words, for the history. It reads
//! both values that the step carries, and nothing that came later but names.

use super::{Lang, Message, messages};
use crate::county::County;
use crate::pool::plan::{Flow, UseEntry};
use crate::pool::{Pool, Use};
use crate::report::uses::reserve_text;
use crate::scenario::{Command, State, Step};

messages! {
    USE: "用编年度台账", "yearly use of posts";
    APPROVED: "核准", "Approved";
    ENTERED: "上编", "In";
    MOVED: "流动", "Moved";
    LEFT: "下编", "Out";
    ENTRY: "{what}：{unit} {people} 人", "{what}: {unit}, {people}";
    ENTRY_BY: "{said}（{by}）", "{said} ({by})";
    BY_BOTH: "{document}，{batch}", "{document}, {batch}";
    TAKEN_OUT: "删除 {said}", "deleted: {said}";
    DOCUMENT: "{year} 年用编计划文号 {document}", "document of the plan of {year}: {document}";
    NO_DOCUMENT: "{year} 年用编计划不填文号", "no document of the plan of {year}";
    RESERVE: "{year} 年留用 {reserve}", "kept vacant in {year}: {reserve}";
    NO_RESERVE: "{year} 年不留用", "nothing kept vacant in {year}";
}

/// What an entry of the year says, in a word.
pub fn flow(what: Flow) -> Message {
    match what {
        Flow::Approved => APPROVED,
        Flow::Entered => ENTERED,
        Flow::Moved => MOVED,
        Flow::Left => LEFT,
    }
}

/// What a step did to the use of posts: the entry that it took in, out or changed, with the document and
/// the batch of an approval; a plan's own document, or what it keeps vacant.
pub fn step(step: &Step, now: &State, lang: Lang) -> String {
    let pools = step.commands.iter().find_map(|command| match command {
        Command::SetPool { old: Some(old), new: Some(new), .. } => {
            Some([old.as_ref(), new.as_ref()])
        }
        _ => None,
    });
    let told = pools.and_then(|pools| change(pools, &now.county, lang));
    told.unwrap_or_else(|| USE.get(lang).to_owned())
}

/// The one thing that differs between the years of two pools; `None` where it is more, or nothing.
fn change([old, new]: [&Pool; 2], county: &County, lang: Lang) -> Option<String> {
    let years = old.uses.iter().chain(&new.uses).map(|own| own.year);
    let mut differing = years.filter(|year| old.year_of_use(*year) != new.year_of_use(*year));
    let year = differing.next()?;
    if differing.any(|other| other != year) {
        return None;
    }
    let none = Use { year, ..Use::default() };
    let [old, new] = [old, new].map(|pool| pool.year_of_use(year).unwrap_or(&none));
    match ends_apart(&old.entries, &new.entries) {
        ([], []) if old.document != new.document => {
            let message = if new.document.is_empty() { NO_DOCUMENT } else { DOCUMENT };
            Some(message.with(lang, &[("year", &year), ("document", &new.document)]))
        }
        ([], []) => {
            let message = if new.reserve.is_empty() { NO_RESERVE } else { RESERVE };
            let reserve = reserve_text(&new.reserve);
            Some(message.with(lang, &[("year", &year), ("reserve", &reserve)]))
        }
        ([], [came]) | ([_], [came]) => Some(entry(came, county, lang)),
        ([gone], []) => Some(TAKEN_OUT.with(lang, &[("said", &entry(gone, county, lang))])),
        _ => None,
    }
}

/// What is left of two lists without what both begin and end with.
fn ends_apart<'a>(old: &'a [UseEntry], new: &'a [UseEntry]) -> (&'a [UseEntry], &'a [UseEntry]) {
    let same = |(one, other): &(&UseEntry, &UseEntry)| one == other;
    let start = old.iter().zip(new).take_while(same).count();
    let rest = |list: &'a [UseEntry]| list.get(start..).unwrap_or_default();
    let (old, new) = (rest(old), rest(new));
    let end = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let rest = |list: &'a [UseEntry]| list.get(..list.len() - end).unwrap_or_default();
    (rest(old), rest(new))
}

fn entry(entry: &UseEntry, county: &County, lang: Lang) -> String {
    let unit = county.unit_name(&entry.unit);
    let what = flow(entry.what).get(lang);
    let said = ENTRY.with(lang, &[("what", &what), ("unit", &unit), ("people", &entry.people)]);
    let by = match (entry.document.is_empty(), entry.batch.is_empty()) {
        (true, true) => return said,
        (false, true) => entry.document.clone(),
        (true, false) => entry.batch.clone(),
        (false, false) => {
            BY_BOTH.with(lang, &[("document", &entry.document), ("batch", &entry.batch)])
        }
    };
    ENTRY_BY.with(lang, &[("said", &said), ("by", &by)])
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::county::{KindId, UnitCode};
    use crate::sample;
    use crate::scenario::Label;

    /// An approval with its document and batch, the same in another batch, and taken out again; a plan's
    /// document and what it keeps vacant; two at once are told by the name of the table.
    #[test]
    fn the_history_tells_what_was_done_to_the_year() {
        let workspace = sample::county().unwrap().workspace;
        let state = workspace.state();
        let pool = state.county.pool(KindId::general()).unwrap().clone();
        let told = |old: &Pool, new: &Pool| {
            let [old, new] = [old, new].map(|pool| Some(Box::new(pool.clone())));
            let kind = KindId::general().clone();
            let commands = vec![Command::SetPool { kind, old, new }];
            let step = Step { label: Label::Use, commands };
            [Lang::Zh, Lang::En].map(|lang| super::step(&step, state, lang))
        };
        let date: NaiveDate = "2026-12-01".parse().unwrap();
        let plain = UseEntry::new(date, Flow::Approved, UnitCode::new("G09"), 2);
        let document = "〔2026〕8 号".to_owned();
        let approval = UseEntry { document, batch: "第二批".into(), ..plain.clone() };
        let with = |entries: &[&UseEntry]| {
            let mut pool = pool.clone();
            pool.of_year(2026, |own| own.entries.extend(entries.iter().copied().cloned()));
            pool
        };
        let one = with(&[&approval]);
        let [zh, en] = told(&pool, &one);
        assert_eq!(zh, "核准：县国有资产事务中心 2 人（〔2026〕8 号，第二批）");
        assert_eq!(en, "Approved: 县国有资产事务中心, 2 (〔2026〕8 号, 第二批)");
        assert_eq!(told(&pool, &with(&[&plain]))[0], "核准：县国有资产事务中心 2 人");
        let mut later = one.clone();
        let edit = |own: &mut Use| own.entry_mut(&approval).unwrap().batch = "第三批".into();
        later.of_year(2026, edit);
        assert_eq!(told(&one, &later)[0], "核准：县国有资产事务中心 2 人（〔2026〕8 号，第三批）");
        assert_eq!(told(&one, &pool)[0], format!("删除 {zh}"));
        assert_eq!(told(&pool, &with(&[&plain, &approval]))[0], "用编年度台账");
        let set = |edit: &dyn Fn(&mut Use)| {
            let mut pool = pool.clone();
            pool.of_year(2031, edit);
            pool
        };
        let document = set(&|own| own.document = "〔2030〕9 号".into());
        assert_eq!(told(&pool, &document)[0], "2031 年用编计划文号 〔2030〕9 号");
        assert_eq!(told(&document, &pool)[0], "2031 年用编计划不填文号");
        let reserve =
            set(&|own| own.reserve = vec![crate::pool::plan::Reserve { from: 11, keep: 1 }]);
        assert_eq!(told(&pool, &reserve)[0], "2031 年留用 11:1");
    }

    /// A file of before knows neither document nor batch of an approval, and reads to the same entry; where
    /// both are empty nothing is written of them.
    #[test]
    fn an_approval_without_a_document_is_written_as_before() {
        let old = r#"{"date":"2026-06-01","what":"approved","unit":"G09","people":2}"#;
        let entry: UseEntry = serde_json::from_str(old).unwrap();
        assert_eq!((entry.document.as_str(), entry.batch.as_str()), ("", ""));
        assert_eq!(serde_json::to_string(&entry).unwrap(), old);
        let new = UseEntry { document: "〔2026〕8 号".into(), batch: "二".into(), ..entry };
        let text = serde_json::to_string(&new).unwrap();
        assert_eq!(serde_json::from_str::<UseEntry>(&text).unwrap(), new);
    }
}
