//! What stands where the kind of post has no pool: why one would want it, and the one action.

use bianheng_core::pool::{At, Batch, Pool};
use bianheng_core::scenario::Label;
use bianheng_core::text::pool_view as words;
use leptos::prelude::*;

use super::change::{replace, say_done};
use super::form::{Ask, Fill, Form, Input, Refused};
use super::parts::typed as text;
use crate::platform::clock;
use crate::state::{State, use_state};
use crate::widgets::{Icon, at_least_one, icon};

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    size: RwSignal<String>,
    document: RwSignal<String>,
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
    let form = Form::new();
    let save = Callback::new(move |()| {
        form.settle(create(state, typed));
    });
    view! {
        <div class="page-body">
            <div class="empty-row" data-testid="pool-empty">
                <div class="empty">
                    {icon(Icon::Pool, "ico-20")}
                    <strong>
                        {move || words::EMPTY.with(state.lang.get(), &[("kind", &kind())])}
                    </strong>
                    <p>{state.say(words::EMPTY_WHY)}</p>
                    <Fill
                        form=form
                        testid="pool-create-form"
                        save=save
                        button="pool-create"
                        label=words::CREATE
                        look="btn primary"
                        class="entry plain"
                    >
                        <Ask
                            form=form
                            at=At::Name
                            label=words::NAME
                            testid="pool-create-name"
                            input=Input::text(typed.name)
                        />
                        <Ask
                            form=form
                            at=At::Posts
                            label=words::SIZE
                            testid="pool-create-size"
                            input=Input::figure(typed.size)
                        />
                        <Ask
                            form=form
                            at=At::Document
                            label=words::DOCUMENT
                            testid="pool-create-document"
                            input=Input::text(typed.document)
                        />
                    </Fill>
                </div>
            </div>
        </div>
    }
}

/// Sets the pool up and says so.
fn create(state: State, typed: Typed) -> Result<(), Refused> {
    let lang = state.lang.get_untracked();
    let name = text(typed.name);
    if name.is_empty() {
        return Err(Refused::typed(At::Name, words::ERROR_NAME));
    }
    let size = at_least_one(&text(typed.size));
    let size = size.ok_or_else(|| Refused::typed(At::Posts, words::ERROR_POSTS))?;
    let batch = Batch::new(words::FIRST_BATCH.get(lang), clock::today(), None);
    let kind = state.kind.get_untracked();
    let pool = Pool::found(kind, name.clone(), size, text(typed.document), batch);
    replace(state, Label::Pool, Some(pool))?;
    let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &name), ("n", &size)];
    say_done(state, words::CREATED.with(lang, &values));
    Ok(())
}
