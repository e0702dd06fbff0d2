//! Checking what a court gave out, off line (验证): proofs of the record, and signed papers.

mod package;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use xiezhi_ledger::{
    note::Note,
    policy::{Assessment, Cosigned, Policy},
    proof::{FILE_EXTENSION, RecordProof},
};
use xiezhi_signing::{CertificateState, SignatureReport, Standing, TrustRoot, verify_pdf};

/// Arguments of `verify`.
#[derive(clap::Args)]
#[command(after_help = "\
Needs no network and no court: only the files.
A proof is checked against the policy of the court, and against the record's text if it lies beside the proof
(notice.json beside notice.json.tlog-proof) or is named by --body.
A checkpoint (what a court publishes at /log/record/witnessed, or a witness shows) is checked against the policy.
For both it is told which witnesses saw it and when; with fewer than the policy asks for, it does not hold.
An archive package (a folder or a .zip) is checked whole: every file against the manifests, every act against the log,
the archive seal against both, and with --root the signatures in its papers; what is broken is named by file, row and
reason.
A PDF is checked for its signatures and seal; those count only if the court's root vouches for them.
A court publishes its policy at /log/policy and writes it, with root.pem, into the folder `public` of its keys; compare
it with what its witnesses say.

exit code: 0 everything holds, 1 something does not, 2 something can't be checked
example:   xiezhi verify --policy policy --root root.pem judgment.pdf judgment.tlog-proof")]
pub struct VerifyArgs {
    /// The policy of the court: which log, which witnesses
    #[arg(long)]
    policy: Option<PathBuf>,
    /// A root certificate that you trust (PEM); may be given several times
    #[arg(long)]
    root: Vec<PathBuf>,
    /// The recorded text that a proof is about
    #[arg(long)]
    body: Option<PathBuf>,
    /// Proofs (.tlog-proof), checkpoints, PDF files and archive packages
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// What came of one file, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Holds,
    DoesNot,
    Unchecked,
}

/// What there is to check against.
struct Trust {
    policy: Option<Policy>,
    roots: Vec<TrustRoot>,
    body: Option<Vec<u8>>,
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
    let worst = args.files.iter().map(|path| check(path, &trust)).max().unwrap_or(Outcome::Unchecked);
    Ok(match worst {
        Outcome::Holds => ExitCode::SUCCESS,
        Outcome::DoesNot => ExitCode::FAILURE,
        Outcome::Unchecked => ExitCode::from(2),
    })
}

fn trust(args: &VerifyArgs) -> anyhow::Result<Trust> {
    let text = |path: &PathBuf| fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()));
    let policy = args
        .policy
        .as_ref()
        .map(|path| text(path)?.parse::<Policy>().with_context(|| format!("{} is not a policy", path.display())));
    let root = |path: &PathBuf| {
        TrustRoot::from_pem(&text(path)?).with_context(|| format!("{} is not a certificate", path.display()))
    };
    let body = |path: &PathBuf| fs::read(path).with_context(|| format!("{} can't be read", path.display()));
    Ok(Trust {
        policy: policy.transpose()?,
        roots: args.root.iter().map(root).collect::<Result<_, _>>()?,
        body: args.body.as_ref().map(body).transpose()?,
    })
}

fn check(path: &Path, trust: &Trust) -> Outcome {
    let name = path.display();
    if let Some(outcome) = package::check(path, trust) {
        tell_outcome(path, outcome);
        return outcome;
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(fault) => {
            println!("{name}: can't be read: {fault}");
            return Outcome::Unchecked;
        }
    };
    let outcome = if path.extension().is_some_and(|extension| extension == FILE_EXTENSION) {
        check_proof(path, &bytes, trust)
    } else if bytes.starts_with(b"%PDF-") {
        check_paper(path, &bytes, trust)
    } else if let Ok(note) = Note::parse(&bytes) {
        check_checkpoint(path, &note, trust)
    } else {
        println!("{name}: neither a .{FILE_EXTENSION} file nor a checkpoint nor a PDF");
        Outcome::Unchecked
    };
    tell_outcome(path, outcome);
    outcome
}

fn tell_outcome(path: &Path, outcome: Outcome) {
    let told = match outcome {
        Outcome::Holds => "HOLDS",
        Outcome::DoesNot => "DOES NOT HOLD",
        Outcome::Unchecked => "NOT CHECKED",
    };
    println!("{}: {told}", path.display());
}

