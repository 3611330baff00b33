//! Tables and figures as data, for the screen, the printer and the workbook alike. Nothing here
//! changes a workspace or writes a word: it reads what is there and puts it in order.

pub mod bases;
pub mod block;
pub mod compare;
pub mod hours_sheet;
pub mod movements;
pub mod norm_change;
pub mod norm_cover;
pub mod norm_sheet;
pub mod norm_tables;
pub mod ordering;
pub mod overview;
pub mod pool;
pub mod proof_sheet;
pub mod reallocate;
pub mod schools;
pub mod sway;
pub mod uses;
