//! What a reader may be shown of a case as it stood at an earlier moment (时点回看). The rights of today decide,
//! never those of then: what was withdrawn, moved to the secondary volume or thrown out since is not shown again.

use std::collections::BTreeSet;

use super::{Act, Denial, Reader, Relation, may, may_hear, may_hear_of_request, may_see};
use crate::{
    archive::Archive,
    case::CaseState,
    committee::Committee,
    deliberation::Deliberation,
    event::CaseEvent,
    hearing::Hearing,
    ids::MaterialId,
    material::Material,
    mediation::Mediation,
    moment::Recorded,
    party::{Party, PartyRole},
    review::Review,
};

/// Whether `reader` may look back at all at the case that stands as `today`; the id of the rule that grants it.
/// Whoever may read the trace may.
pub fn may_look_back(reader: &Reader, today: &CaseState) -> Result<&'static str, Denial> {
    may(reader, Act::ViewMain, today.stage)?;
    may(reader, Act::ViewTrace, today.stage)
}

/// Whether a moment is open to `reader`, who may look back: before the case `was_filed` it lay between the court and
/// whoever submitted it, and what was put right then is not told to the other side.
pub fn is_open_moment(reader: &Reader, today: &CaseState, was_filed: bool) -> bool {
    was_filed || !is_outsider(reader) || filed_it(reader, today)
}

/// `then` without whatever `reader` may not see of the case as it stands `today`.
pub fn seen_then(reader: &Reader, today: &CaseState, then: &CaseState) -> CaseState {
    let mut seen = then.clone();
    keep_papers(&mut seen, reader, today);
    keep_inner(&mut seen, reader, today);
    if !reader.is_team() {
        seen.hearings.values_mut().for_each(without_words);
    }
    if is_outsider(reader) {
        keep_outer(&mut seen, reader, today);
    }
    seen
}

fn is_outsider(reader: &Reader) -> bool {
    !reader.is_inside()
}

fn filed_it(reader: &Reader, today: &CaseState) -> bool {
    let own = reader.party.and_then(|party| today.parties.get(&party));
    reader.relations.contains(&Relation::Filer) || own.is_some_and(|party| party.role == PartyRole::Plaintiff)
}

/// Papers that the rights of today open both as they stand and as they stood: what reached the reader only later was
/// not theirs then, and what was taken from them since is not theirs now.
fn keep_papers(seen: &mut CaseState, reader: &Reader, today: &CaseState) {
    let known = |then: &Material| today.materials.get(&then.id);
    let is_kept = |then: &Material| {
        known(then).is_some_and(|known| may_see(reader, today, known)) && may_see(reader, today, then)
    };
    seen.materials.retain(|_, then| is_kept(then));
    seen.material_order.retain(|id| seen.materials.contains_key(id));
    for paper in seen.materials.values_mut() {
        paper.erased_on = today.materials[&paper.id].erased_on;
    }
}

/// What the panel, the drafters and the mediators keep among themselves.
fn keep_inner(seen: &mut CaseState, reader: &Reader, today: &CaseState) {
    let denied = |act| may(reader, act, today.stage).is_err();
    if denied(Act::ViewDeliberation) {
        seen.deliberation = Deliberation::default();
    }
    if denied(Act::ViewCommittee) {
        seen.committee = Committee::default();
    }
    seen.approvals.retain(|_, asked| may_hear_of_request(reader, today, asked));
    if denied(Act::ViewDrafts) {
        seen.drafts.clear();
        seen.supervised.clear();
        seen.series = None;
        seen.correcting.rulings.clear();
        seen.correcting.copies.clear();
    }
    seen.mediation.confidences.retain(|(told, _)| may_hear(reader, today, told.party));
}

/// The words of a record before it was settled, and of notices, are the court's own until they stand on a paper.
fn without_words(hearing: &mut Hearing) {
    hearing.transcript.clear();
    hearing.corrections.clear();
    hearing.signatures.clear();
    hearing.notices.clear();
}

/// What people outside the court are told of an earlier state: where it stood, who took part, which papers of
/// theirs there were. How a paper was called before the clerk put it right, numbers and addresses of others, and
/// whatever the court did inside, they are not.
fn keep_outer(seen: &mut CaseState, reader: &Reader, today: &CaseState) {
    seen.stage = seen.stage.told_outside();
    for paper in seen.materials.values_mut() {
        let known = &today.materials[&paper.id];
        paper.title.clone_from(&known.title);
        paper.kind = known.kind;
        paper.volume = known.volume;
        paper.disclosed_to.retain(|party| reader.party == Some(*party));
    }
    let parties = std::mem::take(&mut seen.parties);
    seen.parties = parties.into_iter().map(|(id, party)| (id, by_name(party))).collect();
    for agent in &mut seen.agents {
        agent.phone = None;
    }
    seen.application.parties = seen.application.parties.drain(..).map(by_name).collect();
    seen.application.agents.clear();
    seen.application.addresses.clear();
    seen.application.evidence.clear();
    seen.application.elements.clear();
    seen.application.facts_and_reasons.clear();
    seen.application.claims.clear();
    seen.periods.retain(|period| period.kind.concerns_parties());
    seen.addresses.clear();
    seen.link_codes.clear();
    seen.shares.clear();
    seen.services.clear();
    seen.service_order.clear();
    seen.tries.clear();
    seen.answers.clear();
    seen.evidence.clear();
    seen.approvals.clear();
    seen.mediation = Mediation::default();
    seen.review = Review::default();
    seen.archive = Archive::default();
}

/// A party by role and name alone.
fn by_name(party: Party) -> Party {
    Party {
        sex: None,
        birth_on: None,
        ethnicity: None,
        id_no: None,
        occupation: None,
        address: None,
        phone: None,
        representative: None,
        representative_post: None,
        particulars: Default::default(),
        person: None,
        ..party
    }
}

/// The versions of `paper` that the rights of today opened to `reader` while they were the newest, by their numbers from
/// 1. One that was replaced before the paper reached the reader stays between the court and whoever handed it in.
pub fn versions_shown<'a>(
    reader: &Reader,
    today: &CaseState,
    paper: MaterialId,
    events: impl IntoIterator<Item = (&'a CaseEvent, Recorded)>,
) -> BTreeSet<usize> {
    let mut then: Option<CaseState> = None;
    let mut shown = BTreeSet::new();
    for (event, recorded) in events {
        match &mut then {
            Some(then) => then.apply(event, &recorded),
            None => then = CaseState::fold(today.id, [(event, recorded)]),
        }
        let known = then.as_ref().and_then(|then| then.materials.get(&paper));
        shown.extend(known.filter(|known| may_see(reader, today, known)).map(|known| known.earlier.len() + 1));
    }
    shown
}
