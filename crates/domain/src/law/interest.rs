//! Interest (利息): segments with base, rate, days and article; a missing rate stops the sum.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use super::lpr::{self, Lpr, LprMissing};
use super::money::Fen;
use super::rate::{Exact, Rate, Rounding};

/// The day from which four times the LPR is the cap (司法保护上限新标准施行日).
const NEW_CAP_ON: Date = date(2020, 8, 20);
/// The cap of the rules before (24 %). Source: 法释〔2015〕18号第二十六条, repealed; to be verified.
const OLD_CAP: Rate = Rate::from_basis_points(2_400);
/// Doubled part of delay interest, a day. Source: 法释〔2014〕8号第一条.
const DOUBLED_DAILY: Rate = Rate::new(175, 1_000_000);

/// Days a year is counted as (计息年天数): a setting; the document rules where it says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub enum YearOf {
    /// 365 days.
    #[default]
    #[serde(rename = "365")]
    Days365,
    /// 360 days.
    #[serde(rename = "360")]
    Days360,
}

/// Which day's LPR caps an older contract after the change (上限基准日): a setting, article 31 is read both ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapBasis {
    /// 起诉时.
    #[default]
    Filing,
    /// 合同成立时.
    Contract,
}

/// What is lent and how (借贷情况).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loan {
    /// The principal in fact given.
    pub principal: Fen,
    /// The agreed rate a year.
    pub rate: Rate,
    /// The day of the contract.
    pub contract_on: Date,
    /// The day of the suit.
    pub filed_on: Date,
    /// First day of interest.
    pub from: Date,
    /// The day up to which interest runs; it is not counted.
    pub to: Date,
    /// Whether the party asks for the old rules on interest before the change.
    pub asks_old_rules: bool,
}

/// Settings of the calculator (计算设置).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InterestSettings {
    /// Days of a year.
    pub year: YearOf,
    /// Basis of the cap of older contracts.
    pub cap_basis: CapBasis,
}

/// One stretch of interest (计息区间).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = InterestSegment)]
pub struct Segment {
    /// First day, counted.
    pub from: Date,
    /// Last day, not counted.
    pub to: Date,
    /// Days between.
    pub days: u32,
    /// The base.
    pub base: Fen,
    /// The rate that was used.
    pub rate: Rate,
    /// Whether the rate is a day's rate and not a year's.
    pub daily: bool,
    /// The cap, where one was looked at.
    pub cap: Option<Rate>,
    /// The LPR row, where one was used.
    pub lpr: Option<Lpr>,
    /// The article.
    pub article: String,
    /// Rounded to the fen, half up.
    pub amount: Fen,
}

/// Interest with its working (利息计算过程).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct InterestWorking {
    /// The segments, in order of time.
    pub segments: Vec<Segment>,
    /// Days of a year.
    pub year: YearOf,
    /// The sum of the rounded segments.
    pub total: Fen,
    /// Version of the law data.
    pub law_version: String,
}

/// Why no interest comes out (无法计息).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum InterestRefusal {
    /// The end lies before the start.
    EndBeforeStart,
    /// The base is below zero.
    NegativeBase,
    /// The rate is below zero or above a thousand per cent.
    BadRate,
    /// The suit was filed before the present rules: they do not apply.
    FiledBeforeRules,
    /// The LPR of a day is not loaded.
    Lpr {
        /// Which.
        missing: LprMissing,
    },
}

impl InterestRefusal {
    /// The stable code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            InterestRefusal::EndBeforeStart => "interest.end_before_start",
            InterestRefusal::NegativeBase => "interest.negative_base",
            InterestRefusal::BadRate => "interest.bad_rate",
            InterestRefusal::FiledBeforeRules => "interest.filed_before_rules",
            InterestRefusal::Lpr { missing } => missing.code(),
        }
    }
}

impl From<LprMissing> for InterestRefusal {
    fn from(missing: LprMissing) -> Self {
        InterestRefusal::Lpr { missing }
    }
}

impl YearOf {
    fn days(self) -> i64 {
        match self {
            YearOf::Days365 => 365,
            YearOf::Days360 => 360,
        }
    }
}

