//! Backup and restore: the drill on every store, what is refused afterwards, and what no fault takes away.

use std::sync::Arc;

use xiezhi_app::{
    backup::{BackupError, Manifest, SEGMENT, Source, Taken, Target, Vault, bring, take},
    recorder::RecorderError,
    resuming::Resumed,
    tables,
};
use xiezhi_store::{LogId, MemoryLock, MemoryStore, Store, Transfer};
use xiezhi_store_sql::{
    SqlStore, SqlTransfer,
    testing::{Postgres, TempFolder},
};

use crate::{
    court::{self, Court, Opening, keys},
    ports::{FragileBlobs, Shelf},
    steps::Suit,
    story,
    witnesses::{Bench, Mood},
};

/// Where a store lives, as the court has it and as it is carried.
struct Place {
    store: Arc<dyn Store>,
    carried: Arc<dyn Transfer>,
    _folder: Option<TempFolder>,
}

impl Place {
    fn in_memory() -> Self {
        let store = Arc::new(MemoryStore::new(tables::SCHEMA));
        Self { store: store.clone(), carried: store, _folder: None }
    }

    async fn at(url: &str, folder: Option<TempFolder>) -> Self {
        let store = SqlStore::open(url, tables::SCHEMA).await.expect("a database opens");
        let carried = SqlTransfer::open(url).await.expect("a database opens beside it");
        Self { store: Arc::new(store), carried: Arc::new(carried), _folder: folder }
    }

    async fn on_sqlite() -> Self {
        let folder = TempFolder::new("backup");
        Self::at(&folder.sqlite_url("court.db"), Some(folder)).await
    }

    async fn on_postgres() -> Self {
        Self::at(&Postgres::serving().fresh_database().await, None).await
    }

    fn opening(&self, witnesses: Arc<Bench>) -> Opening {
        Opening { store: self.store.clone(), witnesses, ..Opening::default() }
    }
}

/// A folder of backups, in memory.
struct Shed {
    lists: Arc<Shelf>,
    pieces: Arc<FragileBlobs>,
}

impl Shed {
    fn new() -> Self {
        Self { lists: Arc::default(), pieces: Arc::default() }
    }

    fn vault(&self) -> Vault {
        Vault { lists: self.lists.clone(), pieces: self.pieces.clone() }
    }

    async fn try_take(&self, place: &Place, court: &Court) -> Result<Taken, BackupError> {
        let clock = court.clock.clone();
        let source =
            Source { store: &*place.carried, blobs: &*court.blobs, origin: "court.example/0691", clock: &*clock };
        take(&source, &self.vault(), &mut |_, _, _| {}).await
    }

    async fn take(&self, place: &Place, court: &Court) -> Taken {
        self.try_take(place, court).await.expect("a backup is made")
    }

    async fn try_bring(&self, manifest: &Manifest, to: &Place, opening: &Opening) -> Result<(), BackupError> {
        let target = Target { store: &*to.carried, blobs: &*opening.blobs };
        bring(&self.vault(), manifest, &target, false, &mut |_, _, _| {}).await.map(drop)
    }

    /// Restores into an empty place and opens a court there.
    async fn restore(&self, manifest: &Manifest, to: &Place, opening: Opening) -> Court {
        self.try_bring(manifest, to, &opening).await.expect("it is restored");
        let court = Court::open(opening, "2026-03-06");
        court.app.rebuild(&mut |_, _| {}).await.expect("rows are computed anew");
        court
    }
}

async fn resumed(court: &Court) -> Vec<Resumed> {
    court.app.resume_signing().await.expect("everyone is asked")
}

async fn sign(court: &Court) {
    for log in LogId::ALL {
        court.app.prove(log).await.expect("it is signed");
        court.app.ask_witnesses(log).await.expect("the answers are kept");
    }
}

/// A court in `place`, in the middle of a case, signed and witnessed.
async fn lived(place: &Place, witnesses: &Arc<Bench>) -> (Suit, Opening) {
    let opening = place.opening(witnesses.clone());
    let suit = story::told_to_pretrial(Court::founded(opening.clone(), "2026-02-27").await).await;
    suit.court.app.record_looks(vec![]).await.expect("nothing is recorded");
    sign(&suit.court).await;
    (suit, opening)
}

