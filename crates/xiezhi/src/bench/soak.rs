//! Load and kills (`make soak`): people act and read in a served court, which is killed in the middle of it and
//! started again, over and over. At the end nothing that was acknowledged is missing, nothing is there twice or
//! half, numbers run without gaps, and the record agrees with its proofs, files and rows.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use xiezhi_app::{
    App,
    moment::{self, SystemClock},
    tables::CaseRow,
};
use xiezhi_domain::{ids::CommandId, people::Post};
use xiezhi_store::{Cond, LogId, Query};

use super::{courts, http::Connection, served::Served};
use crate::{compose, config::Config};

/// Cases of the court.
const CASES: usize = 220;
/// People who act, and who read, at the same time.
const ACTING: usize = 12;
const READING: usize = 4;
/// A life of the server ends after this long, or up to twice as long.
const LIFE: Duration = Duration::from_millis(1_500);
/// The most rows the check looks at.
const ROWS: u64 = 10_000;

/// An act that was sent.
#[derive(Clone, Debug)]
struct Sent {
    path: String,
    token: String,
    key: CommandId,
    body: Value,
    /// Where the record has it, if that was answered; none if the court died over it.
    position: Option<u64>,
}

/// Loads and kills the court in `folder` for this long, then checks it.
pub async fn run(folder: &Path, seconds: u64) -> anyhow::Result<()> {
    courts::prepare(folder, CASES).await?;
    let until = Instant::now() + Duration::from_secs(seconds);
    let (mut kept, mut lives) = (vec![], 0);
    while Instant::now() < until || lives == 0 {
        let sent = live(Served::start(folder).await?).await?;
        lives += 1;
        // What the court says after its death must be what it said before.
        let again = Served::start(folder).await?;
        kept.extend(asked_again(&again, sent).await?);
        again.kill()?;
    }
    Served::start(folder).await?.stop().await?;
    let events = check(folder, &kept).await?;
    println!(
        "soak: {} acts in {lives} lives, each ended by kill -9: none lost, none twice, none half; {events} events agree with proofs, files and rows",
        kept.len()
    );
    Ok(())
}

/// One life: everyone acts and reads, and in the middle of it the court is killed.
async fn live(served: Served) -> anyhow::Result<Vec<Sent>> {
    let judge = served.sign_in_as("甄明理", Post::Judge).await?;
    let filing = served.sign_in_as("收立案", Post::FilingClerk).await?;
    let cases = served.cases_at(&judge, "pretrial").await?;
    let waiting = served.cases_at(&filing, "submitted").await?;
    ensure!(!cases.is_empty(), "{} has no case to work on", judge.known.name);
    let mut acting = JoinSet::new();
    for place in 0..ACTING {
        let path = format!("/cases/{}/evidence/issues", cases[place % cases.len()]);
        acting.spawn(fix_issues(served.address, judge.token.clone(), path));
    }
    acting.spawn(file_cases(served.address, filing.token.clone(), waiting));
    let mut reading = JoinSet::new();
    for _ in 0..READING {
        reading.spawn(read(served.address, judge.token.clone(), cases.clone()));
    }
    tokio::time::sleep(LIFE + LIFE * u32::from(moment::secret()[0]) / 255).await;
    if let Some(ended) = reading.try_join_next() {
        ended?.context("a reader was turned away")?;
    }
    served.kill()?;
    let mut sent = vec![];
    while let Some(done) = acting.join_next().await {
        sent.extend(done??);
    }
    reading.shutdown().await;
    ensure!(sent.iter().any(|one| one.position.is_some()), "nothing was acknowledged in a whole life");
    Ok(sent)
}

fn new_command() -> CommandId {
    CommandId(uuid::Uuid::from_bytes(moment::secret()[..16].try_into().expect("a secret is longer")))
}

/// The judge fixes the issues of a case, again and again, until the court is gone.
async fn fix_issues(to: SocketAddr, token: String, path: String) -> anyhow::Result<Vec<Sent>> {
    let mut connection = Connection::open(to).await?;
    let mut all = vec![];
    loop {
        let key = new_command();
        let body = json!({ "issues": format!("借款本金如何认定\n第{}稿 {key}", all.len()) });
        let sent = Sent { path: path.clone(), token: token.clone(), key, body, position: None };
        match send(&mut connection, sent).await? {
            (sent, true) => all.push(sent),
            (sent, false) => {
                all.push(sent);
                return Ok(all);
            }
        }
    }
}

