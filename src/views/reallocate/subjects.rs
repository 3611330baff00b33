//! Teachers by course: who to spare goes to which school that misses the course, batch by batch, with
//! the proof of each in words. Shown only where teachers by course are known.

use bianheng_core::report::reallocate::{Matched, Rest, SubjectMatch, Subjects, kilometres};
use bianheng_core::text::{names, number, reallocate as words};
use leptos::prelude::*;

use super::desk::{Desk, Shared, use_desk};
use super::long_list::{self, CopyButton, MOST, named};
use super::slow::{WorkLine, slow};

type Found = Memo<Option<Shared<SubjectMatch>>>;

/// The list; nothing where no teachers by course are known.
#[component]
pub fn SubjectList() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let are_known = Memo::new(move |_| {
        let study = desk.study.get();
        let known = study.and_then(|study| {
            state
                .with(|open| Subjects::are_known(&open.workspace().state().county, &study.prepared))
        });
        known.unwrap_or(false)
    });
    view! {
        <Show when=move || are_known.get()>
            <Block />
        </Show>
    }
}

#[component]
fn Block() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let whole = RwSignal::new(false);
    let (found, work) = slow(words::SUBJECTS_WORK, "subjects", move || {
        let (study, proposal) = (desk.study.get()?, desk.proposal.get()?);
        let subjects = state.with(|open| {
            let county = &open.workspace().state().county;
            Subjects::of(county, &study.prepared, &proposal.posts)
        })?;
        Some(subjects.in_steps())
    });
    let note = move || {
        let found = found.get();
        found.map(|found| {
            let values: [(&str, &dyn std::fmt::Display); 3] = [
                ("spare", &number::count(found.spare)),
                ("missing", &number::count(found.missing)),
                ("people", &number::count(found.people())),
            ];
            words::SUBJECTS_NOTE.with(state.lang.get(), &values)
        })
    };
    let is_empty = move || {
        found.with(|found| {
            found.as_ref().is_none_or(|found| found.matched.is_empty() && found.rest.is_empty())
        })
    };
    view! {
        <section class="block subjects-block" data-testid="subjects">
            <header class="sec">
                <h2>{state.say(words::SUBJECTS)}</h2>
                <span class="note" data-testid="subjects-sum">{note}</span>
                <CopyButton
                    state=state
                    label=words::COPY_SUBJECTS
                    testid="copy-subjects"
                    is_empty=Signal::derive(is_empty)
                    list=Callback::new(move |()| to_copy(desk, found))
                />
            </header>
            <WorkLine work=work />
            <p class="note">{state.say(words::SUBJECTS_RULE)}</p>
            {move || found.get().map(|found| table(desk, &found, whole))}
            {move || found.get().map(|found| proofs(desk, &found))}
            {move || found.get().map(|found| rest(desk, &found))}
        </section>
    }
}

/// The list for a spreadsheet, and what is said when it is copied.
fn to_copy(desk: Desk, found: Found) -> Option<(String, String)> {
    let lang = desk.state.lang.get_untracked();
    let (study, found) = (desk.study.get_untracked()?, found.get_untracked()?);
    let text = desk
        .state
        .peek(|open| found.tsv(&open.workspace().state().county, &study.prepared, lang))?;
    let lines = found.matched.len() + found.rest.len();
    Some((text, words::COPIED_SUBJECTS.with(lang, &[("lines", &lines)])))
}

