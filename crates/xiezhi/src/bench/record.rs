//! The record: what an act costs on a long one, how soon it is signed and cosigned, what a proof and its check cost,
//! and how fast everything is checked. R, H and the like are probed in the same run.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use tokio::{sync::watch, task::JoinSet};
use xiezhi_app::{
    App,
    moment::SystemClock,
    tables::{CaseRow, CheckableRow, FileRow, SCHEMA, TableRow},
    workers,
};
use xiezhi_domain::{ids::CaseId, material::FileRef};
use xiezhi_ledger::{inclusion, tile};
use xiezhi_store::{Cond, Direction, LogId, Query};

use super::{
    acts, courts, probe,
    template::Template,
    verdict::{Line, median, percentile},
};
use crate::{
    compose::{self, Opened},
    config::Config,
};

/// Rounds in which the short and the long record take turns, and acts of each.
const ROUNDS: usize = 7;
const ACTS: u32 = 100;
/// Cases of the short record: some ten thousand events.
const SHORT: usize = 300;
/// Clients that act while it is measured how soon an act is proven.
const CLIENTS: usize = 16;
/// How often it is looked how far the record is signed.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// Longer than this, and an act counts as never proven.
const PATIENCE: Duration = Duration::from_secs(30);
/// Proofs that are asked for, and papers that are checked.
const PROOFS: u64 = 2_000;
const CHECKS: usize = 21;
/// Events or rows that are selected at a time.
const SELECTED: u64 = 4_096;

/// Measures all of it: `small` and `large` are courts of the bench, `folder` is for fresh ones.
pub async fn measure(
    small: &Path,
    large: &Path,
    folder: &Path,
    templates: Vec<Template>,
    seconds: f64,
) -> anyhow::Result<Vec<Line>> {
    let mut lines = lag(&folder.join("record-lag"), templates.clone(), seconds).await?;
    let short = fresh(&folder.join("record-short")).await?;
    let long = open(large).await?;
    lines.push(append(&short.app, &long.app, templates).await?);
    lines.extend(proofs(&long.app).await?);
    lines.push(offline(large, folder, &long.app).await?);
    short.app.close().await;
    long.app.close().await;
    lines.push(audit(small).await?);
    Ok(lines)
}

async fn open(folder: &Path) -> anyhow::Result<Opened> {
    compose::open(&Config::demonstration(folder, "127.0.0.1:0"), Arc::new(SystemClock)).await
}

/// A new court in `folder`; what lay there is taken away.
async fn fresh(folder: &Path) -> anyhow::Result<Opened> {
    let config = Config::demonstration(folder, "127.0.0.1:0");
    for old in [folder, &config.keys, &config.checkpoint_lock].into_iter().filter(|old| old.exists()) {
        fs::remove_dir_all(old)?;
    }
    fs::create_dir_all(folder)?;
    open(folder).await
}

/// How soon an act is under a signed checkpoint, and under one that the two witnesses of a demonstration cosigned,
/// while many act.
async fn lag(folder: &Path, templates: Vec<Template>, seconds: f64) -> anyhow::Result<Vec<Line>> {
    let opened = fresh(folder).await?;
    let app = &opened.app;
    let cases = courts::for_acts(app, templates, CLIENTS).await?;
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(workers::run(app.clone(), stopped));
    let until = Instant::now() + Duration::from_secs_f64(4.0 * seconds);
    let mut acting = JoinSet::new();
    for case in cases {
        acting.spawn(acts::client(app.clone(), case, until));
    }
    let (mut signed, mut witnessed) = watched(app, until).await?;
    while let Some(done) = acting.join_next().await {
        done??;
    }
    stop.send_replace(true);
    working.await?;
    app.close().await;
    let why = format!("{CLIENTS} clients act; half are signed within {:.2} s", median(&mut signed));
    let by = format!("two witnesses on this machine; half are cosigned within {:.2} s", median(&mut witnessed));
    Ok(vec![
        Line::at_most("an act is under a signed checkpoint: p99", percentile(&mut signed, 0.99), 2.0, "s", why),
        Line::at_most("an act is cosigned by two witnesses: p99", percentile(&mut witnessed, 0.99), 5.0, "s", by),
    ])
}

