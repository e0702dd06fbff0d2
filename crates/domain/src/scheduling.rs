//! Scheduling (排期): a time, a room and people, without clash; and how the parties are told of it.

mod calendar;
mod notices;

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
    periods::{Period, PeriodKind},
    refusal::refusals,
    register::RegisterEvent,
    service,
    stage::{self, Stage},
};

pub use calendar::{Slot, first_day, free_slots, length_minutes};
pub use notices::{Confirmation, SimpleMeans, SimpleNotice};

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
    /// A party was told of a hearing in a simple way (简便方式通知).
    #[serde(rename = "scheduling.notified.v1")]
    Notified {
        /// Which hearing.
        hearing: HearingId,
        /// Who was told.
        party: PartyId,
        /// How.
        means: SimpleMeans,
        /// When and what, in the clerk's words.
        words: String,
    },
    /// The party confirmed a simple notice, or its receipt is proven (确认收悉).
    #[serde(rename = "scheduling.notice_confirmed.v1")]
    NoticeConfirmed {
        /// Which hearing.
        hearing: HearingId,
        /// Who.
        party: PartyId,
        /// How it is known.
        words: String,
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
    /// Notes that a party was told in a simple way, beside the summons.
    Notify {
        /// Which hearing.
        hearing: HearingId,
        /// Who.
        party: PartyId,
        /// How.
        means: SimpleMeans,
        /// When and what, in the clerk's words.
        words: String,
    },
    /// The party confirms that it knows of the hearing.
    ConfirmNotice {
        /// Which hearing.
        hearing: HearingId,
        /// Who.
        party: PartyId,
    },
    /// The clerk enters the proof that a simple notice reached the party.
    ProveNotice {
        /// Which hearing.
        hearing: HearingId,
        /// Who.
        party: PartyId,
        /// The proof: a recorded call, an answer.
        words: String,
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
        /// The complaint was found not to have reached a defendant: serve it first.
        ComplaintNotServed {
            /// Who.
            party: PartyId,
        },
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
        /// A party's days for evidence are running, and it did not waive them.
        EvidencePeriodRunning {
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
        /// A party or an agent without an account has another hearing then.
        NamedTaken {
            /// Who.
            name: String,
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
        /// There is no such party.
        UnknownParty,
        /// What was said, when and by which number, is needed: a notice that can't be told is none.
        NoWords,
        /// The party was told nothing in a simple way that it could confirm.
        NotNotified,
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

/// Whether a hearing may be scheduled where the case stands.
pub fn is_schedulable(case: &CaseState) -> bool {
    SCHEDULABLE.contains(&case.stage) && case.tribunal.is_some() && case.stayed.is_none()
}

/// Decides an act of scheduling.
pub fn decide(case: &CaseState, ctx: &Context, command: SchedulingCommand) -> Result<Decision, SchedulingRefusal> {
    stage::in_trial(case)?;
    match command {
        SchedulingCommand::Schedule { on, from, to, mode, room, open, closed_because } => {
            let hearing = HearingId(ctx.ids.next());
            let wish = Hearing::scheduled(hearing, on, from, to, mode, room, open, closed_because);
            schedule(case, ctx, wish)
        }
        SchedulingCommand::Notify { hearing, party, means, words } => {
            notices::notify(case, hearing, party, means, words)
        }
        SchedulingCommand::ConfirmNotice { hearing, party } => {
            notices::confirm(case, hearing, party, "本人在诉讼平台确认收悉".to_owned())
        }
        SchedulingCommand::ProveNotice { hearing, party, words } => notices::confirm(case, hearing, party, words),
        SchedulingCommand::Adjourn { hearing, reason } => adjourn(case, ctx, hearing, reason),
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
    let booking = calendar::book(case, ctx.registers.get(&calendar_of(wish.on)), &wish)?;
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
        let earliest_on = notice_over_on(today);
        if wish.on < earliest_on {
            return Err(SchedulingRefusal::NoticeTooShort { earliest_on });
        }
    }
    if let Some(party) = case.party_order.iter().find(|party| service::lacks_complaint(case, **party)) {
        return Err(SchedulingRefusal::ComplaintNotServed { party: *party });
    }
    match holds_back(case).filter(|period| period.last_on >= wish.on) {
        Some(Period { kind: PeriodKind::Answer, last_on, .. }) => {
            Err(SchedulingRefusal::AnswerPeriodRunning { last_on: *last_on })
        }
        Some(Period { last_on, .. }) => Err(SchedulingRefusal::EvidencePeriodRunning { last_on: *last_on }),
        None => Ok(()),
    }
}

/// In ordinary procedure people are told three days before.
///
/// Source: 《民事诉讼法》第一百三十九条.
fn notice_over_on(today: Date) -> Date {
    today.checked_add(jiff::Span::new().days(3)).expect("a day within the calendar")
}

/// The period that holds a hearing back longest: before it ends, a hearing would take the days for an answer or
/// for evidence from a party that did not waive its own. Once all have waived, nothing holds it back.
///
/// Source: 《民事诉讼法》第一百二十八条;《民诉法解释》第九十九条、第二百六十六条、第二百七十五条.
pub fn holds_back(case: &CaseState) -> Option<&Period> {
    let held = |period: &&Period| matches!(period.kind, PeriodKind::Answer | PeriodKind::Evidence);
    case.running_periods().filter(held).max_by_key(|period| (period.last_on, period.kind == PeriodKind::Answer))
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

/// Puts a hearing off: at most twice in ordinary procedure, once otherwise. What was recorded before it broke
/// off is printed, read and signed like any record.
///
/// Source: 《民事诉讼法》第一百四十九条;《关于严格规范民商事案件延长审限和延期开庭问题的规定》第三条.
fn adjourn(case: &CaseState, ctx: &Context, id: HearingId, reason: String) -> Result<Decision, SchedulingRefusal> {
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
    if !hearing.transcript.trim().is_empty() {
        decision.write_about(ctx, PaperKind::Transcript, About::Hearing { hearing: id, party: None });
    }
    Ok(decision)
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &SchedulingEvent, recorded: &Recorded) {
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
        SchedulingEvent::Notified { hearing, party, means, words } => {
            if let Some(hearing) = case.hearings.get_mut(hearing) {
                hearing.notices.push(SimpleNotice::given(*party, *means, recorded.moment.today, words));
            }
        }
        SchedulingEvent::NoticeConfirmed { hearing, party, words } => {
            if let Some(notice) = case.hearings.get_mut(hearing).and_then(|hearing| notices::last_of(hearing, *party)) {
                notice.confirmed = Some(Confirmation { on: recorded.moment.today, words: words.clone() });
            }
        }
        SchedulingEvent::Adjourned { hearing, .. } => {
            if let Some(hearing) = case.hearings.get_mut(hearing) {
                hearing.ended_at = hearing.opened_at.map(|_| recorded.moment.at);
                hearing.status = HearingStatus::Adjourned;
            }
            case.stage = Stage::Adjourned;
        }
    }
}
