//! Decisions of archiving.

use super::{ArchiveCommand, ArchiveEvent, ArchiveRefusal, Loan, Occasion, Visit, borrowing, missing};
use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::PersonId,
    law::retention::RetentionClass,
    paper::{PaperKind, Volume},
    periods::{PeriodEvent, PeriodKind},
    stage::{self, Stage},
};

/// Decides an act of archiving.
///
/// Source: 《人民法院诉讼文书立卷归档办法》; handbook of the project §17.2.
pub fn decide(case: &CaseState, ctx: &Context, command: ArchiveCommand) -> Result<Decision, ArchiveRefusal> {
    match command {
        ArchiveCommand::Submit => submit(case, ctx),
        ArchiveCommand::Return { marks } => {
            stage::at(case, &[Stage::Archiving])?;
            if marks.iter().all(|mark| mark.trim().is_empty()) {
                return Err(ArchiveRefusal::NoMarks);
            }
            Ok(Decision::of(ArchiveEvent::Returned { marks }))
        }
        ArchiveCommand::Accept { retention } => accept(case, retention),
        ArchiveCommand::Lend { to, purpose, days } => lend(case, ctx, to, purpose, days),
        ArchiveCommand::EndLoan { to } => {
            if !case.archive.loans.iter().any(|loan| loan.to == to) {
                return Err(ArchiveRefusal::NotLent);
            }
            Ok(Decision::of(ArchiveEvent::LoanEnded { to }))
        }
        ArchiveCommand::GrantAccess { visit } => grant_access(case, ctx, visit),
        ArchiveCommand::Reclassify { retention, reason } => reclassify(case, retention, reason),
        ArchiveCommand::AskBorrowing { purpose, until_on, volume } => {
            borrowing::ask(case, ctx, purpose, until_on, volume)
        }
        ArchiveCommand::GrantBorrowing { by } => borrowing::grant(case, ctx, by),
        ArchiveCommand::RefuseBorrowing { by, reason } => borrowing::refuse(case, by, reason),
        ArchiveCommand::Test => {
            stage::at(case, &[Stage::Archived])?;
            Ok(Decision::nothing().tested(Occasion::Export))
        }
        ArchiveCommand::Link { case: other, reason } => {
            stage::at(case, &[Stage::Archived])?;
            if other == case.id || case.archive.linked.contains(&other) {
                return Err(ArchiveRefusal::LinkedAlready);
            }
            given(&reason)?;
            Ok(Decision::of(ArchiveEvent::Linked { case: other, reason }))
        }
    }
}

pub(super) fn given(reason: &str) -> Result<(), ArchiveRefusal> {
    if reason.trim().is_empty() { Err(ArchiveRefusal::NoReason) } else { Ok(()) }
}

fn submit(case: &CaseState, ctx: &Context) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Effective])?;
    ready(case)?;
    let mut decision = Decision::of(ArchiveEvent::Submitted {});
    for kind in [PaperKind::Cover, PaperKind::Contents, PaperKind::ReferenceSheet] {
        decision.write(ctx, kind);
    }
    Ok(decision)
}

fn ready(case: &CaseState) -> Result<(), ArchiveRefusal> {
    let missing = missing(case);
    if missing.is_empty() { Ok(()) } else { Err(ArchiveRefusal::NotReady { missing }) }
}

/// The formal check is made anew: what came up since the file was handed over keeps it from the seal.
fn accept(case: &CaseState, retention: RetentionClass) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Archiving])?;
    ready(case)?;
    let (_, seal_sha256) = crate::closing::seal(case);
    let archive_no = archive_no(case, retention);
    let upto_rev = case.rev;
    let sealed = ArchiveEvent::Sealed { archive_no, retention, upto_rev, seal_sha256, record_sha256: None };
    let decision = Decision::of(sealed).with(PeriodEvent::ended(PeriodKind::Archive, None));
    // Beyond the seal, which reaches up to the event before it.
    Ok(decision.tested(Occasion::Acceptance))
}

/// Type, year, retention class, serial: unique because the case number is (format: setting of the court).
fn archive_no(case: &CaseState, retention: RetentionClass) -> String {
    let class = match retention {
        RetentionClass::Permanent => "Y",
        RetentionClass::Long => "C",
        RetentionClass::Short => "D",
    };
    match &case.number {
        Some(number) => format!("{}-{}-{}-{}", number.type_code, number.filing_year, class, number.serial),
        None => case.id.to_string(),
    }
}

fn lend(case: &CaseState, ctx: &Context, to: PersonId, purpose: String, days: u16) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Archived])?;
    if purpose.trim().is_empty() {
        return Err(ArchiveRefusal::NoPurpose);
    }
    if !(1..=90).contains(&days) {
        return Err(ArchiveRefusal::WrongLength);
    }
    if case.archive.loans.iter().any(|loan| loan.to == to) {
        return Err(ArchiveRefusal::LentAlready);
    }
    let until_on = ctx.moment.today.checked_add(jiff::Span::new().days(i64::from(days))).expect("within the calendar");
    Ok(Decision::of(ArchiveEvent::Lent { to, purpose, until_on }))
}

/// Who comes to the archive's counter reads the main volume, on what paper, for what. The secondary volume is shown
/// to nobody there.
///
/// Source: handbook of the project §17.4; retention.toml, `access`.
fn grant_access(case: &CaseState, ctx: &Context, visit: Visit) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Archived])?;
    if visit.purpose.trim().is_empty() {
        return Err(ArchiveRefusal::NoPurpose);
    }
    if visit.name.trim().is_empty() || visit.paper.trim().is_empty() {
        return Err(ArchiveRefusal::NotIdentified);
    }
    for material in &visit.copied {
        let main = case.materials.get(material).is_some_and(|paper| paper.volume == Volume::Main);
        if !main {
            return Err(ArchiveRefusal::NotInMainVolume);
        }
    }
    // The same reading is noted once a day.
    if case.archive.visits.iter().any(|(on, known)| *on == ctx.moment.today && *known == visit) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(ArchiveEvent::AccessGranted { visit }))
}

/// Another class of retention, with the reason for it; the archive number, once given, stays.
///
/// Source: handbook of the project §17.3 (the archivist's decision is recorded).
fn reclassify(case: &CaseState, retention: RetentionClass, reason: String) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Archived])?;
    given(&reason)?;
    if case.archive.retention == Some(retention) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(ArchiveEvent::Reclassified { retention, reason }))
}

/// Loans end by themselves once their last day is over (到期自动收回).
///
/// Source: handbook of the project §17.4 (return or auto-expiry).
pub fn expired(case: &CaseState, ctx: &Context) -> Decision {
    let over = case.archive.loans.iter().filter(|loan| loan.until_on < ctx.moment.today);
    over.map(|Loan { to, .. }| ArchiveEvent::LoanEnded { to: *to }).fold(Decision::nothing(), Decision::with)
}
