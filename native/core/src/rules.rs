//! Whether the rules of a session forbid live driving instruction: braking marker, beats, GO, target speed, the reference's pedals, teaching.
//!
//! Some series allow nobody and nothing that tells a driver how to drive while he races. Delta, spotter, flags and fuel are allowed.
//! The sim does not say which series those are, so races are taken for such, and the driver says otherwise for each series.

use crate::session::SessionInfo;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the driver said about one series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesRule {
    /// Instruction is allowed everywhere.
    Off,
    /// It is forbidden in races.
    Races,
    /// It is forbidden in every session.
    Always,
}

/// The driver's setting. The default forbids nothing: a recording that is played is no race.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RulesSetting {
    /// Forbid it, whatever is driven.
    pub always: bool,
    /// Forbid it in races.
    pub races: bool,
    /// By the sim's number of the series; wins over `races`.
    pub series: BTreeMap<i64, SeriesRule>,
}

/// Why instruction is forbidden or allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RulesReason {
    /// The setting forbids it everywhere, or nowhere.
    Setting,
    /// What the driver said about this series.
    Series,
    /// A race, and races are without.
    Race,
    /// No race.
    NoRace,
    /// The sim has sessions and has not said yet which one this is.
    Unknown,
}

/// What holds in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruling {
    /// Nothing may be instructed.
    pub race_legal: bool,
    /// Why.
    pub reason: RulesReason,
}

impl RulesSetting {
    /// What holds in the session with that `SessionNum`; `None` where the rows do not tell; without
    /// sessions in the text either, it counts as no race. A
    /// session whose kind is not known yet counts as a race: silence that comes a second too early harms nobody.
    pub fn ruling(&self, session: &SessionInfo, session_num: Option<i32>) -> Ruling {
        let of = |race_legal: bool, reason: RulesReason| Ruling { race_legal, reason };
        if self.always {
            return of(true, RulesReason::Setting);
        }
        let series = self.series.get(&session.series_id).filter(|_| session.series_id != 0);
        match (series, self.races) {
            (Some(SeriesRule::Always), _) => return of(true, RulesReason::Series),
            (Some(SeriesRule::Off), _) => return of(false, RulesReason::Series),
            // The series is not known before the text is: it may be one that forbids everything.
            (None, false) if self.series.is_empty() => return of(false, RulesReason::Setting),
            _ => {}
        }
        match kind_of(session, session_num) {
            None if session_num.is_none() => of(false, RulesReason::NoRace),
            None => of(true, RulesReason::Unknown),
            Some(kind) if is_race(kind) => match series {
                Some(_) => of(true, RulesReason::Series),
                None if self.races => of(true, RulesReason::Race),
                None => of(false, RulesReason::Setting),
            },
            Some(_) => of(false, RulesReason::NoRace),
        }
    }
}

/// The sim's word for a session; `None` while the session text does not tell. Where the rows do not say which session runs, it is the
/// only one of the text.
pub fn kind_of(session: &SessionInfo, session_num: Option<i32>) -> Option<&str> {
    let only = (session.session_types.len() == 1).then_some(0);
    let kind = session.session_types.get(usize::try_from(session_num.or(only)?).ok()?)?;
    Some(kind.as_str()).filter(|kind| !kind.is_empty())
}

/// Heats and features are races by name as well.
fn is_race(kind: &str) -> bool {
    kind.to_ascii_lowercase().contains("race")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(series_id: i64, kinds: &[&str]) -> SessionInfo {
        let session_types = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        SessionInfo { series_id, session_types, ..SessionInfo::default() }
    }

    fn setting(races: bool, series: &[(i64, SeriesRule)]) -> RulesSetting {
        RulesSetting { always: false, races, series: series.iter().copied().collect() }
    }

    fn legal(setting: &RulesSetting, session: &SessionInfo) -> Vec<bool> {
        (0..3).map(|number| setting.ruling(session, Some(number)).race_legal).collect()
    }

    const WEEKEND: [&str; 3] = ["Practice", "Open Qualify", "Race"];

    #[test]
    fn the_race_of_a_weekend_is_without_instruction_and_nothing_else() {
        assert_eq!(legal(&setting(true, &[]), &session(33, &WEEKEND)), [false, false, true]);
        assert_eq!(legal(&setting(false, &[]), &session(33, &WEEKEND)), [false, false, false]);
    }

    #[test]
    fn what_was_said_about_a_series_wins_and_holds_for_no_other() {
        use SeriesRule::{Always, Off, Races};
        let said = |rule, races| setting(races, &[(33, rule)]);
        assert_eq!(legal(&said(Off, true), &session(33, &WEEKEND)), [false, false, false]);
        assert_eq!(legal(&said(Races, false), &session(33, &WEEKEND)), [false, false, true]);
        assert_eq!(legal(&said(Always, false), &session(33, &WEEKEND)), [true, true, true]);
        assert_eq!(legal(&said(Always, false), &session(34, &WEEKEND)), [false, false, false]);
        // A session outside of series, as hosted ones are, has number 0: nothing was said about it.
        assert_eq!(legal(&setting(false, &[(0, Always)]), &session(0, &WEEKEND)), [false, false, false]);
    }

    #[test]
    fn while_the_kind_is_not_known_it_may_be_a_race() {
        let unknown = setting(true, &[]).ruling(&SessionInfo::default(), Some(0));
        assert_eq!(unknown, Ruling { race_legal: true, reason: RulesReason::Unknown });
        let no_sessions = setting(true, &[]).ruling(&SessionInfo::default(), None);
        assert_eq!(no_sessions, Ruling { race_legal: false, reason: RulesReason::NoRace });
        assert!(setting(true, &[]).ruling(&session(0, &["Race"]), None).race_legal);
    }

    #[test]
    fn it_reads_as_the_settings_have_it() {
        let read: RulesSetting =
            serde_json::from_str(r#"{"races":true,"series":{"33":"always","7":"off"}}"#).unwrap();
        assert_eq!(read, setting(true, &[(33, SeriesRule::Always), (7, SeriesRule::Off)]));
    }
}
