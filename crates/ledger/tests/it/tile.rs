//! The files of a log.

use std::collections::BTreeMap;

use proptest::prelude::*;
use xiezhi_ledger::tile::{self, BundleId, TileError, TileId, Tiles};
use xiezhi_ledger::tree::{self, Frontier, HashReader, NodeId};
use xiezhi_ledger::{Hash, consistency, inclusion};

use crate::people;

/// A log kept as files alone, as a court's server keeps it between two starts.
#[derive(Default)]
struct Files {
    size: u64,
    tiles: BTreeMap<String, Vec<u8>>,
}

impl Files {
    fn open(&self, names: impl IntoIterator<Item = TileId>) -> Tiles {
        let mut tiles = Tiles::default();
        for name in names {
            tiles.insert(name, &self.tiles[&name.path()]).expect("the file holds what its name says");
        }
        tiles
    }

    fn grow(&mut self, size: u64) {
        let mut tiles = self.open(tile::edge(self.size));
        let mut frontier = Frontier::read(self.size, &tiles).expect("the edge holds the frontier");
        for index in self.size..size {
            let completed = frontier.append(Hash::leaf(people::entry(index).as_bytes()));
            completed.into_iter().for_each(|(node, hash)| tiles.record(node, hash));
        }
        for name in tile::growth(self.size, size).tiles {
            self.tiles.insert(name.path(), tiles.bytes(name).expect("the tile has grown"));
        }
        self.size = size;
        tiles.keep_edge(size);
        assert_eq!(Frontier::read(size, &tiles), Ok(frontier), "the edge is enough to go on");
    }
}

#[test]
fn a_log_of_seventy_thousand_has_the_files_of_the_specification() {
    let all = tile::all(70_000);
    let count =
        |level: u8, width: u16| all.tiles.iter().filter(|tile| tile.level == level && tile.width == width).count();
    assert_eq!((count(0, 256), count(0, 112)), (273, 1));
    assert_eq!((count(1, 256), count(1, 17)), (1, 1));
    assert_eq!(count(2, 1), 1);
    assert_eq!((all.tiles.len(), all.bundles.len()), (277, 274));
}

#[test]
fn a_log_of_one_full_tile_has_a_partial_tile_above_it() {
    let paths: Vec<_> = tile::all(256).tiles.iter().map(TileId::path).collect();
    assert_eq!(paths, ["tile/0/000", "tile/1/000.p/1"]);
}

#[test]
fn an_empty_log_has_no_files() {
    assert_eq!(tile::all(0), tile::Growth::default());
    assert_eq!(tile::edge(0), []);
    assert_eq!(tile::edge(256).len(), 1);
}

#[test]
fn a_log_that_does_not_grow_gains_no_files() {
    assert_eq!(tile::growth(70_000, 70_000), tile::Growth::default());
}

#[test]
fn a_small_growth_rewrites_only_the_right_edge() {
    let paths: Vec<_> = tile::growth(255, 257).tiles.iter().map(TileId::path).collect();
    assert_eq!(paths, ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]);
    let paths: Vec<_> = tile::growth(257, 258).bundles.iter().map(BundleId::path).collect();
    assert_eq!(paths, ["tile/entries/001.p/2"]);
}

#[test]
fn a_path_has_one_spelling() {
    let table = [
        ("tile/0/x001/x234/067", TileId { level: 0, index: 1_234_067, width: 256 }),
        ("tile/1/000.p/17", TileId { level: 1, index: 0, width: 17 }),
        ("tile/7/x001/000", TileId { level: 7, index: 1000, width: 256 }),
    ];
    for (path, tile) in table {
        assert_eq!(tile.path(), path);
        assert_eq!(TileId::parse(path), Some(tile));
    }
    let bad = [
        "tile/0/67",
        "tile/0/0067",
        "tile/0/x000/067",
        "tile/0/001/067",
        "tile/00/067",
        "tile/8/000",
        "tile/0/067.p/0",
        "tile/0/067.p/256",
        "tile/0/067.p/01",
        "tile/0/+67",
        "tile/0/x001",
        "tile/0/",
        "tile/0/000/",
        "tile/0/../000",
        "tile/entries/000",
        "tile/-1/000",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
    ];
    for path in bad {
        assert_eq!(TileId::parse(path), None, "{path}");
    }
    assert_eq!(BundleId::parse("tile/entries/x001/x234/067.p/9"), Some(BundleId { index: 1_234_067, width: 9 }));
    assert_eq!(BundleId::parse("tile/0/000"), None);
}

