//! Promises about the record.

use uuid::Uuid;

use super::*;
use crate::{Cond, Query, Sought, StoredEvent};

fn written(first: u64, count: u64) -> Answer {
    Ok(Committed { first, count, replayed: false })
}

fn repeated(first: u64, count: u64) -> Answer {
    Ok(Committed { first, count, replayed: true })
}

fn conflict(name: &str, expected: u64, actual: u64) -> Answer {
    Err(CommitRefusal::Conflict { stream: stream(name), expected, actual })
}

async fn log(store: &dyn Store) -> Vec<StoredEvent> {
    store.read_log(LogId::RECORD, 0, 10_000).await.expect("the log can be read")
}

async fn papers(store: &dyn Store) -> u64 {
    store.count("paper", &Cond::True).await.expect("rows can be counted")
}

async fn dispatches(store: &dyn Store) -> usize {
    store.claim("message", 1, 1, 100).await.expect("dispatches can be claimed").len()
}

async fn has_draft(store: &dyn Store, id: &str) -> bool {
    store.working(&draft_key(id), 0).await.expect("working data can be read").is_some()
}

/// A case, a number register and a calendar move on in one act.
pub async fn one_act_writes_several_streams_and_registers(premises: &dyn Premises) {
    let store = opened(premises).await;

    let answer = commit_one(&*store, act(1).writes("case", 0, 2).writes("number", 0, 1).writes("calendar", 0, 1)).await;

    assert_eq!(answer, written(0, 4));
    assert_eq!(revision(&*store, "case").await, 2);
    assert_eq!(revision(&*store, "number").await, 1);
    assert_eq!(revision(&*store, "calendar").await, 1);
}

/// Nothing of an event is lost or changed on its way.
pub async fn an_event_comes_back_as_it_was_given(premises: &dyn Premises) {
    let store = opened(premises).await;
    let mut given = act(1).writes("case", 0, 1);
    given.write[0].1[0].body = vec![0, 255, b'\'', 10];
    kept(&*store, given.clone()).await;

    let found = store.read_stream(LogId::RECORD, &stream("case"), 0).await;

    let event = given.write[0].1[0].clone();
    let expected = StoredEvent {
        pos: 0,
        id: event.id,
        stream: stream("case"),
        rev: 1,
        name: event.name,
        at_us: given.at_us,
        actor: given.actor,
        command: given.command.id,
        body: Some(event.body),
        salt: Some(event.salt),
        entry: event.entry,
        leaf: event.leaf,
    };
    assert_eq!(found.expect("the stream can be read"), log(&*store).await);
    assert_eq!(log(&*store).await, [expected]);
}

/// Two acts that rest on one register and write elsewhere can't both win: no write skew.
pub async fn a_stale_stream_is_refused_though_it_is_not_written(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).reads("calendar", 0).writes("one case", 0, 1)).await;
    kept(&*store, act(2).writes("calendar", 0, 1)).await;

    let late = commit_one(&*store, act(3).reads("calendar", 0).writes("other case", 0, 1)).await;

    assert_eq!(late, conflict("calendar", 0, 1));
    assert_eq!(revision(&*store, "other case").await, 0);
}

/// Neither events nor rows, dispatches, working data or the command of a refused act stay.
pub async fn a_refused_act_leaves_no_trace_and_spares_its_batch(premises: &dyn Premises) {
    let store = opened(premises).await;
    let stale = act(2).writes("case", 5, 1).puts("stale", 1).promises(2, 0).works("stale", "x");

    let answers =
        commit(&*store, vec![act(1).writes("case", 0, 1).puts("good", 1), stale, act(3).writes("case", 1, 1)]).await;

    assert_eq!(answers, [written(0, 1), conflict("case", 5, 1), written(1, 1)]);
    assert_eq!(size(&*store).await, 2);
    assert_eq!(papers(&*store).await, 1);
    assert_eq!(dispatches(&*store).await, 0);
    assert!(!has_draft(&*store, "stale").await);
}

/// In a batch, each act is judged as if those before it were already durable.
pub async fn an_act_sees_the_acts_before_it(premises: &dyn Premises) {
    let store = opened(premises).await;

    let answers = commit(
        &*store,
        vec![act(1).writes("number", 0, 1), act(2).writes("number", 0, 1), act(3).writes("number", 1, 1)],
    )
    .await;

    assert_eq!(answers, [written(0, 1), conflict("number", 0, 1), written(1, 1)]);
}

