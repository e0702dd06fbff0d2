//! Cosignatures of ML-DSA-44, against what another implementation signed (tests/interop/ml_dsa.py).

use xiezhi_ledger::{CosigningKey, Keyring, Note, Policy, VerifierKey, witness::cosignature};

use crate::people::{bar, checkpoint, cosigned, log_key, name, signed, tree};

const KNOWN: &str = include_str!("../interop/ml_dsa_44.note");

fn key() -> CosigningKey {
    CosigningKey::ml_dsa_44_from_seed(name("w1.example/mldsa"), &[9; 32])
}

#[test]
fn what_another_implementation_signed_holds_and_the_key_of_its_seed_is_ours() {
    let (note, vkey) = KNOWN.trim_end().rsplit_once('\n').expect("a note and a key");
    assert_eq!(key().verifier().to_string(), vkey);
    let known: VerifierKey = vkey.parse().expect("a key");
    let note = Note::parse(format!("{note}\n").as_bytes()).expect("a note");
    let ring = Keyring::new([known]).expect("one key");
    let verified = note.verify(&ring).expect("it holds");
    assert_eq!(verified[0].cosigned_at_seconds, Some(1_700_000_001));
    for (place, line) in note.to_string().lines().take(3).enumerate() {
        let changed = note.to_string().replacen(line, &format!("{line}0"), 1);
        let changed = Note::parse(changed.as_bytes()).expect("a note");
        assert!(changed.verify(&ring).is_err(), "line {place}");
    }
}

#[test]
fn a_policy_takes_a_witness_of_either_kind() {
    let witnesses = format!("witness bar {}\nwitness far {}\n", bar().verifier(), key().verifier());
    let text = format!("log {}\n{witnesses}group both 2 bar far\nquorum both\n", log_key().verifier());
    let policy: Policy = text.parse().expect("the policy is well formed");
    assert_eq!(policy.to_string(), text);
    let found = policy.accept(&cosigned(&tree(5), &[bar(), key()])).expect("both cosigned");
    assert_eq!(found.standing.to_string(), "witnessed by 2 of 2");
    assert!(policy.accept(&cosigned(&tree(5), &[bar()])).is_err());
    let renamed = CosigningKey::ml_dsa_44_from_seed(name("other.example"), &[9; 32]);
    let line = renamed.cosign(&signed(&tree(5)), 1).expect("a checkpoint").to_string();
    let mut note = signed(&tree(5));
    let moved = line.replacen("other.example", "w1.example/mldsa", 1);
    note.add(moved.parse().expect("a line")).expect("it fits");
    assert!(policy.accept(&note).is_err(), "the name is signed");
    assert_eq!(checkpoint(&tree(5)).size, 5);
}

#[test]
fn its_secret_text_is_read_back_and_its_answer_told_from_others() {
    let again = CosigningKey::from_secret_text(&key().to_secret_text()).expect("it was just written");
    assert_eq!(again.verifier(), key().verifier());
    let note = signed(&tree(5));
    let line = again.cosign(&note, 1_700_000_002).expect("a checkpoint");
    let (_, at) = cosignature(&format!("{line}\n"), key().verifier(), &note).expect("it is good");
    assert_eq!(at, 1_700_000_002);
}
