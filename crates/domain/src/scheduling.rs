//! Scheduling (排期): a time, a room and people, without clash.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    consent::{self, Step},
    decision::{About, Context, Decision, calendar_of},
    hearing::{Hearing, HearingStatus, Mode},
    ids::{HearingId, PartyId, PersonId},
    moment::Recorded,
    paper::PaperKind,
    refusal::refusals,
    register::{Booking, RegisterEvent},
    stage::{self, Stage},
};

/// Facts of scheduling. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum SchedulingEvent {
    /// A hearing was scheduled (排期开庭).
    #[serde(rename = "scheduling.scheduled.v1")]
    Scheduled {
        /// Identifier.
        hearing: HearingId,
        /// Day.
        on: Date,
        /// From.
        from: Time,
        /// To.
        to: Time,
        /// In person or on line.
        mode: Mode,
        /// Courtroom.
        room: Option<String>,
        /// Whether it is open to the public.
        open: bool,
        /// Why it is not open, if it is not.
        closed_because: Option<String>,
    },
    /// A hearing was put off (延期开庭).
    #[serde(rename = "scheduling.adjourned.v1")]
    Adjourned {
        /// Which.
        hearing: HearingId,
        /// Why.
        reason: String,
    },
}

/// Commands of scheduling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum SchedulingCommand {
    /// Schedules a hearing.
    Schedule {
        /// Day.
        on: Date,
        /// From.
        from: Time,
        /// To.
        to: Time,
        /// In person or on line.
        mode: Mode,
        /// Courtroom, of a hearing in person.
        room: Option<String>,
        /// Whether it is open to the public.
        open: bool,
        /// Why it is not open.
        closed_because: Option<String>,
    },
    /// Puts a hearing off.
    Adjourn {
        /// Which.
        hearing: HearingId,
        /// Why.
        reason: String,
    },
}

refusals! {
    /// Why a hearing can't be scheduled so.
    SchedulingRefusal = "scheduling" {
        /// The day is past.
        InPast,
        /// It ends before it begins.
        EndsBeforeItBegins,
        /// The court rests on that day.
        RestDay,
        /// In ordinary procedure three days' notice are needed.
        NoticeTooShort {
            /// The first possible day.
            earliest_on: Date,
        },
        /// The answer period of a defendant is running, and it was not waived.
        AnswerPeriodRunning {
            /// Its last day.
            last_on: Date,
        },
        /// The courtroom is taken.
        RoomTaken {
            /// From.
            from: Time,
            /// To.
            to: Time,
        },
        /// Someone who must be there has another hearing then.
        PersonTaken {
            /// Who.
            person: PersonId,
            /// From.
            from: Time,
            /// To.
            to: Time,
        },
        /// A courtroom is needed.
        NoRoom,
        /// There is no such courtroom.
        UnknownRoom,
        /// A hearing on line needs the consent of at least one side.
        NobodyConsents,
        /// This party does not consent: hold the hearing partly on line, or in person.
        NotEveryoneConsents {
            /// Who.
            party: PartyId,
        },
        /// A reason is needed for a hearing that is not open, or that is put off.
        NoReason,
        /// A hearing is scheduled already: put it off first.
        ScheduledAlready,
        /// The hearing can't be put off any more.
        NotScheduled,
        /// The most adjournments the rules allow were used.
        TooManyAdjournments,
        /// No tribunal yet.
        NoTribunal,
        /// The case does not stand where the act needs it.
        Stage {
            /// What is wrong.
            fault: stage::StageRefusal,
        },
    }
}

impl From<stage::StageRefusal> for SchedulingRefusal {
    fn from(fault: stage::StageRefusal) -> Self {
        SchedulingRefusal::Stage { fault }
    }
}

/// Stages from which a hearing may be scheduled.
const SCHEDULABLE: &[Stage] = &[Stage::Assigned, Stage::Serving, Stage::Pretrial, Stage::Adjourned, Stage::HearingDone];

/// Decides an act of scheduling.
pub fn decide(case: &CaseState, ctx: &Context, command: SchedulingCommand) -> Result<Decision, SchedulingRefusal> {
    stage::in_trial(case)?;
    match command {
        SchedulingCommand::Schedule { on, from, to, mode, room, open, closed_because } => {
            let hearing = HearingId(ctx.ids.next());
            let wish = Hearing::scheduled(hearing, on, from, to, mode, room, open, closed_because);
            schedule(case, ctx, wish)
        }
        SchedulingCommand::Adjourn { hearing, reason } => adjourn(case, hearing, reason),
    }
}

/// Books room and people in the day's register and writes a summons for each party.
///
/// Source: 《民事诉讼法》第一百三十七条、第一百三十九条、第一百六十三条;《民诉法解释》第二百二十七条.
fn schedule(case: &CaseState, ctx: &Context, wish: Hearing) -> Result<Decision, SchedulingRefusal> {
    if case.stage == Stage::Scheduled {
        return Err(SchedulingRefusal::ScheduledAlready);
    }
    stage::at(case, SCHEDULABLE)?;
    check_time(case, ctx, &wish)?;
    check_place(case, ctx, &wish)?;
    let booking = book(case, ctx, &wish)?;
    let mut decision = Decision::of(SchedulingEvent::Scheduled {
        hearing: wish.id,
        on: wish.on,
        from: wish.from,
        to: wish.to,
        mode: wish.mode,
        room: wish.room.clone(),
        open: wish.open,
        closed_because: wish.closed_because.clone(),
    });
    decision.registers.push((calendar_of(wish.on), RegisterEvent::Booked { booking }));
    for party in case.party_order.clone() {
        let about = About::Hearing { hearing: wish.id, party: Some(party) };
        decision.write_about(ctx, PaperKind::Summons, about);
    }
    Ok(decision)
}

