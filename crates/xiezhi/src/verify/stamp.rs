//! Time stamps: that an authority which the policy names saw these very bytes, and when.

use std::{fs, path::Path};

use xiezhi_ledger::{note::Note, proof::RecordProof};
use xiezhi_signing::{StampFault, TrustRoot, verify_stamp};

use super::{Trust, Verdict, record};

/// The ending of an authority's answer (RFC 3161), behind the name of what was stamped.
pub const ENDING: &str = "tsr";

/// A stamp by itself, over what lies beside it under its name without the ending.
pub fn check_alone(name: &str, path: &Path, stamp: &[u8], trust: &Trust) -> Verdict {
    let beside = path.with_extension("");
    let Ok(bytes) = fs::read(&beside) else {
        let why = format!("{} does not lie beside it: that is what was stamped", beside.display());
        return Verdict::Unchecked("stamp.no_file", why);
    };
    match check(name, stamp, &bytes, trust) {
        Ok(true) => Verdict::Holds,
        Ok(false) => Verdict::Unchecked("stamp.no_authority", NO_AUTHORITY.to_owned()),
        Err(verdict) => verdict,
    }
}

const NO_AUTHORITY: &str = "the policy names no time-stamp authority";

/// Checks a stamp over `bytes`, or over the checkpoint in them if they are a proof. Answers whether there was an
/// authority to check it against; where there is none, that is told and breaks nothing.
pub fn check(name: &str, stamp: &[u8], bytes: &[u8], trust: &Trust) -> Result<bool, Verdict> {
    let policy = record::policy(trust)?;
    let proof = RecordProof::parse(bytes).ok().map(|proof| proof.checkpoint.to_string());
    let stamped = proof.as_ref().map_or(bytes, |checkpoint| checkpoint.as_bytes());
    let roots: Vec<_> = policy.stamp_authorities().iter().filter_map(|der| TrustRoot::from_der(der).ok()).collect();
    if roots.is_empty() {
        println!("{name}: its time stamp is not checked: {NO_AUTHORITY}");
        return Ok(false);
    }
    let broken = |fault: StampFault| Verdict::DoesNot(fault.code(), format!("the time stamp: {fault}"));
    let told = verify_stamp(stamp, stamped, &roots).map_err(broken)?;
    let what = match Note::parse(stamped).ok().and_then(|note| policy.assess(&note).ok()) {
        Some(found) => format!("the checkpoint of size {}", found.checkpoint.size),
        None => "this file".to_owned(),
    };
    println!("{name}: {what} existed before {}, by the clock of {}", told.at, told.authority);
    Ok(true)
}
