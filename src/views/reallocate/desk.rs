//! What the parts of the screen share: the kind's study, worked out once for a state, and the point
//! of its trade-off that is shown. Dragging only moves the point; nothing is solved for it.

use std::ops::Deref;
use std::sync::Arc;

use bianheng_core::allocate::verify::{Flaw, certificate_in_steps};
use bianheng_core::allocate::{CurvePoint, Proposal, Rank, ranks_in_steps};
use bianheng_core::county::KindId;
use bianheng_core::pace::Steps;
use bianheng_core::report::reallocate::{Changes, Measures, QUEUED, Study, Transfer};
use bianheng_core::scenario::{
    InPostLimit, Ledger, Limits, adopt, ledger_with, prepare, set_limits,
};
use bianheng_core::text::{number, reallocate as words};
use leptos::prelude::*;

use super::slow::{Work, slow};
use crate::state::{Open, State, Toast, ToastAction};

/// A shared value, equal only to itself: comparing it costs nothing, whatever its size.
#[derive(Debug)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Shares a value.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What the independent check says of the proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// There is no proposal.
    None,
    /// It is only looked at, with this many posts moved; the check waits for the hand to let go.
    Preview(u64),
    /// It passed, every line.
    Proven,
    /// Nothing is wrong with it, but nothing proves that it is the best; `true` where the search
    /// went through every case.
    Unproven(bool),
    /// It did not, and why.
    Flawed(String),
}

impl Verdict {
    /// Whether the proposal may be adopted and its reasons read.
    pub fn stands(&self) -> bool {
        matches!(self, Self::Proven | Self::Unproven(_))
    }
}

/// The screen's signals; cheap to copy, provided as a context.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The app.
    pub state: State,
    /// The kind's problem and trade-off; `None` while it is worked out.
    pub study: Memo<Option<Shared<Study>>>,
    /// How that stands.
    pub study_work: Work,
    /// Rule and limits of the kind.
    pub limits: Memo<Limits>,
    /// Posts moved while a hand is at the slider; `None` when nobody holds it.
    pub preview: RwSignal<Option<u64>>,
    /// Posts moved as shown: the preview, or what the limits ask for.
    pub shown: Memo<Option<u64>>,
    /// The proposal at that point; `None` while it is worked out.
    pub proposal: Memo<Option<Shared<Proposal>>>,
    /// How that stands.
    pub proposal_work: Work,
    /// The study and the proposal where the hand at the slider last rested: what is long to work out, and
    /// does not stand beside the slider, waits for it.
    pub rested: Memo<Option<(Shared<Study>, Shared<Proposal>)>>,
    /// The transfers that lead to it; `None` while they are worked out.
    pub moves: Memo<Option<Shared<Vec<Transfer>>>>,
    /// How that stands.
    pub moves_work: Work,
    /// The place of each line in the queue; empty while a hand is at the slider, and while it is
    /// worked out.
    pub ranks: Memo<Shared<Vec<Rank>>>,
    /// How that stands.
    pub ranks_work: Work,
    /// The trade-off's figures at that point.
    pub point: Memo<Option<CurvePoint>>,
    /// Figures of fairness: in the base, and at that point.
    pub measures: Memo<(Measures, Option<Measures>)>,
    /// What the independent check says; nothing while it goes on.
    pub verdict: Memo<Verdict>,
    /// How that stands.
    pub check_work: Work,
    /// Rows that adopting the proposal would change.
    pub pending: Memo<usize>,
}

/// The screen's signals, from anywhere below its root.
pub fn use_desk() -> Desk {
    expect_context()
}

