//! Small vectors, and the way from the sim's frame to ours.
//!
//! The sim: X, Z level, Y up, right-handed. Ours: x, y level, z up, right-handed, so a turn to the left is counter-clockwise and positive. So x = X,
//! y = -Z, z = Y: a quarter turn about X, by which rotations keep their signs.

/// Three numbers.
pub type Vector = [f64; 3];

/// From the sim's frame to ours.
pub fn from_sim([x, y, z]: Vector) -> Vector {
    [x, -z, y]
}

/// From our frame to the sim's.
pub fn to_sim([x, y, z]: Vector) -> Vector {
    [x, z, -y]
}

/// From the one to the other.
pub fn between(from: Vector, to: Vector) -> Vector {
    [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
}

/// The place a part of the way along.
pub fn along(from: Vector, to: Vector, part: f64) -> Vector {
    let way = between(from, to);
    [from[0] + part * way[0], from[1] + part * way[1], from[2] + part * way[2]]
}

/// Scalar product.
pub fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Length.
pub fn length(v: Vector) -> f64 {
    dot(v, v).sqrt()
}

/// Scalar product in the level plane.
pub fn level_dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

/// Length in the level plane.
pub fn level_length(v: Vector) -> f64 {
    level_dot(v, v).sqrt()
}

/// The level direction; `None` for hardly any length.
pub fn level_direction(v: Vector) -> Option<Vector> {
    let length = level_length(v);
    (length > 1e-6).then(|| [v[0] / length, v[1] / length, 0.0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frames_are_turned_and_not_mirrored() {
        let cross = |a: Vector, b: Vector| {
            [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
        };
        let (a, b) = ([1.0, 2.0, 3.0], [-2.0, 0.5, 4.0]);
        assert_eq!(cross(from_sim(a), from_sim(b)), from_sim(cross(a, b)));
        assert_eq!(to_sim(from_sim(a)), a);
    }
}
