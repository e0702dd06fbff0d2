//! Decisions of the adjudication committee, and of laying a case before it.

use super::{CommitteeCommand, CommitteeDecision, CommitteeEvent, CommitteeRefusal, seats};

use crate::{
    case::CaseState,
    decision::{Context, Decision},
    deliberation::{Position, Question},
    ids::{ApprovalId, PersonId},
    paper::PaperKind,
    periods::{self, PeriodEvent, PeriodKind},
    stage::{self, Stage},
};

/// Decides an act of the committee. More than half of its members are there, whoever presides speaks last, and what
/// more than half of all members hold is decided.
///
/// Source: 《人民法院组织法》第三十八条、第三十九条;法发〔2019〕20号.
pub fn decide(case: &CaseState, ctx: &Context, command: CommitteeCommand) -> Result<Decision, CommitteeRefusal> {
    let person = ctx.actor.person().ok_or(CommitteeRefusal::MembersOnly)?;
    match command {
        CommitteeCommand::Open { present } => open(case, ctx, person, present),
        CommitteeCommand::GiveOpinion { question, position, reasons } => {
            give_opinion(case, person, question, position, reasons)
        }
        CommitteeCommand::Decide { decision } => put_down(case, ctx, person, decision),
        CommitteeCommand::GiveBack { reason } => give_back(case, person, reason),
        CommitteeCommand::Sign => sign(case, person),
    }
}

/// Asks that the panel may lay the case before the committee: it has deliberated, with a majority or without one.
///
/// Source: 《关于人民法院合议庭工作的若干规定》第十二条;《人民法院组织法》第三十九条.
pub fn may_refer(case: &CaseState, questions: &[Question]) -> Result<(), CommitteeRefusal> {
    if case.committee.binds() {
        return Err(CommitteeRefusal::DecidedAlready);
    }
    stage::at(case, &[Stage::Deliberating, Stage::Drafting])?;
    let panel = case.tribunal.as_ref().filter(|tribunal| tribunal.is_panel()).ok_or(CommitteeRefusal::NoPanel)?;
    let talk = &case.deliberation;
    if talk.doubted || talk.round.order.len() != panel.voters().len() || !talk.round.is_complete() {
        return Err(CommitteeRefusal::NotDeliberated);
    }
    if questions.iter().all(|question| question.text.trim().is_empty()) {
        return Err(CommitteeRefusal::NoQuestions);
    }
    Ok(())
}

/// The president agreed: the committee has the case.
pub fn laid_before(
    case: &CaseState,
    questions: &[Question],
    approval: ApprovalId,
    ground: String,
) -> Result<Decision, CommitteeRefusal> {
    may_refer(case, questions)?;
    let asked = questions.iter().filter(|question| !question.text.trim().is_empty());
    let questions = asked.map(|question| Question { opinions: vec![], ..question.clone() }).collect();
    Ok(Decision::of(CommitteeEvent::Referred { approval, questions, ground }))
}

/// Asks that the panel may have the committee think again, which it may once.
///
/// Source: 《关于人民法院合议庭工作的若干规定》第十三条.
pub fn may_reconsider(case: &CaseState) -> Result<(), CommitteeRefusal> {
    if !case.committee.binds() {
        return Err(CommitteeRefusal::NotDecided);
    }
    if case.committee.before.is_some() {
        return Err(CommitteeRefusal::ReconsideredAlready);
    }
    Ok(stage::at(case, &[Stage::Drafting])?)
}

/// The president agreed: the committee thinks again.
pub fn reconsidered(case: &CaseState, approval: ApprovalId, ground: String) -> Result<Decision, CommitteeRefusal> {
    may_reconsider(case)?;
    Ok(Decision::of(CommitteeEvent::Reconsidering { approval, ground }))
}

fn pending(case: &CaseState) -> Result<(), CommitteeRefusal> {
    if case.committee.binds() {
        return Err(CommitteeRefusal::DecidedAlready);
    }
    if !case.committee.has_case() {
        return Err(CommitteeRefusal::NotReferred);
    }
    Ok(stage::at(case, &[Stage::CommitteePending])?)
}

