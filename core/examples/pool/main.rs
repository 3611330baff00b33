//! Works a case of a turnover pool out: `cargo run -p bianheng-core --example pool -- FILE`. FILE holds
//! one JSON case, or a list of cases; the answer, or a list of answers, goes out as JSON. A bad case
//! gets an answer with `"ok": false` and an error; nothing panics. Without FILE the case is read from
//! the standard input. The exit code is 0 if every case was worked out.
//!
//! # The case
//!
//! Posts and people are whole numbers from 0 to 10,000,000. Days are `"2026-12-01"`; a bare year such
//! as `2026` stands for its 1 January, in `due` and in schedules for its 31 December. Ids and codes may
//! be numbers or texts. Fields that are not named here are listed in `ignored` and change nothing.
//!
//! ```text
//! pool            object
//!   name          text; "pool"
//!   kind          kind of its posts; "general"
//!   model         "cut_off" or "A", "use_only" or "B", "separate" or "C"; "cut_off"
//!   size          posts when its book opens; the sum of sources, else 0
//!   sources       [{unit, posts, document}] that add up to the size; unit may be left out
//!   own_total     of model C: the pool's own total; not limited
//!   document      text
//!   term_years    years of a loan; 3
//!   terms         {sort: years} by sort of purpose, or [{sort, years}]
//!   fill_months   months to fill an approved post; without it posts are in use from the first day
//!   count_departures  may departures that are only expected be counted; false
//!   way           how loans come back where they do not say; "at_term"
//!   rules, tiers, criteria, ties, caps, loans, events, batches, overrides   may stand here or beside
//!                 the pool
//! units           [unit], each with
//!   code          (or id, unit)
//!   name          text
//!   kind          kind of its posts; the pool's. A unit may stand once for each kind; one without posts
//!                 of the pool's kind is granted nothing, whatever the rules leave out
//!   authorised    posts (or posts); 0
//!   in_post       people in post (or staff); equal to authorised
//!   entitled      posts that the norm gives; not known
//!   departures    {"2027": 2} or [{year, people}]: people expected to leave
//!   category, township   texts, for caps, tiers and rules
//!   leaders       leader posts, for movements
//!   closed        the day it closed
//! departures      more of them: {code: {"2027": 2}} or [{unit, year, people}]; added to the units'
//! applications    [application], each with
//!   id            unique; "A1", "A2" … by its place
//!   unit          code
//!   posts         posts asked for (or asked), at least 1
//!   tier          1 goes first (or priority); by `tiers` where it is left out
//!   score         number or text with at most two decimals; none goes last in its tier
//!   marks         {criterion: mark} or [{criterion, score}]: instead of a score, with `criteria`
//!   sort          sort of purpose: "livelihood", "talent", "education", "secondment" … (or purpose_sort)
//!   purpose, talent, note, document   texts
//!   way           how it is to come back: "next_vacancy", "person_leaves", "at_term"
//!   kind          kind of post it asks for; must be the pool's
//!   batch         name of a batch, or its number from 1. Else the first batch on or after `date`, else
//!                 the first in `year`, else the first batch
//!   date, year    when it came in
//!   unfilled      of the posts granted, so many will not be filled and lapse; needs fill_months; 0
//! batches         [{name, date, limit}], by date; one without a limit on `today` where there is none
//! rules           [{kind, …, otherwise, clause, off}], each of a known kind:
//!   not_overfull               in post ≤ authorised
//!   must_be_full               in post ≥ authorised (less what it lent under model B)
//!   kind_matches               the unit holds posts of the pool's kind
//!   no_overdue_loan            no post of the unit is past due
//!   unit_limit {posts}         granted to the unit in this batch ≤ posts
//!   loan_within_departures {years}  on loan + granted ≤ departures in the `years` calendar years after
//!                              the batch's
//!   compare {measure, at_least, posts, of, percent, years}  measure ≤ posts + ⌊of × percent ÷ 100⌋, or
//!                              ≥ with at_least. Measures: authorised, in_post, vacancy, excess,
//!                              departures (of `years`), entitled, shortage (entitled − authorised),
//!                              owed, overdue, asked, asked_in_batch (with what the unit is granted
//!                              before in the batch), asked_with_owed (that and what is on loan)
//!   one_of {field, any}        field is in any. Fields: sort, talent, category, township, unit
//!   otherwise     "fail": nothing is granted; "review": nothing until decided by hand; "cut": what the
//!                 rule allows. Cut is usual for unit_limit, loan_within_departures, and compare ≤ of
//!                 the three asked measures; fail for all others
//! tiers           [{field, any, tier}]: the first that holds an application gives its tier; else one
//!                 after all of them (1 where there are none)
//! criteria        [{name, weight}]: score = Σ weight × mark ÷ Σ weight, exact; no mark counts 0
//! ties            after tier and score: "fewer_asked", "more_asked", "earlier", "more_departures" (of
//!                 term_years), "shorter"; then always the unit's code and the application's id, as texts
//! caps            [{name, field, any, posts, in_rotation}]: at most so many posts in one batch for the
//!                 applications it holds, those whose field is in any (in_rotation: out in loans of its sort
//!                 at any time). any names at least one, none of them blank. Any two caps are nested or apart
//! overrides       [{application, granted, reason, document}]: set aside before anything is served
//! loans           [{id, unit or name, posts, from, due, returned, way, sort, purpose, fill_by,
//!                 schedule, document}] before the batches. `returned` came back before the book opened;
//!                 due is `from` and the term; id is "L1", "L2" … by its place
//! events          [{date, what, loan, posts, way, unit, due, schedule, document, note}]: the book. what:
//!                 add, withdraw (posts, document; unit if they are a unit's), fill, return (posts, way),
//!                 lapse (posts), renew (due, document), schedule (schedule, document), rehome (unit,
//!                 document). A loan is named by its id, one that a batch grants by its application's
//! schedule        {"2026": 100, "2027": 100} or [{date, posts}]: adds up to what is on loan
//! today           the last day of which the book tells everything; the day of the first batch
//! years           number of years, [2026, …], or {from, to}: the rows of the ledger. From the first
//!                 batch's year (or the book's first) to the last in which something is due
//! count_departures  as in pool
//! plan            {year, reserve: [{from, keep}], entries: [{date, what, unit, from, people, document,
//!                 batch}]} with what "approved", "entered", "moved", "left": the yearly hiring plan; an
//!                 approval may name its own document and batch; people in post are
//!                 those at its start. allowed = max(0, usable − in post + departures that may be counted −
//!                 repays − reserve), repays = min(owed, the same income); nobody where in post > usable.
//!                 usable = authorised − lent (model B)
//! movements       [{what, from, to, unit, name, posts, people, leaders, kind, to_kind, date, document}],
//!                 one after another, what: with_function, adjust, found, swap, recover, merge, close. An
//!                 owner keeps as many posts vacant as it lent (model B)
//! totals          {kind: total}; for the pool's kind also `total`. Without it what was given out
//! at              [day, …]: the book of those days, with what is expected to come back by then
//! ```
//!
//! # How it is worked out
//!
//! - Batches go by date, then as they stand. A batch may grant its limit and what limited batches before
//!   it left of theirs, and never more than is free: the least size from its day on, less all that is
//!   out. A later one takes nothing from an earlier one. An application is decided once, in its batch.
//! - In a batch, who fails a rule goes last. The others are served in order, each with as much as its
//!   rules, the caps, the batch and the pool leave.
//! - An entry must hold by the loans and entries of the case alone, whatever is expected to come back
//!   before it, and also with that.
//! - Within one day: entries of the book (joining, renewals, returns, lapses, fills, leaving), lapses of
//!   what stayed unfilled, the batch, and in the evening what is expected. So a post that is due on the
//!   day of a batch cannot be granted in it.
//! - Expected from the evening of `today` on: at_term loans come back on their due day, schedules by
//!   their instalments. next_vacancy loans come back on 31 December of each year after that of `today`,
//!   if departures may be counted, by the people who leave the unit in that year less those over its
//!   posts, the loan that is due first before others, then by id. person_leaves loans, and next_vacancy
//!   loans where departures may not be counted, come back only by events. Promised posts are filled in
//!   the evening of their last day; `unfilled` ones lapse on the next day and are free for a batch on it.
//! - Rules see units as they are given, in every batch; what is on loan is that of the day.
//! - A post is overdue from the day after its due day.
//!
//! # The answer
//!
//! ```text
//! ok, ignored
//! awards    [{application, unit, batch, rank, tier, score, asked, granted, result, reason: {code, zh,
//!           en}, marks: [{rule, verdict, value, limit, to}], from, due, fill_by}] as the batches stand,
//!           by rank. result: granted, cut, refused, review. code: in_full, last_post, rule, cap,
//!           batch_spent, pool_spent, not_eligible, unknown_unit, kind_differs, closed_unit,
//!           overruled
//! batches   [{name, date, limit, carried, available, granted, unused, short}]: available = what it could
//!           grant; short = posts asked and not granted for want of posts
//! ledger    [{year, opening, added, withdrawn, returned: {total, next_vacancy, person_leaves, at_term,
//!           schedule}, lapsed, awarded, closing, size, in_use, promised, due, overdue}]
//!           opening + added − withdrawn + returned + lapsed − awarded = closing,
//!           closing + in_use + promised = size. due: out on the evening of each due day, and instalments;
//!           overdue on 31 December
//! loans     [{id, borrower, posts, out, in_use, promised, returned, lapsed, due, renewed, way}] at the end
//! overruled [{application, granted, reason, document}]
//! beyond_term [{loan, due, term_years, document}]: loans of the case due after their term
//! next      whom one more post would go to: [{application, now, then}] of the first batch
//! violations  what the independent checker finds wrong: nothing
//! identities  {model, holds, total, units, pool, unassigned, outside, lent, steps}: after the last entry,
//!           and how many steps were checked
//! usable    {unit: posts it can fill} of model B: authorised − in post − lent
//! at        [{date, size, free, in_use, promised, overdue}]
//! plan      {units: {code: {…}}, sum: {…}}
//! movements {kinds: {…}, units: {…}, debts: {…}, leaders: {…}, closed: […]} after the last
//! error     {code, clause: {zh, en}, zh, en, who, date, found, limit}; for a case that cannot be read
//!           {code: "format", where, zh, en}. A plan or movements that cannot be carry their own error and
//!           leave the rest of the answer as it is
//! ```

