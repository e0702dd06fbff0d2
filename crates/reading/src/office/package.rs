//! Parts of a ZIP package, unpacked no further than they may be.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::{Limits, ReadingProblem};

/// XML of more bytes than this is a bomb.
const XML_BYTES: u64 = 64 << 20;

/// An opened package.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    left_bytes: u64,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, ReadingProblem> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadingProblem::Damaged)?;
        Ok(Self { archive, left_bytes: limits.unpacked_bytes })
    }

    /// The bytes of a part; an error if there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Vec<u8>, ReadingProblem> {
        let name = name.trim_start_matches('/');
        let part = self.archive.by_name(name).map_err(|_| ReadingProblem::Damaged)?;
        let mut bytes = Vec::new();
        // Sizes are claims: what is read is counted.
        part.take(self.left_bytes + 1).read_to_end(&mut bytes).map_err(|_| ReadingProblem::Damaged)?;
        self.left_bytes = self.left_bytes.checked_sub(bytes.len() as u64).ok_or(ReadingProblem::TooLarge)?;
        Ok(bytes)
    }

    /// A part of XML as text.
    pub(super) fn xml(&mut self, name: &str) -> Result<String, ReadingProblem> {
        let bytes = self.part(name)?;
        if bytes.len() as u64 > XML_BYTES {
            return Err(ReadingProblem::TooLarge);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(bytes);
        String::from_utf8(bytes).map_err(|_| ReadingProblem::Damaged)
    }
}

/// A path within a package, relative to the folder of another part.
pub(super) fn beside(part: &str, path: &str) -> String {
    if let Some(whole) = path.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                folders.pop();
            }
            step => folders.push(step),
        }
    }
    folders.join("/")
}

/// Reads XML without definitions of its own: those are how bombs are built.
pub(super) fn parse(xml: &str) -> Result<roxmltree::Document<'_>, ReadingProblem> {
    roxmltree::Document::parse(xml).map_err(|_| ReadingProblem::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_part_that_names_them() {
        assert_eq!(beside("Doc_0/Document.xml", "Pages/Page_0/Content.xml"), "Doc_0/Pages/Page_0/Content.xml");
        assert_eq!(beside("Doc_0/Document.xml", "/Doc_0/Res/a.jpg"), "Doc_0/Res/a.jpg");
        assert_eq!(beside("word/document.xml", "../media/a.png"), "media/a.png");
        assert_eq!(beside("a.xml", "../../../../etc/passwd"), "etc/passwd", "nothing is outside of the package");
    }
}