/// Events, rows, dispatches and working data of an act become visible together.
pub async fn all_of_an_act_is_kept_together(premises: &dyn Premises) {
    let store = opened(premises).await;
    store.change_working(vec![draft("draft", "half", None)]).await.expect("working data is kept");
    let mut submit = act(1).writes("case", 0, 1).puts("a", 3).promises(9, 0).works("next", "x");
    submit.working.push(WorkingChange::Delete { key: draft_key("draft") });

    kept(&*store, submit).await;

    let rows = store.select(&Query::of("paper", Cond::True)).await.expect("rows can be read");
    assert_eq!(rows, [paper("a", 3)]);
    assert_eq!(size(&*store).await, 1);
    assert_eq!(dispatches(&*store).await, 1);
    assert!(has_draft(&*store, "next").await);
    assert!(!has_draft(&*store, "draft").await);
}

/// A retry answers with the first position, even when its streams have moved on.
pub async fn a_repeated_command_changes_nothing(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(9).writes("other", 0, 3)).await;
    let command = act(1).writes("case", 0, 2).promises(1, 0);
    assert_eq!(commit_one(&*store, command.clone()).await, written(3, 2));
    kept(&*store, act(2).writes("case", 2, 1)).await;

    let again = commit_one(&*store, command).await;

    assert_eq!(again, repeated(3, 2));
    assert_eq!(size(&*store).await, 6);
    assert_eq!(dispatches(&*store).await, 1);
}

/// A double click that lands in one batch is one act.
pub async fn a_repeated_command_in_one_batch_changes_nothing(premises: &dyn Premises) {
    let store = opened(premises).await;
    let command = act(1).writes("case", 0, 2);

    let answers = commit(&*store, vec![command.clone(), command]).await;

    assert_eq!(answers, [written(0, 2), repeated(0, 2)]);
    assert_eq!(size(&*store).await, 2);
}

/// Before it decides, the shell can ask whether a command was committed; never whether it was refused.
pub async fn what_was_committed_can_be_asked(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).writes("case", 0, 2)).await;
    kept(&*store, act(2).writes("case", 2, 1)).await;
    assert!(commit_one(&*store, act(3).writes("case", 0, 1)).await.is_err());
    let ask = async |log, id| store.committed(log, Uuid::from_u128(id)).await.expect("commands can be asked for");

    let expected = ([7; 32], Committed { first: 2, count: 1, replayed: true });

    assert_eq!(ask(LogId::RECORD, 2).await, Some(expected));
    assert_eq!(ask(LogId::RECORD, 3).await, None);
    assert_eq!(ask(LogId::ACCESS, 2).await, None);
}

/// The same id with another hash is another command, and a mistake.
pub async fn a_command_id_used_for_another_command_is_refused(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).writes("case", 0, 1)).await;
    let mut other = act(1).writes("case", 1, 1);
    other.command.hash = [8; 32];

    assert_eq!(commit_one(&*store, other).await, Err(CommitRefusal::CommandReused));

    assert_eq!(size(&*store).await, 1);
    let mut elsewhere = act(1).in_access_log();
    elsewhere.command.hash = [8; 32];
    assert_eq!(commit_one(&*store, elsewhere).await, written(0, 0), "ids are unique per log");
}

/// A command that had nothing to add is consumed like any other.
pub async fn an_act_without_events_is_remembered(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).writes("case", 0, 2)).await;

    let first = commit_one(&*store, act(2).reads("case", 2).puts("a", 1)).await;
    kept(&*store, act(3).writes("case", 2, 1)).await;
    let again = commit_one(&*store, act(2).reads("case", 2).puts("a", 1)).await;

    assert_eq!((first, again), (written(2, 0), repeated(2, 0)));
}

/// A refusal does not consume the command: decided anew, it is kept.
pub async fn a_refused_command_may_come_again(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).writes("case", 0, 1)).await;
    assert_eq!(commit_one(&*store, act(2).writes("case", 0, 1)).await, conflict("case", 0, 1));

    assert_eq!(commit_one(&*store, act(2).writes("case", 1, 1)).await, written(1, 1));
}

/// Each log begins at 0, and a stream belongs to one log.
pub async fn logs_are_numbered_apart(premises: &dyn Premises) {
    let store = opened(premises).await;

    let answers = commit(
        &*store,
        vec![act(1).writes("case", 0, 2), act(2).in_access_log().writes("case", 0, 1), act(3).writes("case", 2, 1)],
    )
    .await;

    assert_eq!(answers, [written(0, 2), written(0, 1), written(2, 1)]);
    assert_eq!(size(&*store).await, 3);
    assert_eq!(store.size(LogId::ACCESS).await.expect("the size can be read"), 1);
    assert_eq!(store.size(LogId(77)).await.expect("the size can be read"), 0);
}

