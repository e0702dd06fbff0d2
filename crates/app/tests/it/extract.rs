//! What a party takes along of its closed case: checked as a whole package is, and nothing of the secondary volume.

use xiezhi_app::{
    AppError,
    access::{AccessEvent, Look},
    package::{ExtractFacts, Packed, Page},
};
use xiezhi_domain::{
    access::{self, Reader},
    material::{Material, Place as In},
    paper::{PaperKind, Volume},
    people::{Actor, Post},
};
use xiezhi_package::{DocumentRow, layout};

use crate::{
    cast::staff,
    court::Court,
    example::account,
    package::{Place, all_bytes},
    steps::Suit,
    story::{told_to_archive, told_to_judgment, told_to_pretrial},
};

fn pages(facts: &ExtractFacts) -> Vec<Page> {
    vec![(layout::INDEX, format!("<!doctype html><title>{}</title>", facts.title))]
}

async fn taken(suit: &Suit, actor: &Actor) -> Packed {
    suit.court.app.take_extract(suit.id, actor, pages).await.expect("a party takes it out")
}

async fn a_party_takes_what_it_may_see_and_it_holds_without_the_court(court: Court) {
    let suit = told_to_archive(court).await;
    let all = all_bytes(&suit.court, &taken(&suit, &account(1)).await).await;
    let place = Place::new("extract");
    place.lay(&all);
    let report = place.check(&suit.court.app.ports().policy.clone());
    assert_eq!(report.faults, vec![]);
    assert!(report.seal.is_none() && report.proven > 0);
    let case = suit.state().await;
    let reader = Reader::of(&account(1), &case);
    let seen = case.materials_in_order().filter(|paper| {
        paper.volume == Volume::Main && paper.place == In::InFile && access::may_take_away(&reader, &case, paper)
    });
    assert_eq!(report.documents, seen.count(), "every paper that it may see, and no other");
    assert_eq!(report.extract.expect("it says what it is").party, case.parties[&reader.party.expect("a party")].name);
}

async fn nothing_of_the_secondary_volume_nor_of_what_was_not_disclosed_is_in_it(court: Court) {
    let suit = told_to_archive(court).await;
    let case = suit.state().await;
    let reader = Reader::of(&account(1), &case);
    let all = all_bytes(&suit.court, &taken(&suit, &account(1)).await).await;
    let rows: Vec<DocumentRow> = serde_json::from_slice(&all[layout::CATALOGUE]).expect("a catalogue");
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), (1..=rows.len() as u32).collect::<Vec<_>>());
    let hidden: Vec<_> = case.materials_in_order().filter(|paper| !access::may_see(&reader, &case, paper)).collect();
    assert!(hidden.iter().any(|paper| paper.volume == Volume::Secondary));
    // An issued document begins with the bytes that were approved: the original's own are in it, and are no secret.
    let issued = |paper: &Material| paper.kind == PaperKind::Original;
    for paper in hidden {
        let bytes = suit.court.app.bytes(&paper.file.sha256).await.expect("its bytes");
        let needles: [&[u8]; 3] = [&bytes, paper.file.sha256.as_bytes(), &paper.id.to_string().into_bytes()];
        for (path, held) in &all {
            for needle in needles.into_iter().skip(usize::from(issued(paper))) {
                let found = held.windows(needle.len()).any(|part| part == needle);
                assert!(!found, "{path} tells of {} ({:?})", paper.title, paper.volume);
            }
        }
    }
}

async fn that_it_left_is_on_the_log_and_nobody_else_takes_it(court: Court) {
    let suit = told_to_judgment(court).await;
    taken(&suit, &account(0)).await;
    let looks = suit.court.app.looks(suit.id).await.expect("looks are read");
    let Some((_, AccessEvent::Looked { reader, look, rule, .. })) = looks.last() else { panic!("a look") };
    assert_eq!((Some(*reader), *look, rule.as_str()), (account(0).person(), Look::Export, "R5"));
    let app = &suit.court.app;
    let judge = suit.judge().await;
    assert!(matches!(app.take_extract(suit.id, &judge, pages).await, Err(AppError::Denied(_))));
    assert!(app.take_extract(suit.id, &staff(Post::Archivist), pages).await.is_err());
    assert!(matches!(app.take_extract(suit.id, &account(7), pages).await, Err(AppError::NotFound)));
    let open = told_to_pretrial(Court::in_memory("2026-02-27").await).await;
    assert!(matches!(open.court.app.take_extract(open.id, &account(0), pages).await, Err(AppError::Denied(_))));
}

over_each_store![
    a_party_takes_what_it_may_see_and_it_holds_without_the_court,
    nothing_of_the_secondary_volume_nor_of_what_was_not_disclosed_is_in_it,
    that_it_left_is_on_the_log_and_nobody_else_takes_it,
];
