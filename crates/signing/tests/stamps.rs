//! Time stamps: asked for, answered, tampered with, and held against openssl both ways.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;
use xiezhi_signing::authority::{Authority, Subject, Term};
use xiezhi_signing::stamp::answer;
use xiezhi_signing::{Signer, StampFault, StampQuestion, TrustRoot, verify_stamp};

const BYTES: &[u8] = b"court.example/record\n42\nroot\n\n\xe2\x80\x94 court.example/record sig\n";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn term() -> Term {
    Term { from_at: at("2026-01-01T00:00:00Z"), until_at: at("2036-01-01T00:00:00Z") }
}

fn authority() -> Authority {
    Authority::new(&[7; 32], "演示证书机构", term())
}

fn stamper(authority: &Authority) -> Signer {
    let subject = Subject { name: "演示时间戳机构", organisation: "", id: "stamps" };
    authority.issue_for_stamps(subject, term())
}

fn trusted() -> Vec<TrustRoot> {
    vec![authority().trust_root()]
}

fn question() -> StampQuestion {
    StampQuestion::over(BYTES, [5; 16])
}

fn now() -> Timestamp {
    at("2026-11-29T04:05:06Z")
}

fn answered() -> Vec<u8> {
    answer(&stamper(&authority()), &question().to_der(), now(), [9; 16])
}

#[test]
fn an_authority_says_when_it_saw_these_bytes() {
    let stamp = question().accept(&answered(), BYTES, &trusted()).expect("it holds");
    assert_eq!(stamp.at, now());
    assert_eq!(stamp.authority, "演示时间戳机构");
    assert_eq!(verify_stamp(&answered(), BYTES, &trusted()), Ok(stamp));
}

#[test]
fn its_own_certificate_may_be_the_one_that_is_trusted() {
    let own = TrustRoot::from_pem(&stamper(&authority()).chain_pem()).expect("a certificate");
    verify_stamp(&answered(), BYTES, &[own]).expect("it holds");
}

#[test]
fn an_answer_about_other_bytes_proves_nothing() {
    assert_eq!(verify_stamp(&answered(), b"other", &trusted()), Err(StampFault::OtherBytes));
}

#[test]
fn an_old_answer_shown_again_is_not_the_answer() {
    let earlier = StampQuestion::over(BYTES, [6; 16]);
    let old = answer(&stamper(&authority()), &earlier.to_der(), now(), [9; 16]);
    assert_eq!(question().accept(&old, BYTES, &trusted()), Err(StampFault::OtherQuestion));
}

#[test]
fn a_stranger_with_the_same_names_is_not_the_authority() {
    let stranger = Authority::new(&[8; 32], "演示证书机构", term());
    let forged = answer(&stamper(&stranger), &question().to_der(), now(), [9; 16]);
    assert_eq!(verify_stamp(&forged, BYTES, &trusted()), Err(StampFault::Signer));
    assert_eq!(verify_stamp(&answered(), BYTES, &[]), Err(StampFault::Signer));
}

#[test]
fn a_certificate_for_signatures_gives_no_time_stamps() {
    let judge = authority().issue(Subject { name: "甄明理", organisation: "", id: "p1" }, term());
    let misused = answer(&judge, &question().to_der(), now(), [9; 16]);
    assert_eq!(verify_stamp(&misused, BYTES, &trusted()), Err(StampFault::Purpose));
}

#[test]
fn a_certificate_counts_only_within_its_term() {
    for outside in ["2025-12-31T23:59:59Z", "2036-01-01T00:00:01Z"] {
        let late = answer(&stamper(&authority()), &question().to_der(), at(outside), [9; 16]);
        assert_eq!(verify_stamp(&late, BYTES, &trusted()), Err(StampFault::OutsideTerm), "{outside}");
    }
}

#[test]
fn what_an_authority_can_not_read_it_refuses() {
    let refused = answer(&stamper(&authority()), b"what time is it?", now(), [9; 16]);
    assert_eq!(verify_stamp(&refused, BYTES, &trusted()), Err(StampFault::Refused(2)));
    for noise in [&b""[..], b"<html>", &refused[..4]] {
        assert_eq!(verify_stamp(noise, BYTES, &trusted()), Err(StampFault::Malformed));
    }
}

