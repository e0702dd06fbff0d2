//! Reading, as the court has it: the confined process, and files before it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use async_trait::async_trait;
use futures::StreamExt as _;
use tokio::{io::AsyncWriteExt as _, sync::OnceCell};
use xiezhi_app::{
    AppError, moment,
    ports::{
        Binding, Blot, BrokenRule, ComposedLeaf, Heading, Inspected, KeptFile, PageLook, PageText, Reading,
        ScannedPage, TextRun,
    },
    scans::{Recognised, RecognisedBy},
};
use xiezhi_documents::{
    returned::{Tracked, Written, WrittenLine},
    rows,
};
use xiezhi_reading::{Confinement, Limits, Look, Reader, ReadingError, Recogniser};
use xiezhi_store::blob::ByteStream;

use super::{
    bound::{as_binding, as_leaves},
    recogniser,
};
use crate::config::Config;

/// The reading of uploaded files, in a confined process.
pub struct CourtReading {
    reader: Reader,
    /// Where files lie, for as long as they are read, that lie on no disk of this machine.
    folder: PathBuf,
    /// What the kernel of this machine refuses, once it was tried.
    unconfined: OnceCell<Vec<&'static str>>,
}

/// The reading of an installation.
pub fn open(config: &Config, fonts: &Path) -> anyhow::Result<CourtReading> {
    let program = std::env::current_exe().context("this program can't find itself")?;
    let models = recogniser(config.ocr.as_deref());
    let reader = Reader::new(program, Limits::default()).with_fonts(fonts).with_recogniser(models.as_deref());
    Ok(CourtReading { reader, folder: config.data.join("reading"), unconfined: OnceCell::new() })
}

impl CourtReading {
    /// Where the worker finds a file: in its place, or laid down for as long as it is read.
    async fn lay(&self, file: &KeptFile) -> Result<Laid, AppError> {
        if let Some(path) = file.path().await? {
            return Ok(Laid { path, is_copy: false });
        }
        self.copied(file.open().await?).await
    }

    async fn lay_all(&self, files: &[KeptFile]) -> Result<Vec<Laid>, AppError> {
        let mut laid = vec![];
        for file in files {
            laid.push(self.lay(file).await?);
        }
        Ok(laid)
    }

    /// Bytes laid down for as long as they are read.
    async fn copied(&self, mut pieces: ByteStream<'_>) -> Result<Laid, AppError> {
        let failed = |fault| AppError::failed("the folder of reading", fault);
        tokio::fs::create_dir_all(&self.folder).await.map_err(failed)?;
        let name: String = moment::secret()[..12].iter().map(|byte| format!("{byte:02x}")).collect();
        let laid = Laid { path: self.folder.join(name), is_copy: true };
        let mut copy = tokio::fs::File::create_new(&laid.path).await.map_err(failed)?;
        while let Some(piece) = pieces.next().await {
            copy.write_all(&piece.map_err(failed)?).await.map_err(failed)?;
        }
        copy.flush().await.map_err(failed)?;
        Ok(laid)
    }
}

/// A file before the worker.
struct Laid {
    path: PathBuf,
    is_copy: bool,
}

