//! The reallocation of one kind of post as a person reads it: what moves, why, what it does, and
//! what stands in the way.
//!
//! Everything follows from a [`Study`]: the problem of the kind with its whole trade-off, worked
//! out once for a state. Reading any point of it costs one pass over the lines, so that a slider
//! can be dragged. Floating figures here place marks on a drawing and decide nothing.

mod bindings;
mod calibration;
mod ceilings;
mod clash;
mod disputes;
mod dumbbell;
mod fairness;
mod fields;
mod findings;
mod map;
mod matrix;
mod measures;
mod moves;
mod overrides;
mod own;
mod reason;
mod study;
mod subjects;
mod trade_off;

pub use bindings::Bindings;
pub use calibration::{Calibrated, calibrate};
pub use clash::{Cure, cures, explain};
pub use disputes::{Dispute, DisputeColumn, disputes, disputes_tsv, order_disputes};
pub use dumbbell::{Dumbbell, Mark, Tick, fit};
pub use fairness::{Beside, Fairness, Tight, beside};
pub use fields::{FieldError, cap_share, share_text, whole};
pub use findings::{Found, findings};
pub use map::{PlaceMap, Spot, place_map};
pub use matrix::{Matrix, Sums, group_name};
pub use measures::Measures;
pub use moves::{Changes, Transfer, kilometres, transfers, tsv};
pub use overrides::{Override, by_whom, explain_override, overrides};
pub use own::OwnLimit;
pub use reason::{QUEUED, Told, Why, key_text};
pub use study::{Study, row_name};
pub use subjects::{Matched, Proof, Rest, SubjectMatch, Subjects, Unmatched};
pub use trade_off::{Panel, Series, TradeOff};
