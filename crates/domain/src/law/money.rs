//! Money (金额): whole fen, never a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount of money in fen (分).
///
/// Parsed amounts are never negative and at most [`Fen::MAX`]; differences may be negative.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Why a text is no amount of money (金额有误).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyProblem {
    /// Nothing was written.
    Empty,
    /// Not digits with an optional point and well-placed commas.
    NotANumber,
    /// More than two decimals: there is nothing smaller than a fen.
    TooManyDecimals,
    /// Below zero.
    Negative,
    /// Over [`Fen::MAX`].
    TooLarge,
}

impl MoneyProblem {
    /// The stable code of this problem.
    pub fn code(self) -> &'static str {
        match self {
            MoneyProblem::Empty => "money.empty",
            MoneyProblem::NotANumber => "money.not_a_number",
            MoneyProblem::TooManyDecimals => "money.too_many_decimals",
            MoneyProblem::Negative => "money.negative",
            MoneyProblem::TooLarge => "money.too_large",
        }
    }
}

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);
    /// The largest amount a text may state: ten million million yuan.
    pub const MAX: Fen = Fen(1_000_000_000_000_000);

    /// Whole yuan as fen.
    ///
    /// # Panics
    /// If the amount does not fit: a fault of the program or of the law data.
    pub fn from_yuan(yuan: i64) -> Self {
        Fen(yuan.checked_mul(100).expect("amounts of the law are far below the limit of the type"))
    }

    /// Two decimals and no grouping: `1600.00`.
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", fen / 100, fen % 100)
    }

    /// Two decimals and groups of three: `1,600.00`.
    pub fn grouped(self) -> String {
        let plain = self.plain();
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, decimals) = digits.split_at(digits.len() - 3);
        let mut grouped = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped + decimals
    }

    /// As court papers write it before 元: `150000`, `1397.50`.
    pub fn in_document(self) -> String {
        let plain = self.plain();
        plain.strip_suffix(".00").map(str::to_owned).unwrap_or(plain)
    }

    /// In Chinese capitals (大写金额): `壹仟陆佰元整`.
    ///
    /// 整 follows 元 and 角, never 分; a missing 角 before 分 is read as 零.
    ///
    /// Source: 《正确填写票据和结算凭证的基本规定》.
    pub fn capitals(self) -> String {
        let fen = self.0.unsigned_abs();
        let (yuan, jiao, cents) = (fen / 100, fen / 10 % 10, fen % 10);
        let mut text = String::from(if self.0 < 0 { "负" } else { "" });
        if yuan > 0 || fen == 0 {
            text.push_str(&whole_in_capitals(yuan));
            text.push('元');
        }
        if jiao > 0 {
            text.push(DIGITS[jiao as usize]);
            text.push('角');
        } else if cents > 0 && yuan > 0 {
            text.push('零');
        }
        if cents > 0 {
            text.push(DIGITS[cents as usize]);
            text.push('分');
        } else {
            text.push('整');
        }
        text
    }
}

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [(u64, char); 5] = [(100_000_000, '亿'), (10_000, '万'), (1_000, '仟'), (100, '佰'), (10, '拾')];

fn whole_in_capitals(number: u64) -> String {
    let Some((place, name)) = PLACES.into_iter().find(|(place, _)| number >= *place) else {
        return DIGITS[number as usize].to_string();
    };
    let rest = number % place;
    let head = format!("{}{name}", whole_in_capitals(number / place));
    match rest {
        0 => head,
        // A skipped place is read aloud once, however many places are skipped.
        _ if rest < place / 10 => format!("{head}零{}", whole_in_capitals(rest)),
        _ => head + &whole_in_capitals(rest),
    }
}

impl FromStr for Fen {
    type Err = MoneyProblem;

    /// Reads yuan with at most two decimals: `1600`, `1600.5`, `1,600.00`.
    fn from_str(text: &str) -> Result<Self, MoneyProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(MoneyProblem::Empty);
        }
        let (text, negative) = text.strip_prefix('-').map_or((text, false), |rest| (rest, true));
        let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, after)| (whole, Some(after)));
        let whole = without_grouping(whole)?;
        let decimals = decimals.map_or(Ok("0"), digits)?;
        if negative {
            return Err(MoneyProblem::Negative);
        }
        if decimals.len() > 2 {
            return Err(MoneyProblem::TooManyDecimals);
        }
        let hundredths: i64 = format!("{decimals:0<2}").parse().expect("two digits are a number");
        let yuan: i64 = whole.parse().map_err(|_| MoneyProblem::TooLarge)?;
        let fen = yuan.checked_mul(100).and_then(|fen| fen.checked_add(hundredths)).ok_or(MoneyProblem::TooLarge)?;
        if fen > Fen::MAX.0 { Err(MoneyProblem::TooLarge) } else { Ok(Fen(fen)) }
    }
}

