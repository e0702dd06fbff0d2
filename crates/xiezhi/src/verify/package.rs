//! Checking a whole archive package (验包): every file, every event, the seal.

use std::path::Path;

use xiezhi_package::{Files, Report, bag::BAGIT, check::documents, files, layout};
use xiezhi_signing::{SignatureReport, verify_pdf};

use super::{Trust, Verdict, paper::sentence, record::tell_standing, stamp};

/// How many broken things are told; the first is what matters.
const MOST_TOLD: usize = 20;

/// Checks what lies at `path`, if that is a package: a folder or a .zip that declares a bag.
pub(super) fn check(name: &str, path: &Path, trust: &Trust) -> Option<Verdict> {
    let mut files = match files::open(path) {
        Ok(files) => files,
        Err(fault) if path.is_dir() => {
            return Some(Verdict::Unchecked("file.unreadable", format!("it can't be read: {fault}")));
        }
        Err(_) => return None,
    };
    if !path.is_dir() && !files.names().contains(BAGIT) {
        return None;
    }
    let Some(policy) = &trust.policy else {
        let why = "a package is checked against a policy: name one with --policy".to_owned();
        return Some(Verdict::Unchecked("policy.missing", why));
    };
    let report = xiezhi_package::check(&mut *files, policy);
    tell(name, &report);
    let stamped = stamp_holds(name, &mut *files, trust);
    let signed = trust.roots.is_empty() || signatures_hold(name, &mut *files, trust);
    Some(match (report.faults.first(), stamped) {
        (Some(fault), _) => Verdict::DoesNot(fault.code, fault.to_string()),
        (None, Err(verdict)) => verdict,
        (None, Ok(())) if !signed => {
            Verdict::DoesNot("package.signature", "a signature in its papers does not hold".to_owned())
        }
        (None, Ok(())) => Verdict::Holds,
    })
}

/// The time stamp over the checkpoint, where there is one.
fn stamp_holds(name: &str, files: &mut dyn Files, trust: &Trust) -> Result<(), Verdict> {
    let Ok(found) = files.bytes(layout::STAMP) else { return Ok(()) };
    let checkpoint = files.bytes(layout::CHECKPOINT).unwrap_or_default();
    stamp::check(name, &found, &checkpoint, trust).map(drop)
}

/// Signatures and seals in the court's papers, where a root is trusted. Whoever vouches for what parties signed
/// elsewhere is another matter.
fn signatures_hold(name: &str, files: &mut dyn Files, trust: &Trust) -> bool {
    let papers = documents(files).unwrap_or_default();
    let pdfs = papers.iter().filter(|paper| paper.newest && paper.from.is_none() && paper.media == "application/pdf");
    let (mut signed, mut broken) = (0, 0);
    for file in pdfs.filter_map(|paper| paper.path.as_deref()) {
        let Ok(bytes) = files.bytes(file) else { continue };
        for report in verify_pdf(&bytes, &trust.roots, &trust.stamp_authorities()).unwrap_or_default() {
            signed += 1;
            if !SignatureReport::is_valid(&report) {
                broken += 1;
                println!("{name}: {file}: {}", sentence(&report));
            }
        }
    }
    println!("{name}: {} of {signed} signatures and seals in the papers hold", signed - broken);
    broken == 0
}

fn tell(name: &str, report: &Report) {
    for fault in report.faults.iter().take(MOST_TOLD) {
        println!("{name}: {fault}");
    }
    if let Some(more) = report.faults.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        println!("{name}: and {more} more");
    }
    if let Some(seal) = &report.seal {
        let number = seal.number.as_deref().unwrap_or("a case without a number");
        println!("{name}: the file of {number}, archived by {} as {}", seal.court, seal.archive_no);
    }
    if let Some(extract) = &report.extract {
        let number = extract.number.as_deref().unwrap_or("a case without a number");
        println!("{name}: of {number}, what {} of {} may see: not the whole file", extract.party, extract.court);
    }
    if let Some(assessed) = &report.assessment {
        println!("{name}: the log {}", assessed.checkpoint.origin);
        tell_standing(name, assessed);
    }
    if report.holds() {
        println!(
            "{name}: {} acts stand in the log; {} papers are those that were recorded, {} of them lawfully erased",
            report.proven, report.documents, report.erased
        );
        if report.withheld > 0 {
            println!(
                "{name}: {} files are withheld, since a virus was found in them: the log proves their hashes, their \
                 bytes are not in it",
                report.withheld
            );
        }
        if report.seal.is_some() {
            println!("{name}: the archive seal holds");
        }
    }
}
