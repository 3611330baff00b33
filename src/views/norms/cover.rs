//! What is in force for whom: a line for each stage with its kind of post, its rule and documents.

use bianheng_core::norm::Document;
use bianheng_core::report::norm_cover::{Cover, cover};
use bianheng_core::text::{Lang, names, norms as words, number};
use leptos::prelude::*;

use crate::state::use_state;

/// The table.
#[component]
pub fn InForce() -> impl IntoView {
    let state = use_state();
    let covers = Memo::new(move |_| {
        state
            .with(|open| {
                let now = open.workspace().state();
                cover(&now.norm, &now.county)
            })
            .unwrap_or_default()
    });
    let table = move || {
        let lang = state.lang.get();
        let rows = covers.with(|covers| covers.iter().map(|each| line(each, lang)).collect_view());
        view! {
            <table class="t dense in-force" data-testid="norm-cover">
                <thead>
                    <tr>
                        <th scope="col">{words::STAGE.get(lang)}</th>
                        <th scope="col">{words::KIND.get(lang)}</th>
                        <th scope="col">{words::COVERED_BY.get(lang)}</th>
                        <th scope="col">{words::DOCUMENTS.get(lang)}</th>
                        <th scope="col" class="num">{words::ROWS_COVERED.get(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    };
    view! { {table} }
}

fn line(cover: &Cover, lang: Lang) -> AnyView {
    let places = cover.localities.iter().map(|place| names::locality(*place).get(lang));
    let places = places.collect::<Vec<_>>().join(words::STAGES_AND.get(lang));
    let rule = match &cover.rule {
        Some(rule) if places.is_empty() => rule.get(lang).to_owned(),
        Some(rule) => format!("{} · {places}", rule.get(lang)),
        None => words::REFUSED.get(lang).to_owned(),
    };
    let title = |document: &Document| match document.number.as_str() {
        "" => document.title.get(lang).to_owned(),
        number => number.to_owned(),
    };
    let documents = cover.documents.iter().map(title).collect::<Vec<_>>();
    let stage = names::stage(cover.stage);
    view! {
        <tr data-testid="norm-cover-row" data-id=cover.stage.as_str()>
            <th scope="row">{stage.get(lang)}</th>
            <td>{cover.kind.get(lang).to_owned()}</td>
            <td>{rule}</td>
            <td>{documents.join(words::STAGES_AND.get(lang))}</td>
            <td class="num">{number::count(cover.rows as u64)}</td>
        </tr>
    }
    .into_any()
}
