//! Whom to trust, and how many.

use xiezhi_ledger::note::NoteError;
use xiezhi_ledger::policy::{Cosigned, PolicyError, PolicyFault};
use xiezhi_ledger::{CosigningKey, Policy, SigningKey, Standing};

use crate::people::{ORIGIN, archive, bar, checkpoint, cosigned, log_key, name, signed, strict_policy, tree};

fn witness(number: u8) -> CosigningKey {
    CosigningKey::from_seed(name(&format!("w{number}.example")), &[100 + number; 32])
}

fn log_line() -> String {
    format!("log {}\n", log_key().verifier())
}

/// The example of the specification: two of three, and any of three.
fn two_groups() -> Policy {
    let lines = (1..=6).map(|number| format!("witness w{number} {}\n", witness(number).verifier()));
    let groups = "group X 2 w1 w2 w3\ngroup Y any w4 w5 w6\ngroup both all X Y\nquorum both\n";
    format!("{}{}{groups}", log_line(), lines.collect::<String>()).parse().expect("the policy is well formed")
}

fn fault(text: &str) -> (usize, PolicyFault) {
    let error = text.parse::<Policy>().expect_err("the policy is not well formed");
    (error.line, error.fault)
}

#[test]
fn without_a_quorum_a_checkpoint_is_signed_and_no_more() {
    let policy = Policy::log_only(log_key().verifier()).expect("the key is that of a log");
    let found = policy.accept(&cosigned(&tree(5), &[bar()])).expect("the log signed");
    assert_eq!((found.standing, found.standing.to_string().as_str()), (Standing::Signed, "signed"));
    assert_eq!(found.checkpoint, checkpoint(&tree(5)));
}

#[test]
fn with_its_quorum_a_checkpoint_is_witnessed() {
    let found = strict_policy().accept(&cosigned(&tree(5), &[archive(), bar()])).expect("all signed");
    assert_eq!(found.standing.to_string(), "witnessed by 2 of 2");
    let bar = Cosigned { witness: "bar".into(), at_seconds: 1_700_000_001 };
    let archive = Cosigned { witness: "archive".into(), at_seconds: 1_700_000_000 };
    assert_eq!(found.cosigned, [bar, archive]);
}

#[test]
fn below_its_quorum_a_checkpoint_is_assessed_but_not_accepted() {
    let note = cosigned(&tree(5), &[bar()]);
    let found = strict_policy().assess(&note).expect("the log signed");
    assert_eq!((found.standing, found.accepted, found.cosigned.len()), (Standing::Signed, false, 1));
    assert_eq!(strict_policy().accept(&note), Err(PolicyError::NoQuorum { by: 1, of: 2 }));
}

#[test]
fn groups_of_groups_are_counted_as_the_specification_says() {
    let table: [(&[u8], Option<usize>); 7] = [
        (&[], None),
        (&[1, 2, 3], None),
        (&[1, 4, 5, 6], None),
        (&[1, 2, 4], Some(3)),
        (&[2, 3, 6], Some(3)),
        (&[1, 2, 3, 4, 5, 6], Some(6)),
        (&[4, 5, 6], None),
    ];
    for (numbers, by) in table {
        let witnesses: Vec<_> = numbers.iter().map(|number| witness(*number)).collect();
        let accepted = two_groups().accept(&cosigned(&tree(3), &witnesses)).map(|found| found.standing);
        assert_eq!(accepted.ok(), by.map(|by| Standing::Witnessed { by, of: 6 }), "{numbers:?}");
    }
}

#[test]
fn a_witness_outside_the_quorum_does_not_count() {
    let (inside, outside) = (witness(1), witness(2));
    let lines = format!("witness w1 {}\nwitness w2 {}\nquorum w1\n", inside.verifier(), outside.verifier());
    let policy: Policy = (log_line() + &lines).parse().expect("the policy is well formed");
    let found = policy.accept(&cosigned(&tree(3), &[inside, outside.clone()])).expect("w1 cosigned");
    assert_eq!(found.standing, Standing::Witnessed { by: 1, of: 1 });
    assert!(policy.accept(&cosigned(&tree(3), &[outside])).is_err());
}

#[test]
fn another_log_is_unknown_even_when_a_witness_cosigned_it() {
    let stranger = SigningKey::from_seed(name("other.example/record"), &[8; 32]);
    let mut other = checkpoint(&tree(5));
    other.origin = name("other.example/record");
    let note = other.sign(&stranger).expect("the key is that of the log");
    assert_eq!(strict_policy().assess(&note), Err(PolicyError::UnknownLog(other.origin)));
}

#[test]
fn the_log_itself_must_have_signed() {
    let impostor = SigningKey::from_seed(name(ORIGIN), &[8; 32]);
    let mut note = checkpoint(&tree(5)).sign(&impostor).expect("the name is that of the log");
    assert_eq!(strict_policy().assess(&note), Err(PolicyError::Note(NoteError::NoKnownSignature)));
    let line = bar().cosign(&note, 1).expect("the note is a checkpoint");
    note.add(line).expect("a few signatures fit");
    assert_eq!(strict_policy().assess(&note), Err(PolicyError::NotSignedByLog(name(ORIGIN))));
}

#[test]
fn a_renewed_key_of_the_same_log_is_accepted_beside_the_old_one() {
    let renewed = SigningKey::from_seed(name(ORIGIN), &[8; 32]);
    let text = format!("{}log {}\nquorum none\n", log_line(), renewed.verifier());
    let policy: Policy = text.parse().expect("the policy is well formed");
    assert!(policy.accept(&signed(&tree(5))).is_ok());
    assert!(policy.accept(&checkpoint(&tree(5)).sign(&renewed).expect("the name fits")).is_ok());
}

