//! Sealing: a thick file is taken by the archive, from the archivist's word to a checkpoint that the witnesses cosigned.

use std::{fs, path::Path, sync::Arc, time::Instant};

use anyhow::{Context, ensure};
use xiezhi_app::moment;
use xiezhi_domain::{archive::ArchiveCommand, ids::CommandId, law::retention::RetentionClass, people::Post};
use xiezhi_store::{LogId, blob::Digest};

use super::verdict::Line;
use crate::{
    compose,
    config::Config,
    demo::{self, people},
};

/// Lines in each exhibit: enough for a thousand pages in all.
const LINES: usize = 6_000;
/// Pages that the file must have.
const PAGES: u32 = 1_000;

/// Measures a fresh court under `folder`.
pub async fn measure(folder: &Path) -> anyhow::Result<Vec<Line>> {
    let config = Config::demonstration(folder, "127.0.0.1:0");
    for old in [folder, &config.keys, &config.checkpoint_lock].into_iter().filter(|old| old.exists()) {
        fs::remove_dir_all(old)?;
    }
    fs::create_dir_all(folder)?;
    let clock = Arc::new(demo::clock(folder)?);
    let opened = compose::open(&config, clock.clone()).await?;
    let app = &opened.app;
    let case = demo::handed_over(app, &clock, LINES).await?;
    app.prove(LogId::RECORD).await?;
    app.ask_witnesses(LogId::RECORD).await?;
    let state = app.load(case).await?;
    let files: Vec<_> = state.materials_in_order().map(|paper| &paper.file).collect();
    let pages: u32 = files.iter().map(|file| file.pages).sum();
    ensure!(pages >= PAGES, "the file has only {pages} pages");
    let begun = Instant::now();
    for file in &files {
        app.ports().blobs.verify(file.sha256.parse::<Digest>().context("a file has a hash")?).await?;
    }
    let hashing = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let accept = ArchiveCommand::Accept { retention: RetentionClass::Short };
    let command = CommandId(moment::new_id(app.ports().clock.now()));
    app.decide(case, &people::on(Post::Archivist), command, accept.into()).await?;
    app.prove(LogId::RECORD).await?;
    app.ask_witnesses(LogId::RECORD).await?;
    let took = begun.elapsed().as_secs_f64();
    let reach = app.reach(LogId::RECORD).await?;
    ensure!(reach.witnessed == app.ports().store.size(LogId::RECORD).await?, "the seal is not witnessed");
    app.close().await;
    let why = format!("5 s + hashing its {} files, {hashing:.2} s", files.len());
    Ok(vec![Line::at_most(
        format!("sealing a file of {pages} pages, to its cosignatures"),
        took,
        5.0 + hashing,
        "s",
        why,
    )])
}