fn two() -> Arc<Bench> {
    Bench::of_two(&[&keys()])
}

/// An empty place whose copy of the checkpoint and witnesses are those of `opening`.
fn elsewhere(to: &Place, opening: &Opening) -> Opening {
    Opening { lock: opening.lock.clone(), ..to.opening(opening.witnesses.clone()) }
}

async fn differences(court: &Court) -> Vec<xiezhi_app::audit::Difference> {
    court.app.audit(&mut |_, _| {}).await.expect("everything is checked").differences
}

/// The drill: a court is lost and comes back elsewhere, whole, and goes on.
async fn the_drill(from: Place, to: Place) {
    let (mut suit, opening) = lived(&from, &two()).await;
    let shed = Shed::new();
    shed.take(&from, &suit.court).await;
    suit.link(2).await;
    sign(&suit.court).await;
    let before = suit.court.app.proof(LogId::RECORD, 3).await.expect("it is made").expect("it is proven");
    let taken = shed.take(&from, &suit.court).await;
    assert_eq!(taken.manifest.faults, vec![]);

    let court = shed.restore(&taken.manifest, &to, elsewhere(&to, &opening)).await;

    assert_eq!(*court.app.load(suit.id).await.expect("the case is there"), *suit.state().await);
    let resumed = resumed(&court).await;
    assert!(resumed.iter().all(|log| log.stopped.is_none()), "{resumed:?}");
    assert_eq!(resumed[0].seen.len(), 2, "both witnesses were asked");
    assert_eq!(differences(&court).await, vec![]);
    let policy = court.app.policy().clone();
    before.verify_entry(&policy).expect("what was given out before still holds");
    let again = court.app.proof(LogId::RECORD, 3).await.expect("it is made").expect("it is proven");
    assert_eq!(again.to_string(), before.to_string(), "and is given out as it was");
    let mut suit = Suit { court, ..suit };
    // Commands that were given before are remembered.
    for _ in 0..1_000 {
        suit.court.fresh();
    }
    suit.link(2).await;
    sign(&suit.court).await;
    assert_eq!(differences(&suit.court).await, vec![]);
}

#[tokio::test]
async fn a_lost_court_comes_back_in_memory() {
    the_drill(Place::in_memory(), Place::in_memory()).await;
}

#[tokio::test]
async fn a_lost_court_comes_back_on_sqlite() {
    the_drill(Place::on_sqlite().await, Place::on_sqlite().await).await;
}

#[tokio::test]
async fn a_lost_court_comes_back_on_postgres() {
    the_drill(Place::on_postgres().await, Place::on_postgres().await).await;
}

#[tokio::test]
async fn a_court_moves_from_sqlite_to_postgres() {
    the_drill(Place::on_sqlite().await, Place::on_postgres().await).await;
}

#[tokio::test]
async fn a_court_moves_from_postgres_to_sqlite() {
    the_drill(Place::on_postgres().await, Place::on_sqlite().await).await;
}

#[tokio::test]
async fn the_next_backup_adds_only_what_is_new() {
    let place = Place::in_memory();
    let (mut suit, _) = lived(&place, &two()).await;
    let shed = Shed::new();
    let first = shed.take(&place, &suit.court).await;
    assert_eq!(shed.take(&place, &suit.court).await.added, 0, "nothing happened");
    suit.link(2).await;
    let next = shed.take(&place, &suit.court).await;
    assert!(next.added < 12 && next.added < first.added, "{} of {}", next.added, first.added);
    assert_eq!((first.manifest.number, next.manifest.number), (1, 3));
}

#[tokio::test]
async fn a_long_record_is_copied_in_segments_that_stay() {
    let place = Place::in_memory();
    let court = Court::founded(place.opening(Bench::empty()), "2026-02-27").await;
    let shed = Shed::new();
    for number in 0..u128::from(SEGMENT) {
        court::clerk_named(&court, number).await;
    }
    let first = shed.take(&place, &court).await;
    court::clerk_named(&court, 9_999).await;
    let next = shed.take(&place, &court).await;
    let segments = |taken: &Taken| taken.manifest.log(LogId::RECORD).expect("there are events").segments.clone();
    assert_eq!((segments(&first).len(), segments(&next).len()), (2, 2));
    assert_eq!(segments(&first)[0], segments(&next)[0]);
    assert_ne!(segments(&first)[1], segments(&next)[1]);
    let to = Place::in_memory();
    let restored = shed.restore(&next.manifest, &to, to.opening(Bench::empty())).await;
    assert_eq!(to.store.size(LogId::RECORD).await.ok(), place.store.size(LogId::RECORD).await.ok());
    restored.app.prove(LogId::RECORD).await.expect("it is signed");
}

