//! One lap as Garage 61 exports it: a row each 1/60 s without a time, distance as a fraction of the lap.
//!
//! Units as seen in exports: speed in m/s, steering in radians with left positive, yaw rate in rad/s, pedals from 0 to 1, accelerations in
//! m/s², `true` and `false`. Percentages (pedals to 100, distance to 100) are recognised and scaled.
//!
//! The rows begin just after the line and end just before it, so the crossings lie outside. Two rows are added on either side at the speed
//! of the outermost ones; without them no tracker could time the lap. An export that does not reach to the line gets none, and
//! is an incomplete lap.

use super::recording::{CsvKind, CsvRecording};
use super::table::{Fields, Table};
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, Sample};

/// Columns without which a file is not one of these.
pub const NEEDED: &[&str] = &["Speed", "LapDistPct", "Brake", "Throttle"];
const RATE_HZ: f64 = 60.0;
/// Rows added on either side.
const LEAD_ROWS: usize = 2;
/// Above this a pedal or a distance is in per cent; pedals overshoot 1 by rounding only.
const PERCENT_ABOVE: f64 = 1.5;

/// The columns and their channels. `YawRate` is missing in older exports, and any of the others may be.
const COLUMNS: [(&str, Channel); 16] = [
    ("Speed", Channel::SpeedMps),
    ("LapDistPct", Channel::LapFraction),
    ("Lat", Channel::LatitudeDeg),
    ("Lon", Channel::LongitudeDeg),
    ("Brake", Channel::Brake),
    ("Throttle", Channel::Throttle),
    ("RPM", Channel::Rpm),
    ("SteeringWheelAngle", Channel::SteeringRad),
    ("Gear", Channel::Gear),
    ("Clutch", Channel::Clutch),
    ("ABSActive", Channel::AbsActive),
    ("LatAccel", Channel::LateralAccelMps2),
    ("LongAccel", Channel::LongitudinalAccelMps2),
    ("Yaw", Channel::YawRad),
    ("YawRate", Channel::YawRateRadps),
    ("PositionType", Channel::TrackSurface),
];

/// Reads the lap.
pub fn read(table: &mut Table) -> Result<CsvRecording, CodedError> {
    let columns: Vec<(usize, Channel)> =
        COLUMNS.iter().filter_map(|(name, channel)| Some((table.column(name)?, *channel))).collect();
    let mut samples = Vec::new();
    while let Some(fields) = table.next_row()? {
        samples.push(sample(&fields, &columns)?);
    }
    let (mut session, official_s) = facts_of_name(&table.name);
    if !samples.is_empty() {
        scale_percentages(&mut samples);
        number_laps(&mut samples);
        add_leads(&mut samples, official_s);
        session.track_length_m = length_m(&samples);
        number_rows(&mut samples, session.track_length_m);
    }
    Ok(CsvRecording { kind: CsvKind::Garage61, session, rate_hz: RATE_HZ, samples })
}

fn sample(fields: &Fields, columns: &[(usize, Channel)]) -> Result<Sample, CodedError> {
    let mut sample = Sample::EMPTY;
    for (column, channel) in columns {
        sample.set(*channel, fields.number(Some(*column))?);
    }
    Ok(sample)
}

fn scale_percentages(samples: &mut [Sample]) {
    for channel in [Channel::Brake, Channel::Throttle, Channel::Clutch, Channel::LapFraction] {
        let greatest = samples.iter().map(|sample| sample.get(channel)).fold(0.0, f64::max);
        if greatest > PERCENT_ABOVE && greatest <= 100.5 {
            samples.iter_mut().for_each(|sample| sample.set(channel, sample.get(channel) / 100.0));
        }
    }
}

/// The lap is number 1; should the file go on over the line, the next is 2.
fn number_laps(samples: &mut [Sample]) {
    let mut lap = 1.0;
    let mut last = f64::NAN;
    for sample in samples {
        if last - sample.lap_fraction > 0.5 {
            lap += 1.0;
        }
        last = sample.lap_fraction;
        sample.lap = lap;
    }
}