#[test]
fn a_bundle_gives_back_its_entries_and_nothing_else() {
    let bundle = BundleId { index: 2, width: 3 };
    let entries: [&[u8]; 3] = [b"one", b"", b"three"];
    let bytes = bundle.encode(&entries).expect("short entries fit");
    assert_eq!(bytes, b"\0\x03one\0\0\0\x05three");
    assert_eq!(bundle.entries(), 512..515);
    assert_eq!(bundle.decode(&bytes).expect("the bundle is whole"), entries);
    let damaged = Err(TileError::WrongLength { path: "tile/entries/002.p/3".into() });
    assert_eq!(bundle.decode(&bytes[..bytes.len() - 1]), damaged);
    assert_eq!(bundle.decode(&[bytes.as_slice(), b"\0\0"].concat()), damaged);
}

#[test]
fn an_entry_too_long_for_its_length_field_is_refused() {
    let bundle = BundleId { index: 0, width: 1 };
    assert!(bundle.encode(&[vec![0; 65_535]]).is_ok());
    assert_eq!(bundle.encode(&[vec![0; 65_536]]), Err(TileError::EntryTooLong { length_bytes: 65_536 }));
}

#[test]
fn a_tile_of_another_width_than_its_name_is_refused() {
    let name = TileId { level: 0, index: 0, width: 2 };
    let refused = Err(TileError::WrongLength { path: "tile/0/000.p/2".into() });
    assert_eq!(Tiles::default().insert(name, &[0; 32]), refused);
    assert_eq!(Tiles::default().insert(name, &[0; 65]), refused);
}

#[test]
fn a_missing_tile_is_named() {
    let node = NodeId { level: 8, index: 800 };
    assert_eq!(Tiles::default().read(node), Err(TileError::Missing { level: 1, index: 3 }));
}

#[test]
fn the_tiles_of_seventy_thousand_entries_give_the_root_and_every_kind_of_proof() {
    let mut files = Files::default();
    [1, 255, 256, 257, 65_535, 65_536, 70_000].into_iter().for_each(|size| files.grow(size));
    let (tree, whole) = (people::tree(70_000), files.open(tile::all(70_000).tiles));
    assert_eq!(tree::root(70_000, &whole), Ok(tree.root()));
    for index in [0, 255, 65_535, 65_536, 69_887, 69_999] {
        let needed = files.open(tile::holding(&inclusion::needs(index, 70_000), 70_000));
        let path = inclusion::prove(index, 70_000, &needed).expect("the needed tiles are enough");
        let leaf = Hash::leaf(people::entry(index).as_bytes());
        assert_eq!(inclusion::verify(&leaf, index, 70_000, &path, &tree.root()), Ok(()));
    }
    for old in [1, 256, 65_535, 65_537, 69_999] {
        let needed = files.open(tile::holding(&consistency::needs(old, 70_000), 70_000));
        let proof = consistency::prove(old, 70_000, &needed).expect("the needed tiles are enough");
        let old = (old, tree::root(old, &tree).expect("the tree has every node"));
        assert_eq!(consistency::verify(old, (70_000, tree.root()), &proof), Ok(()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn files_do_not_depend_on_the_steps_in_which_a_log_grew(mut sizes in prop::collection::vec(1u64..1500, 1..6)) {
        sizes.sort_unstable();
        let (mut steps, mut leap) = (Files::default(), Files::default());
        sizes.iter().for_each(|size| steps.grow(*size));
        leap.grow(steps.size);
        for name in tile::all(leap.size).tiles {
            prop_assert_eq!(&steps.tiles[&name.path()], &leap.tiles[&name.path()], "{}", name);
        }
        prop_assert_eq!(tree::root(leap.size, &leap.open(tile::all(leap.size).tiles)), Ok(people::tree(leap.size).root()));
    }

    #[test]
    fn any_path_is_read_back(level in 0u8..8, index in 0u64..(1 << 50), width in 1u16..=256) {
        let tile = TileId { level, index, width };
        prop_assert_eq!(TileId::parse(&tile.path()), Some(tile));
    }
}