#[tokio::test]
async fn a_backup_that_broke_off_leaves_the_earlier_one_and_is_gone_on_with() {
    let place = Place::in_memory();
    let (mut suit, opening) = lived(&place, &two()).await;
    let shed = Shed::new();
    let first = shed.take(&place, &suit.court).await;
    suit.link(2).await;
    suit.court.keep("a further file").await;
    for room in 0..3 {
        shed.pieces.takes(Some(room));
        assert!(shed.try_take(&place, &suit.court).await.is_err(), "there was room for {room} pieces");
        let (kept, _) = shed.vault().newest().await.expect("it is read").expect("it is there");
        assert_eq!(kept, first.manifest);
    }
    shed.pieces.takes(None);
    let next = shed.take(&place, &suit.court).await;
    let whole = Shed::new().take(&place, &suit.court).await;
    assert_eq!((&next.manifest.logs, &next.manifest.files), (&whole.manifest.logs, &whole.manifest.files));
    let to = Place::in_memory();
    let court = shed.restore(&next.manifest, &to, elsewhere(&to, &opening)).await;
    assert_eq!(*court.app.load(suit.id).await.expect("the case is there"), *suit.state().await);
}

#[tokio::test]
async fn every_piece_of_a_backup_is_checked_against_its_name() {
    let place = Place::in_memory();
    let (suit, opening) = lived(&place, &two()).await;
    let shed = Shed::new();
    let manifest = shed.take(&place, &suit.court).await.manifest;
    let all = shed.vault().check(&manifest, &mut |_, _, _| {}).await.expect("it is read");
    assert_eq!((all.damaged, all.pieces), (vec![], shed.pieces.count().await as u64));

    let spoiled = manifest.log(LogId::RECORD).expect("there are events").segments[0].piece.digest;
    shed.pieces.spoil(spoiled);
    let found = shed.vault().check(&manifest, &mut |_, _, _| {}).await.expect("it is read");
    assert_eq!(found.damaged, [spoiled]);
    let to = Place::in_memory();
    let refused = shed.try_bring(&manifest, &to, &elsewhere(&to, &opening)).await;
    assert!(matches!(refused, Err(BackupError::Piece(piece)) if piece == spoiled), "{refused:?}");
}

#[tokio::test]
async fn a_changed_manifest_is_no_backup() {
    let place = Place::in_memory();
    let (suit, _) = lived(&place, &two()).await;
    let shed = Shed::new();
    shed.take(&place, &suit.court).await;
    shed.take(&place, &suit.court).await;
    assert_eq!(shed.vault().numbered(1).await.expect("it is there").number, 1);
    shed.lists.spoil("backups/000001.json");
    let refused = shed.vault().numbered(1).await;
    assert!(matches!(&refused, Err(BackupError::List(place)) if place == "backups/000001.json"), "{refused:?}");
    assert!(matches!(shed.vault().numbered(7).await, Err(BackupError::Nothing)));
}

#[tokio::test]
async fn a_restore_asks_for_an_empty_place() {
    let place = Place::in_memory();
    let (suit, opening) = lived(&place, &two()).await;
    let shed = Shed::new();
    let manifest = shed.take(&place, &suit.court).await.manifest;
    let refused = shed.try_bring(&manifest, &place, &opening).await;
    assert!(matches!(refused, Err(BackupError::NotEmpty)), "{refused:?}");
}

