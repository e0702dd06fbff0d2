//! The confined side: one request, one file, one answer.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use image::RgbImage;
use rustix::process::nice;

use crate::alike;
use crate::ask::{Answer, Binding, Blot, Leaf, Request, Task};
use crate::compose::{Source, compose};
use crate::confine::{become_confined, confine, unconfined};
use crate::examine::{WIDTH_PX, examine};
use crate::lasting;
use crate::ocr::{self, Engine};
use crate::pdf::Document;
use crate::picture::{Picture, to_jpeg};
use crate::zip::Directory;
use crate::{
    Kind, Limits, PageSize, ReadingProblem, TextRun, office, ole, outline, redact, sniff, tesseract, watermark,
};

/// The environment variable that names the folder of fonts.
pub(crate) const FONTS: &str = "XIEZHI_FONTS";
/// The environment variable that names Tesseract, where the worker is to become that and nothing else.
pub(crate) const TESSERACT: &str = "XIEZHI_TESSERACT";
/// The environment variable that names the folder of the networks that recognise text.
pub(crate) const MODELS: &str = "XIEZHI_OCR";
/// Whoever waits for a page goes before what is done in the background.
const PATIENCE: i32 = 10;
/// Sharp enough for small print, in points of a page and pixels of its image.
const SCAN_DPI: f32 = 200.0;
/// The longer side of the image in which text is recognised: A4 at 300 dpi.
const SCAN_LONGER_SIDE_PX: f32 = 3_508.0;
/// A request is a few paths, the numbers of pages, and what was recognised on them.
const REQUEST_BYTES: u64 = 64 << 20;
/// The image of a page in which text is recognised, and the page's size.
type Sheet = Result<(RgbImage, PageSize), ReadingProblem>;
/// Deeply nested files need more stack than a thread is given.
const STACK_BYTES: usize = 64 << 20;

/// Serves one request from standard input and returns how the process ends.
///
/// To be called first thing in `main`, before any thread or file is there: it confines the process.
pub fn serve_worker() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("reading: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> io::Result<()> {
    if let Some(program) = std::env::var_os(TESSERACT) {
        nice(PATIENCE)?;
        let limits = Limits { processor_seconds: tesseract::PATIENCE.as_secs(), ..Limits::default() };
        return Err(become_confined(tesseract::command(Path::new(&program)), &limits));
    }
    let mut request = String::new();
    io::stdin().take(REQUEST_BYTES).read_to_string(&mut request)?;
    let request: Request = serde_json::from_str(&request)?;
    if matches!(request.task, Task::Scan { .. } | Task::Looks { .. } | Task::Compare { .. }) {
        nice(PATIENCE)?;
    }
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let (fonts, models) = (folder(FONTS), folder(MODELS));
    let refused = confine(&request.limits, &readable(&request, [&fonts, &models]));
    if request.task == Task::Probe {
        return say(&Answer::Unconfined(unconfined(&request.limits, &refused)));
    }
    let work = move || Work { request, fonts, models }.run();
    let done = thread::Builder::new().stack_size(STACK_BYTES).spawn(work)?.join();
    match done {
        Ok(outcome) => outcome,
        // The message of the panic stands on standard error.
        Err(_) => say(&Answer::Problem(ReadingProblem::Damaged)),
    }
}

