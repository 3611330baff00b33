//! Shares out a total of posts as a JSON file asks, and prints the answer as JSON with its proof.
//!
//! ```text
//! cargo run -p bianheng-core --example allocate -- FILE      (- reads standard input)
//! ```
//!
//! # The file
//! One object. Names in brackets are read as well; names of fields that are not listed are told as
//! findings and otherwise ignored.
//!
//! | field | meaning | default |
//! |---|---|---|
//! | `units` [`lines`, `schools`] | the list of units below, or an object from id to unit | required |
//! | `total` [`budget`] | posts to have in all afterwards; or an object from kind to posts | sum of `now` |
//! | `reserve` | posts of the total that stay unassigned; or an object from kind to posts | 0 |
//! | `rule` [`method`] | see below | `balanced` |
//! | `limit` [`limit_on_moves`, `max_moves`, `k`] | at most so many posts move; `null` for no limit | none |
//! | `groups` | the list of groups below, or an object from name to group | none |
//! | `curve` | `true`: also the best result for every number of moves | `false` |
//! | `queue` | so many of the next posts to give and to take | 10 |
//! | `compare` | `true`: also all five rules side by side | `false` |
//! | `scale` | `true`: also the largest factor on all needs that the total affords when each need is rounded `up`, `halfup` or `down`: `most` (itself affordable if `included`), `posts` then | `false` |
//!
//! A unit: `id` [`code`, `name`] (default its place from 0), `need` [`n`, `weight`], `now`
//! [`current`, `posts`, `q`] (default 0), `low` [`lo`, `min`, `lower`] (default 0), `high` [`hi`,
//! `max`, `upper`] (default none), `bounds` `[low, high]`, `entitled` (whole posts for reporting
//! shortage, default the need rounded half up), `kind` (units of different kinds never mix: each
//! kind is a problem of its own), `groups` (names of groups it belongs to). Bounds by name, each
//! with its reason in the answer: `in_post` (never below), `floor`, `cap_down` and `cap_up` (posts,
//! or `"10%"` of `now` rounded down), `locked`/`fixed` (`true`: keeps `now`; a number: exactly so
//! many), `closing` (`true`: no posts), `opening` (at most so many, from 0).
//!
//! A number of need is an integer (`12`), a decimal (`9.5`, read as it is written), a fraction as
//! text (`"186/19"`), `[186, 19]`, or `{"num": 186, "den": 19}`. Posts are integers, zero or more.
//!
//! A group: `name` [`id`], `units` [`lines`, `members`] (ids, or places from 0), `low` [`lo`,
//! `min`] (default 0), `high` [`hi`, `max`] (default none), `bounds` `[low, high]`, `total`
//! [`exactly`, `equals`] (both bounds). Groups may be nested in any depth, and two families of
//! nested groups may cross; more ways of crossing are refused by name.
//!
//! Rules, in any case and with any separators: `balanced` (`webster`, `sainte-lague`,
//! `least_squares`, `均衡`), `worst_first` (`adams`, `leximin`, `max_min`, `保底`), `equal_gap`
//! (`huntington-hill`, `hill`, `相对均等`), `never_overfill` (`dhondt`, `jefferson`, `防超配`),
//! `largest_remainder` (`hamilton`, `最大余数`).
//!
//! # The answer
//! `status`: `optimal`, `feasible` (a limit on moves with crossing groups that the search could not
//! prove), `infeasible` (limits that clash: `clash` names the smallest set and how far each would
//! have to give way) or `invalid` (the file: `findings` say where and what to do). Every finding has
//! `code`, `where`, `message`, `cure`; that of a clash has the `kind` of the clash as its code, and
//! bounds that cross have one for each unit. `smallest` of lower bounds stands the largest first; upper
//! bounds that leave too little room all belong to it, and stand those furthest below the need first;
//! then the largest, then by id.
//!
//! With an answer: `posts` (id → posts), `allocation` (posts in the order of the file; where
//! `units` is an object, in the order of the ids), `moved`,
//! `gained`, `lost`, `least` and `most` (moves of the answer with the fewest moves, and of the
//! optimum), `objective` (exact fractions as text, see below), `groups` (posts of each),
//! `certificate` (cut-off, prices, one reason each for not more and not less), `verified` (whether
//! the independent judge passes it), `proof` (`exchange`: no move of a post does better, `prices`: the
//! prices bear it out, `cases`: the search says that it went through every case and the judge looked at
//! all but that, `none`), `queue` (what one post more, or fewer, in the total would change, one after the
//! other; under crossing groups other units may shift `with` it). Lines without need (`need` 0) get posts only if
//! nobody else may have them; `objective.posts_without_need` is made small before anything else.
//!
//! `objective`, with x posts, n need, over units with need above 0; s = n × total ÷ sum of needs:
//! `sum_x2_over_n` Σx²/n, `deviation` Σ(x−s)²/s (the same order: what `balanced` makes small),
//! `sum_n2_over_x` Σn²/x over units with posts, `lowest` and `highest` x/n, `worst_sorted` every
//! x/n from the lowest (what `worst_first` makes large one after another, `never_overfill` small
//! from the end), `sum_off_share2` Σ(x−share)² with `shares` (only `largest_remainder`:
//! need × t moved into the bounds of each unit, with the one t that uses up the total). `value` is
//! the one of the rule.
//!
//! With several kinds the answer is `{"status": .., "kinds": {kind: answer}}`.

mod big;
mod fields;
mod finding;
mod groups;
mod json;
mod kinds;
mod read;
mod tell;
mod units;
mod values;

use std::io::{Read, Write};

fn main() -> std::process::ExitCode {
    let path = std::env::args().nth(1);
    let text = match path.as_deref() {
        None => Err("usage: allocate FILE (or - for standard input)".to_owned()),
        Some("-") => {
            let mut text = String::new();
            let read = std::io::stdin().read_to_string(&mut text);
            read.map(|_| text).map_err(|error| error.to_string())
        }
        Some(path) => std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}")),
    };
    let answer = match text {
        Ok(text) => tell::answer(&text),
        Err(message) => tell::invalid(&[finding::Finding::new(
            "file_unreadable",
            "file",
            message,
            "name a file that can be read",
        )]),
    };
    let mut out = std::io::stdout().lock();
    let written = serde_json::to_writer_pretty(&mut out, &answer)
        .map_err(std::io::Error::from)
        .and_then(|()| out.write_all(b"\n"));
    match written {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(_) => std::process::ExitCode::FAILURE,
    }
}
