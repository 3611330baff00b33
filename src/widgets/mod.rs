//! Small parts that any screen may use.

mod dialog;
mod field;
mod figures;
mod html;
mod icon;
mod leave;
mod menu;
mod pick;
mod toasts;
mod walk;

pub use dialog::Dialog;
pub use field::{Field, at_least_one, count};
pub use figures::{fraction, margin};
pub use html::{Html, attribute, picked, text};
pub use icon::{Icon, icon};
pub use leave::leaves;
pub use menu::{Menu, MenuItem, popup};
pub use pick::FilePick;
pub use toasts::Toasts;
pub use walk::{Place, focus_button, focus_soon, walk};
