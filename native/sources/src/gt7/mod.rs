//! Gran Turismo 7: encrypted packets that a console sends over the local network for as long as it is asked to.
//!
//! The sim publishes no documentation. What is known was found by others, and is cited as:
//!
//! - PDTools: Nenkai/PDTools, `PDTools.SimulatorInterface` (packets A, B, ~) and its issues 14 (B, ~) and 18 (C);
//! - gt7-udp: MacManley/gt7-udp, README (all four packets, cipher, heartbeat);
//! - gtplanet: the thread "GT7 is compatible with motion rig", post 13799643 (rotation as a quaternion, laps);
//! - gt7_tool: abem/gt7_tool, `decoder.py` and `docs/steer-response.md` (quaternion and steering against 170,000 driven rows);
//! - gt7-datalogger: jbhoorasingh/gt7-datalogger (laps, heartbeat);
//! - gt7dashboard: snipem/gt7dashboard, with a recording of four laps; sim-to-motec: GeekyDeaks/sim-to-motec, with two packets.
//!
//! Measured on that recording and those packets: a packet id is a tick of 1/60 s (two laps timed by ids and by the line's interpolated crossing
//! are 0.6 and 0.2 ms from the sim's own times); the car moves 1.001 to 1.0025 times as far as its speed says; the rotation is a unit quaternion,
//! the car's nose is its -Z axis; with a positive angular velocity about Y the front left wheel turns slower than the right one, so that is a turn
//! to the left; in the menus packets go on, with lap -1, no car and zeros everywhere.
//!
//! The sim tells no distance along the lap, no track and no session. [`line`] is how a lap gets its distance, [`recogniser`] how a track gets its name.
//!
//! Awkward values. The packet id goes on while the game is paused, so paused ids are taken out of [`Sample::index`]. In races the sim is said to send
//! one packet out of turn at the line (sim-to-motec, issue 8); the recording of a time trial has none, and nothing is done about it: it would
//! make our own time of a lap up to one tick longer, never the sim's. A course that is not closed (a rally stage) never gets a line.
//!
//! [`Sample::index`]: racing_coach_core::Sample

pub mod builder;
pub mod cipher;
pub mod decoder;
pub mod heartbeat;
pub mod identity;
pub mod lap_count;
pub mod layout;
pub mod likeness;
pub mod line;
pub mod line_file;
pub mod order;
pub mod packet;
pub mod packet_bytes;
pub mod projection;
pub mod recogniser;
pub mod road;
pub mod samples;
pub mod socket;
pub mod source;
pub mod vector;

pub use decoder::Gt7Decoder;
pub use line::Line;
pub use source::{Gt7Options, Gt7Source};
