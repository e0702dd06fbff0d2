//! Promises about questions to the read model.

use std::cmp::Ordering;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::*;
use crate::query::meets;
use crate::{Cond, Direction, Operator, Query, Value};

/// Cases of rows, each with several questions, unless `PROPTEST_CASES` asks for more.
const CASES: u32 = 24;
const QUESTIONS: usize = 12;

async fn fill(store: &dyn Store, rows: Vec<(&'static str, Row)>) {
    let rows = rows.into_iter().map(|(table, row)| RowChange::Put { table, row }).collect();
    let upto = size(store).await;
    assert!(store.replace_rows(rows, upto).await.expect("rows can be replaced"));
}

/// Over random rows and random questions, a store answers what [`meets`] says.
pub async fn select_gives_what_meets_gives(premises: &dyn Premises) {
    let store = opened(premises).await;
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { Config::default().cases } else { CASES };
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let given = (rows(), vec(question(), QUESTIONS));
    let runtime = tokio::runtime::Handle::current();
    let outcome = tokio::task::block_in_place(|| {
        TestRunner::new(config).run(&given, |(rows, questions)| runtime.block_on(agree(&*store, rows, questions)))
    });
    outcome.unwrap_or_else(|why| panic!("{why}"));
}

async fn agree(store: &dyn Store, rows: Rows, questions: Vec<Query>) -> Result<(), TestCaseError> {
    fill(store, rows.iter().map(|(table, row)| (*table, row.clone())).collect()).await;
    for question in questions {
        let found = store.select(&question).await.expect("a question can be asked");
        prop_assert_eq!(&found, &answer(&rows, &question), "{:?}", &question);
        let count = store.count(question.table, &question.cond).await.expect("rows are counted");
        let all = Query { limit: u64::MAX, offset: 0, ..question };
        prop_assert_eq!(count, answer(&rows, &all).len() as u64, "{:?}", all);
    }
    Ok(())
}

type Rows = Vec<(&'static str, Row)>;

fn answer(rows: &Rows, query: &Query) -> Vec<Row> {
    fn of<'a>(rows: &'a Rows, table: &'static str) -> Box<dyn Iterator<Item = &'a Row> + 'a> {
        Box::new(rows.iter().filter(move |(name, _)| *name == table).map(|(_, row)| row))
    }
    let table = SCHEMA.table(query.table);
    let mut found: Vec<Row> = of(rows, query.table)
        .filter(|row| meets(&SCHEMA, table, row, &query.cond, &|other| of(rows, other)))
        .cloned()
        .collect();
    found.sort_by(|left, right| {
        let by = |(column, direction): &(&'static str, Direction)| {
            direction.turned(left[table.place(column)].cmp(&right[table.place(column)]))
        };
        let key = query.ties().turned(left[..table.key_len].cmp(&right[..table.key_len]));
        query.order.iter().map(by).fold(Ordering::Equal, Ordering::then).then(key)
    });
    found.into_iter().skip(query.offset as usize).take(query.limit as usize).collect()
}

/// What texts are made of: letters, and everything that means something to a database.
const PIECES: &[&str] = &["a", "A", "b", "%", "_", "\\", "'", "\"", "*", "判", "决书", "é", " ", "$1"];

fn text() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..4).prop_map(|pieces| pieces.concat())
}

fn maybe_text() -> impl Strategy<Value = Value> {
    prop_oneof![1 => Just(Value::Null), 4 => text().prop_map(Value::Text)]
}

fn maybe_int() -> impl Strategy<Value = Value> {
    let extremes = select(vec![i64::MIN, i64::MAX]);
    prop_oneof![
        2 => Just(Value::Null),
        8 => (-2..4i64).prop_map(Value::Int),
        1 => extremes.prop_map(Value::Int),
    ]
}

fn rows() -> impl Strategy<Value = Rows> {
    let id = || (0..8u8).prop_map(|id| format!("p{id}"));
    let paper = (maybe_text(), maybe_int(), maybe_text(), 0..4i64);
    let reader = ((id(), text()), maybe_int());
    (btree_map(id(), paper, 0..8), btree_map(reader.0, reader.1, 0..10)).prop_map(|(papers, readers)| {
        let papers = papers.into_iter().map(|(id, (kind, pages, title, filed_on))| {
            ("paper", vec![id.into(), kind, pages, title, filed_on.into()])
        });
        let readers =
            readers.into_iter().map(|((paper, person), level)| ("reader", vec![paper.into(), person.into(), level]));
        papers.chain(readers).collect()
    })
}

