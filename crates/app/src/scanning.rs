//! The scanning centre (扫描中心): batches that lie complete in the scanners' folder are taken in once, parted by their
//! cover sheets and routed to the staging of their cases; what is left waits on a desk to be sorted.
//!
//! Every step may be cut off and is done again without doing anything twice: a batch is named by its name and its
//! bytes, its taking in is the first event of its stream, and each part goes to its case under an identifier that
//! follows from the batch and the part.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use xiezhi_documents::scanning::CoverSheet;
use xiezhi_domain::{
    Refusal,
    access::{self, Act},
    command::CaseCommand,
    ids::{CaseId, CommandId, MaterialId, PersonId, ScanId, SheetId},
    law::catalogue,
    material::{FileRef, MaterialCommand},
    paper::{PaperKind, Volume},
    people::Actor,
    scanning::{self, Batch, DESK, Fate, Part, ScanEvent, ScanRefusal, SeenPage},
};
use xiezhi_store::{
    CommandKey, Commit, CommitRefusal, Cond, LogId, Query, Stream, Value, WorkingChange, WorkingKey, writer::WriteError,
};

use crate::{
    App, AppError, codec, court,
    issuing::FILE_LIMIT_BYTES,
    moment,
    ports::{LaidBatch, ScannedPage},
    tables::CaseRow,
};

/// Pages that one run of the confined process looks at.
const PAGES_AT_ONCE: u32 = 10;
/// Cases that lie beside the pages of a batch.
const CASES_ON_DESK: u64 = 20;
/// A cover sheet is good for so long.
const SHEET_LIFE_US: i64 = 180 * 24 * 3_600 * 1_000_000;
/// Batches that wait to be sorted, by identifier.
const OPEN: &str = "scan-open";
/// Files of batches: each is kept, whatever became of its pages.
pub(crate) const SCANNED: &str = "scan-file";
const SHEET: &str = "scan-sheet";
/// How long one sorting of pages may take.
const SORTING_US: i64 = 120_000_000;
/// Where pages are being sorted to, by batch.
const MEANT: &str = "scan-meant";
const MEANT_DAYS: i64 = 365;
/// The kind of case whose catalogue is used.
const CIVIL_FIRST: &str = "civil_first";

/// Where the pages behind a cover sheet go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRoute {
    /// The case.
    pub case: CaseId,
    /// Kind of the paper.
    pub kind: PaperKind,
    /// Its title.
    pub title: String,
}

/// A batch under its identifier.
#[derive(Clone, Debug)]
pub struct KnownBatch {
    /// Identifier.
    pub id: ScanId,
    /// How it stands.
    pub batch: Batch,
}

/// Where pages go.
struct Destination<'a> {
    case: CaseId,
    kind: PaperKind,
    title: &'a str,
    turn: u16,
}

/// Where pages of a batch are being sorted to, noted before they go.
#[derive(Debug, Serialize, Deserialize)]
struct Meant {
    pages: Vec<u32>,
    case: CaseId,
    material: MaterialId,
}

fn stream(batch: ScanId) -> Stream {
    Stream::new("scan", batch)
}

