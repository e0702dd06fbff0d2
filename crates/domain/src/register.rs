//! Registers: where the law counts or books something across cases (案号、排期、用印).

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::ids::{CaseId, DocumentId, HearingId, PersonId};

/// A register.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "register")]
pub enum Register {
    /// Case numbers of one year and type (案号登记).
    Numbers {
        /// Year of filing.
        year: i16,
        /// Type code, such as 民初.
        type_code: String,
    },
    /// Bookings of one day (排期).
    Calendar {
        /// The day.
        day: Date,
    },
    /// Uses of the court's electronic seal (用印登记).
    Seal,
}

impl Register {
    /// The stream that holds it: kind and id.
    pub fn stream(&self) -> (&'static str, String) {
        match self {
            Register::Numbers { year, type_code } => ("number", format!("{year}/{type_code}")),
            Register::Calendar { day } => ("calendar", day.to_string()),
            Register::Seal => ("seal", "court".to_owned()),
        }
    }
}

/// A booking of a courtroom, a tribunal and the parties (一次排期).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// The hearing.
    pub hearing: HearingId,
    /// The case.
    pub case: CaseId,
    /// Courtroom, or none for a hearing on line.
    pub room: Option<String>,
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
    /// Judges, assessors and clerk, and the accounts of parties and agents.
    pub people: Vec<PersonId>,
    /// Hashes of what identifies parties and agents, for those who have no account in one of two cases: a day's
    /// register is read across cases and holds no numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<String>,
}

/// Entries in registers. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum RegisterEvent {
    /// The next serial went to a case.
    #[serde(rename = "number.allocated.v1")]
    NumberAllocated {
        /// The case.
        case: CaseId,
        /// The serial.
        serial: u32,
    },
    /// A hearing was booked.
    #[serde(rename = "calendar.booked.v1")]
    Booked {
        /// The booking.
        booking: Booking,
    },
    /// A booking was given up.
    #[serde(rename = "calendar.released.v1")]
    Released {
        /// The hearing.
        hearing: HearingId,
    },
    /// The court's seal was put on a document.
    #[serde(rename = "seal.used.v1")]
    SealUsed {
        /// The case.
        case: CaseId,
        /// The document.
        document: DocumentId,
        /// The how manieth use it was.
        number: u32,
    },
}

/// State of one register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterState {
    /// Last serial given.
    pub last_serial: u32,
    /// Bookings in force.
    pub bookings: Vec<Booking>,
    /// Uses of the seal so far.
    pub seal_uses: u32,
}

impl RegisterState {
    /// Takes an entry in.
    pub fn apply(&mut self, event: &RegisterEvent) {
        match event {
            RegisterEvent::NumberAllocated { serial, .. } => self.last_serial = *serial,
            RegisterEvent::Booked { booking } => self.bookings.push(booking.clone()),
            RegisterEvent::SealUsed { number, .. } => self.seal_uses = *number,
            RegisterEvent::Released { hearing } => self.bookings.retain(|booking| booking.hearing != *hearing),
        }
    }
}

/// The registers loaded for a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registers(pub BTreeMap<Register, RegisterState>);

impl Registers {
    /// The register, as loaded.
    ///
    /// # Panics
    /// If the command did not ask for it: that is a fault of the program.
    pub fn get(&self, register: &Register) -> &RegisterState {
        self.0.get(register).expect("a command names every register it reads")
    }
}
