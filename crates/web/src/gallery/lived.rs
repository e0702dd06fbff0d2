//! Cases for the gallery: the examples lived again by the rules of the domain, as the record keeps them
//! (`examples/record`), stopped at any act and looked at from any seat.

use std::sync::{Arc, OnceLock};

use jiff::{
    Timestamp,
    civil::{Date, date},
};
use serde::Deserialize;
use serde_json::Value;
use xiezhi_app::{acts::RecordedAct, rows, tables::TableRow};
use xiezhi_domain::{
    access::Reader,
    case::CaseState,
    event::CaseEvent,
    ids::{CaseId, PartyId},
    moment::{Moment, Recorded},
    people::{Actor, Directory, PeopleEvent, Person, Post},
};

use super::{Sample, showing};
use crate::{http::showing::Showing, messages::Lang};

/// Today, where no case tells.
pub const TODAY: Date = date(2026, 4, 24);

macro_rules! tales {
    ($($(#[$doc:meta])* $name:ident = $file:literal),* $(,)?) => {
        /// A case lived again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Tale { $($(#[$doc])* $name),* }

        impl Tale {
            fn told(self) -> &'static Told {
                static TOLD: [OnceLock<Told>; [$($file),*].len()] = [const { OnceLock::new() }; [$($file),*].len()];
                TOLD[self as usize].get_or_init(|| match self {
                    $(Tale::$name => Told::read(include_str!(concat!("../../../../examples/record/", $file, ".jsonl")))),*
                })
            }
        }
    };
}

tales! {
    /// A loan: judged, effective, archived, lent (民间借贷).
    Loan = "a-loan-to-the-archive-and-lent",
    /// A sale before a panel: appraisal, deliberation, judgment, appeal, return (买卖合同).
    Sale = "a-sale-appealed-and-returned",
    /// A divorce: mediated (离婚).
    Divorce = "a-divorce-mediated",
    /// A traffic accident: three parties, put off, judged by default (机动车交通事故责任).
    Accident = "an-accident-put-off-and-judged-by-default",
    /// A mediation that all agreed to extend, and that came to nothing (调解期限届满).
    MediationOver = "a-mediation-extended-by-consent-and-over",
    /// A small claim: final at once (物业服务合同).
    SmallClaim = "a-small-claim-final-at-once",
    /// Corrected on the clerk's word, withdrawn before the hearing (撤诉).
    Withdrawn = "papers-corrected-a-suit-withdrawn",
    /// Never corrected: returned, then not accepted (不予受理).
    TurnedAway = "papers-never-corrected",
    /// For another organ (另寻途径).
    Redirected = "a-suit-for-another-organ",
    /// Laid before a judge as not acceptable, and accepted (法官认为符合起诉条件).
    Accepted = "a-suit-laid-before-a-judge-who-accepts-it",
    /// Stayed, resumed, converted, another panel (中止、转程序).
    Stayed = "a-stay-a-change-of-procedure-another-panel",
    /// The fee was never paid (按撤诉处理).
    Unpaid = "an-unpaid-fee",
    /// Service by announcement (公告送达).
    Announced = "a-defendant-nobody-finds",
    /// Papers of every fate (卷宗材料).
    Papers = "papers-handled-in-staging-and-in-the-file",
    /// Papers annotated by a panel (阅卷批注).
    Annotated = "papers-annotated-by-a-panel",
    /// A panel lays its case before the adjudication committee (审判委员会).
    Committee = "a-case-before-the-adjudication-committee",
    /// One of many like cases: linked, its common draft applied, taken out (系列案).
    Like = "one-of-many-like-cases-its-draft-applied-and-taken-out",
    /// One of the four kinds of cases: commented on, doubted, deliberated anew, read along (四类案件).
    Supervised = "a-supervised-case-commented-on-and-read-along",
    /// Papers put in order before they enter the file (待入卷整理).
    Arranged = "papers-put-in-order-in-staging",
    /// Papers taken at the counter (窗口收件).
    Counter = "papers-taken-at-the-counter",
    /// Parties, agents, consents (当事人).
    People = "parties-agents-and-consents",
    /// Aid with the fee asked three times (司法救助).
    Aided = "fees-deferred-reduced-refused",
}

/// An act as its line keeps it.
#[derive(Deserialize)]
struct Kept {
    at: Timestamp,
    by: String,
    event: Value,
}

/// A tale, read once.
struct Told {
    people: Arc<Directory>,
    acts: Vec<RecordedAct>,
}

impl Told {
    fn read(text: &str) -> Told {
        let mut people = Directory::default();
        let mut acts = vec![];
        for line in text.lines() {
            let kept: Kept = serde_json::from_str(line).expect("a line of a tale");
            if kept.event["event"] == "people.registered.v1" {
                people.apply(&serde_json::from_value::<PeopleEvent>(kept.event).expect("a person"));
                continue;
            }
            let event = CaseEvent::decode(kept.event.to_string().as_bytes()).expect("a stored event stays readable");
            let rev = acts.len() as u64 + 1;
            acts.push(RecordedAct { pos: rev + 1_000, rev, at: kept.at, actor: kept.by, event: Some(event) });
        }
        Told { people: Arc::new(people), acts }
    }
}

impl Tale {
    /// The whole tale.
    pub fn whole(self) -> Lived {
        Lived::of(self.told(), self.told().acts.len())
    }

    /// The tale until the first act with this event is done.
    pub fn until(self, event: &str) -> Lived {
        self.until_nth(event, 1)
    }

    /// The tale until the `nth` event of this name is done, counted from 1.
    pub fn until_nth(self, event: &str, nth: usize) -> Lived {
        let told = self.told();
        let named = told.acts.iter().filter(|act| act.event.as_ref().is_some_and(|told| told.name() == event));
        let at = named.map(|act| act.at).nth(nth - 1);
        let at = at.unwrap_or_else(|| panic!("{self:?} has no {nth}. {event}"));
        Lived::of(told, told.acts.iter().take_while(|act| act.at <= at).count())
    }
}

/// A case as it stood.
#[derive(Clone, Debug)]
pub struct Lived {
    /// The case.
    pub case: Arc<CaseState>,
    /// Everyone the court knew.
    pub people: Arc<Directory>,
    /// The day of the last act.
    pub today: Date,
    /// What happened so far.
    pub acts: Vec<RecordedAct>,
}

/// From where a case is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// The judge in charge.
    Judge,
    /// The clerk of the case.
    Clerk,
    /// The assessor of the panel.
    Assessor,
    /// The party at this place, from 0.
    Party(usize),
    /// The agent at this place, from 0.
    Agent(usize),
    /// Someone on this post.
    Of(Post),
}

