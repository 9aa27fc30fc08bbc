//! A file-backed map for machines without the sim: the same bytes as the sim's mapping in a file, and beside it `FILE.event`, which stands
//! for the sim's event.
//!
//! ```text
//! FILE.event  0  u32  counts rows written; readers wait on it (a futex on Linux)
//!             4  i32  the newest tick that a reader took, for a writer in lockstep
//! ```
//!
//! The writer holds a lock on `FILE.event` for as long as it lives: the system drops it with the process, however that ends, and so a reader
//! knows a paused sim from a dead one.

use super::atomic_bytes::AtomicBytes;
use super::memory::{FindMemory, MapWriter, SimMemory};
use memmap2::{MmapOptions, MmapRaw};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::ptr::NonNull;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Bytes of the companion.
const EVENT_BYTES: u64 = 16;
const WRITTEN: usize = 0;
const TAKEN: usize = 4;

/// Where the writing sim and its readers meet when nothing else was said: the user's own folder for such things, `$XDG_RUNTIME_DIR`, else one in the
/// folder for temporary files that carries the user's number, so that two users do not meet.
pub fn default_map_path() -> PathBuf {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
    runtime.map_or_else(temporary_folder, |path| path.join("racing-coach")).join("sim.map")
}

#[cfg(target_os = "linux")]
fn temporary_folder() -> PathBuf {
    std::env::temp_dir().join(format!("racing-coach-{}", rustix::process::getuid().as_raw()))
}

/// Elsewhere the folder for temporary files is the user's own.
#[cfg(not(target_os = "linux"))]
fn temporary_folder() -> PathBuf {
    std::env::temp_dir().join("racing-coach")
}

/// The companion's path.
fn event_path(map: &Path) -> PathBuf {
    let mut name = map.as_os_str().to_os_string();
    name.push(".event");
    PathBuf::from(name)
}

/// A mapped file.
struct Mapped {
    file: File,
    map: MmapRaw,
}

impl Mapped {
    fn new(file: File) -> io::Result<Self> {
        let map = MmapOptions::new().map_raw(&file)?;
        Ok(Mapped { file, map })
    }

    /// The bytes.
    fn bytes(&self) -> AtomicBytes<'_> {
        // SAFETY: the map is page-aligned, writable, as long as it says, and borrowed for as long as the view.
        let view = |start| unsafe { AtomicBytes::new(start, self.map.len()) };
        NonNull::new(self.map.as_mut_ptr()).map_or_else(AtomicBytes::none, view)
    }
}

/// Finds a map at a path; see the module.
#[derive(Debug, Clone)]
pub struct FileMapFinder {
    path: PathBuf,
}

impl FileMapFinder {
    /// Looks for the map at `path`.
    pub fn new(path: &Path) -> Self {
        FileMapFinder { path: path.to_owned() }
    }
}

impl FindMemory for FileMapFinder {
    fn find(&mut self) -> Result<Option<Box<dyn SimMemory>>, CodedError> {
        match open_reader(&self.path) {
            Ok(reader) => Ok(reader.map(|reader| Box::new(reader) as Box<dyn SimMemory>)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(CodedError::new(ErrorCode::SimMemoryUnreadable)
                .with("name", self.path.display())
                .with("cause", cause)),
        }
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// A map whose writer is gone is no sim: it is what a crash left.
fn open_reader(path: &Path) -> io::Result<Option<FileMapReader>> {
    let open = |path: &Path| OpenOptions::new().read(true).write(true).open(path);
    let event = open(&event_path(path))?;
    let map = open(path)?;
    if event.metadata()?.len() < EVENT_BYTES || map.metadata()?.len() == 0 || !is_held(&event) {
        return Ok(None);
    }
    let event = Mapped::new(event)?;
    let seen = written(&event.bytes());
    Ok(Some(FileMapReader { map: Mapped::new(map)?, event, path: path.to_owned(), seen }))
}

/// Whether a writer holds its lock.
fn is_held(event: &File) -> bool {
    match event.try_lock_shared() {
        Ok(()) => {
            // Given back at once; failing to is the same as never having had it.
            let _ = event.unlock();
            false
        }
        Err(TryLockError::WouldBlock) => true,
        Err(TryLockError::Error(_)) => false,
    }
}

/// Whether this is still the file at this path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |found: std::fs::Metadata| (found.dev(), found.ino());
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(own), Ok(there)) => identity(own) == identity(there),
        _ => false,
    }
}

