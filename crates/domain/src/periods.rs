//! Periods of a case (期间): each with its start, its last day and the working, stored as it was computed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    ids::PartyId,
    law::{
        calendar::Calendar,
        limits,
        period::{self, PeriodRule, PeriodWorking, Unit},
        trial_period::{self, Exclusion, Extension},
    },
    moment::Recorded,
    paper::PaperKind,
};

/// What a period is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// Filing review (立案审查).
    Review,
    /// Correction by the filer (补正).
    Correction,
    /// Payment of the fee (预交案件受理费).
    FeePayment,
    /// Trial period (审限).
    Trial,
    /// Service of the copies of the complaint (送达起诉状副本).
    ClaimService,
    /// Linking to an on-line case (关联案件).
    Link,
    /// Answer of a defendant (答辩期).
    Answer,
    /// Evidence (举证期限).
    Evidence,
    /// Mediation (调解期限).
    Mediation,
    /// Service by announcement (公告送达).
    Announcement,
    /// Deliberation (评议).
    Deliberation,
    /// Writing of the decision (制作裁判文书).
    Writing,
    /// Sending of a judgment pronounced in court (当庭宣判后发送).
    Sending,
    /// Appeal of a party (上诉期).
    Appeal,
    /// Service of the copies of an appeal (送达上诉状副本).
    AppealCopy,
    /// Answer of the other side to an appeal (上诉答辩期).
    AppealAnswer,
    /// Transfer of the file on appeal (上诉移送).
    Transfer,
    /// Refund of fees (退费).
    Refund,
    /// Handing over to the archive (归档).
    Archive,
    /// A loan of the archived file (借阅期限).
    Loan,
}

impl PeriodKind {
    /// Every kind.
    pub const ALL: [PeriodKind; 20] = [
        PeriodKind::Review,
        PeriodKind::Correction,
        PeriodKind::FeePayment,
        PeriodKind::Trial,
        PeriodKind::ClaimService,
        PeriodKind::Link,
        PeriodKind::Answer,
        PeriodKind::Evidence,
        PeriodKind::Mediation,
        PeriodKind::Announcement,
        PeriodKind::Deliberation,
        PeriodKind::Writing,
        PeriodKind::Sending,
        PeriodKind::Appeal,
        PeriodKind::AppealCopy,
        PeriodKind::AppealAnswer,
        PeriodKind::Transfer,
        PeriodKind::Refund,
        PeriodKind::Archive,
        PeriodKind::Loan,
    ];

    /// Stable code: the name it is stored under.
    pub fn code(self) -> &'static str {
        match self {
            PeriodKind::Review => "review",
            PeriodKind::Correction => "correction",
            PeriodKind::FeePayment => "fee_payment",
            PeriodKind::Trial => "trial",
            PeriodKind::ClaimService => "claim_service",
            PeriodKind::Link => "link",
            PeriodKind::Answer => "answer",
            PeriodKind::Evidence => "evidence",
            PeriodKind::Mediation => "mediation",
            PeriodKind::Announcement => "announcement",
            PeriodKind::Deliberation => "deliberation",
            PeriodKind::Writing => "writing",
            PeriodKind::Sending => "sending",
            PeriodKind::Appeal => "appeal",
            PeriodKind::AppealCopy => "appeal_copy",
            PeriodKind::AppealAnswer => "appeal_answer",
            PeriodKind::Transfer => "transfer",
            PeriodKind::Refund => "refund",
            PeriodKind::Archive => "archive",
            PeriodKind::Loan => "loan",
        }
    }

    /// Whether parties are shown it: their own periods, and those that bind the court towards them. The
    /// rest are the court's own nodes (内部节点).
    pub fn concerns_parties(self) -> bool {
        !matches!(
            self,
            PeriodKind::ClaimService
                | PeriodKind::Deliberation
                | PeriodKind::Writing
                | PeriodKind::Sending
                | PeriodKind::AppealCopy
                | PeriodKind::Transfer
                | PeriodKind::Archive
                | PeriodKind::Loan
                | PeriodKind::Announcement
        )
    }

    /// Whether a stay of proceedings suspends it (中止期间不计入). Announcements and what follows closing
    /// run on.
    ///
    /// Source: handbook of the project §6.1, after 《民事诉讼法》第一百五十三条.
    pub fn is_suspended_by_stay(self) -> bool {
        matches!(
            self,
            PeriodKind::FeePayment
                | PeriodKind::Trial
                | PeriodKind::ClaimService
                | PeriodKind::Link
                | PeriodKind::Answer
                | PeriodKind::Evidence
                | PeriodKind::Mediation
                | PeriodKind::Deliberation
                | PeriodKind::Writing
        )
    }

    /// The article by which the court sets it, where the working tells only how its days are counted.
    pub fn set_by(self) -> Option<&'static str> {
        match self {
            PeriodKind::Evidence => Some("《民事诉讼法》第六十八条第二款；《民诉法解释》第九十九条"),
            _ => None,
        }
    }

    /// The limit of the law data that fixes its length, where the law does.
    fn limit(self) -> Option<&'static str> {
        match self {
            PeriodKind::Review => Some(limits::FILING_REVIEW),
            PeriodKind::FeePayment => Some(limits::FEE_PREPAY),
            PeriodKind::ClaimService => Some(limits::CLAIM_SERVICE),
            PeriodKind::Answer => Some(limits::ANSWER),
            PeriodKind::Announcement => Some(limits::ANNOUNCEMENT),
            PeriodKind::Deliberation => Some(limits::PANEL_DELIBERATION),
            PeriodKind::Writing => Some(limits::JUDGMENT_DRAFTING),
            PeriodKind::Sending => Some(limits::COURT_PRONOUNCED_SEND),
            PeriodKind::AppealCopy => Some(limits::APPEAL_COPY_SERVICE),
            PeriodKind::AppealAnswer => Some(limits::APPEAL_ANSWER),
            PeriodKind::Transfer => Some(limits::APPEAL_FILE_TRANSFER),
            PeriodKind::Refund => Some(limits::FEE_REFUND),
            PeriodKind::Archive => Some(limits::ARCHIVE_HANDOVER),
            PeriodKind::Appeal
            | PeriodKind::Correction
            | PeriodKind::Trial
            | PeriodKind::Link
            | PeriodKind::Mediation
            | PeriodKind::Loan
            | PeriodKind::Evidence => None,
        }
    }
}

