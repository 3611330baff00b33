//! The turnover pool: its figures, its loans on a line of years, the applications of the batch with
//! the reason of each result, its rules. What is shown comes from [`seen`], what is changed goes
//! through [`change`].

mod applicant;
mod applications;
mod apply;
mod batches;
mod book;
mod cell;
mod change;
mod chart;
mod empty;
mod entry;
mod figures;
mod form;
mod grounds;
mod head;
mod lasting;
mod lend;
mod movement_form;
mod movements;
mod ordering;
mod parts;
mod records;
mod rule_form;
mod rules;
mod scrub;
mod seen;
mod settings;
mod sources;
mod terms;
mod uses;
mod years;

use bianheng_core::county::KindId;
use bianheng_core::pool::PoolError;
use bianheng_core::report::pool::kind_worth_showing;
use leptos::prelude::*;

use self::applications::Applications;
use self::book::Book;
use self::chart::Chart;
use self::empty::Empty;
use self::figures::Headline;
use self::head::Head;
use self::lasting::Lasting;
use self::movements::Movements;
use self::seen::View;
use self::settings::Settings;
use self::uses::Uses;
use self::years::Years;
use crate::state::{State, use_state};
use crate::widgets::{Icon, icon};

/// The screen.
#[component]
pub fn Pool() -> impl IntoView {
    let state = use_state();
    choose_kind(state);
    let view = View::new(state);
    let has_pool = Memo::new(move |_| view.seen.with(Option::is_some));
    view! {
        <Head view=view />
        <Show when=move || has_pool.get() fallback=|| {
                view! {
                    <Empty />
                    <div class="page-body">
                        <Movements />
                    </div>
                }
            }>
            <div class="page-body pool-body" data-testid="pool">
                <Trouble view=view />
                <Headline view=view />
                <Show
                    when=move || view.book.get()
                    fallback=move || {
                        view! {
                            <div class="cols cols-pool block-gap">
                                <Chart view=view />
                                <Years view=view />
                            </div>
                        }
                    }
                >
                    <Book view=view />
                </Show>
                <Applications view=view />
                <Lasting view=view />
                <Uses view=view />
                <Movements />
                <Settings view=view />
            </div>
        </Show>
    }
}

/// Shows the pool that is in use when the screen opens on a kind whose pool is not, and gives the
/// other screens their kind back if nobody chose one meanwhile.
fn choose_kind(state: State) {
    let file = Memo::new(move |_| state.with(|open| open.id().to_owned()));
    let switched = StoredValue::new(None::<(KindId, KindId)>);
    Effect::new(move |_| {
        file.track();
        let shown = state.kind.get_untracked();
        let worth = state.peek(|open| kind_worth_showing(&open.workspace().state().county, &shown));
        if let Some(worth) = worth.filter(|worth| *worth != shown) {
            switched.set_value(Some((shown, worth.clone())));
            state.kind.set(worth);
        }
    });
    on_cleanup(move || {
        let Some(Some((before, after))) = switched.try_get_value() else { return };
        if state.kind.try_get_untracked() == Some(after) {
            state.kind.set(before);
        }
    });
}

/// What is wrong with the pool as it stands, such as one from a file.
#[component]
fn Trouble(view: View) -> impl IntoView {
    let state = use_state();
    let error = Memo::new(move |_| view.read(|seen| seen.awards.clone().err()).flatten());
    let text = move |error: PoolError| error.text(state.lang.get());
    move || {
        error.get().map(|error| {
            view! {
                <p class="pool-error err-text" role="alert" data-testid="pool-error">
                    {icon(Icon::Warn, "")}
                    {text(error)}
                </p>
            }
        })
    }
}
