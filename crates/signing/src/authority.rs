//! The demonstration court's own certificate authority (演示用证书机构).
//!
//! Real courts get their certificates from a licensed authority; this one makes the demonstration complete
//! and says so in every name it writes. Its key alone decides everything it issues: the same key file
//! gives the same certificates.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use der::Encode;
use der::asn1::UtcTime;
use jiff::Timestamp;
use p256::ecdsa::{DerSignature, SigningKey, VerifyingKey, signature::Keypair};
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use x509_cert::Certificate;
use x509_cert::builder::{Builder, CertificateBuilder, Profile};
use x509_cert::ext::pkix::ExtendedKeyUsage;
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::SubjectPublicKeyInfoOwned;
use x509_cert::time::{Time, Validity};

use crate::cms_message::sha256;
use crate::key::{Key, KeyToken};
use crate::signer::{KeyError, Signer, TrustRoot, verifying_key};
use crate::stamp::TIME_STAMPING;

/// A self-made root that issues certificates to the people and the seals of a demonstration.
#[derive(Clone)]
pub struct Authority {
    key: Key,
    leaves: Leaves,
    root: Certificate,
}

/// Where the keys of people and of the seal come from.
#[derive(Clone)]
enum Leaves {
    /// From the authority's own: the same key file gives the same.
    Derived([u8; 32]),
    /// From the token, each by its name.
    Held(Arc<dyn KeyToken>),
}

/// For whom a certificate is made.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Name of the person, or of the seal.
    pub name: &'a str,
    /// The court or firm; empty for a private person.
    pub organisation: &'a str,
    /// An id that never changes, so that two people of one name get two keys.
    pub id: &'a str,
}

/// From when to when certificates hold; the moments come from the caller.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// First moment.
    pub from_at: Timestamp,
    /// Last moment; before 2050, which is as far as the format's short dates reach.
    pub until_at: Timestamp,
}

impl Authority {
    /// Makes an authority from 32 random bytes.
    ///
    /// # Panics
    /// If the term lies outside 1970–2049, or the bytes hash to no key (chance 2⁻³²): faults of the caller.
    pub fn new(entropy: &[u8; 32], name: &str, term: Term) -> Self {
        Self::with_key(derive_key(entropy, b"root", name), name, term)
    }

    /// Opens an authority from its key file (PKCS#8 PEM).
    ///
    /// # Errors
    /// When the file holds no P-256 key.
    pub fn from_key_pem(pem: &str, name: &str, term: Term) -> Result<Self, KeyError> {
        let key = SigningKey::from_pkcs8_pem(pem).map_err(KeyError::Key)?;
        Ok(Self::with_key(key, name, term))
    }

    /// An authority whose keys are in a token: its own, those of people and that of the seal, made there when they are
    /// first needed. A token signs by chance, so that the root is made once: `kept` is the one that was made.
    ///
    /// # Errors
    /// [`KeyError`]: the token fails, or the root that was kept is another's.
    pub fn in_token(token: Arc<dyn KeyToken>, name: &str, term: Term, kept: Option<&str>) -> Result<Self, KeyError> {
        let key = Key::held(token.ensure(ROOT).ok_or(KeyError::Token)?)?;
        let root = match kept {
            Some(pem) => TrustRoot::from_pem(pem)?.0,
            None => try_certify(Profile::Root, &distinguished_name(name, ""), &key.verifying_key(), term, &key, None)?,
        };
        match verifying_key(&root) == Some(key.verifying_key()) {
            true => Ok(Self { key, leaves: Leaves::Held(token), root }),
            false => Err(KeyError::OtherKey),
        }
    }

    /// The key file; nothing where a token holds it.
    pub fn key_pem(&self) -> Option<String> {
        let Key::Here(key) = &self.key else { return None };
        Some(key.to_pkcs8_pem(LineEnding::LF).expect("a P-256 key always encodes").to_string())
    }

