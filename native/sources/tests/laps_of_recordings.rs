use racing_coach_core::laps::LapTracker;
use racing_coach_sources::ibt::IbtFile;
use std::path::PathBuf;
#[test]
fn show() {
    for name in ["redbullring-amg-gt4.ibt", "redbullring-w13-parked.ibt"] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/telemetry").join(name);
        let mut file = IbtFile::open(&path).unwrap();
        let samples = file.samples().unwrap();
        let mut t = LapTracker::new(60.0);
        let mut last = None;
        for s in &samples {
            let st = t.step(s);
            let key = (st.blocked, st.id, st.reasons);
            if Some(key) != last || st.crossed || st.closed.is_some() {
                println!(
                    "{} {:?} {:?} d {} rows {} {:?} speed {} surf {} pit {} state {} pace {} flags {:x} lap {} last {} inc {} ew {}",
                    s.index,
                    st.blocked,
                    st.id,
                    st.lap_distance_m,
                    st.rows_in_lap,
                    st.reasons.iter().collect::<Vec<_>>(),
                    s.speed_mps,
                    s.track_surface,
                    s.on_pit_road,
                    s.session_state,
                    s.pace_mode,
                    s.session_flags as u32,
                    s.lap,
                    s.lap_last_time_s,
                    s.incident_count,
                    s.engine_warnings
                );
                for l in st.settled.iter().flatten() {
                    println!("  SETTLED {:?} {:?}", l.id, l.own_time_s);
                }
            }
            last = Some(key);
        }
        for l in t.finish().settled.iter().flatten() {
            println!(
                "  END {:?} {:?} {:?} {:?}",
                l.id,
                l.own_time_s,
                l.reasons.iter().collect::<Vec<_>>(),
                l.spoils.as_slice()
            );
        }
        println!("length {:?}", t.length_m());
    }
}
