//! Mediation (调解): at any time before judgment, by offers and answers of the parties, to an agreement or
//! back to the trial. What one side tells the mediator alone stays with the mediator until it lets it go.

mod deciding;
mod lasting;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    ids::{DocumentId, PartyId, PersonId},
    material::FileRef,
    moment::Recorded,
    paper::PaperKind,
    periods::PeriodKind,
    refusal::refusals,
    stage,
};

pub use deciding::decide;
pub use lasting::{Extension, days_over, ended};

/// An offer (调解方案): terms someone would agree to.
///
/// Source: 《关于人民法院民事调解工作若干问题的规定》第五条、第六条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Whose; none for one of the court.
    pub by: Option<PartyId>,
    /// Terms.
    pub terms: String,
    /// Day it was made.
    pub on: Date,
    /// The offer it answers with other terms (反方案), by its place in the order they were made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counters: Option<usize>,
}

/// What a party told the mediator alone (单独告诉调解人的话).
///
/// Source: 《关于人民法院民事调解工作若干问题的规定》第五条第二款;《民诉法解释》第一百四十六条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confidence {
    /// Whose words.
    pub party: PartyId,
    /// The words.
    pub words: String,
    /// Day they were said.
    pub on: Date,
}

/// What a party says to an offer (答复).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Whether it would agree. Nobody is bound before the agreement is signed.
    pub accepts: bool,
    /// Words of its own.
    pub words: String,
    /// Day it was given.
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

/// By what means an agreement was signed (签名方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// On line, by whoever holds this account.
    Online(PersonId),
    /// On the paper itself.
    OnPaper,
}

/// A signature under the agreement (签名).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Day it was given.
    pub on: Date,
    /// By what means; unknown in records from before it was kept.
    pub means: Option<Means>,
    /// Picture of the signature by hand, if one was drawn.
    pub hand: Option<FileRef>,
}

/// State of mediation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mediation {
    /// Parties that asked for it while none was going on.
    pub asked: BTreeSet<PartyId>,
    /// Whether it is going on.
    pub open: bool,
    /// Day it began.
    pub opened_on: Option<Date>,
    /// Offers so far.
    pub offers: Vec<Offer>,
    /// What parties told the mediator alone; and whether they let it be passed on.
    pub confidences: Vec<(Confidence, bool)>,
    /// What the parties said to offers, by offer and party.
    pub replies: BTreeMap<(usize, PartyId), Reply>,
    /// The agreement, once put to the parties.
    pub agreement: Option<Agreement>,
    /// Parties that signed it, and how.
    pub signed: BTreeMap<PartyId, Signature>,
    /// The statement that is written upon the agreement (调解书), once all have signed it.
    pub statement: Option<DocumentId>,
    /// Longer mediation, proposed and not yet agreed to by all.
    pub extension: Option<Extension>,
    /// Why it failed, if it did.
    pub failed_because: Option<String>,
    /// Whether its days ended without an agreement.
    pub lapsed: bool,
}

/// Facts of mediation. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum MediationEvent {
    /// A party asked for mediation (申请调解).
    #[serde(rename = "mediation.asked.v1")]
    Asked {
        /// Which party.
        party: PartyId,
    },
    /// Mediation began (启动调解).
    #[serde(rename = "mediation.opened.v1")]
    Opened {},
    /// An offer was made (提出方案).
    #[serde(rename = "mediation.offered.v1")]
    Offered {
        /// The offer.
        offer: Offer,
    },
    /// A party answered an offer (答复方案).
    #[serde(rename = "mediation.answered.v1")]
    Answered {
        /// Which offer.
        offer: usize,
        /// Which party.
        party: PartyId,
        /// What it said.
        reply: Reply,
    },
    /// A party told the mediator alone (单独告诉调解人).
    #[serde(rename = "mediation.confided.v1")]
    Confided {
        /// What it told.
        confidence: Confidence,
    },
    /// What a party had told the mediator alone became an offer, as it allowed (同意转告对方).
    #[serde(rename = "mediation.released.v1")]
    Released {
        /// Which word, by its place in the order they were said.
        confidence: usize,
        /// Whose.
        party: PartyId,
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
        /// Picture of the signature by hand, if one was drawn.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hand: Option<FileRef>,
        /// By what means.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        means: Option<Means>,
        /// Day it was given, of one on paper that was entered later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Date>,
    },
    /// Longer mediation was proposed (提议延长调解期限).
    #[serde(rename = "mediation.extension_proposed.v1")]
    ExtensionProposed {
        /// Who proposed it; none for the court.
        by: Option<PartyId>,
        /// The new last day.
        until_on: Date,
    },
    /// A party agreed to longer mediation (同意延长调解期限).
    #[serde(rename = "mediation.extension_agreed.v1")]
    ExtensionAgreed {
        /// Which party.
        party: PartyId,
        /// The new last day.
        until_on: Date,
    },
    /// All agreed: mediation may last longer (延长调解期限).
    #[serde(rename = "mediation.extended.v1")]
    Extended {
        /// The new last day.
        until_on: Date,
    },
    /// The days of mediation ended without an agreement; the trial goes on (调解期限届满).
    #[serde(rename = "mediation.lapsed.v1")]
    Lapsed {},
    /// Mediation failed; the trial goes on (调解不成).
    #[serde(rename = "mediation.failed.v1")]
    Failed {
        /// Why.
        reason: String,
        /// The party that would not go on, if it was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<PartyId>,
    },
}

