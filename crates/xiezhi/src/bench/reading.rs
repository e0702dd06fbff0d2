//! Reading: the first view of the documents that people send, held against pdftoppm on the same ones, and the text of a
//! scan. Both are processes that begin, draw one page and end; what counts is the processor time they take.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::Context;
use xiezhi_reading::{Kind, Limits, Reader, Recogniser};

use super::verdict::Line;
use crate::compose;

/// A page of A4 at 150 dpi.
const WIDTH_PX: u32 = 1_240;
/// A scanned page is searchable so soon after its turn came, on one core.
const SCAN_SECONDS: f64 = 8.0;
/// Ticks in a second, as the kernel counts processor time.
const TICKS: f64 = 100.0;

/// Where the documents are that people sent, if they are anywhere.
pub fn documents(told: Option<&Path>) -> Option<PathBuf> {
    let shared = std::env::var_os("XIEZHI_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    Some(told.map_or_else(|| shared.join("data/documents"), Path::to_owned)).filter(|folder| folder.is_dir())
}

/// Measures the documents of a folder.
pub async fn measure(folder: &Path) -> anyhow::Result<Vec<Line>> {
    let program = std::env::current_exe().context("this program can't find itself")?;
    let models = compose::recogniser(None);
    let mut reader = Reader::new(program, Limits::default()).with_recogniser(models.as_deref());
    if let Ok(fonts) = compose::fonts(None) {
        reader = reader.with_fonts(fonts);
    }
    let mut lines = against_pdftoppm(&reader, folder).await?;
    if let Some(Recogniser::Networks(_)) = reader.recogniser() {
        lines.extend(scan(&reader, folder).await?);
    } else {
        println!("./setup.sh ocr has brought nothing that recognises text: scans are not measured");
    }
    Ok(lines)
}

async fn against_pdftoppm(reader: &Reader, folder: &Path) -> anyhow::Result<Vec<Line>> {
    if Command::new("pdftoppm").arg("-v").stderr(Stdio::null()).status().is_err() {
        println!("pdftoppm is not installed: first views are held against nothing");
        return Ok(vec![]);
    }
    let (mut ours, mut theirs) = ((0, 0.0), (0, 0.0));
    for file in files(folder)? {
        let begun = children_seconds()?;
        let drawn = reader.page_image(&file, 0, WIDTH_PX).await.is_ok();
        let own = children_seconds()? - begun;
        if file.extension().is_none_or(|ending| ending != "pdf") {
            continue;
        }
        let begun = children_seconds()?;
        let peer = pdftoppm(&file)?;
        let other = children_seconds()? - begun;
        (ours.0, theirs.0) = (ours.0 + u32::from(drawn), theirs.0 + u32::from(peer));
        if drawn && peer {
            (ours.1, theirs.1) = (ours.1 + own, theirs.1 + other);
        }
    }
    Ok(vec![
        Line::at_most(
            "first views of the PDFs that both draw, processor time",
            ours.1,
            theirs.1 * 1.5,
            "s",
            "1.5 × pdftoppm",
        ),
        Line::at_least(
            "PDFs of which the first page is drawn",
            f64::from(ours.0),
            f64::from(theirs.0),
            "",
            "as many as pdftoppm",
        ),
    ])
}

fn pdftoppm(file: &Path) -> anyhow::Result<bool> {
    let mut command = Command::new("timeout");
    command.args(["20", "pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-jpeg"]).arg(file);
    let output = command.stderr(Stdio::null()).output().context("timeout is part of every system")?;
    Ok(output.status.success() && output.stdout.starts_with(b"\xff\xd8"))
}

/// Pictures of the folder are scans.
async fn scan(reader: &Reader, folder: &Path) -> anyhow::Result<Vec<Line>> {
    let (mut pages, mut letters, mut seconds, mut cpu) = (0, 0, 0.0, 0.0);
    for file in files(folder)? {
        let found = reader.inspect(&file).await?;
        if !matches!(found.kind, Kind::Jpeg | Kind::Png) || found.problem.is_some() {
            continue;
        }
        let (begun, ticks) = (Instant::now(), children_seconds()?);
        let read = reader.scan(&file, &[0]).await?;
        (seconds, cpu) = (seconds + begun.elapsed().as_secs_f64(), cpu + children_seconds()? - ticks);
        pages += 1;
        letters += read
            .iter()
            .filter_map(|(_, page)| page.as_ref().ok())
            .flat_map(|page| &page.runs)
            .map(|run| run.text.chars().count())
            .sum::<usize>();
    }
    let each = |sum: f64| sum / f64::from(pages.max(1));
    println!("{pages} scans, {letters} letters; {:.1} s on the clock a page", each(seconds));
    // One thread does it, behind whoever else works on the machine: on a core of its own it takes what the processor does.
    let why = "its turn to its text, one core of its own";
    Ok(vec![Line::at_most("a scanned page, processor time", each(cpu), SCAN_SECONDS, "s", why)])
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// Processor time of the processes that this one began and that ended.
pub(super) fn children_seconds() -> anyhow::Result<f64> {
    seconds(13)
}

/// Processor time from two fields of what the kernel tells of this process, from that on that is `skipped` after its
/// name: 11 for its own, 13 for that of its children.
pub(super) fn seconds(skipped: usize) -> anyhow::Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat").context("the kernel tells the time of processes")?;
    // The name of the program, in brackets, may hold anything.
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks: f64 =
        after.split_ascii_whitespace().skip(skipped).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    Ok(ticks / TICKS)
}
