//! The limits of the law (审限与期间) by id.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use super::calendar::Calendar;
use super::data::{self, DataFault};
use super::nodes;
use super::period::{self, PeriodRefusal, PeriodRule, PeriodWorking, Unit};

const FILE: &str = "time_limits.toml";
static LIMITS: LazyLock<TimeLimits> = LazyLock::new(|| {
    read(include_str!("../../../../law/time_limits.toml")).expect("the embedded limits read; a test proves it")
});

/// 立案审查, 7 days. Source: 《民事诉讼法》第一百二十六条.
pub const FILING_REVIEW: &str = "civil_filing_review";
/// 立案后移送审判庭, 3 days. Source: 《审限规定》第七条.
pub const TRIBUNAL_TRANSFER: &str = "tribunal_transfer";
/// 预交案件受理费, 7 days. Source: 《诉讼费用交纳办法》第二十二条.
pub const FEE_PREPAY: &str = "fee_prepay";
/// 送达起诉状副本, 5 days. Source: 《民事诉讼法》第一百二十八条.
pub const CLAIM_SERVICE: &str = "claim_service";
/// 答辩期, 15 days. Source: 《民事诉讼法》第一百二十八条.
pub const ANSWER: &str = "answer";
/// 送达答辩状副本, 5 days. Source: 《民事诉讼法》第一百二十八条.
pub const ANSWER_SERVICE: &str = "answer_service";
/// 告知审判人员, 3 days. Source: 《民事诉讼法》第一百三十一条.
pub const PANEL_NOTICE: &str = "panel_notice";
/// 管辖权异议, 15 days. Source: 《民事诉讼法》第一百三十条.
pub const JURISDICTION_OBJECTION: &str = "jurisdiction_objection";
/// 普通程序举证期限, at least 15 days. Source: 《民诉法解释》第九十九条.
pub const EVIDENCE_ORDINARY: &str = "evidence_ordinary";
/// 简易程序举证期限, at most 15 days. Source: 《民诉法解释》第二百六十六条.
pub const EVIDENCE_SUMMARY: &str = "evidence_summary";
/// 小额诉讼举证期限, generally at most 7 days. Source: 《民诉法解释》第二百七十五条.
pub const EVIDENCE_SMALL: &str = "evidence_small";
/// 开庭通知, 3 days before. Source: 《民事诉讼法》第一百三十九条.
pub const HEARING_NOTICE: &str = "hearing_notice";
/// 笔录补正阅读, 5 days. Source: 《民事诉讼法》第一百五十条.
pub const TRANSCRIPT_READING: &str = "transcript_reading";
/// 合议, 5 working days. Source: 《合议庭规定》第九条.
pub const PANEL_DELIBERATION: &str = "panel_deliberation";
/// 制作裁判文书, 5 working days. Source: 《合议庭规定》第十四条.
pub const JUDGMENT_DRAFTING: &str = "judgment_drafting";
/// 当庭宣判后发送, 10 days. Source: 《民事诉讼法》第一百五十一条.
pub const COURT_PRONOUNCED_SEND: &str = "court_pronounced_send";
/// 普通程序审限, 6 months. Source: 《民事诉讼法》第一百五十二条.
pub const TRIAL_ORDINARY: &str = "trial_ordinary";
/// 简易程序审限, 3 months. Source: 《民事诉讼法》第一百六十四条.
pub const TRIAL_SUMMARY: &str = "trial_summary";
/// 小额诉讼审限, 2 months. Source: 《民事诉讼法》第一百六十八条.
pub const TRIAL_SMALL: &str = "trial_small";
/// 判决上诉期, 15 days. Source: 《民事诉讼法》第一百七十一条.
pub const APPEAL_JUDGMENT: &str = "appeal_judgment";
/// 裁定上诉期, 10 days. Source: 《民事诉讼法》第一百七十一条.
pub const APPEAL_RULING: &str = "appeal_ruling";
/// 送达上诉状副本, 5 days. Source: 《民事诉讼法》第一百七十四条.
pub const APPEAL_COPY_SERVICE: &str = "appeal_copy_service";
/// 上诉答辩期, 15 days. Source: 《民事诉讼法》第一百七十四条.
pub const APPEAL_ANSWER: &str = "appeal_answer";
/// 报送上诉案卷, 5 days. Source: 《民事诉讼法》第一百七十四条.
pub const APPEAL_FILE_TRANSFER: &str = "appeal_file_transfer";
/// 保全裁定, 5 days. Source: 《财产保全规定》第四条.
pub const PRESERVE_RULING: &str = "preserve_ruling";
/// 诉前保全裁定, 48 hours. Source: 《民事诉讼法》第一百零四条.
pub const PRESERVE_PRE_SUIT: &str = "preserve_pre_suit";
/// 申请执行, 2 years. Source: 《民事诉讼法》第二百五十条.
pub const ENF_APPLY: &str = "enf_apply";
/// 诉前调解, 30 days. Source: 《在线调解规则》第二十四条.
pub const PRE_MEDIATION: &str = "pre_mediation";
/// 立案后调解（普通程序）, 15 days. Source: 《在线调解规则》第二十四条.
pub const MEDIATION_ORDINARY: &str = "mediation_ordinary";
/// 立案后调解（简易程序）, 7 days. Source: 《在线调解规则》第二十四条.
pub const MEDIATION_SUMMARY: &str = "mediation_summary";
/// 公告送达, 30 days. Source: 《民事诉讼法》第九十五条.
pub const ANNOUNCEMENT: &str = "announcement";
/// 在线诉讼关联案件, 3 days. Source: 《在线诉讼规则》第十条.
pub const ESERVICE_LINK: &str = "eservice_link";
/// 退费, 15 days. Source: 《诉讼费用交纳办法》第五十三条.
pub const FEE_REFUND: &str = "fee_refund";
/// 归档, 3 months; likely, a setting. Source: 《人民法院诉讼文书立卷归档办法》.
pub const ARCHIVE_HANDOVER: &str = "archive_handover";

