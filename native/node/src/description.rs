//! What a recording says about itself.

use crate::lap_session::LapSession;
use crate::loaded::open_source;
use crate::task::{Background, background};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;

/// What a recording says about itself, `lapSession` of the contract as JSON. Rejects with a coded error.
#[napi(ts_return_type = "Promise<string>")]
pub fn describe_file(path: String) -> AsyncTask<Background<String>> {
    background(move || {
        let source = open_source(path.as_ref())?;
        let session = source.session();
        Ok(LapSession::new(session, session.track_length_m, source.rate_hz()).to_json())
    })
}
