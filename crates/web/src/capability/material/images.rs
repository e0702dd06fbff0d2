//! Pages of papers as images and text: read in the confined process once, then kept in memory for a while.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use bytes::Bytes;
use xiezhi_app::{App, AppError};
use xiezhi_domain::material::FileRef;

/// The width of a small page beside the reader.
pub const THUMB_PX: u32 = 168;
/// Widths that pages are drawn in; others would fill the cache for nothing.
const WIDTHS_PX: [u32; 4] = [THUMB_PX, 900, 1400, 2000];
/// Most bytes of drawn pages a node keeps.
const KEPT_BYTES: usize = 96 * 1024 * 1024;
/// Pages searched at most in one paper.
const SEARCHED_PAGES: u32 = 200;

type Key = (String, u32, u32);

/// Drawn pages, the least recently used thrown out first.
#[derive(Default)]
struct Kept {
    pages: HashMap<Key, (u64, Bytes)>,
    tick: u64,
    bytes: usize,
}

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

impl Kept {
    fn get(&mut self, key: &Key) -> Option<Bytes> {
        self.tick += 1;
        let tick = self.tick;
        self.pages.get_mut(key).map(|(used, bytes)| {
            *used = tick;
            bytes.clone()
        })
    }

    fn put(&mut self, key: Key, bytes: Bytes) {
        self.tick += 1;
        self.bytes += bytes.len();
        if let Some((_, old)) = self.pages.insert(key, (self.tick, bytes)) {
            self.bytes -= old.len();
        }
        while self.bytes > KEPT_BYTES {
            let oldest = self.pages.iter().min_by_key(|(_, (used, _))| *used).map(|(key, _)| key.clone());
            let Some((_, gone)) = oldest.and_then(|key| self.pages.remove(&key)) else { return };
            self.bytes -= gone.len();
        }
    }
}

/// The width that is drawn for a wish.
pub fn width(wish: Option<u32>) -> u32 {
    let wish = wish.unwrap_or(900);
    WIDTHS_PX.into_iter().find(|width| *width >= wish).unwrap_or(2000)
}

/// What is derived of a page, kept or made now.
async fn derived<F>(key: Key, make: F) -> Result<Bytes, AppError>
where
    F: Future<Output = Result<Vec<u8>, AppError>>,
{
    let known = KEPT.lock().expect("nobody panics while holding it").get(&key);
    if let Some(known) = known {
        return Ok(known);
    }
    let made = Bytes::from(make.await?);
    KEPT.lock().expect("nobody panics while holding it").put(key, made.clone());
    Ok(made)
}

/// The image of a page.
pub async fn page(app: &App, file: &FileRef, page: u32, width_px: u32) -> Result<Bytes, AppError> {
    derived((file.sha256.clone(), page, width_px), async {
        let bytes = app.bytes(&file.sha256).await?;
        app.ports().reading.page_image(bytes, page, width_px).await
    })
    .await
}

/// The text of a page; nothing where none can be read.
pub async fn text(app: &App, file: &FileRef, page: u32) -> String {
    if page > file.pages {
        return String::new();
    }
    let read = derived((file.sha256.clone(), page, 0), async {
        let bytes = app.bytes(&file.sha256).await?;
        let runs = app.ports().reading.page_text(bytes, page).await?;
        Ok(joined(&runs).into_bytes())
    });
    read.await.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Runs of text as lines: a run that does not stand beside the one before begins a new line.
fn joined(runs: &[xiezhi_app::ports::TextRun]) -> String {
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

/// On which pages the words stand, and how often. Spaces and line ends don't part words.
pub async fn find(app: &App, file: &FileRef, words: &str) -> Vec<(u32, usize)> {
    let wanted: String = words.split_whitespace().collect();
    let mut hits = vec![];
    for page in 1..=file.pages.min(SEARCHED_PAGES) {
        let text: String = text(app, file, page).await.split_whitespace().collect();
        let count = text.matches(&wanted).count();
        if count > 0 && !wanted.is_empty() {
            hits.push((page, count));
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_used_longest_ago_goes_first() {
        let mut kept = Kept::default();
        let key = |page| ("a".to_owned(), page, 900);
        kept.put(key(1), Bytes::from(vec![0; KEPT_BYTES / 2]));
        kept.put(key(2), Bytes::from(vec![0; KEPT_BYTES / 2]));
        assert!(kept.get(&key(1)).is_some());
        kept.put(key(3), Bytes::from(vec![0; 10]));
        assert!(kept.get(&key(1)).is_some() && kept.get(&key(2)).is_none());
        assert!(kept.bytes <= KEPT_BYTES);
    }

    #[test]
    fn a_wish_for_any_width_is_drawn_in_one_of_few() {
        assert_eq!(width(None), 900);
        assert_eq!(width(Some(1)), THUMB_PX);
        assert_eq!(width(Some(1000)), 1400);
        assert_eq!(width(Some(u32::MAX)), 2000);
    }
}
