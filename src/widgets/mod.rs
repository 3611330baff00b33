//! Small parts that any screen may use.

mod field;
mod figures;
mod icon;
mod pick;
mod toasts;

pub use field::{Field, at_least_one, count};
pub use figures::{fraction, margin};
pub use icon::{Icon, icon};
pub use pick::FilePick;
pub use toasts::Toasts;
