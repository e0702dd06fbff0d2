//! The log and the witnesses of these tests, and a log of some size.

use xiezhi_ledger::{Checkpoint, CosigningKey, Entry, KeyName, MemoryTree, Note, Opening, Policy, SigningKey};

pub const ORIGIN: &str = "court.example/0691/record";

pub fn name(text: &str) -> KeyName {
    KeyName::new(text).expect("the tests use good names")
}

pub fn log_key() -> SigningKey {
    SigningKey::from_seed(name(ORIGIN), &[1; 32])
}

pub fn bar() -> CosigningKey {
    CosigningKey::from_seed(name("bar.example/witness"), &[2; 32])
}

pub fn archive() -> CosigningKey {
    CosigningKey::from_seed(name("archive.example/witness"), &[3; 32])
}

/// Body of the event at `index`; some are alike, as real ones are.
pub fn body(index: u64) -> Vec<u8> {
    format!("event {}", index % 7).into_bytes()
}

pub fn opening(index: u64) -> Opening {
    let mut opening = Opening { event_id: [9; 16], salt: [5; 32] };
    opening.event_id[..8].copy_from_slice(&index.to_be_bytes());
    opening.salt[..8].copy_from_slice(&index.to_be_bytes());
    opening
}

pub fn entry(index: u64) -> Entry {
    opening(index).commit(&body(index))
}

pub fn tree(size: u64) -> MemoryTree {
    (0..size).map(entry).collect()
}

pub fn checkpoint(tree: &MemoryTree) -> Checkpoint {
    Checkpoint { origin: name(ORIGIN), size: tree.size(), root: tree.root() }
}

pub fn signed(tree: &MemoryTree) -> Note {
    checkpoint(tree).sign(&log_key()).expect("the key is that of the log")
}

pub fn cosigned(tree: &MemoryTree, by: &[CosigningKey]) -> Note {
    let mut note = signed(tree);
    for (at, witness) in by.iter().enumerate() {
        let line = witness.cosign(&note, 1_700_000_000 + at as u64).expect("the note is a checkpoint");
        note.add(line).expect("a few signatures fit");
    }
    note
}

/// Both witnesses must have cosigned.
pub fn strict_policy() -> Policy {
    let (log, bar, archive) = (log_key(), bar(), archive());
    let text = format!(
        "log {}\nwitness bar {}\nwitness archive {}\ngroup both all bar archive\nquorum both\n",
        log.verifier(),
        bar.verifier(),
        archive.verifier()
    );
    text.parse().expect("the policy is well formed")
}
