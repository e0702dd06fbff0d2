//! The trial period (审限): from filing to closing, with what does not count and what was granted.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, RestReason};
use super::nodes;
use super::period::{self, PeriodRefusal, PeriodRule, Unit};

/// Why a stretch is not counted (扣除审限事由). Source: 《民诉法解释》第二百四十三条; 《审限规定》第九条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionKind {
    /// 公告期间.
    Announcement,
    /// 鉴定、审计、评估、资产清理期间.
    Appraisal,
    /// 双方当事人和解期间.
    Settlement,
    /// 管辖异议及管辖争议处理期间.
    Jurisdiction,
    /// 中止诉讼至恢复期间.
    Stay,
    /// 因新证人、新证据等延期审理, at most one month.
    NewEvidenceAdjournment,
    /// 立案后延长的调解期限.
    MediationExtension,
    /// 执行和解、暂缓执行、拍卖变卖期间.
    EnfSettlementOrDeferral,
}

/// A stretch that is not counted (扣除期间).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Why.
    pub kind: ExclusionKind,
    /// First day.
    pub starts_on: Date,
    /// Last day; none while it runs.
    pub ends_on: Option<Date>,
}

/// An approved extension (延长审限).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// How many units.
    pub length: u32,
    /// Days or months.
    pub unit: Unit,
}

/// A merged stretch (合并后的扣除期间); its days are end minus start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
}

/// How the end of a trial period was found (审限计算过程).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialWorking {
    /// The day of filing; it is not counted.
    pub filed_on: Date,
    /// The first day that counts.
    pub counts_from: Date,
    /// The rule.
    pub rule: PeriodRule,
    /// The end before exclusions and extensions.
    pub base_due_on: Date,
    /// What does not count, overlaps merged.
    pub excluded: Vec<Stretch>,
    /// Their days together.
    pub excluded_days: u32,
    /// What was granted.
    pub extensions: Vec<Extension>,
    /// The end before rest days are looked at.
    pub raw_due_on: Date,
    /// Why it moved; none unless the court's setting lets trial periods roll.
    pub rolled_over: Option<RestReason>,
    /// The end (审限届满日).
    pub due_on: Date,
    /// Whether an exclusion is still running, so that the end grows day by day.
    pub paused: bool,
    /// The last day to ask for an extension.
    pub ask_extension_by: Date,
    /// The last day to decide on it.
    pub decide_extension_by: Date,
    /// Version of the law data.
    pub law_version: String,
}

impl Stretch {
    /// How many days it takes out.
    pub fn days(self) -> u32 {
        days_between(self.starts_on, self.ends_on)
    }
}

/// Returns the end of a trial period (审限届满日) with its working.
///
/// It is the base end, plus the merged exclusions, plus the approved extensions. An exclusion that still
/// runs counts up to `as_of`.
///
/// # Errors
/// A [`PeriodRefusal`] for an impossible rule or an exclusion that ends before it starts.
///
/// Source: 《审限规定》第八条、第九条; 《民诉法解释》第二百四十三条; 《延长审限规定》第一条.
pub fn due(
    filed_on: Date,
    rule: PeriodRule,
    exclusions: &[Exclusion],
    extensions: &[Extension],
    as_of: Date,
    calendar: &Calendar,
) -> Result<TrialWorking, PeriodRefusal> {
    let base = period::last_day(filed_on, PeriodRule { rolls: false, ..rule }, calendar)?;
    let excluded = merge(filed_on, exclusions, as_of)?;
    let excluded_days = excluded.iter().map(|stretch| stretch.days()).sum();
    let raw_due_on = extended(plus(base.raw_end_on, i64::from(excluded_days).days())?, extensions)?;
    let rolled_over = if rule.rolls { calendar.rest(raw_due_on) } else { None };
    let due_on = match rolled_over {
        Some(_) => calendar.workday_from(raw_due_on).ok_or(PeriodRefusal::TooLong)?,
        None => raw_due_on,
    };
    let timing = nodes::extension_timing();
    Ok(TrialWorking {
        filed_on,
        counts_from: base.counts_from,
        rule,
        base_due_on: base.raw_end_on,
        paused: exclusions.iter().any(|exclusion| exclusion.ends_on.is_none()),
        excluded,
        excluded_days,
        extensions: extensions.to_vec(),
        raw_due_on,
        rolled_over,
        due_on,
        ask_extension_by: plus(due_on, (-i64::from(timing.ask_days_before)).days())?,
        decide_extension_by: plus(due_on, (-i64::from(timing.decide_days_before)).days())?,
        law_version: super::VERSION.to_owned(),
    })
}

/// Merges exclusions (合并扣除期间): overlaps count once, and nothing counts before filing.
///
/// # Errors
/// [`PeriodRefusal::ExclusionReversed`] where one ends before it starts.
pub fn merge(filed_on: Date, exclusions: &[Exclusion], as_of: Date) -> Result<Vec<Stretch>, PeriodRefusal> {
    let mut stretches: Vec<Stretch> =
        exclusions.iter().map(|exclusion| stretch(exclusion, as_of)).collect::<Result<_, _>>()?;
    stretches.retain(|stretch| stretch.ends_on > filed_on);
    stretches.sort_by_key(|stretch| stretch.starts_on);
    let mut merged: Vec<Stretch> = Vec::new();
    for Stretch { starts_on, ends_on } in stretches {
        let starts_on = starts_on.max(filed_on);
        match merged.last_mut() {
            Some(last) if starts_on <= last.ends_on => last.ends_on = last.ends_on.max(ends_on),
            _ => merged.push(Stretch { starts_on, ends_on }),
        }
    }
    Ok(merged)
}

