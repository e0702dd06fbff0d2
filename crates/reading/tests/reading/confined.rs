//! What the worker is kept from, and that it is told where the kernel refuses the means.

use std::collections::BTreeMap;

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};
use xiezhi_reading::{Confinement, Limits, Reader};

/// Calls by which a process confines itself.
const LIMITS: [i64; 2] = [libc::SYS_setrlimit, libc::SYS_prlimit64];
const FILES: i64 = libc::SYS_landlock_create_ruleset;
const CALLS: i64 = libc::SYS_seccomp;

/// What a worker can do under a kernel that refuses these calls.
fn unconfined(refused: &[i64]) -> Vec<Confinement> {
    let refused: BTreeMap<i64, Vec<_>> = refused.iter().map(|call| (*call, vec![])).collect();
    let tried = move || {
        if !refused.is_empty() {
            let no = SeccompAction::Errno(libc::EPERM.unsigned_abs());
            let architecture = std::env::consts::ARCH.try_into().expect("an architecture of the crate's");
            let filter = SeccompFilter::new(refused, SeccompAction::Allow, no, architecture).expect("it is plain");
            let program: BpfProgram = filter.try_into().expect("it is plain");
            // The filter holds for this thread, and for what it starts.
            apply_filter(&program).expect("this kernel filters calls");
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let reader = Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default());
        runtime.block_on(reader.unconfined()).expect("the worker starts")
    };
    std::thread::spawn(tried).join().expect("it ends well")
}

#[test]
fn a_worker_reaches_no_network_starts_nothing_writes_nothing_and_reads_nothing_else() {
    assert_eq!(unconfined(&[]), [], "it tried all of it");
}

#[test]
fn where_the_kernel_keeps_no_files_apart_the_worker_says_so_and_the_rest_holds() {
    assert_eq!(unconfined(&[FILES]), [Confinement::OtherFiles]);
}

#[test]
fn where_the_kernel_filters_no_calls_the_worker_says_so_and_the_rest_holds() {
    assert_eq!(unconfined(&[CALLS]), [Confinement::Network]);
}

#[test]
fn where_the_kernel_refuses_everything_everything_is_told() {
    use Confinement::{Memory, Network, OtherFiles, Programs, Time, Writing};
    let all = [LIMITS.as_slice(), &[FILES, CALLS]].concat();
    assert_eq!(unconfined(&all), [Memory, Time, Network, Programs, Writing, OtherFiles]);
}
