//! Papers at the counter: what is taken for a person, what becomes of it, and who hears of it.

use xiezhi_domain::{
    access::{self, Act, Denial, Reader},
    counter::{CounterCommand, CounterRefusal, Handed, HandedIn, ShownOriginal},
    event::CaseEvent,
    evidence::EvidenceRefusal,
    ids::{IntakeId, MaterialId},
    material::{MaterialCommand, Place, Submitter},
    paper::PaperKind,
    people::Post,
    stage::StageRefusal,
};

use crate::{
    cast::{person, staff},
    court::{Court, day, file_of},
    example::{account, party},
    refusals::{Row, denied, nobody, row},
    stories::{ex1_private_lending as ex1, ex4_traffic_accident as ex4},
};

fn paper(place: usize) -> MaterialId {
    MaterialId(uuid::Uuid::from_u128(0xc0 + place as u128))
}

fn intake(no: u128) -> IntakeId {
    IntakeId(uuid::Uuid::from_u128(0xd0 + no))
}

fn shown(returned: bool, kept_at: &str) -> Option<ShownOriginal> {
    Some(ShownOriginal { returned, kept_at: kept_at.to_owned() })
}

/// A paper with its scan.
fn scanned(place: usize, kind: PaperKind, name: &str, original: Option<ShownOriginal>) -> HandedIn {
    let material = Some(paper(place));
    let handed = Handed { name: name.to_owned(), kind, pages: 1, copies: 1, original, material };
    HandedIn { handed, purpose: "证明已经付款".to_owned(), file: Some(file_of(name)) }
}

/// A paper that is still to be scanned.
fn unscanned(name: &str) -> HandedIn {
    let (name, kind) = (name.to_owned(), PaperKind::Request);
    let handed = Handed { name, kind, pages: 3, copies: 2, original: None, material: None };
    HandedIn { handed, purpose: String::new(), file: None }
}

fn take(no: u128, came_on: &str, items: Vec<HandedIn>) -> CounterCommand {
    let brought_by = "被告之子 易某".to_owned();
    CounterCommand::Take { intake: intake(no), party: party(1), brought_by, came_on: day(came_on), items }
}

fn three_papers() -> Vec<HandedIn> {
    vec![
        scanned(0, PaperKind::Evidence, "收条", shown(true, "当场退还")),
        scanned(1, PaperKind::Identity, "身份证复印件", None),
        unscanned("延期举证申请书"),
    ]
}

/// A defendant who cannot go on line sends somebody to the counter, twice.
pub fn taken() -> Court {
    let (mut court, _) = ex4::pretrial();
    let (clerk, today) = (court.clerk(), court.today().to_string());
    court.act(&clerk, take(0, &today, three_papers())).expect("taken");
    let kept = vec![scanned(2, PaperKind::Evidence, "维修发票", shown(false, "本院证物室3号柜"))];
    court.act(&staff(Post::FilingClerk), take(1, &today, kept)).expect("taken at the filing counter");
    court
}

#[test]
fn what_is_taken_lies_in_staging_as_the_partys_and_its_original_is_on_record() {
    let court = taken();
    let case = court.case();
    for (place, title) in [(0, "收条"), (1, "身份证复印件"), (2, "维修发票")] {
        let known = &case.materials[&paper(place)];
        assert_eq!((known.place, known.by), (Place::Staged, Submitter::Party { party: party(1) }), "{title}");
        assert_eq!(known.title, title);
    }
    let original = |place| case.materials[&paper(place)].original.clone();
    let returned = original(0).expect("it was compared");
    assert_eq!((returned.compared_by, returned.kept_at.as_str(), returned.agrees), (person(21), "当场退还", true));
    assert_eq!(original(1), None, "of a copy nothing was compared");
    assert_eq!(original(2).map(|check| check.kept_at), Some("本院证物室3号柜".to_owned()));
    let evidence = case.evidence.iter().filter(|item| item.party == party(1));
    let names: Vec<&str> = evidence.map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["收条", "维修发票"], "evidence counts as evidence");
    let first = &case.intakes[0];
    assert_eq!((first.items.len(), first.taken_by, first.brought_by.as_str()), (3, person(21), "被告之子 易某"));
    assert!(first.items[2].material.is_none(), "what is not scanned yet is on the receipt all the same");
}

