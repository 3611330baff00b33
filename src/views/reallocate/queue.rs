//! The posts around the edge: who would get ten more, from whom ten fewer would come, with keys.

use bianheng_core::allocate::{Queue, Queued, Structure, queue_in_steps};
use bianheng_core::pace::Steps;
use bianheng_core::report::reallocate::{key_text, row_name};
use bianheng_core::text::{Message, number, reallocate as words};
use leptos::prelude::*;

use super::desk::{Shared, use_desk};
use super::slow::{WorkLine, slow};
use crate::widgets::Html;

/// Posts listed on each side.
const LISTED: usize = 10;

/// The two lists.
#[component]
pub fn QueueBlock() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let (around, work) = slow(words::WORK_QUEUE, "queue", move || {
        let (study, proposal) = desk.rested.get()?;
        Some(Steps::begin(move |pace| async move {
            Some(queue_in_steps(&study.prepared.problem, &proposal, LISTED, &pace).await)
        }))
    });
    let side = move |of: fn(&Queue) -> &Vec<Queued>| {
        let listed = move |around: &Option<Shared<Queue>>| {
            around.as_ref().map(|around| of(around).clone()).unwrap_or_default()
        };
        Signal::derive(move || around.with(listed))
    };
    let note = move || {
        let lang = state.lang.get();
        let rule = desk.limits.with(|limits| limits.rule);
        let mut note = words::QUEUE_NOTE.with(lang, &[("key", &words::key(rule).get(lang))]);
        let crossing = desk.proposal.with(|after| {
            let after = after.as_ref()?;
            let crosses = after.grouped.as_ref()?.structure == Structure::Crossing;
            crosses.then(|| {
                if after.is_limited() { words::QUEUE_CROSSING } else { words::QUEUE_SHIFTS }
            })
        });
        note.push_str(crossing.map_or("", |message| message.get(lang)));
        note
    };
    view! {
        <section class="block queue-block">
            <header class="sec">
                <h2>{state.say(words::QUEUE)}</h2>
                <span class="note">{note}</span>
            </header>
            <WorkLine work=work />
            <WorkLine work=desk.ranks_work />
            <div class="pair">
                <Side
                    caption=words::NEXT_GIVE
                    testid="queue-give"
                    gives=true
                    posts=side(|around| &around.give)
                />
                <Side
                    caption=words::NEXT_TAKE
                    testid="queue-take"
                    gives=false
                    posts=side(|around| &around.take)
                />
            </div>
        </section>
    }
}

#[component]
fn Side(
    caption: Message,
    testid: &'static str,
    gives: bool,
    posts: Signal<Vec<Queued>>,
) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let rows = move || {
        let lang = state.lang.get();
        let posts = posts.get();
        let mut html = Html::default();
        if posts.is_empty() {
            html.open("tr", &[]).open("td", &[("colspan", "4"), ("class", "note")]);
            html.text(words::QUEUE_EMPTY.get(lang)).close("td").close("tr");
            return html.done();
        }
        let named = desk.study.with(|study| {
            state.with(|open| {
                let county = &open.workspace().state().county;
                let prepared = study.as_ref().map(|study| &study.prepared);
                let of = |line: usize| {
                    let prepared = prepared?;
                    let row = *prepared.rows.get(line)?;
                    Some((row_name(county, row, lang), prepared.ids.get(line)?.to_string()))
                };
                let with = |queued: &Queued| {
                    let shifts = queued.with.iter().map(|shift| {
                        let (name, _) = of(shift.line).unwrap_or_default();
                        format!("{name} {}", if shift.more { "+1" } else { "−1" })
                    });
                    shifts.collect::<Vec<_>>().join(words::COMMA.get(lang))
                };
                let named = posts.iter().map(|queued| {
                    let (name, id) = of(queued.line).unwrap_or_default();
                    (name, id, with(queued))
                });
                named.collect::<Vec<_>>()
            })
        });
        let rows = posts.into_iter().zip(named.unwrap_or_default()).enumerate();
        for (at, (queued, (name, id, with))) in rows {
            let held = u64::from(queued.key.held());
            let (from, to) = if gives { (held, held + 1) } else { (held + 1, held) };
            let (tied, sign) = if queued.tied { (words::TIED.get(lang), "＝") } else { ("", "") };
            html.open("tr", &[("data-testid", testid), ("data-id", &id), ("title", tied)]);
            html.put("td", "no", &(at + 1).to_string());
            html.open("th", &[("scope", "row"), ("class", "unit"), ("title", &name)]);
            html.text(&name).close("th").open("td", &[("class", "num")]);
            html.text(&number::count(from)).put("span", "arr", "→").text(&number::count(to));
            html.close("td").put("td", "num k", &format!("{}{sign}", key_text(&queued.key)));
            html.close("tr");
            if !with.is_empty() {
                let text = words::QUEUE_WITH.with(lang, &[("changes", &with)]);
                html.open("tr", &[("data-testid", "queue-with")]).put("td", "", "");
                html.open("td", &[("colspan", "3"), ("class", "note")]).text(&text);
                html.close("td").close("tr");
            }
        }
        html.done()
    };
    view! {
        <table class="t queue">
            <caption>{state.say(caption)}</caption>
            <thead class="sr-only">
                <tr>
                    <th scope="col">"#"</th>
                    <th scope="col">{state.say(words::UNIT)}</th>
                    <th scope="col">{state.say(words::POSTS_CHANGE)}</th>
                    <th scope="col">{state.say(words::KEY)}</th>
                </tr>
            </thead>
            <tbody inner_html=rows></tbody>
        </table>
    }
}
