//! What the worker may use. It takes these limits upon itself before it opens the file.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::net::UdpSocket;
use std::os::unix::net::UnixDatagram;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, RestrictionStatus, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetError, RulesetStatus, path_beneath_rules,
};
use libc::c_long;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    apply_filter,
};
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

/// What a worker is kept from. Where the kernel refuses the means, reading goes on under what is left, and whoever
/// runs the court is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confinement {
    /// From taking more memory than it may.
    Memory,
    /// From taking more of the processor than it may.
    Time,
    /// From reaching a network, or another process.
    Network,
    /// From starting a program.
    Programs,
    /// From writing a file.
    Writing,
    /// From reading any file but those it was given.
    OtherFiles,
}

impl Confinement {
    /// Returns the stable name of it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Time => "time",
            Self::Network => "network",
            Self::Programs => "programs",
            Self::Writing => "writing",
            Self::OtherFiles => "other-files",
        }
    }
}

/// System calls that reading a file never needs: networks, other programs, other processes, changes to folders.
const REFUSED: [c_long; 29] = [
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
    libc::SYS_tkill,
    libc::SYS_tgkill,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_mount,
    libc::SYS_io_uring_setup,
    // Its flags lie in memory, where a filter cannot look.
    libc::SYS_openat2,
    libc::SYS_unlinkat,
    libc::SYS_renameat2,
    libc::SYS_mkdirat,
    libc::SYS_mknodat,
    libc::SYS_linkat,
    libc::SYS_symlinkat,
    libc::SYS_truncate,
    libc::SYS_fchmodat,
    libc::SYS_fchownat,
];
/// The same under the names that only older processors have.
#[cfg(target_arch = "x86_64")]
const REFUSED_TOO: [c_long; 11] = [
    libc::SYS_fork,
    libc::SYS_vfork,
    libc::SYS_creat,
    libc::SYS_unlink,
    libc::SYS_rename,
    libc::SYS_renameat,
    libc::SYS_mkdir,
    libc::SYS_rmdir,
    libc::SYS_link,
    libc::SYS_symlink,
    libc::SYS_chmod,
];
#[cfg(not(target_arch = "x86_64"))]
const REFUSED_TOO: [c_long; 0] = [];
/// Where the flags of opening a file stand among the arguments.
#[cfg(target_arch = "x86_64")]
const OPENING: [(c_long, u8); 2] = [(libc::SYS_openat, 2), (libc::SYS_open, 1)];
#[cfg(not(target_arch = "x86_64"))]
const OPENING: [(c_long, u8); 1] = [(libc::SYS_openat, 2)];

/// Opening a file with these flags.
fn opened_with(place: u8, mask: i32, value: i32) -> Result<SeccompRule, seccompiler::BackendError> {
    let mask = SeccompCmpOp::MaskedEq(u64::from(mask.unsigned_abs()));
    let flags = SeccompCondition::new(place, SeccompCmpArgLen::Dword, mask, u64::from(value.unsigned_abs()))?;
    SeccompRule::new(vec![flags])
}

/// Refuses the calls to this process and its threads, for ever, but for those `allowed`.
fn refuse_calls(allowed: &[c_long]) -> io::Result<()> {
    let refused = REFUSED.into_iter().chain(REFUSED_TOO).filter(|call| !allowed.contains(call));
    let mut rules: BTreeMap<c_long, Vec<SeccompRule>> = refused.map(|call| (call, vec![])).collect();
    for (call, place) in OPENING {
        let to_write = [
            opened_with(place, libc::O_ACCMODE, libc::O_WRONLY),
            opened_with(place, libc::O_ACCMODE, libc::O_RDWR),
            opened_with(place, libc::O_CREAT, libc::O_CREAT),
        ];
        rules.insert(call, to_write.into_iter().collect::<Result<_, _>>().map_err(io::Error::other)?);
    }
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let architecture = std::env::consts::ARCH.try_into().map_err(io::Error::other)?;
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, architecture).map_err(io::Error::other)?;
    let program: BpfProgram = filter.try_into().map_err(io::Error::other)?;
    apply_filter(&program).map_err(io::Error::other)
}

/// Leaves this process nothing but what is allowed of these files and folders, for ever.
fn leave_files(left: &[&Path], allowed: BitFlags<AccessFs>) -> Result<RestrictionStatus, RulesetError> {
    // What a kernel does not know of it is left out.
    let abi = ABI::V5;
    let rules = path_beneath_rules(left, allowed);
    let ruleset = Ruleset::default().handle_access(AccessFs::from_all(abi))?.handle_access(AccessNet::from_all(abi))?;
    ruleset.create()?.add_rules(rules)?.restrict_self()
}

