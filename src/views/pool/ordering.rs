//! What decides beside the rules: priority tiers, criteria of the score, ties, limits of categories. Every
//! line is changed where it stands, moved, or taken out; what cannot be is said at its field and stays
//! there until it is mended.

use bianheng_core::pool::{Field as By, Line, List, Tie};
use bianheng_core::report::ordering::{Shown, shown, values_of};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, Message, pool_order, pool_view as words};
use leptos::prelude::*;

use super::cell::Cell;
use super::change::{change, try_change};
use super::lend::ErrorText;
use super::parts::Choice;
use super::seen::View;
use crate::platform::page;
use crate::state::{State, use_state};
use crate::widgets::{Field, Icon, count, icon};

/// What the figure of a list's lines is called.
fn figure_of(list: List) -> Message {
    match list {
        List::Tiers => words::TIER,
        List::Criteria => words::ORDER_WEIGHT,
        List::Ties => pool_order::list(list),
        List::Caps => words::ORDER_MOST,
    }
}

/// Changes the pool by an edit that may be refused.
fn try_edit(
    state: State,
    edit: impl FnOnce(&mut bianheng_core::pool::Pool) -> Result<(), bianheng_core::pool::PoolError>,
) -> Result<(), String> {
    let mut refused = None;
    let done = try_change(state, Label::Pool, |pool| refused = edit(pool).err());
    match refused {
        Some(error) => Err(error.text(state.lang.get_untracked())),
        None => done.map(drop),
    }
}

/// Puts a line in its place, or after all others.
fn put(state: State, list: List, at: usize, line: Line) -> Result<(), String> {
    try_edit(state, |pool| pool.put_line(list, at, line))
}

/// A figure as it was typed.
fn figure(state: State, typed: &str) -> Result<u32, String> {
    let lang = state.lang.get_untracked();
    count(typed).ok_or_else(|| words::ERROR_WHOLE.with(lang, &[("typed", &typed)]))
}

/// The values as they were typed.
fn values(state: State, by: By, typed: &str) -> Vec<String> {
    let read = state.peek(|open| values_of(&open.workspace().state().county, by, typed));
    read.unwrap_or_default()
}

fn bys(lang: Lang) -> Vec<String> {
    By::ALL.iter().map(|by| pool_order::field(*by).get(lang).to_owned()).collect()
}

fn ties(lang: Lang) -> Vec<String> {
    Tie::ALL.iter().map(|tie| pool_order::tie(*tie).get(lang).to_owned()).collect()
}

/// The lists, each with its place among them.
#[component]
pub fn Ordering(view: View) -> impl IntoView {
    let state = use_state();
    let lists = Memo::new(move |_| {
        let lang = state.lang.get();
        let kind = state.kind.get();
        let lists = state.with(|open| {
            let county = &open.workspace().state().county;
            county.pool(&kind).map(|pool| shown(county, pool, lang))
        });
        lists.flatten().unwrap_or_default()
    });
    let terms = move || {
        let lang = state.lang.get();
        let lines = view.read(|seen| pool_order::lines(&seen.pool, lang)).unwrap_or_default();
        lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()
    };
    let one = move |(place, list)| {
        let lines = Signal::derive(move || {
            lists.with(|lists| lists.get(place).cloned().unwrap_or_default())
        });
        view! { <Lines list=list lines=lines /> }
    };
    view! {
        <div data-testid="pool-order">
            <h3 class="block-gap">{state.say(words::ORDER)}</h3>
            {List::ALL.into_iter().enumerate().map(one).collect_view()}
            <ul class="rule-lines">{terms}</ul>
        </div>
    }
    .into_any()
}

/// One list.
#[component]
fn Lines(list: List, lines: Signal<Vec<Shown>>) -> impl IntoView {
    let state = use_state();
    let adding = RwSignal::new(false);
    let places = Memo::new(move |_| lines.with(Vec::len));
    let head = move |label: Message, here: bool| {
        here.then(|| view! { <th scope="col">{state.say(label)}</th> })
    };
    let id = format!("order-{}", list.as_str());
    view! {
        <section class="order-list" aria-labelledby=id.clone() data-testid="order-list" data-id=list.as_str()>
            <header class="sec">
                <h4 id=id.clone()>{state.say(pool_order::list(list))}</h4>
                <span class="acts">
                    <button
                        type="button"
                        class="link"
                        id=format!("order-{}-add", list.as_str())
                        data-testid="order-add"
                        aria-expanded=move || adding.get().to_string()
                        on:click=move |_| adding.update(|open| *open = !*open)
                    >
                        {state.say(words::ORDER_ADD)}
                    </button>
                </span>
            </header>
            <Show when=move || adding.get()>
                <Add list=list places=places adding=adding />
            </Show>
            <Show
                when=move || { places.get() > 0 }
                fallback=move || view! { <p class="note">{state.say(words::ORDER_NO_LINE)}</p> }
            >
                <table class="t rules">
                    <thead>
                        <tr>
                            {head(words::NAME, list.is_named())}
                            {head(figure_of(list), true)}
                            {head(words::ORDER_BY, list.holds_sorts())}
                            {head(words::ORDER_VALUES, list.holds_sorts())}
                            {head(words::ORDER_HELD, list == List::Caps)}
                            {head(words::ORDER_REACH, list.holds_sorts())} <th></th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || 0..places.get()
                            key=|at| *at
                            children=move |at| {
                                view! { <Row list=list at=at lines=lines places=places /> }
                            }
                        />
                    </tbody>
                </table>
            </Show>
        </section>
    }
    .into_any()
}

