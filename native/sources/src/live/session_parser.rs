//! Session texts are repaired and parsed in a thread of their own: 50 kB take longer than the reading of a hundred rows.
//!
//! There is room for one text that waits; a newer one takes its place, so a burst costs two parsings. Each text belongs to an epoch, a
//! connection or a list of variables: what comes back for an older one is dropped.

use crate::session_text::SessionText;
use racing_coach_core::session::SessionInfo;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Where the parsing is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SessionParsing {
    /// In a thread of its own.
    #[default]
    Apart,
    /// At once, on the reading thread: for runs whose clock is not the wall's, which must come out the same each time. Never for a sim.
    AtOnce,
}

/// A text's facts.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedSession {
    /// The epoch that was handed in with the text.
    pub epoch: u64,
    /// The facts; `None` when nothing in the text could be read.
    pub info: Option<SessionInfo>,
}

#[derive(Default)]
struct Mail {
    waiting: Option<(u64, Vec<u8>)>,
    at_work: bool,
    done: Option<ParsedSession>,
    closed: bool,
}

#[derive(Default)]
struct Desk {
    mail: Mutex<Mail>,
    changed: Condvar,
}

impl Desk {
    /// A parser that panicked left nothing half done: the mail is whole between any two statements.
    fn lock(&self) -> MutexGuard<'_, Mail> {
        self.mail.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes texts and gives facts.
pub struct SessionParser {
    desk: Arc<Desk>,
    parsing: SessionParsing,
}

impl SessionParser {
    /// Starts the thread. Without one (the system has none left) texts are parsed at once: late is better than never.
    pub fn new(parsing: SessionParsing) -> Self {
        let desk = Arc::new(Desk::default());
        let theirs = Arc::clone(&desk);
        let parsing = match parsing {
            SessionParsing::AtOnce => SessionParsing::AtOnce,
            SessionParsing::Apart => std::thread::Builder::new()
                .name("session-text".to_owned())
                .spawn(move || work(&theirs))
                .map_or(SessionParsing::AtOnce, |_| SessionParsing::Apart),
        };
        SessionParser { desk, parsing }
    }

    /// Hands in a text; `text` gets another buffer in exchange, which may hold anything.
    pub fn hand_in(&self, epoch: u64, text: &mut Vec<u8>) {
        let mut mail = self.desk.lock();
        if self.parsing == SessionParsing::AtOnce {
            mail.done = Some(parse(epoch, text));
            return;
        }
        let spare = mail.waiting.take().map_or_else(Vec::new, |(_, spare)| spare);
        mail.waiting = Some((epoch, std::mem::replace(text, spare)));
        self.desk.changed.notify_all();
    }

    /// The facts of the newest text that is done, once.
    pub fn take(&self) -> Option<ParsedSession> {
        self.desk.lock().done.take()
    }

    /// Whether everything that was handed in is done.
    pub fn is_idle(&self) -> bool {
        let mail = self.desk.lock();
        mail.waiting.is_none() && !mail.at_work
    }

    /// Waits until something is done, or `longest` of the wall's clock is over.
    pub fn wait(&self, longest: Duration) {
        let is_pending = |mail: &mut Mail| mail.done.is_none() && (mail.waiting.is_some() || mail.at_work);
        // Poisoned or timed out, the caller looks for itself.
        let _ = self.desk.changed.wait_timeout_while(self.desk.lock(), longest, is_pending);
    }
}

impl Drop for SessionParser {
    fn drop(&mut self) {
        self.desk.lock().closed = true;
        self.desk.changed.notify_all();
    }
}

fn parse(epoch: u64, text: &[u8]) -> ParsedSession {
    let parsed = SessionText::parse(text);
    ParsedSession { epoch, info: (!parsed.is_empty()).then(|| parsed.info()) }
}

fn work(desk: &Desk) {
    let mut mail = desk.lock();
    while !mail.closed {
        let Some((epoch, text)) = mail.waiting.take() else {
            mail = desk.changed.wait(mail).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        mail.at_work = true;
        drop(mail);
        let parsed = parse(epoch, &text);
        mail = desk.lock();
        mail.at_work = false;
        mail.done = Some(parsed);
        desk.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session_text::build;

    fn text(track: &str) -> Vec<u8> {
        build(&SessionInfo { track_name: track.to_owned(), ..SessionInfo::default() })
    }

    fn track(parser: &SessionParser) -> Option<String> {
        parser.wait(Duration::from_secs(20));
        parser.take().and_then(|parsed| parsed.info).map(|info| info.track_name)
    }

    #[test]
    fn the_newest_of_a_burst_is_what_comes_out_last() {
        let parser = SessionParser::new(SessionParsing::Apart);
        for number in 0..50 {
            parser.hand_in(7, &mut text(&format!("track {number}")));
        }
        let mut last = None;
        while !parser.is_idle() || last.is_none() {
            last = track(&parser).or(last);
        }
        assert_eq!(track(&parser).or(last).as_deref(), Some("track 49"));
    }

    #[test]
    fn at_once_there_is_nothing_to_wait_for_and_garbage_has_no_facts() {
        let parser = SessionParser::new(SessionParsing::AtOnce);
        parser.hand_in(1, &mut text("monza"));
        assert!(parser.is_idle());
        assert_eq!(parser.take().unwrap().info.unwrap().track_name, "monza");
        parser.hand_in(2, &mut vec![0xff; 64]);
        assert_eq!(parser.take(), Some(ParsedSession { epoch: 2, info: None }));
        assert_eq!(parser.take(), None);
    }
}
