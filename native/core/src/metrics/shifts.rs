//! Where a lap shifts gears: throttle dips (up) and blips (down) there are not the driver's.

use crate::metrics::ring::Ring;

/// The grid keeps the old gear through neutral, so the change stands at the end of a shift of 50 to 150 ms.
const SHIFT_BEFORE_S: f64 = 0.16;
/// The throttle is back this long after the new gear.
const SHIFT_AFTER_S: f64 = 0.05;

/// Which grid points lie in a shift. Both are empty when the source has no gear.
#[derive(Debug, Clone, Default)]
pub struct Shifts {
    up: Vec<bool>,
    down: Vec<bool>,
}

impl Shifts {
    /// Finds the shifts of a lap.
    pub fn find(ring: &Ring) -> Self {
        let gear = &ring.grid.gear;
        if gear.is_empty() {
            return Shifts::default();
        }
        let steps = ring.grid.steps();
        let mut shifts = Shifts { up: vec![false; steps], down: vec![false; steps] };
        for index in 0..steps {
            let (old, new) = (gear[(index + steps - 1) % steps], gear[index]);
            if old != new {
                mark(ring, if new > old { &mut shifts.up } else { &mut shifts.down }, index as i64);
            }
        }
        shifts
    }

    /// Whether the point lies in a shift up.
    pub fn up(&self, index: i64) -> bool {
        !self.up.is_empty() && self.up[index.rem_euclid(self.up.len() as i64) as usize]
    }

    /// Whether the point lies in any shift.
    pub fn any(&self, index: i64) -> bool {
        self.up(index)
            || (!self.down.is_empty() && self.down[index.rem_euclid(self.down.len() as i64) as usize])
    }
}

fn mark(ring: &Ring, mask: &mut [bool], change: i64) {
    let steps = mask.len() as i64;
    let change_s = ring.time_s(change);
    let mut first = change;
    while change - first < steps / 2 && change_s - ring.time_s(first - 1) <= SHIFT_BEFORE_S {
        first -= 1;
    }
    let mut last = change;
    while last - change < steps / 2 && ring.time_s(last + 1) - change_s <= SHIFT_AFTER_S {
        last += 1;
    }
    (first..=last).for_each(|index| mask[index.rem_euclid(steps) as usize] = true);
}
