//! Decisions on papers.

use super::{
    ADDABLE_AFTER_CLOSING, FROM_PARTIES, FileRef, MaterialCommand, MaterialEvent, MaterialRefusal, OriginalCheck,
    Place, Submitter, redaction,
    staging::{self, staged},
};

use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::{MaterialId, PartyId},
    paper::{PaperKind, Volume},
};

/// Decides an act on papers.
pub fn decide(case: &CaseState, ctx: &Context, command: MaterialCommand) -> Result<Decision, MaterialRefusal> {
    match command {
        MaterialCommand::Submit { material, kind, title, file, from, original } => {
            match case.materials.get(&material) {
                Some(known) if known.file.sha256 == file.sha256 => return Ok(Decision::nothing()),
                Some(_) => return Err(MaterialRefusal::IdentifierTaken),
                None => {}
            }
            check_new(case, kind, &title, &file, original.as_ref())?;
            let by = submitter(case, ctx, from)?;
            if by != Submitter::Court && !FROM_PARTIES.contains(&kind) {
                return Err(MaterialRefusal::CourtPaper);
            }
            Ok(Decision::of(MaterialEvent::Received { material, kind, title, file, by, original }))
        }
        MaterialCommand::Retitle { material, kind, title } => {
            let known = staged(case, material)?;
            if title.trim().is_empty() {
                return Err(MaterialRefusal::NoTitle);
            }
            if known.kind == kind && known.title == title {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(MaterialEvent::Retitled { material, kind, title }))
        }
        MaterialCommand::Discard { material, reason } => {
            staged(case, material)?;
            if reason.trim().is_empty() {
                return Err(MaterialRefusal::NoReason);
            }
            Ok(Decision::of(MaterialEvent::Discarded { material, reason }))
        }
        MaterialCommand::Scan { material, kind, title, file, seen } => {
            match case.materials.get(&material) {
                Some(known) if known.file.sha256 == file.sha256 => return Ok(Decision::nothing()),
                Some(_) => return Err(MaterialRefusal::IdentifierTaken),
                None => {}
            }
            check_new(case, kind, &title, &file, None)?;
            let arranged = staging::as_seen(material, &file, &seen);
            let by = Submitter::Court;
            let mut decision =
                Decision::of(MaterialEvent::Received { material, kind, title, file, by, original: None });
            decision.events.extend(arranged.map(Into::into));
            Ok(decision)
        }
        MaterialCommand::Arrange { pages, how } => staging::arrange(case, &pages, how),
        MaterialCommand::Compare { material, check } => compare(case, ctx, material, check),
        MaterialCommand::Attribute { material, from } => staging::attribute(case, material, from),
        MaterialCommand::Enter { materials, rendered } => staging::enter(case, materials, rendered),
        MaterialCommand::Redact { material, made } => redaction::redact(case, material, made),
        MaterialCommand::Disclose { materials } => disclose(case, materials),
    }
}

/// Who hands it in: the party named, the party the actor is or acts for, the filing side, or the court.
fn submitter(case: &CaseState, ctx: &Context, from: Option<PartyId>) -> Result<Submitter, MaterialRefusal> {
    let person = ctx.actor.person();
    let own = || person.and_then(|person| case.party_of(person)).map(|party| party.id);
    let filed = || {
        let filer = person.is_some() && case.submitted_by == person && ctx.actor.is_outside();
        filer.then(|| case.application.plaintiffs().next().map(|party| party.id)).flatten()
    };
    match from.or_else(own).or_else(filed) {
        Some(party) if !case.parties.contains_key(&party) => Err(MaterialRefusal::UnknownParty),
        Some(party) => Ok(Submitter::Party { party }),
        None => Ok(Submitter::Court),
    }
}

fn check_new(
    case: &CaseState,
    kind: PaperKind,
    title: &str,
    file: &FileRef,
    original: Option<&OriginalCheck>,
) -> Result<(), MaterialRefusal> {
    if title.trim().is_empty() {
        return Err(MaterialRefusal::NoTitle);
    }
    if file.size_bytes == 0 {
        return Err(MaterialRefusal::EmptyFile);
    }
    if original.is_some_and(|check| !check.agrees) {
        return Err(MaterialRefusal::OriginalDiffers);
    }
    if case.stage.is_closed() && !ADDABLE_AFTER_CLOSING.contains(&kind) {
        return Err(MaterialRefusal::NotAddableAfterClosing);
    }
    Ok(())
}

fn disclose(case: &CaseState, materials: Vec<MaterialId>) -> Result<Decision, MaterialRefusal> {
    for id in &materials {
        let material = case.materials.get(id).ok_or(MaterialRefusal::Unknown)?;
        if material.place != Place::InFile {
            return Err(MaterialRefusal::NotInFile);
        }
        if material.volume == Volume::Secondary {
            return Err(MaterialRefusal::SecondaryVolume);
        }
    }
    if materials.is_empty() {
        return Err(MaterialRefusal::NothingChosen);
    }
    let known_to_all = |id: &MaterialId| {
        let paper = &case.materials.get(id);
        paper.is_some_and(|paper| case.party_order.iter().all(|party| paper.disclosed_to.contains(party)))
    };
    let fresh: Vec<MaterialId> = materials.into_iter().filter(|id| !known_to_all(id)).collect();
    if fresh.is_empty() {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(MaterialEvent::Disclosed { materials: fresh, to: case.party_order.clone() }))
}

/// Decides the record of a comparison with the original. That they differ is a result like any other.
///
/// Source: 《最高人民法院关于民事诉讼证据的若干规定》第十一条、第六十一条;《人民法院在线诉讼规则》第十一条至第十三条.
fn compare(
    case: &CaseState,
    ctx: &Context,
    material: MaterialId,
    check: OriginalCheck,
) -> Result<Decision, MaterialRefusal> {
    let paper = case.materials.get(&material).ok_or(MaterialRefusal::Unknown)?;
    if !matches!(paper.place, Place::Staged | Place::InFile) || paper.erased_on.is_some() {
        return Err(MaterialRefusal::Unknown);
    }
    if paper.about.is_some() {
        return Err(MaterialRefusal::CourtPaper);
    }
    if check.happened_on > ctx.moment.today {
        return Err(MaterialRefusal::ComparedInFuture);
    }
    if ctx.people.person(check.compared_by).is_none_or(|person| person.post.is_outside()) {
        return Err(MaterialRefusal::ComparedByOutsider);
    }
    if check.kept_at.trim().is_empty() {
        return Err(MaterialRefusal::NoPlaceKept);
    }
    if paper.original.as_ref() == Some(&check) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(MaterialEvent::Compared { material, check }))
}
