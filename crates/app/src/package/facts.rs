//! What stands in a package, in rows: events, papers, the seal.

use std::collections::{BTreeMap, BTreeSet};

use xiezhi_domain::{
    archive::ArchiveEvent,
    case::CaseState,
    event::CaseEvent,
    ids::CaseId,
    law::catalogue,
    material::{FileRef, Material, Place, Submitter},
    moment::{Moment, Recorded},
    paper::Volume,
};
use xiezhi_ledger::Hash;
use xiezhi_package::{
    DocumentRow, EventRow, Seal, layout,
    layout::{DOCUMENTS, Withheld, to_hex},
};
use xiezhi_store::StoredEvent;

use crate::AppError;

/// The kind of case whose catalogue is used.
const CIVIL_FIRST: &str = "civil_first";

/// An event with its way to the root.
pub(super) fn event_row(event: &StoredEvent, path: Vec<Hash>) -> Result<EventRow, AppError> {
    let text = |body: &Vec<u8>| {
        String::from_utf8(body.clone()).map_err(|_| AppError::Unreadable(format!("{} is no text", event.name)))
    };
    Ok(EventRow {
        rev: event.rev,
        position: event.pos,
        id: event.id,
        name: event.name.clone(),
        at_us: event.at_us,
        actor: event.actor.clone(),
        command: event.command,
        body: event.body.as_ref().map(text).transpose()?,
        salt: event.salt.map(|salt| to_hex(&salt)),
        entry: to_hex(&event.entry),
        path: path.iter().map(ToString::to_string).collect(),
    })
}

/// The moment an event was recorded.
pub(super) fn moment_of(row: &EventRow) -> Result<Moment, AppError> {
    let at = jiff::Timestamp::from_microsecond(row.at_us);
    Ok(Moment::of(at.map_err(|_| AppError::Unreadable(format!("{} lies outside the calendar", row.at_us)))?))
}

/// What a row tells of the case; nothing where its body was destroyed.
pub(super) fn told(row: &EventRow) -> Result<Option<CaseEvent>, AppError> {
    let Some(body) = &row.body else { return Ok(None) };
    let decoded = CaseEvent::decode(body.as_bytes());
    decoded.map(Some).map_err(|fault| AppError::Unreadable(format!("{}: {}", row.name, fault.detail)))
}

/// The case that rows tell of.
pub(super) fn fold<'a>(id: CaseId, rows: impl Iterator<Item = &'a EventRow>) -> Result<Option<CaseState>, AppError> {
    let mut events = vec![];
    for row in rows {
        if let Some(event) = told(row)? {
            events.push((event, Recorded { moment: moment_of(row)?, rev: row.rev }));
        }
    }
    Ok(CaseState::fold(id, events.iter().map(|(event, recorded)| (event, *recorded))))
}

/// Every paper in the order of the volumes, each version of it a row of its own.
pub(super) fn documents(case: &CaseState, rows: &[EventRow]) -> Result<Vec<DocumentRow>, AppError> {
    let upto = case.archive.sealed_upto.unwrap_or(case.rev);
    let sealed = fold(case.id, rows.iter().filter(|row| row.rev <= upto))?;
    let in_file = |paper: &Material| {
        let then = sealed.as_ref().and_then(|case| case.materials.get(&paper.id));
        then.is_some_and(|then| then.place == Place::InFile)
    };
    let mut documents = vec![];
    for volume in [Volume::Main, Volume::Secondary] {
        let (mut number, mut next_page) = (0, 1);
        for paper in of_volume(case, volume) {
            number += 1;
            let versions: Vec<&FileRef> = paper.earlier.iter().chain([&paper.file]).collect();
            for (at, file) in (1..).zip(&versions) {
                let newest = at == versions.len();
                let kept = paper.erased_on.is_none();
                let path = kept.then(|| path(paper, number, (!newest).then_some(at), file));
                documents.push(DocumentRow {
                    first_page: (newest && paper.file.pages > 0).then_some(next_page),
                    sealed: newest && in_file(paper),
                    ..row(case, paper, number, at, file, path, newest)
                });
            }
            next_page += paper.file.pages;
        }
    }
    Ok(documents)
}

/// Papers of a volume in the order of its catalogue; what was thrown out of staging comes last.
fn of_volume(case: &CaseState, volume: Volume) -> Vec<&Material> {
    let mut papers: Vec<&Material> = case.materials_in_order().filter(|paper| paper.volume == volume).collect();
    papers.sort_by_key(|paper| (paper.place == Place::Discarded, item(paper).map_or(u16::MAX, |item| item.order)));
    papers
}

fn item(paper: &Material) -> Option<&'static catalogue::CatalogueItem> {
    let volume = match paper.volume {
        Volume::Main => catalogue::Volume::Main,
        Volume::Secondary => catalogue::Volume::Secondary,
    };
    catalogue::item(CIVIL_FIRST, volume, paper.kind.place())
}

