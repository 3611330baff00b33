//! The only place that touches the browser: storage, files, clock, clipboard, the page itself.

pub mod clipboard;
pub mod clock;
pub mod disk;
pub mod encoding;
pub mod files;
pub mod location;
pub mod page;
pub mod panic;
pub mod picture;
pub mod prefs;
pub mod sight;
pub mod store;
pub mod tabs;
pub mod timing;