/// The focus goes along with what was moved, and to what took the place of what was taken out.
fn follow(list: List, at: usize, button: &str) {
    page::focus(&format!("order-{}-{at}-{button}", list.as_str()));
}

/// The focus goes to the button that adds a line.
fn to_add(list: List) {
    page::focus(&format!("order-{}-add", list.as_str()));
}

#[component]
fn Row(list: List, at: usize, lines: Signal<Vec<Shown>>, places: Memo<usize>) -> impl IntoView {
    let state = use_state();
    let shown = Memo::new(move |_| lines.with(|lines| lines.get(at).cloned()));
    let read = move |read: fn(&Shown) -> String| {
        Signal::derive(move || shown.with(|shown| shown.as_ref().map(read).unwrap_or_default()))
    };
    let named = move |label: Message| {
        Signal::derive(move || {
            let name = shown.with(|shown| {
                let shown = shown.as_ref()?;
                Some(if list.is_named() { shown.line.name.clone() } else { shown.text.clone() })
            });
            format!("{} {} · {}", at + 1, name.unwrap_or_default(), state.t(label))
        })
    };
    // Reads what was typed into the line as it stands; what cannot be is said at the field.
    let cell = move |testid: &'static str,
                     class: &'static str,
                     label: Message,
                     value: Signal<String>,
                     put_in: fn(State, &mut Line, String) -> Result<(), String>| {
        let said = RwSignal::new(None::<String>);
        let save = Callback::new(move |typed: String| {
            let Some(mut line) = shown.get_untracked().map(|shown| shown.line) else {
                return false;
            };
            let done = put_in(state, &mut line, typed).and_then(|()| put(state, list, at, line));
            said.set(done.err());
            said.with_untracked(Option::is_none)
        });
        let hint = Signal::derive(move || {
            let all = label == words::ORDER_VALUES;
            if all { state.t(words::ORDER_ALL).to_owned() } else { String::new() }
        });
        view! {
            <Cell testid=testid class=class label=named(label) value=value save=save hint=hint said=said />
        }
    };
    let name = list.is_named().then(|| {
        let value = read(|shown| shown.line.name.clone());
        let put_in = |_, line: &mut Line, typed| {
            line.name = typed;
            Ok(())
        };
        view! { <td class="wide">{cell("order-name", "cell", words::NAME, value, put_in)}</td> }
    });
    let tie = (list == List::Ties).then(|| {
        view! { <th scope="row">{read(|shown| shown.text.clone())}</th> }
    });
    let amount = (list != List::Ties).then(|| {
        let value = read(|shown| shown.line.figure.to_string());
        let put_in = |state, line: &mut Line, typed: String| {
            figure(state, &typed).map(|figure| line.figure = figure)
        };
        let label = figure_of(list);
        view! { <td class="slim">{cell("order-figure", "cell num", label, value, put_in)}</td> }
    });
    let sorts = list.holds_sorts().then(|| {
        let value = read(|shown| shown.text.clone());
        let put_in = |state, line: &mut Line, typed: String| {
            line.any = values(state, line.field, &typed);
            Ok(())
        };
        let values = cell("order-values", "cell", words::ORDER_VALUES, value, put_in);
        view! {
            <td>
                <ChooseBy list=list at=at shown=shown label=named(words::ORDER_BY) />
            </td>
            <td class="wide">{values}</td>
        }
    });
    let held = (list == List::Caps).then(|| {
        let on = move || shown.with(|shown| shown.as_ref().is_some_and(|own| own.line.in_rotation));
        let save = move |event| {
            let on = event_target_checked(&event);
            change(state, Label::Pool, |pool| {
                if let Some(cap) = pool.caps.get_mut(at) {
                    cap.in_rotation = on;
                }
            });
        };
        view! {
            <td>
                <input
                    type="checkbox"
                    data-testid="order-held"
                    aria-label=named(words::ORDER_HELD)
                    prop:checked=on
                    on:change=save
                />
            </td>
        }
    });
    let reach = list.holds_sorts().then(|| {
        let never = move || shown.with(|shown| shown.as_ref().is_some_and(|own| own.never));
        view! {
            <td class="note" data-testid="order-reach">
                <Show when=never>{icon(Icon::Warn, "ico-13 review")} " "</Show>
                {read(|shown| shown.reach.clone())}
            </td>
        }
    });
    let lower = move |place: usize| {
        change(state, Label::Pool, |pool| pool.lower_line(list, place));
    };
    let remove = move || {
        change(state, Label::Pool, |pool| pool.remove_line(list, at));
        match places.get_untracked() {
            0 => to_add(list),
            left => follow(list, at.min(left - 1), "remove"),
        }
    };
    let act = Callback::new(move |part: &'static str| match part {
        "up" => {
            lower(at.saturating_sub(1));
            follow(list, at.saturating_sub(1), if at == 1 { "down" } else { "up" });
        }
        "down" => {
            lower(at);
            follow(list, at + 1, if at + 2 == places.get_untracked() { "up" } else { "down" });
        }
        _ => remove(),
    });
    let button = move |shape: Icon, part: &'static str, testid: &'static str, label: Message| {
        view! {
            <button
                type="button"
                class="btn icon small quiet"
                id=format!("order-{}-{at}-{part}", list.as_str())
                data-testid=testid
                title=state.say(label)
                aria-label=named(label)
                disabled=move || match part {
                    "up" => at == 0,
                    "down" => at + 1 >= places.get(),
                    _ => false,
                }
                on:click=move |_| act.run(part)
            >
                {icon(shape, "ico-13")}
            </button>
        }
    };
    view! {
        <tr data-testid="order-row" data-id=format!("{}/{}", list.as_str(), at + 1)>
            {name} {tie} {amount} {sorts} {held} {reach}
            <td class="nowrap">
                {button(Icon::ChevronUp, "up", "order-up", words::ORDER_UP)}
                {button(Icon::ChevronDown, "down", "order-down", words::ORDER_DOWN)}
                {button(Icon::Trash, "remove", "order-remove", words::ORDER_REMOVE)}
            </td>
        </tr>
    }
    .into_any()
}

