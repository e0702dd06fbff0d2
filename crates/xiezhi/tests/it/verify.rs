//! Checking off line.

use jiff::civil::date;
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
    RecordProof { entry, opening: Some(opening), index: 0, path: vec![], checkpoint }.to_string()
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
    for file in ["event.json.tlog-proof", "checkpoint"] {
        let (code, told) = verify(&folder, file, &["--policy", &policy]);
        assert_eq!(code, Some(1), "{told}");
        assert!(told.contains("is signed") && told.contains("w2 saw it at"), "{told}");
        assert!(told.contains("more witnesses"), "{told}");
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
