//! The files of a package that is read: a folder, or a .zip with one folder in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    io::Read,
    path::{Path, PathBuf},
};

use zip::ZipArchive;

/// A text of a package is no longer than this; events of a large case take some megabytes.
pub const LONGEST_TEXT_BYTES: u64 = 1 << 30;
const PIECE_BYTES: usize = 1 << 16;

/// The files of a package, by their paths in the bag.
pub trait Files {
    /// Every path.
    fn names(&self) -> BTreeSet<String>;

    /// Opens a file.
    ///
    /// # Errors
    /// Whatever keeps it from being read.
    fn open(&mut self, name: &str) -> io::Result<Box<dyn Read + '_>>;

    /// Hands a file's bytes on, piece by piece.
    ///
    /// # Errors
    /// Whatever keeps it from being read.
    fn each_piece(&mut self, name: &str, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let mut from = self.open(name)?;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            match from.read(&mut piece)? {
                0 => return Ok(()),
                read => take(&piece[..read]),
            }
        }
    }

    /// A whole file.
    ///
    /// # Errors
    /// Whatever keeps it from being read.
    fn bytes(&mut self, name: &str) -> io::Result<Vec<u8>> {
        let mut bytes = vec![];
        self.open(name)?.take(LONGEST_TEXT_BYTES).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// A whole file as text.
    ///
    /// # Errors
    /// Whatever keeps it from being read, and bytes that are no text.
    fn text(&mut self, name: &str) -> io::Result<String> {
        String::from_utf8(self.bytes(name)?).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))
    }
}

/// Opens what a person names: a folder or a .zip.
///
/// # Errors
/// Where it is neither.
pub fn open(path: &Path) -> io::Result<Box<dyn Files>> {
    match path.is_dir() {
        true => Ok(Box::new(Folder::open(path)?)),
        false => Ok(Box::new(Zipped::open(path)?)),
    }
}

/// A package in a folder.
pub struct Folder {
    root: PathBuf,
    names: BTreeSet<String>,
}

impl Folder {
    /// Looks through a folder.
    ///
    /// # Errors
    /// Where it can't be read, or holds a link or a name that is no text.
    pub fn open(root: &Path) -> io::Result<Self> {
        let mut names = BTreeSet::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                let path = folder.join(entry.file_name());
                let kind = entry.file_type()?;
                let odd = |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("{} {what}", path.display()));
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() {
                    names.insert(path.to_str().ok_or_else(|| odd("has a name that is no text"))?.to_owned());
                } else {
                    return Err(odd("is neither a file nor a folder"));
                }
            }
        }
        Ok(Self { root: root.to_owned(), names })
    }
}

impl Files for Folder {
    fn names(&self) -> BTreeSet<String> {
        self.names.clone()
    }

    fn open(&mut self, name: &str) -> io::Result<Box<dyn Read + '_>> {
        if !self.names.contains(name) {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(Box::new(io::BufReader::new(fs::File::open(self.root.join(name))?)))
    }
}

/// A package in a .zip.
pub struct Zipped {
    archive: ZipArchive<io::BufReader<fs::File>>,
    places: BTreeMap<String, usize>,
}

impl Zipped {
    /// Reads the directory of a .zip.
    ///
    /// # Errors
    /// Where it is none, or does not hold one folder with every name once.
    pub fn open(path: &Path) -> io::Result<Self> {
        let archive = ZipArchive::new(io::BufReader::new(fs::File::open(path)?))?;
        let odd = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        let mut places = BTreeMap::new();
        let mut folder: Option<String> = None;
        for place in 0..archive.len() {
            let name = archive.name_for_index(place).ok_or_else(|| odd("a name is missing"))??.into_owned();
            if name.ends_with('/') {
                continue;
            }
            let (first, rest) = name.split_once('/').ok_or_else(|| odd("a file lies outside the package's folder"))?;
            if folder.get_or_insert_with(|| first.to_owned()) != first {
                return Err(odd("it holds more than one folder"));
            }
            if places.insert(rest.to_owned(), place).is_some() {
                return Err(odd("a name is there twice"));
            }
        }
        Ok(Self { archive, places })
    }
}

impl Files for Zipped {
    fn names(&self) -> BTreeSet<String> {
        self.places.keys().cloned().collect()
    }

    fn open(&mut self, name: &str) -> io::Result<Box<dyn Read + '_>> {
        let place = *self.places.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(self.archive.by_index(place)?))
    }
}