fn value_for(column: Column) -> BoxedStrategy<Value> {
    match column.kind {
        ColumnKind::Int => maybe_int().boxed(),
        ColumnKind::Text if column.name == "id" || column.name == "paper" => {
            (0..8u8).prop_map(|id| Value::Text(format!("p{id}"))).boxed()
        }
        ColumnKind::Text => maybe_text().boxed(),
    }
}

const OPERATORS: &[Operator] =
    &[Operator::Is, Operator::IsNot, Operator::Below, Operator::AtMost, Operator::Above, Operator::AtLeast];

fn simple(table: &'static Table) -> BoxedStrategy<Cond> {
    let one = move || select(table.columns);
    let compare = one().prop_flat_map(move |column| {
        (select(OPERATORS), value_for(column))
            .prop_map(move |(operator, value)| Cond::Compare(column.name, operator, value))
    });
    let within = one()
        .prop_flat_map(|column| vec(value_for(column), 0..3).prop_map(move |values| Cond::In(column.name, values)));
    prop_oneof![
        1 => select(vec![Cond::True, Cond::False]),
        6 => compare,
        2 => within,
        2 => one().prop_map(|column| Cond::IsNull(column.name)),
        3 => (one(), text()).prop_map(|(column, part)| Cond::Contains(column.name, part)),
    ]
    .boxed()
}

type On = &'static [(&'static str, &'static str)];

/// Tables a row of `table` can be looked up in, and by what.
fn neighbours(table: &'static Table) -> Vec<(&'static str, On)> {
    match table.name {
        "paper" => vec![
            ("reader", &[("paper", "id")]),
            ("reader", &[("level", "pages")]),
            ("paper", &[("kind", "title")]),
            ("paper", &[("kind", "kind"), ("pages", "pages")]),
            ("reader", &[]),
        ],
        _ => vec![("paper", &[("id", "paper")]), ("reader", &[("person", "person"), ("level", "level")])],
    }
}

fn cond(table: &'static Table, depth: u32) -> BoxedStrategy<Cond> {
    if depth == 0 {
        return simple(table);
    }
    let inner = move || cond(table, depth - 1);
    let exists = select(neighbours(table)).prop_flat_map(move |(other, on)| {
        cond(described(other), depth - 1).prop_map(move |cond| Cond::Exists { table: other, on, cond: Box::new(cond) })
    });
    prop_oneof![
        2 => simple(table),
        2 => vec(inner(), 0..3).prop_map(Cond::All),
        2 => vec(inner(), 0..3).prop_map(Cond::Any),
        3 => inner().prop_map(|cond| Cond::Not(Box::new(cond))),
        3 => exists,
    ]
    .boxed()
}

