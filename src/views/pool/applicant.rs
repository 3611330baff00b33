//! One application as a row: its unit's figures, what each rule says, what it is granted and why.
//! What the unit asks for is edited in place.

use bianheng_core::pool::{Application, At, Mark, Reason, Verdict};
use bianheng_core::report::pool::Applicant;
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, Message, pool_view as words};
use leptos::prelude::*;

use super::apply::score;
use super::cell::Cell;
use super::change::{change, put, refuse, say_done};
use super::form::Refused;
use super::grounds::Grounds;
use super::parts::{Trash, tier};
use super::seen::View;
use crate::state::{State, use_state};
use crate::widgets::{Icon, at_least_one, icon};

/// Changes the application with this id.
fn edit(
    state: State,
    name: String,
    id: &str,
    edit: impl FnOnce(&mut Application),
) -> Result<(), Refused> {
    put(state, Label::Application { unit: name }, |pool| {
        if let Some(asking) = pool.application_mut(id) {
            edit(asking);
        }
    })
}

/// The icon, class and name of a verdict.
pub fn verdict(verdict: Verdict) -> (Icon, &'static str, Message) {
    match verdict {
        Verdict::Pass => (Icon::Check, "ico-13 ok", words::PASS),
        Verdict::Review { .. } => (Icon::Warn, "ico-13 review", words::REVIEW),
        Verdict::Fail => (Icon::Cross, "ico-13 fail", words::FAIL),
    }
}

fn refused(row: &Applicant) -> bool {
    row.award.as_ref().is_some_and(|award| {
        matches!(
            award.reason,
            Reason::Refused { .. } | Reason::UnknownUnit | Reason::OtherKind | Reason::Closed(_)
        )
    })
}

fn by_hand(row: &Applicant) -> bool {
    row.award.as_ref().is_some_and(|award| matches!(award.reason, Reason::Overruled(_)))
}

/// Its own tier, or the one that the pool's rules put it in.
fn tier_of(row: &Applicant) -> u8 {
    row.award.as_ref().map_or(row.asking.tier, |award| award.tier)
}

fn granted(row: &Applicant) -> String {
    row.award.as_ref().map_or_else(|| "—".to_owned(), |award| award.granted.to_string())
}

fn vacancy(row: &Applicant, lang: Lang) -> (&'static str, String) {
    match row.standing.vacancy() {
        0 => ("m-zero", words::FULL.get(lang).to_owned()),
        posts @ 1.. => ("", words::VACANT.with(lang, &[("n", &posts)])),
        people => ("excess", words::EXCESS.with(lang, &[("n", &people.unsigned_abs())])),
    }
}

