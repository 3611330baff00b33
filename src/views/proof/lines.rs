//! The proof itself: inputs, numbered steps with their formulas, and how far the next post is.

use bianheng_core::county::Fact;
use bianheng_core::fraction::{Fraction, decimal};
use bianheng_core::norm::{Clause, Confidence, Exact, Given, Line, Pack, Piece};
use bianheng_core::report::proof_sheet::{Came, ProofSheet};
use bianheng_core::text::{Lang, number, proof};
use leptos::prelude::*;

use crate::route::View;
use crate::state::use_state;
use crate::widgets::{Icon, fraction, icon};

/// The figures that the rule looked at.
#[component]
pub fn Inputs(sheet: Memo<Option<ProofSheet>>) -> impl IntoView {
    let state = use_state();
    let given = Memo::new(move |_| {
        sheet
            .with(|sheet| {
                let sheet = sheet.as_ref()?;
                let origins = sheet.origins.iter().cloned().chain(std::iter::repeat(None));
                let inputs = sheet.proof.as_ref()?.inputs.iter().cloned();
                Some(inputs.zip(origins).collect::<Vec<_>>())
            })
            .unwrap_or_default()
    });
    let day = Memo::new(move |_| {
        state.with(|open| open.workspace().state().county.surveyed_on.to_string())
    });
    let inputs = move || {
        let lang = state.lang.get();
        let one = |(given, origin): (Given, Option<Came>)| {
            let value = proof::shown(&given.value);
            let by_hand = matches!(origin, Some(Came::Corrected { .. }));
            let from = origin.as_ref().map(|origin| proof::came_short(origin, lang));
            let whole = origin.as_ref().map(|origin| proof::came(origin, lang));
            view! {
                <div data-testid="proof-input" data-id=given.id>
                    <dt>{given.label.get(lang).to_owned()}</dt>
                    <dd>{value}</dd>
                    <dd class="from" class:by-hand=by_hand title=whole data-testid="proof-from">
                        {from}
                    </dd>
                </div>
            }
        };
        given.get().into_iter().map(one).collect_view()
    };
    view! {
        <Show when=move || given.with(|given| !given.is_empty())>
            <dl class="figrow">
                {inputs}
                <div>
                    <dt>{state.say(proof::AS_OF)}</dt>
                    <dd>{move || day.get()}</dd>
                </div>
            </dl>
        </Show>
    }
}

/// The numbered steps.
#[component]
pub fn Lines(sheet: Memo<Option<ProofSheet>>) -> impl IntoView {
    let state = use_state();
    let lines = Memo::new(move |_| {
        sheet.with(|sheet| Some(sheet.as_ref()?.proof.as_ref()?.lines.clone())).unwrap_or_default()
    });
    let shown = move || {
        let lang = state.lang.get();
        let pack = state.peek(|open| open.workspace().state().norm.pack().clone())?;
        Some(lines.with(|lines| steps(lines, &pack, lang)))
    };
    let readings = move || {
        let lang = state.lang.get();
        let said = sheet.with(|sheet| {
            let found = sheet.as_ref()?.proof.as_ref()?;
            Some(proof::readings(found, lang))
        });
        let one = |said: String| view! { <p class="note" data-testid="proof-reading">{said}</p> };
        said.unwrap_or_default().into_iter().map(one).collect_view()
    };
    view! {
        <ol class="steps">{shown}</ol>
        {readings}
    }
}

/// The lines of a proof as list items. A document is named where it is cited first; after that its
/// articles speak for it.
pub fn steps(lines: &[Line], pack: &Pack, lang: Lang) -> impl IntoView + use<> {
    let mut named = String::new();
    lines.iter().map(|line| step(line, pack, &mut named, lang)).collect_view()
}

fn step(line: &Line, pack: &Pack, named: &mut String, lang: Lang) -> impl IntoView + use<> {
    let conditions = line.conditions.iter().map(|each| {
        view! { <p class="clause">{proof::condition(each, lang)}</p> }
    });
    let decision = line.decision.as_ref().map(|each| {
        view! {
            <p class="clause" data-testid="proof-decision">
                <strong>{proof::decision(each, lang)}</strong>
            </p>
        }
    });
    let rows = line.rows.iter().map(|each| {
        view! { <p class="clause">{proof::row(each, lang)}</p> }
    });
    let departures = line.departures().map(|(cite, departs)| {
        let said = proof::departure(&cite.label, Exact(cite.value), departs, pack, lang);
        cited(said, cite.clause.confidence, Some(&cite.parameter), pack, lang)
    });
    let clauses = line
        .grounds()
        .filter(|(clause, _)| !clause.text.get(lang).is_empty())
        .map(|(each, parameter)| clause(each, parameter, pack, named, lang))
        .collect_view();
    view! {
        <li
            class:decides=line.decision.is_some()
            data-testid="proof-line"
            data-id=line.id.clone()
        >
            <h4>{line.label.get(lang).to_owned()}</h4>
            {formula(line, lang)}
            {conditions.collect_view()}
            {rows.collect_view()}
            {decision}
            {departures.collect_view()}
            {clauses}
        </li>
    }
}

