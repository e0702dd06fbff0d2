//! Names and keys.

use std::sync::Arc;

use proptest::prelude::*;
use xiezhi_ledger::checkpoint::CheckpointError;
use xiezhi_ledger::key::{Algorithm, KeyError, KeyName, Signs, Unsigned};
use xiezhi_ledger::{CosigningKey, SigningKey, VerifierKey};

use crate::people::{ORIGIN, bar, checkpoint, log_key, name, tree};

/// From the tests of Go's sumdb/note.
const PETER_SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const PETER_PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
/// From c2sp.org/signed-note.
const EXAMPLE_PUBLIC: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

#[test]
fn published_keys_are_read_and_written_back() {
    for text in [PETER_PUBLIC, EXAMPLE_PUBLIC] {
        assert_eq!(text.parse::<VerifierKey>().expect("the key is published").to_string(), text);
    }
    let peter = SigningKey::from_secret_text(PETER_SECRET).expect("the key is published");
    assert_eq!(peter.verifier().to_string(), PETER_PUBLIC);
    assert_eq!(peter.to_secret_text(), format!("{PETER_SECRET}\n"));
}

#[test]
fn a_secret_key_survives_its_file() {
    let log = SigningKey::from_secret_text(&log_key().to_secret_text()).expect("the text was just written");
    assert_eq!(log.verifier(), log_key().verifier());
    let witness = CosigningKey::from_secret_text(&bar().to_secret_text()).expect("the text was just written");
    assert_eq!(witness.verifier(), bar().verifier());
}

#[test]
fn the_key_of_a_witness_does_not_sign_for_a_log() {
    let refused = SigningKey::from_secret_text(&bar().to_secret_text());
    assert_eq!(refused.err(), Some(KeyError::UnsupportedAlgorithm(4)));
}

#[test]
fn secrets_are_not_shown_in_logs() {
    assert_eq!(format!("{:?}", log_key()), format!("SigningKey({})", log_key().verifier()));
    assert_eq!(format!("{:?}", bar()), format!("CosigningKey({})", bar().verifier()));
}

#[test]
fn a_name_has_no_spaces_and_no_plus() {
    for bad in ["", "a b", "a+b", "a\u{3000}b", "a\nb", "a\u{7f}", "\u{a0}"] {
        assert_eq!(KeyName::new(bad), Err(KeyError::BadName), "{bad:?}");
    }
    assert!(KeyName::new("法院.example/0691").is_ok());
}

#[test]
fn a_key_under_another_name_is_refused() {
    let moved = PETER_PUBLIC.replace("PeterNeumann", "PeterNewman");
    assert_eq!(moved.parse::<VerifierKey>(), Err(KeyError::WrongId));
}

#[test]
fn a_key_for_which_anybody_can_sign_is_refused() {
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut other_spelling = [0xff; 32];
    (other_spelling[0], other_spelling[31]) = (0xee, 0x7f);
    for point in [identity, [0; 32], other_spelling] {
        assert_eq!(VerifierKey::new(name("weak"), Algorithm::Ed25519, &point), Err(KeyError::BadPoint));
    }
}

#[test]
fn an_unknown_algorithm_is_named() {
    let text = "log+00000000+BekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    assert_eq!(text.parse::<VerifierKey>(), Err(KeyError::UnsupportedAlgorithm(5)));
}

proptest! {
    #[test]
    fn any_changed_character_of_a_key_is_found(hit in any::<prop::sample::Index>(), other in "[ -~]") {
        let mut text = PETER_PUBLIC.to_owned();
        let hit = hit.index(text.len());
        prop_assume!(text[hit..=hit] != other);
        text.replace_range(hit..=hit, &other);
        prop_assert!(text.parse::<VerifierKey>().is_err(), "{}", text);
    }
}

/// A token of the tests: it holds a key, or is out of order.
struct Token {
    key: ed25519_dalek::SigningKey,
    works: bool,
    garbles: bool,
}

impl Signs for Token {
    fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let mut signature = ed25519_dalek::Signer::sign(&self.key, message).to_bytes().to_vec();
        signature[0] ^= u8::from(self.garbles);
        self.works.then_some(signature)
    }
}

#[test]
fn a_key_that_is_somewhere_else_signs_as_one_at_hand_and_what_does_not_hold_goes_nowhere() {
    let seed = [1; 32];
    let held = |works, garbles| {
        let key = ed25519_dalek::SigningKey::from_bytes(&seed);
        let verifier =
            VerifierKey::new(name(ORIGIN), Algorithm::Ed25519, key.verifying_key().as_bytes()).expect("good");
        SigningKey::held(verifier, Arc::new(Token { key, works, garbles }))
    };
    let checkpoint = checkpoint(&tree(5));
    let at_hand = checkpoint.sign(&SigningKey::from_seed(name(ORIGIN), &seed)).expect("its own log");
    assert_eq!(checkpoint.sign(&held(true, false)).expect("it signs"), at_hand);
    for (works, garbles) in [(false, false), (true, true)] {
        let refused = checkpoint.sign(&held(works, garbles));
        assert_eq!(refused, Err(CheckpointError::Unsigned(Unsigned)));
    }
}
