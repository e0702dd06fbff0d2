//! Mediation (调解): at any time before judgment, by offers, to an agreement or back to the trial.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    closing::{self, Manner},
    decision::{About, Context, Decision},
    ids::PartyId,
    moment::Recorded,
    paper::PaperKind,
    refusal::refusals,
    stage,
};

/// An offer (调解方案).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Whose; none for one of the court.
    pub by: Option<PartyId>,
    /// Terms.
    pub terms: String,
    /// Day it was made.
    pub on: Date,
}

/// An agreement (调解协议).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Agreement {
    /// Terms, one by one.
    pub terms: Vec<String>,
    /// Who bears the fee.
    pub costs: String,
    /// Whether it takes effect on the last signature, as all agree (签名后生效).
    ///
    /// Source: 《民诉法解释》第一百五十一条.
    pub effective_on_signature: bool,
}

impl Agreement {
    /// SHA-256 of the terms in hex: what a signature is bound to.
    pub fn sha256(&self) -> String {
        use sha2::{Digest, Sha256};
        let text = serde_json::to_vec(self).expect("an agreement is plain data");
        Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// State of mediation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mediation {
    /// Whether it is going on.
    pub open: bool,
    /// Offers so far.
    pub offers: Vec<Offer>,
    /// The agreement, once put to the parties.
    pub agreement: Option<Agreement>,
    /// Parties that signed it.
    pub signed: BTreeSet<PartyId>,
    /// Why it failed, if it did.
    pub failed_because: Option<String>,
}

/// Facts of mediation. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum MediationEvent {
    /// Mediation began (启动调解).
    #[serde(rename = "mediation.opened.v1")]
    Opened {},
    /// An offer was made (提出方案).
    #[serde(rename = "mediation.offered.v1")]
    Offered {
        /// The offer.
        offer: Offer,
    },
    /// An agreement was put to the parties for signature (达成协议).
    #[serde(rename = "mediation.agreed.v1")]
    Agreed {
        /// The agreement.
        agreement: Agreement,
    },
    /// A party signed the agreement (签署调解协议).
    #[serde(rename = "mediation.signed.v1")]
    Signed {
        /// Which party.
        party: PartyId,
        /// Hash of the terms signed.
        agreement_sha256: String,
    },
    /// Mediation failed; the trial goes on (调解不成).
    #[serde(rename = "mediation.failed.v1")]
    Failed {
        /// Why.
        reason: String,
    },
}

/// Commands of mediation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum MediationCommand {
    /// Begins mediation.
    Open,
    /// Makes an offer.
    Offer {
        /// Whose; none for one of the court.
        by: Option<PartyId>,
        /// Terms.
        terms: String,
    },
    /// Puts an agreement to the parties.
    Agree {
        /// The agreement.
        agreement: Agreement,
    },
    /// Signs the agreement for a party.
    Sign {
        /// Which party.
        party: PartyId,
        /// Hash of the terms read.
        agreement_sha256: String,
    },
    /// Ends mediation without agreement.
    Fail {
        /// Why.
        reason: String,
    },
}

refusals! {
    /// Why an act of mediation is refused.
    MediationRefusal = "mediation" {
        /// Mediation is not going on.
        NotOpen,
        /// It is going on already.
        OpenAlready,
        /// Terms are needed.
        NoTerms,
        /// There is no agreement to sign.
        NoAgreement,
        /// The terms changed since they were read.
        TermsChanged,
        /// There is no such party.
        UnknownParty,
        /// A reason is needed.
        NoReason,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for MediationRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        MediationRefusal::Stage { fault }
    }
}

