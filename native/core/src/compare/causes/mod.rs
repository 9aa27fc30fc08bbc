//! Why time was lost in one corner's piece of road.
//!
//! A corner is a chain: who brakes early arrives slow, eases off soon and may wait for the throttle. So a corner's loss is not
//! spread over everything that differs. Each possible mistake is measured in multiples of what a steady driver varies by
//! ([`suspects`]); what a mistake earlier in the chain brings about by itself is not held against the later ones ([`verdict`]); and
//! what remains shares the loss by phase: a mistake on the brake owns braking and entry and what its lower speed still costs later,
//! a mistake on the throttle owns the rest. What nobody owns is `unexplained` when it is more than [`UNEXPLAINED_MIN_S`].

mod suspects;
#[cfg(test)]
mod tests;
mod verdict;

pub use suspects::Braking;
pub use verdict::{Loss, rule};

/// Less than this is not worth a cause.
pub const UNEXPLAINED_MIN_S: f64 = 0.03;
