//! Decisions of answer and evidence.

use super::{Answer, Attribute, EvidenceCommand, EvidenceEvent, EvidenceItem, EvidenceRefusal, Opinion};

use crate::{
    case::{CaseState, Procedure},
    decision::{About, Context, Decision},
    filing::EvidenceInput,
    hearing::HearingPart,
    ids::{MaterialId, PartyId},
    material::{MaterialEvent, OriginalCheck, Submitter},
    paper::PaperKind,
    party::PartyRole,
    periods::{PeriodEvent, PeriodKind},
    stage::{self, Stage},
};

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
    let late = case.period(PeriodKind::Evidence, Some(party)).is_some_and(|period| period.last_on < ctx.act_on());
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
