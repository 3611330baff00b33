//! Laws of the workspace.