fn described(table: &'static str) -> &'static Table {
    SCHEMA.table(table)
}

fn question() -> impl Strategy<Value = Query> {
    select(vec!["paper", "reader"]).prop_flat_map(|table| {
        let columns: Vec<_> = described(table).columns.iter().map(|column| column.name).collect();
        let direction = select(vec![Direction::Up, Direction::Down]);
        let order = vec((select(columns), direction), 0..3);
        (cond(described(table), 3), order, 0..12u64, 0..4u64, any::<bool>())
            .prop_map(move |(cond, order, limit, offset, led)| Query { table, cond, order, limit, offset, led })
    })
}

/// `Exists` asks whether, not how often. SQLite 3.51.3 has been seen to give doubles here.
pub async fn a_row_is_found_once_however_many_match_it(premises: &dyn Premises) {
    let store = opened(premises).await;
    let reader = |paper: &str| vec![paper.into(), "li".into(), 1.into()];
    fill(&*store, vec![("reader", reader("p0")), ("reader", reader("p1"))]).await;
    let cond =
        Cond::Exists { table: "reader", on: &[("person", "person"), ("level", "level")], cond: Box::new(Cond::True) };

    let found = store.select(&Query::of("reader", cond.clone())).await;

    assert_eq!(found.expect("a question can be asked"), [reader("p0"), reader("p1")]);
    assert_eq!(store.count("reader", &cond).await.expect("rows are counted"), 2);
}

/// Neither `%`, `_`, backslash nor letter case mean anything but themselves.
pub async fn contains_takes_every_character_as_it_stands(premises: &dyn Premises) {
    let store = opened(premises).await;
    let titles = ["100%", "100", "a_b", "axb", r"a\b", "ab", "民事判决书", "AB", "it's"];
    let rows = titles.iter().map(|title| {
        let row = vec![(*title).into(), Value::Null, Value::Null, (*title).into(), 0.into()];
        ("paper", row)
    });
    fill(&*store, rows.collect()).await;

    for (part, expected) in [
        ("%", vec!["100%"]),
        ("_", vec!["a_b"]),
        (r"\", vec![r"a\b"]),
        ("判决", vec!["民事判决书"]),
        ("AB", vec!["AB"]),
        ("'", vec!["it's"]),
        ("b%", vec![]),
        ("\0", vec![]),
    ] {
        let query = Query::of("paper", Cond::Contains("title", part.to_owned()));
        let found = store.select(&query).await.expect("a question can be asked");
        let found: Vec<_> = found.into_iter().map(|row| row[0].clone()).collect();
        let expected: Vec<Value> = expected.into_iter().map(Value::from).collect();
        assert_eq!(found, expected, "{part}");
    }
}

/// The order of nothing is the same in every store.
pub async fn nothing_is_first_upwards_and_last_downwards(premises: &dyn Premises) {
    let store = opened(premises).await;
    let row = |id: &str, pages: Value| ("paper", vec![id.into(), Value::Null, pages, Value::Null, 0.into()]);
    fill(&*store, vec![row("a", 1.into()), row("b", Value::Null), row("c", 2.into())]).await;

    for (direction, expected) in [(Direction::Up, ["b", "a", "c"]), (Direction::Down, ["c", "a", "b"])] {
        let query = Query::of("paper", Cond::True).by("pages", direction);
        let found = store.select(&query).await.expect("a question can be asked");
        let found: Vec<_> = found.into_iter().map(|row| row[0].clone()).collect();
        assert_eq!(found, expected.map(Value::from));
    }
}

/// Among equals the key decides, in the direction of the order, so no row is on two pages or on none.
pub async fn paging_is_stable(premises: &dyn Premises) {
    let store = opened(premises).await;
    let rows = (0..25).map(|id| ("paper", paper(&format!("{id:02}"), id % 2)));
    fill(&*store, rows.collect()).await;

    let mut ids = Vec::new();
    for page in 0..4 {
        let query = Query::of("paper", Cond::True).by("pages", Direction::Down).page(7, page * 7);
        ids.extend(store.select(&query).await.expect("a question can be asked"));
    }

    let odd = (0..25).rev().filter(|id| id % 2 == 1);
    let even = (0..25).rev().filter(|id| id % 2 == 0);
    let expected: Vec<_> = odd.chain(even).map(|id| paper(&format!("{id:02}"), id % 2)).collect();
    assert_eq!(ids, expected);
}

/// Each value once with its count, nothing first.
pub async fn a_tally_counts_each_value(premises: &dyn Premises) {
    let store = opened(premises).await;
    let row = |id: i64, kind: Value| ("paper", vec![format!("{id}").into(), kind, id.into(), Value::Null, 0.into()]);
    let kinds = ["b".into(), "a".into(), Value::Null, "b".into(), "判".into(), "b".into()];
    fill(&*store, (0..).zip(kinds).map(|(id, kind)| row(id, kind)).collect()).await;

    let all = store.tally("paper", &Cond::True, "kind").await.expect("rows are tallied");
    let few = Cond::Compare("pages", Operator::AtLeast, 3.into());
    let few = store.tally("paper", &few, "kind").await.expect("rows are tallied");

    assert_eq!(all, [(Value::Null, 1), ("a".into(), 1), ("b".into(), 3), ("判".into(), 1)]);
    assert_eq!(few, [("b".into(), 2), ("判".into(), 1)]);
}