/// Page after page, every position comes once and in order.
pub async fn a_log_is_read_without_gaps(premises: &dyn Premises) {
    let store = opened(premises).await;
    for batch in 0..10u128 {
        let acts = (0..10u128).map(|place| {
            let id = batch * 10 + place + 1;
            act(id).writes(&format!("case {id}"), 0, 2)
        });
        commit(&*store, acts.collect()).await;
    }

    let mut positions = Vec::new();
    loop {
        let from = positions.len() as u64;
        let page = store.read_log(LogId::RECORD, from, 7).await.expect("the log can be read");
        if page.is_empty() {
            break;
        }
        positions.extend(page.into_iter().map(|event| event.pos));
    }

    assert_eq!(positions, (0..200).collect::<Vec<_>>());
}

/// A cached state catches up without reading what it knows.
pub async fn a_stream_is_read_after_a_revision(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).writes("case", 0, 3).writes("other", 0, 1)).await;
    kept(&*store, act(2).writes("case", 3, 2)).await;

    let tail = store.read_stream(LogId::RECORD, &stream("case"), 2).await;

    let tail = tail.expect("the stream can be read");
    let found: Vec<_> = tail.iter().map(|event| (event.rev, event.pos)).collect();
    assert_eq!(found, [(3, 2), (4, 4), (5, 5)]);
}

/// A faulty id is an error, and nothing of its batch stays.
pub async fn an_event_id_is_never_kept_twice(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).writes("case", 0, 1)).await;
    let mut faulty = act(2).writes("case", 1, 1);
    faulty.write[0].1[0].id = Uuid::from_u128(1_000);

    let outcome = store.commit(&[act(3).writes("other", 0, 1), faulty]).await;

    assert!(outcome.is_err(), "{outcome:?}");
    assert_eq!(size(&*store).await, 1);
    assert_eq!(revision(&*store, "other").await, 0);
}

/// Events are found by who acted, how they are named and when, the newest first; and exactly those that
/// [`Sought::is_met`] says.
pub async fn events_are_found_by_actor_name_and_moment(premises: &dyn Premises) {
    let store = opened(premises).await;
    let actors = ["person:1", "person:1:token:7", "person:12", "clock"];
    for (id, actor) in (1..=12).zip(actors.iter().cycle()) {
        let mut given = act(id).writes(&format!("case/{id}"), 0, 1);
        given.actor = (*actor).to_owned();
        given.at_us = id as i64 * 1_000;
        let name = if id % 2 == 0 { "service.effected.v1" } else { "material.entered.v1" };
        given.write[0].1[0].name = name.to_owned();
        kept(&*store, given).await;
    }
    kept(&*store, act(13).writes("case/1", 1, 1)).await;
    let all = Sought { within: 0..13, ..Sought::default() };
    let of_one = Sought { actors: vec!["person:1".to_owned()], ..all.clone() };
    let asked = [
        Sought { actors: vec!["clock".to_owned(), "person:12".to_owned()], ..all.clone() },
        Sought { name: "service.".to_owned(), ..of_one.clone() },
        Sought { from_us: Some(3_000), before_us: Some(9_000), ..all.clone() },
        Sought { within: 2..5, ..all.clone() },
        Sought { name: "%".to_owned(), ..all.clone() },
        Sought { rev: Some(1), ..all.clone() },
        Sought { rev: Some(2), ..all.clone() },
        of_one.clone(),
        all.clone(),
    ];
    let mut whole = log(&*store).await;
    whole.reverse();
    for sought in &asked {
        let found = store.find_events(LogId::RECORD, sought, 100).await.expect("events are found");
        let expected: Vec<_> = whole.iter().filter(|event| sought.is_met(event)).cloned().collect();
        assert_eq!(found, expected, "{sought:?}");
    }
    let found = store.find_events(LogId::RECORD, &of_one, 2).await.expect("events are found");
    let places: Vec<_> = found.iter().map(|event| (event.pos, event.actor.as_str())).collect();
    assert_eq!(places, [(9, "person:1:token:7"), (8, "person:1")]);
}

