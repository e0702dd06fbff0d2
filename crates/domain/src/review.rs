//! Filing review (立案审查): from the application to a case number, or to a reasoned no.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    assignment,
    case::{CaseState, Procedure},
    decision::{About, Context, Decision},
    event::CaseEvent,
    fees,
    filing::{Application, FilingRefusal},
    ids::PersonId,
    law::case_number::CaseNumber,
    moment::Recorded,
    paper::PaperKind,
    periods::{self, PeriodEvent, PeriodKind},
    refusal::refusals,
    register::{Register, RegisterEvent},
    stage::{self, Stage},
};

/// The type code of civil first-instance cases in case numbers.
pub const CIVIL_FIRST: &str = "民初";

/// One thing to correct, at the party's own field (补正事项).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionItem {
    /// The field of the application it concerns, such as `facts_and_reasons` or `party.0.address`.
    pub field: String,
    /// What to do, as picked from the phrases or written.
    pub what: String,
}

/// The four conditions of a suit (起诉条件), as the clerk found them.
///
/// Source: 《民事诉讼法》第一百二十二条.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions {
    /// The plaintiff has a direct interest (与本案有直接利害关系).
    pub interest: bool,
    /// There is a definite defendant (有明确的被告).
    pub defendant: bool,
    /// There are specific claims, facts and reasons (有具体的诉讼请求和事实、理由).
    pub claims: bool,
    /// It is for the courts and for this court (属于受理范围和管辖).
    pub jurisdiction: bool,
}

impl Conditions {
    /// Whether all four are met.
    pub fn all_met(self) -> bool {
        self.interest && self.defendant && self.claims && self.jurisdiction
    }
}

/// State of the review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// The clerk who took it.
    pub clerk: Option<PersonId>,
    /// What was asked to be corrected.
    pub correction: Vec<CorrectionItem>,
    /// Until when.
    pub correction_due_on: Option<Date>,
    /// Day the corrected papers came.
    pub corrected_on: Option<Date>,
    /// Conditions as found.
    pub conditions: Conditions,
    /// Why it was turned away, if it was.
    pub turned_away_because: Option<String>,
}

/// Facts of filing review. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum ReviewEvent {
    /// A clerk took the application for review (开始审查).
    #[serde(rename = "review.taken.v1")]
    Taken {
        /// Who.
        clerk: PersonId,
    },
    /// Correction was asked, everything in one notice (一次性告知补正).
    #[serde(rename = "review.correction_requested.v1")]
    CorrectionRequested {
        /// What.
        items: Vec<CorrectionItem>,
        /// Until when.
        due_on: Date,
    },
    /// The corrected papers came (补正材料).
    #[serde(rename = "review.corrected.v1")]
    Corrected {
        /// The application as corrected.
        application: Box<Application>,
    },
    /// The case was filed and has its number (登记立案).
    #[serde(rename = "review.filed.v1")]
    Filed {
        /// Number.
        number: CaseNumber,
        /// Procedure.
        procedure: Procedure,
        /// Conditions as found.
        conditions: Conditions,
    },
    /// The papers were returned: not corrected in time (退回).
    #[serde(rename = "review.returned.v1")]
    Returned {
        /// Why.
        reason: String,
    },
    /// The suit was not accepted, by ruling (不予受理).
    #[serde(rename = "review.not_accepted.v1")]
    NotAccepted {
        /// Why.
        reason: String,
    },
    /// The filer was told where to go instead (告知).
    #[serde(rename = "review.redirected.v1")]
    Redirected {
        /// Where.
        to: String,
        /// Why.
        reason: String,
    },
}

/// Commands of filing review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum ReviewCommand {
    /// Takes the application for review.
    Take,
    /// Asks for correction, once, everything in one notice.
    RequestCorrection {
        /// What.
        items: Vec<CorrectionItem>,
    },
    /// Hands in the corrected application.
    Correct {
        /// The application as corrected.
        application: Box<Application>,
    },
    /// Files the case: number, fee, notices, judge.
    File {
        /// Procedure.
        procedure: Procedure,
        /// Conditions as found.
        conditions: Conditions,
    },
    /// Returns papers that were not corrected in time.
    Return {
        /// Why.
        reason: String,
    },
    /// Rules that the suit is not accepted.
    NotAccept {
        /// Why.
        reason: String,
    },
    /// Tells the filer where to go instead.
    Redirect {
        /// Where.
        to: String,
        /// Why.
        reason: String,
    },
}

refusals! {
    /// Why an act of filing review is refused.
    ReviewRefusal = "review" {
        /// Another clerk has taken it.
        TakenByAnother {
            /// Who.
            clerk: PersonId,
        },
        /// Correction was asked before: everything must stand in one notice.
        CorrectionAskedAlready,
        /// Nothing to correct was named.
        NothingToCorrect,
        /// A condition of Article 122 is not met.
        ConditionMissing,
        /// A reason is needed.
        NoReason,
        /// It was filed already, by whoever was first.
        FiledAlready {
            /// Its number.
            number: String,
        },
        /// Small-claims procedure does not fit this suit.
        NotSmallClaims,
        /// The time for correction is still running.
        CorrectionStillRunning,
        /// No judge may be given this case: name one by hand.
        NoEligibleJudge,
        /// No key was fixed for today's draws, so none can be drawn.
        NoDayKey,
        /// The corrected application has a fault of its own.
        Application {
            /// Which.
            fault: Box<FilingRefusal>,
        },
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for ReviewRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        ReviewRefusal::Stage { fault }
    }
}

