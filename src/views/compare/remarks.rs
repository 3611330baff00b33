//! Remarks on cells: those there are, and the one being written. They travel with the file and come
//! back with it.

use bianheng_core::scenario::{Command, Comment, Workspace, difference};
use bianheng_core::text::{Lang, cell, compare as words};
use leptos::prelude::*;

use super::desk::Desk;
use super::use_desk;
use crate::platform::clock;
use crate::widgets::{Field, Html, Icon, focus_button, focus_soon, icon, picked, walk};

/// The list and the field.
#[component]
pub fn Remarks() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let list = move || {
        let lang = state.lang.get();
        state.with_all(|open| list(open.workspace(), lang)).unwrap_or_default()
    };
    let pick = move |event: web_sys::MouseEvent| {
        let at = picked(&event).and_then(|(_, at)| at.parse::<usize>().ok());
        let found = at.and_then(|at| {
            state.peek(|open| open.workspace().comments().get(at).cloned()).flatten()
        });
        if let Some(found) = found {
            state.edit(|workspace| {
                workspace.uncomment(&found);
                Ok(true)
            });
        }
    };
    view! {
        <section class="block" aria-labelledby="remarks-h">
            <header class="sec">
                <h2 id="remarks-h">{state.say(words::REMARKS)}</h2>
            </header>
            {move || desk.remark.get().map(|cell| view! { <Entry cell /> })}
            <ol
                class="trail"
                data-testid="remarks"
                inner_html=list
                on:click=pick
                on:keydown=move |event| walk(&event)
            ></ol>
        </section>
    }
}

fn list(workspace: &Workspace, lang: Lang) -> String {
    let mut html = Html::default();
    if workspace.comments().is_empty() {
        html.put("li", "note", words::REMARK_NONE.get(lang));
    }
    for (at, one) in workspace.comments().iter().enumerate() {
        html.open("li", &[("data-testid", "remark-line")]);
        html.put("strong", "", &cell::named(&one.cell, workspace.state(), lang));
        html.put("span", "chip", &one.scenario).put("span", "", &one.text);
        html.put("span", "ink3", &format!("{} {}", one.who, one.day));
        html.button(
            "link quiet",
            "remark-delete",
            "delete",
            &at.to_string(),
            words::DELETE.get(lang),
        );
        html.close("li");
    }
    html.done()
}

/// The cells that a remark may be on which begins at one: beside the norm each parameter in which the two
/// sides differ.
fn about(desk: Desk, cell: &str) -> Vec<String> {
    let mut cells = cell::beside(cell);
    if cell.starts_with("figure norm ")
        && let Some(seen) = desk.seen.get_untracked()
        && let (Some(from), Some(to)) = (seen.from(), seen.to())
    {
        let commands = difference(&from.compared.state, &to.compared.state);
        let parameters = commands.iter().map(Command::cell);
        cells.extend(parameters.filter(|cell| cell.starts_with("parameter ")));
    }
    cells
}

/// A remark being written.
#[component]
fn Entry(cell: String) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let (text, who) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let cells = about(desk, &cell);
    // Written where the list of remarks is: the keyboard goes there, and back to where it came from.
    focus_soon("remark-text");
    let opener = StoredValue::new(cell.clone());
    let leave = move || {
        let opener = opener.get_value();
        desk.remark.set(None);
        focus_button("remark", &opener);
    };
    let about = RwSignal::new(cell);
    let options = move || {
        let lang = state.lang.get();
        let mut html = Html::default();
        state.peek(|open| {
            for cell in &cells {
                let name = cell::named(cell, open.workspace().state(), lang);
                html.open("option", &[("value", cell)]).text(&name).close("option");
            }
        });
        html.done()
    };
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = text.get_untracked().trim().to_owned();
        if !text.is_empty() {
            let (cell, who) = (about.get_untracked(), who.get_untracked().trim().to_owned());
            let day = clock::today();
            state.edit(move |workspace| {
                let scenario = workspace.scenario().name.clone();
                workspace.comment(Comment { cell, scenario, day, who, text });
                Ok(true)
            });
        }
        leave();
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.stop_propagation();
            leave();
        }
    };
    view! {
        <form class="entry" data-testid="remark-form" on:submit=add on:keydown=on_key>
            <span class="select">
                <select
                    data-testid="remark-about"
                    aria-label=state.say(words::REMARK_ABOUT)
                    inner_html=options
                    on:change=move |event| about.set(event_target_value(&event))
                ></select>
                {icon(Icon::ChevronDown, "ico-13")}
            </span>
            <Field label=words::REMARK_TEXT testid="remark-text" text=text class="field wide" />
            <Field label=words::WHO testid="remark-who" text=who />
            <button type="submit" class="btn primary" data-testid="remark-add">
                {state.say(words::ADD_REMARK)}
            </button>
        </form>
    }
}
