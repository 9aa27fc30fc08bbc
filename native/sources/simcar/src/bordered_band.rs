//! Solves closed pentadiagonal systems: each unknown is tied to its two neighbours on either side, around a ring.
//!
//! The last two unknowns are set apart as a border; what remains is an ordinary band of width two (LDLᵀ).

/// A symmetric positive definite ring matrix. `diagonal[i]`, `next[i]` ties `i` to `i + 1`, `second[i]` ties `i` to `i + 2`, all modulo the
/// count. At least eight unknowns.
#[derive(Debug, Clone)]
pub struct RingMatrix {
    /// Entries `(i, i)`.
    pub diagonal: Vec<f64>,
    /// Entries `(i, i + 1)`.
    pub next: Vec<f64>,
    /// Entries `(i, i + 2)`.
    pub second: Vec<f64>,
}

/// A factored ring matrix.
#[derive(Debug, Clone)]
pub struct RingFactors {
    pivot: Vec<f64>,
    inverse_pivot: Vec<f64>,
    lower_one: Vec<f64>,
    lower_two: Vec<f64>,
    border: [Vec<f64>; 2],
    solved_border: [Vec<f64>; 2],
    schur: [f64; 3],
}

impl RingMatrix {
    /// Factors the matrix once for many right-hand sides.
    pub fn factor(&self) -> RingFactors {
        let count = self.diagonal.len();
        let inner = count - 2;
        let mut factors = RingFactors {
            pivot: vec![0.0; inner],
            inverse_pivot: Vec::new(),
            lower_one: vec![0.0; inner],
            lower_two: vec![0.0; inner],
            border: [vec![0.0; inner], vec![0.0; inner]],
            solved_border: [Vec::new(), Vec::new()],
            schur: [0.0; 3],
        };
        self.factor_band(&mut factors, inner);
        factors.inverse_pivot = factors.pivot.iter().map(|pivot| 1.0 / pivot).collect();
        let [first, last] = &mut factors.border;
        first[inner - 2] += self.second[inner - 2];
        first[inner - 1] += self.next[inner - 1];
        first[0] += self.second[inner];
        last[inner - 1] += self.second[inner - 1];
        last[0] += self.next[inner + 1];
        last[1] += self.second[inner + 1];
        factors.solved_border =
            [factors.solve_band(&factors.border[0]), factors.solve_band(&factors.border[1])];
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        factors.schur = [
            self.diagonal[inner] - product(&factors.border[0], &factors.solved_border[0]),
            self.next[inner] - product(&factors.border[0], &factors.solved_border[1]),
            self.diagonal[inner + 1] - product(&factors.border[1], &factors.solved_border[1]),
        ];
        factors
    }

    fn factor_band(&self, factors: &mut RingFactors, inner: usize) {
        for i in 0..inner {
            let two = if i >= 2 { self.second[i - 2] } else { 0.0 };
            let mut one = if i >= 1 { self.next[i - 1] } else { 0.0 };
            let mut pivot = self.diagonal[i];
            if i >= 2 {
                factors.lower_two[i] = two / factors.pivot[i - 2];
                one -= factors.lower_two[i] * factors.pivot[i - 2] * factors.lower_one[i - 1];
                pivot -= factors.lower_two[i] * factors.lower_two[i] * factors.pivot[i - 2];
            }
            if i >= 1 {
                factors.lower_one[i] = one / factors.pivot[i - 1];
                pivot -= factors.lower_one[i] * factors.lower_one[i] * factors.pivot[i - 1];
            }
            factors.pivot[i] = pivot;
        }
    }
}

impl RingFactors {
    fn solve_band(&self, right: &[f64]) -> Vec<f64> {
        let count = self.pivot.len();
        let mut solution = right[..count].to_vec();
        for i in 1..count {
            solution[i] -= self.lower_one[i] * solution[i - 1];
            if i >= 2 {
                solution[i] -= self.lower_two[i] * solution[i - 2];
            }
        }
        for (value, inverse) in solution.iter_mut().zip(&self.inverse_pivot) {
            *value *= inverse;
        }
        for i in (0..count - 1).rev() {
            solution[i] -= self.lower_one[i + 1] * solution[i + 1];
            if i + 2 < count {
                solution[i] -= self.lower_two[i + 2] * solution[i + 2];
            }
        }
        solution
    }

    /// The solution for one right-hand side.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let inner = self.pivot.len();
        let mut solution = self.solve_band(right);
        let product = |a: &[f64]| a.iter().zip(&solution).map(|(x, y)| x * y).sum::<f64>();
        let first = right[inner] - product(&self.border[0]);
        let last = right[inner + 1] - product(&self.border[1]);
        let [a, b, c] = self.schur;
        let determinant = a * c - b * b;
        let first_value = (c * first - b * last) / determinant;
        let last_value = (a * last - b * first) / determinant;
        for (i, value) in solution.iter_mut().enumerate() {
            *value -= self.solved_border[0][i] * first_value + self.solved_border[1][i] * last_value;
        }
        solution.extend([first_value, last_value]);
        solution
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prng::Prng;

    #[test]
    fn solution_satisfies_the_ring_seed_3() {
        let count = 23;
        let mut prng = Prng::stream(3, &[]);
        let matrix = RingMatrix {
            diagonal: (0..count).map(|_| prng.between(6.0, 8.0)).collect(),
            next: (0..count).map(|_| prng.between(-1.5, 1.5)).collect(),
            second: (0..count).map(|_| prng.between(-1.0, 1.0)).collect(),
        };
        let right: Vec<f64> = (0..count).map(|_| prng.between(-5.0, 5.0)).collect();
        let x = matrix.factor().solve(&right);
        for i in 0..count {
            let (b, bb) = ((i + count - 1) % count, (i + count - 2) % count);
            let product = matrix.diagonal[i] * x[i]
                + matrix.next[i] * x[(i + 1) % count]
                + matrix.next[b] * x[b]
                + matrix.second[i] * x[(i + 2) % count]
                + matrix.second[bb] * x[bb];
            assert!((product - right[i]).abs() < 1e-10, "row {i}");
        }
    }
}
