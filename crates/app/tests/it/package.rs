//! The archive package: what leaves, who may take it, and the same case in another court.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use async_trait::async_trait;
use bytes::Bytes;
use futures::{StreamExt, stream::BoxStream};
use jiff::SignedDuration;
use xiezhi_app::{
    AppError,
    access::{AccessEvent, Look},
    package::{Facts, ImportError, Packed, Page, Withheld},
    screening::{Screening, WhenDown},
};
use xiezhi_connect::{Scanned, ScannerDown, VirusScanner};
use xiezhi_domain::{
    archive::{ArchiveEvent, Occasion},
    event::CaseEvent,
    law::four_properties::{Item, Outcome},
    people::{Actor, Post},
    rules::Settings,
};
use xiezhi_ledger::Policy;
use xiezhi_package::{Content, Report, check, files, layout};
use xiezhi_signing::verify_stamp;
use xiezhi_store::{LogId, blob::Digest};

use crate::{
    cast::{self, staff},
    court::{Court, Opening},
    example::account,
    stamps::Stamper,
    steps::{Suit, exhibit},
    story::{told_to_archive, told_to_judgment},
};

fn pages(facts: &Facts) -> Vec<Page> {
    vec![(layout::INDEX, format!("<!doctype html><title>{}</title>", facts.seal.archive_no))]
}

fn policy(court: &Court) -> Policy {
    court.app.ports().policy.clone()
}

async fn archived() -> Suit {
    told_to_archive(Court::in_memory("2026-02-27").await).await
}

async fn taken(suit: &Suit) -> Packed {
    suit.court.app.take_out(suit.id, &staff(Post::Archivist), pages).await.expect("the archivist takes it out")
}

async fn bytes(court: &Court, content: &Content) -> Vec<u8> {
    let mut pieces = court.app.content(content).await.expect("it is opened");
    let mut bytes = vec![];
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece.expect("it is read"));
    }
    bytes
}

/// The files of a package, by path.
pub async fn all_bytes(court: &Court, packed: &Packed) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for item in &packed.items {
        all.insert(item.path.clone(), bytes(court, &item.content).await);
    }
    all
}

/// How many places there were.
static PLACES: AtomicU32 = AtomicU32::new(0);

/// A place on the disk that is gone when the test is.
pub struct Place(PathBuf);

