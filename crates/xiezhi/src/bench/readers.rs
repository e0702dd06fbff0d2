//! Reading a thick file: fifty people have it open, each turns a page every few seconds, the next one fetched ahead as
//! the page's script does. What is timed is a turn to a page that was fetched ahead, and, while they read, the list
//! and a page that nobody saw yet, asked for by people who come anew.
//! Then pages that are stored are asked for again, by whoever saw them and by someone else.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use tokio::task::JoinSet;
use xiezhi_domain::{
    ids::{CaseId, MaterialId, PersonId},
    people::Post,
};

use super::{
    http::Connection,
    served::{Reader, Served},
    verdict::{Line, median, percentile},
};
use crate::{compose, config::Config, demo};

/// People who read, and how often each turns a page.
const READERS: usize = 50;
const PACE: Duration = Duration::from_secs(4);
/// Pages that each reads.
const TURNS: usize = 12;
/// People who come anew while they read, and how far apart.
const NEWCOMERS: u32 = 40;
const APART: Duration = Duration::from_secs(1);
/// A paper with as many pages is thick.
const THICK: u32 = 100;
/// Lines in each exhibit: enough for a thousand pages in all.
const LINES: usize = 6_000;
const PAGES: u32 = 1_000;
/// Stored pages that are asked for again.
const AGAIN: usize = 100;
/// The width of a page on most screens.
const WIDTH_PX: u32 = 900;

/// A paper of the file.
#[derive(Clone, Copy)]
pub(super) struct Paper {
    pub(super) id: MaterialId,
    pages: u32,
}

/// A court with one thick file, and a case beside it that is under way.
pub(super) struct Thick {
    pub(super) case: CaseId,
    pub(super) papers: Arc<Vec<Paper>>,
    /// The case under way, one of its parties, and its clerk.
    pub(super) beside: (CaseId, PersonId, PersonId),
}

/// Measures a fresh court under `folder`.
pub async fn measure(folder: &Path) -> anyhow::Result<Vec<Line>> {
    let Thick { case, papers, .. } = thick(folder).await?;
    let served = Served::start(folder).await?;
    let people = overseers(&served).await?;
    let reading = all_read(&served, &people, (case, &papers), TURNS);
    let coming = newcomers(&served, &people, (case, &papers));
    let (mut turned, mut opened) = tokio::try_join!(reading, coming)?;
    let again = again(&served, &people[0], &people[1], case, &papers).await?;
    served.stop().await?;
    let pages: u32 = papers.iter().map(|paper| paper.pages).sum();
    let why = format!("{pages} pages, {READERS} people, a page each {} s", PACE.as_secs());
    let mut lines = vec![
        Line::at_most(
            "a thick file: its list and a page nobody saw, p95",
            percentile(&mut opened, 0.95),
            300.0,
            "ms",
            &*why,
        ),
        Line::at_most("a turn to a page that was fetched ahead, p95", percentile(&mut turned, 0.95), 60.0, "ms", &*why),
    ];
    lines.extend(again);
    Ok(lines)
}