const REVIEWABLE: &[Stage] = &[Stage::Submitted, Stage::UnderReview];

/// Decides an act of filing review.
///
/// Source: 《民事诉讼法》第一百二十二条至第一百二十七条;《关于人民法院登记立案若干问题的规定》第七条、第八条.
pub fn decide(case: &CaseState, ctx: &Context, command: ReviewCommand) -> Result<Decision, ReviewRefusal> {
    if let Some(number) = &case.number {
        return Err(ReviewRefusal::FiledAlready { number: number.to_string() });
    }
    match command {
        ReviewCommand::Take => take(case, ctx),
        ReviewCommand::RequestCorrection { items } => request_correction(case, ctx, items),
        ReviewCommand::Correct { application } => correct(case, ctx, application),
        ReviewCommand::File { procedure, conditions } => file(case, ctx, procedure, conditions),
        ReviewCommand::Return { reason } => return_papers(case, ctx, reason),
        ReviewCommand::NotAccept { reason } => not_accept(case, ctx, reason),
        ReviewCommand::Redirect { to, reason } => redirect(case, to, reason),
    }
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

fn request_correction(
    case: &CaseState,
    ctx: &Context,
    items: Vec<CorrectionItem>,
) -> Result<Decision, ReviewRefusal> {
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
fn file(
    case: &CaseState,
    ctx: &Context,
    procedure: Procedure,
    conditions: Conditions,
) -> Result<Decision, ReviewRefusal> {
    stage::at(case, REVIEWABLE)?;
    if !conditions.all_met() {
        return Err(ReviewRefusal::ConditionMissing);
    }
    if procedure == Procedure::SmallClaims && !fits_small_claims(case, ctx) {
        return Err(ReviewRefusal::NotSmallClaims);
    }
    let year = ctx.moment.today.year();
    let register = number_register(year);
    let serial = ctx.registers.get(&register).last_serial + 1;
    let number = CaseNumber {
        filing_year: year as u16,
        court_code: ctx.rules.settings.court_code.clone(),
        type_code: CIVIL_FIRST.to_owned(),
        serial,
        suffix: None,
    };
    let mut decision = ensure_taken(case, ctx);
    decision.registers.push((register, RegisterEvent::NumberAllocated { case: case.id, serial }));
    decision.push(ReviewEvent::Filed { number, procedure, conditions });
    decision.push(PeriodEvent::ended(PeriodKind::Review, None));
    decision.push(PeriodEvent::Started { period: periods::trial(procedure, ctx.moment.today) });
    decision.write(ctx, PaperKind::AcceptanceNotice);
    decision.write(ctx, PaperKind::RightsNotice);
    decision.write(ctx, PaperKind::EvidenceNotice);
    decision.extend(fees::notice(case, ctx, procedure));
    decision.extend(assignment::first(case, ctx, procedure).map_err(undrawn)?);
    Ok(decision)
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
pub fn fits_small_claims(case: &CaseState, ctx: &Context) -> bool {
    let amount = case.application.amount;
    let personal = case.application.cause.starts_with("02.") || case.application.cause.starts_with("01.");
    !personal && amount.is_some_and(|amount| amount <= ctx.rules.settings.small_claims_limit)
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

/// A ruling in writing, open to appeal within ten days; also for whoever insists after papers were returned.
///
/// Source: 《民事诉讼法》第一百二十六条、第一百五十七条.
fn not_accept(case: &CaseState, ctx: &Context, reason: String) -> Result<Decision, ReviewRefusal> {
    stage::at(case, &[Stage::Submitted, Stage::UnderReview, Stage::CorrectionRequested, Stage::Returned])?;
    said(&reason)?;
    let mut decision = Decision::of(ReviewEvent::NotAccepted { reason: reason.clone() });
    for kind in [PeriodKind::Review, PeriodKind::Correction] {
        if case.running(kind, None).is_some() {
            decision.push(PeriodEvent::ended(kind, None));
        }
    }
    decision.write_about(ctx, PaperKind::NonAcceptance, About::Words { party: None, words: reason });
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

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &ReviewEvent, recorded: &Recorded) {
    let today = recorded.moment.today;
    match event {
        ReviewEvent::Taken { clerk } => {
            case.review.clerk = Some(*clerk);
            case.stage = Stage::UnderReview;
        }
        ReviewEvent::CorrectionRequested { items, due_on } => {
            case.review.correction = items.clone();
            case.review.correction_due_on = Some(*due_on);
            case.stage = Stage::CorrectionRequested;
        }
        ReviewEvent::Corrected { application } => {
            case.review.corrected_on = Some(today);
            case.take_application((**application).clone());
            case.stage = Stage::UnderReview;
        }
        ReviewEvent::Filed { number, procedure, conditions } => {
            case.number = Some(number.clone());
            case.procedure = *procedure;
            case.review.conditions = *conditions;
            case.filed_on = Some(today);
            case.stage = Stage::Filed;
        }
        ReviewEvent::Returned { reason } => turn_away(case, Stage::Returned, reason),
        ReviewEvent::NotAccepted { reason } => turn_away(case, Stage::NotAccepted, reason),
        ReviewEvent::Redirected { reason, .. } => turn_away(case, Stage::Redirected, reason),
    }
}

fn turn_away(case: &mut CaseState, stage: Stage, reason: &str) {
    case.stage = stage;
    case.review.turned_away_because = Some(reason.to_owned());
}
