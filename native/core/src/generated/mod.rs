//! Generated from `contract/tables`.
#[rustfmt::skip]
pub mod channels;
#[rustfmt::skip]
pub mod snapshot;
#[rustfmt::skip]
pub mod tables;
