//! The one shape of every form of this screen. Fields know what they ask for; what cannot be is said at
//! the field where it is put right, with its clause and figures, and that field has the focus. Enter
//! saves, Escape closes.

use std::sync::atomic::{AtomicU32, Ordering};

use bianheng_core::pool::{At, PoolError};
use bianheng_core::text::{Lang, Message, pool_view as words};
use leptos::prelude::*;

use super::seen::View;
use crate::platform::page;
use crate::state::{State, use_state};
use crate::widgets::{Icon, icon};

/// Why something that was typed is not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It cannot be read, or is missing: where, why, and what was typed.
    Typed(At, Message, String),
    /// It was read, and cannot stand.
    Stands(PoolError),
}

impl Refused {
    /// What was typed cannot be read, or is missing.
    pub fn typed(at: At, why: Message) -> Self {
        Self::Typed(at, why, String::new())
    }

    /// For a person.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Typed(_, why, typed) => why.with(lang, &[("typed", typed)]),
            Self::Stands(error) => error.text(lang),
        }
    }

    fn at(&self) -> &[At] {
        match self {
            Self::Typed(at, ..) => std::slice::from_ref(at),
            Self::Stands(error) => error.fault.at(),
        }
    }
}

impl From<PoolError> for Refused {
    fn from(error: PoolError) -> Self {
        Self::Stands(error)
    }
}

/// A name that no other element of the page has.
fn fresh_id() -> String {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    format!("pool-field-{}", GIVEN.fetch_add(1, Ordering::Relaxed))
}

/// A field's own name, and what was refused at it: they point at each other.
#[derive(Clone, Copy)]
pub struct Spot {
    id: StoredValue<String>,
    refused: Signal<Option<Refused>>,
}

impl Spot {
    /// A field that is told by `refused` what was refused there.
    pub fn new(refused: Signal<Option<Refused>>) -> Self {
        Self { id: StoredValue::new(fresh_id()), refused }
    }

    /// The name of the field's element.
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// Whether something was refused, for `aria-invalid`.
    pub fn invalid(self) -> Option<&'static str> {
        self.refused.with(Option::is_some).then_some("true")
    }

    /// The name of the text that says so, for `aria-describedby`.
    pub fn described(self) -> Option<String> {
        self.refused.with(Option::is_some).then(|| self.text_id())
    }

    fn text_id(self) -> String {
        format!("{}-error", self.id())
    }
}

/// What was refused at a field.
#[component]
pub fn ErrorText(spot: Spot) -> impl IntoView {
    let state = use_state();
    move || {
        {
            spot.refused.get().map(|refused| {
                view! {
                    <span class="field-err" role="alert" id=spot.text_id() data-testid="form-error">
                        "✕ "
                        {refused.text(state.lang.get())}
                    </span>
                }
            })
        }
        .into_any()
    }
}

/// A field that a form shows.
#[derive(Clone)]
struct Field {
    at: At,
    id: String,
    value: Signal<String>,
}

/// A form: the fields that it shows, and what was refused at which.
#[derive(Clone, Copy)]
pub struct Form {
    fields: StoredValue<Vec<Field>>,
    refused: RwSignal<Option<(String, Refused)>>,
}

impl Form {
    /// A form without fields yet.
    pub fn new() -> Self {
        Self { fields: StoredValue::new(Vec::new()), refused: RwSignal::new(None) }
    }

    /// What was saved, or `None` with the refusal said at its field, which gets the focus.
    pub fn settle<T>(self, done: Result<T, Refused>) -> Option<T> {
        match done {
            Ok(done) => {
                self.refused.set(None);
                Some(done)
            }
            Err(refused) => {
                let id = self.field_of(&refused);
                self.refused.set(Some((id.clone(), refused)));
                page::focus(&id);
                None
            }
        }
    }

    /// The field at which something is refused, by its name; empty where none of its fields is at fault.
    /// Of several the one that names whom the fault concerns, else the one that is empty.
    fn field_of(self, refused: &Refused) -> String {
        let who = match refused {
            Refused::Stands(error) => error.who.as_str(),
            Refused::Typed(..) => "",
        };
        self.fields.with_value(|fields| {
            let of = |at: &At| fields.iter().filter(|field| field.at == *at).collect::<Vec<_>>();
            let found: Vec<&Field> = refused.at().iter().flat_map(of).collect();
            let says = |text: &str| {
                let mut found = found.iter();
                found.find(|field| field.value.with_untracked(|value| value.trim() == text))
            };
            let named = if who.is_empty() { None } else { says(who) };
            let field = named.or_else(|| says("")).or(found.first());
            field.map(|field| field.id.clone()).unwrap_or_default()
        })
    }

