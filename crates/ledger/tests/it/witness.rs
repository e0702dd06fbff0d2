//! The witness protocol: each answer that a log can get, and why.

use xiezhi_ledger::note::Keyring;
use xiezhi_ledger::witness::{AnswerFault, Refusal, cosignature, monitoring_path, size_of_answer};
use xiezhi_ledger::{AddCheckpoint, Checkpoint, MemoryTree, Note, SigningKey, consistency};

use crate::people::{ORIGIN, archive, bar, checkpoint, cosigned, entry, log_key, name, signed, tree};

fn ring() -> Keyring {
    Keyring::new([log_key().verifier().clone()]).expect("one key")
}

/// A request to continue the tree of `old` entries with that of `new`.
fn request(old: u64, new: u64) -> AddCheckpoint {
    let tree = tree(new);
    let proof = consistency::prove(old, new, &tree).expect("the tree has every node");
    AddCheckpoint { old_size: old, proof, checkpoint: signed(&tree) }
}

fn answer(request: AddCheckpoint, last: Option<&MemoryTree>) -> Result<Note, Refusal> {
    let head = last.map(|tree| checkpoint(tree).head());
    AddCheckpoint::parse(request.to_string().as_bytes())?.admit(&ring())?.follow(head)
}

fn status(request: AddCheckpoint, last: Option<&MemoryTree>) -> u16 {
    answer(request, last).map_or_else(|refusal| refusal.status(), |_| 200)
}

/// Another history of the same log: it has the same size, and other entries.
fn forked(size: u64) -> MemoryTree {
    (1..=size).map(entry).collect()
}

#[test]
fn each_answer_of_the_protocol_has_its_reason() {
    let above = AddCheckpoint { old_size: 9, ..request(0, 5) };
    let unknown = {
        let key = SigningKey::from_seed(name("other.example/record"), &[8; 32]);
        let other = Checkpoint { origin: name("other.example/record"), ..checkpoint(&tree(5)) };
        AddCheckpoint { checkpoint: other.sign(&key).expect("its own log"), ..request(0, 5) }
    };
    let impostor = SigningKey::from_seed(name(ORIGIN), &[8; 32]);
    let unsigned =
        AddCheckpoint { checkpoint: checkpoint(&tree(5)).sign(&impostor).expect("the name fits"), ..request(0, 5) };
    let other_root = AddCheckpoint { checkpoint: signed(&forked(5)), ..request(5, 5) };
    let other_history = AddCheckpoint { checkpoint: signed(&forked(9)), ..request(5, 9) };
    let with_proof = AddCheckpoint { proof: request(3, 5).proof, ..request(0, 5) };
    let short = AddCheckpoint { proof: vec![], ..request(3, 5) };
    let table: [(&str, AddCheckpoint, Option<u64>, u16); 14] = [
        ("the first checkpoint", request(0, 5), None, 200),
        ("a checkpoint that continues the last", request(5, 9), Some(5), 200),
        ("the last one again", request(5, 5), Some(5), 200),
        ("an empty log", request(0, 0), None, 200),
        ("an old size above the new one", above, None, 400),
        ("no signature of the log", unsigned, None, 403),
        ("a log nobody told of", unknown, None, 404),
        ("a log that forgot what was cosigned", request(0, 9), Some(5), 409),
        ("a log that went back", request(3, 3), Some(5), 409),
        ("a log that knows more than the witness", request(3, 5), None, 409),
        ("another root at the same size", other_root, Some(5), 422),
        ("another history", other_history, Some(5), 422),
        ("a proof from nothing", with_proof, None, 422),
        ("a proof that is too short", short, Some(3), 422),
    ];
    for (what, request, last, expected) in table {
        assert_eq!(status(request, last.map(tree).as_ref()), expected, "{what}");
    }
}

#[test]
fn a_conflict_tells_the_size_that_was_cosigned_last() {
    assert_eq!(answer(request(0, 9), Some(&tree(5))), Err(Refusal::Conflict { size: 5 }));
    assert_eq!(answer(request(3, 5), None), Err(Refusal::Conflict { size: 0 }));
}

