//! Random lives of a sim: what a session does in a car, seeded, with the truth about every lap.
//!
//! A life is a list of [`scene`]s. [`script::write`] draws them and knows the truth as it writes; [`life_feed::LifeFeed`] turns them into actions;
//! [`check::LapCheck`] reads any source and compares.

pub mod check;
mod driving;
pub mod life_feed;
pub mod pit_stop;
pub mod scene;
pub mod script;
pub mod statuses;
pub mod take;
pub mod truth;

pub use check::LapCheck;
pub use life_feed::LifeFeed;
pub use script::write;
pub use take::TakeBank;
pub use truth::LifeTruth;
