//! What can be wrong with a track file.

use super::{CentreLinePoint, TrackFile, TrackFileCorner};
use std::collections::BTreeSet;

/// No circuit is longer; the Nordschleife with the Grand Prix loop is 25 km.
const LONGEST_M: f64 = 100_000.0;
/// A centre line's own length may differ this much from the length that the sim counts.
const LENGTH_SHARE: f64 = 0.02;
/// A centre line needs at least so many points, and neighbours at most so far apart, to tell where the edges are.
const FEWEST_POINTS: usize = 20;
const WIDEST_STEP_M: f64 = 100.0;
/// So many problems are told; the rest is counted.
const TOLD: usize = 5;

/// The first problems in one sentence.
pub(super) fn sentence(problems: &[String]) -> String {
    let told = problems[..problems.len().min(TOLD)].join("; ");
    if problems.len() > TOLD { format!("{told}; and {} more", problems.len() - TOLD) } else { told }
}

/// Every problem.
pub(super) fn problems(track: &TrackFile) -> Vec<String> {
    let mut out = Vec::new();
    if track.format_version != TrackFile::FORMAT_VERSION {
        out.push(format!(
            "format {} is not known, this version reads {}",
            track.format_version,
            TrackFile::FORMAT_VERSION
        ));
        return out;
    }
    if !(track.length_m > 0.0 && track.length_m <= LONGEST_M) {
        out.push(format!("a lap of {} m cannot be", track.length_m));
        return out;
    }
    for (field, text) in
        [("trackKey", &track.track_key), ("name", &track.name), ("provenance", &track.provenance)]
    {
        if text.trim().is_empty() {
            out.push(format!("{field} is empty"));
        }
    }
    corners(track, &mut out);
    complexes(&track.corners, &mut out);
    landmarks(track, &mut out);
    if let Some(points) = &track.centre_line {
        centre_line(points, track.length_m, &mut out);
    }
    out
}

fn corners(track: &TrackFile, out: &mut Vec<String>) {
    let length_m = track.length_m;
    let on_lap = |place_m: f64| (0.0..length_m).contains(&place_m);
    let mut seen = BTreeSet::new();
    for corner in &track.corners {
        let id = &corner.id;
        if id.trim().is_empty() {
            out.push("a corner has no id".to_owned());
        } else if !seen.insert(id) {
            out.push(format!("two corners have the id {id}"));
        }
        let places = [Some(corner.start_m), corner.apex_m, Some(corner.end_m)];
        if !places.into_iter().flatten().all(on_lap) {
            out.push(format!("corner {id} lies outside the lap of {length_m} m"));
            continue;
        }
        let ahead = |place_m: f64| (place_m - corner.start_m).rem_euclid(length_m);
        if corner.apex_m.is_some_and(|apex_m| ahead(apex_m) > ahead(corner.end_m)) {
            out.push(format!("the apex of corner {id} lies outside its bounds"));
        }
        if ahead(corner.end_m) == 0.0 || ahead(corner.end_m) > length_m * 0.75 {
            out.push(format!("corner {id} has no length, or its start and end are exchanged"));
        }
    }
    for pair in track.corners.windows(2) {
        if pair[0].start_m > pair[1].start_m {
            out.push(format!("corner {} comes before corner {} on the road", pair[1].id, pair[0].id));
        } else if pair[0].end_m < pair[0].start_m || pair[0].end_m > pair[1].start_m {
            out.push(format!("corners {} and {} overlap", pair[0].id, pair[1].id));
        }
    }
    if let [first, .., last] = track.corners.as_slice()
        && last.end_m < last.start_m
        && last.end_m > first.start_m
    {
        out.push(format!("corners {} and {} overlap", last.id, first.id));
    }
}

/// The corners of one complex follow one another, round the line when need be.
fn complexes(corners: &[TrackFileCorner], out: &mut Vec<String>) {
    let numbers: BTreeSet<u32> = corners.iter().filter_map(|corner| corner.complex).collect();
    for number in numbers {
        let inside = |index: usize| corners[index % corners.len()].complex == Some(number);
        let beginnings = (0..corners.len()).filter(|index| !inside(*index) && inside(index + 1)).count();
        if beginnings > 1 {
            out.push(format!("the corners of complex {number} do not follow one another"));
        }
    }
}

fn landmarks(track: &TrackFile, out: &mut Vec<String>) {
    for landmark in &track.landmarks {
        let words = &landmark.words;
        if words.trim().is_empty() {
            out.push(format!("the landmark at {} m has no words", landmark.lap_distance_m));
        }
        if !(0.0..track.length_m).contains(&landmark.lap_distance_m) {
            out.push(format!("landmark {words} lies outside the lap"));
        }
        if let Some(id) = &landmark.corner_id
            && !track.corners.iter().any(|corner| corner.id == *id)
        {
            out.push(format!("landmark {words} names the corner {id}, which there is not"));
        }
    }
}

fn centre_line(points: &[CentreLinePoint], length_m: f64, out: &mut Vec<String>) {
    if points.len() < FEWEST_POINTS {
        out.push(format!("the centre line has {} points, at least {FEWEST_POINTS} are needed", points.len()));
        return;
    }
    let finite = |p: &CentreLinePoint| p.x_m.is_finite() && p.y_m.is_finite();
    let wide = |p: &CentreLinePoint| {
        (0.0..200.0).contains(&p.width_left_m) && (0.0..200.0).contains(&p.width_right_m)
    };
    if let Some(index) = points.iter().position(|point| !finite(point) || !wide(point)) {
        out.push(format!("point {index} of the centre line has a place or width that cannot be"));
        return;
    }
    let next = points.iter().cycle().skip(1);
    let gaps_m: Vec<f64> =
        points.iter().zip(next).map(|(a, b)| libm::hypot(b.x_m - a.x_m, b.y_m - a.y_m)).collect();
    if let Some(index) = gaps_m.iter().position(|gap_m| *gap_m > WIDEST_STEP_M) {
        out.push(format!("the centre line jumps {:.0} m after point {index}", gaps_m[index]));
    }
    let own_m: f64 = gaps_m.iter().sum();
    if (own_m - length_m).abs() > LENGTH_SHARE * length_m {
        out.push(format!("the centre line is {own_m:.0} m long, the lap {length_m:.0} m"));
    }
}