impl Desk {
    /// Sets the screen up for the open file.
    pub fn new(state: State) -> Self {
        let (study, study_work) = slow(words::WORK_STUDY, "curve", move || {
            let kind = state.kind.get();
            state.with(|open| Study::in_steps(prepare(open.workspace(), open.figures(), &kind)))
        });
        let limits = Memo::new(move |_| {
            let kind = state.kind.get();
            state.with(|open| open.workspace().state().limits(&kind)).unwrap_or_default()
        });
        let preview = RwSignal::new(None::<u64>);
        let shown = Memo::new(move |_| {
            let preview = preview.get();
            study.with(|study| {
                let study = study.as_ref()?;
                let (least, most) = study.range()?;
                preview.map(|moved| moved.clamp(least, most)).or_else(|| study.chosen())
            })
        });
        let (proposal, proposal_work) = slow(words::WORK_PROPOSAL, "propose", move || {
            let (moved, study) = (shown.get()?, study.get()?);
            let at_hand = preview.with(Option::is_some);
            Some(Steps::begin(move |pace| async move {
                if at_hand {
                    study.glance(moved)
                } else {
                    study.proposal_in_steps(moved, &pace).await
                }
            }))
        });
        let rested = Memo::new(move |before: Option<&Option<_>>| match before {
            Some(before) if preview.with(Option::is_some) => before.clone(),
            _ => study.get().zip(proposal.get()),
        });
        let (moves, moves_work) = slow(words::WORK_MOVES, "moves", move || {
            let year = limits.with(|limits: &Limits| match limits.in_post {
                InPostLimit::LessDepartures(year) => Some(year),
                _ => None,
            });
            let (study, proposal) = rested.get()?;
            let changes = state.with(|open| {
                let county = &open.workspace().state().county;
                Changes::of(county, &study.prepared, &proposal.posts, year)
            })?;
            Some(Steps::begin(move |pace| async move { Some(changes.transfers(&pace).await) }))
        });
        let settled = move || {
            let at_rest = preview.with(Option::is_none);
            at_rest.then(|| study.get().zip(proposal.get())).flatten()
        };
        let (ranked, ranks_work) = slow(words::WORK_RANKS, "ranks", move || {
            let (study, proposal) = settled()?;
            Some(Steps::begin(move |pace| async move {
                Some(ranks_in_steps(&study.prepared.problem, &proposal, QUEUED, &pace).await)
            }))
        });
        let ranks = Memo::new(move |_| ranked.get().unwrap_or_else(|| Shared::new(Vec::new())));
        let (checked, check_work) = slow(words::WORK_CHECK, "check", move || {
            let (study, proposal) = settled()?;
            Some(Steps::begin(move |pace| async move {
                Some(certificate_in_steps(&study.prepared.problem, &proposal, &pace).await)
            }))
        });
        let point = Memo::new(move |_| {
            let moved = shown.get()?;
            study.with(|study| study.as_ref()?.curve.as_ref().ok()?.point(moved))
        });
        let before = Memo::new(move |_| {
            study.with(|study| {
                let study = study.as_ref()?;
                Some(Measures::of(&study.prepared.problem, &study.before()))
            })
        });
        let measures = Memo::new(move |_| {
            let after = study.with(|study| {
                let problem = &study.as_ref()?.prepared.problem;
                proposal.with(|after| Some(Measures::of(problem, &after.as_ref()?.posts)))
            });
            (before.get().unwrap_or_default(), after)
        });
        let verdict = Memo::new(move |_| {
            if let Some(moved) = preview.get() {
                return Verdict::Preview(moved);
            }
            let Some(checked) = checked.get() else { return Verdict::None };
            match *checked {
                Ok(()) => Verdict::Proven,
                Err(Flaw::Unproven { searched }) => Verdict::Unproven(searched),
                // A limit on moves that cannot hold is shown as the clash that it is.
                Err(_)
                    if study.with(|study| {
                        study.as_ref().is_some_and(|study| study.clash().is_some())
                    }) =>
                {
                    Verdict::None
                }
                Err(flaw) => Verdict::Flawed(flaw.to_string()),
            }
        });
        let pending = Memo::new(move |before: Option<&usize>| {
            if preview.with(Option::is_some) {
                return before.copied().unwrap_or(0);
            }
            let count = study.with(|study| {
                proposal.with(|proposal| {
                    let (study, proposal) = (study.as_ref()?, proposal.as_ref()?);
                    state.with(|open| {
                        adopt(open.workspace(), &study.prepared, proposal).commands.len()
                    })
                })
            });
            count.unwrap_or(0)
        });
        // The bar of the ledger follows the hand, and goes back to what is stored with it.
        Effect::new(move |_| {
            let trial = preview.with(Option::is_some).then(|| {
                study.with(|study| {
                    let rows = &study.as_ref()?.prepared.rows;
                    proposal.with(|proposal| {
                        let posts = &proposal.as_ref()?.posts;
                        state.with(|open| trial(open, &state.kind.get(), rows, posts))
                    })
                })
            });
            state.trial.set(trial.flatten());
        });
        on_cleanup(move || state.trial.set(None));
        Self {
            state,
            study,
            study_work,
            limits,
            preview,
            shown,
            proposal,
            proposal_work,
            rested,
            moves,
            moves_work,
            ranks,
            ranks_work,
            point,
            measures,
            verdict,
            check_work,
            pending,
        }
    }

    /// Stores the point that is looked at as the limit on moves: one step.
    pub fn commit(self) {
        let Some(Some(moved)) = self.preview.try_get_untracked() else { return };
        let limit = self.study.with_untracked(|study| study.as_ref()?.limit_for(moved));
        self.change(|limits| limits.moved = limit);
        self.preview.set(None);
    }

    /// Changes the limits of the kind: one step, or none where nothing changes.
    pub fn change(self, change: impl FnOnce(&mut Limits)) -> bool {
        let kind = self.state.kind.get_untracked();
        let mut limits = self.limits.get_untracked();
        change(&mut limits);
        let step = self.state.peek(|open| set_limits(open.workspace().state(), &kind, limits));
        step.is_some_and(|step| self.state.dispatch(step))
    }

    /// Adopts the proposal: one step.
    pub fn adopt(self) {
        let step = self.study.with_untracked(|study| {
            self.proposal.with_untracked(|proposal| {
                let (study, proposal) = (study.as_ref()?, proposal.as_ref()?);
                self.state.peek(|open| adopt(open.workspace(), &study.prepared, proposal))
            })
        });
        let moved = self
            .proposal
            .with_untracked(|proposal| proposal.as_ref().map_or(0, |proposal| proposal.moved));
        if step.is_some_and(|step| self.state.dispatch(step)) {
            let lang = self.state.lang.get_untracked();
            let (total, reserve) = self.study.with_untracked(|study| {
                let prepared = study.as_ref().map(|study| &study.prepared);
                prepared.map_or((0, 0), |prepared| (prepared.problem.total, prepared.reserve))
            });
            let message = if reserve > 0 { words::ADOPT_DONE_KEPT } else { words::ADOPT_DONE };
            let [total, reserve] = [total, reserve].map(number::count);
            let text =
                message.with(lang, &[("moved", &moved), ("total", &total), ("reserve", &reserve)]);
            self.state.toast(Toast::done(text).offering(ToastAction::Undo));
        }
    }
}

/// The ledger of a kind with the posts of a proposal in place of its rows' own.
fn trial(open: &Open, kind: &KindId, rows: &[usize], posts: &[u32]) -> Ledger {
    // A study's rows are in the order of the county.
    let tried = |row: &usize| posts.get(rows.binary_search(row).ok()?).copied();
    let workspace = open.workspace();
    ledger_with(workspace.base(), workspace.state(), kind, |row, holding| {
        tried(&row).unwrap_or(holding.authorised)
    })
}
