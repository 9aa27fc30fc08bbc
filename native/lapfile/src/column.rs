//! The type in which a channel is stored: the smallest that gives every value back exactly.

use parquet::basic::{LogicalType, Repetition, Type as PhysicalType};
use parquet::errors::Result;
use parquet::schema::types::Type;
use racing_coach_core::{Channel, Sample};
use std::sync::Arc;

/// A column and its values.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Counts and enumerations; every value is a whole number in range.
    Int(Vec<i32>),
    /// Flag bits, as an unsigned number.
    Bits(Vec<i32>),
    /// Numbers that came from 32-bit floats.
    Float(Vec<f32>),
    /// Any other numbers.
    Double(Vec<f64>),
}

impl Values {
    /// The values of a channel; `None` when no sample carries it. A channel that is missing in some samples is stored as a floating-point
    /// number, which has NaN for that.
    pub fn of(channel: Channel, samples: &[Sample]) -> Option<Values> {
        let values: Vec<f64> = samples.iter().map(|sample| sample.get(channel)).collect();
        if values.iter().all(|value| value.is_nan()) {
            return None;
        }
        let whole = |low: f64, high: f64| {
            // The sign of zero would be lost in an integer.
            values.iter().all(|v| v.fract() == 0.0 && *v >= low && *v <= high && v.to_bits() != 1 << 63)
        };
        let counts = matches!(channel.unit(), "" | "bool" | "tick");
        if counts && whole(f64::from(i32::MIN), f64::from(i32::MAX)) {
            return Some(Values::Int(values.iter().map(|value| *value as i32).collect()));
        }
        if channel.unit() == "bits" && whole(0.0, f64::from(u32::MAX)) {
            return Some(Values::Bits(values.iter().map(|value| *value as u32 as i32).collect()));
        }
        if values.iter().all(|value| value.is_nan() || f64::from(*value as f32) == *value) {
            return Some(Values::Float(values.iter().map(|value| *value as f32).collect()));
        }
        Some(Values::Double(values))
    }

    /// The column's type in the schema.
    pub fn schema(&self, name: &str) -> Result<Arc<Type>> {
        let (physical, logical) = match self {
            Values::Int(_) => (PhysicalType::INT32, None),
            Values::Bits(_) => (PhysicalType::INT32, Some(LogicalType::integer(32, false))),
            Values::Float(_) => (PhysicalType::FLOAT, None),
            Values::Double(_) => (PhysicalType::DOUBLE, None),
        };
        let builder = Type::primitive_type_builder(name, physical)
            .with_repetition(Repetition::REQUIRED)
            .with_logical_type(logical);
        Ok(Arc::new(builder.build()?))
    }

    /// A value as a channel has it.
    pub fn get(&self, index: usize) -> f64 {
        match self {
            Values::Int(values) => f64::from(values[index]),
            Values::Bits(values) => f64::from(values[index] as u32),
            Values::Float(values) => f64::from(values[index]),
            Values::Double(values) => values[index],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(channel: Channel, values: &[f64]) -> Option<Values> {
        let samples: Vec<Sample> = values
            .iter()
            .map(|value| {
                let mut sample = Sample::EMPTY;
                sample.set(channel, *value);
                sample
            })
            .collect();
        Values::of(channel, &samples)
    }

    #[test]
    fn the_smallest_type_that_loses_nothing() {
        assert_eq!(of(Channel::Gear, &[-1.0, 4.0]), Some(Values::Int(vec![-1, 4])));
        assert_eq!(of(Channel::Gear, &[-1.0, 4.5]), Some(Values::Float(vec![-1.0, 4.5])));
        assert_eq!(of(Channel::SessionFlags, &[2_147_483_648.0]), Some(Values::Bits(vec![i32::MIN])));
        assert_eq!(of(Channel::SpeedMps, &[0.5]), Some(Values::Float(vec![0.5])));
        assert_eq!(of(Channel::LatitudeDeg, &[0.1]), Some(Values::Double(vec![0.1])));
        assert_eq!(of(Channel::FuelL, &[f64::NAN, f64::NAN]), None);
        assert!(matches!(of(Channel::Gear, &[f64::NAN, 1.0]), Some(Values::Float(_))));
        assert!(matches!(of(Channel::Gear, &[-0.0]), Some(Values::Float(_))));
    }
}
