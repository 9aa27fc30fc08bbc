//! What can be asked of the simulation, and how names become things.

use crate::car_spec::CarSpec;
use crate::centre_line::{CentreLine, RoadPoint};
use crate::demo_circuit;
use crate::driver_spec::DriverSpec;
use crate::session::{Interruption, Start};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use racing_coach_core::track_file::TrackFile;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A simulation to run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SimulateRequest {
    /// A circuit that comes with the product, or a centre-line file: `x_m,y_m,w_tr_right_m,w_tr_left_m` as .csv, or a track file as .json.
    pub track: String,
    /// One of [`CarSpec::PRESETS`].
    pub car: String,
    /// One of [`DriverSpec::PRESETS`].
    pub driver: String,
    /// Flying laps, 1 to 500.
    pub laps: u32,
    /// The same seed gives the same bytes.
    #[serde(default)]
    pub seed: u64,
    /// See [`crate::mistakes`].
    #[serde(default)]
    pub mistakes: String,
    /// How the session begins.
    #[serde(default)]
    pub start: Start,
    /// What interrupts it.
    #[serde(default)]
    pub interruptions: Vec<Interruption>,
}

/// Most laps in a request: at 60 Hz a session of 500 laps is some hundred megabytes.
const MOST_LAPS: u32 = 500;
/// No centre line is larger.
const MOST_FILE_BYTES: u64 = 32 << 20;

/// A request with its names looked up.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The circuit.
    pub line: CentreLine,
    /// The car.
    pub car: CarSpec,
    /// The driver.
    pub driver: DriverSpec,
}

impl SimulateRequest {
    /// Looks everything up; reads the centre-line file when there is one.
    pub fn resolve(&self) -> Result<Resolved, CodedError> {
        if !(1..=MOST_LAPS).contains(&self.laps) {
            let cause = format!("The number of laps must be 1 to {MOST_LAPS}, not {}.", self.laps);
            return Err(CodedError::new(ErrorCode::Usage).with("cause", cause));
        }
        Ok(Resolved {
            car: CarSpec::preset(&self.car)?,
            driver: DriverSpec::preset(&self.driver)?,
            line: centre_line(&self.track)?,
        })
    }
}

/// A circuit by its name, or from a file when the name looks like one.
pub fn centre_line(track: &str) -> Result<CentreLine, CodedError> {
    if demo_circuit::NAMES.contains(&track.to_lowercase().as_str()) {
        return Ok(demo_circuit::centre_line());
    }
    let path = Path::new(track);
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("csv" | "txt") => {
            let text = read(track)?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            CentreLine::parse(&name, track, &text)
        }
        Some("json") => from_track_file(track, &read(track)?),
        _ => Err(CodedError::new(ErrorCode::TrackNotFound)
            .with("track", track)
            .with("known", format!("{}, or a centre line as FILE.csv", demo_circuit::NAMES.join(", ")))),
    }
}

/// The centre line of a track file.
fn from_track_file(file: &str, text: &str) -> Result<CentreLine, CodedError> {
    let bad = |cause: String| CodedError::new(ErrorCode::TrackBad).with("file", file).with("cause", cause);
    let track = TrackFile::parse(file, text)?;
    let points = track.centre_line.ok_or_else(|| bad("it has no centre line".to_owned()))?;
    let point = |p: &racing_coach_core::track_file::CentreLinePoint| {
        RoadPoint { x_m: p.x_m, y_m: p.y_m, width_right_m: p.width_right_m, width_left_m: p.width_left_m }
            .checked()
    };
    let points = points.iter().map(point).collect::<Result<Vec<_>, String>>().map_err(bad)?;
    CentreLine::from_points(&track.name, points).map_err(bad)
}

fn read(file: &str) -> Result<String, CodedError> {
    let unreadable = |cause: &dyn std::fmt::Display| {
        CodedError::new(ErrorCode::FileUnreadable).with("file", file).with("cause", cause)
    };
    let facts = std::fs::metadata(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => CodedError::new(ErrorCode::FileNotFound).with("file", file),
        _ => unreadable(&error),
    })?;
    if !facts.is_file() || facts.len() > MOST_FILE_BYTES {
        return Err(unreadable(&"it is not a file of a centre line's size"));
    }
    let bytes = std::fs::read(file).map_err(|error| unreadable(&error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
