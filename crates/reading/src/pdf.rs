//! Pages of a PDF: their sizes, their images, their text.

use std::path::Path;

use hayro::hayro_interpret::{Context, InterpreterCache, TransformExt, interpret_page};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::kurbo::Rect;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::RgbImage;

use crate::fonts;
use crate::text::TextLayer;
use crate::{PageSize, ReadingProblem, TextRun};

/// A bundle of more pages is refused as a whole.
const MOST_PAGES: usize = 20_000;
/// The longer side of a page image, whatever its page claims to measure.
const LONGEST_SIDE_PX: f32 = 8_000.0;

/// An opened PDF and where its missing fonts are found.
pub(crate) struct Document<'f> {
    pdf: Pdf,
    fonts: Option<&'f Path>,
}

impl<'f> Document<'f> {
    /// Opens a PDF without a password.
    pub(crate) fn open(bytes: Vec<u8>, fonts: Option<&'f Path>) -> Result<Self, ReadingProblem> {
        let pdf = Pdf::new(bytes).map_err(problem)?;
        match pdf.pages().len() {
            0 => Err(ReadingProblem::Empty),
            count if count > MOST_PAGES => Err(ReadingProblem::TooLarge),
            _ => Ok(Self { pdf, fonts }),
        }
    }

    /// Measures every page as it is looked at.
    pub(crate) fn sizes(&self) -> Vec<PageSize> {
        self.pdf.pages().iter().map(size).collect()
    }

    /// Measures a page as it is looked at.
    pub(crate) fn size(&self, no: u32) -> Result<PageSize, ReadingProblem> {
        self.page(no).map(size)
    }

    /// Draws a page on white.
    pub(crate) fn image(&self, no: u32, width_px: u32) -> Result<RgbImage, ReadingProblem> {
        let page = self.page(no)?;
        let (scale, settings) = (scale(size(page), width_px)?, fonts::settings(self.fonts));
        let drawn = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &scale);
        let (width, height) = (drawn.width().into(), drawn.height().into());
        let opaque = drawn.data_as_u8_slice().chunks_exact(4).flat_map(|rgba| [rgba[0], rgba[1], rgba[2]]);
        RgbImage::from_raw(width, height, opaque.collect()).ok_or(ReadingProblem::Damaged)
    }

    /// Gathers the text of a page. A scan without a text layer has none.
    pub(crate) fn text(&self, no: u32) -> Result<Vec<TextRun>, ReadingProblem> {
        let page = self.page(no)?;
        let PageSize { width_pt, height_pt } = size(page);
        let whole = Rect::new(0.0, 0.0, width_pt.into(), height_pt.into());
        let upright = page.initial_transform(true).to_kurbo();
        let (cache, settings) = (InterpreterCache::new(), fonts::settings(self.fonts));
        let mut layer = TextLayer::default();
        interpret_page(page, &mut Context::new(upright, whole, &cache, page.xref(), settings), &mut layer);
        Ok(layer.into_runs())
    }

    fn page(&self, no: u32) -> Result<&Page<'_>, ReadingProblem> {
        self.pdf.pages().get(no as usize).ok_or(ReadingProblem::NoSuchPage)
    }
}

fn size(page: &Page<'_>) -> PageSize {
    let (width_pt, height_pt) = page.render_dimensions();
    PageSize { width_pt, height_pt }
}

/// Fits the page to the width asked for, and to what an image may measure; never to less than a pixel.
fn scale(size: PageSize, width_px: u32) -> Result<PixmapSettings, ReadingProblem> {
    let PageSize { width_pt, height_pt } = size;
    if !(width_pt > 0.0 && height_pt > 0.0 && width_pt.is_finite() && height_pt.is_finite()) {
        return Err(ReadingProblem::Damaged);
    }
    let asked = (width_px.max(1) as f32 / width_pt).min(LONGEST_SIDE_PX / width_pt.max(height_pt));
    // The renderer cuts off fractions; the hundredth keeps a whole number whole.
    let fitted = |side_pt: f32| ((side_pt * asked).round().max(1.0) + 0.01) / side_pt;
    Ok(PixmapSettings { x_scale: fitted(width_pt), y_scale: fitted(height_pt), bg_color: WHITE })
}

fn problem(error: LoadPdfError) -> ReadingProblem {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm) => {
            ReadingProblem::Encrypted
        }
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => ReadingProblem::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixels(width_pt: f32, height_pt: f32, width_px: u32) -> (u16, u16) {
        let scale = scale(PageSize { width_pt, height_pt }, width_px).expect("the page can be drawn");
        ((width_pt * scale.x_scale) as u16, (height_pt * scale.y_scale) as u16)
    }

    #[test]
    fn a_page_is_as_wide_as_asked() {
        assert_eq!(pixels(595.276, 841.89, 1200), (1200, 1697));
    }

    #[test]
    fn a_giant_or_endless_page_is_clamped() {
        assert_eq!(pixels(14_400.0, 14_400.0, 1_000_000), (8000, 8000));
        assert_eq!(pixels(10.0, 1_000_000.0, 1200), (1, 8000));
    }

    #[test]
    fn a_page_without_a_size_is_damaged() {
        let none = PageSize { width_pt: f32::NAN, height_pt: 1.0 };
        assert!(matches!(scale(none, 100), Err(ReadingProblem::Damaged)));
    }
}