/// Every id that the program names itself; each exists in the data, a test proves it.
pub const NAMED: [&str; 34] = [
    FILING_REVIEW,
    TRIBUNAL_TRANSFER,
    FEE_PREPAY,
    CLAIM_SERVICE,
    ANSWER,
    ANSWER_SERVICE,
    PANEL_NOTICE,
    JURISDICTION_OBJECTION,
    EVIDENCE_ORDINARY,
    EVIDENCE_SUMMARY,
    EVIDENCE_SMALL,
    HEARING_NOTICE,
    TRANSCRIPT_READING,
    PANEL_DELIBERATION,
    JUDGMENT_DRAFTING,
    COURT_PRONOUNCED_SEND,
    TRIAL_ORDINARY,
    TRIAL_SUMMARY,
    TRIAL_SMALL,
    APPEAL_JUDGMENT,
    APPEAL_RULING,
    APPEAL_COPY_SERVICE,
    APPEAL_ANSWER,
    APPEAL_FILE_TRANSFER,
    PRESERVE_RULING,
    PRESERVE_PRE_SUIT,
    ENF_APPLY,
    PRE_MEDIATION,
    MEDIATION_ORDINARY,
    MEDIATION_SUMMARY,
    ANNOUNCEMENT,
    ESERVICE_LINK,
    FEE_REFUND,
    ARCHIVE_HANDOVER,
];

/// A limit (期限).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Limit {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// English identifier.
    pub ident_en: String,
    /// Case-type codes it applies to, or `all`.
    pub applies_to: String,
    /// How many units.
    pub length: u32,
    /// The unit.
    pub unit: Unit,
    /// What it starts from, in words.
    pub start: String,
    /// Source in law.
    pub source: String,
    /// Who may extend it, in words; `-` for nobody.
    pub extension: String,
    /// When an extension is asked for, in words.
    pub extension_timing: String,
    /// Remarks.
    pub note: String,
}

/// A kind of stretch that does not count (扣除事由).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ExclusionRow {
    /// Stable id; the name of an [`super::trial_period::ExclusionKind`].
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// Source in law.
    pub source: String,
}

/// A worked example of the handbook (算例).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Example {
    /// The limit in words.
    pub limit: String,
    /// The start in words.
    pub start: String,
    /// The rule in words.
    pub rule: String,
    /// The end before rest days are looked at.
    #[serde(rename = "raw_last_day", deserialize_with = "day")]
    pub raw_last_on: Date,
    /// The last day.
    #[serde(rename = "last_day", deserialize_with = "day")]
    pub last_on: Date,
    /// Remarks.
    pub note: String,
}

#[derive(Deserialize)]
struct File {
    limit: Vec<Limit>,
    exclusion: Vec<ExclusionRow>,
    example: Vec<Example>,
}

struct TimeLimits {
    by_id: BTreeMap<String, Limit>,
    exclusions: Vec<ExclusionRow>,
    examples: Vec<Example>,
}

impl Limit {
    /// The rule of this limit: most roll over rest days, those listed in `nodes.toml` do not.
    pub fn rule(&self) -> PeriodRule {
        PeriodRule {
            length: self.length,
            unit: self.unit,
            rolls: !nodes::never_rolls(&self.id) && self.unit != Unit::Hour,
        }
    }

