//! Pictures as pages, the way up in which they were taken.

use std::io::Cursor;

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbImage};

use crate::{Kind, Limits, PageSize, ReadingProblem};
use crate::{heic, jpeg, tiff};

/// Channels, width and height, and turn of a picture that needs no decoding.
pub(crate) type AsItIs = (u8, (u32, u32), Quarter);

/// How a picture was taken, as a turn that a page can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quarter {
    None,
    One,
    Two,
    Three,
}

impl Quarter {
    /// The turn that brings it upright; nothing of one that was mirrored.
    fn of(orientation: Orientation) -> Option<Self> {
        Some(match orientation {
            Orientation::NoTransforms => Self::None,
            Orientation::Rotate90 => Self::One,
            Orientation::Rotate180 => Self::Two,
            Orientation::Rotate270 => Self::Three,
            _ => return None,
        })
    }

    /// Clockwise, in degrees.
    pub(crate) fn degrees(self) -> i64 {
        match self {
            Self::None => 0,
            Self::One => 90,
            Self::Two => 180,
            Self::Three => 270,
        }
    }
}

/// A picture file, of one page or (as TIFF) several.
pub(crate) struct Picture {
    /// None of HEIC, which has a decoder of its own.
    format: Option<ImageFormat>,
    bytes: Vec<u8>,
    limits: Limits,
}

impl Picture {
    /// Takes a file of a kind that can be decoded.
    pub(crate) fn open(kind: Kind, bytes: Vec<u8>, limits: Limits) -> Result<Self, ReadingProblem> {
        let format = match kind {
            Kind::Jpeg => Some(ImageFormat::Jpeg),
            Kind::Png => Some(ImageFormat::Png),
            Kind::Tiff => Some(ImageFormat::Tiff),
            Kind::Webp => Some(ImageFormat::WebP),
            Kind::Bmp => Some(ImageFormat::Bmp),
            Kind::Heic => None,
            _ => return Err(ReadingProblem::Unsupported),
        };
        Ok(Self { format, bytes, limits })
    }

    /// Measures every page as it is looked at.
    pub(crate) fn sizes(mut self) -> Result<Vec<PageSize>, ReadingProblem> {
        if self.format != Some(ImageFormat::Tiff) {
            return Ok(vec![self.size()?]);
        }
        let mut sizes = Vec::new();
        for offset in tiff::page_offsets(&self.bytes) {
            tiff::turn_to(&mut self.bytes, offset);
            sizes.push(self.size()?);
        }
        if sizes.is_empty() { Err(ReadingProblem::Damaged) } else { Ok(sizes) }
    }

    /// The channels, size and turn of a JPEG that a PDF can take byte for byte; nothing of any other picture.
    pub(crate) fn as_it_is(&self, no: u32) -> Result<Option<AsItIs>, ReadingProblem> {
        let Some(format @ ImageFormat::Jpeg) = self.format else { return Ok(None) };
        if no != 0 {
            return Err(ReadingProblem::NoSuchPage);
        }
        let mut decoder = self.decoder(format)?;
        let size = decoder.dimensions();
        let Some(channels @ (1 | 3)) = jpeg_channels(&self.bytes) else { return Ok(None) };
        let quarter = Quarter::of(decoder.orientation().map_err(problem)?);
        Ok(quarter.map(|quarter| (channels, size, quarter)))
    }

    /// Decodes a page upright, no wider than asked; a small picture is not blown up.
    pub(crate) fn image(mut self, no: u32, width_px: u32) -> Result<RgbImage, ReadingProblem> {
        self.turn_to(no)?;
        let mut picture = match self.format {
            Some(format) => self.decoded(format)?,
            None => heic::decode(&self.bytes, &self.limits)?,
        };
        if picture.width() > width_px.max(1) {
            picture = picture.resize(width_px.max(1), u32::MAX, FilterType::Triangle);
        }
        Ok(on_white(picture))
    }

    fn decoded(&self, format: ImageFormat) -> Result<DynamicImage, ReadingProblem> {
        let mut decoder = self.decoder(format)?;
        let orientation = decoder.orientation().map_err(problem)?;
        let mut picture = DynamicImage::from_decoder(decoder).map_err(problem)?;
        picture.apply_orientation(orientation);
        Ok(picture)
    }

    fn turn_to(&mut self, no: u32) -> Result<(), ReadingProblem> {
        if self.format == Some(ImageFormat::Tiff) {
            let offsets = tiff::page_offsets(&self.bytes);
            let offset = offsets.get(no as usize).ok_or(ReadingProblem::NoSuchPage)?;
            tiff::turn_to(&mut self.bytes, *offset);
            return Ok(());
        }
        if no == 0 { Ok(()) } else { Err(ReadingProblem::NoSuchPage) }
    }

    fn size(&self) -> Result<PageSize, ReadingProblem> {
        let Some(format) = self.format else { return heic::size(&self.bytes, &self.limits) };
        let mut decoder = self.decoder(format)?;
        let (width, height) = decoder.dimensions();
        let (width, height) = match decoder.orientation().map_err(problem)? {
            orientation if is_on_its_side(orientation) => (height, width),
            _ => (width, height),
        };
        Ok(PageSize { width_pt: width as f32, height_pt: height as f32 })
    }

    /// Reads the header, and refuses a picture of too many pixels before any is decoded.
    fn decoder(&self, format: ImageFormat) -> Result<impl ImageDecoder + '_, ReadingProblem> {
        let mut reader = ImageReader::with_format(Cursor::new(&self.bytes[..]), format);
        let mut limits = image::Limits::default();
        limits.max_alloc = Some(self.limits.memory_bytes / 2);
        reader.limits(limits);
        let decoder = reader.into_decoder().map_err(problem)?;
        let (width, height) = decoder.dimensions();
        match u64::from(width) * u64::from(height) {
            0 => Err(ReadingProblem::Damaged),
            pixels if pixels > self.limits.pixels => Err(ReadingProblem::TooLarge),
            _ => Ok(decoder),
        }
    }
}

/// Encodes a page image as JPEG, of which no side has more than 65,535 pixels.
pub(crate) fn to_jpeg(page: &RgbImage) -> Result<Vec<u8>, ReadingProblem> {
    let is_room = |side: u32| (1..=u32::from(u16::MAX)).contains(&side);
    match is_room(page.width()) && is_room(page.height()) {
        true => Ok(jpeg::encode(page)),
        false => Err(ReadingProblem::TooLarge),
    }
}

/// How many channels a JPEG has, by the header of its frame.
fn jpeg_channels(jpeg: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let [0xff, marker, high, low] = *jpeg.get(at..at + 4)? else { return None };
        match marker {
            0xc4 | 0xc8 | 0xcc => {}
            0xc0..=0xcf => return jpeg.get(at + 9).copied(),
            0xda => return None,
            _ => {}
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
}

fn is_on_its_side(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// What shines through is paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut page = RgbImage::new(picture.width(), picture.height());
    for (to, from) in page.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        to.0 = [red, green, blue].map(|ink| ((ink * alpha + 255 * (255 - alpha)) / 255) as u8);
    }
    page
}

fn problem(error: ImageError) -> ReadingProblem {
    match error {
        ImageError::Limits(_) => ReadingProblem::TooLarge,
        ImageError::Unsupported(_) => ReadingProblem::Unsupported,
        _ => ReadingProblem::Damaged,
    }
}
