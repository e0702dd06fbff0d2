//! A forger who packs anew, with manifests that fit: the log, the seal and the papers still say so.

use xiezhi_package::{Fault, check, layout, open, sums::Sums};

use crate::packing::{Contents, PAPER_PATH, Place, checked, other_policy};

fn forged(name: &str, change: impl FnOnce(&mut Contents)) -> Vec<Fault> {
    let mut contents = Contents::sound();
    change(&mut contents);
    checked(&Place::new(name).lay(&contents.pack())).faults
}

fn first(name: &str, change: impl FnOnce(&mut Contents)) -> (String, Option<u64>, &'static str) {
    let fault = forged(name, change).into_iter().next().expect("it is found");
    (fault.file, fault.row, fault.code)
}

fn in_events(row: u64, code: &'static str) -> (String, Option<u64>, &'static str) {
    (layout::EVENTS.to_owned(), Some(row), code)
}

#[test]
fn another_body_is_found_in_its_row() {
    let told =
        first("body", |contents| contents.rows[3].body = Some(r#"{"event":"archive.lent.v1","to":1}"#.to_owned()));
    assert_eq!(told, in_events(4, "event.body"));
}

#[test]
fn an_event_that_was_left_out_is_found_in_the_row_after_it() {
    assert_eq!(first("gap", |contents| drop(contents.rows.remove(1))), in_events(2, "event.gap"));
}

#[test]
fn an_event_that_the_log_never_had_is_found_in_its_row() {
    let made_up = |contents: &mut Contents| {
        let mut row = contents.rows[3].clone();
        (row.rev, row.position) = (5, row.position + 1);
        contents.rows.push(row);
    };
    assert_eq!(first("made-up", made_up), in_events(5, "event.inclusion"));
}

#[test]
fn a_body_that_is_withheld_without_its_salt_is_found_in_its_row() {
    assert_eq!(first("withheld", |contents| contents.rows[0].body = None), in_events(1, "event.body"));
}

#[test]
fn who_acted_and_when_is_under_the_seal() {
    let file = layout::EVENTS.to_owned();
    assert_eq!(
        first("actor", |contents| contents.rows[0].actor = "system".to_owned()),
        (file.clone(), None, "seal.record")
    );
    assert_eq!(first("when", |contents| contents.rows[1].at_us += 1), (file, None, "seal.record"));
}

#[test]
fn another_paper_under_the_same_name_is_found_by_name() {
    let told = first("paper", |contents| contents.paper = b"%PDF-1.7 another".to_vec());
    assert_eq!(told, (PAPER_PATH.to_owned(), None, "paper.changed"));
}

#[test]
fn a_paper_that_no_event_names_is_found_in_the_catalogue() {
    let swapped = |contents: &mut Contents| {
        contents.paper = b"%PDF-1.7 another".to_vec();
        contents.papers[0].sha256 = Sums::of(&contents.paper).sha256;
    };
    assert_eq!(first("unknown", swapped), (layout::CATALOGUE.to_owned(), Some(1), "paper.unknown"));
}

#[test]
fn a_paper_that_was_left_out_is_found_by_the_event_that_names_it() {
    let codes: Vec<_> =
        forged("left-out", |contents| contents.papers.clear()).into_iter().map(|fault| fault.code).collect();
    assert!(codes.contains(&"paper.unlisted") && codes.contains(&"seal.paper"), "{codes:?}");
}

#[test]
fn another_list_of_sealed_papers_is_not_the_one_that_was_sealed() {
    let told = first("list", |contents| contents.sealed_papers.push_str(&contents.sealed_papers.clone()));
    assert_eq!(told, (layout::SEALED_PAPERS.to_owned(), None, "seal.papers"));
}

#[test]
fn a_seal_that_says_something_else_than_its_event_is_found() {
    let told = first("seal", |contents| contents.seal.archive_no = "民初-2026-Y-1".to_owned());
    assert_eq!(told, (layout::SEAL.to_owned(), None, "seal.differs"));
}

#[test]
fn a_checkpoint_of_another_key_proves_nothing() {
    let place = Place::new("key");
    let root = place.lay(&Contents::sound().pack());
    let report = check(&mut *open(&root).expect("it is opened"), &other_policy());
    assert_eq!((report.faults[0].file.as_str(), report.faults[0].code), (layout::CHECKPOINT, "checkpoint.signature"));
    assert_eq!(report.proven, 0);
}
