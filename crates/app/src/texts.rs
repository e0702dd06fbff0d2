//! Text layers of files: read in the confined process once, then kept in memory for a while. Never written down:
//! what is erased lawfully leaves nothing behind, and a paper of the secondary volume no text beside its ciphertext.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

use xiezhi_domain::material::FileRef;

use crate::{
    App, AppError,
    ports::{PageText, TextRun},
};

/// Most bytes of text a node keeps, as far as they can be counted.
const KEPT_BYTES: usize = 64 * 1024 * 1024;
/// What a run takes beside its letters.
const RUN_BYTES: usize = 64;

/// The pages of a file with their text.
pub type TextLayer = Arc<Vec<PageText>>;

/// Text layers by the hash of their file, the least recently used thrown out first.
#[derive(Default)]
struct Kept {
    layers: HashMap<String, (u64, usize, TextLayer)>,
    tick: u64,
    bytes: usize,
}

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

impl Kept {
    fn get(&mut self, sha256: &str) -> Option<TextLayer> {
        self.tick += 1;
        let tick = self.tick;
        self.layers.get_mut(sha256).map(|(used, _, layer)| {
            *used = tick;
            Arc::clone(layer)
        })
    }

    fn put(&mut self, sha256: &str, layer: &TextLayer) {
        self.tick += 1;
        let bytes = size(layer);
        self.bytes += bytes;
        if let Some((_, old, _)) = self.layers.insert(sha256.to_owned(), (self.tick, bytes, Arc::clone(layer))) {
            self.bytes -= old;
        }
        while self.bytes > KEPT_BYTES {
            let oldest = self.layers.iter().min_by_key(|(_, (used, ..))| *used).map(|(sha256, _)| sha256.clone());
            let Some((_, gone, _)) = oldest.and_then(|sha256| self.layers.remove(&sha256)) else { return };
            self.bytes -= gone;
        }
    }
}

fn size(layer: &[PageText]) -> usize {
    let runs = layer.iter().flat_map(|page| &page.runs);
    layer.len() * RUN_BYTES + runs.map(|run| run.text.len() + RUN_BYTES).sum::<usize>()
}

/// Whether a file of this type may carry text; of others only the sizes of their pages are known.
pub fn may_have_text(file: &FileRef) -> bool {
    file.pages > 0 && !file.media.starts_with("image/")
}

impl App {
    /// The pages of a file with their text, kept or read now. A file that cannot be read has no pages.
    pub async fn text_layer(&self, file: &FileRef) -> TextLayer {
        let known = KEPT.lock().expect("nobody panics while holding it").get(&file.sha256);
        if let Some(known) = known {
            return known;
        }
        match self.read_layer(file).await {
            Ok(layer) => {
                let layer = Arc::new(layer);
                KEPT.lock().expect("nobody panics while holding it").put(&file.sha256, &layer);
                layer
            }
            Err(fault) => {
                tracing::warn!(fault = &fault as &dyn std::error::Error, "a text layer was not read");
                Arc::default()
            }
        }
    }

    async fn read_layer(&self, file: &FileRef) -> Result<Vec<PageText>, AppError> {
        if file.pages == 0 {
            return Ok(vec![]);
        }
        let bytes = self.bytes(&file.sha256).await?;
        self.ports().reading.texts(bytes).await
    }
}

/// Runs of text as lines: a run that does not stand beside the one before begins a new line.
pub fn lines(runs: &[TextRun]) -> String {
    let mut text = String::new();
    let mut last_y = f32::MIN;
    for run in runs {
        if !text.is_empty() && (run.y - last_y).abs() > run.h * 0.5 {
            text.push('\n');
        }
        text.push_str(&run.text);
        last_y = run.y;
    }
    text
}

/// Where words stand on a page, in shares of its size.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = TextSpot)]
pub struct Spot {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

/// Words found on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Where: one box for each line that they run over.
    pub spots: Vec<Spot>,
    /// A few letters before them.
    pub before: String,
    /// Themselves, as they stand there.
    pub words: String,
    /// A few letters after them.
    pub after: String,
}

/// Letters of context on each side of what was found.
const CONTEXT: usize = 16;

/// A letter of a page: folded for comparing, as it stands, and where: run and place within it.
struct Letter {
    folded: char,
    written: char,
    run: usize,
    at: usize,
}

