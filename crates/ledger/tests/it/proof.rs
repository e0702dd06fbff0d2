//! What a party holds in hand.

use proptest::prelude::*;
use xiezhi_ledger::commitment::CommitmentError;
use xiezhi_ledger::inclusion::{self, InclusionError};
use xiezhi_ledger::note::NoteError;
use xiezhi_ledger::policy::PolicyError;
use xiezhi_ledger::proof::ProofFormatError;
use xiezhi_ledger::{Broken, Hash, RecordProof, Standing};

use crate::people::{archive, bar, body, cosigned, entry, opening, strict_policy, tree};

fn proof(index: u64, size: u64) -> RecordProof {
    let tree = tree(size);
    RecordProof {
        entry: entry(index),
        opening: Some(opening(index)),
        body: None,
        index,
        path: inclusion::prove(index, size, &tree).expect("the tree has every node"),
        checkpoint: cosigned(&tree, &[bar(), archive()]),
    }
}

/// The proof that carries what was recorded.
fn carrying(index: u64, size: u64) -> RecordProof {
    RecordProof { body: Some(body(index)), ..proof(index, size) }
}

fn read_and_verify(text: &str, body: &[u8]) -> Result<Standing, Broken> {
    let proven = RecordProof::parse(text.as_bytes())?.verify(body, &strict_policy())?;
    Ok(proven.assessment.standing)
}

#[test]
fn a_party_checks_a_paper_with_nothing_but_files_in_hand() {
    let text = proof(8, 13).to_string();
    assert_eq!(read_and_verify(&text, &body(8)), Ok(Standing::Witnessed { by: 2, of: 2 }));
    assert_eq!(RecordProof::parse(text.as_bytes()), Ok(proof(8, 13)));
}

#[test]
fn the_only_entry_of_a_log_needs_no_path() {
    let text = proof(0, 1).to_string();
    assert!(text.contains("\nindex 0\n\ncourt.example/"), "{text}");
    assert!(read_and_verify(&text, &body(0)).is_ok());
}

#[test]
fn the_file_is_laid_out_as_the_specification_says() {
    let text = proof(8, 13).to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "c2sp.org/tlog-proof@v1");
    assert!(lines[1].starts_with("extra "));
    assert_eq!(lines[2], "index 8");
    let sibling = Hash::leaf(entry(9).as_bytes());
    assert_eq!(lines[3], sibling.to_base64(), "the sibling comes first");
    assert!(text.ends_with(&format!("\n\n{}", proof(8, 13).checkpoint)), "the checkpoint is verbatim");
}

#[test]
fn a_changed_paper_is_told_from_a_damaged_proof() {
    let whole = proof(8, 13);
    let changed_paper = whole.verify(b"event 2", &strict_policy());
    assert_eq!(changed_paper, Err(Broken::Body(CommitmentError::Mismatch)));

    let damaged = RecordProof { path: whole.path.iter().rev().copied().collect(), ..whole.clone() };
    assert_eq!(damaged.verify(&body(8), &strict_policy()), Err(Broken::Inclusion(InclusionError::WrongRoot)));

    let moved = RecordProof { index: 13, ..whole.clone() };
    let beyond = InclusionError::BeyondTree { index: 13, size: 13 };
    assert_eq!(moved.verify(&body(8), &strict_policy()), Err(Broken::Inclusion(beyond)));

    let unwitnessed = RecordProof { checkpoint: cosigned(&tree(13), &[bar()]), ..whole };
    let too_few = Broken::Checkpoint(PolicyError::NoQuorum { by: 1, of: 2 });
    assert_eq!(too_few.code(), "proof.quorum");
    assert_eq!(unwitnessed.verify(&body(8), &strict_policy()), Err(too_few));
}

#[test]
fn another_entry_of_the_same_text_does_not_pass_for_this_one() {
    let swapped = RecordProof { entry: entry(1), opening: Some(opening(1)), ..proof(8, 13) };
    assert_eq!(body(1), body(8));
    assert_eq!(swapped.verify(&body(8), &strict_policy()), Err(Broken::Inclusion(InclusionError::WrongRoot)));
}

