//! Decisions of approval, and what the last yes brings about.

use super::{Approval, ApprovalCommand, ApprovalEvent, ApprovalRefusal, ApprovalStatus, Matter, Word};
use jiff::civil::Date;

use crate::{
    case::{CaseState, Procedure},
    committee,
    correcting::{self, CorrectingEvent},
    decision::{Context, Decision},
    fees::{FeeAid, FeeEvent, FeeStatus},
    ids::{ApprovalId, MaterialId},
    law::{
        money::Fen,
        period::Unit,
        trial_period::{Exclusion, Extension},
    },
    material::{self, Material, MaterialEvent, Place},
    people::Post,
    periods::{self, PeriodKind},
    procedure, sharing,
    stage::{self},
};

/// Decides an act of approval.
pub fn decide(case: &CaseState, ctx: &Context, command: ApprovalCommand) -> Result<Decision, ApprovalRefusal> {
    match command {
        ApprovalCommand::Ask { request, reason } => ask(case, ctx, request, reason),
        ApprovalCommand::Answer { approval, grant, opinion, seen_words } => {
            answer(case, ctx, approval, grant, opinion, seen_words)
        }
    }
}

fn ask(case: &CaseState, ctx: &Context, request: Matter, reason: String) -> Result<Decision, ApprovalRefusal> {
    let approval = ApprovalId(ctx.ids.next());
    if case.approvals.contains_key(&approval) {
        return Ok(Decision::nothing());
    }
    if reason.trim().is_empty() {
        return Err(ApprovalRefusal::NoReason);
    }
    let same = |known: &Approval| known.status == ApprovalStatus::Pending && known.matter == request;
    if case.approvals.values().any(same) {
        return Err(ApprovalRefusal::PendingAlready);
    }
    check(case, &request, ctx.moment.today)?;
    let asker = match ctx.actor {
        crate::people::Actor::Person { post, .. } => Some(*post),
        _ => None,
    };
    let mut chain: Vec<Post> = request.chain(case.stage).into_iter().filter(|post| Some(*post) != asker).collect();
    if chain.is_empty() {
        chain.push(Post::VicePresident);
    }
    Ok(Decision::of(ApprovalEvent::Asked { approval, request, reason, by: ctx.actor.person(), chain }))
}

fn check(case: &CaseState, request: &Matter, today: Date) -> Result<(), ApprovalRefusal> {
    match request {
        Matter::FeeAid { aid, remaining } => check_aid(case, *aid, *remaining),
        Matter::ExtendTrial { months } => {
            let trial = case.running(PeriodKind::Trial, None).ok_or(ApprovalRefusal::NoTrialPeriod)?;
            let granted: u32 = trial.extensions.iter().map(|extension| extension.length).sum();
            let most_months = most_extension(case.procedure).saturating_sub(granted);
            if *months == 0 || *months > most_months { Err(ApprovalRefusal::TooLong { most_months }) } else { Ok(()) }
        }
        Matter::ExcludePeriod { from_on, to_on, .. } => {
            let trial = case.running(PeriodKind::Trial, None).ok_or(ApprovalRefusal::NoTrialPeriod)?;
            if to_on <= from_on || *from_on < trial.starts_on { Err(ApprovalRefusal::WrongDates) } else { Ok(()) }
        }
        Matter::Stay { .. } => Ok(stage::in_trial(case)?),
        Matter::ChangeProcedure { to } => {
            procedure::may_convert(case, *to, today).map_err(|fault| ApprovalRefusal::Course { fault })
        }
        Matter::SupplementArchive { file, .. } => {
            stage::at(case, &[stage::Stage::Archived])?;
            if file.size_bytes == 0 { Err(ApprovalRefusal::NoSuchPaper) } else { Ok(()) }
        }
        Matter::RevokePaper { material } => {
            correcting::may_revoke(case, *material).map_err(|fault| ApprovalRefusal::Revocation { fault })
        }
        Matter::CorrectArchived { document } => {
            correcting::may_open(case, *document).map_err(|fault| ApprovalRefusal::Revocation { fault })
        }
        Matter::EraseMaterial { material } => {
            let there = case.materials.get(material).is_some_and(|paper| paper.erased_on.is_none());
            if there { Ok(()) } else { Err(ApprovalRefusal::NoSuchPaper) }
        }
        Matter::ShareOut { terms } => {
            sharing::check(case, terms, today).map_err(|fault| ApprovalRefusal::Sharing { fault })
        }
        Matter::SubmitCommittee { questions } => {
            committee::may_refer(case, questions).map_err(|fault| ApprovalRefusal::Committee { fault })
        }
        Matter::ReconsiderCommittee {} => {
            committee::may_reconsider(case).map_err(|fault| ApprovalRefusal::Committee { fault })
        }
        Matter::ReplaceMaterial { .. } | Matter::StrikeMaterial { .. } if case.stage == stage::Stage::Archived => {
            Err(stage::StageRefusal::Sealed.into())
        }
        Matter::ReplaceMaterial { material, .. } | Matter::StrikeMaterial { material } => {
            let there = |paper: &Material| paper.place == Place::InFile && paper.erased_on.is_none();
            let in_file = case.materials.get(material).is_some_and(there);
            if in_file { Ok(()) } else { Err(ApprovalRefusal::NoSuchPaper) }
        }
    }
}

