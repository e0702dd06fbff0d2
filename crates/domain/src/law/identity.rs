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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
        let wrong = text.bytes().enumerate().position(|(at, byte)| !(byte.is_ascii_digit() || (at == 17 && byte == b'X')));
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
        let values: Vec<u32> = text.bytes().enumerate().map(|(at, byte)| credit_value(at, byte)).collect::<Result<_, _>>()?;
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
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 24);

    fn card(text: &str) -> Result<IdCardNo, IdentityProblem> {
        IdCardNo::parse(text, TODAY)
    }

    fn with_check(seventeen: &str) -> String {
        format!("{seventeen}{}", char::from(card_check(seventeen)))
    }

    #[test]
    fn the_fictional_people_of_the_examples_have_sound_numbers() {
        let borrower = card("370691198807050134").expect("a sound number");
        assert_eq!(borrower.birth_on(), date(1988, 7, 5));
        assert_eq!(borrower.sex(), Sex::Male);
        assert_eq!(borrower.masked(), "370691********0134");
        assert_eq!(card("370691199001010023").expect("a sound number").sex(), Sex::Female);
    }

    #[test]
    fn every_slip_has_its_own_name() {
        use IdentityProblem::*;
        assert_eq!(card("37069119880705013"), Err(WrongLength { found: 17 }));
        assert_eq!(card("370691198807050135"), Err(WrongCheckDigit));
        assert_eq!(card("37069119880705O134"), Err(WrongCharacter { place: 15 }));
        assert_eq!(card("３70691198807050134"), Err(WrongCharacter { place: 1 }));
        assert_eq!(card(&with_check("37069119880231013")), Err(BirthDateImpossible));
        assert_eq!(card(&with_check("37069120261125013")), Err(BirthDateInFuture));
        assert!(card(&with_check("37069120261124013")).is_ok(), "born today");
        assert_eq!(card(""), Err(WrongLength { found: 0 }));
    }

    #[test]
    fn a_small_x_is_the_same_check_digit() {
        let seventeen = (0..=999).map(|serial| format!("37069119880705{serial:03}")).find(|number| card_check(number) == b'X');
        let number = seventeen.expect("one in eleven ends with X");
        assert_eq!(card(&format!(" {number}x ")).map(String::from), Ok(format!("{number}X")));
    }

    #[test]
    fn a_debug_line_hides_the_number() {
        assert_eq!(format!("{:?}", card("370691198807050134").expect("a sound number")), "IdCardNo(370691********0134)");
        assert_eq!(format!("{:?}", Phone::parse("12000000001").expect("a number")), "Phone(120****0001)");
    }

    fn credit_with_check(seventeen: &str) -> String {
        let last = CREDIT_ALPHABET.iter().map(|letter| format!("{seventeen}{}", char::from(*letter)));
        last.into_iter().find(|code| Uscc::parse(code).is_ok()).expect("one character fits")
    }

    #[test]
    fn a_credit_code_is_checked_by_its_last_character() {
        // The code of a public body that the standard's own arithmetic accepts.
        assert!(Uscc::parse("91350100M000100Y43").is_ok());
        assert_eq!(Uscc::parse("91350100M000100Y44"), Err(IdentityProblem::WrongCheckDigit));
        assert_eq!(Uscc::parse("91350100I000100Y43"), Err(IdentityProblem::WrongCharacter { place: 9 }));
        assert_eq!(Uscc::parse("9135"), Err(IdentityProblem::WrongLength { found: 4 }));
        assert!(Uscc::parse("91350100m000100y43").is_ok());
    }

    #[test]
    fn phones_are_checked_loosely() {
        assert!(Phone::parse("12000000001").expect("a number").is_mobile());
        assert_eq!(Phone::parse("0535-639 0000").map(String::from), Ok("05356390000".to_owned()));
        assert!(!Phone::parse("+8612000000001").expect("a number").is_mobile());
        assert_eq!(Phone::parse("12368"), Err(IdentityProblem::WrongLength { found: 5 }));
        assert_eq!(Phone::parse("12a00000001"), Err(IdentityProblem::WrongCharacter { place: 3 }));
    }

    #[test]
    fn a_stored_number_is_its_text_and_is_checked_again() {
        let number = card("370691198807050134").expect("a sound number");
        let text = serde_json::to_string(&number).expect("a text");
        assert_eq!(text, "\"370691198807050134\"");
        assert_eq!(serde_json::from_str::<IdCardNo>(&text).expect("a number"), number);
        assert!(serde_json::from_str::<IdCardNo>("\"370691198807050135\"").is_err());
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(serial in 0_u32..999, place in 0_usize..17, other in 0_u8..10) {
            let sound = with_check(&format!("37069119880705{serial:03}"));
            let mut wrong = sound.clone().into_bytes();
            wrong[place] = b'0' + other;
            let wrong = String::from_utf8(wrong).expect("digits are text");
            prop_assert_eq!(card(&wrong).is_ok(), wrong == sound);
        }

        #[test]
        fn one_wrong_character_of_a_credit_code_is_always_noticed(body in "9[0-9]{7}[0-9A-HJ-NPQRTUWXY]{9}", place in 0_usize..17, other in 0_usize..31) {
            let sound = credit_with_check(&body);
            let mut wrong = sound.clone().into_bytes();
            wrong[place] = CREDIT_ALPHABET[other];
            let wrong = String::from_utf8(wrong).expect("the alphabet is text");
            prop_assert_eq!(Uscc::parse(&wrong).is_ok(), wrong == sound);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}") {
            let _ = (card(&text), Uscc::parse(&text), Phone::parse(&text));
        }
    }
}
