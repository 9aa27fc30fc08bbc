//! A simulated car and driver with known mistakes, for tests, the demo and the evaluation of the coach.
//!
//! From a centre line with widths ([`centre_line`]) come a road ([`track`]), a racing line ([`racing_line`]) and the speeds that a driver
//! plans for a car ([`speed_plan`]). Each lap has intentions: the driver's skill, the lap's scatter, its mistakes ([`lap_plan`]). The driver
//! turns them into pedals, wheel and gear lever ([`pilot`]); the car moves by its tyres, engine and air ([`car`]), eight steps a row. Nothing
//! ever edits the motion itself: what a mistake costs is what the physics makes of it.
//!
//! [`car::CarModel`] and [`pilot::Driver`] are the seams for a dynamic car.
//!
//! Everything follows from the request and its seed, byte for byte, on every system.
#![forbid(unsafe_code)]

pub mod base_lap;
pub mod bordered_band;
pub mod brake_log;
pub mod bundle;
pub mod car;
pub mod car_presets;
pub mod car_spec;
pub mod centre_line;
pub mod demo_circuit;
pub mod departure;
pub mod driver_spec;
pub mod gt7_packets;
pub mod lap_plan;
pub mod lap_truth;
pub mod line_problem;
pub mod mistake_choice;
pub mod mistakes;
pub mod oval;
pub mod passage;
pub mod pilot;
pub mod prng;
pub mod racing_line;
pub mod recorder;
pub mod request;
pub mod road_corners;
pub mod session;
pub mod sim_source;
pub mod simulate;
pub mod speed_plan;
pub mod spline;
pub mod stage;
pub mod track;
pub mod truth;
pub mod world;

pub use request::SimulateRequest;
pub use simulate::{Simulated, simulate};
