//! Official times of a wall-clock recording, as the sim would have shown them.
//!
//! - The recorder shows a lap's time up to 5 s after the line. The sim shows it when it resets its running lap time, 0.1 to 1.9 s after the
//!   line, and that moment is in the file: so the time is put there.
//! - A lap that the recorder marks invalid (`CurrentLapIsValid` false on its last row) gets -1 as its official time, the sim's way to say that
//!   it does not count. The file does have a time for it; it is not used. What made it invalid the file does not say, so neither a track surface
//!   nor an incident is invented.

use super::wall_rows::WallRow;

/// Rows after the line in which the time of the lap before is looked for: 8 s at 60 Hz.
const SEARCH_ROWS: usize = 480;

/// What the sim shows as the last lap's time at each row; -1 when there is none.
pub fn last_times_s(rows: &[(WallRow, u64)]) -> Vec<f64> {
    let mut shown_s = rows.first().map_or(-1.0, |(row, _)| row.last_time_s);
    let mut pending = None;
    let mut times_s = Vec::with_capacity(rows.len());
    for (at, (row, _)) in rows.iter().enumerate() {
        if let Some((last, _)) = at.checked_sub(1).map(|before| &rows[before])
            && row.lap != last.lap
        {
            pending = arrival(rows, at, last);
        }
        if let Some((_, time_s)) = pending.take_if(|(row, _)| *row == at) {
            shown_s = time_s;
        }
        times_s.push(shown_s);
    }
    times_s
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
        assert_eq!(last_times_s(&rows), [-1.0, -1.0, 60.9, 60.9, 60.9, 60.9, -1.0, -1.0]);
    }
}
