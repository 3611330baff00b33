//! The pool of the kind in one bar, and the loans that are due first.

use bianheng_core::report::overview::{OpenLoan, PoolSummary};
use bianheng_core::text::{Lang, number, overview as words};
use leptos::prelude::*;

use super::Glance;
use crate::route::View;
use crate::state::use_state;

/// Loans listed.
const LOANS: usize = 5;
/// Width of the bar in units of its view box.
const WIDTH: f64 = 472.0;

/// The pool; nothing where the kind has none.
#[component]
pub fn Pool(glance: Glance) -> impl IntoView {
    let state = use_state();
    let pool =
        Memo::new(move |_| glance.with(|seen| seen.as_ref().and_then(|seen| seen.pool.clone())));
    let note = move || {
        let pool = pool.get()?;
        let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &pool.name), ("day", &pool.on)];
        let lang = state.lang.get();
        Some(format!("{} · {}", words::POOL_NOTE.with(lang, &values), pool.model.short(lang)))
    };
    let drawing = move || {
        let lang = state.lang.get();
        pool.with(|pool| {
            pool.as_ref().map(|pool| (bar(pool, lang), figures(pool, lang), loans(pool, lang)))
        })
    };
    view! {
        <Show when=move || pool.with(Option::is_some)>
            <section class="block" aria-labelledby="pool-h" data-testid="overview-pool">
                <header class="sec">
                    <h2 id="pool-h">{state.say(words::POOL)}</h2>
                    <span class="note">{note}</span>
                    <a class="act" href=View::Pool.hash()>{state.say(words::POOL_GO)}</a>
                </header>
                {drawing}
            </section>
        </Show>
    }
}

fn bar(pool: &PoolSummary, lang: Lang) -> impl IntoView + use<> {
    let parts = [pool.on_loan, pool.overdue];
    let lent: u32 = parts.iter().sum();
    let scale = WIDTH / f64::from(pool.size.max(lent).max(1));
    let mut from = 0.0;
    let rects = parts.into_iter().zip(["f-accent", "f-s4"]).map(|(posts, class)| {
        let width = f64::from(posts) * scale;
        let x = from;
        from += width;
        (posts > 0).then(|| {
            view! {
                <rect
                    class=class
                    x=format!("{x:.1}")
                    y="0"
                    width=format!("{:.1}", (width - 1.0).max(1.0))
                    height="14"
                ></rect>
            }
        })
    });
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("on_loan", &pool.on_loan),
        ("overdue", &pool.overdue),
        ("free", &number::grouped(pool.free)),
        ("size", &pool.size),
    ];
    view! {
        <figure class="chart">
            <svg viewBox=format!("0 0 {WIDTH} 15") role="img" aria-label=words::POOL_BAR.with(lang, &values)>
                <rect class="c-frame" x="0.5" y="0.5" width=format!("{:.1}", WIDTH - 1.0) height="13"></rect>
                {rects.collect_view()}
            </svg>
        </figure>
    }
}

fn figures(pool: &PoolSummary, lang: Lang) -> impl IntoView + use<> {
    let (free, free_label) = if pool.free < 0 {
        (number::grouped(-pool.free), words::POOL_OVERLENT)
    } else {
        (number::grouped(pool.free), words::POOL_FREE)
    };
    let overdue = (pool.overdue > 0).then_some("excess");
    view! {
        <dl class="figrow pool-figs">
            <div>
                <dt>{words::POOL_ON_LOAN.get(lang)}</dt>
                <dd data-testid="pool-on-loan">{pool.on_loan}</dd>
            </div>
            <div>
                <dt>{words::POOL_OVERDUE.get(lang)}</dt>
                <dd class=overdue data-testid="pool-overdue">{pool.overdue}</dd>
            </div>
            <div>
                <dt>{free_label.get(lang)}</dt>
                <dd data-testid="pool-free">{free}</dd>
            </div>
            <div>
                <dt>{words::POOL.get(lang)}</dt>
                <dd data-testid="pool-size">{words::POOL_SIZE.with(lang, &[("n", &pool.size)])}</dd>
            </div>
        </dl>
    }
}

fn loans(pool: &PoolSummary, lang: Lang) -> impl IntoView + use<> {
    let more = pool.loans.len().saturating_sub(LOANS);
    let more = (more > 0)
        .then(|| view! { <p class="note">{words::POOL_MORE.with(lang, &[("n", &more)])}</p> });
    let rows = pool.loans.iter().take(LOANS).map(|each| loan(each, lang)).collect_view();
    (!pool.loans.is_empty()).then(|| {
        view! {
            <table class="t dense">
                <thead>
                    <tr>
                        <th scope="col">{words::POOL_DUE.get(lang)}</th>
                        <th scope="col">{words::POOL_BORROWER.get(lang)}</th>
                        <th scope="col" class="num">{words::POOL_POSTS.get(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {more}
        }
    })
}

fn loan(loan: &OpenLoan, lang: Lang) -> impl IntoView + use<> {
    let due = if loan.overdue {
        let said = words::POOL_DUE_OVERDUE.with(lang, &[("day", &loan.due)]);
        view! { <span class="excess">{said}</span> }.into_any()
    } else {
        loan.due.to_string().into_any()
    };
    view! {
        <tr data-testid="pool-loan">
            <td>{due}</td>
            <td>{loan.borrower.clone()}</td>
            <td class="num">{loan.posts}</td>
        </tr>
    }
}
