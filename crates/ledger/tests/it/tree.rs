//! Roots, growth, and proofs of inclusion and consistency.

use proptest::prelude::*;
use xiezhi_ledger::consistency::{self, ConsistencyError};
use xiezhi_ledger::hash::Hash;
use xiezhi_ledger::inclusion::{self, InclusionError};
use xiezhi_ledger::tree::{self, Frontier, HashReader, MAX_SIZE, MemoryTree, NodeId};

/// The inputs of the Certificate Transparency reference implementation.
const CT_INPUTS: [&[u8]; 8] = [
    &[],
    &[0x00],
    &[0x10],
    &[0x20, 0x21],
    &[0x30, 0x31],
    &[0x40, 0x41, 0x42, 0x43],
    &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
    &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
];

/// Its roots for the first 0 to 8 of them.
const CT_ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn ct_tree(size: usize) -> MemoryTree {
    CT_INPUTS[..size].iter().collect()
}

fn hex(hash: &Hash) -> String {
    hash.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hexes(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(hex).collect()
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|index| Hash::leaf(&index.to_be_bytes())).collect()
}

fn numbers(size: u64) -> MemoryTree {
    (0..size).map(u64::to_be_bytes).collect()
}

/// RFC 6962, section 2.1, word for word: slow, and shares nothing with the code under test.
fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::empty(),
        [leaf] => *leaf,
        _ => {
            let split = (0..).map(|power| 1usize << power).take_while(|power| *power < leaves.len()).last();
            let (left, right) = leaves.split_at(split.expect("two leaves have a split"));
            Hash::node(&naive_root(left), &naive_root(right))
        }
    }
}

fn changed(hash: &Hash, bit: usize) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[bit / 8 % 32] ^= 1 << (bit % 8);
    Hash::from_bytes(bytes)
}

#[test]
fn roots_are_those_of_certificate_transparency() {
    for (size, root) in CT_ROOTS.iter().enumerate() {
        assert_eq!(hex(&ct_tree(size).root()), *root, "size {size}");
    }
}

