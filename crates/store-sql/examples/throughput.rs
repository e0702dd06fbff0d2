//! Measures acts per second through the writer: `cargo run --release --example throughput -- URL`.
//!
//! An act is two events of 600 bytes, two rows, one dispatch. Run it on an empty database.

use std::sync::Arc;
use std::time::Instant;

use uuid::Uuid;
use xiezhi_store::{
    Column, ColumnKind, CommandKey, Commit, LogId, NewDispatch, NewEvent, RowChange, Schema, Stream, Table, Writer,
};
use xiezhi_store_sql::SqlStore;

const SCHEMA: Schema = Schema(&[Table {
    name: "task",
    columns: &[
        Column { name: "id", kind: ColumnKind::Int, nullable: false },
        Column { name: "title", kind: ColumnKind::Text, nullable: false },
    ],
    key_len: 1,
    indexes: &[&["title"]],
}]);

fn act(id: u64) -> Commit {
    let stream = Stream::new("case", id);
    let event = |place: u64| NewEvent {
        id: Uuid::from_u128(u128::from(id) * 2 + u128::from(place)),
        name: "thing.happened.v1".to_owned(),
        body: vec![b'x'; 600],
        salt: [1; 32],
        entry: vec![1; 33],
        leaf: [2; 32],
    };
    let row = |place: u64| RowChange::Put {
        table: "task",
        row: vec![((id * 2 + place) as i64).into(), format!("case {id}").into()],
    };
    let dispatch =
        NewDispatch { id: Uuid::from_u128(u128::from(id)), channel: "message".to_owned(), body: vec![], due_us: 0 };
    Commit {
        log: LogId::RECORD,
        command: CommandKey { id: Uuid::from_u128(u128::from(id)), hash: [0; 32] },
        actor: "clerk".to_owned(),
        at_us: 0,
        read: vec![(stream.clone(), 0)],
        write: vec![(stream, vec![event(0), event(1)])],
        rows: vec![row(0), row(1)],
        outbox: vec![dispatch],
        working: vec![],
    }
}

async fn acts_per_second(writer: &Writer, clients: u64, acts_each: u64, first: u64) -> f64 {
    let begun = Instant::now();
    let running: Vec<_> = (0..clients)
        .map(|client| {
            let writer = writer.clone();
            tokio::spawn(async move {
                for round in 0..acts_each {
                    let id = first + client * acts_each + round;
                    writer.commit(act(id)).await.expect("the database is empty at first");
                }
            })
        })
        .collect();
    for client in running {
        client.await.expect("a client does not fail");
    }
    (clients * acts_each) as f64 / begun.elapsed().as_secs_f64()
}

#[tokio::main]
async fn main() {
    let url = std::env::args().nth(1).expect("the URL of an empty database is given");
    let store = SqlStore::open(&url, SCHEMA).await.expect("the database can be opened");
    let writer = Writer::start(Arc::new(store));
    acts_per_second(&writer, 1, 50, 1).await;
    // Alone again and again: what one client waits for must not grow with the record.
    for (clients, acts_each, first) in
        [(1, 500, 1_000), (64, 200, 100_000), (1, 500, 200_000), (64, 200, 300_000), (1, 500, 400_000)]
    {
        let rate = acts_per_second(&writer, clients, acts_each, first).await;
        println!("{clients} clients: {rate:.0} acts/s");
    }
}
