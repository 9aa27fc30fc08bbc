//! A map of a test's own.

use std::path::PathBuf;

/// A path of its own, gone with the test.
pub struct TestMap(pub PathBuf);

impl TestMap {
    pub fn new(name: &str) -> Self {
        TestMap(std::env::temp_dir().join(format!("racing-coach-{name}-{}.map", std::process::id())))
    }
}

impl Drop for TestMap {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
        let _ = std::fs::remove_file(self.0.with_extension("map.event"));
    }
}