/// Commands of mediation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum MediationCommand {
    /// Asks for mediation.
    Ask {
        /// Which party.
        party: PartyId,
    },
    /// Begins mediation.
    Open,
    /// Makes an offer.
    Offer {
        /// Whose; none for one of the court.
        by: Option<PartyId>,
        /// Terms.
        terms: String,
    },
    /// Answers an offer with other terms.
    Counter {
        /// Which offer.
        offer: usize,
        /// Whose terms.
        by: PartyId,
        /// Terms.
        terms: String,
    },
    /// Tells the mediator alone what one would agree to.
    Confide {
        /// Whose words.
        party: PartyId,
        /// The words.
        words: String,
    },
    /// Lets the mediator pass on what was told alone, as an offer.
    Release {
        /// Which word.
        confidence: usize,
        /// Whose.
        party: PartyId,
    },
    /// Accepts or refuses an offer.
    Answer {
        /// Which offer.
        offer: usize,
        /// Which party.
        party: PartyId,
        /// Whether it would agree.
        accepts: bool,
        /// Words of its own.
        words: String,
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
        /// Picture of the signature by hand, if one was drawn.
        hand: Option<FileRef>,
    },
    /// Proposes that mediation last longer.
    ProposeExtension {
        /// Who; none for the court.
        by: Option<PartyId>,
        /// The new last day.
        until_on: Date,
    },
    /// Agrees to longer mediation.
    AgreeToExtension {
        /// Which party.
        party: PartyId,
        /// The new last day as proposed.
        until_on: Date,
    },
    /// Ends mediation without agreement.
    Fail {
        /// Why.
        reason: String,
    },
    /// A party does not want to go on: mediation ends.
    Leave {
        /// Which party.
        party: PartyId,
        /// Why, if it likes to say.
        reason: String,
    },
}

impl MediationCommand {
    /// The party it speaks for; none for what the court does.
    pub fn speaks_for(&self) -> Option<PartyId> {
        match self {
            MediationCommand::Open | MediationCommand::Agree { .. } | MediationCommand::Fail { .. } => None,
            MediationCommand::Offer { by, .. } | MediationCommand::ProposeExtension { by, .. } => *by,
            MediationCommand::Ask { party }
            | MediationCommand::Counter { by: party, .. }
            | MediationCommand::Confide { party, .. }
            | MediationCommand::Release { party, .. }
            | MediationCommand::Answer { party, .. }
            | MediationCommand::Sign { party, .. }
            | MediationCommand::AgreeToExtension { party, .. }
            | MediationCommand::Leave { party, .. } => Some(*party),
        }
    }

