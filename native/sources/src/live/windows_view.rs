//! Named mappings and events of Windows, closed when they are dropped.

use super::atomic_bytes::AtomicBytes;
use std::ffi::c_void;
use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::ptr::{NonNull, null, null_mut};
use std::time::Duration;
use windows_sys::Win32::Foundation::{
    ERROR_ALREADY_EXISTS, GetLastError, HANDLE, INVALID_HANDLE_VALUE, WAIT_OBJECT_0, WAIT_TIMEOUT,
};
use windows_sys::Win32::System::Memory::{
    CreateFileMappingW, FILE_MAP_READ, FILE_MAP_WRITE, MEMORY_BASIC_INFORMATION, MEMORY_MAPPED_VIEW_ADDRESS,
    MapViewOfFile, OpenFileMappingW, PAGE_READWRITE, UnmapViewOfFile, VirtualQuery,
};
use windows_sys::Win32::System::Threading::{
    CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, CreateEventW, CreateWaitableTimerExW, OpenEventW,
    SYNCHRONIZATION_SYNCHRONIZE, SetEvent, SetWaitableTimer, TIMER_MODIFY_STATE, WaitForMultipleObjects,
    WaitForSingleObject,
};

/// How a view may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    ReadWrite,
}

impl Access {
    fn flags(self) -> u32 {
        match self {
            Access::Read => FILE_MAP_READ,
            Access::ReadWrite => FILE_MAP_READ | FILE_MAP_WRITE,
        }
    }
}

/// A whole mapping in view.
#[derive(Debug)]
pub(super) struct View {
    start: NonNull<u8>,
    len: usize,
    _mapping: OwnedHandle,
}

// SAFETY: the address means the same in every thread, and the bytes are only touched through `AtomicBytes`.
unsafe impl Send for View {}

impl View {
    /// Opens a mapping that somebody made; `NotFound` when nobody did.
    pub(super) fn open(name: &str, access: Access) -> io::Result<Self> {
        // SAFETY: the name ends with a zero and outlives the call.
        let mapping = owned(unsafe { OpenFileMappingW(access.flags(), 0, wide(name).as_ptr()) })?;
        Self::whole(mapping, access)
    }

    /// Makes a mapping of at least `bytes` zeros; `AlreadyExists` when there is one of this name.
    pub(super) fn create(name: &str, bytes: usize) -> io::Result<Self> {
        let (high, low) = ((bytes as u64 >> 32) as u32, bytes as u32);
        let name = wide(name);
        // SAFETY: no security attributes; the name ends with a zero and outlives the call.
        let handle = unsafe {
            CreateFileMappingW(INVALID_HANDLE_VALUE, null(), PAGE_READWRITE, high, low, name.as_ptr())
        };
        // SAFETY: reads the thread's own last error, right after the call that set it.
        let existed = unsafe { GetLastError() } == ERROR_ALREADY_EXISTS;
        let mapping = owned(handle)?;
        if existed {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "a mapping of this name exists"));
        }
        Self::whole(mapping, Access::ReadWrite)
    }

    fn whole(mapping: OwnedHandle, access: Access) -> io::Result<Self> {
        // SAFETY: the handle is a mapping's; length 0 means all of it.
        let address = unsafe { MapViewOfFile(raw(&mapping), access.flags(), 0, 0, 0) };
        let start = NonNull::new(address.Value.cast::<u8>()).ok_or_else(io::Error::last_os_error)?;
        let mut view = View { start, len: 0, _mapping: mapping };
        view.len = region_bytes(address.Value)?;
        Ok(view)
    }

    /// The bytes. They begin at a page.
    pub(super) fn bytes(&self) -> AtomicBytes<'_> {
        // SAFETY: mapped until `drop`, which waits for the view, page-aligned, and as long as the system says. A read-only view is only loaded from by those who opened it.
        unsafe { AtomicBytes::new(self.start, self.len) }
    }
}

impl Drop for View {
    fn drop(&mut self) {
        let address = MEMORY_MAPPED_VIEW_ADDRESS { Value: self.start.as_ptr().cast() };
        // SAFETY: the address that `MapViewOfFile` gave, once.
        unsafe { UnmapViewOfFile(address) };
    }
}

/// Bytes of the view that begins at `address`: whole pages, as the mapping itself does not tell its length.
fn region_bytes(address: *mut c_void) -> io::Result<usize> {
    let mut region = MEMORY_BASIC_INFORMATION::default();
    // SAFETY: the second argument has the size of the third.
    let filled = unsafe { VirtualQuery(address, &raw mut region, size_of::<MEMORY_BASIC_INFORMATION>()) };
    if filled == 0 { Err(io::Error::last_os_error()) } else { Ok(region.RegionSize) }
}

