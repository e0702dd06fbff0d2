//! What is told twice happens once, and what two do at once is told apart.

use futures::future::join_all;
use xiezhi_app::AppError;
use xiezhi_domain::{
    command::CaseCommand, fees::FeeCommand, ids::CommandId, law::money::Fen, people::Post, review::ReviewCommand,
};
use xiezhi_store::LogId;

use crate::{
    cast::{member, staff},
    court::Court,
    example::{account, example},
    steps::{case, file, submit},
};

async fn with_submitted(mut court: Court, many: u128) -> Court {
    let told = example(1);
    court.admit(&told).await;
    for number in 0..many {
        submit(&mut court, &told, number).await;
    }
    court
}

async fn a_command_told_twice_is_carried_out_once(court: Court) {
    let mut court = with_submitted(court, 1).await;
    let (id, clerk) = (CommandId(court.fresh()), staff(Post::FilingClerk));
    let command = CaseCommand::from(file(example(1).procedure()));

    let first = court.app.decide(case(0), &clerk, id, command.clone()).await.expect("it is filed");
    let size = court.store.size(LogId::RECORD).await.expect("the record answers");
    let again = court.app.decide(case(0), &clerk, id, command).await.expect("the repeat is answered");

    assert!(!first.replayed && again.replayed);
    assert_eq!((again.pos, &again.case.number), (first.pos, &first.case.number));
    assert_eq!(court.store.size(LogId::RECORD).await.expect("the record answers"), size);
}

async fn an_id_serves_one_command(court: Court) {
    let mut court = with_submitted(court, 1).await;
    let (id, clerk) = (CommandId(court.fresh()), staff(Post::FilingClerk));
    court.app.decide(case(0), &clerk, id, ReviewCommand::Take.into()).await.expect("it is taken");
    let other = FeeCommand::Pay { amount: Fen(1), channel: "bank".to_owned(), receipt_no: "R1".to_owned() };
    let reused = court.app.decide(case(0), &account(0), id, other.into()).await;
    assert!(matches!(reused, Err(AppError::CommandReused)), "{reused:?}");
}

async fn clerks_filing_at_once_get_a_number_each_without_gaps(court: Court) {
    let mut court = with_submitted(court, 4).await;
    let procedure = example(1).procedure();
    let commands: Vec<_> = (0..4).map(|number| (number, CommandId(court.fresh()))).collect();
    let filing = commands.into_iter().map(|(number, id)| {
        let clerk = member(41 + number % 2);
        let app = court.app.clone();
        async move { app.decide(case(number), &clerk, id, file(procedure).into()).await }
    });

    let filed = join_all(filing).await;

    let mut serials: Vec<u32> = filed
        .into_iter()
        .map(|decided| decided.expect("it is filed").case.number.as_ref().expect("it has a number").serial)
        .collect();
    serials.sort_unstable();
    assert_eq!(serials, [1, 2, 3, 4]);
}

async fn of_two_clerks_filing_one_application_one_files_it(court: Court) {
    let mut court = with_submitted(court, 1).await;
    let procedure = example(1).procedure();
    let ids = [CommandId(court.fresh()), CommandId(court.fresh())];
    let clerks = [member(41), member(42)];
    let one = court.app.decide(case(0), &clerks[0], ids[0], file(procedure).into());
    let other = court.app.decide(case(0), &clerks[1], ids[1], file(procedure).into());

    let (one, other) = tokio::join!(one, other);

    let filed = [&one, &other].into_iter().filter(|decided| decided.is_ok()).count();
    assert_eq!(filed, 1, "{one:?} {other:?}");
    let case = court.app.load(case(0)).await.expect("the case is there");
    assert_eq!(case.number.as_ref().map(|number| number.serial), Some(1));
}

over_each_store!(
    a_command_told_twice_is_carried_out_once,
    an_id_serves_one_command,
    clerks_filing_at_once_get_a_number_each_without_gaps,
    of_two_clerks_filing_one_application_one_files_it,
);
