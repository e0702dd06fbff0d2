//! Processor time as the kernel counts it: what a program costs, however many others share the machine.

use std::fs;

use anyhow::Context;

/// Ticks in a second.
const TICKS: f64 = 100.0;

/// Whose time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// That of this process.
    Own,
    /// That of the processes that this one began and that ended.
    Children,
}

/// Processor time so far, in seconds.
pub fn seconds(whose: Whose) -> anyhow::Result<f64> {
    of("self", whose)
}

/// Processor time of another process, with that of the processes it began and that ended, in seconds.
pub fn seconds_of(process: u32) -> anyhow::Result<f64> {
    let process = process.to_string();
    Ok(of(&process, Whose::Own)? + of(&process, Whose::Children)?)
}

fn of(process: &str, whose: Whose) -> anyhow::Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).context("the kernel tells the time of processes")?;
    // The name of the program, in brackets, may hold anything.
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let skipped = match whose {
        Whose::Own => 11,
        Whose::Children => 13,
    };
    let ticks = after.split_ascii_whitespace().skip(skipped).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    Ok(ticks.sum::<f64>() / TICKS)
}
