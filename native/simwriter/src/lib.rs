//! A sim that writes like iRacing: the same live memory, filled from a recording, a simulated car or a random session life, so that whatever reads
//! the sim can be developed, tested and measured on any machine.
//!
//! What is played is a [`feed::Feed`]: a stream of [`feed::Action`]s such as a row, new session text, a crash. [`playback`] carries them out on a
//! [`racing_coach_sources::live::memory::MapWriter`]; a test may as well take them one by one.

#![cfg_attr(not(windows), forbid(unsafe_code))]

pub mod command_line;
pub mod feed;
pub mod frame_rate;
pub mod gt7_console;
pub mod ibt_feed;
pub mod life;
pub mod live_memory;
pub mod live_only;
pub mod map_place;
pub mod measuring_reader;
pub mod monotonic;
pub mod opponents;
pub mod pace;
pub mod pace_profile;
pub mod padding;
pub mod playback;
pub mod row_maker;
pub mod session_words;
pub mod simcar_feed;
pub mod stamp;
pub mod tape_feed;