fn table(desk: Desk, found: &SubjectMatch, whole: RwSignal<bool>) -> AnyView {
    let lang = desk.state.lang.get();
    if found.matched.is_empty() {
        let text = words::SUBJECTS_EMPTY.get(lang);
        return view! { <p class="note" data-testid="subjects-empty">{text}</p> }.into_any();
    }
    let near_only = found.near_only.then(|| {
        view! { <p class="note">{words::SUBJECTS_NEAR_ONLY.get(lang)}</p> }
    });
    let shown = long_list::shown(found.matched.len(), whole);
    let mut batch = 0;
    let rows = found.matched.iter().take(shown).map(|step| {
        let head = (batch != step.batch).then(|| {
            batch = step.batch;
            let people = found.proofs.get(batch - 1).map_or(0, |proof| proof.people);
            let text = words::SUBJECT_BATCH
                .with(lang, &[("n", &batch), ("people", &number::count(people))]);
            view! { <tr class="batch"><th scope="colgroup" colspan="6">{text}</th></tr> }
        });
        view! {
            {head}
            {line(desk, step)}
        }
    });
    let rows = rows.collect_view();
    let left = found.matched.len() - shown;
    let more = (left > 0).then(|| {
        let rest = long_list::rest(desk, left, whole, "show-subjects");
        view! { <tr class="sum"><th scope="row" colspan="6">{rest}</th></tr> }
    });
    let head = |message: bianheng_core::text::Message, class: &'static str| {
        view! { <th scope="col" class=class>{message.get(lang)}</th> }
    };
    view! {
        {near_only}
        <table class="t move moves subject-moves">
            <thead>
                <tr>
                    {head(words::FROM, "")}
                    <th scope="col"><span class="sr-only">"→"</span></th>
                    {head(words::TO, "")}
                    {head(words::PEOPLE_SHORT, "num")}
                    {head(words::DISTANCE, "num")}
                    {head(words::COURSE, "")}
                </tr>
            </thead>
            <tbody>{rows}{more}</tbody>
        </table>
    }
    .into_any()
}

fn line(desk: Desk, step: &Matched) -> impl IntoView + use<> {
    let lang = desk.state.lang.get();
    let ((from, from_id), (to, to_id)) = (named(desk, step.from), named(desk, step.to));
    let near = if step.near { words::SUBJECT_NEAR } else { words::SUBJECT_FAR };
    let course = names::course(step.course).get(lang);
    let what = format!("{course}{}{}", words::COMMA.get(lang), near.get(lang));
    let (from_title, to_title, title) = (from.clone(), to.clone(), what.clone());
    view! {
        <tr data-testid="subject-row" data-id=format!("{from_id}>{to_id}")>
            <th scope="row" class="unit" title=from_title>{from}</th>
            <td class="arr">"→"</td>
            <td class="unit" title=to_title>{to}</td>
            <td class="num n">{number::count(step.people.into())}</td>
            <td class="num">{step.metres.map(kilometres)}</td>
            <td class="why-cell" title=title>{what}</td>
        </tr>
    }
}

/// One sentence for each batch, folded away.
fn proofs(desk: Desk, found: &SubjectMatch) -> AnyView {
    let lang = desk.state.lang.get();
    if found.proofs.is_empty() {
        return ().into_any();
    }
    let said = found.proofs.iter().zip(1..).take(MOST).map(|(proof, batch)| {
        view! { <p class="note" data-testid="subject-proof">{proof.text(batch, lang)}</p> }
    });
    view! {
        <details class="under">
            <summary data-testid="subject-proofs">{words::SUBJECT_PROOFS.get(lang)}</summary>
            {said.collect_view()}
        </details>
    }
    .into_any()
}

/// Who stays unmatched and why, folded away.
fn rest(desk: Desk, found: &SubjectMatch) -> AnyView {
    let lang = desk.state.lang.get();
    if found.rest.is_empty() {
        return ().into_any();
    }
    let count = number::count(found.rest.len() as u64);
    let rows = found.rest.iter().take(MOST).map(|rest: &Rest| {
        let (name, id) = named(desk, rest.line);
        let title = name.clone();
        let side = if rest.spare { words::SUBJECT_SPARE } else { words::SUBJECT_MISSES };
        let what = format!("{} {}", names::course(rest.course).get(lang), side.get(lang));
        view! {
            <tr data-testid="subject-rest" data-id=id>
                <th scope="row" class="unit" title=title>{name}</th>
                <td>{what}</td>
                <td class="num n">{number::count(rest.people.into())}</td>
                <td class="wrap">{rest.why.text(lang)}</td>
            </tr>
        }
    });
    let left = found.rest.len().saturating_sub(MOST);
    let more = (left > 0).then(|| {
        let text = words::REST.with(lang, &[("lines", &number::count(left as u64))]);
        view! { <p class="note">{text}</p> }
    });
    view! {
        <details class="under">
            <summary data-testid="subject-rests">{words::SUBJECT_REST.with(lang, &[("n", &count)])}</summary>
            <table class="t dense small wrap">
                <tbody>{rows.collect_view()}</tbody>
            </table>
            {more}
        </details>
    }
    .into_any()
}
