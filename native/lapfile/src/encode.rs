//! Writes a lap file.

use crate::column::Values;
use crate::decode::MAX_ROWS;
use crate::facts::{FACTS_KEY, FORMAT_VERSION, LapFacts, VERSION_KEY};
use parquet::basic::{Compression, Encoding, GzipLevel};
use parquet::data_type::{DoubleType, FloatType, Int32Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type};
use racing_coach_core::lap::Lap;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, Sample};
use std::fmt;
use std::sync::Arc;

/// Rows kept before and after the lap: half a second at 60 Hz, so that the crossings can be found again.
pub const PADDING_ROWS: u64 = 30;
/// Fixed, so that the bytes do not change with the version of the Parquet library.
const CREATED_BY: &str = "racing-coach lap file";
/// More than any lap: its rows then fit one page, and readers find one page for each column.
const PAGE_BYTES: usize = 64 << 20;

/// A lap to encode.
#[derive(Debug, Clone, Copy)]
pub struct LapFileInput<'a> {
    /// Where and in what it was driven.
    pub session: &'a SessionInfo,
    /// Rows a second.
    pub rate_hz: f64,
    /// Exact length of the lap in metres.
    pub length_m: f64,
    /// The lap, as the tracker gave it.
    pub lap: &'a Lap,
    /// Whether somebody was told how to drive in it; `None` when that is not known.
    pub assisted: Option<bool>,
    /// Its samples and some either side, see [`rows_around`]; in order of their index.
    pub samples: &'a [Sample],
}

/// Why a lap cannot be encoded: it has no samples, or more than fit, or they are not in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError(String);

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the lap cannot be encoded: {}", self.0)
    }
}

impl std::error::Error for EncodeError {}

impl From<ParquetError> for EncodeError {
    fn from(error: ParquetError) -> Self {
        EncodeError(error.to_string())
    }
}

/// The samples of a lap with [`PADDING_ROWS`] either side, as far as the recording has them.
pub fn rows_around<'a>(samples: &'a [Sample], lap: &Lap) -> &'a [Sample] {
    let first = lap.start_sample.saturating_sub(PADDING_ROWS);
    let last = lap.end_sample.saturating_add(PADDING_ROWS);
    let from = samples.partition_point(|sample| sample.index < first);
    let to = samples.partition_point(|sample| sample.index <= last);
    &samples[from..to.max(from)]
}

/// Encodes a lap. Equal input gives equal bytes.
///
/// # Errors
/// No samples, rows out of order, or a row further than 2^31 from the lap's start.
pub fn encode(input: &LapFileInput) -> std::result::Result<Vec<u8>, EncodeError> {
    let columns = columns(input)?;
    let fields = columns.iter().map(|(name, values)| values.schema(name)).collect::<Result<Vec<_>>>()?;
    let schema = Type::group_type_builder("lap").with_fields(fields).build()?;
    let properties = Arc::new(properties(input, &columns)?);
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), properties)?;
    let mut group = writer.next_row_group()?;
    for (_, values) in &columns {
        write_column(&mut group, values)?;
    }
    group.close()?;
    Ok(writer.into_inner()?)
}

fn columns(input: &LapFileInput) -> std::result::Result<Vec<(&'static str, Values)>, EncodeError> {
    if input.samples.is_empty() {
        return Err(EncodeError("it has no samples".to_owned()));
    }
    if input.samples.len() > MAX_ROWS {
        return Err(EncodeError(format!(
            "it has {} samples; a lap file holds {MAX_ROWS}",
            input.samples.len()
        )));
    }
    if input.samples.windows(2).any(|pair| pair[1].index <= pair[0].index) {
        return Err(EncodeError("its samples are not in order".to_owned()));
    }
    let rows =
        input.samples.iter().map(|sample| row_of(sample.index, input.lap)).collect::<Option<Vec<i32>>>();
    let rows = rows.ok_or_else(|| EncodeError("its samples are too far from its start".to_owned()))?;
    let channels = Channel::ALL.into_iter();
    let channels = channels.filter_map(|channel| Some((channel.name(), Values::of(channel, input.samples)?)));
    Ok([("row", Values::Int(rows))].into_iter().chain(channels).collect())
}

fn row_of(index: u64, lap: &Lap) -> Option<i32> {
    i32::try_from(i128::from(index) - i128::from(lap.start_sample)).ok()
}

/// DuckDB reads byte-stream-split floating-point numbers only, so integers are stored as packed differences.
fn properties(
    input: &LapFileInput,
    columns: &[(&'static str, Values)],
) -> std::result::Result<WriterProperties, EncodeError> {
    let facts = serde_json::to_string(&facts(input)).map_err(|error| EncodeError(error.to_string()))?;
    let metadata = vec![
        KeyValue::new(VERSION_KEY.to_owned(), FORMAT_VERSION.to_string()),
        KeyValue::new(FACTS_KEY.to_owned(), facts),
    ];
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_created_by(CREATED_BY.to_owned())
        .set_key_value_metadata(Some(metadata))
        .set_compression(Compression::GZIP(GzipLevel::try_new(6)?))
        .set_encoding(Encoding::BYTE_STREAM_SPLIT)
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_offset_index_disabled(true)
        .set_data_page_size_limit(PAGE_BYTES)
        .set_data_page_row_count_limit(usize::MAX);
    for (name, values) in columns {
        if matches!(values, Values::Int(_) | Values::Bits(_)) {
            let column = ColumnPath::from(*name);
            properties = properties.set_column_encoding(column, Encoding::DELTA_BINARY_PACKED);
        }
    }
    Ok(properties.build())
}

fn facts(input: &LapFileInput) -> LapFacts {
    let relative = |row: f64| row - input.lap.start_sample as f64;
    let session = input.session;
    LapFacts {
        sim: session.sim.clone(),
        track_name: session.track_name.clone(),
        track_display_name: session.track_display_name.clone(),
        track_config: session.track_config.clone(),
        track_type: session.track_type.clone(),
        car_path: session.car_path.clone(),
        car_name: session.car_name.clone(),
        length_m: input.length_m,
        rate_hz: input.rate_hz,
        stint: input.lap.id.stint,
        lap: input.lap.id.lap,
        start_row: input.lap.start_row.map(relative),
        end_row: input.lap.end_row.map(relative),
        last_row: input.lap.end_sample.saturating_sub(input.lap.start_sample) as i64,
        other_cars: session.other_cars,
        assisted: input.assisted,
    }
}

fn write_column(group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, values: &Values) -> Result<()> {
    let missing = || ParquetError::General("the schema has fewer columns".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    match values {
        Values::Int(values) | Values::Bits(values) => {
            column.typed::<Int32Type>().write_batch(values, None, None)?
        }
        Values::Float(values) => column.typed::<FloatType>().write_batch(values, None, None)?,
        Values::Double(values) => column.typed::<DoubleType>().write_batch(values, None, None)?,
    };
    column.close()
}
