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
