//! What the worker may use. It takes these limits upon itself before it opens the file.

use std::io;

use rustix::process::{Resource, Rlimit, setrlimit};
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

/// Takes the limits upon this process, for ever. From here on it can write no file and leaves no core.
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
    Ok(())
}
