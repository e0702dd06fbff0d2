//! Where things stand in a package, and the rows of its tables.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;
use xiezhi_ledger::commitment::{CommitmentError, Entry, Opening};

use crate::sums::sha256_hex;

/// The page a person begins with.
pub const INDEX: &str = "index.html";
/// What the seal says, for programs.
pub const SEAL: &str = "seal.json";
/// What an extract for a party says of itself, in the place of a seal.
pub const EXTRACT: &str = "extract.json";
/// The checkpoint that every event is proven under, with its cosignatures.
pub const CHECKPOINT: &str = "proof/checkpoint";
/// The time stamp over that file, as the authority gave it (RFC 3161), where one covers it.
pub const STAMP: &str = "proof/checkpoint.tsr";
/// The policy as the court gave it out: for reading, never for trusting.
pub const POLICY: &str = "proof/policy";
/// The certificate of whoever vouches for signatures and seals in the papers.
pub const ROOT_CERTIFICATE: &str = "proof/root.pem";
/// Events, one a line, with what opens and proves each.
pub const EVENTS: &str = "data/events.jsonl";
/// The papers as the catalogue lists them, with their files.
pub const CATALOGUE: &str = "data/metadata/catalogue.json";
/// The list of papers that the archive seal covers: a line `id sha256` each.
pub const SEALED_PAPERS: &str = "data/metadata/sealed-papers.txt";
/// The people whom events name by an identifier.
pub const PEOPLE: &str = "data/metadata/people.json";
/// The report of the four-property test.
pub const TEST_REPORT: &str = "data/metadata/four-properties.json";
/// What the court keeps and does not hand out, because a virus was found in it later: not there where there is nothing.
pub const WITHHELD: &str = "data/metadata/withheld.json";
/// Preservation metadata: objects, events, agents.
pub const PREMIS: &str = "data/metadata/premis.xml";
/// Structure of the package.
pub const METS: &str = "data/metadata/mets.xml";
/// The metadata of the case in the Chinese manner.
pub const EEP: &str = "data/metadata/eep.xml";
/// Folder of papers.
pub const DOCUMENTS: &str = "data/documents/";
/// Folder of what readers see of papers whose own format may not last: an image of each page, derived.
pub const RENDITIONS: &str = "data/renditions/";
/// Folder of what events name beside papers: signatures by hand, files that a request came with.
pub const ATTACHMENTS: &str = "data/attachments/";

/// The stored name of the event that the archive seal is.
pub const SEALED_EVENT: &str = "archive.sealed.v1";
/// The stored name of the event by which a paper's bytes were lawfully erased.
pub const ERASED_EVENT: &str = "material.erased.v1";

/// An event of the case: what was committed to, what opens the commitment, and its way to the root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRow {
    /// Revision of the case once this event is counted, from 1.
    pub rev: u64,
    /// Position in the court's log.
    pub position: u64,
    /// Identifier of the event.
    pub id: Uuid,
    /// Stored name; the body says the same.
    pub name: String,
    /// When it was recorded, by the court's clock: microseconds since 1970.
    pub at_us: i64,
    /// Who acted.
    pub actor: String,
    /// The command it came from.
    pub command: Uuid,
    /// The bytes that were committed to.
    pub body: Option<String>,
    /// The salt of the commitment: hexadecimal digits.
    pub salt: Option<String>,
    /// The entry of the log: hexadecimal digits.
    pub entry: String,
    /// The path from the entry to the root of the checkpoint, sibling first.
    pub path: Vec<String>,
}

/// Why the row does not stand for its entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// The entry is not one.
    #[error("the entry is damaged")]
    Entry,
    /// The salt is not one.
    #[error("the salt is damaged, or missing beside a body")]
    Salt,
    /// The body is another than was recorded.
    #[error("the body is not what was recorded")]
    Body(#[source] CommitmentError),
}

impl EventRow {
    /// The entry of the log, if the row has one.
    ///
    /// # Errors
    /// [`RowFault::Entry`].
    pub fn entry(&self) -> Result<Entry, RowFault> {
        let bytes = from_hex(&self.entry).ok_or(RowFault::Entry)?;
        Entry::from_bytes(&bytes).map_err(|_| RowFault::Entry)
    }

    /// The salt, where the row has one.
    ///
    /// # Errors
    /// [`RowFault::Salt`].
    pub fn salt(&self) -> Result<Option<[u8; 32]>, RowFault> {
        let salt = |text: &String| from_hex(text)?.try_into().ok();
        self.salt.as_ref().map(|text| salt(text).ok_or(RowFault::Salt)).transpose()
    }

    /// Checks that the body is what the entry commits to. Where a lawful destruction took body and salt there is
    /// nothing to open.
    ///
    /// # Errors
    /// The [`RowFault`] found first.
    pub fn opens(&self) -> Result<(), RowFault> {
        let entry = self.entry()?;
        match (&self.body, self.salt()?) {
            (None, None) => Ok(()),
            (Some(body), Some(salt)) => {
                let opening = Opening { event_id: *self.id.as_bytes(), salt };
                opening.check(&entry, body.as_bytes()).map_err(RowFault::Body)
            }
            _ => Err(RowFault::Salt),
        }
    }

    /// The body as data; null where it was destroyed.
    pub fn body_value(&self) -> Value {
        self.body.as_deref().and_then(|body| serde_json::from_str(body).ok()).unwrap_or(Value::Null)
    }

    /// The line by which the archive seal covers the event: also what its commitment leaves open.
    pub fn record_line(&self) -> String {
        record_line(self.rev, self.id, self.at_us, self.command, &self.actor, &self.name, &self.entry)
    }
}

