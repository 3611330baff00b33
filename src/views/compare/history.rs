//! The history of the open scenario: every step done and undone, and every branch that was left. A
//! click goes there.

use bianheng_core::text::{Lang, compare as words, steps};
use leptos::prelude::*;

use crate::state::{HISTORY_BYTES, Open, use_state};
use crate::widgets::{Dialog, Html, picked, walk};

/// The dialog.
#[component]
pub fn History(close: Callback<()>) -> impl IntoView {
    let state = use_state();
    let list = move || {
        let lang = state.lang.get();
        state.with_all(|open| list(open, lang)).unwrap_or_default()
    };
    let pick = move |event: web_sys::MouseEvent| {
        let Some((what, at)) = picked(&event) else { return };
        let Ok(at) = at.parse::<usize>() else { return };
        state.edit(|workspace| match what.as_str() {
            "go" => workspace.go_to(at),
            "branch" => workspace.take_branch(at),
            _ => {
                let name = workspace.scenario().name.clone();
                workspace.duplicate(&name, Some(at)).map(|()| true)
            }
        });
    };
    let note = move || {
        let mb = HISTORY_BYTES / 1_000_000;
        words::HISTORY_NOTE.with(state.lang.get(), &[("mb", &mb)])
    };
    let squeezed = move || {
        let lang = state.lang.get();
        let of = |open: &Open| {
            let scenario = open.workspace().scenario();
            (scenario.squeezed(), scenario.dropped)
        };
        let (steps, n) = state.with_all(of).filter(|found| *found != (0, 0))?;
        let text = words::HISTORY_SQUEEZED.with(lang, &[("steps", &steps), ("n", &n)]);
        Some(view! { <p class="note" data-testid="history-squeezed">{text}</p> })
    };
    view! {
        <Dialog testid="history-dialog" class="dialog history" title=words::HISTORY on_close=close>
            <div class="dlg-body">
                <p class="note">{note}</p>
                {squeezed}
                <ol
                    class="trail"
                    data-testid="steps"
                    inner_html=list
                    on:click=pick
                    on:keydown=move |event| walk(&event)
                ></ol>
            </div>
        </Dialog>
    }
}

fn list(open: &Open, lang: Lang) -> String {
    let workspace = open.workspace();
    let (scenario, now) = (workspace.scenario(), workspace.state());
    let here = scenario.done.len();
    let trunk = scenario.done.iter().chain(scenario.undone.iter().rev());
    let names = trunk.map(|step| steps::describe(step, now, lang));
    let names = std::iter::once(words::HISTORY_BASE.get(lang).to_owned()).chain(names);
    let mut html = Html::default();
    for (at, name) in names.enumerate() {
        let class = if at > here { "is-undone" } else { "" };
        let current = if at == here { "step" } else { "" };
        html.open("li", &[("class", class), ("aria-current", current)]);
        let place = at.to_string();
        html.put("span", "num ink3", &place);
        html.button("link", "step-go", "go", &place, &name);
        if at == here {
            html.put("span", "chip accent", words::HISTORY_HERE.get(lang));
        }
        html.button("link quiet", "step-branch", "new", &place, words::BRANCH_NEW.get(lang));
        html.close("li");
        for (number, branch) in scenario.branches.iter().enumerate() {
            if branch.after != at {
                continue;
            }
            let last = branch.steps.last().map(|step| steps::describe(step, now, lang));
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("n", &branch.steps.len()), ("step", &last.unwrap_or_default())];
            html.open("li", &[("class", "is-branch"), ("data-testid", "branch")]);
            html.put("span", "", &words::BRANCH.with(lang, &values));
            let number = number.to_string();
            html.button("link", "branch-take", "branch", &number, words::BRANCH_TAKE.get(lang));
            html.close("li");
        }
    }
    html.done()
}
