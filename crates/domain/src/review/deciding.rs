//! Decisions of filing review.

use super::{CIVIL_FIRST, Conditions, CorrectionItem, REVIEWABLE, ReviewCommand, ReviewEvent, ReviewRefusal};

use crate::{
    assignment,
    case::{CaseState, Procedure},
    decision::{Context, Decision},
    event::CaseEvent,
    fees,
    filing::Application,
    law::case_number::CaseNumber,
    paper::PaperKind,
    periods::{self, PeriodEvent, PeriodKind},
    register::{Register, RegisterEvent},
    rules::Rules,
    stage::{self, Stage},
};

/// Decides an act of filing review.
///
/// Source: 《民事诉讼法》第一百二十二条至第一百二十七条;《关于人民法院登记立案若干问题的规定》第七条、第八条.
pub fn decide(case: &CaseState, ctx: &Context, command: ReviewCommand) -> Result<Decision, ReviewRefusal> {
    if let Some(number) = case.number.as_ref().filter(|_| !matches!(command, ReviewCommand::Accept { .. })) {
        return Err(ReviewRefusal::FiledAlready { number: number.to_string() });
    }
    match command {
        ReviewCommand::Take => take(case, ctx),
        ReviewCommand::RequestCorrection { items } => request_correction(case, ctx, items),
        ReviewCommand::Correct { application } => correct(case, ctx, application),
        ReviewCommand::File { procedure, conditions } => file(case, ctx, Finding { procedure, conditions }),
        ReviewCommand::Return { reason } => return_papers(case, ctx, reason),
        ReviewCommand::NotAccept { reason } => not_accept(case, ctx, reason),
        ReviewCommand::Accept { procedure, conditions, reason } => {
            accept(case, ctx, Finding { procedure, conditions }, reason)
        }
        ReviewCommand::Redirect { to, reason } => redirect(case, to, reason),
    }
}

/// What whoever files a case finds: the procedure it takes, and the conditions of a suit.
#[derive(Clone, Copy)]
struct Finding {
    procedure: Procedure,
    conditions: Conditions,
}

/// The same clerk taking it twice changes nothing; two clerks can't both have it.
fn take(case: &CaseState, ctx: &Context) -> Result<Decision, ReviewRefusal> {
    stage::at(case, REVIEWABLE)?;
    let Some(clerk) = ctx.actor.person() else { return Ok(Decision::nothing()) };
    match case.review.clerk {
        Some(taken) if taken == clerk => Ok(Decision::nothing()),
        Some(clerk) => Err(ReviewRefusal::TakenByAnother { clerk }),
        None => Ok(Decision::of(ReviewEvent::Taken { clerk })),
    }
}

fn request_correction(case: &CaseState, ctx: &Context, items: Vec<CorrectionItem>) -> Result<Decision, ReviewRefusal> {
    stage::at(case, REVIEWABLE)?;
    if !case.review.correction.is_empty() {
        return Err(ReviewRefusal::CorrectionAskedAlready);
    }
    if items.iter().all(|item| item.what.trim().is_empty()) {
        return Err(ReviewRefusal::NothingToCorrect);
    }
    let period = periods::days(PeriodKind::Correction, None, ctx.moment.today, ctx.rules.settings.correction_days);
    let mut decision = ensure_taken(case, ctx);
    let due_on = period.last_on;
    decision.push(ReviewEvent::CorrectionRequested { items, due_on });
    decision.push(PeriodEvent::ended(PeriodKind::Review, None));
    decision.push(PeriodEvent::Started { period });
    decision.write(ctx, PaperKind::CorrectionNotice);
    Ok(decision)
}

/// Review starts anew the day after the corrected papers came.
///
/// Source: 《民诉法解释》第一百二十六条.
fn correct(case: &CaseState, ctx: &Context, application: Box<Application>) -> Result<Decision, ReviewRefusal> {
    stage::at(case, &[Stage::CorrectionRequested])?;
    let submission = crate::filing::FilingCommand::Submit { application: application.clone() };
    let mut anew = crate::filing::decide(ctx, submission)
        .map_err(|fault| ReviewRefusal::Application { fault: Box::new(fault) })?;
    anew.events.remove(0);
    anew.events.retain(|event| !is_known_paper(case, event) && !matches!(event, CaseEvent::Periods(_)));
    let application = Box::new(crate::filing::as_told(*application));
    let mut decision = Decision::of(ReviewEvent::Corrected { application });
    decision.push(PeriodEvent::ended(PeriodKind::Correction, None));
    decision.push(PeriodEvent::Started { period: periods::by_limit(PeriodKind::Review, None, ctx.moment.today) });
    decision.extend(anew);
    Ok(decision)
}

