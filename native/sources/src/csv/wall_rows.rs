//! The rows of a wall-clock recording, as they stand in the file.

use super::table::{Fields, Table};
use racing_coach_core::error::CodedError;

/// One row. Pedals from 0 to 1, steering in radians with left positive; missing numbers are NaN.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WallRow {
    /// Wall clock, in seconds since 1970.
    pub time_s: f64,
    /// `CurrentLap`.
    pub lap: f64,
    /// `CurrentLapTime`, in steps of 1/60 s; runs on over the line until the official time is known.
    pub lap_time_s: f64,
    /// `DistanceRoundTrack`, metres from the line; exactly 0 while the car stands behind the line at the start.
    pub distance_m: f64,
    /// `SpeedMs`.
    pub speed_mps: f64,
    /// `CurrentLapIsValid`; stays false after the line until the official time is known.
    pub valid: bool,
    /// `LapTimePrevious`; -1 when there is none.
    pub last_time_s: f64,
    /// `Brake`.
    pub brake: f64,
    /// `Throttle`.
    pub throttle: f64,
    /// `Clutch`.
    pub clutch: f64,
    /// `Gear`.
    pub gear: f64,
    /// `Rpms`; 0 throughout when the recorder did not have it.
    pub rpm: f64,
    /// `SteeringAngle`.
    pub steering_rad: f64,
}

/// What each row repeats about the session, from the first row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WallFacts {
    /// `GameName`.
    pub game: String,
    /// `TrackCode`.
    pub track: String,
    /// `CarModel`.
    pub car: String,
    /// `SessionTypeName`.
    pub session_type: String,
    /// `_time` of the first row.
    pub date: String,
}

/// Reads all rows and puts them in order of their time: exports sort laps by their names, 1, 10, 11, 2. Rows of one time stay in the file's order.
pub fn read(table: &mut Table) -> Result<(WallFacts, Vec<WallRow>), CodedError> {
    let columns = Columns::of(table);
    let mut facts = WallFacts::default();
    let mut rows = Vec::new();
    while let Some(fields) = table.next_row()? {
        if rows.is_empty() {
            facts = columns.facts(&fields);
        }
        rows.push(columns.row(&fields)?);
    }
    rows.sort_by(|a: &WallRow, b| a.time_s.total_cmp(&b.time_s));
    Ok((facts, rows))
}

struct Columns {
    text: [Option<usize>; 5],
    numbers: [Option<usize>; 11],
    valid: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let column = |name| table.column(name);
        Columns {
            text: ["GameName", "TrackCode", "CarModel", "SessionTypeName", "_time"].map(column),
            numbers: [
                "CurrentLap",
                "CurrentLapTime",
                "DistanceRoundTrack",
                "SpeedMs",
                "LapTimePrevious",
                "Brake",
                "Throttle",
                "Clutch",
                "Gear",
                "Rpms",
                "SteeringAngle",
            ]
            .map(column),
            valid: column("CurrentLapIsValid"),
        }
    }

    fn facts(&self, fields: &Fields) -> WallFacts {
        let [game, track, car, session_type, date] = self.text.map(|column| fields.text(column).to_owned());
        WallFacts { game, track, car, session_type, date }
    }

    fn row(&self, fields: &Fields) -> Result<WallRow, CodedError> {
        let mut values = [f64::NAN; 11];
        for (value, column) in values.iter_mut().zip(self.numbers) {
            *value = fields.number(column)?;
        }
        let time = fields.text(self.text[4]);
        let time_s = unix_s(time).ok_or_else(|| fields.error(&format!("{time:?} is not a time")))?;
        let [
            lap,
            lap_time_s,
            distance_m,
            speed_mps,
            last_time_s,
            brake,
            throttle,
            clutch,
            gear,
            rpm,
            steering_rad,
        ] = values;
        let valid = fields.number(self.valid)? != 0.0;
        Ok(WallRow {
            time_s,
            lap,
            lap_time_s,
            distance_m,
            speed_mps,
            valid,
            last_time_s,
            brake,
            throttle,
            clutch,
            gear,
            rpm,
            steering_rad,
        })
    }
}

/// `2023-04-19 11:51:11.982007+00:00`, in seconds since 1970. The fraction may be missing, the zone must be UTC or absent: only
/// differences matter.
fn unix_s(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let separators = [(4, b"-"), (7, b"-"), (13, b":"), (16, b":")];
    if !text.is_ascii() || bytes.len() < 19 || separators.iter().any(|(at, mark)| bytes[*at] != mark[0]) {
        return None;
    }
    let days = days_since_1970(number(0, 4)?, number(5, 7)?, number(8, 10)?)?;
    let rest = text[19..].trim_end_matches("+00:00").trim_end_matches('Z');
    let fraction = if rest.is_empty() { 0.0 } else { format!("0{rest}").parse().ok()? };
    let (hours, minutes, seconds) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let in_range = hours < 24 && minutes < 60 && seconds <= 60 && (0.0..1.0).contains(&fraction);
    in_range.then(|| days as f64 * 86_400.0 + f64::from(hours * 3600 + minutes * 60 + seconds) + fraction)
}

/// Days of the Gregorian calendar.
fn days_since_1970(year: u32, month: u32, day: u32) -> Option<i64> {
    let leap = |year: u32| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let month = usize::try_from(month).ok()?.checked_sub(1).filter(|month| *month < 12)?;
    if !(1970..=9999).contains(&year) || day < 1 || day > lengths[month] {
        return None;
    }
    let years: u32 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    Some(i64::from(years + lengths[..month].iter().sum::<u32>() + day - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        assert_eq!(unix_s("1970-01-02 00:00:01+00:00"), Some(86_401.0));
        assert_eq!(unix_s("2023-04-19 11:51:11.5+00:00"), Some(1_681_905_071.5));
        assert_eq!(unix_s("2024-03-01T00:00:00Z"), Some(1_709_251_200.0));
        for bad in ["", "2023-13-01 00:00:00", "2023-02-29 00:00:00", "2023-04-19 11:51:11.5+02:00", "é"] {
            assert_eq!(unix_s(bad), None, "{bad}");
        }
    }
}