    /// Whether it counts back from an event, such as three days before a hearing.
    pub fn counts_backwards(&self) -> bool {
        nodes::counts_backwards(&self.id)
    }
}

/// The limit of this id.
pub fn limit(id: &str) -> Option<&'static Limit> {
    LIMITS.by_id.get(id)
}

/// Every limit, by id.
pub fn all() -> impl Iterator<Item = &'static Limit> {
    LIMITS.by_id.values()
}

/// The kinds of stretches that do not count.
pub fn exclusions() -> &'static [ExclusionRow] {
    &LIMITS.exclusions
}

/// The worked examples of the handbook.
pub fn examples() -> &'static [Example] {
    &LIMITS.examples
}

/// Returns the last day of a limit that starts on a day, with its working, id and source.
///
/// # Errors
/// [`PeriodRefusal::UnknownLimit`] for an unknown id or one that counts backwards; what
/// [`period::last_day`] refuses.
pub fn last_day_of(id: &str, starts_on: Date, calendar: &Calendar) -> Result<PeriodWorking, PeriodRefusal> {
    let limit = limit(id).filter(|limit| !limit.counts_backwards()).ok_or(PeriodRefusal::UnknownLimit)?;
    let working = period::last_day(starts_on, limit.rule(), calendar)?;
    Ok(PeriodWorking { rule_id: Some(limit.id.clone()), source: limit.source.clone(), ..working })
}

/// Returns the latest day for a limit that counts back from an event.
///
/// # Errors
/// [`PeriodRefusal::UnknownLimit`] for an unknown id or one that counts forwards.
pub fn latest_before(id: &str, event_on: Date) -> Result<Date, PeriodRefusal> {
    let limit = limit(id).filter(|limit| limit.counts_backwards()).ok_or(PeriodRefusal::UnknownLimit)?;
    period::latest_before(event_on, limit.length)
}

fn read(text: &str) -> Result<TimeLimits, DataFault> {
    let File { limit, exclusion, example } = data::document(FILE, text)?;
    let count = limit.len();
    let by_id: BTreeMap<_, _> = limit.into_iter().map(|limit| (limit.id.clone(), limit)).collect();
    if by_id.len() != count {
        return Err(DataFault::new(FILE, "an id stands twice"));
    }
    Ok(TimeLimits { by_id, exclusions: exclusion, examples: example })
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(from)?;
    written.to_string().parse().map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::trial_period::ExclusionKind;
    use jiff::civil::date;

    #[test]
    fn every_limit_reads_and_has_a_source() {
        assert_eq!(all().count(), 83);
        for limit in all() {
            assert!(limit.length > 0 && !limit.source.is_empty() && !limit.source.contains("〔likely"), "{}", limit.id);
        }
    }

    #[test]
    fn every_id_the_program_names_exists() {
        for id in NAMED {
            assert!(limit(id).is_some(), "{id}");
        }
    }

    #[test]
    fn the_working_of_a_limit_names_its_rule() {
        let working = last_day_of(APPEAL_JUDGMENT, date(2026, 11, 20), Calendar::embedded()).expect("the limit exists");
        assert_eq!(working.last_on, date(2026, 12, 7));
        assert_eq!(working.rule_id.as_deref(), Some(APPEAL_JUDGMENT));
        assert_eq!(working.source, "民诉法171");
    }

    #[test]
    fn the_hearing_notice_counts_back() {
        assert_eq!(latest_before(HEARING_NOTICE, date(2026, 3, 27)), Ok(date(2026, 3, 24)));
        assert_eq!(
            last_day_of(HEARING_NOTICE, date(2026, 3, 27), Calendar::embedded()),
            Err(PeriodRefusal::UnknownLimit)
        );
        assert_eq!(latest_before(ANSWER, date(2026, 3, 27)), Err(PeriodRefusal::UnknownLimit));
    }

    #[test]
    fn trial_periods_and_announcements_stay_where_they_fall() {
        for id in [TRIAL_ORDINARY, TRIAL_SUMMARY, TRIAL_SMALL, ANNOUNCEMENT, PRESERVE_PRE_SUIT] {
            assert!(!limit(id).expect("the limit exists").rule().rolls, "{id}");
        }
        assert!(limit(ANSWER).expect("the limit exists").rule().rolls);
    }

    #[test]
    fn every_exclusion_of_the_data_is_a_kind_of_the_program() {
        for row in exclusions() {
            let kind: Result<ExclusionKind, _> = serde_json::from_value(row.id.clone().into());
            assert!(kind.is_ok(), "{}", row.id);
        }
        assert_eq!(exclusions().len(), 8);
    }
}
