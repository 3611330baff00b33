//! Students, classes and lessons side by side: what each way to choose the basis costs the county,
//! stage by stage, and what each basis gives every school. A comparison; the norm decides.

use bianheng_core::county::County;
use bianheng_core::fraction::{Fraction, decimal};
use bianheng_core::norm::{Fall, falls};
use bianheng_core::report::bases::{Bases, BasesRow, Policy, PolicySum, StageBases, Terms, bases};
use bianheng_core::report::sway::{county_cliffs, sway};
use bianheng_core::text::{Lang, Message, bases as words, check, check_view, names, norms, number};
use leptos::prelude::*;

use crate::state::{State, use_state};
use crate::widgets::{Icon, count, icon};
use bianheng_core::order::InOrder;

/// Schools that are shown before all are asked for, those with most between their bases first.
const FIRST: usize = 12;
/// Schools that are shown at most; a longer county is looked at in its table of schools.
const MOST: usize = 400;

/// How far the rolls are moved, in per cent.
const SHARES: [i32; 2] = [5, -5];

/// The comparison.
#[component]
pub fn Compare() -> impl IntoView {
    let state = use_state();
    let terms = RwSignal::new(Terms::default());
    let policy = RwSignal::new(Policy::Norm);
    let seen = Memo::new(move |_| {
        let (kind, terms) = (state.kind.get(), terms.get());
        let read = |open: &crate::state::Open| {
            bases(open.workspace().state(), open.figures(), &kind, terms)
        };
        state.with(read).unwrap_or_default()
    });
    let weigh = move |typed: u32| {
        let share = u8::try_from(typed).ok().filter(|share| *share <= 100)?;
        terms.update(|terms| terms.weight = share);
        Some(())
    };
    let limit = move |typed: u32| {
        terms.update(|terms| terms.small = typed);
        Some(())
    };
    let all = RwSignal::new(false);
    let heads = move || {
        let lang = state.lang.get();
        let head = |policy| {
            let name = words::policy(policy).get(lang);
            view! { <th scope="col" class="num">{name}</th> }
        };
        Policy::ALL.map(head).collect_view()
    };
    let costs = move || {
        let lang = state.lang.get();
        seen.with(|seen| {
            let stages = seen.stages.iter().map(|(stage, sums)| {
                costs(names::stage(*stage).get(lang), stage.as_str(), sums, lang, "")
            });
            let sum = costs(norms::ALL_STAGES.get(lang), "all", &seen.total, lang, "sum");
            (stages.collect_view(), sum)
        })
    };
    let policies = move || {
        let lang = state.lang.get();
        let option = |(at, policy): (usize, Policy)| {
            view! { <option value=at.to_string()>{words::policy(policy).get(lang)}</option> }
        };
        Policy::ALL.into_iter().enumerate().map(option).collect_view()
    };
    let order = Memo::new(move |_| seen.with(order));
    let schools = move || {
        let lang = state.lang.get();
        let shown = if all.get() { MOST } else { FIRST };
        state.with(|open| {
            let county = &open.workspace().state().county;
            seen.with(|seen| {
                order.with(|order| {
                    let rows = order.iter().take(shown).filter_map(|at| seen.rows.get(*at));
                    let policy = policy.get();
                    rows.map(|row| school(state, row, policy, county, lang)).collect_view()
                })
            })
        })
    };
    let sways = move || {
        let (lang, kind) = (state.lang.get(), state.kind.get());
        let one = |open: &crate::state::Open, percent| {
            let said = words::sway(&sway(open.workspace().state(), &kind, percent), lang);
            view! { <li>{said}</li> }
        };
        state.with(|open| SHARES.map(|percent| one(open, percent)).collect_view())
    };
    let more = move || {
        let all_rows = order.with(Vec::len);
        (!all.get() && all_rows > FIRST).then(|| {
            let n = all_rows.min(MOST);
            let values: [(&str, &dyn std::fmt::Display); 2] = [("n", &n), ("all", &all_rows)];
            let message = if n < all_rows { words::FIRST_OF } else { check_view::SHOW_ALL };
            view! {
                <button
                    type="button"
                    class="btn small block-gap"
                    data-testid="bases-more"
                    on:click=move |_| all.set(true)
                >
                    {message.with(state.lang.get(), &values)}
                </button>
            }
        })
    };
    view! {
        <section class="block" aria-labelledby="bases-h" data-testid="bases">
            <header class="sec">
                <h2 id="bases-h">{state.say(words::TITLE)}</h2>
            </header>
            <p class="note">{state.say(words::NOTE)}</p>
            <div class="terms">
                <Term
                    label=words::WEIGHT
                    testid="bases-weight"
                    value=move || u32::from(terms.get_untracked().weight)
                    set=weigh
                />
                <Term
                    label=words::SMALL
                    testid="bases-small"
                    value=move || terms.get_untracked().small
                    set=limit
                />
            </div>
            <div class="scroll-x" tabindex="0">
                <table class="t dense" data-testid="bases-costs">
                    <caption class="note">{state.say(words::COST)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{state.say(norms::STAGE)}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{costs}</tbody>
                </table>
            </div>
            <label class="weight block-gap">
                {state.say(words::POLICY)}
                <span class="select">
                    <select
                        data-testid="bases-policy"
                        on:change=move |event| {
                            let at: usize = event_target_value(&event).parse().unwrap_or_default();
                            policy.set(Policy::ALL.get(at).copied().unwrap_or(Policy::Norm));
                        }
                    >
                        {policies}
                    </select>
                    {icon(Icon::ChevronDown, "ico-13")}
                </span>
            </label>
            <div class="scroll-x" tabindex="0">
                <table class="t dense" data-testid="bases-schools">
                    <thead>
                        <tr>
                            <th scope="col">{state.say(words::SCHOOL)}</th>
                            <th scope="col" class="num">{state.say(norms::BY_STUDENTS)}</th>
                            <th scope="col" class="num">{state.say(norms::BY_CLASSES)}</th>
                            <th scope="col" class="num">{state.say(words::HOURS)}</th>
                            <th scope="col">{state.say(words::HOLDS)}</th>
                            <th scope="col" class="num">{state.say(norms::ENTITLED)}</th>
                            <th scope="col" class="num">{state.say(words::AGAINST)}</th>
                        </tr>
                    </thead>
                    <tbody>{schools}</tbody>
                </table>
            </div>
            {more}
            <h3 class="block-gap">{state.say(words::SWAY_TITLE)}</h3>
            <ul data-testid="sway">{sways}</ul>
            <Cliffs />
        </section>
    }
}

/// A figure that a policy asks for; one that it does not take is put back.
#[component]
fn Term(
    label: Message,
    testid: &'static str,
    value: impl Fn() -> u32 + Copy + Send + 'static,
    set: impl Fn(u32) -> Option<()> + Copy + Send + 'static,
) -> impl IntoView {
    let state = use_state();
    let change = move |event: web_sys::Event| {
        let _ = count(&event_target_value(&event)).and_then(set);
        event_target::<web_sys::HtmlInputElement>(&event).set_value(&value().to_string());
    };
    view! {
        <label class="weight">
            {state.say(label)}
            <input
                class="field num"
                inputmode="numeric"
                data-testid=testid
                value=value().to_string()
                on:change=change
            />
        </label>
    }
}

/// Where the norm turns against what one expects; looked for when it is asked for.
#[component]
fn Cliffs() -> impl IntoView {
    let state = use_state();
    let open = RwSignal::new(false);
    let list = move || {
        let lang = state.lang.get();
        if !open.get() {
            return None;
        }
        let found = state.with(|open| county_cliffs(open.workspace().state())).unwrap_or_default();
        // What the figures of a stage are stands before them.
        let said = found.iter().flat_map(|(stage, all)| {
            let apart = all.apart.iter().map(|apart| ("note", words::apart(*stage, *apart, lang)));
            let cliffs = all.found.iter().map(|cliff| {
                let class = if cliff.is_fall() { "m-short" } else { "" };
                (class, words::cliff(*stage, cliff, lang))
            });
            apart.chain(cliffs)
        });
        let line = |(class, said)| view! { <li class=class>{said}</li> };
        let mut said: Vec<_> = said.map(line).collect();
        let looked = found.iter().any(|(_, all)| all.were_looked_for());
        let found = found.iter().any(|(_, all)| !all.found.is_empty());
        // Rules that cover no stage of a county are asked by themselves.
        let of_rules = state.with(|open| {
            let norm = &open.workspace().state().norm;
            let say = |fall: &Fall| words::fall(fall, norm.pack(), lang);
            falls(norm).iter().take(MOST).map(say).collect::<Vec<_>>()
        });
        let of_rules = of_rules.unwrap_or_default();
        let none = looked && !found && of_rules.is_empty();
        said.extend(of_rules.into_iter().map(|fall| line(("m-short", fall))));
        let none = none.then(|| words::NO_CLIFFS.get(lang));
        Some(view! { <ul data-testid="cliffs">{said} {none}</ul> })
    };
    view! {
        <details class="how block-gap" data-testid="cliffs-open">
            <summary on:click=move |_| open.set(true)>{state.say(words::CLIFFS)}</summary>
            <p class="note">{state.say(words::CLIFFS_NOTE)}</p>
            {list}
        </details>
    }
}

/// Places of the rows, those with most between their bases first; equal ones as in the county.
fn order(seen: &Bases) -> Vec<usize> {
    let between = |row: &BasesRow| {
        let known = [row.students, row.classes, row.hours].into_iter().flatten();
        let (mut least, mut most) = (None::<Fraction>, None::<Fraction>);
        for value in known {
            least = Some(least.map_or(value, |least| least.min(value)));
            most = Some(most.map_or(value, |most| most.max(value)));
        }
        most.zip(least).map_or(Fraction::from_integer(0), |(most, least)| most - least)
    };
    let mut places: Vec<(Fraction, usize)> =
        seen.rows.iter().enumerate().map(|(at, row)| (between(row), at)).collect();
    places.order_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    places.into_iter().map(|(_, at)| at).collect()
}

fn costs(
    name: &'static str,
    id: &'static str,
    sums: &StageBases,
    lang: Lang,
    class: &'static str,
) -> impl IntoView + use<> {
    let all = sums.rows;
    let cell = |policy: Policy| {
        let sum: PolicySum = sums.of(policy);
        let title = words::ROWS_COMPARED.with(lang, &[("known", &sum.rows), ("all", &all)]);
        let said = match (policy, sum.rows) {
            (_, 0) => words::NO_DATA.get(lang).to_owned(),
            (Policy::Norm, _) => number::count(sum.posts),
            _ => number::signed(sum.cost()),
        };
        let part = (sum.rows > 0 && sum.rows < all).then(|| {
            view! { <span class="note">{format!(" {}/{all}", sum.rows)}</span> }
        });
        let testid = format!("bases-{policy:?}").to_lowercase();
        view! { <td class="num" title=title data-testid=testid>{said} {part}</td> }
    };
    view! {
        <tr class=class data-testid="bases-row" data-id=id>
            <th scope="row">{name}</th>
            {Policy::ALL.map(cell).collect_view()}
        </tr>
    }
}

fn school(
    state: State,
    row: &BasesRow,
    policy: Policy,
    county: &County,
    lang: Lang,
) -> impl IntoView + use<> {
    let at = row.row;
    let exact = |value: Option<Fraction>| value.map_or("—".to_owned(), |it| decimal(&it, 2));
    let holds = row.holds_under(policy).map(|basis| match basis {
        Policy::Students => norms::BY_STUDENTS.get(lang),
        Policy::Classes => norms::BY_CLASSES.get(lang),
        other => words::policy(other).get(lang),
    });
    let under = row.under(policy);
    let posts = under.map_or("—".to_owned(), |posts| posts.to_string());
    let against = under.zip(row.under(Policy::Norm));
    let against = against.map(|(posts, norm)| number::signed(i64::from(posts) - i64::from(norm)));
    view! {
        <tr data-testid="bases-school">
            <th scope="row">
                <button type="button" class="link" on:click=move |_| state.proof.set(Some(at))>
                    {check::place(bianheng_core::check::At::Row(at), county, lang)}
                </button>
            </th>
            <td class="num">{exact(row.students)}</td>
            <td class="num">{exact(row.classes)}</td>
            <td class="num">{exact(row.hours)}</td>
            <td data-testid="bases-holds">{holds}</td>
            <td class="num">{posts}</td>
            <td class="num">{against.unwrap_or_else(|| "—".to_owned())}</td>
        </tr>
    }
}