/// Names are made from numbers and kinds, never from what somebody typed.
fn path(paper: &Material, number: u32, earlier: Option<usize>, file: &FileRef) -> String {
    let volume = if paper.volume == Volume::Main { "main" } else { "secondary" };
    let version = earlier.map(|at| format!("-v{at}")).unwrap_or_default();
    format!("{DOCUMENTS}{volume}/{number:04}-{}{version}.{}", paper.kind.name_zh(), ending(&file.media))
}

/// The ending of a file of this type.
pub(super) fn ending(media: &str) -> &'static str {
    match media {
        "application/pdf" => "pdf",
        "application/ofd" => "ofd",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/tiff" => "tif",
        "image/webp" => "webp",
        "image/bmp" => "bmp",
        "text/plain" => "txt",
        "audio/mpeg" => "mp3",
        "audio/wav" => "wav",
        "video/mp4" => "mp4",
        "application/msword" => "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        _ => "bin",
    }
}

fn row(
    case: &CaseState,
    paper: &Material,
    number: u32,
    version: usize,
    file: &FileRef,
    path: Option<String>,
    newest: bool,
) -> DocumentRow {
    let from = match paper.by {
        Submitter::Court => None,
        Submitter::Party { party } => case.parties.get(&party).map(|party| party.name.clone()),
    };
    DocumentRow {
        path,
        material: paper.id.0,
        version,
        newest,
        kind: paper.kind.code().to_owned(),
        kind_zh: paper.kind.name_zh().to_owned(),
        title: paper.title.clone(),
        volume: if paper.volume == Volume::Main { "main" } else { "secondary" }.to_owned(),
        place_zh: item(paper).map_or("", |item| item.name_zh.as_str()).to_owned(),
        number,
        first_page: None,
        pages: file.pages,
        media: file.media.clone(),
        size_bytes: file.size_bytes,
        sha256: file.sha256.clone(),
        from,
        received_on: paper.received_on.to_string(),
        entered_on: paper.entered_on.map(|day| day.to_string()),
        struck: paper.place == Place::Struck,
        sealed: false,
        renditions: vec![],
    }
}

/// Files that events name beside papers, with their types: signatures by hand, what a request came with.
/// What was lawfully erased is not among them.
pub(super) fn attachments(events: &[EventRow], documents: &[DocumentRow]) -> BTreeMap<String, String> {
    let (mut named, mut erased) = (BTreeMap::new(), BTreeSet::new());
    for body in events.iter().map(EventRow::body_value) {
        layout::named_files(&body, &mut named);
        if body["event"] == layout::ERASED_EVENT {
            let files = body["files"].as_array().into_iter().flatten();
            erased.extend(files.filter_map(|sha256| sha256.as_str().map(str::to_owned)));
        }
    }
    named.retain(|sha256, _| !erased.contains(sha256));
    documents.iter().for_each(|paper| drop(named.remove(&paper.sha256)));
    named
}

/// Takes what is infected out of what is handed out, paper or not, and says what that was. `infected` names by hash what
/// the scanner found.
pub(super) fn withhold(
    documents: &mut [DocumentRow],
    events: &[EventRow],
    infected: &BTreeMap<String, String>,
) -> Vec<Withheld> {
    let mut withheld = BTreeMap::new();
    for paper in documents.iter_mut().filter(|paper| infected.contains_key(&paper.sha256)) {
        if paper.path.take().is_some() {
            withheld.insert(paper.sha256.clone(), paper.media.clone());
        }
    }
    if !infected.is_empty() {
        withheld.extend(attachments(events, documents).into_iter().filter(|(sha256, _)| infected.contains_key(sha256)));
    }
    let row = |(sha256, media): (String, String)| Withheld { found: infected[&sha256].clone(), sha256, media };
    withheld.into_iter().map(row).collect()
}

/// The archive seal, as its event says it.
pub(super) fn seal(case: &CaseState, rows: &[EventRow], court: &str, log: &str) -> Result<Seal, AppError> {
    for row in rows.iter().rev().filter(|row| row.name == layout::SEALED_EVENT) {
        let Some(CaseEvent::Archive(ArchiveEvent::Sealed { archive_no, upto_rev, seal_sha256, record_sha256, .. })) =
            told(row)?
        else {
            continue;
        };
        return Ok(Seal {
            format: layout::SEAL_FORMAT.to_owned(),
            case: case.id.0,
            number: case.number.as_ref().map(ToString::to_string),
            archive_no,
            court: court.to_owned(),
            log: log.to_owned(),
            position: row.position,
            upto_rev,
            papers_sha256: seal_sha256,
            record_sha256,
            manifest_sha256: String::new(),
            manifest_sha512: String::new(),
        });
    }
    Err(AppError::NotFound)
}
