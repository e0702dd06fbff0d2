//! Pages under a steady load. Requests leave at their time whether or not earlier ones have come back, and
//! each is timed from when it should have left: a court that stalls is charged for everyone who waits.

use std::{
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use tokio::sync::mpsc;

use super::{
    http::Connection,
    served::{Reader, Served},
    verdict::{Line, median, percentile},
};

/// Requests a second.
const PER_SECOND: u32 = 200;
/// Rounds over both courts and all kinds of page.
const ROUNDS: usize = 5;
/// Cases that are opened, besides those on the lists.
const CASES: usize = 400;
/// People who read: a judge and those who work with one, the head of the division, the filing clerk.
const READERS: [&str; 5] = ["甄明理", "程公允", "纪真", "庭之长", "收立案"];

/// Kinds of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Empty,
    Workbench,
    List,
    Case,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Empty, Kind::Workbench, Kind::List, Kind::Case];

    fn name(self) -> &'static str {
        match self {
            Kind::Empty => "empty page",
            Kind::Workbench => "workbench",
            Kind::List => "list",
            Kind::Case => "case page",
        }
    }
}

/// A served court with people who read in it.
struct Stand {
    served: Served,
    readers: Vec<Reader>,
    /// Cases that each reader may open.
    cases: Vec<Vec<String>>,
}

impl Stand {
    async fn start(folder: &Path) -> anyhow::Result<Self> {
        let served = Served::start(folder).await?;
        let readers = served.sign_in_all(&READERS).await?;
        let mut cases = vec![];
        for reader in &readers {
            cases.push(found(&served, reader).await?);
        }
        Ok(Self { served, readers, cases })
    }

    /// The request of this number: readers take turns, and so do their cases.
    fn request(&self, kind: Kind, no: usize) -> (String, String) {
        let who = no % self.readers.len();
        let path = match kind {
            Kind::Empty => "/help/problems/filing.NoDefendant".to_owned(),
            Kind::Workbench => "/workbench".to_owned(),
            Kind::List => "/cases".to_owned(),
            Kind::Case => {
                let cases = &self.cases[who];
                format!("/cases/{}", cases[no / self.readers.len() % cases.len()])
            }
        };
        (path, self.readers[who].token.clone())
    }

    /// The 99th percentile of one slice of load, in milliseconds.
    async fn p99_ms(&self, kind: Kind, seconds: u32, from: usize) -> anyhow::Result<f64> {
        let requests = (0..(seconds * PER_SECOND) as usize).map(|at| self.request(kind, from + at));
        let mut times = load(self.served.address, requests.collect()).await?;
        Ok(percentile(&mut times, 0.99))
    }
}

/// Cases that a reader finds: the newest of the list, and some from all over it.
async fn found(served: &Served, reader: &Reader) -> anyhow::Result<Vec<String>> {
    let mut connection = Connection::open(served.address).await?;
    let mut ids = vec![];
    let first = connection.data("/cases", &reader.token).await?.json()?;
    let pages = first["total"].as_u64().context("a list tells its length")?.div_ceil(50).max(1);
    let step = (pages * 50 / CASES as u64).max(1);
    let wanted: Vec<u64> = (1..=pages).step_by(usize::try_from(step.min(pages)).unwrap_or(1)).take(8).collect();
    for page in wanted {
        let found = connection.data(&format!("/cases?page={page}"), &reader.token).await?.json()?;
        let rows = found["rows"].as_array().context("a list has rows")?;
        ids.extend(rows.iter().filter_map(|row| row["case_id"].as_str()).map(str::to_owned));
    }
    ensure!(!ids.is_empty(), "{} finds no case", reader.known.name);
    Ok(ids)
}

/// Sends the requests at a steady rate and gives how long each took, in milliseconds.
async fn load(to: SocketAddr, requests: Vec<(String, String)>) -> anyhow::Result<Vec<f64>> {
    let (done, mut answers) = mpsc::unbounded_channel();
    let pool = Arc::new(Mutex::new(Vec::<Connection>::new()));
    let runtime = tokio::runtime::Handle::current();
    let count = requests.len();
    // A thread of its own: the timer of the runtime is too coarse, and waits for its turn.
    tokio::task::spawn_blocking(move || {
        let begun = Instant::now();
        for (no, (path, token)) in requests.into_iter().enumerate() {
            let due = begun + Duration::from_secs(1) * no as u32 / PER_SECOND;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let (pool, done) = (Arc::clone(&pool), done.clone());
            runtime.spawn(async move {
                // Whoever counts is gone only if another request failed.
                let _ = done.send(one(to, &pool, &path, &token, due).await);
            });
        }
    });
    let mut times = Vec::with_capacity(count);
    while let Some(time) = answers.recv().await {
        times.push(time?);
    }
    Ok(times)
}

async fn one(
    to: SocketAddr,
    pool: &Mutex<Vec<Connection>>,
    path: &str,
    token: &str,
    due: Instant,
) -> anyhow::Result<f64> {
    let idle = pool.lock().expect("nobody panics while taking a connection").pop();
    let mut connection = match idle {
        Some(connection) => connection,
        None => Connection::open(to).await?,
    };
    let answer = connection.page(path, token).await?;
    let took = due.elapsed().as_secs_f64() * 1_000.0;
    ensure!(answer.status == 200, "{path} answers {}", answer.status);
    pool.lock().expect("nobody panics while giving a connection back").push(connection);
    Ok(took)
}

/// Loads the small court and the large one in turn, and holds their pages against the empty page and against
/// each other.
pub async fn measure(small: &Path, large: &Path, cases: usize, seconds: u32) -> anyhow::Result<Vec<Line>> {
    let stands = [Stand::start(small).await?, Stand::start(large).await?];
    for stand in &stands {
        for kind in Kind::ALL {
            stand.p99_ms(kind, 1, 0).await?;
        }
    }
    let mut slices: [[Vec<f64>; 2]; 4] = Default::default();
    for round in 0..ROUNDS {
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            for (which, stand) in stands.iter().enumerate() {
                let from = round * (seconds * PER_SECOND) as usize;
                slices[place][which].push(stand.p99_ms(kind, seconds, from).await?);
            }
        }
    }
    let [small, large] = stands;
    small.served.stop().await?;
    large.served.stop().await?;
    let p99 = slices.map(|both| both.map(|mut rounds| median(&mut rounds)));
    Ok(lines(p99, cases))
}

/// `p99[kind][court]`.
fn lines(p99: [[f64; 2]; 4], cases: usize) -> Vec<Line> {
    let [small_empty, large_empty] = p99[0];
    let mut lines = vec![];
    for (place, kind) in Kind::ALL.into_iter().enumerate().skip(1) {
        let [small, large] = p99[place];
        let what = format!("{}: p99 at {PER_SECOND}/s, {cases} cases", kind.name());
        let why = format!("10 × empty page, {large_empty:.2} ms ({small_empty:.2} ms with 1000 cases)");
        lines.push(Line::at_most(what.clone(), large, 10.0 * large_empty, "ms", why));
        let why = format!("1.5 × with 1000 cases, {small:.2} ms");
        lines.push(Line::at_most(what, large, 1.5 * small, "ms", why));
    }
    lines
}
