//! The ledger bar: total = units + pool + unassigned for the kind that is shown, at every change.
//! Where it does not close the whole bar says so, by how many, and offers a way out.

use bianheng_core::county::KindId;
use bianheng_core::text::{Message, number, shell};
use leptos::prelude::*;

use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// The ledger bar.
#[component]
pub fn LedgerBar() -> impl IntoView {
    let state = use_state();
    let ledger =
        Memo::new(move |_| state.trial.get().or_else(|| state.ledger.get()).unwrap_or_default());
    let assumed = Memo::new(move |_| {
        state.with(|open| open.workspace().base().origin.authorised_assumed).unwrap_or_default()
    });
    let units = move || {
        if state.kind.get() == *KindId::school() { shell::UNITS_SCHOOLS } else { shell::UNITS }
    };
    let figure = move |label: Message, testid, value: Signal<String>| {
        view! {
            <span class="lf">
                <i>{state.say(label)}</i>
                <b data-testid=testid>{value}</b>
            </span>
        }
    };
    let op = |sign: &'static str| view! { <span class="op" aria-hidden="true">{sign}</span> };
    let counted = move |read: fn(&bianheng_core::scenario::Ledger) -> u64| {
        Signal::derive(move || number::count(ledger.with(read)))
    };
    let unassigned =
        Signal::derive(move || number::grouped(ledger.with(|ledger| ledger.unassigned.max(0))));
    let up = Signal::derive(move || number::gained(ledger.with(|l| l.moved.up)));
    let down = Signal::derive(move || number::lost(ledger.with(|l| l.moved.down)));
    let net = Signal::derive(move || number::signed(ledger.with(|l| l.moved.net())));
    let open = move || !ledger.with(|ledger| ledger.closes());
    let gap = move || {
        let ledger = ledger.get();
        let values: [(&str, &dyn std::fmt::Display); 3] = [
            ("n", &number::grouped(-ledger.unassigned)),
            ("given", &number::count(ledger.units + ledger.pool)),
            ("total", &number::count(ledger.total)),
        ];
        shell::OVERDRAWN.with(state.lang.get(), &values)
    };
    // How the pool is counted stands beside it; under models B and C, with its posts, which are then
    // no part of the sum.
    let beside = move || {
        let (posts, model) = ledger.with(|ledger| (ledger.beside, ledger.model));
        model.map(|model| {
            let lang = state.lang.get();
            let short = model.short(lang);
            let said = match posts {
                0 => short.to_owned(),
                posts => format!("{short} {}", number::count(posts)),
            };
            view! {
                <span class="chip" data-testid="ledger-beside" title=model.text(lang)>
                    {said}
                </span>
            }
        })
    };
    view! {
        <section
            class="ledger"
            class:is-open=open
            aria-label=state.say(shell::LEDGER)
            data-testid="ledger"
        >
            <KindSelect />
            <p class="eq">
                {figure(shell::TOTAL, "ledger-total", counted(|l| l.total))}
                <span class="op" aria-hidden="true">{move || if open() { "≠" } else { "＝" }}</span>
                <span class="lf">
                    <i>{move || state.t(units())}</i>
                    <b data-testid="ledger-units">{counted(|l| l.units)}</b>
                </span>
                {op("＋")}
                {figure(shell::POOL, "ledger-pool", counted(|l| l.pool))}
                {beside}
                {op("＋")}
                {figure(shell::UNASSIGNED, "ledger-unassigned", unassigned)}
            </p>
            <Show
                when=open
                fallback=move || {
                    view! {
                        <span class="chip accent big ok" data-testid="ledger-closed">
                            {icon(Icon::Check, "")}
                            {state.say(shell::CLOSES)}
                        </span>
                    }
                }
            >
                <span class="gap" role="alert" data-testid="ledger-gap">
                    {icon(Icon::Warn, "")}
                    {gap}
                </span>
            </Show>
            <i class="vr"></i>
            <p class="moved">
                {figure(shell::SCENARIO_MOVED, "moved-up", up)}
                {op("/")}
                <span class="lf"><b data-testid="moved-down">{down}</b></span>
                {figure(shell::NET, "moved-net", net)}
            </p>
            <i class="vr inpost-vr"></i>
            <p class="inpost">
                {figure(shell::IN_POST, "ledger-in-post", counted(|l| l.in_post))}
                {figure(shell::VACANT, "ledger-vacant", counted(|l| l.vacant))}
                {figure(shell::EXCESS, "ledger-excess", counted(|l| l.excess))}
            </p>
            <Show when=move || assumed.get()>
                <span
                    class="chip warn"
                    data-testid="authorised-assumed"
                    title=state.say(shell::AUTHORISED_ASSUMED)
                >
                    {icon(Icon::Warn, "ico-13")}
                    {state.say(shell::AUTHORISED_ASSUMED_SHORT)}
                </span>
            </Show>
            <Show when=open>
                <button
                    type="button"
                    class="way-out"
                    data-testid="ledger-undo"
                    on:click=move |_| state.undo()
                >
                    {state.say(shell::UNDO_LAST)}
                </button>
            </Show>
        </section>
    }
}

/// Chooses the kind of post.
#[component]
fn KindSelect() -> impl IntoView {
    let state = use_state();
    let kinds = Memo::new(move |_| {
        let lang = state.lang.get();
        let kinds = state.with(|open| {
            let kinds = open.workspace().state().county.kinds.iter();
            kinds.map(|kind| (kind.id.clone(), kind.name.get(lang).to_owned())).collect::<Vec<_>>()
        });
        kinds.unwrap_or_default()
    });
    let options = move || {
        kinds
            .get()
            .into_iter()
            .map(move |(id, name)| {
                let value = id.as_str().to_owned();
                let chosen = move || state.kind.get() == id;
                view! { <option value=value selected=chosen>{name}</option> }
            })
            .collect_view()
    };
    view! {
        <span class="select kind">
            <select
                data-testid="kind"
                aria-label=state.say(shell::KIND)
                prop:value=move || {
                    kinds.track();
                    state.kind.get().as_str().to_owned()
                }
                on:change=move |event| state.kind.set(KindId::new(&event_target_value(&event)))
            >
                {options}
            </select>
            {icon(Icon::ChevronDown, "ico-13")}
        </span>
    }
}
