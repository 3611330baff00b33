//! The only way in which this screen changes anything: one step for each change of the pool, with
//! both values. A change that would break the pool is not made, and its reason comes back in words.

use bianheng_core::pool::change::step;
use bianheng_core::pool::{Pool, PoolError};
use bianheng_core::scenario::Label;
use bianheng_core::text::pool_view as words;
use leptos::prelude::*;

use super::form::Refused;
use crate::state::{State, Toast, ToastAction};

/// Puts `new` in the place of the pool of the kind that is shown. `Ok(false)` if nothing changes.
///
/// # Errors
/// What would be wrong with the pool, the year's use of posts or the total.
pub fn replace(state: State, label: Label, new: Option<Pool>) -> Result<bool, PoolError> {
    let kind = state.kind.get_untracked();
    let made = state
        .peek(|open| step(open.workspace().state(), open.figures(), &kind, new.as_ref(), label));
    match made {
        Some(Ok(Some(step))) => Ok(state.dispatch(step)),
        Some(Err(error)) => Err(error),
        Some(Ok(None)) | None => Ok(false),
    }
}

/// Changes the pool that is shown.
///
/// # Errors
/// As [`replace`].
pub fn try_change(
    state: State,
    label: Label,
    edit: impl FnOnce(&mut Pool),
) -> Result<bool, PoolError> {
    let kind = state.kind.get_untracked();
    let pool = state.peek(|open| open.workspace().state().county.pool(&kind).cloned()).flatten();
    let Some(mut pool) = pool else { return Ok(false) };
    edit(&mut pool);
    replace(state, label, Some(pool))
}

/// Changes the pool that is shown, for the field in which the change was typed.
///
/// # Errors
/// As [`replace`].
pub fn put(state: State, label: Label, edit: impl FnOnce(&mut Pool)) -> Result<(), Refused> {
    try_change(state, label, edit).map(drop).map_err(Refused::from)
}

/// The same with an edit that may refuse what it is given.
///
/// # Errors
/// Its own, and those of [`replace`].
pub fn put_checked<E: Into<Refused>>(
    state: State,
    label: Label,
    edit: impl FnOnce(&mut Pool) -> Result<(), E>,
) -> Result<(), Refused> {
    let mut own = Ok(());
    let done = put(state, label, |pool| own = edit(pool).map_err(Into::into));
    own.and(done)
}

/// Changes the pool that is shown; what stands against it is said in a toast. `false` if it was
/// refused.
pub fn change(state: State, label: Label, edit: impl FnOnce(&mut Pool)) -> bool {
    match try_change(state, label, edit) {
        Ok(_) => true,
        Err(why) => {
            refuse(state, &why.text(state.lang.get_untracked()));
            false
        }
    }
}

/// Says that a change was not made.
pub fn refuse(state: State, why: &str) {
    let lang = state.lang.get_untracked();
    state.toast(Toast::error(words::NOT_DONE.with(lang, &[("why", &why)])));
}

/// Says what was done, with undo.
pub fn say_done(state: State, text: String) {
    state.toast(Toast::done(text).offering(ToastAction::Undo));
}
