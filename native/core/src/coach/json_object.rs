//! Writes JSON objects into a string.
//!
//! Numbers are rounded to a millionth of their unit and written in the shortest form that reads back as the same number, so the
//! text is the same on every system. What is not finite is `null`; minus zero is `0`.

use std::fmt::Write;

/// Writes the members of one JSON object.
pub(super) struct Object<'a> {
    out: &'a mut String,
    empty: bool,
}

impl<'a> Object<'a> {
    pub fn open(out: &'a mut String) -> Self {
        out.push('{');
        Object { out, empty: true }
    }

    pub fn close(self) {
        self.out.push('}');
    }

    fn key(&mut self, key: &str) {
        if !self.empty {
            self.out.push(',');
        }
        self.empty = false;
        write_text(self.out, key);
        self.out.push(':');
    }

    pub fn raw(&mut self, key: &str, json: &str) {
        self.key(key);
        self.out.push_str(json);
    }

    pub fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        write_text(self.out, value);
    }

    pub fn flag(&mut self, key: &str, value: bool) {
        self.raw(key, if value { "true" } else { "false" });
    }

    pub fn count(&mut self, key: &str, value: u64) {
        self.key(key);
        write_display(self.out, value);
    }

    pub fn signed(&mut self, key: &str, value: i64) {
        self.key(key);
        write_display(self.out, value);
    }

    pub fn number(&mut self, key: &str, value: f64) {
        self.key(key);
        write_number(self.out, value);
    }

    pub fn texts<'b>(&mut self, key: &str, values: impl Iterator<Item = &'b str>) {
        self.key(key);
        self.out.push('[');
        for (at, value) in values.enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            write_text(self.out, value);
        }
        self.out.push(']');
    }

    pub fn optional(&mut self, key: &str, value: Option<f64>) {
        self.number(key, value.unwrap_or(f64::NAN));
    }

    pub fn nested(&mut self, key: &str) -> Object<'_> {
        self.key(key);
        Object::open(self.out)
    }
}

fn write_display(out: &mut String, value: impl std::fmt::Display) {
    // Writing into a String cannot fail.
    let _ = write!(out, "{value}");
}

fn write_number(out: &mut String, value: f64) {
    const MICRO: f64 = 1e6;
    /// Beyond this a double has no millionths left to round.
    const LARGE: f64 = 1e9;
    if !value.is_finite() {
        out.push_str("null");
        return;
    }
    let rounded = if value.abs() < LARGE { (value * MICRO).round() / MICRO } else { value };
    // Adding zero turns minus zero into zero.
    write_display(out, rounded + 0.0);
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            control if control < ' ' => {
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64) -> String {
        let mut out = String::new();
        write_number(&mut out, value);
        out
    }

    #[test]
    fn numbers_are_short_and_never_garbage() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
            (-1e-9, "0"),
            (f64::NAN, "null"),
            (f64::NEG_INFINITY, "null"),
            (92.123_456_789, "92.123457"),
            (1e300, &format!("1{}", "0".repeat(300))),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text, "{value}");
        }
    }

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        write_text(&mut out, "a\"b\\c\u{1}ü");
        assert_eq!(out, "\"a\\\"b\\\\c\\u0001ü\"");
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), "a\"b\\c\u{1}ü");
    }
}
