//! The documents that a proof rests on, and the way to the norm's own screen.

use bianheng_core::norm::Document;
use bianheng_core::report::proof_sheet::ProofSheet;
use bianheng_core::text::{Lang, proof};
use leptos::prelude::*;

use crate::route::View;
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// Documents with number, issuer and where they were seen; the link to the deciding parameter.
#[component]
pub fn Sources(sheet: Memo<Option<ProofSheet>>) -> impl IntoView {
    let state = use_state();
    let documents = Memo::new(move |_| {
        sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.documents.clone())).unwrap_or_default()
    });
    let parameter = Memo::new(move |_| {
        sheet.with(|sheet| sheet.as_ref().and_then(|sheet| sheet.parameter.clone()))
    });
    let label = move || {
        let lang = state.lang.get();
        let id = parameter.get()?;
        let label = state.with(|open| {
            let name = open.workspace().state().norm.pack().cited_name(&id)?;
            Some(name.get(lang).to_owned())
        });
        let label = label.flatten().unwrap_or_else(|| id.clone());
        let text = proof::OPEN_NORM.with(lang, &[("parameter", &label)]);
        let href = format!("{}/{id}", View::Norms.hash());
        Some(view! {
            <p>
                <a href=href data-testid="proof-norm">
                    {text}
                    {icon(Icon::ChevronRight, "ico-13")}
                </a>
            </p>
        })
    };
    let list = move || {
        let lang = state.lang.get();
        documents.get().iter().map(|each| document(each, lang)).collect_view()
    };
    view! {
        <section class="source">
            <Show when=move || documents.with(|documents| !documents.is_empty())>
                <h4>{state.say(proof::SOURCES)}</h4>
                {list}
            </Show>
            {label}
        </section>
    }
}

fn document(document: &Document, lang: Lang) -> impl IntoView + use<> {
    view! { <p data-testid="proof-source">{proof::document(document, lang)}</p> }
}
