//! Every rule on the same county and limits, side by side, with the schools on which they disagree; and
//! what each stage's posts can afford.

use bianheng_core::allocate::{Comparison, Problem, compare_in_steps};
use bianheng_core::county::Stage;
use bianheng_core::fraction::decimal;
use bianheng_core::pace::Steps;
use bianheng_core::report::reallocate::{beside, calibrate};
use bianheng_core::text::{Message, names, number, reallocate as words};
use leptos::prelude::*;

use super::curve::shown;
use super::desk::{Desk, Shared, use_desk};
use super::disputes::DisputeList;
use super::slow::{WorkLine, slow};

/// The rules beside each other, the schools in dispute, and what stages can afford.
#[component]
pub fn Compare() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let (compared, work) = slow(words::WORK_COMPARE, "compare", move || {
        let study = desk.study.get()?;
        Some(Steps::begin(move |pace| async move {
            let problem = Problem { limit: None, ..study.prepared.problem.clone() };
            Some(compare_in_steps(&problem, &pace).await)
        }))
    });
    view! {
        <WorkLine work=work />
        {move || rules(desk, compared)}
        <DisputeList compared=compared />
        <p class="note">{state.say(words::AFFORD_NOTE)}</p>
        {move || afforded(desk)}
    }
}

fn head(desk: Desk, message: Message) -> AnyView {
    view! { <th scope="col" class="num">{message.get(desk.state.lang.get())}</th> }.into_any()
}

fn rules(desk: Desk, compared: Memo<Option<Shared<Comparison>>>) -> AnyView {
    let lang = desk.state.lang.get();
    let chosen = desk.limits.with(|limits| limits.rule);
    let found = desk.study.with(|study| {
        let problem = &study.as_ref()?.prepared.problem;
        compared.with(|compared| {
            let compared = compared.as_ref()?;
            Some((beside(problem, compared), compared.sure, compared.disputed))
        })
    });
    let Some((rows, sure, disputed)) = found else { return ().into_any() };
    let note = words::COMPARE_NOTE
        .with(lang, &[("sure", &number::count(sure)), ("disputed", &number::count(disputed))]);
    let rows = rows.into_iter().map(|row| {
        let rule = row.rule;
        let figures = match row.figures {
            Some((moved, short, low, high)) => {
                let share = |share: Option<f64>| {
                    share.map_or("—".to_owned(), |share| format!("{}%", shown(share, 1)))
                };
                [number::count(moved), number::count(short), share(low), share(high)]
            }
            None => ["—"; 4].map(str::to_owned),
        };
        let cells = figures.map(|text| view! { <td class="num">{text}</td> });
        view! {
            <tr class:is-chosen=rule == chosen data-testid="rule-compared">
                <th scope="row">
                    <button
                        type="button"
                        class="link"
                        on:click=move |_| {
                            desk.change(|limits| limits.rule = rule);
                        }
                    >
                        {names::rule(rule).get(lang)}
                    </button>
                </th>
                {cells}
            </tr>
        }
    });
    view! {
        <p class="note" data-testid="rules-compared-note">{note}</p>
        <table class="t dense" data-testid="rules-compared">
            <thead>
                <tr>
                    <th scope="col">{words::FAIRNESS.get(lang)}</th>
                    {head(desk, words::SLIDER)}
                    {head(desk, words::SHORTAGE)}
                    {head(desk, words::LOWEST)}
                    {head(desk, words::HIGHEST)}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn afforded(desk: Desk) -> AnyView {
    let lang = desk.state.lang.get();
    let rows = desk.study.with(|study| {
        let study = study.as_ref()?;
        desk.proposal.with(|proposal| {
            let posts = &proposal.as_ref()?.posts;
            desk.state
                .with(|open| calibrate(&open.workspace().state().county, &study.prepared, posts))
        })
    });
    let rows = rows.unwrap_or_default().into_iter().map(|row| {
        let figure =
            |figure: Option<_>| figure.map_or("—".to_owned(), |figure| decimal(&figure, 2));
        // All stages together stand in the last row, as `*`.
        let name = row.stage.map_or(words::ALL_STAGES, names::stage);
        let id = row.stage.map_or("*", Stage::as_str);
        view! {
            <tr class:sum=row.stage.is_none() data-testid="afford-row" data-id=id>
                <th scope="row">{name.get(lang)}</th>
                <td class="num">{number::count(row.posts)}</td>
                <td class="num">{figure(row.class_figure())}</td>
                <td class="num">{figure(row.student_figure())}</td>
            </tr>
        }
    });
    view! {
        <table class="t dense" data-testid="afford">
            <thead>
                <tr>
                    <th scope="col">{words::STAGE.get(lang)}</th>
                    {head(desk, words::POSTS)}
                    {head(desk, words::PER_CLASS)}
                    {head(desk, words::PER_POST)}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