/// An identifier that follows from the batch and a part of it.
fn derived(batch: ScanId, what: &str, first_page: u32) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(batch.0.as_bytes());
    hash.update(what.as_bytes());
    hash.update(first_page.to_be_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// A batch is what its name and its bytes say.
fn batch_id(name: &str, files: &[FileRef]) -> ScanId {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    files.iter().for_each(|file| hash.update(file.sha256.as_bytes()));
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    ScanId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

impl App {
    /// Prints a cover sheet for papers of a case that are going to be scanned; gives the PDF.
    pub async fn print_cover_sheet(
        &self,
        case: CaseId,
        actor: &Actor,
        kind: PaperKind,
        title: &str,
    ) -> Result<Vec<u8>, AppError> {
        let (state, reader) = self.view(case, actor).await?;
        access::may(&reader, Act::KeepFile, state.stage).map_err(AppError::Denied)?;
        let mut secret = [0; 16];
        secret.copy_from_slice(&moment::secret()[..16]);
        let sheet = SheetId(uuid::Builder::from_random_bytes(secret).into_uuid());
        let of_law = match kind.volume() {
            Volume::Main => catalogue::Volume::Main,
            Volume::Secondary => catalogue::Volume::Secondary,
        };
        let place = catalogue::item(CIVIL_FIRST, of_law, kind.place()).map_or("", |item| item.name_zh.as_str());
        let now = self.ports().clock.moment();
        let document = xiezhi_documents::scanning::cover_sheet(&CoverSheet {
            court: &self.rules(now.today).settings.court_name,
            number: &state.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            parties: &state.short_title(),
            kind: kind.name_zh(),
            place,
            title,
            printed_on: now.today,
            code: &scanning::sheet_code(sheet),
        });
        let press = std::sync::Arc::clone(&self.ports().press);
        let printed = tokio::task::spawn_blocking(move || press.print(&document));
        let pdf = printed.await.map_err(|fault| AppError::failed("the press", fault))??.pdf;
        let route = SheetRoute { case, kind, title: title.to_owned() };
        let owner = actor.person().map(|person| person.to_string()).unwrap_or_default();
        let (now, value) = (self.now_us(), serde_json::to_vec(&route).expect("a route is plain data"));
        let key = WorkingKey::new(SHEET, sheet.to_string());
        let put = WorkingChange::Put { key, owner, value, updated_us: now, expires_us: Some(now + SHEET_LIFE_US) };
        self.ports().store.change_working(vec![put]).await?;
        Ok(pdf)
    }

    /// Where a cover sheet leads, if the court printed it and it is still good.
    pub async fn sheet_route(&self, sheet: SheetId) -> Result<Option<SheetRoute>, AppError> {
        let item = self.ports().store.working(&WorkingKey::new(SHEET, sheet.to_string()), self.now_us()).await?;
        Ok(item.and_then(|item| serde_json::from_slice(&item.value).ok()))
    }

    /// Takes in every batch that lies complete, and goes on with those that were cut off; gives how many came.
    pub async fn take_scans(&self) -> Result<usize, AppError> {
        let mut came = 0;
        for laid in self.ports().scanners.ready().await? {
            match self.take_batch(&laid).await {
                Ok(_) => {
                    self.ports().scanners.taken(&laid).await?;
                    came += 1;
                }
                // Nobody can read it: it goes out of the way of the others, and stays to be looked at.
                Err(AppError::Invalid(faults)) => {
                    tracing::warn!(batch = laid.name, code = faults[0].1, "a scanned batch can't be read");
                    self.ports().scanners.refused(&laid).await?;
                }
                Err(fault) => return Err(fault),
            }
        }
        for known in self.open_batches().await? {
            self.route(known.id).await?;
        }
        Ok(came)
    }

    async fn take_batch(&self, laid: &LaidBatch) -> Result<ScanId, AppError> {
        let mut files = vec![];
        for name in &laid.files {
            files.push(self.keep_scanned(laid, name).await?);
        }
        let id = batch_id(&laid.name, &files);
        if !self.ports().store.read_stream(LogId::RECORD, &stream(id), 0).await?.is_empty() {
            return Ok(id);
        }
        let mut pages = vec![];
        for file in &files {
            pages.extend(self.seen_pages(file).await?);
        }
        let taken = ScanEvent::Taken { name: laid.name.clone(), files, pages };
        let command = CommandId(derived(id, "taken", 0));
        match self.append_scan(id, 0, taken, &Actor::System, command).await {
            // Another node took it in at the same time.
            Err(AppError::Busy) => Ok(id),
            done => done.map(|()| id),
        }
    }

    /// Keeps a file of a batch. Its bytes are durable, and stay, before anything names them.
    async fn keep_scanned(&self, laid: &LaidBatch, name: &str) -> Result<FileRef, AppError> {
        let pieces = self.ports().scanners.open(laid, name).await?;
        let stored = self.ports().blobs.put(pieces, FILE_LIMIT_BYTES).await?;
        let key = WorkingKey::new(SCANNED, stored.digest.to_string());
        let put = WorkingChange::Put {
            key,
            owner: String::new(),
            value: vec![],
            updated_us: self.now_us(),
            expires_us: None,
        };
        self.ports().store.change_working(vec![put]).await?;
        self.spare(stored.digest).await?;
        let sha256 = stored.digest.to_string();
        self.screen(&sha256, name, None).await?;
        let seen = self.ports().reading.inspect(&self.kept(&sha256)?).await?;
        if let Some(problem) = seen.problem {
            return Err(AppError::Invalid(vec![("file".to_owned(), problem)]));
        }
        Ok(FileRef {
            sha256,
            size_bytes: stored.size_bytes,
            media: seen.media,
            name: name.to_owned(),
            pages: seen.pages,
            spots: vec![],
        })
    }

    /// What is seen on each page of a file. A page that cannot be looked at is one like any other.
    async fn seen_pages(&self, file: &FileRef) -> Result<Vec<SeenPage>, AppError> {
        let kept = self.kept(&file.sha256)?;
        let mut pages = vec![];
        let mut from = 1;
        while from <= file.pages {
            let count = PAGES_AT_ONCE.min(file.pages - from + 1);
            let looked = match self.ports().reading.examine(&kept, from, count).await {
                Ok(looked) if !looked.is_empty() => looked,
                Ok(_) | Err(AppError::Invalid(_)) => {
                    vec![ScannedPage { codes: vec![], blank: false, skew_tenths: 0 }]
                }
                Err(fault) => return Err(fault),
            };
            for look in looked {
                pages.push(self.seen_page(file, from, look).await?);
                from += 1;
            }
        }
        Ok(pages)
    }

    /// Only a code that this court printed makes a cover sheet of a page: nobody routes pages by a code of their own.
    async fn seen_page(&self, file: &FileRef, page: u32, look: ScannedPage) -> Result<SeenPage, AppError> {
        let mut seen = SeenPage {
            file_sha256: file.sha256.clone(),
            page,
            blank: look.blank,
            turn: 0,
            skew_tenths: look.skew_tenths,
            sheet: None,
        };
        for (code, turn) in look.codes {
            let Some(sheet) = scanning::sheet_named(&code) else { continue };
            if self.sheet_route(sheet).await?.is_some() {
                (seen.sheet, seen.turn) = (Some(sheet), turn);
            }
        }
        Ok(seen)
    }

    /// Sends each part under a cover sheet to its case.
    async fn route(&self, id: ScanId) -> Result<(), AppError> {
        let holder = derived(id, "route", 0).to_string();
        if self.note::<Meant>(MEANT, &id.to_string()).await?.is_some() {
            if !self.hold_batch(id, &holder, SORTING_US).await? {
                return Ok(());
            }
            let ended = self.end_sorting(id, &Actor::System).await;
            self.hold_batch(id, &holder, 0).await?;
            ended?;
        }
        let (batch, _) = self.batch_at(id).await?;
        for part in batch.parts_to_route() {
            let Some(sheet) = part.sheet else { continue };
            let routed = match self.sheet_route(sheet).await? {
                Some(to) => self.route_part(id, &part, &to).await,
                None => Err(Refusal::from(ScanRefusal::NoSuchCase).into()),
            };
            let code = match routed {
                Ok(()) => continue,
                Err(AppError::Refused(refusal)) => refusal.code().to_owned(),
                Err(AppError::Denied(_) | AppError::NotFound) => "scanning.NoSuchCase".to_owned(),
                Err(AppError::Invalid(faults)) => faults.first().map(|(_, code)| code.clone()).unwrap_or_default(),
                Err(fault) => return Err(fault),
            };
            let (_, rev) = self.batch_at(id).await?;
            let command = CommandId(derived(id, "stopped", part.pages[0]));
            self.append_scan(id, rev, ScanEvent::Stopped { pages: part.pages, code }, &Actor::System, command).await?;
        }
        Ok(())
    }

    async fn route_part(&self, id: ScanId, part: &Part, to: &SheetRoute) -> Result<(), AppError> {
        let command = CommandId(derived(id, "routed", part.pages[0]));
        let into = Destination { case: to.case, kind: to.kind, title: &to.title, turn: part.turn };
        self.sort_into(id, &part.pages, into, &Actor::System, command).await.map(drop)
    }

    /// Puts pages together, hands them to the case, then says so of the batch. One at a time does so in a batch, and what
    /// was meant is noted first: a page that reached one case before a crash never goes to another.
    async fn sort_into(
        &self,
        id: ScanId,
        pages: &[u32],
        into: Destination<'_>,
        actor: &Actor,
        command: CommandId,
    ) -> Result<MaterialId, AppError> {
        let holder = command.0.to_string();
        if !self.hold_batch(id, &holder, SORTING_US).await? {
            return Err(AppError::Busy);
        }
        let sorted = self.sort_alone(id, pages, into, actor, command).await;
        self.hold_batch(id, &holder, 0).await?;
        sorted
    }

    /// Holds a batch for so long, or gives it back; false while another holds it.
    async fn hold_batch(&self, id: ScanId, holder: &str, for_us: i64) -> Result<bool, AppError> {
        let now = self.now_us();
        Ok(self.ports().store.lease(&format!("scan:{id}"), holder, now, now + for_us).await?.is_some())
    }

    async fn sort_alone(
        &self,
        id: ScanId,
        pages: &[u32],
        into: Destination<'_>,
        actor: &Actor,
        command: CommandId,
    ) -> Result<MaterialId, AppError> {
        self.end_sorting(id, actor).await?;
        let (batch, rev) = self.batch_at(id).await?;
        if pages.iter().any(|page| matches!(batch.fates.get(page), Some(Fate::Sorted(_)))) {
            return Err(Refusal::from(ScanRefusal::NotWaiting).into());
        }
        let first = pages.first().copied().unwrap_or_default();
        let material = MaterialId(derived(id, "material", first));
        let received = |sha256: &str| batch.files.iter().find(|file| file.sha256 == sha256).cloned();
        let file = self.composed(&batch.leaves(pages), format!("{}-{first}.pdf", batch.name), received).await?;
        let seen = batch.seen(pages, into.turn);
        let (kind, title) = (into.kind, into.title.to_owned());
        let meant = Meant { pages: pages.to_vec(), case: into.case, material };
        self.keep_note(MEANT, &id.to_string(), PersonId(Uuid::nil()), &meant, MEANT_DAYS).await?;
        let scan = MaterialCommand::Scan { material, kind, title, file, seen };
        self.decide(into.case, actor, command, CaseCommand::Material(scan)).await?;
        self.tell_sorted(id, rev, meant, actor).await?;
        Ok(material)
    }

    /// Tells the batch of pages that reached their case before a crash.
    async fn end_sorting(&self, id: ScanId, actor: &Actor) -> Result<(), AppError> {
        let Some(meant) = self.note::<Meant>(MEANT, &id.to_string()).await? else { return Ok(()) };
        let (batch, rev) = self.batch_at(id).await?;
        let is_told = meant.pages.iter().all(|page| matches!(batch.fates.get(page), Some(Fate::Sorted(_))));
        if !is_told && self.load(meant.case).await?.materials.contains_key(&meant.material) {
            return self.tell_sorted(id, rev, meant, actor).await;
        }
        Ok(self.ports().store.change_working(vec![self.note_ending(MEANT, &id.to_string())]).await?)
    }

    async fn tell_sorted(&self, id: ScanId, rev: u64, meant: Meant, actor: &Actor) -> Result<(), AppError> {
        let told = CommandId(derived(id, "sorted", meant.pages.first().copied().unwrap_or_default()));
        let Meant { pages, case, material } = meant;
        let sorted = ScanEvent::Sorted { pages, case, material, by: actor.person() };
        self.append_scan(id, rev, sorted, actor, told).await?;
        Ok(self.ports().store.change_working(vec![self.note_ending(MEANT, &id.to_string())]).await?)
    }

    /// Batches of which pages wait, the newest first.
    pub async fn open_batches(&self) -> Result<Vec<KnownBatch>, AppError> {
        let items = self.ports().store.working_of(OPEN, None, self.now_us()).await?;
        let mut known = vec![];
        for id in items.iter().filter_map(|item| item.key.id.parse().ok()) {
            known.push(KnownBatch { id, batch: self.batch_at(id).await?.0 });
        }
        known.sort_by(|one, other| other.batch.name.cmp(&one.batch.name));
        Ok(known)
    }

    /// A batch, for whoever sorts scans; to others it does not exist.
    pub async fn batch(&self, actor: &Actor, id: ScanId) -> Result<Batch, AppError> {
        may_sort(actor)?;
        let (batch, rev) = self.batch_at(id).await?;
        if rev == 0 { Err(AppError::NotFound) } else { Ok(batch) }
    }

    /// Cases that pages of a batch may go to: those that others of it went to, then the sorter's own.
    pub async fn cases_on_desk(&self, actor: &Actor, batch: &Batch) -> Result<Vec<CaseRow>, AppError> {
        may_sort(actor)?;
        let went = batch.fates.values().filter_map(|fate| match fate {
            Fate::Sorted(case) => Some(Value::Text(case.to_string())),
            _ => None,
        });
        let went: BTreeSet<Value> = went.collect();
        let known = crate::access::visible(actor).and(Cond::In("case_id", went.into_iter().collect()));
        let mut cases: Vec<CaseRow> = self.rows(Query::of("cases", known).page(CASES_ON_DESK, 0)).await?;
        for own in self.own_cases(actor, CASES_ON_DESK).await? {
            if own.phase != "archived" && !cases.iter().any(|known| known.case_id == own.case_id) {
                cases.push(own);
            }
        }
        cases.retain(|case| case.number.is_some());
        Ok(cases)
    }

    async fn batch_at(&self, id: ScanId) -> Result<(Batch, u64), AppError> {
        let (mut batch, mut at) = (Batch::default(), 0);
        for (rev, event) in court::read_plain::<ScanEvent>(self, &stream(id), 0).await? {
            batch.apply(&event);
            at = rev;
        }
        Ok((batch, at))
    }

    /// Sorts pages of a batch by hand into the staging of the case with this number.
    pub async fn sort_scans(
        &self,
        actor: &Actor,
        command: CommandId,
        (id, pages): (ScanId, Vec<u32>),
        number: &str,
        (kind, title): (PaperKind, &str),
    ) -> Result<MaterialId, AppError> {
        let batch = self.batch(actor, id).await?;
        let first = pages.first().copied().unwrap_or_default();
        let named = self.case_by_number(number.trim()).await?;
        // Sent twice, it went once.
        let went = |page| matches!(batch.fates.get(page), Some(Fate::Sorted(case)) if Some(*case) == named);
        if !pages.is_empty() && pages.iter().all(went) {
            return Ok(MaterialId(derived(id, "material", first)));
        }
        scanning::check_choice(&batch, actor.post(), &pages).map_err(Refusal::from)?;
        let case = scanning::case_named(named).map_err(Refusal::from)?;
        let into = Destination { case, kind, title, turn: 0 };
        match self.sort_into(id, &pages, into, actor, command).await {
            Err(AppError::Denied(_) | AppError::NotFound) => Err(Refusal::from(ScanRefusal::NoSuchCase).into()),
            done => done,
        }
    }

    /// Puts pages away that belong to no case.
    pub async fn drop_scans(
        &self,
        actor: &Actor,
        command: CommandId,
        (id, pages): (ScanId, Vec<u32>),
        reason: &str,
    ) -> Result<(), AppError> {
        may_sort(actor)?;
        let (batch, rev) = self.batch_at(id).await?;
        let Some((person, post)) = actor.person().zip(actor.post()) else { return Err(AppError::NotFound) };
        if self.ports().store.committed(LogId::RECORD, command.0).await?.is_some() {
            return Ok(());
        }
        let dropped = scanning::put_away(&batch, (person, post), pages, reason).map_err(Refusal::from)?;
        self.append_scan(id, rev, dropped, actor, command).await
    }

    /// An event of a batch, and whether it still lies on the desk.
    async fn append_scan(
        &self,
        id: ScanId,
        rev: u64,
        event: ScanEvent,
        actor: &Actor,
        command: CommandId,
    ) -> Result<(), AppError> {
        let (mut batch, _) = self.batch_at(id).await?;
        batch.apply(&event);
        let (now, by) = (self.ports().clock.now(), actor.label());
        let (key, at_us) = (WorkingKey::new(OPEN, id.to_string()), now.as_microsecond());
        let lies = match batch.waiting().is_empty() && batch.parts_to_route().is_empty() {
            true => WorkingChange::Delete { key },
            false => {
                WorkingChange::Put { key, owner: String::new(), value: vec![], updated_us: at_us, expires_us: None }
            }
        };
        let inscription = codec::Inscription::new(&by, at_us, &stream(id));
        let sealed = codec::seal_plain(moment::new_id(now), &event, &inscription);
        let commit = Commit {
            log: LogId::RECORD,
            command: CommandKey { id: command.0, hash: [0; 32] },
            actor: by.clone(),
            at_us,
            read: vec![(stream(id), rev)],
            write: vec![(stream(id), vec![sealed])],
            rows: vec![],
            outbox: vec![],
            working: vec![lies],
        };
        match self.writer().commit(commit).await {
            Ok(_) => Ok(()),
            Err(WriteError::Refused(CommitRefusal::Conflict { .. })) => Err(AppError::Busy),
            Err(failed) => Err(failed.into()),
        }
    }
}

fn may_sort(actor: &Actor) -> Result<(), AppError> {
    if actor.post().is_some_and(|post| DESK.contains(&post)) { Ok(()) } else { Err(AppError::NotFound) }
}
