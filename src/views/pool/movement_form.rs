//! The form that makes a movement of posts. What it would do is said while it is filled in; what
//! cannot be is refused there, with its clause and figures.

use bianheng_core::county::{HoldingId, KindId, Stage, UnitCode};
use bianheng_core::pool::At;
use bianheng_core::pool::movement::{Movement, Paper, Sort, step};
use bianheng_core::report::movements::{Side, chosen, offers};
use bianheng_core::scenario::{Label, State as Present, Step};
use bianheng_core::text::{Lang, names, pool_view as words, steps};
use leptos::prelude::*;

use super::change::say_done;
use super::form::{Ask, Fill, Form, Input, Refused};
use crate::platform::clock;
use crate::state::{State, use_state};
use crate::widgets::{at_least_one, count};

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
        }
    }

    /// What was made is not made twice by a second press.
    fn clear(self) {
        for field in [self.from, self.to, self.posts, self.code, self.name] {
            field.set(String::new());
        }
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

    /// The movement, or what is missing. Tracks all of it.
    fn movement(self, now: &Present, lang: Lang) -> Result<Movement, Refused> {
        let missing = || Refused::typed(At::Stage, words::ERROR_UNIT);
        let (kind, sides) = (self.kind(now).ok_or_else(missing)?, self.sides(now));
        let [gives, takes] = sides.ok_or_else(missing)?;
        let find = |side: &Side, field: RwSignal<String>, at| -> Result<HoldingId, Refused> {
            let typed = trimmed(field);
            let found = chosen(&now.county, side, &typed, lang);
            let why = if typed.is_empty() { words::ERROR_UNIT } else { words::ERROR_NO_UNIT };
            found.ok_or_else(|| Refused::typed(at, why))
        };
        let from = || find(&gives, self.from, At::From);
        let to = || find(&takes, self.to, At::To);
        let posts = || {
            let posts = at_least_one(&trimmed(self.posts));
            posts.ok_or_else(|| Refused::typed(At::Posts, words::ERROR_POSTS))
        };
        let counted = |field, at| {
            count(&trimmed(field)).ok_or_else(|| Refused::typed(at, words::ERROR_COUNT))
        };
        Ok(match self.sort() {
            Sort::WithFunction => Movement::WithFunction {
                from: from()?,
                to: to()?,
                posts: posts()?,
                people: counted(self.people, At::People)?,
            },
            Sort::Adjust => Movement::Adjust { from: from()?, to: to()?, posts: posts()? },
            Sort::Recover => Movement::Recover { from: from()?, posts: posts()? },
            Sort::Swap => Movement::Swap { from: from()?, to: to()?, posts: posts()? },
            Sort::Found => {
                let some = |field, at, why| {
                    let text = Some(trimmed(field)).filter(|text| !text.is_empty());
                    text.ok_or_else(|| Refused::typed(at, why))
                };
                let stage = self.stage.get().checked_sub(1);
                Movement::Found {
                    unit: UnitCode::new(&some(self.code, At::Code, words::ERROR_CODE)?),
                    name: some(self.name, At::Name, words::ERROR_NAME)?,
                    township: trimmed(self.township),
                    stage: stage.and_then(|at| Stage::ALL.get(at)).copied(),
                    kind,
                    posts: counted(self.posts, At::Posts)?,
                    leaders: counted(self.leaders, At::Leaders)?,
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
    fn step(self, now: &Present, lang: Lang) -> Result<Step, Refused> {
        let movement = self.movement(now, lang)?;
        let on = trimmed(self.day).parse();
        let on = on.map_err(|_| Refused::typed(At::Day, words::ERROR_DAY))?;
        let paper = Paper { on, document: trimmed(self.document), reason: trimmed(self.reason) };
        Ok(step(now, &movement, &paper)?)
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
    let form = Form::new();
    let save = Callback::new(move |()| {
        let made = untrack(|| {
            let lang = state.lang.get();
            state.peek(|open| {
                let now = open.workspace().state();
                let step = typed.step(now, lang)?;
                let text = steps::describe(&step, now, lang);
                Ok((step, text))
            })
        });
        let Some((step, text)) = made.and_then(|made| form.settle(made)) else { return };
        if state.dispatch(step) {
            typed.clear();
            say_done(state, text);
        }
    });
    let (from, to) = (offered(0, typed.from), offered(1, typed.to));
    let (from, to) = (Input::offered(typed.from, from), Input::offered(typed.to, to));
    view! {
        <Fill form=form testid="movement-form" save=save button="movement-save" eager=true>
            <Ask
                form=form
                label=words::MOVEMENT
                testid="movement-sort"
                input=Input::choice(state, typed.sort, sorts)
            />
            <Show when=move || !is(&[Sort::Merge, Sort::Close])()>
                <Ask
                    form=form
                    label=words::KIND
                    testid="movement-kind"
                    input=Input::choice(state, typed.kind, kinds)
                />
            </Show>
            <Show when=move || !is(&[Sort::Found])()>
                <Ask
                    form=form
                    at=At::From
                    label=words::MOVEMENT_FROM
                    testid="movement-from"
                    input=from
                />
            </Show>
            <Show when=move || !is(&[Sort::Found, Sort::Recover])()>
                <Ask
                    form=form
                    at=At::To
                    label=words::MOVEMENT_TO
                    testid="movement-to"
                    input=to
                />
            </Show>
            <Show when=is(&[Sort::Found])>
                <Ask
                    form=form
                    at=At::Code
                    label=words::UNIT_CODE
                    testid="movement-code"
                    input=Input::figure(typed.code)
                />
                <Ask
                    form=form
                    at=At::Name
                    label=words::NAME
                    testid="movement-name"
                    input=Input::text(typed.name)
                />
                <Ask
                    form=form
                    label=words::TOWNSHIP
                    testid="movement-township"
                    input=Input::text(typed.township)
                />
                <Ask
                    form=form
                    at=At::Stage
                    label=words::STAGE
                    testid="movement-stage"
                    input=Input::choice(state, typed.stage, stages)
                />
            </Show>
            <Show when=move || !is(&[Sort::Merge, Sort::Close])()>
                <Ask
                    form=form
                    at=At::Posts
                    label=words::POSTS
                    testid="movement-posts"
                    input=Input::figure(typed.posts)
                />
            </Show>
            <Show when=is(&[Sort::WithFunction])>
                <Ask
                    form=form
                    at=At::People
                    label=words::USE_PEOPLE
                    testid="movement-people"
                    input=Input::figure(typed.people)
                />
            </Show>
            <Show when=is(&[Sort::Found])>
                <Ask
                    form=form
                    at=At::Leaders
                    label=words::LEADER_POSTS
                    testid="movement-leaders"
                    input=Input::figure(typed.leaders)
                />
            </Show>
            <Ask
                form=form
                at=At::Day
                label=words::DAY
                testid="movement-day"
                input=Input::day(typed.day)
            />
            <Ask
                form=form
                at=At::Document
                label=words::DOCUMENT
                testid="movement-document"
                input=Input::text(typed.document)
            />
            <Ask
                form=form
                at=At::Reason
                label=words::REASON
                testid="movement-reason"
                input=Input::text(typed.reason)
            />
        </Fill>
        <p class="note" data-testid="movement-effect" aria-live="polite">
            {said}
        </p>
    }
    .into_any()
}