impl Drop for Laid {
    fn drop(&mut self) {
        if self.is_copy {
            // What can't be removed is swept with the folder.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn paths(laid: &[Laid]) -> Vec<&Path> {
    laid.iter().map(|laid| laid.path.as_path()).collect()
}

fn unread(fault: ReadingError) -> AppError {
    match fault {
        ReadingError::Problem(problem) => AppError::Invalid(vec![("file".to_owned(), problem.code().to_owned())]),
        fault => AppError::failed("reading", fault),
    }
}

#[async_trait]
impl Reading for CourtReading {
    async fn unconfined(&self) -> Result<Vec<&'static str>, AppError> {
        let tried = || async { self.reader.unconfined().await.map_err(|fault| AppError::failed("reading", fault)) };
        let codes = || async { Ok::<_, AppError>(tried().await?.into_iter().map(Confinement::code).collect()) };
        Ok(self.unconfined.get_or_try_init(codes).await?.clone())
    }

    async fn inspect(&self, file: &KeptFile) -> Result<Inspected, AppError> {
        let laid = self.lay(file).await?;
        let found = self.reader.inspect(&laid.path).await.map_err(unread)?;
        Ok(Inspected {
            media: found.kind.media_type().to_owned(),
            pages: u32::try_from(found.pages.len()).unwrap_or(u32::MAX),
            problem: found.problem.map(|problem| problem.code().to_owned()),
        })
    }

    async fn broken_rules(&self, file: &KeptFile) -> Result<Vec<BrokenRule>, AppError> {
        let laid = self.lay(file).await?;
        let broken = self.reader.broken_rules(&laid.path).await.map_err(unread)?;
        Ok(broken.into_iter().map(|rule| BrokenRule { clause: rule.clause(), acts: rule.acts() }).collect())
    }

    async fn page_image(&self, file: &KeptFile, no: u32, width_px: u32) -> Result<Vec<u8>, AppError> {
        let laid = self.lay(file).await?;
        self.reader.page_image(&laid.path, no.saturating_sub(1), width_px).await.map_err(unread)
    }

    async fn marked_page(&self, file: &KeptFile, no: u32, width_px: u32, words: &str) -> Result<Vec<u8>, AppError> {
        let laid = self.lay(file).await?;
        self.reader.marked_page(&laid.path, no.saturating_sub(1), width_px, words).await.map_err(unread)
    }

    async fn page_text(&self, file: &KeptFile, no: u32) -> Result<Vec<TextRun>, AppError> {
        let laid = self.lay(file).await?;
        let page = no.saturating_sub(1);
        let found = self.reader.inspect(&laid.path).await.map_err(unread)?;
        let Some(size) = usize::try_from(page).ok().and_then(|page| found.pages.get(page)) else { return Ok(vec![]) };
        let size = *size;
        let runs = self.reader.page_text(&laid.path, page).await.map_err(unread)?;
        Ok(on_page(xiezhi_reading::PageText { size, runs }).runs)
    }

    async fn words(&self, bytes: Vec<u8>) -> Result<Written, AppError> {
        let pieces = futures::stream::once(async move { Ok(bytes::Bytes::from(bytes)) }).boxed();
        let laid = self.copied(pieces).await?;
        Ok(written(self.reader.words(&laid.path).await.map_err(unread)?))
    }

    async fn compose(&self, files: &[KeptFile], leaves: &[ComposedLeaf]) -> Result<Vec<u8>, AppError> {
        let laid = self.lay_all(files).await?;
        self.reader.compose(&paths(&laid), &as_leaves(leaves)).await.map_err(unread)
    }

    async fn bind(&self, files: &[KeptFile], leaves: &[ComposedLeaf], binding: &Binding) -> Result<Vec<u8>, AppError> {
        let laid = self.lay_all(files).await?;
        self.reader.bind(&paths(&laid), &as_leaves(leaves), as_binding(binding)).await.map_err(unread)
    }

    async fn redact(&self, file: &KeptFile, blots: &[Blot]) -> Result<Vec<u8>, AppError> {
        let laid = self.lay(file).await?;
        let blot = |Blot { page, spot }: &Blot| xiezhi_reading::Blot {
            page: page.saturating_sub(1),
            x: spot.x,
            y: spot.y,
            w: spot.w,
            h: spot.h,
        };
        self.reader.redacted(&laid.path, blots.iter().map(blot).collect()).await.map_err(unread)
    }

    async fn examine(&self, file: &KeptFile, from: u32, count: u32) -> Result<Vec<ScannedPage>, AppError> {
        let laid = self.lay(file).await?;
        let seen = self.reader.examine(&laid.path, from.saturating_sub(1), count).await.map_err(unread)?;
        let page = |page: xiezhi_reading::Examined| ScannedPage {
            codes: page.codes.into_iter().map(|code| (code.text, code.turn)).collect(),
            blank: page.blank,
            skew_tenths: page.skew_tenths,
        };
        Ok(seen.into_iter().map(page).collect())
    }

    async fn looks(&self, file: &KeptFile) -> Result<Vec<Option<PageLook>>, AppError> {
        let laid = self.lay(file).await?;
        let looks = self.reader.looks(&laid.path).await.map_err(unread)?;
        Ok(looks.into_iter().map(|look| look.map(|look| PageLook(look.0))).collect())
    }

    fn looks_like(&self, one: PageLook, other: PageLook) -> bool {
        Look(one.0).is_like(&Look(other.0))
    }

    async fn same(&self, file: &KeptFile, other: &KeptFile, pages: &[(u32, u32)]) -> Result<Vec<bool>, AppError> {
        let (laid, beside) = (self.lay(file).await?, self.lay(other).await?);
        let pages: Vec<(u32, u32)> =
            pages.iter().map(|(page, other)| (page.saturating_sub(1), other.saturating_sub(1))).collect();
        self.reader.same(&laid.path, &beside.path, &pages).await.map_err(unread)
    }

    async fn outline(&self, file: &KeptFile) -> Result<Vec<Heading>, AppError> {
        let laid = self.lay(file).await?;
        let entry = |xiezhi_reading::Heading { title, level, page }| Heading { title, level, page: page + 1 };
        Ok(self.reader.outline(&laid.path).await.map_err(unread)?.into_iter().map(entry).collect())
    }

    fn recognises(&self) -> bool {
        self.reader.recogniser().is_some()
    }

    async fn recognise(&self, file: &KeptFile, pages: &[u32]) -> Result<Vec<(u32, Recognised)>, AppError> {
        let laid = self.lay(file).await?;
        let pages: Vec<u32> = pages.iter().map(|no| no.saturating_sub(1)).collect();
        let read = self.reader.scan(&laid.path, &pages).await.map_err(unread)?;
        let by = match self.reader.recogniser() {
            Some(Recogniser::Tesseract(_)) => RecognisedBy::Tesseract,
            _ => RecognisedBy::Networks,
        };
        let page = |page: Result<_, _>| Recognised { by, ..page.map(recognised).unwrap_or(UNREADABLE) };
        Ok(read.into_iter().map(|(no, read)| (no + 1, page(read))).collect())
    }

    async fn texts(&self, file: &KeptFile) -> Result<Vec<PageText>, AppError> {
        let laid = self.lay(file).await?;
        Ok(self.reader.texts(&laid.path).await.map_err(unread)?.into_iter().map(on_page).collect())
    }
}

/// What a word processor wrote, as drafting takes it back.
fn written(words: xiezhi_reading::Words) -> Written {
    let xiezhi_reading::Words { lines, tracked, comments, pictures, boxes, tables: _, uneven: tables, marks } = words;
    let line = |xiezhi_reading::WordLine { number, text, cells }| match cells.as_slice() {
        [] => WrittenLine { number, text },
        cells => WrittenLine { number, text: rows::line_of(cells) },
    };
    let change = |xiezhi_reading::Tracked { by, added, text }| Tracked { by, added, text };
    let (lines, tracked) = (lines.into_iter().map(line).collect(), tracked.into_iter().map(change).collect());
    Written { lines, tracked, comments, pictures, boxes, tables, marks }
}

/// A page whose text cannot be recognised has none, and is not tried again.
const UNREADABLE: Recognised = Recognised { turn: 0, skew: 0.0, runs: Vec::new(), by: RecognisedBy::Networks };

/// What was recognised, in shares of the turned page.
pub fn recognised(page: xiezhi_reading::ScannedPage) -> Recognised {
    let (turn, skew) = (page.turn, page.skew);
    let runs = on_page(xiezhi_reading::PageText { size: page.size, runs: page.runs }).runs;
    Recognised { turn, skew, runs, by: RecognisedBy::Networks }
}

/// Places in shares of the page, to a hundred-thousandth of it.
pub fn on_page(page: xiezhi_reading::PageText) -> PageText {
    let (width, height) = (page.size.width_pt.max(1.0), page.size.height_pt.max(1.0));
    let share = |part: f32, whole: f32| (part / whole * 100_000.0).round() / 100_000.0;
    let run = |run: xiezhi_reading::TextRun| TextRun {
        text: run.text,
        x: share(run.x, width),
        y: share(run.y, height),
        w: share(run.w, width),
        h: share(run.h, height),
        starts: run.starts,
        unsure: run.unsure,
    };
    PageText { width, height, runs: page.runs.into_iter().map(run).collect(), ..PageText::default() }
}