fn check_time(case: &CaseState, ctx: &Context, wish: &Hearing) -> Result<(), SchedulingRefusal> {
    let today = ctx.moment.today;
    if wish.on < today {
        return Err(SchedulingRefusal::InPast);
    }
    if wish.to <= wish.from {
        return Err(SchedulingRefusal::EndsBeforeItBegins);
    }
    if crate::law::calendar::Calendar::embedded().is_rest_day(wish.on) {
        return Err(SchedulingRefusal::RestDay);
    }
    if case.procedure == Procedure::Ordinary {
        let earliest_on = today.checked_add(jiff::Span::new().days(3)).expect("a day within the calendar");
        if wish.on < earliest_on {
            return Err(SchedulingRefusal::NoticeTooShort { earliest_on });
        }
    }
    check_answer_period(case, wish.on)
}

/// A hearing before the answer period ends would take it from the defendant, unless waived.
fn check_answer_period(case: &CaseState, on: Date) -> Result<(), SchedulingRefusal> {
    use crate::periods::PeriodKind::Answer;
    let running = case.running_periods().filter(|period| period.kind == Answer && period.last_on >= on);
    match running.map(|period| period.last_on).max() {
        Some(last_on) => Err(SchedulingRefusal::AnswerPeriodRunning { last_on }),
        None => Ok(()),
    }
}

/// A hearing on line is for those who consent; where only some do, the others come to the courtroom.
///
/// Source: 《民事诉讼法》第一百三十七条;《人民法院在线诉讼规则》第四条、第二十一条.
fn check_place(case: &CaseState, ctx: &Context, wish: &Hearing) -> Result<(), SchedulingRefusal> {
    if !wish.open && wish.closed_because.as_deref().unwrap_or_default().trim().is_empty() {
        return Err(SchedulingRefusal::NoReason);
    }
    match (wish.mode, &wish.room) {
        (Mode::InPerson | Mode::Mixed, None) => Err(SchedulingRefusal::NoRoom),
        (_, Some(room)) if !ctx.rules.settings.courtrooms.contains(room) => Err(SchedulingRefusal::UnknownRoom),
        (Mode::Online | Mode::Mixed, _)
            if !case.party_order.iter().any(|party| consent::is_online(case, *party, Step::Hearing)) =>
        {
            Err(SchedulingRefusal::NobodyConsents)
        }
        (Mode::Online, _) => match consent::offline(case, Step::Hearing) {
            Some(party) => Err(SchedulingRefusal::NotEveryoneConsents { party }),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn book(case: &CaseState, ctx: &Context, wish: &Hearing) -> Result<Booking, SchedulingRefusal> {
    let tribunal = case.tribunal.as_ref().ok_or(SchedulingRefusal::NoTribunal)?;
    let mut people = tribunal.voters();
    people.extend(tribunal.clerk);
    people.extend(case.parties_in_order().filter_map(|party| party.person));
    people.extend(case.agents.iter().filter_map(|agent| agent.person));
    let day = ctx.registers.get(&calendar_of(wish.on));
    for taken in day.bookings.iter().filter(|taken| taken.from < wish.to && wish.from < taken.to) {
        let (from, to) = (taken.from, taken.to);
        if wish.mode != Mode::Online && taken.room.is_some() && taken.room == wish.room {
            return Err(SchedulingRefusal::RoomTaken { from, to });
        }
        if let Some(person) = people.iter().copied().find(|person| taken.people.contains(person)) {
            return Err(SchedulingRefusal::PersonTaken { person, from, to });
        }
    }
    Ok(Booking { hearing: wish.id, case: case.id, room: wish.room.clone(), from: wish.from, to: wish.to, people })
}

/// Puts a hearing off: at most twice in ordinary procedure, once otherwise.
///
/// Source: 《民事诉讼法》第一百四十九条;《关于严格规范民商事案件延长审限和延期开庭问题的规定》第三条.
fn adjourn(case: &CaseState, id: HearingId, reason: String) -> Result<Decision, SchedulingRefusal> {
    let hearing = case.hearings.get(&id).ok_or(SchedulingRefusal::NotScheduled)?;
    if !matches!(hearing.status, HearingStatus::Scheduled | HearingStatus::Open) {
        return Err(SchedulingRefusal::NotScheduled);
    }
    if reason.trim().is_empty() {
        return Err(SchedulingRefusal::NoReason);
    }
    let used = case.hearings_in_order().filter(|hearing| hearing.status == HearingStatus::Adjourned).count();
    let most = if case.procedure == Procedure::Ordinary { 2 } else { 1 };
    if used >= most {
        return Err(SchedulingRefusal::TooManyAdjournments);
    }
    let mut decision = Decision::of(SchedulingEvent::Adjourned { hearing: id, reason });
    decision.registers.push((calendar_of(hearing.on), RegisterEvent::Released { hearing: id }));
    Ok(decision)
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &SchedulingEvent, _: &Recorded) {
    match event {
        SchedulingEvent::Scheduled { hearing, on, from, to, mode, room, open, closed_because } => {
            let scheduled =
                Hearing::scheduled(*hearing, *on, *from, *to, *mode, room.clone(), *open, closed_because.clone());
            if !case.hearings.contains_key(hearing) {
                case.hearing_order.push(*hearing);
            }
            case.hearings.insert(*hearing, scheduled);
            case.stage = Stage::Scheduled;
        }
        SchedulingEvent::Adjourned { hearing, .. } => {
            if let Some(hearing) = case.hearings.get_mut(hearing) {
                hearing.status = HearingStatus::Adjourned;
            }
            case.stage = Stage::Adjourned;
        }
    }
}