/// Interest of a private loan (民间借贷利息), never above the cap.
///
/// A contract from 2020-08-20 on is capped at four times the LPR of its day. An older one is capped at
/// four times the LPR of the filing day; where the party asks for it, interest before 2020-08-20 follows
/// the rules of that time.
///
/// # Errors
/// An [`InterestRefusal`]; a missing LPR row is one.
///
/// Source: 《民间借贷规定》第二十五条、第二十八条、第二十九条、第三十一条.
pub fn private_lending(loan: &Loan, settings: InterestSettings) -> Result<InterestWorking, InterestRefusal> {
    check(loan.principal, loan.rate, loan.from, loan.to)?;
    if loan.filed_on < NEW_CAP_ON {
        return Err(InterestRefusal::FiledBeforeRules);
    }
    let is_old = loan.contract_on < NEW_CAP_ON;
    let split_on = if is_old && loan.asks_old_rules { NEW_CAP_ON.clamp(loan.from, loan.to) } else { loan.from };
    let mut segments = Vec::new();
    if loan.from < split_on {
        segments.push(segment(loan, (loan.from, split_on), OLD_CAP, None, "31", settings));
    }
    if split_on < loan.to || segments.is_empty() {
        let basis_on = if is_old && settings.cap_basis == CapBasis::Filing { loan.filed_on } else { loan.contract_on };
        let lpr = lpr::on(basis_on)?;
        let article = if is_old { "31" } else { "25" };
        segments.push(segment(loan, (split_on, loan.to), lpr.rate.times(4), Some(lpr), article, settings));
    }
    Ok(working(segments, settings.year))
}

/// Overdue interest where neither a term rate nor an overdue rate was agreed (逾期利息): the LPR of the
/// overdue day, kept.
///
/// # Errors
/// An [`InterestRefusal`]; a missing LPR row is one.
///
/// Source: 《民间借贷规定》第二十八条第二款第一项.
pub fn overdue_without_agreement(
    principal: Fen,
    overdue_on: Date,
    to: Date,
    year: YearOf,
) -> Result<InterestWorking, InterestRefusal> {
    let lpr = lpr::on(overdue_on)?;
    check(principal, lpr.rate, overdue_on, to)?;
    let days = days_between(overdue_on, to);
    let amount = yearly(principal, lpr.rate, days, year);
    let article = "28".to_owned();
    let one = Segment {
        from: overdue_on,
        to,
        days,
        base: principal,
        rate: lpr.rate,
        daily: false,
        cap: None,
        lpr: Some(lpr),
        article,
        amount,
    };
    Ok(working(vec![one], year))
}

/// The doubled part of delay interest (加倍部分债务利息): 0.0175 % a day of the unpaid debt.
///
/// # Errors
/// An [`InterestRefusal`] for a negative debt or an end before the start.
///
/// Source: 《民事诉讼法》第二百六十四条; 法释〔2014〕8号第一条.
pub fn doubled_part(unpaid: Fen, from: Date, to: Date) -> Result<InterestWorking, InterestRefusal> {
    check(unpaid, DOUBLED_DAILY, from, to)?;
    let days = days_between(from, to);
    let amount = Exact::from(unpaid).at(DOUBLED_DAILY.times(i64::from(days))).rounded(Rounding::Fen);
    let article = "法释〔2014〕8号 1".to_owned();
    let one = Segment {
        from,
        to,
        days,
        base: unpaid,
        rate: DOUBLED_DAILY,
        daily: true,
        cap: None,
        lpr: None,
        article,
        amount,
    };
    Ok(working(vec![one], YearOf::default()))
}

fn check(base: Fen, rate: Rate, from: Date, to: Date) -> Result<(), InterestRefusal> {
    let rate_is_sound = rate.numerator >= 0 && rate.numerator / rate.denominator <= 10;
    match () {
        _ if to < from => Err(InterestRefusal::EndBeforeStart),
        _ if base < Fen::ZERO => Err(InterestRefusal::NegativeBase),
        _ if !rate_is_sound || rate.denominator > 1_000_000_000 => Err(InterestRefusal::BadRate),
        _ => Ok(()),
    }
}

fn segment(
    loan: &Loan,
    (from, to): (Date, Date),
    cap: Rate,
    lpr: Option<Lpr>,
    article: &str,
    settings: InterestSettings,
) -> Segment {
    let (days, rate) = (days_between(from, to), loan.rate.min(cap));
    let amount = yearly(loan.principal, rate, days, settings.year);
    Segment {
        from,
        to,
        days,
        base: loan.principal,
        rate,
        daily: false,
        cap: Some(cap),
        lpr,
        article: article.to_owned(),
        amount,
    }
}

fn yearly(base: Fen, rate: Rate, days: u32, year: YearOf) -> Fen {
    Exact::from(base).at(rate).at(Rate::new(i64::from(days), year.days())).rounded(Rounding::Fen)
}

fn working(segments: Vec<Segment>, year: YearOf) -> InterestWorking {
    let total = segments.iter().map(|segment| segment.amount).sum();
    InterestWorking { segments, year, total, law_version: super::VERSION.to_owned() }
}

fn days_between(from: Date, to: Date) -> u32 {
    let days = from.until(to).expect("two dates are at most ten thousand years apart").get_days();
    u32::try_from(days).expect("the end was checked against the start")
}

#[cfg(test)]
#[path = "interest_tests.rs"]
mod tests;
