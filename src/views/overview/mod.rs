//! The county at a glance: headline figures, margins by township and stage, the shortest schools,
//! what the scenario moved, the pool. It only reads; a school's name opens its proof.

mod flow;
mod headline;
mod heat;
mod moved;
mod pool;
mod worst;

use std::sync::Arc;

use bianheng_core::report::overview::{Base, Overview as Seen, overview};
use bianheng_core::text::{overview as words, shell};
use leptos::prelude::*;

use self::flow::Flow;
use self::headline::Headline;
use self::heat::Heat;
use self::moved::Moved;
use self::pool::Pool;
use self::worst::Worst;
use super::proof::ProofPanel;
use crate::route::View;
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// Rows in the list of the shortest.
const SHORTEST: usize = 5;

/// What the parts of the screen read; `None` only while a file closes.
type Glance = Memo<Option<Seen>>;

/// The screen.
#[component]
pub fn Overview() -> impl IntoView {
    let state = use_state();
    let file = Memo::new(move |_| state.with(|open| open.id().to_owned()));
    // The base stays the same while a file is open, so it is worked out once for each file.
    let base = Memo::new_with_compare(
        move |_| {
            file.track();
            state.peek(|open| Base::of(open.workspace()).ok().map(Arc::new)).flatten()
        },
        |_, _| true,
    );
    let glance: Glance = Memo::new(move |_| {
        let (base, kind) = (base.get()?, state.kind.get());
        state.with(|open| overview(open.workspace(), open.figures(), &base, &kind, SHORTEST))
    });
    let schools = Memo::new(move |_| {
        glance.with(|seen| seen.as_ref().is_some_and(|seen| !seen.stages.is_empty()))
    });
    view! {
        <PageHead />
        <div class="page-body" tabindex="0" data-testid="overview">
            <Headline glance schools />
            <div class="cols cols-overview block-gap">
                <div>
                    <Heat glance schools />
                    <div class="cols cols-half block">
                        <Moved glance />
                        <Flow glance />
                    </div>
                </div>
                <div>
                    <Show when=move || schools.get()>
                        <Worst glance />
                    </Show>
                    <Pool glance />
                </div>
            </div>
        </div>
        <ProofPanel />
    }
}

/// Title, where the figures come from, and what is not verified.
#[component]
fn PageHead() -> impl IntoView {
    let state = use_state();
    let about = Memo::new(move |_| {
        let lang = state.lang.get();
        state.with(|open| {
            let now = open.workspace().state();
            let (day, norm) = (now.county.surveyed_on, now.norm.pack().title.get(lang));
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("day", &day), ("fingerprint", &open.fingerprint()), ("norm", &norm)];
            words::PROVENANCE.with(lang, &values)
        })
    });
    let assumed = Memo::new(move |_| {
        state.with(|open| open.workspace().base().origin.authorised_assumed) == Some(true)
    });
    let unverified = Memo::new(move |_| {
        state.with(|open| open.workspace().state().norm.pack().unverified()).unwrap_or_default()
    });
    let some_unverified = move || unverified.get() > 0;
    view! {
        <header class="page-head">
            <h1>{state.say(words::TITLE)}</h1>
            <p class="prov" data-testid="provenance">
                {move || about.get()}
                <Show when=move || assumed.get()>
                    <span class="warn-text" data-testid="authorised-assumed">
                        " · "
                        {state.say(shell::AUTHORISED_ASSUMED)}
                    </span>
                </Show>
            </p>
            <div class="actions">
                <Show when=some_unverified>
                    <a class="chip warn" href=View::Norms.hash() data-testid="unverified">
                        {icon(Icon::Warn, "")}
                        {move || {
                            words::UNVERIFIED_COUNT
                                .with(state.lang.get(), &[("n", &unverified.get())])
                        }}
                    </a>
                </Show>
            </div>
        </header>
    }
}