impl Lived {
    fn of(told: &Told, count: usize) -> Lived {
        let acts = told.acts[..count].to_vec();
        let recorded = |act: &RecordedAct| Recorded { moment: Moment::of(act.at), rev: act.rev };
        let events = acts.iter().filter_map(|act| Some((act.event.as_ref()?, recorded(act))));
        let case = CaseState::fold(CaseId(uuid::Uuid::from_u128(0xca5e)), events).expect("a tale opens its case");
        let today = acts.last().map_or(TODAY, |act| Moment::of(act.at).today);
        Lived { case: Arc::new(case), people: Arc::clone(&told.people), today, acts }
    }

    /// The same case on a later day.
    pub fn on(self, today: Date) -> Lived {
        Lived { today, ..self }
    }

    /// The party at this place.
    pub fn party(&self, place: usize) -> PartyId {
        self.case.party_order[place]
    }

    /// Whether somebody sits there.
    #[cfg(test)]
    pub fn has(&self, seat: Seat) -> bool {
        self.seated(seat).is_some()
    }

    fn person(&self, seat: Seat) -> &Person {
        self.seated(seat).expect("the cast has every post")
    }

    fn seated(&self, seat: Seat) -> Option<&Person> {
        let tribunal = self.case.tribunal.as_ref();
        let of_tribunal = match seat {
            Seat::Judge => tribunal.map(|court| court.judge),
            Seat::Clerk => tribunal.and_then(|court| court.clerk),
            Seat::Assessor => tribunal.and_then(|court| court.members.last().copied()),
            Seat::Party(_) | Seat::Agent(_) | Seat::Of(_) => None,
        };
        let known = of_tribunal.and_then(|id| self.people.person(id));
        let (post, place) = match seat {
            Seat::Judge => (Post::Judge, 0),
            Seat::Clerk => (Post::CourtClerk, 0),
            Seat::Assessor => (Post::Assessor, 0),
            Seat::Party(place) => (Post::Party, place),
            Seat::Agent(place) => (Post::Lawyer, place),
            Seat::Of(post) => (post, 0),
        };
        known.or_else(|| self.people.on(post).nth(place))
    }

    /// The case before whoever sits at `seat`.
    pub fn seen_by(&self, seat: Seat, lang: Lang) -> Seen {
        let person = self.person(seat);
        let actor = Actor::Person { id: person.id, post: person.post, token: None };
        let reader = Reader::of(&actor, &self.case);
        let to = showing(lang, Some(person), &self.people, self.today);
        Seen { case: Arc::clone(&self.case), reader, to, acts: self.acts.clone(), actor }
    }

    /// Rows of a list that the case stands in.
    pub fn rows<T: TableRow>(&self) -> Vec<T> {
        rows::of_table(&self.case, &self.people)
    }
}

/// A case before one reader.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The case.
    pub case: Arc<CaseState>,
    /// The reader.
    pub reader: Reader,
    /// The reader as an actor.
    pub actor: Actor,
    /// How pages are shown to them.
    pub to: Showing,
    /// What happened so far.
    pub acts: Vec<RecordedAct>,
}

impl Seen {
    /// What stands around a page of the case.
    pub fn frame(&self) -> Option<(Arc<CaseState>, Reader)> {
        Some((Arc::clone(&self.case), self.reader.clone()))
    }

    /// A view of the case, on the wall.
    pub fn sample<V>(&self, name: &'static str, of: impl FnOnce(&Seen) -> V) -> Sample<V> {
        Sample::new(name, self.to.clone(), of(self))
    }
}
