//! What an upload does, from the command line: page images, text layer, recognised text, and a line for each file.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use serde::Serialize;
use xiezhi_reading::{Inspection, Kind, Limits, PageSize, Reader, ReadingError, ReadingProblem, TextRun};

use crate::compose;

/// Pages recognised by one confined process.
const SCANNED_AT_ONCE: usize = 8;

/// Arguments of `read`.
#[derive(clap::Args)]
#[command(after_help = "\
A file is told by its content and opened only in a confined process. With --out each page is written as JPEG and the
text beside it as JSON; without it every page is drawn all the same, to see that it can be. --ocr recognises the text
of pages that have none (./setup.sh ocr brings what does it). Numbers on recognised pages are to be checked by a person.

exit code: 0 each file has pages or a clear problem; 1 it can't be done
example:   xiezhi read scan.pdf --ocr --json --out pages")]
pub struct ReadArgs {
    /// Files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A folder for page images and text
    #[arg(long)]
    out: Option<PathBuf>,
    /// Recognises the text of scans
    #[arg(long)]
    ocr: bool,
    /// One JSON line for each file, with its text
    #[arg(long)]
    json: bool,
    /// How wide pages are drawn, in pixels
    #[arg(long, default_value_t = 1_240)]
    width: u32,
    /// The folder of what recognises text, where it is not where the set-up puts it
    #[arg(long)]
    models: Option<PathBuf>,
}

/// What came of a file.
#[derive(Serialize)]
struct Report {
    file: String,
    detected: Kind,
    pages: usize,
    readable_pages: usize,
    /// Stable code of what keeps it from being read, whole or in part.
    problem: Option<&'static str>,
    /// The same in words.
    message: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    text: Vec<PageReport>,
}

/// The text of a page.
#[derive(Serialize)]
struct PageReport {
    page: usize,
    size: PageSize,
    /// Whether its text was recognised in its image.
    recognised: bool,
    turn: u16,
    skew: f32,
    problem: Option<&'static str>,
    runs: Vec<TextRun>,
}

/// Reads files.
pub fn run(args: ReadArgs) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Runtime::new().context("no threads to be had")?;
    runtime.block_on(read_all(args))
}

async fn read_all(args: ReadArgs) -> anyhow::Result<ExitCode> {
    let program = std::env::current_exe().context("this program can't find itself")?;
    let mut reader = Reader::new(program, Limits::default());
    if let Ok(fonts) = compose::fonts(None) {
        reader = reader.with_fonts(fonts);
    }
    if args.ocr {
        reader = reader.with_recogniser(compose::recogniser(args.models.as_deref()).as_deref());
        reader.recogniser().ok_or(ReadingError::NoRecogniser)?;
    }
    for file in &args.files {
        let report =
            read_one(&reader, &args, file).await.with_context(|| format!("{} can't be read", file.display()))?;
        match args.json {
            true => println!("{}", serde_json::to_string(&report)?),
            false => println!("{}", in_words(&report)),
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn read_one(reader: &Reader, args: &ReadArgs, file: &Path) -> anyhow::Result<Report> {
    let Inspection { kind, pages, problem } = reader.inspect(file).await?;
    let mut report = Report {
        file: file.display().to_string(),
        detected: kind,
        pages: pages.len(),
        readable_pages: 0,
        problem: problem.map(ReadingProblem::code),
        message: problem.map(|problem| problem.to_string()),
        text: vec![],
    };
    let mut last = None;
    for no in 0..u32::try_from(pages.len()).unwrap_or(u32::MAX) {
        match reader.page_image(file, no, args.width).await {
            Ok(image) => {
                report.readable_pages += 1;
                keep(args, file, no, "jpg", &image)?;
            }
            Err(ReadingError::Problem(problem)) => last = Some(problem),
            Err(fault) => return Err(fault.into()),
        }
    }
    if let Some(problem) = last {
        report.problem = Some(problem.code());
        report.message = Some(format!("{problem}: {} of {} pages readable", report.readable_pages, report.pages));
    }
    if !pages.is_empty() {
        let text = texts(reader, args.ocr, file).await?;
        for (no, page) in (0..).zip(&text) {
            keep(args, file, no, "json", &serde_json::to_vec(page)?)?;
        }
        report.text = if args.json { text } else { vec![] };
    }
    Ok(report)
}

/// Puts a page beside the others of its file.
fn keep(args: &ReadArgs, file: &Path, no: u32, ending: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let Some(out) = &args.out else { return Ok(()) };
    let folder = out.join(file.file_name().unwrap_or_default());
    fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
    let path = folder.join(format!("{:04}.{ending}", no + 1));
    fs::write(&path, bytes).with_context(|| format!("{} can't be written", path.display()))
}

async fn texts(reader: &Reader, ocr: bool, file: &Path) -> anyhow::Result<Vec<PageReport>> {
    let layers = match reader.texts(file).await {
        Ok(layers) => layers,
        Err(ReadingError::Problem(_)) => return Ok(vec![]),
        Err(fault) => return Err(fault.into()),
    };
    let report = |(at, layer): (usize, xiezhi_reading::PageText)| PageReport {
        page: at + 1,
        size: layer.size,
        recognised: false,
        turn: 0,
        skew: 0.0,
        problem: None,
        runs: layer.runs,
    };
    let mut pages: Vec<PageReport> = layers.into_iter().enumerate().map(report).collect();
    let scans: Vec<u32> = (0..).zip(&pages).filter(|(_, page)| page.runs.is_empty()).map(|(no, _)| no).collect();
    for some in scans.chunks(SCANNED_AT_ONCE).filter(|_| ocr) {
        for (no, scanned) in reader.scan(file, some).await? {
            let page = &mut pages[no as usize];
            page.recognised = true;
            match scanned {
                Ok(scan) => (page.turn, page.skew, page.size, page.runs) = (scan.turn, scan.skew, scan.size, scan.runs),
                Err(problem) => page.problem = Some(problem.code()),
            }
        }
    }
    Ok(pages)
}

fn in_words(report: &Report) -> String {
    let kind = serde_json::to_value(report.detected).ok().and_then(|kind| kind.as_str().map(ToOwned::to_owned));
    let message = report.message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
    format!("{}: {}, {} pages{message}", report.file, kind.unwrap_or_default(), report.readable_pages)
}