fn is_known_paper(case: &CaseState, event: &CaseEvent) -> bool {
    use crate::material::MaterialEvent;
    matches!(event, CaseEvent::Material(MaterialEvent::Received { material, .. }) if case.materials.contains_key(material))
}

/// Files the case in one act: number, fee notice, notices to the plaintiff, draw of the judge.
///
/// Source: 《民事诉讼法》第一百二十六条;《关于人民法院案件案号的若干规定》.
fn file(case: &CaseState, ctx: &Context, finding: Finding) -> Result<Decision, ReviewRefusal> {
    stage::at(case, REVIEWABLE)?;
    check(case, ctx, finding)?;
    let mut decision = ensure_taken(case, ctx);
    let number = allocate(case, ctx, &mut decision);
    decision.extend(filed(case, ctx, finding, number)?);
    Ok(decision)
}

/// The judge before whom it was laid, and who thinks otherwise than the clerk, files the case as the clerk would
/// have. It keeps the number it was given for the ruling: a number of the same type, of the day on which the
/// court took it up, so that none is spent on nothing and none given twice. The first lot was for the ruling
/// alone; who tries the case is drawn as for any other.
///
/// Source: 《民事诉讼法》第一百二十六条;《关于人民法院登记立案若干问题的规定》第八条;《关于人民法院案件案号的若干规定》第二条、第六条.
fn accept(case: &CaseState, ctx: &Context, finding: Finding, reason: String) -> Result<Decision, ReviewRefusal> {
    stage::at(case, &[Stage::NotAccepted])?;
    if case.drafts.values().any(|draft| draft.issued.is_some()) {
        return Err(ReviewRefusal::RulingIssued);
    }
    said(&reason)?;
    check(case, ctx, finding)?;
    let mut decision = Decision::of(ReviewEvent::Accepted { reason });
    let number = case.number.clone().unwrap_or_else(|| allocate(case, ctx, &mut decision));
    decision.extend(filed(case, ctx, finding, number)?);
    Ok(decision)
}

/// All four conditions are met, and the procedure fits.
///
/// Source: 《民事诉讼法》第一百二十二条、第一百六十五条.
fn check(case: &CaseState, ctx: &Context, finding: Finding) -> Result<(), ReviewRefusal> {
    if !finding.conditions.all_met() {
        return Err(ReviewRefusal::ConditionMissing);
    }
    if finding.procedure == Procedure::SmallClaims && !fits_small_claims(case, ctx.rules) {
        return Err(ReviewRefusal::NotSmallClaims);
    }
    Ok(())
}

/// What filing brings about, whoever files.
///
/// Source: 《民事诉讼法》第一百二十六条、第一百二十九条;《诉讼费用交纳办法》第二十二条.
fn filed(case: &CaseState, ctx: &Context, finding: Finding, number: CaseNumber) -> Result<Decision, ReviewRefusal> {
    let Finding { procedure, conditions } = finding;
    let mut decision = Decision::of(ReviewEvent::Filed { number, procedure, conditions });
    decision.push(PeriodEvent::ended(PeriodKind::Review, None));
    decision.push(PeriodEvent::Started { period: periods::trial(procedure, ctx.moment.today) });
    decision.write(ctx, PaperKind::AcceptanceNotice);
    decision.write(ctx, PaperKind::RightsNotice);
    decision.write(ctx, PaperKind::EvidenceNotice);
    decision.extend(fees::notice(case, ctx, procedure));
    decision.extend(assignment::first(case, ctx, procedure).map_err(undrawn)?);
    Ok(decision)
}

