//! Reading: the first view of the documents that people send, held against PDFium and pdftoppm on the same ones. What
//! counts is the processor time: ours is that of a process that begins, confines itself, draws one page and ends.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::Context;
use serde::{Deserialize, de::DeserializeOwned};
use xiezhi_reading::{Limits, Reader, Recogniser};

use super::{
    processor::{self, Whose},
    scans,
    verdict::Line,
};
use crate::compose;

/// A page of A4 at 150 dpi.
const WIDTH_PX: u32 = 1_240;
/// How much longer than PDFium a first view may take the processor.
const LONGER_BY: f64 = 1.5;
/// Seconds that a peer has for one file.
const PATIENCE: &str = "20";
const PEERS: &str = include_str!("reading_peers.py");

/// Programs of others, where `./setup.sh readers` has brought them.
pub struct Peer {
    script: PathBuf,
    packages: PathBuf,
}

impl Peer {
    /// Those in the cache; their script is put into `folder`.
    fn installed(folder: &Path) -> anyhow::Result<Option<Self>> {
        let (script, packages) = (folder.join("reading_peers.py"), super::cache().join("reading-peers"));
        if !packages.join("rapidocr").is_dir() || !packages.join("pypdfium2").is_dir() {
            return Ok(None);
        }
        fs::write(&script, PEERS)?;
        Ok(Some(Self { script, packages }))
    }

    /// What a peer tells of its arguments, a line of JSON each.
    pub fn told<T: DeserializeOwned>(&self, what: &str, arguments: &[impl AsRef<OsStr>]) -> anyhow::Result<Vec<T>> {
        let mut python = Command::new("python3");
        python.arg(&self.script).arg(what).args(arguments).env("PYTHONPATH", &self.packages);
        let output = python.stderr(Stdio::null()).output().context("python3")?;
        anyhow::ensure!(output.status.success(), "the peer could not {what}");
        let told = String::from_utf8(output.stdout)?;
        Ok(told.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
    }

    /// What PDFium does with a file, in a process of its own; nothing where it does not come to an end.
    fn draw(&self, file: &Path) -> Option<Drawn> {
        let mut python = Command::new("timeout");
        python.args([PATIENCE, "python3"]).arg(&self.script).arg("draw").arg(file).env("PYTHONPATH", &self.packages);
        let output = python.stderr(Stdio::null()).output().ok()?;
        serde_json::from_slice(&output.stdout).ok()
    }
}

#[derive(Deserialize)]
struct Drawn {
    drawn: bool,
    seconds: f64,
}

/// Where the documents are that people sent, if they are anywhere.
pub fn documents(told: Option<&Path>) -> Option<PathBuf> {
    let shared = std::env::var_os("XIEZHI_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    Some(told.map_or_else(|| shared.join("data/documents"), Path::to_owned)).filter(|folder| folder.is_dir())
}

/// Measures the documents of a folder, if there is one, and scans that are made in `work`.
pub async fn measure(documents: Option<&Path>, work: &Path) -> anyhow::Result<Vec<Line>> {
    fs::create_dir_all(work)?;
    let program = std::env::current_exe().context("this program can't find itself")?;
    let models = compose::recogniser(None);
    let mut reader = Reader::new(program, Limits::default()).with_recogniser(models.as_deref());
    if let Ok(fonts) = compose::fonts(None) {
        reader = reader.with_fonts(fonts);
    }
    let peer = Peer::installed(work)?;
    let mut lines = vec![];
    match documents {
        Some(folder) => lines.extend(first_views(&reader, peer.as_ref(), folder).await?),
        None => println!("there is no folder of documents: first views are not measured"),
    }
    match (peer, reader.recogniser()) {
        (Some(peer), Some(Recogniser::Networks(_))) => {
            lines.extend(scans::measure(&reader, &peer, &work.join("scans")).await?);
        }
        (None, _) => println!("./setup.sh readers has brought no RapidOCR: scans are held against nothing"),
        (_, _) => println!("./setup.sh ocr has brought nothing that recognises text: scans are not measured"),
    }
    Ok(lines)
}

/// Files that one program drew, and the processor time of those that both drew.
#[derive(Default)]
struct Views {
    drawn: u32,
    seconds: f64,
}

async fn first_views(reader: &Reader, peer: Option<&Peer>, folder: &Path) -> anyhow::Result<Vec<Line>> {
    let (mut ours, mut theirs) = (Views::default(), Views::default());
    let (mut ours_too, mut poppler) = (0, 0);
    for file in files(folder)?.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "pdf")) {
        let begun = processor::seconds(Whose::Children)?;
        let drawn = reader.page_image(&file, 0, WIDTH_PX).await.is_ok();
        let seconds = processor::seconds(Whose::Children)? - begun;
        (ours_too, poppler) = (ours_too + u32::from(drawn), poppler + u32::from(pdftoppm(&file)));
        let Some(peer) = peer.and_then(|peer| peer.draw(&file)) else { continue };
        if drawn && peer.drawn {
            (ours.drawn, ours.seconds) = (ours.drawn + 1, ours.seconds + seconds);
            (theirs.drawn, theirs.seconds) = (theirs.drawn + 1, theirs.seconds + peer.seconds);
        }
    }
    let mut lines = vec![];
    if ours.drawn > 0 {
        let why = format!("{LONGER_BY} × PDFium, {} PDFs that both draw", ours.drawn);
        lines.push(Line::at_most("first views, processor time", ours.seconds, theirs.seconds * LONGER_BY, "s", why));
    } else {
        println!("./setup.sh readers has brought no PDFium: first views are held against nothing");
    }
    lines.push(Line::at_least(
        "PDFs of which the first page is drawn",
        f64::from(ours_too),
        f64::from(poppler),
        "",
        "as many as pdftoppm",
    ));
    Ok(lines)
}

/// Whether pdftoppm draws the first page; nothing where it is not installed.
fn pdftoppm(file: &Path) -> bool {
    let mut command = Command::new("timeout");
    command.args([PATIENCE, "pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-jpeg"]).arg(file);
    let output = command.stderr(Stdio::null()).output();
    output.is_ok_and(|output| output.status.success() && output.stdout.starts_with(b"\xff\xd8"))
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}
