//! The filter of the lists and the rules of access say the same.

use std::sync::OnceLock;

use proptest::{prelude::*, sample::select};
use xiezhi_app::{access, lists::CaseFilter, rows, tables::SCHEMA};
use xiezhi_domain::{
    archive::Loan,
    assignment::Tribunal,
    case::CaseState,
    ids::PersonId,
    people::{Actor, Directory, Post},
    stage::Stage,
};
use xiezhi_store::{Row, RowChange, query};

use crate::{
    cast,
    court::{Court, day},
    story,
};

/// Few people, so that they meet in a case often.
const PEOPLE: u128 = 6;

fn someone() -> impl Strategy<Value = PersonId> {
    (1..=PEOPLE).prop_map(cast::person)
}

fn tribunal() -> impl Strategy<Value = Tribunal> {
    let members = prop::collection::vec(someone(), 0..3);
    let one = || prop::option::of(someone());
    (someone(), one(), members, one(), one()).prop_map(|(judge, presiding, members, assistant, clerk)| Tribunal {
        judge,
        presiding,
        members,
        assistant,
        clerk,
    })
}

/// A case that was lived through, with other people in it and at another stage.
fn any_case() -> impl Strategy<Value = CaseState> {
    let one = || prop::option::of(someone());
    let stage = select(Stage::ALL.to_vec());
    let people = prop::collection::vec(one(), 6);
    let loans = prop::collection::vec(someone(), 0..2);
    (stage, one(), people, prop::option::of(tribunal()), loans).prop_map(|(stage, filer, people, tribunal, loans)| {
        let mut case = lived().clone();
        let mut people = people.into_iter();
        (case.stage, case.submitted_by, case.tribunal) = (stage, filer, tribunal);
        for party in case.parties.values_mut() {
            party.person = people.next().flatten();
        }
        for agent in &mut case.agents {
            agent.person = people.next().flatten();
        }
        case.archive.loans =
            loans.into_iter().map(|to| Loan { to, purpose: "查阅".to_owned(), until_on: day("2026-12-31") }).collect();
        case
    })
}

fn any_actor() -> impl Strategy<Value = Actor> {
    (someone(), select(Post::ALL.to_vec())).prop_map(|(id, post)| Actor::Person { id, post, token: None })
}

fn lived() -> &'static CaseState {
    static LIVED: OnceLock<CaseState> = OnceLock::new();
    LIVED.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
        runtime.block_on(async {
            let suit = story::told_to_pretrial(Court::in_memory("2026-02-27").await).await;
            (*suit.state().await).clone()
        })
    })
}

/// Whether the filter shows the case, asked of its rows as every store would.
fn listed(case: &CaseState, people: &Directory, actor: &Actor) -> bool {
    let all = rows::all(case, people);
    let put = |change: &RowChange| match change {
        RowChange::Put { table, row } => (*table, row.clone()),
        RowChange::Delete { .. } => unreachable!("a case alone takes nothing away"),
    };
    let all: Vec<(&str, Row)> = all.iter().map(put).collect();
    let rows_of = |table: &'static str| -> Box<dyn Iterator<Item = &Row>> {
        Box::new(all.iter().filter(move |(known, _)| *known == table).map(|(_, row)| row))
    };
    let row = rows_of("cases").next().expect("a case has a row");
    query::meets(&SCHEMA, SCHEMA.table("cases"), row, &access::visible(actor), &rows_of)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_list_shows_exactly_the_cases_its_reader_may_know_of(case in any_case(), actor in any_actor()) {
        let people = cast::directory();
        prop_assert_eq!(listed(&case, &people, &actor), rows::may_know(&case, &actor));
    }
}

#[tokio::test]
async fn a_book_that_is_sent_as_a_question_finds_no_case_and_breaks_no_store() {
    let actor = Actor::Person { id: cast::person(1), post: Post::President, token: None };
    for court in [Court::in_memory("2026-02-27").await, Court::on_sqlite("2026-02-27").await] {
        let words = (0..5_000).map(|number| format!("甲{number}")).collect::<Vec<_>>().join(" ");
        let filter = CaseFilter { words: Some(words), size: 10, ..CaseFilter::default() };
        assert_eq!(court.app.cases(&actor, &filter).await.expect("the list answers").total, 0);
    }
}

#[tokio::test]
async fn the_stores_answer_the_filter_alike() {
    for court in [Court::in_memory("2026-02-27").await, Court::on_sqlite("2026-02-27").await] {
        let suit = story::told_to_pretrial(court).await;
        let case = suit.state().await;
        for number in (1..=80).chain(200..206) {
            for post in Post::ALL {
                let actor = Actor::Person { id: cast::person(number), post, token: None };
                let page = suit.court.app.cases(&actor, &Default::default()).await.expect("the list answers");
                assert_eq!(page.total == 1, rows::may_know(&case, &actor), "{actor:?}");
                assert_eq!(page.rows.len() as u64, page.total);
                let phase = |phase| CaseFilter { phase: Some(phase), ..CaseFilter::default() };
                let same = suit.court.app.cases(&actor, &phase(case.stage.phase())).await.expect("the list answers");
                assert_eq!(same.total, page.total, "{actor:?}");
                let other = suit.court.app.cases(&actor, &phase("archived")).await.expect("the list answers");
                assert_eq!(other.total, 0, "{actor:?}");
            }
        }
    }
}