/// A period, running or ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// What it is for.
    pub kind: PeriodKind,
    /// Whose, where each party has its own.
    pub party: Option<PartyId>,
    /// The day of the event; it is not counted.
    pub starts_on: Date,
    /// Last day.
    pub last_on: Date,
    /// How the last day was found.
    pub working: PeriodWorking,
    /// Exclusions that moved it (扣除).
    #[serde(default)]
    pub exclusions: Vec<Exclusion>,
    /// Extensions that moved it (延长).
    #[serde(default)]
    pub extensions: Vec<Extension>,
    /// Day it ended: because what it was for was done, or it ran out.
    #[serde(default)]
    pub ended_on: Option<Date>,
}

/// Facts of periods. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum PeriodEvent {
    /// A period began (期间开始).
    #[serde(rename = "periods.started.v1")]
    Started {
        /// The period, with its working.
        period: Period,
    },
    /// Its last day moved (扣除、延长).
    #[serde(rename = "periods.moved.v1")]
    Moved {
        /// What it is for.
        kind: PeriodKind,
        /// Whose.
        party: Option<PartyId>,
        /// New last day.
        last_on: Date,
        /// All exclusions so far.
        exclusions: Vec<Exclusion>,
        /// All extensions so far.
        extensions: Vec<Extension>,
    },
    /// It ended: what it was for was done, or its time ran out (期间终了).
    #[serde(rename = "periods.ended.v1")]
    Ended {
        /// What it is for.
        kind: PeriodKind,
        /// Whose.
        party: Option<PartyId>,
    },
    /// It never ran: what it counted from did not happen (期间自始未起算).
    #[serde(rename = "periods.voided.v1")]
    Voided {
        /// What it was for.
        kind: PeriodKind,
        /// Whose.
        party: Option<PartyId>,
    },
}

impl PeriodEvent {
    /// The end of a period.
    pub fn ended(kind: PeriodKind, party: Option<PartyId>) -> PeriodEvent {
        PeriodEvent::Ended { kind, party }
    }
}

/// A period whose length the law data fixes.
///
/// # Panics
/// If the kind has no limit of its own: that is a fault of the program.
pub fn by_limit(kind: PeriodKind, party: Option<PartyId>, starts_on: Date) -> Period {
    let limit = kind.limit().expect("this kind has a limit in the law data");
    of_limit(kind, party, limit, starts_on)
}

/// A period by the limit `limit` of the law data.
///
/// # Panics
/// If the limit is unknown: a test proves that those named by the program exist.
pub fn of_limit(kind: PeriodKind, party: Option<PartyId>, limit: &str, starts_on: Date) -> Period {
    let working = limits::last_day_of(limit, starts_on, Calendar::embedded()).expect("a named limit has a last day");
    of_working(kind, party, working)
}

/// A period of `length_days` calendar days set by the court, rolling over rest days.
///
/// Source: 《民事诉讼法》第八十五条.
pub fn days(kind: PeriodKind, party: Option<PartyId>, starts_on: Date, length_days: i32) -> Period {
    let rule = PeriodRule { length: length_days.max(1) as u32, unit: Unit::Day, rolls: true };
    let working = period::last_day(starts_on, rule, Calendar::embedded()).expect("a few days have a last day");
    of_working(kind, party, working)
}

fn of_working(kind: PeriodKind, party: Option<PartyId>, working: PeriodWorking) -> Period {
    Period {
        kind,
        party,
        starts_on: working.starts_on,
        last_on: working.last_on,
        working,
        exclusions: vec![],
        extensions: vec![],
        ended_on: None,
    }
}

/// A party's days to appeal, from the day the decision was served on it: fifteen against a judgment, ten
/// against a ruling.
///
/// Source: 《民事诉讼法》第一百七十一条.
pub fn appeal(decision: PaperKind, party: PartyId, served_on: Date) -> Period {
    let limit = if decision == PaperKind::Judgment { limits::APPEAL_JUDGMENT } else { limits::APPEAL_RULING };
    of_limit(PeriodKind::Appeal, Some(party), limit, served_on)
}

