//! Checking off line.

use std::io::{Cursor, Write as _};

use jiff::civil::date;
use sha2::{Digest, Sha256};
use xiezhi_app::issuing;
use xiezhi_ledger::{
    checkpoint::Checkpoint,
    commitment::Opening,
    hash::Hash,
    key::{KeyName, SigningKey},
    proof::RecordProof,
};
use xiezhi_signing::{Signing, authority::Subject, sign_pdf};

use super::{Folder, run, said};

const BODY: &str = "{\"event\":\"review.filed.v1\"}";

fn key() -> SigningKey {
    SigningKey::from_seed(KeyName::new("court.example/log/record".to_owned()).expect("a name"), &[7; 32])
}

/// A proof of a record with one event.
fn proof() -> String {
    let opening = Opening { event_id: [1; 16], salt: [2; 32] };
    let entry = opening.commit(BODY.as_bytes());
    let root = Hash::leaf(entry.as_bytes());
    let checkpoint = Checkpoint { origin: key().verifier().name().clone(), size: 1, root };
    let checkpoint = checkpoint.sign(&key()).expect("the key signs its own log");
    RecordProof { entry, opening: Some(opening), body: None, index: 0, path: vec![], checkpoint }.to_string()
}

fn laid(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("policy", &format!("log {}\nquorum none\n", key().verifier()));
    folder.write("event.json.tlog-proof", &proof());
    folder.write("event.json", BODY);
    folder
}

fn verify(folder: &Folder, file: &str, more: &[&str]) -> (Option<i32>, String) {
    let answer = run(&[&["verify", &folder.path(file)], more].concat());
    (answer.status.code(), said(&answer.stdout) + &said(&answer.stderr))
}

#[test]
fn a_proof_holds_for_the_text_beside_it_and_for_no_other() {
    let folder = laid("proof");
    let policy = folder.path("policy");
    let (code, told) = verify(&folder, "event.json.tlog-proof", &["--policy", &policy]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("the text is what was recorded"), "{told}");
    folder.write("event.json", "{\"event\":\"review.returned.v1\"}");
    let (code, told) = verify(&folder, "event.json.tlog-proof", &["--policy", &policy]);
    assert_eq!(code, Some(1));
    assert!(told.contains("proof.body"), "{told}");
}

#[test]
fn a_damaged_proof_does_not_hold_and_one_without_a_policy_is_not_checked() {
    let folder = laid("damaged");
    assert_eq!(verify(&folder, "event.json.tlog-proof", &[]).0, Some(2));
    folder.write("event.json.tlog-proof", &proof().replace("index 0", "index 1"));
    let (code, told) = verify(&folder, "event.json.tlog-proof", &["--policy", &folder.path("policy")]);
    assert_eq!(code, Some(1));
    assert!(told.contains("proof.inclusion"), "{told}");
}

/// A policy that asks for both of two witnesses; `by` of them cosigned the checkpoint at that second of 2026.
fn witnessed(folder: &Folder, by: &[(u8, u64)]) -> String {
    let witness = |number: u8| {
        let name = KeyName::new(format!("w{number}.example")).expect("a name");
        xiezhi_ledger::CosigningKey::from_seed(name, &[100 + number; 32])
    };
    let lines = [1, 2].map(|number| format!("witness w{number} {}\n", witness(number).verifier()));
    let text = format!("log {}\n{}group both all w1 w2\nquorum both\n", key().verifier(), lines.concat());
    let mut proof = RecordProof::parse(proof().as_bytes()).expect("a proof");
    for (number, second) in by {
        let line = witness(*number).cosign(&proof.checkpoint, 1_767_225_600 + second).expect("a checkpoint");
        proof.checkpoint.add(line).expect("a few fit");
    }
    folder.write("event.json.tlog-proof", &proof.to_string());
    folder.write("checkpoint", &proof.checkpoint.to_string());
    folder.write("policy", &text)
}

