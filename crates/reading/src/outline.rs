//! The table of contents that a PDF brings (书签).

use lopdf::Document;

use crate::ask::Heading;

/// Entries of one file.
const MOST: usize = 5_000;
/// Letters of an entry, and how deep it may lie.
const LONGEST: usize = 200;
const DEEPEST: usize = 8;

/// Reads the entries; a file without them, or with broken ones, has none.
pub(crate) fn read(pdf: &[u8]) -> Vec<Heading> {
    let toc = Document::load_mem(pdf).ok().and_then(|document| document.get_toc().ok());
    let headings = toc.into_iter().flat_map(|toc| toc.toc).filter_map(|entry| {
        let title: String = entry.title.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
        let page = u32::try_from(entry.page.checked_sub(1)?).ok()?;
        let level = u32::try_from(entry.level.clamp(1, DEEPEST)).ok()?;
        (!title.trim().is_empty()).then(|| Heading { title: title.trim().to_owned(), level, page })
    });
    headings.take(MOST).collect()
}
