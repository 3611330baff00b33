//! The turnover pool's cases that must come out right, each with its arithmetic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod awards;
mod book;
mod files;
mod given;
mod limits;
mod loans;
mod movements;
mod order;
mod plan;
mod schemes;
