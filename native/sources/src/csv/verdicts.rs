//! Official times and validity of a wall-clock recording, as the sim would have shown them.
//!
//! - The recorder shows a lap's time up to 5 s after the line. The sim shows it when it resets its running lap time, 0.1 to 1.9 s after the
//!   line, and that moment is in the file: so the time is put there.
//! - A lap that the recorder marks invalid (`CurrentLapIsValid` false on its last row) gets -1 as its official time, the sim's way to say that
//!   it does not count. The file does have a time for it; it is not used.
//! - Where a lap becomes invalid, the incident count grows by one. The file does not say what happened, so no track surface is invented.

use super::wall_rows::WallRow;

/// Rows after the line in which the time of the lap before is looked for: 8 s at 60 Hz.
const SEARCH_ROWS: usize = 480;

/// What the sim shows at one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// Official time of the last lap; -1 when it does not count.
    pub last_time_s: f64,
    /// Incident points so far.
    pub incidents: u32,
}

/// The verdict at each row.
pub fn verdicts(rows: &[(WallRow, u64)]) -> Vec<Verdict> {
    let mut shown =
        Verdict { last_time_s: rows.first().map_or(-1.0, |(row, _)| row.last_time_s), incidents: 0 };
    let mut pending = None;
    let mut verdicts = Vec::with_capacity(rows.len());
    for (at, (row, _)) in rows.iter().enumerate() {
        if let Some((last, _)) = at.checked_sub(1).map(|before| &rows[before]) {
            if row.lap != last.lap {
                pending = arrival(rows, at, last);
            } else if last.valid && !row.valid {
                shown.incidents += 1;
            }
        }
        if let Some((_, time_s)) = pending.take_if(|(row, _)| *row == at) {
            shown.last_time_s = time_s;
        }
        verdicts.push(shown);
    }
    verdicts
}

/// Where the time of the lap that ended before `first` arrives, and which; `None` when the recorder shows none.
fn arrival(rows: &[(WallRow, u64)], first: usize, last: &WallRow) -> Option<(usize, f64)> {
    let run = &rows[first..rows.len().min(first + SEARCH_ROWS)];
    let run = &run[..run.iter().position(|(row, _)| row.lap != run[0].0.lap).unwrap_or(run.len())];
    let told = run.iter().position(|(row, _)| row.last_time_s != last.last_time_s)?;
    let time_s = if last.valid { run[told].0.last_time_s } else { -1.0 };
    let reset = run[..=told].windows(2).position(|pair| pair[1].0.lap_time_s < pair[0].0.lap_time_s);
    Some((first + reset.map_or(told, |pair| pair + 1), time_s))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(lap: f64, lap_time_s: f64, last_time_s: f64, valid: bool) -> (WallRow, u64) {
        let row = WallRow {
            time_s: 0.0,
            lap,
            lap_time_s,
            distance_m: 1.0,
            speed_mps: 60.0,
            valid,
            last_time_s,
            brake: 0.0,
            throttle: 1.0,
            clutch: 1.0,
            gear: 4.0,
            rpm: 0.0,
            steering_rad: 0.0,
        };
        (row, 0)
    }

    #[test]
    fn times_arrive_with_the_reset_and_invalid_laps_get_none() {
        let rows = [
            row(1.0, 60.0, -1.0, true),
            row(2.0, 61.0, -1.0, true),
            row(2.0, 1.5, -1.0, true),
            row(2.0, 3.0, 60.9, true),
            row(2.0, 50.0, 60.9, false),
            row(3.0, 60.0, 60.9, false),
            row(3.0, 1.0, 60.9, false),
            row(3.0, 2.0, 61.2, true),
        ];
        let shown: Vec<_> = verdicts(&rows).iter().map(|v| (v.last_time_s, v.incidents)).collect();
        let want = [(-1.0, 0), (-1.0, 0), (60.9, 0), (60.9, 0), (60.9, 1), (60.9, 1), (-1.0, 1), (-1.0, 1)];
        assert_eq!(shown, want);
    }
}