/// A formula with figures, its result, and the decimal at the right where the result is no whole
/// number.
fn formula(line: &Line, lang: Lang) -> impl IntoView + use<> {
    let mut parts: Vec<AnyView> = line.pieces.iter().map(|each| piece(each, lang)).collect();
    let several = line.pieces.len() > 1;
    let exact = match (&line.before_rounding, &line.value) {
        (Some(exact), _) => Some(*exact),
        (None, Ok(value)) => Some(*value),
        (None, Err(_)) => None,
    };
    match &line.value {
        Ok(value) => {
            if let Some(exact) = exact.filter(|_| several) {
                parts.push(" = ".into_any());
                parts.push(fraction(&exact));
            }
            if line.before_rounding.is_some() {
                parts.push(" → ".into_any());
                parts.push(view! { <b class="out">{number::mixed(value)}</b> }.into_any());
            }
        }
        Err(why) => {
            let why = proof::refusal(why, lang);
            parts.push(" = — ".into_any());
            parts.push(view! { <span class="note err-text">{why}</span> }.into_any());
        }
    }
    let rough = exact.filter(|exact| *exact.denom() != 1).map(rough);
    view! { <p class="formula" data-testid="proof-formula">{parts}{rough}</p> }
}

fn rough(exact: Fraction) -> impl IntoView {
    let shown = decimal(&exact, 2);
    view! { <data class="dec" value=shown.clone()>{shown.clone()}</data> }
}

fn piece(piece: &Piece, lang: Lang) -> AnyView {
    match piece {
        Piece::Number(value) => fraction(value),
        Piece::Sign(sign) => (*sign).into_any(),
        Piece::Word(word) => word.get(lang).to_owned().into_any(),
        Piece::Unknown => "—".into_any(),
    }
}

/// A clause, headed by its document where that is not the one named last.
fn clause(
    clause: &Clause,
    parameter: Option<&str>,
    pack: &Pack,
    named: &mut String,
    lang: Lang,
) -> impl IntoView + use<> {
    let text = if clause.document == *named {
        clause.text.get(lang).to_owned()
    } else {
        named.clone_from(&clause.document);
        proof::clause(clause, pack, lang)
    };
    cited(text, clause.confidence, parameter, pack, lang)
}

/// What a line rests on, with its mark, and the way to its parameter where it is of one.
fn cited(
    text: String,
    confidence: Confidence,
    parameter: Option<&str>,
    pack: &Pack,
    lang: Lang,
) -> impl IntoView + use<> {
    let mark = proof::mark(confidence, lang);
    let mark = (!mark.is_empty())
        .then(|| view! { <span class="chip warn">{icon(Icon::Warn, "")}{mark}</span> });
    // The lessons' own figures stand elsewhere than in the norm, and lead nowhere from here.
    let named = parameter.and_then(|id| Some((id, pack.cited_name(id)?)));
    let text = match named {
        Some((id, name)) => {
            let href = format!("{}/{id}", View::Norms.hash());
            let title = proof::OPEN_NORM.with(lang, &[("parameter", &name.get(lang))]);
            view! {
                <a href=href title=title data-testid="proof-parameter">
                    {text}
                </a>
            }
            .into_any()
        }
        None => text.into_any(),
    };
    view! { <p class="clause" data-testid="proof-clause">{text}" "{mark}</p> }
}

/// The least changes that change the entitlement.
#[component]
pub fn Turns(sheet: Memo<Option<ProofSheet>>) -> impl IntoView {
    let state = use_state();
    let turns = Memo::new(move |_| {
        sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.turns.clone())).unwrap_or_default()
    });
    let shown = move || {
        let lang = state.lang.get();
        let one = |turn: bianheng_core::norm::Turn| {
            let (way, what, then) = proof::turn(&turn, lang);
            view! {
                <p data-testid="proof-turn" data-fact=fact(turn.fact)>
                    <i>{way}</i>
                    " "
                    {what}
                    " "
                    <b>{then}</b>
                </p>
            }
        };
        turns.get().into_iter().map(one).collect_view()
    };
    view! {
        <Show when=move || turns.with(|turns| !turns.is_empty())>
            <div class="next">{shown}</div>
        </Show>
    }
}

fn fact(fact: Fact) -> &'static str {
    match fact {
        Fact::Students => "students",
        Fact::Classes => "classes",
        Fact::Boarders => "boarders",
        Fact::InPost => "in-post",
    }
}
