//! 调整: one kind of post at a time, from rule and limits to the exact optimum, how many posts to
//! move on the way to it, what each school gets and why.

mod add_limit;
mod certificate;
mod clash;
mod compare;
mod curve;
mod curve_picture;
mod desk;
mod disputes;
mod dumbbell;
mod field;
mod findings;
mod head;
mod limits;
mod list;
mod long_list;
mod map;
mod matrix;
mod measures;
mod more;
mod moves;
mod overrides;
mod own_limits;
mod queue;
mod rules;
mod slow;
mod subjects;
mod window;

use bianheng_core::county::KindId;
use bianheng_core::text::{number, reallocate as words};
use leptos::prelude::*;

use self::clash::ClashBox;
use self::curve::CurveChart;
use self::desk::{Desk, use_desk};
use self::dumbbell::Schools;
use self::findings::Findings;
use self::head::Head;
use self::limits::LimitsPanel;
use self::measures::MeasuresTable;
use self::more::More;
use self::moves::MoveList;
use self::queue::QueueBlock;
use self::rules::Rules;
use self::slow::WorkLine;
use self::subjects::SubjectList;
use crate::route::View;
use crate::state::use_state;
use crate::views::proof::ProofPanel;
use crate::widgets::{Icon, icon};

/// The screen.
#[component]
pub fn Reallocate() -> impl IntoView {
    let state = use_state();
    let desk = Desk::new(state);
    provide_context(desk);
    // While it is worked out, what was known stands.
    let has_need = Memo::new(move |before: Option<&bool>| {
        desk.study.with(|study| match study {
            Some(study) => study.has_need(),
            None => before.copied().unwrap_or(true),
        })
    });
    view! {
        <Head has_need=has_need />
        <Show when=move || has_need.get() fallback=|| view! { <NoNeed /> }>
            <Trio />
        </Show>
        <ProofPanel />
    }
}

/// The three columns.
#[component]
fn Trio() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let clash =
        Memo::new(move |_| desk.study.with(|study| study.as_ref().and_then(|study| study.clash())));
    let has_answer = Memo::new(move |_| {
        desk.study.with(|study| study.as_ref().is_some_and(|study| study.curve.is_ok()))
    });
    view! {
        <div class="page-body fill realloc">
            <div class="trio">
                <section
                    class="side rules-col"
                    tabindex="0"
                    aria-label=state.say(words::RULES_AND_LIMITS)
                >
                    <Rules />
                    <MeasuresTable />
                    <LimitsPanel />
                </section>
                <section class="mid-col" tabindex="0" aria-label=state.say(words::CHARTS)>
                    <WorkLine work=desk.study_work />
                    <WorkLine work=desk.proposal_work />
                    <WorkLine work=desk.check_work />
                    <Show when=move || clash.with(Option::is_some)>
                        <ClashBox clash=clash />
                    </Show>
                    <Findings />
                    <Show when=move || has_answer.get()>
                        <CurveChart />
                        <Schools />
                    </Show>
                    <More />
                </section>
                <section
                    class="side moves-col"
                    class:is-waiting=move || desk.preview.with(Option::is_some)
                    tabindex="0"
                    aria-label=state.say(words::QUEUE_AND_MOVES)
                >
                    <Show when=move || has_answer.get()>
                        <QueueBlock />
                        <MoveList />
                        <SubjectList />
                    </Show>
                </section>
            </div>
        </div>
    }
}

/// Shown for a kind whose units no norm covers, or whose needs are all zero.
#[component]
fn NoNeed() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let name_of = move |kind: &KindId| {
        let lang = state.lang.get();
        let name = state.with(|open| {
            let county = &open.workspace().state().county;
            county.kind(kind).map(|kind| kind.name.get(lang).to_owned())
        });
        name.flatten().unwrap_or_else(|| kind.as_str().to_owned())
    };
    // Rows that the norm gives nothing, and the posts of all; `None` where it covers none.
    let zero = Memo::new(move |_| {
        desk.study.with(|study| {
            let study = study.as_ref().filter(|study| study.prepared.covered > 0)?;
            Some((study.prepared.covered as u64, study.prepared.available))
        })
    });
    let title = move || {
        let name = name_of(&state.kind.get());
        let message = if zero.get().is_some() { words::ALL_ZERO } else { words::NO_NEED };
        message.with(state.lang.get(), &[("kind", &name)])
    };
    let text = move || {
        let lang = state.lang.get();
        let Some((lines, posts)) = zero.get() else {
            return words::NO_NEED_TEXT.get(lang).to_owned();
        };
        let [lines, posts] = [lines, posts].map(number::count);
        words::ALL_ZERO_TEXT.with(lang, &[("lines", &lines), ("posts", &posts)])
    };
    let school = move || {
        let name = name_of(KindId::school());
        words::SHOW_SCHOOL.with(state.lang.get(), &[("kind", &name)])
    };
    let elsewhere = move || state.kind.get() != *KindId::school();
    view! {
        <div class="page-body">
            <div class="empty" data-testid="no-need">
                {icon(Icon::Reallocate, "ico-20")}
                <strong>{title}</strong>
                <p>{text}</p>
                <div class="btns">
                    <Show when=move || zero.get().is_some()>
                        <a class="btn" href=View::Schools.hash() data-testid="go-schools">
                            {state.say(words::GO_SCHOOLS)}
                        </a>
                    </Show>
                    <Show when=elsewhere>
                        <button
                            type="button"
                            class="btn"
                            data-testid="show-school"
                            on:click=move |_| state.kind.set(KindId::school().clone())
                        >
                            {school}
                        </button>
                    </Show>
                    <a class="btn" href=View::Pool.hash() data-testid="go-pool">
                        {state.say(words::GO_POOL)}
                    </a>
                </div>
            </div>
            <Show when=move || zero.get().is_some()>
                <Findings />
            </Show>
        </div>
    }
}
