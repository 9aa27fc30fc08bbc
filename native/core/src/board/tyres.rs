//! Tyres: what the crew measured at the last stop.
//!
//! The sim changes these values in the pit stall only, so a change is a stop, and the lap being driven then is its lap. Values that go unknown for a
//! while (nobody in the car) are the same stop's when they come back unchanged.

use serde::Serialize;

/// One tyre, across the tread from the car's left to its right. NaN: not told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RawTyre {
    /// Celsius.
    pub temperatures_c: [f64; 3],
    /// Tread that is left, 0 to 1.
    pub wear: [f64; 3],
    /// Cold pressure, kPa.
    pub cold_pressure_kpa: f64,
}

impl RawTyre {
    /// Nothing is told.
    pub const UNKNOWN: RawTyre =
        RawTyre { temperatures_c: [f64::NAN; 3], wear: [f64::NAN; 3], cold_pressure_kpa: f64::NAN };
}

/// Left front, right front, left rear, right rear.
pub type RawTyres = [RawTyre; 4];

/// One tyre as it is shown: `tyre` of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tyre {
    /// Celsius, to a tenth.
    pub temperatures_c: [Option<f64>; 3],
    /// To a thousandth.
    pub wear: [Option<f64>; 3],
    /// kPa, to a tenth.
    pub cold_pressure_kpa: Option<f64>,
}

/// `tyresMessage` of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tyres {
    /// The lap of the stop; `None` when none was seen.
    pub stop_lap: Option<i32>,
    /// Left front.
    pub left_front: Tyre,
    /// Right front.
    pub right_front: Tyre,
    /// Left rear.
    pub left_rear: Tyre,
    /// Right rear.
    pub right_rear: Tyre,
}

/// See the module.
#[derive(Debug, Clone, Copy, Default)]
pub struct TyreWatch {
    now: Option<Tyres>,
}

impl TyreWatch {
    /// Takes what the source tells on a lap. True when it is news.
    pub fn take(&mut self, raw: &RawTyres, lap: i32) -> bool {
        let [left_front, right_front, left_rear, right_rear] = raw.map(shown);
        let told = Tyres { stop_lap: None, left_front, right_front, left_rear, right_rear };
        if told == Tyres::default() {
            return false;
        }
        let before = self.now.map(|before| Tyres { stop_lap: None, ..before });
        if before == Some(told) {
            return false;
        }
        self.now = Some(Tyres { stop_lap: before.map(|_| lap), ..told });
        true
    }

    /// The next values are other tyres'.
    pub fn begin_session(&mut self) {
        *self = TyreWatch::default();
    }

    /// What is known; `None` while nothing is.
    pub fn now(&self) -> Option<Tyres> {
        self.now
    }
}

fn shown(raw: RawTyre) -> Tyre {
    Tyre {
        temperatures_c: raw.temperatures_c.map(|value| rounded(value, 10.0)),
        wear: raw.wear.map(|value| rounded(value, 1000.0)),
        cold_pressure_kpa: rounded(raw.cold_pressure_kpa, 10.0),
    }
}

fn rounded(value: f64, parts: f64) -> Option<f64> {
    value.is_finite().then(|| libm::round(value * parts) / parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tyres(temperature_c: f64) -> RawTyres {
        [RawTyre { temperatures_c: [temperature_c; 3], wear: [0.9; 3], cold_pressure_kpa: 165.0 }; 4]
    }

    #[test]
    fn the_first_values_are_the_cars_and_a_change_is_a_stop() {
        let mut watch = TyreWatch::default();
        assert!(!watch.take(&[RawTyre::UNKNOWN; 4], 0) && watch.now().is_none());
        assert!(watch.take(&tyres(47.0), 0));
        assert_eq!(watch.now().unwrap().stop_lap, None);
        assert!(!watch.take(&tyres(47.01), 7), "less than a tenth is no news");
        assert!(!watch.take(&[RawTyre::UNKNOWN; 4], 8), "silence is no stop");
        assert!(watch.take(&tyres(81.5), 9));
        let now = watch.now().unwrap();
        assert_eq!((now.stop_lap, now.right_rear.temperatures_c[2]), (Some(9), Some(81.5)));
    }
}
