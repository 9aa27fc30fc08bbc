//! Checks the pages of a column before the Parquet library decompresses them.
//!
//! The library inflates a page to whatever its gzip stream holds, so a file of some kilobytes could fill the memory; and it panics on a
//! byte-stream-split page that is shorter than its values (found by fuzzing version 60.1.0). Here each page's header
//! is read (Thrift's compact protocol; `PageHeader` in the format's parquet.thrift) and its stream inflated into nothing, up to
//! the size that the header claims, which has to be that of its values, and the number of rows allows.

use flate2::read::MultiGzDecoder;
use std::io::Read;

/// Bytes for one row of the widest type.
const MAX_ROW_BYTES: u64 = 8;
/// Room for what else a page holds.
const SLACK_BYTES: u64 = 1024;

/// Field numbers of `PageHeader`.
const PAGE_TYPE: i16 = 1;
const UNCOMPRESSED_SIZE: i16 = 2;
const COMPRESSED_SIZE: i16 = 3;
const DATA_PAGE_HEADER: i16 = 5;
/// Field numbers of `DataPageHeader`.
const VALUE_COUNT: i16 = 1;
const ENCODING: i16 = 2;
/// The only page type that lap files have.
const DATA_PAGE: i64 = 0;
/// Encodings whose pages have the size of their values.
const PLAIN: i64 = 0;
const BYTE_STREAM_SPLIT: i64 = 9;
/// Packed differences.
const DELTA_BINARY_PACKED: i64 = 5;

/// Whether a column's pages hold `rows` values of `width` bytes and inflate to no more than those need. Errors say what is wrong.
pub fn check(mut chunk: &[u8], rows: u64, width: u64) -> Result<(), String> {
    let mut left = rows * MAX_ROW_BYTES + SLACK_BYTES;
    let mut values = 0;
    while !chunk.is_empty() {
        let header = PageHeader::read(&mut chunk).ok_or("a page's header cannot be read")?;
        if header.compressed > chunk.len() as u64 {
            return Err("a page is cut off".to_owned());
        }
        header.check_size(width)?;
        values += header.values;
        let (page, rest) = chunk.split_at(header.compressed as usize);
        chunk = rest;
        left = left.checked_sub(header.uncompressed).ok_or("a page is larger than its rows")?;
        let limit = header.uncompressed + 1;
        let inflated = std::io::copy(&mut MultiGzDecoder::new(page).take(limit), &mut std::io::sink());
        if inflated.map_err(|cause| format!("a page does not inflate: {cause}"))? != header.uncompressed {
            return Err("a page does not have the size it claims".to_owned());
        }
    }
    if values == rows {
        Ok(())
    } else {
        Err("a column has fewer or more values than there are rows".to_owned())
    }
}

struct PageHeader {
    uncompressed: u64,
    compressed: u64,
    values: u64,
    encoding: i64,
}

impl PageHeader {
    fn check_size(&self, width: u64) -> Result<(), String> {
        match self.encoding {
            PLAIN | BYTE_STREAM_SPLIT if self.uncompressed == self.values * width => Ok(()),
            PLAIN | BYTE_STREAM_SPLIT => Err("a page does not have the size of its values".to_owned()),
            DELTA_BINARY_PACKED => Ok(()),
            other => Err(format!("a page has encoding {other}, which lap files do not use")),
        }
    }

    fn read(bytes: &mut &[u8]) -> Option<PageHeader> {
        let (mut kind, mut uncompressed, mut compressed, mut details) = (None, None, None, None);
        let mut field = 0;
        while let Some(wire) = next_field(bytes, &mut field)? {
            match field {
                PAGE_TYPE => kind = Some(number(bytes, wire)?),
                UNCOMPRESSED_SIZE => uncompressed = Some(number(bytes, wire)?),
                COMPRESSED_SIZE => compressed = Some(number(bytes, wire)?),
                DATA_PAGE_HEADER if wire == STRUCT => details = Some(read_details(bytes)?),
                _ => skip(bytes, wire, 4)?,
            }
        }
        (kind? == DATA_PAGE).then_some(())?;
        let size = |value: i64| i32::try_from(value).ok().and_then(|value| u64::try_from(value).ok());
        let (values, encoding) = details?;
        Some(PageHeader {
            uncompressed: size(uncompressed?)?,
            compressed: size(compressed?)?,
            values: size(values)?,
            encoding,
        })
    }
}