/// Elsewhere a file that somebody has mapped cannot be taken away.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// A map that is read.
struct FileMapReader {
    map: Mapped,
    event: Mapped,
    path: PathBuf,
    /// The count of rows when it last woke: one that was written between two waits ends the second at once, as with the sim's event.
    seen: u32,
}

impl SimMemory for FileMapReader {
    fn bytes(&self) -> AtomicBytes<'_> {
        self.map.bytes()
    }

    fn wait(&mut self, longest: Duration) -> bool {
        if written(&self.event.bytes()) == self.seen {
            wait_while(&self.event.bytes(), WRITTEN, self.seen, longest);
        }
        let before = std::mem::replace(&mut self.seen, written(&self.event.bytes()));
        before != self.seen
    }

    /// The lock alone does not say it: another sim may have made another map at once and hold it now.
    fn alive(&mut self) -> bool {
        is_held(&self.event.file) && is_at(&self.map.file, &self.path)
    }

    fn taken(&self, tick: i32) {
        self.event.bytes().store_i32(TAKEN, tick, Ordering::Release);
        wake(&self.event.bytes(), TAKEN);
    }
}

/// A map that is written: what a sim would make. Dropped, it is gone.
pub struct FileMapWriter {
    map: Mapped,
    event: Mapped,
    path: PathBuf,
    /// Kept after the end, as after a crash.
    leave: bool,
}

impl FileMapWriter {
    /// Makes a map of `bytes` zeros at `path`, in place of an older one. A reader sees it when it is whole.
    ///
    /// # Errors
    /// What the system says; `AlreadyExists` when another writer lives at this path.
    pub fn create(path: &Path, bytes: usize) -> io::Result<Self> {
        let open =
            |path: &Path| OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let event = open(&event_path(path))?;
        claim(&event)?;
        event.set_len(EVENT_BYTES)?;
        let event = Mapped::new(event)?;
        event.bytes().store_i32(TAKEN, i32::MIN, Ordering::Relaxed);
        // A new file, not the old one emptied: a reader that still has the old one mapped must not be killed by its end.
        match std::fs::remove_file(path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
            _ => {}
        }
        let map = open(path)?;
        map.set_len(bytes as u64)?;
        Ok(FileMapWriter { map: Mapped::new(map)?, event, path: path.to_owned(), leave: false })
    }

    /// The bytes.
    pub fn bytes(&self) -> AtomicBytes<'_> {
        self.map.bytes()
    }

    /// Tells readers that a row is there.
    pub fn signal(&self) {
        if let Some(count) = self.event.bytes().word_u32(WRITTEN) {
            count.fetch_add(1, Ordering::Release);
        }
        wake(&self.event.bytes(), WRITTEN);
    }

    /// The newest tick that a reader took; `i32::MIN` before the first.
    pub fn taken(&self) -> i32 {
        self.event.bytes().load_i32(TAKEN, Ordering::Acquire).unwrap_or(i32::MIN)
    }

    /// Waits until a reader took `tick` or a later one; false when it did not within `longest`.
    pub fn wait_taken(&self, tick: i32, longest: Duration) -> bool {
        let end = Instant::now() + longest;
        loop {
            let taken = self.taken();
            if taken >= tick {
                return true;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            wait_while(&self.event.bytes(), TAKEN, taken as u32, left.min(Duration::from_millis(20)));
        }
    }

    /// Ends as a sim that crashes: the files stay as they are, the lock goes.
    pub fn crash(mut self) {
        self.leave = true;
    }
}

impl MapWriter for FileMapWriter {
    fn bytes(&self) -> AtomicBytes<'_> {
        FileMapWriter::bytes(self)
    }

    fn signal(&self) {
        FileMapWriter::signal(self);
    }

    fn taken(&self) -> i32 {
        FileMapWriter::taken(self)
    }

    fn wait_taken(&self, tick: i32, longest: Duration) -> bool {
        FileMapWriter::wait_taken(self, tick, longest)
    }

    fn crash(self: Box<Self>) {
        FileMapWriter::crash(*self);
    }
}