/// Adds the rows before and after. The official time appears after the lap, as in the sim.
fn add_leads(samples: &mut Vec<Sample>, official_s: Option<f64>) {
    for sample in samples.iter_mut() {
        sample.lap_last_time_s = official_s.map_or(f64::NAN, |_| 0.0);
    }
    let count = samples.len();
    if count < 2 {
        return;
    }
    let (first, last) = (samples[0], samples[count - 1]);
    let before = first.lap_fraction;
    let before_step = samples[1].lap_fraction - before;
    let after_step = last.lap_fraction - samples[count - 2].lap_fraction;
    let reaches = |rest: f64, step: f64| step > 0.0 && step < 0.01 && rest <= 2.5 * step;
    if reaches(1.0 - last.lap_fraction, after_step) {
        for row in 1..=LEAD_ROWS + 1 {
            let fraction = last.lap_fraction + row as f64 * after_step;
            if fraction >= 1.0 {
                let time = official_s.unwrap_or(f64::NAN);
                let next = Sample { lap: last.lap + 1.0, lap_last_time_s: time, ..last };
                samples.push(Sample { lap_fraction: fraction - 1.0, ..next });
            } else {
                samples.push(Sample { lap_fraction: fraction, ..last });
            }
        }
    }
    if reaches(before, before_step) {
        let lead = (1..=LEAD_ROWS + 1).rev().map(|row| {
            let fraction = before - row as f64 * before_step;
            let over = fraction < 0.0;
            let (lap, fraction) =
                if over { (first.lap - 1.0, fraction + 1.0) } else { (first.lap, fraction) };
            Sample { lap, lap_fraction: fraction, ..first }
        });
        samples.splice(0..0, lead.collect::<Vec<_>>());
    }
}

/// The lap's length from speed and fraction: each row advances by speed / rate along the road. The median over the rows that hardly
/// turn, where the car's way is the centre line's; good to about 0.2 %. `None` when too few rows say anything.
fn length_m(samples: &[Sample]) -> Option<f64> {
    let turning = |sample: &Sample| {
        let radps2 = if sample.yaw_rate_radps.is_nan() {
            sample.lateral_accel_mps2 / sample.speed_mps
        } else {
            sample.yaw_rate_radps
        };
        radps2.abs() > 0.03
    };
    let mut lengths: Vec<f64> = samples
        .windows(2)
        .filter(|pair| !turning(&pair[0]) && pair[0].speed_mps > 20.0)
        .map(|pair| {
            let way_m = (pair[0].speed_mps + pair[1].speed_mps) / 2.0 / RATE_HZ;
            way_m / (pair[1].lap_fraction - pair[0].lap_fraction)
        })
        .filter(|length| (100.0..100_000.0).contains(length))
        .collect();
    lengths.sort_by(f64::total_cmp);
    (lengths.len() >= 30).then(|| lengths[lengths.len() / 2])
}

fn number_rows(samples: &mut [Sample], length_m: Option<f64>) {
    for (index, sample) in samples.iter_mut().enumerate() {
        sample.index = index as u64;
        sample.session_time_s = index as f64 / RATE_HZ;
        if let Some(length_m) = length_m {
            sample.lap_distance_m = sample.lap_fraction * length_m;
        }
    }
}

/// `Garage 61 - driver - car - track (layout) - 01.23.456 - id.csv`, as its exports are named. Empty where the name is another.
fn facts_of_name(name: &str) -> (SessionInfo, Option<f64>) {
    let mut session = SessionInfo { sim: "iracing".to_owned(), ..SessionInfo::default() };
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let parts: Vec<&str> = file.split(" - ").collect();
    if parts.len() < 6 || parts[0] != "Garage 61" {
        return (session, None);
    }
    let count = parts.len();
    let track = parts[count - 3];
    let (track, layout) = match track.strip_suffix(')').and_then(|track| track.rsplit_once(" (")) {
        Some(parts) => parts,
        None => (track, ""),
    };
    track.clone_into(&mut session.track_name);
    track.clone_into(&mut session.track_display_name);
    layout.clone_into(&mut session.track_config);
    parts[count - 4].clone_into(&mut session.car_name);
    session.driver_name = parts[1..count - 4].join(" - ");
    (session, lap_time_s(parts[count - 2]))
}

/// `01.23.456`, in seconds.
fn lap_time_s(text: &str) -> Option<f64> {
    let parts: Vec<u32> = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [minutes, seconds, milliseconds] = parts[..] else { return None };
    let time = f64::from(minutes) * 60.0 + f64::from(seconds) + f64::from(milliseconds) / 1000.0;
    (time > 0.0).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_from_the_files_name() {
        let name = "dir/Garage 61 - A. - B - Ferrari 296 GT3 - Monza (Grand Prix) - 01.46.500 - 01J.csv";
        let (session, official_s) = facts_of_name(name);
        assert_eq!((session.car_name.as_str(), session.track_name.as_str()), ("Ferrari 296 GT3", "Monza"));
        assert_eq!((session.track_config.as_str(), session.driver_name.as_str()), ("Grand Prix", "A. - B"));
        assert_eq!(official_s, Some(106.5));
        assert_eq!(facts_of_name("lap.csv").1, None);
    }
}