    /// What is refused at the element of this name.
    fn spot(self, id: Option<(At, Signal<String>)>) -> Spot {
        let own = StoredValue::new(String::new());
        let refused = Signal::derive(move || {
            self.refused.with(|refused| {
                let (at, refused) = refused.as_ref()?;
                own.with_value(|own| own == at).then(|| refused.clone())
            })
        });
        let spot = Spot::new(refused);
        if let Some((at, value)) = id {
            own.set_value(spot.id());
            let field = Field { at, id: spot.id(), value };
            self.fields.update_value(|fields| fields.push(field));
            on_cleanup(move || {
                let gone = spot.id();
                let _ = self.fields.try_update_value(|fields| fields.retain(|own| own.id != gone));
            });
        }
        spot
    }
}

/// What a field of a form is filled in with.
#[derive(Clone, Copy)]
pub struct Input {
    value: Signal<String>,
    set: Callback<String>,
    shape: Shape,
}

#[derive(Clone, Copy)]
enum Shape {
    /// Type and class.
    Line(&'static str, &'static str),
    /// What may be typed.
    Offered(Signal<Vec<String>>),
    /// Values and names to choose from.
    Choice(Signal<Vec<(String, String)>>),
}

impl Input {
    fn of(text: RwSignal<String>, shape: Shape) -> Self {
        Self { value: text.into(), set: Callback::new(move |typed| text.set(typed)), shape }
    }

    /// A line of text.
    pub fn text(text: RwSignal<String>) -> Self {
        Self::of(text, Shape::Line("text", "field"))
    }

    /// A figure.
    pub fn figure(text: RwSignal<String>) -> Self {
        Self::of(text, Shape::Line("text", "field num narrow"))
    }

    /// A day.
    pub fn day(text: RwSignal<String>) -> Self {
        Self::of(text, Shape::Line("date", "field"))
    }

    /// A line of text with what may stand in it.
    pub fn offered(text: RwSignal<String>, offers: Signal<Vec<String>>) -> Self {
        Self::of(text, Shape::Offered(offers))
    }

    /// A choice among a few words, by place.
    pub fn choice(
        state: State,
        chosen: RwSignal<usize>,
        names: impl Fn(Lang) -> Vec<String> + Send + Sync + 'static,
    ) -> Self {
        let set = Callback::new(move |at| chosen.set(at));
        Self::place(chosen.into(), set, Signal::derive(move || names(state.lang.get())))
    }

    /// The same, where choosing does more than keep the place.
    fn place(chosen: Signal<usize>, set: Callback<usize>, names: Signal<Vec<String>>) -> Self {
        let options = Signal::derive(move || {
            let named = names.get().into_iter().enumerate();
            named.map(|(at, name)| (at.to_string(), name)).collect()
        });
        Self {
            value: Signal::derive(move || chosen.get().to_string()),
            set: Callback::new(move |at: String| {
                if let Ok(at) = at.parse() {
                    set.run(at);
                }
            }),
            shape: Shape::Choice(options),
        }
    }

    /// A choice among the units that hold posts of the pool's kind, by code; `none` stands for none.
    pub fn unit(state: State, view: View, code: RwSignal<String>, none: Message) -> Self {
        let options = Signal::derive(move || {
            let first = (String::new(), state.t(none).to_owned());
            let units = view.units.get().into_iter();
            let units = units.map(|(code, name)| (code.as_str().to_owned(), name));
            std::iter::once(first).chain(units).collect()
        });
        Self::of(code, Shape::Choice(options))
    }
}

/// A field with its label above, and below it what was refused there. `at` says what it asks for: without
/// it nothing is ever refused there.
#[component]
pub fn Ask(
    form: Form,
    #[prop(optional)] at: Option<At>,
    label: Message,
    /// Name for tests.
    testid: &'static str,
    input: Input,
) -> impl IntoView {
    let state = use_state();
    let spot = form.spot(at.map(|at| (at, input.value)));
    view! {
        <div class="fieldset">
            <label for=spot.id()>{state.say(label)}</label>
            <Filled testid=testid input=input spot=spot />
            <ErrorText spot=spot />
        </div>
    }
    .into_any()
}