/// What the task is about, and what it is done with: nothing else can be opened from here on.
fn readable<'a>(request: &'a Request, with: [&'a Option<PathBuf>; 2]) -> Vec<&'a Path> {
    let sources = match &request.task {
        Task::Compose { sources, .. } => sources.as_slice(),
        Task::Compare { other, .. } => std::slice::from_ref(other),
        _ => &[],
    };
    let files = sources.iter().chain([&request.input]);
    files.chain(with.into_iter().flatten()).map(PathBuf::as_path).filter(|path| !path.as_os_str().is_empty()).collect()
}

struct Work {
    request: Request,
    fonts: Option<PathBuf>,
    models: Option<PathBuf>,
}

/// An input that cannot be read is the caller's trouble; a problem is the file's.
type Outcome<T> = io::Result<Result<T, ReadingProblem>>;

impl Work {
    fn run(&self) -> io::Result<()> {
        if let Task::Compose { sources, leaves, binding } = &self.request.task {
            let composed = self.compose(sources, leaves, binding.as_ref())?;
            return match composed {
                Ok(pdf) => hand_over(&Answer::File { size_bytes: pdf.len() as u64 }, &pdf),
                Err(problem) => say(&Answer::Problem(problem)),
            };
        }
        let mut file = File::open(&self.request.input)?;
        let kind = sniff(&mut file)?;
        say(&Answer::Kind(kind))?;
        let answered = match self.check(&mut file, kind)? {
            Err(problem) => Err(problem),
            Ok(()) => self.answer(kind)?,
        };
        answered.or_else(|problem| say(&Answer::Problem(problem)))
    }

    /// Refuses what must not even be opened.
    fn check(&self, file: &mut File, kind: Kind) -> Outcome<()> {
        let length = file.metadata()?.len();
        Ok(match kind {
            _ if length == 0 => Err(ReadingProblem::Empty),
            Kind::Docx | Kind::Xlsx | Kind::Ofd => self.check_package(Directory::read(file)?, length),
            Kind::Ole if ole::is_encrypted(file)? => Err(ReadingProblem::Encrypted),
            kind if !has_pages(kind) => Err(ReadingProblem::Unsupported),
            _ if length > self.request.limits.input_bytes => Err(ReadingProblem::TooLarge),
            _ => Ok(()),
        })
    }

    /// What a package claims of itself is enough to refuse it.
    fn check_package(&self, directory: Option<Directory>, length: u64) -> Result<(), ReadingProblem> {
        match directory {
            None => Err(ReadingProblem::Damaged),
            Some(package) if package.is_encrypted => Err(ReadingProblem::Encrypted),
            Some(package) if package.unpacked_bytes > self.request.limits.unpacked_bytes => {
                Err(ReadingProblem::TooLarge)
            }
            Some(_) if length > self.request.limits.input_bytes => Err(ReadingProblem::TooLarge),
            Some(_) => Ok(()),
        }
    }

    fn answer(&self, kind: Kind) -> Outcome<()> {
        let bytes = match std::fs::read(&self.request.input) {
            Err(full) if full.kind() == io::ErrorKind::OutOfMemory => {
                return Ok(Err(ReadingProblem::TooLarge));
            }
            bytes => bytes?,
        };
        if self.request.task == Task::Words {
            let words = office::words::read(kind, &bytes, &self.request.limits);
            return words
                .map(|words| say(&Answer::Words(words)))
                .map_or_else(|problem| Ok(Err(problem)), |said| said.map(Ok));
        }
        if self.request.task == Task::Lasting {
            let broken = if kind == Kind::Pdf { lasting::broken(&bytes) } else { Err(ReadingProblem::Unsupported) };
            return broken
                .map(|broken| say(&Answer::Lasting(broken)))
                .map_or_else(|problem| Ok(Err(problem)), |said| said.map(Ok));
        }
        // What has no pages of its own is set on some; from there on it is a PDF like any other.
        let (kind, bytes) = match office::is_set(kind) {
            false => (kind, bytes),
            true => match office::to_pdf(kind, &bytes, &self.request.limits) {
                Ok(pdf) => (Kind::Pdf, pdf),
                Err(problem) => return Ok(Err(problem)),
            },
        };
        let said = match &self.request.task {
            Task::Inspect => self.sizes(kind, bytes).map(|sizes| say(&Answer::Pages(sizes))),
            Task::Text { no } => self.text(kind, bytes, *no).map(|runs| say(&Answer::Text(runs))),
            Task::Texts => return self.texts(kind, bytes),
            Task::Examine { from, count } => return self.examine(kind, &bytes, *from, *count),
            Task::Looks { from, count } => return self.looks(kind, bytes, *from, *count),
            Task::Compare { other, pages } => return self.compare((kind, bytes), other, pages),
            Task::Compose { .. } | Task::Words | Task::Lasting | Task::Probe => {
                return Ok(Err(ReadingProblem::Unsupported));
            }
            Task::Outline => Ok(say(&Answer::Outline(if kind == Kind::Pdf { outline::read(&bytes) } else { vec![] }))),
            Task::Scan { pages } => return self.scan(kind, bytes, pages),
            Task::Redact { blots } => {
                let file = |copy: &[u8]| Answer::File { size_bytes: copy.len() as u64 };
                self.redacted(kind, bytes, blots).map(|copy| hand_over(&file(&copy), &copy))
            }
            Task::Page { no, width_px, mark } => {
                let page = self.image(kind, bytes, *no, *width_px).and_then(|mut page| {
                    if let Some(words) = mark {
                        watermark::burn(&mut page, words, self.fonts.as_deref())?;
                    }
                    Ok(page)
                });
                let image = |jpeg: &[u8]| Answer::Image { size_bytes: jpeg.len() as u64 };
                page.and_then(|page| to_jpeg(&page)).map(|jpeg| hand_over(&image(&jpeg), &jpeg))
            }
        };
        match said {
            Ok(written) => written.map(Ok),
            Err(problem) => Ok(Err(problem)),
        }
    }

    fn sizes(&self, kind: Kind, bytes: Vec<u8>) -> Result<Vec<PageSize>, ReadingProblem> {
        match kind {
            Kind::Pdf => Ok(self.document(bytes)?.sizes()),
            kind => Picture::open(kind, bytes, self.request.limits)?.sizes(),
        }
    }

    fn image(&self, kind: Kind, bytes: Vec<u8>, no: u32, width_px: u32) -> Result<RgbImage, ReadingProblem> {
        match kind {
            Kind::Pdf => self.document(bytes)?.image(no, width_px),
            kind => Picture::open(kind, bytes, self.request.limits)?.image(no, width_px),
        }
    }

    /// A picture has no text of its own.
    fn text(&self, kind: Kind, bytes: Vec<u8>, no: u32) -> Result<Vec<TextRun>, ReadingProblem> {
        match kind {
            Kind::Pdf => self.document(bytes)?.text(no),
            _ => Ok(vec![]),
        }
    }

    /// Says every page's text as soon as it is read, so that what was said stays if the worker ends before the file.
    fn texts(&self, kind: Kind, bytes: Vec<u8>) -> Outcome<()> {
        if kind != Kind::Pdf {
            return self
                .sizes(kind, bytes)
                .map(|sizes| say(&Answer::Pages(sizes)))
                .map_or_else(|problem| Ok(Err(problem)), |said| said.map(Ok));
        }
        let document = match self.document(bytes) {
            Ok(document) => document,
            Err(problem) => return Ok(Err(problem)),
        };
        let sizes = document.sizes();
        let pages = u32::try_from(sizes.len()).unwrap_or(u32::MAX);
        say(&Answer::Pages(sizes))?;
        for no in 0..pages {
            say(&Answer::Text(document.text(no).unwrap_or_default()))?;
        }
        Ok(Ok(()))
    }

    /// Says what each page shows as soon as it was looked at.
    fn examine(&self, kind: Kind, bytes: &[u8], from: u32, count: u32) -> Outcome<()> {
        for no in from..from.saturating_add(count) {
            match self.image(kind, bytes.to_vec(), no, WIDTH_PX) {
                Ok(page) => say(&Answer::Examined(examine(&page)))?,
                Err(ReadingProblem::NoSuchPage) if no > from => break,
                Err(problem) => return Ok(Err(problem)),
            }
        }
        Ok(Ok(()))
    }

    /// Says what each page looks like as soon as it was looked at; nothing of a blank page, or one that is not drawn.
    fn looks(&self, kind: Kind, bytes: Vec<u8>, from: u32, count: u32) -> Outcome<()> {
        let pages = match self.pages(kind, bytes) {
            Ok(pages) if from < pages.count => pages,
            Ok(_) => return Ok(Err(ReadingProblem::NoSuchPage)),
            Err(problem) => return Ok(Err(problem)),
        };
        for no in from..from.saturating_add(count).min(pages.count) {
            say(&Answer::Look(pages.ink(no).map(|ink| ink.look())))?;
        }
        Ok(Ok(()))
    }

    /// Says of each pair of pages whether they are scans of one sheet.
    fn compare(&self, one: (Kind, Vec<u8>), other: &Path, pairs: &[(u32, u32)]) -> Outcome<()> {
        let mut file = File::open(other)?;
        let kind = sniff(&mut file)?;
        let checked = self.check(&mut file, kind)?;
        let bytes = std::fs::read(other)?;
        let opened = checked.and_then(|()| Ok((self.pages(one.0, one.1)?, self.pages(kind, bytes)?)));
        let (one, other) = match opened {
            Ok(opened) => opened,
            Err(problem) => return Ok(Err(problem)),
        };
        for (page, beside) in pairs {
            let both = one.ink(*page).zip(other.ink(*beside));
            say(&Answer::Same(both.is_some_and(|(one, other)| alike::is_same(&one, &other))))?;
        }
        Ok(Ok(()))
    }

    fn pages(&self, kind: Kind, bytes: Vec<u8>) -> Result<Pages<'_>, ReadingProblem> {
        let (count, of) = match kind {
            Kind::Pdf => {
                let document = self.document(bytes)?;
                (document.sizes().len(), Of::Document(Box::new(document)))
            }
            kind => {
                let count = Picture::open(kind, bytes.clone(), self.request.limits)?.sizes()?.len();
                (count, Of::Picture(kind, bytes))
            }
        };
        Ok(Pages { count: u32::try_from(count).unwrap_or(u32::MAX), of, limits: self.request.limits })
    }

    fn redacted(&self, kind: Kind, bytes: Vec<u8>, blots: &[Blot]) -> Result<Vec<u8>, ReadingProblem> {
        let page = |size: PageSize, image: RgbImage, runs| redact::Page { size, image, runs };
        let count = |pages: usize| match pages {
            pages if pages > redact::MOST_PAGES => Err(ReadingProblem::TooLarge),
            pages => u32::try_from(pages).map_err(|_| ReadingProblem::TooLarge),
        };
        if kind == Kind::Pdf {
            let document = self.document(bytes)?;
            let draw = |no| {
                let size = document.size(no)?;
                let image = document.image(no, (size.width_pt / 72.0 * redact::DPI).round() as u32)?;
                Ok(page(size, image, document.text(no)?))
            };
            return redact::copy(count(document.sizes().len())?, draw, blots);
        }
        let open = || Picture::open(kind, bytes.clone(), self.request.limits);
        let sizes = open()?.sizes()?;
        let draw = |no: u32| {
            let size = *sizes.get(no as usize).ok_or(ReadingProblem::NoSuchPage)?;
            let image = open()?.image(no, SCAN_LONGER_SIDE_PX as u32)?;
            // A picture has no paper: its pixels are printed at the same fineness as pages are drawn.
            let to_pt = 72.0 / redact::DPI;
            Ok(page(PageSize { width_pt: size.width_pt * to_pt, height_pt: size.height_pt * to_pt }, image, vec![]))
        };
        redact::copy(count(sizes.len())?, draw, blots)
    }

    /// Recognises pages one after another, and says each as soon as it is read.
    fn scan(&self, kind: Kind, bytes: Vec<u8>, pages: &[u32]) -> Outcome<()> {
        let engine = self.models.as_deref().and_then(Engine::load);
        let engine =
            engine.ok_or_else(|| io::Error::other("the networks that recognise text are not there or not whole"))?;
        let mut sheets: Box<dyn FnMut(u32) -> Sheet> = match kind {
            Kind::Pdf => match self.document(bytes) {
                Ok(document) => Box::new(move |no| sheet_of(&document, no)),
                Err(problem) => return Ok(Err(problem)),
            },
            kind => Box::new(move |no| {
                let open = || Picture::open(kind, bytes.clone(), self.request.limits);
                let size = *open()?.sizes()?.get(no as usize).ok_or(ReadingProblem::NoSuchPage)?;
                let longer = size.width_pt.max(size.height_pt);
                let width_px = size.width_pt * (SCAN_LONGER_SIDE_PX / longer).min(1.0);
                Ok((open()?.image(no, width_px.round() as u32)?, size))
            }),
        };
        for no in pages {
            let page = sheets(*no).and_then(|(image, size)| ocr::read(&engine, image, size));
            say(&Answer::Scanned { no: *no, page })?;
        }
        Ok(Ok(()))
    }

    /// The sources are opened as any file is, one after another.
    fn compose(&self, sources: &[PathBuf], leaves: &[Leaf], binding: Option<&Binding>) -> Outcome<Vec<u8>> {
        let mut opened = vec![];
        for path in sources {
            let mut file = File::open(path)?;
            let kind = sniff(&mut file)?;
            if let Err(problem) = self.check(&mut file, kind)? {
                return Ok(Err(problem));
            }
            let (mut kind, mut bytes, fonts) = (kind, std::fs::read(path)?, self.fonts.as_deref());
            if office::is_set(kind) {
                match office::to_pdf(kind, &bytes, &self.request.limits) {
                    Ok(pdf) => (kind, bytes) = (Kind::Pdf, pdf),
                    Err(problem) => return Ok(Err(problem)),
                }
            }
            opened.push(Source { kind, bytes, fonts, limits: self.request.limits });
        }
        Ok(compose(&opened, leaves, binding))
    }

    fn document(&self, bytes: Vec<u8>) -> Result<Document<'_>, ReadingProblem> {
        Document::open(bytes, self.fonts.as_deref().map(Path::new))
    }
}

