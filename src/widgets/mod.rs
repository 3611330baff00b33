//! Small parts that any screen may use.

mod figures;
mod icon;
mod pick;
mod toasts;

pub use figures::{fraction, margin};
pub use icon::{Icon, icon};
pub use pick::FilePick;
pub use toasts::Toasts;
