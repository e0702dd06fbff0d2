//! Checking a package (验包): what is broken is named by file, row and reason, the first thing first.

mod bag;
mod record;

use std::fmt;

use uuid::Uuid;
use xiezhi_ledger::{Policy, policy::Assessment};

use crate::{
    files::Files,
    layout::{DocumentRow, EventRow, Extract, Seal, WITHHELD, Withheld},
};

/// Something that is not as it was packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In which file.
    pub file: String,
    /// In which row of it, from 1.
    pub row: Option<u64>,
    /// A name for programs, which never changes.
    pub code: &'static str,
    /// Why, for a person.
    pub why: String,
}

impl Fault {
    fn of(file: &str, code: &'static str, why: impl Into<String>) -> Self {
        Self { file: file.to_owned(), row: None, code, why: why.into() }
    }

    fn at(file: &str, row: u64, code: &'static str, why: impl Into<String>) -> Self {
        Self { row: Some(row), ..Self::of(file, code, why) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(out, ", row {row}")?;
        }
        write!(out, ": {} ({})", self.why, self.code)
    }
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Everything that is broken, the first thing first; nothing means that all of it holds.
    pub faults: Vec<Fault>,
    /// What the policy finds in the checkpoint.
    pub assessment: Option<Assessment>,
    /// What the package says of its seal.
    pub seal: Option<Seal>,
    /// What an extract for a party says of itself; it has no seal.
    pub extract: Option<Extract>,
    /// Events that open their entries and stand in the log.
    pub proven: usize,
    /// Of them, those whose body was lawfully destroyed.
    pub destroyed: usize,
    /// Papers, each version counted.
    pub documents: usize,
    /// Of them, those whose bytes were lawfully erased.
    pub erased: usize,
    /// Files that events name and the package does not hold, since a virus was found in them.
    pub withheld: usize,
}

impl Report {
    /// Whether everything holds.
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Checks a package against the policy of the court it comes from.
pub fn check(files: &mut dyn Files, policy: &Policy) -> Report {
    let faults = bag::check(files);
    let mut report = Report { faults, ..Report::default() };
    record::check(files, policy, &mut report);
    report
}

/// The events of a package, as they stand in it.
///
/// # Errors
/// The [`Fault`] of the first row that is none.
pub fn events(files: &mut dyn Files) -> Result<Vec<EventRow>, Fault> {
    use crate::layout::EVENTS;
    let text = files.text(EVENTS).map_err(|fault| Fault::of(EVENTS, "bag.unreadable", fault.to_string()))?;
    (1..)
        .zip(text.lines())
        .map(|(row, line)| {
            serde_json::from_str(line).map_err(|fault| Fault::at(EVENTS, row, "event.row", fault.to_string()))
        })
        .collect()
}

/// The papers of a package, as its catalogue lists them.
///
/// # Errors
/// The [`Fault`] of a catalogue that is none.
pub fn documents(files: &mut dyn Files) -> Result<Vec<DocumentRow>, Fault> {
    read_json(files, crate::layout::CATALOGUE)
}

/// What a package does not hand out, and says so; most withhold nothing.
///
/// # Errors
/// The [`Fault`] of a list that is none.
pub fn withheld(files: &mut dyn Files) -> Result<Vec<Withheld>, Fault> {
    if files.names().contains(WITHHELD) { read_json(files, WITHHELD) } else { Ok(vec![]) }
}

/// What a package says of its seal.
///
/// # Errors
/// The [`Fault`] of a seal that is none.
pub fn seal(files: &mut dyn Files) -> Result<Seal, Fault> {
    read_json(files, crate::layout::SEAL)
}

/// What an extract for a party says of itself.
///
/// # Errors
/// The [`Fault`] of one that is none.
pub fn extract(files: &mut dyn Files) -> Result<Extract, Fault> {
    read_json(files, crate::layout::EXTRACT)
}

fn read_json<T: serde::de::DeserializeOwned>(files: &mut dyn Files, name: &str) -> Result<T, Fault> {
    let bytes = files.bytes(name).map_err(|fault| Fault::of(name, "bag.unreadable", fault.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|fault| Fault::of(name, "package.form", fault.to_string()))
}

fn short(id: Uuid) -> String {
    id.to_string()
}