/// Pages that are stored, asked for again by whoever saw them and by someone else.
async fn again(
    served: &Served,
    first: &Reader,
    second: &Reader,
    case: CaseId,
    papers: &[Paper],
) -> anyhow::Result<Vec<Line>> {
    let mut connection = Connection::open(served.address).await?;
    let pages = papers.iter().flat_map(|paper| (1..=paper.pages).map(move |page| image(case, paper, page)));
    let pages: Vec<String> = pages.take(AGAIN).collect();
    for page in &pages {
        asked(&mut connection, page, first).await?;
    }
    let mut times = vec![];
    for page in &pages {
        let begun = Instant::now();
        asked(&mut connection, page, first).await?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    let begun = served.processor_seconds()?;
    for page in &pages {
        asked(&mut connection, page, second).await?;
    }
    let each_ms = (served.processor_seconds()? - begun) * 1_000.0 / pages.len() as f64;
    let why = format!("{} stored pages", pages.len());
    Ok(vec![
        Line::at_most("a page again by the same reader, p50", median(&mut times), 5.0, "ms", &*why),
        Line::at_most("a page again by another reader, processor time", each_ms, 40.0, "ms", &*why),
    ])
}

fn image(case: CaseId, paper: &Paper, page: u32) -> String {
    format!("/cases/{case}/file/{}/pages/{page}.jpg?w={WIDTH_PX}", paper.id)
}

/// Those who may read any file.
pub(super) async fn overseers(served: &Served) -> anyhow::Result<Vec<Reader>> {
    let mut people = vec![];
    for post in [Post::President, Post::VicePresident, Post::TrialManagement] {
        let known = served.people().await?.into_iter().find(|known| known.post == post);
        people.push(served.sign_in(&known.context("the court has its people")?).await?);
    }
    Ok(people)
}

/// Everyone reads so many pages of the file; what each turn took, in milliseconds.
pub(super) async fn all_read(
    served: &Served,
    people: &[Reader],
    (case, papers): (CaseId, &Arc<Vec<Paper>>),
    turns: usize,
) -> anyhow::Result<Vec<f64>> {
    let mut reading = JoinSet::new();
    for no in 0..READERS {
        let (address, reader, papers) = (served.address, people[no % people.len()].clone(), Arc::clone(papers));
        reading.spawn(async move {
            // They come one after another, not at one stroke.
            tokio::time::sleep(PACE * 2 * no as u32 / READERS as u32).await;
            read(&mut Connection::open(address).await?, &reader, (case, &papers), no, turns).await
        });
    }
    let mut turned = vec![];
    while let Some(read) = reading.join_next().await {
        turned.extend(read??);
    }
    Ok(turned)
}

/// People who come once all others read; what the list and a page took them, in milliseconds.
async fn newcomers(served: &Served, people: &[Reader], (case, papers): (CaseId, &[Paper])) -> anyhow::Result<Vec<f64>> {
    tokio::time::sleep(PACE * 2).await;
    let mut opened = vec![];
    for no in 0..NEWCOMERS {
        let (paper, newcomer) = (&papers[no as usize % papers.len()], &people[no as usize % people.len()]);
        // The last pages are read by nobody else.
        opened.push(open(served.address, newcomer, case, paper, paper.pages - no).await?);
        tokio::time::sleep(APART).await;
    }
    Ok(opened)
}

/// A court with one thick file.
pub(super) async fn thick(folder: &Path) -> anyhow::Result<Thick> {
    let config = Config::demonstration(folder, "127.0.0.1:0");
    for old in [folder, &config.keys, &config.checkpoint_lock].into_iter().filter(|old| old.exists()) {
        fs::remove_dir_all(old)?;
    }
    fs::create_dir_all(folder)?;
    let clock = Arc::new(demo::clock(folder)?);
    let opened = compose::open(&config, clock.clone()).await?;
    let case = demo::handed_over(&opened.app, &clock, LINES).await?;
    let state = opened.app.load(case).await?;
    let main = state.materials_in_order().filter(|paper| paper.volume == xiezhi_domain::paper::Volume::Main);
    let papers: Vec<Paper> = main.map(|paper| Paper { id: paper.id, pages: paper.file.pages }).collect();
    let papers: Vec<Paper> = papers.into_iter().filter(|paper| paper.pages > THICK).collect();
    let pages: u32 = papers.iter().map(|paper| paper.pages).sum();
    ensure!(pages >= PAGES, "the file has only {pages} pages");
    let (beside, party) = demo::under_way(&opened.app, &clock).await?;
    let tribunal = opened.app.load(beside).await?.tribunal.clone();
    let clerk = tribunal.and_then(|tribunal| tribunal.clerk).context("the case under way has a clerk")?;
    // Its calendar goes on where the case was left.
    clock.set(None);
    opened.app.close().await;
    demo::mark_loaded(folder)?;
    Ok(Thick { case, papers: Arc::new(papers), beside: (beside, party, clerk) })
}

async fn asked(connection: &mut Connection, path: &str, reader: &Reader) -> anyhow::Result<()> {
    let answer = connection.page(path, &reader.token).await?;
    ensure!(answer.status == 200, "{path} answers {}", answer.status);
    Ok(())
}

/// Opens the file at a page: its list, the page, its picture; what that took, in milliseconds.
async fn open(address: SocketAddr, reader: &Reader, case: CaseId, paper: &Paper, page: u32) -> anyhow::Result<f64> {
    let mut connection = Connection::open(address).await?;
    let begun = Instant::now();
    asked(&mut connection, &format!("/cases/{case}/file"), reader).await?;
    asked(&mut connection, &format!("/cases/{case}/file/{}?page={page}", paper.id), reader).await?;
    asked(&mut connection, &image(case, paper, page), reader).await?;
    Ok(begun.elapsed().as_secs_f64() * 1_000.0)
}

/// Reads on from a page; what each turn took, in milliseconds.
async fn read(
    connection: &mut Connection,
    reader: &Reader,
    (case, papers): (CaseId, &[Paper]),
    no: usize,
    turns: usize,
) -> anyhow::Result<Vec<f64>> {
    let paper = &papers[no % papers.len()];
    let mut page = 1 + (no as u32 * 7) % (paper.pages - 1);
    let mut turned = vec![];
    for _ in 0..turns {
        page = page % paper.pages + 1;
        asked(connection, &image(case, paper, page), reader).await?;
        tokio::time::sleep(PACE).await;
        let begun = Instant::now();
        asked(connection, &format!("/cases/{case}/file/{}?page={page}", paper.id), reader).await?;
        asked(connection, &image(case, paper, page), reader).await?;
        turned.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(turned)
}
