//! Drives laps and prints what came out: `simulate_laps TRACK CAR DRIVER LAPS SEED MISTAKES [OUT.csv]`.

use racing_coach_simcar::{SimulateRequest, simulate};
use std::fmt::Write;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let word = |index: usize, otherwise: &str| arguments.get(index).cloned().unwrap_or(otherwise.to_owned());
    let request = SimulateRequest {
        track: word(0, "demo"),
        car: word(1, "gt3"),
        driver: word(2, "pro"),
        laps: word(3, "2").parse().unwrap_or(2),
        seed: word(4, "1").parse().unwrap_or(1),
        mistakes: word(5, "none"),
        start: Default::default(),
        interruptions: vec![],
    };
    let simulated = match simulate(&request) {
        Ok(simulated) => simulated,
        Err(error) => return eprintln!("{error}"),
    };
    let truth = &simulated.truth;
    println!("{} {:.1} m, {} rows", truth.track, truth.length_m, simulated.samples.len());
    for corner in &truth.corners {
        println!(
            "  {:4} {:?} {:?} {:.0} - {:.0} - {:.0} turn {:.0} deg min {:?}",
            corner.id,
            corner.direction,
            corner.kind,
            corner.start_m,
            corner.apex_m,
            corner.end_m,
            corner.turn_rad.to_degrees(),
            corner.min_speed_m.map(|m| m.round())
        );
    }
    for lap in &truth.laps {
        let onsets: Vec<String> = lap
            .brake_onsets
            .iter()
            .map(|o| format!("{}@{:.0}/{:.2}", o.corner_id, o.lap_distance_m, o.peak_brake))
            .collect();
        let lowest: Vec<String> =
            lap.min_speeds.iter().map(|m| format!("{}:{:.0}", m.corner_id, m.speed_mps * 3.6)).collect();
        println!(
            "lap {} {:.3} valid {} zones {}: {}",
            lap.lap,
            lap.lap_time_s,
            lap.valid,
            onsets.len(),
            onsets.join(" ")
        );
        println!("   min km/h {}", lowest.join(" "));
        for mistake in &lap.mistakes {
            println!(
                "   {} {} {} {}: {:.3} s",
                mistake.corner_id, mistake.code, mistake.size, mistake.unit, mistake.cost_s
            );
        }
    }
    if let Some(path) = arguments.get(6) {
        let mut text =
            String::from("row,lap,dist,v,thr,brk,gear,rpm,steer,lat,lon,latacc,lonacc,surf,yawrate\n");
        for s in &simulated.samples {
            let _ = writeln!(
                text,
                "{},{},{:.3},{:.3},{:.3},{:.3},{},{:.0},{:.4},{:.8},{:.8},{:.3},{:.3},{},{:.4}",
                s.index,
                s.lap,
                s.lap_distance_m,
                s.speed_mps,
                s.throttle,
                s.brake,
                s.gear,
                s.rpm,
                s.steering_rad,
                s.latitude_deg,
                s.longitude_deg,
                s.lateral_accel_mps2,
                s.longitudinal_accel_mps2,
                s.track_surface,
                s.yaw_rate_radps
            );
        }
        if let Err(error) = std::fs::write(path, text) {
            eprintln!("{path}: {error}");
        }
    }
}
