//! Who signs the record (笔录签名), and who has.

use super::{Hearing, HearingEvent, HearingRefusal, TranscriptSignature, deciding::known, deciding::printed_anew};
use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::{HearingId, PartyId, PersonId},
    material::FileRef,
    people::Directory,
};

/// Someone who signs the record of a hearing (笔录签名人).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Name.
    pub name: String,
    /// The party they stand for; none of the court's own.
    pub party: Option<PartyId>,
    /// Account, of one who has one.
    pub person: Option<PersonId>,
}

impl Signer {
    /// Whether a signature is theirs. One told for the party as a whole is that of everybody who came for it.
    fn is(&self, signature: &TranscriptSignature, party_name: Option<&str>) -> bool {
        let same_account = self.person.is_some() && self.person == signature.person;
        let same_name = self.party == signature.party && self.name == signature.name;
        let whole = self.party.is_some()
            && self.party == signature.party
            && signature.person.is_none()
            && party_name == Some(signature.name.as_str());
        same_account || same_name || whole
    }
}

/// Everybody who signs: those who came, the tribunal, the clerk; each with the last word given on it.
pub fn signers<'a>(
    case: &'a CaseState,
    people: &Directory,
    hearing: &'a Hearing,
) -> Vec<(Signer, Option<&'a TranscriptSignature>)> {
    let came = hearing.appearances.iter().filter(|who| who.present).flat_map(|who| {
        let one = |name: &str, person| Signer { name: name.to_owned(), party: Some(who.party), person };
        let party = case.parties.get(&who.party);
        match (who.people.as_slice(), party) {
            ([], Some(party)) => vec![one(&party.name, party.person)],
            (people, _) => people.iter().map(|known| one(&known.name, known.person)).collect(),
        }
    });
    let court = case.tribunal.iter().flat_map(|court| court.voters().into_iter().chain(court.clerk));
    let court = court.map(|id| Signer { name: people.name(id).to_owned(), party: None, person: Some(id) });
    let with_word = |signer: Signer| {
        let party_name = signer.party.and_then(|party| case.parties.get(&party)).map(|party| party.name.as_str());
        let word = hearing.signatures.iter().rev().find(|signature| signer.is(signature, party_name));
        (signer, word)
    };
    came.chain(court).map(with_word).collect()
}

/// The person acting, if they took part, and the party they stand for.
pub(super) fn participant(
    case: &CaseState,
    ctx: &Context,
    hearing: &Hearing,
) -> Result<(PersonId, Option<PartyId>), HearingRefusal> {
    let person = ctx.actor.person().ok_or(HearingRefusal::NotAParticipant)?;
    if !took_part(case, hearing, person) {
        return Err(HearingRefusal::NotAParticipant);
    }
    Ok((person, case.party_of(person).map(|party| party.id)))
}

/// Whether somebody took part: of the tribunal, its clerk, or of a party that came.
pub fn took_part(case: &CaseState, hearing: &Hearing, person: PersonId) -> bool {
    let court = case.tribunal.as_ref().is_some_and(|court| court.votes(person) || court.clerk == Some(person));
    court || case.party_of(person).is_some_and(|party| hearing.came(party.id))
}

/// A record that is over and says something.
fn finished(case: &CaseState, id: HearingId) -> Result<&Hearing, HearingRefusal> {
    let hearing = known(case, id)?;
    if hearing.transcript.trim().is_empty() {
        return Err(HearingRefusal::NoTranscript);
    }
    if hearing.is_over() { Ok(hearing) } else { Err(HearingRefusal::StillOpen) }
}

/// Source: 《民事诉讼法》第一百五十条.
pub(super) fn sign(
    case: &CaseState,
    ctx: &Context,
    id: HearingId,
    seen: String,
    hand: Option<FileRef>,
) -> Result<Decision, HearingRefusal> {
    let hearing = finished(case, id)?;
    if seen != hearing.transcript_sha256() {
        return Err(HearingRefusal::TranscriptChanged);
    }
    let (person, party) = participant(case, ctx, hearing)?;
    if hearing.signatures.iter().any(|known| known.person == Some(person) && known.is_signed()) {
        return Ok(Decision::nothing());
    }
    let name = ctx.people.name(person).to_owned();
    let signature =
        TranscriptSignature { person: Some(person), name, party, refused_because: None, transcript_sha256: seen, hand };
    Ok(printed_anew(case, id, HearingEvent::TranscriptSigned { hearing: id, signature }))
}

/// Refusing to sign is noted and filed; it never stops the case, and one may still sign later.
///
/// Source: 《民事诉讼法》第一百五十条第三款.
pub(super) fn refuse(
    case: &CaseState,
    ctx: &Context,
    id: HearingId,
    reason: String,
) -> Result<Decision, HearingRefusal> {
    let hearing = finished(case, id)?;
    if reason.trim().is_empty() {
        return Err(HearingRefusal::NoWords);
    }
    let (person, party) = participant(case, ctx, hearing)?;
    match hearing.signatures.iter().rev().find(|known| known.person == Some(person)) {
        Some(known) if known.is_signed() => return Err(HearingRefusal::SignedAlready),
        Some(known) if known.refused_because.as_deref() == Some(reason.as_str()) => return Ok(Decision::nothing()),
        _ => {}
    }
    let signature = TranscriptSignature {
        person: Some(person),
        name: ctx.people.name(person).to_owned(),
        party,
        refused_because: Some(reason),
        transcript_sha256: hearing.transcript_sha256(),
        hand: None,
    };
    Ok(printed_anew(case, id, HearingEvent::TranscriptSigned { hearing: id, signature }))
}

/// What was signed or refused on paper, as the clerk enters it.
pub(super) fn note(
    case: &CaseState,
    id: HearingId,
    name: String,
    party: Option<PartyId>,
    refused_because: Option<String>,
) -> Result<Decision, HearingRefusal> {
    let hearing = finished(case, id)?;
    if name.trim().is_empty() {
        return Err(HearingRefusal::NoWords);
    }
    let mut known = hearing.signatures.iter().filter(|known| known.name == name && known.party == party);
    if known.any(|known| known.is_signed() || known.refused_because == refused_because) {
        return Err(HearingRefusal::SignedAlready);
    }
    let transcript_sha256 = hearing.transcript_sha256();
    let signature = TranscriptSignature { person: None, name, party, refused_because, transcript_sha256, hand: None };
    Ok(printed_anew(case, id, HearingEvent::TranscriptSigned { hearing: id, signature }))
}
