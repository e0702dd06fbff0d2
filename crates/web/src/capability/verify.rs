//! The check page (真伪查验): whether a paper is this court's, and whether it was changed. It tells what stands
//! on a paper that the court gave to somebody, and nothing else of a case; what may not be asked about is answered
//! as what does not exist. Beside a paper, for whoever may read it, lies its proof.

mod answer;
mod kept;
pub(crate) mod samples;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use xiezhi_app::verify::KnownPaper;
use xiezhi_domain::ids::MaterialId;

use crate::http::{me::Visitor, prelude::*};

pub use kept::KeptView;

/// The largest file that is compared: far above any paper the court prints.
const FILE_LIMIT_BYTES: usize = 64 * 1024 * 1024;
/// The longest line that is read as a code, an address or a fingerprint.
const LINE_LIMIT_BYTES: usize = 512;
/// The largest proof that is read.
const PROOF_LIMIT_BYTES: usize = 256 * 1024;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/verify", Op::ShowCheckPage, ask)
        .post("/verify", Op::CheckPaper, check)
        .up_to(FILE_LIMIT_BYTES)
        .get("/verify/{code}", Op::ShowKnownPaper, one)
        .post("/verify/{code}", Op::ComparePaper, compare)
        .up_to(FILE_LIMIT_BYTES)
        .get("/cases/{case}/file/{material}/proof", Op::ReadPaperProof, kept::proof)
        .get("/cases/{case}/file/{material}/kept", Op::KeepPaper, kept::both)
}

/// What a check found.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "finding")]
pub enum Finding {
    /// Nothing was asked yet.
    Asked,
    /// The court's paper, byte for byte.
    Genuine {
        /// The paper.
        paper: KnownPaper,
    },
    /// A known paper to compare a file with: its code or its proof was shown, not the paper itself.
    Known {
        /// The paper.
        paper: KnownPaper,
        /// Whether its proof was shown, and holds.
        by_proof: bool,
    },
    /// The file is not this paper.
    Changed {
        /// The paper.
        paper: KnownPaper,
    },
    /// The file is a proof that does not hold, or of something else than a paper.
    BadProof,
    /// No such paper was given out by this court.
    Unknown,
}

/// The check page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VerifyView {
    /// What was found.
    #[serde(flatten)]
    pub finding: Finding,
    /// As of when: whether a version is the newest is known up to here.
    pub as_of: Timestamp,
}

fn answered(app: &App, visitor: &Visitor, finding: Finding) -> Shown<VerifyView> {
    show(&visitor.showing, &VerifyView { finding, as_of: app.ports().clock.now() })
}

async fn ask(State(app): State<App>, visitor: Visitor) -> Shown<VerifyView> {
    answered(&app, &visitor, Finding::Asked)
}

/// A paper to check: the file itself, or its proof, or its fingerprint, or what its code says.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "it describes a form that is read field by field")]
struct Paper {
    /// The paper or its proof; it is compared and not kept.
    file: Option<File>,
    /// The SHA-256 of the paper, in hex.
    sha256: Option<String>,
    /// What a person typed: the code on the paper, the address it leads to, or the fingerprint.
    typed: Option<String>,
}

/// What was sent.
enum Sent {
    /// The fingerprint of the paper, of which somebody holds every byte.
    Hash(String),
    /// The code on a paper.
    Code(MaterialId),
    /// A proof.
    Proof(Vec<u8>),
}

/// Reads the form as it comes: of a file no more is kept than its hash.
async fn sent(mut sent: Files<Paper>) -> Result<Option<Sent>, Problem> {
    let mut found = None;
    while let Some(mut field) = sent.form.next_field().await.map_err(|fault| Problem::malformed(fault.to_string()))? {
        let name = field.name().unwrap_or_default().to_owned();
        let limit = if name == "file" { PROOF_LIMIT_BYTES } else { LINE_LIMIT_BYTES };
        let (mut hash, mut first, mut size_bytes) = (Sha256::new(), vec![], 0);
        while let Some(piece) = field.chunk().await.map_err(|_| Problem::too_large())? {
            hash.update(&piece);
            size_bytes += piece.len();
            first.extend_from_slice(&piece[..piece.len().min(limit - first.len())]);
        }
        if size_bytes == 0 {
            continue;
        }
        found = match name.as_str() {
            "file" if first.starts_with(xiezhi_app::verify::PROOF_HEAD) => Some(Sent::Proof(first)),
            "file" => Some(Sent::Hash(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())),
            "sha256" | "typed" => found.or(read(&name, &String::from_utf8_lossy(&first))?),
            _ => found,
        };
    }
    Ok(found)
}

