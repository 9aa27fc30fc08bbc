//! The Node binding: check, convert, call, nothing else.
// The binding's macros export nothing in a test build, where everything then looks unused.
#![cfg_attr(test, allow(dead_code))]

mod board_slot;
mod candidates;
mod clock;
mod description;
mod documents;
mod drawing;
mod drive;
mod extraction;
mod histogram;
mod hub_reference;
mod lap_session;
mod lap_summary;
mod lap_tap;
mod lap_window;
mod loaded;
mod map_document;
mod note;
mod outbox;
mod own_reference;
mod pace;
mod plan;
mod publisher;
mod reference_binding;
mod runner;
mod runner_binding;
mod runner_options;
mod simulation;
mod slot;
mod source_spec;
mod statistics;
mod task;
mod track_models;
