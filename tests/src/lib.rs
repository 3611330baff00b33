//! The harness of the end-to-end tests: starts a real browser on what users get (the site in a folder of
//! a server, and the single file from a disk), drives it by the `data-testid` of elements, and gathers what
//! went wrong on the page. Never looks inside the app.

pub mod driver;
pub mod evidence;
pub mod folder;
pub mod keys;
pub mod page;
pub mod runner;
pub mod stage;
