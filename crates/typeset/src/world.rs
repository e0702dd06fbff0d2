//! What the typesetting library may see: one template, one paper's facts, the court's fonts. No clock,
//! no files, no network.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::Shelf;

const TEMPLATE: &str = include_str!("court.typ");

// File ids are kept for ever, so there are two of them, not two for each paper.
static TEMPLATE_ID: LazyLock<FileId> = LazyLock::new(|| file_id("/main.typ"));
static FACTS_ID: LazyLock<FileId> = LazyLock::new(|| file_id("/data.json"));

/// What is the same for every paper.
pub(crate) struct Press {
    library: LazyHash<Library>,
    template: Source,
    shelf: Shelf,
}

/// The press with one paper's facts in it.
pub(crate) struct Loaded<'a> {
    press: &'a Press,
    facts: Bytes,
}

impl Press {
    pub(crate) fn new(shelf: Shelf) -> Self {
        Self { library: LazyHash::new(Library::default()), template: Source::new(*TEMPLATE_ID, TEMPLATE.into()), shelf }
    }

    pub(crate) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    pub(crate) fn with(&self, facts: &str) -> Loaded<'_> {
        Loaded { press: self, facts: Bytes::from_string(facts.to_owned()) }
    }
}

impl World for Loaded<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.shelf.book
    }

    fn main(&self) -> FileId {
        *TEMPLATE_ID
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *TEMPLATE_ID { Ok(self.press.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *FACTS_ID { Ok(self.facts.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.shelf.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("a constant, absolute path is valid");
    RootedPath::new(VirtualRoot::Project, path).intern()
}
