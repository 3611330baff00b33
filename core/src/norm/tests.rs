//! Stories of the sample norm, with the arithmetic in a comment.