#[tokio::test]
async fn a_restore_that_broke_off_is_gone_on_with() {
    let place = Place::on_sqlite().await;
    let (suit, opening) = lived(&place, &two()).await;
    let shed = Shed::new();
    let manifest = shed.take(&place, &suit.court).await.manifest;
    let to = Place::on_sqlite().await;
    let there = elsewhere(&to, &opening);
    let target = Target { store: &*to.carried, blobs: &*there.blobs };
    for room in [0, 1, 5] {
        there.blobs.takes(Some(room));
        let broken = bring(&shed.vault(), &manifest, &target, true, &mut |_, _, _| {}).await;
        assert!(matches!(broken, Err(BackupError::Blobs(_))), "{broken:?}");
    }
    there.blobs.takes(None);
    bring(&shed.vault(), &manifest, &target, true, &mut |_, _, _| {}).await.expect("it goes on");
    let court = Court::open(there, "2026-03-06");
    court.app.rebuild(&mut |_, _| {}).await.expect("rows are computed anew");
    assert!(resumed(&court).await.iter().all(|log| log.stopped.is_none()));
    assert_eq!(differences(&court).await, vec![]);
}

#[tokio::test]
async fn another_court_or_an_older_state_does_not_come_into_the_same_folder() {
    let (place, other) = (Place::in_memory(), Place::in_memory());
    let (suit, _) = lived(&place, &two()).await;
    let shed = Shed::new();
    shed.take(&place, &suit.court).await;
    let shorter = Court::founded(other.opening(Bench::empty()), "2026-02-27").await;
    let refused = shed.try_take(&other, &shorter).await;
    assert!(matches!(refused, Err(BackupError::Shorter { .. })), "{refused:?}");
    for number in 0..200 {
        court::clerk_named(&shorter, number).await;
    }
    let refused = shed.try_take(&other, &shorter).await;
    assert!(matches!(refused, Err(BackupError::OtherHistory { .. })), "{refused:?}");
}

#[tokio::test]
async fn forgetting_older_backups_leaves_the_newer_ones_whole() {
    let place = Place::in_memory();
    let (mut suit, opening) = lived(&place, &two()).await;
    let shed = Shed::new();
    shed.take(&place, &suit.court).await;
    suit.link(2).await;
    shed.take(&place, &suit.court).await;
    court::clerk_named(&suit.court, 1).await;
    let newest = shed.take(&place, &suit.court).await.manifest;
    assert!(shed.vault().thin_out(2).await.expect("it is done") > 0);
    assert!(shed.vault().numbered(1).await.is_err());
    let earlier = shed.vault().numbered(2).await.expect("it is kept");
    for manifest in [newest, earlier] {
        let sound = shed.vault().check(&manifest, &mut |_, _, _| {}).await.expect("it is read");
        assert_eq!(sound.damaged, vec![]);
        let to = Place::in_memory();
        shed.restore(&manifest, &to, elsewhere(&to, &opening)).await;
    }
}

#[tokio::test]
async fn sessions_do_not_come_back() {
    let place = Place::in_memory();
    let (suit, opening) = lived(&place, &two()).await;
    let judge = suit.judge().await;
    let token = suit.court.app.begin_session(judge.person().expect("a person"), judge_post(), "browser").await;
    let token = token.expect("it begins");
    let shed = Shed::new();
    let manifest = shed.take(&place, &suit.court).await.manifest;
    let to = Place::in_memory();
    let court = shed.restore(&manifest, &to, elsewhere(&to, &opening)).await;
    assert!(suit.court.app.session(&token).await.expect("it answers").is_some());
    assert!(court.app.session(&token).await.expect("it answers").is_none(), "everyone signs in anew");
}

fn judge_post() -> xiezhi_domain::people::Post {
    xiezhi_domain::people::Post::Judge
}

/// A backup, and acts after it that were signed and witnessed.
async fn outdated(witnesses: Arc<Bench>) -> (Shed, Manifest, Opening, u64) {
    let place = Place::in_memory();
    let (mut suit, opening) = lived(&place, &witnesses).await;
    let shed = Shed::new();
    let manifest = shed.take(&place, &suit.court).await.manifest;
    suit.link(2).await;
    sign(&suit.court).await;
    let signed = suit.court.app.proven_upto(LogId::RECORD).await.expect("it is known");
    (shed, manifest, opening, signed)
}

