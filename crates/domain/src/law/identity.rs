//! Identity numbers (证件号码): identity cards, credit codes, phones. Checked by their own arithmetic only.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Number of an identity card (公民身份号码), 18 characters.
///
/// Any region is accepted: regions are renamed and dissolved, the number stays.
///
/// Source: GB 11643-1999.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdCardNo(String);

/// Unified social credit code (统一社会信用代码), 18 characters.
///
/// Source: GB 32100-2015.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uscc(String);

/// Phone number (电话号码), checked loosely: it may be foreign or a landline.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Sex as the card's number carries it (性别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

/// Why a number is wrong (号码有误).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum IdentityProblem {
    /// Not as many characters as it must have.
    WrongLength {
        /// How many there are.
        found: u32,
    },
    /// A character that cannot stand there.
    WrongCharacter {
        /// Its place, from 1.
        place: u32,
    },
    /// The check digit does not fit the rest: most likely a slip of the pen.
    WrongCheckDigit,
    /// The birth date inside is no day of the calendar.
    BirthDateImpossible,
    /// The birth date inside lies after today.
    BirthDateInFuture,
}

impl IdentityProblem {
    /// The stable code of this problem.
    pub fn code(self) -> &'static str {
        match self {
            IdentityProblem::WrongLength { .. } => "identity.wrong_length",
            IdentityProblem::WrongCharacter { .. } => "identity.wrong_character",
            IdentityProblem::WrongCheckDigit => "identity.wrong_check_digit",
            IdentityProblem::BirthDateImpossible => "identity.birth_date_impossible",
            IdentityProblem::BirthDateInFuture => "identity.birth_date_in_future",
        }
    }
}

impl fmt::Display for IdentityProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for IdentityProblem {}

const LENGTH: usize = 18;
const CARD_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CARD_CHECKS: &[u8; 11] = b"10X98765432";
const CREDIT_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl IdCardNo {
    /// Reads a number; a small x and spaces around it are forgiven.
    ///
    /// # Errors
    /// An [`IdentityProblem`] that says what is wrong; a birth date after `today` is one.
    pub fn parse(text: &str, today: Date) -> Result<Self, IdentityProblem> {
        let number = Self::well_formed(text)?;
        if number.birth_on() > today {
            return Err(IdentityProblem::BirthDateInFuture);
        }
        Ok(number)
    }

    /// The eighteen characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The birth date inside.
    pub fn birth_on(&self) -> Date {
        birth_date(&self.0).expect("a number is made only with a real birth date")
    }

    /// The sex inside: an odd seventeenth digit is male.
    pub fn sex(&self) -> Sex {
        if (self.0.as_bytes()[16] - b'0').is_multiple_of(2) { Sex::Female } else { Sex::Male }
    }

    /// For eyes that need not know it all: `370691********0113`.
    pub fn masked(&self) -> String {
        format!("{}********{}", &self.0[..6], &self.0[14..])
    }

    fn well_formed(text: &str) -> Result<Self, IdentityProblem> {
        let text = sized(text)?;
        let wrong =
            text.bytes().enumerate().position(|(at, byte)| !(byte.is_ascii_digit() || (at == 17 && byte == b'X')));
        if let Some(at) = wrong {
            return Err(IdentityProblem::WrongCharacter { place: at as u32 + 1 });
        }
        birth_date(&text).ok_or(IdentityProblem::BirthDateImpossible)?;
        if text.as_bytes()[17] != card_check(&text) {
            return Err(IdentityProblem::WrongCheckDigit);
        }
        Ok(IdCardNo(text))
    }
}

