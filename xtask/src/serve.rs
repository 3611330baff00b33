//! The chore `serve`: a quick build of the app, served on this machine. Never watches files:
//! run it again after a change.

use crate::place::Place;
use crate::site::{self, Effort};
use crate::static_server::StaticServer;
use crate::{say, tools};

const PORT: u16 = 8080;

/// Sets up what is missing, builds, and serves until it is interrupted.
pub fn serve(place: &Place, port: Option<&str>) -> Result<(), String> {
    let port = match port {
        None => PORT,
        Some(text) => text.parse().map_err(|_| format!("`{text}` is no port number"))?,
    };
    // Asked for first: no one should wait for a build to hear that the port is taken.
    let folder = place.target().join("site");
    let server = StaticServer::bind(port, &folder, "/")?;
    tools::set_up(place)?;
    site::build(place, Effort::Quick, &folder)?;
    say::line(&format!("编衡 is at {}   (Ctrl-C ends it)", server.url()?));
    server.run();
    Ok(())
}
