//! Where a driver brakes for one corner, from his own clean passes, in fixed memory.
//!
//! The point is the median onset of the faster half of the newest passes. All of them alike would teach a driver who brakes 30 m
//! early three times to go on doing so until he had braked better more often than worse; of the faster half the early ones fall
//! out as soon as there are two better ones. Time in the section decides, not the onset: later is not better in itself. A pass without
//! braking counts as well: who mostly needs no brake in a corner has learned that, and has no point there.

/// One clean pass.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct CleanPass {
    /// Metres of the onset after the reference's; negative is earlier; NaN when he did not brake.
    pub offset_m: f64,
    /// Speed at the onset; NaN when he did not brake.
    pub speed_mps: f64,
    /// Seconds against the reference from the section's start to its exit.
    pub delta_s: f64,
}

impl CleanPass {
    /// `onset`: metres after the reference's and speed there; `None` when the driver did not brake.
    pub fn new(onset: Option<(f64, f64)>, delta_s: f64) -> Self {
        let (offset_m, speed_mps) = onset.unwrap_or((f64::NAN, f64::NAN));
        CleanPass { offset_m, speed_mps, delta_s }
    }
}

/// See the file's header.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Learned {
    passes: [CleanPass; Learned::KEPT],
    count: usize,
}

impl Learned {
    /// The driver changes: older passes are forgotten.
    const KEPT: usize = 5;
    /// Passes before anything is said: two agree by chance, and onsets scatter by 3 to 9 m.
    pub const ENOUGH: usize = 3;

    /// Adds a clean pass.
    pub fn add(&mut self, pass: CleanPass) {
        self.passes[self.count % Learned::KEPT] = pass;
        self.count += 1;
    }

    /// Clean passes so far, no further than are needed.
    pub fn passes(&self) -> i32 {
        self.count.min(Learned::ENOUGH) as i32
    }

    /// There were passes enough.
    pub fn complete(&self) -> bool {
        self.count >= Learned::ENOUGH
    }

    /// Metres of the driver's point after the reference's, and his speed there; `None` before enough passes, and where he did not
    /// brake in two at least of the faster ones.
    pub fn point(&self) -> Option<(f64, f64)> {
        if !self.complete() {
            return None;
        }
        let mut newest = self.passes;
        let newest = &mut newest[..self.count.min(Learned::KEPT)];
        newest.sort_unstable_by(|a, b| a.delta_s.total_cmp(&b.delta_s));
        let faster = &mut newest[..self.count.min(Learned::KEPT).div_ceil(2)];
        faster.sort_unstable_by_key(|pass| pass.offset_m.is_nan());
        let braked = faster.partition_point(|pass| !pass.offset_m.is_nan());
        let faster = Some(&mut faster[..braked]).filter(|_| braked >= 2)?;
        let speed_mps = median(faster, |pass| pass.speed_mps);
        Some((median(faster, |pass| pass.offset_m), speed_mps))
    }

    /// The same passes against another reference, whose onset lies `by_m` earlier and whose section takes `by_s` less.
    pub fn shift(&mut self, by_m: f64, by_s: f64) {
        for pass in &mut self.passes {
            pass.offset_m += by_m;
            pass.delta_s += by_s;
        }
    }
}

fn median(passes: &mut [CleanPass], of: impl Fn(&CleanPass) -> f64) -> f64 {
    passes.sort_unstable_by(|a, b| of(a).total_cmp(&of(b)));
    let middle = passes.len() / 2;
    let upper = of(&passes[middle]);
    if passes.len() % 2 == 1 { upper } else { 0.5 * (of(&passes[middle - 1]) + upper) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(passes: &[(f64, f64)]) -> Learned {
        let mut learned = Learned::default();
        passes.iter().for_each(|(offset_m, delta_s)| {
            learned.add(CleanPass { offset_m: *offset_m, speed_mps: 60.0, delta_s: *delta_s })
        });
        learned
    }

    fn point_m(passes: &[(f64, f64)]) -> Option<f64> {
        of(passes).point().map(|(offset_m, _)| offset_m)
    }

    #[test]
    fn says_nothing_before_three_passes_and_then_where_the_faster_ones_braked() {
        assert_eq!((of(&[]).passes(), of(&[(0.0, 0.0); 9]).passes()), (0, 3));
        assert_eq!(point_m(&[(5.0, 0.1), (-5.0, 0.2)]), None);
        assert_eq!(point_m(&[(5.0, 0.1), (-20.0, 0.5), (7.0, 0.0)]), Some(6.0));
    }

    #[test]
    fn who_braked_early_three_times_is_not_held_to_it() {
        let early = [(-30.0, 0.3), (-30.0, 0.3), (-30.0, 0.3)];
        assert_eq!(point_m(&early), Some(-30.0));
        let two_better = [&early[..], &[(-2.0, 0.05), (0.0, 0.0)]].concat();
        assert_eq!(point_m(&two_better), Some(-2.0));
        let one_more = [&two_better[..], &[(1.0, -0.02)]].concat();
        assert_eq!(point_m(&one_more), Some(0.0));
    }

    #[test]
    fn who_brakes_later_and_loses_by_it_is_not_held_to_that_either() {
        let steady = [(0.0, 0.0), (1.0, 0.02), (-1.0, 0.01)];
        let late = [&steady[..], &[(25.0, 0.6), (25.0, 0.7)]].concat();
        assert_eq!(point_m(&late), Some(0.0));
    }

    #[test]
    fn who_needs_no_brake_has_learned_that_and_gets_no_point() {
        let none = (f64::NAN, 0.0);
        let mostly = of(&[none, (0.0, 0.1), none]);
        assert!(mostly.complete() && mostly.point().is_none());
        assert_eq!(point_m(&[(4.0, 0.0), (2.0, 0.0), (f64::NAN, 0.1)]), Some(3.0));
    }

    #[test]
    fn another_reference_changes_nothing_but_what_is_measured_against() {
        let mut learned = of(&[(5.0, 0.1), (9.0, 0.5), (7.0, 0.0)]);
        learned.shift(-10.0, -0.3);
        assert_eq!(learned.point(), Some((-4.0, 60.0)));
    }
}
