//! How well and how evenly somebody drives.

use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use serde::{Deserialize, Serialize};

/// A driver's skill and consistency. Spreads are standard deviations from lap to lap in one corner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DriverSpec {
    /// What to call the driver.
    pub name: String,
    /// Share of the tyres' side grip that corner speeds are planned with.
    pub corner_share: f64,
    /// Share of the grip, and of the pedal, that braking is planned with.
    pub brake_share: f64,
    /// Share of the driven wheels' grip that acceleration is planned with.
    pub drive_share: f64,
    /// 1: brake and steering share the whole friction circle; 0: brake is let go in proportion to steering.
    pub trail_share: f64,
    /// Metres left between the car's side and the road's edge; negative: the car's side is on the kerb.
    pub edge_margin_m: f64,
    /// Seconds from no brake to full.
    pub brake_rise_s: f64,
    /// Seconds from full brake to none, at the quickest.
    pub brake_release_s: f64,
    /// Seconds from no throttle to full.
    pub throttle_rise_s: f64,
    /// Seconds between the pedals when the foot changes over.
    pub foot_s: f64,
    /// Metres after the slowest point before the throttle.
    pub pick_up_m: f64,
    /// Spread of brake onsets in metres.
    pub onset_spread_m: f64,
    /// Spread of minimum speeds in m/s.
    pub min_speed_spread_mps: f64,
    /// Spread of throttle pick-ups in metres.
    pub pick_up_spread_m: f64,
    /// Spread of brake pressure, as a share.
    pub pressure_spread: f64,
    /// Spread of the line across the road in metres.
    pub line_spread_m: f64,
}

impl DriverSpec {
    /// Names of the drivers that come with the simulation.
    pub const PRESETS: [&'static str; 4] = ["alien", "pro", "club", "novice"];

    /// A driver that comes with the simulation. Spreads of `club` are those measured on real drivers: onset 3 to 9 m, minimum speed 1.5 to
    /// 4.5 km/h (FACTS, one MX-5 driver at Okayama and one GT3 driver at Fuji).
    pub fn preset(name: &str) -> Result<Self, CodedError> {
        let rows = [
            // corner brake drive trail edge | rise release throttle foot pick-up | onset speed pick-up pressure line
            [0.975, 0.97, 0.97, 1.0, -0.4, 0.12, 0.35, 0.30, 0.04, 0.0, 1.2, 0.12, 1.0, 0.01, 0.08],
            [0.96, 0.94, 0.94, 0.95, -0.3, 0.15, 0.45, 0.40, 0.07, 1.0, 2.2, 0.22, 1.8, 0.015, 0.12],
            [0.925, 0.87, 0.88, 0.75, 0.0, 0.22, 0.60, 0.65, 0.16, 4.0, 4.5, 0.55, 3.5, 0.03, 0.22],
            [0.86, 0.76, 0.80, 0.45, 0.4, 0.32, 0.80, 0.95, 0.35, 9.0, 7.5, 1.0, 6.0, 0.05, 0.35],
        ];
        let index = Self::PRESETS.iter().position(|preset| *preset == name).ok_or_else(|| {
            CodedError::new(ErrorCode::PresetNotFound)
                .with("kind", "driver")
                .with("name", name)
                .with("known", Self::PRESETS.join(", "))
        })?;
        Ok(DriverSpec::from_row(name, rows[index]))
    }

    fn from_row(name: &str, row: [f64; 15]) -> Self {
        let [corner_share, brake_share, drive_share, trail_share, edge_margin_m, ..] = row;
        let [_, _, _, _, _, brake_rise_s, brake_release_s, throttle_rise_s, foot_s, pick_up_m, ..] = row;
        DriverSpec {
            name: name.to_owned(),
            corner_share,
            brake_share,
            drive_share,
            trail_share,
            edge_margin_m,
            brake_rise_s,
            brake_release_s,
            throttle_rise_s,
            foot_s,
            pick_up_m,
            onset_spread_m: row[10],
            min_speed_spread_mps: row[11],
            pick_up_spread_m: row[12],
            pressure_spread: row[13],
            line_spread_m: row[14],
        }
    }

    /// The same driver without any spread.
    pub fn without_spread(&self) -> Self {
        DriverSpec {
            onset_spread_m: 0.0,
            min_speed_spread_mps: 0.0,
            pick_up_spread_m: 0.0,
            pressure_spread: 0.0,
            line_spread_m: 0.0,
            ..self.clone()
        }
    }
}
