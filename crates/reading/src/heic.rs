//! HEIC, as telephones take pictures: turned and cropped as the file says.

use heic_decoder::{DecodedImage, HeifError, ImageInfo};
use image::{DynamicImage, RgbImage};

use crate::{Limits, PageSize, ReadingProblem};

/// Measures the picture without decoding it.
pub(crate) fn size(bytes: &[u8], limits: &Limits) -> Result<PageSize, ReadingProblem> {
    let ImageInfo { width, height, coded_width, coded_height, .. } = heic_decoder::probe(bytes).map_err(problem)?;
    let coded = (coded_width as u64).saturating_mul(coded_height as u64);
    match (width as u64).saturating_mul(height as u64).max(coded) {
        0 => Err(ReadingProblem::Damaged),
        pixels if pixels > limits.pixels => Err(ReadingProblem::TooLarge),
        _ => Ok(PageSize { width_pt: width as f32, height_pt: height as f32 }),
    }
}

/// Decodes the picture, if it is not too large.
pub(crate) fn decode(bytes: &[u8], limits: &Limits) -> Result<DynamicImage, ReadingProblem> {
    size(bytes, limits)?;
    let decoded: DecodedImage = heic_decoder::decode(bytes).map_err(problem)?;
    let picture = decoded.to_rgb8().map_err(problem)?;
    let side = |side: usize| u32::try_from(side).map_err(|_| ReadingProblem::TooLarge);
    let (width, height) = (side(picture.width)?, side(picture.height)?);
    RgbImage::from_raw(width, height, picture.data).map(DynamicImage::ImageRgb8).ok_or(ReadingProblem::Damaged)
}

fn problem(error: HeifError) -> ReadingProblem {
    match error {
        HeifError::LimitExceeded(_) => ReadingProblem::TooLarge,
        HeifError::Unsupported(_) => ReadingProblem::Unsupported,
        _ => ReadingProblem::Damaged,
    }
}
