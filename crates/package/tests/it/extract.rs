//! An extract for a party: the paper and the event that brought it, without a seal; and what derived pages may be.

use std::fs;

use xiezhi_package::{
    Bag, Extract, Item, layout,
    layout::{EXTRACT_FORMAT, RENDITIONS},
};

use crate::packing::{Contents, PAPER_PATH, Place, checked};

/// What a party may see of the sound case: its second event and its one paper.
fn extracted(change: impl FnOnce(&mut Contents)) -> Vec<Item> {
    let mut contents = Contents::sound();
    contents.rows.retain(|row| row.rev == 2);
    change(&mut contents);
    let mut bag = Bag::default();
    bag.add(Item::of(layout::INDEX, "<!doctype html><title>材料</title>"));
    bag.add(Item::of(layout::CHECKPOINT, contents.checkpoint));
    bag.add(Item::of(PAPER_PATH, contents.paper));
    let rows = contents.rows.iter().map(|row| format!("{}\n", serde_json::to_string(row).expect("plain data")));
    bag.add(Item::of(layout::EVENTS, rows.collect::<String>()));
    bag.add(Item::of(layout::CATALOGUE, serde_json::to_vec(&contents.papers).expect("plain data")));
    bag.close(Extract {
        format: EXTRACT_FORMAT.to_owned(),
        case: contents.seal.case,
        number: contents.seal.number,
        court: contents.seal.court,
        log: contents.seal.log,
        party: "贾仁诉".to_owned(),
        manifest_sha256: String::new(),
        manifest_sha512: String::new(),
    })
}

fn faults(place: &str, items: &[Item]) -> Vec<&'static str> {
    let place = Place::new(place);
    checked(&place.lay(items)).faults.iter().map(|fault| fault.code).collect()
}

#[test]
fn an_extract_holds_without_a_seal_and_without_the_events_between() {
    let place = Place::new("extract");
    for path in [place.lay(&extracted(|_| {})), place.zip(extracted(|_| {}))] {
        let report = checked(&path);
        assert_eq!(report.faults, vec![]);
        assert_eq!((report.proven, report.documents, report.seal), (1, 1, None));
        assert_eq!(report.extract.expect("it says what it is").party, "贾仁诉");
    }
}

#[test]
fn a_changed_byte_in_any_file_of_an_extract_is_found_by_name() {
    let place = Place::new("extract-byte");
    let items = extracted(|_| {});
    for item in &items {
        let root = place.lay(&items);
        let path = root.join(&item.path);
        let mut spoiled = fs::read(&path).expect("it is read");
        let middle = spoiled.len() / 2;
        spoiled[middle] ^= 1;
        fs::write(&path, &spoiled).expect("it is written");
        let report = checked(&root);
        let first = report.faults.first().unwrap_or_else(|| panic!("{} was not found", item.path));
        assert_eq!(first.file, item.path, "{first}");
    }
}

#[test]
fn what_an_extract_must_not_hold_is_a_fault() {
    let secondary = extracted(|contents| contents.papers[0].volume = "secondary".to_owned());
    assert_eq!(faults("extract-volume", &secondary), ["extract.volume"]);
    let unproven = extracted(|contents| contents.rows.clear());
    assert_eq!(faults("extract-unproven", &unproven), ["event.none", "paper.unknown"]);
    let other_log = extracted(|contents| contents.seal.log = "other.example/record".to_owned());
    assert_eq!(faults("extract-log", &other_log), ["extract.log"]);
}

#[test]
fn a_case_that_calls_itself_an_extract_by_the_way_is_still_short_of_its_seal() {
    let mut whole = Contents::sound().pack();
    whole.retain(|item| item.path != layout::SEAL);
    let place = Place::new("extract-seal");
    let report = checked(&place.lay(&whole));
    assert!(report.faults.iter().any(|fault| fault.file == layout::SEAL), "{:?}", report.faults);
}

#[test]
fn a_rendition_is_listed_beside_its_paper_and_nowhere_else() {
    let page = format!("{RENDITIONS}main/0001-民事起诉状/p0001.jpg");
    let listed = |listed: bool, there: bool| {
        let mut contents = Contents::sound();
        if listed {
            contents.papers[0].renditions = vec![page.clone()];
        }
        let extra = there.then(|| Item::of(page.clone(), "a page"));
        faults(&format!("rendition-{listed}-{there}"), &contents.pack_with(extra))
    };
    assert!(listed(true, true).is_empty() && listed(false, false).is_empty());
    assert_eq!(listed(true, false), ["rendition.missing"]);
    assert_eq!(listed(false, true), ["rendition.unlisted"]);
}
