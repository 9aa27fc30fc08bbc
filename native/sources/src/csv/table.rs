//! Lines and fields of a CSV file, within limits.

use flate2::read::MultiGzDecoder;
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::io::{BufRead, BufReader, Read};

/// Most text that is read, after decompression: a day at 60 Hz in the widest format takes about 1 GB.
const MAX_TEXT_BYTES: u64 = 1 << 30;
/// Longest line that is read; real ones have 200 to 700 bytes.
const MAX_LINE_BYTES: u64 = 64 << 10;
/// Most rows that are read: 13 hours at 60 Hz.
const MAX_ROWS: u64 = 3_000_000;

/// A CSV file, read line by line. The header names the columns; a field is found by its column.
pub struct Table<'a> {
    input: Box<dyn BufRead + 'a>,
    /// The file's name, for errors.
    pub name: String,
    columns: Vec<String>,
    line: Vec<u8>,
    line_number: u64,
}

/// The fields of one line.
pub struct Fields<'a> {
    texts: Vec<String>,
    table: &'a str,
    line_number: u64,
}

impl<'a> Table<'a> {
    /// Reads the header. Gzip is recognised by its first bytes.
    pub fn open(input: impl Read + 'a, name: &str) -> Result<Self, CodedError> {
        let mut input = BufReader::with_capacity(256 << 10, input);
        let zipped = input.fill_buf().map_err(|cause| unreadable(name, &cause))?.starts_with(&[0x1f, 0x8b]);
        let input: Box<dyn BufRead> = if zipped {
            let text = MultiGzDecoder::new(input).take(MAX_TEXT_BYTES);
            Box::new(BufReader::with_capacity(256 << 10, text))
        } else {
            Box::new(input.take(MAX_TEXT_BYTES))
        };
        let mut table =
            Table { input, name: name.to_owned(), columns: Vec::new(), line: Vec::new(), line_number: 0 };
        if !table.read_line()? {
            return Err(not_recognised(name, "the file is empty"));
        }
        let header = split(table.text().trim_start_matches('\u{feff}'));
        table.columns = header.into_iter().map(|column| column.trim().to_owned()).collect();
        Ok(table)
    }

    /// The number of a column; `None` when the file lacks it.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// The next line's fields; `None` at the end. A last line that is cut off (no line feed, too few fields) is not part of the table.
    pub fn next_row(&mut self) -> Result<Option<Fields<'_>>, CodedError> {
        loop {
            if !self.read_line()? {
                return Ok(None);
            }
            let whole = self.line.ends_with(b"\n");
            let texts = split(&self.text());
            if texts.len() == 1 && texts[0].trim().is_empty() {
                continue;
            }
            if texts.len() < self.columns.len() && !whole {
                return Ok(None);
            }
            let fields = Fields { texts, table: &self.name, line_number: self.line_number };
            if fields.texts.len() != self.columns.len() {
                let cause = format!("it has {} fields, not {}", fields.texts.len(), self.columns.len());
                return Err(fields.error(&cause));
            }
            return Ok(Some(fields));
        }
    }

    fn read_line(&mut self) -> Result<bool, CodedError> {
        self.line.clear();
        self.line_number += 1;
        let read = self.input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut self.line);
        let read = read.map_err(|cause| unreadable(&self.name, &cause))? as u64;
        let error = |cause: &str| bad_value(&self.name, self.line_number, cause);
        if read == MAX_LINE_BYTES && !self.line.ends_with(b"\n") {
            return Err(error("it is longer than any row"));
        }
        if self.line_number > MAX_ROWS {
            return Err(error("the file has more rows than a recording can have"));
        }
        Ok(read > 0)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.line).trim_end_matches(['\r', '\n']).to_owned()
    }
}

impl Fields<'_> {
    /// A field as text; empty for a column that the file lacks.
    pub fn text(&self, column: Option<usize>) -> &str {
        column.map_or("", |column| self.texts[column].trim())
    }

    /// A field as a number: NaN for an empty field or a column that the file lacks, 1 and 0 for true and false.
    pub fn number(&self, column: Option<usize>) -> Result<f64, CodedError> {
        match self.text(column) {
            "" => Ok(f64::NAN),
            "true" | "True" => Ok(1.0),
            "false" | "False" => Ok(0.0),
            text => text.parse().map_err(|_| {
                let shown: String = text.chars().take(40).collect();
                self.error(&format!("{shown:?} is not a number"))
            }),
        }
    }

    /// An error at this line.
    pub fn error(&self, cause: &str) -> CodedError {
        bad_value(self.table, self.line_number, cause)
    }
}

/// The error for columns that no format has.
pub fn not_recognised(name: &str, cause: &str) -> CodedError {
    CodedError::new(ErrorCode::CsvNotRecognised).with("file", name).with("cause", cause)
}

fn bad_value(name: &str, line: u64, cause: &str) -> CodedError {
    CodedError::new(ErrorCode::CsvBadValue).with("file", name).with("line", line).with("cause", cause)
}

fn unreadable(name: &str, cause: &std::io::Error) -> CodedError {
    CodedError::new(ErrorCode::FileUnreadable).with("file", name).with("cause", cause)
}

/// Splits at commas outside double quotes; a doubled quote inside quotes is one. A field does not span lines.
fn split(line: &str) -> Vec<String> {
    if !line.contains('"') {
        return line.split(',').map(str::to_owned).collect();
    }
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        let Some(field) = fields.last_mut() else { break };
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => field.push(character),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_quotes_and_empty_ones() {
        assert_eq!(split("a,,\"b,\"\"c\"\"\",d"), ["a", "", "b,\"c\"", "d"]);
        let mut table = Table::open(&b"\xef\xbb\xbfA,B\r\n1,true\n\n2,\n3,f"[..], "x.csv").unwrap();
        assert_eq!(table.column("A"), Some(0));
        let (a, b) = (table.column("A"), table.column("B"));
        let row = table.next_row().unwrap().unwrap();
        assert_eq!((row.number(a).unwrap(), row.number(b).unwrap()), (1.0, 1.0));
        let row = table.next_row().unwrap().unwrap();
        assert!(row.number(b).unwrap().is_nan() && row.number(None).unwrap().is_nan());
        let row = table.next_row().unwrap().unwrap();
        let error = row.number(b).unwrap_err();
        assert_eq!(error.to_string(), "x.csv: line 5: \"f\" is not a number.");
    }

    #[test]
    fn a_cut_last_line_is_dropped_and_a_short_one_inside_is_an_error() {
        let mut table = Table::open(&b"A,B\n1,2\n3"[..], "x.csv").unwrap();
        assert!(table.next_row().unwrap().is_some());
        assert!(table.next_row().unwrap().is_none());
        let mut table = Table::open(&b"A,B\n1\n3,4\n"[..], "x.csv").unwrap();
        assert_eq!(table.next_row().err().unwrap().code, ErrorCode::CsvBadValue);
    }

    #[test]
    fn an_endless_line_is_an_error() {
        let text = vec![b'a'; 100 << 10];
        assert_eq!(Table::open(&text[..], "x.csv").err().unwrap().code, ErrorCode::CsvBadValue);
        assert_eq!(Table::open(&b""[..], "x.csv").err().unwrap().code, ErrorCode::CsvNotRecognised);
    }
}
