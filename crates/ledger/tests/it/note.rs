//! Signed notes, checkpoints and cosignatures.

use proptest::prelude::*;
use xiezhi_ledger::checkpoint::CheckpointError;
use xiezhi_ledger::note::{MAX_SIGNATURES, NoteError};
use xiezhi_ledger::{Checkpoint, Hash, Keyring, Note, SigningKey, VerifierKey};

use crate::people::{archive, bar, checkpoint, cosigned, log_key, name, signed, tree};

const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
/// From the tests of Go's sumdb/note.
const PETERS_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const EXAMPLE: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
/// From c2sp.org/signed-note.
const EXAMPLE_NOTE: &str = "This is an example message.\n\n\
    — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

fn ring(keys: &[&str]) -> Keyring {
    let keys = keys.iter().map(|key| key.parse::<VerifierKey>().expect("the key is well formed"));
    Keyring::new(keys).expect("the keys differ")
}

fn parse(text: &str) -> Note {
    Note::parse(text.as_bytes()).expect("the note is well formed")
}

fn log_ring() -> Keyring {
    Keyring::new([log_key().verifier().clone()]).expect("one key is not ambiguous")
}

#[test]
fn published_notes_are_accepted_and_written_back() {
    for (key, text) in [(PETER, PETERS_NOTE), (EXAMPLE, EXAMPLE_NOTE)] {
        let note = parse(text);
        assert_eq!(note.verify(&ring(&[key])).map(|signed| signed.len()), Ok(1));
        assert_eq!(note.to_string(), text);
    }
}

#[test]
fn a_published_key_signs_the_published_signature() {
    let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let peter = SigningKey::from_secret_text(secret).expect("the key is published");
    let text = parse(PETERS_NOTE).text().to_owned();
    assert_eq!(Note::sign(&text, &peter).expect("the text is plain").to_string(), PETERS_NOTE);
}

#[test]
fn unknown_keys_are_passed_over_but_somebody_must_be_known() {
    let note = parse(EXAMPLE_NOTE);
    assert_eq!(note.verify(&ring(&[PETER])), Err(NoteError::NoKnownSignature));
    assert_eq!(note.verify(&ring(&[PETER, EXAMPLE])).map(|signed| signed.len()), Ok(1));
}

#[test]
fn one_wrong_signature_of_a_known_key_spoils_the_note() {
    let (log, witness) = (log_key(), bar());
    let mut note = cosigned(&tree(5), std::slice::from_ref(&witness));
    let mut forged = note.signatures()[1].clone();
    forged.payload[20] ^= 1;
    note.add(forged).expect("a few signatures fit");
    let both = Keyring::new([log.verifier().clone(), witness.verifier().clone()]).expect("the keys differ");
    assert_eq!(note.verify(&both), Err(NoteError::WrongSignature(witness.verifier().name().clone())));
    assert_eq!(note.verify(&log_ring()).map(|signed| signed.len()), Ok(1), "the witness is unknown here");
}

#[test]
fn the_same_key_counts_once() {
    let mut note = signed(&tree(5));
    note.add(note.signatures()[0].clone()).expect("a few signatures fit");
    assert_eq!(note.verify(&log_ring()).map(|signed| signed.len()), Ok(1));
}

#[test]
fn two_keys_that_look_alike_do_not_go_on_one_ring() {
    let key = log_key().verifier().clone();
    let refused = Keyring::new([key.clone(), key.clone()]).err();
    assert_eq!(refused, Some(NoteError::AmbiguousKey(key.name().clone())));
}

#[test]
fn the_last_empty_line_ends_the_text() {
    let text = "one\n\ntwo\n\n\nthree\n";
    let note = Note::sign(text, &log_key()).expect("the text is plain");
    assert_eq!(parse(&note.to_string()).text(), text);
    assert_eq!(parse(&note.to_string()), note);
}

#[test]
fn a_text_that_is_no_note_is_refused_with_its_reason() {
    let table = [
        ("", NoteError::Malformed),
        ("text\n", NoteError::Malformed),
        ("text\n\n", NoteError::Malformed),
        ("\n\n— a AAAAAAA=\n", NoteError::Malformed),
        ("text\n\n— a AAAAAAA=", NoteError::Malformed),
        ("text\n\n— a AAAAAAA=\nnext\n", NoteError::BadLine(2)),
        ("text\n\n-- a AAAAAAA=\n", NoteError::BadLine(1)),
        ("text\n\n— a\n", NoteError::BadLine(1)),
        ("text\n\n— a AAAA\n", NoteError::BadLine(1)),
        ("text\n\n— a AAAAAAA\n", NoteError::BadLine(1)),
        ("text\n\n— a AAAAAAB=\n", NoteError::BadLine(1)),
        ("text\n\n— a+b AAAAAAA=\n", NoteError::BadLine(1)),
        ("text\n\n—  AAAAAAA=\n", NoteError::BadLine(1)),
        ("te\txt\n\n— a AAAAAAA=\n", NoteError::NotText),
        ("text\r\n\n— a AAAAAAA=\n", NoteError::NotText),
    ];
    for (text, reason) in table {
        assert_eq!(Note::parse(text.as_bytes()), Err(reason), "{text:?}");
    }
    assert_eq!(Note::parse(b"\xff\n\n"), Err(NoteError::NotText));
    assert_eq!(Note::parse(&vec![b'a'; 2 << 20]), Err(NoteError::TooLong));
}

