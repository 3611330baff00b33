//! The only way in which this screen changes anything: one step for each change of the pool, with
//! both values. A change that would break the pool is not made, and its reason comes back in words.

use bianheng_core::pool::{Pool, PoolError, admit, standings_with};
use bianheng_core::scenario::{Command, Label, Step};
use bianheng_core::text::pool_view as words;
use leptos::prelude::*;

use crate::state::{State, Toast, ToastAction};

/// Puts `new` in the place of the pool of the kind that is shown. `Ok(false)` if nothing changes.
///
/// # Errors
/// What would be wrong with the pool, in words.
pub fn replace(state: State, label: Label, new: Option<Pool>) -> Result<bool, String> {
    let kind = state.kind.get_untracked();
    let checked = state.peek(|open| {
        let county = &open.workspace().state().county;
        let old = county.pool(&kind);
        if let Some(new) = &new {
            admit(old, new, &standings_with(county, &kind, open.figures()))?;
        }
        Ok::<_, PoolError>((old.cloned(), new))
    });
    let (old, new) = match checked {
        Some(Ok(both)) => both,
        Some(Err(error)) => return Err(error.text(state.lang.get_untracked())),
        None => return Ok(false),
    };
    if old == new {
        return Ok(false);
    }
    let command = Command::SetPool { kind, old: old.map(Box::new), new: new.map(Box::new) };
    Ok(state.dispatch(Step { label, commands: vec![command] }))
}

/// Changes the pool that is shown.
///
/// # Errors
/// As [`replace`].
pub fn try_change(
    state: State,
    label: Label,
    edit: impl FnOnce(&mut Pool),
) -> Result<bool, String> {
    let kind = state.kind.get_untracked();
    let pool = state.peek(|open| open.workspace().state().county.pool(&kind).cloned()).flatten();
    let Some(mut pool) = pool else { return Ok(false) };
    edit(&mut pool);
    replace(state, label, Some(pool))
}

/// Changes the pool that is shown; what stands against it is said in a toast. `false` if it was
/// refused.
pub fn change(state: State, label: Label, edit: impl FnOnce(&mut Pool)) -> bool {
    match try_change(state, label, edit) {
        Ok(_) => true,
        Err(why) => {
            refuse(state, &why);
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