/// Every byte counts but those that say the same in another way: the state 0 and 1 both grant.
#[test]
fn a_changed_byte_proves_nothing_or_the_same() {
    let whole = answered();
    let stamp = verify_stamp(&whole, BYTES, &trusted()).expect("it holds");
    let mut same = 0;
    for place in 0..whole.len() {
        for flip in [0x01, 0x80] {
            let mut other = whole.clone();
            other[place] ^= flip;
            if let Ok(told) = verify_stamp(&other, BYTES, &trusted()) {
                assert_eq!(told, stamp, "byte {place}");
                same += 1;
            }
        }
    }
    assert!(same < 40, "{same} changes went unnoticed");
    for length in 0..whole.len() {
        assert!(verify_stamp(&whole[..length], BYTES, &trusted()).is_err(), "cut at {length}");
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("xiezhi-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).expect("a file can be written");
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).expect("it was made")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn openssl(folder: &Path, words: &str) -> (bool, String) {
    let ran = Command::new("openssl").args(words.split(' ')).current_dir(folder).output().expect("openssl runs");
    let said = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (ran.status.success(), said)
}

fn done(folder: &Path, words: &str) {
    let (good, said) = openssl(folder, words);
    assert!(good, "openssl {words}: {said}");
}

#[test]
fn openssl_accepts_our_stamp_and_refuses_it_over_other_bytes() {
    let folder = Folder::new("stamps-ours");
    folder.put("checkpoint", BYTES);
    folder.put("other", b"other");
    folder.put("stamp.tsr", answered());
    folder.put("question.tsq", question().to_der());
    folder.put("root.pem", authority().trust_root().to_pem());
    let verify = "ts -verify -in stamp.tsr -CAfile root.pem -attime 1795924000";
    done(&folder.0, &format!("{verify} -data checkpoint"));
    done(&folder.0, &format!("{verify} -queryfile question.tsq"));
    assert!(!openssl(&folder.0, &format!("{verify} -data other")).0, "other bytes");
}

const CONFIGURATION: &str = "\
[tsa]
default_tsa = one
[one]
serial = serial
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = DIGEST
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500
clock_precision_digits = 3
ess_cert_id_chain = no
ess_cert_id_alg = ESS
[for_stamps]
extendedKeyUsage = critical,timeStamping
[for_all]
basicConstraints = critical,CA:true
[req]
distinguished_name = name
[name]
";

/// An authority of openssl with keys of this kind.
fn theirs(folder: &Folder, key: &str, digest: &str, ess: &str) -> Vec<u8> {
    folder.put("conf", CONFIGURATION.replace("DIGEST", digest).replace("ESS", ess));
    folder.put("serial", "01\n");
    let at = folder.0.as_path();
    let new = format!("-newkey {key} -nodes -config conf");
    done(at, &format!("req -x509 {new} -keyout ca.key -out ca.pem -subj /CN=root -days 30 -extensions for_all"));
    done(at, &format!("req -new {new} -keyout tsa.key -out tsa.csr -subj /CN=theirs"));
    done(
        at,
        "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile conf -extensions for_stamps -out tsa.pem",
    );
    folder.put("question.tsq", question().to_der());
    done(at, "ts -reply -config conf -queryfile question.tsq -out stamp.tsr");
    folder.read("stamp.tsr")
}

#[test]
fn stamps_of_openssl_hold_by_rsa_and_by_the_curves() {
    let kinds = [
        ("rsa:2048", "sha256", "sha256"),
        ("rsa:3072", "sha512", "sha1"),
        ("ec -pkeyopt ec_paramgen_curve:P-256", "sha256", "sha384"),
        ("ec -pkeyopt ec_paramgen_curve:P-384", "sha384", "sha1"),
    ];
    for (key, digest, ess) in kinds {
        let folder = Folder::new("stamps-theirs");
        let stamp = theirs(&folder, key, digest, ess);
        let ca = TrustRoot::from_pem(&String::from_utf8(folder.read("ca.pem")).expect("PEM")).expect("a certificate");
        let told = question().accept(&stamp, BYTES, std::slice::from_ref(&ca)).expect(key);
        assert_eq!(told.authority, "theirs");
        assert!(told.accuracy.is_some_and(|accuracy| accuracy.as_millis() == 1_500), "{key}: {told:?}");
        for place in (0..stamp.len()).step_by(7) {
            let mut other = stamp.clone();
            other[place] ^= 0x10;
            if let Ok(found) = verify_stamp(&other, BYTES, std::slice::from_ref(&ca)) {
                assert_eq!(found, told, "{key}: byte {place}");
            }
        }
        assert_eq!(verify_stamp(&stamp, BYTES, &trusted()), Err(StampFault::Signer), "{key}");
    }
}
