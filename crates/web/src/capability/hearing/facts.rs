//! What a reader is told of a hearing: who is called, who came, how far it is, what the record says, who signed.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use xiezhi_domain::{
    access::{self, Act, Reader, Relation},
    case::CaseState,
    consent::{self, Step},
    hearing::{self, Appearance, Attendee, Correction, Hearing, HearingPart, HearingStatus, Manner, Mode},
    ids::{HearingId, MaterialId, PartyId},
    people::Directory,
    scheduling::{SimpleMeans, Slot},
};

use crate::{
    capability::{prelude_of_cases::role, signature::hand_route},
    messages::{clock, clock_of},
};

/// A hearing, as its reader sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HearingFacts {
    /// Identifier.
    pub id: HearingId,
    /// Day.
    pub on: Date,
    /// From, as scheduled.
    pub from: String,
    /// To, as scheduled.
    pub to: String,
    /// Courtroom.
    pub room: Option<String>,
    /// In the courtroom or on line.
    pub mode: Mode,
    /// Whether it is open to the public.
    pub open: bool,
    /// Why it is not.
    pub closed_because: Option<String>,
    /// Where it stands.
    pub status: HearingStatus,
    /// When the court sat.
    pub opened_at: Option<String>,
    /// When it rose.
    pub ended_at: Option<String>,
    /// How long it sat.
    pub length_minutes: Option<i64>,
    /// Why it was opened on a later day than it was scheduled for.
    pub late_because: Option<String>,
    /// Parts that it was closed without.
    pub skipped: Vec<HearingPart>,
    /// Why a part was not gone through.
    pub skipped_because: Option<String>,
    /// Whether it waits to be opened though its day is over.
    pub overdue: bool,
    /// The part it has reached.
    pub part: HearingPart,
    /// When each part was entered.
    pub parts: Vec<PartFacts>,
    /// Each party: called, there or not, by whom.
    pub parties: Vec<AttendanceFacts>,
    /// The record.
    pub transcript: String,
    /// Its hash: what is written or signed rests on it.
    pub transcript_sha256: String,
    /// Opening words of those who speak.
    pub speakers: Vec<String>,
    /// Wishes for corrections.
    pub corrections: Vec<CorrectionFacts>,
    /// Everybody who signs, and who has.
    pub signers: Vec<SignerFacts>,
    /// The printed record.
    pub paper: Option<MaterialId>,
    /// Whether the reader types the record.
    pub may_type: bool,
    /// Whether the reader signs it, or refuses, now.
    pub may_sign: bool,
    /// Whether the reader may ask for a correction.
    pub may_correct: bool,
}

/// A part of a hearing that was entered.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartFacts {
    /// Which.
    pub part: HearingPart,
    /// When.
    pub at: String,
}

/// A party to a hearing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttendanceFacts {
    /// The party.
    pub party: PartyId,
    /// Role and name.
    pub name: String,
    /// Whether absence would count against it.
    pub summoned: bool,
    /// The simple notice it got last.
    pub notice: Option<NoticeFacts>,
    /// Whether it came; nothing before the hearing.
    pub present: Option<bool>,
    /// Who came.
    pub people: Vec<Attendee>,
    /// What is noted of its absence.
    pub absence: Option<String>,
    /// Who may come for it.
    pub may_come: Vec<String>,
    /// Whether it takes part on line, if it wishes.
    pub may_be_online: bool,
    /// Whether it is the reader's own.
    pub own: bool,
}

/// A simple notice.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticeFacts {
    /// How.
    pub means: SimpleMeans,
    /// When.
    pub on: Date,
    /// What was said; the court's and the party's to know.
    pub words: Option<String>,
    /// How it is known to have arrived.
    pub confirmed: Option<String>,
}

/// A wish for a correction.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CorrectionFacts {
    /// Number, from 1.
    pub no: u32,
    /// Who asked.
    pub name: String,
    /// What should stand there.
    pub wish: String,
    /// Whether it was made; nothing while nobody answered.
    pub granted: Option<bool>,
    /// What was changed, or why not.
    pub words: String,
}

/// Somebody who signs the record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SignerFacts {
    /// Name.
    pub name: String,
    /// The party they stand for; none of the court's own.
    pub party: Option<PartyId>,
    /// Whether it was signed.
    pub signed: bool,
    /// Why it was refused.
    pub refused_because: Option<String>,
    /// Where the picture of a signature by hand is.
    pub hand: Option<String>,
}

/// A time at which the room and everybody needed are free.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SlotFacts {
    /// Day.
    pub on: Date,
    /// From.
    pub from: String,
    /// To.
    pub to: String,
    /// Courtroom.
    pub room: String,
}

impl SlotFacts {
    /// A free time, as it is written into a form.
    pub fn of(slot: &Slot) -> Self {
        Self { on: slot.on, from: clock(slot.from), to: clock(slot.to), room: slot.room.clone() }
    }
}

