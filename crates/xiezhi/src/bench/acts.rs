//! Durable acts a second: commands through the application, each decided, recorded with its rows, and durable
//! before the next of its client begins.

use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::watch, task::JoinSet};
use xiezhi_app::{
    App,
    moment::{self, SystemClock},
    workers,
};
use xiezhi_domain::{
    evidence::EvidenceCommand,
    ids::{CaseId, CommandId},
    people::{Actor, Post},
};

use super::{courts, probe, template::Template, verdict::Line};
use crate::{compose, config::Config};

/// Clients that act at the same time.
const MANY: usize = 64;
/// Rounds; the best of what the noise of the machine leaves is told by the middle one.
const ROUNDS: usize = 3;

/// Rates of one store, acts a second.
pub struct Rates {
    /// One client.
    pub one: f64,
    /// Many clients.
    pub many: f64,
    /// Calls of fdatasync a second, probed between the rounds.
    pub syncs: f64,
}

/// Measures a fresh court under `folder`, on `database` or on SQLite.
pub async fn measure(
    folder: &Path,
    database: Option<&str>,
    templates: Vec<Template>,
    seconds: f64,
) -> anyhow::Result<Rates> {
    let mut config = Config::demonstration(folder, "127.0.0.1:0");
    for old in [folder, &config.keys, &config.checkpoint_lock].into_iter().filter(|old| old.exists()) {
        fs::remove_dir_all(old)?;
    }
    fs::create_dir_all(folder)?;
    if let Some(url) = database {
        url.clone_into(&mut config.database);
    }
    let opened = compose::open(&config, Arc::new(SystemClock)).await?;
    let app = &opened.app;
    let cases = courts::for_acts(app, templates, MANY).await?;
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(workers::run(app.clone(), stopped));
    let mut rates = vec![];
    run(app, &cases, MANY, 1.0).await?;
    for _ in 0..ROUNDS {
        let syncs = probe::syncs_per_second(folder).await?;
        let one = run(app, &cases, 1, seconds).await?;
        let many = run(app, &cases, MANY, seconds).await?;
        rates.push((one, many, syncs));
    }
    stop.send_replace(true);
    working.await?;
    app.close().await;
    let of =
        |pick: fn(&(f64, f64, f64)) -> f64| super::verdict::median(&mut rates.iter().map(pick).collect::<Vec<_>>());
    Ok(Rates { one: of(|it| it.0), many: of(|it| it.1), syncs: of(|it| it.2) })
}

/// Acts a second of `clients`, each on a case of its own.
async fn run(app: &App, cases: &[CaseId], clients: usize, seconds: f64) -> anyhow::Result<f64> {
    let begun = Instant::now();
    let until = begun + Duration::from_secs_f64(seconds);
    let mut running = JoinSet::new();
    for case in cases.iter().take(clients) {
        running.spawn(client(app.clone(), *case, until));
    }
    let mut acts = 0;
    while let Some(done) = running.join_next().await {
        acts += done??;
    }
    Ok(f64::from(acts) / begun.elapsed().as_secs_f64())
}

/// The judge fixes the issues of a case, again and again until then; how often.
pub async fn client(app: App, case: CaseId, until: Instant) -> anyhow::Result<u32> {
    let judge = judge_of(&app, case).await?;
    let mut acts = 0;
    while Instant::now() < until {
        act(&app, case, &judge, acts).await?;
        acts += 1;
    }
    Ok(acts)
}

/// The judge fixes the issues of a case so many times.
pub async fn times(app: &App, case: CaseId, times: u32) -> anyhow::Result<()> {
    let judge = judge_of(app, case).await?;
    for no in 0..times {
        act(app, case, &judge, no).await?;
    }
    Ok(())
}

async fn judge_of(app: &App, case: CaseId) -> anyhow::Result<Actor> {
    let judge = app.load(case).await?.judge().expect("the case has a judge");
    Ok(Actor::Person { id: judge, post: Post::Judge, token: None })
}

async fn act(app: &App, case: CaseId, judge: &Actor, no: u32) -> anyhow::Result<()> {
    let issues = vec!["借款本金如何认定".to_owned(), format!("利息自何日起算（第{no}稿）")];
    let command = CommandId(moment::new_id(app.ports().clock.now()));
    app.decide(case, judge, command, EvidenceCommand::FixIssues { issues }.into()).await?;
    Ok(())
}

/// What the rates of SQLite are held against.
pub fn of_sqlite(rates: &Rates) -> Vec<Line> {
    let least = |share: f64, most: f64| (share * rates.syncs).min(most);
    let why = |share: f64, most: f64| format!("min({share} R, {most}/s), R = {:.0} fdatasync/s", rates.syncs);
    vec![
        Line::at_least("SQLite: durable acts, 1 client", rates.one, least(0.6, 1_500.0), "acts/s", why(0.6, 1_500.0)),
        Line::at_least(
            "SQLite: durable acts, 64 clients",
            rates.many,
            least(3.0, 3_000.0),
            "acts/s",
            why(3.0, 3_000.0),
        ),
    ]
}

/// What those of PostgreSQL are held against.
pub fn of_postgres(rates: &Rates) -> Vec<Line> {
    let why = format!("10 × its own 1 client, {:.0} acts/s", rates.one);
    vec![Line::at_least("PostgreSQL: durable acts, 64 clients", rates.many, 10.0 * rates.one, "acts/s", why)]
}
