//! The archive package (归档包): an archived case gathered from record, log and files into a bag that is checked
//! without the court. What may leave is decided beforehand; nothing of a damaged file ever leaves.

mod eep;
mod extract;
mod facts;
mod import;
mod mets;
mod people;
mod premis;
mod properties;
mod renditions;
mod repacked;
mod xml;

use std::{io, sync::Arc};

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use xiezhi_domain::{
    access::{self, Act, Reader},
    archive::{ArchiveCommand, ArchiveEvent, Occasion},
    case::CaseState,
    event::CaseEvent,
    ids::{CaseId, CommandId},
    law::four_properties::Tested,
    people::Actor,
    stage::Stage,
};
use xiezhi_ledger::{Note, inclusion, tree::NodeId};
use xiezhi_package::{
    Bag, Content, Item, Seal, layout,
    layout::to_hex,
    sums::{Summing, Sums},
    zip::{self, Part},
};
use xiezhi_store::{
    LogId, StoredEvent,
    blob::{BlobError, ByteStream, Digest},
};

use crate::{
    App, AppError,
    access::{AccessEvent, Look},
    codec, moment,
    recorder::RecorderError,
    stamping::{Best, Stamped},
};

pub use extract::ExtractFacts;
pub use import::{ImportError, Imported, Origin, OriginEvent};
pub use people::PersonLine;
pub use xiezhi_package::{DocumentRow, EventRow, Withheld, layout::INDEX};

/// Stored name of the four-property test.
const TESTED: &str = "archive.tested.v1";

/// What a package tells, before it is packed: enough to write its page from.
pub struct Facts {
    /// The case.
    pub case: Arc<CaseState>,
    /// Name of the court.
    pub court: String,
    /// Whether it is a demonstration court.
    pub demonstration: bool,
    /// When it is packed.
    pub packed_at: Timestamp,
    /// Events, each with its way to the root.
    pub events: Vec<EventRow>,
    /// Papers, in the order of the volumes.
    pub documents: Vec<DocumentRow>,
    /// People whom events name.
    pub people: Vec<PersonLine>,
    /// The four-property test.
    pub tested: Vec<Tested>,
    /// The archive seal.
    pub seal: Seal,
    /// The checkpoint, with its cosignatures.
    pub checkpoint: Note,
    /// The time stamp over it, and the answer of the authority as it came.
    pub stamp: Option<(Stamped, Vec<u8>)>,
    /// What is not handed out: a virus was found in it.
    pub withheld: Vec<Withheld>,
    /// Images of pages, of papers whose own format may not last.
    pub renditions: Vec<Item>,
}

impl Facts {
    /// Whether the last thing that happened to the file is a test of the day on which it is packed: then another would
    /// find the same, and would only outrun the checkpoint that was stamped.
    fn is_tested_today(&self) -> bool {
        let today = xiezhi_domain::moment::day_of(self.packed_at);
        let is_last = self.events.last().is_some_and(|event| event.name == TESTED);
        let tested = self.case.archive.tested.as_ref();
        is_last && tested.is_some_and(|(on, occasion, _)| *on == today && *occasion == Occasion::Export)
    }
}

/// A package, ready to leave.
pub struct Packed {
    /// Name of its folder.
    pub name: String,
    /// Its files.
    pub items: Vec<Item>,
}