#[test]
fn the_empty_root_is_the_hash_of_nothing() {
    assert_eq!(Hash::empty().to_base64(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

#[test]
fn inclusion_proofs_are_those_of_certificate_transparency() {
    let table: [(u64, u64, &[&str]); 4] = [
        (0, 1, &[]),
        (
            0,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            &[
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ];
    for (index, size, path) in table {
        let proof = inclusion::prove(index, size, &ct_tree(8)).expect("the tree has every node");
        assert_eq!(hexes(&proof), path, "leaf {index} of {size}");
    }
}

#[test]
fn consistency_proofs_are_those_of_certificate_transparency() {
    let table: [(u64, u64, &[&str]); 4] = [
        (1, 1, &[]),
        (
            1,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            &[
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            &[
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ];
    for (old, new, proof) in table {
        let made = consistency::prove(old, new, &ct_tree(8)).expect("the tree has every node");
        assert_eq!(hexes(&made), proof, "from {old} to {new}");
    }
}

#[test]
fn a_tree_grown_leaf_by_leaf_is_the_tree_of_the_definition() {
    let leaves = leaves(300);
    let mut frontier = Frontier::default();
    for size in 0..=leaves.len() {
        assert_eq!(frontier.root(), naive_root(&leaves[..size]), "size {size}");
        assert_eq!(tree::root(size as u64, leaves.as_slice()), Ok(frontier.root()), "size {size}");
        if let Some(leaf) = leaves.get(size) {
            frontier.append(*leaf);
        }
    }
}

#[test]
fn a_leaf_completes_a_node_for_each_trailing_one_of_the_size() {
    let mut frontier = Frontier::default();
    for size in 0u64..100 {
        let completed = frontier.append(Hash::leaf(&size.to_be_bytes()));
        assert_eq!(completed.len(), 1 + size.trailing_ones() as usize);
        assert!(frontier.edge().len() <= 63);
    }
}

#[test]
fn a_frontier_is_resumed_only_with_an_edge_that_fits_its_size() {
    let read = Frontier::read(70, &numbers(70)).expect("the tree has every node");
    let resumed = Frontier::resume(read.size(), read.edge().to_vec());
    assert_eq!(resumed, Ok(read.clone()));
    assert!(Frontier::resume(71, read.edge().to_vec()).is_err());
}

#[test]
fn consistency_holds_between_all_sizes_up_to_three_hundred() {
    let tree = numbers(300);
    let roots: Vec<_> = (0..=300).map(|size| tree::root(size, &tree).expect("the tree has every node")).collect();
    for new in 0..=300u64 {
        for old in 0..=new {
            let proof = consistency::prove(old, new, &tree).expect("the tree has every node");
            let (old, new) = ((old, roots[old as usize]), (new, roots[new as usize]));
            assert_eq!(consistency::verify(old, new, &proof), Ok(()), "from {} to {}", old.0, new.0);
        }
    }
}

#[test]
fn a_tree_never_shrinks() {
    let tree = numbers(9);
    let (old, new) = ((9, tree.root()), (8, tree.root()));
    assert_eq!(consistency::verify(old, new, &[]), Err(ConsistencyError::Shrunk { old_size: 9, new_size: 8 }));
}

#[test]
fn one_size_has_one_root() {
    let root = numbers(9).root();
    let other = changed(&root, 3);
    assert_eq!(consistency::verify((9, root), (9, root), &[]), Ok(()));
    assert_eq!(consistency::verify((9, root), (9, other), &[]), Err(ConsistencyError::WrongNewRoot));
    assert_eq!(consistency::verify((0, other), (9, root), &[]), Err(ConsistencyError::WrongOldRoot));
}

#[test]
fn there_is_no_leaf_beyond_the_tree() {
    let leaf = Hash::leaf(b"leaf");
    for (index, size) in [(0, 0), (5, 5), (u64::MAX, 5), (0, u64::MAX), (u64::MAX - 1, u64::MAX)] {
        let verdict = inclusion::verify(&leaf, index, size, &[], &leaf);
        assert_eq!(verdict, Err(InclusionError::BeyondTree { index, size }));
    }
}

#[test]
fn the_largest_tree_is_verified_without_overflow() {
    let leaf = Hash::leaf(b"leaf");
    let verdict = inclusion::verify(&leaf, MAX_SIZE - 1, MAX_SIZE, &[], &leaf);
    assert!(matches!(verdict, Err(InclusionError::WrongLength { expected: 62, .. })), "{verdict:?}");
    let verdict = consistency::verify((MAX_SIZE - 1, leaf), (MAX_SIZE, leaf), &[]);
    assert!(matches!(verdict, Err(ConsistencyError::WrongLength { .. })), "{verdict:?}");
}

#[test]
fn what_a_proof_needs_is_all_that_it_reads() {
    struct Only(Vec<NodeId>, MemoryTree);
    impl HashReader for Only {
        type Error = tree::MissingNode;
        fn read(&self, node: NodeId) -> Result<Hash, tree::MissingNode> {
            assert!(self.0.contains(&node), "{node:?} was not announced");
            self.1.read(node)
        }
    }
    for (low, high) in [(0, 1), (3, 77), (64, 77), (76, 77)] {
        assert!(inclusion::prove(low, high, &Only(inclusion::needs(low, high), numbers(high))).is_ok());
        assert!(consistency::prove(low, high, &Only(consistency::needs(low, high), numbers(high))).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_leaf_of_any_tree_is_proven(size in 1u64..2000, at in any::<prop::sample::Index>()) {
        let (tree, index) = (numbers(size), at.index(size as usize) as u64);
        let path = inclusion::prove(index, size, &tree).expect("the tree has every node");
        let leaf = Hash::leaf(&index.to_be_bytes());
        prop_assert_eq!(inclusion::verify(&leaf, index, size, &path, &tree.root()), Ok(()));
    }

    #[test]
    fn any_changed_bit_of_an_inclusion_proof_is_found(
        size in 2u64..600, at in any::<prop::sample::Index>(), hit in any::<prop::sample::Index>(), bit in 0usize..256
    ) {
        let (tree, index) = (numbers(size), at.index(size as usize) as u64);
        let mut path = inclusion::prove(index, size, &tree).expect("the tree has every node");
        let (leaf, root) = (Hash::leaf(&index.to_be_bytes()), tree.root());
        let refused = Err(InclusionError::WrongRoot);
        prop_assert_eq!(inclusion::verify(&changed(&leaf, bit), index, size, &path, &root), refused);
        prop_assert_eq!(inclusion::verify(&leaf, index, size, &path, &changed(&root, bit)), refused);
        prop_assert!(inclusion::verify(&leaf, (index + 1) % size, size, &path, &root).is_err());
        prop_assert!(inclusion::verify(&leaf, index, size, &path[1..], &root).is_err());
        let hit = hit.index(path.len());
        path[hit] = changed(&path[hit], bit);
        prop_assert_eq!(inclusion::verify(&leaf, index, size, &path, &root), refused);
    }

    #[test]
    fn any_changed_bit_of_a_consistency_proof_is_found(
        new in 2u64..600, at in any::<prop::sample::Index>(), hit in any::<prop::sample::Index>(), bit in 0usize..256
    ) {
        let (tree, old) = (numbers(new), 1 + at.index(new as usize - 1) as u64);
        let mut proof = consistency::prove(old, new, &tree).expect("the tree has every node");
        let old = (old, tree::root(old, &tree).expect("the tree has every node"));
        let new = (new, tree.root());
        prop_assert!(consistency::verify((old.0, changed(&old.1, bit)), new, &proof).is_err());
        prop_assert!(consistency::verify(old, (new.0, changed(&new.1, bit)), &proof).is_err());
        prop_assert!(consistency::verify(old, new, &proof[1..]).is_err());
        let hit = hit.index(proof.len());
        proof[hit] = changed(&proof[hit], bit);
        prop_assert!(consistency::verify(old, new, &proof).is_err());
    }

    #[test]
    fn a_changed_past_has_no_consistency_proof(new in 2u64..400, at in any::<prop::sample::Index>()) {
        let old = 1 + at.index(new as usize - 1) as u64;
        let honest = numbers(old);
        let forged: MemoryTree = (0..new).map(|index| if index == old / 2 { u64::MAX } else { index }.to_be_bytes()).collect();
        let proof = consistency::prove(old, new, &forged).expect("the tree has every node");
        prop_assert!(consistency::verify((old, honest.root()), (new, forged.root()), &proof).is_err());
    }
}
