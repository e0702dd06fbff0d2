//! Images of pages: drawn in the confined process once, then kept in memory for a while.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use axum::{
    body::Body,
    http::{HeaderValue, header},
};
use bytes::Bytes;
use xiezhi_app::flights::Flights;
use xiezhi_domain::material::FileRef;

use crate::http::prelude::*;

/// The width of a small page beside the reader.
pub const THUMB_PX: u32 = 168;
/// Widths that pages are drawn in; others would fill the cache for nothing.
const WIDTHS_PX: [u32; 5] = [THUMB_PX, 480, 900, 1400, 2000];
/// Most bytes of drawn pages a node keeps.
const KEPT_BYTES: usize = 96 * 1024 * 1024;

type Key = (String, u32, u32);

/// Drawn pages, the least recently used thrown out first.
#[derive(Default)]
struct Kept {
    pages: HashMap<Key, (u64, Bytes)>,
    tick: u64,
    bytes: usize,
}

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);
/// Pages that are drawn just now.
static DRAWING: LazyLock<Flights> = LazyLock::new(Flights::default);

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
    let known = || KEPT.lock().expect("nobody panics while holding it").get(&key);
    if let Some(known) = known() {
        return Ok(known);
    }
    let _alone = DRAWING.alone(&format!("{}/{}/{}", key.0, key.1, key.2)).await;
    if let Some(known) = known() {
        return Ok(known);
    }
    let made = Bytes::from(make.await?);
    KEPT.lock().expect("nobody panics while holding it").put(key, made.clone());
    Ok(made)
}

/// The image of a page.
pub async fn page(app: &App, file: &FileRef, page: u32, width_px: u32) -> Result<Bytes, AppError> {
    app.refuse_infected(&file.sha256).await?;
    derived((file.sha256.clone(), page, width_px), async {
        app.ports().reading.page_image(&app.kept(&file.sha256)?, page, width_px).await
    })
    .await
}

/// The image of a page, as a browser gets it.
pub async fn jpeg(app: &App, file: &FileRef, no: u32, width_px: u32) -> Result<Sent<Jpeg>, Problem> {
    let mut response = Body::from(page(app, file, no, width_px).await?).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    Ok(response.into())
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
        assert_eq!(width(Some(200)), 480);
        assert_eq!(width(Some(1000)), 1400);
        assert_eq!(width(Some(u32::MAX)), 2000);
    }
}