#[test]
fn after_lawful_erasure_the_proof_still_shows_that_something_was_recorded() {
    let text = RecordProof { opening: None, ..proof(8, 13) }.to_string();
    let erased = RecordProof::parse(text.as_bytes()).expect("the proof is well formed");
    assert_eq!(erased.verify_entry(&strict_policy()).map(|proven| proven.index), Ok(8));
    assert_eq!(erased.verify(&body(8), &strict_policy()), Err(Broken::NoOpening));
}

#[test]
fn a_proof_may_carry_what_was_recorded() {
    let text = carrying(8, 13).to_string();
    let read = RecordProof::parse(text.as_bytes()).expect("the proof is well formed");
    assert_eq!(read, carrying(8, 13));
    let (proven, carried) = read.verify_carried(&strict_policy()).expect("it holds");
    assert_eq!((proven.index, carried), (8, &body(8)[..]));

    let other = RecordProof { body: Some(b"event 2".to_vec()), ..proof(8, 13) };
    assert_eq!(other.verify_carried(&strict_policy()), Err(Broken::Body(CommitmentError::Mismatch)));
    assert_eq!(proof(8, 13).verify_carried(&strict_policy()), Err(Broken::NoBody));
    let shut = RecordProof { opening: None, ..carrying(8, 13) }.to_string();
    assert_eq!(RecordProof::parse(shut.as_bytes()).map(|proof| proof.body), Ok(None), "no body without its opening");
}

#[test]
fn a_file_that_is_no_proof_is_refused_with_its_reason() {
    let text = proof(8, 13).to_string();
    let table = [
        (String::new(), ProofFormatError::NoCheckpoint),
        (text.replace("@v1", "@v2"), ProofFormatError::NoHeader),
        (text.replace("extra ", "extra  "), ProofFormatError::BadExtra),
        (text.replace("index 8", "index 08"), ProofFormatError::BadIndex),
        (text.trim_end().to_owned(), ProofFormatError::BadNote(NoteError::Malformed)),
        (text.replace("index 8\n", "index 8\nAAAA\n"), ProofFormatError::BadHash(1)),
    ];
    for (text, reason) in table {
        let read = RecordProof::parse(text.as_bytes());
        assert_eq!(read, Err(Broken::Format(reason)), "{text}");
    }
    assert_eq!(RecordProof::parse(b"\xff"), Err(Broken::Format(ProofFormatError::NoHeader)));
}

#[test]
fn a_path_longer_than_any_tree_is_not_read() {
    let line = format!("{}\n", Hash::empty());
    let text = proof(8, 13).to_string().replace("index 8\n", &format!("index 8\n{}", line.repeat(64)));
    assert_eq!(RecordProof::parse(text.as_bytes()), Err(Broken::Format(ProofFormatError::BadHash(64))));
}

#[test]
fn every_changed_byte_of_a_proof_file_is_found() {
    let policy = strict_policy();
    let beside = |proof: RecordProof| proof.verify(&body(8), &policy).map(drop);
    let within = |proof: RecordProof| proof.verify_carried(&policy).map(drop);
    found_wherever_changed(&proof(8, 13), beside);
    found_wherever_changed(&carrying(8, 13), within);
}

fn found_wherever_changed(proof: &RecordProof, verify: impl Fn(RecordProof) -> Result<(), Broken>) {
    let bytes = proof.to_string().into_bytes();
    for hit in 0..bytes.len() {
        for change in [0x01, 0x20, 0x80] {
            let mut changed = bytes.clone();
            changed[hit] ^= change;
            let verified = RecordProof::parse(&changed).and_then(&verify);
            assert!(verified.is_err(), "byte {hit} changed by {change:#x}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_entry_of_any_log_is_proven_to_its_party(size in 1u64..300, at in any::<prop::sample::Index>()) {
        let index = at.index(size as usize) as u64;
        prop_assert!(read_and_verify(&proof(index, size).to_string(), &body(index)).is_ok());
    }
}
