//! An administrator with full access to the database and the disk: what he edits is found by name. By the check of
//! everything each of it; an event and a tile by a witness and by a party's proof as well, each alone.

use std::sync::Arc;

use xiezhi_app::{
    audit::Difference,
    backup::{Source, Vault, take},
    codec,
    ports::LogFiles,
    recorder::RecorderError,
    tables,
};
use xiezhi_connect::Witnesses as _;
use xiezhi_ledger::{
    AddCheckpoint, Checkpoint, Entry, Frontier, Hash, Opening as Salt, Policy, RecordProof, Tiles, consistency,
    tile::TileId, witness,
};
use xiezhi_store::{LogId, MemoryLock, StoredEvent, blob::Digest};
use xiezhi_store_sql::{
    SqlStore, SqlTransfer,
    testing::{Intruder, Postgres, TempFolder},
};

use crate::{
    court::{Court, Opening, keys},
    steps::Suit,
    story,
    witnesses::{Bench, Mood},
};

const LOG: LogId = LogId::RECORD;

/// A court in the middle of a case, signed and witnessed; what a party holds of one act; and the administrator.
struct Scene {
    suit: Suit,
    url: String,
    opening: Opening,
    intruder: Intruder,
    /// The act that is edited, as it was recorded.
    event: StoredEvent,
    /// What a party holds of it.
    proof: String,
    policy: Policy,
    _folder: Option<TempFolder>,
}

impl Scene {
    async fn at(url: &str, folder: Option<TempFolder>) -> Self {
        let store = SqlStore::open(url, tables::SCHEMA).await.expect("a database opens");
        let opening = Opening { store: Arc::new(store), witnesses: Bench::of_two(&[&keys()]), ..Opening::default() };
        let suit = story::told_to_pretrial(Court::founded(opening.clone(), "2026-02-27").await).await;
        let app = &suit.court.app;
        app.prove(LOG).await.expect("it is signed");
        app.ask_witnesses(LOG).await.expect("it is cosigned");
        let stream = codec::case_stream(suit.id);
        let event = opening.store.read_stream(LOG, &stream, 0).await.expect("it is read").remove(2);
        let proof = app.proof(LOG, event.pos).await.expect("it is made").expect("it is proven").to_string();
        let policy = app.policy().clone();
        Self { suit, url: url.to_owned(), opening, intruder: Intruder::at(url), event, proof, policy, _folder: folder }
    }

    async fn on_sqlite() -> Self {
        let folder = TempFolder::new("tampering");
        Self::at(&folder.sqlite_url("court.db"), Some(folder)).await
    }

    async fn on_postgres() -> Self {
        Self::at(&Postgres::serving().fresh_database().await, None).await
    }

    async fn sets(&self, what: &str) {
        let Self { event, intruder, .. } = self;
        intruder.does(&format!("UPDATE event SET {what} WHERE log_id = 1 AND pos = {}", event.pos)).await;
    }

    /// Sets another body with everything that goes with it: only what was signed tells.
    async fn forges(&self) -> Vec<u8> {
        let body = self.event.body.clone().expect("nothing was destroyed");
        let body = String::from_utf8(body).expect("text").replace("2026-", "2025-").into_bytes();
        let salt = Salt { event_id: *self.event.id.as_bytes(), salt: [9; 32] };
        let entry: Entry = salt.commit(&body);
        let leaf = Hash::leaf(entry.as_bytes());
        let of = |bytes: &[u8]| self.intruder.bytes(bytes);
        let at_us = "at_us - 31536000000000";
        let (body_text, salt, entry, leaf) = (of(&body), of(&[9; 32]), of(entry.as_bytes()), of(leaf.as_bytes()));
        self.sets(&format!("body = {body_text}, salt = {salt}, entry = {entry}, leaf = {leaf}, at_us = {at_us}")).await;
        body
    }

    async fn audit(&self) -> Vec<Difference> {
        self.suit.court.app.audit(&mut |_, _| {}).await.expect("everything is checked").differences
    }

    fn edited(&self) -> Difference {
        Difference::Event { log: "record".to_owned(), position: self.event.pos }
    }
}