    /// What readers trust.
    pub fn trust_root(&self) -> TrustRoot {
        TrustRoot(self.root.clone())
    }

    /// Issues a key with its certificate. The same subject and term give the same key, and of an authority in memory
    /// the same certificate.
    ///
    /// # Errors
    /// [`KeyError::Token`]; never of an authority in memory.
    pub fn try_issue(&self, subject: Subject<'_>, term: Term) -> Result<Signer, KeyError> {
        self.issue_with(b"leaf", subject, term, None)
    }

    /// The same.
    ///
    /// # Panics
    /// If a token holds the keys and fails.
    pub fn issue(&self, subject: Subject<'_>, term: Term) -> Signer {
        self.try_issue(subject, term).expect("the keys are in memory")
    }

    /// Issues a key for time stamps and for nothing else. The same subject and term give the same.
    ///
    /// # Panics
    /// If a token holds the keys and fails.
    pub fn issue_for_stamps(&self, subject: Subject<'_>, term: Term) -> Signer {
        let stamping = ExtendedKeyUsage(vec![TIME_STAMPING]);
        self.issue_with(b"stamps", subject, term, Some(&stamping)).expect("the keys are in memory")
    }

    fn issue_with(
        &self,
        purpose: &[u8],
        subject: Subject<'_>,
        term: Term,
        usage: Option<&ExtendedKeyUsage>,
    ) -> Result<Signer, KeyError> {
        let key = match &self.leaves {
            Leaves::Derived(secret) => derive_key(secret, purpose, subject.id).into(),
            Leaves::Held(token) => {
                let name = format!("{}/{}", String::from_utf8_lossy(purpose), subject.id);
                Key::held(token.ensure(&name).ok_or(KeyError::Token)?)?
            }
        };
        let name = distinguished_name(subject.name, subject.organisation);
        let certificate = try_certify(self.leaf(), &name, &key.verifying_key(), term, &self.key, usage)?;
        Ok(Signer { key, chain: vec![certificate] })
    }

    fn leaf(&self) -> Profile {
        Profile::Leaf {
            issuer: self.root.tbs_certificate.subject.clone(),
            enable_key_agreement: false,
            enable_key_encipherment: false,
        }
    }

    fn with_key(key: SigningKey, name: &str, term: Term) -> Self {
        let (leaves, key) = (Leaves::Derived(key.to_bytes().into()), Key::from(key));
        let name = distinguished_name(name, "");
        let root = try_certify(Profile::Root, &name, &key.verifying_key(), term, &key, None);
        Self { key, leaves, root: root.expect("a key in memory always signs") }
    }
}

/// What the authority's own key is called in a token.
const ROOT: &str = "authority";

fn try_certify(
    profile: Profile,
    name: &Name,
    key: &VerifyingKey,
    term: Term,
    issuer: &Key,
    usage: Option<&ExtendedKeyUsage>,
) -> Result<Certificate, KeyError> {
    let info = SubjectPublicKeyInfoOwned::from_key(*key).expect("a P-256 key always encodes");
    let serial = serial_of(&info, term);
    let validity = Validity { not_before: time(term.from_at), not_after: time(term.until_at) };
    let builder = CertificateBuilder::new(profile, serial, validity, name.clone(), info, issuer);
    let mut ready = builder.expect("name, key and term are well-formed");
    if let Some(usage) = usage {
        ready.add_extension(usage).expect("a usage always encodes");
    }
    // All else is well-formed: what fails is the token.
    ready.build::<DerSignature>().map_err(|_| KeyError::Token)
}

/// A serial number from what the certificate says, so that a renewed one has another.
fn serial_of(info: &SubjectPublicKeyInfoOwned, term: Term) -> SerialNumber {
    let key = info.to_der().expect("a key always encodes");
    let mut digest = sha256(&[&key, &term.from_at.as_second().to_be_bytes()]);
    // Positive and never zero.
    digest[0] = (digest[0] & 0x7f) | 0x40;
    SerialNumber::new(&digest[..16]).expect("sixteen bytes are within the twenty allowed")
}

