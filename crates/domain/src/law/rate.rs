//! Rates (比率) as exact fractions, and the one place where money is rounded.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::money::Fen;

/// A rate (比率) as an exact fraction, such as 25/1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Rate {
    /// Above the line.
    pub numerator: i64,
    /// Below the line; never zero.
    pub denominator: i64,
}

/// How a fee ends (尾数处理). The Measures do not say; the court's setting does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the fen, half up.
    #[default]
    Fen,
    /// To the whole yuan, half up.
    Yuan,
}

/// Why a text is no rate (比率有误).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotARate;

impl Rate {
    /// The fraction `numerator / denominator`.
    ///
    /// # Panics
    /// If the denominator is not positive: a fault of the program.
    pub const fn new(numerator: i64, denominator: i64) -> Self {
        assert!(denominator > 0, "a rate is divided by a positive number");
        Rate { numerator, denominator }
    }

    /// `percent` hundredths of a per cent, so that 1540 is 15.40 %.
    pub const fn from_basis_points(points: i64) -> Self {
        Rate::new(points, 10_000)
    }

    /// This rate times a whole number.
    pub const fn times(self, factor: i64) -> Self {
        Rate::new(self.numerator * factor, self.denominator)
    }

    /// The lower of two rates.
    pub fn min(self, other: Rate) -> Rate {
        let here = i128::from(self.numerator) * i128::from(other.denominator);
        let there = i128::from(other.numerator) * i128::from(self.denominator);
        if here <= there { self } else { other }
    }

    /// As a percentage with at most six decimals and no trailing zeros: `2.5`, `0.0175`, `33.333333`.
    pub fn percent(self) -> String {
        let millionths = i128::from(self.numerator) * 100_000_000 / i128::from(self.denominator);
        let (sign, size) = (if millionths < 0 { "-" } else { "" }, millionths.unsigned_abs());
        let text = format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl FromStr for Rate {
    type Err = NotARate;

    /// Reads a decimal (`0.025`) or a fraction (`1/3`), exactly.
    fn from_str(text: &str) -> Result<Self, NotARate> {
        let number =
            |text: &str| text.parse::<i64>().ok().filter(|n| *n >= 0 && !text.starts_with('+')).ok_or(NotARate);
        if let Some((above, below)) = text.split_once('/') {
            return Ok(Rate::new(number(above)?, number(below).ok().filter(|n| *n > 0).ok_or(NotARate)?));
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        if decimals.len() > 9 {
            return Err(NotARate);
        }
        let denominator = 10_i64.pow(decimals.len() as u32);
        Ok(Rate::new(number(&format!("{whole}{decimals}"))?, denominator))
    }
}

/// An exact amount of fen (精确金额) on its way to being rounded once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    numerator: i128,
    denominator: i128,
}

impl From<Fen> for Exact {
    fn from(amount: Fen) -> Exact {
        Exact { numerator: i128::from(amount.0), denominator: 1 }
    }
}

impl Exact {
    /// This amount times a rate.
    pub fn at(self, rate: Rate) -> Exact {
        Exact {
            numerator: self.numerator * i128::from(rate.numerator),
            denominator: self.denominator * i128::from(rate.denominator),
        }
    }

    /// This amount and another together.
    pub fn plus(self, other: Exact) -> Exact {
        Exact {
            numerator: self.numerator * other.denominator + other.numerator * self.denominator,
            denominator: self.denominator * other.denominator,
        }
    }

    /// This amount, or `cap` where it is over it.
    pub fn capped(self, cap: Fen) -> Exact {
        if self.numerator > i128::from(cap.0) * self.denominator { cap.into() } else { self }
    }

    /// The rounded amount, half up (四舍五入).
    pub fn rounded(self, rounding: Rounding) -> Fen {
        let unit: i128 = match rounding {
            Rounding::Fen => 1,
            Rounding::Yuan => 100,
        };
        let below = self.denominator * unit;
        let units = (2 * self.numerator + below).div_euclid(2 * below);
        Fen(i64::try_from(units * unit).expect("amounts are bounded on input, rates are below one"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_and_fractions_are_read_exactly() {
        assert_eq!("0.025".parse(), Ok(Rate::new(25, 1000)));
        assert_eq!("0".parse(), Ok(Rate::new(0, 1)));
        assert_eq!("1/3".parse(), Ok(Rate::new(1, 3)));
        for text in ["", "x", "-0.1", "1/0", "0.0000000001", "0.1.2"] {
            assert_eq!(text.parse::<Rate>(), Err(NotARate), "{text}");
        }
    }

    #[test]
    fn percentages_carry_no_idle_zeros() {
        assert_eq!(Rate::new(25, 1000).percent(), "2.5");
        assert_eq!(Rate::new(175, 1_000_000).percent(), "0.0175");
        assert_eq!(Rate::new(1, 10).percent(), "10");
        assert_eq!(Rate::new(0, 1).percent(), "0");
    }

    #[test]
    fn half_a_unit_goes_up() {
        let half = Exact::from(Fen(1)).at(Rate::new(1, 2));
        assert_eq!(half.rounded(Rounding::Fen), Fen(1));
        assert_eq!(Exact::from(Fen(149)).rounded(Rounding::Yuan), Fen(100));
        assert_eq!(Exact::from(Fen(150)).rounded(Rounding::Yuan), Fen(200));
    }

    #[test]
    fn the_lower_rate_wins() {
        assert_eq!(Rate::new(24, 100).min(Rate::new(154, 1000)), Rate::new(154, 1000));
        assert_eq!(Rate::new(1, 2).min(Rate::new(2, 4)), Rate::new(1, 2));
    }
}
