//! Putting staged papers in order: what a scanner brought lies there until the clerk takes it into the file.

use std::collections::BTreeSet;

use proptest::prelude::*;
use xiezhi_domain::{
    access::{Reader, may_command, may_see, may_see_received},
    case::CaseState,
    event::CaseEvent,
    ids::MaterialId,
    material::{
        FileRef, Leaf, MaterialCommand, MaterialEvent, MaterialRefusal, OriginalCheck, PageAct, PageAt, Place,
        Rendition, ScannedLeaf, bytes_of,
    },
    paper::PaperKind,
    people::{Actor, Post},
};

use crate::{
    cast::{person, staff},
    court::{Court, file_of},
    example::{account, exhibit, party},
};

/// A scan of so many pages.
pub fn scan(name: &str, pages: u32) -> FileRef {
    FileRef { pages, ..file_of(name) }
}

fn submit(place: usize, file: FileRef) -> MaterialCommand {
    let title = file.name.trim_end_matches(".pdf").to_owned();
    let (material, kind) = (exhibit(place), PaperKind::Other);
    MaterialCommand::Submit { material, kind, title, file, from: None, original: None }
}

fn pages(material: MaterialId, file: &FileRef, numbers: &[u32]) -> Vec<PageAt> {
    let at = |page: &u32| PageAt { material, file_sha256: file.sha256.clone(), page: *page };
    numbers.iter().map(at).collect()
}

fn arrange(pages: Vec<PageAt>, how: PageAct) -> MaterialCommand {
    MaterialCommand::Arrange { pages, how }
}

fn split(material: MaterialId) -> PageAct {
    PageAct::Split { material, kind: PaperKind::Evidence, title: "收条".to_owned() }
}

/// A paper put together from its pages as they lie.
pub fn rendered(case: &CaseState, material: MaterialId) -> Rendition {
    let leaves = case.materials[&material].leaves();
    let pages = u32::try_from(leaves.len()).expect("a few pages");
    Rendition { material, file: scan("整理件", pages), leaves }
}

/// A batch of five pages and one of two lie in staging.
fn staged() -> (Court, FileRef, FileRef) {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    let (batch, second) = (scan("扫描件一", 5), scan("扫描件二", 2));
    let clerk = court.clerk();
    court.act(&clerk, submit(60, batch.clone())).expect("the scan came");
    court.act(&clerk, submit(61, second.clone())).expect("the scan came");
    (court, batch, second)
}

/// The tale of a batch: split, turned, straightened, its blank page laid aside, whose it is, and taken in.
pub fn arranged() -> Court {
    let (mut court, batch, second) = staged();
    let clerk = court.clerk();
    let mut does = |command: MaterialCommand| {
        court.act(&clerk, command).expect("the clerk works freely");
    };
    does(arrange(pages(exhibit(60), &batch, &[1, 2]), PageAct::Turn { to: vec![180, 180] }));
    does(arrange(pages(exhibit(60), &batch, &[3]), PageAct::Straighten { skew_tenths: -12 }));
    does(arrange(pages(exhibit(60), &batch, &[2, 4]), PageAct::LayAside));
    does(arrange(pages(exhibit(60), &batch, &[4]), PageAct::PutBack));
    does(arrange(pages(exhibit(60), &batch, &[5]), split(exhibit(62))));
    let last = PageAct::Move { to: exhibit(60), before: Some((batch.sha256.clone(), 1)) };
    does(arrange(pages(exhibit(61), &second, &[1, 2]), last));
    does(MaterialCommand::Attribute { material: exhibit(62), from: Some(party(0)) });
    let clerk = court.clerk();
    let (happened_on, kept_at) = (court.today(), "当庭核对后退还原告".to_owned());
    let check = OriginalCheck { happened_on, compared_by: person(21), agrees: true, kept_at };
    court.act(&clerk, MaterialCommand::Compare { material: exhibit(62), check }).expect("it was compared");
    let made = [60, 62].map(|place| rendered(court.case(), exhibit(place))).to_vec();
    let enter = MaterialCommand::Enter { materials: vec![exhibit(60), exhibit(62)], rendered: made };
    court.act(&clerk, enter).expect("they enter the file");
    court
}

