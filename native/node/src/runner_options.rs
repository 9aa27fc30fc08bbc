//! What a runner is told, as JavaScript says it.

use crate::lap_window::Laps;
use crate::plan::Plan;
use crate::source_spec::{Opening, SourceSpec};
use napi::{Error, Result};
use napi_derive::napi;
use racing_coach_core::rules::RulesSetting;
use std::path::PathBuf;

/// What a runner reads, and how.
#[napi(object)]
pub struct RunnerOptions {
    /// A recording: short for a `source` of that kind.
    pub path: Option<String>,
    /// What to read, as JSON: `runnerSource` of the contract.
    pub source: Option<String>,
    /// A raw tape of a live source is written there; it must not exist.
    pub record_to: Option<String>,
    /// 1 is real time, N is N times as fast, 0 is as fast as possible. Default 1.
    pub speed: Option<f64>,
    /// First lap to play, as the sim counts it. Default: from the beginning.
    pub from_lap: Option<i32>,
    /// Last lap to play. Default: to the end.
    pub to_lap: Option<i32>,
    /// Seconds from the recording's beginning at which to begin.
    pub from_s: Option<f64>,
    /// Begin again at the end. Default false.
    #[napi(js_name = "loop")]
    pub looped: Option<bool>,
    /// Hand over every finished lap with its lap file. Default false.
    pub record: Option<bool>,
    /// Learn from the laps of the run, and coach from its best one once there is nothing better. Default false.
    pub learn: Option<bool>,
    /// Lines that earlier runs learned (line notes), for sims without lap distance.
    pub lines: Option<Vec<String>>,
    /// Where live instruction is forbidden, as JSON: `rulesSetting` of the contract. Default: nowhere.
    pub rules: Option<String>,
    /// Paths of track files, for the names of corners that are learned.
    pub track_files: Option<Vec<String>>,
}

/// What to read.
pub fn source_of(options: &RunnerOptions) -> Result<SourceSpec> {
    match (&options.source, &options.path) {
        (Some(json), _) => serde_json::from_str(json)
            .map_err(|cause| Error::from_reason(format!("the source is not understood: {cause}"))),
        (None, Some(path)) => Ok(SourceSpec::Recording { path: PathBuf::from(path) }),
        (None, None) => Err(Error::from_reason("neither source nor path was given")),
    }
}

/// How to read it.
pub fn plan_of(options: &RunnerOptions, source: &SourceSpec) -> Result<Plan> {
    let speed = options.speed.unwrap_or(1.0);
    if !speed.is_finite() || speed < 0.0 {
        return Err(Error::from_reason("speed must be 0 or a positive number"));
    }
    let rules = options.rules.as_deref().map_or(Ok(RulesSetting::default()), rules_of)?;
    Ok(Plan {
        rules,
        live: source.is_live(),
        speed,
        window: Laps {
            from: options.from_lap,
            to: options.to_lap,
            from_s: options.from_s.filter(|_| !source.seeks()),
        },
        looped: options.looped.unwrap_or(false),
        record: options.record.unwrap_or(false),
        learn: options.learn.unwrap_or(false),
        track_files: options.track_files.clone().unwrap_or_default(),
    })
}

/// Where live instruction is forbidden.
pub fn rules_of(json: &str) -> Result<RulesSetting> {
    serde_json::from_str(json)
        .map_err(|cause| Error::from_reason(format!("the rules are not understood: {cause}")))
}

/// What else an opening of the source needs.
pub fn opening_of(options: RunnerOptions) -> Opening {
    Opening {
        record_to: options.record_to.map(PathBuf::from),
        from_s: options.from_s,
        lines: options.lines.unwrap_or_default(),
    }
}
