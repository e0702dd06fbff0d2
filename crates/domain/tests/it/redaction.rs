//! Copies that hide something: derived from a paper that stays as it is, and nobody's until they are shown.

use xiezhi_domain::{
    access::{Reader, Relation, may_be_told, may_see},
    annotation::Area,
    event::CaseEvent,
    ids::MaterialId,
    material::{FileRef, Hidden, HidingGround, MaterialCommand, Redaction},
    paper::PaperKind,
    people::Actor,
};

use crate::{
    court::{Court, file_of},
    example::{account, exhibit, party},
};

/// Where the copies lie.
const COPY: usize = 70;

/// A case that is filed, and its complaint.
pub fn filed() -> (Court, MaterialId) {
    let (court, _) = Court::filed(1, "2026-02-27");
    let complaint = court.case().last_paper(PaperKind::Complaint).expect("a complaint").id;
    (court, complaint)
}

/// A copy of a paper that hides a telephone number on its first page.
pub fn made(court: &Court, from: MaterialId) -> Redaction {
    let paper = &court.case().materials[&from];
    let area = Area { x: 1_000, y: 2_000, w: 1_500, h: 150 };
    Redaction {
        from,
        from_sha256: paper.file.sha256.clone(),
        title: "民事起诉状（遮盖副本）".to_owned(),
        file: FileRef { pages: paper.file.pages, ..file_of("遮盖副本") },
        hidden: vec![Hidden { page: 1, area, ground: HidingGround::Phone }],
    }
}

/// The act.
pub fn redact(_: MaterialId, made: Redaction) -> MaterialCommand {
    MaterialCommand::Redact { material: exhibit(COPY), made }
}

/// The tale of a copy: made, then disclosed.
pub fn told() -> Court {
    let (mut court, complaint) = filed();
    let clerk = court.clerk();
    let made = made(&court, complaint);
    court.act(&clerk, redact(complaint, made)).expect("the copy enters the file");
    court.act(&clerk, MaterialCommand::Disclose { materials: vec![exhibit(COPY)] }).expect("it is shown");
    court
}

#[test]
fn a_copy_stands_behind_its_original_which_stays_as_it_is() {
    let (mut court, complaint) = filed();
    let before = court.case().materials[&complaint].clone();
    let clerk = court.clerk();
    let made = made(&court, complaint);
    court.act(&clerk, redact(complaint, made.clone())).expect("it enters the file");
    let case = court.case();
    assert_eq!(case.materials[&complaint], before);
    let copy = &case.materials[&exhibit(COPY)];
    let derived = copy.derived.as_ref().expect("it is derived");
    assert_eq!((derived.from, &derived.from_sha256, &derived.hidden), (complaint, &before.file.sha256, &made.hidden));
    let at = case.material_order.iter().position(|id| *id == complaint).expect("it is there");
    assert_eq!(case.material_order[at + 1], exhibit(COPY));
    assert!(court.rule(&clerk, redact(complaint, made)).is_ok_and(|again| again.events.is_empty()), "once");
}

#[test]
fn a_party_sees_the_copy_once_it_is_shown_and_is_never_told_what_of() {
    let (mut court, complaint) = filed();
    let (clerk, defendant) = (court.clerk(), account(1));
    let made = made(&court, complaint);
    court.act(&clerk, redact(complaint, made)).expect("it enters the file");
    let sees = |court: &Court, id: MaterialId| {
        let case = court.case();
        may_see(&side(court, &defendant, 1), case, &case.materials[&id])
    };
    assert!(!sees(&court, exhibit(COPY)), "a copy is nobody's until it is shown");
    court.act(&clerk, MaterialCommand::Disclose { materials: vec![exhibit(COPY)] }).expect("it is shown");
    assert!(sees(&court, exhibit(COPY)) && !sees(&court, complaint), "the copy, and not its original");
    let case = court.case();
    for (place, person) in [(0, account(0)), (1, account(1))] {
        assert!(!may_be_told(&side(&court, &person, place), case, of_copy(&court)));
    }
    assert!(may_be_told(&Reader::of(&clerk, case), case, of_copy(&court)));
}

fn of_copy(court: &Court) -> &CaseEvent {
    let mut events = court.log.iter().map(|(event, _)| event);
    events.find(|event| event.name() == "material.redacted.v1").expect("a copy was made")
}

/// A party that is linked to its account.
fn side(court: &Court, person: &Actor, place: usize) -> Reader {
    let party = Some(party(place));
    Reader { party, relations: vec![Relation::Party], ..Reader::of(person, court.case()) }
}
