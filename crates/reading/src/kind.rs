//! What a file can be.

use serde::{Deserialize, Serialize};

/// What a file is, told by its content and never by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A PDF document.
    Pdf,
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A TIFF picture, of one page or several.
    Tiff,
    /// A WebP picture.
    Webp,
    /// A BMP picture.
    Bmp,
    /// A HEIC picture, as telephones take them.
    Heic,
    /// A Word document of 2007 or later.
    Docx,
    /// An Excel workbook of 2007 or later.
    Xlsx,
    /// A document of an office program before 2007, or an encrypted one of any year.
    Ole,
    /// A fixed-layout document of the national standard (版式文档 OFD).
    Ofd,
    /// A film (MP4 and its relatives), or sound in the same container.
    Mp4,
    /// Sound as MP3.
    Mp3,
    /// Sound as WAV.
    Wav,
    /// Plain text in UTF-8, UTF-16 or GB 18030.
    Text,
    /// Something else.
    Unknown,
}

impl Kind {
    /// Returns what a file name claims by its ending, if it claims anything known.
    pub fn claimed_by(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "pdf" => Self::Pdf,
            "jpg" | "jpeg" | "jfif" => Self::Jpeg,
            "png" => Self::Png,
            "tif" | "tiff" => Self::Tiff,
            "webp" => Self::Webp,
            "bmp" => Self::Bmp,
            "heic" | "heif" => Self::Heic,
            "docx" => Self::Docx,
            "xlsx" => Self::Xlsx,
            "doc" | "xls" | "wps" => Self::Ole,
            "ofd" => Self::Ofd,
            "mp4" | "m4v" | "m4a" | "mov" | "3gp" => Self::Mp4,
            "mp3" => Self::Mp3,
            "wav" => Self::Wav,
            "txt" | "csv" => Self::Text,
            _ => return None,
        })
    }

    /// Returns what the name claims, if the content is something else.
    pub fn mislabelled_as(self, name: &str) -> Option<Self> {
        Self::claimed_by(name).filter(|claimed| *claimed != self)
    }

    /// Returns the media type under which such a file may be handed out.
    ///
    /// Text is never more than plain: markup and scripts in it stay letters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Tiff => "image/tiff",
            Self::Webp => "image/webp",
            Self::Bmp => "image/bmp",
            Self::Heic => "image/heic",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ole => "application/x-ole-storage",
            Self::Ofd => "application/ofd",
            Self::Mp4 => "video/mp4",
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
            Self::Text => "text/plain",
            Self::Unknown => "application/octet-stream",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_tells_the_truth_is_no_mislabel() {
        assert_eq!(Kind::Jpeg.mislabelled_as("合同.JPEG"), None);
        assert_eq!(Kind::Unknown.mislabelled_as("合同"), None);
        assert_eq!(Kind::Unknown.mislabelled_as("合同.xyz"), None);
    }

    #[test]
    fn a_name_that_claims_another_kind_is_reported() {
        assert_eq!(Kind::Unknown.mislabelled_as("合同.pdf"), Some(Kind::Pdf));
        assert_eq!(Kind::Ole.mislabelled_as("合同.docx"), Some(Kind::Docx));
    }
}