#[test]
fn it_is_told_which_witnesses_saw_it_and_when() {
    let folder = laid("witnessed");
    let policy = witnessed(&folder, &[(1, 5), (2, 7)]);
    for file in ["event.json.tlog-proof", "checkpoint"] {
        let (code, told) = verify(&folder, file, &["--policy", &policy]);
        assert_eq!(code, Some(0), "{told}");
        assert!(told.contains("witnessed by 2 of 2"), "{told}");
        assert!(told.contains("w1 saw it at 2026-01-01T00:00:05Z"), "{told}");
        assert!(told.contains("w2 saw it at 2026-01-01T00:00:07Z"), "{told}");
    }
}

#[test]
fn with_fewer_witnesses_than_the_policy_asks_for_it_does_not_hold() {
    let folder = laid("one-witness");
    let policy = witnessed(&folder, &[(2, 7)]);
    for (file, broken) in [("event.json.tlog-proof", "proof.quorum"), ("checkpoint", "checkpoint.quorum")] {
        let (code, told) = verify(&folder, file, &["--policy", &policy]);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains("is signed") && told.contains("w2 saw it at"), "{told}");
        assert!(told.contains("more witnesses") && told.contains(broken), "{told}");
    }
    assert_eq!(verify(&folder, "checkpoint", &[]).0, Some(2), "no policy, no check");
}

/// The smallest PDF there is, signed by the demonstration authority of these 32 bytes.
fn signed() -> Vec<u8> {
    let signer =
        issuing::authority(&[9; 32]).issue(Subject { name: "甄明理", organisation: "演示", id: "1" }, issuing::term());
    let at = xiezhi_domain::moment::instant(date(2026, 4, 3), 9, 0);
    let plain = plain_pdf();
    sign_pdf(&plain, &signer, &Signing { appearance: None, signed_at: at, reason: "签发" }).expect("it can be signed")
}

fn plain_pdf() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut pdf = "%PDF-1.7\n".to_owned();
    let mut places = vec![];
    for (place, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf += &format!("{} 0 obj\n{object}\nendobj\n", place + 1);
    }
    let table = pdf.len();
    pdf += "xref\n0 4\n0000000000 65535 f \n";
    for place in places {
        pdf += &format!("{place:010} 00000 n \n");
    }
    pdf += &format!("trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    pdf.into_bytes()
}

#[test]
fn a_signed_paper_holds_where_its_root_is_trusted() {
    let folder = Folder::new("paper");
    std::fs::write(folder.path("judgment.pdf"), signed()).expect("written");
    let root = folder.write("root.pem", &issuing::authority(&[9; 32]).trust_root().to_pem());
    let (code, told) = verify(&folder, "judgment.pdf", &["--root", &root]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("甄明理"), "{told}");
    assert_eq!(verify(&folder, "judgment.pdf", &[]).0, Some(1), "no root, no trust");
}

#[test]
fn a_changed_or_unsigned_paper_does_not_hold() {
    let folder = Folder::new("changed");
    let root = folder.write("root.pem", &issuing::authority(&[9; 32]).trust_root().to_pem());
    let mut changed = signed();
    let at = changed.windows(3).position(|three| three == b"595").expect("the width of the page");
    changed[at] = b'4';
    std::fs::write(folder.path("changed.pdf"), changed).expect("written");
    assert_eq!(verify(&folder, "changed.pdf", &["--root", &root]).0, Some(1));
    std::fs::write(folder.path("plain.pdf"), plain_pdf()).expect("written");
    assert_eq!(verify(&folder, "plain.pdf", &["--root", &root]).0, Some(1));
    folder.write("notes.txt", "neither");
    assert_eq!(verify(&folder, "notes.txt", &["--root", &root]).0, Some(2));
}

