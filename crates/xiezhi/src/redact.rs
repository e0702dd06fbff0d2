//! A copy that leaves without what it must not show: words and personal data burned out of pixels and text.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use serde::Serialize;
use xiezhi_app::{
    ports::PageText,
    texts::{self, Spot},
};
use xiezhi_documents::elements;
use xiezhi_reading::{Blot, Limits, Reader, ReadingError};

use crate::compose;

/// Arguments of `redact`.
#[derive(clap::Args)]
#[command(after_help = "\
Every page is drawn anew; what is hidden is painted over in its pixels, and the text is laid under it without it. Nothing
else of the original is in the copy: no metadata, no attachments, no earlier versions. The original is not touched; the
hash that is printed ties the copy to it. Look at the copy before it leaves.

exit code: 0 written, or told by --list; 1 it can't be done, or something would remain
example:   xiezhi redact judgment.pdf --personal --word 贾小孩 -o copy.pdf")]
pub struct RedactArgs {
    /// The file
    file: PathBuf,
    /// Where the copy goes
    #[arg(short, long, required_unless_present = "list")]
    out: Option<PathBuf>,
    /// Words that are hidden wherever they stand
    #[arg(long = "word")]
    words: Vec<String>,
    /// Hides ID numbers, telephone numbers and accounts
    #[arg(long)]
    personal: bool,
    /// A box that is hidden: page, left, top, width, height, in hundredths of the page (may be repeated)
    #[arg(long = "box", value_name = "P,X,Y,W,H")]
    boxes: Vec<String>,
    /// Looks for words in scans, too
    #[arg(long)]
    ocr: bool,
    /// Tells as JSON what would be hidden, and writes nothing
    #[arg(long)]
    list: bool,
}

/// What is hidden, and why.
#[derive(Serialize)]
struct Hidden {
    what: String,
    page: u32,
    x: f32,
    y: f32,
    w: f32,
    h: f32,
}

/// Writes a copy, or tells what it would hide.
pub fn run(args: RedactArgs) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Runtime::new().context("no threads to be had")?;
    runtime.block_on(redact(args))
}

async fn redact(args: RedactArgs) -> anyhow::Result<ExitCode> {
    let mut reader = Reader::new(std::env::current_exe().context("this program can't find itself")?, Limits::default());
    if let Ok(fonts) = compose::fonts(None) {
        reader = reader.with_fonts(fonts);
    }
    if args.ocr {
        reader = reader.with_recogniser(compose::recogniser(None).as_deref());
        reader.recogniser().ok_or(ReadingError::NoRecogniser)?;
    }
    let pages = pages(&reader, &args).await?;
    let mut hidden = boxes(&args.boxes)?;
    for (no, page) in (1..).zip(&pages) {
        hidden.extend(found(&args, no, page));
    }
    if args.list {
        println!("{}", serde_json::to_string(&hidden)?);
        return Ok(ExitCode::SUCCESS);
    }
    if hidden.is_empty() {
        bail!("nothing of that stands in {}", args.file.display());
    }
    let blot = |it: &Hidden| Blot { page: it.page - 1, x: it.x, y: it.y, w: it.w, h: it.h };
    let copy = reader.redacted(&args.file, hidden.iter().map(blot).collect()).await?;
    let out = args.out.as_deref().context("a copy goes somewhere")?;
    fs::write(out, &copy).with_context(|| format!("{} can't be written", out.display()))?;
    remains(&reader, &args, out).await?;
    let hash = xiezhi_store::blob::Digest::of(&fs::read(&args.file)?);
    println!("{}: {} places hidden, of {hash}", out.display(), hidden.len());
    Ok(ExitCode::SUCCESS)
}

/// Pages with their text, that of scans recognised if asked for.
async fn pages(reader: &Reader, args: &RedactArgs) -> anyhow::Result<Vec<PageText>> {
    let mut pages: Vec<PageText> = reader.texts(&args.file).await?.into_iter().map(compose::on_page).collect();
    let scans: Vec<u32> = (0..).zip(&pages).filter(|(_, page)| page.runs.is_empty()).map(|(no, _)| no).collect();
    for some in scans.chunks(8).filter(|_| args.ocr) {
        for (no, scan) in reader.scan(&args.file, some).await? {
            if let (Ok(scan), Some(page)) = (scan, pages.get_mut(no as usize)) {
                let read = compose::recognised(scan);
                (page.turn, page.runs) = (read.turn, read.runs);
            }
        }
    }
    Ok(pages)
}

fn found(args: &RedactArgs, no: u32, page: &PageText) -> Vec<Hidden> {
    let mut hidden = vec![];
    let mut hide = |what: &str, spots: Vec<Spot>| {
        for spot in spots {
            let Spot { x, y, w, h } = texts::turned_back(spot, page.turn);
            hidden.push(Hidden { what: what.to_owned(), page: no, x, y, w, h });
        }
    };
    for word in &args.words {
        texts::find(&page.runs, word).into_iter().for_each(|found| hide(word, found.spots));
    }
    if args.personal {
        let elements = elements::read(&[texts::lines(&page.runs)]);
        for element in elements.iter().filter(|element| element.what.is_personal()) {
            hide(element.what.code(), texts::spots_of(&page.runs, element.from, element.until));
        }
    }
    hidden
}

fn boxes(told: &[String]) -> anyhow::Result<Vec<Hidden>> {
    let parse = |text: &String| -> anyhow::Result<Hidden> {
        let numbers: Vec<f32> = text.split(',').map(|number| number.trim().parse()).collect::<Result<_, _>>()?;
        let [page, x, y, w, h] = numbers[..] else { bail!("`{text}` is no box: page,left,top,width,height") };
        Ok(Hidden { what: "box".to_owned(), page: page as u32, x: x / 100.0, y: y / 100.0, w: w / 100.0, h: h / 100.0 })
    };
    let boxes: Vec<Hidden> = told.iter().map(parse).collect::<anyhow::Result<_>>()?;
    match boxes.iter().any(|it| it.page == 0) {
        true => bail!("pages are counted from 1"),
        false => Ok(boxes),
    }
}

/// Reads the copy again: what was to be hidden must not be found in it.
async fn remains(reader: &Reader, args: &RedactArgs, out: &std::path::Path) -> anyhow::Result<()> {
    for (no, page) in (1..).zip(reader.texts(out).await?.into_iter().map(compose::on_page)) {
        if !found(args, no, &page).is_empty() {
            fs::remove_file(out)?;
            bail!("page {no} of the copy would still say what was to be hidden; nothing was written");
        }
    }
    Ok(())
}
