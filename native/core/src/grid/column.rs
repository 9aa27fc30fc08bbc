//! One channel along the rows of a lap, without holes.

/// Values row by row. A missing value repeats the one before; those missing at the beginning take the first known one.
#[derive(Debug, Default)]
pub(super) struct Column {
    values: Vec<f64>,
    known: usize,
}

impl Column {
    pub(super) fn with_capacity(rows: usize) -> Self {
        Column { values: Vec::with_capacity(rows), known: 0 }
    }

    pub(super) fn push(&mut self, value: f64) {
        if value.is_finite() {
            if self.known == 0 {
                self.values.fill(value);
            }
            self.known += 1;
            self.values.push(value);
        } else {
            self.values.push(self.values.last().copied().unwrap_or(f64::NAN));
        }
    }

    /// Adds a row between the newest two: `part` of the way to the newest.
    pub(super) fn insert_before_last(&mut self, part: f64) {
        let last = self.values.len() - 1;
        let from = self.values[last.saturating_sub(1)];
        self.values.insert(last, from + (self.values[last] - from) * part);
    }

    /// Adds a copy of the value at an end.
    pub(super) fn repeat_first(&mut self) {
        self.values.insert(0, self.values[0]);
    }

    /// As `repeat_first`.
    pub(super) fn repeat_last(&mut self) {
        self.values.extend(self.values.last().copied());
    }

    /// The values, when the source carries the channel: for half the rows at least.
    pub(super) fn values(&self) -> Option<&[f64]> {
        (self.known > 0 && self.known * 2 >= self.values.len()).then_some(&self.values)
    }
}