/// A file that goes with the papers, such as the page a person begins with: path and text.
pub type Page = (&'static str, String);

impl App {
    /// Who may take the file out: the rule that lets them. That they did is on record before anything leaves.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for whoever may not know of the case, [`AppError::Denied`] for whoever may.
    pub async fn may_take_out(&self, id: CaseId, actor: &Actor) -> Result<&'static str, AppError> {
        let (case, reader) = self.view(id, actor).await?;
        access::may(&reader, Act::TakeOutArchive, case.stage).map_err(AppError::Denied)
    }

    /// Packs an archived case for `actor`, with the pages that `pages` writes. A case that was taken over leaves in
    /// the package it came in.
    ///
    /// # Errors
    /// Those of [`App::may_take_out`], and whatever keeps the package from being whole: then nothing leaves.
    pub async fn take_out(
        &self,
        id: CaseId,
        actor: &Actor,
        pages: impl Fn(&Facts) -> Vec<Page>,
    ) -> Result<Packed, AppError> {
        let rule = self.may_take_out(id, actor).await?;
        let packed = match self.origin_of(id).await? {
            Some(origin) => {
                let case = self.load(id).await?;
                self.original(case.archive.archive_no.as_deref().unwrap_or_default(), &origin).await?
            }
            None => {
                let mut facts = self.facts(id).await?;
                if !facts.is_tested_today() {
                    self.test_for_export(id, actor).await?;
                    facts = self.facts(id).await?;
                }
                self.pack(&facts, pages(&facts)).await?
            }
        };
        if let Actor::Person { id: reader, post, .. } = actor {
            let look = AccessEvent::Looked {
                reader: *reader,
                post: *post,
                look: Look::Export,
                case: Some(id),
                material: None,
                pages: vec![],
                words: Some(packed.name.clone()),
                rule: rule.to_owned(),
            };
            self.record_look(look).await?;
        }
        Ok(packed)
    }

    /// The four-property test before it leaves (四性检测：移交): an act of the file, which the package carries, too.
    async fn test_for_export(&self, id: CaseId, actor: &Actor) -> Result<(), AppError> {
        let command = CommandId(moment::new_id(self.ports().clock.now()));
        self.decide(id, actor, command, ArchiveCommand::Test.into()).await.map(drop)
    }

    /// The files of a package, with the sums of each.
    async fn pack(&self, facts: &Facts, pages: Vec<Page>) -> Result<Packed, AppError> {
        let mut bag = Bag::default();
        bag.info("Source-Organization", &facts.court);
        bag.info("External-Description", &facts.case.short_title());
        bag.info("External-Identifier", facts.seal.number.as_deref().unwrap_or_default());
        bag.info("Bag-Group-Identifier", &facts.seal.archive_no);
        bag.info("Internal-Sender-Identifier", &facts.case.id.to_string());
        bag.info("Bagging-Date", &xiezhi_domain::moment::Moment::of(facts.packed_at).today.to_string());
        bag.info("Bag-Software-Agent", concat!("xiezhi ", env!("CARGO_PKG_VERSION")));
        for (path, text) in pages {
            bag.add(Item::of(path, text));
        }
        bag.add(Item::of(layout::CHECKPOINT, facts.checkpoint.to_string()));
        if let Some((_, answer)) = &facts.stamp {
            bag.add(Item::of(layout::STAMP, answer.clone()));
        }
        bag.add(Item::of(layout::POLICY, self.policy_file().await?));
        bag.add(Item::of(layout::ROOT_CERTIFICATE, self.ports().keys.authority.trust_root().to_pem()));
        let files = self.files_of(facts).await?;
        withholds(&mut bag, &facts.withheld);
        let lines = facts.events.iter().map(json_line);
        bag.add(Item::of(layout::EVENTS, lines.collect::<String>()));
        bag.add(Item::of(layout::CATALOGUE, json(&facts.documents)));
        bag.add(Item::of(layout::SEALED_PAPERS, self.sealed_papers(facts)?));
        bag.add(Item::of(layout::PEOPLE, json(&facts.people)));
        bag.add(Item::of(layout::TEST_REPORT, json(&facts.tested)));
        bag.add(Item::of(layout::PREMIS, premis::write(facts, &files)));
        bag.add(Item::of(layout::METS, mets::write(facts, &files)));
        bag.add(Item::of(layout::EEP, eep::write(facts)));
        files.into_iter().for_each(|file| bag.add(file));
        facts.renditions.iter().for_each(|page| bag.add(page.clone()));
        Ok(Packed { name: facts.seal.archive_no.clone(), items: bag.close(facts.seal.clone()) })
    }

    /// The list that the archive seal covers, as the file stood when it was put on.
    fn sealed_papers(&self, facts: &Facts) -> Result<String, AppError> {
        let sealed = facts.events.iter().filter(|row| row.rev <= facts.seal.upto_rev);
        let case = facts::fold(facts.case.id, sealed)?.ok_or(AppError::NotFound)?;
        Ok(xiezhi_domain::closing::seal_list(&case))
    }

    /// Papers and what else events name, each read to its end and held against its name.
    async fn files_of(&self, facts: &Facts) -> Result<Vec<Item>, AppError> {
        let mut files = vec![];
        for paper in &facts.documents {
            let Some(path) = &paper.path else { continue };
            files.push(self.file(path.clone(), &paper.sha256).await?);
        }
        let mut beside = facts::attachments(&facts.events, &facts.documents);
        facts.withheld.iter().for_each(|file| drop(beside.remove(&file.sha256)));
        for (sha256, media) in beside {
            let path = format!("{}{sha256}.{}", layout::ATTACHMENTS, facts::ending(&media));
            files.push(self.file(path, &sha256).await?);
        }
        Ok(files)
    }

    async fn file(&self, path: String, sha256: &str) -> Result<Item, AppError> {
        let sums = self.sums(sha256).await?;
        Ok(Item { path, sums, content: Content::Blob(sha256.to_owned()) })
    }

    /// The sums of a file.
    async fn sums(&self, sha256: &str) -> Result<Sums, AppError> {
        let digest: Digest = sha256.parse().map_err(|_| AppError::Unreadable(format!("{sha256} is no digest")))?;
        let mut bytes = self.ports().blobs.open(digest, None).await?;
        let mut summing = Summing::default();
        while let Some(piece) = bytes.next().await {
            summing.take(&piece.map_err(BlobError::storage("read a blob"))?);
        }
        let sums = summing.sums();
        if sums.sha256 == sha256 { Ok(sums) } else { Err(BlobError::Damaged { digest }.into()) }
    }

    /// The bytes of one file of a package; where a virus was found in it since it was packed, the package ends there.
    pub async fn content(&self, content: &Content) -> Result<ByteStream<'static>, AppError> {
        match content {
            Content::Bytes(bytes) => {
                let bytes = Bytes::from(bytes.clone());
                Ok(stream::once(async move { Ok(bytes) }).boxed())
            }
            Content::Blob(sha256) => {
                self.refuse_infected(sha256).await?;
                let digest = sha256.parse().map_err(|_| AppError::Unreadable(format!("{sha256} is no digest")))?;
                Ok(self.ports().blobs.open(digest, None).await?)
            }
        }
    }

    /// A package as one .zip: its length, and its bytes as they are read.
    pub fn zipped(&self, packed: Packed) -> (u64, ByteStream<'static>) {
        let parts = zip::zip(&packed.name, packed.items);
        let size_bytes = zip::size_bytes(&parts);
        let app = self.clone();
        let read = move |part: Part| {
            let app = app.clone();
            async move {
                let content = match part {
                    Part::Bytes(bytes) => Content::Bytes(bytes),
                    Part::Blob { sha256, .. } => Content::Blob(sha256),
                };
                app.content(&content).await.map_err(io::Error::other)
            }
        };
        (size_bytes, stream::iter(parts).then(read).try_flatten().boxed())
    }

    /// Writes into an archive seal the hash over the events it covers: what their commitments leave open, who
    /// acted and when, is then committed to as well.
    pub(crate) async fn seal_record(&self, id: CaseId, events: &mut [CaseEvent]) -> Result<(), AppError> {
        for event in events {
            let CaseEvent::Archive(ArchiveEvent::Sealed { upto_rev, record_sha256, .. }) = event else { continue };
            let stored = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(id), 0).await?;
            let sealed = stored.iter().filter(|stored| stored.rev <= *upto_rev).map(record_line);
            *record_sha256 = Some(layout::record_sha256(sealed));
        }
        Ok(())
    }

    /// The checkpoint that proves what stands at `position` best, signed and cosigned now if there is none yet; and
    /// the size up to which the court signed.
    async fn checkpoint_over(&self, position: u64) -> Result<(Best, u64), AppError> {
        if let Some(best) = self.best_over(LogId::RECORD, position).await? {
            return Ok(best);
        }
        self.prove(LogId::RECORD).await.map_err(not_proven)?;
        self.ask_witnesses(LogId::RECORD).await.map_err(not_proven)?;
        self.best_over(LogId::RECORD, position).await?.ok_or(AppError::Busy)
    }

    /// The events of a case, each with its way to the root of one checkpoint.
    async fn event_rows(&self, stored: &[StoredEvent]) -> Result<(Vec<EventRow>, Best), AppError> {
        let last = stored.last().ok_or(AppError::NotFound)?.pos;
        let (best, signed) = self.checkpoint_over(last).await?;
        let size = best.size;
        let needs: Vec<NodeId> = stored.iter().flat_map(|event| inclusion::needs(event.pos, size)).collect();
        let tiles = self.tiles(LogId::RECORD, &needs, signed).await.map_err(not_proven)?;
        let row = |event: &StoredEvent| {
            let path =
                inclusion::prove(event.pos, size, &tiles).map_err(|fault| AppError::failed("the tiles", fault))?;
            facts::event_row(event, path)
        };
        Ok((stored.iter().map(row).collect::<Result<_, _>>()?, best))
    }

    /// Everything a package tells.
    async fn facts(&self, id: CaseId) -> Result<Facts, AppError> {
        let stored = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(id), 0).await?;
        let case = Arc::new(codec::fold(id, None, &stored)?.ok_or(AppError::NotFound)?);
        let (events, Best { note: checkpoint, stamp, .. }) = self.event_rows(&stored).await?;
        let directory = self.directory().await?;
        let mut documents = facts::documents(&case, &events)?;
        let withheld = facts::withhold(&mut documents, &events, &self.infected().await?);
        let renditions = self.renditions(&mut documents).await?;
        let people = people::named(&events, &directory);
        let settings = &self.ports().settings;
        let seal = facts::seal(&case, &events, &settings.court_name, &self.origin(LogId::RECORD))?;
        let tested = case.archive.tested.clone().map(|(.., results)| results).unwrap_or_default();
        Ok(Facts {
            court: settings.court_name.clone(),
            demonstration: settings.demonstration,
            packed_at: self.ports().clock.now(),
            events,
            documents,
            people,
            tested,
            seal,
            checkpoint,
            stamp,
            withheld,
            renditions,
            case,
        })
    }
}

/// Says what is not handed out; a package that withholds nothing says nothing of it.
fn withholds(bag: &mut Bag, withheld: &[Withheld]) {
    if !withheld.is_empty() {
        bag.add(Item::of(layout::WITHHELD, json(&withheld)));
    }
}

fn not_proven(fault: RecorderError) -> AppError {
    AppError::failed("the record", fault)
}

fn record_line(event: &StoredEvent) -> String {
    let entry = to_hex(&event.entry);
    layout::record_line(event.rev, event.id, event.at_us, event.command, &event.actor, &event.name, &entry)
}

fn json_line(value: &impl serde::Serialize) -> String {
    format!("{}\n", serde_json::to_string(value).expect("it is plain data"))
}

fn json(value: &impl serde::Serialize) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).expect("it is plain data"))
}

/// Whether the file of a case may be taken out by `reader`, for a page that offers it.
pub fn is_offered(reader: &Reader, case: &CaseState) -> bool {
    case.stage == Stage::Archived && access::may(reader, Act::TakeOutArchive, case.stage).is_ok()
}
