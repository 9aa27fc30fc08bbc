//! The engine's monotonic clock: milliseconds since the addon was first used.

use std::sync::OnceLock;
use std::time::Instant;

static ORIGIN: OnceLock<Instant> = OnceLock::new();

/// The moment that the clock counts from.
pub fn origin() -> Instant {
    *ORIGIN.get_or_init(Instant::now)
}

/// Milliseconds from the origin to a moment.
pub fn ms_at(moment: Instant) -> f64 {
    moment.saturating_duration_since(origin()).as_secs_f64() * 1e3
}

/// Milliseconds of the clock that snapshots are stamped with (`readAtMs`).
#[napi_derive::napi]
pub fn now_ms() -> f64 {
    let origin = origin();
    origin.elapsed().as_secs_f64() * 1e3
}
