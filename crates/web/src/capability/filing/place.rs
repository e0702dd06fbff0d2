//! Places on the form: who stands where. A place keeps its name when others are taken away, so that what
//! was typed stays with whom it was typed of.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    ids::{PartyId, PersonId},
    party::PartyRole,
};

/// In what quality somebody stands on the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Plaintiff (原告).
    Plaintiff,
    /// Agent of plaintiffs (代理人).
    Agent,
    /// Defendant (被告).
    Defendant,
    /// Third party (第三人).
    ThirdParty,
}

impl Side {
    /// All, in the order of the form.
    pub const ALL: [Side; 4] = [Side::Plaintiff, Side::Agent, Side::Defendant, Side::ThirdParty];

    /// The letter its places begin with.
    pub const fn letter(self) -> char {
        match self {
            Side::Plaintiff => 'p',
            Side::Agent => 'a',
            Side::Defendant => 'd',
            Side::ThirdParty => 't',
        }
    }

    /// The side of a letter.
    pub fn of_letter(letter: &str) -> Option<Side> {
        Side::ALL.into_iter().find(|side| letter.len() == 1 && letter.starts_with(side.letter()))
    }

    /// The role of its people; an agent is no party.
    pub const fn role(self) -> Option<PartyRole> {
        match self {
            Side::Plaintiff => Some(PartyRole::Plaintiff),
            Side::Defendant => Some(PartyRole::Defendant),
            Side::ThirdParty => Some(PartyRole::ThirdParty),
            Side::Agent => None,
        }
    }

    /// The side of a role.
    pub const fn of_role(role: PartyRole) -> Side {
        match role {
            PartyRole::Plaintiff => Side::Plaintiff,
            PartyRole::Defendant => Side::Defendant,
            PartyRole::ThirdParty => Side::ThirdParty,
        }
    }

    /// Whether a form without anybody in this quality makes no sense.
    pub const fn is_needed(self) -> bool {
        matches!(self, Side::Plaintiff | Side::Defendant)
    }
}

/// A place: `p0`, `d1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(into = "String", try_from = "String")]
pub struct Place {
    /// In what quality.
    pub side: Side,
    /// Which, never given twice in one draft.
    pub no: u32,
}

impl Place {
    /// The place `no` of `side`.
    pub const fn new(side: Side, no: u32) -> Self {
        Self { side, no }
    }

    /// The name of a field of it: `p0_name`.
    pub fn field(self, part: &str) -> String {
        format!("{self}_{part}")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.side.letter(), self.no)
    }
}

impl FromStr for Place {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let place = || Some(Place { side: Side::of_letter(text.get(..1)?)?, no: text.get(1..)?.parse().ok()? });
        place().filter(|place| place.to_string() == text).ok_or("no place is called so")
    }
}

impl From<Place> for String {
    fn from(place: Place) -> String {
        place.to_string()
    }
}

impl TryFrom<String> for Place {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Somebody on the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Seat {
    /// The place.
    pub place: Place,
    /// The party it is in the application that is corrected.
    pub party: Option<PartyId>,
    /// The account behind it, where it is the filer's own or known from before.
    pub person: Option<PersonId>,
}

impl Seat {
    /// A place for somebody new.
    pub const fn new(place: Place) -> Self {
        Self { place, party: None, person: None }
    }
}

crate::http::ask::written_as_text!(Place, "FilingPlace");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_as_it_is_read() {
        assert_eq!("d12".parse(), Ok(Place::new(Side::Defendant, 12)));
        assert_eq!(Place::new(Side::Plaintiff, 0).field("id_no"), "p0_id_no");
        for wrong in ["", "p", "x1", "p01", "p-1", "被1", "p1_name"] {
            assert!(wrong.parse::<Place>().is_err(), "{wrong}");
        }
    }
}
