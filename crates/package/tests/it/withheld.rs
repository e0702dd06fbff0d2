//! What a court keeps back because a virus was found in it: the package says so, its hash is proven, and nobody can call
//! anything withheld that is there, or that was never recorded.

use xiezhi_package::{Item, Withheld, layout, sums::sha256_hex};

use crate::packing::{Contents, PAPER, PAPER_PATH, Place, checked};

fn list(sha256: &str) -> Item {
    let row =
        Withheld { sha256: sha256.to_owned(), media: "application/pdf".to_owned(), found: "Test.Virus".to_owned() };
    Item::of(layout::WITHHELD, serde_json::to_vec(&[row]).expect("plain data"))
}

/// The sound package without the bytes of its paper.
fn without_bytes(list: Option<Item>) -> Vec<Item> {
    let mut contents = Contents::sound();
    contents.papers[0].path = None;
    contents.pack_without(PAPER_PATH, list)
}

fn faults(place: &str, items: &[Item]) -> Vec<&'static str> {
    checked(&Place::new(place).lay(items)).faults.iter().map(|fault| fault.code).collect()
}

#[test]
fn a_package_that_says_what_it_withholds_holds_and_the_report_counts_it() {
    let place = Place::new("withheld");
    let packed = || without_bytes(Some(list(&sha256_hex(PAPER))));
    for path in [place.lay(&packed()), place.zip(packed())] {
        let report = checked(&path);
        assert_eq!(report.faults, vec![]);
        assert_eq!((report.proven, report.documents, report.erased, report.withheld), (4, 1, 0, 1));
    }
}

#[test]
fn bytes_that_are_left_out_without_a_word_are_missed() {
    assert_eq!(faults("unsaid", &without_bytes(None)), ["paper.absent", "paper.missing"]);
}

#[test]
fn what_is_here_or_was_never_recorded_cannot_be_called_withheld() {
    assert_eq!(faults("here", &Contents::sound().pack_with(Some(list(&sha256_hex(PAPER))))), ["paper.withheld"]);
    let other = list(&sha256_hex(b"never recorded"));
    assert_eq!(faults("never", &Contents::sound().pack_with(Some(other))), ["paper.withheld"]);
}