fn time(at: Timestamp) -> Time {
    let seconds = u64::try_from(at.as_second()).expect("a term starts after 1970");
    Time::UtcTime(UtcTime::from_unix_duration(Duration::from_secs(seconds)).expect("a term ends before 2050"))
}

fn derive_key(secret: &[u8], purpose: &[u8], id: &str) -> SigningKey {
    let scalar = sha256(&[b"xiezhi demonstration key ", purpose, &[0], secret, id.as_bytes()]);
    SigningKey::from_slice(&scalar).expect("a hash is a valid scalar but for a chance of 1 in 2^32")
}

fn distinguished_name(common: &str, organisation: &str) -> Name {
    let organisation = match organisation {
        "" => String::new(),
        text => format!("O={},", escaped(text)),
    };
    let text = format!("CN={},{organisation}C=CN", escaped(common));
    Name::from_str(&text).expect("an escaped name is well-formed")
}

/// Escapes what RFC 4514 gives a meaning; leading and trailing blanks are dropped.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.trim().chars().filter(|c| !c.is_control()) {
        if ",+\"\\<>;#=".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signer::issued_by;

    fn term() -> Term {
        Term {
            from_at: "2026-01-01T00:00:00+08:00".parse().expect("a moment"),
            until_at: "2036-01-01T00:00:00+08:00".parse().expect("a moment"),
        }
    }

    fn judge(id: &str) -> Subject<'_> {
        Subject { name: "甄明理", organisation: "烟台经济技术开发区人民法院", id }
    }

    #[test]
    fn the_same_key_file_gives_the_same_certificates() {
        let made = Authority::new(&[7; 32], "演示证书机构", term());
        let opened = Authority::from_key_pem(&made.key_pem().expect("it is in memory"), "演示证书机构", term())
            .expect("it opens");
        assert_eq!(made.trust_root(), opened.trust_root());
        assert_eq!(made.issue(judge("p1"), term()).chain_pem(), opened.issue(judge("p1"), term()).chain_pem());
    }

    #[test]
    fn two_people_of_one_name_have_two_keys() {
        let authority = Authority::new(&[7; 32], "演示证书机构", term());
        let keys = ["p1", "p2"].map(|id| verifying_key(authority.issue(judge(id), term()).certificate()));
        assert_ne!(keys[0], keys[1]);
    }

    #[test]
    fn the_root_vouches_for_leaves_and_leaves_for_nobody() {
        let authority = Authority::new(&[7; 32], "演示证书机构", term());
        let leaf = authority.issue(judge("p1"), term());
        assert!(issued_by(leaf.certificate(), &authority.root));
        assert!(!issued_by(leaf.certificate(), leaf.certificate()));
        let stranger = Authority::new(&[8; 32], "演示证书机构", term());
        assert!(!issued_by(leaf.certificate(), &stranger.root), "the name alone proves nothing");
    }

    #[test]
    fn a_signer_survives_its_files() {
        let authority = Authority::new(&[7; 32], "演示证书机构", term());
        let leaf = authority.issue(judge("p1"), term());
        let read =
            Signer::from_pem(&leaf.key_pem().expect("it is in memory"), &leaf.chain_pem()).expect("it reads back");
        assert_eq!(read.name(), "甄明理");
        let other = authority.issue(judge("p2"), term());
        let mixed = Signer::from_pem(&leaf.key_pem().expect("it is in memory"), &other.chain_pem());
        assert!(matches!(mixed, Err(KeyError::OtherKey)));
    }

    #[test]
    fn names_may_hold_what_the_format_gives_a_meaning() {
        let authority = Authority::new(&[7; 32], "演示证书机构", term());
        let odd = Subject { name: "A+B, \"C\"=D\\;", organisation: "#1 <x>", id: "odd" };
        assert_eq!(authority.issue(odd, term()).name(), "A+B, \"C\"=D\\;");
    }
}
