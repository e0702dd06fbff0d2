//! The day's register (排期表): who and what is taken, and where there is room.

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};

use super::{SchedulingRefusal, holds_back, notice_over_on};
use crate::{
    case::{CaseState, Procedure},
    hearing::{Hearing, Mode},
    ids::{HearingId, PersonId},
    register::{Booking, RegisterState},
};

/// When courts sit, in hours: mornings and afternoons. A setting of the platform.
const SITTINGS: [(i8, i8); 2] = [(9, 12), (14, 17)];
/// Hearings begin on the half hour.
const STEP_MINUTES: i64 = 30;

/// Who must be there, and by what a clash is told.
struct Needed {
    people: Vec<PersonId>,
    /// Name and hash of the number, or of name and telephone, of each party and agent.
    identities: Vec<(String, String)>,
}

impl Needed {
    fn of(case: &CaseState) -> Option<Self> {
        let tribunal = case.tribunal.as_ref()?;
        let mut people = tribunal.voters();
        people.extend(tribunal.clerk);
        people.extend(case.parties_in_order().filter_map(|party| party.person));
        people.extend(case.agents.iter().filter_map(|agent| agent.person));
        let parties =
            case.parties_in_order().filter_map(|party| Some((party.name.clone(), hashed(&[party.id_no.as_deref()?]))));
        let agents = case.agents.iter().filter_map(|agent| {
            let known = agent.phone.as_deref().or(agent.firm.as_deref())?;
            Some((agent.name.clone(), hashed(&[&agent.name, known])))
        });
        Some(Self { people, identities: parties.chain(agents).collect() })
    }
}

fn hashed(told: &[&str]) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(told.join("\n").as_bytes());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What stands against a hearing at this time.
fn clash(day: &RegisterState, needed: &Needed, wish: &Hearing) -> Option<SchedulingRefusal> {
    day.bookings.iter().filter(|taken| taken.from < wish.to && wish.from < taken.to).find_map(|taken| {
        let (from, to) = (taken.from, taken.to);
        if wish.mode != Mode::Online && taken.room.is_some() && taken.room == wish.room {
            return Some(SchedulingRefusal::RoomTaken { from, to });
        }
        if let Some(person) = needed.people.iter().copied().find(|person| taken.people.contains(person)) {
            return Some(SchedulingRefusal::PersonTaken { person, from, to });
        }
        let named = needed.identities.iter().find(|(_, identity)| taken.identities.contains(identity));
        named.map(|(name, _)| SchedulingRefusal::NamedTaken { name: name.clone(), from, to })
    })
}

/// The booking of a hearing, if nothing stands against it. Whoever decides has read the register of the day at
/// the revision the commit is bound to: of two clerks who book at once, the later decides again and is refused.
pub(super) fn book(case: &CaseState, day: &RegisterState, wish: &Hearing) -> Result<Booking, SchedulingRefusal> {
    let needed = Needed::of(case).ok_or(SchedulingRefusal::NoTribunal)?;
    if let Some(refusal) = clash(day, &needed, wish) {
        return Err(refusal);
    }
    Ok(Booking {
        hearing: wish.id,
        case: case.id,
        room: wish.room.clone(),
        from: wish.from,
        to: wish.to,
        people: needed.people,
        identities: needed.identities.into_iter().map(|(_, identity)| identity).collect(),
    })
}

/// A time at which the room and everybody who must be there are free (空闲时段).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Day.
    pub on: Date,
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
    /// Courtroom.
    pub room: String,
}

/// How long a hearing of the procedure usually takes: what is offered, not what is due.
pub fn length_minutes(procedure: Procedure) -> i64 {
    match procedure {
        Procedure::Ordinary => 150,
        Procedure::Summary => 90,
        Procedure::SmallClaims => 60,
    }
}

/// The first day on which a hearing may be held.
pub fn first_day(case: &CaseState, today: Date) -> Date {
    let after = |day: Date| day.tomorrow().expect("a day within the calendar");
    let told = if case.procedure == Procedure::Ordinary { notice_over_on(today) } else { after(today) };
    holds_back(case).map_or(told, |period| told.max(after(period.last_on)))
}

/// Free times on the days given: the first in each morning and afternoon, in the first room that is free.
pub fn free_slots(case: &CaseState, today: Date, rooms: &[String], days: &[(Date, RegisterState)]) -> Vec<Slot> {
    let Some(needed) = Needed::of(case) else { return vec![] };
    let length = length_minutes(case.procedure);
    let first = first_day(case, today);
    let calendar = crate::law::calendar::Calendar::embedded();
    let open = days.iter().filter(|(on, _)| *on >= first && !calendar.is_rest_day(*on));
    let sittings = open.flat_map(|(on, taken)| SITTINGS.map(|sitting| (*on, taken, sitting)));
    sittings.filter_map(|(on, taken, sitting)| first_free(&needed, on, taken, sitting, length, rooms)).collect()
}

fn first_free(
    needed: &Needed,
    on: Date,
    taken: &RegisterState,
    (opens, shuts): (i8, i8),
    length: i64,
    rooms: &[String],
) -> Option<Slot> {
    let shuts = Time::constant(shuts, 0, 0, 0);
    let mut from = Time::constant(opens, 0, 0, 0);
    while let Some(to) = from.checked_add(length.minutes()).ok().filter(|to| *to <= shuts) {
        let wish = |room: &String| {
            let nobody = HearingId(uuid::Uuid::nil());
            Hearing::scheduled(nobody, on, from, to, Mode::InPerson, Some(room.clone()), true, None)
        };
        if let Some(room) = rooms.iter().find(|room| clash(taken, needed, &wish(room)).is_none()) {
            return Some(Slot { on, from, to, room: room.clone() });
        }
        from = from.checked_add(STEP_MINUTES.minutes()).ok()?;
    }
    None
}
