//! The Node binding: check, convert, call, nothing else.
// The binding's macros export nothing in a test build, where everything then looks unused.
#![cfg_attr(test, allow(dead_code))]

mod clock;
mod description;
mod documents;
mod extraction;
mod hub_reference;
mod lap_session;
mod lap_summary;
mod lap_tap;
mod lap_window;
mod loaded;
mod outbox;
mod pace;
mod reference_binding;
mod runner;
mod runner_binding;
mod simulation;
mod slot;
mod task;
mod track_models;
