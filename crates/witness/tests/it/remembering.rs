//! What a witness cosigned it knows for ever: whoever races, whatever is cut off.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    sync::{Arc, Barrier},
    thread,
};

use xiezhi_ledger::{
    CosigningKey, KeyName,
    witness::{Refusal, cosignature, monitoring_path},
};
use xiezhi_witness::{Fault, KeyKind, Memory, open_key};

use super::{Folder, NOW, bar, name, request, request_of, tree};

fn origin() -> KeyName {
    name("court.example/record")
}

#[test]
fn of_racing_requests_from_the_same_size_one_wins() {
    let folder = Folder::new("race");
    let witness = Arc::new(folder.witness());
    witness.add_checkpoint(request(0, 5).as_bytes(), NOW).expect("the first");
    let start = Arc::new(Barrier::new(8));
    let racing: Vec<_> = (0..8u64)
        .map(|runner| {
            let (witness, start) = (witness.clone(), start.clone());
            // Two histories, and several sizes of each.
            let body = request_of(&tree(6 + runner / 2, 0), 5).to_string();
            thread::spawn(move || {
                start.wait();
                witness.add_checkpoint(body.as_bytes(), NOW).map(|_| 6 + runner / 2)
            })
        })
        .collect();
    let answers: Vec<_> = racing.into_iter().map(|runner| runner.join().expect("it runs")).collect();
    let won: Vec<u64> = answers.iter().filter_map(|answer| answer.as_ref().ok().copied()).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    let kept = witness.last(&origin()).expect("it is read").expect("it is kept");
    assert!(kept.text().contains(&format!("\n{}\n", won[0])), "{kept}");
}

#[test]
fn a_restart_forgets_nothing() {
    let folder = Folder::new("restart");
    folder.witness().add_checkpoint(request(0, 5).as_bytes(), NOW).expect("the first");
    let again = folder.witness();
    let refused = again.add_checkpoint(request_of(&tree(5, 7), 0).to_string().as_bytes(), NOW);
    assert!(matches!(refused, Err(Fault::Refused(Refusal::Conflict { size: 5 }))), "{refused:?}");
    again.add_checkpoint(request(5, 9).as_bytes(), NOW).expect("it continues");
}

#[test]
fn cut_off_between_keeping_and_answering_the_court_asks_again_and_is_answered() {
    let folder = Folder::new("cut-off");
    // What was kept and never answered: the court does not know, and asks from the size before.
    folder.witness().add_checkpoint(request(0, 5).as_bytes(), NOW).expect("kept");
    let again = folder.witness();
    let told = again.add_checkpoint(request(0, 5).as_bytes(), NOW);
    assert!(matches!(told, Err(Fault::Refused(Refusal::Conflict { size: 5 }))), "{told:?}");
    again.add_checkpoint(request(5, 5).as_bytes(), NOW + 9).expect("the same checkpoint is cosigned once more");
}

#[test]
fn cut_off_while_keeping_the_old_checkpoint_stands() {
    let folder = Folder::new("half");
    folder.witness().add_checkpoint(request(0, 5).as_bytes(), NOW).expect("the first");
    let half = folder.0.join(monitoring_path(&origin())).with_extension("new");
    fs::write(half, "court.example/record\n9\n").expect("half a file");
    folder.witness().add_checkpoint(request(5, 7).as_bytes(), NOW).expect("it continues from 5");
}

#[test]
fn a_damaged_memory_cosigns_nothing() {
    let folder = Folder::new("damaged");
    folder.witness().add_checkpoint(request(0, 5).as_bytes(), NOW).expect("the first");
    fs::write(folder.0.join(monitoring_path(&origin())), "").expect("emptied");
    let told = folder.witness().add_checkpoint(request(0, 5).as_bytes(), NOW);
    assert!(matches!(told, Err(Fault::Memory(_))), "{told:?}");
}

#[test]
fn a_disk_that_takes_nothing_gives_no_cosignature() {
    let folder = Folder::new("full");
    let witness = folder.witness();
    let log = folder.0.join(monitoring_path(&origin()));
    // A folder where the file is to be written: as good as a disk that refuses.
    fs::create_dir_all(log.with_extension("new")).expect("a folder");
    let told = witness.add_checkpoint(request(0, 5).as_bytes(), NOW);
    assert!(matches!(told, Err(Fault::Memory(_))), "{told:?}");
    assert!(witness.last(&origin()).expect("it is read").is_none());
}

#[test]
fn two_witnesses_never_share_a_memory() {
    let folder = Folder::new("shared");
    let _first = folder.witness();
    assert!(Memory::open(&folder.0).expect_err("it is held").to_string().contains("another witness"));
}

#[test]
fn a_key_is_made_once_for_its_owner_alone_and_never_signs_under_a_second_name() {
    let folder = Folder::new("key");
    let path = folder.0.join("keys/witness.key");
    let made = open_key(&path, bar().verifier().name(), KeyKind::Ed25519, &[2; 32]).expect("it is made");
    assert_eq!(made.verifier(), bar().verifier());
    assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
    let again = open_key(&path, bar().verifier().name(), KeyKind::Ed25519, &[3; 32]).expect("it is read");
    assert_eq!(again.verifier(), bar().verifier(), "another seed changes nothing");
    open_key(&path, &name("archive.example/witness"), KeyKind::Ed25519, &[2; 32]).expect_err("another name");
}

#[test]
fn while_it_changes_its_key_both_cosign_and_either_is_enough_for_a_reader() {
    let folder = Folder::new("two-keys");
    let former = CosigningKey::from_seed(name("bar.example/witness"), &[3; 32]);
    let asked = request_of(&tree(5, 0), 0);
    let lines =
        folder.witness().beside(former.clone()).add_checkpoint(asked.to_string().as_bytes(), NOW).expect("kept");
    let answer: String = lines.iter().map(|line| format!("{line}\n")).collect();
    for key in [bar(), former] {
        cosignature(&answer, key.verifier(), &asked.checkpoint).expect("each of them made a line");
    }
    let kept = folder.witness().last(&origin()).expect("it is read").expect("it is kept");
    assert_eq!(kept.signatures().len(), 3, "the log's and both of its own");
}
