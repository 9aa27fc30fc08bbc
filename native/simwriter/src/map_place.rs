//! Where a sim's memory is made: a file-backed map, or the sim's own names on Windows.

use racing_coach_sources::live::file_map::FileMapWriter;
use racing_coach_sources::live::memory::MapWriter;
use std::io;
use std::path::{Path, PathBuf};

/// Where a sim's memory is made, as often as the sim is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapPlace {
    /// A file.
    File(PathBuf),
    /// The sim's own names, on Windows.
    #[cfg(windows)]
    Named,
}

impl MapPlace {
    /// The file, or what the system's readers look for: the sim's names on Windows, else the default file.
    pub fn new(file: Option<&Path>) -> Self {
        match file {
            Some(path) => MapPlace::File(path.to_owned()),
            #[cfg(windows)]
            None => MapPlace::Named,
            #[cfg(not(windows))]
            None => MapPlace::File(racing_coach_sources::live::file_map::default_map_path()),
        }
    }

    /// Makes a memory of zeros.
    ///
    /// # Errors
    /// What the system says.
    pub fn make(&self, bytes: usize) -> io::Result<Box<dyn MapWriter>> {
        match self {
            MapPlace::File(path) => {
                make_folder(path)?;
                Ok(Box::new(FileMapWriter::create(path, bytes)?))
            }
            #[cfg(windows)]
            MapPlace::Named => {
                Ok(Box::new(racing_coach_sources::live::windows_map::WindowsMapWriter::create(bytes)?))
            }
        }
    }

    /// For people.
    pub fn name(&self) -> String {
        match self {
            MapPlace::File(path) => path.display().to_string(),
            #[cfg(windows)]
            MapPlace::Named => racing_coach_sources::live::layout::MAP_NAME.to_owned(),
        }
    }
}

/// The folder is the user's alone: what lies in it says who drives.
fn make_folder(path: &Path) -> io::Result<()> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists())
    else {
        return Ok(());
    };
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}