fn check_proof(path: &Path, bytes: &[u8], trust: &Trust) -> Outcome {
    let name = path.display();
    let Some(policy) = &trust.policy else {
        println!("{name}: a proof is checked against a policy: name one with --policy");
        return Outcome::Unchecked;
    };
    let beside = fs::read(path.with_extension("")).ok();
    let body = trust.body.as_ref().or(beside.as_ref());
    let proven = RecordProof::parse(bytes).and_then(|proof| match body {
        Some(body) => proof.verify(body, policy),
        None => proof.verify_entry(policy),
    });
    match proven {
        Ok(proven) => {
            let assessed = &proven.assessment;
            println!("{name}: entry {} of {}", proven.index, assessed.checkpoint.origin);
            tell_standing(path, assessed);
            println!(
                "{name}: {}",
                if body.is_some() { "the text is what was recorded" } else { "no text to compare with" }
            );
            Outcome::Holds
        }
        Err(broken) => {
            println!("{name}: {}: {:#}", broken.code(), anyhow::Error::from(broken));
            if let Ok(assessed) = RecordProof::parse(bytes).map(|proof| policy.assess(&proof.checkpoint)) {
                assessed.iter().for_each(|assessed| tell_standing(path, assessed));
            }
            Outcome::DoesNot
        }
    }
}

/// A checkpoint by itself, as a court publishes it and a witness shows it.
fn check_checkpoint(path: &Path, note: &Note, trust: &Trust) -> Outcome {
    let name = path.display();
    let Some(policy) = &trust.policy else {
        println!("{name}: a checkpoint is checked against a policy: name one with --policy");
        return Outcome::Unchecked;
    };
    match policy.assess(note) {
        Ok(assessed) => {
            println!("{name}: the log {}", assessed.checkpoint.origin);
            tell_standing(path, &assessed);
            if assessed.accepted { Outcome::Holds } else { Outcome::DoesNot }
        }
        Err(broken) => {
            println!("{name}: {:#}", anyhow::Error::from(broken));
            Outcome::DoesNot
        }
    }
}

/// Who vouches for a checkpoint, and since when: the time is the witness's own.
fn tell_standing(path: &Path, assessed: &Assessment) {
    let name = path.display();
    println!("{name}: the checkpoint of size {} is {}", assessed.checkpoint.size, assessed.standing);
    for Cosigned { witness, at_seconds } in &assessed.cosigned {
        let at = i64::try_from(*at_seconds).ok().and_then(|at| jiff::Timestamp::from_second(at).ok());
        println!("{name}: {witness} saw it at {}", at.map_or("no time".to_owned(), |at| at.to_string()));
    }
    if !assessed.accepted {
        println!("{name}: the policy asks for more witnesses");
    }
}

fn check_paper(path: &Path, pdf: &[u8], trust: &Trust) -> Outcome {
    let name = path.display();
    let reports = match verify_pdf(pdf, &trust.roots) {
        Ok(reports) => reports,
        Err(fault) => {
            println!("{name}: {:#}", anyhow::Error::from(fault));
            return Outcome::Unchecked;
        }
    };
    for report in &reports {
        println!("{name}: {}", sentence(report));
    }
    match &reports[..] {
        [] => {
            println!("{name}: nobody signed it");
            Outcome::DoesNot
        }
        reports if !reports.iter().all(SignatureReport::is_valid) => Outcome::DoesNot,
        [.., last] if !last.covers_whole_file => {
            println!("{name}: something was added behind the last signature");
            Outcome::DoesNot
        }
        _ => Outcome::Holds,
    }
}

fn sentence(report: &SignatureReport) -> String {
    let standing = match report.standing {
        Standing::Intact => "unchanged since",
        Standing::Extended => "something else than signatures was added since",
        Standing::Changed => "CHANGED since",
        Standing::Malformed => "the signature can't be read",
    };
    let certificate = match report.certificate {
        CertificateState::Trusted => "a trusted root vouches for the signer",
        CertificateState::OutsideTerm => "the certificate was not valid then",
        CertificateState::Untrusted => "no trusted root vouches for the signer (see --root)",
        CertificateState::Missing => "there is no certificate",
    };
    let at = report.signed_at.map(|at| format!(" at {at}")).unwrap_or_default();
    format!("signed by {}{at} ({}): {standing}; {certificate}", report.signer, report.reason)
}
