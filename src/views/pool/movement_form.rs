//! The form that makes a movement of posts. What it would do is said while it is filled in; what
//! cannot be is refused there, with its clause and figures.

use bianheng_core::county::{HoldingId, KindId, Stage, UnitCode};
use bianheng_core::pool::movement::{Movement, Paper, Sort, step};
use bianheng_core::report::movements::{Side, chosen, offers};
use bianheng_core::scenario::{Label, State as Present, Step};
use bianheng_core::text::{Lang, Message, names, pool_view as words, steps};
use leptos::prelude::*;

use super::change::say_done;
use super::lend::ErrorText;
use super::parts::Choice;
use crate::platform::clock;
use crate::state::{State, use_state};
use crate::widgets::{Field, Suggest, at_least_one, count};

/// More would not be looked through.
const MOST_OFFERED: usize = 30;

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    sort: RwSignal<usize>,
    kind: RwSignal<usize>,
    day: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    posts: RwSignal<String>,
    people: RwSignal<String>,
    code: RwSignal<String>,
    name: RwSignal<String>,
    township: RwSignal<String>,
    stage: RwSignal<usize>,
    leaders: RwSignal<String>,
    document: RwSignal<String>,
    reason: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

fn trimmed(field: RwSignal<String>) -> String {
    field.with(|text| text.trim().to_owned())
}

impl Typed {
    fn new(state: State) -> Self {
        let text = |text: &str| RwSignal::new(text.to_owned());
        let shown = state.kind.get_untracked();
        let kind = state.peek(|open| {
            let kinds = &open.workspace().state().county.kinds;
            kinds.iter().position(|kind| kind.id == shown)
        });
        Self {
            sort: RwSignal::new(0),
            kind: RwSignal::new(kind.flatten().unwrap_or(0)),
            day: text(&clock::today().to_string()),
            from: text(""),
            to: text(""),
            posts: text(""),
            people: text("0"),
            code: text(""),
            name: text(""),
            township: text(""),
            stage: RwSignal::new(0),
            leaders: text("0"),
            document: text(""),
            reason: text(""),
            error: RwSignal::new(None),
        }
    }

    /// What was made is not made twice by a second press.
    fn clear(self) {
        for field in [self.from, self.to, self.posts, self.code, self.name] {
            field.set(String::new());
        }
        self.error.set(None);
    }

    fn sort(self) -> Sort {
        Sort::ALL.get(self.sort.get()).copied().unwrap_or(Sort::Adjust)
    }

    fn kind(self, now: &Present) -> Option<KindId> {
        now.county.kinds.get(self.kind.get()).map(|kind| kind.id.clone())
    }

    /// What may stand on the side that gives, and on the one that takes.
    fn sides(self, now: &Present) -> Option<[Side; 2]> {
        let kind = self.kind(now)?;
        Some(match self.sort() {
            Sort::Merge | Sort::Close => [Side::Unit, Side::Unit],
            Sort::Swap => [Side::Kind(kind.clone()), Side::Other(kind)],
            _ => [Side::Kind(kind.clone()), Side::Kind(kind)],
        })
    }

    /// The movement, or the message of what is missing. Tracks all of it.
    fn movement(self, now: &Present, lang: Lang) -> Result<Movement, Message> {
        let missing = || words::ERROR_UNIT;
        let (kind, sides) = (self.kind(now).ok_or_else(missing)?, self.sides(now));
        let [gives, takes] = sides.ok_or_else(missing)?;
        let at = |side: &Side, field: RwSignal<String>| -> Result<HoldingId, Message> {
            let typed = trimmed(field);
            let found = chosen(&now.county, side, &typed, lang);
            found.ok_or(if typed.is_empty() { words::ERROR_UNIT } else { words::ERROR_NO_UNIT })
        };
        let from = || at(&gives, self.from);
        let to = || at(&takes, self.to);
        let posts = || at_least_one(&trimmed(self.posts)).ok_or(words::ERROR_POSTS);
        let counted = |field| count(&trimmed(field)).ok_or(words::ERROR_COUNT);
        Ok(match self.sort() {
            Sort::WithFunction => Movement::WithFunction {
                from: from()?,
                to: to()?,
                posts: posts()?,
                people: counted(self.people)?,
            },
            Sort::Adjust => Movement::Adjust { from: from()?, to: to()?, posts: posts()? },
            Sort::Recover => Movement::Recover { from: from()?, posts: posts()? },
            Sort::Swap => Movement::Swap { from: from()?, to: to()?, posts: posts()? },
            Sort::Found => {
                let some =
                    |field, error| Some(trimmed(field)).filter(|s| !s.is_empty()).ok_or(error);
                let stage = self.stage.get().checked_sub(1);
                Movement::Found {
                    unit: UnitCode::new(&some(self.code, words::ERROR_CODE)?),
                    name: some(self.name, words::ERROR_NAME)?,
                    township: trimmed(self.township),
                    stage: stage.and_then(|at| Stage::ALL.get(at)).copied(),
                    kind,
                    posts: counted(self.posts)?,
                    leaders: counted(self.leaders)?,
                }
            }
            Sort::Merge => Movement::Merge { from: from()?.unit, to: to()?.unit },
            Sort::Close => {
                let to = if trimmed(self.to).is_empty() { None } else { Some(to()?.unit) };
                Movement::Close { from: from()?.unit, to }
            }
        })
    }