impl Place {
    pub fn new(name: &str) -> Self {
        // A promise is kept over each store at the same time.
        let no = PLACES.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("taken-{name}-{no}-{}", std::process::id()));
        // What a killed run left behind.
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }

    pub fn lay(&self, all: &BTreeMap<String, Vec<u8>>) {
        for (path, bytes) in all {
            let path = self.0.join(path);
            fs::create_dir_all(path.parent().expect("within the package")).expect("the folder is made");
            fs::write(path, bytes).expect("it is written");
        }
    }

    pub fn check(&self, policy: &Policy) -> Report {
        check(&mut *files::open(&self.0).expect("it is opened"), policy)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Best effort: a folder that stays is in the way of nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn an_archived_case_leaves_whole_and_holds_without_the_court() {
    let suit = archived().await;
    let packed = taken(&suit).await;
    let place = Place::new("whole");
    place.lay(&all_bytes(&suit.court, &packed).await);
    let report = place.check(&policy(&suit.court));
    assert_eq!(report.faults, vec![]);
    let case = suit.state().await;
    assert_eq!(report.proven as u64, case.rev);
    let versions: usize = case.materials.values().map(|paper| 1 + paper.earlier.len()).sum();
    assert_eq!(report.documents, versions);
    let seal = report.seal.expect("it has a seal");
    assert_eq!(Some(seal.archive_no), case.archive.archive_no);
    assert!(seal.record_sha256.is_some(), "who acted and when is under the seal");
}

#[tokio::test]
async fn a_package_carries_the_time_stamp_over_its_checkpoint_once_there_is_one() {
    let opening = Opening { stamps: Some(Stamper::honest()), ..Opening::default() };
    let suit = told_to_archive(Court::founded(opening, "2026-02-27").await).await;
    assert!(!all_bytes(&suit.court, &taken(&suit).await).await.contains_key(layout::STAMP));
    suit.court.app.prove(LogId::RECORD).await.expect("it is signed");
    assert!(suit.court.app.stamp_record().await.expect("the authority answers"));

    let all = all_bytes(&suit.court, &taken(&suit).await).await;

    let (stamp, checkpoint) = (&all[layout::STAMP], &all[layout::CHECKPOINT]);
    verify_stamp(stamp, checkpoint, &[Stamper::root()]).expect("it holds over the checkpoint as it lies there");
    let place = Place::new("stamped");
    place.lay(&all);
    assert_eq!(place.check(&policy(&suit.court)).faults, vec![], "every act is proven under that checkpoint");
}

#[tokio::test]
async fn a_changed_byte_of_any_file_of_a_case_is_found_by_name() {
    let suit = archived().await;
    let all = all_bytes(&suit.court, &taken(&suit).await).await;
    let (place, policy) = (Place::new("byte"), policy(&suit.court));
    place.lay(&all);
    for (name, whole) in &all {
        let mut spoiled = whole.clone();
        let middle = spoiled.len() / 2;
        spoiled[middle] ^= 1;
        fs::write(place.0.join(name), &spoiled).expect("it is written");
        assert_eq!(place.check(&policy).faults.first().map(|fault| &fault.file), Some(name));
        fs::write(place.0.join(name), whole).expect("it is written");
    }
    assert!(place.check(&policy).holds());
}

#[tokio::test]
async fn a_package_leaves_as_one_zip_whose_length_is_known_beforehand() {
    let suit = archived().await;
    let (told, mut pieces) = suit.court.app.zipped(taken(&suit).await);
    let mut bytes = vec![];
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece.expect("it is read"));
    }
    assert_eq!(bytes.len() as u64, told);
    let place = Place::new("zip");
    fs::create_dir_all(&place.0).expect("the folder is made");
    let path = place.0.join("file.zip");
    fs::write(&path, bytes).expect("it is written");
    let report = check(&mut *files::open(&path).expect("it is a package"), &policy(&suit.court));
    assert_eq!(report.faults, vec![]);
}

#[tokio::test]
async fn that_it_left_is_on_record_under_the_archivist_s_name() {
    let suit = archived().await;
    let packed = taken(&suit).await;
    let looks = suit.court.app.looks(suit.id).await.expect("looks are read");
    let Some((_, AccessEvent::Looked { reader, look, words, rule, .. })) = looks.last() else { panic!("a look") };
    let archivist = staff(Post::Archivist).person().expect("a person");
    assert_eq!((*reader, *look, rule.as_str()), (archivist, Look::Export, "R3"));
    assert_eq!(words.as_deref(), Some(packed.name.as_str()));
}

#[tokio::test]
async fn nobody_but_the_archivist_takes_it_out_and_no_file_that_is_not_archived_leaves() {
    let suit = archived().await;
    let app = &suit.court.app;
    let judge = suit.judge().await;
    assert!(matches!(app.take_out(suit.id, &judge, pages).await, Err(AppError::Denied(_))));
    assert!(matches!(app.take_out(suit.id, &account(0), pages).await, Err(AppError::Denied(_))));
    let stranger = staff(Post::SystemAdmin);
    assert!(matches!(app.take_out(suit.id, &stranger, pages).await, Err(AppError::NotFound)));
    let open = told_to_judgment(Court::in_memory("2026-02-27").await).await;
    assert!(open.court.app.take_out(open.id, &staff(Post::Archivist), pages).await.is_err());
}

#[tokio::test]
async fn nothing_leaves_while_a_file_is_damaged() {
    let suit = archived().await;
    let case = suit.state().await;
    let sha256 = &case.final_paper().expect("a judgment").file.sha256;
    suit.court.blobs.spoil(sha256.parse::<Digest>().expect("a digest"));
    assert!(suit.court.app.take_out(suit.id, &staff(Post::Archivist), pages).await.is_err());
}

