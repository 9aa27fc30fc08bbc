//! The track model for a recording: from JSON that the engine kept, else from the track file of its track, else an empty one.

use crate::task::bad_request;
use racing_coach_core::ErrorCode;
use racing_coach_core::corners::TrackModel;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::track_file::TrackFile;
use serde::Deserialize;

/// What the engine knows of tracks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KnownTracks {
    /// A track model as JSON.
    #[serde(default)]
    pub model: Option<String>,
    /// Paths of track files.
    #[serde(default)]
    pub track_files: Vec<String>,
}

impl KnownTracks {
    /// The model for a session's track.
    ///
    /// # Errors
    /// `track-bad` and `file-unreadable` for track files.
    pub fn model_for(&self, session: &SessionInfo, length_m: f64) -> Result<TrackModel, CodedError> {
        let track_key = session.track_key();
        if let Some(json) = &self.model {
            return serde_json::from_str(json).map_err(bad_request);
        }
        for path in &self.track_files {
            let file = read(path)?;
            if file.track_key == track_key {
                return Ok(TrackModel::from_track_file(&file));
            }
        }
        Ok(TrackModel::new(&track_key, length_m))
    }
}

fn read(path: &str) -> Result<TrackFile, CodedError> {
    let text = std::fs::read_to_string(path).map_err(|cause| {
        CodedError::new(ErrorCode::FileUnreadable).with("file", path).with("cause", cause)
    })?;
    TrackFile::parse(path, &text)
}
