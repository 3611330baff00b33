//! The screens, a folder for each. They read the state and dispatch steps; they calculate nothing.

pub mod checks;
pub mod compare;
pub mod frame;
pub mod import;
pub mod norms;
pub mod overview;
pub mod pool;
pub mod proof;
pub mod reallocate;
pub mod schools;
pub mod start;
