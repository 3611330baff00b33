//! Work that may take long, done between frames: begun at once, gone on with while the page is
//! painted, stopped by whoever does not want to wait. What is done within the first moment never
//! shows that it was begun. Knows nothing of what is worked out.

use std::time::Duration;

use bianheng_core::pace::Steps;
use bianheng_core::text::{Message, reallocate as words};
use leptos::prelude::*;

use super::desk::{Shared, use_desk};
use crate::platform::timing;
use crate::widgets::{Icon, icon};

/// Milliseconds that are tried at first, in one go with what asked for it.
const FIRST: f64 = 40.0;
/// Milliseconds between two frames.
const TURN: f64 = 12.0;

/// How a piece of work stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Nothing is open.
    Done,
    /// It goes on; hundredths that are done, where that can be told.
    Working(Option<u64>),
    /// Somebody stopped it.
    Stopped,
}

/// One turn: the part done so far, or `None` when it came to its end.
type Turn = Box<dyn FnMut() -> Option<Option<u64>>>;

/// A piece of work, whatever it is about.
#[derive(Clone, Copy)]
pub struct Work {
    /// What it works out.
    name: Message,
    /// How it stands.
    pub stand: RwSignal<Stand>,
    /// Changed to begin anew.
    again: RwSignal<u32>,
    /// The number of the newest piece: turns of an older one do nothing.
    newest: StoredValue<u64>,
    turn: StoredValue<Option<Turn>, LocalStorage>,
}

/// What was begun.
enum Begun<T> {
    Done(Option<Shared<T>>),
    Open(u64),
}

impl<T> Clone for Begun<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Done(found) => Self::Done(found.clone()),
            Self::Open(number) => Self::Open(*number),
        }
    }
}

impl<T> PartialEq for Begun<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Done(one), Self::Done(other)) => one == other,
            (Self::Open(one), Self::Open(other)) => one == other,
            _ => false,
        }
    }
}

/// Works out what `begin` begins, anew whenever what it reads changes. `None` while it is not there.
/// The first moment of it is timed under `mark`.
pub fn slow<T: Send + Sync + 'static>(
    name: Message,
    mark: &'static str,
    begin: impl Fn() -> Option<Steps<Option<T>>> + Send + Sync + 'static,
) -> (Memo<Option<Shared<T>>>, Work) {
    let work = Work {
        name,
        stand: RwSignal::new(Stand::Done),
        again: RwSignal::new(0),
        newest: StoredValue::new(0),
        turn: StoredValue::new_local(None),
    };
    let late = RwSignal::new(None::<(u64, Option<Shared<T>>)>);
    let begun = Memo::new(move |_| {
        work.again.track();
        let number = work.newest.get_value() + 1;
        work.newest.set_value(number);
        work.turn.set_value(None);
        let begun = timing::timed(mark, || {
            let mut steps = begin()?;
            let found = within(&mut steps, FIRST);
            Some((steps, found))
        });
        let mut steps = match begun {
            None => return Begun::Done(None),
            Some((_, Some(found))) => return Begun::Done(found.map(Shared::new)),
            Some((steps, None)) => steps,
        };
        work.turn.set_value(Some(Box::new(move || match within(&mut steps, TURN) {
            Some(found) => {
                late.try_set(Some((number, found.map(Shared::new))));
                None
            }
            None => Some(steps.hundredths()),
        })));
        Begun::Open(number)
    });
    Effect::new(move |_| {
        match begun.with(|begun| match begun {
            Begun::Done(_) => None,
            Begun::Open(number) => Some(*number),
        }) {
            None => work.say(Stand::Done),
            Some(number) => {
                work.say(Stand::Working(None));
                work.go_on(number);
            }
        }
    });
    let found = Memo::new(move |_| match begun.get() {
        Begun::Done(found) => found,
        Begun::Open(number) => {
            let late = late.get().filter(|(of, _)| *of == number);
            late.and_then(|(_, found)| found)
        }
    });
    (found, work)
}

/// Steps until the work is done or the time is over.
fn within<T>(steps: &mut Steps<T>, milliseconds: f64) -> Option<T> {
    let clock = timing::Clock::fetched();
    let end = clock.now() + milliseconds;
    loop {
        if let Some(found) = steps.step() {
            return Some(found);
        }
        if clock.now() > end {
            return None;
        }
    }
}

impl Work {
    fn say(self, stand: Stand) {
        if self.stand.try_get_untracked().is_some_and(|now| now != stand) {
            self.stand.set(stand);
        }
    }

    /// Takes turns until the work is done, another one was begun, or the screen is gone.
    fn go_on(self, number: u64) {
        set_timeout(
            move || {
                if self.newest.try_get_value() != Some(number) {
                    return;
                }
                // Taken out, since what a turn finds may begin other work.
                let Some(Some(mut turn)) = self.turn.try_update_value(Option::take) else { return };
                match turn() {
                    None => self.say(Stand::Done),
                    Some(part) => {
                        self.turn.set_value(Some(turn));
                        self.say(Stand::Working(part));
                        self.go_on(number);
                    }
                }
            },
            Duration::ZERO,
        );
    }

    /// Stops it.
    fn stop(self) {
        self.newest.update_value(|number| *number += 1);
        self.turn.set_value(None);
        self.say(Stand::Stopped);
    }
}

/// The line that says that work goes on, with a way to stop it, or to begin it again.
#[component]
pub fn WorkLine(
    /// The work.
    work: Work,
) -> impl IntoView {
    let state = use_desk().state;
    let text = move || {
        let lang = state.lang.get();
        let what = work.name.get(lang);
        match work.stand.get() {
            Stand::Done => String::new(),
            Stand::Working(None) => words::WORKING.with(lang, &[("what", &what)]),
            Stand::Working(Some(percent)) => {
                words::WORKING_AT.with(lang, &[("what", &what), ("percent", &percent)])
            }
            Stand::Stopped => words::STOPPED.with(lang, &[("what", &what)]),
        }
    };
    let is_open = Memo::new(move |_| work.stand.get() != Stand::Done);
    let is_stopped = Memo::new(move |_| work.stand.get() == Stand::Stopped);
    let part = move || match work.stand.get() {
        Stand::Working(part) => part.map(|part| part.to_string()),
        _ => Some("0".to_owned()),
    };
    let act = move |_| {
        if is_stopped.get_untracked() {
            work.again.update(|again| *again += 1);
        } else {
            work.stop();
        }
    };
    let label =
        move || state.t(if is_stopped.get() { words::WORK_AGAIN } else { words::CANCEL_WORK });
    view! {
        <Show when=move || is_open.get()>
            <div class="progress" data-testid="working">
                {icon(Icon::Busy, "ico-13")}
                <span role="status">{text}</span>
                <progress aria-hidden="true" max="100" value=part hidden=move || is_stopped.get()></progress>
                <button type="button" class="btn small" data-testid="stop-work" on:click=act>
                    {label}
                </button>
            </div>
        </Show>
    }
}
