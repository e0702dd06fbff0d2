//! A small package, packed from a log of its own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use uuid::Uuid;
use xiezhi_ledger::{Checkpoint, KeyName, MemoryTree, Opening, Policy, SigningKey, inclusion};
use xiezhi_package::{
    Bag, Content, DocumentRow, EventRow, Item, Report, Seal, check, layout,
    layout::{record_sha256, to_hex},
    open,
    sums::sha256_hex,
    zip::{self, Part},
};

/// The bytes of the one paper.
pub const PAPER: &[u8] = b"%PDF-1.7 a complaint";
/// Where it lies.
pub const PAPER_PATH: &str = "data/documents/0001-complaint.pdf";

/// What a package is packed from; a forger changes it.
pub struct Contents {
    pub rows: Vec<EventRow>,
    pub papers: Vec<DocumentRow>,
    pub paper: Vec<u8>,
    pub sealed_papers: String,
    pub seal: Seal,
    pub checkpoint: String,
}

fn key() -> SigningKey {
    SigningKey::from_seed(KeyName::new("court.example/record").expect("a name"), &[7; 32])
}

/// The policy of the court that packed it.
pub fn policy() -> Policy {
    Policy::log_only(key().verifier()).expect("a key makes a policy")
}

/// The policy of another court of the same name.
pub fn other_policy() -> Policy {
    let other = SigningKey::from_seed(KeyName::new("court.example/record").expect("a name"), &[8; 32]);
    Policy::log_only(other.verifier()).expect("a key makes a policy")
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn event(rev: u64, name: &str, body: String) -> EventRow {
    let (id, salt) = (id(u128::from(rev)), [u8::try_from(rev).expect("small"); 32]);
    let entry = Opening { event_id: *id.as_bytes(), salt }.commit(body.as_bytes());
    EventRow {
        rev,
        position: 0,
        id,
        name: name.to_owned(),
        at_us: 1_700_000_000_000_000,
        actor: "clock".to_owned(),
        command: Uuid::nil(),
        body: Some(body),
        salt: Some(to_hex(&salt)),
        entry: to_hex(entry.as_bytes()),
        path: vec![],
    }
}

impl Contents {
    /// A case of four events; the log holds events of others before and between them.
    pub fn sound() -> Self {
        let sha256 = sha256_hex(PAPER);
        let file = format!(r#"{{"sha256":"{sha256}","size_bytes":{},"name":"起诉状.pdf"}}"#, PAPER.len());
        let mut rows = vec![
            event(1, "filing.submitted.v1", r#"{"event":"filing.submitted.v1"}"#.to_owned()),
            event(2, "material.received.v1", format!(r#"{{"event":"material.received.v1","file":{file}}}"#)),
        ];
        let sealed_papers = format!("{} {sha256}\n", id(500));
        let papers_sha256 = sha256_hex(sealed_papers.as_bytes());
        let record = record_sha256(rows.iter().map(EventRow::record_line));
        let body = format!(
            r#"{{"event":"archive.sealed.v1","archive_no":"民初-2026-D-1","upto_rev":2,"seal_sha256":"{papers_sha256}","record_sha256":"{record}"}}"#
        );
        rows.push(event(3, "archive.sealed.v1", body));
        rows.push(event(4, "archive.lent.v1", r#"{"event":"archive.lent.v1"}"#.to_owned()));
        let checkpoint = prove(&mut rows);
        let seal = Seal {
            format: layout::SEAL_FORMAT.to_owned(),
            case: id(900),
            number: Some("（2026）鲁0691民初1号".to_owned()),
            archive_no: "民初-2026-D-1".to_owned(),
            court: "演示法院".to_owned(),
            log: "court.example/record".to_owned(),
            position: rows[2].position,
            upto_rev: 2,
            papers_sha256,
            record_sha256: Some(record),
            manifest_sha256: String::new(),
            manifest_sha512: String::new(),
        };
        let paper = DocumentRow {
            path: Some(PAPER_PATH.to_owned()),
            material: id(500),
            version: 1,
            newest: true,
            kind: "complaint".to_owned(),
            kind_zh: "民事起诉状".to_owned(),
            title: "民事起诉状".to_owned(),
            volume: "main".to_owned(),
            place_zh: "起诉状".to_owned(),
            number: 1,
            first_page: Some(1),
            pages: 1,
            media: "application/pdf".to_owned(),
            size_bytes: PAPER.len() as u64,
            sha256,
            from: None,
            received_on: "2026-02-27".to_owned(),
            entered_on: None,
            struck: false,
            sealed: true,
            renditions: vec![],
        };
        Self { rows, papers: vec![paper], paper: PAPER.to_vec(), sealed_papers, seal, checkpoint }
    }

    /// Packs it, with manifests that fit whatever it holds.
    pub fn pack(self) -> Vec<Item> {
        self.pack_with(None)
    }

    /// The same, with another file.
    pub fn pack_with(self, extra: Option<Item>) -> Vec<Item> {
        self.pack_without("", extra)
    }

    /// The same, without one of its files.
    pub fn pack_without(self, left_out: &str, extra: Option<Item>) -> Vec<Item> {
        let mut bag = Bag::default();
        bag.info("Source-Organization", "演示法院");
        bag.add(Item::of(layout::INDEX, "<!doctype html><title>案卷</title>"));
        bag.add(Item::of(layout::CHECKPOINT, self.checkpoint));
        if left_out != PAPER_PATH {
            bag.add(Item::of(PAPER_PATH, self.paper));
        }
        let rows = self.rows.iter().map(|row| format!("{}\n", serde_json::to_string(row).expect("plain data")));
        bag.add(Item::of(layout::EVENTS, rows.collect::<String>()));
        bag.add(Item::of(layout::CATALOGUE, serde_json::to_vec(&self.papers).expect("plain data")));
        bag.add(Item::of(layout::SEALED_PAPERS, self.sealed_papers));
        extra.into_iter().for_each(|item| bag.add(item));
        bag.close(self.seal)
    }
}

/// Puts events in a log, with others' between them, and signs it.
fn prove(rows: &mut [EventRow]) -> String {
    let mut tree = MemoryTree::default();
    for row in rows.iter_mut() {
        tree.push(b"of another case");
        row.position = tree.push(row.entry().expect("an entry").as_bytes());
    }
    tree.push(b"of another case");
    let size = tree.size();
    for row in rows {
        let path = inclusion::prove(row.position, size, &tree).expect("the tree has every node");
        row.path = path.iter().map(ToString::to_string).collect();
    }
    let key = key();
    let checkpoint = Checkpoint { origin: key.verifier().name().clone(), size, root: tree.root() };
    checkpoint.sign(&key).expect("it is signed").to_string()
}

/// A place on the disk that is gone when the test is.
pub struct Place(PathBuf);

impl Place {
    pub fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("package-{name}-{}", std::process::id()));
        // What a killed run left behind.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the folder is made");
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Lays a package out in a folder.
    pub fn lay(&self, items: &[Item]) -> PathBuf {
        let root = self.path("bag");
        let _ = fs::remove_dir_all(&root);
        for item in items {
            let path = root.join(&item.path);
            fs::create_dir_all(path.parent().expect("within the bag")).expect("the folder is made");
            let Content::Bytes(bytes) = &item.content else { panic!("its bytes are at hand") };
            fs::write(path, bytes).expect("the file is written");
        }
        root
    }

    /// Writes a package as a .zip.
    pub fn zip(&self, items: Vec<Item>) -> PathBuf {
        let parts = zip::zip("民初-2026-D-1", items);
        let told = zip::size_bytes(&parts);
        let bytes: Vec<u8> = parts
            .into_iter()
            .flat_map(|part| match part {
                Part::Bytes(bytes) => bytes,
                Part::Blob { .. } => panic!("its bytes are at hand"),
            })
            .collect();
        assert_eq!(bytes.len() as u64, told, "its length is known beforehand");
        let path = self.path("bag.zip");
        fs::write(&path, bytes).expect("the file is written");
        path
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Best effort: a folder that stays is in the way of nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Checks what lies there.
pub fn checked(path: &Path) -> Report {
    check(&mut *open(path).expect("it is opened"), &policy())
}

#[test]
fn a_package_holds_in_a_folder_and_as_a_zip() {
    let place = Place::new("sound");
    for path in [place.lay(&Contents::sound().pack()), place.zip(Contents::sound().pack())] {
        let report = checked(&path);
        assert_eq!(report.faults, vec![]);
        assert_eq!((report.proven, report.documents), (4, 1));
        assert_eq!(report.seal.expect("it has a seal").archive_no, "民初-2026-D-1");
    }
}

#[test]
fn the_same_package_gives_the_same_bytes() {
    assert_eq!(zip::zip("a", Contents::sound().pack()), zip::zip("a", Contents::sound().pack()));
}

#[test]
fn a_path_that_tools_would_read_differently_is_not_packed() {
    for path in ["../up", "/root", "a//b", "a\\b", "a%0Ab", "a\nb", " a", "CON:"] {
        assert!(!xiezhi_package::bag::is_plain(path), "{path}");
    }
    assert!(xiezhi_package::bag::is_plain("data/documents/0001-民事裁定书（不予受理）.pdf"));
}