fn numbers(leaves: &[Leaf]) -> Vec<u32> {
    leaves.iter().map(|leaf| leaf.page).collect()
}

#[test]
fn a_batch_is_split_turned_and_taken_into_the_file_in_one_act() {
    let court = arranged();
    let case = court.case();
    let (first, emptied, part) =
        (&case.materials[&exhibit(60)], &case.materials[&exhibit(61)], &case.materials[&exhibit(62)]);
    assert_eq!(numbers(&first.leaves()), [1, 2, 1, 3, 4]);
    assert_eq!((first.leaves()[2].turn, first.leaves()[3].skew_tenths), (180, -12));
    assert_eq!(first.place, Place::InFile);
    assert_eq!(first.originals, [scan("扫描件二", 2), scan("扫描件一", 5)], "tied to what was received");
    assert_eq!(first.page_count(), 5);
    assert_eq!(emptied.place, Place::Discarded, "all its pages went elsewhere");
    assert_eq!((numbers(&part.leaves()), part.place), (vec![5], Place::InFile));
    assert_eq!(part.original.as_ref().map(|check| check.agrees), Some(true), "compared with its original");
    assert!(part.disclosed_to.contains(&party(0)), "whose paper it is may see it");
    let three = [exhibit(60), exhibit(62), exhibit(61)];
    let order: Vec<MaterialId> = case.material_order.iter().copied().filter(|id| three.contains(id)).collect();
    assert_eq!(order, three, "a part stands behind what it was part of");
}

#[test]
fn a_file_as_it_was_received_is_given_to_nobody_who_does_not_see_all_that_may_lie_in_it() {
    let court = arranged();
    let clerk = court.clerk();
    let paper = &court.case().materials[&exhibit(60)];
    let may = |who: &Actor| may_see_received(&Reader::of(who, court.case()), court.case(), paper);
    assert!(may(&clerk) && may(&court.judge()));
    for post in [Post::DivisionHead, Post::VicePresident, Post::President, Post::TrialManagement] {
        assert!(may_see(&Reader::of(&staff(post), court.case()), court.case(), paper), "{post:?} reads the paper");
        assert!(!may(&staff(post)), "{post:?} does not see the secondary volume");
    }
    assert!(!may(&account(0)));
}

#[test]
fn what_was_seen_on_the_way_is_put_straight_and_can_be_taken_back() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    let (material, file) = (exhibit(65), scan("扫描件", 3));
    let seen = [(false, 180, 0), (true, 180, 0), (false, 180, -12)];
    let seen = seen.map(|(aside, turn, skew_tenths)| ScannedLeaf { aside, turn, skew_tenths }).to_vec();
    let (kind, title) = (PaperKind::Evidence, "收条".to_owned());
    let routed = MaterialCommand::Scan { material, kind, title, file: file.clone(), seen };
    court.act(&Actor::System, routed.clone()).expect("a cover sheet routes it");
    assert!(court.rule(&Actor::System, routed).is_ok_and(|again| again.events.is_empty()), "once");
    let paper = court.case().materials[&material].clone();
    let lies: Vec<(u32, u16, i16)> =
        paper.leaves().iter().map(|leaf| (leaf.page, leaf.turn, leaf.skew_tenths)).collect();
    assert_eq!(lies, [(1, 180, 0), (3, 180, -12)]);
    assert_eq!((paper.place, paper.unnamed, paper.page_count()), (Place::Staged, true, 2));
    let clerk = court.clerk();
    court.act(&clerk, arrange(pages(material, &file, &[2]), PageAct::PutBack)).expect("it comes back");
    court
        .act(&clerk, arrange(pages(material, &file, &[3]), PageAct::Straighten { skew_tenths: 0 }))
        .expect("as it was");
    assert_eq!(court.case().materials[&material].leaves().len(), 3);
}

#[test]
fn a_paper_that_nobody_arranged_enters_as_it_was_received() {
    let (mut court, batch, _) = staged();
    let enter = MaterialCommand::Enter { materials: vec![exhibit(60)], rendered: vec![] };
    court.act(&court.clerk(), enter).expect("it enters");
    let paper = &court.case().materials[&exhibit(60)];
    assert_eq!((&paper.file, paper.originals.len()), (&batch, 0));
}

