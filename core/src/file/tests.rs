//! What opens, what does not, and what it says.
