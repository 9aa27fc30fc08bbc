//! Work that runs off the main thread and gives a promise.

use napi::bindgen_prelude::{AsyncTask, Object, ToNapiValue, TypeName};
use napi::{Env, Error, JsValue, Result, Status, Task};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A closure that runs on libuv's pool. A [`CodedError`] becomes a JavaScript error with its `code`.
pub struct Background<T> {
    work: Option<Box<dyn FnOnce() -> std::result::Result<T, CodedError> + Send>>,
    failed: Option<CodedError>,
}

/// Starts `work` in the background.
pub fn background<T>(
    work: impl FnOnce() -> std::result::Result<T, CodedError> + Send + 'static,
) -> AsyncTask<Background<T>>
where
    T: Send + ToNapiValue + TypeName + 'static,
{
    AsyncTask::new(Background { work: Some(Box::new(work)), failed: None })
}

/// The JavaScript error of a coded error: its sentence as message and its code as `code`.
pub fn js_error(env: &Env, error: &CodedError) -> Error {
    let make = || -> Result<Error> {
        let mut object: Object = env.create_error(Error::new(Status::GenericFailure, error.to_string()))?;
        object.set("code", error.code.code())?;
        Ok(Error::from(object.to_unknown()))
    };
    make().unwrap_or_else(|failed| failed)
}

impl<T: Send + ToNapiValue + TypeName + 'static> Task for Background<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> Result<T> {
        let work = self.work.take().ok_or_else(|| Error::from_reason("work was started twice"))?;
        work().map_err(|error| {
            let reason = error.to_string();
            self.failed = Some(error);
            Error::from_reason(reason)
        })
    }

    fn resolve(&mut self, _env: Env, output: T) -> Result<T> {
        Ok(output)
    }

    fn reject(&mut self, env: Env, error: Error) -> Result<T> {
        Err(self.failed.as_ref().map_or(error, |coded| js_error(&env, coded)))
    }
}

/// A document as JSON.
pub fn to_json(document: &impl Serialize) -> std::result::Result<String, CodedError> {
    serde_json::to_string(document).map_err(|cause| CodedError::new(ErrorCode::Internal).with("cause", cause))
}

/// A request from JSON.
pub fn from_json<T: DeserializeOwned>(json: &str) -> std::result::Result<T, CodedError> {
    serde_json::from_str(json).map_err(bad_request)
}

/// The error for a request that the engine has built wrongly.
pub fn bad_request(cause: serde_json::Error) -> CodedError {
    CodedError::new(ErrorCode::Internal).with("cause", format!("a request is not understood: {cause}"))
}
