//! Linking a case to an account (关联案件): by an identity both sides are sure of, by the code that came with the
//! served notice, or by a clerk who has the person's papers in hand.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::{PartiesEvent, PartiesRefusal};

use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::{PartyId, PersonId},
    party::{Party, PartyKind},
    people::Person,
    periods::{PeriodEvent, PeriodKind},
};

/// Days a code can be used: a safeguard of the platform, not a period of the law.
const CODE_DAYS: i32 = 30;
/// Wrong tries after which a code is void.
pub const CODE_TRIES: usize = 5;

/// The code that came with the notice (关联码): a secret between the court and the party it was served on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkCode {
    /// Six digits.
    pub code: String,
    /// Last day it can be used.
    pub expires_on: Date,
    /// What was tried instead: the same wrong code again tells a guesser nothing and does not count.
    pub tried: BTreeSet<String>,
}

impl LinkCode {
    /// Whether it can still be used on `today`.
    pub fn is_live(&self, today: Date) -> bool {
        self.tried.len() < CODE_TRIES && today <= self.expires_on
    }
}

/// Who compared whom with which paper (身份核对).
///
/// Source: 《人民法院在线诉讼规则》第七条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityCheck {
    /// The paper shown: 居民身份证, 护照 …
    pub document: String,
    /// Its number.
    pub id_no: String,
    /// Who compared.
    pub compared_by: PersonId,
    /// When.
    pub on: Date,
}

/// Issues a code for a party without an account. It is drawn from the identifier of the act, which nobody
/// outside the court learns, so that the code of one case tells nothing of another.
pub(crate) fn issue(ctx: &Context, party: PartyId) -> PartiesEvent {
    let code = format!("{:06}", ctx.ids.next().as_u128() % 1_000_000);
    let expires_on = ctx.moment.today.saturating_add(CODE_DAYS.days());
    PartiesEvent::CodeIssued { party, code, expires_on }
}

/// A clerk issues a new code; the one before it is void.
pub(super) fn reissue(case: &CaseState, ctx: &Context, party: PartyId) -> Result<Decision, PartiesRefusal> {
    let known = case.parties.get(&party).ok_or(PartiesRefusal::UnknownParty)?;
    if known.person.is_some() {
        return Err(PartiesRefusal::LinkedToAnother);
    }
    let issued = issue(ctx, party);
    let stands = matches!(&issued, PartiesEvent::CodeIssued { code, .. }
        if case.link_codes.get(&party).is_some_and(|known| known.code == *code));
    Ok(if stands { Decision::nothing() } else { Decision::of(issued) })
}

/// The person must be the party: the same number, or the registered name of a legal person.
pub(super) fn link(
    case: &CaseState,
    ctx: &Context,
    party: PartyId,
    person: PersonId,
    verified_by: String,
) -> Result<Decision, PartiesRefusal> {
    let Some((known, account)) = free(case, ctx, party, person)? else { return Ok(Decision::nothing()) };
    if !is_same(known, account) {
        return Err(PartiesRefusal::NotThisPerson);
    }
    Ok(linked(case, party, person, verified_by, None))
}

/// Links by the code. The person must bear the party's name, and the number where both are known; a wrong code
/// counts against it. Whatever is wrong is answered alike, so that nobody learns of a case by trying.
///
/// Source: 《人民法院在线诉讼规则》第七条、第十条.
pub(super) fn by_code(
    case: &CaseState,
    ctx: &Context,
    person: PersonId,
    code: &str,
    verified_by: String,
) -> Result<Decision, PartiesRefusal> {
    let account = ctx.people.person(person).ok_or(PartiesRefusal::NotThisPerson)?;
    let code_of = |party: &Party| case.link_codes.get(&party.id).filter(|known| known.is_live(ctx.moment.today));
    let free = case.parties_in_order().filter(|party| party.person.is_none() && may_be(party, account));
    let tried: Vec<&Party> = free.filter(|party| code_of(party).is_some()).collect();
    if tried.is_empty() {
        return Err(PartiesRefusal::WrongCode);
    }
    let right = tried.iter().find(|party| code_of(party).is_some_and(|known| known.code == code));
    if let Some(party) = right {
        return Ok(linked(case, party.id, person, verified_by, None));
    }
    let mut decision = Decision::nothing();
    for party in tried.iter().filter(|party| code_of(party).is_some_and(|known| !known.tried.contains(code))) {
        decision.push(PartiesEvent::CodeMistyped { party: party.id, code: code.to_owned() });
    }
    Ok(decision)
}

