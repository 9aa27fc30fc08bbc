//! iRacing's recordings, `.ibt`: a header, the list of variables, the session text and one packed row for each tick. All numbers are
//! little-endian and most fields are unaligned. Layout: iRacing's SDK (`irsdk_defines.h`), checked on real files.
//!
//! ```text
//! 0    header, 112 bytes
//! 112  disk sub-header, 32 bytes
//! 144  variable headers, 144 bytes each
//! ...  session text
//! ...  rows of `row_bytes` each, from `rows_at`
//! ```

mod channel_decoder;
mod channel_variables;
mod columns;
mod file;
mod header;
mod layout;
mod row_layout;
mod rows;
mod sample_writer;
mod spec;
mod trouble;
mod variable;
mod writer;

pub use channel_decoder::ChannelDecoder;
pub use channel_variables::{channel_variable, standard_channels};
pub use columns::{Column, ColumnValues};
pub use file::IbtFile;
pub use header::IbtHeader;
pub(crate) use header::{MAX_ROW_BYTES, MAX_SESSION_BYTES, MAX_VARIABLES};
pub(crate) use layout::{VARIABLE_BYTES, header_at};
pub use row_layout::RowLayout;
pub(crate) use row_layout::variable_header;
pub use rows::IbtSource;
pub(crate) use sample_writer::samples_to_bytes;
pub use sample_writer::{write_samples, write_samples_with};
pub use spec::{IbtSpec, VariableSpec, VariableType};
pub use variable::Variable;
pub use writer::IbtWriter;
