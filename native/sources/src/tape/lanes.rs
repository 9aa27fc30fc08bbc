//! Rows made easy to pack: each value as its difference from the row before, and all lowest bytes of a variable side by side, then all
//! second ones. Measured on a real session (267 variables, blocks of 0.75 s, zstd 3): 3.3 times smaller as they are, 3.8 with an exclusive-or against
//! the row before, 4.7 transposed, 4.9 both, 5.6 with differences of whole values (5.3 in the recorder's half seconds). Bits of a float are counted as an integer: neighbours
//! in time are neighbours there too.

use crate::ibt::VARIABLE_BYTES;
use crate::live::raw::RawKind;

/// The widths of values over a row: each byte belongs to exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lanes {
    /// Offset and width of each, in order.
    lanes: Vec<(usize, usize)>,
    row_bytes: usize,
}

impl Lanes {
    /// From the variables' headers; whatever they leave out or claim twice becomes single bytes, so any headers will do. Packets without
    /// variables are taken as 32-bit words.
    pub fn of(kind: RawKind, row_bytes: usize, variables: &[u8]) -> Self {
        let mut free = vec![true; row_bytes];
        let mut lanes = Vec::new();
        match kind {
            RawKind::Gt7 => take_elements(4, 0, usize::MAX, &mut free, &mut lanes),
            RawKind::Irsdk => {
                variables
                    .chunks_exact(VARIABLE_BYTES)
                    .for_each(|head| take_variable(head, &mut free, &mut lanes));
            }
        }
        lanes.extend(free.iter().enumerate().filter(|(_, free)| **free).map(|(at, _)| (at, 1)));
        lanes.sort_unstable();
        Lanes { lanes, row_bytes }
    }

    /// Appends whole rows to `out`, folded.
    pub fn fold(&self, rows: &[u8], out: &mut Vec<u8>) {
        let start = out.len();
        out.resize(start + rows.len(), 0);
        let (count, out) = (rows.len() / self.row_bytes, &mut out[start..]);
        for &(at, width) in &self.lanes {
            let planes = &mut out[at * count..(at + width) * count];
            let row = rows.chunks_exact(self.row_bytes).map(|row| &row[at..at + width]);
            match width {
                4 => fold_lane(row, planes, count, u32::from_le_bytes, |value, last| {
                    let difference = value.wrapping_sub(last) as i32;
                    ((difference << 1) ^ (difference >> 31)).to_le_bytes()
                }),
                8 => fold_lane(row, planes, count, u64::from_le_bytes, |value, last| {
                    let difference = value.wrapping_sub(last) as i64;
                    ((difference << 1) ^ (difference >> 63)).to_le_bytes()
                }),
                _ => {
                    fold_lane(row, planes, count, u8::from_le_bytes, |value, last| [value.wrapping_sub(last)])
                }
            }
        }
    }

    /// Fills `out`, whose length says how many rows there are, from as many folded bytes.
    pub fn unfold(&self, folded: &[u8], out: &mut [u8]) {
        let count = out.len() / self.row_bytes;
        for &(at, width) in &self.lanes {
            let planes = &folded[at * count..(at + width) * count];
            let row = out.chunks_exact_mut(self.row_bytes).map(|row| &mut row[at..at + width]);
            match width {
                4 => unfold_lane(row, planes, count, |bytes, last: u32| {
                    let folded = u32::from_le_bytes(bytes);
                    let value = last.wrapping_add((folded >> 1) ^ (folded & 1).wrapping_neg());
                    (value, value.to_le_bytes())
                }),
                8 => unfold_lane(row, planes, count, |bytes, last: u64| {
                    let folded = u64::from_le_bytes(bytes);
                    let value = last.wrapping_add((folded >> 1) ^ (folded & 1).wrapping_neg());
                    (value, value.to_le_bytes())
                }),
                _ => unfold_lane(row, planes, count, |[byte], last: u8| {
                    let value = last.wrapping_add(byte);
                    (value, [value])
                }),
            }
        }
    }
}

fn take_variable(head: &[u8], free: &mut [bool], lanes: &mut Vec<(usize, usize)>) {
    let int = |at: usize| i32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let width = match int(0) {
        2..=4 => 4,
        5 => 8,
        _ => 1,
    };
    if let (Ok(at), Ok(count)) = (usize::try_from(int(4)), usize::try_from(int(8))) {
        take_elements(width, at, count, free, lanes);
    }
}

/// Takes elements as far as they lie inside the row on bytes that nobody took. It stops at the first that does not, so that lying headers cost
/// no more than honest ones.
fn take_elements(
    width: usize,
    mut at: usize,
    count: usize,
    free: &mut [bool],
    lanes: &mut Vec<(usize, usize)>,
) {
    for _ in 0..count {
        let Some(bytes) = free.get_mut(at..at + width) else { return };
        if bytes.contains(&false) {
            return;
        }
        bytes.fill(false);
        lanes.push((at, width));
        at += width;
    }
}

fn fold_lane<'a, T: Copy + Default, const N: usize>(
    rows: impl Iterator<Item = &'a [u8]>,
    planes: &mut [u8],
    count: usize,
    value_of: impl Fn([u8; N]) -> T,
    fold: impl Fn(T, T) -> [u8; N],
) {
    let mut last = T::default();
    for (place, bytes) in rows.enumerate() {
        let mut value = [0; N];
        value.copy_from_slice(bytes);
        let value = value_of(value);
        for (plane, byte) in fold(value, last).into_iter().enumerate() {
            planes[plane * count + place] = byte;
        }
        last = value;
    }
}

fn unfold_lane<'a, T: Copy + Default, const N: usize>(
    rows: impl Iterator<Item = &'a mut [u8]>,
    planes: &[u8],
    count: usize,
    unfold: impl Fn([u8; N], T) -> (T, [u8; N]),
) {
    let mut last = T::default();
    for (place, bytes) in rows.enumerate() {
        let folded = std::array::from_fn(|plane| planes[plane * count + place]);
        let (value, unfolded) = unfold(folded, last);
        bytes.copy_from_slice(&unfolded);
        last = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(variable_type: i32, offset: i32, count: i32) -> Vec<u8> {
        let mut head = vec![0; VARIABLE_BYTES];
        head[..4].copy_from_slice(&variable_type.to_le_bytes());
        head[4..8].copy_from_slice(&offset.to_le_bytes());
        head[8..12].copy_from_slice(&count.to_le_bytes());
        head
    }

    #[test]
    fn every_byte_has_one_lane_whatever_the_headers_say() {
        let headers = [
            variable(4, 1, 2),
            variable(5, 9, 1),
            variable(5, 12, i32::MAX),
            variable(1, -5, 3),
            variable(99, 18, i32::MAX),
            variable(2, i32::MAX, 1),
        ];
        for kind in [RawKind::Irsdk, RawKind::Gt7] {
            for row_bytes in 1..40 {
                let lanes = Lanes::of(kind, row_bytes, &headers.concat());
                let mut at = 0;
                for (offset, width) in &lanes.lanes {
                    assert_eq!(*offset, at);
                    at += width;
                }
                assert_eq!(at, row_bytes);
                let rows: Vec<u8> =
                    (0..row_bytes * 7).map(|byte| (byte * byte * 31 + byte / 3) as u8).collect();
                let (mut folded, mut back) = (vec![1], vec![0; rows.len()]);
                lanes.fold(&rows, &mut folded);
                lanes.unfold(&folded[1..], &mut back);
                assert_eq!(back, rows, "{row_bytes} bytes");
            }
        }
    }
}
