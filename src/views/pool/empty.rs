//! What stands where the kind of post has no pool: why one would want it, and the one action.

use bianheng_core::pool::{Batch, Pool};
use bianheng_core::scenario::Label;
use bianheng_core::text::pool_view as words;
use leptos::prelude::*;

use super::change::{replace, say_done};
use super::lend::ErrorText;
use crate::platform::clock;
use crate::state::{State, use_state};
use crate::widgets::{Field, Icon, at_least_one, icon};

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    size: RwSignal<String>,
    document: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

/// The empty state.
#[component]
pub fn Empty() -> impl IntoView {
    let state = use_state();
    let name = words::CREATE_NAME.get(state.lang.get_untracked()).to_owned();
    let typed = Typed {
        name: RwSignal::new(name),
        size: RwSignal::new(String::new()),
        document: RwSignal::new(String::new()),
        error: RwSignal::new(None),
    };
    let kind = move || {
        let lang = state.lang.get();
        let shown = state.kind.get();
        let name = state.with(|open| {
            let county = &open.workspace().state().county;
            county.kind(&shown).map(|kind| kind.name.get(lang).to_owned())
        });
        name.flatten().unwrap_or_default()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        create(state, typed);
    };
    view! {
        <div class="page-body">
            <div class="empty-row" data-testid="pool-empty">
                <div class="empty">
                    {icon(Icon::Pool, "ico-20")}
                    <strong>
                        {move || words::EMPTY.with(state.lang.get(), &[("kind", &kind())])}
                    </strong>
                    <p>{state.say(words::EMPTY_WHY)}</p>
                    <form class="entry plain" novalidate on:submit=submit>
                        <Field label=words::NAME testid="pool-create-name" text=typed.name />
                        <Field
                            label=words::SIZE
                            testid="pool-create-size"
                            text=typed.size
                            class="field num narrow"
                        />
                        <Field
                            label=words::DOCUMENT
                            testid="pool-create-document"
                            text=typed.document
                        />
                        <div class="btns">
                            <button type="submit" class="btn primary" data-testid="pool-create">
                                {state.say(words::CREATE)}
                            </button>
                            <ErrorText error=typed.error />
                        </div>
                    </form>
                </div>
            </div>
        </div>
    }
}

fn create(state: State, typed: Typed) {
    let lang = state.lang.get_untracked();
    let text = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
    let name = text(typed.name);
    let size = at_least_one(&text(typed.size));
    let (false, Some(size)) = (name.is_empty(), size) else {
        let wrong = if name.is_empty() { words::ERROR_NAME } else { words::ERROR_POSTS };
        typed.error.set(Some(wrong.get(lang).to_owned()));
        return;
    };
    let batch = Batch::new(words::FIRST_BATCH.get(lang), clock::today(), None);
    let kind = state.kind.get_untracked();
    let pool = Pool::found(kind, name.clone(), size, text(typed.document), batch);
    match replace(state, Label::Pool, Some(pool)) {
        Ok(_) => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &name), ("n", &size)];
            say_done(state, words::CREATED.with(lang, &values));
        }
        Err(why) => typed.error.set(Some(why)),
    }
}