    /// Whether it goes towards a settlement: an agent needs special authority for it.
    ///
    /// Source: 《民事诉讼法》第六十二条第二款.
    pub fn settles(&self) -> bool {
        match self {
            MediationCommand::Offer { by, .. } => by.is_some(),
            MediationCommand::Answer { accepts, .. } => *accepts,
            MediationCommand::Counter { .. } | MediationCommand::Release { .. } | MediationCommand::Sign { .. } => true,
            _ => false,
        }
    }
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
        /// There is no such offer.
        UnknownOffer,
        /// One's own offer is not answered by oneself.
        OwnOffer,
        /// There is no agreement to sign.
        NoAgreement,
        /// The terms changed since they were read.
        TermsChanged,
        /// There is no such party.
        UnknownParty,
        /// The days of mediation are over, or do not run.
        DaysOver,
        /// The day proposed is no later than the last one.
        NotLonger {
            /// The last day.
            last_on: Date,
        },
        /// Another day was proposed meanwhile, or none.
        OtherExtension,
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

impl CaseState {
    /// Whether all have signed the agreement and nobody has left it since.
    pub fn is_agreed(&self) -> bool {
        self.mediation.agreement.is_some()
            && self.party_order.iter().all(|party| self.mediation.signed.contains_key(party))
    }

    /// The mediation statement to be taken in hand: issued upon an agreement that all have signed and
    /// nobody has left since.
    ///
    /// Source: 《民事诉讼法》第一百条、第一百零二条.
    pub fn statement_in_force(&self) -> Option<&crate::material::Material> {
        match self.mediation.statement {
            _ if !self.is_agreed() => None,
            Some(statement) => self.drafts.get(&statement)?.issued.and_then(|id| self.materials.get(&id)),
            // Before statements were signed and sealed they were written with the last signature.
            None => self.last_paper(PaperKind::MediationStatement),
        }
    }

    /// Whether everyone but whoever made this offer would agree to it: time to write the agreement.
    pub fn is_offer_accepted(&self, offer: usize) -> bool {
        let Some(made) = self.mediation.offers.get(offer) else { return false };
        let others = self.party_order.iter().filter(|party| Some(**party) != made.by);
        let accepts =
            |party: &&PartyId| self.mediation.replies.get(&(offer, **party)).is_some_and(|reply| reply.accepts);
        others.clone().next().is_some() && others.clone().all(|party| accepts(&party))
    }

    /// The last day of a mediation that goes on; only with everyone's consent it may go on beyond it.
    pub fn mediation_until(&self) -> Option<Date> {
        self.running(PeriodKind::Mediation, None).filter(|_| self.mediation.open).map(|period| period.last_on)
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &MediationEvent, recorded: &Recorded) {
    let mediation = &mut case.mediation;
    match event {
        MediationEvent::Asked { party } => {
            mediation.asked.insert(*party);
        }
        MediationEvent::Opened {} => {
            let opened_on = Some(recorded.moment.today);
            *mediation = Mediation { open: true, opened_on, ..Mediation::default() };
        }
        MediationEvent::Offered { offer } => mediation.offers.push(offer.clone()),
        MediationEvent::Answered { offer, party, reply } => {
            mediation.replies.insert((*offer, *party), reply.clone());
        }
        MediationEvent::Confided { confidence } => mediation.confidences.push((confidence.clone(), false)),
        MediationEvent::Released { confidence, .. } => {
            if let Some((told, released)) = mediation.confidences.get_mut(*confidence) {
                *released = true;
                let (by, terms) = (Some(told.party), told.words.clone());
                mediation.offers.push(Offer { by, terms, on: recorded.moment.today, counters: None });
            }
        }
        MediationEvent::Agreed { agreement } => {
            mediation.agreement = Some(agreement.clone());
            mediation.signed.clear();
            mediation.statement = None;
        }
        MediationEvent::Signed { party, hand, means, on, .. } => {
            let on = on.unwrap_or(recorded.moment.today);
            mediation.signed.insert(*party, Signature { on, means: *means, hand: hand.clone() });
        }
        MediationEvent::ExtensionProposed { by, until_on } => {
            let agreed = by.iter().copied().collect();
            mediation.extension = Some(Extension { until_on: *until_on, by: *by, agreed });
        }
        MediationEvent::ExtensionAgreed { party, .. } => {
            if let Some(proposed) = &mut mediation.extension {
                proposed.agreed.insert(*party);
            }
        }
        MediationEvent::Extended { .. } => mediation.extension = None,
        MediationEvent::Lapsed {} => {
            end(mediation);
            mediation.lapsed = true;
        }
        MediationEvent::Failed { reason, .. } => {
            end(mediation);
            mediation.failed_because = Some(reason.clone());
        }
    }
}

/// What was put to the parties, or proposed to them, ends with it.
fn end(mediation: &mut Mediation) {
    mediation.open = false;
    mediation.agreement = None;
    mediation.signed.clear();
    mediation.statement = None;
    mediation.extension = None;
}