/// A clerk links whom they have before them: the number on the paper shown is the account's, and the name the
/// party's. A party whose number was not known bears it from now on.
///
/// Source: 《人民法院在线诉讼规则》第七条第三款.
pub(super) fn checked(
    case: &CaseState,
    ctx: &Context,
    party: PartyId,
    person: PersonId,
    check: IdentityCheck,
) -> Result<Decision, PartiesRefusal> {
    if check.document.trim().is_empty() || check.id_no.trim().is_empty() {
        return Err(PartiesRefusal::CheckIncomplete);
    }
    if check.on > ctx.moment.today || ctx.people.person(check.compared_by).is_none_or(|who| who.post.is_outside()) {
        return Err(PartiesRefusal::CheckIncomplete);
    }
    let Some((known, account)) = free(case, ctx, party, person)? else { return Ok(Decision::nothing()) };
    let same_paper = account.id_no.as_deref() == Some(check.id_no.as_str());
    if !same_paper || !may_be(known, account) {
        return Err(PartiesRefusal::NotThisPerson);
    }
    Ok(linked(case, party, person, "identity_check".to_owned(), Some(check)))
}

/// The party and the account, if neither is bound yet; nothing if they are linked already.
fn free<'a>(
    case: &'a CaseState,
    ctx: &'a Context,
    party: PartyId,
    person: PersonId,
) -> Result<Option<(&'a Party, &'a Person)>, PartiesRefusal> {
    let known = case.parties.get(&party).ok_or(PartiesRefusal::UnknownParty)?;
    match known.person {
        Some(linked) if linked == person => return Ok(None),
        Some(_) => return Err(PartiesRefusal::LinkedToAnother),
        None => {}
    }
    let account = ctx.people.person(person).ok_or(PartiesRefusal::NotThisPerson)?;
    Ok(Some((known, account)))
}

fn linked(
    case: &CaseState,
    party: PartyId,
    person: PersonId,
    verified_by: String,
    check: Option<IdentityCheck>,
) -> Decision {
    let mut decision = Decision::of(PartiesEvent::Linked { party, person, verified_by, check });
    if case.running(PeriodKind::Link, Some(party)).is_some() {
        decision.push(PeriodEvent::ended(PeriodKind::Link, Some(party)));
    }
    decision
}

/// Whether `account` is `party` for certain. People share names, and case numbers can be guessed: of natural
/// persons both numbers must be known and agree. Registered names of legal persons are unique.
pub fn is_same(party: &Party, account: &Person) -> bool {
    match (&party.id_no, &account.id_no) {
        (Some(told), Some(verified)) => told == verified,
        _ => party.kind == PartyKind::Legal && bears_name(party, account),
    }
}

/// Whether `account` may be `party`, so that a secret or a paper in hand decides: the same name, and no number
/// that speaks against it.
fn may_be(party: &Party, account: &Person) -> bool {
    let numbers_agree = match (&party.id_no, &account.id_no) {
        (Some(told), Some(verified)) => told == verified || party.kind == PartyKind::Legal,
        _ => true,
    };
    numbers_agree && bears_name(party, account)
}

fn bears_name(party: &Party, account: &Person) -> bool {
    party.name == account.name || account.unit.as_deref() == Some(party.name.as_str())
}
