//! Checking what a court gave out, off line (验证): kept papers, proofs of the record, checkpoints, signatures.

mod archive;
mod package;
mod paper;
mod record;
mod stamp;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use xiezhi_ledger::{
    note::Note,
    policy::Policy,
    proof::{FILE_EXTENSION, RecordProof},
    shangmi::{ShadowCheckpoint, ShadowVerifier},
};
use xiezhi_signing::TrustRoot;

/// Arguments of `verify`.
#[derive(clap::Args)]
#[command(after_help = "\
Needs no network and no court: the files, and the court's policy.
  FILE.zip          a paper kept with its proof, as a court offers it: each paper in it is checked against its proof
  FILE.pdf          its signatures and seal; with FILE.pdf.tlog-proof beside it, that too
  FILE.tlog-proof   that it holds, and that the paper beside it, or the text named by --body, is what was recorded
  an archive package (a folder or a .zip): every file against the manifests, every act against the log, the archive
                    seal against both; what is broken is named by file, row and reason
  FILE.tsr          a time stamp over FILE, or over the checkpoint in FILE if that is a proof; one that lies beside a
                    proof or in a kept or archived package is checked with it
  a checkpoint      what a court publishes at /log/record/witnessed, or a witness shows
  a shadow          the root of the record in SM3, signed in SM2, as a court publishes it at /log/record/sm3
  cosignatures      lines of a witness, of the checkpoint named by --checkpoint
It is told which witnesses saw it and when; with fewer than the policy asks for, it does not hold. The day on which
a court says that it recorded something is the court's word; no later than a witness saw it is the witness's, and that
it existed before a time stamp is the authority's whose certificate the policy carries (whether that was taken back
since only the authority can say).
Signatures count if a root that you trust (--root) vouches for the signer. Without --root a paper that its proof
holds for still holds, since the court recorded these very bytes; that the signer was not checked is said.
Whether a newer version took the place of a paper no file can tell: ask the court at /verify.
A court publishes its policy at /log/policy and writes it, with root.pem, into the folder `public` of its keys; compare
it with what its witnesses say.

Each line begins with the file it speaks of. The last of each is its verdict: HOLDS, or DOES NOT HOLD or NOT CHECKED
with a code that never changes and the first thing that is broken.

exit code: 0 everything holds, 1 something does not, 2 something can't be checked
example:   xiezhi verify --policy policy judgment.zip
           xiezhi verify --policy policy --root root.pem judgment.pdf judgment.pdf.tlog-proof")]
pub struct VerifyArgs {
    /// The policy of the court: which log, which witnesses
    #[arg(long)]
    policy: Option<PathBuf>,
    /// A root certificate that you trust (PEM); may be given several times
    #[arg(long)]
    root: Vec<PathBuf>,
    /// The recorded text that a proof is about, where the proof does not carry it
    #[arg(long)]
    body: Option<PathBuf>,
    /// The checkpoint that cosignatures are about
    #[arg(long)]
    checkpoint: Option<PathBuf>,
    /// Kept papers and archive packages (.zip or a folder), papers (.pdf), proofs (.tlog-proof), time stamps (.tsr), checkpoints and cosignatures
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// What came of one file, the worst last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Holds,
    /// The first thing that is broken: a code that never changes, and why.
    DoesNot(&'static str, String),
    /// What kept it from being checked.
    Unchecked(&'static str, String),
}

/// What there is to check against.
struct Trust {
    policy: Option<Policy>,
    roots: Vec<TrustRoot>,
    body: Option<Vec<u8>>,
    checkpoint: Option<Vec<u8>>,
    /// The keys by which the policy lets shadows in SM3 be checked.
    shadows: Vec<ShadowVerifier>,
}

/// Checks files; the exit code tells the worst of what was found.
pub fn run(args: &VerifyArgs) -> anyhow::Result<ExitCode> {
    let trust = match trust(args) {
        Ok(trust) => trust,
        Err(fault) => {
            eprintln!("xiezhi: {fault:#}");
            return Ok(ExitCode::from(2));
        }
    };
    let verdicts: Vec<Verdict> = args.files.iter().map(|path| check(path, &trust)).collect();
    Ok(match verdicts.iter().max() {
        Some(Verdict::Holds) => ExitCode::SUCCESS,
        Some(Verdict::DoesNot(..)) => ExitCode::FAILURE,
        Some(Verdict::Unchecked(..)) | None => ExitCode::from(2),
    })
}

impl Trust {
    /// Whose time stamps count: the authorities that the policy names.
    fn stamp_authorities(&self) -> Vec<TrustRoot> {
        let named = self.policy.iter().flat_map(|policy| policy.stamp_authorities());
        named.filter_map(|der| TrustRoot::from_der(der).ok()).collect()
    }
}

fn trust(args: &VerifyArgs) -> anyhow::Result<Trust> {
    let text = |path: &PathBuf| fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()));
    let policy = args
        .policy
        .as_ref()
        .map(|path| text(path)?.parse::<Policy>().with_context(|| format!("{} is not a policy", path.display())));
    let shadows = args.policy.as_ref().map(|path| shadows(&text(path)?)).transpose()?;
    let root = |path: &PathBuf| {
        TrustRoot::from_pem(&text(path)?).with_context(|| format!("{} is not a certificate", path.display()))
    };
    let bytes = |path: &PathBuf| fs::read(path).with_context(|| format!("{} can't be read", path.display()));
    Ok(Trust {
        policy: policy.transpose()?,
        roots: args.root.iter().map(root).collect::<Result<_, _>>()?,
        body: args.body.as_ref().map(bytes).transpose()?,
        checkpoint: args.checkpoint.as_ref().map(bytes).transpose()?,
        shadows: shadows.unwrap_or_default(),
    })
}