#[test]
fn sixteen_signatures_are_read_and_a_flood_is_not() {
    let line = "— a AAAAAAA=\n";
    assert!(Note::parse(format!("text\n\n{}", line.repeat(16)).as_bytes()).is_ok());
    let flood = format!("text\n\n{}", line.repeat(MAX_SIGNATURES + 1));
    assert_eq!(Note::parse(flood.as_bytes()), Err(NoteError::TooManySignatures));
}

#[test]
fn a_text_without_its_last_line_end_is_not_signed() {
    for text in ["", "\n", "text", "te\u{0}xt\n"] {
        assert!(Note::sign(text, &log_key()).is_err(), "{text:?}");
    }
}

#[test]
fn a_checkpoint_has_exactly_three_strict_lines() {
    let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    let good = format!("example.com/behind-the-sofa\n20852163\n{root}\n");
    assert_eq!(good.parse::<Checkpoint>().expect("the text is published").to_string(), good);
    let table = [
        (format!("log\n1\n{root}"), CheckpointError::NotThreeLines),
        (format!("log\n1\n{root}\nextension\n"), CheckpointError::NotThreeLines),
        (format!("log\n1\n{root}\n\n"), CheckpointError::NotThreeLines),
        (format!("\n1\n{root}\n"), CheckpointError::BadOrigin),
        (format!("a log\n1\n{root}\n"), CheckpointError::BadOrigin),
        (format!("log\n01\n{root}\n"), CheckpointError::BadSize),
        (format!("log\n+1\n{root}\n"), CheckpointError::BadSize),
        (format!("log\n-1\n{root}\n"), CheckpointError::BadSize),
        (format!("log\n9223372036854775808\n{root}\n"), CheckpointError::BadSize),
        ("log\n1\nAAAA\n".to_owned(), CheckpointError::BadRoot),
        (format!("log\n1\n {root}\n"), CheckpointError::BadRoot),
        (format!("log\n0\n{root}\n"), CheckpointError::NotEmptyRoot),
    ];
    for (text, reason) in table {
        assert_eq!(text.parse::<Checkpoint>(), Err(reason), "{text:?}");
    }
    assert!(format!("log\n0\n{}\n", Hash::empty()).parse::<Checkpoint>().is_ok());
}

#[test]
fn a_log_signs_only_under_its_own_name() {
    let stranger = SigningKey::from_seed(name("other.example/record"), &[1; 32]);
    let refused = checkpoint(&tree(3)).sign(&stranger);
    assert!(matches!(refused, Err(CheckpointError::ForeignKey { .. })), "{refused:?}");
}

#[test]
fn a_witness_cosigns_checkpoints_and_says_when() {
    let note = cosigned(&tree(5), &[bar(), archive()]);
    let keys = Keyring::new([archive().verifier().clone()]).expect("one key is not ambiguous");
    let verified = note.verify(&keys).expect("the cosignature is good");
    assert_eq!(verified[0].cosigned_at_seconds, Some(1_700_000_001));
    let letter = Note::sign("not a checkpoint\n", &log_key()).expect("the text is plain");
    assert!(bar().cosign(&letter, 1).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_changed_byte_of_a_signed_checkpoint_is_found(hit in any::<prop::sample::Index>(), change in 1u8..) {
        let mut bytes = signed(&tree(5)).to_string().into_bytes();
        let hit = hit.index(bytes.len());
        bytes[hit] ^= change;
        let verified = Note::parse(&bytes).and_then(|note| note.verify(&log_ring()).map(|_| note));
        prop_assert!(verified.is_err(), "byte {}", hit);
    }

    #[test]
    fn bytes_from_anywhere_never_stop_the_program(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC*") {
        let _ = Note::parse(&bytes);
        let _ = Note::parse(format!("{text}\n\n— {text}\n").as_bytes());
        let _ = text.parse::<VerifierKey>();
    }
}
