//! The certificate: the edge of the proposal, and for every row why it did not get one more post
//! and did not lose one more. Anyone can check it by hand, line by line.

use bianheng_core::allocate::{Cutoff, Mark};
use bianheng_core::report::reallocate::{Told, key_text, row_name};
use bianheng_core::text::{Message, names, number, reallocate as words, shell};
use leptos::html::Dialog;
use leptos::prelude::*;

use super::desk::{Desk, Verdict, use_desk};
use super::window::{Scrolled, gap};
use crate::widgets::{Icon, icon};

/// Opens the certificate.
#[component]
pub fn CertificateButton() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let open = RwSignal::new(false);
    let shut = move || !desk.verdict.with(Verdict::stands);
    view! {
        <button
            type="button"
            class="btn"
            data-testid="certificate"
            aria-haspopup="dialog"
            disabled=shut
            on:click=move |_| open.set(true)
        >
            {state.say(words::CERTIFICATE)}
        </button>
        <Show when=move || open.get()>
            <CertificateDialog open=open />
        </Show>
    }
}

#[component]
fn CertificateDialog(open: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let window = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(window) = window.get() {
            // Fails only where the dialog is open already.
            let _ = window.show_modal();
        }
    });
    // Closing the element first gives the focus back to where it was.
    let close = move || {
        if let Some(window) = window.get_untracked() {
            window.close();
        }
    };
    let title = move || {
        let lang = state.lang.get();
        let rule = desk.limits.with(|limits| limits.rule);
        let moved = number::count(desk.shown.get().unwrap_or(0));
        words::CERTIFICATE_TITLE
            .with(lang, &[("rule", &names::rule(rule).get(lang)), ("moved", &moved)])
    };
    let text = move || {
        state.t(match desk.verdict.get() {
            Verdict::Unproven(true) => words::CERTIFICATE_CASES,
            Verdict::Unproven(false) => words::CERTIFICATE_FOUND,
            _ => words::CERTIFICATE_TEXT,
        })
    };
    view! {
        <dialog
            class="dialog certificate"
            aria-labelledby="certificate-h"
            data-testid="certificate-dialog"
            node_ref=window
            on:close=move |_| {
                // The dialog may outlive what opened it.
                open.try_set(false);
            }
        >
            <div class="dlg-head">
                <h2 id="certificate-h">{title}</h2>
                <button
                    type="button"
                    class="shut"
                    data-testid="certificate-close"
                    aria-label=state.say(shell::CLOSE)
                    on:click=move |_| close()
                >
                    {icon(Icon::Cross, "")}
                </button>
            </div>
            <div class="dlg-body fixed">
                <p class="ink2">{text}</p>
                <Edge />
                <Rows />
            </div>
        </dialog>
    }
}

/// The four posts at the edge.
#[component]
fn Edge() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let one = move |label: Message, read: fn(&Cutoff) -> Option<Mark>| {
        let text = move || {
            let lang = state.lang.get();
            let mark = desk.proposal.with(|after| after.as_ref().and_then(|p| read(&p.cutoff)));
            let Some(mark) = mark else { return words::NONE.get(lang).to_owned() };
            format!("{} {}", named(desk, mark.line), key_text(&mark.key))
        };
        view! { <div><dt>{state.say(label)}</dt><dd>{text}</dd></div> }
    };
    view! {
        <dl class="figrow" data-testid="certificate-edge">
            {one(words::LAST_GIVEN, |cutoff| cutoff.last_given)}
            {one(words::NEXT_TO_GIVE, |cutoff| cutoff.next_to_give)}
            {one(words::LAST_TAKEN, |cutoff| cutoff.last_taken)}
            {one(words::NEXT_TO_TAKE, |cutoff| cutoff.next_to_take)}
        </dl>
    }
}

fn named(desk: Desk, line: usize) -> String {
    let lang = desk.state.lang.get();
    let row = desk.study.with(|study| study.as_ref()?.prepared.rows.get(line).copied());
    let name = row.and_then(|row| {
        desk.state.with(|open| row_name(&open.workspace().state().county, row, lang))
    });
    name.unwrap_or_default()
}

#[component]
fn Rows() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let scrolled = Scrolled::new(26);
    let count = Memo::new(move |_| {
        desk.study.with(|study| study.as_ref().map_or(0, |study| study.lines()))
    });
    let range = Memo::new(move |_| scrolled.range(count.get()));
    let head = move |message: Message, class: &'static str| {
        view! { <th scope="col" class=class>{state.say(message)}</th> }
    };
    let rows = move || {
        let range = range.get();
        let lang = state.lang.get();
        let (before, after) = scrolled.gaps(&range, count.get());
        let rows = range.filter_map(|at| {
            let (id, now) = desk.study.with(|study| {
                let prepared = &study.as_ref()?.prepared;
                let line = prepared.problem.lines.get(at)?;
                Some((prepared.ids.get(at)?.to_string(), line.now))
            })?;
            let (posts, not_more, not_less) = desk.study.with(|study| {
                let prepared = &study.as_ref()?.prepared;
                desk.proposal.with(|after| {
                    let proposal = after.as_ref()?;
                    desk.ranks.with(|ranks| {
                        let told = Told { prepared, proposal, ranks };
                        let posts = *proposal.posts.get(at)?;
                        Some((posts, told.more(at, lang), told.less(at, lang)))
                    })
                })
            })?;
            Some(view! {
                <tr data-testid="certificate-row" data-id=id aria-rowindex=(at + 2).to_string()>
                    <th scope="row">{named(desk, at)}</th>
                    <td class="num">
                        <span class="was">{now}</span>
                        <span class="arr">"→"</span>
                        <b>{posts}</b>
                    </td>
                    <td>{not_more}</td>
                    <td>{not_less}</td>
                </tr>
            })
        });
        view! {
            {gap(before, 4)}
            {rows.collect_view()}
            {gap(after, 4)}
        }
    };
    view! {
        <div
            class="rows-scroll"
            tabindex="0"
            role="region"
            aria-label=state.say(words::CERTIFICATE)
            on:scroll=move |event| scrolled.follow(&event)
        >
            <table
                class="t dense small rows"
                aria-rowcount=move || (count.get() + 1).to_string()
            >
                <thead>
                    <tr>
                        {head(words::UNIT, "")}
                        {head(words::POSTS_CHANGE, "num")}
                        {head(words::WHY_NOT_MORE, "")}
                        {head(words::WHY_NOT_LESS, "")}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
