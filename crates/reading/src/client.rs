//! The caller's side: starts a worker for each request, listens for a while, and kills it.

mod alike;

use std::ffi::OsString;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf, absolute};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::ask::{Answer, Request, Task};
use crate::ocr::FILES;
use crate::worker::{FONTS, MODELS, TESSERACT};
use crate::{
    Binding, Blot, Confinement, Examined, Heading, Inspection, Kind, Leaf, Limits, PageText, ReadingProblem, Rule,
    ScannedPage, TextRun, Words, tesseract,
};

/// How many workers run at once; more would only push each other out of memory.
const WORKERS_AT_ONCE: usize = 2;
/// The largest file that is put together from pages.
const COMPOSED_BYTES: u64 = 256 << 20;
/// What is kept of a worker's last words.
const LAST_WORDS_BYTES: u64 = 16 * 1024;
/// The signals by which the kernel ends a process: for its time, and for good.
const OUT_OF_TIME: i32 = 24;
const KILLED: i32 = 9;

/// Why nothing was read: by fault of the file, or of the machinery.
#[derive(Debug, thiserror::Error)]
pub enum ReadingError {
    /// Of the file.
    #[error("the file cannot be read")]
    Problem(#[from] ReadingProblem),
    /// Of the machinery: the worker could not be started, or not find its file.
    #[error("the reading worker failed")]
    Worker(#[source] io::Error),
    /// Nothing here recognises text.
    #[error("nothing here recognises the text of scans: run ./setup.sh ocr")]
    NoRecogniser,
}

/// What recognises the text of scans here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recogniser {
    /// The networks in this folder.
    Networks(PathBuf),
    /// Tesseract with its Chinese data, at this path: it errs more on poor scans.
    Tesseract(PathBuf),
}

/// Reads files in confined processes.
pub struct Reader {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
    fonts: Option<PathBuf>,
    recogniser: Option<Recogniser>,
    seats: Semaphore,
    scanning_seat: Semaphore,
}

/// What a worker said before it ended, and how.
struct Ended {
    said: Vec<u8>,
    last_words: Vec<u8>,
    /// None if its time on the clock ran out.
    status: Option<ExitStatus>,
}

impl Reader {
    /// Reads with `program`, which calls [`serve_worker`](crate::serve_worker) when its one argument is
    /// `reading`.
    pub fn new(program: impl Into<PathBuf>, limits: Limits) -> Self {
        Self {
            program: program.into(),
            arguments: vec!["reading".into()],
            limits,
            fonts: None,
            recogniser: None,
            seats: Semaphore::new(WORKERS_AT_ONCE),
            scanning_seat: Semaphore::new(1),
        }
    }

    /// Takes fonts that a file does not bring from `folder`.
    pub fn with_fonts(self, folder: impl Into<PathBuf>) -> Self {
        Self { fonts: Some(folder.into()), ..self }
    }

    /// Recognises text with the networks in `folder`; where they are not all there, with Tesseract if it is installed
    /// with its Chinese data.
    pub fn with_recogniser(self, folder: Option<&Path>) -> Self {
        let whole = |folder: &&Path| FILES.iter().all(|file| folder.join(file).is_file());
        let networks = folder.filter(whole).map(|folder| Recogniser::Networks(folder.to_owned()));
        Self { recogniser: networks.or_else(|| tesseract::installed().map(Recogniser::Tesseract)), ..self }
    }

    /// What recognises text here, if anything does.
    pub fn recogniser(&self) -> Option<&Recogniser> {
        self.recogniser.as_ref()
    }

    /// Recognises the text of pages (counted from zero), which are scans. Where the file ends the worker before its
    /// last page, the pages after are not told of.
    ///
    /// # Errors
    /// [`ReadingError`]; what is wrong with one page stands in its place.
    pub async fn scan(
        &self,
        file: &Path,
        pages: &[u32],
    ) -> Result<Vec<(u32, Result<ScannedPage, ReadingProblem>)>, ReadingError> {
        match &self.recogniser {
            None => Err(ReadingError::NoRecogniser),
            Some(Recogniser::Tesseract(program)) => tesseract::scan(self, program, file, pages).await,
            Some(Recogniser::Networks(_)) => self.scan_with_networks(file, pages).await,
        }
    }

