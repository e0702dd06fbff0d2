//! What stands in the package against what the court's log says: events, papers, the seal.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use xiezhi_ledger::{Checkpoint, Hash, Note, Policy, inclusion};

use super::{Fault, Report, documents, events, extract, seal, short, withheld};
use crate::{
    bag::MANIFESTS,
    files::Files,
    layout::{
        CATALOGUE, CHECKPOINT, DOCUMENTS, DocumentRow, ERASED_EVENT, EVENTS, EXTRACT, EXTRACT_FORMAT, EventRow,
        RENDITIONS, SEAL, SEAL_FORMAT, SEALED_EVENT, SEALED_PAPERS, Seal, WITHHELD, named_files, record_sha256,
    },
    sums::{Sums, sha256_hex},
};

/// Checks events, papers and seal; of an extract events and papers.
pub(super) fn check(files: &mut dyn Files, policy: &Policy, report: &mut Report) {
    let whole = !files.names().contains(EXTRACT);
    let checkpoint = checkpoint(files, policy, report);
    let rows = take(events(files), report).unwrap_or_default();
    check_events(&rows, checkpoint.as_ref(), whole, report);
    let Some(papers) = take(documents(files), report) else { return };
    check_papers(files, &rows, &papers, report);
    if !whole {
        return check_extract(files, checkpoint.as_ref(), &papers, report);
    }
    let Some(told) = take(seal(files), report) else { return };
    check_seal(files, &rows, &papers, &told, report);
    check_log(SEAL, "seal.log", checkpoint.as_ref(), &told.log, report);
    check_manifests(files, (SEAL, "seal.manifest"), [&told.manifest_sha256, &told.manifest_sha512], report);
    report.seal = Some(told);
}

/// An extract holds papers of the main volume alone, and says from which log.
fn check_extract(files: &mut dyn Files, checkpoint: Option<&Checkpoint>, papers: &[DocumentRow], report: &mut Report) {
    let Some(told) = take(extract(files), report) else { return };
    if told.format != EXTRACT_FORMAT {
        let why = format!("{} is not known to this release", told.format);
        report.faults.push(Fault::of(EXTRACT, "extract.format", why));
    }
    for (row, paper) in (1..).zip(papers).filter(|(_, paper)| paper.volume != "main") {
        let why = format!("{} is not of the main volume", paper.title);
        report.faults.push(Fault::at(CATALOGUE, row, "extract.volume", why));
    }
    check_log(EXTRACT, "extract.log", checkpoint, &told.log, report);
    check_manifests(files, (EXTRACT, "extract.manifest"), [&told.manifest_sha256, &told.manifest_sha512], report);
    report.extract = Some(told);
}

fn check_log(file: &str, code: &'static str, checkpoint: Option<&Checkpoint>, log: &str, report: &mut Report) {
    if let Some(checkpoint) = checkpoint.filter(|checkpoint| checkpoint.origin.to_string() != log) {
        let why = format!("it names the log {log}, the checkpoint {}", checkpoint.origin);
        report.faults.push(Fault::of(file, code, why));
    }
}

fn take<T>(found: Result<T, Fault>, report: &mut Report) -> Option<T> {
    found.map_err(|fault| report.faults.push(fault)).ok()
}

/// The checkpoint, if the policy takes it.
fn checkpoint(files: &mut dyn Files, policy: &Policy, report: &mut Report) -> Option<Checkpoint> {
    let fault = |code, why: String| Fault::of(CHECKPOINT, code, why);
    let read = files.bytes(CHECKPOINT).map_err(|broken| fault("bag.unreadable", broken.to_string()));
    let note =
        read.and_then(|bytes| Note::parse(&bytes).map_err(|broken| fault("checkpoint.form", broken.to_string())));
    let note = take(note, report)?;
    match policy.assess(&note) {
        Ok(assessment) => {
            if !assessment.accepted {
                let why = format!("it is {}; the policy asks for more witnesses", assessment.standing);
                report.faults.push(fault("checkpoint.quorum", why));
            }
            let checkpoint = assessment.checkpoint.clone();
            report.assessment = Some(assessment);
            Some(checkpoint)
        }
        Err(broken) => {
            let source = std::error::Error::source(&broken).map(|why| format!(": {why}")).unwrap_or_default();
            report.faults.push(fault("checkpoint.signature", format!("{broken}{source}")));
            None
        }
    }
}

/// A `whole` case has every event of it; an extract those that brought its papers.
fn check_events(rows: &[EventRow], checkpoint: Option<&Checkpoint>, whole: bool, report: &mut Report) {
    if rows.is_empty() {
        report.faults.push(Fault::of(EVENTS, "event.none", "there is no event"));
    }
    let mut before = None;
    for (row, event) in (1..).zip(rows) {
        let gap = whole && event.rev != row;
        let found = gapless(event, row, gap).or_else(|| check_event(event, row, before, checkpoint));
        before = Some(event.position);
        match found {
            Some(fault) => report.faults.push(fault),
            None => {
                report.proven += 1;
                report.destroyed += usize::from(event.body.is_none());
            }
        }
    }
}

