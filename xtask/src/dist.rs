//! The chore `dist`: what users get, in `dist/`. Only puts the steps in order.

use crate::place::Place;
use crate::site::{self, Effort};
use crate::{say, single, sizes, tools};

/// Sets up the tools, builds the site and the single file, and reports their sizes.
pub fn dist(place: &Place) -> Result<(), String> {
    tools::set_up(place)?;
    build(place)
}

/// The same with the tools in place.
pub fn build(place: &Place) -> Result<(), String> {
    let site = site::build(place, Effort::Release, &place.dist())?;
    single::build(place, &site)?;
    sizes::report(&place.dist())?;
    say::line(
        "dist/ is ready: put the folder on any server, or open dist/bianheng.html from a disk",
    );
    Ok(())
}
