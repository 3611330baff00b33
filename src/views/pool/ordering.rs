//! What decides beside the rules: priority tiers, criteria of the score, ties, limits of categories. Every
//! line is changed where it stands, moved, or taken out; what cannot be is said at its field and stays
//! there until it is mended.

use bianheng_core::pool::{At, Field as By, Line, List, Tie};
use bianheng_core::report::ordering::{Shown, shown, values_of};
use bianheng_core::scenario::Label;
use bianheng_core::text::{Lang, Message, pool_order, pool_view as words};
use leptos::prelude::*;

use super::cell::Cell;
use super::change::{change, put_checked};
use super::form::{Ask, Choose, Fill, Form, Input, Refused};
use super::parts::{typed, whole};
use crate::platform::page;
use crate::state::{State, use_state};
use crate::widgets::{Icon, icon};

/// What the figure of a list's lines is called.
fn figure_of(list: List) -> Message {
    match list {
        List::Tiers => words::TIER,
        List::Criteria => words::ORDER_WEIGHT,
        List::Ties => pool_order::list(list),
        List::Caps => words::ORDER_MOST,
    }
}

/// Puts a line in its place, or after all others.
fn put(state: State, list: List, at: usize, line: Line) -> Result<(), Refused> {
    put_checked(state, Label::Pool, |pool| pool.put_line(list, at, line))
}

/// The values as they were typed.
pub fn values(state: State, by: By, typed: &str) -> Vec<String> {
    let read = state.peek(|open| values_of(&open.workspace().state().county, by, typed));
    read.unwrap_or_default()
}

pub fn bys(lang: Lang) -> Vec<String> {
    By::ALL.iter().map(|by| pool_order::field(*by).get(lang).to_owned()).collect()
}

fn ties(lang: Lang) -> Vec<String> {
    Tie::ALL.iter().map(|tie| pool_order::tie(*tie).get(lang).to_owned()).collect()
}

/// The lists, each with its place among them.
#[component]
pub fn Ordering() -> impl IntoView {
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
                     put_in: fn(State, &mut Line, String) -> Result<(), Refused>| {
        let save = Callback::new(move |typed: String| {
            let Some(mut line) = shown.get_untracked().map(|shown| shown.line) else {
                return Ok(());
            };
            put_in(state, &mut line, typed)?;
            put(state, list, at, line)
        });
        let hint = Signal::derive(move || {
            let all = label == words::ORDER_VALUES;
            if all { state.t(words::ORDER_ALL).to_owned() } else { String::new() }
        });
        view! {
            <Cell testid=testid class=class label=named(label) value=value save=save hint=hint />
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
        let put_in = |_, line: &mut Line, typed: String| {
            whole(&typed, At::Figure).map(|figure| line.figure = figure)
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
    let chosen = Signal::derive(move || {
        let by = shown.with(|shown| shown.as_ref().map(|shown| shown.line.field));
        by.and_then(|by| By::ALL.iter().position(|one| *one == by)).unwrap_or(0)
    });
    let save = Callback::new(move |place: usize| {
        let line = shown.get_untracked().map(|shown| shown.line);
        match (By::ALL.get(place), line) {
            (Some(by), Some(line)) => put(state, list, at, Line { field: *by, ..line }),
            _ => Ok(()),
        }
    });
    view! {
        <Choose
            label=label
            in_table=true
            testid="order-by"
            names=Signal::derive(move || bys(state.lang.get()))
            chosen=chosen
            save=save
        />
    }
}

/// The form that adds a line after all others.
#[component]
fn Add(list: List, places: Memo<usize>, adding: RwSignal<bool>) -> impl IntoView {
    let state = use_state();
    let text = |text: &str| RwSignal::new(text.to_owned());
    let (name, any) = (text(""), text(""));
    let amount = text(if list == List::Ties { "0" } else { "1" });
    let (by, tie) = (RwSignal::new(0_usize), RwSignal::new(0_usize));
    let form = Form::new();
    let close = Callback::new(move |()| {
        adding.set(false);
        to_add(list);
    });
    let save = Callback::new(move |()| {
        let done = whole(&typed(amount), At::Figure).and_then(|figure| {
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
        if form.settle(done).is_some() {
            close.run(());
        }
    });
    let named = list.is_named().then(|| {
        let input = Input::text(name);
        view! { <Ask form=form at=At::Name label=words::NAME testid="order-new-name" input=input /> }
    });
    let sorts = list.holds_sorts().then(|| {
        let by = Input::choice(state, by, bys);
        view! {
            <Ask form=form label=words::ORDER_BY testid="order-new-by" input=by />
            <Ask
                form=form
                at=At::Values
                label=words::ORDER_VALUES
                testid="order-new-values"
                input=Input::text(any)
            />
        }
    });
    let (at, testid, input) = if list == List::Ties {
        (At::Name, "order-new-tie", Input::choice(state, tie, ties))
    } else {
        (At::Figure, "order-new-figure", Input::figure(amount))
    };
    view! {
        <Fill
            form=form
            testid="order-form"
            save=save
            button="order-save"
            close=("order-cancel", close)
            eager=true
        >
            {named} {sorts} <Ask form=form at=at label=figure_of(list) testid=testid input=input />
        </Fill>
    }
    .into_any()
}
