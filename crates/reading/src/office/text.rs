//! Plain text in the encodings of Chinese desks.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::flow::Piece;

/// Reads text: by its mark, else as UTF-8 if it is that, else as GB 18030.
pub(super) fn read(bytes: &[u8]) -> Vec<Piece> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        bytes if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => GB18030,
    };
    let (text, ..) = encoding.decode(bytes);
    let page = |page: &str| page.lines().map(|line| Piece::Paragraph(line.to_owned())).collect::<Vec<_>>();
    text.split('\u{c}').map(page).collect::<Vec<_>>().join(&Piece::Break)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_says_the_same() {
        let expected = [Piece::Paragraph("起诉状".to_owned())];
        assert_eq!(read("起诉状\n".as_bytes()), expected);
        assert_eq!(read(b"\xc6\xf0\xcb\xdf\xd7\xb4\r\n"), expected);
        assert_eq!(read(b"\xff\xfe\x77\x8d\xc9\x8b\xb6\x72"), expected);
    }
}
