//! What events of papers make of a case.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Derived, FileRef, Material, MaterialEvent, Pages, Place, Redaction, Submitter};
use crate::{
    case::CaseState,
    decision::About,
    ids::{MaterialId, PartyId},
    moment::Recorded,
    paper::PaperKind,
};

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &MaterialEvent, recorded: &Recorded) {
    let today = recorded.moment.today;
    match event {
        MaterialEvent::Received { material, kind, title, file, by, original } => {
            let paper = Material {
                by: *by,
                received_on: original.as_ref().map_or(today, |check| check.happened_on),
                entered_on: None,
                place: Place::Staged,
                original: original.clone(),
                disclosed_to: owners(*by),
                unnamed: *by == Submitter::Court,
                ..Material::of_court(*material, *kind, title, file, today)
            };
            add(case, paper);
        }
        MaterialEvent::Written { material, file, .. } if case.materials.contains_key(material) => {
            change(case, material, |paper| supersede(paper, file));
        }
        MaterialEvent::Written { material, kind, title, about, file } => {
            let paper = Material {
                about: Some(about.clone()),
                disclosed_to: written_for(case, *kind, about),
                ..Material::of_court(*material, *kind, title, file, today)
            };
            add(case, paper);
        }
        MaterialEvent::Supplemented { material, kind, title, file, .. } => {
            add(case, Material::of_court(*material, *kind, title, file, today));
        }
        MaterialEvent::Erased { material, .. } => change(case, material, |paper| paper.erased_on = Some(today)),
        MaterialEvent::Retitled { material, kind, title } => change(case, material, |paper| {
            paper.kind = *kind;
            paper.volume = kind.volume();
            paper.title = title.clone();
        }),
        MaterialEvent::Arranged { papers } => {
            for arranged in papers {
                change(case, &arranged.material, |paper| {
                    let pages = Pages { leaves: arranged.leaves.clone(), aside: arranged.aside.clone() };
                    if pages.leaves.is_empty() && pages.aside.is_empty() {
                        paper.place = Place::Discarded;
                    }
                    paper.pages = Some(pages);
                });
            }
        }
        MaterialEvent::Split { material, from, kind, title, leaves } => {
            let Some(whole) = case.materials.get(from).cloned() else { return };
            let file = leaves.first().and_then(|leaf| super::received_file(case, &leaf.file_sha256)).cloned();
            let paper = Material {
                id: *material,
                kind: *kind,
                title: title.clone(),
                volume: kind.volume(),
                file: file.unwrap_or_else(|| whole.file.clone()),
                pages: Some(Pages { leaves: leaves.clone(), aside: vec![] }),
                ..whole
            };
            add_behind(case, paper, *from);
        }
        MaterialEvent::Attributed { material, by } => change(case, material, |paper| {
            paper.by = *by;
            paper.disclosed_to = owners(*by);
        }),
        MaterialEvent::Compared { material, check } => change(case, material, |paper| {
            paper.original = Some(check.clone());
        }),
        MaterialEvent::Rendered { material, file, originals, .. } => change(case, material, |paper| {
            paper.file = file.clone();
            paper.originals = originals.clone();
        }),
        MaterialEvent::Redacted { material, made } => redacted(case, *material, made, today),
        MaterialEvent::Discarded { material, .. } => change(case, material, |paper| paper.place = Place::Discarded),
        MaterialEvent::Entered { materials } => {
            for material in materials {
                change(case, material, |paper| {
                    paper.place = Place::InFile;
                    paper.entered_on = Some(today);
                });
            }
        }
        MaterialEvent::Disclosed { materials, to } => {
            for material in materials {
                change(case, material, |paper| paper.disclosed_to.extend(to));
            }
        }
        MaterialEvent::Replaced { material, file, .. } => change(case, material, |paper| supersede(paper, file)),
        MaterialEvent::Struck { material, .. } => change(case, material, |paper| paper.place = Place::Struck),
    }
}

/// A copy stands behind its original. It is the court's, whosever the original is, and nobody's until it is shown.
fn redacted(case: &mut CaseState, material: MaterialId, made: &Redaction, today: Date) {
    let derived = Derived { from: made.from, from_sha256: made.from_sha256.clone(), hidden: made.hidden.clone() };
    let copy = Material {
        derived: Some(derived),
        ..Material::of_court(material, PaperKind::Other, &made.title, &made.file, today)
    };
    add_behind(case, copy, made.from);
}

/// Papers that a filing side's own application writes are theirs from the start; an address
/// confirmation is its party's; a fee notice and the notices of acceptance are the plaintiffs'.
fn written_for(case: &CaseState, kind: PaperKind, about: &About) -> BTreeSet<PartyId> {
    use crate::party::PartyRole::Plaintiff;
    let filers = || case.parties_as(Plaintiff).map(|party| party.id).collect();
    match (kind, about) {
        (
            PaperKind::AddressConfirmation | PaperKind::Answer | PaperKind::Counterclaim | PaperKind::EvidenceOpinion,
            About::Party(party),
        )
        | (
            PaperKind::Answer | PaperKind::Counterclaim | PaperKind::EvidenceOpinion,
            About::Words { party: Some(party), .. },
        ) => BTreeSet::from([*party]),
        (
            PaperKind::Complaint
            | PaperKind::EvidenceList
            | PaperKind::Receipt
            | PaperKind::CorrectionNotice
            | PaperKind::NonAcceptance
            | PaperKind::AcceptanceNotice
            | PaperKind::FeeNotice
            | PaperKind::RightsNotice,
            _,
        ) => filers(),
        // Those who sign it read it.
        (PaperKind::Transcript | PaperKind::MediationAgreement, _) => case.party_order.iter().copied().collect(),
        _ => BTreeSet::new(),
    }
}

/// The new version goes in front, the earlier one stays behind it.
fn supersede(paper: &mut Material, file: &FileRef) {
    let old = std::mem::replace(&mut paper.file, file.clone());
    paper.earlier.push(old);
}

/// Who may see from the start what they handed in.
fn owners(by: Submitter) -> BTreeSet<PartyId> {
    match by {
        Submitter::Party { party } => BTreeSet::from([party]),
        Submitter::Court => BTreeSet::new(),
    }
}

fn add(case: &mut CaseState, material: Material) {
    if !case.materials.contains_key(&material.id) {
        case.material_order.push(material.id);
    }
    case.materials.insert(material.id, material);
}

fn change(case: &mut CaseState, id: &MaterialId, change: impl FnOnce(&mut Material)) {
    if let Some(material) = case.materials.get_mut(id) {
        change(material);
    }
}

/// A part stands behind the paper it was part of.
fn add_behind(case: &mut CaseState, material: Material, whole: MaterialId) {
    let behind = case.material_order.iter().position(|id| *id == whole).map_or(case.material_order.len(), |at| at + 1);
    if !case.materials.contains_key(&material.id) {
        case.material_order.insert(behind, material.id);
    }
    case.materials.insert(material.id, material);
}
