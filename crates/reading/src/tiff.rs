//! The pages of a TIFF: a chain of directories, of which the decoder reads the first.

/// A scan of more pages than this is delivered as a PDF.
const MOST_PAGES: usize = 5_000;

/// Returns where the directory of each page starts. A chain that bites its tail ends there.
pub(crate) fn page_offsets(tiff: &[u8]) -> Vec<u32> {
    let mut offsets = Vec::new();
    let mut next = word(tiff, 4);
    while let Some(offset) = next.filter(|offset| *offset != 0 && !offsets.contains(offset)) {
        offsets.push(offset);
        if offsets.len() == MOST_PAGES {
            break;
        }
        next = after(tiff, offset);
    }
    offsets
}

/// Makes the page that starts at `offset` the first one.
pub(crate) fn turn_to(tiff: &mut [u8], offset: u32) {
    let bytes = if is_little(tiff) { offset.to_le_bytes() } else { offset.to_be_bytes() };
    if let Some(first) = tiff.get_mut(4..8) {
        first.copy_from_slice(&bytes);
    }
}

/// Returns where the next directory starts, zero after the last.
fn after(tiff: &[u8], offset: u32) -> Option<u32> {
    let at = offset as usize;
    let count = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
    let count = if is_little(tiff) { u16::from_le_bytes(count) } else { u16::from_be_bytes(count) };
    word(tiff, at + 2 + usize::from(count) * 12)
}

fn word(tiff: &[u8], at: usize) -> Option<u32> {
    let bytes = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(if is_little(tiff) { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
}

fn is_little(tiff: &[u8]) -> bool {
    tiff.starts_with(b"II")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two directories without entries, the second at 14 leading to `then`.
    fn two_pages(then: u8) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0".to_vec();
        tiff.extend([0, 0, 14, 0, 0, 0]);
        tiff.extend([0, 0, then, 0, 0, 0]);
        tiff
    }

    #[test]
    fn pages_are_counted_along_the_chain() {
        assert_eq!(page_offsets(&two_pages(0)), [8, 14]);
    }

    #[test]
    fn a_chain_that_bites_its_tail_ends() {
        assert_eq!(page_offsets(&two_pages(8)), [8, 14]);
    }

    #[test]
    fn a_chain_that_leads_outside_ends() {
        assert_eq!(page_offsets(&two_pages(200)), [8, 14, 200]);
        assert!(page_offsets(b"II*\0").is_empty());
    }

    #[test]
    fn turning_to_a_page_makes_it_the_first() {
        let mut tiff = two_pages(0);
        turn_to(&mut tiff, 14);
        assert_eq!(page_offsets(&tiff), [14]);
    }
}