/// Decides an act of mediation.
///
/// Source: 《民事诉讼法》第九十六条至第一百零二条.
pub fn decide(case: &CaseState, ctx: &Context, command: MediationCommand) -> Result<Decision, MediationRefusal> {
    stage::in_trial(case)?;
    if matches!(command, MediationCommand::Open) {
        if case.mediation.open {
            return Err(MediationRefusal::OpenAlready);
        }
        return Ok(Decision::of(MediationEvent::Opened {}));
    }
    if !case.mediation.open {
        return Err(MediationRefusal::NotOpen);
    }
    match command {
        MediationCommand::Open => Ok(Decision::nothing()),
        MediationCommand::Offer { by, terms } => {
            if terms.trim().is_empty() {
                return Err(MediationRefusal::NoTerms);
            }
            if case.mediation.offers.last().is_some_and(|offer| offer.by == by && offer.terms == terms) {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(MediationEvent::Offered { offer: Offer { by, terms, on: ctx.moment.today } }))
        }
        MediationCommand::Agree { agreement } => {
            if agreement.terms.iter().all(|term| term.trim().is_empty()) {
                return Err(MediationRefusal::NoTerms);
            }
            if case.mediation.agreement.as_ref() == Some(&agreement) {
                return Ok(Decision::nothing());
            }
            let mut decision = Decision::of(MediationEvent::Agreed { agreement });
            decision.write(ctx, PaperKind::MediationAgreement);
            Ok(decision)
        }
        MediationCommand::Sign { party, agreement_sha256 } => sign(case, ctx, party, agreement_sha256),
        MediationCommand::Fail { reason } => {
            if reason.trim().is_empty() {
                return Err(MediationRefusal::NoReason);
            }
            Ok(Decision::of(MediationEvent::Failed { reason }))
        }
    }
}

/// With the last signature the statement is written. Where the parties agreed that signature suffices,
/// that day closes the case and gives it effect; otherwise the last party's receipt of the statement does.
///
/// Source: 《民事诉讼法》第一百条、第一百零一条;《民诉法解释》第一百四十九条、第一百五十一条.
fn sign(case: &CaseState, ctx: &Context, party: PartyId, seen: String) -> Result<Decision, MediationRefusal> {
    let agreement = case.mediation.agreement.as_ref().ok_or(MediationRefusal::NoAgreement)?;
    if !case.parties.contains_key(&party) {
        return Err(MediationRefusal::UnknownParty);
    }
    if agreement.sha256() != seen {
        return Err(MediationRefusal::TermsChanged);
    }
    if case.mediation.signed.contains(&party) {
        return Ok(Decision::nothing());
    }
    let mut decision = Decision::of(MediationEvent::Signed { party, agreement_sha256: seen });
    let missing = case.party_order.iter().filter(|id| **id != party && !case.mediation.signed.contains(id)).count();
    if missing == 0 {
        decision.write_about(ctx, PaperKind::MediationStatement, About::Case);
        if agreement.effective_on_signature {
            decision.extend(closing::close(case, ctx, Manner::Mediation, true));
        }
    }
    Ok(decision)
}

impl CaseState {
    /// The mediation statement to be taken in hand: written upon an agreement that all have signed and
    /// nobody has left since.
    ///
    /// Source: 《民事诉讼法》第一百条、第一百零二条.
    pub fn statement_in_force(&self) -> Option<&crate::material::Material> {
        let agreed = self.mediation.agreement.is_some()
            && self.party_order.iter().all(|party| self.mediation.signed.contains(party));
        if agreed { self.last_paper(PaperKind::MediationStatement) } else { None }
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &MediationEvent, _: &Recorded) {
    let mediation = &mut case.mediation;
    match event {
        MediationEvent::Opened {} => *mediation = Mediation { open: true, ..Mediation::default() },
        MediationEvent::Offered { offer } => mediation.offers.push(offer.clone()),
        MediationEvent::Agreed { agreement } => {
            mediation.agreement = Some(agreement.clone());
            mediation.signed.clear();
        }
        MediationEvent::Signed { party, .. } => {
            mediation.signed.insert(*party);
        }
        MediationEvent::Failed { reason } => {
            mediation.open = false;
            mediation.agreement = None;
            mediation.signed.clear();
            mediation.failed_because = Some(reason.clone());
        }
    }
}
