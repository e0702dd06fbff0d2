//! Tesseract as a stand-in where the networks are not there. It is handed an image that our own worker drew, never
//! the file itself, runs under the limits of a worker, and answers in a table of words.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::time::timeout;

use crate::{PageSize, Reader, ReadingError, ReadingProblem, ScannedPage, TextRun};

/// Where the Chinese data of Debian's packages lies.
const DATA: &str = "share/tesseract-ocr";
const LANGUAGE: &str = "chi_sim";
/// A page at 200 dpi; wider than any page that is read.
const WIDTH_PX: u32 = 1_654;
/// A page that takes longer is given up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(240);
/// A word less sure than this is marked, and one less sure than half of it left out; of a hundred.
const SURE_WORD: f32 = 80.0;
/// The columns of its table that are read: block, paragraph, line; left, top, width, height; how sure, the word.
const LEFT: usize = 6;
const SURE: usize = 10;
const WORD: usize = 11;

/// Where it is installed, if it is with its Chinese data.
pub(crate) fn installed() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let program = std::env::split_paths(&folders).map(|folder| folder.join("tesseract")).find(|path| path.is_file())?;
    let root = program.parent()?.parent()?.join(DATA);
    let versions = std::fs::read_dir(root).ok()?.flatten();
    let has_chinese = |version: PathBuf| version.join(format!("tessdata/{LANGUAGE}.traineddata")).is_file();
    versions.map(|version| version.path()).any(has_chinese).then_some(program)
}

/// Recognises pages, each drawn in the confined worker before.
pub(crate) async fn scan(
    reader: &Reader,
    program: &Path,
    file: &Path,
    pages: &[u32],
) -> Result<Vec<(u32, Result<ScannedPage, ReadingProblem>)>, ReadingError> {
    let inspection = reader.inspect(file).await?;
    if let Some(problem) = inspection.problem {
        return Err(problem.into());
    }
    let mut scanned = vec![];
    for no in pages {
        let page = match inspection.pages.get(*no as usize) {
            None => Err(ReadingProblem::NoSuchPage),
            Some(size) => match reader.page_image(file, *no, WIDTH_PX).await {
                Ok(image) => recognise(reader.become_program(program)?, &image, *size).await?,
                Err(ReadingError::Problem(problem)) => Err(problem),
                Err(fault) => return Err(fault),
            },
        };
        scanned.push((*no, page));
    }
    Ok(scanned)
}

/// Tesseract, as it is started: an image comes in, a table goes out.
pub(crate) fn command(program: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(program);
    command.args(["stdin", "stdout", "-l", LANGUAGE, "--psm", "6", "tsv"]).env_clear().env("OMP_THREAD_LIMIT", "1");
    command
}

async fn recognise(
    mut command: Command,
    image: &[u8],
    size: PageSize,
) -> Result<Result<ScannedPage, ReadingProblem>, ReadingError> {
    command.stderr(Stdio::null());
    let mut child = command.spawn().map_err(ReadingError::Worker)?;
    let mut stdin = child.stdin.take().expect("it was started with pipes");
    let talk = async {
        let told = async {
            // One that died says so by its status.
            let _ = stdin.write_all(image).await;
            drop(stdin);
        };
        tokio::join!(told, child.wait_with_output()).1
    };
    let Ok(output) = timeout(PATIENCE, talk).await else { return Ok(Err(ReadingProblem::Timeout)) };
    let output = output.map_err(ReadingError::Worker)?;
    if !output.status.success() {
        return Ok(Err(ReadingProblem::Damaged));
    }
    Ok(Ok(page(&String::from_utf8_lossy(&output.stdout), size)))
}

/// Puts the table of words together, a run for each word.
fn page(table: &str, size: PageSize) -> ScannedPage {
    let mut lines = table.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    // The first row is the page itself: its width says how many pixels a point has.
    let number = |row: &[&str], column: usize| row.get(column).and_then(|value| value.parse::<f32>().ok());
    let width_px = lines.next().and_then(|row| number(&row, LEFT + 2)).unwrap_or(size.width_pt).max(1.0);
    let to_pt = size.width_pt / width_px;
    let runs = lines.filter_map(|row| {
        let (word, sure) = (row.get(WORD)?.trim(), number(&row, SURE)?);
        if word.is_empty() || sure < SURE_WORD / 2.0 {
            return None;
        }
        let [x, y, w, h] = [0, 1, 2, 3].map(|column| number(&row, LEFT + column).unwrap_or_default() * to_pt);
        let letters = u16::try_from(word.chars().count()).unwrap_or(u16::MAX);
        let unsure = if sure < SURE_WORD { (0..letters).collect() } else { vec![] };
        Some(TextRun { text: word.to_owned(), x, y, w, h, starts: vec![], unsure, sure: Some(sure / 100.0) })
    });
    ScannedPage { turn: 0, skew: 0.0, size, runs: runs.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_table_stand_where_it_says() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t1000\t2000\t-1\t\n\
            5\t1\t1\t1\t1\t1\t100\t200\t50\t20\t95.5\t借条\n\
            5\t1\t1\t1\t1\t2\t160\t200\t50\t20\t61\t今借\n\
            5\t1\t1\t1\t1\t3\t160\t200\t50\t20\t12\t墨迹\n";
        let read = page(table, PageSize { width_pt: 500.0, height_pt: 1000.0 });
        let words: Vec<&str> = read.runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(words, ["借条", "今借"]);
        assert_eq!((read.runs[0].x, read.runs[0].y, read.runs[0].w), (50.0, 100.0, 25.0));
        assert!(read.runs[0].unsure.is_empty() && read.runs[1].unsure == [0, 1]);
    }
}
