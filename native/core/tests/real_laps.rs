//! The tracker on real recordings.

mod recordings;

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
        }
    }
}
