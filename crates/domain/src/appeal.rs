//! Appeal (上诉): a petition through this court, each party within its own period; the file goes up and
//! comes back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    closing,
    decision::{About, Context, Decision},
    ids::PartyId,
    moment::Recorded,
    paper::PaperKind,
    periods::{self, PeriodEvent, PeriodKind},
    refusal::refusals,
    stage::{self, Stage},
};

/// An appeal of a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// Whose.
    pub party: PartyId,
    /// Day the petition came.
    pub on: Date,
    /// What is asked and why.
    pub petition: String,
    /// Result in the court above, once it came back.
    pub result: Option<String>,
}

/// Facts of appeal. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum AppealEvent {
    /// A party appealed (提起上诉).
    #[serde(rename = "appeal.filed.v1")]
    Filed {
        /// Whose.
        party: PartyId,
        /// Day the petition came.
        on: Date,
        /// What is asked and why.
        petition: String,
    },
    /// The file went to the court above (移送上诉案件).
    #[serde(rename = "appeal.transferred.v1")]
    Transferred {
        /// To which court.
        to: String,
    },
    /// The file came back with its result (退卷).
    #[serde(rename = "appeal.returned.v1")]
    Returned {
        /// Result.
        result: String,
        /// Day the decision above took effect.
        effective_on: Date,
    },
}

/// Commands of appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum AppealCommand {
    /// Appeals.
    File {
        /// Whose.
        party: PartyId,
        /// What is asked and why.
        petition: String,
        /// Day it came, of a petition on paper or in the post.
        came_on: Option<Date>,
    },
    /// Sends the file up.
    Transfer,
    /// Enters the result.
    EnterReturn {
        /// Result.
        result: String,
        /// Day the decision above took effect.
        effective_on: Date,
    },
}

refusals! {
    /// Why an act of appeal is refused.
    AppealRefusal = "appeal" {
        /// The decision is final: a retrial may be asked for instead.
        NotAppealable,
        /// There is no such party.
        UnknownParty,
        /// The decision was not served on this party yet; the period has not begun.
        NotServedYet,
        /// This party's own period is over.
        PeriodOver {
            /// Its last day.
            last_on: Date,
        },
        /// The party has appealed already.
        AppealedAlready,
        /// A party has not been served with the decision yet: the file stays here until all have been.
        DecisionNotServed {
            /// Who.
            party: PartyId,
        },
        /// A party has not been served with a copy of the petition yet.
        CopyNotServed {
            /// Who.
            party: PartyId,
        },
        /// A petition needs words.
        NoWords,
        /// The day lies in the future.
        InFuture,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for AppealRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        AppealRefusal::Stage { fault }
    }
}

/// Decides an act of appeal.
///
/// Source: 《民事诉讼法》第一百七十一条至第一百七十四条;《民诉法解释》第二百四十四条.
pub fn decide(case: &CaseState, ctx: &Context, command: AppealCommand) -> Result<Decision, AppealRefusal> {
    match command {
        AppealCommand::File { party, petition, came_on } => file(case, ctx, party, petition, came_on),
        AppealCommand::Transfer => {
            stage::at(case, &[Stage::Appealed])?;
            check_served(case)?;
            let to = ctx.rules.settings.higher_court.clone();
            let mut decision = Decision::of(AppealEvent::Transferred { to });
            decision.write(ctx, PaperKind::TransferLetter);
            for kind in [PeriodKind::AppealCopy, PeriodKind::Transfer, PeriodKind::Archive] {
                if case.running(kind, None).is_some() {
                    decision.push(PeriodEvent::ended(kind, None));
                }
            }
            Ok(decision)
        }
        AppealCommand::EnterReturn { result, effective_on } => {
            stage::at(case, &[Stage::FileTransferred])?;
            if result.trim().is_empty() {
                return Err(AppealRefusal::NoWords);
            }
            if effective_on > ctx.moment.today {
                return Err(AppealRefusal::InFuture);
            }
            let mut decision = Decision::of(AppealEvent::Returned { result, effective_on });
            decision.extend(closing::take_effect(case, effective_on));
            decision
                .push(PeriodEvent::Started { period: periods::by_limit(PeriodKind::Archive, None, ctx.moment.today) });
            Ok(decision)
        }
    }
}

/// The file goes up complete: the decision served on everyone, the petition on everyone else.
///
/// Source: 《民事诉讼法》第一百七十四条.
fn check_served(case: &CaseState) -> Result<(), AppealRefusal> {
    let decision = case.final_paper().map(|paper| paper.id);
    let unserved = |party: &PartyId| decision.is_none_or(|paper| case.served_on(paper, *party).is_none());
    if let Some(party) = case.addressees().map(|party| party.id).find(unserved) {
        return Err(AppealRefusal::DecisionNotServed { party });
    }
    match unserved_copies(case).first() {
        Some(party) => Err(AppealRefusal::CopyNotServed { party: *party }),
        None => Ok(()),
    }
}

/// Parties to whom a copy of someone else's petition was not served yet.
pub fn unserved_copies(case: &CaseState) -> Vec<PartyId> {
    let petitions = case.materials_in_order().filter_map(|paper| match (&paper.kind, &paper.about) {
        (PaperKind::AppealPetition, Some(About::Words { party: Some(from), .. })) => Some((paper.id, *from)),
        _ => None,
    });
    let missing = petitions.flat_map(|(paper, from)| {
        let others = case.addressees().map(|party| party.id).filter(move |to| *to != from);
        others.filter(move |to| case.served_on(paper, *to).is_none())
    });
    missing.collect()
}

fn file(
    case: &CaseState,
    ctx: &Context,
    party: PartyId,
    petition: String,
    came_on: Option<Date>,
) -> Result<Decision, AppealRefusal> {
    if !case.parties.contains_key(&party) {
        return Err(AppealRefusal::UnknownParty);
    }
    let on = came_on.unwrap_or(ctx.act_on());
    if on > ctx.moment.today {
        return Err(AppealRefusal::InFuture);
    }
    if case.closing.is_some() && !case.is_appealable() {
        return Err(AppealRefusal::NotAppealable);
    }
    if case.appeals.iter().any(|appeal| appeal.party == party) {
        return Err(AppealRefusal::AppealedAlready);
    }
    let period = case.period(PeriodKind::Appeal, Some(party));
    if let Some(over) = period.filter(|period| period.last_on < on) {
        return Err(AppealRefusal::PeriodOver { last_on: over.last_on });
    }
    stage::at(case, &[Stage::ServingFinal, Stage::AppealPeriod, Stage::Appealed])?;
    period.ok_or(AppealRefusal::NotServedYet)?;
    if petition.trim().is_empty() {
        return Err(AppealRefusal::NoWords);
    }
    let about = About::Words { party: Some(party), words: petition.clone() };
    let mut decision = Decision::of(AppealEvent::Filed { party, on, petition });
    decision.write_about(ctx, PaperKind::AppealPetition, about);
    Ok(decision)
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &AppealEvent, _: &Recorded) {
    match event {
        AppealEvent::Filed { party, on, petition } => {
            case.appeals.push(Appeal { party: *party, on: *on, petition: petition.clone(), result: None });
            case.stage = Stage::Appealed;
        }
        AppealEvent::Transferred { .. } => case.stage = Stage::FileTransferred,
        AppealEvent::Returned { result, .. } => {
            for appeal in &mut case.appeals {
                appeal.result = Some(result.clone());
            }
        }
    }
}