/// The record of one paper: what the court said of these bytes, proven and witnessed by both.
fn recorded(folder: &Folder, paper: &[u8]) -> (String, String) {
    let hash: String = Sha256::digest(paper).iter().map(|byte| format!("{byte:02x}")).collect();
    let body = format!(
        r#"{{"event":"issuing.issued.v1","title":"民事判决书","file":{{"sha256":"{hash}"}},"recorded":{{"at":"2026-04-03T01:30:00Z"}}}}"#
    );
    let opening = Opening { event_id: [3; 16], salt: [4; 32] };
    let entry = opening.commit(body.as_bytes());
    let root = Hash::leaf(entry.as_bytes());
    let checkpoint = Checkpoint { origin: key().verifier().name().clone(), size: 1, root };
    let mut checkpoint = checkpoint.sign(&key()).expect("the key signs its own log");
    let policy = witnessed(folder, &[(1, 5), (2, 7)]);
    for number in [1, 2] {
        let name = KeyName::new(format!("w{number}.example")).expect("a name");
        let witness = xiezhi_ledger::CosigningKey::from_seed(name, &[100 + number; 32]);
        checkpoint.add(witness.cosign(&checkpoint, 1_767_225_600).expect("a checkpoint")).expect("a few fit");
    }
    let proof = RecordProof {
        entry,
        opening: Some(opening),
        body: Some(body.into_bytes()),
        index: 0,
        path: vec![],
        checkpoint,
    };
    (policy, proof.to_string())
}

fn kept(folder: &Folder, files: &[(&str, &[u8])]) -> Vec<u8> {
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in files {
        zip.start_file(*name, plain).expect("a file");
        zip.write_all(bytes).expect("in memory");
    }
    let bytes = zip.finish().expect("it is packed").into_inner();
    std::fs::write(folder.path("kept.zip"), &bytes).expect("written");
    bytes
}

#[test]
fn a_kept_paper_holds_with_nothing_but_the_policy() {
    let (folder, paper) = (laid("kept"), signed());
    let (policy, proof) = recorded(&folder, &paper);
    kept(
        &folder,
        &[("判决.pdf", &paper[..]), ("判决.pdf.tlog-proof", proof.as_bytes()), ("README.txt", &b"words"[..])],
    );
    let (code, told) = verify(&folder, "kept.zip", &["--policy", &policy]);
    assert_eq!(code, Some(0), "{told}");
    for words in [
        "entry 0 of court.example/log/record",
        "witnessed by 2 of 2",
        "《民事判决书》",
        "2026-04-03T01:30:00Z",
        "甄明理",
        "HOLDS",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert_eq!(verify(&folder, "kept.zip", &[]).0, Some(2), "without a policy nothing is checked");
    let other = folder.write("other.pem", &issuing::authority(&[8; 32]).trust_root().to_pem());
    let (code, told) = verify(&folder, "kept.zip", &["--policy", &policy, "--root", &other]);
    assert_eq!(code, Some(1), "a root was named, and it does not vouch");
    assert!(told.contains("signature.signer"), "{told}");
}

#[test]
fn a_paper_is_held_against_the_proof_beside_it() {
    let (folder, paper) = (laid("beside"), plain_pdf());
    let (policy, proof) = recorded(&folder, &paper);
    std::fs::write(folder.path("notice.pdf"), &paper).expect("written");
    folder.write("notice.pdf.tlog-proof", &proof);
    for file in ["notice.pdf", "notice.pdf.tlog-proof"] {
        let (code, told) = verify(&folder, file, &["--policy", &policy]);
        assert_eq!(code, Some(0), "nobody signed it, but the court recorded it: {told}");
        assert!(told.contains("this very file"), "{told}");
    }
    let (code, told) = verify(&folder, "notice.pdf", &[]);
    assert_eq!(code, Some(1), "without a policy only signatures count, and there are none: {told}");
    assert!(told.contains("proof is not checked"), "{told}");
    let changed = String::from_utf8(paper).expect("plain").replace("595", "495");
    folder.write("notice.pdf", &changed);
    for file in ["notice.pdf", "notice.pdf.tlog-proof"] {
        let (code, told) = verify(&folder, file, &["--policy", &policy]);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains("paper.changed"), "{told}");
    }
}

