//! The written turn lists, and the centre lines that they belong to.

use racing_coach_core::corner::Direction;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// How a turn is linked to the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Link {
    /// Driven and named as one.
    Complex,
    /// Room to settle between.
    Apart,
    /// Depends on the car: not judged.
    Depends,
}

/// One turn of a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Turn {
    pub number: Option<String>,
    pub name: Option<String>,
    pub direction: Direction,
    pub place_m: f64,
    pub next: Link,
}

impl Turn {
    /// Number or name, for tables.
    pub fn label(&self) -> String {
        self.number.clone().or_else(|| self.name.clone()).unwrap_or_else(|| format!("at {} m", self.place_m))
    }
}

/// A circuit's list.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TurnList {
    pub centre_line: String,
    pub length_m: f64,
    pub turns: Vec<Turn>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// The centre-line file of a list; `None` when the shared folder is not there.
pub fn centre_line_file(list: &TurnList) -> Option<PathBuf> {
    let file = root().join("../shared/tracks").join(&list.centre_line);
    file.is_file().then_some(file)
}

/// All lists, by name.
pub fn turn_lists() -> Vec<TurnList> {
    let folder = root().join("tests/tracks/turn-lists");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the turn lists are part of the repository")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("a readable list");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    files.iter().map(read).collect()
}
