//! What was set by hand, with its reasons, and how much of the change is by rule and how much by
//! hand.

use crate::county::{HoldingId, KindId};
use crate::scenario::{By, Command, Label, Posting, State, Step, Workspace};

/// A row that a hand set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The row.
    pub row: usize,
    /// The holding.
    pub id: HoldingId,
    /// Posts in the base.
    pub before: u32,
    /// Posts set.
    pub posts: u32,
    /// Reason; may be empty.
    pub reason: String,
    /// Document number; may be empty.
    pub document: String,
    /// Whether a reason is still to be given.
    pub lacks_reason: bool,
}

/// All overrides of a kind, in the order of the rows.
pub fn overrides(workspace: &Workspace, kind: &KindId) -> Vec<Override> {
    let (base, state) = (workspace.base(), workspace.state());
    let rows = state.county.holdings.iter().zip(&base.holdings).enumerate();
    let rows = rows.filter(|(_, (holding, _))| state.county.kind_of(holding) == kind);
    rows.filter_map(|(row, (holding, before))| match state.by(row)? {
        by @ By::Hand { reason, document, .. } => Some(Override {
            row,
            id: state.county.id_of(row)?,
            before: before.authorised,
            posts: holding.authorised,
            reason: reason.clone(),
            document: document.clone(),
            lacks_reason: by.lacks_reason(),
        }),
        By::Proposal(_) => None,
    })
    .collect()
}

/// Posts gained and lost against the base, by rule and by hand: `[[up, down]; 2]`.
pub fn by_whom(workspace: &Workspace, kind: &KindId) -> [[u64; 2]; 2] {
    let (base, state) = (workspace.base(), workspace.state());
    let (mut rule, mut hand) = ([0, 0], [0, 0]);
    let rows = state.county.holdings.iter().zip(&base.holdings).enumerate();
    for (row, (holding, before)) in rows {
        if state.county.kind_of(holding) != kind {
            continue;
        }
        let is_hand = matches!(state.by(row), Some(By::Hand { .. }));
        let [up, down] = if is_hand { &mut hand } else { &mut rule };
        *up += u64::from(holding.authorised.saturating_sub(before.authorised));
        *down += u64::from(before.authorised.saturating_sub(holding.authorised));
    }
    [rule, hand]
}

/// The step that gives an override a reason and a document number; empty where nothing changes or
/// the row was not set by hand.
pub fn explain_override(state: &State, row: usize, reason: &str, document: &str) -> Step {
    let mut commands = Vec::new();
    if let (Some(at), Some(old)) = (state.county.id_of(row), state.posting(row))
        && let Some(by) =
            old.by.as_ref().and_then(|by| by.explained(reason.trim(), document.trim()))
    {
        let new = Posting { posts: old.posts, by: Some(by) };
        if new != old {
            commands.push(Command::SetPosts { at, old, new });
        }
    }
    Step { label: Label::Edit, commands }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use crate::scenario::set_by_hand;

    #[test]
    fn an_override_is_listed_with_its_reason_and_counted_apart() {
        let mut workspace = sample::county().unwrap().workspace;
        let kind = KindId::school();
        assert!(overrides(&workspace, kind).is_empty());
        let row = workspace.state().index().row(&"1020/primary".parse().unwrap()).unwrap();
        let before = workspace.base().holdings[row].authorised;
        workspace.dispatch(set_by_hand(workspace.state(), row, before + 3)).unwrap();
        assert!(overrides(&workspace, kind)[0].lacks_reason);
        let step = explain_override(workspace.state(), row, " 寄宿部今秋开办 ", "县编〔2026〕3 号");
        workspace.dispatch(step).unwrap();
        let listed = overrides(&workspace, kind);
        assert_eq!(listed.len(), 1);
        assert_eq!((listed[0].posts, listed[0].reason.as_str()), (before + 3, "寄宿部今秋开办"));
        assert!(!listed[0].lacks_reason);
        assert_eq!(by_whom(&workspace, kind)[1], [3, 0]);
        let again = explain_override(workspace.state(), row, "寄宿部今秋开办", "县编〔2026〕3 号");
        assert!(again.commands.is_empty());
        workspace.undo().unwrap();
        assert_eq!(overrides(&workspace, kind)[0].reason, "");
        assert!(explain_override(workspace.state(), row + 1, "x", "").commands.is_empty());
    }
}