fn stretch(exclusion: &Exclusion, as_of: Date) -> Result<Stretch, PeriodRefusal> {
    let starts_on = exclusion.starts_on;
    let ends_on = exclusion.ends_on.unwrap_or(as_of.max(starts_on));
    if ends_on < starts_on {
        return Err(PeriodRefusal::ExclusionReversed);
    }
    let longest = match exclusion.kind {
        ExclusionKind::NewEvidenceAdjournment => plus(starts_on, 1.month())?,
        _ => ends_on,
    };
    Ok(Stretch { starts_on, ends_on: ends_on.min(longest) })
}

fn extended(due_on: Date, extensions: &[Extension]) -> Result<Date, PeriodRefusal> {
    extensions.iter().try_fold(due_on, |due_on, extension| match extension.unit {
        _ if extension.length > 1_200 => Err(PeriodRefusal::TooLong),
        Unit::Day => plus(due_on, i64::from(extension.length).days()),
        Unit::Month => plus(due_on, i64::from(extension.length).months()),
        _ => Err(PeriodRefusal::UnknownUnit),
    })
}

fn plus(day: Date, span: Span) -> Result<Date, PeriodRefusal> {
    day.checked_add(span).map_err(|_| PeriodRefusal::TooLong)
}

fn days_between(from: Date, to: Date) -> u32 {
    let days = from.until(to).expect("two dates are at most ten thousand years apart").get_days();
    u32::try_from(days).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn of(kind: ExclusionKind, from: Date, to: Date) -> Exclusion {
        Exclusion { kind, starts_on: from, ends_on: Some(to) }
    }

    fn ordinary(exclusions: &[Exclusion], as_of: Date) -> TrialWorking {
        let rule = PeriodRule::fixed(6, Unit::Month);
        due(date(2026, 3, 2), rule, exclusions, &[], as_of, Calendar::embedded()).expect("the period is short")
    }

    #[test]
    fn an_extension_is_asked_for_and_decided_in_time() {
        let rule = PeriodRule::fixed(3, Unit::Month);
        let working = due(date(2026, 1, 15), rule, &[], &[], date(2026, 1, 15), Calendar::embedded())
            .expect("the period is short");
        assert_eq!(working.due_on, date(2026, 4, 15));
        assert_eq!(working.ask_extension_by, date(2026, 3, 31));
        assert_eq!(working.decide_extension_by, date(2026, 4, 10));
    }

    #[test]
    fn overlapping_exclusions_count_once() {
        let working = ordinary(
            &[
                of(ExclusionKind::Settlement, date(2026, 6, 5), date(2026, 6, 20)),
                of(ExclusionKind::Appraisal, date(2026, 6, 1), date(2026, 6, 10)),
                of(ExclusionKind::Stay, date(2026, 7, 1), date(2026, 7, 2)),
            ],
            date(2026, 8, 1),
        );
        assert_eq!(working.excluded.len(), 2);
        assert_eq!(working.excluded_days, 20);
        assert_eq!(working.due_on, date(2026, 9, 22));
    }

    #[test]
    fn a_running_exclusion_counts_up_to_today() {
        let running = Exclusion { kind: ExclusionKind::Appraisal, starts_on: date(2026, 5, 6), ends_on: None };
        let working = ordinary(&[running], date(2026, 5, 16));
        assert!(working.paused);
        assert_eq!(working.due_on, date(2026, 9, 12));
    }

    #[test]
    fn an_adjournment_for_new_evidence_takes_out_a_month_at_most() {
        let long = of(ExclusionKind::NewEvidenceAdjournment, date(2026, 4, 1), date(2026, 6, 30));
        assert_eq!(ordinary(&[long], date(2026, 7, 1)).excluded_days, 30);
    }

    #[test]
    fn nothing_is_excluded_before_filing() {
        let early = of(ExclusionKind::Settlement, date(2026, 2, 20), date(2026, 3, 4));
        assert_eq!(ordinary(&[early], date(2026, 7, 1)).excluded_days, 2);
    }

    #[test]
    fn a_reversed_exclusion_is_refused() {
        let reversed = of(ExclusionKind::Stay, date(2026, 5, 2), date(2026, 5, 1));
        assert_eq!(merge(date(2026, 3, 2), &[reversed], date(2026, 6, 1)), Err(PeriodRefusal::ExclusionReversed));
    }

    #[test]
    fn a_court_may_let_trial_periods_roll() {
        let rule = PeriodRule::rolling(6, Unit::Month);
        let working =
            due(date(2026, 4, 3), rule, &[], &[], date(2026, 4, 3), Calendar::embedded()).expect("the period is short");
        assert_eq!((working.raw_due_on, working.due_on), (date(2026, 10, 3), date(2026, 10, 8)));
    }

    proptest! {
        #[test]
        fn an_exclusion_never_shortens_a_period(offset in 0_i64..200, length in 0_i64..100) {
            let from = date(2026, 3, 2).checked_add(offset.days()).expect("a near date");
            let to = from.checked_add(length.days()).expect("a near date");
            let with = ordinary(&[of(ExclusionKind::Appraisal, from, to)], to);
            prop_assert_eq!(with.due_on, date(2026, 9, 2).checked_add(length.days()).expect("a near date"));
        }
    }
}
