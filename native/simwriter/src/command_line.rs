//! The programs' command lines: one table of options, from which parsing and help follow. Parsing notes every problem before anything is done.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::str::FromStr;

/// An option.
#[derive(Debug, Clone, Copy)]
pub struct OptionSpec {
    /// With its dashes.
    pub name: &'static str,
    /// What its value is; empty for a switch.
    pub value: &'static str,
    /// One line.
    pub help: &'static str,
}

/// What was typed, checked against a table.
#[derive(Debug, Default)]
pub struct Words {
    values: BTreeMap<&'static str, String>,
    /// Words that are no options, in order.
    pub plain: Vec<String>,
    /// What is wrong, in sentences.
    pub problems: Vec<String>,
    /// Help was asked for.
    pub help: bool,
}

impl Words {
    /// Reads words by a table.
    pub fn parse(words: impl Iterator<Item = String>, table: &'static [OptionSpec]) -> Self {
        let mut read = Words::default();
        let mut words = words.peekable();
        while let Some(word) = words.next() {
            if word == "--help" || word == "-h" {
                read.help = true;
            } else if !word.starts_with("--") {
                read.plain.push(word);
            } else if let Some(option) = table.iter().find(|option| option.name == word) {
                let value = if option.value.is_empty() { Some(String::new()) } else { words.next() };
                match value {
                    Some(value) => _ = read.values.insert(option.name, value),
                    None => read.problems.push(format!("{word} needs {}.", option.value)),
                }
            } else {
                read.problems.push(format!("There is no option {word}."));
            }
        }
        read
    }

    /// Whether a switch or option was given.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// An option's text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// An option's number inside `range`, or what stands for a missing one; a bad one is noted as a problem.
    pub fn number<T>(&mut self, name: &'static str, missing: T, range: std::ops::RangeInclusive<T>) -> T
    where
        T: FromStr + PartialOrd + std::fmt::Display + Copy,
    {
        let Some(text) = self.values.get(name) else { return missing };
        match text.parse::<T>() {
            Ok(number) if range.contains(&number) => number,
            _ => {
                let (from, to) = (range.start(), range.end());
                self.problems.push(format!("{name} takes a number from {from} to {to}, not {text}."));
                missing
            }
        }
    }
}

/// The lines of help for a table.
pub fn help(table: &[OptionSpec]) -> String {
    let mut text = String::new();
    for OptionSpec { name, value, help } in table {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {:<24} {help}", format!("{name} {value}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[OptionSpec] = &[
        OptionSpec { name: "--cars", value: "N", help: "" },
        OptionSpec { name: "--loop", value: "", help: "" },
    ];

    fn parse(line: &str) -> Words {
        Words::parse(line.split_whitespace().map(str::to_owned), TABLE)
    }

    #[test]
    fn every_problem_is_noted() {
        let mut words = parse("play a.ibt --loop --cars many --colour red --cars");
        assert_eq!(words.plain, ["play", "a.ibt", "red"]);
        assert!(words.has("--loop"));
        assert_eq!(words.number("--cars", 3, 0..=63), 3);
        assert_eq!(words.problems.len(), 3, "{:?}", words.problems);
    }

    #[test]
    fn numbers_outside_of_their_range_are_problems() {
        let mut words = parse("--cars 64");
        words.number("--cars", 0, 0..=63);
        assert_eq!(words.problems, ["--cars takes a number from 0 to 63, not 64."]);
        assert_eq!(parse("--cars 63").number("--cars", 0, 0..=63), 63);
    }
}
