//! Whatever arrives, the tracker stays sane.

mod driven;

use driven::follow;
use proptest::prelude::*;
use racing_coach_core::laps::{LapTracker, find_laps};
use racing_coach_core::{Channel, Sample};

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(f64::NAN),
        Just(0.0),
        Just(-1.0),
        Just(f64::INFINITY),
        Just(f64::MAX),
        -5.0..5.0f64,
        0.0..2500.0f64,
        any::<f64>(),
    ]
}

/// Rows of a driven lap into which garbage is written here and there, with rows missing, repeated and going back.
fn stream() -> impl Strategy<Value = Vec<Sample>> {
    let change = (0..3000usize, 0..Channel::ALL.len(), value(), 1..60usize);
    let hole = (0..3000usize, 0..400u64);
    (-300.0..2000.0f64, prop::collection::vec(change, 0..24), prop::collection::vec(hole, 0..4)).prop_map(
        |(from_m, changes, holes)| {
            let mut samples = driven::rows(60.0, from_m, 3000);
            for (at, channel, value, rows) in changes {
                for sample in samples.iter_mut().skip(at).take(rows) {
                    sample.set(Channel::ALL[channel], value);
                }
            }
            for (at, rows) in holes {
                for sample in samples.iter_mut().skip(at) {
                    // An odd hole goes back instead.
                    sample.index =
                        if rows % 2 == 1 { sample.index.saturating_sub(rows) } else { sample.index + rows };
                }
            }
            samples
        },
    )
}

proptest! {
    #![proptest_config(driven::seeded(32, 3000, 2))]

    #[test]
    fn laps_have_identities_and_sensible_times_seed_2(samples in stream()) {
        let followed = follow(LapTracker::new(60.0), &samples);
        let laps = followed.settled;
        let mut ids: Vec<_> = laps.iter().map(|lap| lap.id).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), laps.len(), "two laps with one identity: {:?}", laps);
        for lap in &laps {
            prop_assert!(lap.start_sample <= lap.end_sample);
            prop_assert_eq!(lap.own_time_s.is_some(), lap.start_row.is_some() && lap.end_row.is_some());
            if let Some(own_s) = lap.own_time_s {
                prop_assert!(own_s > 0.0 && own_s.is_finite(), "{:?}", lap);
            }
            for spoil in lap.spoils.as_slice() {
                prop_assert!(spoil.start_m >= 0.0 && spoil.end_m >= spoil.start_m, "{:?}", spoil);
            }
        }
        let closed = followed.steps.iter().filter_map(|step| step.closed).count();
        prop_assert_eq!(closed, laps.len(), "every closed lap settles once");
        for step in &followed.steps {
            prop_assert!(step.lap_distance_m.is_nan() || step.lap_distance_m >= 0.0);
        }
    }

    #[test]
    fn laps_do_not_overlap_where_rows_only_go_forward_seed_2(samples in stream()) {
        let mut samples = samples;
        samples.sort_by_key(|sample| sample.index);
        let table = find_laps(&samples, 60.0, None);
        for pair in table.laps.windows(2) {
            prop_assert!(pair[0].end_sample < pair[1].start_sample, "{:?}", pair);
        }
    }

    #[test]
    fn nothing_but_garbage_is_survived_seed_2(rows in prop::collection::vec((any::<u64>(), prop::collection::vec(value(), 51)), 0..80)) {
        let samples: Vec<Sample> = rows
            .into_iter()
            .map(|(index, values)| {
                let mut sample = Sample { index, ..Sample::EMPTY };
                Channel::ALL.iter().zip(values).for_each(|(channel, value)| sample.set(*channel, value));
                sample
            })
            .collect();
        let table = find_laps(&samples, 60.0, Some(2000.0));
        prop_assert!(table.laps.len() <= samples.len());
    }
}