#[test]
fn what_is_taken_back_leaves_the_paper_as_it_came() {
    let (mut court, batch, _) = staged();
    let clerk = court.clerk();
    for act in [PageAct::Turn { to: vec![90] }, PageAct::Turn { to: vec![0] }, PageAct::LayAside, PageAct::PutBack] {
        court.act(&clerk, arrange(pages(exhibit(60), &batch, &[5]), act)).expect("it can be taken back");
    }
    assert!(!court.case().materials[&exhibit(60)].needs_rendition());
}

#[test]
fn what_a_party_handed_in_itself_stays_its_own_and_apart() {
    let (mut court, batch, _) = staged();
    let own = scan("当事人上传", 2);
    court.act(&account(0), submit(70, own.clone())).expect("a party hands it in");
    let clerk = court.clerk();
    let mixed = arrange(pages(exhibit(60), &batch, &[1]), PageAct::Move { to: exhibit(70), before: None });
    assert_eq!(court.rule(&clerk, mixed), Err(MaterialRefusal::OfAnotherSide.into()));
    let to_other = MaterialCommand::Attribute { material: exhibit(70), from: Some(party(1)) };
    assert_eq!(court.rule(&clerk, to_other), Err(MaterialRefusal::SenderKnown.into()));
    court.act(&clerk, arrange(pages(exhibit(70), &own, &[2]), split(exhibit(71)))).expect("its pages may be parted");
    assert_eq!(court.case().materials[&exhibit(71)].by, court.case().materials[&exhibit(70)].by);
    let by_party = arrange(pages(exhibit(70), &own, &[1]), PageAct::LayAside).into();
    let reader = Reader::of(&account(0), court.case());
    assert!(may_command(&reader, court.case(), &by_party).is_err(), "only the clerk keeps the file");
}

#[test]
fn a_party_sees_nothing_of_a_scan_before_its_own_part_entered_the_file() {
    let (mut court, batch, _) = staged();
    let clerk = court.clerk();
    court.act(&clerk, arrange(pages(exhibit(60), &batch, &[5]), split(exhibit(62)))).expect("it is parted");
    court
        .act(&clerk, MaterialCommand::Attribute { material: exhibit(62), from: Some(party(0)) })
        .expect("it is theirs");
    let sees = |court: &Court| {
        let reader = Reader::of(&account(0), court.case());
        may_see(&reader, court.case(), &court.case().materials[&exhibit(62)])
    };
    assert!(!sees(&court), "its file still is the whole scan, with pages of others");
    let made = vec![rendered(court.case(), exhibit(62))];
    court.act(&clerk, MaterialCommand::Enter { materials: vec![exhibit(62)], rendered: made }).expect("it enters");
    assert!(sees(&court));
}

#[test]
fn pages_arranged_after_the_paper_was_put_together_stop_it_from_entering() {
    let (mut court, batch, _) = staged();
    let clerk = court.clerk();
    court.act(&clerk, arrange(pages(exhibit(60), &batch, &[2]), PageAct::LayAside)).expect("laid aside");
    let made = vec![rendered(court.case(), exhibit(60))];
    let enter = |rendered| MaterialCommand::Enter { materials: vec![exhibit(60)], rendered };
    assert_eq!(court.rule(&clerk, enter(vec![])), Err(MaterialRefusal::ArrangedMeanwhile.into()));
    court.act(&clerk, arrange(pages(exhibit(60), &batch, &[3]), PageAct::LayAside)).expect("laid aside");
    assert_eq!(court.rule(&clerk, enter(made)), Err(MaterialRefusal::ArrangedMeanwhile.into()));
    court.act(&clerk, arrange(pages(exhibit(60), &batch, &[1, 4, 5]), PageAct::LayAside)).expect("laid aside");
    let none = vec![rendered(court.case(), exhibit(60))];
    assert_eq!(court.rule(&clerk, enter(none)), Err(MaterialRefusal::NoPages.into()));
}