/// The next number of this year goes to the case: none is skipped, none given twice.
///
/// Source: 《关于人民法院案件案号的若干规定》第六条.
fn allocate(case: &CaseState, ctx: &Context, decision: &mut Decision) -> CaseNumber {
    let year = ctx.moment.today.year();
    let register = number_register(year);
    let serial = ctx.registers.get(&register).last_serial + 1;
    decision.registers.push((register, RegisterEvent::NumberAllocated { case: case.id, serial }));
    CaseNumber {
        filing_year: year as u16,
        court_code: ctx.rules.settings.court_code.clone(),
        type_code: CIVIL_FIRST.to_owned(),
        serial,
        suffix: None,
    }
}

fn undrawn(fault: assignment::AssignmentRefusal) -> ReviewRefusal {
    match fault {
        assignment::AssignmentRefusal::NoDayKey => ReviewRefusal::NoDayKey,
        _ => ReviewRefusal::NoEligibleJudge,
    }
}

/// The register that gives out numbers of civil first-instance cases in `year`.
pub fn number_register(year: i16) -> Register {
    Register::Numbers { year, type_code: CIVIL_FIRST.to_owned() }
}

/// Money, a simple dispute, an amount within the limit, nobody missing.
///
/// Source: 《民事诉讼法》第一百六十五条、第一百六十六条.
pub fn fits_small_claims(case: &CaseState, rules: &Rules) -> bool {
    let amount = case.application.amount;
    let personal = case.application.cause.starts_with("02.") || case.application.cause.starts_with("01.");
    !personal && amount.is_some_and(|amount| amount <= rules.settings.small_claims_limit)
}

/// Papers not corrected in time are returned; whoever insists gets a ruling.
///
/// Source: 《关于人民法院登记立案若干问题的规定》第七条.
fn return_papers(case: &CaseState, ctx: &Context, reason: String) -> Result<Decision, ReviewRefusal> {
    stage::at(case, &[Stage::CorrectionRequested])?;
    if case.review.correction_due_on.is_some_and(|due_on| ctx.moment.today <= due_on) {
        return Err(ReviewRefusal::CorrectionStillRunning);
    }
    said(&reason)?;
    let mut decision = Decision::of(ReviewEvent::Returned { reason });
    decision.push(PeriodEvent::ended(PeriodKind::Correction, None));
    Ok(decision)
}

/// What the clerk would not accept a judge rules on, in writing and within the days of the review; also for
/// whoever insists after papers were returned. The ruling has a number of its own, and one judge, drawn by
/// lot as for any case.
///
/// Source: 《民事诉讼法》第四十条、第一百二十六条、第一百五十七条.
fn not_accept(case: &CaseState, ctx: &Context, reason: String) -> Result<Decision, ReviewRefusal> {
    stage::at(case, &[Stage::Submitted, Stage::UnderReview, Stage::CorrectionRequested, Stage::Returned])?;
    said(&reason)?;
    let mut decision = ensure_taken(case, ctx);
    let number = Some(allocate(case, ctx, &mut decision));
    decision.push(ReviewEvent::NotAccepted { number, reason });
    if case.running(PeriodKind::Correction, None).is_some() {
        decision.push(PeriodEvent::ended(PeriodKind::Correction, None));
    }
    if case.running(PeriodKind::Review, None).is_none() {
        decision.push(PeriodEvent::Started { period: periods::by_limit(PeriodKind::Review, None, ctx.moment.today) });
    }
    decision.extend(assignment::first(case, ctx, Procedure::Summary).map_err(undrawn)?);
    Ok(decision)
}

fn redirect(case: &CaseState, to: String, reason: String) -> Result<Decision, ReviewRefusal> {
    stage::at(case, REVIEWABLE)?;
    said(&reason)?;
    Ok(Decision::of(ReviewEvent::Redirected { to, reason }).with(PeriodEvent::ended(PeriodKind::Review, None)))
}

fn said(reason: &str) -> Result<(), ReviewRefusal> {
    if reason.trim().is_empty() { Err(ReviewRefusal::NoReason) } else { Ok(()) }
}

/// An act of review takes the application in passing, if nobody has.
fn ensure_taken(case: &CaseState, ctx: &Context) -> Decision {
    match (case.review.clerk, ctx.actor.person()) {
        (None, Some(clerk)) => Decision::of(ReviewEvent::Taken { clerk }),
        _ => Decision::nothing(),
    }
}
