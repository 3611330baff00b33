//! For how long the pool lends for each sort of purpose: a term of its own, or the pool's.

use bianheng_core::pool::At;
use bianheng_core::scenario::Label;
use bianheng_core::text::pool_order::{self, SORTS};
use bianheng_core::text::pool_view as words;
use leptos::prelude::*;

use super::cell::Cell;
use super::change::put_checked;
use super::form::Refused;
use super::parts::whole;
use super::seen::View;
use crate::state::use_state;

/// The sorts of purpose that are known by name, then those that the county gave a term.
#[component]
pub fn Terms(view: View) -> impl IntoView {
    let state = use_state();
    let sorts = Memo::new(move |_| {
        let known = SORTS.map(str::to_owned);
        let own = view.read(|seen| {
            let own = seen.pool.terms.iter().map(|term| term.sort.clone());
            own.filter(|sort| !known.contains(sort)).collect::<Vec<_>>()
        });
        let own = own.unwrap_or_default();
        known.iter().cloned().chain(own).collect::<Vec<_>>()
    });
    let note = move || {
        let years = view.read(|seen| seen.pool.term_years).unwrap_or_default();
        words::TERMS_NOTE.with(state.lang.get(), &[("years", &years)])
    };
    let hint = Signal::derive(move || {
        view.read(|seen| seen.pool.term_years.to_string()).unwrap_or_default()
    });
    let row = move |sort: String| {
        let sort = StoredValue::new(sort);
        let name =
            Signal::derive(move || sort.with_value(|s| pool_order::sort(s, state.lang.get())));
        let value = Signal::derive(move || {
            let years = view.read(|seen| {
                let own = sort.with_value(|s| seen.pool.terms.iter().find(|term| term.sort == *s));
                own.map(|term| term.years.to_string())
            });
            years.flatten().unwrap_or_default()
        });
        let save = Callback::new(move |typed: String| {
            let years = if typed.is_empty() { None } else { Some(whole(&typed, At::Years)?) };
            put_checked(state, Label::Pool, |pool| {
                sort.with_value(|sort| pool.set_term(sort, years)).map_err(Refused::from)
            })
        });
        view! {
            <tr data-testid="term-row" data-id=sort.get_value()>
                <th scope="row">{name}</th>
                <td class="num">
                    <Cell
                        testid="term-years"
                        class="cell num"
                        label=Signal::derive(move || {
                            format!("{} · {}", name.get(), state.t(words::TERM))
                        })
                        value=value
                        save=save
                        hint=hint
                    />
                </td>
            </tr>
        }
    };
    view! {
        <section class="block-gap" aria-labelledby="terms-h" data-testid="terms">
            <header class="sec">
                <h3 id="terms-h">{state.say(words::TERMS)}</h3>
                <span class="note">{note}</span>
            </header>
            <table class="t terms">
                <tbody>{move || sorts.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}