async fn the_test_is_an_act_of_the_file_when_it_is_accepted_and_when_it_leaves(court: Court) {
    let suit = told_to_archive(court).await;
    let (_, occasion, results) = suit.state().await.archive.tested.clone().expect("it was tested on acceptance");
    assert_eq!((occasion, results.len()), (Occasion::Acceptance, Item::ALL.len()));
    let stored = suit.court.app.acts(suit.id, 0).await.expect("acts are read");
    let known = |act: &xiezhi_app::acts::RecordedAct| {
        matches!(act.event, Some(CaseEvent::Archive(ArchiveEvent::Tested { .. })))
    };
    assert_eq!(stored.iter().filter(|act| known(act)).count(), 1);

    let all = all_bytes(&suit.court, &taken(&suit).await).await;

    let (_, occasion, results) = suit.state().await.archive.tested.clone().expect("it was tested");
    assert_eq!(occasion, Occasion::Export);
    let report: Vec<xiezhi_domain::law::four_properties::Tested> =
        serde_json::from_slice(&all[layout::TEST_REPORT]).expect("it is read");
    assert_eq!(report, results, "the report is what is on the record");
    let events = String::from_utf8(all[layout::EVENTS].clone()).expect("text");
    assert_eq!(
        events.lines().filter(|line| line.contains("archive.tested.v1")).count(),
        2,
        "and the package carries it"
    );
    let place = Place::new("tested");
    place.lay(&all);
    assert_eq!(place.check(&policy(&suit.court)).faults, vec![]);
    assert!(suit.court.app.differing_rows(suit.id).await.expect("compared").is_empty());
}

#[tokio::test]
async fn the_four_property_test_says_what_holds_and_what_was_not_tested() {
    let suit = archived().await;
    let all = all_bytes(&suit.court, &taken(&suit).await).await;
    let tested: Vec<xiezhi_domain::law::four_properties::Tested> =
        serde_json::from_slice(&all[layout::TEST_REPORT]).expect("it is read");
    let outcome = |item| tested.iter().find(|tested| tested.item == item).expect("every item is there").outcome;
    assert_eq!(tested.len(), Item::ALL.len());
    for item in [Item::SourceRecorded, Item::SignaturesValid, Item::HashesKept, Item::MetadataFits, Item::NoGap] {
        assert_eq!(outcome(item), Outcome::Passed, "{item:?}");
    }
    assert_eq!(outcome(Item::NoVirus), Outcome::NotTested, "no scanner is linked");
    assert_eq!(outcome(Item::FormatLasts), Outcome::Failed, "the press of the tests prints no PDF/A");
}

#[tokio::test]
async fn metadata_are_xml_that_names_every_paper() {
    let suit = archived().await;
    let all = all_bytes(&suit.court, &taken(&suit).await).await;
    for path in [layout::PREMIS, layout::METS, layout::EEP] {
        let text = String::from_utf8(all[path].clone()).expect("UTF-8");
        for paper in all.keys().filter(|path| path.starts_with(layout::DOCUMENTS)) {
            assert!(text.contains(paper.as_str()), "{path} does not name {paper}");
        }
        let (opened, closed) = (text.matches("</").count(), text.matches("/>").count());
        assert_eq!(text.matches('<').count() - 1, 2 * opened + closed, "{path}: every element is closed");
    }
}

/// A court that knows nothing but its staff, under a name of its own.
async fn elsewhere(mut court: Court) -> Court {
    court.app.adopt_settings(&Settings::demonstration()).await.expect("settings are adopted");
    court.app.register(cast::directory().all().cloned().collect(), &Actor::System).await.expect("the staff is known");
    court.on("2026-06-01").await;
    court
}