#[test]
fn the_same_papers_sent_again_are_not_taken_twice() {
    let mut court = taken();
    let (clerk, today) = (court.clerk(), court.today().to_string());
    assert_eq!(court.act(&clerk, take(0, &today, three_papers())), Ok(vec![]));
    assert_eq!(court.case().intakes.len(), 2);
}

#[test]
fn a_side_hears_of_what_was_taken_for_it_and_of_nothing_else() {
    let court = taken();
    let case = court.case();
    let event = court.log.iter().map(|(event, _)| event).find(|event| matches!(event, CaseEvent::Counter(_)));
    let event = event.expect("papers were taken");
    let told = |actor| access::may_be_told(&Reader::of(&actor, case), case, event);
    assert!(told(account(1)) && told(court.clerk()) && told(court.judge()));
    assert!(!told(account(0)) && !told(account(2)), "the others hear nothing");
}

#[test]
fn nobody_takes_papers_at_the_counter_but_the_clerks() {
    let (mut court, _) = ex4::pretrial();
    let today = court.today().to_string();
    let not = Denial::NotAllowed { act: Act::TakeAtCounter };
    for actor in [account(1), court.judge(), staff(Post::Archivist), staff(Post::President)] {
        assert_eq!(court.act(&actor, take(0, &today, three_papers())), Err(not.clone().into()), "{actor:?}");
    }
}

#[test]
fn evidence_that_came_in_time_is_not_late_though_it_is_entered_later() {
    let (mut court, _) = ex4::pretrial();
    let last = court.last_day(xiezhi_domain::periods::PeriodKind::Evidence, 1);
    court.on(&last.tomorrow().expect("within the calendar").to_string());
    let item = || vec![scanned(0, PaperKind::Evidence, "收条", None)];
    court.act(&court.clerk(), take(0, &last.to_string(), item())).expect("taken");
    assert!(!court.case().evidence.iter().any(|item| item.material == paper(0) && item.late));
}

/// Every refusal of the counter.
pub fn rows() -> Vec<Row> {
    use CounterRefusal::*;
    let (court, _) = ex4::pretrial();
    let (clerk, today) = (court.clerk(), court.today().to_string());
    let one = || scanned(0, PaperKind::Evidence, "收条", None);
    let with = |change: &dyn Fn(&mut HandedIn)| {
        let mut item = one();
        change(&mut item);
        take(0, &today, vec![item])
    };
    let CounterCommand::Take { items, came_on, brought_by, .. } = take(0, &today, vec![one()]);
    let of_nobody =
        CounterCommand::Take { intake: intake(0), party: nobody(), brought_by, came_on, items: items.clone() };
    let by_nobody =
        CounterCommand::Take { intake: intake(0), party: party(1), brought_by: " ".to_owned(), came_on, items };
    let closed = ex1::told_to_effect();
    let after = take(0, &closed.today().to_string(), vec![one()]);
    vec![
        row(&court, &clerk, of_nobody, UnknownParty),
        row(&court, &clerk, by_nobody, NobodyBrought),
        row(&court, &clerk, take(0, &today, vec![]), Nothing),
        row(&court, &clerk, take(0, &today, vec![one(); 51]), Nothing),
        row(&court, &clerk, with(&|item| item.handed.name = " ".to_owned()), NoName),
        row(&court, &clerk, with(&|item| item.handed.copies = 0), NotCounted),
        row(&court, &clerk, with(&|item| item.file = None), NotCounted),
        row(&court, &clerk, with(&|item| item.handed.kind = PaperKind::Judgment), CourtPaper),
        row(&court, &clerk, with(&|item| item.handed.original = shown(false, "")), NoPlaceKept),
        row(&court, &clerk, take(0, "2026-12-31", vec![one()]), InFuture),
        row(&court, &clerk, take(0, "2026-01-01", vec![one()]), BeforeTheCase),
        row(&closed, &clerk, after, EvidenceRefusal::Stage { fault: StageRefusal::ClosedAlready }),
        denied(&court, &account(1), take(0, &today, vec![one()]), Denial::NotAllowed { act: Act::TakeAtCounter }),
    ]
}

#[test]
fn what_was_taken_is_put_right_in_staging_like_any_other_paper() {
    let mut court = taken();
    let right =
        MaterialCommand::Retitle {
            material: paper(0), kind: PaperKind::Evidence, title: "收条（已核对）".to_owned()
        };
    court.act(&court.clerk(), right).expect("put right");
}
