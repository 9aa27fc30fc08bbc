//! Whether the program that made the sim's mapping still runs. Windows does not tell who made a mapping; but the sim's programs are known by their
//! names, and the one that runs while the mapping is opened is the one that made it.

use super::windows_view::{owned, raw};
use std::os::windows::io::OwnedHandle;
use windows_sys::Win32::Foundation::{INVALID_HANDLE_VALUE, WAIT_TIMEOUT};
use windows_sys::Win32::System::Diagnostics::ToolHelp::{
    CreateToolhelp32Snapshot, PROCESSENTRY32W, Process32FirstW, Process32NextW, TH32CS_SNAPPROCESS,
};
use windows_sys::Win32::System::Threading::{OpenProcess, PROCESS_SYNCHRONIZE, WaitForSingleObject};

/// How the sims' programs begin, in small letters: iRacing's (`iRacingSim64DX11.exe`), and the one that writes like it.
const NAMES: [&str; 2] = ["iracingsim", "racing-coach-sim"];

/// A sim's process.
#[derive(Debug)]
pub(super) struct SimProcess {
    id: u32,
    /// `None` when this user may not even wait for it.
    handle: Option<OwnedHandle>,
}

impl SimProcess {
    /// The one that runs now; `None` when there is none of a known name.
    pub(super) fn find() -> Option<Self> {
        let id = ids().into_iter().next()?;
        // SAFETY: plain values.
        let handle = owned(unsafe { OpenProcess(PROCESS_SYNCHRONIZE, 0, id) }).ok();
        Some(SimProcess { id, handle })
    }

    pub(super) fn is_running(&self) -> bool {
        match &self.handle {
            // SAFETY: a process's handle, which is signalled once the process has ended.
            Some(handle) => unsafe { WaitForSingleObject(raw(handle), 0) == WAIT_TIMEOUT },
            None => ids().contains(&self.id),
        }
    }
}

/// Ids of all processes of the sims' names.
fn ids() -> Vec<u32> {
    let mut found = Vec::new();
    // SAFETY: plain values.
    let snapshot = unsafe { CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0) };
    if snapshot == INVALID_HANDLE_VALUE {
        return found;
    }
    let Ok(snapshot) = owned(snapshot) else { return found };
    let mut entry = PROCESSENTRY32W { dwSize: size_of::<PROCESSENTRY32W>() as u32, ..Default::default() };
    // SAFETY: a snapshot's handle, and an entry that says its size.
    let mut more = unsafe { Process32FirstW(raw(&snapshot), &raw mut entry) } != 0;
    while more {
        if is_sim(&entry.szExeFile) {
            found.push(entry.th32ProcessID);
        }
        // SAFETY: as above.
        more = unsafe { Process32NextW(raw(&snapshot), &raw mut entry) } != 0;
    }
    found
}

/// `name` ends with its first zero.
fn is_sim(name: &[u16]) -> bool {
    let end = name.iter().position(|unit| *unit == 0).unwrap_or(name.len());
    let name = String::from_utf16_lossy(&name[..end]).to_ascii_lowercase();
    NAMES.iter().any(|known| name.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sims_programs_are_known_by_how_their_names_begin() {
        let is = |name: &str| is_sim(&name.encode_utf16().chain([0, 9]).collect::<Vec<u16>>());
        assert!(is("iRacingSim64DX11.exe") && is("racing-coach-sim.exe"));
        assert!(!is("iRacingUI.exe") && !is("SimHubWPF.exe") && !is(""));
    }
}
