//! Sharing out a fixed total of posts of one kind, exactly, with a reason for every post.
//!
//! "The next post goes to the largest key" is the one idea: each [`Rule`] is a key, and because
//! every rule here is separable and convex, giving posts in the order of their keys within the
//! bounds is optimal. [`solve`] finds that answer (or the best one within a limit on the posts
//! moved), [`curve`] every answer from the fewest moves to the optimum, [`queue`] what the next
//! posts would be, [`verify::certificate`] re-checks a proposal without the solver's code, and
//! [`moves`] turns before and after into a list of transfers.
//!
//! The engine knows lines, not schools: the caller maps holdings to [`Line`]s and puts every
//! wish about them into need and [`Bounds`]. It never reads a clock, never decides by a floating
//! number, never lets the order of the lines matter, and never relaxes a bound in silence: what
//! cannot be met comes back as a [`Clash`] that says by how many posts.

mod at;
mod calibrate;
mod cases;
mod certificate;
mod clash;
mod compare;
mod cost;
mod curve;
mod cut;
mod feasible;
mod greedy;
mod grouped;
mod groups;
mod key;
mod ladder;
mod line;
pub mod moves;
mod network;
mod plumbing;
mod queue;
mod rank;
mod share;
mod solve;
mod sum;
mod terms;
mod threshold;
pub mod transport;
pub mod verify;
mod wide;

pub use calibrate::{Affordable, Rounding, afford};
pub use certificate::{Cutoff, LineReason, Mark, NotLess, NotMore};
pub use clash::{Clash, CrossedLine, GroupClash, Held, HeldBy, Hold, Limits, ReasonSum};
pub use compare::{Comparison, compare, compare_in_steps};
pub use curve::{Curve, CurvePoint, Worst, curve, curve_in_steps};
pub use grouped::{Grouped, PostCost, Prices};
pub use groups::{Group, Structure};
pub use key::Key;
pub use line::{BoundReason, Bounds, Line, LineId, Problem, Rule};
pub use queue::{Queue, Queued, Rank, Shift, queue, queue_in_steps, ranks, ranks_in_steps};
pub use solve::{Proposal, solve, solve_in_steps};