#[tokio::test]
async fn a_backup_older_than_the_copy_of_the_checkpoint_is_not_signed_and_that_is_told() {
    let (shed, manifest, opening, signed) = outdated(two()).await;
    let to = Place::in_memory();
    let court = shed.restore(&manifest, &to, elsewhere(&to, &opening)).await;
    let told = resumed(&court).await.remove(0);
    assert_eq!(told.stopped.map(|stopped| stopped.code), Some("recorder.rolled_back"));
    assert_eq!(told.signed, signed);
    let refused = court.app.prove(LogId::RECORD).await;
    assert!(matches!(refused, Err(RecorderError::RolledBack { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_backup_older_than_what_a_witness_saw_is_not_signed_though_the_copy_is_lost() {
    let (shed, manifest, opening, signed) = outdated(two()).await;
    let to = Place::in_memory();
    let there = Opening { lock: Arc::new(MemoryLock::default()), ..elsewhere(&to, &opening) };
    let court = shed.restore(&manifest, &to, there).await;
    let told = resumed(&court).await.remove(0);
    assert_eq!(told.stopped.map(|stopped| stopped.code), Some("recorder.rolled_back"));
    assert_eq!((told.signed, told.seen), (signed, vec![("bar".to_owned(), Some(signed))]), "one is enough");
    let refused = court.app.prove(LogId::RECORD).await;
    assert!(matches!(refused, Err(RecorderError::RolledBack { .. })), "{refused:?}");
}

#[tokio::test]
async fn going_on_from_an_old_backup_needs_a_new_name() {
    let renamed = || {
        let mut keys = keys();
        keys.origin = "court.example/0691-2".to_owned();
        keys
    };
    let (shed, manifest, opening, _) = outdated(Bench::of_two(&[&keys(), &renamed()])).await;
    let to = Place::in_memory();
    let there = elsewhere(&to, &opening);
    shed.restore(&manifest, &to, there.clone()).await;
    let court = Court::open(Opening { origin: renamed().origin, ..there }, "2026-03-06");
    court.app.begin_origin("court.example/0691", "backup of 6 March restored").await.expect("it begins");
    sign(&court).await;
    assert_eq!(court.app.stopped().await, vec![]);
    assert_eq!(differences(&court).await, vec![]);
}

#[tokio::test]
async fn a_lost_copy_is_made_good_by_witnesses_who_saw_no_more() {
    let place = Place::in_memory();
    let (suit, opening) = lived(&place, &two()).await;
    let shed = Shed::new();
    let manifest = shed.take(&place, &suit.court).await.manifest;
    let to = Place::in_memory();
    let there = Opening { lock: Arc::new(MemoryLock::default()), ..elsewhere(&to, &opening) };
    let court = shed.restore(&manifest, &to, there).await;
    assert!(resumed(&court).await.iter().all(|log| log.stopped.is_none() && !log.alone));
    assert_eq!(differences(&court).await, vec![]);
    court::clerk_named(&court, 1).await;
    sign(&court).await;
}

#[tokio::test]
async fn while_every_witness_is_silent_a_lost_copy_is_not_made_good() {
    let place = Place::in_memory();
    let (suit, opening) = lived(&place, &two()).await;
    let shed = Shed::new();
    let manifest = shed.take(&place, &suit.court).await.manifest;
    let to = Place::in_memory();
    let there = Opening { lock: Arc::new(MemoryLock::default()), ..elsewhere(&to, &opening) };
    for name in ["bar", "archive"] {
        opening.witnesses.turns(name, Mood::Down);
    }
    let court = shed.restore(&manifest, &to, there).await;
    let told = resumed(&court).await.remove(0);
    assert_eq!(told.stopped.map(|stopped| stopped.code), Some("recorder.copy_lost"));
    assert_eq!(told.silent, ["bar", "archive"]);
    assert!(matches!(court.app.prove(LogId::RECORD).await, Err(RecorderError::CopyLost { .. })));

    for name in ["bar", "archive"] {
        opening.witnesses.turns(name, Mood::Honest);
    }
    assert!(resumed(&court).await.iter().all(|log| log.stopped.is_none()), "asked again, they answer");
    sign(&court).await;
}

#[tokio::test]
async fn without_witnesses_and_copy_the_backup_alone_says_what_was_signed_and_that_is_told() {
    let place = Place::in_memory();
    let (suit, _) = lived(&place, &Bench::empty()).await;
    let shed = Shed::new();
    let manifest = shed.take(&place, &suit.court).await.manifest;
    let to = Place::in_memory();
    let court = shed.restore(&manifest, &to, to.opening(Bench::empty())).await;
    let told = resumed(&court).await.remove(0);
    assert!(told.alone && told.stopped.is_none(), "{told:?}");
    sign(&court).await;
}
