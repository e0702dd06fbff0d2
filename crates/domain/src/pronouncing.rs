//! Pronouncement (宣判): the day that closes the case.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    closing::{self, Manner},
    decision::{About, Context, Decision},
    ids::DocumentId,
    moment::Recorded,
    paper::PaperKind,
    periods::{self, PeriodEvent, PeriodKind},
    refusal::refusals,
    stage::{self, Stage},
};

/// Facts of pronouncement. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum PronouncingEvent {
    /// The decision was pronounced publicly, or the ruling announced (宣判、宣布裁定).
    #[serde(rename = "pronouncing.pronounced.v1")]
    Pronounced {
        /// Which document.
        document: DocumentId,
        /// Day.
        on: Date,
        /// In court at the end of the hearing, or on a fixed date (当庭、定期宣判).
        in_court: bool,
        /// Who came and what they were told, in words.
        record: String,
    },
}

/// Commands of pronouncement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum PronouncingCommand {
    /// Pronounces the decision.
    Pronounce {
        /// Which document.
        document: DocumentId,
        /// In court, or on a fixed date.
        in_court: bool,
        /// Who came and what they were told.
        record: String,
    },
}

refusals! {
    /// Why a pronouncement is refused.
    PronouncingRefusal = "pronouncing" {
        /// There is no such document.
        Unknown,
        /// It was not issued yet.
        NotIssued,
        /// The record must say who came and that the right, period and court of appeal were told.
        NoRecord,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for PronouncingRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        PronouncingRefusal::Stage { fault }
    }
}

/// Decides a pronouncement. That day is the closing day; service, effect and archive come later and do
/// not move it. A suit that is not accepted was never heard: its ruling is released for service, and there
/// is no record of a pronouncement.
///
/// Source: 《民事诉讼法》第一百五十一条;《关于严格执行案件审理期限制度的若干规定》第十条.
pub fn decide(case: &CaseState, ctx: &Context, command: PronouncingCommand) -> Result<Decision, PronouncingRefusal> {
    let PronouncingCommand::Pronounce { document, in_court, record } = command;
    stage::undecided(case)?;
    if case.stage != Stage::NotAccepted {
        stage::at(case, &[Stage::Issued])?;
    }
    let draft = case.drafts.get(&document).filter(|_| !case.is_beside_the_course(document));
    let draft = draft.ok_or(PronouncingRefusal::Unknown)?;
    if draft.issued.is_none() {
        return Err(PronouncingRefusal::NotIssued);
    }
    let heard = draft.kind != PaperKind::NonAcceptance;
    if heard && record.trim().is_empty() {
        return Err(PronouncingRefusal::NoRecord);
    }
    let on = ctx.moment.today;
    let words = record.clone();
    let mut decision = Decision::of(PronouncingEvent::Pronounced { document, on, in_court: in_court && heard, record });
    if heard {
        decision.write_about(ctx, PaperKind::PronouncementRecord, About::Words { party: None, words });
    }
    decision.extend(closing::close(case, ctx, manner(draft.kind), false));
    if in_court && draft.kind == PaperKind::Judgment {
        decision.push(PeriodEvent::Started { period: periods::by_limit(PeriodKind::Sending, None, on) });
    }
    Ok(decision)
}

fn manner(kind: PaperKind) -> Manner {
    match kind {
        PaperKind::WithdrawalRuling => Manner::Withdrawal,
        PaperKind::DeemedWithdrawalRuling => Manner::DeemedWithdrawal,
        PaperKind::NonAcceptance => Manner::NotAccepted,
        _ => Manner::Judgment,
    }
}

/// Takes an event into the state: what it closes is said by the closing event beside it.
pub fn apply(_: &mut CaseState, _: &PronouncingEvent, _: &Recorded) {}
