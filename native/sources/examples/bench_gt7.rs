//! Times a console's packets from the socket's bytes to the sample: decrypt, read, place on the line. `[PACKETS]`. Prints one line of JSON; times in
//! microseconds. `placed`: a car on a learned line. `searched`: a car beside it, whose place is searched on the whole line at every row.

use racing_coach_core::Sample;
use racing_coach_sources::gt7::layout::PacketKind;
use racing_coach_sources::gt7::packet_bytes::PacketSpec;
use racing_coach_sources::gt7::{Gt7Decoder, cipher};
use std::f64::consts::{FRAC_PI_2, TAU};
use std::time::Instant;

/// A ring as long as the Nordschleife, 80 m/s.
const RADIUS_M: f64 = 3300.0;
const SPEED_MPS: f64 = 80.0;

fn packet(row: i32, aside_m: f64) -> Vec<u8> {
    let way_m = f64::from(row) * SPEED_MPS / 60.0 + TAU * RADIUS_M - 200.0;
    let angle_rad = way_m / RADIUS_M;
    let (sine, cosine) = angle_rad.sin_cos();
    let radius_m = RADIUS_M - aside_m;
    let spec = PacketSpec {
        position_m: [radius_m * cosine, radius_m * sine, 10.0],
        velocity_mps: [-SPEED_MPS * sine, SPEED_MPS * cosine, 0.0],
        heading_rad: Some(angle_rad + FRAC_PI_2),
        speed_mps: SPEED_MPS,
        ..PacketSpec::standing(PacketKind::C, row, (way_m / (TAU * RADIUS_M)) as i16)
    };
    spec.sealed(row as u32)
}

/// Median, 99th percentile and largest of the times of packets; how many samples had a place.
fn measure(decoder: &mut Gt7Decoder, rows: std::ops::Range<i32>, aside_m: f64) -> ([f64; 3], usize) {
    let mut times_us = Vec::new();
    let (mut sample, mut placed) = (Sample::EMPTY, 0);
    for row in rows {
        let mut bytes = packet(row, aside_m);
        let began = Instant::now();
        cipher::decrypt(&mut bytes);
        decoder.row(&bytes);
        while decoder.next(&mut sample).is_some() {}
        times_us.push(began.elapsed().as_secs_f64() * 1e6);
        placed += usize::from(sample.lap_distance_m.is_finite());
    }
    times_us.sort_by(f64::total_cmp);
    let at = |share: f64| times_us[((times_us.len() - 1) as f64 * share) as usize];
    ([at(0.5), at(0.99), at(1.0)], placed)
}

fn main() {
    let packets: i32 = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(20_000);
    let mut decoder = Gt7Decoder::new(Vec::new());
    let lap_rows = (TAU * RADIUS_M / SPEED_MPS * 60.0) as i32;
    let learned = lap_rows + 300;
    measure(&mut decoder, 0..learned, 0.0);
    let (on, placed) = measure(&mut decoder, learned..learned + packets, 3.0);
    let (off, found) = measure(&mut decoder, learned + packets..learned + packets + 1000, 40.0);
    println!(
        "{{\"lengthM\":{:.0},\"packets\":{packets},\"placed\":{placed},\"placedUs\":{on:.2?},\"searched\":{},\"searchedUs\":{off:.2?}}}",
        decoder.session().track_length_m.unwrap_or(f64::NAN),
        1000 - found,
    );
}
