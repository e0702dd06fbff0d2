//! Answer and evidence (答辩与举证): what each side brings, and what the other side says of it.

mod deciding;

use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    filing::EvidenceInput,
    ids::{MaterialId, PartyId},
    law::money::Fen,
    material::OriginalCheck,
    moment::Recorded,
    party::Claim,
    refusal::refusals,
    stage::{self},
};

pub use deciding::decide;

/// An answer or counterclaim of a party (答辩、反诉).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Whose.
    pub party: PartyId,
    /// The words.
    pub words: String,
    /// Replies to the element-type form, by field.
    pub elements: crate::law::element_form::Answers,
    /// Counterclaims, if any.
    pub counterclaims: Vec<Claim>,
}

/// An opinion on an attribute of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// Not disputed (无异议).
    Accepted,
    /// Disputed (有异议).
    Disputed,
}

/// The other side's opinion on an item: authenticity, legality, relevance (质证意见).
///
/// Source: 《民诉法解释》第一百零四条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Opinion {
    /// Whose.
    pub party: PartyId,
    /// Authenticity (真实性).
    pub authenticity: Attribute,
    /// Legality (合法性).
    pub legality: Attribute,
    /// Relevance (关联性).
    pub relevance: Attribute,
    /// Why.
    pub reasons: String,
}

/// What the court made of an item (认证).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CourtView {
    /// Admitted (采信).
    Admitted,
    /// Admitted in part (部分采信).
    PartlyAdmitted,
    /// Not admitted (不予采信).
    Rejected,
}

/// An item of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceItem {
    /// The paper.
    pub material: MaterialId,
    /// Whose.
    pub party: PartyId,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Where it comes from.
    pub source: String,
    /// Whether the party holds the original.
    pub has_original: bool,
    /// What it is to prove.
    pub purpose: String,
    /// Opinions of the others.
    pub opinions: Vec<Opinion>,
    /// What the court made of it, with reasons.
    pub court_view: Option<(CourtView, String)>,
    /// Whether it came after its period.
    pub late: bool,
}

/// Facts of evidence. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum EvidenceEvent {
    /// A party answered (提交答辩).
    #[serde(rename = "evidence.answered.v1")]
    Answered {
        /// The answer.
        answer: Answer,
    },
    /// A party handed in evidence (提交证据).
    #[serde(rename = "evidence.submitted.v1")]
    Submitted {
        /// Whose.
        party: PartyId,
        /// The items.
        items: Vec<EvidenceInput>,
        /// Whether the period was over.
        late: bool,
    },
    /// A party gave its opinion on an item (质证).
    #[serde(rename = "evidence.opinion_given.v1")]
    OpinionGiven {
        /// Which item.
        material: MaterialId,
        /// The opinion.
        opinion: Opinion,
    },
    /// The court gave its view of an item (认证).
    #[serde(rename = "evidence.judged.v1")]
    Judged {
        /// Which item.
        material: MaterialId,
        /// The view.
        view: CourtView,
        /// Why.
        reasons: String,
    },
    /// A party waived the answer and evidence periods (放弃答辩期、举证期).
    #[serde(rename = "evidence.periods_waived.v1")]
    PeriodsWaived {
        /// Which party.
        party: PartyId,
    },
    /// The issues in dispute were fixed (归纳争议焦点).
    #[serde(rename = "evidence.issues_fixed.v1")]
    IssuesFixed {
        /// The issues.
        issues: Vec<String>,
    },
}