    async fn scan_with_networks(
        &self,
        file: &Path,
        pages: &[u32],
    ) -> Result<Vec<(u32, Result<ScannedPage, ReadingProblem>)>, ReadingError> {
        let limits = self.limits.of_scanning(pages.len());
        let ended = self.ask_within(file, Task::Scan { pages: pages.to_vec() }, limits).await?;
        let mut scanned = vec![];
        for answer in ended.answers() {
            match answer {
                Answer::Scanned { no, page } => scanned.push((no, page)),
                Answer::Problem(problem) if scanned.is_empty() => return Err(problem.into()),
                // Of several pages the one that ended the worker has the problem.
                Answer::Problem(problem) => scanned.extend(pages.get(scanned.len()).map(|no| (*no, Err(problem)))),
                _ => {}
            }
        }
        if scanned.is_empty() && !pages.is_empty() {
            return Err(ended.problem()?.into());
        }
        Ok(scanned)
    }

    /// Tells what a worker can do here that it should be kept from: it confines itself and tries.
    ///
    /// # Errors
    /// [`ReadingError::Worker`].
    pub async fn unconfined(&self) -> Result<Vec<Confinement>, ReadingError> {
        let _seat = self.seats.acquire().await.expect("the semaphore is never closed");
        let ended = self.work(&Request { input: PathBuf::new(), task: Task::Probe, limits: self.limits }).await?;
        ended.told(|answer| match answer {
            Answer::Unconfined(found) => Some(found),
            _ => None,
        })
    }

    /// Tells what a file is and measures its pages.
    ///
    /// # Errors
    /// [`ReadingError::Worker`] alone; what is wrong with the file stands in the inspection.
    pub async fn inspect(&self, file: &Path) -> Result<Inspection, ReadingError> {
        let mut inspection = Inspection { kind: Kind::Unknown, pages: vec![], problem: None };
        let ended = self.ask(file, Task::Inspect).await?;
        for answer in ended.answers() {
            match answer {
                Answer::Kind(kind) => inspection.kind = kind,
                Answer::Pages(pages) => inspection.pages = pages,
                Answer::Problem(problem) => inspection.problem = Some(problem),
                _ => {}
            }
        }
        if inspection.pages.is_empty() && inspection.problem.is_none() {
            inspection.problem = Some(ended.problem()?);
        }
        Ok(inspection)
    }

    /// Draws page `page` (counted from zero) as JPEG, about `width_px` wide; pictures are not enlarged.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn page_image(&self, file: &Path, page: u32, width_px: u32) -> Result<Vec<u8>, ReadingError> {
        self.image(file, Task::Page { no: page, width_px, mark: None }).await
    }

