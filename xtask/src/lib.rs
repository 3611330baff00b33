//! The chores of the project as a library, so that the end-to-end tests find the browser and serve the
//! site with the same code as `cargo xtask serve`. Never part of what users get.

pub mod bench;
pub mod browser;
pub mod checks;
pub mod count;
pub mod dist;
pub mod kernels;
pub mod page;
pub mod place;
pub mod run;
pub mod say;
pub mod serve;
pub mod single;
pub mod site;
pub mod sizes;
pub mod static_server;
pub mod tools;
