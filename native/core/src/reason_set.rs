//! A set of reasons in one word, so that the live path can carry it without allocating.

use crate::Reason;
use serde::{Serialize, Serializer};

/// A set of [`Reason`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReasonSet(u32);

impl ReasonSet {
    /// No reason.
    pub const EMPTY: ReasonSet = ReasonSet(0);

    /// Adds a reason.
    pub fn insert(&mut self, reason: Reason) {
        self.0 |= 1 << reason.bit();
    }

    /// Takes a reason away.
    pub fn remove(&mut self, reason: Reason) {
        self.0 &= !(1 << reason.bit());
    }

    /// Whether the reason is in the set.
    pub fn contains(self, reason: Reason) -> bool {
        self.0 & (1 << reason.bit()) != 0
    }

    /// Whether there is no reason.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The reasons of both sets.
    pub fn union(self, other: ReasonSet) -> ReasonSet {
        ReasonSet(self.0 | other.0)
    }

    /// The reasons in table order.
    pub fn iter(self) -> impl Iterator<Item = Reason> {
        Reason::ALL.into_iter().filter(move |reason| self.contains(*reason))
    }

    /// Whether none of the reasons spoils `what`, for example `Reason::spoils_valid`.
    pub fn allows(self, what: fn(Reason) -> bool) -> bool {
        !self.iter().any(what)
    }
}

impl FromIterator<Reason> for ReasonSet {
    fn from_iter<I: IntoIterator<Item = Reason>>(reasons: I) -> Self {
        let mut set = ReasonSet::EMPTY;
        reasons.into_iter().for_each(|reason| set.insert(reason));
        set
    }
}

impl Serialize for ReasonSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Reason::code))
    }
}
