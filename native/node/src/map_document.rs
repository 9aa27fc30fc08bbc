//! `doctor --map`: what a sim's memory holds; and where a simulator's map lies.

use crate::task::{Background, background, to_json};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use racing_coach_sources::live::dump::Dump;
use racing_coach_sources::live::file_map;

/// The document of `doctor --map` as JSON, of a dump of a sim's memory or of a map. Rejects with a coded error.
#[napi(ts_return_type = "Promise<string>")]
pub fn describe_map(path: String) -> AsyncTask<Background<String>> {
    background(move || to_json(&Dump::open(path.as_ref())?.document()?))
}

/// Where a simulator and its readers meet when nothing else was said.
#[napi]
pub fn default_map_path() -> String {
    file_map::default_map_path().display().to_string()
}
