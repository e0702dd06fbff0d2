//! The shadow in SM3 and SM2, against openssl, which shares no code with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xiezhi_ledger::shangmi::{DISTINGUISHING_ID, ShadowFault, ShadowKey, ShadowTree, ShadowVerifier, Sm3Hash};
use xiezhi_ledger::{KeyName, Note};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("shangmi-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).expect("it is written");
    }

    fn openssl(&self, words: &str) -> (bool, Vec<u8>) {
        let ran = Command::new("openssl").args(words.split(' ')).current_dir(&self.0).output().expect("openssl runs");
        (ran.status.success(), ran.stdout)
    }

    fn sm3(&self, bytes: &[u8]) -> Vec<u8> {
        self.put("data", bytes);
        let (good, hash) = self.openssl("dgst -sm3 -binary data");
        assert!(good, "openssl knows SM3");
        hash
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn log() -> KeyName {
    KeyName::new("court.example/record").expect("a name")
}

fn key() -> ShadowKey {
    ShadowKey::from_seed(&log(), &[7; 32]).expect("a key")
}

fn entry(index: u64) -> Vec<u8> {
    format!("entry {index}").into_bytes()
}

fn tree(size: u64) -> ShadowTree {
    let mut tree = ShadowTree::default();
    (0..size).for_each(|index| tree.append(&entry(index)));
    tree
}

/// The root as RFC 6962 defines it, by openssl's SM3.
fn root(folder: &Folder, entries: &[Vec<u8>]) -> Vec<u8> {
    match entries {
        [] => folder.sm3(b""),
        [one] => folder.sm3(&[&[0], one.as_slice()].concat()),
        more => {
            let split = more.len().next_power_of_two() / 2;
            let (left, right) = more.split_at(split);
            folder.sm3(&[vec![1], root(folder, left), root(folder, right)].concat())
        }
    }
}

#[test]
fn a_leaf_of_the_standard_is_what_the_standard_says() {
    // GB/T 32905, example 1, is of \"abc\"; the leaf of \"bc\" begins with another byte.
    let folder = Folder::new("leaf");
    assert_eq!(Sm3Hash::leaf(b"bc").as_bytes().to_vec(), folder.sm3(b"\0bc"));
    let abc = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    let hex: String = folder.sm3(b"abc").iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, abc, "openssl's SM3 is that of the standard");
}

#[test]
fn the_root_is_what_openssl_finds_at_every_size() {
    let folder = Folder::new("root");
    for size in [0, 1, 2, 3, 4, 5, 7, 8, 13, 33] {
        let entries: Vec<_> = (0..size).map(entry).collect();
        assert_eq!(tree(size).root().as_bytes().to_vec(), root(&folder, &entries), "{size}");
    }
}

/// The key as openssl reads it: the curve SM2 (1.2.156.10197.1.301) and the point.
fn pem(verifier: &ShadowVerifier) -> String {
    use base64::Engine;
    let head = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x81, 0x1c,
        0xcf, 0x55, 0x01, 0x82, 0x2d, 0x03, 0x42, 0x00,
    ];
    let der = base64::engine::general_purpose::STANDARD.encode([&head, verifier.point()].concat());
    format!("-----BEGIN PUBLIC KEY-----\n{}\n{}\n-----END PUBLIC KEY-----\n", &der[..64], &der[64..])
}

/// r and s as openssl reads them.
fn der(signature: &[u8]) -> Vec<u8> {
    let integer = |bytes: &[u8]| {
        let at = bytes.iter().position(|byte| *byte != 0).expect("it is not zero");
        let mut number = bytes[at..].to_vec();
        if number[0] & 0x80 != 0 {
            number.insert(0, 0);
        }
        [&[2, u8::try_from(number.len()).expect("it is short")], number.as_slice()].concat()
    };
    let both = [integer(&signature[..32]), integer(&signature[32..])].concat();
    [&[0x30, u8::try_from(both.len()).expect("it is short")], both.as_slice()].concat()
}

#[test]
fn openssl_accepts_the_signature_and_refuses_it_over_another_text() {
    let folder = Folder::new("signature");
    let note = key().sign(&tree(5));
    folder.put("key.pem", pem(key().verifier()).as_bytes());
    folder.put("signature", &der(&note.signatures()[0].payload));
    folder.put("text", note.text().as_bytes());
    folder.put("other", note.text().replace("\n5\n", "\n6\n").as_bytes());
    let verify = |text: &str| {
        let options = format!("-rawin -digest sm3 -pkeyopt distid:{DISTINGUISHING_ID}");
        folder.openssl(&format!("pkeyutl -verify -pubin -inkey key.pem -sigfile signature -in {text} {options}")).0
    };
    assert!(verify("text"), "openssl accepts it");
    assert!(!verify("other"), "of another size");
}

#[test]
fn a_note_is_read_back_with_the_key_and_refused_with_any_other() {
    let note = Note::parse(key().sign(&tree(5)).to_string().as_bytes()).expect("a note");
    let verifier: ShadowVerifier = key().verifier().to_string().parse().expect("a vkey");
    let found = verifier.accept(&note).expect("it holds");
    assert_eq!((found.log.as_str(), found.size, found.root), ("court.example/record", 5, tree(5).root()));
    let stranger = ShadowKey::from_seed(&log(), &[8; 32]).expect("a key");
    assert_eq!(stranger.verifier().accept(&note), Err(ShadowFault::NotSigned));
    let elsewhere =
        ShadowKey::from_seed(&KeyName::new("other.example/record").expect("a name"), &[7; 32]).expect("a key");
    assert_eq!(elsewhere.verifier().accept(&note), Err(ShadowFault::NotSigned));
    assert_eq!(key().sign(&tree(5)), key().sign(&tree(5)), "the same bytes each time");
}

#[test]
fn a_changed_byte_is_found_wherever_it_is() {
    let whole = key().sign(&tree(5)).to_string().into_bytes();
    for place in 0..whole.len() {
        let mut other = whole.clone();
        other[place] ^= 1;
        let accepted = Note::parse(&other).is_ok_and(|note| key().verifier().accept(&note).is_ok());
        assert!(!accepted, "byte {place}");
    }
}
