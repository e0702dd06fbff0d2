//! Asking to borrow (借阅申请): whoever needs to read an archived file says for what and until when, the archivist
//! answers, and what is granted is a loan like any other.

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

use super::{ArchiveEvent, ArchiveRefusal};
use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::PersonId,
    paper::Volume,
    stage::{self, Stage},
};

/// The longest a file is lent, in days.
pub const LONGEST_DAYS: i64 = 90;

/// A request to borrow an archived file (借阅申请), the newest of each person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Borrowing {
    /// Who asks.
    pub by: PersonId,
    /// For what.
    pub purpose: String,
    /// Until when.
    pub until_on: Date,
    /// When it was asked.
    pub asked_on: Date,
    /// What the archivist said; nothing while it waits.
    pub answer: Option<Answer>,
}

/// What the archivist said to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = BorrowingAnswer)]
pub struct Answer {
    /// Whether it is lent.
    pub granted: bool,
    /// Why; may be empty where it is granted.
    pub reason: String,
    /// When.
    pub on: Date,
}

/// Asks to borrow the file. The secondary volume is lent to nobody this way: reading it takes the leaders' approval.
///
/// Source: handbook of the project §17.4 (purpose, time limit), §1 (副卷查阅须经批准).
pub(super) fn ask(
    case: &CaseState,
    ctx: &Context,
    purpose: String,
    until_on: Date,
    volume: Volume,
) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Archived])?;
    let by = ctx.actor.person().ok_or(ArchiveRefusal::NotIdentified)?;
    if volume == Volume::Secondary {
        return Err(ArchiveRefusal::SecondaryNotLent);
    }
    if purpose.trim().is_empty() {
        return Err(ArchiveRefusal::NoPurpose);
    }
    within(ctx, until_on)?;
    if case.archive.loans.iter().any(|loan| loan.to == by) {
        return Err(ArchiveRefusal::LentAlready);
    }
    if waiting(case, by).is_some() {
        return Err(ArchiveRefusal::AskedAlready);
    }
    Ok(Decision::of(ArchiveEvent::BorrowingAsked { by, purpose, until_on, volume }))
}

/// Grants what was asked: the loan begins with the same act.
pub(super) fn grant(case: &CaseState, ctx: &Context, by: PersonId) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Archived])?;
    let asked = waiting(case, by).ok_or(ArchiveRefusal::NotAsked)?;
    within(ctx, asked.until_on)?;
    if case.archive.loans.iter().any(|loan| loan.to == by) {
        return Err(ArchiveRefusal::LentAlready);
    }
    let lent = ArchiveEvent::Lent { to: by, purpose: asked.purpose.clone(), until_on: asked.until_on };
    Ok(Decision::of(ArchiveEvent::BorrowingAnswered { by, granted: true, reason: String::new() }).with(lent))
}

/// Refuses it, and says why.
pub(super) fn refuse(case: &CaseState, by: PersonId, reason: String) -> Result<Decision, ArchiveRefusal> {
    stage::at(case, &[Stage::Archived])?;
    waiting(case, by).ok_or(ArchiveRefusal::NotAsked)?;
    super::deciding::given(&reason)?;
    Ok(Decision::of(ArchiveEvent::BorrowingAnswered { by, granted: false, reason }))
}

/// The request of a person that waits for the archivist.
fn waiting(case: &CaseState, by: PersonId) -> Option<&Borrowing> {
    case.archive.borrowings.iter().find(|asked| asked.by == by && asked.answer.is_none())
}

fn within(ctx: &Context, until_on: Date) -> Result<(), ArchiveRefusal> {
    let today = ctx.moment.today;
    let last = today.checked_add(Span::new().days(LONGEST_DAYS)).expect("within the calendar");
    if until_on > today && until_on <= last { Ok(()) } else { Err(ArchiveRefusal::WrongLength) }
}