/// A fingerprint, a code, or the address that a code leads to.
fn read(field: &str, line: &str) -> Result<Option<Sent>, Problem> {
    let words = line.trim().trim_end_matches('/');
    let word = words.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    if word.is_empty() {
        return Ok(None);
    }
    if word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(Some(Sent::Hash(word)));
    }
    match word.parse() {
        Ok(code) => Ok(Some(Sent::Code(code))),
        Err(_) => Err(Problem::invalid(vec![FieldError::new(field, "verify.bad_hash")])),
    }
}

fn nothing_sent() -> Problem {
    Problem::invalid(vec![FieldError::new("file", "input.required")])
}

/// A check changes nothing, so its result is shown at once.
async fn check(State(app): State<App>, visitor: Visitor, form: Files<Paper>) -> Result<Shown<VerifyView>, Problem> {
    let finding = match sent(form).await?.ok_or_else(nothing_sent)? {
        Sent::Hash(sha256) => app.paper_hashed(&sha256).await?.map(|paper| Finding::Genuine { paper }),
        Sent::Code(code) => app.paper_coded(code).await?.map(|paper| Finding::Known { paper, by_proof: false }),
        Sent::Proof(proof) => Some(proven(&app, &proof).await?),
    };
    Ok(answered(&app, &visitor, finding.unwrap_or(Finding::Unknown)))
}

async fn proven(app: &App, proof: &[u8]) -> Result<Finding, Problem> {
    let paper = app.paper_proven(proof).await?;
    Ok(paper.map_or(Finding::BadProof, |paper| Finding::Known { paper, by_proof: true }))
}

/// Where the code of a paper leads. A code that nobody may ask about leads where one that does not exist leads.
async fn one(State(app): State<App>, visitor: Visitor, Path(code): Path<MaterialId>) -> Result<Shown<VerifyView>, Problem> {
    let paper = app.paper_coded(code).await?;
    let finding = paper.map_or(Finding::Unknown, |paper| Finding::Known { paper, by_proof: false });
    Ok(answered(&app, &visitor, finding))
}

/// Whether a file is the paper of this code: the newest version of it, or an earlier one.
async fn compare(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<MaterialId>,
    form: Files<Paper>,
) -> Result<Shown<VerifyView>, Problem> {
    let sent = sent(form).await?.ok_or_else(nothing_sent)?;
    let Some(coded) = app.paper_coded(code).await? else { return Ok(answered(&app, &visitor, Finding::Unknown)) };
    let held = match sent {
        Sent::Hash(sha256) => app.paper_hashed(&sha256).await?,
        Sent::Code(code) => return Ok(answered(&app, &visitor, known_again(coded, code))),
        Sent::Proof(proof) => return Ok(answered(&app, &visitor, proven(&app, &proof).await?)),
    };
    let same = held.filter(|held| held.code == coded.code);
    let finding = same.map_or(Finding::Changed { paper: coded }, |paper| Finding::Genuine { paper });
    Ok(answered(&app, &visitor, finding))
}

fn known_again(paper: KnownPaper, code: MaterialId) -> Finding {
    if paper.code == code { Finding::Known { paper, by_proof: false } } else { Finding::Changed { paper } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(line: &str) -> &'static str {
        match read("typed", line) {
            Ok(Some(Sent::Hash(_))) => "hash",
            Ok(Some(Sent::Code(_))) => "code",
            Ok(Some(Sent::Proof(_))) => "proof",
            Ok(None) => "nothing",
            Err(_) => "refused",
        }
    }

    #[test]
    fn a_person_may_type_a_code_its_address_or_a_fingerprint() {
        let code = "0198c0de-0000-7000-8000-000000000001";
        let address = format!("https://court.example/verify/{code}/");
        let (hash, loud) = ("0f".repeat(32), format!(" {}\n", "0F".repeat(32)));
        let table = [
            (code, "code"),
            (&address, "code"),
            (&hash, "hash"),
            (&loud, "hash"),
            ("", "nothing"),
            ("  /", "nothing"),
            ("（2026）鲁0691民初202号", "refused"),
        ];
        for (line, expected) in table {
            assert_eq!(kind(line), expected, "{line}");
        }
    }
}
