//! The schools in which the two scenarios differ: posts in every scenario, the difference of the
//! margins and the causes that sum to it. Filtered by township, name and hand.

use std::collections::BTreeSet;

use bianheng_core::scenario::Cause;
use bianheng_core::text::{Lang, compare as words, names, number};
use leptos::prelude::*;

use super::desk::{Desk, Seen};
use super::use_desk;
use crate::widgets::{Html, Icon, icon, picked, walk};

/// Rows that are shown beside the others when more are asked for.
const MORE: usize = 1_000;

/// The table.
#[component]
pub fn Units() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let note = move || {
        let n = desk.seen.with(|seen| seen.as_ref().map_or(0, |seen| seen.rows.len()));
        let n = number::count(u64::try_from(n).unwrap_or(u64::MAX));
        words::UNITS_NOTE.with(state.lang.get(), &[("n", &n)])
    };
    let html = move || {
        let lang = state.lang.get();
        desk.seen.with(|seen| seen.as_ref().map(|seen| table(seen, desk, lang)).unwrap_or_default())
    };
    let townships = move || {
        let lang = state.lang.get();
        let mut html = Html::default();
        html.open("option", &[("value", "")]).text(words::ALL_TOWNSHIPS.get(lang)).close("option");
        desk.seen.with(|seen| {
            let rows = seen.iter().flat_map(|seen| seen.rows.iter().map(move |row| (seen, row)));
            let names = rows.filter_map(|(seen, row)| {
                let (from, to) = (seen.from()?, seen.to()?);
                let (county, holding) = row.holding(&from.compared, &to.compared)?;
                Some(county.unit_of(holding)?.township.as_str())
            });
            for name in names.collect::<BTreeSet<&str>>() {
                let chosen = desk.township.with_untracked(|township| township == name);
                let chosen = if chosen { "selected" } else { "" };
                html.open("option", &[("value", name), ("selected", chosen)]);
                html.text(name).close("option");
            }
        });
        html.done()
    };
    let pick = move |event: web_sys::MouseEvent| match picked(&event) {
        // The proof is of the open scenario, which need not have founded the unit.
        Some((what, at)) if what == "proof" => {
            let row = at.parse().ok().and_then(|id| {
                state.peek(|open| open.workspace().state().index().row(&id)).flatten()
            });
            state.proof.set(row);
        }
        Some((what, _)) if what == "more" => desk.rows.update(|rows| *rows += MORE),
        Some((_, at)) => desk.remark.set(Some(at)),
        None => {}
    };
    view! {
        <section class="block" aria-labelledby="units-h">
            <header class="sec bar">
                <h2 id="units-h">{state.say(words::UNITS)}</h2>
                <span class="note" data-testid="units-note">{note}</span>
                <span class="acts">
                    <label class="box find">
                        {icon(Icon::Search, "ico-13")}
                        <input
                            data-testid="units-find"
                            aria-label=state.say(words::FIND)
                            placeholder=state.say(words::FIND)
                            on:input=move |event| desk.find.set(event_target_value(&event))
                        />
                    </label>
                    <span class="select">
                        <select
                            data-testid="units-township"
                            aria-label=state.say(words::TOWNSHIP)
                            inner_html=townships
                            on:change=move |event| desk.township.set(event_target_value(&event))
                        ></select>
                        {icon(Icon::ChevronDown, "ico-13")}
                    </span>
                    <label class="tick">
                        <input
                            type="checkbox"
                            data-testid="units-by-hand"
                            on:change=move |event| desk.by_hand.set(event_target_checked(&event))
                        />
                        {state.say(words::ONLY_HAND)}
                    </label>
                </span>
            </header>
            <div
                class="scroll-x"
                tabindex="0"
                data-testid="units"
                inner_html=html
                on:click=pick
                on:keydown=move |event| walk(&event)
            ></div>
        </section>
    }
}

