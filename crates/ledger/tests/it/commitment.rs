//! Salted commitments.

use proptest::prelude::*;
use xiezhi_ledger::commitment::{CommitmentError, Entry, Opening};

use crate::people::opening;

/// Computed apart from this crate, with Python's hmac: key 0x42 * 32, id 0x11 * 16, body "裁定".
const KNOWN_ENTRY: &str = "01350370187142f17fccbf889a68be585e5d9b124487921bffdf65b90ef13404ac";

#[test]
fn an_entry_is_the_hmac_of_domain_id_length_and_body() {
    let opening = Opening { event_id: [0x11; 16], salt: [0x42; 32] };
    let entry = opening.commit("裁定".as_bytes());
    let hex: String = entry.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, KNOWN_ENTRY);
}

#[test]
fn equal_bodies_have_unequal_entries() {
    assert_ne!(opening(0).commit(b"granted"), opening(1).commit(b"granted"));
}

#[test]
fn an_entry_of_a_later_version_is_not_taken_for_one_of_ours() {
    let mut bytes = *opening(0).commit(b"granted").as_bytes();
    bytes[0] = 2;
    assert_eq!(Entry::from_bytes(&bytes), Err(CommitmentError::UnknownVersion(2)));
    assert!(matches!(Entry::from_bytes(&[1; 32]), Err(CommitmentError::WrongLength { expected: 33, actual: 32 })));
    assert!(matches!(Entry::from_bytes(&[]), Err(CommitmentError::WrongLength { .. })));
}

#[test]
fn an_opening_does_not_show_its_salt_in_logs() {
    let shown = format!("{:?}", Opening { event_id: [1; 16], salt: [42; 32] });
    assert!(!shown.contains("42"), "{shown}");
}

proptest! {
    #[test]
    fn an_opening_opens_its_own_body_and_no_other(
        body in prop::collection::vec(any::<u8>(), 1..200), hit in any::<prop::sample::Index>(), bit in 0u8..8
    ) {
        let opening = opening(7);
        let entry = opening.commit(&body);
        prop_assert_eq!(opening.check(&entry, &body), Ok(()));
        let mut other = body.clone();
        other[hit.index(body.len())] ^= 1 << bit;
        prop_assert_eq!(opening.check(&entry, &other), Err(CommitmentError::Mismatch));
        prop_assert_eq!(opening.check(&entry, &body[1..]), Err(CommitmentError::Mismatch));
    }

    #[test]
    fn an_opening_survives_its_bytes_and_any_changed_bit_is_found(hit in 0usize..49, bit in 0u8..8) {
        let opening = opening(3);
        let entry = opening.commit(b"body");
        let mut bytes = opening.to_bytes();
        prop_assert_eq!(Opening::from_bytes(&bytes), Ok(opening));
        bytes[hit] ^= 1 << bit;
        let checked = Opening::from_bytes(&bytes).and_then(|changed| changed.check(&entry, b"body"));
        prop_assert!(checked.is_err());
    }
}