/// Every place of `words` on a page. Spaces and line ends don't part words; wide and narrow letters and capitals
/// are alike. What is looked for is found exactly as it is, however short.
pub fn find(runs: &[TextRun], words: &str) -> Vec<Found> {
    let wanted: Vec<char> = words.chars().filter(|letter| !letter.is_whitespace()).map(folded).collect();
    if wanted.is_empty() {
        return vec![];
    }
    let letters: Vec<Letter> = runs
        .iter()
        .enumerate()
        .flat_map(|(run, text)| text.text.chars().enumerate().map(move |(at, written)| (run, at, written)))
        .filter(|(_, _, written)| !written.is_whitespace())
        .map(|(run, at, written)| Letter { folded: folded(written), written, run, at })
        .collect();
    let mut found = vec![];
    let mut from = 0;
    while from + wanted.len() <= letters.len() {
        let until = from + wanted.len();
        if letters[from..until].iter().map(|letter| letter.folded).eq(wanted.iter().copied()) {
            found.push(told(runs, &letters, from, until));
            from = until;
        } else {
            from += 1;
        }
    }
    found
}

fn told(runs: &[TextRun], letters: &[Letter], from: usize, until: usize) -> Found {
    let text = |part: &[Letter]| part.iter().map(|letter| letter.written).collect();
    Found {
        spots: spots(runs, &letters[from..until]),
        before: text(&letters[from.saturating_sub(CONTEXT)..from]),
        words: text(&letters[from..until]),
        after: text(&letters[until..letters.len().min(until + CONTEXT)]),
    }
}

/// One box for the letters of each run.
fn spots(runs: &[TextRun], letters: &[Letter]) -> Vec<Spot> {
    let mut spots = vec![];
    for part in letters.chunk_by(|one, next| one.run == next.run) {
        if let (Some(first), Some(last)) = (part.first(), part.last()) {
            spots.push(part_of(&runs[first.run], first.at, last.at + 1));
        }
    }
    spots
}

/// The part of a run between two letters: its length is shared among them as type is set, a Chinese letter being
/// twice as wide as a Latin one.
fn part_of(run: &TextRun, from: usize, until: usize) -> Spot {
    let widths: Vec<f32> = run.text.chars().map(width).collect();
    let whole: f32 = widths.iter().sum::<f32>().max(1.0);
    let before = widths[..from].iter().sum::<f32>() / whole;
    let share = widths[from..until.min(widths.len())].iter().sum::<f32>() / whole;
    let Spot { x, y, w, h } = Spot { x: run.x, y: run.y, w: run.w, h: run.h };
    // A line of two letters and more that is higher than wide runs downwards.
    if h > w * 1.6 && widths.len() > 1 {
        return Spot { x, y: y + h * before, w, h: h * share };
    }
    Spot { x: x + w * before, y, w: w * share, h }
}

fn width(letter: char) -> f32 {
    if letter >= '\u{2e80}' { 1.0 } else { 0.5 }
}

/// A letter as it is compared: narrow, small.
fn folded(letter: char) -> char {
    let narrow = match letter {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    };
    narrow.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, x: f32, y: f32, w: f32) -> TextRun {
        TextRun { text: text.to_owned(), x, y, w, h: 0.02 }
    }

    #[test]
    fn two_letters_are_found_exactly_and_where_they_stand() {
        let found = find(&[run("借款合同纠纷", 0.1, 0.5, 0.6)], "合同");
        assert_eq!(found.len(), 1);
        let spot = found[0].spots[0];
        assert!((spot.x - 0.3).abs() < 0.001 && (spot.w - 0.2).abs() < 0.001, "{spot:?}");
        assert_eq!(
            (found[0].before.as_str(), found[0].words.as_str(), found[0].after.as_str()),
            ("借款", "合同", "纠纷")
        );
        assert!(find(&[run("合法同意", 0.0, 0.0, 0.4)], "合同").is_empty());
    }

    #[test]
    fn words_run_on_over_the_end_of_a_line() {
        let found = find(&[run("人民币壹拾", 0.1, 0.1, 0.5), run("伍万元整", 0.1, 0.13, 0.4)], "壹拾伍万");
        assert_eq!(found[0].spots.len(), 2);
        assert!((found[0].spots[0].x - 0.4).abs() < 0.001 && (found[0].spots[1].w - 0.2).abs() < 0.001);
    }

    #[test]
    fn wide_and_narrow_letters_are_alike() {
        assert_eq!(find(&[run("编号ＡＢ－０1", 0.0, 0.0, 0.5)], "ab-01").len(), 1);
    }

    #[test]
    fn a_downward_line_is_boxed_downwards() {
        let down = TextRun { text: "原告甲".to_owned(), x: 0.9, y: 0.1, w: 0.02, h: 0.3 };
        let spot = find(&[down], "告")[0].spots[0];
        assert!((spot.y - 0.2).abs() < 0.001 && (spot.h - 0.1).abs() < 0.001, "{spot:?}");
    }

    #[test]
    fn nothing_is_found_of_nothing() {
        assert!(find(&[run("借款", 0.0, 0.0, 0.2)], "  ").is_empty());
        assert!(find(&[], "借款").is_empty());
    }
}
