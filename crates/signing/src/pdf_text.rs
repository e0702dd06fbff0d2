//! Text and moments as PDF strings.

use jiff::Timestamp;
use jiff::tz::offset;
use lopdf::{Object, StringFormat};

/// A text string: UTF-16 with its mark, so that Chinese names read everywhere.
pub(crate) fn text(words: &str) -> Object {
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Reads a text string.
pub(crate) fn read_text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    let Some(units) = bytes.strip_prefix(&[0xfe, 0xff]) else {
        return Some(bytes.iter().map(|byte| char::from(*byte)).collect());
    };
    let units: Vec<u16> = units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}

/// A moment, in the court's time.
pub(crate) fn moment(at: Timestamp) -> Object {
    let local = offset(8).to_datetime(at);
    let text = local.strftime("D:%Y%m%d%H%M%S+08'00'").to_string();
    Object::String(text.into_bytes(), StringFormat::Literal)
}

/// Reads a moment; one without an offset is none.
pub(crate) fn read_moment(object: &Object) -> Option<Timestamp> {
    let text = std::str::from_utf8(object.as_str().ok()?).ok()?;
    let text = text.strip_prefix("D:")?.replace('\'', "").replace('Z', "+0000");
    Timestamp::strptime("%Y%m%d%H%M%S%z", text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_names_read_back() {
        let at: Timestamp = "2026-11-22T23:59:59+08:00".parse().expect("a moment");
        assert_eq!(read_moment(&moment(at)), Some(at));
        assert_eq!(read_text(&text("獬豸 𠅤")).as_deref(), Some("獬豸 𠅤"));
    }
}
