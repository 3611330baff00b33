//! The posts around the edge: who would get ten more, from whom ten fewer would come, with keys.

use bianheng_core::allocate::{Queue, Queued, Structure, queue};
use bianheng_core::report::reallocate::{key_text, row_name};
use bianheng_core::text::{Message, number, reallocate as words};
use leptos::prelude::*;

use super::desk::use_desk;

/// Posts listed on each side.
const LISTED: usize = 10;

/// The two lists.
#[component]
pub fn QueueBlock() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let around = Memo::new(move |_| {
        let around = desk.study.with(|study| {
            let problem = &study.as_ref()?.prepared.problem;
            desk.proposal.with(|after| Some(queue(problem, after.as_ref()?, LISTED)))
        });
        around.unwrap_or_else(|| Queue { give: Vec::new(), take: Vec::new() })
    });
    let note = move || {
        let lang = state.lang.get();
        let rule = desk.limits.with(|limits| limits.rule);
        let mut note = words::QUEUE_NOTE.with(lang, &[("key", &words::key(rule).get(lang))]);
        let crossing = desk.proposal.with(|after| {
            let grouped = after.as_ref().and_then(|after| after.grouped.as_ref());
            grouped.is_some_and(|grouped| grouped.structure == Structure::Crossing)
        });
        if crossing {
            note.push_str(words::QUEUE_CROSSING.get(lang));
        }
        note
    };
    view! {
        <section class="block queue-block">
            <header class="sec">
                <h2>{state.say(words::QUEUE)}</h2>
                <span class="note">{note}</span>
            </header>
            <div class="pair">
                <Side
                    caption=words::NEXT_GIVE
                    testid="queue-give"
                    gives=true
                    posts=Signal::derive(move || around.with(|around| around.give.clone()))
                />
                <Side
                    caption=words::NEXT_TAKE
                    testid="queue-take"
                    gives=false
                    posts=Signal::derive(move || around.with(|around| around.take.clone()))
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
        if posts.is_empty() {
            let text = state.t(words::QUEUE_EMPTY);
            return view! { <tr><td colspan="4" class="note">{text}</td></tr> }.into_any();
        }
        let named = desk.study.with(|study| {
            state.with(|open| {
                let county = &open.workspace().state().county;
                let prepared = study.as_ref().map(|study| &study.prepared);
                let of = |queued: &Queued| {
                    let prepared = prepared?;
                    let row = *prepared.rows.get(queued.line)?;
                    Some((row_name(county, row, lang), prepared.ids.get(queued.line)?.to_string()))
                };
                posts.iter().map(|post| of(post).unwrap_or_default()).collect::<Vec<_>>()
            })
        });
        let rows = posts.into_iter().zip(named.unwrap_or_default()).enumerate();
        rows.map(|(at, (queued, (name, id)))| {
            let held = u64::from(queued.key.held());
            let (from, to) = if gives { (held, held + 1) } else { (held + 1, held) };
            let tied = queued.tied.then(|| state.t(words::TIED));
            let title = name.clone();
            view! {
                <tr data-testid=testid data-id=id title=tied>
                    <td class="no">{at + 1}</td>
                    <th scope="row" class="unit" title=title>{name}</th>
                    <td class="num">
                        {number::count(from)}
                        <span class="arr">"→"</span>
                        {number::count(to)}
                    </td>
                    <td class="num k">
                        {key_text(&queued.key)}
                        {queued.tied.then_some("＝")}
                    </td>
                </tr>
            }
        })
        .collect_view()
        .into_any()
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
            <tbody>{rows}</tbody>
        </table>
    }
}
