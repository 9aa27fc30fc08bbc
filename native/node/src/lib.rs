//! The Node binding: check, convert, call, nothing else.

mod clock;
mod documents;
mod hub_reference;
mod lap_session;
mod loaded;
mod outbox;
mod pace;
mod reference_binding;
mod runner;
mod runner_binding;
mod slot;
mod task;
