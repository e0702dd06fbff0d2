//! A paper: whether it is the one recorded, and whether its signatures hold.

use serde_json::Value;
use sha2::{Digest, Sha256};
use xiezhi_ledger::proof::RecordProof;
use xiezhi_signing::{CertificateState, SignatureReport, StampFault, Standing, verify_pdf};

use super::{Trust, Verdict, record};

/// How a PDF begins.
pub const HEAD: &[u8] = b"%PDF-";

/// A paper without its proof: its signatures are all there is.
pub fn check_alone(name: &str, pdf: &[u8], trust: &Trust) -> Verdict {
    match signatures(name, pdf, trust, false) {
        Ok(0) => Verdict::DoesNot("signature.none", "nobody signed it, and its proof is not beside it".to_owned()),
        Ok(_) => Verdict::Holds,
        Err(verdict) => verdict,
    }
}

/// A paper and its proof: these very bytes must be what was recorded; then the signatures are looked at.
pub fn check_with_proof(name: &str, paper: &[u8], proof: &[u8], trust: &Trust) -> Verdict {
    let policy = match record::policy(trust) {
        Ok(policy) => policy,
        Err(verdict) => return verdict,
    };
    let parsed = match RecordProof::parse(proof) {
        Ok(parsed) => parsed,
        Err(broken) => return record::broken_proof(name, proof, broken, policy),
    };
    let (proven, body) = match parsed.verify_carried(policy) {
        Ok(found) => found,
        Err(broken) => return record::broken_proof(name, proof, broken, policy),
    };
    record::tell_proven(name, &proven);
    if let Err(verdict) = is_recorded(name, paper, body) {
        return verdict;
    }
    if !paper.starts_with(HEAD) {
        return Verdict::Holds;
    }
    match signatures(name, paper, trust, true) {
        Ok(0) => {
            println!("{name}: nobody signed it; it holds by its proof");
            Verdict::Holds
        }
        Ok(_) => Verdict::Holds,
        Err(verdict) => verdict,
    }
}

/// Whether the bytes are those that the recorded words name.
fn is_recorded(name: &str, paper: &[u8], body: &[u8]) -> Result<(), Verdict> {
    let told: Value = serde_json::from_slice(body).unwrap_or_default();
    let Some(recorded) = told.pointer("/file/sha256").and_then(Value::as_str) else {
        return Err(Verdict::DoesNot("paper.not_named", "what was recorded names no paper".to_owned()));
    };
    let here: String = Sha256::digest(paper).iter().map(|byte| format!("{byte:02x}")).collect();
    if here != recorded {
        let why = format!("another paper was recorded: SHA-256 {recorded}, while this file has {here}");
        return Err(Verdict::DoesNot("paper.changed", why));
    }
    let title = told["title"].as_str().or_else(|| told.pointer("/file/name").and_then(Value::as_str));
    println!("{name}: recorded as 《{}》: this very file", title.unwrap_or_default());
    if let Some(at) = told.pointer("/recorded/at").and_then(Value::as_str) {
        println!("{name}: recorded at {at}, by the court's own clock");
    }
    Ok(())
}

/// Tells each signature; answers how many hold. Where the record vouches for the bytes and no root was named, a signer
/// whom nobody vouches for is told and breaks nothing.
fn signatures(name: &str, pdf: &[u8], trust: &Trust, recorded: bool) -> Result<usize, Verdict> {
    let reports = verify_pdf(pdf, &trust.roots, &trust.stamp_authorities())
        .map_err(|fault| Verdict::Unchecked("paper.unreadable", format!("{:#}", anyhow::Error::from(fault))))?;
    for report in &reports {
        println!("{name}: {}", sentence(report));
    }
    let lenient = recorded && trust.roots.is_empty();
    if let Some(fault) = reports.iter().find_map(|report| fault(report, lenient)) {
        return Err(fault);
    }
    match reports.last() {
        Some(last) if !last.covers_whole_file => {
            let why = format!("something was added behind the last signature, that of {}", last.signer);
            Err(Verdict::DoesNot("signature.extended", why))
        }
        _ => Ok(reports.len()),
    }
}

/// What is wrong with a signature.
fn fault(report: &SignatureReport, lenient: bool) -> Option<Verdict> {
    let code = match (report.standing, report.certificate) {
        (Standing::Malformed, _) => "signature.format",
        (Standing::Changed, _) => "signature.changed",
        (Standing::Extended, _) => "signature.extended",
        (Standing::Intact, CertificateState::Trusted) => match report.stamp {
            Some(Err(fault)) if fault != StampFault::Signer => "signature.stamp",
            _ => return None,
        },
        (Standing::Intact, CertificateState::Untrusted) if lenient => return None,
        (Standing::Intact, _) => "signature.signer",
    };
    Some(Verdict::DoesNot(code, sentence(report)))
}

pub fn sentence(report: &SignatureReport) -> String {
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
    let stamp = match &report.stamp {
        None => "no time stamp".to_owned(),
        Some(Ok(stamp)) => format!("it existed before {}, says {}", stamp.at, stamp.authority),
        Some(Err(StampFault::Signer)) => "a time stamp of an authority that the policy does not name".to_owned(),
        Some(Err(fault)) => format!("its time stamp DOES NOT HOLD: {fault}"),
    };
    format!("signed by {}{at} ({}): {standing}; {certificate}; {stamp}", report.signer, report.reason)
}