impl Drop for FileMapWriter {
    fn drop(&mut self) {
        if !self.leave {
            // Gone already is as good.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Takes the writer's lock. A reader that asks whether it is held holds it for a moment itself: so more than once.
fn claim(event: &File) -> io::Result<()> {
    for _ in 0..20 {
        if event.try_lock().is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "another writer is using this map"))
}

/// The count of rows written.
fn written(event: &AtomicBytes) -> u32 {
    event.word_u32(WRITTEN).map_or(0, |count| count.load(Ordering::Acquire))
}

#[cfg(target_os = "linux")]
fn wait_while(event: &AtomicBytes, at: usize, value: u32, longest: Duration) {
    use rustix::thread::futex;
    let Some(word) = event.word_u32(at) else { return };
    let timeout = futex::Timespec::try_from(longest).ok();
    // Woken, timed out, or no longer that value: the caller looks for itself.
    let _ = futex::wait(word, futex::Flags::empty(), value, timeout.as_ref());
}

#[cfg(target_os = "linux")]
fn wake(event: &AtomicBytes, at: usize) {
    use rustix::thread::futex;
    if let Some(word) = event.word_u32(at) {
        // Nobody waiting is no failure.
        let _ = futex::wake(word, futex::Flags::empty(), i32::MAX as u32);
    }
}

/// Where there is no futex across processes we look often; this map is for trials.
#[cfg(not(target_os = "linux"))]
fn wait_while(event: &AtomicBytes, at: usize, value: u32, longest: Duration) {
    let end = Instant::now() + longest;
    while event.word_u32(at).is_some_and(|word| word.load(Ordering::Acquire) == value) && Instant::now() < end
    {
        std::thread::sleep(Duration::from_micros(200));
    }
}

#[cfg(not(target_os = "linux"))]
fn wake(_event: &AtomicBytes, _at: usize) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("racing-coach-{name}-{}.map", std::process::id()))
    }

    #[test]
    fn a_reader_finds_the_map_only_while_its_writer_lives() {
        let path = path("lives");
        let mut finder = FileMapFinder::new(&path);
        assert!(finder.find().unwrap().is_none(), "nothing there");
        let writer = FileMapWriter::create(&path, 4096).unwrap();
        assert!(FileMapWriter::create(&path, 4096).is_err(), "one writer at a time");
        let mut reader = finder.find().unwrap().unwrap();
        assert!(reader.alive());
        assert!(writer.bytes().store(100, b"hello"));
        let mut out = [0; 5];
        assert!(reader.bytes().copy(100, &mut out));
        assert_eq!(&out, b"hello");
        writer.crash();
        assert!(!reader.alive());
        assert!(path.exists() && finder.find().unwrap().is_none(), "what a crash leaves is no sim");
        let again = FileMapWriter::create(&path, 8192).unwrap();
        assert!(!reader.bytes().copy(5000, &mut out), "the old view stays what it was");
        assert!(!reader.alive(), "another sim is not the one that crashed");
        assert_eq!(finder.find().unwrap().unwrap().bytes().len(), 8192);
        drop(again);
        assert!(!path.exists());
        let _ = std::fs::remove_file(event_path(&path));
    }

    #[test]
    fn waiting_ends_with_the_row_and_lockstep_with_its_taking() {
        let path = path("waits");
        let writer = FileMapWriter::create(&path, 4096).unwrap();
        let mut reader = FileMapFinder::new(&path).find().unwrap().unwrap();
        assert!(!reader.wait(Duration::from_millis(5)), "nothing was written");
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(20));
            writer.signal();
            let taken = writer.wait_taken(7, Duration::from_secs(20));
            (writer, taken)
        });
        assert!(reader.wait(Duration::from_secs(20)));
        reader.taken(7);
        let (writer, taken) = thread.join().unwrap();
        assert!(taken && !writer.wait_taken(8, Duration::from_millis(5)));
        drop(writer);
        let _ = std::fs::remove_file(event_path(&path));
    }
}
