//! `simulate` and `convert`: work that ends in files.

use crate::task::{Background, background, from_json, to_json};
use napi::bindgen_prelude::{AsyncTask, Function};
use napi::threadsafe_function::ThreadsafeFunctionCallMode;
use napi_derive::napi;
use racing_coach_core::error::CodedError;
use racing_coach_simcar::{SimulateRequest, simulate as run_simulation};
use racing_coach_sources::convert::convert;
use racing_coach_sources::ibt::{standard_channels, write_samples};
use racing_coach_sources::new_file::NewFile;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;

#[derive(Deserialize)]
struct Request {
    #[serde(flatten)]
    simulation: SimulateRequest,
    out: String,
    truth: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary<'a> {
    track: &'a str,
    car: &'a str,
    length_m: f64,
    samples: usize,
    laps: Vec<SummaryLap>,
    out: &'a str,
    truth: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SummaryLap {
    lap: u32,
    lap_time_s: f64,
}

/// Drives the simulated car and writes the recording and, when asked, the truth file. The request is JSON: `{ track, car, driver, laps, seed,
/// mistakes, out, truth }`; resolves to a summary as JSON. Rejects with a coded error; a file is written whole or not at all.
#[napi(ts_return_type = "Promise<string>")]
pub fn simulate(request_json: String) -> AsyncTask<Background<String>> {
    background(move || {
        let request: Request = from_json(&request_json)?;
        let simulated = run_simulation(&request.simulation)?;
        let out = Path::new(&request.out);
        let channels = standard_channels();
        write_samples(out, simulated.session_text, simulated.rate_hz, &simulated.samples, &channels)?;
        if let Some(truth) = &request.truth {
            write_text(Path::new(truth), &to_json(&simulated.truth)?)?;
        }
        let truth = &simulated.truth;
        let laps = truth.laps.iter().map(|lap| SummaryLap { lap: lap.lap, lap_time_s: lap.lap_time_s });
        to_json(&Summary {
            track: &truth.track,
            car: &truth.car,
            length_m: truth.length_m,
            samples: simulated.samples.len(),
            laps: laps.collect(),
            out: &request.out,
            truth: request.truth.as_deref(),
        })
    })
}

fn write_text(path: &Path, text: &str) -> Result<(), CodedError> {
    let mut file = NewFile::create(path)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.write_all(b"\n"))
        .map_err(|cause| NewFile::error(path, &cause))?;
    file.commit()
}

#[derive(Serialize)]
struct ConvertSummary {
    files: Vec<String>,
    rows: usize,
}

/// Converts a recording into the format of the output's name; resolves to `{ files, rows }` as JSON. `onProgress` is told the share that is done,
/// 0 to 1. Rejects with a coded error.
#[napi(ts_return_type = "Promise<string>")]
pub fn convert_file(
    input: String,
    output: String,
    on_progress: Option<Function<f64, ()>>,
) -> napi::Result<AsyncTask<Background<String>>> {
    let teller = on_progress
        .map(|callback| callback.build_threadsafe_function::<f64>().callee_handled::<false>().build())
        .transpose()?;
    Ok(background(move || {
        let mut tell = |share: f64| {
            if let Some(teller) = &teller {
                teller.call(share, ThreadsafeFunctionCallMode::NonBlocking);
            }
        };
        let converted = convert(Path::new(&input), Path::new(&output), &mut tell)?;
        let files = converted.files.iter().map(|file| file.display().to_string()).collect();
        to_json(&ConvertSummary { files, rows: converted.rows })
    }))
}
