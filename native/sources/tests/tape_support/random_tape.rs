//! Random tapes: records as a live source could put them, and the records that must come back. Where a row is in time is worked out here once more.

use super::Kept;

/// A small generator (Steele, Lea, Flood 2014: SplitMix64), so that the same seed gives the same tape everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    fn bytes(&mut self, count: u64) -> Vec<u8> {
        (0..count).map(|_| self.next() as u8).collect()
    }
}

/// Where the tape has come to.
struct State {
    random: Random,
    records: Vec<Kept>,
    row_bytes: u64,
    tick_rate_hz: i64,
    tick: i64,
    time_us: u64,
    row: Vec<u8>,
    /// Index and tick of the last row.
    last: Option<(u64, i64)>,
    missing: u64,
    disconnected: bool,
}

/// A tape of about `length` records after the first schema.
pub fn random_tape(seed: u64, length: usize) -> Vec<Kept> {
    let mut state = State {
        random: Random(seed),
        records: Vec::new(),
        row_bytes: 1,
        tick_rate_hz: 60,
        tick: 0,
        time_us: 0,
        row: Vec::new(),
        last: None,
        missing: 0,
        disconnected: false,
    };
    state.schema();
    for _ in 0..length {
        match state.random.below(100) {
            0 => state.schema(),
            1..=2 => state.session(),
            3..=4 => state.gap(),
            5 => {
                state.disconnected = true;
                state.records.push(Kept::Disconnected);
            }
            6 => state.tick = i64::from(state.random.next() as i32),
            7 => state.time_us += state.random.below(100_000_000),
            _ => state.row(),
        }
    }
    state.records
}

impl State {
    fn schema(&mut self) {
        self.row_bytes = 1 + self.random.below(80);
        self.row = self.random.bytes(self.row_bytes);
        let tick_rate_hz = [1, 60, 60, 360, 1000][self.random.below(5) as usize];
        self.tick_rate_hz = i64::from(tick_rate_hz);
        let gt7 = self.random.below(5) == 0;
        let variables = if gt7 { Vec::new() } else { self.variables() };
        self.records.push(Kept::Schema { gt7, tick_rate_hz, row_bytes: self.row_bytes as usize, variables });
    }

    /// Mostly sensible, now and then noise: a tape keeps what the sim has.
    fn variables(&mut self) -> Vec<u8> {
        let mut headers = Vec::new();
        let mut at = 0;
        for _ in 0..self.random.below(12) {
            let mut head = self.random.bytes(144);
            if self.random.below(8) > 0 {
                let variable_type = self.random.below(6);
                let count = 1 + self.random.below(3);
                head[..12].fill(0);
                (head[0], head[4], head[8]) = (variable_type as u8, at as u8, count as u8);
                at += count * [1, 1, 4, 4, 4, 8][variable_type as usize];
            }
            headers.extend_from_slice(&head);
        }
        headers
    }

    fn session(&mut self) {
        let length = [0, 10, 3000][self.random.below(3) as usize];
        let text = self.random.bytes(length);
        self.records.push(Kept::Session(self.random.next() as i32, text));
    }

    fn gap(&mut self) {
        let ticks = [1, 7, 100_000][self.random.below(3) as usize];
        self.missing += ticks;
        self.records.push(Kept::Gap(ticks));
    }

    fn row(&mut self) {
        self.tick =
            (self.tick + [0, 1, 1, 1, 1, 1, 1, 2, 9][self.random.below(9) as usize]).min(i64::from(i32::MAX));
        self.time_us += self.random.below(40_000);
        for _ in 0..self.random.below(6) {
            let at = self.random.below(self.row.len() as u64) as usize;
            self.row[at] = self.random.next() as u8;
        }
        let whole = self.random.below(20) > 0;
        let length = if whole { self.row_bytes } else { self.random.below(self.row_bytes + 1) };
        let index = self.index();
        self.last = Some((index, self.tick));
        self.records.push(Kept::Row {
            tick: self.tick as i32,
            time_us: self.time_us,
            index,
            bytes: self.row[..length as usize].to_vec(),
        });
    }

    /// Ticks since the last row, what is known to be missing at least, an hour at most; one where the sim was away.
    fn index(&mut self) -> u64 {
        let hour = self.tick_rate_hz * 3600;
        let missing = std::mem::take(&mut self.missing).min(hour as u64);
        let away = std::mem::take(&mut self.disconnected);
        let Some((index, tick)) = self.last else { return 0 };
        if away {
            return index + 1;
        }
        index + (((self.tick - tick).clamp(1, hour)) as u64).max(missing + 1)
    }
}