/// For sizes of the record seen again and again until `until`: how long it took, in seconds, until that much was
/// signed, and until it was cosigned.
async fn watched(app: &App, until: Instant) -> anyhow::Result<(Vec<f64>, Vec<f64>)> {
    let mut seen: Vec<(Instant, u64)> = vec![];
    let (mut signed, mut witnessed) = (vec![], vec![]);
    while witnessed.len() < seen.len() || Instant::now() < until {
        ensure!(Instant::now() < until + PATIENCE, "{} acts were not cosigned", seen.len() - witnessed.len());
        let reach = app.reach(LogId::RECORD).await?;
        let took = |since: &(Instant, u64)| since.0.elapsed().as_secs_f64();
        let newly = |done: usize, reached: u64| {
            seen[done..].iter().take_while(|(_, size)| *size <= reached).map(took).collect::<Vec<_>>()
        };
        let (more_signed, more_witnessed) =
            (newly(signed.len(), reach.signed), newly(witnessed.len(), reach.witnessed));
        signed.extend(more_signed);
        witnessed.extend(more_witnessed);
        let size = app.ports().store.size(LogId::RECORD).await?;
        if Instant::now() < until && seen.last().is_none_or(|(_, last)| size > *last) {
            seen.push((Instant::now(), size));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok((signed, witnessed))
}

/// What an act costs, with its share of the tree and the signature, on a short record and on a long one in turn.
async fn append(short: &App, long: &App, templates: Vec<Template>) -> anyhow::Result<Line> {
    let cases = [courts::for_acts(short, templates, SHORT).await?, untouched(long).await?];
    let mut sizes = vec![];
    for app in [short, long] {
        sizes.push(app.prove(LogId::RECORD).await?);
    }
    let (mut small, mut large) = (vec![], vec![]);
    for (here, there) in cases[0].iter().zip(&cases[1]) {
        small.push(cost_us(short, *here).await?);
        large.push(cost_us(long, *there).await?);
    }
    let small = median(&mut small);
    let why = format!("1.5 × {small:.0} µs with {}", sizes[0]);
    Ok(Line::at_most(format!("an act on a record of {} events", sizes[1]), median(&mut large), 1.5 * small, "µs", why))
}

/// What an act in the case costs, in microseconds.
async fn cost_us(app: &App, case: CaseId) -> anyhow::Result<f64> {
    let begun = Instant::now();
    acts::times(app, case, ACTS).await?;
    app.prove(LogId::RECORD).await?;
    Ok(begun.elapsed().as_secs_f64() * 1_000_000.0 / f64::from(ACTS))
}

/// Cases in which a judge can act, those that were touched longest ago first.
async fn untouched(app: &App) -> anyhow::Result<Vec<CaseId>> {
    let query = Query::of(CaseRow::TABLE.name, Cond::is("stage", "pretrial")).by("changed_rank", Direction::Up);
    let rows: Vec<CaseRow> = app.rows(query.page(ROUNDS as u64, 0)).await?;
    ensure!(rows.len() == ROUNDS, "only {} cases to act in", rows.len());
    rows.iter().map(|row| Ok(row.case_id.parse()?)).collect()
}

/// Proofs of events from all over the record.
async fn proofs(app: &App) -> anyhow::Result<Vec<Line>> {
    let size = app.proven_upto(LogId::RECORD).await?;
    let (mut times, mut reads, on_edge) = (vec![], 0, tile::edge(size));
    for no in 0..PROOFS {
        // A stride that shares no factor with any size in reach, so that the places lie all over.
        let pos = no.wrapping_mul(0x9E37_79B9_7F4A_7C15) % size;
        let begun = Instant::now();
        app.proof(LogId::RECORD, pos).await?.context("what is proven has a proof")?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        // Those on the right edge are in memory after the first.
        let read = tile::holding(&inclusion::needs(pos, size), size);
        reads = reads.max(read.iter().filter(|tile| !on_edge.contains(tile)).count());
    }
    let why = format!("a record of {size} events");
    Ok(vec![
        Line::at_most("proof of an event: p99", percentile(&mut times, 0.99), 2.0, "ms", why.clone()),
        Line::at_most("files of the log read for a proof: most", reads as f64, 4.0, "files", why),
    ])
}

/// A paper that was given out is checked by `xiezhi verify`, a process of its own, as on a lawyer's machine.
async fn offline(court: &Path, folder: &Path, app: &App) -> anyhow::Result<Line> {
    let (file, proof) = given_out(app).await?;
    let paper = folder.join("paper.pdf");
    fs::write(&paper, app.bytes(&file.sha256).await?)?;
    fs::write(folder.join("paper.pdf.tlog-proof"), proof)?;
    let policy = Config::demonstration(court, "127.0.0.1:0").keys.join("public/policy");
    let mut times = vec![];
    for _ in 0..CHECKS {
        let begun = Instant::now();
        let status = Command::new(std::env::current_exe()?)
            .arg("verify")
            .arg("--policy")
            .arg(&policy)
            .arg(&paper)
            .stdout(Stdio::null())
            .status()?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        ensure!(status.success(), "a paper does not verify: {status}");
    }
    let hashes = probe::hashed_mb_per_second();
    let target = 50.0 + file.size_bytes as f64 / 1e6 / hashes * 1_000.0;
    let why = format!("50 ms + {} kB / H, H = {hashes:.0} MB/s", file.size_bytes / 1_000);
    Ok(Line::at_most("a paper with its proof checked off line: median", median(&mut times), target, "ms", why))
}

/// A paper that anyone who holds it may check, with its proof.
async fn given_out(app: &App) -> anyhow::Result<(FileRef, String)> {
    let rows: Vec<CheckableRow> = app.rows(Query::of(CheckableRow::TABLE.name, Cond::True).page(1, 0)).await?;
    let row = rows.into_iter().next().context("the court gave out a paper")?;
    let case = app.load(row.case_id.parse::<CaseId>()?).await?;
    let paper = case.materials_in_order().find(|paper| paper.id.to_string() == row.material_id);
    let paper = paper.context("the paper is in its case")?;
    let entered = app.entered(&case, paper, &paper.file).await?.context("the paper is on the record")?;
    let (proof, _) = app.paper_proof(entered.position).await?.context("the paper is proven")?;
    Ok((paper.file.clone(), proof.to_string()))
}

/// Everything is checked: held against hashing the same bytes and selecting the same rows.
async fn audit(court: &Path) -> anyhow::Result<Line> {
    let opened = open(court).await?;
    let app = &opened.app;
    app.prove(LogId::RECORD).await?;
    app.prove(LogId::ACCESS).await?;
    let begun = Instant::now();
    let checked = app.audit(&mut |_, _| {}).await?;
    let took = begun.elapsed().as_secs_f64();
    ensure!(checked.agrees(), "the court of the bench differs: {:?}", checked.differences.first());
    let (rows, selecting) = selected(app).await?;
    let bytes = bytes_hashed(app).await?;
    app.close().await;
    let hashes = probe::hashed_mb_per_second();
    let target = bytes / 1e6 / (0.3 * hashes) + selecting / 0.2;
    let why = format!(
        "{:.0} MB at 0.3 H ({hashes:.0} MB/s) and {rows} rows at 0.2 × selecting them ({selecting:.2} s)",
        bytes / 1e6
    );
    Ok(Line::at_most(format!("everything checked, {} events", checked.events), took, target, "s", why))
}

/// Selects every event and every row; how many, and in how many seconds.
async fn selected(app: &App) -> anyhow::Result<(u64, f64)> {
    let store = &app.ports().store;
    let begun = Instant::now();
    let mut rows = 0;
    for log in LogId::ALL {
        let size = store.size(log).await?;
        let mut from = 0;
        while from < size {
            from += store.read_log(log, from, SELECTED).await?.len() as u64;
        }
        rows += size;
    }
    for table in SCHEMA.0 {
        select_rows(app, table.name, &mut rows).await?;
    }
    Ok((rows, begun.elapsed().as_secs_f64()))
}

async fn select_rows(app: &App, table: &'static str, rows: &mut u64) -> anyhow::Result<()> {
    let mut offset = 0;
    loop {
        let found = app.ports().store.select(&Query::of(table, Cond::True).page(SELECTED, offset)).await?.len() as u64;
        (*rows, offset) = (*rows + found, offset + found);
        if found < SELECTED {
            return Ok(());
        }
    }
}

/// The bytes that are hashed: each file once for each case that has it.
async fn bytes_hashed(app: &App) -> anyhow::Result<f64> {
    let mut sizes = HashMap::<String, f64>::new();
    let (mut bytes, mut offset) = (0.0, 0);
    loop {
        let query = Query::of(FileRow::TABLE.name, Cond::True).page(SELECTED, offset);
        let rows: Vec<FileRow> = app.rows(query).await?;
        for row in &rows {
            let size = match sizes.get(&row.sha256) {
                Some(size) => *size,
                None => app.ports().blobs.size(row.sha256.parse()?).await? as f64,
            };
            sizes.insert(row.sha256.clone(), size);
            bytes += size;
        }
        offset += rows.len() as u64;
        if (rows.len() as u64) < SELECTED {
            return Ok(bytes);
        }
    }
}