/// What a line looks at. What it must be one of stays as it is.
#[component]
fn ChooseBy(
    list: List,
    at: usize,
    shown: Memo<Option<Shown>>,
    label: Signal<String>,
) -> impl IntoView {
    let state = use_state();
    let error = RwSignal::new(None::<String>);
    let is =
        move |by: By| shown.with(|shown| shown.as_ref().is_some_and(|own| own.line.field == by));
    let options = move || {
        let names = bys(state.lang.get());
        let one = |(place, (by, name)): (usize, (By, String))| {
            view! { <option value=place.to_string() selected=move || is(by)>{name}</option> }
        };
        By::ALL.into_iter().zip(names).enumerate().map(one).collect_view()
    };
    let save = move |event| {
        let by = event_target_value(&event).parse().ok().and_then(|at: usize| By::ALL.get(at));
        let line = shown.get_untracked().map(|shown| shown.line);
        if let (Some(by), Some(line)) = (by, line) {
            error.set(put(state, list, at, Line { field: *by, ..line }).err());
        }
    };
    view! {
        <span class="select">
            <select
                data-testid="order-by"
                aria-label=label
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:change=save
            >
                {options}
            </select>
            {icon(Icon::ChevronDown, "")}
        </span>
        <ErrorText error=error />
    }
    .into_any()
}

/// The form that adds a line after all others.
#[component]
fn Add(list: List, places: Memo<usize>, adding: RwSignal<bool>) -> impl IntoView {
    let state = use_state();
    let text = |text: &str| RwSignal::new(text.to_owned());
    let (name, any) = (text(""), text(""));
    let amount = text(if list == List::Ties { "0" } else { "1" });
    let (by, tie) = (RwSignal::new(0_usize), RwSignal::new(0_usize));
    let error = RwSignal::new(None::<String>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let done = figure(state, &typed(amount)).and_then(|figure| {
            let field = By::ALL.get(by.get_untracked()).copied().unwrap_or_default();
            let line = Line {
                name: typed(name),
                field,
                any: values(state, field, &typed(any)),
                figure,
                in_rotation: false,
                tie: Tie::ALL.get(tie.get_untracked()).copied().unwrap_or_default(),
            };
            put(state, list, places.get_untracked(), line)
        });
        match done {
            Ok(()) => {
                adding.set(false);
                to_add(list);
            }
            Err(why) => error.set(Some(why)),
        }
    };
    let named = list.is_named().then(|| {
        view! { <Field label=words::NAME testid="order-new-name" text=name /> }
    });
    let sorts = list.holds_sorts().then(|| {
        view! {
            <Choice label=words::ORDER_BY testid="order-new-by" names=bys chosen=by />
            <Field label=words::ORDER_VALUES testid="order-new-values" text=any />
        }
    });
    let last = if list == List::Ties {
        view! { <Choice label=figure_of(list) testid="order-new-tie" names=ties chosen=tie /> }
            .into_any()
    } else {
        view! {
            <Field
                label=figure_of(list)
                testid="order-new-figure"
                text=amount
                class="field num narrow"
            />
        }
        .into_any()
    };
    view! {
        <form
            class="entry"
            novalidate
            on:submit=submit
            on:keydown=move |event| {
                if !event.is_composing() && event.key() == "Escape" {
                    adding.set(false);
                }
            }
            data-testid="order-form"
        >
            {named} {sorts} {last}
            <div class="btns">
                <button type="submit" class="btn" data-testid="order-save">
                    {state.say(words::SAVE)}
                </button>
                <ErrorText error=error />
            </div>
        </form>
    }
    .into_any()
}