fn gapless(event: &EventRow, row: u64, gap: bool) -> Option<Fault> {
    let why = || format!("it is revision {}: one is missing or out of order", event.rev);
    gap.then(|| Fault::at(EVENTS, row, "event.gap", why()))
}

fn check_event(event: &EventRow, row: u64, before: Option<u64>, checkpoint: Option<&Checkpoint>) -> Option<Fault> {
    let fault = |code, why: String| Some(Fault::at(EVENTS, row, code, why));
    if before.is_some_and(|before| event.position <= before) {
        return fault("event.order", "the log had it before the event above it".to_owned());
    }
    if let Err(broken) = event.opens() {
        return fault("event.body", broken.to_string());
    }
    if event.body.is_some() && event.body_value()["event"].as_str() != Some(event.name.as_str()) {
        return fault("event.name", format!("its body does not say that it is {}", event.name));
    }
    let Some(Checkpoint { size, root, .. }) = checkpoint else {
        return fault("event.unproven", "without a checkpoint nothing proves it".to_owned());
    };
    let path: Option<Vec<Hash>> = event.path.iter().map(|hash| Hash::from_base64(hash)).collect();
    let Some(path) = path else { return fault("event.path", "its path holds what is no hash".to_owned()) };
    let leaf = Hash::leaf(event.entry().ok()?.as_bytes());
    match inclusion::verify(&leaf, event.position, *size, &path, root) {
        Ok(()) => None,
        Err(broken) => fault("event.inclusion", format!("it is not in the log at {}: {broken}", event.position)),
    }
}

/// Each paper's bytes are named by an event, and each file that an event names is there unless it was erased, or is said to
/// be withheld: then its hash stands here and its bytes nowhere.
fn check_papers(files: &mut dyn Files, rows: &[EventRow], papers: &[DocumentRow], report: &mut Report) {
    let bodies: Vec<Value> = rows.iter().map(EventRow::body_value).collect();
    let mut known = BTreeMap::new();
    bodies.iter().for_each(|body| named_files(body, &mut known));
    let erased: BTreeSet<&str> = bodies
        .iter()
        .filter(|body| body["event"] == ERASED_EVENT)
        .flat_map(|body| body["files"].as_array().into_iter().flatten().filter_map(Value::as_str))
        .collect();
    let kept_back: BTreeSet<String> =
        take(withheld(files), report).unwrap_or_default().into_iter().map(|file| file.sha256).collect();
    report.withheld = kept_back.len();
    let mut listed: BTreeMap<&str, &DocumentRow> = BTreeMap::new();
    for (row, paper) in (1..).zip(papers) {
        let fault = |code, why: String| Fault::at(CATALOGUE, row, code, why);
        if !known.contains_key(&paper.sha256) && report.destroyed == 0 {
            report.faults.push(fault("paper.unknown", format!("no event names the bytes of {}", paper.title)));
        }
        match &paper.path {
            Some(path) if listed.insert(path, paper).is_some() => {
                report.faults.push(fault("paper.twice", format!("{path} is listed twice")));
            }
            Some(path) => report.faults.extend(check_bytes(files, path, paper)),
            None if erased.contains(paper.sha256.as_str()) => report.erased += 1,
            None if kept_back.contains(&paper.sha256) => {}
            None => report.faults.push(fault("paper.absent", format!("{} is absent, and was not erased", paper.title))),
        }
        report.documents += 1;
    }
    for name in files.names().iter().filter(|name| name.starts_with(DOCUMENTS)) {
        if !listed.contains_key(name.as_str()) {
            report.faults.push(Fault::of(name, "paper.unlisted", "the catalogue does not list it"));
        }
    }
    check_renditions(files, papers, report);
    let held: BTreeSet<String> = held(files);
    for sha256 in &kept_back {
        let why = match (held.contains(sha256), known.contains_key(sha256) || report.destroyed > 0) {
            (true, _) => "is said to be withheld, and is here",
            (_, false) => "is said to be withheld, and no event names it",
            _ => continue,
        };
        report.faults.push(Fault::of(WITHHELD, "paper.withheld", format!("the file {sha256} {why}")));
    }
    let is_absent =
        |sha256: &&String| !held.contains(*sha256) && !erased.contains(sha256.as_str()) && !kept_back.contains(*sha256);
    for sha256 in known.keys().filter(is_absent) {
        let row = rows.iter().zip(&bodies).find(|(_, body)| body.to_string().contains(sha256)).map(|(row, _)| row.rev);
        let why = format!("it names the file {sha256}, which is not in the package");
        report.faults.push(Fault { row, ..Fault::of(EVENTS, "paper.missing", why) });
    }
}