#[test]
fn after_it_entered_the_file_no_page_is_touched_without_approval() {
    let mut court = arranged();
    let clerk = court.clerk();
    let batch = scan("扫描件一", 5);
    for act in [PageAct::Turn { to: vec![90] }, PageAct::LayAside, split(exhibit(90))] {
        let touched = arrange(pages(exhibit(60), &batch, &[1]), act);
        assert_eq!(court.rule(&clerk, touched), Err(MaterialRefusal::InFileAlready.into()));
    }
}

#[test]
fn erasing_a_paper_takes_the_files_it_was_put_together_from() {
    let court = arranged();
    let case = court.case();
    let gone = bytes_of(case, &case.materials[&exhibit(60)]);
    assert!(gone.contains(&scan("整理件", 5).sha256) || !gone.is_empty());
    assert!(gone.contains(&scan("扫描件二", 2).sha256), "the emptied paper keeps nothing back");
    assert!(!gone.contains(&scan("扫描件一", 5).sha256), "another paper came from it as well");
}

/// An act on pages of the two scans, by chance.
fn any_act() -> impl Strategy<Value = (Vec<(bool, u32)>, u8)> {
    (prop::collection::vec((any::<bool>(), 1..6_u32), 1..4), 0..7_u8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// However pages are moved, laid aside and parted, each page that came lies in exactly one place.
    #[test]
    fn no_page_is_lost_and_none_is_doubled(acts in prop::collection::vec(any_act(), 1..12)) {
        let (mut court, batch, second) = staged();
        let clerk = court.clerk();
        for (next, (chosen, what)) in (80..).zip(acts) {
            let at = |(in_first, page): &(bool, u32)| {
                let file = if *in_first { &batch } else { &second };
                // Wherever the page lies now.
                let lies = |id: &MaterialId| {
                    let paper = &court.case().materials[id];
                    let aside = paper.pages.as_ref().map(|pages| pages.aside.clone()).unwrap_or_default();
                    paper.place == Place::Staged
                        && paper.leaves().iter().chain(&aside).any(|leaf| leaf.file_sha256 == file.sha256 && leaf.page == *page)
                };
                let material = court.case().material_order.iter().copied().find(lies);
                material.map(|material| PageAt { material, file_sha256: file.sha256.clone(), page: *page })
            };
            let pages: Vec<PageAt> = chosen.iter().filter_map(at).collect();
            let act = match what {
                0 => PageAct::Turn { to: vec![90; pages.len()] },
                1 => PageAct::LayAside,
                2 => PageAct::PutBack,
                3 => PageAct::Move { to: exhibit(60), before: None },
                4 => PageAct::Move { to: exhibit(61), before: Some((second.sha256.clone(), 1)) },
                5 => PageAct::Straighten { skew_tenths: 7 },
                _ => split(exhibit(next)),
            };
            // A refusal changes nothing.
            let _ = court.act(&clerk, arrange(pages, act));
        }
        let case = court.case();
        let lies = |paper: &xiezhi_domain::material::Material| {
            let aside = paper.pages.as_ref().map(|pages| pages.aside.clone()).unwrap_or_default();
            paper.leaves().into_iter().chain(aside).map(|leaf| (leaf.file_sha256, leaf.page)).collect::<Vec<_>>()
        };
        let scans = BTreeSet::from([batch.sha256, second.sha256]);
        let mut all: Vec<(String, u32)> = case.materials.values().flat_map(lies).collect();
        all.retain(|(sha256, _)| scans.contains(sha256));
        let count = all.len();
        let distinct: BTreeSet<(String, u32)> = all.into_iter().collect();
        prop_assert_eq!((count, distinct.len()), (7, 7));
    }
}

#[test]
fn the_record_says_where_each_page_of_a_paper_comes_from() {
    let court = arranged();
    let rendered: Vec<&MaterialEvent> = court
        .log
        .iter()
        .filter_map(|(event, _)| match event {
            CaseEvent::Material(event @ MaterialEvent::Rendered { .. }) => Some(event),
            _ => None,
        })
        .collect();
    assert_eq!(rendered.len(), 2);
    let MaterialEvent::Rendered { leaves, originals, .. } = rendered[0] else { unreachable!("filtered") };
    assert!(leaves.iter().all(|leaf| originals.iter().any(|file| file.sha256 == leaf.file_sha256)));
}