fn digits(text: &str) -> Result<&str, MoneyProblem> {
    let fine = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if fine { Ok(text) } else { Err(MoneyProblem::NotANumber) }
}

fn without_grouping(whole: &str) -> Result<String, MoneyProblem> {
    let mut groups = whole.split(',');
    let first = digits(groups.next().unwrap_or_default())?;
    let rest: Vec<&str> = groups.map(digits).collect::<Result<_, _>>()?;
    let well_placed = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    if well_placed { Ok(first.to_owned() + &rest.concat()) } else { Err(MoneyProblem::NotANumber) }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

impl Add for Fen {
    type Output = Fen;
    fn add(self, other: Fen) -> Fen {
        Fen(self.0 + other.0)
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Fen) {
        self.0 += other.0;
    }
}

impl Sub for Fen {
    type Output = Fen;
    fn sub(self, other: Fen) -> Fen {
        Fen(self.0 - other.0)
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(parts: I) -> Fen {
        parts.fold(Fen::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn yuan_are_read_with_up_to_two_decimals() {
        for (text, fen) in
            [("1600", 160_000), ("1600.5", 160_050), (" 1,600.00 ", 160_000), ("0.01", 1), ("245380.60", 24_538_060)]
        {
            assert_eq!(text.parse(), Ok(Fen(fen)), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_says_why() {
        use MoneyProblem::*;
        let table = [
            ("", Empty),
            ("   ", Empty),
            ("12.345", TooManyDecimals),
            ("0.000", TooManyDecimals),
            ("-5", Negative),
            ("-0.01", Negative),
            ("abc", NotANumber),
            ("1.", NotANumber),
            (".5", NotANumber),
            ("1,60.00", NotANumber),
            ("1.2.3", NotANumber),
            ("１６００", NotANumber),
            ("+5", NotANumber),
            ("1e5", NotANumber),
            ("99999999999999", TooLarge),
            ("99999999999999999999999", TooLarge),
        ];
        for (text, problem) in table {
            assert_eq!(text.parse::<Fen>(), Err(problem), "{text:?}");
        }
    }

    #[test]
    fn amounts_are_written_in_three_ways() {
        let amount = Fen(12_345_678_905);
        assert_eq!(amount.plain(), "123456789.05");
        assert_eq!(amount.grouped(), "123,456,789.05");
        assert_eq!(Fen(160_000).grouped(), "1,600.00");
        assert_eq!(Fen(-160_000).grouped(), "-1,600.00");
        assert_eq!(Fen(15_000_000).in_document(), "150000");
        assert_eq!(Fen(139_750).in_document(), "1397.50");
        assert_eq!(Fen(7).to_string(), "0.07");
    }

    #[test]
    fn capitals_follow_the_rule_for_bills() {
        let table = [
            (0, "零元整"),
            (160_000, "壹仟陆佰元整"),
            (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
            (168_032, "壹仟陆佰捌拾元叁角贰分"),
            (1_005, "壹拾元零伍分"),
            (5, "伍分"),
            (30, "叁角整"),
            (10_700_053, "壹拾万柒仟元伍角叁分"),
            (18_650_000, "壹拾捌万陆仟伍佰元整"),
            (1_000_100_000_000, "壹佰亿零壹佰万元整"),
            (100_000_000_000_000, "壹万亿元整"),
            (30_000_000_500, "叁亿零伍元整"),
        ];
        for (fen, text) in table {
            assert_eq!(Fen(fen).capitals(), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(fen in 0..=Fen::MAX.0) {
            prop_assert_eq!(Fen(fen).plain().parse(), Ok(Fen(fen)));
            prop_assert_eq!(Fen(fen).grouped().parse(), Ok(Fen(fen)));
            prop_assert_eq!(Fen(fen).in_document().parse(), Ok(Fen(fen)));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}") {
            let _ = text.parse::<Fen>();
        }
    }
}
