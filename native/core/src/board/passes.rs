//! What the corners of one lap cost.

use crate::lap::LapId;
use serde::Serialize;

/// Corners that are kept: the longest circuit has about 180.
pub const MOST_CORNERS: usize = 256;

/// Seconds against the reference by index of the corner; NaN where nothing usable was driven.
#[derive(Debug, Clone, Copy)]
pub struct Passes([f64; MOST_CORNERS]);

impl Passes {
    /// Nothing was driven.
    pub const NONE: Passes = Passes([f64::NAN; MOST_CORNERS]);

    /// Notes a corner.
    pub fn note(&mut self, corner: u16, delta_s: f64) {
        if let Some(place) = self.0.get_mut(usize::from(corner)) {
            *place = delta_s;
        }
    }

    /// A corner's cost.
    pub fn delta_s(&self, corner: usize) -> Option<f64> {
        self.0.get(corner).copied().filter(|delta_s| delta_s.is_finite())
    }
}

/// `cornersMessage` of the contract.
#[derive(Debug, Clone, Copy)]
pub struct Corners {
    /// The running lap.
    pub id: LapId,
    /// Its corners.
    pub passes: Passes,
}

impl Corners {
    /// As the pages get it, with the ids of the reference's corners in their order.
    pub fn document<'a>(&'a self, ids: impl Iterator<Item = &'a str>) -> impl Serialize + 'a {
        let corner = |(index, corner_id): (usize, &'a str)| CornerDocument {
            corner_id,
            delta_s: self.passes.delta_s(index).map(super::laps::thousandths),
        };
        CornersDocument { lap: self.id.lap, corners: ids.enumerate().map(corner).collect() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CornersDocument<'a> {
    lap: i32,
    corners: Vec<CornerDocument<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CornerDocument<'a> {
    corner_id: &'a str,
    delta_s: Option<f64>,
}