#[test]
fn a_policy_is_written_so_that_it_is_read_back_alike() {
    let (key, witness) = (log_key(), bar());
    let text = format!(
        "log {} https://court.example/log\nwitness 律师协会 {}\ngroup g 1 律师协会\nquorum g\n",
        key.verifier(),
        witness.verifier()
    );
    assert_eq!(text.parse::<Policy>().expect("the policy is well formed").to_string(), text);
    let again: Policy = two_groups().to_string().parse().expect("it was just written");
    assert_eq!(again.to_string(), two_groups().to_string());
}

#[test]
fn spaces_tabs_and_comments_mean_nothing() {
    let text = format!("# Trust\n\n \t# more\n\tlog \t {}  \n  quorum\tnone", log_key().verifier());
    assert!(text.parse::<Policy>().is_ok());
}

#[test]
fn a_bad_policy_is_refused_with_line_and_reason() {
    let (w1, w2) = (witness(1), witness(2));
    let two = format!("witness a {}\nwitness b {}\n", w1.verifier(), w2.verifier());
    let same_key = CosigningKey::from_seed(name("alias.example"), &[101; 32]);
    let own_witness = CosigningKey::from_seed(name("own.example"), &[1; 32]);
    let table = [
        (String::new(), 1, PolicyFault::NoQuorum),
        (log_line(), 2, PolicyFault::NoQuorum),
        (format!("{two}group g all a b\n"), 4, PolicyFault::NoQuorum),
        ("quorum none\nquorum none\n".into(), 2, PolicyFault::SecondQuorum),
        ("quorum a\n".into(), 1, PolicyFault::UnknownName("a".into())),
        ("quorum\n".into(), 1, PolicyFault::WrongParts),
        ("quorum none none\n".into(), 1, PolicyFault::WrongParts),
        ("trust none\n".into(), 1, PolicyFault::UnknownKeyword),
        ("quorum none\r\n".into(), 1, PolicyFault::ControlCharacter),
        (format!("{two}group a any b\n"), 3, PolicyFault::DuplicateName),
        (format!("{two}group none any b\n"), 3, PolicyFault::DuplicateName),
        (format!("{two}group g any none\n"), 3, PolicyFault::UnknownName("none".into())),
        (format!("{two}group g any g\n"), 3, PolicyFault::UnknownName("g".into())),
        (format!("{two}group g any a a\n"), 3, PolicyFault::RepeatedMember("a".into())),
        (format!("{two}group g any a\ngroup h any a b\n"), 4, PolicyFault::RepeatedMember("a".into())),
        (format!("{two}group g any\n"), 3, PolicyFault::BadThreshold),
        (format!("{two}group g 0 a b\n"), 3, PolicyFault::BadThreshold),
        (format!("{two}group g 3 a b\n"), 3, PolicyFault::BadThreshold),
        (format!("{two}group g 01 a b\n"), 3, PolicyFault::BadThreshold),
        (format!("{two}group g most a b\n"), 3, PolicyFault::BadThreshold),
        (format!("{two}witness c {}\n", same_key.verifier()), 3, PolicyFault::DuplicateKey),
        (format!("{}witness c {}\n", log_line(), own_witness.verifier()), 2, PolicyFault::DuplicateKey),
        (log_line() + &log_line(), 2, PolicyFault::DuplicateKey),
        (format!("log {}\n", w1.verifier()), 1, PolicyFault::WrongKeyType),
        (format!("witness c {}\n", log_key().verifier()), 1, PolicyFault::WrongKeyType),
    ];
    for (text, line, reason) in table {
        assert_eq!(fault(&text), (line, reason), "{text}");
    }
}

#[test]
fn a_retired_key_vouches_for_what_it_signed_and_for_nothing_larger() {
    let renewed = SigningKey::from_seed(name(ORIGIN), &[8; 32]);
    let retired = format!("#log-until 5 {}\n", log_key().verifier());
    let text = format!("{}{retired}log {}\nquorum none\n", log_line(), renewed.verifier());
    let policy: Policy = text.parse().expect("the policy is well formed");
    assert_eq!(policy.to_string(), text);
    assert!(policy.accept(&signed(&tree(5))).is_ok(), "an old proof holds");
    assert_eq!(policy.accept(&signed(&tree(6))), Err(PolicyError::RetiredKey(name(ORIGIN))), "whoever has the old key");
    assert!(policy.accept(&checkpoint(&tree(6)).sign(&renewed).expect("the name fits")).is_ok());
    let widened: Policy = format!("{text}#log-until 9 {}\n", log_key().verifier()).parse().expect("well formed");
    assert!(widened.accept(&signed(&tree(6))).is_err(), "a second line can only narrow");
}

#[test]
fn whoever_knows_only_the_specification_reads_a_policy_with_more_in_its_comments() {
    let more = format!("#log-until 5 {}\n", log_key().verifier());
    let policy: Policy =
        format!("{}{more}quorum none\n#stamp-authority AAEC\n", log_line()).parse().expect("well formed");
    assert_eq!(policy.stamp_authorities(), [vec![0, 1, 2]]);
    let text = policy.to_string();
    let plain = text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>();
    assert_eq!(plain, [log_line().trim_end(), "quorum none"]);
}

#[test]
fn what_a_comment_should_say_and_does_not_is_refused() {
    let (log, other) = (log_line(), witness(1));
    assert_eq!(fault(&format!("{log}#log-until many {}\n", log_key().verifier())), (2, PolicyFault::Unreadable));
    let unknown = PolicyFault::UnknownName("w1.example".into());
    assert_eq!(fault(&format!("{log}#log-until 5 {}\n", other.verifier())), (2, unknown));
    assert_eq!(fault(&format!("{log}#stamp-authority *\n")), (2, PolicyFault::Unreadable));
}
