//! Sums of interest that a judgment names (利息数额): what was asked, the working, and the words for it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::interest::{self, CapBasis, InterestRefusal, InterestSettings, InterestWorking, Loan, Segment, YearOf};
use super::money::Fen;
use super::rate::Rate;

/// A question about interest (计息事项). Days are counted from the first to the last, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "manner", rename_all = "snake_case")]
pub enum InterestAsked {
    /// At the agreed rate of a private loan, never above the cap (约定利息).
    Agreed {
        /// The principal in fact given.
        principal: Fen,
        /// The agreed rate a year.
        rate: Rate,
        /// The day of the contract.
        contract_on: Date,
        /// The day of the suit.
        filed_on: Date,
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
        /// Whether the party asks for the rules of before 2020-08-20 for the time before.
        asks_old_rules: bool,
        /// Days of a year.
        year: YearOf,
    },
    /// Overdue, where no rate was agreed: at the LPR of the overdue day (逾期利息).
    Overdue {
        /// What is unpaid.
        principal: Fen,
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
        /// Days of a year.
        year: YearOf,
    },
    /// The doubled part of delay interest (加倍部分债务利息).
    Doubled {
        /// What is unpaid.
        unpaid: Fen,
        /// First day.
        from: Date,
        /// Last day.
        until: Date,
    },
}

impl InterestAsked {
    /// The working.
    ///
    /// # Errors
    /// An [`InterestRefusal`]; a missing row of the LPR is one.
    pub fn working(&self) -> Result<InterestWorking, InterestRefusal> {
        let after = |until: Date| until.tomorrow().map_err(|_| InterestRefusal::EndBeforeStart);
        match *self {
            InterestAsked::Agreed { principal, rate, contract_on, filed_on, from, until, asks_old_rules, year } => {
                let loan = Loan { principal, rate, contract_on, filed_on, from, to: after(until)?, asks_old_rules };
                interest::private_lending(&loan, InterestSettings { year, cap_basis: CapBasis::default() })
            }
            InterestAsked::Overdue { principal, from, until, year } => {
                interest::overdue_without_agreement(principal, from, after(until)?, year)
            }
            InterestAsked::Doubled { unpaid, from, until } => interest::doubled_part(unpaid, from, after(until)?),
        }
    }
}

/// A sum with its working, as a draft keeps it (数额及其计算过程).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct InterestSum {
    /// What was asked.
    pub asked: InterestAsked,
    /// How it comes out.
    pub working: InterestWorking,
}

impl InterestSum {
    /// Works a sum out.
    ///
    /// # Errors
    /// An [`InterestRefusal`].
    pub fn of(asked: InterestAsked) -> Result<Self, InterestRefusal> {
        Ok(Self { working: asked.working()?, asked })
    }

    /// The sum as a judgment says it.
    pub fn words(&self) -> String {
        let parts: Vec<String> = self.working.segments.iter().map(segment_in_words).collect();
        let all = parts.join("；");
        match parts.len() {
            1 => all,
            _ => format!("{all}；合计{}元", yuan(self.working.total)),
        }
    }
}

fn segment_in_words(segment: &Segment) -> String {
    let last = segment.to.yesterday().unwrap_or(segment.to);
    let day = |day: Date| format!("{}年{}月{}日", day.year(), day.month(), day.day());
    let (base, amount) = (yuan(segment.base), yuan(segment.amount));
    let span = format!("以{base}元为基数，自{}起至{}止", day(segment.from), day(last));
    match segment.daily {
        true => format!("{span}，按日利率{}%计算的加倍部分债务利息为{amount}元", segment.rate.percent()),
        false => format!("{span}，按年利率{}%计算，利息为{amount}元", segment.rate.percent()),
    }
}

/// Yuan as papers write them: no decimals where there are no fen.
fn yuan(amount: Fen) -> String {
    let plain = amount.plain();
    plain.strip_suffix(".00").map_or(plain.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn agreed(rate: &str) -> InterestAsked {
        InterestAsked::Agreed {
            principal: Fen(15_000_000),
            rate: rate.parse().expect("a rate"),
            contract_on: date(2024, 6, 1),
            filed_on: date(2026, 2, 27),
            from: date(2025, 6, 1),
            until: date(2026, 5, 31),
            asks_old_rules: false,
            year: YearOf::Days365,
        }
    }

    #[test]
    fn a_year_from_its_first_to_its_last_day_bears_a_year_of_interest() {
        let sum = InterestSum::of(agreed("0.12")).expect("it comes out");
        assert_eq!(sum.working.total, Fen(1_800_000));
        assert_eq!(sum.words(), "以150000元为基数，自2025年6月1日起至2026年5月31日止，按年利率12%计算，利息为18000元");
    }

    #[test]
    fn a_rate_above_the_cap_is_cut_and_the_words_say_the_rate_that_was_used() {
        let sum = InterestSum::of(agreed("0.24")).expect("it comes out");
        let segment = &sum.working.segments[0];
        assert_eq!(Some(segment.rate), segment.cap);
        assert!(sum.words().contains(&format!("按年利率{}%", segment.rate.percent())), "{}", sum.words());
    }

    #[test]
    fn what_lies_across_the_change_of_rules_is_added_up() {
        let asked = InterestAsked::Agreed {
            principal: Fen(10_000_000),
            rate: Rate::from_basis_points(2_400),
            contract_on: date(2019, 1, 1),
            filed_on: date(2023, 3, 1),
            from: date(2020, 1, 1),
            until: date(2020, 12, 31),
            asks_old_rules: true,
            year: YearOf::Days365,
        };
        let words = InterestSum::of(asked).expect("it comes out").words();
        assert!(words.contains("至2020年8月19日止") && words.contains("；合计"), "{words}");
    }

    #[test]
    fn the_doubled_part_is_by_the_day_and_an_end_before_the_start_is_none() {
        let doubled = |until| InterestAsked::Doubled { unpaid: Fen(10_000_000), from: date(2026, 5, 1), until };
        let sum = InterestSum::of(doubled(date(2026, 5, 10))).expect("it comes out");
        assert_eq!(sum.working.total, Fen(17_500));
        assert!(sum.words().contains("按日利率0.0175%"), "{}", sum.words());
        assert_eq!(InterestSum::of(doubled(date(2026, 4, 29))), Err(InterestRefusal::EndBeforeStart));
    }
}
