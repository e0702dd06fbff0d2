//! Files that are archives of parts in XML.

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::sheet::clean;

/// Text as XML has it.
pub(crate) fn escaped(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// An archive of parts, in their order. It has no day of its own: the same parts give the same bytes.
pub(crate) fn packed(parts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, bytes) in parts {
        archive.start_file(name, options).expect("a part's name is short and its own");
        archive.write_all(&bytes).expect("memory takes it");
    }
    archive.finish().expect("memory takes it").into_inner()
}
