//! The sim's own mapping and event on Windows, written and read: the real calls, for trials under Wine and on Windows.
//!
//! The mapping is backed by the paging file and goes with its last handle: as for the real sim, a reader that still holds it keeps the bytes of a dead
//! sim, and a new sim would then write into the same ones.

use crate::map_writer::MapWriter;
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use racing_coach_sources::live::atomic_bytes::AtomicBytes;
use racing_coach_sources::live::layout::{EVENT_NAME, MAP_NAME};
use racing_coach_sources::live::memory::{FindMemory, SimMemory};
use std::io;
use std::ptr::NonNull;
use std::time::Duration;
use windows_sys::Win32::Foundation::{
    CloseHandle, ERROR_FILE_NOT_FOUND, HANDLE, INVALID_HANDLE_VALUE, WAIT_OBJECT_0,
};
use windows_sys::Win32::System::Memory::{
    CreateFileMappingW, FILE_MAP, FILE_MAP_ALL_ACCESS, FILE_MAP_READ, MEMORY_BASIC_INFORMATION,
    MEMORY_MAPPED_VIEW_ADDRESS, MapViewOfFile, OpenFileMappingW, PAGE_READWRITE, UnmapViewOfFile,
    VirtualQuery,
};
use windows_sys::Win32::System::Threading::{
    CreateEventW, OpenEventW, SYNCHRONIZATION_SYNCHRONIZE, SetEvent, WaitForSingleObject,
};

/// A handle that is closed when dropped.
struct Handle(HANDLE);

// SAFETY: kernel objects may be used from any thread.
unsafe impl Send for Handle {}

impl Handle {
    fn new(handle: HANDLE) -> io::Result<Self> {
        if handle.is_null() { Err(io::Error::last_os_error()) } else { Ok(Handle(handle)) }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: it is ours and open.
        unsafe { CloseHandle(self.0) };
    }
}

/// A mapped view; unmapped before its handle closes.
struct View {
    bytes: AtomicBytes,
    start: NonNull<u8>,
    _mapping: Handle,
}

// SAFETY: the pointer is only an address; every access to what it points at is atomic.
unsafe impl Send for View {}

impl View {
    fn new(mapping: Handle, access: FILE_MAP) -> io::Result<Self> {
        // SAFETY: size 0 maps all of it.
        let view = unsafe { MapViewOfFile(mapping.0, access, 0, 0, 0) };
        let start = NonNull::new(view.Value.cast::<u8>()).ok_or_else(io::Error::last_os_error)?;
        let mut region = MEMORY_BASIC_INFORMATION::default();
        // SAFETY: fills `region`, of the size that is given.
        unsafe { VirtualQuery(view.Value, &mut region, size_of::<MEMORY_BASIC_INFORMATION>()) };
        // SAFETY: a view begins on a page and stays mapped until `drop`; nobody else in this process has it.
        let bytes = unsafe { AtomicBytes::new(start, region.RegionSize) };
        Ok(View { bytes, start, _mapping: mapping })
    }
}

impl Drop for View {
    fn drop(&mut self) {
        // SAFETY: mapped by `new`, unmapped once.
        unsafe { UnmapViewOfFile(MEMORY_MAPPED_VIEW_ADDRESS { Value: self.start.as_ptr().cast() }) };
    }
}

/// The sim's memory being written.
pub struct WindowsMapWriter {
    view: View,
    event: Handle,
}

impl WindowsMapWriter {
    /// Makes the sim's mapping and event.
    ///
    /// # Errors
    /// What the system says.
    pub fn create(bytes: usize) -> io::Result<Self> {
        let (map, event) = (wide(MAP_NAME), wide(EVENT_NAME));
        let none = std::ptr::null();
        // SAFETY: the names are closed by a zero and outlive the calls.
        let mapping = unsafe {
            CreateFileMappingW(INVALID_HANDLE_VALUE, none, PAGE_READWRITE, 0, bytes as u32, map.as_ptr())
        };
        // SAFETY: as above. It resets itself, as the sim's does.
        let event = unsafe { CreateEventW(none, 0, 0, event.as_ptr()) };
        Ok(WindowsMapWriter {
            view: View::new(Handle::new(mapping)?, FILE_MAP_ALL_ACCESS)?,
            event: Handle::new(event)?,
        })
    }
}

impl MapWriter for WindowsMapWriter {
    fn bytes(&self) -> AtomicBytes {
        self.view.bytes
    }

    fn signal(&self) {
        // SAFETY: the handle is open. A reader that is not woken looks for itself.
        unsafe { SetEvent(self.event.0) };
    }

    fn taken(&self) -> Option<i32> {
        None
    }

    fn wait_taken(&self, _tick: i32, _longest: Duration) -> bool {
        false
    }

    fn crash(self: Box<Self>) {
        // The system takes everything away but what readers hold, status bit and all.
    }
}

/// Finds the sim's mapping.
pub struct WindowsMapFinder;

impl FindMemory for WindowsMapFinder {
    fn find(&mut self) -> Result<Option<Box<dyn SimMemory>>, CodedError> {
        match open() {
            Ok(memory) => Ok(Some(Box::new(memory))),
            Err(cause) if cause.raw_os_error() == Some(ERROR_FILE_NOT_FOUND as i32) => Ok(None),
            Err(cause) => Err(CodedError::new(ErrorCode::SimMemoryUnreadable)
                .with("name", MAP_NAME)
                .with("cause", cause)),
        }
    }

    fn name(&self) -> String {
        MAP_NAME.to_owned()
    }
}

/// The sim's memory being read. It is let go of when the sim is silent, so that a new sim does not get the old bytes.
struct WindowsMemory {
    view: View,
    event: Handle,
}

fn open() -> io::Result<WindowsMemory> {
    let (map, event) = (wide(MAP_NAME), wide(EVENT_NAME));
    // SAFETY: the names are closed by a zero and outlive the calls.
    let mapping = unsafe { OpenFileMappingW(FILE_MAP_READ, 0, map.as_ptr()) };
    let view = View::new(Handle::new(mapping)?, FILE_MAP_READ)?;
    // SAFETY: as above.
    let event = unsafe { OpenEventW(SYNCHRONIZATION_SYNCHRONIZE, 0, event.as_ptr()) };
    Ok(WindowsMemory { view, event: Handle::new(event)? })
}

impl SimMemory for WindowsMemory {
    fn bytes(&self) -> AtomicBytes {
        self.view.bytes
    }

    fn wait(&mut self, longest: Duration) -> bool {
        // SAFETY: the handle is open.
        unsafe { WaitForSingleObject(self.event.0, longest.as_millis() as u32) == WAIT_OBJECT_0 }
    }

    fn alive(&mut self) -> bool {
        // Whether somebody else holds the mapping cannot be asked. Letting go and looking again can.
        false
    }
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}