/// The element that is typed into or chosen from.
#[component]
pub fn Filled(
    testid: &'static str,
    input: Input,
    spot: Spot,
    /// Its name, where no label stands above it.
    #[prop(into, optional)]
    label: MaybeProp<String>,
) -> impl IntoView {
    let Input { value, set, shape } = input;
    let (kind, class, offers) = match shape {
        Shape::Line(kind, class) => (kind, class, None),
        Shape::Offered(offers) => ("text", "field wide", Some(offers)),
        Shape::Choice(options) => {
            let shown = move || {
                let one = |(own, name): (String, String)| {
                    let at = own.clone();
                    let chosen = move || value.with(|value| *value == at);
                    view! { <option value=own selected=chosen>{name}</option> }
                };
                options.get().into_iter().map(one).collect_view()
            };
            return view! {
                <span class="select" class:err=move || spot.invalid().is_some()>
                    <select
                        id=spot.id()
                        data-testid=testid
                        aria-label=move || label.get()
                        aria-invalid=move || spot.invalid()
                        aria-describedby=move || spot.described()
                        prop:value=move || {
                            options.track();
                            value.get()
                        }
                        on:change=move |event| set.run(event_target_value(&event))
                    >
                        {shown}
                    </select>
                    {icon(Icon::ChevronDown, "")}
                </span>
            }
            .into_any();
        }
    };
    let list = offers.map(|_| format!("{testid}-offers"));
    let offered = offers.map(|offers| {
        let one = |offer: String| view! { <option value=offer></option> };
        let shown = move || offers.get().into_iter().map(one).collect_view();
        view! { <datalist id=list.clone()>{shown}</datalist> }
    });
    view! {
        <input
            type=kind
            class=class
            autocomplete="off"
            id=spot.id()
            data-testid=testid
            list=list
            aria-label=move || label.get()
            aria-invalid=move || spot.invalid()
            aria-describedby=move || spot.described()
            prop:value=value
            on:input=move |event| set.run(event_target_value(&event))
        />
        {offered}
    }
    .into_any()
}

/// A choice that is saved as it is made; what was refused is said below it.
#[component]
pub fn Choose(
    /// Its label: above it, or for who cannot see the table in which it stands.
    #[prop(into)]
    label: Signal<String>,
    /// It stands in a table, under a head of its own.
    #[prop(optional)]
    in_table: bool,
    /// Name for tests.
    testid: &'static str,
    /// The words.
    names: Signal<Vec<String>>,
    /// The place that stands.
    chosen: Signal<usize>,
    /// Takes the place that was chosen, or refuses it.
    save: Callback<usize, Result<(), Refused>>,
) -> impl IntoView {
    let refused = RwSignal::new(None::<Refused>);
    let spot = Spot::new(refused.into());
    Effect::new(move |_| {
        chosen.track();
        refused.set(None);
    });
    let set = Callback::new(move |at| refused.set(save.run(at).err()));
    let input = Input::place(chosen, set, names);
    let above = (!in_table).then(|| view! { <label for=spot.id()>{label}</label> });
    view! {
        <div class="fieldset">
            {above} <Filled testid=testid input=input spot=spot label=label /> <ErrorText spot=spot />
        </div>
    }
    .into_any()
}

/// The form around its fields, with the button that saves.
#[component]
pub fn Fill(
    form: Form,
    /// Name for tests.
    testid: &'static str,
    /// Tries to save what is typed.
    save: Callback<()>,
    /// The name of its button for tests.
    button: &'static str,
    /// What the button says.
    #[prop(default = words::SAVE)]
    label: Message,
    /// Class of the button.
    #[prop(default = "btn")]
    look: &'static str,
    /// Class of the form.
    #[prop(default = "entry")]
    class: &'static str,
    /// Closes the form without saving, by a button of this name, and by Escape.
    #[prop(optional)]
    close: Option<(&'static str, Callback<()>)>,
    /// The first field has the focus when the form opens.
    #[prop(optional)]
    eager: bool,
    /// Stands beside the buttons.
    #[prop(optional)]
    more: Option<Children>,
    children: Children,
) -> impl IntoView {
    let state = use_state();
    let all = form.spot(None);
    let closing = close.map(|(testid, close)| {
        view! {
            <button
                type="button"
                class="btn quiet"
                data-testid=testid
                on:click=move |_| close.run(())
            >
                {state.say(words::CLOSE)}
            </button>
        }
    });
    let shown = children();
    if eager {
        Effect::new(move |_| {
            let first = form.fields.with_value(|fields| fields.first().map(|f| f.id.clone()));
            if let Some(first) = first {
                page::focus(&first);
            }
        });
    }
    view! {
        <form
            class=class
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                save.run(());
            }
            on:keydown=move |event| {
                let leaves = !event.is_composing() && event.key() == "Escape";
                if let Some((_, close)) = close.filter(|_| leaves) {
                    close.run(());
                }
            }
            data-testid=testid
        >
            {shown}
            <div class="btns">
                <button type="submit" class=look data-testid=button>
                    {state.say(label)}
                </button>
                {closing}
                {more.map(|more| more())}
                <ErrorText spot=all />
            </div>
        </form>
    }
    .into_any()
}