/// The pages of a file, drawn one by one as they are compared.
struct Pages<'a> {
    count: u32,
    of: Of<'a>,
    limits: Limits,
}

enum Of<'a> {
    Document(Box<Document<'a>>),
    Picture(Kind, Vec<u8>),
}

impl Pages<'_> {
    /// What stands on a page; nothing of a blank one, or of one that cannot be drawn.
    fn ink(&self, no: u32) -> Option<alike::Ink> {
        let page = match &self.of {
            Of::Document(document) => document.image(no, WIDTH_PX),
            Of::Picture(kind, bytes) => {
                Picture::open(*kind, bytes.clone(), self.limits).and_then(|picture| picture.image(no, WIDTH_PX))
            }
        };
        alike::Ink::of(&page.ok()?)
    }
}

/// A page of a PDF as sharp as recognition wants it.
fn sheet_of(document: &Document<'_>, no: u32) -> Result<(RgbImage, PageSize), ReadingProblem> {
    let size = document.size(no)?;
    let dpi = SCAN_DPI.min(SCAN_LONGER_SIDE_PX / size.width_pt.max(size.height_pt) * 72.0);
    Ok((document.image(no, (size.width_pt / 72.0 * dpi).round() as u32)?, size))
}

fn has_pages(kind: Kind) -> bool {
    let is_picture = matches!(kind, Kind::Jpeg | Kind::Png | Kind::Tiff | Kind::Webp | Kind::Bmp | Kind::Heic);
    kind == Kind::Pdf || is_picture || office::is_set(kind)
}

fn say(answer: &Answer) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    let mut out = io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}

fn hand_over(announced: &Answer, bytes: &[u8]) -> io::Result<()> {
    say(announced)?;
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}