#[test]
fn whatever_is_missing_or_changed_in_a_kept_paper_is_named() {
    let (folder, paper) = (laid("broken"), plain_pdf());
    let (policy, proof) = recorded(&folder, &paper);
    let (pdf, name) = (("notice.pdf", &paper[..]), "notice.pdf.tlog-proof");
    let mut changed = paper.clone();
    changed[12] ^= 1;
    let otherwise = proof.replace("index 0", "index 1");
    let table = [
        (vec![pdf], "archive.no_proof"),
        (vec![(name, proof.as_bytes())], "archive.no_paper"),
        (vec![("notice.pdf", &changed[..]), (name, proof.as_bytes())], "paper.changed"),
        (vec![pdf, (name, otherwise.as_bytes())], "proof.inclusion"),
        (vec![pdf, (name, proof.as_bytes()), ("more.pdf", &changed[..])], "archive.no_proof"),
    ];
    for (files, broken) in table {
        kept(&folder, &files);
        let (code, told) = verify(&folder, "kept.zip", &["--policy", &policy]);
        assert_eq!(code, Some(1), "{broken}: {told}");
        assert!(told.contains(broken), "{broken} in {told}");
    }
    kept(&folder, &[("README.txt", &b"words"[..])]);
    assert_eq!(verify(&folder, "kept.zip", &["--policy", &policy]).0, Some(2), "there is nothing to check");
}

#[test]
fn a_changed_byte_of_a_kept_paper_is_found_wherever_it_is() {
    let (folder, paper) = (laid("flipped"), plain_pdf());
    let (policy, proof) = recorded(&folder, &paper);
    let whole = kept(&folder, &[("notice.pdf", &paper[..]), ("notice.pdf.tlog-proof", proof.as_bytes())]);
    // Each file lies in it as it is; what the archive itself says of days and sizes is nobody's claim.
    let place = |file: &[u8]| whole.windows(file.len()).position(|part| part == file).expect("it lies in it");
    for file in [&paper[..], proof.as_bytes()] {
        for at in (place(file)..place(file) + file.len()).step_by(file.len() / 12) {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            std::fs::write(folder.path("kept.zip"), changed).expect("written");
            let (code, told) = verify(&folder, "kept.zip", &["--policy", &policy]);
            assert_eq!(code, Some(1), "byte {at}: {told}");
        }
    }
}

#[test]
fn what_a_witness_answered_is_checked_with_its_checkpoint() {
    let folder = laid("cosigned");
    let policy = witnessed(&folder, &[(1, 5), (2, 7)]);
    let whole = std::fs::read_to_string(folder.path("checkpoint")).expect("written");
    let (signed, second) = whole.trim_end().rsplit_once('\n').expect("lines");
    let bare = folder.write("bare", &format!("{signed}\n"));
    folder.write("answer", &format!("{second}\n"));
    assert_eq!(verify(&folder, "answer", &["--policy", &policy]).0, Some(2), "no checkpoint, no check");
    let (code, told) = verify(&folder, "answer", &["--policy", &policy, "--checkpoint", &bare]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("witnessed by 2 of 2"), "{told}");
    let at = second.len() - 6;
    let other = if second.as_bytes()[at] == b'A' { "B" } else { "A" };
    folder.write("answer", &format!("{}{other}{}\n", &second[..at], &second[at + 1..]));
    let (code, told) = verify(&folder, "answer", &["--policy", &policy, "--checkpoint", &bare]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("checkpoint.refused"), "{told}");
}

/// A time stamp over the checkpoint of a proof, and the policy with the authority in it.
fn stamped(folder: &Folder, policy: &str, proof: &str) -> (String, Vec<u8>) {
    use xiezhi_signing::{
        StampQuestion,
        authority::{Authority, Term},
        stamp,
    };
    let at = |text: &str| text.parse().expect("a moment");
    let term = Term { from_at: at("2020-01-01T00:00:00Z"), until_at: at("2040-01-01T00:00:00Z") };
    let authority = Authority::new(&[41; 32], "时间戳根", term);
    let signer = authority.issue_for_stamps(Subject { name: "国家时间", organisation: "", id: "stamps" }, term);
    let checkpoint = RecordProof::parse(proof.as_bytes()).expect("a proof").checkpoint.to_string();
    let question = StampQuestion::over(checkpoint.as_bytes(), [5; 16]);
    let answer = stamp::answer(&signer, &question.to_der(), at("2026-04-03T02:00:00Z"), [6; 16]);
    let text = std::fs::read_to_string(policy).expect("it was written");
    let text: xiezhi_ledger::Policy = text.parse().expect("a policy");
    let text = text.with_stamp_authority(authority.trust_root().to_der()).to_string();
    (folder.write("stamped-policy", &text), answer)
}

