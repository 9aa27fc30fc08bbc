//! Settling: the car goes straight at full throttle long enough that what comes next is a new corner.

use super::trace::Trace;

/// Full throttle for at least this long settles the car.
const SETTLE_S: f64 = 1.0;
/// The car settles only while it uses less than this share of its cornering.
const SETTLED_GRIP_USE: f64 = 0.5;
/// A dip of the throttle shorter than this is a gear shift.
const SHIFT_S: f64 = 0.25;

/// Whether the driver settles at full throttle somewhere between two indices.
pub(super) fn settles_between(trace: &Trace, from: usize, to: usize) -> bool {
    let mut began: Option<usize> = None;
    let mut last_full = from;
    for i in from..to {
        let settled = trace.full_throttle(i) && trace.grip_use.get(i).is_none_or(|u| *u < SETTLED_GRIP_USE);
        if settled {
            let start = *began.get_or_insert(i);
            last_full = i;
            if trace.time_s[i] - trace.time_s[start] >= SETTLE_S {
                return true;
            }
        } else if trace.time_s[i] - trace.time_s[last_full] > SHIFT_S
            || trace.brake.get(i).is_some_and(|b| *b > 0.05)
        {
            began = None;
        }
    }
    false
}
