//! The sides of the comparison that were worked out, kept from one look at it to the next: the base and the
//! scenarios that nobody changed meanwhile need not be worked out again. Nothing here is ever stored.

use std::sync::Arc;

use bianheng_core::county::KindId;
use bianheng_core::scenario::{Compared, Conflict, Measures, Step};

use super::Open;

/// A scenario with its figures, as its steps make it.
struct Side {
    steps: Vec<Step>,
    compared: Arc<Compared>,
    /// For the kind that it was asked for last.
    measures: Option<(KindId, Measures)>,
}

/// The sides of one file.
#[derive(Default)]
pub struct Sides {
    file: String,
    known: Vec<Side>,
}

impl Sides {
    /// The scenarios at these places, the base for `None`, with their figures for one kind. Whatever is not
    /// among them is forgotten.
    ///
    /// # Errors
    /// Where a step does not fit, in a file by hand.
    pub fn of(
        &mut self,
        open: &Open,
        places: impl Iterator<Item = Option<usize>>,
        kind: &KindId,
    ) -> Result<Vec<(Arc<Compared>, Measures)>, Conflict> {
        let workspace = open.workspace();
        let mut before = std::mem::take(&mut self.known);
        if self.file != open.id() {
            open.id().clone_into(&mut self.file);
            before.clear();
        }
        let mut shared: Vec<Arc<Compared>> =
            before.iter().map(|one| one.compared.clone()).collect();
        let mut out = Vec::new();
        for at in places {
            let scenario = at.and_then(|at| workspace.scenarios().get(at));
            let steps = scenario.map_or(&[][..], |one| &one.done);
            let known = before.iter().position(|one| one.steps == steps);
            let mut side = match known {
                Some(place) => before.swap_remove(place),
                None => {
                    let made = Compared::beside(workspace, at, &shared, open.figures())?;
                    let compared = Arc::new(made);
                    shared.push(compared.clone());
                    Side { steps: steps.to_vec(), compared, measures: None }
                }
            };
            let known = side.measures.take().filter(|(of, _)| of == kind).map(|(_, known)| known);
            let measures = known.unwrap_or_else(|| side.compared.measures(workspace, kind));
            side.measures = Some((kind.clone(), measures.clone()));
            out.push((side.compared.clone(), measures));
            self.known.push(side);
        }
        Ok(out)
    }
}