/// Aid is for a fee that waits to be paid: waived for natural persons only, reduced by thirty per cent at
/// least.
///
/// Source: 《诉讼费用交纳办法》第四十四条至第四十七条.
fn check_aid(case: &CaseState, aid: FeeAid, remaining: Fen) -> Result<(), ApprovalRefusal> {
    use crate::party::{PartyKind, PartyRole};
    if case.fees.status != FeeStatus::Noticed {
        return Err(ApprovalRefusal::NoFeeDue);
    }
    let legal = case.parties_as(PartyRole::Plaintiff).any(|party| party.kind == PartyKind::Legal);
    let most = Fen(case.fees.due.0 * 7 / 10);
    match aid {
        FeeAid::Waive if legal => Err(ApprovalRefusal::NaturalPersonsOnly),
        FeeAid::Reduce if remaining.0 <= 0 || remaining > most => Err(ApprovalRefusal::WrongReduction { most }),
        FeeAid::Waive | FeeAid::Reduce | FeeAid::Defer => Ok(()),
    }
}

/// Source: 《民事诉讼法》第一百五十二条、第一百六十四条、第一百六十八条.
fn most_extension(procedure: Procedure) -> u32 {
    match procedure {
        Procedure::Ordinary => 6,
        Procedure::Summary | Procedure::SmallClaims => 1,
    }
}

fn answer(
    case: &CaseState,
    ctx: &Context,
    id: ApprovalId,
    grant: bool,
    opinion: String,
    seen_words: usize,
) -> Result<Decision, ApprovalRefusal> {
    let approval = case.approvals.get(&id).ok_or(ApprovalRefusal::Unknown)?;
    let turn = approval.next().ok_or(ApprovalRefusal::DecidedAlready)?;
    if approval.words.len() != seen_words {
        return Err(ApprovalRefusal::MovedOn);
    }
    let crate::people::Actor::Person { id: by, post, .. } = ctx.actor else {
        return Err(ApprovalRefusal::NotYourTurn { turn });
    };
    let in_charge = turn == Post::Judge && case.judge() == Some(*by);
    if *post != turn && !in_charge {
        return Err(ApprovalRefusal::NotYourTurn { turn });
    }
    if !grant && opinion.trim().is_empty() {
        return Err(ApprovalRefusal::NoReason);
    }
    let word = Word { by: *by, post: *post, opinion };
    if !grant {
        return Ok(Decision::of(ApprovalEvent::Refused { approval: id, word }));
    }
    // What was in order when it was asked may not be by now: the case goes on while others think.
    if approval.lacks_a_word(case.stage) {
        return Err(ApprovalRefusal::AskAnew);
    }
    let last = approval.words.len() + 1 == approval.chain.len();
    let mut decision = Decision::of(ApprovalEvent::Granted { approval: id, word });
    if last {
        decision.extend(carry_out(case, ctx, approval)?);
    }
    Ok(decision)
}

