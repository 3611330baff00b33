//! What the row's lessons need, course by course beside the teachers there are, with its proof. A
//! shortage inside a school that is full on paper is said in words. Teachers are entered here.

use bianheng_core::county::Course;
use bianheng_core::fraction::decimal;
use bianheng_core::hours::{CourseNeed, Lessons as Table};
use bianheng_core::report::hours_sheet::{HoursSheet, hours_sheet};
use bianheng_core::scenario::{Command, Label, Step};
use bianheng_core::text::{Lang, hours as words, names, number, proof};
use leptos::prelude::*;

use super::lines::steps;
use crate::state::{State, use_state};
use crate::widgets::count;

/// The section; nothing where the stage has no curriculum.
#[component]
pub fn Lessons() -> impl IntoView {
    let state = use_state();
    let sheet = Memo::new(move |_| {
        let row = state.proof.get()?;
        let read = |open: &crate::state::Open| {
            let now = open.workspace().state();
            hours_sheet(now, &Table::of(&now.county.yardsticks), row)
        };
        state.with(read).flatten().filter(|sheet| sheet.need.is_some())
    });
    let shown = move || {
        let lang = state.lang.get();
        sheet.with(|sheet| sheet.as_ref().map(|sheet| section(state, sheet, lang)))
    };
    view! {
        <Show when=move || sheet.with(Option::is_some)>
            <section class="source" data-testid="proof-lessons">
                <h4>{state.say(words::TITLE)}</h4>
                {shown}
            </section>
        </Show>
    }
}

fn section(state: State, sheet: &HoursSheet, lang: Lang) -> impl IntoView + use<> {
    let need = sheet.need.clone();
    let rows = need.iter().flat_map(|need| &need.courses).map(|need| course(state, need, lang));
    let rows = rows.collect_view();
    let even = sheet.even.then(|| view! { <p class="note">{words::EVEN_WHY.get(lang)}</p> });
    let class = if sheet.structural { "warn-text strong" } else { "" };
    let verdict = words::verdict(sheet, lang);
    let how = sheet.sources.map(|sources| steps(&sheet.proof.lines, sources, lang));
    view! {
        <p class=class data-testid="proof-lessons-verdict">{verdict}</p>
        {even}
        <table class="courses">
            <thead>
                <tr>
                    <th scope="col">{words::COURSE.get(lang)}</th>
                    <th scope="col" class="num">{words::LESSONS_WEEK.get(lang)}</th>
                    <th scope="col" class="num">{words::NEEDED.get(lang)}</th>
                    <th scope="col" class="num">{words::THERE.get(lang)}</th>
                    <th scope="col" class="num">{words::SHORT.get(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <details class="how">
            <summary>{proof::HOW.get(lang)}</summary>
            <ol class="steps">{how}</ol>
        </details>
    }
}

fn course(state: State, need: &CourseNeed, lang: Lang) -> impl IntoView + use<> {
    let course = need.course;
    let name = names::course(course).get(lang);
    let there = need.present.map(|present| present.to_string()).unwrap_or_default();
    let missing = if need.missing > 0 { format!("▼ {}", need.missing) } else { String::new() };
    view! {
        <tr data-testid="proof-course" data-id=format!("{course:?}")>
            <th scope="row">{name}</th>
            <td class="num">{number::mixed(&need.lessons)}</td>
            <td class="num">{decimal(&need.teachers, 2)}</td>
            <td class="num">
                <input
                    class="field num"
                    inputmode="numeric"
                    data-testid="proof-course-teachers"
                    aria-label=format!("{name} {}", words::THERE.get(lang))
                    prop:value=there.clone()
                    on:change=move |event| {
                        if !set_teachers(state, course, &event_target_value(&event)) {
                            event_target::<web_sys::HtmlInputElement>(&event).set_value(&there);
                        }
                    }
                />
            </td>
            <td class="num m-short">{missing}</td>
        </tr>
    }
}

/// Enters the teachers of a course; an empty text is unknown. `false` where nothing was changed.
fn set_teachers(state: State, course: Course, text: &str) -> bool {
    let teachers = match text.trim() {
        "" => None,
        text => match count(text) {
            Some(teachers) => Some(teachers),
            None => return false,
        },
    };
    let row = state.proof.get_untracked();
    let step = state.peek(|open| {
        let county = &open.workspace().state().county;
        let (at, holding) = (county.id_of(row?)?, county.holdings.get(row?)?);
        let old = Box::new(holding.staff.clone());
        let mut new = old.clone();
        new.course_mut(course)?.teachers = teachers;
        new.courses.retain(|found| found.teachers.is_some() || found.lessons.is_some());
        let commands = vec![Command::SetStaff { at, old: old.clone(), new: new.clone() }];
        (old != new).then_some(Step { label: Label::Edit, commands })
    });
    step.flatten().is_some_and(|step| state.dispatch(step))
}