fn open(
    case: &CaseState,
    ctx: &Context,
    chair: PersonId,
    present: Vec<PersonId>,
) -> Result<Decision, CommitteeRefusal> {
    pending(case)?;
    let all = seats(ctx.people, &ctx.rules.settings);
    let known = |person: &PersonId| all.contains(person);
    if !known(&chair) || !present.iter().all(known) {
        return Err(CommitteeRefusal::NotAMember);
    }
    let came = |member: &PersonId| *member != chair && present.contains(member);
    let order: Vec<PersonId> = all.iter().copied().filter(came).chain([chair]).collect();
    if order.len() * 2 <= all.len() {
        return Err(CommitteeRefusal::NotEnough { needed: (all.len() / 2 + 1) as u32 });
    }
    let now = &case.committee;
    let spoken = now.round.given().0 > 0;
    if now.open && spoken && !(now.is_complete() && now.undecided().is_some()) {
        return Err(CommitteeRefusal::OpenAlready);
    }
    if now.open && !spoken && now.round.order == order {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(CommitteeEvent::Opened { seats: all.len(), order }))
}

fn give_opinion(
    case: &CaseState,
    member: PersonId,
    question: usize,
    position: Position,
    reasons: String,
) -> Result<Decision, CommitteeRefusal> {
    pending(case)?;
    if !case.committee.open {
        return Err(CommitteeRefusal::NotOpen);
    }
    if !case.committee.round.order.contains(&member) {
        return Err(CommitteeRefusal::MembersOnly);
    }
    let opinion = case.committee.round.opinion(member, question, position, reasons)?;
    Ok(Decision::of(CommitteeEvent::OpinionGiven { question, opinion }))
}

fn presides(case: &CaseState, person: PersonId) -> Result<(), CommitteeRefusal> {
    pending(case)?;
    if !case.committee.open {
        return Err(CommitteeRefusal::NotOpen);
    }
    if case.committee.chair() == Some(person) { Ok(()) } else { Err(CommitteeRefusal::ChairOnly) }
}

/// The panel writes upon it: its days of deliberating end, those of writing begin.
fn put_down(
    case: &CaseState,
    ctx: &Context,
    person: PersonId,
    decision: CommitteeDecision,
) -> Result<Decision, CommitteeRefusal> {
    presides(case, person)?;
    if !case.committee.is_complete() {
        return Err(CommitteeRefusal::NotComplete);
    }
    if let Some(at) = case.committee.undecided() {
        return Err(CommitteeRefusal::NoMajority { question: at as u32 + 1 });
    }
    if decision.decision.trim().is_empty() || decision.reasons.trim().is_empty() {
        return Err(CommitteeRefusal::NoReasons);
    }
    let mut decided = Decision::of(CommitteeEvent::Decided { decision });
    if case.running(PeriodKind::Deliberation, None).is_some() {
        decided.push(PeriodEvent::ended(PeriodKind::Deliberation, None));
    }
    if case.running(PeriodKind::Writing, None).is_none() {
        let writing = periods::by_limit(PeriodKind::Writing, None, ctx.moment.today);
        decided.push(PeriodEvent::Started { period: writing });
    }
    decided.write(ctx, PaperKind::CommitteeRecord);
    Ok(decided)
}

/// Once the committee may ask the panel to deliberate anew; then it decides.
///
/// Source: handbook of the project §6.1.
fn give_back(case: &CaseState, person: PersonId, reason: String) -> Result<Decision, CommitteeRefusal> {
    presides(case, person)?;
    if case.committee.gave_back {
        return Err(CommitteeRefusal::GivenBackAlready);
    }
    if reason.trim().is_empty() {
        return Err(CommitteeRefusal::NoReasons);
    }
    Ok(Decision::of(CommitteeEvent::GivenBack { reason, by: Some(person) }))
}

fn sign(case: &CaseState, member: PersonId) -> Result<Decision, CommitteeRefusal> {
    if case.committee.decision.is_none() {
        return Err(CommitteeRefusal::NotDecided);
    }
    if !case.committee.round.order.contains(&member) {
        return Err(CommitteeRefusal::MembersOnly);
    }
    if case.committee.signed.contains(&member) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(CommitteeEvent::Signed { member }))
}
