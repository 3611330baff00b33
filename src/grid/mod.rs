//! The virtual table: about 35 rows in the page, whatever the length.