    /// The same with words burned into it.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn marked_page(
        &self,
        file: &Path,
        page: u32,
        width_px: u32,
        words: &str,
    ) -> Result<Vec<u8>, ReadingError> {
        self.image(file, Task::Page { no: page, width_px, mark: Some(words.to_owned()) }).await
    }

    async fn image(&self, file: &Path, task: Task) -> Result<Vec<u8>, ReadingError> {
        let ended = self.ask(file, task).await?;
        ended.handed_over()
    }

    /// Gathers the text of page `page` (counted from zero). A scan has none.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn page_text(&self, file: &Path, page: u32) -> Result<Vec<TextRun>, ReadingError> {
        let ended = self.ask(file, Task::Text { no: page }).await?;
        ended.told(|answer| match answer {
            Answer::Text(runs) => Some(runs),
            _ => None,
        })
    }

    /// Gathers the text of every page at once, with the sizes of the pages. Where the file ends the worker before its
    /// last page, the pages after have no text.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn texts(&self, file: &Path) -> Result<Vec<PageText>, ReadingError> {
        let ended = self.ask(file, Task::Texts).await?;
        let (mut sizes, mut texts) = (vec![], vec![]);
        for answer in ended.answers() {
            match answer {
                Answer::Pages(pages) => sizes = pages,
                Answer::Text(runs) => texts.push(runs),
                Answer::Problem(problem) => return Err(problem.into()),
                _ => {}
            }
        }
        if sizes.is_empty() {
            return Err(ended.problem()?.into());
        }
        texts.resize(sizes.len(), vec![]);
        Ok(sizes.into_iter().zip(texts).map(|(size, runs)| PageText { size, runs }).collect())
    }

    /// Looks at `count` pages from page `from` (counted from zero) of a scan: what codes stand on them, whether they
    /// are blank or askew. Fewer where the file ends before, or ends the worker.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn examine(&self, file: &Path, from: u32, count: u32) -> Result<Vec<Examined>, ReadingError> {
        let ended = self.ask(file, Task::Examine { from, count }).await?;
        ended.told_of_each(|answer| match answer {
            Answer::Examined(page) => Some(page),
            _ => None,
        })
    }

    /// Puts pages of several files together as one PDF.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn compose(&self, files: &[&Path], leaves: &[Leaf]) -> Result<Vec<u8>, ReadingError> {
        self.put_together(files, leaves, None).await
    }

    /// Puts pages of several files together as one PDF, with numbers, bookmarks and links.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn bind(&self, files: &[&Path], leaves: &[Leaf], binding: Binding) -> Result<Vec<u8>, ReadingError> {
        self.put_together(files, leaves, Some(binding)).await
    }

    async fn put_together(
        &self,
        files: &[&Path],
        leaves: &[Leaf],
        binding: Option<Binding>,
    ) -> Result<Vec<u8>, ReadingError> {
        let sources: io::Result<Vec<PathBuf>> = files.iter().map(absolute).collect();
        let sources = sources.map_err(ReadingError::Worker)?;
        let first = *files.first().ok_or(ReadingProblem::Empty)?;
        let limits = Limits { answer_bytes: COMPOSED_BYTES, processor_seconds: 120, wait_seconds: 180, ..self.limits };
        let task = Task::Compose { sources, leaves: leaves.to_vec(), binding };
        let ended = self.ask_within(first, task, limits).await?;
        ended.handed_over()
    }

    /// Reads the table of contents that a file brings; most bring none.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn outline(&self, file: &Path) -> Result<Vec<Heading>, ReadingError> {
        let ended = self.ask(file, Task::Outline).await?;
        ended.told(|answer| match answer {
            Answer::Outline(headings) => Some(headings),
            _ => None,
        })
    }

    /// Gathers what stands in a Word document, to be written on elsewhere.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn words(&self, file: &Path) -> Result<Words, ReadingError> {
        let ended = self.ask(file, Task::Words).await?;
        ended.told(|answer| match answer {
            Answer::Words(words) => Some(words),
            _ => None,
        })
    }

    /// The rules of PDF/A-2b that a PDF breaks, as far as they can be told from its objects.
    ///
    /// # Errors
    /// [`ReadingError`]; [`ReadingProblem::Unsupported`] for any other file.
    pub async fn broken_rules(&self, file: &Path) -> Result<Vec<Rule>, ReadingError> {
        let ended = self.ask(file, Task::Lasting).await?;
        ended.told(|answer| match answer {
            Answer::Lasting(broken) => Some(broken),
            _ => None,
        })
    }

    /// Writes a copy, as PDF, in which what lies under the blots is gone from pixels and text alike.
    ///
    /// # Errors
    /// [`ReadingError`].
    pub async fn redacted(&self, file: &Path, blots: Vec<Blot>) -> Result<Vec<u8>, ReadingError> {
        let ended = self.ask_within(file, Task::Redact { blots }, self.limits.of_a_copy()).await?;
        ended.handed_over()
    }

    async fn ask(&self, file: &Path, task: Task) -> Result<Ended, ReadingError> {
        self.ask_within(file, task, self.limits).await
    }

    async fn ask_within(&self, file: &Path, task: Task, limits: Limits) -> Result<Ended, ReadingError> {
        // What goes on in the background takes long and asks for one thing at a time: it takes nobody's seat.
        let is_scan = matches!(task, Task::Scan { .. } | Task::Looks { .. } | Task::Compare { .. });
        let seats = if is_scan { &self.scanning_seat } else { &self.seats };
        let _seat = seats.acquire().await.expect("the semaphore is never closed");
        let input = absolute(file).map_err(ReadingError::Worker)?;
        self.work(&Request { input, task, limits }).await
    }

    async fn work(&self, request: &Request) -> Result<Ended, ReadingError> {
        let told = serde_json::to_vec(request).expect("a request is plain data");
        let worker = self.command().and_then(|mut command| command.spawn());
        let worker = worker.map_err(ReadingError::Worker)?;
        self.listen(worker, &told, &request.limits).await.map_err(ReadingError::Worker)
    }

    /// The worker gets nothing of the caller's environment, and dies with the future that waits for it.
    fn command(&self) -> io::Result<Command> {
        let mut command = Command::new(absolute(&self.program)?);
        command.args(&self.arguments).env_clear().current_dir("/").kill_on_drop(true);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(fonts) = &self.fonts {
            command.env(FONTS, absolute(fonts)?);
        }
        if let Some(Recogniser::Networks(folder)) = &self.recogniser {
            command.env(MODELS, absolute(folder)?);
        }
        Ok(command)
    }

    /// A worker that becomes Tesseract once it is confined.
    pub(crate) fn become_program(&self, program: &Path) -> Result<Command, ReadingError> {
        let mut command = self.command().map_err(ReadingError::Worker)?;
        command.env(TESSERACT, program);
        Ok(command)
    }

    async fn listen(&self, mut worker: Child, request: &[u8], limits: &Limits) -> io::Result<Ended> {
        let mut ended = Ended { said: vec![], last_words: vec![], status: None };
        let wait = Duration::from_secs(limits.wait_seconds);
        let talk = talk(&mut worker, request, limits.answer_bytes, &mut ended);
        match timeout(wait, talk).await {
            Ok(status) => ended.status = Some(status?),
            Err(_) => worker.kill().await?,
        }
        Ok(ended)
    }
}

