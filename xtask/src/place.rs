//! Where things are: the project's root and the folders below it. Never creates or reads them.

use std::path::{Path, PathBuf};

/// The folders that the chores use.
pub struct Place {
    /// The root of the project, where `Cargo.toml` and `index.html` stand.
    pub root: PathBuf,
}

impl Place {
    /// The project that this program was compiled from.
    pub fn of_this_project() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: here.parent().unwrap_or(here).to_path_buf() }
    }

    /// What users get: the site, and `bianheng.html` in it.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The single file.
    pub fn single_file(&self) -> PathBuf {
        self.dist().join("bianheng.html")
    }

    /// The page of the calculations alone, for timing them.
    pub fn kernels(&self) -> PathBuf {
        self.target().join("kernels")
    }

    /// Build tools at fixed versions, installed once and used by every chore.
    pub fn tools(&self) -> PathBuf {
        self.root.join("target/tools")
    }

    /// The programs among the tools that cargo installed.
    pub fn tool(&self, name: &str) -> PathBuf {
        self.tools().join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// The folder of programs that npm installed.
    pub fn npm_bin(&self) -> PathBuf {
        self.tools().join("npm/node_modules/.bin")
    }

    /// Where cargo writes what it builds: the usual folder, or the one that the environment names.
    pub fn target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR") {
            Some(named) => self.root.join(named),
            None => self.root.join("target"),
        }
    }
}
