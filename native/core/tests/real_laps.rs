//! The tracker on real recordings.

mod recordings;

use racing_coach_core::brake_zones::{brake_zones, brake_zones_of_rows};
use racing_coach_core::grid::LapGrid;
use racing_coach_core::laps::find_laps;

#[test]
fn show() {
    for (name, hint) in
        [("okayama-short-mx5-race-30hz.csv.gz", 1930.0), ("fuji-ferrari488gt3-practice-60hz.csv.gz", 4460.0)]
    {
        let Some(recording) = recordings::read(name) else { return };
        let table = find_laps(&recording.samples, recordings::RATE_HZ, Some(hint));
        println!("{name} {}", table.length_m);
        for lap in &table.laps {
            println!(
                "{:?} {}..{} own {:?} off {:?} {:?} spoils {:?}",
                lap.id,
                lap.start_sample,
                lap.end_sample,
                lap.own_time_s,
                lap.official_time_s,
                lap.reasons.iter().collect::<Vec<_>>(),
                lap.spoils.as_slice()
            );
            if lap.complete() {
                let s = &recording.samples;
                let rows: Vec<_> = s
                    .iter()
                    .filter(|r| r.index + 10 >= lap.start_sample && r.index <= lap.end_sample + 600)
                    .copied()
                    .collect();
                let grid = LapGrid::resample(&rows, lap, table.length_m, 60.0).unwrap();
                let a = brake_zones_of_rows(&rows, lap, table.length_m, 60.0);
                let b = brake_zones(&grid);
                println!(
                    "   zones {} {} {:?}\n {:?}",
                    a.len(),
                    b.len(),
                    a.iter().map(|z| z.start_m.round()).collect::<Vec<_>>(),
                    b.iter().map(|z| z.start_m.round()).collect::<Vec<_>>()
                );
                println!(
                    "   grid {} {}..{} speed {} gear {}",
                    grid.steps(),
                    grid.time_s[0],
                    grid.lap_time_s(),
                    grid.speed_mps[5],
                    grid.gear[0]
                );
                assert!(grid.time_s.windows(2).all(|p| p[1] > p[0]));
            }
        }
    }
}
