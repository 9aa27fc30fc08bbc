//! Damaged and lying files: each gets a coded error that says what is wrong, none a panic or much memory.

use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_sources::ibt::{IbtFile, IbtSpec, IbtWriter, VariableSpec, VariableType};
use racing_coach_sources::session_text;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

/// A good file of 4 variables and 20 rows.
fn good() -> Vec<u8> {
    let names = ["Speed", "LapDistPct", "Lap", "Gear"];
    let spec = IbtSpec {
        version: 2,
        tick_rate_hz: 60,
        variables: names.iter().map(|name| VariableSpec::new(name, VariableType::Float, "", "")).collect(),
        session_text: session_text::build(&SessionInfo::default()),
        start_unix_s: 0,
    };
    let mut writer = IbtWriter::new(Cursor::new(Vec::new()), &spec).unwrap();
    for row in 0..20 {
        writer.set(0, f64::from(row));
        writer.end_row().unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn error(bytes: Vec<u8>) -> CodedError {
    IbtFile::read(Cursor::new(bytes), "my lap.ibt").expect_err("a damaged file")
}

/// The error for the good file with one 32-bit number of it changed.
fn patched(at: usize, value: i32) -> CodedError {
    let mut bytes = good();
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    error(bytes)
}

#[test]
fn empty_foreign_and_cut_files() {
    assert_eq!(
        error(Vec::new()).to_string(),
        "my lap.ibt: the file is empty. The sim wrote nothing; record again."
    );
    assert_eq!(
        error(b"Speed,LapDistPct\n".to_vec()).to_string(),
        "my lap.ibt: this is not an .ibt recording."
    );
    assert_eq!(error(vec![0; 4096]).code, ErrorCode::IbtNotIbt);
    assert_eq!(error(vec![0xff; 4096]).code, ErrorCode::IbtNotIbt);
    let cut = |bytes: usize| error(good()[..bytes].to_vec());
    let text = "my lap.ibt: the recording is cut off in its";
    let nothing = "nothing in it can be used.";
    assert_eq!(cut(100).to_string(), format!("{text} header; {nothing}"));
    assert_eq!(cut(144 + 200).to_string(), format!("{text} list of variables; {nothing}"));
    assert_eq!(cut(144 + 4 * 144 + 50).to_string(), format!("{text} session text; {nothing}"));
    let rows_at = good().len() - 20 * 16;
    assert_eq!(cut(rows_at + 15).to_string(), "my lap.ibt: the recording holds no samples.");
}

#[test]
fn every_cut_is_an_error_or_fewer_rows() {
    let bytes = good();
    for cut in 0..bytes.len() {
        match IbtFile::read(Cursor::new(bytes[..cut].to_vec()), "x.ibt") {
            Ok(mut file) => assert_eq!(file.samples().unwrap().len(), file.row_count()),
            Err(error) => assert!(error.code.code().starts_with("ibt-"), "{error}"),
        }
    }
}

#[test]
fn a_recording_without_session_text_is_read() {
    let mut bytes = good();
    bytes[16..24].fill(0);
    let file = IbtFile::read(Cursor::new(bytes), "x.ibt").unwrap();
    assert_eq!((file.session_text().len(), file.session().track_name.as_str()), (0, ""));
    assert_eq!(file.row_count(), 20);
}

#[test]
fn lying_headers() {
    let cases = [
        (24, i32::MIN, ErrorCode::IbtBadHeader, "variables"),
        (24, 0, ErrorCode::IbtBadHeader, "0 variables"),
        (24, i32::MAX, ErrorCode::IbtTooLarge, "2147483647 variables"),
        (24, 60_000, ErrorCode::IbtTruncated, "list of variables"),
        (28, -144, ErrorCode::IbtBadHeader, "byte -144"),
        (28, i32::MAX, ErrorCode::IbtBadHeader, "byte 2147483647"),
        (28, 1 << 20, ErrorCode::IbtTruncated, "list of variables"),
        (16, -1, ErrorCode::IbtBadHeader, "length of -1 bytes"),
        (16, i32::MAX, ErrorCode::IbtTooLarge, "session text"),
        (16, 1 << 20, ErrorCode::IbtTruncated, "session text"),
        (20, -5, ErrorCode::IbtBadHeader, "session text would begin at byte -5"),
        (36, 0, ErrorCode::IbtBadHeader, "row has a length of 0 bytes"),
        (36, -16, ErrorCode::IbtBadHeader, "row has a length of -16 bytes"),
        (36, i32::MAX, ErrorCode::IbtTooLarge, "row"),
        (36, 8, ErrorCode::IbtBadHeader, "\"Lap\" takes 1 elements from byte 8 of a row of 8 bytes"),
        (52, i32::MAX, ErrorCode::IbtBadHeader, "rows would begin"),
        (52, 1 << 24, ErrorCode::IbtNoSamples, "no samples"),
        (8, 0, ErrorCode::IbtBadHeader, "0 rows a second"),
        (32, 77, ErrorCode::IbtNotIbt, "not an .ibt"),
        (144, 9, ErrorCode::IbtBadHeader, "\"Speed\" has the unknown type 9"),
        (148, -4, ErrorCode::IbtBadHeader, "from byte -4"),
        (148, i32::MAX, ErrorCode::IbtBadHeader, "from byte 2147483647"),
        (152, i32::MAX, ErrorCode::IbtBadHeader, "takes 2147483647 elements"),
        (152, 0, ErrorCode::IbtBadHeader, "takes 0 elements"),
    ];
    for (at, value, code, words) in cases {
        let error = patched(at, value);
        assert_eq!(error.code, code, "{value} at {at}: {error}");
        assert!(
            error.to_string().contains(words) && error.to_string().starts_with("my lap.ibt: "),
            "{error}"
        );
    }
}

/// A file of any length that is never in memory: the head of the good one, then zeros.
struct Huge {
    head: Vec<u8>,
    bytes: u64,
    at: u64,
}

impl Read for Huge {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = usize::try_from(self.bytes - self.at).unwrap_or(usize::MAX);
        let count = buffer.len().min(rest);
        for (place, byte) in buffer[..count].iter_mut().enumerate() {
            *byte = self.head.get(self.at as usize + place).copied().unwrap_or(0);
        }
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Huge {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(_) => self.bytes,
            SeekFrom::Current(_) => self.at,
        };
        Ok(self.at)
    }
}

#[test]
fn a_file_of_a_terabyte_is_refused_before_anything_is_taken() {
    let huge = Huge { head: good(), bytes: 1 << 40, at: 0 };
    let error = IbtFile::read(huge, "x.ibt").err().unwrap();
    assert_eq!(error.code, ErrorCode::IbtTooLarge);
    assert!(error.to_string().contains("rows"), "{error}");
}

#[test]
fn a_file_that_shrinks_while_it_is_read_ends_early() {
    let path = std::env::temp_dir().join(format!("racing-coach-shrink-{}.ibt", std::process::id()));
    std::fs::write(&path, good()).unwrap();
    let mut file = IbtFile::open(&path).unwrap();
    assert_eq!(file.row_count(), 20);
    let shorter = good();
    std::fs::write(&path, &shorter[..shorter.len() - 16 * 5 - 3]).unwrap();
    let samples = file.samples();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(samples.unwrap().len(), 14);
}