#[test]
fn a_kept_paper_tells_before_when_it_existed() {
    let (folder, paper) = (laid("stamped"), plain_pdf());
    let (plain, proof) = recorded(&folder, &paper);
    let (policy, stamp) = stamped(&folder, &plain, &proof);
    let with = |stamp: &[u8]| {
        kept(
            &folder,
            &[("a.pdf", &paper[..]), ("a.pdf.tlog-proof", proof.as_bytes()), ("a.pdf.tlog-proof.tsr", stamp)],
        );
    };
    with(&stamp);
    let (code, told) = verify(&folder, "kept.zip", &["--policy", &policy]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("the checkpoint of size 1 existed before 2026-04-03T02:00:00Z"), "{told}");
    let (code, told) = verify(&folder, "kept.zip", &["--policy", &plain]);
    assert_eq!(code, Some(0), "without an authority it holds by its proof: {told}");
    assert!(told.contains("its time stamp is not checked"), "{told}");

    let mut changed = stamp.clone();
    *changed.last_mut().expect("it is long") ^= 1;
    with(&changed);
    let (code, told) = verify(&folder, "kept.zip", &["--policy", &policy]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("DOES NOT HOLD: stamp.signature"), "{told}");
    kept(&folder, &[("a.pdf.tlog-proof.tsr", &stamp[..])]);
    let (code, told) = verify(&folder, "kept.zip", &["--policy", &policy]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("archive.no_paper"), "{told}");
}

#[test]
fn a_time_stamp_is_held_against_what_lies_beside_it() {
    let (folder, paper) = (laid("stamp-beside"), plain_pdf());
    let (plain, proof) = recorded(&folder, &paper);
    let (policy, stamp) = stamped(&folder, &plain, &proof);
    std::fs::write(folder.path("a.pdf"), &paper).expect("written");
    let proof_path = folder.write("a.pdf.tlog-proof", &proof);
    std::fs::write(folder.path("a.pdf.tlog-proof.tsr"), &stamp).expect("written");
    for file in ["a.pdf", "a.pdf.tlog-proof", "a.pdf.tlog-proof.tsr"] {
        let (code, told) = verify(&folder, file, &["--policy", &policy]);
        assert_eq!(code, Some(0), "{file}: {told}");
        assert!(told.contains("existed before"), "{file}: {told}");
    }
    let (code, told) = verify(&folder, "a.pdf.tlog-proof.tsr", &["--policy", &plain]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("stamp.no_authority"), "{told}");
    std::fs::remove_file(proof_path).expect("it was there");
    let (code, told) = verify(&folder, "a.pdf.tlog-proof.tsr", &["--policy", &policy]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("stamp.no_file"), "{told}");
    folder.write("other", "something else");
    std::fs::write(folder.path("other.tsr"), &stamp).expect("written");
    let (code, told) = verify(&folder, "other.tsr", &["--policy", &policy]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("stamp.other_bytes"), "{told}");
}

#[test]
fn a_shadow_in_sm3_holds_under_the_key_that_the_policy_names() {
    use xiezhi_ledger::shangmi::{ShadowKey, ShadowTree};
    let folder = laid("shadow");
    let shadow = |seed: u8| ShadowKey::from_seed(key().verifier().name(), &[seed; 32]).expect("a key");
    let mut tree = ShadowTree::default();
    tree.append(b"an entry");
    let note = shadow(3).sign(&tree).to_string();
    folder.write("sm3", &note);
    let plain = format!("log {}\nquorum none\n", key().verifier());
    let named = folder.write("named", &format!("{plain}#sm3-log {}\n", shadow(3).verifier()));
    let (code, told) = verify(&folder, "sm3", &["--policy", &named]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("court.example/log/record had 1 entries, by SM3"), "{told}");
    let other = folder.write("other", &format!("{plain}#sm3-log {}\n", shadow(4).verifier()));
    assert_eq!(verify(&folder, "sm3", &["--policy", &other]).0, Some(1), "another key");
    let (code, told) = verify(&folder, "sm3", &["--policy", &folder.path("policy")]);
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("shadow.no_key"), "{told}");
    folder.write("sm3", &note.replacen("\n1\n", "\n2\n", 1));
    let (code, told) = verify(&folder, "sm3", &["--policy", &named]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("shadow.refused"), "{told}");
}