/// Number of values and encoding.
fn read_details(bytes: &mut &[u8]) -> Option<(i64, i64)> {
    let (mut values, mut encoding) = (None, None);
    let mut field = 0;
    while let Some(wire) = next_field(bytes, &mut field)? {
        match field {
            VALUE_COUNT => values = Some(number(bytes, wire)?),
            ENCODING => encoding = Some(number(bytes, wire)?),
            _ => skip(bytes, wire, 4)?,
        }
    }
    Some((values?, encoding?))
}

/// The types of the compact protocol that matter here.
const INT: u8 = 5;
const STRUCT: u8 = 12;

/// Moves to the next field of a struct and gives its type; `Some(None)` at the end of the struct, `None` when it cannot be read.
fn next_field(bytes: &mut &[u8], field: &mut i16) -> Option<Option<u8>> {
    let head = take(bytes)?;
    if head == 0 {
        return Some(None);
    }
    let next = match head >> 4 {
        0 => i16::try_from(signed(bytes)?).ok()?,
        step => field.checked_add(i16::from(step))?,
    };
    // Repeated fields would let two readers see two different pages.
    if next <= *field {
        return None;
    }
    *field = next;
    Some(Some(head & 15))
}

fn number(bytes: &mut &[u8], wire: u8) -> Option<i64> {
    if wire == INT { signed(bytes) } else { None }
}

fn take(bytes: &mut &[u8]) -> Option<u8> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*first)
}

fn unsigned(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = take(bytes)?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn signed(bytes: &mut &[u8]) -> Option<i64> {
    let value = unsigned(bytes)?;
    Some((value >> 1) as i64 ^ -((value & 1) as i64))
}

/// Skips a value of a type of the compact protocol; `depth` bounds nested structs.
fn skip(bytes: &mut &[u8], kind: u8, depth: u8) -> Option<()> {
    match kind {
        1 | 2 => Some(()),
        3 => take(bytes).map(|_| ()),
        4..=6 => unsigned(bytes).map(|_| ()),
        7 => skip_bytes(bytes, 8),
        8 => {
            let length = unsigned(bytes)?;
            skip_bytes(bytes, length)
        }
        12 if depth > 0 => loop {
            let head = take(bytes)?;
            if head == 0 {
                return Some(());
            }
            if head >> 4 == 0 {
                signed(bytes)?;
            }
            skip(bytes, head & 15, depth - 1)?;
        },
        // Lists, sets and maps do not occur in a page's header.
        _ => None,
    }
}

fn skip_bytes(bytes: &mut &[u8], count: u64) -> Option<()> {
    *bytes = bytes.get(usize::try_from(count).ok()?..)?;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn varint(mut value: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while value > 0x7f {
            bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        bytes.push(value as u8);
        bytes
    }

    /// A page of `bytes` zeros in byte-stream-split whose header claims `claimed`, and as many values of 8 bytes.
    fn page(kind: u64, claimed: u64, bytes: usize) -> Vec<u8> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&vec![0; bytes]).unwrap();
        let stream = gzip.finish().unwrap();
        let field = |value: u64| [vec![0x15], varint(value << 1)].concat();
        let details = [vec![0x2c], field(claimed / 8), field(9), vec![0]].concat();
        [field(kind), field(claimed), field(stream.len() as u64), details, vec![0], stream].concat()
    }

    #[test]
    fn pages_are_what_they_claim_and_no_larger_than_their_rows() {
        assert_eq!(check(&page(0, 800, 800), 100, 8), Ok(()));
        assert_eq!(check(&[page(0, 400, 400), page(0, 400, 400)].concat(), 100, 8), Ok(()));
        let refused = |bytes: &[u8], words: &str| {
            let cause = check(bytes, 100, 8).unwrap_err();
            assert!(cause.contains(words), "{cause}");
        };
        refused(&page(0, 800, 50 << 20), "the size it claims");
        refused(&page(0, 50 << 20, 50 << 20), "larger than its rows");
        refused(&vec![page(0, 1504, 1504); 2].concat(), "larger than its rows");
        refused(&page(0, 801, 801), "the size of its values");
        refused(&page(0, 792, 792), "fewer or more values");
        refused(&page(2, 800, 800), "header cannot be read");
        let whole = page(0, 800, 800);
        refused(&whole[..whole.len() - 1], "cut off");
        refused(&whole[..3], "header cannot be read");
        // The size twice: the second would win in another reader.
        let twice = [&whole[..2], &[0x15, 2, 0x05, 4, 2][..], &whole[2..]].concat();
        refused(&twice, "header cannot be read");
    }
}
