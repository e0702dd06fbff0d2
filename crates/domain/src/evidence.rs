//! Answer and evidence (答辩与举证): what each side brings, and what the other side says of it.

use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    decision::{About, Context, Decision},
    filing::EvidenceInput,
    hearing::HearingPart,
    ids::{MaterialId, PartyId},
    law::money::Fen,
    material::{MaterialEvent, OriginalCheck, Submitter},
    moment::Recorded,
    paper::PaperKind,
    party::{Claim, PartyRole},
    periods::{PeriodEvent, PeriodKind},
    refusal::refusals,
    stage::{self, Stage},
};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// Decides an act of answer or evidence.
pub fn decide(case: &CaseState, ctx: &Context, command: EvidenceCommand) -> Result<Decision, EvidenceRefusal> {
    stage::in_trial(case)?;
    match command {
        EvidenceCommand::Answer { answer } => answer_suit(case, ctx, answer),
        EvidenceCommand::Submit { party, items, original } => submit(case, ctx, party, items, original),
        EvidenceCommand::GiveOpinion { material, opinion } => give_opinion(case, material, opinion),
        EvidenceCommand::Judge { material, view, reasons } => {
            if item(case, material)?.court_view.as_ref() == Some(&(view, reasons.clone())) {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(EvidenceEvent::Judged { material, view, reasons }))
        }
        EvidenceCommand::WaivePeriods { party } => waive(case, party),
        EvidenceCommand::FixIssues { issues } => {
            let issues: Vec<String> = issues.into_iter().filter(|issue| !issue.trim().is_empty()).collect();
            if issues.is_empty() {
                return Err(EvidenceRefusal::NoIssue);
            }
            if case.issues == issues {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(EvidenceEvent::IssuesFixed { issues }))
        }
    }
}

/// An answer ends the answer period; not answering never stops the case.
///
/// Source: 《民事诉讼法》第一百二十八条;《民诉法解释》第二百三十二条.
fn answer_suit(case: &CaseState, ctx: &Context, answer: Answer) -> Result<Decision, EvidenceRefusal> {
    let party = case.parties.get(&answer.party).ok_or(EvidenceRefusal::UnknownParty)?;
    if answer.words.trim().is_empty() && answer.elements.is_empty() {
        return Err(EvidenceRefusal::NoWords);
    }
    if !answer.counterclaims.is_empty() {
        if party.role != PartyRole::Defendant {
            return Err(EvidenceRefusal::CounterclaimByDefendantOnly);
        }
        if is_debate_over(case) {
            return Err(EvidenceRefusal::DebateOver);
        }
    }
    if case.answers.contains(&answer) {
        return Ok(Decision::nothing());
    }
    let (party, counter) = (answer.party, !answer.counterclaims.is_empty());
    let words = answer.words.clone();
    let mut decision = Decision::of(EvidenceEvent::Answered { answer });
    if case.running(PeriodKind::Answer, Some(party)).is_some() {
        decision.push(PeriodEvent::ended(PeriodKind::Answer, Some(party)));
    }
    decision.write_about(ctx, PaperKind::Answer, About::Words { party: Some(party), words: words.clone() });
    if counter {
        decision.write_about(ctx, PaperKind::Counterclaim, About::Words { party: Some(party), words });
    }
    Ok(decision)
}

/// The debate ends with the final statements, or with the hearing.
fn is_debate_over(case: &CaseState) -> bool {
    let part = case.last_hearing().map(|hearing| hearing.part);
    let closing_words = case.stage == Stage::InHearing && part.is_some_and(|part| part > HearingPart::Debate);
    closing_words || case.stage >= Stage::HearingDone
}

/// Evidence lies in staging until the clerk takes it into the file; late evidence is taken with its mark.
///
/// Source: 《民事诉讼法》第六十八条;《民诉法解释》第一百零一条、第一百零二条.
fn submit(
    case: &CaseState,
    ctx: &Context,
    party: PartyId,
    items: Vec<EvidenceInput>,
    original: Option<OriginalCheck>,
) -> Result<Decision, EvidenceRefusal> {
    if !case.parties.contains_key(&party) {
        return Err(EvidenceRefusal::UnknownParty);
    }
    let items: Vec<EvidenceInput> =
        items.into_iter().filter(|item| !case.materials.contains_key(&item.material)).collect();
    if items.is_empty() {
        return Err(EvidenceRefusal::Nothing);
    }
    if items.iter().any(|item| item.file.size_bytes == 0) {
        return Err(EvidenceRefusal::EmptyFile);
    }
    let late = case.period(PeriodKind::Evidence, Some(party)).is_some_and(|period| period.last_on < ctx.moment.today);
    let papers: Vec<MaterialEvent> = items
        .iter()
        .map(|item| MaterialEvent::Received {
            material: item.material,
            kind: PaperKind::Evidence,
            title: item.name.clone(),
            file: item.file.clone(),
            by: Submitter::Party { party },
            original: original.clone(),
        })
        .collect();
    let mut decision = Decision::of(EvidenceEvent::Submitted { party, items, late });
    for paper in papers {
        decision.push(paper);
    }
    Ok(decision)
}

fn item(case: &CaseState, material: MaterialId) -> Result<&EvidenceItem, EvidenceRefusal> {
    case.evidence.iter().find(|item| item.material == material).ok_or(EvidenceRefusal::UnknownItem)
}

/// A party speaks to what the other side brought, once it was disclosed; a newer opinion replaces its own
/// older one, and both stay on the record.
fn give_opinion(case: &CaseState, material: MaterialId, opinion: Opinion) -> Result<Decision, EvidenceRefusal> {
    let item = item(case, material)?;
    if !case.parties.contains_key(&opinion.party) {
        return Err(EvidenceRefusal::UnknownParty);
    }
    if item.party == opinion.party {
        return Err(EvidenceRefusal::OwnEvidence);
    }
    let disclosed = case.materials.get(&material).is_some_and(|paper| paper.disclosed_to.contains(&opinion.party));
    if !disclosed {
        return Err(EvidenceRefusal::NotDisclosed);
    }
    let disputed = [opinion.authenticity, opinion.legality, opinion.relevance].contains(&Attribute::Disputed);
    if disputed && opinion.reasons.trim().is_empty() {
        return Err(EvidenceRefusal::NoReasons);
    }
    if item.opinions.contains(&opinion) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(EvidenceEvent::OpinionGiven { material, opinion }))
}

/// Source: 《民诉法解释》第二百六十六条、第二百七十五条.
fn waive(case: &CaseState, party: PartyId) -> Result<Decision, EvidenceRefusal> {
    if !case.parties.contains_key(&party) {
        return Err(EvidenceRefusal::UnknownParty);
    }
    if case.procedure == Procedure::Ordinary {
        return Err(EvidenceRefusal::NotSummary);
    }
    if case.waived.contains(&party) {
        return Ok(Decision::nothing());
    }
    let mut decision = Decision::of(EvidenceEvent::PeriodsWaived { party });
    for kind in [PeriodKind::Answer, PeriodKind::Evidence] {
        if case.running(kind, Some(party)).is_some() {
            decision.push(PeriodEvent::ended(kind, Some(party)));
        }
    }
    Ok(decision)
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
    let items: Vec<EvidenceItem> =
        case.application.evidence.iter().map(|input| of_input(plaintiff, input, false)).collect();
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
