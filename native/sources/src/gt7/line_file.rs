//! A line as JSON, to keep and to give back at the next start.
//!
//! ```json
//! { "formatVersion": 1, "id": "gt7-1a2b3c4d", "name": "", "lengthM": 4012.3, "checksum": "0123456789abcdef", "pointsM": [[x, y, z], ...] }
//! ```
//!
//! `name` may be changed by hand; the checksum is of the points.

use super::identity::checksum;
use super::line::Line;
use super::vector::Vector;
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use serde::{Deserialize, Serialize};

const FORMAT_VERSION: u32 = 1;
/// The longest line has 30,000 points of some 40 characters.
const MOST_BYTES: usize = 4 << 20;
/// Of an id or a name.
const MOST_CHARACTERS: usize = 120;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LineFile {
    format_version: u32,
    id: String,
    #[serde(default)]
    name: String,
    length_m: f64,
    checksum: String,
    points_m: Vec<Vector>,
}

/// The line as JSON.
pub fn to_json(line: &Line) -> String {
    let file = LineFile {
        format_version: FORMAT_VERSION,
        id: line.id.clone(),
        name: line.name.clone(),
        length_m: line.length_m(),
        checksum: format!("{:016x}", checksum(line.points())),
        points_m: line.points().to_vec(),
    };
    // Strings and finite numbers only: it cannot fail.
    serde_json::to_string(&file).unwrap_or_default()
}

/// A line from JSON; `file` is what an error calls it.
///
/// # Errors
/// `track-bad` when it is damaged, no line, or of a newer format.
pub fn from_json(file: &str, text: &str) -> Result<Line, CodedError> {
    read(text).map_err(|cause| CodedError::new(ErrorCode::TrackBad).with("file", file).with("cause", cause))
}

fn read(text: &str) -> Result<Line, String> {
    if text.len() > MOST_BYTES {
        return Err(format!("{} bytes are more than any line has", text.len()));
    }
    let file: LineFile = serde_json::from_str(text).map_err(|cause| cause.to_string())?;
    if file.format_version != FORMAT_VERSION {
        return Err(format!("its format is {}, this version reads {FORMAT_VERSION}", file.format_version));
    }
    if file.id.is_empty() || [&file.id, &file.name].iter().any(|text| text.chars().count() > MOST_CHARACTERS)
    {
        return Err("its id or name is missing or too long".to_owned());
    }
    let line = Line::new(&file.id, &file.name, &file.points_m)?;
    if file.checksum != format!("{:016x}", checksum(line.points())) {
        return Err("its checksum is another".to_owned());
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gt7::line::tests::circle;

    #[test]
    fn a_line_comes_back_as_it_was() {
        let points = circle(123.456, [1.0 / 3.0, -20.0, 7.0]);
        let line = Line::new("gt7-00000001", "Kestrel \"Park\"", &points).unwrap();
        assert_eq!(from_json("f", &to_json(&line)).unwrap(), line);
    }

    #[test]
    fn a_damaged_one_is_refused_with_a_reason() {
        let text = to_json(&Line::new("gt7-00000001", "", &circle(100.0, [0.0; 3])).unwrap());
        let moved = text.replacen("[100.0,", "[100.25,", 1);
        assert_ne!(moved, text);
        let newer = text.replace("\"formatVersion\":1", "\"formatVersion\":2");
        let nameless = text.replace("gt7-00000001", "");
        for bad in [&moved, &newer, &nameless, &text[..100].to_owned(), &String::new(), &"x".repeat(5 << 20)]
        {
            assert_eq!(from_json("f", bad).unwrap_err().code, ErrorCode::TrackBad);
        }
    }
}
