//! Reads a lap file, from anyone: sizes are checked before memory is taken, and every defect becomes a coded error.

use crate::column::Values;
use crate::facts::{FACTS_KEY, FORMAT_VERSION, LapFacts, VERSION_KEY};
use crate::page_check;
use bytes::Bytes;
use parquet::basic::{Compression, Type as PhysicalType};
use parquet::column::reader::ColumnReader;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use racing_coach_core::error::CodedError;
use racing_coach_core::lap::{Lap, LapId, Spoils};
use racing_coach_core::laps::note_traffic;
use racing_coach_core::reason_set::ReasonSet;
use racing_coach_core::{Channel, ErrorCode, Sample};

/// Largest file that is read; a lap of ten minutes takes about 6 MB.
const MAX_FILE_BYTES: usize = 64 << 20;
/// Most rows that are read or written: more than two hours at 60 Hz.
pub(crate) const MAX_ROWS: usize = 500_000;
/// Most columns that are read; the channel table has about 50.
const MAX_COLUMNS: usize = 256;

/// A decoded lap file.
#[derive(Debug, Clone, PartialEq)]
pub struct LapFile {
    /// What the file says about the lap.
    pub facts: LapFacts,
    /// The rows of the lap and some either side. `Sample::index` counts from the first of them; channels that the file lacks are NaN.
    pub samples: Vec<Sample>,
    /// The file's number of the first row: 0 is the lap's first, so usually this is negative. `index + first_row` is the file's row.
    pub first_row: i64,
}

impl LapFile {
    /// The lap, with rows counted as in [`samples`](Self::samples). Reasons and the official time are not in a lap file, so there are
    /// none, but for what the rows say of other cars.
    pub fn lap(&self) -> Lap {
        let shift = -self.first_row as f64;
        let index_of = |row: i64| u64::try_from(row.saturating_sub(self.first_row)).unwrap_or(0);
        let (start_row, end_row) =
            (self.facts.start_row.map(|row| row + shift), self.facts.end_row.map(|row| row + shift));
        let mut lap = Lap {
            id: LapId { stint: self.facts.stint, lap: self.facts.lap },
            start_sample: index_of(0),
            end_sample: index_of(self.facts.last_row),
            start_row,
            end_row,
            official_time_s: None,
            own_time_s: start_row.zip(end_row).map(|(start, end)| (end - start) / self.facts.rate_hz),
            reasons: ReasonSet::EMPTY,
            spoils: Spoils::EMPTY,
        };
        let LapFacts { length_m, rate_hz, .. } = self.facts;
        note_traffic(&mut lap, &self.samples, length_m, rate_hz, &self.facts.session());
        lap
    }

    /// The channels that the file carries.
    pub fn channels(&self) -> Vec<Channel> {
        let carried = |channel: &Channel| self.samples.iter().any(|sample| !sample.get(*channel).is_nan());
        Channel::ALL.into_iter().filter(carried).collect()
    }
}

/// A lap file by columns.
#[derive(Debug, Clone, PartialEq)]
pub struct LapColumns {
    /// What the file says about the lap.
    pub facts: LapFacts,
    /// The number of each row: 0 is the lap's first, rows before it are negative. In order, with gaps where rows are missing.
    pub rows: Vec<i32>,
    /// Those of the wanted channels that the file has, with a value for each row.
    pub columns: Vec<(Channel, Values)>,
}

enum Trouble {
    Damaged(String),
    Version(u32),
}

impl From<ParquetError> for Trouble {
    fn from(error: ParquetError) -> Self {
        Trouble::Damaged(error.to_string())
    }
}

fn damaged<T>(cause: &str) -> Result<T, Trouble> {
    Err(Trouble::Damaged(cause.to_owned()))
}

/// Decodes a lap file; `name` is for error texts.
///
/// # Errors
/// `lapfile-damaged`, or `lapfile-version` for a format newer than [`FORMAT_VERSION`].
pub fn decode(bytes: &[u8], name: &str) -> Result<LapFile, CodedError> {
    let columns = decode_columns(bytes, name, |_| true)?;
    let mut samples = vec![Sample::EMPTY; columns.rows.len()];
    for (channel, values) in &columns.columns {
        for (row, sample) in samples.iter_mut().enumerate() {
            sample.set(*channel, values.get(row));
        }
    }
    let first_row = i64::from(columns.rows[0]);
    for (sample, row) in samples.iter_mut().zip(&columns.rows) {
        sample.index = (i64::from(*row) - first_row) as u64;
    }
    Ok(LapFile { facts: columns.facts, samples, first_row })
}

/// Decodes the facts, the row numbers and those columns that are `wanted`: the others are not unpacked.
///
/// # Errors
/// As [`decode`].
pub fn decode_columns(
    bytes: &[u8],
    name: &str,
    wanted: impl Fn(Channel) -> bool + std::panic::RefUnwindSafe,
) -> Result<LapColumns, CodedError> {
    // The library has panicked on damaged pages before; should the checks miss a case, it costs this file and not the process.
    let decoded = std::panic::catch_unwind(|| decode_bytes(bytes, &wanted))
        .unwrap_or_else(|_| damaged("the Parquet library gave up on it"));
    decoded.map_err(|trouble| match trouble {
        Trouble::Damaged(cause) => {
            CodedError::new(ErrorCode::LapfileDamaged).with("file", name).with("cause", cause)
        }
        Trouble::Version(found) => CodedError::new(ErrorCode::LapfileVersion)
            .with("file", name)
            .with("found", found)
            .with("known", FORMAT_VERSION),
    })
}

