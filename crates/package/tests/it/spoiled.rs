//! Damage on the way: a byte that changed, a file that is gone or new.

use std::fs;

use crate::packing::{Contents, PAPER_PATH, Place, checked};

#[test]
fn a_changed_byte_in_any_file_is_found_by_name() {
    let place = Place::new("byte");
    let items = Contents::sound().pack();
    for item in &items {
        let root = place.lay(&items);
        let path = root.join(&item.path);
        let whole = fs::read(&path).expect("it is read");
        for at in [0, whole.len() / 3, whole.len() / 2, whole.len() - 1] {
            let mut spoiled = whole.clone();
            spoiled[at] ^= 1;
            fs::write(&path, &spoiled).expect("it is written");
            let report = checked(&root);
            let first = report.faults.first().unwrap_or_else(|| panic!("{} at {at} was not found", item.path));
            assert_eq!(first.file, item.path, "at {at}: {first}");
        }
    }
}

#[test]
fn a_changed_byte_in_a_zip_is_found_by_name() {
    let place = Place::new("zip-byte");
    let path = place.zip(Contents::sound().pack());
    let mut bytes = fs::read(&path).expect("it is read");
    let at = bytes.windows(11).position(|part| part == b"a complaint").expect("the paper is stored as it is");
    bytes[at] ^= 1;
    fs::write(&path, bytes).expect("it is written");
    assert_eq!(checked(&path).faults[0].file, PAPER_PATH);
}

#[test]
fn a_file_that_is_gone_or_was_added_is_found_by_name() {
    let place = Place::new("gone");
    let items = Contents::sound().pack();
    for item in &items {
        let root = place.lay(&items);
        fs::remove_file(root.join(&item.path)).expect("it is taken away");
        let first = checked(&root).faults.remove(0);
        assert_eq!(first.file, item.path, "{first}");
    }
    for added in ["data/documents/0002.pdf", "proof/other", "fetch.txt", "manifest-sm3.txt"] {
        let root = place.lay(&items);
        fs::write(root.join(added), "added").expect("it is added");
        let first = checked(&root).faults.remove(0);
        assert_eq!(first.file, added, "{first}");
    }
}

#[test]
fn a_row_is_named_where_one_of_two_manifests_was_changed() {
    let place = Place::new("row");
    let root = place.lay(&Contents::sound().pack());
    let path = root.join("tagmanifest-sha256.txt");
    let text = fs::read_to_string(&path).expect("it is read");
    fs::write(&path, text.replacen("bagit.txt", "bagot.txt", 1)).expect("it is written");
    let first = checked(&root).faults.remove(0);
    assert_eq!((first.file.as_str(), first.code), ("tagmanifest-sha256.txt", "bag.row_missing"), "{first}");
}
