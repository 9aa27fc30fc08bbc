//! Whether the rules of the running session forbid live instruction. Decided when a session begins, once more when its kind becomes known, and once when
//! JavaScript has chosen the setting for its car and track, which it does on hearing of the session: within milliseconds, in which no new coach can have
//! found its place on a lap. Every other change of the setting waits for the next session.

use super::Run;
use crate::drive::Drive;
use racing_coach_core::Sample;
use racing_coach_core::rules::{RulesReason, RulesSetting, Ruling};

/// What holds before a session has begun: nothing is driven.
pub(super) const BEFORE_THE_FIRST: Ruling = Ruling { race_legal: true, reason: RulesReason::Unknown };

impl Run<'_> {
    /// A session begins: the newest setting holds in it.
    pub(super) fn rule_session(&mut self, drive: &Drive) {
        self.rules.clone_from(&self.next_rules);
        self.ruling = self.rules.ruling(&drive.driven.session, self.watch.session_num());
    }

    /// The session text came or changed: what was not known may be known now. What was decided stays.
    pub(super) fn rule_again(&mut self, drive: &Drive) {
        if self.ruling.reason == RulesReason::Unknown {
            self.rules.clone_from(&self.next_rules);
            self.ruling = self.rules.ruling(&drive.driven.session, self.watch.session_num());
        }
    }

    /// A new setting holds from the next session on, and that is said at once; the first one for this session in this one.
    pub(super) fn take_rules(&mut self, rules: RulesSetting, session: Option<u32>, drive: &mut Drive) {
        let chosen = session == Some(self.watch.number()) && self.ruled_for < self.watch.number();
        if rules == self.next_rules && !chosen {
            return;
        }
        let before = (self.ruling, self.other_ruling(drive));
        self.next_rules = rules;
        if chosen {
            self.ruled_for = self.watch.number();
            self.rule_session(drive);
        }
        if self.watch.number() > 0 && before != (self.ruling, self.other_ruling(drive)) {
            self.tell_session(drive);
        }
    }

    /// What the new setting would say of this session, where that is something else.
    pub(super) fn other_ruling(&self, drive: &Drive) -> Option<bool> {
        let next = self.next_rules.ruling(&drive.driven.session, self.watch.session_num()).race_legal;
        (next != self.ruling.race_legal).then_some(next)
    }

    /// Whether a row may carry instruction. Another session of the sim is believed only after half a second, but its race is taken for
    /// one from its first row on.
    pub(super) fn forbids(&self, sample: &Sample, drive: &Drive) -> bool {
        let number = sample.session_num;
        let other = number.is_finite() && Some(number as i32) != self.watch.session_num();
        self.ruling.race_legal
            || other
                && !sample.is_reset_row()
                && self.next_rules.ruling(&drive.driven.session, Some(number as i32)).race_legal
    }
}