/// The line by which the archive seal covers an event.
pub fn record_line(rev: u64, id: Uuid, at_us: i64, command: Uuid, actor: &str, name: &str, entry: &str) -> String {
    format!("{rev} {id} {at_us} {command} {actor} {name} {entry}\n")
}

/// SHA-256 in hex over such lines, in order.
pub fn record_sha256(lines: impl IntoIterator<Item = String>) -> String {
    sha256_hex(lines.into_iter().collect::<String>().as_bytes())
}

/// The files that a body names, with their types: wherever a hash stands beside a size.
pub fn named_files(body: &Value, into: &mut BTreeMap<String, String>) {
    match body {
        Value::Object(fields) => {
            if let (Some(Value::String(sha256)), true) = (fields.get("sha256"), fields.contains_key("size_bytes")) {
                let media = fields.get("media").and_then(Value::as_str).unwrap_or_default();
                into.insert(sha256.clone(), media.to_owned());
            }
            fields.values().for_each(|value| named_files(value, into));
        }
        Value::Array(values) => values.iter().for_each(|value| named_files(value, into)),
        _ => {}
    }
}

/// A paper in one of its versions, as the catalogue lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentRow {
    /// Where its bytes are; nothing where they were lawfully erased, or are withheld.
    pub path: Option<String>,
    /// Identifier of the paper.
    pub material: Uuid,
    /// Which version, from 1.
    pub version: usize,
    /// Whether it is the newest.
    pub newest: bool,
    /// Code of its kind.
    pub kind: String,
    /// Chinese name of its kind.
    pub kind_zh: String,
    /// Title.
    pub title: String,
    /// `main` or `secondary`.
    pub volume: String,
    /// Place in the catalogue.
    pub place_zh: String,
    /// Number in the volume, from 1.
    pub number: u32,
    /// First page, numbered through the volume.
    pub first_page: Option<u32>,
    /// Pages; 0 where pages make no sense.
    pub pages: u32,
    /// Type.
    pub media: String,
    /// Length in bytes.
    pub size_bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// From whom; nothing for the court.
    pub from: Option<String>,
    /// Day it came.
    pub received_on: String,
    /// Day it entered the file.
    pub entered_on: Option<String>,
    /// Whether it was struck from the file; it stays, crossed out.
    pub struck: bool,
    /// Whether it lay in the file when the archive seal was put on.
    pub sealed: bool,
    /// What readers see of it, derived by the court: an image of each page. Nothing where the paper itself is of a
    /// format that lasts, or of one that this court draws no pages of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renditions: Vec<String>,
}

/// A file that an event names and that is not handed out: a virus was found in it after it was recorded. What the log
/// proves of it, its hash, is in the package; its bytes stay with the court.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// SHA-256 in hexadecimal digits, as the record has it.
    pub sha256: String,
    /// Type.
    pub media: String,
    /// What the virus scanner calls what it found.
    pub found: String,
}

/// What the archive seal is, and what of this package hangs on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// `xiezhi/seal/1`.
    pub format: String,
    /// Identifier of the case.
    pub case: Uuid,
    /// Number of the case.
    pub number: Option<String>,
    /// Archive number.
    pub archive_no: String,
    /// The court.
    pub court: String,
    /// The log that the events are in.
    pub log: String,
    /// Position of the seal in that log.
    pub position: u64,
    /// Last revision under the seal.
    pub upto_rev: u64,
    /// SHA-256 over the list of papers: the sealing event says the same.
    pub papers_sha256: String,
    /// SHA-256 over the list of events: the sealing event says the same. Nothing for a seal put on before the
    /// seal covered it.
    pub record_sha256: Option<String>,
    /// SHA-256 of this package's `manifest-sha256.txt`.
    pub manifest_sha256: String,
    /// SHA-512 of this package's `manifest-sha512.txt`.
    pub manifest_sha512: String,
}

/// The form of [`Seal`] this release writes.
pub const SEAL_FORMAT: &str = "xiezhi/seal/1";

/// What says of a bag what it is, written last, when its manifests are known.
pub trait Cover: Serialize {
    /// Where it lies.
    const FILE: &'static str;

    /// With the sums of the manifests of this bag.
    fn over(self, manifest_sha256: String, manifest_sha512: String) -> Self;
}

impl Cover for Seal {
    const FILE: &'static str = SEAL;

    fn over(self, manifest_sha256: String, manifest_sha512: String) -> Self {
        Self { manifest_sha256, manifest_sha512, ..self }
    }
}

/// What an extract is: of a closed case the papers that one party may see, each with the event that brought it. It has
/// no seal: that would tell of the papers that are not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extract {
    /// `xiezhi/extract/1`.
    pub format: String,
    /// Identifier of the case.
    pub case: Uuid,
    /// Number of the case.
    pub number: Option<String>,
    /// The court.
    pub court: String,
    /// The log that the events are in.
    pub log: String,
    /// For which party.
    pub party: String,
    /// SHA-256 of this extract's `manifest-sha256.txt`.
    pub manifest_sha256: String,
    /// SHA-512 of this extract's `manifest-sha512.txt`.
    pub manifest_sha512: String,
}

/// The form of [`Extract`] this release writes.
pub const EXTRACT_FORMAT: &str = "xiezhi/extract/1";

impl Cover for Extract {
    const FILE: &'static str = EXTRACT;

    fn over(self, manifest_sha256: String, manifest_sha512: String) -> Self {
        Self { manifest_sha256, manifest_sha512, ..self }
    }
}

/// Lower-case hexadecimal digits.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads [`to_hex`]; any other spelling is none.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}