impl Uscc {
    /// Reads a code; small letters and spaces around it are forgiven.
    ///
    /// # Errors
    /// An [`IdentityProblem`] that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, IdentityProblem> {
        let text = sized(text)?;
        let values: Vec<u32> =
            text.bytes().enumerate().map(|(at, byte)| credit_value(at, byte)).collect::<Result<_, _>>()?;
        let sum: u32 = values[..17].iter().zip(powers_of_three()).map(|(value, weight)| value * weight).sum();
        if values[17] != (31 - sum % 31) % 31 {
            return Err(IdentityProblem::WrongCheckDigit);
        }
        Ok(Uscc(text))
    }

    /// The eighteen characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Phone {
    /// Reads a number: an optional plus sign, then 7 to 15 digits; spaces and hyphens are dropped.
    ///
    /// # Errors
    /// An [`IdentityProblem`] for other characters or lengths.
    pub fn parse(text: &str) -> Result<Self, IdentityProblem> {
        let kept: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
        let digits = kept.strip_prefix('+').unwrap_or(&kept);
        if let Some(at) = digits.chars().position(|letter| !letter.is_ascii_digit()) {
            return Err(IdentityProblem::WrongCharacter { place: at as u32 + 1 });
        }
        if !(7..=15).contains(&digits.len()) {
            return Err(IdentityProblem::WrongLength { found: digits.len() as u32 });
        }
        Ok(Phone(kept))
    }

    /// The number as kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a telephone can have it: a mobile number of 11 digits, a landline with or without its area code and an
    /// extension, a line of 400 or 800, or a foreign number with its plus sign.
    pub fn can_ring(&self) -> bool {
        let digits = self.0.len();
        match self.0.as_bytes() {
            [b'+', ..] => true,
            [b'0', ..] => (10..=15).contains(&digits),
            [b'1', ..] => digits == 11,
            [b'4' | b'8', b'0', b'0', ..] if digits == 10 => true,
            _ => (7..=8).contains(&digits),
        }
    }

    /// Whether it looks like a mobile number of the mainland: 11 digits that start with 1.
    pub fn is_mobile(&self) -> bool {
        self.0.len() == 11 && self.0.starts_with('1')
    }

    /// For eyes that need not know it all: `120****0001`.
    pub fn masked(&self) -> String {
        let end = self.0.len() - 4;
        format!("{}****{}", &self.0[..end.min(3)], &self.0[end..])
    }
}

fn sized(text: &str) -> Result<String, IdentityProblem> {
    let text = text.trim().to_ascii_uppercase();
    let found = text.chars().count();
    if found != LENGTH {
        return Err(IdentityProblem::WrongLength { found: found as u32 });
    }
    match text.chars().position(|letter| !letter.is_ascii()) {
        Some(at) => Err(IdentityProblem::WrongCharacter { place: at as u32 + 1 }),
        None => Ok(text),
    }
}

fn birth_date(number: &str) -> Option<Date> {
    let (year, month, day) = (number[6..10].parse().ok()?, number[10..12].parse().ok()?, number[12..14].parse().ok()?);
    Date::new(year, month, day).ok()
}

fn card_check(number: &str) -> u8 {
    let sum: u32 = number.bytes().zip(CARD_WEIGHTS).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    CARD_CHECKS[(sum % 11) as usize]
}

fn credit_value(at: usize, byte: u8) -> Result<u32, IdentityProblem> {
    let value = CREDIT_ALPHABET.iter().position(|letter| *letter == byte);
    value.map(|value| value as u32).ok_or(IdentityProblem::WrongCharacter { place: at as u32 + 1 })
}

fn powers_of_three() -> impl Iterator<Item = u32> {
    std::iter::successors(Some(1), |weight| Some(weight * 3 % 31))
}

impl fmt::Debug for IdCardNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A log line must not carry a person's number.
        write!(f, "IdCardNo({})", self.masked())
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

macro_rules! kept_as_text {
    ($($name:ident by $read:expr),+) => {$(
        impl From<$name> for String {
            fn from(number: $name) -> String {
                number.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdentityProblem;
            fn try_from(text: String) -> Result<Self, IdentityProblem> {
                $read(&text)
            }
        }
    )+};
}

// What was taken in once is read back without a clock: a birth date was checked against its own day.
kept_as_text!(IdCardNo by IdCardNo::well_formed, Uscc by Uscc::parse, Phone by Phone::parse);

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;