async fn the_same_case_lives_on_elsewhere(name: &str, court: Court) {
    let suit = archived().await;
    let packed = taken(&suit).await;
    let all = all_bytes(&suit.court, &packed).await;
    let place = Place::new(name);
    place.lay(&all);
    let there = elsewhere(court).await;
    let mut package = files::open(&place.0).expect("it is opened");
    let taken = there.app.take_over(&mut *package, &policy(&suit.court)).await.expect("it is taken over");
    assert_eq!((taken.case, taken.files), (suit.id, all.len()));

    let (before, after) = (suit.state().await, there.app.load(suit.id).await.expect("it is there"));
    assert_eq!(*before, *after, "the same case");
    there.app.prove(LogId::RECORD).await.expect("it is signed");
    let checked = there.app.audit(&mut |_, _| {}).await.expect("everything is checked");
    assert_eq!(checked.differences, vec![]);
    let of = |app: &xiezhi_app::App| app.clone();
    let (here, there_app) = (of(&suit.court.app), of(&there.app));
    let stream = xiezhi_app::codec::case_stream(suit.id);
    let old = here.ports().store.read_stream(LogId::RECORD, &stream, 0).await.expect("it is read");
    let new = there_app.ports().store.read_stream(LogId::RECORD, &stream, 0).await.expect("it is read");
    for (old, new) in old.iter().zip(&new) {
        let same = (old.id, &old.body, old.salt, &old.entry, old.at_us, &old.actor, old.command);
        assert_eq!(same, (new.id, &new.body, new.salt, &new.entry, new.at_us, &new.actor, new.command));
    }
    let origin = there.app.origin_of(suit.id).await.expect("it answers").expect("it says where it came from");
    assert_eq!((origin.log, origin.standing), (suit.court.app.origin(LogId::RECORD), "signed".to_owned()));
    assert!(here.origin_of(suit.id).await.expect("it answers").is_none(), "its own court took nothing over");

    let again = there.app.take_over(&mut *package, &policy(&suit.court)).await;
    assert!(matches!(again, Err(ImportError::Known(id)) if id == suit.id), "{again:?}");
    let out = there.app.take_out(suit.id, &staff(Post::Archivist), pages).await.expect("it leaves again");
    assert_eq!(all_bytes(&there, &out).await, all, "the package as it came, byte for byte");
}

#[tokio::test]
async fn the_same_case_lives_on_in_another_court_in_memory() {
    the_same_case_lives_on_elsewhere("in-memory", Court::in_memory("2026-05-20").await).await;
}

#[tokio::test]
async fn the_same_case_lives_on_in_another_court_on_sqlite() {
    the_same_case_lives_on_elsewhere("on-sqlite", Court::on_sqlite("2026-05-20").await).await;
}

#[tokio::test]
async fn the_same_case_lives_on_in_another_court_on_postgres() {
    the_same_case_lives_on_elsewhere("on-postgres", Court::on_postgres("2026-05-20").await).await;
}