/// A named event, and a timer that ends a wait for it: a wait's own time limit follows the process's timer, whose ticks are 15.6 ms apart.
#[derive(Debug)]
pub(super) struct Event {
    event: OwnedHandle,
    /// Only to wait; `None` before Windows 10 1803, where the time limit has to do.
    timer: Option<OwnedHandle>,
}

/// A wait that its timer should have ended is given up after this much more.
const SPARE_MS: u32 = 50;

impl Event {
    /// Opens an event that somebody made, to wait on it; `NotFound` when nobody did.
    pub(super) fn open(name: &str) -> io::Result<Self> {
        // SAFETY: the name ends with a zero and outlives the call.
        owned(unsafe { OpenEventW(SYNCHRONIZATION_SYNCHRONIZE, 0, wide(name).as_ptr()) })
            .map(|event| Event { event, timer: timer().ok() })
    }

    /// Makes an event, or opens the one there is: readers may hold it longer than its maker lived. It wakes one waiter and falls back.
    pub(super) fn create(name: &str) -> io::Result<Self> {
        // SAFETY: no security attributes; the name ends with a zero and outlives the call.
        owned(unsafe { CreateEventW(null(), 0, 0, wide(name).as_ptr()) })
            .map(|event| Event { event, timer: None })
    }

    /// Wakes a waiter, now or when it comes.
    pub(super) fn set(&self) {
        // SAFETY: an event's handle. A failure only costs a wake-up.
        unsafe { SetEvent(raw(&self.event)) };
    }

    /// Waits `longest` at most; true when the event was set. Rounded up to whole milliseconds, so that it never spins.
    pub(super) fn wait(&self, longest: Duration) -> bool {
        let ms = u32::try_from(longest.as_nanos().div_ceil(1_000_000)).unwrap_or(u32::MAX - 1);
        match self.wait_ms(ms) {
            WAIT_OBJECT_0 => true,
            // The timer, or the time limit.
            WAIT_OBJECT_1 | WAIT_TIMEOUT => false,
            _ => {
                std::thread::sleep(longest);
                false
            }
        }
    }

    fn wait_ms(&self, ms: u32) -> u32 {
        let Some(timer) = self.timer.as_ref().filter(|timer| set(timer, ms)) else {
            // SAFETY: an event's handle.
            return unsafe { WaitForSingleObject(raw(&self.event), ms) };
        };
        let handles = [raw(&self.event), raw(timer)];
        // SAFETY: as many handles as are said; the first of them that is signalled is told.
        unsafe { WaitForMultipleObjects(2, handles.as_ptr(), 0, ms.saturating_add(SPARE_MS)) }
    }
}

const WAIT_OBJECT_1: u32 = WAIT_OBJECT_0 + 1;

/// A timer of high resolution that wakes one waiter.
fn timer() -> io::Result<OwnedHandle> {
    let access = TIMER_MODIFY_STATE | SYNCHRONIZATION_SYNCHRONIZE;
    // SAFETY: no security attributes, no name.
    owned(unsafe { CreateWaitableTimerExW(null(), null(), CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, access) })
}

/// Lets a timer run anew; false when it cannot.
fn set(timer: &OwnedHandle, ms: u32) -> bool {
    // In units of 100 ns; negative is from now on.
    let due = -10_000 * i64::from(ms);
    // SAFETY: a timer's handle, a time that outlives the call, and no routine.
    unsafe { SetWaitableTimer(raw(timer), &raw const due, 0, None, null(), 0) != 0 }
}

pub(super) fn raw(handle: &OwnedHandle) -> HANDLE {
    handle.as_raw_handle()
}

/// Takes what a call made; a null is its failure.
pub(super) fn owned(handle: HANDLE) -> io::Result<OwnedHandle> {
    if handle == null_mut() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: made by the call just before, and nobody else's.
    Ok(unsafe { OwnedHandle::from_raw_handle(handle) })
}

fn wide(name: &str) -> Vec<u16> {
    name.encode_utf16().chain([0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn a_short_wait_is_short() {
        let name = "Local\\RacingCoachTestShortWait";
        let made = Event::create(name).unwrap();
        let event = Event::open(name).unwrap();
        let mut waits_ms: Vec<f64> = (0..21)
            .map(|_| {
                let began = Instant::now();
                assert!(!event.wait(Duration::from_millis(2)));
                began.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        waits_ms.sort_by(f64::total_cmp);
        assert!((1.5..8.0).contains(&waits_ms[10]), "{waits_ms:?}");
        made.set();
        assert!(event.wait(Duration::from_secs(5)));
        // What the event cut short does not end the next wait.
        assert!(!event.wait(Duration::from_millis(20)));
    }
}
