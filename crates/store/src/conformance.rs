//! What every store promises: one promise, one function.
//!
//! [`store_conformance!`](crate::store_conformance) lists the promises once and makes a test of each;
//! [`lock_conformance!`](crate::lock_conformance) does the same for the checkpoint lock.

pub mod lease;
pub mod lock;
pub mod outbox;
pub mod query;
pub mod record;
pub mod rows;
pub mod transfer;
pub mod working;
pub mod writer;

use std::sync::Arc;

use async_trait::async_trait;
use uuid::Uuid;

use crate::{
    Column, ColumnKind, CommandKey, Commit, CommitRefusal, Committed, LogId, NewDispatch, NewEvent, Row, RowChange,
    Schema, Store, StoreError, Stream, Table, Transfer, WorkingChange, WorkingKey,
};

/// A place where a store lives and can be opened again: a folder, a database, a piece of memory.
#[async_trait]
pub trait Premises: Send + Sync {
    /// A handle on the store of this place, which is empty the first time. Each handle is as another
    /// node, or as this node after a restart.
    async fn open(&self, schema: Schema) -> Result<Arc<dyn Store>, StoreError>;

    /// A handle on the store of this place, opened before, to carry it elsewhere.
    async fn carried(&self) -> Result<Arc<dyn Transfer>, StoreError>;
}

/// Opens the store with the schema of this suite.
async fn opened(premises: &dyn Premises) -> Arc<dyn Store> {
    premises.open(SCHEMA).await.expect("the store can be opened")
}

/// Makes a test of every promise. `$premises` makes fresh [`Premises`] and runs anew for each test.
#[macro_export]
macro_rules! store_conformance {
    ($premises:expr) => {
        $crate::store_conformance! { @each $premises;
            record: one_act_writes_several_streams_and_registers;
            record: an_event_comes_back_as_it_was_given;
            record: a_stale_stream_is_refused_though_it_is_not_written;
            record: a_refused_act_leaves_no_trace_and_spares_its_batch;
            record: an_act_sees_the_acts_before_it;
            record: all_of_an_act_is_kept_together;
            record: a_repeated_command_changes_nothing;
            record: a_repeated_command_in_one_batch_changes_nothing;
            record: what_was_committed_can_be_asked;
            record: a_command_id_used_for_another_command_is_refused;
            record: an_act_without_events_is_remembered;
            record: a_refused_command_may_come_again;
            record: logs_are_numbered_apart;
            record: a_log_is_read_without_gaps;
            record: a_stream_is_read_after_a_revision;
            record: events_are_found_by_actor_name_and_moment;
            record: an_event_id_is_never_kept_twice;
            record: a_malformed_act_is_not_kept;
            record: reopening_keeps_all;
            record: destroying_a_stream_leaves_what_proves_it;
            record: two_nodes_race_without_loss;
            writer: racing_writers_get_dense_positions;
            writer: an_act_that_cannot_be_kept_spares_the_others;
            writer: an_act_completes_though_its_caller_goes_away;
            writer: closing_commits_what_is_queued;
            rows: a_row_is_put_replaced_and_deleted;
            rows: the_last_word_in_a_batch_stands;
            rows: rows_follow_the_record;
            rows: replacing_rows_replaces_all_of_them;
            rows: rows_are_not_replaced_if_the_record_grew;
            rows: a_rebuild_races_with_acts_and_questions;
            rows: another_schema_asks_for_new_rows;
            query: select_gives_what_meets_gives;
            query: a_row_is_found_once_however_many_match_it;
            query: contains_takes_every_character_as_it_stands;
            query: nothing_is_first_upwards_and_last_downwards;
            query: paging_is_stable;
            query: a_tally_counts_each_value;
            working: a_write_counts_revisions;
            working: what_expired_is_gone;
            working: a_swap_needs_the_expected_revision;
            working: one_of_racing_swaps_wins;
            working: a_sweep_takes_what_expired;
            working: work_of_an_owner_comes_newest_first;
            working: changes_are_all_or_nothing;
            outbox: a_dispatch_is_claimed_when_due;
            outbox: a_claim_that_ran_out_is_claimed_again;
            outbox: a_finished_dispatch_is_gone;
            outbox: a_retried_dispatch_waits;
            outbox: a_failed_dispatch_stays_listed;
            outbox: racing_workers_never_claim_the_same;
            lease: a_lease_is_held_by_one;
            lease: an_epoch_grows_with_every_change_of_holder;
            lease: one_of_racing_holders_wins;
            lease: the_largest_checkpoint_is_the_newest;
            lease: the_largest_witnessed_checkpoint_is_kept_and_no_smaller_one_after_it;
            transfer: what_is_carried_elsewhere_is_what_was_kept;
            transfer: what_is_brought_goes_on_as_if_it_had_been_here;
            transfer: bringing_the_same_again_changes_nothing;
            transfer: a_page_that_does_not_follow_is_not_taken;
            transfer: a_store_that_nobody_used_is_empty;
            transfer: what_changes_in_place_is_of_one_moment;
        }
    };
    (@each $premises:expr; $($capability:ident: $promise:ident;)+) => {
        $(
            #[::tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $promise() {
                let premises = $premises;
                $crate::conformance::$capability::$promise(&premises).await;
            }
        )+
    };
}

/// Makes a test of every promise of a checkpoint lock. `$lock` makes a fresh lock, and what must
/// outlive it.
#[macro_export]
macro_rules! lock_conformance {
    ($lock:expr) => {
        $crate::lock_conformance! { @each $lock;
            a_lock_is_empty_at_first;
            a_swap_needs_what_is_there;
            origins_are_apart;
            one_of_racing_signers_wins;
        }
    };
    (@each $lock:expr; $($promise:ident;)+) => {
        $(
            #[::tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $promise() {
                let (lock, _outlives_it) = $lock;
                $crate::conformance::lock::$promise(::std::sync::Arc::new(lock)).await;
            }
        )+
    };
}