    /// The step that would be made, or what stands against it. Tracks all of it.
    fn step(self, now: &Present, lang: Lang) -> Result<Step, String> {
        let said = |message: Message| message.get(lang).to_owned();
        let movement = self.movement(now, lang).map_err(said)?;
        let on = trimmed(self.day).parse().map_err(|_| said(words::ERROR_DAY))?;
        let paper = Paper { on, document: trimmed(self.document), reason: trimmed(self.reason) };
        step(now, &movement, &paper).map_err(|error| error.text(lang))
    }
}

/// The form.
#[component]
pub fn MovementForm() -> impl IntoView {
    let state = use_state();
    let typed = Typed::new(state);
    let effect = Memo::new(move |_| {
        let lang = state.lang.get();
        let lines = state.with(|open| {
            let now = open.workspace().state();
            let step = typed.step(now, lang).ok()?;
            // Told with the names of afterwards, which a unit founded just now has.
            let mut after = now.clone();
            let mut lines = Vec::new();
            if let Label::Movement(moved) = &step.label
                && moved.over > 0
            {
                lines.push(steps::movement(moved, lang));
            }
            for command in step.commands {
                after.apply(command.clone()).ok()?;
                lines.push(steps::edit(&command, &after, lang));
            }
            Some(lines)
        });
        lines.flatten().unwrap_or_default()
    });
    let said = move || effect.with(|lines| lines.join(words::MOVEMENT_AND.get(state.lang.get())));
    let is = move |sorts: &'static [Sort]| move || sorts.contains(&typed.sort());
    let offered = move |place: usize, field: RwSignal<String>| {
        Signal::derive(move || {
            let lang = state.lang.get();
            let list = state.with(|open| {
                let now = open.workspace().state();
                let side = typed.sides(now)?.into_iter().nth(place)?;
                Some(field.with(|text| offers(&now.county, &side, text, MOST_OFFERED, lang)))
            });
            list.flatten().unwrap_or_default()
        })
    };
    let sorts =
        |lang: Lang| Sort::ALL.iter().map(|sort| steps::sort(*sort).get(lang).to_owned()).collect();
    let kinds = move |lang: Lang| {
        let kinds = state.with(|open| {
            let kinds = open.workspace().state().county.kinds.iter();
            kinds.map(|kind| kind.name.get(lang).to_owned()).collect::<Vec<_>>()
        });
        kinds.unwrap_or_default()
    };
    let stages = |lang: Lang| {
        let none = words::MOVEMENT_NO_STAGE.get(lang);
        let stages = Stage::ALL.iter().map(|stage| names::stage(*stage).get(lang));
        std::iter::once(none).chain(stages).map(str::to_owned).collect()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let done = untrack(|| {
            let lang = state.lang.get();
            let step = state.peek(|open| {
                let now = open.workspace().state();
                let step = typed.step(now, lang)?;
                let text = steps::describe(&step, now, lang);
                Ok((step, text))
            })?;
            Some(step.map(|(step, text)| state.dispatch(step).then_some(text)))
        });
        match done {
            Some(Ok(Some(text))) => {
                typed.clear();
                say_done(state, text);
            }
            Some(Err(why)) => typed.error.set(Some(why)),
            Some(Ok(None)) | None => {}
        }
    };
    let narrow = "field num narrow";
    view! {
        <form class="entry" novalidate on:submit=submit data-testid="movement-form">
            <Choice
                label=words::MOVEMENT
                testid="movement-sort"
                names=sorts
                chosen=typed.sort
            />
            <Show when=move || !is(&[Sort::Merge, Sort::Close])()>
                <Choice label=words::KIND testid="movement-kind" names=kinds chosen=typed.kind />
            </Show>
            <Show when=move || !is(&[Sort::Found])()>
                <Suggest
                    label=words::MOVEMENT_FROM
                    testid="movement-from"
                    text=typed.from
                    offers=offered(0, typed.from)
                />
            </Show>
            <Show when=move || !is(&[Sort::Found, Sort::Recover])()>
                <Suggest
                    label=words::MOVEMENT_TO
                    testid="movement-to"
                    text=typed.to
                    offers=offered(1, typed.to)
                />
            </Show>
            <Show when=is(&[Sort::Found])>
                <Field label=words::UNIT_CODE testid="movement-code" text=typed.code class=narrow />
                <Field label=words::NAME testid="movement-name" text=typed.name />
                <Field
                    label=words::TOWNSHIP
                    testid="movement-township"
                    text=typed.township
                />
                <Choice
                    label=words::STAGE
                    testid="movement-stage"
                    names=stages
                    chosen=typed.stage
                />
            </Show>
            <Show when=move || !is(&[Sort::Merge, Sort::Close])()>
                <Field label=words::POSTS testid="movement-posts" text=typed.posts class=narrow />
            </Show>
            <Show when=is(&[Sort::WithFunction])>
                <Field
                    label=words::USE_PEOPLE
                    testid="movement-people"
                    text=typed.people
                    class=narrow
                />
            </Show>
            <Show when=is(&[Sort::Found])>
                <Field
                    label=words::LEADER_POSTS
                    testid="movement-leaders"
                    text=typed.leaders
                    class=narrow
                />
            </Show>
            <Field label=words::DAY testid="movement-day" text=typed.day kind="date" />
            <Field label=words::DOCUMENT testid="movement-document" text=typed.document />
            <Field label=words::REASON testid="movement-reason" text=typed.reason />
            <div class="btns">
                <button type="submit" class="btn" data-testid="movement-save">
                    {state.say(words::SAVE)}
                </button>
                <ErrorText error=typed.error />
            </div>
            <p class="note" data-testid="movement-effect" aria-live="polite">
                {said}
            </p>
        </form>
    }
    .into_any()
}
