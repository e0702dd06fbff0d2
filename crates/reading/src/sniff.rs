//! What a file is, by its content.

use std::io::{self, Read, Seek, SeekFrom};

use crate::Kind;
use crate::zip;

/// How much of the beginning is looked at.
const HEAD_BYTES: u64 = 64 * 1024;
/// Readers of PDF accept other bytes before the header, up to here.
const PDF_HEADER_WITHIN_BYTES: usize = 1024;

/// Tells what a file is by its content.
///
/// # Errors
/// If it cannot be read; a content that makes no sense is [`Kind::Unknown`].
pub fn sniff(file: &mut (impl Read + Seek)) -> io::Result<Kind> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    let kind = match head.as_slice() {
        [b'P', b'K', 3, 4, ..] => package(file)?,
        head => by_head(head),
    };
    Ok(kind.unwrap_or(Kind::Unknown))
}

fn by_head(head: &[u8]) -> Option<Kind> {
    by_signature(head)
        .or_else(|| riff(head))
        .or_else(|| boxed_media(head))
        .or_else(|| is_pdf(head).then_some(Kind::Pdf))
        .or_else(|| is_bitmap(head).then_some(Kind::Bmp))
        .or_else(|| is_mp3(head).then_some(Kind::Mp3))
        .or_else(|| is_text(head).then_some(Kind::Text))
}

fn by_signature(head: &[u8]) -> Option<Kind> {
    let signatures: [(&[u8], Kind); 5] = [
        (b"\xff\xd8\xff", Kind::Jpeg),
        (b"\x89PNG\r\n\x1a\n", Kind::Png),
        (b"II*\0", Kind::Tiff),
        (b"MM\0*", Kind::Tiff),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Ole),
    ];
    signatures.into_iter().find(|(start, _)| head.starts_with(start)).map(|(_, kind)| kind)
}

fn riff(head: &[u8]) -> Option<Kind> {
    match (head.get(..4)?, head.get(8..12)?) {
        (b"RIFF", b"WEBP") => Some(Kind::Webp),
        (b"RIFF", b"WAVE") => Some(Kind::Wav),
        _ => None,
    }
}

/// The ISO container of films, sound and HEIC pictures says by its brand which it is.
fn boxed_media(head: &[u8]) -> Option<Kind> {
    if head.get(4..8)? != b"ftyp" {
        return None;
    }
    match head.get(8..12)? {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1" => Some(Kind::Heic),
        b"qt  " | b"isom" | b"iso2" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" => Some(Kind::Mp4),
        [b'M', b'4', b'V' | b'A', _] | [b'3', b'g', b'p', _] => Some(Kind::Mp4),
        _ => None,
    }
}

fn is_pdf(head: &[u8]) -> bool {
    let header = &head[..head.len().min(PDF_HEADER_WITHIN_BYTES)];
    header.windows(5).any(|five| five == b"%PDF-")
}

/// Two letters prove little, so the length of the header that follows must be one that exists.
fn is_bitmap(head: &[u8]) -> bool {
    let header_bytes = head.get(14..18).and_then(|length| length.try_into().ok());
    let known = [12, 40, 52, 56, 64, 108, 124];
    head.starts_with(b"BM") && header_bytes.map(u32::from_le_bytes).is_some_and(|n| known.contains(&n))
}

/// A tag, or the head of a frame of layer III with a bit rate and a sampling rate that exist.
fn is_mp3(head: &[u8]) -> bool {
    match head {
        [b'I', b'D', b'3', ..] => true,
        [0xff, second, third, ..] => {
            second & 0xe0 == 0xe0 && (second >> 1) & 3 == 1 && !matches!(third >> 4, 0 | 15) && (third >> 2) & 3 != 3
        }
        _ => false,
    }
}

fn is_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return head.len().is_multiple_of(2);
    }
    !head.is_empty() && !head.iter().any(|byte| is_control(*byte)) && (is_utf8(head) || is_gb18030(head))
}

fn is_control(byte: u8) -> bool {
    byte == 0x7f || (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c))
}

/// The head may end within a character.
fn is_utf8(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

fn is_gb18030(head: &[u8]) -> bool {
    let mut rest = head;
    while let [first, after @ ..] = rest {
        rest = match (first, after) {
            (0..=0x7f, _) => after,
            (0x81..=0xfe, [0x40..=0x7e | 0x80..=0xfe, after @ ..]) => after,
            (0x81..=0xfe, [0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, after @ ..]) => after,
            (0x81..=0xfe, after) => return after.len() < 3 && head.len() as u64 == HEAD_BYTES,
            _ => return false,
        };
    }
    true
}

/// A package is what its parts say.
fn package(file: &mut (impl Read + Seek)) -> io::Result<Option<Kind>> {
    let Some(directory) = zip::Directory::read(file)? else {
        return Ok(None);
    };
    let parts = [("word/document.xml", Kind::Docx), ("xl/workbook.xml", Kind::Xlsx), ("OFD.xml", Kind::Ofd)];
    Ok(parts.into_iter().find(|(name, _)| directory.has(name)).map(|(_, kind)| kind))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn check(content: &[u8], expected: Kind) {
        assert_eq!(sniff(&mut Cursor::new(content)).expect("memory can be read"), expected);
    }

    #[test]
    fn a_kind_is_told_by_the_first_bytes() {
        let table: [(&[u8], Kind); 14] = [
            (b"%PDF-1.7\n", Kind::Pdf),
            (b"junk before\n%PDF-1.4", Kind::Pdf),
            (b"\xff\xd8\xff\xe0", Kind::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Kind::Png),
            (b"II*\0\x08\0\0\0", Kind::Tiff),
            (b"MM\0*\0\0\0\x08", Kind::Tiff),
            (b"RIFF\0\0\0\0WEBPVP8 ", Kind::Webp),
            (b"RIFF\0\0\0\0WAVEfmt ", Kind::Wav),
            (b"BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0", Kind::Bmp),
            (b"\0\0\0\x18ftypheic", Kind::Heic),
            (b"\0\0\0\x18ftypmp42", Kind::Mp4),
            (b"ID3\x04", Kind::Mp3),
            (b"\xff\xfb\x90\x64", Kind::Mp3),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Ole),
        ];
        table.into_iter().for_each(|(content, kind)| check(content, kind));
    }

    #[test]
    fn text_is_text_in_the_encodings_of_chinese_desks() {
        check("起诉状\n".as_bytes(), Kind::Text);
        check(b"\xc6\xf0\xcb\xdf\xd7\xb4\r\n", Kind::Text);
        check(b"\xff\xfe\x77\x8d", Kind::Text);
        check(b"<svg onload='x'/>", Kind::Text);
    }

    #[test]
    fn what_is_nothing_known_is_unknown() {
        check(b"", Kind::Unknown);
        check(b"MZ\x90\0\x03\0\0\0", Kind::Unknown);
        check(b"BM is how this sentence begins\0", Kind::Unknown);
        check(b"PK\x03\x04 and then nothing", Kind::Unknown);
    }
}
