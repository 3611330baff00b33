//! Remarks on cells: those there are, and the one being written. They travel with the file and come
//! back with it.

use bianheng_core::scenario::{Comment, Workspace};
use bianheng_core::text::{Lang, compare as words};
use leptos::prelude::*;

use super::use_desk;
use crate::platform::clock;
use crate::widgets::{Field, Html, picked};

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
            <ol class="trail" data-testid="remarks" inner_html=list on:click=pick></ol>
        </section>
    }
}

/// The name of a cell's unit, from the cell's permanent name.
fn unit_name(workspace: &Workspace, cell: &str) -> String {
    let id = cell.split_once(' ').and_then(|(_, id)| id.parse().ok());
    let county = &workspace.state().county;
    let row = id.and_then(|id| workspace.state().index().row(&id));
    let holding = row.and_then(|row| county.holdings.get(row));
    let unit = holding.and_then(|holding| county.unit_of(holding));
    unit.map_or_else(|| cell.to_owned(), |unit| unit.name.clone())
}

fn list(workspace: &Workspace, lang: Lang) -> String {
    let mut html = Html::default();
    if workspace.comments().is_empty() {
        html.put("li", "note", words::REMARK_NONE.get(lang));
    }
    for (at, one) in workspace.comments().iter().enumerate() {
        html.open("li", &[("data-testid", "remark-line")]);
        html.put("strong", "", &unit_name(workspace, &one.cell));
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

/// A remark being written.
#[component]
fn Entry(cell: String) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let (text, who) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let name = state.peek(|open| unit_name(open.workspace(), &cell)).unwrap_or_default();
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = text.get_untracked().trim().to_owned();
        if !text.is_empty() {
            let (cell, who) = (cell.clone(), who.get_untracked().trim().to_owned());
            let day = clock::today();
            state.edit(move |workspace| {
                let scenario = workspace.scenario().name.clone();
                workspace.comment(Comment { cell, scenario, day, who, text });
                Ok(true)
            });
        }
        desk.remark.set(None);
    };
    view! {
        <form class="entry" data-testid="remark-form" on:submit=add>
            <strong>{name}</strong>
            <Field label=words::REMARK_TEXT testid="remark-text" text=text class="field wide" />
            <Field label=words::WHO testid="remark-who" text=who />
            <button type="submit" class="btn primary" data-testid="remark-add">
                {state.say(words::ADD_REMARK)}
            </button>
        </form>
    }
}