/// What was derived from a paper stands beside it in the catalogue, and nothing else lies among the renditions.
fn check_renditions(files: &mut dyn Files, papers: &[DocumentRow], report: &mut Report) {
    let names = files.names();
    let mut listed = BTreeSet::new();
    for (row, paper) in (1..).zip(papers) {
        for path in &paper.renditions {
            listed.insert(path.as_str());
            if !path.starts_with(RENDITIONS) || !names.contains(path) {
                let why = format!("the rendition {path} of {} is not there", paper.title);
                report.faults.push(Fault::at(CATALOGUE, row, "rendition.missing", why));
            }
        }
    }
    for name in names.iter().filter(|name| name.starts_with(RENDITIONS) && !listed.contains(name.as_str())) {
        report.faults.push(Fault::of(name, "rendition.unlisted", "the catalogue does not list it"));
    }
}

/// The hashes of all payload, as the manifest says; the manifest itself was checked before.
fn held(files: &mut dyn Files) -> BTreeSet<String> {
    let text = files.text(MANIFESTS[0]).unwrap_or_default();
    text.lines().filter_map(|line| Some(line.split_once("  ")?.0.to_owned())).collect()
}

fn check_bytes(files: &mut dyn Files, path: &str, paper: &DocumentRow) -> Option<Fault> {
    let mut summing = crate::sums::Summing::default();
    match files.each_piece(path, &mut |piece| summing.take(piece)) {
        Ok(()) if summing.clone().sums().sha256 == paper.sha256 => None,
        Ok(()) => Some(Fault::of(path, "paper.changed", "it is not the paper that the catalogue lists")),
        Err(fault) => Some(Fault::of(path, "paper.missing", format!("it can't be read: {fault}"))),
    }
}

/// The seal is an event of the log: it commits to the list of papers and to the list of events.
fn check_seal(files: &mut dyn Files, rows: &[EventRow], papers: &[DocumentRow], told: &Seal, report: &mut Report) {
    let fault = |code, why: String| Fault::of(SEAL, code, why);
    if told.format != SEAL_FORMAT {
        report.faults.push(fault("seal.format", format!("{} is not known to this release", told.format)));
    }
    let Some(event) = rows.iter().rfind(|event| event.name == SEALED_EVENT) else {
        report.faults.push(Fault::of(EVENTS, "seal.none", "no event put an archive seal on the file"));
        return;
    };
    let body = event.body_value();
    let says = |field: &str| body[field].as_str().unwrap_or_default().to_owned();
    let row = event.rev;
    let at = |code, why: &str| Fault::at(EVENTS, row, code, why.to_owned());
    if body["upto_rev"].as_u64().is_none_or(|upto| upto != event.rev - 1) {
        report.faults.push(at("seal.range", "the seal does not reach up to the event before it"));
    }
    let agree = [
        ("archive_no", told.archive_no == says("archive_no")),
        ("position", told.position == event.position),
        ("upto_rev", Some(told.upto_rev) == body["upto_rev"].as_u64()),
        ("papers_sha256", told.papers_sha256 == says("seal_sha256")),
        ("record_sha256", told.record_sha256.as_deref() == body["record_sha256"].as_str()),
    ];
    for (field, _) in agree.iter().filter(|(_, agrees)| !agrees) {
        report.faults.push(fault("seal.differs", format!("`{field}` is not what the sealing event says (row {row})")));
    }
    check_sealed_papers(files, papers, &says("seal_sha256"), report);
    if let Some(record) = body["record_sha256"].as_str() {
        let sealed = rows.iter().filter(|event| event.rev <= told.upto_rev).map(EventRow::record_line);
        if record_sha256(sealed) != record {
            let why = "who acted, when or in which order is not what was sealed";
            report.faults.push(Fault::of(EVENTS, "seal.record", why));
        }
    }
}

fn check_sealed_papers(files: &mut dyn Files, papers: &[DocumentRow], sealed: &str, report: &mut Report) {
    let text = match files.text(SEALED_PAPERS) {
        Ok(text) => text,
        Err(fault) => return report.faults.push(Fault::of(SEALED_PAPERS, "bag.unreadable", fault.to_string())),
    };
    if sha256_hex(text.as_bytes()) != sealed {
        report.faults.push(Fault::of(SEALED_PAPERS, "seal.papers", "it is not the list that was sealed"));
    }
    for (row, line) in (1..).zip(text.lines()) {
        let Some((id, sha256)) = line.split_once(' ') else {
            report.faults.push(Fault::at(SEALED_PAPERS, row, "seal.row", "it is not an identifier and a hash"));
            continue;
        };
        if !papers.iter().any(|paper| short(paper.material) == id && paper.sha256 == sha256) {
            let why = format!("the sealed paper {id} is not in the catalogue");
            report.faults.push(Fault::at(SEALED_PAPERS, row, "seal.paper", why));
        }
    }
}

fn check_manifests(
    files: &mut dyn Files,
    (file, code): (&str, &'static str),
    [sha256, sha512]: [&str; 2],
    report: &mut Report,
) {
    let sums = MANIFESTS.map(|name| Sums::of(&files.bytes(name).unwrap_or_default()));
    let agree = [sha256 == sums[0].sha256, sha512 == sums[1].sha512];
    for (name, _) in MANIFESTS.into_iter().zip(agree).filter(|(_, agrees)| !agrees) {
        report.faults.push(Fault::of(file, code, format!("it was written for another {name}")));
    }
}
