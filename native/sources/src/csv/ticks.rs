//! When a row of a wall-clock recording was: its tick of the 60 Hz simulation.
//!
//! Three clocks stand in the file and none is right. `_time` jitters by some ms and bunches rows up. `CurrentLapTime` counts ticks but is reset
//! late, stands still in the pits, was at times read one tick before or after the other fields, and jumps two ticks with the sim's own clock.
//! The distance along the lap is the position itself: divided by the speed it gives the ticks between two rows within some per cent
//! while the car moves, so it decides there.

use super::wall_rows::WallRow;

/// Ticks a second of the simulation.
pub const TICK_HZ: f64 = 60.0;
/// Slowest speed at which the distance tells ticks apart.
const MIN_SPEED_MPS: f64 = 5.0;
/// Furthest step that the distance may decide: at 8 % between path and centre line, half a tick of doubt.
const MAX_DISTANCE_TICKS: f64 = 7.4;
/// Furthest step that the lap time may decide; beyond, it may have been reset in between.
const MAX_LAP_TIME_TICKS: f64 = 120.0;

/// The rows with their ticks, counted from 0 and strictly increasing. A row that repeats the one before, as recorders do that poll
/// faster than the sim, is left out.
pub fn with_ticks(rows: &[WallRow], length_m: Option<f64>) -> Vec<(WallRow, u64)> {
    let mut placed: Vec<(WallRow, u64)> = Vec::with_capacity(rows.len());
    let mut ratio = 1.0;
    for row in rows {
        match placed.last() {
            None => placed.push((*row, 0)),
            Some((last, _)) if repeats(last, row) => {}
            Some((last, tick)) => {
                let tick = tick + step(last, row, length_m, &mut ratio);
                placed.push((*row, tick));
            }
        }
    }
    placed
}

/// At speed neither place nor lap time can stand still.
fn repeats(last: &WallRow, row: &WallRow) -> bool {
    row.speed_mps >= MIN_SPEED_MPS
        && row.distance_m > 0.0
        && row.distance_m == last.distance_m
        && row.lap_time_s == last.lap_time_s
}

/// Ticks between two rows; at least 1. `ratio` is how much further the centre line advances than the car here, learned on the way.
fn step(last: &WallRow, row: &WallRow, length_m: Option<f64>, ratio: &mut f64) -> u64 {
    let by_distance = by_distance(last, row, length_m);
    if by_distance > 0.3 && by_distance <= MAX_DISTANCE_TICKS {
        let ticks = (by_distance / *ratio).round().max(1.0);
        *ratio = (by_distance / ticks).clamp(0.85, 1.15);
        return ticks as u64;
    }
    *ratio = 1.0;
    let by_lap_time = ((row.lap_time_s - last.lap_time_s) * TICK_HZ).round();
    let by_wall = ((row.time_s - last.time_s) * TICK_HZ).round();
    let running = (1.0..=MAX_LAP_TIME_TICKS).contains(&by_lap_time) && by_lap_time <= by_wall + 6.0;
    // The cast saturates, and turns NaN into 0.
    (if running { by_lap_time } else { by_wall } as u64).max(1)
}

/// The way between two rows in ticks at their mean speed; NaN where the car is slow, or its place unknown.
fn by_distance(last: &WallRow, row: &WallRow, length_m: Option<f64>) -> f64 {
    let speed_mps = f64::midpoint(last.speed_mps, row.speed_mps);
    if speed_mps < MIN_SPEED_MPS || last.distance_m == 0.0 {
        return f64::NAN;
    }
    let mut way_m = row.distance_m - last.distance_m;
    if let Some(length_m) = length_m.filter(|length_m| way_m < -length_m / 2.0) {
        way_m += length_m;
    }
    way_m / speed_mps * TICK_HZ
}

/// The lap's length: what is missing between the last row before the line and the first after it, over all crossings the median. Good to a
/// few centimetres. `None` when the file has no crossing at speed.
pub fn length_m(rows: &[WallRow]) -> Option<f64> {
    let longest_m = rows.iter().map(|row| row.distance_m).fold(0.0, f64::max);
    let mut lengths: Vec<f64> = rows
        .windows(2)
        .filter(|pair| pair[1].distance_m < pair[0].distance_m - longest_m * 0.9)
        .filter(|pair| pair[0].speed_mps > 10.0 && pair[1].time_s - pair[0].time_s < 0.2)
        .filter_map(|pair| {
            let lap_ticks = ((pair[1].lap_time_s - pair[0].lap_time_s) * TICK_HZ).round();
            let way_m = f64::midpoint(pair[0].speed_mps, pair[1].speed_mps) / TICK_HZ * lap_ticks;
            (1.0..=4.0).contains(&lap_ticks).then(|| pair[0].distance_m + way_m - pair[1].distance_m)
        })
        .collect();
    lengths.sort_by(f64::total_cmp);
    lengths.get(lengths.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: WallRow = WallRow {
        time_s: 0.0,
        lap: 1.0,
        lap_time_s: 10.0,
        distance_m: 100.0,
        speed_mps: 60.0,
        valid: true,
        last_time_s: -1.0,
        brake: 0.0,
        throttle: 1.0,
        clutch: 1.0,
        gear: 4.0,
        rpm: 0.0,
        steering_rad: 0.0,
    };

    fn ticks(steps: &[(f64, f64, f64, f64)]) -> Vec<u64> {
        let mut row = ROW;
        let mut rows = vec![row];
        for (wall_ticks, lap_time_ticks, way_m, speed_mps) in steps {
            row.time_s += wall_ticks / TICK_HZ;
            row.lap_time_s += lap_time_ticks / TICK_HZ;
            row.distance_m += way_m;
            row.speed_mps = *speed_mps;
            rows.push(row);
        }
        with_ticks(&rows, Some(1000.0)).into_iter().map(|(_, tick)| tick).collect()
    }

    #[test]
    fn the_place_decides_at_speed() {
        assert_eq!(
            ticks(&[(1.0, 1.0, 1.0, 60.0), (0.1, 2.0, 1.0, 60.0), (2.2, 1.0, 2.0, 60.0)]),
            [0, 1, 2, 4]
        );
        // Over the line, with the lap time reset.
        assert_eq!(ticks(&[(1.0, -600.0, 2.0 - 1000.0, 60.0)]), [0, 2]);
    }

    #[test]
    fn a_path_longer_than_the_centre_line_is_learned() {
        let bend = [(1.0, 1.0, 0.92, 60.0); 3];
        assert_eq!(ticks(&[&bend[..], &[(7.0, 7.0, 7.0 * 0.92, 60.0)]].concat()), [0, 1, 2, 3, 10]);
    }

    #[test]
    fn standing_the_lap_time_decides_and_in_the_pits_the_wall_clock() {
        assert_eq!(
            ticks(&[(3.0, 5.0, 0.0, 0.0), (30.4, 0.0, 0.0, 0.0), (0.2, 0.0, 0.0, 0.0)]),
            [0, 5, 35, 36]
        );
        // Bunched rows.
        assert_eq!(ticks(&[(0.0, 2.0, 0.0, 0.0)]), [0, 2]);
    }

    #[test]
    fn a_repeated_row_is_left_out() {
        assert_eq!(ticks(&[(1.0, 0.0, 0.0, 60.0), (1.0, 1.0, 1.0, 60.0)]), [0, 1]);
    }
}