/// What has the wrong form is a fault of the program, told as such.
pub async fn a_malformed_act_is_not_kept(premises: &dyn Premises) {
    let store = opened(premises).await;
    let mut unread = act(1).writes("case", 0, 1);
    unread.read.clear();
    let mut short = act(2).puts("a", 1);
    short.rows[0] = RowChange::Put { table: "paper", row: vec!["a".into()] };
    let mut wrong_kind = act(3);
    let row = vec![1.into(), "answer".into(), 1.into(), "t".into(), 1.into()];
    wrong_kind.rows.push(RowChange::Put { table: "paper", row });
    let nul = act(4).puts("a\0b", 1);

    for malformed in [unread, short, wrong_kind, nul] {
        let outcome = store.commit(&[malformed]).await;
        assert!(matches!(outcome, Err(StoreError::Malformed(_))), "{outcome:?}");
    }
    assert_eq!(size(&*store).await, 0);
}

/// A restart forgets nothing: positions, commands, rows, promises, working data, checkpoints.
pub async fn reopening_keeps_all(premises: &dyn Premises) {
    let store = opened(premises).await;
    let full = act(1).writes("case", 0, 2).puts("a", 1).promises(5, 0).works("draft", "x");
    kept(&*store, full.clone()).await;
    store.put_checkpoint(LogId::RECORD, 2, "note").await.expect("a checkpoint is kept");
    let before = log(&*store).await;
    drop(store);

    let store = opened(premises).await;

    assert_eq!(log(&*store).await, before);
    assert_eq!(commit_one(&*store, full).await, repeated(0, 2));
    assert_eq!(papers(&*store).await, 1);
    assert_eq!(dispatches(&*store).await, 1);
    assert!(has_draft(&*store, "draft").await);
    assert!(store.rows_are_current().await.expect("it can be told"));
    let checkpoint = store.checkpoint(LogId::RECORD).await.expect("checkpoints can be read");
    assert_eq!(checkpoint, Some((2, "note".to_owned())));
    assert_eq!(commit_one(&*store, act(2).writes("case", 2, 1)).await, written(2, 1));
}

/// Body and salt go, of this stream only; everything the log commits to stays.
pub async fn destroying_a_stream_leaves_what_proves_it(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).writes("case", 0, 2).writes("other", 0, 1)).await;
    let before = log(&*store).await;

    let destroyed = store.destroy_stream(LogId::RECORD, &stream("case")).await;

    assert_eq!(destroyed.expect("a stream can be destroyed"), 2);
    let expected: Vec<_> = before
        .into_iter()
        .map(|event| match event.stream == stream("case") {
            true => StoredEvent { body: None, salt: None, ..event },
            false => event,
        })
        .collect();
    assert_eq!(log(&*store).await, expected);
    let again = store.destroy_stream(LogId::RECORD, &stream("case")).await;
    assert_eq!(again.expect("a destroyed stream can be destroyed"), 0);
    assert_eq!(commit_one(&*store, act(2).writes("case", 2, 1)).await, written(3, 1));
}

/// Two nodes count in one register: every number is given once, and the order is dense.
pub async fn two_nodes_race_without_loss(premises: &dyn Premises) {
    const ACTS_EACH: u64 = 30;
    let nodes = [opened(premises).await, opened(premises).await];
    let running: Vec<_> = nodes
        .into_iter()
        .enumerate()
        .map(|(node, store)| tokio::spawn(count_up(store, node as u128, ACTS_EACH)))
        .collect();

    let mut given = Vec::new();
    for node in running {
        given.extend(node.await.expect("a node does not fail"));
    }

    given.sort_unstable();
    assert_eq!(given, (0..2 * ACTS_EACH).collect::<Vec<_>>());
    let store = opened(premises).await;
    let positions: Vec<_> = log(&*store).await.into_iter().map(|event| event.pos).collect();
    assert_eq!(positions, (0..2 * ACTS_EACH).collect::<Vec<_>>());
    assert_eq!(revision(&*store, "number").await, 2 * ACTS_EACH);
}

async fn count_up(store: Arc<dyn Store>, node: u128, acts: u64) -> Vec<u64> {
    let mut given = Vec::new();
    let mut rev = 0;
    let mut id = node << 64;
    while (given.len() as u64) < acts {
        id += 1;
        match commit_one(&*store, act(id).writes("number", rev, 1)).await {
            Ok(committed) => {
                given.push(committed.first);
                rev += 1;
            }
            Err(CommitRefusal::Conflict { actual, .. }) => rev = actual,
            Err(refusal) => panic!("{refusal}"),
        }
    }
    given
}
