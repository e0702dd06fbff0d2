//! What a party takes along of its closed case (当事人档案包): the papers of the main volume that it may see, each with
//! the event that brought it, proven as in a whole package. Nothing of the secondary volume, and nothing that tells how
//! much else lies in the file: no seal, numbers of its own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::Place,
    paper::Volume,
    people::Actor,
};
use xiezhi_ledger::Note;
use xiezhi_package::{
    Bag, DocumentRow, EventRow, Extract, Item,
    layout::{self, DOCUMENTS, EXTRACT_FORMAT},
};
use xiezhi_store::{LogId, StoredEvent};

use super::{Packed, Page, Withheld, facts, json, json_line, people, withholds};
use crate::{
    App, AppError,
    access::{AccessEvent, Look},
    codec,
    stamping::{Best, Stamped},
};

/// What an extract tells, before it is packed: enough to write its page from.
pub struct ExtractFacts {
    /// What it is.
    pub extract: Extract,
    /// Parties, short.
    pub title: String,
    /// Whether it is of a demonstration court.
    pub demonstration: bool,
    /// When it is packed.
    pub packed_at: Timestamp,
    /// The papers.
    pub documents: Vec<DocumentRow>,
    /// What of them is not handed out: a virus was found in it.
    pub withheld: Vec<Withheld>,
    /// The events that brought them.
    pub events: Vec<EventRow>,
    /// People whom these name.
    pub people: Vec<people::PersonLine>,
    /// The checkpoint, with its cosignatures.
    pub checkpoint: Note,
    /// The time stamp over it.
    pub stamp: Option<(Stamped, Vec<u8>)>,
}

impl App {
    /// Packs what `actor`, a party or its lawyer, may see of a closed case. That it leaves is on record before anything
    /// does.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for whoever may not know of the case, [`AppError::Denied`] for whoever is no party to it,
    /// and whatever keeps it from being whole.
    pub async fn take_extract(
        &self,
        id: CaseId,
        actor: &Actor,
        pages: impl Fn(&ExtractFacts) -> Vec<Page>,
    ) -> Result<Packed, AppError> {
        let (case, reader) = self.view(id, actor).await?;
        let rule = access::may(&reader, Act::TakeOutExtract, case.stage).map_err(AppError::Denied)?;
        let facts = self.extract_facts(&case, &reader).await?;
        let packed = self.pack_extract(&facts, pages(&facts)).await?;
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

    async fn extract_facts(&self, case: &CaseState, reader: &Reader) -> Result<ExtractFacts, AppError> {
        let stored = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(case.id), 0).await?;
        let all = stored.iter().map(|event| facts::event_row(event, vec![])).collect::<Result<Vec<_>, _>>()?;
        let mut documents = of_reader(case, reader, facts::documents(case, &all)?);
        let brought = bringing(&documents, &stored);
        documents.retain(|paper| brought.named.contains(&paper.sha256));
        numbered(&mut documents);
        let withheld = facts::withhold(&mut documents, &all, &self.infected().await?);
        let (events, Best { note: checkpoint, stamp, .. }) = self.event_rows(&brought.events).await?;
        let people = people::named(&events, &*self.directory().await?);
        let party = reader.party.and_then(|party| case.parties.get(&party)).map(|party| party.name.clone());
        let settings = &self.ports().settings;
        let extract = Extract {
            format: EXTRACT_FORMAT.to_owned(),
            case: case.id.0,
            number: case.number.as_ref().map(ToString::to_string),
            court: settings.court_name.clone(),
            log: self.origin(LogId::RECORD),
            party: party.unwrap_or_default(),
            manifest_sha256: String::new(),
            manifest_sha512: String::new(),
        };
        Ok(ExtractFacts {
            extract,
            title: case.short_title(),
            demonstration: settings.demonstration,
            packed_at: self.ports().clock.now(),
            documents,
            withheld,
            events,
            people,
            checkpoint,
            stamp,
        })
    }

    async fn pack_extract(&self, facts: &ExtractFacts, pages: Vec<Page>) -> Result<Packed, AppError> {
        let mut bag = Bag::default();
        bag.info("Source-Organization", &facts.extract.court);
        bag.info("External-Description", &facts.title);
        bag.info("External-Identifier", facts.extract.number.as_deref().unwrap_or_default());
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
        bag.add(Item::of(layout::EVENTS, facts.events.iter().map(json_line).collect::<String>()));
        bag.add(Item::of(layout::CATALOGUE, json(&facts.documents)));
        bag.add(Item::of(layout::PEOPLE, json(&facts.people)));
        withholds(&mut bag, &facts.withheld);
        for paper in &facts.documents {
            let Some(path) = paper.path.clone() else { continue };
            bag.add(self.file(path, &paper.sha256).await?);
        }
        Ok(Packed { name: format!("{}-extract", facts.extract.case), items: bag.close(facts.extract.clone()) })
    }
}

/// Of the papers of a case the newest versions that the reader may take away, of the main volume, in the file.
fn of_reader(case: &CaseState, reader: &Reader, all: Vec<DocumentRow>) -> Vec<DocumentRow> {
    let taken = |paper: &DocumentRow| {
        let known = case.materials.get(&MaterialId(paper.material));
        known.is_some_and(|known| {
            // The event of a copy that hides something tells of its original.
            let whole = known.derived.is_none();
            let there = known.volume == Volume::Main && known.place == Place::InFile && whole;
            there && access::may_take_away(reader, case, known)
        })
    };
    all.into_iter().filter(|paper| paper.newest && paper.path.is_some() && taken(paper)).collect()
}

/// The events that brought papers, and the hashes that they name.
struct Brought {
    events: Vec<StoredEvent>,
    named: BTreeSet<String>,
}

/// For each paper the first event that names its bytes, and no others but those of these papers.
fn bringing(papers: &[DocumentRow], stored: &[StoredEvent]) -> Brought {
    let theirs: BTreeSet<&str> = papers.iter().map(|paper| paper.sha256.as_str()).collect();
    let (mut events, mut named) = (vec![], BTreeSet::new());
    for event in stored.iter().filter(|event| event.name.starts_with("material.") || event.name.starts_with("issuing."))
    {
        let body = event.body.as_deref().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
        let mut of_event = BTreeMap::new();
        layout::named_files(&body, &mut of_event);
        let new = of_event.keys().any(|sha256| !named.contains(sha256));
        if new && of_event.keys().all(|sha256| theirs.contains(sha256.as_str())) {
            named.extend(of_event.into_keys());
            events.push(event.clone());
        }
    }
    Brought { events, named }
}

/// Numbers of their own: those of the whole file would tell how much else lies in it.
fn numbered(papers: &mut [DocumentRow]) {
    let mut next_page = 1;
    for (number, paper) in (1..).zip(papers.iter_mut()) {
        paper.number = number;
        paper.version = 1;
        paper.first_page = (paper.pages > 0).then_some(next_page);
        next_page += paper.pages;
        paper.path = Some(format!("{DOCUMENTS}{number:04}-{}.{}", paper.kind_zh, facts::ending(&paper.media)));
    }
}