#[test]
fn a_known_log_without_its_signature_is_not_told_what_was_cosigned() {
    let impostor = SigningKey::from_seed(name(ORIGIN), &[8; 32]);
    let note = checkpoint(&tree(5)).sign(&impostor).expect("the name fits");
    let asked = AddCheckpoint { old_size: 0, proof: vec![], checkpoint: note };
    assert_eq!(answer(asked, Some(&tree(3))), Err(Refusal::NotSigned));
}

#[test]
fn what_is_kept_carries_the_signature_of_the_log_and_no_other() {
    let asked = AddCheckpoint { checkpoint: cosigned(&tree(5), &[archive()]), ..request(0, 5) };
    assert_eq!(answer(asked, None).expect("it is the first"), signed(&tree(5)));
}

#[test]
fn a_request_is_written_as_the_specification_has_it_and_read_back() {
    let text = request(3, 5).to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!((lines[0], lines[lines.len() - 5]), ("old 3", ORIGIN));
    assert_eq!(AddCheckpoint::parse(text.as_bytes()), Ok(request(3, 5)));
}

#[test]
fn what_is_not_a_request_is_refused_unread() {
    let good = request(3, 5).to_string();
    let many =
        good.replacen("old 3\n", &("old 3\n".to_owned() + &format!("{}\n", request(3, 5).proof[0]).repeat(63)), 1);
    let table = [
        String::new(),
        good.replacen("old 3", "old 03", 1),
        good.replacen("old 3", "old -1", 1),
        good.replacen("old ", "", 1),
        good.replacen('\n', "\r\n", 1),
        good.replacen("old 3\n", "old 3\nnot a hash\n", 1),
        good.replacen("\n\n", "\n", 1),
        many,
    ];
    for text in table {
        assert_eq!(AddCheckpoint::parse(text.as_bytes()), Err(Refusal::Malformed), "{text}");
    }
    assert_eq!(AddCheckpoint::parse(&[0xff; 40]), Err(Refusal::Malformed));
}

#[test]
fn only_the_cosignature_of_the_witness_that_was_asked_is_taken() {
    let note = signed(&tree(5));
    let line = |witness: &xiezhi_ledger::CosigningKey, note: &Note| {
        format!("{}\n", witness.cosign(note, 1_700_000_000).expect("a checkpoint"))
    };
    let key = bar().verifier().clone();
    let good = line(&archive(), &note) + &line(&bar(), &note);
    assert_eq!(cosignature(&good, &key, &note).expect("it is there").1, 1_700_000_000);
    let of_another_size = line(&bar(), &signed(&tree(4)));
    let wrong = AnswerFault::WrongSignature(key.name().clone());
    assert_eq!(cosignature(&of_another_size, &key, &note), Err(wrong.clone()));
    assert_eq!(cosignature(&line(&archive(), &note), &key, &note), Err(AnswerFault::NotTheWitness));
    assert_eq!(cosignature("<html>", &key, &note), Err(AnswerFault::Malformed));
    assert_eq!(cosignature("", &key, &note), Err(AnswerFault::Malformed));
    let same_name = xiezhi_ledger::CosigningKey::from_seed(name("bar.example/witness"), &[9; 32]);
    assert_eq!(cosignature(&line(&same_name, &note), &key, &note), Err(AnswerFault::NotTheWitness));
}

#[test]
fn a_size_is_one_decimal_number_and_a_log_has_its_place() {
    let table = [("5\n", Some(5)), ("0\n", Some(0)), ("5", None), ("05\n", None), ("5\n\n", None), ("\n", None)];
    for (text, size) in table {
        assert_eq!(size_of_answer(text), size, "{text:?}");
    }
    // echo -n example.com/behind-the-sofa | sha256sum
    let place = monitoring_path(&name("example.com/behind-the-sofa"));
    assert_eq!(place, "5fd2dc0beb4ce54da5050cf6d5c75248b023abad441c3cecde3976fbe9da4fe4/checkpoint");
}