/// Makes a test of each promise on both databases.
macro_rules! on_both {
    ($($promise:ident)+) => {
        mod sqlite {
            $(#[tokio::test] async fn $promise() { super::$promise(super::Scene::on_sqlite().await).await; })+
        }
        mod postgres {
            $(#[tokio::test] async fn $promise() { super::$promise(super::Scene::on_postgres().await).await; })+
        }
    };
}

on_both! {
    an_untouched_court_agrees
    another_actor_of_an_event_is_found_by_audit
    another_moment_of_an_event_is_found_by_audit
    another_stream_of_an_event_is_found_by_audit
    another_body_of_an_event_is_found_by_audit
    an_event_forged_to_its_leaf_is_found_by_audit
    an_event_that_was_taken_away_is_found_by_audit
    an_edited_row_is_found_by_audit_with_what_it_should_be
    an_edited_file_is_found_by_audit
    an_edited_tile_is_found_by_audit
    an_edited_event_does_not_go_with_the_proof_a_party_holds
    an_edited_tile_gives_no_proof_that_a_party_accepts
    an_edited_event_signed_anew_is_refused_by_a_witness
    an_edited_tile_is_refused_by_a_witness
    a_backup_of_an_edited_court_says_so
}

async fn an_untouched_court_agrees(scene: Scene) {
    assert_eq!(scene.audit().await, vec![]);
}

async fn another_actor_of_an_event_is_found_by_audit(scene: Scene) {
    scene.sets("actor = 'person:someone-else'").await;
    assert_eq!(scene.audit().await, vec![scene.edited()]);
}

async fn another_moment_of_an_event_is_found_by_audit(scene: Scene) {
    scene.sets("at_us = at_us - 86400000000").await;
    assert!(scene.audit().await.contains(&scene.edited()), "{:?}", scene.audit().await);
}

async fn another_stream_of_an_event_is_found_by_audit(scene: Scene) {
    scene.sets("stream = 'case/elsewhere'").await;
    assert!(scene.audit().await.contains(&scene.edited()), "{:?}", scene.audit().await);
}

async fn another_body_of_an_event_is_found_by_audit(scene: Scene) {
    let other =
        format!("body = (SELECT o.body FROM event AS o WHERE o.log_id = 1 AND o.pos = {})", scene.event.pos + 1);
    scene.sets(&other).await;
    assert!(scene.audit().await.contains(&scene.edited()), "{:?}", scene.audit().await);
}

async fn an_event_forged_to_its_leaf_is_found_by_audit(scene: Scene) {
    scene.forges().await;
    let found = scene.audit().await;
    assert!(found.contains(&scene.edited()), "{found:?}");
    let tiles = found.iter().any(|difference| matches!(difference, Difference::Tile { .. }));
    assert!(!tiles, "the files are what was signed: {found:?}");
    let witness =
        |difference: &Difference| matches!(difference, Difference::Witness { witness, .. } if witness == "bar");
    assert!(found.iter().any(witness), "{found:?}");
}

async fn an_event_that_was_taken_away_is_found_by_audit(scene: Scene) {
    scene.intruder.does(&format!("DELETE FROM event WHERE log_id = 1 AND pos = {}", scene.event.pos)).await;
    let found = scene.audit().await;
    let gap = |difference: &Difference| matches!(difference, Difference::Gap { log, from, to } if log == "record" && (*from..*to).contains(&scene.event.pos));
    assert!(found.iter().any(gap), "{found:?}");
}

async fn an_edited_row_is_found_by_audit_with_what_it_should_be(scene: Scene) {
    let id = scene.suit.id;
    scene.intruder.does(&format!("UPDATE cases SET fee_fen = fee_fen + 100 WHERE case_id = '{id}'")).await;
    let found = scene.audit().await;
    let [Difference::Row { table, key, is: Some(is), should: Some(should) }] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!((table.as_str(), key), ("cases", &id.to_string()));
    let fen = |row: &std::collections::BTreeMap<String, String>| row["fee_fen"].parse::<i64>().expect("an amount");
    assert_eq!((is.len(), fen(is) - fen(should)), (1, 100), "only what differs is told");
}

async fn an_edited_file_is_found_by_audit(scene: Scene) {
    let case = scene.suit.state().await;
    let sha256 = case.materials.values().next().expect("the case has papers").file.sha256.clone();
    scene.suit.court.blobs.spoil(sha256.parse::<Digest>().expect("a digest"));
    assert_eq!(scene.audit().await, vec![Difference::File { sha256 }]);
}

/// Flips a byte of the widest tile of leaves.
fn edits_a_tile(scene: &Scene) -> String {
    let tiles = scene.suit.court.shelf.paths().into_iter().filter(|path| path.starts_with("record/tile/0/"));
    let width = |path: &String| path.rsplit("/").next().and_then(|width| width.parse::<u32>().ok());
    let tile = tiles.max_by_key(width).expect("tiles were written");
    scene.suit.court.shelf.spoil(&tile);
    tile
}

async fn an_edited_tile_is_found_by_audit(scene: Scene) {
    let path = edits_a_tile(&scene);
    assert_eq!(scene.audit().await, vec![Difference::Tile { path }]);
}

async fn an_edited_event_does_not_go_with_the_proof_a_party_holds(scene: Scene) {
    let held = RecordProof::parse(scene.proof.as_bytes()).expect("it is read");
    let was = scene.event.body.clone().expect("nothing was destroyed");
    let forged = scene.forges().await;
    held.verify(&was, &scene.policy).expect("what was recorded is what the party has");
    assert!(held.verify(&forged, &scene.policy).is_err(), "what the court now shows is not");
}

/// A court that read the tile before it was edited goes on giving good proofs; the next start reads what lies there.
async fn an_edited_tile_gives_no_proof_that_a_party_accepts(scene: Scene) {
    edits_a_tile(&scene);
    let again = Court::open(scene.opening.clone(), "2026-02-27");
    let given = again.app.proof(LOG, scene.event.pos).await.expect("it is made").expect("it is proven");
    assert!(given.verify_entry(&scene.policy).is_err());
}

/// He has the key, too, and cuts the witnesses off while he signs everything anew.
async fn an_edited_event_signed_anew_is_refused_by_a_witness(scene: Scene) {
    scene.forges().await;
    scene.intruder.does("DELETE FROM checkpoint").await;
    scene.intruder.does("DELETE FROM witnessed").await;
    for name in ["bar", "archive"] {
        scene.opening.witnesses.turns(name, Mood::Down);
    }
    let anew = Opening { shelf: Arc::default(), lock: Arc::new(MemoryLock::default()), ..scene.opening.clone() };
    let forged = Court::open(anew, "2026-03-06");
    forged.app.prove(LOG).await.expect("nobody who remembers is asked");

    scene.opening.witnesses.turns("archive", Mood::Honest);
    forged.app.ask_witnesses(LOG).await.expect("it answers");

    let reach = forged.app.reach(LOG).await.expect("it is known");
    assert_eq!(reach.witnessed, 0, "one witness is enough: it never cosigns another history");
    crate::court::clerk_named(&forged, 1).await;
    let refused = forged.app.prove(LOG).await;
    assert!(matches!(refused, Err(RecorderError::Forked { .. })), "{refused:?}");
}

/// He has the key, too, and signs on over the edited tile.
async fn an_edited_tile_is_refused_by_a_witness(scene: Scene) {
    let signed = scene.suit.court.app.proven_upto(LOG).await.expect("it is known");
    let path = edits_a_tile(&scene);
    let mut tiles = Tiles::default();
    let tile = TileId::parse(path.trim_start_matches("record/")).expect("a tile");
    let bytes = LogFiles::get(&*scene.suit.court.shelf, &path).await.expect("it is read").expect("it is there");
    tiles.insert(tile, &bytes).expect("a tile");
    let mut frontier = Frontier::read(signed, &tiles).expect("one tile is the whole log");
    for (node, hash) in frontier.append(Hash::leaf(b"the next entry")) {
        tiles.record(node, hash);
    }
    let key = keys().log_key(LOG);
    let checkpoint = Checkpoint { origin: key.verifier().name().clone(), size: signed + 1, root: frontier.root() };
    let checkpoint = checkpoint.sign(&key).expect("its own log");
    let proof = consistency::prove(signed, signed + 1, &tiles).expect("one tile is the whole log");
    let request = AddCheckpoint { old_size: signed, proof, checkpoint }.to_string();

    let answer = scene.opening.witnesses.post("bar", witness::PATH, request).await.expect("it answers");

    assert_eq!(answer.status, 422, "{}", answer.body);
}

/// The events of the copy are those of the database, and it says which of them are not what was recorded.
async fn a_backup_of_an_edited_court_says_so(scene: Scene) {
    use crate::ports::{FragileBlobs, Shelf};
    scene.sets("actor = 'person:someone-else'").await;
    let store = SqlTransfer::open(&scene.url).await.expect("a database opens beside it");
    let (blobs, clock) = (scene.suit.court.blobs.clone(), scene.suit.court.clock.clone());
    let source = Source { store: &store, blobs: &*blobs, origin: "court.example/0691", clock: &*clock };
    let vault = Vault { lists: Arc::<Shelf>::default(), pieces: Arc::<FragileBlobs>::default() };
    let taken = take(&source, &vault, &mut |_, _, _| {}).await.expect("it is made");
    assert_eq!(taken.manifest.faults, vec![scene.edited()]);
}
