//! What the sim says about its own drawing, second by second: what overlays cost is measured from it.

use racing_coach_core::sample::{Snapshot, session_flags, snapshot_flags};
use racing_coach_core::{Sample, Status};

/// A second of the sim's clock.
const ROWS: u32 = 60;
/// Debris and every kind of yellow: the sim draws other things then, and drives differently.
const YELLOW: u32 = 0x8 | 0x100 | session_flags::CAUTION | session_flags::CAUTION_WAVING;

/// Means over one second. NaN: the sim does not tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawing {
    /// Every row was driven on the track, outside of the pits and under green.
    pub green: bool,
    /// Frames a second.
    pub frame_rate_hz: f64,
    /// Share of a core, 0 to 1.
    pub cpu_usage: f64,
    /// Share of the graphics card, 0 to 1.
    pub gpu_usage: f64,
}

/// Gathers rows.
#[derive(Debug, Default)]
pub struct DrawingMeter {
    rows: u32,
    green_rows: u32,
    sums: [f64; 3],
}

impl DrawingMeter {
    /// Takes a row and what the coach made of it; the second that it ends.
    pub fn row(&mut self, sample: &Sample, snapshot: &Snapshot) -> Option<Drawing> {
        self.rows += 1;
        self.green_rows += u32::from(is_green(snapshot));
        let values = [sample.frame_rate_hz, sample.cpu_usage, sample.gpu_usage];
        for (sum, value) in self.sums.iter_mut().zip(values) {
            *sum += value;
        }
        if self.rows < ROWS {
            return None;
        }
        let [frame_rate_hz, cpu_usage, gpu_usage] = self.sums.map(|sum| sum / f64::from(self.rows));
        let green = self.green_rows == self.rows;
        *self = DrawingMeter::default();
        Some(Drawing { green, frame_rate_hz, cpu_usage, gpu_usage })
    }
}

fn is_green(snapshot: &Snapshot) -> bool {
    let led = [Status::Pacing, Status::Caution, Status::SessionOver].map(|status| status as u32);
    snapshot.flags & snapshot_flags::DRIVING != 0
        && snapshot.session_flags & YELLOW == 0
        && !led.contains(&snapshot.status)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(rate_hz: impl Fn(u32) -> f64, flags: impl Fn(u32) -> u32) -> Drawing {
        let mut meter = DrawingMeter::default();
        for row in 0..ROWS - 1 {
            let sample = Sample { frame_rate_hz: rate_hz(row), ..Sample::EMPTY };
            assert_eq!(meter.row(&sample, &Snapshot { flags: flags(row), ..Snapshot::EMPTY }), None);
        }
        let sample = Sample { frame_rate_hz: rate_hz(ROWS - 1), ..Sample::EMPTY };
        meter.row(&sample, &Snapshot { flags: flags(ROWS - 1), ..Snapshot::EMPTY }).expect("a second")
    }

    #[test]
    fn a_second_is_a_mean_and_green_only_as_a_whole() {
        let driven = second(|row| 100.0 + f64::from(row % 2), |_| snapshot_flags::DRIVING);
        assert!(driven.green && (driven.frame_rate_hz - 100.5).abs() < 1e-9 && driven.gpu_usage.is_nan());
        let left_the_pits = second(|_| 100.0, |row| if row == 0 { 0 } else { snapshot_flags::DRIVING });
        assert!(!left_the_pits.green);
    }

    #[test]
    fn yellow_is_not_green() {
        let snapshot = Snapshot { flags: snapshot_flags::DRIVING, session_flags: 0x100, ..Snapshot::EMPTY };
        assert!(!is_green(&snapshot));
        assert!(is_green(&Snapshot { session_flags: 0x4, ..snapshot }));
        assert!(!is_green(&Snapshot { session_flags: 0, status: Status::Pacing as u32, ..snapshot }));
    }
}