/// The filing clerk files what waits: each takes a number and writes papers.
async fn file_cases(to: SocketAddr, token: String, waiting: Vec<String>) -> anyhow::Result<Vec<Sent>> {
    let mut connection = Connection::open(to).await?;
    let mut all = vec![];
    for case in waiting {
        let condition = ["interest", "defendant", "claims", "jurisdiction"];
        let body = json!({ "procedure": "summary", "condition": condition });
        let path = format!("/review/{case}/file");
        let sent = Sent { path, token: token.clone(), key: new_command(), body, position: None };
        let (sent, alive) = send(&mut connection, sent).await?;
        all.push(sent);
        if !alive {
            break;
        }
    }
    Ok(all)
}

/// Sends an act and notes what was answered; false once the court is gone.
async fn send(connection: &mut Connection, mut sent: Sent) -> anyhow::Result<(Sent, bool)> {
    let Ok(answer) = connection.act(&sent.path, &sent.token, &sent.key.to_string(), &sent.body).await else {
        return Ok((sent, false));
    };
    // Several act on one case: one of them may be asked to try again.
    if answer.status != 409 {
        sent.position = Some(answer.json()?["position"].as_u64().context("an act is told its position")?);
    }
    Ok((sent, true))
}

/// Someone reads until the court is gone.
async fn read(to: SocketAddr, token: String, cases: Vec<String>) -> anyhow::Result<()> {
    let mut connection = Connection::open(to).await?;
    for case in cases.iter().cycle() {
        for path in ["/workbench".to_owned(), format!("/cases/{case}"), format!("/cases/{case}/trace")] {
            let answer = connection.page(&path, &token).await?;
            ensure!(answer.status == 200, "{path} answers {}", answer.status);
        }
    }
    Ok(())
}

/// Sends every act again under its key: one that was acknowledged is where it was; one that was cut off is done
/// now, if it was not before.
async fn asked_again(served: &Served, all: Vec<Sent>) -> anyhow::Result<Vec<Sent>> {
    let mut connection = Connection::open(served.address).await?;
    let mut kept = vec![];
    for before in all {
        let (after, alive) = send(&mut connection, Sent { position: None, ..before.clone() }).await?;
        ensure!(alive, "the court died of being asked again");
        let known = before.position.is_none() || before.position == after.position;
        ensure!(known, "{} was acknowledged at {:?} and is now at {:?}", before.key.0, before.position, after.position);
        kept.push(after);
    }
    Ok(kept)
}

/// Checks the court in its folder; returns how many events it has.
async fn check(folder: &Path, kept: &[Sent]) -> anyhow::Result<u64> {
    let config = Config::demonstration(folder, "127.0.0.1:0");
    let opened = compose::open(&config, Arc::new(SystemClock)).await?;
    let app = &opened.app;
    for sent in kept {
        let known = app.ports().store.committed(LogId::RECORD, sent.key.0).await?;
        let (_, done) = known.with_context(|| format!("{} {} was lost", sent.path, sent.key.0))?;
        ensure!(sent.position == Some(done.first), "{} is at {}", sent.key.0, done.first);
    }
    numbers_have_no_gaps(app).await?;
    agrees(app).await?;
    let before = app.differing_rows_of_all().await?;
    app.rebuild(&mut |_, _| {}).await?;
    ensure!(before.is_empty() && app.differing_rows_of_all().await?.is_empty(), "rebuild gives other rows");
    let events = app.ports().store.size(LogId::RECORD).await?;
    app.close().await;
    Ok(events)
}

/// The record against its proofs, files and rows.
async fn agrees(app: &App) -> anyhow::Result<()> {
    let checked = app.audit(&mut |_, _| {}).await?;
    ensure!(checked.differences.is_empty(), "the audit found {}", serde_json::to_string(&checked.differences)?);
    Ok(())
}

/// The numbers of a year and type run from 1 without gap or repeat.
async fn numbers_have_no_gaps(app: &App) -> anyhow::Result<()> {
    let rows: Vec<CaseRow> =
        app.rows(Query::of("cases", Cond::Not(Box::new(Cond::IsNull("number")))).page(ROWS, 0)).await?;
    let mut series = BTreeMap::<String, BTreeSet<i64>>::new();
    for row in &rows {
        let number = row.number.clone().unwrap_or_default();
        let begin = number.trim_end_matches(|c: char| c == '号' || c.is_ascii_digit()).to_owned();
        ensure!(series.entry(begin).or_default().insert(row.serial), "{number} was given twice");
    }
    for (begin, serials) in series {
        let dense = serials.iter().copied().eq(1..=serials.len() as i64);
        ensure!(dense, "{begin} has gaps: {serials:?}");
    }
    Ok(())
}
