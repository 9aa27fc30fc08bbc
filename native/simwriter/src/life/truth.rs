//! What is known about a life: which laps must be stored, and which parts must not be taken for laps.

use serde::{Deserialize, Serialize};

/// Whether something holds; some things no reader can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// It must.
    Yes,
    /// It must not.
    No,
    /// Either is right.
    Unknown,
}

impl Expected {
    /// Of a fact that is known.
    pub fn of(holds: bool) -> Self {
        if holds { Expected::Yes } else { Expected::No }
    }

    /// Whether a finding agrees.
    pub fn allows(self, found: bool) -> bool {
        self == Expected::Unknown || self == Expected::of(found)
    }
}

/// A lap that was driven from line to line and must be stored with its time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrueLap {
    /// Connections before it.
    pub connection: u32,
    /// `SessionNum`.
    pub session_num: u32,
    /// Which session it must be stored with, counted from 1: sessions of the sim, and what a reader sees as another connection.
    pub session: u32,
    /// As [`racing_coach_core::session::SessionInfo::track_key`].
    pub track_key: String,
    /// As `car_key`.
    pub car_key: String,
    /// As the sim counts it.
    pub lap: u32,
    /// Seconds.
    pub lap_time_s: f64,
    /// The sim's own time arrived.
    pub official: Expected,
    /// It counts for the sim.
    pub valid: Expected,
    /// Good enough to coach from.
    pub reference_grade: Expected,
}

/// A part that must not be stored as a complete lap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoLap {
    /// Connections before it.
    pub connection: u32,
    /// As of [`TrueLap`].
    pub session: u32,
    /// As the sim counts it.
    pub lap: u32,
    /// Why it is none.
    pub why: String,
}

/// The truth about a life.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifeTruth {
    /// The seed.
    pub seed: u64,
    /// Connections made.
    pub connections: u32,
    /// In order of their ends; there are no others.
    pub laps: Vec<TrueLap>,
    /// In order.
    pub no_laps: Vec<NoLap>,
}
