//! The lap file.
