//! Text layers of files: read in the confined process once, then kept in memory for a while. What a file brings is
//! never written down: what is erased lawfully leaves nothing behind. What was recognised on scans is (`scans.rs`).

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
    time::Duration,
};

use xiezhi_domain::material::FileRef;

use crate::{
    App, AppError,
    flights::Flights,
    ports::{PageText, Source, TextRun},
    scans,
};

/// Most bytes of text a node keeps, as far as they can be counted.
const KEPT_BYTES: usize = 64 * 1024 * 1024;
/// A layer of which pages still wait to be recognised is asked for again after so long: another node may read them.
const AGAIN_US: i64 = 3_000_000;
/// What a run takes beside its letters.
const RUN_BYTES: usize = 64;

/// The pages of a file with their text.
pub type TextLayer = Arc<Vec<PageText>>;

/// Text layers by the hash of their file, the least recently used thrown out first.
#[derive(Default)]
struct Kept {
    layers: HashMap<String, (u64, usize, TextLayer)>,
    /// Until when those that wait are good.
    until: HashMap<String, i64>,
    tick: u64,
    bytes: usize,
}

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);
/// Files whose text is read just now.
static READING: LazyLock<Flights> = LazyLock::new(Flights::default);
/// A file of more pages is not waited for by whoever opens it.
const THICK_PAGES: u32 = 50;
/// Nor for longer than this.
const SOON: Duration = Duration::from_millis(100);

impl Kept {
    fn get(&mut self, sha256: &str, now_us: i64) -> Option<TextLayer> {
        if self.until.get(sha256).is_some_and(|until| *until < now_us) {
            self.forget(sha256);
        }
        self.tick += 1;
        let tick = self.tick;
        self.layers.get_mut(sha256).map(|(used, _, layer)| {
            *used = tick;
            Arc::clone(layer)
        })
    }

    fn forget(&mut self, sha256: &str) {
        self.until.remove(sha256);
        if let Some((_, bytes, _)) = self.layers.remove(sha256) {
            self.bytes -= bytes;
        }
    }

    fn put(&mut self, sha256: &str, layer: &TextLayer, now_us: i64) {
        self.tick += 1;
        self.until.remove(sha256);
        if layer.iter().any(|page| page.source == Source::Awaited) {
            self.until.insert(sha256.to_owned(), now_us + AGAIN_US);
        }
        let bytes = size(layer);
        self.bytes += bytes;
        if let Some((_, old, _)) = self.layers.insert(sha256.to_owned(), (self.tick, bytes, Arc::clone(layer))) {
            self.bytes -= old;
        }
        while self.bytes > KEPT_BYTES {
            let oldest = self.layers.iter().min_by_key(|(_, (used, ..))| *used).map(|(sha256, _)| sha256.clone());
            let Some(oldest) = oldest else { return };
            self.forget(&oldest);
        }
    }
}

fn size(layer: &[PageText]) -> usize {
    let runs = layer.iter().flat_map(|page| &page.runs);
    layer.len() * RUN_BYTES + runs.map(|run| run.text.len() + RUN_BYTES).sum::<usize>()
}

/// Forgets the layer of a file, of which there is more to read, or nothing.
pub(crate) fn forget(sha256: &str) {
    KEPT.lock().expect("nobody panics while holding it").forget(sha256);
}

impl App {
    /// The pages of a file with their text, kept or read now. A file that cannot be read has no pages. A scan that nobody
    /// wanted yet is wanted now.
    pub async fn text_layer(&self, file: &FileRef) -> TextLayer {
        if file.pages == 0 || self.refuse_infected(&file.sha256).await.is_err() {
            return Arc::default();
        }
        match self.text_layer_of(&file.sha256).await {
            Ok(layer) => {
                if layer.iter().any(|page| page.source == Source::Awaited) {
                    self.want_text(file).await;
                }
                layer
            }
            Err(fault) => {
                tracing::warn!(fault = &fault as &dyn std::error::Error, "a text layer was not read");
                Arc::default()
            }
        }
    }

    /// The same for whoever waits to see a page: of a thick file that nobody opened for a while, the text is read on
    /// beside, and comes with the next page.
    pub async fn text_layer_soon(&self, file: &FileRef) -> TextLayer {
        if file.pages <= THICK_PAGES {
            return self.text_layer(file).await;
        }
        let (app, file) = (self.clone(), file.clone());
        let read = tokio::spawn(async move { app.text_layer(&file).await });
        match tokio::time::timeout(SOON, read).await {
            Ok(Ok(layer)) => layer,
            _ => TextLayer::default(),
        }
    }

