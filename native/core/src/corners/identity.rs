//! Corner ids that survive a change of reference: the model of a track remembers each corner's place and direction.
//!
//! A new reference's corners are matched to the model one to one and in order along the lap. What matches takes the model's id
//! and name; what does not gets a new id, and the model learns it. Known corners never move, are never renumbered and are never
//! forgotten: a corner that one reference drives flat and smooth comes back with its old id with the next one.

#[cfg(test)]
mod tests;

use super::matching::{Place, match_in_order};
use crate::corner::{Corner, CornerKind, Direction};
use crate::track_file::{CentreLinePoint, TrackFile};
use serde::{Deserialize, Serialize};

/// What is known of one corner of a track, apart from any lap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrackCorner {
    /// Stable id.
    pub id: String,
    /// Name from a track file.
    pub name: Option<String>,
    /// Which way.
    pub direction: Direction,
    /// Beginning, in metres from the line.
    pub start_m: f64,
    /// Middle, in metres from the line.
    pub apex_m: f64,
    /// End, in metres from the line; smaller than `start_m` when the corner lies across the line.
    pub end_m: f64,
    /// From a track file: corners with the same number are one complex.
    #[serde(default)]
    pub complex: Option<u32>,
}

/// The corners of a track that have ever been seen, kept by the reference library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrackModel {
    /// See [`crate::session::SessionInfo::track_key`].
    pub track_key: String,
    /// Length of the lap in metres.
    pub length_m: f64,
    /// In order along the lap.
    pub corners: Vec<TrackCorner>,
    /// Number of the next new corner's id; only ever grows.
    pub next_number: u32,
    /// Whether the model came from a track file: then its complexes hold for the corners it knows, else each reference's own.
    #[serde(default)]
    pub from_file: bool,
    /// From a track file: the centre line with widths, closed; empty when the road's edges are not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub centre_line: Vec<CentreLinePoint>,
}

impl TrackModel {
    /// A model that knows no corner yet.
    pub fn new(track_key: &str, length_m: f64) -> Self {
        TrackModel {
            track_key: track_key.to_owned(),
            length_m,
            corners: Vec::new(),
            next_number: 1,
            from_file: false,
            centre_line: Vec::new(),
        }
    }

    /// A model from the first reference's corners.
    pub fn from_corners(track_key: &str, length_m: f64, corners: &[Corner]) -> Self {
        let mut model = TrackModel::new(track_key, length_m);
        model.assign(&mut corners.to_vec());
        model
    }

    /// A model from a track file.
    pub fn from_track_file(file: &TrackFile) -> Self {
        let mut model = TrackModel::new(&file.track_key, file.length_m);
        model.from_file = true;
        model.centre_line = file.centre_line.clone().unwrap_or_default();
        model.corners = file
            .corners
            .iter()
            .map(|corner| TrackCorner {
                id: corner.id.clone(),
                name: corner.name.clone(),
                direction: corner.direction,
                start_m: corner.start_m,
                apex_m: corner
                    .apex_m
                    .unwrap_or_else(|| middle_m(corner.start_m, corner.end_m, file.length_m)),
                end_m: corner.end_m,
                complex: corner.complex,
            })
            .collect();
        model
    }

    /// Gives the corners of a lap their ids and names, one to one and in order, by place and direction; unknown corners get new
    /// ids and are learnt. `corners` are in order along the lap.
    pub fn assign(&mut self, corners: &mut [Corner]) {
        let known: Vec<Place> = self.corners.iter().map(known_place).collect();
        let seen: Vec<Place> = corners.iter().map(|corner| seen_place(corner, self.length_m)).collect();
        let matched = match_in_order(&known, &seen, self.length_m);
        for (corner, known) in corners.iter_mut().zip(&matched) {
            match known {
                Some(index) => self.tell(*index, corner),
                None => self.learn(corner),
            }
        }
        self.corners.sort_by(|a, b| a.start_m.total_cmp(&b.start_m));
        if self.from_file {
            renumber_complexes(corners);
        }
    }

    /// What the model knows goes to the corner.
    fn tell(&self, index: usize, corner: &mut Corner) {
        let known = &self.corners[index];
        corner.id.clone_from(&known.id);
        corner.name.clone_from(&known.name);
        if corner.peak_curvature_per_m == 0.0 {
            corner.direction = known.direction;
        }
        if self.from_file && corner.kind != CornerKind::Flat {
            corner.complex = known.complex;
        }
    }

    /// A corner that the model does not know gets the next free id.
    fn learn(&mut self, corner: &mut Corner) {
        let mut id = format!("T{}", self.next_number);
        while self.corners.iter().any(|known| known.id == id) {
            self.next_number += 1;
            id = format!("T{}", self.next_number);
        }
        self.next_number += 1;
        corner.id.clone_from(&id);
        corner.name = None;
        if self.from_file {
            corner.complex = None;
        }
        let apex_m = seen_place(corner, self.length_m).apex_m;
        self.corners.push(TrackCorner {
            id,
            name: None,
            direction: corner.direction,
            start_m: corner.start_m,
            apex_m,
            end_m: corner.end_m,
            complex: None,
        });
    }
}

fn known_place(corner: &TrackCorner) -> Place {
    Place {
        direction: Some(corner.direction),
        start_m: corner.start_m,
        apex_m: corner.apex_m,
        end_m: corner.end_m,
    }
}

/// A lap without curvature does not tell the direction.
fn seen_place(corner: &Corner, length_m: f64) -> Place {
    let direction = (corner.peak_curvature_per_m > 0.0).then_some(corner.direction);
    let apex_m = corner.apex_m.unwrap_or_else(|| middle_m(corner.start_m, corner.end_m, length_m));
    Place { direction, start_m: corner.start_m, apex_m, end_m: corner.end_m }
}

fn middle_m(start_m: f64, end_m: f64, length_m: f64) -> f64 {
    (start_m + (end_m - start_m).rem_euclid(length_m) / 2.0).rem_euclid(length_m)
}

/// A complex has at least two corners that this lap's driver does something for; a file's number that is left with one goes.
fn renumber_complexes(corners: &mut [Corner]) {
    let numbers: Vec<Option<u32>> = corners.iter().map(|corner| corner.complex).collect();
    for corner in corners {
        if corner.complex.is_some() && numbers.iter().filter(|number| **number == corner.complex).count() < 2
        {
            corner.complex = None;
        }
    }
}