use std::io::{Read, Write};
use std::process::ExitCode;

use serde_json::{Value, json};

mod answer;
mod asking;
mod book;
mod case;
mod fields;
mod movements;
mod rules;
mod units;

fn main() -> ExitCode {
    let read = match std::env::args().nth(1) {
        Some(path) => std::fs::read_to_string(path),
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
    };
    let answer = match read {
        Ok(text) => work(&text),
        Err(error) => format_error("", &error.to_string()),
    };
    let failed = |answer: &Value| answer.get("ok").and_then(Value::as_bool) != Some(true);
    let bad = match &answer {
        Value::Array(answers) => answers.iter().any(failed),
        answer => failed(answer),
    };
    let mut out = std::io::stdout().lock();
    let text = serde_json::to_string_pretty(&answer).unwrap_or_default();
    // A closed pipe is no reason to panic.
    let _ = writeln!(out, "{text}");
    if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Works the text of one or several cases out.
fn work(text: &str) -> Value {
    match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Array(cases)) => Value::Array(cases.iter().map(one).collect()),
        Ok(case) => one(&case),
        Err(error) => format_error("", &error.to_string()),
    }
}

fn one(case: &Value) -> Value {
    match case::read(case) {
        Ok(case) => answer::answer(&case),
        Err(case::Bad::Format { place, detail }) => format_error(&place, &detail),
        Err(case::Bad::Pool(error)) => json!({ "ok": false, "error": answer::error(&error) }),
    }
}

/// What cannot be read, and where: a field, or the whole case where `place` is empty.
fn format_error(place: &str, detail: &str) -> Value {
    let (zh, en) = match place {
        "" => ("算例".to_owned(), "the case"),
        place => (format!("{place} "), place),
    };
    json!({ "ok": false, "error": {
        "code": "format",
        "where": place,
        "zh": format!("{zh}读不懂：{detail}"),
        "en": format!("{en} cannot be read: {detail}"),
    }})
}