const fn column(name: &'static str, kind: ColumnKind, nullable: bool) -> Column {
    Column { name, kind, nullable }
}

/// The read model of this suite: papers and who may read them.
pub const SCHEMA: Schema = Schema(&[PAPER, READER]);

const PAPER: Table = Table {
    name: "paper",
    columns: &[
        column("id", ColumnKind::Text, false),
        column("kind", ColumnKind::Text, true),
        column("pages", ColumnKind::Int, true),
        column("title", ColumnKind::Text, true),
        column("filed_on", ColumnKind::Int, false),
    ],
    key_len: 1,
    indexes: &[&["kind", "pages"], &["filed_on"]],
};

const READER: Table = Table {
    name: "reader",
    columns: &[
        column("paper", ColumnKind::Text, false),
        column("person", ColumnKind::Text, false),
        column("level", ColumnKind::Int, true),
    ],
    key_len: 2,
    indexes: &[&["person"]],
};

fn stream(name: &str) -> Stream {
    Stream::new("thing", name)
}

/// An event that nothing but `id` makes different.
fn event(id: u128) -> NewEvent {
    let byte = id.to_le_bytes()[0];
    NewEvent {
        id: Uuid::from_u128(id),
        name: "thing.happened.v1".to_owned(),
        body: format!("body {id}").into_bytes(),
        salt: [byte; 32],
        entry: vec![1, byte],
        leaf: [byte.wrapping_add(1); 32],
    }
}

/// An act with the command id `id` and nothing in it.
fn act(id: u128) -> Commit {
    Commit {
        log: LogId::RECORD,
        command: CommandKey { id: Uuid::from_u128(id), hash: [7; 32] },
        actor: "书记员".to_owned(),
        at_us: 1_800_000_000_000_000 + id as i64,
        read: vec![],
        write: vec![],
        rows: vec![],
        outbox: vec![],
        working: vec![],
    }
}

/// Steps by which tests say what is in an act.
trait Building: Sized {
    /// Rests on a stream.
    fn reads(self, name: &str, rev: u64) -> Self;
    /// Rests on a stream and adds events to it.
    fn writes(self, name: &str, rev: u64, count: u64) -> Self;
    /// Puts a row of the table `paper`.
    fn puts(self, id: &str, pages: i64) -> Self;
    /// Promises a dispatch.
    fn promises(self, id: u128, due_us: i64) -> Self;
    /// Writes working data.
    fn works(self, id: &str, value: &str) -> Self;
    /// Goes to the access log.
    fn in_access_log(self) -> Self;
}

impl Building for Commit {
    fn reads(mut self, name: &str, rev: u64) -> Self {
        self.read.push((stream(name), rev));
        self
    }
    fn writes(self, name: &str, rev: u64, count: u64) -> Self {
        let before: u128 = self.write.iter().map(|(_, events)| events.len() as u128).sum();
        let first = self.command.id.as_u128() * 1_000 + before;
        let events = (first..first + u128::from(count)).map(event).collect();
        let mut act = self.reads(name, rev);
        act.write.push((stream(name), events));
        act
    }
    fn puts(mut self, id: &str, pages: i64) -> Self {
        self.rows.push(RowChange::Put { table: "paper", row: paper(id, pages) });
        self
    }
    fn promises(mut self, id: u128, due_us: i64) -> Self {
        self.outbox.push(dispatch(id, due_us));
        self
    }
    fn works(mut self, id: &str, value: &str) -> Self {
        self.working.push(draft(id, value, None));
        self
    }
    fn in_access_log(mut self) -> Self {
        self.log = LogId::ACCESS;
        self
    }
}

fn paper(id: &str, pages: i64) -> Row {
    vec![id.into(), "answer".into(), pages.into(), "答辩状".into(), 20_000.into()]
}

fn dispatch(id: u128, due_us: i64) -> NewDispatch {
    NewDispatch {
        id: Uuid::from_u128(id),
        channel: "message".to_owned(),
        body: format!("dispatch {id}").into_bytes(),
        due_us,
    }
}

fn draft_key(id: &str) -> WorkingKey {
    WorkingKey::new("draft", id)
}

fn draft(id: &str, value: &str, expires_us: Option<i64>) -> WorkingChange {
    WorkingChange::Put {
        key: draft_key(id),
        owner: "王书记员".to_owned(),
        value: value.as_bytes().to_vec(),
        updated_us: 1_000,
        expires_us,
    }
}

type Answer = Result<Committed, CommitRefusal>;

async fn commit(store: &dyn Store, acts: Vec<Commit>) -> Vec<Answer> {
    store.commit(&acts).await.expect("the store works")
}

async fn commit_one(store: &dyn Store, act: Commit) -> Answer {
    commit(store, vec![act]).await.pop().expect("a store answers every act")
}

async fn kept(store: &dyn Store, act: Commit) -> Committed {
    commit_one(store, act).await.expect("nothing stands against the act")
}

async fn size(store: &dyn Store) -> u64 {
    store.size(LogId::RECORD).await.expect("the size can be read")
}

async fn revision(store: &dyn Store, name: &str) -> u64 {
    let events = store.read_stream(LogId::RECORD, &stream(name), 0).await;
    let rev = events.expect("the stream can be read").len() as u64;
    assert_eq!(store.revision(LogId::RECORD, &stream(name)).await.expect("it can be asked"), rev);
    rev
}
