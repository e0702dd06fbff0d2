//! What readers see of papers whose own format may not last (阅读件): an image of each page, made by the same confined
//! process that draws pages on screen. The original stays what counts; of a format that this court draws no pages of,
//! such as OFD, there is no rendition, and the test of usability says so.

use xiezhi_package::{DocumentRow, Item, layout::RENDITIONS};

use super::properties::lasts;
use crate::{App, AppError};

/// As wide as a page is drawn for reading; some 170 dots an inch of A4.
const WIDTH_PX: u32 = 1_400;

impl App {
    /// The images of the pages of every paper that needs them; the rows tell where they lie.
    pub(super) async fn renditions(&self, papers: &mut [DocumentRow]) -> Result<Vec<Item>, AppError> {
        let mut items = vec![];
        for paper in papers.iter_mut().filter(|paper| paper.newest && paper.path.is_some() && paper.pages > 0) {
            let broken = self.broken_rules(&paper.media, &paper.sha256).await?;
            if lasts(&paper.media, broken.as_deref()) == Some(true) {
                continue;
            }
            let Some(pages) = self.drawn(&paper.sha256, paper.pages).await else { continue };
            for (no, page) in (1..).zip(pages) {
                let path = format!("{RENDITIONS}{}/{:04}-{}/p{no:04}.jpg", paper.volume, paper.number, paper.kind_zh);
                paper.renditions.push(path.clone());
                items.push(Item::of(path, page));
            }
        }
        Ok(items)
    }

    /// Every page, or nothing: half a paper would pass for a whole one.
    async fn drawn(&self, sha256: &str, pages: u32) -> Option<Vec<Vec<u8>>> {
        let kept = self.kept(sha256).ok()?;
        let mut drawn = vec![];
        for no in 1..=pages {
            match self.ports().reading.page_image(&kept, no, WIDTH_PX).await {
                Ok(page) => drawn.push(page),
                Err(fault) => {
                    tracing::warn!(fault = &fault as &dyn std::error::Error, no, "a page has no rendition");
                    return None;
                }
            }
        }
        Some(drawn)
    }
}
