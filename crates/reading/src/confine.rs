//! What the worker may use. It takes these limits upon itself before it opens the file.

use std::io;

use libc::c_long;
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};
use serde::{Deserialize, Serialize};

/// What reading one file may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Length of a file that is still opened.
    pub input_bytes: u64,
    /// What the packed parts of a file may say they unfold to.
    pub unpacked_bytes: u64,
    /// Pixels of a picture that is still decoded.
    pub pixels: u64,
    /// Address space of the worker.
    pub memory_bytes: u64,
    /// Processor time of the worker.
    pub processor_seconds: u64,
    /// Time on the clock until the worker is killed.
    pub wait_seconds: u64,
    /// Files that the worker may hold open.
    pub open_files: u64,
    /// Length of an answer.
    pub answer_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 1 << 30,
            unpacked_bytes: 1 << 27,
            pixels: 100_000_000,
            memory_bytes: 2 << 30,
            processor_seconds: 20,
            wait_seconds: 40,
            open_files: 32,
            answer_bytes: 64 << 20,
        }
    }
}

impl Limits {
    /// What a copy of all pages may cost.
    pub(crate) fn of_a_copy(self) -> Self {
        Self { processor_seconds: 600, wait_seconds: 1_200, answer_bytes: 1 << 30, ..self }
    }

    /// What recognising the text of `pages` pages may cost. A page was measured to take 200 MB of memory; the address
    /// space stays as wide as for any reading, for the program's allocator reserves a gigabyte of it beforehand.
    pub(crate) fn of_scanning(self, pages: usize) -> Self {
        let pages = pages.max(1) as u64;
        Self { processor_seconds: 40 * pages, wait_seconds: 240 * pages, ..self }
    }
}

/// System calls that reading a file never needs: networks, other programs, other processes.
const REFUSED: [c_long; 12] = [
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_kill,
    libc::SYS_mount,
    libc::SYS_io_uring_setup,
];

/// Refuses the calls to this process and its threads, for ever.
fn refuse_calls() -> io::Result<()> {
    let rules = REFUSED.into_iter().map(|call| (call, vec![])).collect();
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let architecture = std::env::consts::ARCH.try_into().map_err(io::Error::other)?;
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, architecture).map_err(io::Error::other)?;
    let program: BpfProgram = filter.try_into().map_err(io::Error::other)?;
    apply_filter(&program).map_err(io::Error::other)
}

/// Takes the limits upon this process, for ever. From here on it can write no file, start no program, reach no
/// network, and leaves no core.
pub(crate) fn confine(limits: &Limits) -> io::Result<()> {
    let confined = [
        (Resource::Core, 0, 0),
        (Resource::Fsize, 0, 0),
        (Resource::Nofile, limits.open_files, limits.open_files),
        // Between the two the kernel sends a signal of its own, by which the caller knows the cause.
        (Resource::Cpu, limits.processor_seconds, limits.processor_seconds + 2),
        (Resource::As, limits.memory_bytes, limits.memory_bytes),
    ];
    for (resource, current, maximum) in confined {
        setrlimit(resource, Rlimit { current: Some(current), maximum: Some(maximum) })?;
    }
    refuse_calls()
}