async fn talk(worker: &mut Child, request: &[u8], answer_bytes: u64, ended: &mut Ended) -> io::Result<ExitStatus> {
    let piped = "the worker was started with pipes";
    let mut stdin = worker.stdin.take().expect(piped);
    let (stdout, stderr) = (worker.stdout.take().expect(piped), worker.stderr.take().expect(piped));
    // A worker that died before it read its request says why in other ways.
    let _ = stdin.write_all(request).await;
    drop(stdin);
    let (said, last_words) = tokio::join!(
        take(stdout, answer_bytes, &mut ended.said),
        take(stderr, LAST_WORDS_BYTES, &mut ended.last_words),
    );
    said.and(last_words)?;
    worker.wait().await
}

async fn take(from: impl AsyncRead + Unpin, most_bytes: u64, into: &mut Vec<u8>) -> io::Result<usize> {
    from.take(most_bytes).read_to_end(into).await
}

impl Ended {
    /// The lines that can be read, up to the one after which bytes follow.
    fn answers(&self) -> impl Iterator<Item = Answer> + '_ {
        let mut is_over = false;
        let lines = self.said.split(|byte| *byte == b'\n');
        lines.map_while(move |line| {
            let answer = if is_over { None } else { serde_json::from_slice(line).ok() };
            is_over = matches!(answer, Some(Answer::Image { .. } | Answer::File { .. }));
            answer
        })
    }

    /// What was said last, if that is what was asked for.
    fn told<T>(&self, wanted: impl FnOnce(Answer) -> Option<T>) -> Result<T, ReadingError> {
        match self.answers().last() {
            Some(Answer::Problem(problem)) => Err(problem.into()),
            last => match last.and_then(wanted) {
                Some(told) => Ok(told),
                None => Err(self.problem()?.into()),
            },
        }
    }

    /// What was said page by page: fewer than were asked for where the file ended, or ended the worker.
    fn told_of_each<T>(&self, wanted: impl Fn(Answer) -> Option<T>) -> Result<Vec<T>, ReadingError> {
        let mut told = vec![];
        for answer in self.answers() {
            match answer {
                Answer::Problem(problem) if told.is_empty() => return Err(problem.into()),
                answer => told.extend(wanted(answer)),
            }
        }
        if told.is_empty() { Err(self.problem()?.into()) } else { Ok(told) }
    }

    /// The image or file that was handed over, if it came whole.
    fn handed_over(&self) -> Result<Vec<u8>, ReadingError> {
        let bytes = self.bytes();
        self.told(|answer| match answer {
            Answer::Image { size_bytes } | Answer::File { size_bytes } => {
                (bytes.len() as u64 == size_bytes).then(|| bytes.to_vec())
            }
            _ => None,
        })
    }

    /// What follows the line that announces an image.
    fn bytes(&self) -> &[u8] {
        let mut rest = self.said.as_slice();
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let line = &rest[..end];
            rest = &rest[end + 1..];
            if matches!(serde_json::from_slice(line), Ok(Answer::Image { .. } | Answer::File { .. })) {
                return rest;
            }
        }
        &[]
    }

    /// What the worker died of, when it did not say.
    fn problem(&self) -> Result<ReadingProblem, ReadingError> {
        let Some(status) = self.status else {
            return Ok(ReadingProblem::Timeout);
        };
        let last_words = String::from_utf8_lossy(&self.last_words);
        match (status.code(), status.signal()) {
            (_, Some(OUT_OF_TIME)) => Ok(ReadingProblem::Timeout),
            (_, Some(KILLED)) => Ok(ReadingProblem::TooLarge),
            (_, Some(_)) if last_words.contains("memory allocation") => Ok(ReadingProblem::TooLarge),
            (_, Some(_)) => Ok(ReadingProblem::Damaged),
            // It ended well and said more than an answer may be.
            (Some(0), None) => Ok(ReadingProblem::TooLarge),
            _ => Err(ReadingError::Worker(io::Error::other(last_words.trim().to_owned()))),
        }
    }
}