/// A row, and below it its grounds when they are open.
#[component]
pub fn Row(view: View, id: String, columns: Signal<usize>) -> impl IntoView {
    let state = use_state();
    let id = StoredValue::new(id);
    let row =
        Memo::new(move |_| view.read(|seen| seen.table.of(&id.get_value()).cloned()).flatten());
    let read = move |read: fn(&Applicant) -> String| {
        Signal::derive(move || row.with(|row| row.as_ref().map(read).unwrap_or_default()))
    };
    let is =
        move |test: fn(&Applicant) -> bool| move || row.with(|row| row.as_ref().is_some_and(test));
    let name = read(|row| row.name.clone());
    let named = move |label: Message| {
        Signal::derive(move || format!("{} · {}", name.get(), state.t(label)))
    };
    let open = Signal::derive(move || {
        view.opened.with(|opened| opened.as_ref().is_some_and(|open| *open == id.get_value()))
    });
    let toggle = move || {
        view.opened.update(|opened| {
            let id = id.get_value();
            *opened = if opened.as_ref() == Some(&id) { None } else { Some(id) };
        });
    };
    let save_text = move |put: fn(&mut Application, String)| {
        Callback::new(move |typed| {
            edit(state, name.get_untracked(), &id.get_value(), |asking| put(asking, typed))
        })
    };
    // Reads what was typed and puts it in.
    let save_read = move |put: fn(&mut Application, &str) -> Option<()>, at: At, why: Message| {
        Callback::new(move |typed: String| {
            let mut trial = row.get_untracked().map(|row| row.asking);
            if trial.as_mut().and_then(|trial| put(trial, &typed)).is_none() {
                return Err(Refused::typed(at, why));
            }
            edit(state, name.get_untracked(), &id.get_value(), |asking| {
                // It was read a moment ago.
                let _ = put(asking, &typed);
            })
        })
    };
    let remove = Callback::new(move |()| {
        let name = name.get_untracked();
        let lang = state.lang.get_untracked();
        let label = Label::Application { unit: name.clone() };
        if change(state, label, |pool| pool.remove(&id.get_value())) {
            say_done(state, words::REMOVED.with(lang, &[("unit", &name)]));
        }
    });
    let removes =
        Signal::derive(move || words::REMOVE.with(state.lang.get(), &[("unit", &name.get())]));
    let why = move || {
        let lang = state.lang.get();
        row.with(|row| row.as_ref().map(|row| row.reason(lang).to_owned()))
    };
    let vacancy = move || {
        let (class, text) = row.with(|row| Some(vacancy(row.as_ref()?, state.lang.get())))?;
        Some(view! { <span class=class>{text}</span> })
    };
    let marks = Memo::new(move |_| {
        row.with(|row| Some(row.as_ref()?.award.as_ref()?.marks.clone())).unwrap_or_default()
    });
    let tests = move || {
        let lang = state.lang.get();
        // An unknown unit has no marks; its row keeps the columns.
        let missing = columns.get().saturating_sub(super::applications::FIXED_COLUMNS);
        let marks = marks.get();
        let missing = missing.saturating_sub(marks.len());
        let shown =
            marks.into_iter().map(move |mark| view! { <Test mark=mark lang=lang toggle=toggle /> });
        let blank = (0..missing).map(|_| view! { <td class="test na">"—"</td> }).collect_view();
        (shown.collect_view(), blank)
    };
    let open_label = move || {
        let (name, n) = (name.get(), read(granted).get());
        words::OPEN_ROW.with(state.lang.get(), &[("unit", &name), ("n", &n)])
    };
    view! {
        <tr
            draggable="true"
            on:dragstart=move |_| {
                let tier = row.with_untracked(|row| row.as_ref().map_or(0, tier_of));
                view.dragged.set(Some((id.get_value(), tier)));
            }
            on:dragover=move |event| event.prevent_default()
            on:drop=move |event| {
                event.prevent_default();
                drop_on(state, view, row);
            }
            class:is-out=is(refused)
            class:is-open=open
            data-testid="application-row"
            data-id=id.get_value()
            data-unit=read(|row| row.asking.unit.to_string())
        >
            <td class="no" data-testid="rank">
                {read(|row| {
                    row.award.as_ref().map(|award| award.rank.to_string()).unwrap_or_default()
                })}
            </td>
            <th scope="row" class="unit" title=name>
                {name}
            </th>
            <td class="ink3 detail field-of">{read(|row| row.category.clone())}</td>
            <td class="num detail">{read(|row| row.standing.authorised.to_string())}</td>
            <td class="num detail">{read(|row| row.standing.in_post.to_string())}</td>
            <td class="num">{vacancy}</td>
            <td class="num detail">{read(|row| row.leaving.to_string())}</td>
            <td class="use">
                <Cell
                    testid="edit-purpose"
                    label=named(words::PURPOSE)
                    value=read(|row| row.asking.purpose.clone())
                    save=save_text(|asking, text| asking.purpose = text)
                />
            </td>
            <td class="talent">
                <Cell
                    testid="edit-talent"
                    label=named(words::TALENT)
                    value=read(|row| row.asking.talent.clone())
                    save=save_text(|asking, text| asking.talent = text)
                />
            </td>
            {tests}
            <td class="num slim">
                <Cell
                    testid="edit-tier"
                    class="cell num"
                    label=named(words::TIER)
                    value=read(|row| tier_of(row).to_string())
                    save=save_read(
                        |asking, text| tier(text).map(|tier| asking.tier = tier),
                        At::Tier,
                        words::ERROR_TIER,
                    )
                />
            </td>
            <td class="num slim score">
                <Show
                    when=is(|row| !row.marked)
                    fallback=move || read(|row| row.score.clone())
                >
                    <Cell
                        testid="edit-score"
                        class="cell num"
                        label=named(words::SCORE)
                        hint=Signal::stored("—".to_owned())
                        value=read(|row| row.score.clone())
                        save=save_read(
                            |asking, text| score(text).map(|score| asking.score = score),
                            At::Score,
                        words::ERROR_SCORE,
                        )
                    />
                </Show>
            </td>
            <td class="num slim">
                <Cell
                    testid="edit-asked"
                    class="cell num"
                    label=named(words::ASKED_POSTS)
                    value=read(|row| row.asking.posts.to_string())
                    save=save_read(
                        |asking, text| at_least_one(text).map(|posts| asking.posts = posts),
                        At::Posts,
                        words::ERROR_POSTS,
                    )
                />
            </td>
            <td class="num pick" class:is-by-hand=is(by_hand)>
                <button
                    type="button"
                    class="figure"
                    data-testid="granted"
                    aria-expanded=move || open.get().to_string()
                    aria-label=open_label
                    title=open_label
                    on:click=move |_| toggle()
                >
                    {read(granted)}
                </button>
            </td>
            <td class="reason" title=why data-testid="reason">
                {why}
            </td>
            <td class="del">
                <Trash testid="remove-application" label=removes out=remove />
            </td>
        </tr>
        <Show when=move || open.get()>
            <tr class="grounds-row">
                <td colspan=move || columns.get().to_string()>
                    <Grounds view=view row=row />
                </td>
            </tr>
        </Show>
    }
}

/// An application is dragged onto another of its tier: its grounds open with what the other is
/// granted, and the planner gives reason and document. Tiers are not crossed.
fn drop_on(state: State, view: View, onto: Memo<Option<Applicant>>) {
    let Some((dragged, tier)) = view.dragged.get_untracked() else { return };
    view.dragged.set(None);
    let onto = onto.with_untracked(|row| {
        let row = row.as_ref()?;
        let granted = row.award.as_ref().map_or(0, |award| award.granted);
        Some((row.asking.id.clone(), tier_of(row), granted))
    });
    let Some((_, other, granted)) = onto.filter(|(id, ..)| *id != dragged) else { return };
    if other != tier {
        refuse(state, words::DRAG_TIER.get(state.lang.get_untracked()));
        return;
    }
    let asked = view.peek(|seen| seen.table.of(&dragged).map_or(0, |row| row.asking.posts));
    view.wanted.set(Some(granted.max(1).min(asked.unwrap_or(0))));
    view.opened.set(Some(dragged));
}

/// What one rule says, as a mark that opens the grounds.
#[component]
fn Test(mark: Mark, lang: Lang, toggle: impl Fn() + Copy + 'static) -> impl IntoView {
    let (shape, class, label) = verdict(mark.verdict);
    let said = format!("{}: {} · {}", mark.rule.title(lang), label.get(lang), mark.text(lang));
    view! {
        <td class="test">
            <button
                type="button"
                class="mark"
                data-testid="mark"
                title=said.clone()
                on:click=move |_| toggle()
            >
                {icon(shape, class)}
                <span class="sr-only">{said.clone()}</span>
            </button>
        </td>
    }
}
