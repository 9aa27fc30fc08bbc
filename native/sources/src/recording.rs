//! Any recording, whatever its format.

use crate::csv::{CsvKind, CsvRecording};
use crate::ibt::IbtFile;
use crate::tape;
use racing_coach_core::error::CodedError;
use racing_coach_core::lap::Lap;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, ErrorCode, Sample};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Largest lap file that is read into memory; the decoder refuses larger ones anyway.
const MAX_LAP_FILE_BYTES: u64 = (64 << 20) + 1;

/// A format that recordings come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordingKind {
    /// iRacing's telemetry file.
    Ibt,
    /// A CSV file of the kind named.
    Csv(CsvKind),
    /// Our lap file: one lap and some rows either side.
    LapFile,
    /// Our raw recording of a live source.
    Tape,
}

impl RecordingKind {
    /// The `source` of analysis documents.
    pub fn code(self) -> &'static str {
        match self {
            RecordingKind::Ibt => "ibt",
            RecordingKind::Csv(_) => "csv",
            RecordingKind::LapFile => "lapfile",
            RecordingKind::Tape => "tape",
        }
    }
}

/// A recording in memory.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The format.
    pub kind: RecordingKind,
    /// The file's name as given.
    pub name: String,
    /// What it says about its session. `track_length_m` serves as the length hint for sources without `lapFraction`.
    pub session: SessionInfo,
    /// Rows a second.
    pub rate_hz: f64,
    /// All samples, in order of their index; at least one.
    pub samples: Vec<Sample>,
    /// The lap of a lap file; `None` for other formats, whose laps have to be found.
    pub lap: Option<Lap>,
    /// Whether the lap of a lap file was driven with live instruction; `None` where that is not known.
    pub assisted: Option<bool>,
}

impl Recording {
    /// The channels that at least one sample carries.
    pub fn channels(&self) -> Vec<Channel> {
        let carried = |channel: &Channel| self.samples.iter().any(|sample| !sample.get(*channel).is_nan());
        Channel::ALL.into_iter().filter(carried).collect()
    }
}

/// The format that a file's name stands for: `.ibt`, `.csv`, `.csv.gz`, `.parquet` or `.tape`, in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedFormat {
    /// `.ibt`
    Ibt,
    /// `.csv`
    Csv,
    /// `.csv.gz`
    CsvGz,
    /// `.parquet`
    LapFile,
    /// `.tape`
    Tape,
}

impl NamedFormat {
    /// The format of a name.
    ///
    /// # Errors
    /// `format-unknown`.
    pub fn of(path: &Path) -> Result<Self, CodedError> {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let formats = [
            (".ibt", NamedFormat::Ibt),
            (".csv", NamedFormat::Csv),
            (".csv.gz", NamedFormat::CsvGz),
            (".parquet", NamedFormat::LapFile),
            (".tape", NamedFormat::Tape),
        ];
        let found = formats.into_iter().find(|(ending, _)| name.ends_with(ending));
        found
            .map(|(_, format)| format)
            .ok_or_else(|| CodedError::new(ErrorCode::FormatUnknown).with("file", path.display()))
    }
}

/// Reads a recording of any format, told by its name.
///
/// # Errors
/// `format-unknown`, `file-not-found`, `file-unreadable`, or what is wrong with the file; the text names it as `path` has it.
pub fn open_recording(path: &Path) -> Result<Recording, CodedError> {
    match NamedFormat::of(path)? {
        NamedFormat::Ibt => ibt(path),
        NamedFormat::Csv | NamedFormat::CsvGz => csv(path),
        NamedFormat::LapFile => lap_file(path),
        NamedFormat::Tape => tape::read_recording(path),
    }
}

/// Opens a file for reading.
pub(crate) fn open_file(path: &Path) -> Result<File, CodedError> {
    let name = path.display();
    let error = |code, cause: &dyn std::fmt::Display| {
        CodedError::new(code).with("file", name.to_string()).with("cause", cause)
    };
    let file = File::open(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => error(ErrorCode::FileNotFound, &cause),
        _ => error(ErrorCode::FileUnreadable, &cause),
    })?;
    // Unix opens folders and fails at the first read with a text that helps nobody.
    if file.metadata().is_ok_and(|facts| facts.is_dir()) {
        return Err(error(ErrorCode::FileUnreadable, &"it is a folder"));
    }
    Ok(file)
}

fn ibt(path: &Path) -> Result<Recording, CodedError> {
    let mut file = IbtFile::open(path)?;
    Ok(Recording {
        kind: RecordingKind::Ibt,
        name: path.display().to_string(),
        session: file.session(),
        rate_hz: file.rate_hz(),
        samples: file.samples()?,
        lap: None,
        assisted: None,
    })
}

fn csv(path: &Path) -> Result<Recording, CodedError> {
    let recording = CsvRecording::open(path)?;
    Ok(Recording {
        kind: RecordingKind::Csv(recording.kind),
        name: path.display().to_string(),
        session: recording.session,
        rate_hz: recording.rate_hz,
        samples: recording.samples,
        lap: None,
        assisted: None,
    })
}

fn lap_file(path: &Path) -> Result<Recording, CodedError> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    open_file(path)?.take(MAX_LAP_FILE_BYTES).read_to_end(&mut bytes).map_err(|cause| {
        CodedError::new(ErrorCode::FileUnreadable).with("file", &name).with("cause", cause)
    })?;
    lap_file_of(&bytes, &name)
}

/// A lap file in memory as a recording; `name` is for error texts.
///
/// # Errors
/// `lapfile-damaged`, `lapfile-version`.
pub fn lap_file_of(bytes: &[u8], name: &str) -> Result<Recording, CodedError> {
    let file = racing_coach_lapfile::decode(bytes, name)?;
    Ok(Recording {
        kind: RecordingKind::LapFile,
        name: name.to_owned(),
        session: file.facts.session(),
        rate_hz: file.facts.rate_hz,
        lap: Some(file.lap()),
        assisted: file.facts.assisted,
        samples: file.samples,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_name_in_any_case() {
        let of = |name: &str| NamedFormat::of(Path::new(name)).ok();
        assert_eq!(of("a.IBT"), Some(NamedFormat::Ibt));
        assert_eq!(of("dir.ibt/a.csv"), Some(NamedFormat::Csv));
        assert_eq!(of("a.Csv.Gz"), Some(NamedFormat::CsvGz));
        assert_eq!(of("a.parquet"), Some(NamedFormat::LapFile));
        assert_eq!(of("a.Tape"), Some(NamedFormat::Tape));
        assert_eq!(of("a.gz"), None);
        assert_eq!(of("ibt"), None);
    }

    #[test]
    fn missing_files_and_folders_are_named() {
        let error = open_recording(Path::new("no/such.ibt")).unwrap_err();
        assert_eq!(error.to_string(), "no/such.ibt: there is no such file. Check the path.");
        let folder = std::env::temp_dir().join(format!("racing-coach-{}.ibt", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let error = open_recording(&folder).unwrap_err();
        std::fs::remove_dir(&folder).unwrap();
        assert_eq!(error.code, ErrorCode::FileUnreadable);
    }
}