#[tokio::test]
async fn a_package_that_does_not_hold_is_not_taken_over() {
    let suit = archived().await;
    let mut all = all_bytes(&suit.court, &taken(&suit).await).await;
    all.get_mut(layout::EVENTS).expect("it is there")[100] ^= 1;
    let place = Place::new("broken");
    place.lay(&all);
    let there = elsewhere(Court::in_memory("2026-05-20").await).await;
    let mut package = files::open(&place.0).expect("it is opened");
    let refused = there.app.take_over(&mut *package, &policy(&suit.court)).await;
    let Err(ImportError::Broken { first, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(first.file, layout::EVENTS);
    assert!(matches!(there.app.load(suit.id).await, Err(AppError::NotFound)));
}

#[tokio::test]
async fn nobody_comes_to_a_post_by_a_package() {
    let suit = archived().await;
    let place = Place::new("posts");
    place.lay(&all_bytes(&suit.court, &taken(&suit).await).await);
    let there = Court::opened(
        std::sync::Arc::new(xiezhi_store::MemoryStore::new(xiezhi_app::tables::SCHEMA)),
        Default::default(),
        std::sync::Arc::new(xiezhi_store::MemoryLock::default()),
        None,
        "2026-06-01",
    );
    let mut package = files::open(&place.0).expect("it is opened");
    there.app.take_over(&mut *package, &policy(&suit.court)).await.expect("it is taken over");
    let judge = suit.judge().await.person().expect("a person");
    let known = there.app.person(judge).await.expect("it answers").expect("the judge has a name");
    assert!(known.post.is_outside() && !known.takes_cases);
    let actor = Actor::Person { id: judge, post: known.post, token: None };
    assert!(matches!(there.app.view(suit.id, &actor).await, Err(AppError::NotFound)));
}

/// Finds whatever bytes it was told of.
struct Told(Vec<u8>);

#[async_trait]
impl VirusScanner for Told {
    async fn scan(&self, mut bytes: BoxStream<'static, io::Result<Bytes>>) -> Result<Scanned, ScannerDown> {
        let mut whole = vec![];
        while let Some(piece) = bytes.next().await {
            whole.extend_from_slice(&piece.expect("it is read"));
        }
        Ok(if whole == self.0 { Scanned::Infected("Test.Virus".to_owned()) } else { Scanned::Clean })
    }
}

/// The same court, which now has a scanner that finds these bytes, and has looked through what it had.
async fn looked_through(court: &Court, infected: Vec<u8>) -> Court {
    let Court { store, blobs, shelf, lock, .. } = court;
    let opening = Opening {
        store: Arc::clone(store),
        blobs: Arc::clone(blobs),
        shelf: Arc::clone(shelf),
        lock: Arc::clone(lock),
        screening: Screening { scanner: Some(Arc::new(Told(infected))), when_down: WhenDown::Hold },
        ..Opening::default()
    };
    let again = Court::open(opening, &court.today.to_string());
    while again.app.screen_on().await.expect("it goes on") > 0 {}
    again
}

async fn a_file_in_which_a_virus_was_found_later_is_withheld_and_the_package_says_so_and_holds(court: Court) {
    let suit = told_to_archive(court).await;
    let case = suit.state().await;
    let paper = case.materials[&exhibit(0, 0)].clone();
    let infected = suit.court.app.bytes(&paper.file.sha256).await.expect("its bytes");
    let again = looked_through(&suit.court, infected.clone()).await;
    let policy = policy(&again);

    let packed = again.app.take_out(suit.id, &staff(Post::Archivist), pages).await.expect("it leaves");
    let all = all_bytes(&again, &packed).await;

    assert!(all.values().all(|held| *held != infected), "nothing hands it out");
    let place = Place::new("infected");
    place.lay(&all);
    let report = place.check(&policy);
    assert_eq!(report.faults, vec![]);
    assert_eq!((report.withheld, report.proven as u64), (1, again.app.load(suit.id).await.expect("it is there").rev));
    let withheld: Vec<Withheld> = serde_json::from_slice(&all[layout::WITHHELD]).expect("a list");
    assert_eq!((withheld[0].sha256.as_str(), withheld[0].found.as_str()), (paper.file.sha256.as_str(), "Test.Virus"));
    let eep = String::from_utf8(all[layout::EEP].clone()).expect("UTF-8");
    assert!(eep.contains("查出病毒，未附") && !eep.contains("依法删除"));
    let tested: Vec<xiezhi_domain::law::four_properties::Tested> =
        serde_json::from_slice(&all[layout::TEST_REPORT]).expect("it is read");
    let viruses = tested.iter().find(|tested| tested.item == Item::NoVirus).expect("it is tested");
    assert_eq!((viruses.outcome, viruses.about.as_slice()), (Outcome::Failed, &[paper.title.clone()][..]));

    // Ninety days later it is still opened for nobody.
    again.clock.set(again.now() + SignedDuration::from_hours(24 * 100));
    again.app.sweep().await.expect("it sweeps");
    assert!(again.app.refuse_infected(&paper.file.sha256).await.is_err());

    let there = elsewhere(Court::in_memory("2026-05-20").await).await;
    let mut package = files::open(&place.0).expect("it is opened");
    there.app.take_over(&mut *package, &policy).await.expect("it is taken over");
    assert!(there.app.refuse_infected(&paper.file.sha256).await.is_err(), "opened for nobody there");
    there.app.prove(LogId::RECORD).await.expect("it is signed");
    assert_eq!(there.app.audit(&mut |_, _| {}).await.expect("it is checked").differences, vec![]);
    let out = there.app.take_out(suit.id, &staff(Post::Archivist), pages).await.expect("it leaves again");
    assert_eq!(all_bytes(&there, &out).await, all, "the package as it came");

    // A virus that is found in one of its files later is left out of it, too, and everything else is as it came.
    let other = case.materials[&exhibit(0, 1)].file.sha256.clone();
    let bytes = there.app.bytes(&other).await.expect("its bytes");
    let there = looked_through(&there, bytes.clone()).await;
    let out = there.app.take_out(suit.id, &staff(Post::Archivist), pages).await.expect("it leaves");
    let less = all_bytes(&there, &out).await;
    assert!(less.values().all(|held| *held != bytes), "nothing hands it out");
    let place = Place::new("infected-there");
    place.lay(&less);
    let report = place.check(&policy);
    assert_eq!((report.faults, report.withheld), (vec![], 2));
    assert_eq!((&less[layout::EVENTS], &less[layout::CHECKPOINT]), (&all[layout::EVENTS], &all[layout::CHECKPOINT]));
}

#[tokio::test]
async fn what_comes_with_a_package_is_looked_through_by_the_court_that_takes_it_over() {
    let suit = archived().await;
    let place = Place::new("looked-through");
    place.lay(&all_bytes(&suit.court, &taken(&suit).await).await);
    let paper = suit.state().await.materials[&exhibit(0, 0)].file.sha256.clone();
    let infected = suit.court.app.bytes(&paper).await.expect("its bytes");
    let screening = Screening { scanner: Some(Arc::new(Told(infected))), when_down: WhenDown::Hold };
    let there = elsewhere(Court::open(Opening { screening, ..Opening::default() }, "2026-05-20")).await;
    while there.app.screen_on().await.expect("it goes on") > 0 {}
    let mut package = files::open(&place.0).expect("it is opened");
    there.app.take_over(&mut *package, &policy(&suit.court)).await.expect("it is taken over");
    assert!(there.app.is_unscreened(&paper).await.expect("it answers"));
    while there.app.screen_on().await.expect("it goes on") > 0 {}
    assert!(there.app.refuse_infected(&paper).await.is_err());
    let clean = suit.state().await.materials[&exhibit(0, 1)].file.sha256.clone();
    assert!(!there.app.is_unscreened(&clean).await.expect("it answers"), "the rest was looked through");
}

async fn what_a_party_takes_along_withholds_it_too(court: Court) {
    let suit = told_to_archive(court).await;
    let paper = suit.state().await.materials[&exhibit(0, 0)].clone();
    let infected = suit.court.app.bytes(&paper.file.sha256).await.expect("its bytes");
    let again = looked_through(&suit.court, infected.clone()).await;
    let pages = |_: &xiezhi_app::package::ExtractFacts| vec![(layout::INDEX, "<!doctype html>".to_owned())];
    let packed = again.app.take_extract(suit.id, &account(0), pages).await.expect("it leaves");
    let all = all_bytes(&again, &packed).await;
    assert!(all.values().all(|held| *held != infected), "nothing hands it out");
    let place = Place::new("infected-extract");
    place.lay(&all);
    let report = place.check(&policy(&again));
    assert_eq!((report.faults, report.withheld), (vec![], 1));
}

over_each_store![
    the_test_is_an_act_of_the_file_when_it_is_accepted_and_when_it_leaves,
    a_file_in_which_a_virus_was_found_later_is_withheld_and_the_package_says_so_and_holds,
    what_a_party_takes_along_withholds_it_too,
];
