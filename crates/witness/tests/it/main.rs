//! What a witness answers, remembers, and never does.

mod answers;
mod remembering;

use std::{
    fs,
    path::{Path, PathBuf},
};

use xiezhi_ledger::{
    AddCheckpoint, Checkpoint, CosigningKey, KeyName, Keyring, MemoryTree, Opening, SigningKey, consistency,
};
use xiezhi_witness::{Memory, Witness};

/// When everything here happens.
const NOW: u64 = 1_790_000_000;

fn name(text: &str) -> KeyName {
    KeyName::new(text).expect("a good name")
}

fn court() -> SigningKey {
    SigningKey::from_seed(name("court.example/record"), &[1; 32])
}

fn bar() -> CosigningKey {
    CosigningKey::from_seed(name("bar.example/witness"), &[2; 32])
}

/// The history of a court; another `salt` is another history.
fn tree(size: u64, salt: u8) -> MemoryTree {
    let entry = |index: u64| {
        let mut event_id = [salt; 16];
        event_id[..8].copy_from_slice(&index.to_be_bytes());
        Opening { event_id, salt: [salt; 32] }.commit(b"event")
    };
    (0..size).map(entry).collect()
}

fn request_of(tree: &MemoryTree, old_size: u64) -> AddCheckpoint {
    let proof = consistency::prove(old_size, tree.size(), tree).expect("the tree has every node");
    let checkpoint = Checkpoint { origin: name("court.example/record"), size: tree.size(), root: tree.root() };
    AddCheckpoint { old_size, proof, checkpoint: checkpoint.sign(&court()).expect("its own log") }
}

fn request(old_size: u64, size: u64) -> String {
    request_of(&tree(size, 0), old_size).to_string()
}

/// A folder that is gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("witness-{name}-{}", std::process::id()));
        let _absent = fs::remove_dir_all(&path);
        Self(path)
    }

    fn witness(&self) -> Witness {
        let logs = Keyring::new([court().verifier().clone()]).expect("one key");
        Witness::new(bar(), logs, Memory::open(&self.0).expect("nobody else holds it"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}