/// The specification has no word for them: they stand in comments.
fn shadows(policy: &str) -> anyhow::Result<Vec<ShadowVerifier>> {
    let lines = policy.lines().filter_map(|line| line.strip_prefix("#sm3-log "));
    lines.map(|line| line.parse().context("the policy names what is no key of SM2")).collect()
}

fn check(path: &Path, trust: &Trust) -> Verdict {
    let name = path.display().to_string();
    let verdict = package::check(&name, path, trust).unwrap_or_else(|| match fs::read(path) {
        Ok(bytes) => check_bytes(&name, path, &bytes, trust),
        Err(fault) => Verdict::Unchecked("file.unreadable", format!("it can't be read: {fault}")),
    });
    tell(&name, &verdict);
    verdict
}

/// The last line of a file.
fn tell(name: &str, verdict: &Verdict) {
    match verdict {
        Verdict::Holds => println!("{name}: HOLDS"),
        Verdict::DoesNot(code, why) => println!("{name}: DOES NOT HOLD: {code}: {why}"),
        Verdict::Unchecked(code, why) => println!("{name}: NOT CHECKED: {code}: {why}"),
    }
}

fn check_bytes(name: &str, path: &Path, bytes: &[u8], trust: &Trust) -> Verdict {
    if bytes.starts_with(archive::HEAD) {
        archive::check(name, bytes, trust)
    } else if path.extension().is_some_and(|extension| extension == stamp::ENDING) {
        stamp::check_alone(name, path, bytes, trust)
    } else if path.extension().is_some_and(|extension| extension == FILE_EXTENSION) {
        with_stamp(name, path, bytes, trust, check_proof(name, path, bytes, trust))
    } else if bytes.starts_with(paper::HEAD) {
        match fs::read(proof_beside(path)) {
            Ok(proof) if trust.policy.is_some() => {
                let verdict = paper::check_with_proof(name, bytes, &proof, trust);
                with_stamp(name, &proof_beside(path), &proof, trust, verdict)
            }
            Ok(_) => {
                println!("{name}: its proof is not checked: no --policy is named");
                paper::check_alone(name, bytes, trust)
            }
            Err(_) => paper::check_alone(name, bytes, trust),
        }
    } else if bytes.starts_with(record::COSIGNATURE_HEAD) {
        record::check_cosignatures(name, bytes, trust)
    } else if let Ok(note) = Note::parse(bytes) {
        match note.text().parse::<ShadowCheckpoint>() {
            Ok(_) => record::check_shadow(name, &note, trust),
            Err(_) => record::check_checkpoint(name, &note, trust),
        }
    } else {
        let why = format!("neither a kept paper nor a PDF, a .{FILE_EXTENSION} file, a checkpoint or cosignatures");
        Verdict::Unchecked("file.unknown", why)
    }
}

fn proof_beside(paper: &Path) -> PathBuf {
    let mut name = paper.as_os_str().to_owned();
    name.push(format!(".{FILE_EXTENSION}"));
    PathBuf::from(name)
}

/// The verdict on a proof, and on the time stamp if one lies beside it.
fn with_stamp(name: &str, proof_at: &Path, proof: &[u8], trust: &Trust, verdict: Verdict) -> Verdict {
    let mut at = proof_at.as_os_str().to_owned();
    at.push(format!(".{}", stamp::ENDING));
    match fs::read(PathBuf::from(at)) {
        Ok(found) => verdict.max(stamp::check(name, &found, proof, trust).err().unwrap_or(Verdict::Holds)),
        Err(_) => verdict,
    }
}

/// A proof by itself: with what it carries, and with whatever lies beside it under its name without the ending.
fn check_proof(name: &str, path: &Path, bytes: &[u8], trust: &Trust) -> Verdict {
    let beside = fs::read(path.with_extension("")).ok();
    match (RecordProof::parse(bytes), &beside) {
        (Ok(RecordProof { body: Some(_), .. }), Some(paper)) => paper::check_with_proof(name, paper, bytes, trust),
        _ => record::check_proof(name, bytes, trust.body.as_ref().or(beside.as_ref()), trust),
    }
}
