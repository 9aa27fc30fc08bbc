//! A file that appears whole under its name, or not at all.

use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Written beside its final place and renamed by [`commit`](Self::commit); dropped without it, nothing remains. The temporary name
/// carries the process id, so that two processes that write the same file do not mix.
pub struct NewFile {
    file: Option<File>,
    temporary: PathBuf,
    target: PathBuf,
}

impl NewFile {
    /// Opens the temporary file in the target's folder.
    ///
    /// # Errors
    /// `output-exists` with the cause.
    pub fn create(target: &Path) -> Result<Self, CodedError> {
        let mut name = target.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}.part", std::process::id()));
        let temporary = target.with_file_name(name);
        let file = File::create(&temporary).map_err(|cause| Self::error(target, &cause))?;
        Ok(NewFile { file: Some(file), temporary, target: target.to_owned() })
    }

    /// Flushes to disk and gives the file its name; an older file of that name is replaced.
    ///
    /// # Errors
    /// `disk-full`, or `output-exists` with the cause.
    pub fn commit(mut self) -> Result<(), CodedError> {
        let done = self.file.take().map_or(Ok(()), |file| file.sync_all());
        done.and_then(|()| fs::rename(&self.temporary, &self.target))
            .map_err(|cause| Self::error(&self.target, &cause))
    }

    /// The coded error for a failed write.
    pub fn error(target: &Path, cause: &io::Error) -> CodedError {
        if cause.kind() == io::ErrorKind::StorageFull {
            return CodedError::new(ErrorCode::DiskFull).with("what", target.display());
        }
        CodedError::new(ErrorCode::OutputExists).with("file", target.display()).with("cause", cause)
    }

    fn open(&mut self) -> io::Result<&mut File> {
        self.file.as_mut().ok_or_else(|| io::Error::other("already closed"))
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Closed first: Windows deletes no open file. After a commit the temporary name is gone and this fails, rightly unseen.
        self.file = None;
        let _ = fs::remove_file(&self.temporary);
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.open()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.open()?.flush()
    }
}

impl Seek for NewFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.open()?.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appears_whole_or_not_at_all() {
        let folder = std::env::temp_dir().join(format!("racing-coach-new-file-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let target = folder.join("a.txt");
        let mut file = NewFile::create(&target).unwrap();
        file.write_all(b"half").unwrap();
        assert!(!target.exists());
        drop(file);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "a dropped file leaves nothing");
        let mut file = NewFile::create(&target).unwrap();
        file.write_all(b"whole").unwrap();
        file.commit().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"whole");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = NewFile::create(Path::new("no-such-folder/a.ibt")).err().unwrap();
        assert_eq!(error.code, ErrorCode::OutputExists);
        assert!(error.to_string().starts_with("no-such-folder/a.ibt: cannot be written"));
    }
}
