//! Bytes to text.

use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// Decodes session text. It is Windows-1252; a setting of the sim (`irsdkUtf8SessionStr`) makes it UTF-8, and names in
/// Windows-1252 with letters above 0x7f are practically never valid UTF-8, so that is tried first. What the code page leaves undefined
/// (0x81, 0x8d, 0x8f, 0x90, 0x9d) becomes a control character, which the repair turns into a space.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_both_encodings() {
        assert_eq!(decode(b"UserName: Andr\xe9 \x8akoda \x80"), "UserName: André Škoda €");
        assert_eq!(decode("UserName: André Škoda €".as_bytes()), "UserName: André Škoda €");
        assert_eq!(decode(b"UserName: a\x81b"), "UserName: a\u{81}b");
        assert_eq!(decode("\u{feff}---".as_bytes()), "---");
    }
}