impl HearingFacts {
    /// The hearing for its reader; `types` where a judge asks to take the record over.
    pub fn of(case: &CaseState, reader: &Reader, people: &Directory, it: &Hearing, today: Date, types: bool) -> Self {
        let may = |act| access::may(reader, act, case.stage).is_ok();
        let took_part = reader.actor.person().is_some_and(|me| hearing::took_part(case, it, me));
        let said_word = it.signatures.iter().any(|one| one.person == reader.actor.person() && one.is_signed());
        let has_words = !it.transcript.trim().is_empty();
        let participant = took_part && may(Act::SignTranscript) && has_words;
        Self {
            id: it.id,
            on: it.on,
            from: clock(it.from),
            to: clock(it.to),
            room: it.room.clone(),
            mode: it.mode,
            open: it.open,
            closed_because: it.closed_because.clone(),
            status: it.status,
            opened_at: it.opened_at.map(clock_of),
            ended_at: it.ended_at.map(clock_of),
            length_minutes: it.length_minutes(),
            late_because: it.late_because.clone(),
            skipped: it.skipped(),
            skipped_because: it.skipped_because.clone(),
            overdue: it.status == HearingStatus::Scheduled && it.on < today,
            part: it.part,
            parts: it.parts.iter().map(|(part, at)| PartFacts { part: *part, at: clock_of(*at) }).collect(),
            parties: case.party_order.iter().filter_map(|id| attendance(case, reader, it, *id)).collect(),
            transcript: it.transcript.clone(),
            transcript_sha256: it.transcript_sha256(),
            speakers: speakers(case),
            corrections: (1..).zip(&it.corrections).map(|(no, one)| correction(no, one)).collect(),
            signers: signers(case, people, it),
            paper: hearing::transcript_of(case, it.id)
                .filter(|paper| access::may_see(reader, case, paper))
                .map(|paper| paper.id),
            may_type: may(Act::RunHearing) && is_writable(it) && (types || writes(case, reader)),
            may_sign: participant && it.is_over() && !said_word && case.archive.sealed_upto.is_none(),
            may_correct: participant && case.archive.sealed_upto.is_none(),
        }
    }

    /// Whether anybody signed.
    pub fn is_signed(&self) -> bool {
        self.signers.iter().any(|one| one.signed)
    }

    /// Whether the court sat and rose.
    pub fn is_over(&self) -> bool {
        self.status == HearingStatus::Done || (self.status == HearingStatus::Adjourned && self.opened_at.is_some())
    }
}

fn is_writable(it: &Hearing) -> bool {
    (it.status == HearingStatus::Open || it.is_over()) && !it.is_signed()
}

/// The clerk writes the record; where a case has none, the judge does.
fn writes(case: &CaseState, reader: &Reader) -> bool {
    let has_clerk = case.tribunal.as_ref().is_some_and(|court| court.clerk.is_some());
    reader.relations.contains(&Relation::Clerk) || !has_clerk
}

fn attendance(case: &CaseState, reader: &Reader, it: &Hearing, id: PartyId) -> Option<AttendanceFacts> {
    let party = case.parties.get(&id)?;
    let came = it.appearances.iter().find(|who| who.party == id);
    let own = reader.party == Some(id);
    let inside = !reader.actor.is_outside();
    let notice = it.notices.iter().rev().find(|notice| notice.party == id);
    Some(AttendanceFacts {
        party: id,
        name: format!("{} {}", role(party.role), party.name),
        summoned: hearing::is_summoned(case, it.id, id),
        notice: notice.map(|notice| NoticeFacts {
            means: notice.means,
            on: notice.on,
            words: (own || inside).then(|| notice.words.clone()),
            confirmed: notice.confirmed.as_ref().map(|word| word.words.clone()),
        }),
        present: came.map(|who| who.present),
        people: came.map(|who| people_of(&party.name, who)).unwrap_or_default(),
        absence: came.and_then(|who| who.absence.clone()),
        may_come: hearing::attendable(case, id).into_iter().map(|one| one.name).collect(),
        may_be_online: it.mode != Mode::InPerson && consent::is_online(case, id, Step::Hearing),
        own,
    })
}

/// Who came, one by one; of an attendance told in words, the party.
fn people_of(party: &str, who: &Appearance) -> Vec<Attendee> {
    if who.people.is_empty() && who.present {
        return vec![Attendee { name: party.to_owned(), person: None, manner: Manner::OnSite }];
    }
    who.people.clone()
}

fn correction(no: u32, one: &Correction) -> CorrectionFacts {
    CorrectionFacts {
        no,
        name: one.name.clone(),
        wish: one.wish.clone(),
        granted: one.granted,
        words: one.words.clone(),
    }
}

fn signers(case: &CaseState, people: &Directory, it: &Hearing) -> Vec<SignerFacts> {
    let one = |(signer, word): (hearing::Signer, Option<&hearing::TranscriptSignature>)| SignerFacts {
        name: signer.name,
        party: signer.party,
        signed: word.is_some_and(hearing::TranscriptSignature::is_signed),
        refused_because: word.and_then(|word| word.refused_because.clone()),
        hand: word.and_then(|word| word.hand.as_ref()).map(|hand| hand_route(case.id, hand)),
    };
    hearing::signers(case, people, it).into_iter().map(one).collect()
}

/// Who speaks at a hearing, as a record names them.
fn speakers(case: &CaseState) -> Vec<String> {
    let presides = if case.tribunal.as_ref().is_some_and(|court| court.is_panel()) { "审判长" } else { "审判员" };
    let several = |of| case.parties_as(of).count() > 1;
    let parties = case.parties_in_order().map(|party| {
        let name = if several(party.role) { party.name.as_str() } else { "" };
        format!("{}{name}", role(party.role))
    });
    let of_party = |id: PartyId| case.parties.get(&id).map_or("", |party| role(party.role));
    let agents = case.agents.iter().map(|agent| format!("{}代理人{}", of_party(agent.party), agent.name));
    let all = [presides.to_owned(), "书记员".to_owned()].into_iter().chain(parties).chain(agents);
    all.map(|speaker| format!("{speaker}：")).collect()
}
