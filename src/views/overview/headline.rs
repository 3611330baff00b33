//! The row of headline figures, the base beside the scenario where they differ.

use bianheng_core::fraction::{Fraction, decimal};
use bianheng_core::report::overview::Headline as Sums;
use bianheng_core::text::{Message, number, overview as words};
use leptos::prelude::*;

use super::Glance;
use crate::state::use_state;

/// The figures. Those of schools are left out where the kind has none.
#[component]
pub fn Headline(glance: Glance, schools: Memo<bool>) -> impl IntoView {
    let state = use_state();
    let after = Memo::new(move |_| {
        glance.with(|seen| seen.as_ref().map(|seen| seen.after)).unwrap_or_default()
    });
    let before = Memo::new(move |_| {
        glance.with(|seen| seen.as_ref().map(|seen| seen.before)).unwrap_or_default()
    });
    let figure = move |label: Message,
                       testid: &'static str,
                       read: fn(&Sums) -> u64,
                       note: Signal<String>| {
        view! {
            <div>
                <dt>{state.say(label)}</dt>
                <dd>
                    <b data-testid=testid>{move || number::count(after.with(read))}</b>
                    <span class="fig-note">{note}</span>
                </dd>
            </div>
        }
    };
    let units = Signal::derive(move || {
        let rows = after.with(|sums| sums.totals.rows);
        if schools.get() {
            words::UNITS_ROWS.with(state.lang.get(), &[("rows", &rows)])
        } else {
            String::new()
        }
    });
    let units_label = move || if schools.get() { words::SCHOOLS } else { words::UNITS };
    let enrolled = Signal::derive(move || state.t(words::STUDENTS_UNIT).to_owned());
    let class_size = Signal::derive(move || {
        let size = after.with(Sums::class_size).map(|size| decimal(&size, 1));
        size.map(|size| words::CLASS_SIZE.with(state.lang.get(), &[("n", &size)]))
            .unwrap_or_default()
    });
    let entitled = Signal::derive(move || match after.with(|sums| sums.totals.refused) {
        0 => state.t(words::ENTITLED_NOTE).to_owned(),
        n => words::ENTITLED_REFUSED.with(state.lang.get(), &[("n", &n)]),
    });
    let authorised = Signal::derive(move || {
        let whole = |sums: &Sums| i64::try_from(sums.totals.authorised).unwrap_or(i64::MAX);
        match after.with(whole) - before.with(whole) {
            0 => state.t(words::AUTHORISED_SAME).to_owned(),
            change => number::signed(change),
        }
    });
    let vacant = Signal::derive(move || {
        let vacant = state.ledger.get().map(|ledger| ledger.vacant).unwrap_or_default();
        words::VACANT.with(state.lang.get(), &[("n", &number::count(vacant))])
    });
    view! {
        <dl class="figs">
            <div>
                <dt>{move || state.t(units_label())}</dt>
                <dd>
                    <b data-testid="figure-units">
                        {move || number::count(after.with(|sums| u64::try_from(sums.units).unwrap_or(u64::MAX)))}
                    </b>
                    <span class="fig-note">{units}</span>
                </dd>
            </div>
            <Show when=move || schools.get()>
                {figure(words::STUDENTS, "figure-students", |sums| sums.totals.students, enrolled)}
                {figure(words::CLASSES, "figure-classes", |sums| sums.totals.classes, class_size)}
                {figure(words::ENTITLED, "figure-entitled", |sums| sums.totals.entitled, entitled)}
            </Show>
            {figure(words::AUTHORISED, "figure-authorised", |sums| sums.totals.authorised, authorised)}
            {figure(words::IN_POST, "figure-in-post", |sums| sums.totals.in_post, vacant)}
            <Show when=move || schools.get()>
                <Shortage before after />
                <Lowest before after />
            </Show>
        </dl>
    }
}

/// Posts missing, before and after.
#[component]
fn Shortage(before: Memo<Sums>, after: Memo<Sums>) -> impl IntoView {
    let state = use_state();
    let missing = |sums: &Sums| i64::try_from(sums.totals.shortage).unwrap_or(i64::MAX);
    let change = move || after.with(missing) - before.with(missing);
    let said = move || {
        let lang = state.lang.get();
        match change() {
            0 => None,
            fewer @ ..0 => Some((
                "m-over",
                words::SHORTAGE_LESS.with(lang, &[("n", &number::grouped(-fewer))]),
            )),
            more @ 1.. => {
                Some(("m-short", words::SHORTAGE_MORE.with(lang, &[("n", &number::grouped(more))])))
            }
        }
    };
    view! {
        <div>
            <dt>{state.say(words::SHORTAGE)}</dt>
            <dd>
                {move || {
                    (change() != 0)
                        .then(|| {
                            let before = number::grouped(before.with(missing));
                            view! {
                                <span class="was" data-testid="figure-shortage-before">{before}</span>
                                <span class="arr">"→"</span>
                            }
                        })
                }}
                <b data-testid="figure-shortage">{move || number::grouped(after.with(missing))}</b>
                {move || said().map(|(class, said)| view! { <span class=class>{said}</span> })}
            </dd>
        </div>
    }
}

/// The lowest share met, before and after, and whose it is.
#[component]
fn Lowest(before: Memo<Sums>, after: Memo<Sums>) -> impl IntoView {
    let state = use_state();
    let share = |sums: &Sums| sums.lowest.map(|met| met.share);
    let percent = |share: Fraction| number::percent(&share);
    let row = Memo::new(move |_| after.with(|sums| sums.lowest.map(|met| met.row)));
    let name = move || {
        let row = row.get()?;
        state.with(|open| {
            let county = &open.workspace().state().county;
            let unit = county.unit_of(county.holdings.get(row)?)?;
            Some((row, unit.name.clone()))
        })?
    };
    let was = move || {
        let (before, after) = (before.with(share), after.with(share));
        before.filter(|_| before != after)
    };
    view! {
        <div>
            <dt>{state.say(words::LOWEST)}</dt>
            <dd>
                {move || {
                    was().map(|was| {
                        view! {
                            <span class="was" data-testid="figure-lowest-before">{percent(was)}</span>
                            <span class="arr">"→"</span>
                        }
                    })
                }}
                <b data-testid="figure-lowest">
                    {move || match after.with(share) {
                        Some(share) => percent(share),
                        None => state.t(words::LOWEST_NONE).to_owned(),
                    }}
                </b>
                {move || {
                    name().map(|(row, name)| {
                        view! {
                            <span class="fig-note">
                                <button
                                    type="button"
                                    class="link"
                                    data-testid="figure-lowest-school"
                                    on:click=move |_| state.proof.set(Some(row))
                                >
                                    {name}
                                </button>
                            </span>
                        }
                    })
                }}
            </dd>
        </div>
    }
}
