//! Makes valid YAML of session text.
//!
//! The sim writes values as they are: names with colons, quotes, backslashes, tabs, control characters or line feeds, and values that begin
//! with characters that mean something to YAML (`* & @ % ? - , ! # [ {`). Its text uses nothing of YAML but block mappings and lists, so the
//! repair is the same for every line: find the key, put the rest in double quotes. Numbers become strings thereby; whoever wants a number
//! parses it with its unit anyway.

/// One section of the text: a key in the first column, and the lines up to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The key, for example `DriverInfo`.
    pub name: String,
    /// Repaired YAML of what stands below the key.
    pub yaml: String,
}

/// Splits text into its sections and repairs each. A section that occurs again is kept too; readers take the first.
pub fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for raw in text.split('\n') {
        let clean: String = raw.trim_end().chars().map(printable).collect();
        if let Some(name) = section_name(&clean) {
            close(&mut sections, &mut lines);
            sections.push(Section { name: name.to_owned(), yaml: String::new() });
        } else if !clean.trim().is_empty() && !matches!(clean.as_str(), "---" | "...") {
            add(&mut lines, clean);
        }
    }
    close(&mut sections, &mut lines);
    sections
}

/// A line as it will be written, and the value's end still open for a continuation.
struct Line {
    head: String,
    value: Option<String>,
}

fn close(sections: &mut [Section], lines: &mut Vec<Line>) {
    let lines = std::mem::take(lines);
    let Some(section) = sections.last_mut() else { return };
    for line in lines {
        section.yaml.push_str(&line.head);
        if let Some(value) = line.value {
            section.yaml.push(' ');
            section.yaml.push_str(&quoted(&value));
        }
        section.yaml.push('\n');
    }
}

/// Adds a line; one without a key is the rest of a value that contains a line feed.
fn add(lines: &mut Vec<Line>, text: String) {
    match split_key(&text) {
        Some((head, value)) => {
            let value = value.trim();
            let value = (!value.is_empty()).then(|| value.to_owned());
            lines.push(Line { head: head.to_owned(), value });
        }
        None => {
            if let Some(line) = lines.last_mut() {
                let value = line.value.get_or_insert_default();
                value.push(' ');
                value.push_str(text.trim());
            }
        }
    }
}

/// `WeekendInfo:` in the first column and nothing behind it. A name that contains a line feed can put text there as well, but hardly a
/// single word with a colon.
fn section_name(line: &str) -> Option<&str> {
    let name = line.strip_suffix(':')?;
    let word = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(is_key_character);
    word.then_some(name)
}

/// Splits `  - Key: value` behind the colon; `  - value` behind the dash.
fn split_key(line: &str) -> Option<(&str, &str)> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    if indent == 0 {
        return None;
    }
    let mut key_at = indent;
    while line[key_at..].starts_with("- ") {
        key_at += 1 + line[key_at + 1..].len() - line[key_at + 1..].trim_start_matches(' ').len();
    }
    let key_bytes = line[key_at..].find(|c: char| !is_key_character(c)).unwrap_or(line.len() - key_at);
    let colon_at = key_at + key_bytes;
    let after = line[colon_at..].strip_prefix(':');
    let is_key = key_bytes > 0 && after.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if is_key {
        return Some(line.split_at(colon_at + 1));
    }
    (key_at > indent).then(|| line.split_at(key_at - 1))
}

fn is_key_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '(' | ')' | '/' | '.' | '-' | '%')
}

/// What YAML does not allow even in quotes, and tabs, become spaces.
fn printable(character: char) -> char {
    let allowed = !character.is_control()
        && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    if allowed { character } else { ' ' }
}

/// The value in double quotes. One that is quoted already, and rightly so, stays.
fn quoted(value: &str) -> String {
    if is_quoted(value) {
        return value.to_owned();
    }
    let mut text = String::with_capacity(value.len() + 2);
    text.push('"');
    for character in value.chars() {
        if matches!(character, '"' | '\\') {
            text.push('\\');
        }
        text.push(character);
    }
    text.push('"');
    text
}

/// A whole value in double quotes with no escapes but `\"` and `\\`, which are the ones that we write and the sim may.
fn is_quoted(value: &str) -> bool {
    let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        let ok = match character {
            '"' => false,
            '\\' => matches!(characters.next(), Some('"' | '\\')),
            _ => true,
        };
        if !ok {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(body: &str) -> String {
        let mut all = sections(&format!("---\nDriverInfo:\n{body}"));
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0).yaml
    }

    #[test]
    fn quotes_values_and_leaves_quoted_ones() {
        assert_eq!(repaired(" UserName: Max: the Man"), " UserName: \"Max: the Man\"\n");
        assert_eq!(repaired(" - CarNumber: \"07\""), " - CarNumber: \"07\"\n");
        assert_eq!(repaired(" - A: \"He\" said\\"), " - A: \"\\\"He\\\" said\\\\\"\n");
        assert_eq!(repaired(" A: \"ends with \\\""), " A: \"\\\"ends with \\\\\\\"\"\n");
        assert_eq!(repaired(" A: \""), " A: \"\\\"\"\n");
    }

    #[test]
    fn keeps_structure() {
        assert_eq!(
            repaired(" Drivers:\n - CarIdx: 0\n   Name:\n"),
            " Drivers:\n - CarIdx: \"0\"\n   Name:\n"
        );
        assert_eq!(repaired(" List:\n  - plain, @x\n"), " List:\n  - \"plain, @x\"\n");
    }

    #[test]
    fn folds_line_feeds_inside_values() {
        assert_eq!(repaired(" A: one\ntwo: three\n B: x\n"), " A: \"one two: three\"\n B: \"x\"\n");
        assert_eq!(repaired(" A: one\r\n\ttwo * three\r\n"), " A: \"one two * three\"\n");
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(repaired(" A: a\tb\u{7}c\u{81}d\u{0}e"), " A: \"a b c d e\"\n");
    }

    #[test]
    fn text_before_the_first_section_is_dropped() {
        assert!(sections("junk\n more: junk\n").is_empty());
    }
}