/// Takes the limits upon this process, for ever. From here on it can read no files but these, write none, start no
/// program, reach no network, and leaves no core. Returns what the kernel refused; the rest holds.
pub(crate) fn confine(limits: &Limits, readable: &[&Path]) -> Vec<Confinement> {
    let mut refused = take_limits(limits);
    let reading = AccessFs::ReadFile | AccessFs::ReadDir;
    if !leave_files(readable, reading).is_ok_and(|status| status.ruleset != RulesetStatus::NotEnforced) {
        refused.push(Confinement::OtherFiles);
    }
    if refuse_calls(&[]).is_err() {
        refused.push(Confinement::Network);
    }
    refused
}

/// Takes the limits upon this process, and becomes a program of the system's, which reads its input and says what it
/// found: it reads the system's own files alone, writes none, and reaches no network. Returns why it could not.
pub(crate) fn become_confined(mut program: Command, limits: &Limits) -> io::Error {
    take_limits(limits);
    let system = ["/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/ld.so.preload"].map(Path::new);
    // What is refused of it is refused of the worker as well, and told there.
    let _ = leave_files(&system, AccessFs::ReadFile | AccessFs::ReadDir | AccessFs::Execute);
    let _ = refuse_calls(&[libc::SYS_execve]);
    program.exec()
}

fn take_limits(limits: &Limits) -> Vec<Confinement> {
    let confined = [
        (Confinement::Writing, Resource::Core, 0, 0),
        (Confinement::Writing, Resource::Fsize, 0, 0),
        (Confinement::OtherFiles, Resource::Nofile, limits.open_files, limits.open_files),
        // Between the two the kernel sends a signal of its own, by which the caller knows the cause.
        (Confinement::Time, Resource::Cpu, limits.processor_seconds, limits.processor_seconds + 2),
        (Confinement::Memory, Resource::As, limits.memory_bytes, limits.memory_bytes),
    ];
    let mut refused = vec![];
    for (what, resource, current, maximum) in confined {
        if setrlimit(resource, Rlimit { current: Some(current), maximum: Some(maximum) }).is_err() {
            refused.push(what);
        }
    }
    refused
}

/// What this process, confined, can do all the same: it tries, whatever the kernel said.
pub(crate) fn unconfined(limits: &Limits, refused: &[Confinement]) -> Vec<Confinement> {
    let is_limited = |resource, most: u64| getrlimit(resource).current == Some(most);
    let mut found = refused.to_vec();
    let mut tried = |what: Confinement, is_kept: bool| {
        if !is_kept {
            found.push(what);
        }
    };
    let beyond = usize::try_from(limits.memory_bytes).unwrap_or(usize::MAX);
    let too_much = Vec::<u8>::new().try_reserve_exact(beyond);
    tried(Confinement::Memory, is_limited(Resource::As, limits.memory_bytes) && too_much.is_err());
    tried(Confinement::Time, is_limited(Resource::Cpu, limits.processor_seconds));
    tried(Confinement::Network, UdpSocket::bind("127.0.0.1:0").is_err() && UnixDatagram::unbound().is_err());
    tried(Confinement::Programs, !starts_program());
    tried(Confinement::Writing, !writes_file());
    tried(Confinement::OtherFiles, File::open("/etc/passwd").is_err() && !reads_itself());
    found.sort_unstable();
    found.dedup();
    found
}

/// Starts this program with nothing to do.
fn starts_program() -> bool {
    let Ok(program) = std::env::current_exe() else { return false };
    let mut command = Command::new(program);
    command.arg("reading").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    match command.spawn() {
        Ok(mut child) => {
            drop(child.stdin.take());
            // That it ran is all that counts.
            let _ = child.wait();
            true
        }
        Err(_) => false,
    }
}

fn writes_file() -> bool {
    let path = std::env::temp_dir().join(format!("xiezhi-probe-{}", std::process::id()));
    let is_made = OpenOptions::new().write(true).create_new(true).open(&path).is_ok();
    if is_made {
        // An empty file of no name that matters.
        let _ = std::fs::remove_file(&path);
    }
    is_made
}

fn reads_itself() -> bool {
    std::env::current_exe().is_ok_and(|program| File::open(program).is_ok())
}