fn table(seen: &Seen, desk: Desk, lang: Lang) -> String {
    let (Some(from), Some(to)) = (seen.from(), seen.to()) else { return String::new() };
    let (township, find, by_hand) = (desk.township.get(), desk.find.get(), desk.by_hand.get());
    let mut html = Html::default();
    if seen.rows.is_empty() {
        html.put("p", "note", words::SAME.get(lang));
        return html.done();
    }
    html.open("table", &[("class", "t dense")]).open("thead", &[]).open("tr", &[]);
    for head in [words::SCHOOL, words::STAGE, words::TOWNSHIP] {
        html.head("", head.get(lang));
    }
    html.head("num", words::ENTITLEMENT.get(lang));
    for (place, side) in seen.sides.iter().enumerate() {
        let class = if place == seen.pair.1 { "num is-side" } else { "num" };
        html.head(class, &desk.name(side));
    }
    html.head("num", words::POSTS_DIFFER.get(lang));
    for cause in Cause::ALL {
        html.head("num", words::cause(cause).get(lang));
    }
    html.head("num grp", &format!("{} · {}", words::MARGIN_OF.get(lang), desk.name(from)));
    html.head("num", &format!("{} · {}", words::MARGIN_OF.get(lang), desk.name(to)));
    html.open("th", &[("scope", "col")])
        .put("span", "sr-only", words::REMARK.get(lang))
        .close("th");
    html.close("tr").close("thead").open("tbody", &[]);
    let most = desk.rows.get();
    let mut rest = (0_u64, 0_i64, [0_i64; 5]);
    let mut shown = 0;
    for row in &seen.rows {
        let Some((county, holding)) = row.holding(&from.compared, &to.compared) else { continue };
        let Some(unit) = county.unit_of(holding) else { continue };
        let hand = row.parts.get(Cause::Hand as usize).is_some_and(|part| *part != 0);
        if (by_hand && !hand)
            || (!township.is_empty() && unit.township != township)
            || !unit.name.contains(find.trim())
        {
            continue;
        }
        let posts = row.to.posts - row.from.posts;
        shown += 1;
        if shown > most {
            rest.0 += 1;
            rest.1 += posts;
            for (sum, part) in rest.2.iter_mut().zip(row.parts) {
                *sum += part;
            }
            continue;
        }
        let id = row.id.to_string();
        html.open("tr", &[("data-testid", "unit-row"), ("data-id", &id)]);
        html.open("th", &[("scope", "row")]);
        html.button("link", "unit-open", "proof", &id, &unit.name);
        html.close("th");
        let stage = holding.part.stage().map_or("—", |stage| names::stage(stage).get(lang));
        html.put("td", "ink3", stage).put("td", "ink3", &unit.township);
        html.open("td", &[("class", "num")]);
        let entitled = |value: Option<i64>| value.map_or("—".to_owned(), number::grouped);
        if row.from.entitled != row.to.entitled {
            html.put("span", "was", &entitled(row.from.entitled)).put("span", "arr", "→");
        }
        html.text(&entitled(row.to.entitled)).close("td");
        for (place, side) in seen.sides.iter().enumerate() {
            let class = if place == seen.pair.1 { "num is-side" } else { "num" };
            let there = &side.compared.state;
            let posts = there.index().row(&row.id).and_then(|at| there.county.holdings.get(at));
            html.put(
                "td",
                class,
                &posts.map_or(String::new(), |h| number::count(u64::from(h.authorised))),
            );
        }
        html.put("td", "num strong", &number::signed(posts));
        for part in row.parts {
            html.put("td", "num sunk", &part_text(part));
        }
        html.open("td", &[("class", "num grp")]).margin(margin(row.from)).close("td");
        html.open("td", &[("class", "num")]).margin(margin(row.to)).close("td");
        html.open("td", &[("class", "num")]);
        html.button("link", "remark", "remark", &format!("posts {id}"), words::REMARK.get(lang));
        html.close("td").close("tr");
    }
    if rest.0 > 0 {
        html.open("tr", &[("class", "sum")]);
        html.open("th", &[("scope", "row")]).text(&format!("+ {} ", number::count(rest.0)));
        let n = number::count(rest.0.min(MORE as u64));
        let more = words::UNITS_MORE.with(lang, &[("n", &n)]);
        html.button("link", "units-more", "more", "", &more);
        html.close("th").put("td", "", "");
        html.put("td", "", "").put("td", "", "");
        for _ in &seen.sides {
            html.put("td", "", "");
        }
        html.put("td", "num", &number::signed(rest.1));
        for part in rest.2 {
            html.put("td", "num", &part_text(part));
        }
        html.put("td", "grp", "").put("td", "", "").put("td", "", "").close("tr");
    }
    html.close("tbody").close("table");
    html.done()
}

fn margin(stand: bianheng_core::scenario::Stand) -> Option<i64> {
    stand.entitled.map(|_| stand.margin())
}

fn part_text(part: i64) -> String {
    if part == 0 { "·".to_owned() } else { number::signed(part) }
}
