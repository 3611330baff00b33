//! `bianheng-core`: all that is true of a county's staffing posts without a browser.
//!
//! Facts ([`county`]) → a stack of commands over them ([`scenario`]) → entitlement with proof
//! ([`norm`]) → proposals ([`allocate`], [`pool`]) → what a person reads ([`text`]) and keeps
//! ([`file`]). One direction: nothing here knows a screen, a clock, a random source or a locale;
//! today's date and ids come in as arguments.

#![deny(missing_docs)]

pub mod allocate;
pub mod check;
pub mod county;
pub mod file;
pub mod fraction;
pub mod hours;
pub mod norm;
pub mod order;
pub mod pace;
pub mod pool;
pub mod report;
pub mod sample;
pub mod scenario;
pub mod text;
pub mod yardstick;
