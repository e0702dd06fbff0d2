//! Signatures by hand (手写签名): their pictures, kept beside the papers they stand in. A picture is no proof by
//! itself; what binds is the act, with the hash of what was read.

use crate::{case::CaseState, material::FileRef};

/// The picture of every signature by hand that the case holds.
pub fn hands(case: &CaseState) -> impl Iterator<Item = &FileRef> {
    let transcripts = case.hearings_in_order().flat_map(|hearing| &hearing.signatures);
    let transcripts = transcripts.filter_map(|signature| signature.hand.as_ref());
    let addresses = case.addresses.iter().filter_map(|address| address.hand.as_ref());
    transcripts.chain(addresses).chain(case.mediation.signed.values().filter_map(|signature| signature.hand.as_ref()))
}
