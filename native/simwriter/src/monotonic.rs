//! The machine's monotonic clock as a number that two processes can compare. `Instant` cannot be sent.

/// Nanoseconds since some moment that is the same for every process until the machine starts again.
#[cfg(target_os = "linux")]
pub fn now_ns() -> u64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    now.tv_sec as u64 * 1_000_000_000 + now.tv_nsec as u64
}

/// As on Linux, from the performance counter.
#[cfg(windows)]
pub fn now_ns() -> u64 {
    use windows_sys::Win32::System::Performance::{QueryPerformanceCounter, QueryPerformanceFrequency};
    let (mut count, mut per_s) = (0_i64, 0_i64);
    // SAFETY: both write one number to where they are told.
    unsafe {
        QueryPerformanceCounter(&mut count);
        QueryPerformanceFrequency(&mut per_s);
    }
    (i128::from(count) * 1_000_000_000 / i128::from(per_s.max(1))) as u64
}

/// Where neither is to be had, the wall clock: good enough for a trial.
#[cfg(not(any(target_os = "linux", windows)))]
pub fn now_ns() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos() as u64)
}