/// The trial period under `procedure`, from the day of filing.
///
/// Source: 《民事诉讼法》第一百五十二条、第一百六十四条、第一百六十八条.
pub fn trial(procedure: Procedure, filed_on: Date) -> Period {
    let limit = match procedure {
        Procedure::Ordinary => limits::TRIAL_ORDINARY,
        Procedure::Summary => limits::TRIAL_SUMMARY,
        Procedure::SmallClaims => limits::TRIAL_SMALL,
    };
    of_limit(PeriodKind::Trial, None, limit, filed_on)
}

/// The days of mediation under `procedure`, from its beginning.
///
/// Source: 《人民法院在线调解规则》第二十四条.
pub fn mediation(procedure: Procedure, begun_on: Date) -> Period {
    let limit = match procedure {
        Procedure::Ordinary => limits::MEDIATION_ORDINARY,
        Procedure::Summary | Procedure::SmallClaims => limits::MEDIATION_SUMMARY,
    };
    of_limit(PeriodKind::Mediation, None, limit, begun_on)
}

/// The trial period moved by exclusions and extensions, counted anew from filing.
///
/// Source: 《民诉法解释》第二百四十三条;《关于严格执行案件审理期限制度的若干规定》第八条、第九条.
pub fn moved_trial(
    period: &Period,
    exclusions: Vec<Exclusion>,
    extensions: Vec<Extension>,
    as_of: Date,
) -> PeriodEvent {
    let rule = period.working.rule;
    let due = trial_period::due(period.starts_on, rule, &exclusions, &extensions, as_of, Calendar::embedded())
        .map_or(period.last_on, |working| working.due_on);
    PeriodEvent::Moved { kind: PeriodKind::Trial, party: None, last_on: due, exclusions, extensions }
}

/// Any other period moved by a stay: its days are added, and the last day rolls over rest days as before.
pub fn moved_by_stay(period: &Period, stay: Exclusion, ended_on: Date) -> PeriodEvent {
    let days = stay.starts_on.until(ended_on).map_or(0, |span| span.get_days());
    let calendar = Calendar::embedded();
    let raw = period.last_on.saturating_add(jiff::Span::new().days(days));
    let last_on = if period.working.rule.rolls { calendar.workday_from(raw).unwrap_or(raw) } else { raw };
    let mut exclusions = period.exclusions.clone();
    exclusions.push(Exclusion { ends_on: Some(ended_on), ..stay });
    PeriodEvent::Moved {
        kind: period.kind,
        party: period.party,
        last_on,
        exclusions,
        extensions: period.extensions.clone(),
    }
}

impl PeriodEvent {
    /// The kind of period it is about.
    pub fn kind(&self) -> PeriodKind {
        match self {
            PeriodEvent::Started { period } => period.kind,
            PeriodEvent::Moved { kind, .. } | PeriodEvent::Ended { kind, .. } | PeriodEvent::Voided { kind, .. } => {
                *kind
            }
        }
    }
}

impl CaseState {
    /// The newest period of this kind and party, running or ended.
    pub fn period(&self, kind: PeriodKind, party: Option<PartyId>) -> Option<&Period> {
        self.periods.iter().rev().find(|period| period.kind == kind && period.party == party)
    }

    /// The period of this kind and party, if it is running.
    pub fn running(&self, kind: PeriodKind, party: Option<PartyId>) -> Option<&Period> {
        self.period(kind, party).filter(|period| period.ended_on.is_none())
    }

    /// All running periods.
    pub fn running_periods(&self) -> impl Iterator<Item = &Period> {
        self.periods.iter().filter(|period| period.ended_on.is_none())
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &PeriodEvent, recorded: &Recorded) {
    match event {
        PeriodEvent::Started { period } => {
            end(case, period.kind, period.party, recorded.moment.today);
            case.periods.push(period.clone());
        }
        PeriodEvent::Moved { kind, party, last_on, exclusions, extensions } => {
            if let Some(period) = newest(case, *kind, *party) {
                period.last_on = *last_on;
                period.exclusions = exclusions.clone();
                period.extensions = extensions.clone();
            }
        }
        PeriodEvent::Ended { kind, party } => end(case, *kind, *party, recorded.moment.today),
        PeriodEvent::Voided { kind, party } => {
            let of = |period: &Period| period.kind == *kind && period.party == *party;
            if let Some(at) = case.periods.iter().rposition(of) {
                case.periods.remove(at);
            }
        }
    }
}

fn newest(case: &mut CaseState, kind: PeriodKind, party: Option<PartyId>) -> Option<&mut Period> {
    case.periods.iter_mut().rev().find(|period| period.kind == kind && period.party == party)
}

fn end(case: &mut CaseState, kind: PeriodKind, party: Option<PartyId>, today: Date) {
    if let Some(period) = newest(case, kind, party).filter(|period| period.ended_on.is_none()) {
        period.ended_on = Some(today);
    }
}