    /// The pages of a file by its hash, with their text: its own, else what was recognised.
    pub(crate) async fn text_layer_of(&self, sha256: &str) -> Result<TextLayer, AppError> {
        let known = || KEPT.lock().expect("nobody panics while holding it").get(sha256, self.now_us());
        if let Some(known) = known() {
            return Ok(known);
        }
        let _alone = READING.alone(sha256).await;
        if let Some(known) = known() {
            return Ok(known);
        }
        let mut layer = self.ports().reading.texts(&self.kept(sha256)?).await?;
        let mut recognised = self.recognised(sha256).await?;
        scans::lay(&mut layer, &mut recognised, self.ports().reading.recognises());
        let layer = Arc::new(layer);
        KEPT.lock().expect("nobody panics while holding it").put(sha256, &layer, self.now_us());
        Ok(layer)
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
    let letters = letters(runs);
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

/// The letters of a page as they are written, without spaces.
pub fn written(runs: &[TextRun]) -> String {
    runs.iter().flat_map(|run| run.text.chars()).filter(|letter| !letter.is_whitespace()).collect()
}

/// The letters of a page; spaces are none.
fn letters(runs: &[TextRun]) -> Vec<Letter> {
    let all = runs.iter().enumerate();
    let all = all.flat_map(|(run, text)| text.text.chars().enumerate().map(move |(at, written)| (run, at, written)));
    let written = all.filter(|(_, _, written)| !written.is_whitespace());
    written.map(|(run, at, written)| Letter { folded: folded(written), written, run, at }).collect()
}

/// Where some letters of a page stand, counted without spaces: one box for each line that they run over.
pub fn spots_of(runs: &[TextRun], from: usize, until: usize) -> Vec<Spot> {
    let letters = letters(runs);
    letters.get(from..until.min(letters.len())).map(|some| spots(runs, some)).unwrap_or_default()
}

/// A place on a page that was turned by `degrees` clockwise, as it lies on the page before.
pub fn turned_back(spot: Spot, degrees: u16) -> Spot {
    let Spot { x, y, w, h } = spot;
    match degrees % 360 {
        90 => Spot { x: y, y: 1.0 - x - w, w: h, h: w },
        180 => Spot { x: 1.0 - x - w, y: 1.0 - y - h, w, h },
        270 => Spot { x: 1.0 - y - h, y: x, w: h, h: w },
        _ => spot,
    }
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

/// The part of a run between two letters: where recognition saw them, else its length is shared among them as type is
/// set, a Chinese letter being twice as wide as a Latin one.
pub fn part_of(run: &TextRun, from: usize, until: usize) -> Spot {
    if let Some(start) = run.starts.get(from) {
        let share = |start: &u16| f32::from(*start) / 1000.0;
        let (start, end) = (share(start), run.starts.get(until).map_or(1.0, share));
        return Spot { x: run.x + run.w * start, y: run.y, w: run.w * (end - start), h: run.h };
    }
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
pub(crate) fn folded(letter: char) -> char {
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
        TextRun { text: text.to_owned(), x, y, w, h: 0.02, ..TextRun::default() }
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
        let down = TextRun { text: "原告甲".to_owned(), x: 0.9, y: 0.1, w: 0.02, h: 0.3, ..TextRun::default() };
        let spot = find(&[down], "告")[0].spots[0];
        assert!((spot.y - 0.2).abs() < 0.001 && (spot.h - 0.1).abs() < 0.001, "{spot:?}");
    }

    #[test]
    fn recognised_letters_are_boxed_where_they_were_seen() {
        let seen = TextRun { starts: vec![0, 500, 600], ..run("借１元", 0.1, 0.1, 0.5) };
        let spot = find(&[seen], "1元")[0].spots[0];
        assert!((spot.x - 0.35).abs() < 0.001 && (spot.w - 0.25).abs() < 0.001, "{spot:?}");
    }

    #[test]
    fn letters_are_counted_without_spaces() {
        let runs = [run("甲 乙", 0.0, 0.1, 0.25), run("丙", 0.0, 0.2, 0.1)];
        let spots = spots_of(&runs, 1, 3);
        assert_eq!(spots.len(), 2);
        assert!((spots[0].x - 0.15).abs() < 0.001 && spots[1].y == 0.2, "{spots:?}");
        assert!(spots_of(&runs, 5, 9).is_empty());
    }

    #[test]
    fn nothing_is_found_of_nothing() {
        assert!(find(&[run("借款", 0.0, 0.0, 0.2)], "  ").is_empty());
        assert!(find(&[], "借款").is_empty());
    }
}
