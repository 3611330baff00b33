//! The two forms of the app that users get, ready to be opened: the site in a folder of a server on this
//! machine, and the single file. Never builds them; `cargo xtask dist` does.

use anyhow::{Result, anyhow, ensure};
use url::Url;
use xtask::place::Place;
use xtask::static_server::StaticServer;

/// Not the root, to prove that the site works in any folder.
const PREFIX: &str = "/county/plans/";

/// Which of the two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Files on a server.
    Site,
    /// One file on a disk.
    SingleFile,
}

impl Form {
    /// Both, in the order in which tests run.
    pub const ALL: [Self; 2] = [Self::Site, Self::SingleFile];

    /// A short name for lists and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::SingleFile => "file",
        }
    }
}

/// Where the two forms are.
pub struct Stage {
    site: String,
    single_file: String,
}

impl Stage {
    /// Serves `dist/` and finds the single file in it.
    pub fn set() -> Result<Self> {
        let place = Place::of_this_project();
        for file in [place.dist().join("index.html"), place.single_file()] {
            ensure!(file.is_file(), "dist/ is not built: run `cargo xtask dist` first");
        }
        let server =
            StaticServer::bind(0, &place.dist(), PREFIX).map_err(|error| anyhow!(error))?;
        let site = server.url().map_err(|error| anyhow!(error))?;
        std::thread::spawn(move || server.run());
        let path = place.single_file();
        let single_file = Url::from_file_path(&path)
            .map_err(|()| anyhow!("{} has no address", path.display()))?
            .into();
        Ok(Self { site, single_file })
    }

    /// The address of the page of a form, without a hash.
    pub fn address(&self, form: Form) -> &str {
        match form {
            Form::Site => &self.site,
            Form::SingleFile => &self.single_file,
        }
    }
}