fn decode_bytes(bytes: &[u8], wanted: &dyn Fn(Channel) -> bool) -> Result<LapColumns, Trouble> {
    if bytes.len() > MAX_FILE_BYTES {
        return damaged("it is larger than any lap");
    }
    let reader = SerializedFileReader::new(Bytes::copy_from_slice(bytes))?;
    let facts = read_facts(reader.metadata())?;
    let count = row_count(reader.metadata())?;
    let group = reader.get_row_group(0)?;
    let mut columns = Vec::new();
    let mut rows = None;
    for index in 0..group.num_columns() {
        let name = group.metadata().column(index).column_descr().name().to_owned();
        if name == "row" {
            rows = Some(read_column(bytes, &*group, index, count, false)?);
        } else if let Some(channel) = Channel::ALL.into_iter().find(|channel| channel.name() == name)
            && wanted(channel)
        {
            let values = read_column(bytes, &*group, index, count, channel.unit() == "bits")?;
            columns.push((channel, values));
        }
    }
    let Some(Values::Int(rows)) = rows else {
        return damaged("it has no column of row numbers");
    };
    if rows.windows(2).any(|pair| pair[1] <= pair[0]) {
        return damaged("its rows are not in order");
    }
    Ok(LapColumns { facts, rows, columns })
}

fn read_facts(metadata: &ParquetMetaData) -> Result<LapFacts, Trouble> {
    let pairs = metadata.file_metadata().key_value_metadata().map_or(&[][..], Vec::as_slice);
    let value = |key: &str| pairs.iter().find(|pair| pair.key == key).and_then(|pair| pair.value.as_deref());
    let Some(version) = value(VERSION_KEY).and_then(|text| text.parse::<u32>().ok()) else {
        return damaged("it was not written by Racing Coach");
    };
    if version > FORMAT_VERSION {
        return Err(Trouble::Version(version));
    }
    let facts: Result<LapFacts, _> = serde_json::from_str(value(FACTS_KEY).unwrap_or_default());
    let facts = facts.map_err(|error| Trouble::Damaged(format!("its facts cannot be read: {error}")))?;
    let sane = facts.rate_hz > 0.0 && facts.rate_hz <= 1000.0 && facts.length_m > 0.0 && facts.length_m < 1e6;
    if sane { Ok(facts) } else { damaged("its rate or its length is impossible") }
}

fn row_count(metadata: &ParquetMetaData) -> Result<usize, Trouble> {
    let [group] = metadata.row_groups() else { return damaged("it does not have one row group") };
    if group.num_columns() > MAX_COLUMNS {
        return damaged("it has more columns than there are channels");
    }
    match usize::try_from(group.num_rows()) {
        Ok(0) | Err(_) => damaged("it has no rows"),
        Ok(rows) if rows > MAX_ROWS => damaged("it has more rows than any lap"),
        Ok(rows) => Ok(rows),
    }
}

fn read_column(
    bytes: &[u8],
    group: &dyn RowGroupReader,
    index: usize,
    rows: usize,
    bits: bool,
) -> Result<Values, Trouble> {
    let metadata = group.metadata().column(index);
    let descriptor = metadata.column_descr();
    if descriptor.max_def_level() != 0 || descriptor.max_rep_level() != 0 {
        return damaged("a column may be missing or repeated");
    }
    let Some(chunk) = chunk_of(bytes, metadata) else { return damaged("a column lies outside the file") };
    // What is checked has to be what the library will read: it goes by the schema's type and the column's codec.
    if !matches!(metadata.compression(), Compression::GZIP(_)) {
        return damaged("a column is not gzipped");
    }
    let width = match descriptor.physical_type() {
        PhysicalType::INT32 | PhysicalType::FLOAT => 4,
        PhysicalType::DOUBLE => 8,
        _ => return damaged("a column has a type that lap files do not have"),
    };
    page_check::check(chunk, rows as u64, width).map_err(Trouble::Damaged)?;
    Ok(match group.get_column_reader(index)? {
        ColumnReader::Int32ColumnReader(mut reader) => {
            let values = read_values(rows, |values| reader.read_records(rows, None, None, values))?;
            if bits { Values::Bits(values) } else { Values::Int(values) }
        }
        ColumnReader::FloatColumnReader(mut reader) => {
            Values::Float(read_values(rows, |values| reader.read_records(rows, None, None, values))?)
        }
        ColumnReader::DoubleColumnReader(mut reader) => {
            Values::Double(read_values(rows, |values| reader.read_records(rows, None, None, values))?)
        }
        _ => return damaged("a column has a type that lap files do not have"),
    })
}

/// The bytes of a column, as the Parquet library will read them.
fn chunk_of<'a>(bytes: &'a [u8], metadata: &ColumnChunkMetaData) -> Option<&'a [u8]> {
    if metadata.dictionary_page_offset().is_some() {
        return None;
    }
    let start = usize::try_from(metadata.data_page_offset()).ok()?;
    let length = usize::try_from(metadata.compressed_size()).ok()?;
    bytes.get(start..start.checked_add(length)?)
}

fn read_values<T>(
    rows: usize,
    read: impl FnOnce(&mut Vec<T>) -> Result<(usize, usize, usize), ParquetError>,
) -> Result<Vec<T>, Trouble> {
    let mut values = Vec::new();
    read(&mut values)?;
    if values.len() == rows { Ok(values) } else { damaged("a column is shorter than the others") }
}
