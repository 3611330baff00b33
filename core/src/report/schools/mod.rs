//! The schools table as data: the cells of every row, filter and order, edits and pasted blocks as
//! commands. It reads a workspace and proposes commands; it never does them and knows no screen.

mod cell;
mod column;
mod edit;
mod filter;
mod order;
mod paste;
mod table;

pub use cell::Cell;
pub use column::{Column, Edits};
pub use edit::{CellError, GREATEST, LONGEST};
pub use filter::{Condition, Filter, Scope, Side};
pub use order::{Sort, order};
pub use paste::{BadCell, Pasted, clear, paste};
pub use table::{Summary, Table};

#[cfg(test)]
mod tests;