/// What the last yes brings about.
fn carry_out(case: &CaseState, ctx: &Context, approval: &Approval) -> Result<Decision, ApprovalRefusal> {
    match &approval.matter {
        // Their own rules are asked again below.
        Matter::Stay { .. } | Matter::ChangeProcedure { .. } => {}
        matter => check(case, matter, ctx.moment.today)?,
    }
    let id = approval.id;
    Ok(match &approval.matter {
        Matter::FeeAid { aid, remaining } => {
            let remaining = match aid {
                FeeAid::Reduce => *remaining,
                FeeAid::Defer => case.fees.due,
                FeeAid::Waive => Fen(0),
            };
            let running = case.running(PeriodKind::FeePayment, None).is_some();
            let decision = Decision::of(FeeEvent::Aided { aid: *aid, remaining, approval: id });
            match aid {
                FeeAid::Reduce if running => decision,
                FeeAid::Reduce => decision.with(periods::PeriodEvent::Started {
                    period: periods::by_limit(PeriodKind::FeePayment, None, ctx.moment.today),
                }),
                _ => decision.with(periods::PeriodEvent::ended(PeriodKind::FeePayment, None)),
            }
        }
        Matter::ExtendTrial { months } => {
            move_trial(case, ctx, None, Some(Extension { length: *months, unit: Unit::Month }))?
        }
        Matter::ExcludePeriod { kind, from_on, to_on } => {
            let exclusion = Exclusion { kind: *kind, starts_on: *from_on, ends_on: Some(*to_on) };
            move_trial(case, ctx, Some(exclusion), None)?
        }
        Matter::Stay { ground } => {
            procedure::stay(case, ctx, ground.clone()).map_err(|fault| ApprovalRefusal::Course { fault })?
        }
        Matter::ChangeProcedure { to } => procedure::convert(case, ctx, *to, approval.reason.clone())
            .map_err(|fault| ApprovalRefusal::Course { fault })?,
        Matter::ReplaceMaterial { material, file } => {
            Decision::of(MaterialEvent::Replaced { material: *material, file: file.clone(), approval: id })
        }
        Matter::StrikeMaterial { material } => {
            Decision::of(MaterialEvent::Struck { material: *material, approval: id })
        }
        Matter::SupplementArchive { kind, title, file } => {
            let title = if title.trim().is_empty() { kind.name_zh().to_owned() } else { title.clone() };
            let material = MaterialId(ctx.ids.next());
            Decision::of(MaterialEvent::Supplemented { material, kind: *kind, title, file: file.clone(), approval: id })
        }
        Matter::RevokePaper { material } => {
            let reason = approval.reason.clone();
            Decision::of(CorrectingEvent::Revoked { material: *material, reason, approval: id })
        }
        Matter::CorrectArchived { document } => {
            Decision::of(CorrectingEvent::Opened { document: *document, approval: id })
        }
        Matter::ShareOut { terms } => sharing::granted(ctx, terms.clone(), approval.asked_by),
        Matter::SubmitCommittee { questions } => committee::laid_before(case, questions, id, approval.reason.clone())
            .map_err(|fault| ApprovalRefusal::Committee { fault })?,
        Matter::ReconsiderCommittee {} => committee::reconsidered(case, id, approval.reason.clone())
            .map_err(|fault| ApprovalRefusal::Committee { fault })?,
        Matter::EraseMaterial { material } => {
            let paper = case.materials.get(material).ok_or(ApprovalRefusal::NoSuchPaper)?;
            let files = material::bytes_of(case, paper);
            Decision::of(MaterialEvent::Erased { material: *material, files, approval: id })
        }
    })
}

fn move_trial(
    case: &CaseState,
    ctx: &Context,
    exclusion: Option<Exclusion>,
    extension: Option<Extension>,
) -> Result<Decision, ApprovalRefusal> {
    let trial = case.running(PeriodKind::Trial, None).ok_or(ApprovalRefusal::NoTrialPeriod)?;
    let exclusions = trial.exclusions.iter().cloned().chain(exclusion).collect();
    let extensions = trial.extensions.iter().cloned().chain(extension).collect();
    Ok(Decision::of(periods::moved_trial(trial, exclusions, extensions, ctx.moment.today)))
}
