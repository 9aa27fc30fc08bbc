//! YAML as a tree of texts, within limits.

use saphyr_parser::{Event, Parser};

/// Deepest nesting that is accepted; the sim's text has 5 levels.
const MAX_DEPTH: usize = 32;
/// Most values of a section that are accepted; a full field's is about 5,000.
const MAX_NODES: usize = 500_000;

/// A value of the session text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A text; a missing value is the empty one.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys with their values, in order.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The value below a key; the first when it occurs twice, `None` when this is not a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Node::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text below a key; empty when there is none.
    pub fn text(&self, key: &str) -> &str {
        match self.get(key) {
            Some(Node::Text(text)) => text,
            _ => "",
        }
    }

    /// The list below a key; empty when there is none.
    pub fn list(&self, key: &str) -> &[Node] {
        match self.get(key) {
            Some(Node::List(items)) => items,
            _ => &[],
        }
    }
}

/// A collection that is still open: its node, and the key that waits for a value.
struct Open {
    node: Node,
    key: Option<String>,
}

/// Parses one document. `None` when it is not YAML, is nested too deep or too long, or uses aliases: the sim never does, and they
/// are how a small file becomes a huge tree.
pub fn parse(yaml: &str) -> Option<Node> {
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    let mut nodes = 0;
    for event in Parser::new_from_str(yaml) {
        let (event, _) = event.ok()?;
        let done = match event {
            Event::Alias(_) => return None,
            Event::Scalar(text, ..) => Some(Node::Text(text.into_owned())),
            Event::SequenceStart(..) => begin(&mut open, Node::List(Vec::new())),
            Event::MappingStart(..) => begin(&mut open, Node::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|collection| collection.node),
            _ => None,
        };
        nodes += 1;
        if nodes > MAX_NODES || open.len() > MAX_DEPTH {
            return None;
        }
        if let Some(node) = done {
            match open.last_mut() {
                Some(parent) => place(parent, node),
                None => root = root.or(Some(node)),
            }
        }
    }
    root
}

fn begin(open: &mut Vec<Open>, node: Node) -> Option<Node> {
    open.push(Open { node, key: None });
    None
}

fn place(parent: &mut Open, node: Node) {
    match (&mut parent.node, parent.key.take()) {
        (Node::List(items), _) => items.push(node),
        (Node::Map(entries), Some(key)) => entries.push((key, node)),
        (Node::Map(_), None) => {
            // A collection as a key has no name to be found by.
            parent.key = Some(if let Node::Text(key) = node { key } else { String::new() });
        }
        (Node::Text(_), _) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_stands_where() {
        let tree = parse(" A: \"1\"\n L:\n - X: \"a\"\n   Y:\n - X: \"b\"\n").unwrap();
        assert_eq!(tree.text("A"), "1");
        assert_eq!(tree.list("L").iter().map(|item| item.text("X")).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(tree.list("L")[0].get("Y"), Some(&Node::Text(String::new())));
        assert_eq!(tree.text("L"), "");
        assert!(tree.get("L").is_some_and(|list| list.get("X").is_none()));
    }

    #[test]
    fn refuses_aliases_and_endless_nesting() {
        assert_eq!(parse("a: &x [1]\nb: *x\n"), None);
        assert_eq!(parse(&"[".repeat(5000)), None);
        let deep: String = (0..5000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert_eq!(parse(&deep), None);
        assert_eq!(parse("a: \"unclosed"), None);
    }
}