/// Commands of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum EvidenceCommand {
    /// Answers, with or without a counterclaim.
    Answer {
        /// The answer.
        answer: Answer,
    },
    /// Hands in evidence.
    Submit {
        /// Whose.
        party: PartyId,
        /// The items.
        items: Vec<EvidenceInput>,
        /// Comparison with paper originals, where a clerk enters it.
        original: Option<OriginalCheck>,
    },
    /// Gives an opinion on an item.
    GiveOpinion {
        /// Which item.
        material: MaterialId,
        /// The opinion.
        opinion: Opinion,
    },
    /// Gives the court's view of an item.
    Judge {
        /// Which item.
        material: MaterialId,
        /// The view.
        view: CourtView,
        /// Why.
        reasons: String,
    },
    /// Waives the answer and evidence periods.
    WaivePeriods {
        /// Which party.
        party: PartyId,
    },
    /// Fixes the issues in dispute.
    FixIssues {
        /// The issues.
        issues: Vec<String>,
    },
}

refusals! {
    /// Why an act of evidence is refused.
    EvidenceRefusal = "evidence" {
        /// There is no such party.
        UnknownParty,
        /// There is no such item.
        UnknownItem,
        /// An answer needs words.
        NoWords,
        /// A counterclaim comes from a defendant.
        CounterclaimByDefendantOnly,
        /// A counterclaim comes before the debate ends.
        DebateOver,
        /// Nothing was handed in.
        Nothing,
        /// A file is empty.
        EmptyFile,
        /// One's own evidence needs no opinion.
        OwnEvidence,
        /// A disputed attribute needs reasons.
        NoReasons,
        /// The item was not disclosed to this party yet.
        NotDisclosed,
        /// Periods can be waived in summary and small-claims procedure only.
        NotSummary,
        /// No issue was named.
        NoIssue,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for EvidenceRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        EvidenceRefusal::Stage { fault }
    }
}

impl CaseState {
    /// The sum of counterclaims with amounts.
    pub fn counterclaim_amount(&self) -> Option<Fen> {
        let amounts = self.answers.iter().flat_map(|answer| &answer.counterclaims).filter_map(|claim| claim.amount);
        amounts.map(|amount| amount.0).reduce(|sum, amount| sum + amount).map(Fen)
    }
}

/// The evidence of an application, as items of the plaintiff.
pub(crate) fn of_application(case: &mut CaseState) {
    let Some(plaintiff) = case.application.plaintiffs().next().map(|party| party.id) else { return };
    case.evidence.retain(|item| item.party != plaintiff);
    let items: Vec<EvidenceItem> = case
        .application
        .evidence
        .iter()
        .filter(|input| input.is_evidence())
        .map(|input| of_input(plaintiff, input, false))
        .collect();
    case.evidence.extend(items);
}

fn of_input(party: PartyId, input: &EvidenceInput, late: bool) -> EvidenceItem {
    EvidenceItem {
        material: input.material,
        party,
        name: input.name.clone(),
        kind: input.kind.clone(),
        source: input.source.clone(),
        has_original: input.has_original,
        purpose: input.purpose.clone(),
        opinions: vec![],
        court_view: None,
        late,
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &EvidenceEvent, _: &Recorded) {
    match event {
        EvidenceEvent::Answered { answer } => {
            case.answers.retain(|known| known.party != answer.party);
            case.answers.push(answer.clone());
        }
        EvidenceEvent::Submitted { party, items, late } => {
            case.evidence.extend(items.iter().map(|input| of_input(*party, input, *late)));
        }
        EvidenceEvent::OpinionGiven { material, opinion } => change(case, *material, |item| {
            item.opinions.retain(|known| known.party != opinion.party);
            item.opinions.push(opinion.clone());
        }),
        EvidenceEvent::Judged { material, view, reasons } => {
            change(case, *material, |item| item.court_view = Some((*view, reasons.clone())));
        }
        EvidenceEvent::PeriodsWaived { party } => {
            case.waived.insert(*party);
        }
        EvidenceEvent::IssuesFixed { issues } => case.issues = issues.clone(),
    }
}

fn change(case: &mut CaseState, material: MaterialId, change: impl FnOnce(&mut EvidenceItem)) {
    if let Some(item) = case.evidence.iter_mut().find(|item| item.material == material) {
        change(item);
    }
}
