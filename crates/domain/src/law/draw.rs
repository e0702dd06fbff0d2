//! The draw (随机分案): a judge is drawn so that anyone can run the draw again.
//!
//! The court fixes a key for each day and publishes its hash the day before. The draw of a case is
//! `HMAC-SHA256(day key, message)` where the message is the case id and then each candidate in the order
//! shown, joined by line feeds. The 32 bytes are read as four big-endian numbers of 64 bits; the first one
//! below the largest multiple of the number of candidates decides, by its remainder. Numbers above are
//! passed over, so that every candidate has exactly the same chance; should all four be passed over, the
//! code of the code (`HMAC-SHA256(day key, 32 bytes)`) is read next. The key is published the day after.
//!
//! By hand: `printf 'CASE\nA\nB\nC' | openssl dgst -sha256 -mac HMAC -macopt hexkey:KEY`.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How a draw came out (抽签过程).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawWorking {
    /// Place of the one drawn among the candidates, from 0.
    pub index: usize,
    /// The code that decided, in hexadecimal.
    pub mac_hex: String,
    /// Hash of the day key, as it was published the day before.
    pub key_hash_hex: String,
}

/// Why nothing is drawn (无法抽签).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrawRefusal {
    /// Nobody is eligible.
    NoCandidates,
    /// The same candidate stands twice: two chances for one.
    CandidateTwice,
    /// An id is empty or holds a line feed: the message would not be unique.
    BadId,
}

impl DrawRefusal {
    /// The stable code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            DrawRefusal::NoCandidates => "draw.no_candidates",
            DrawRefusal::CandidateTwice => "draw.candidate_twice",
            DrawRefusal::BadId => "draw.bad_id",
        }
    }
}

/// Draws one of the candidates (随机分案).
///
/// The same key, case and candidates in the same order always draw the same one.
///
/// # Errors
/// A [`DrawRefusal`] when there is nobody to draw, somebody stands twice, or an id is unfit.
///
/// The arithmetic is this project's own; the law asks only that assignment be random.
pub fn draw(day_key: &[u8; 32], case_id: &str, candidates: &[&str]) -> Result<DrawWorking, DrawRefusal> {
    let message = message(case_id, candidates)?;
    let mut code = code_of(day_key, message.as_bytes());
    loop {
        if let Some(index) = index_from(&code, candidates.len()) {
            return Ok(DrawWorking { index, mac_hex: hex(&code), key_hash_hex: key_hash_hex(day_key) });
        }
        code = code_of(day_key, &code);
    }
}

/// Hash of a day key (密钥摘要), published the day before the key is used.
pub fn key_hash_hex(day_key: &[u8; 32]) -> String {
    hex(&Sha256::digest(day_key))
}

/// Whether a published draw is what its inputs give, and the key is the one announced (复核).
pub fn is_faithful(working: &DrawWorking, day_key: &[u8; 32], case_id: &str, candidates: &[&str]) -> bool {
    draw(day_key, case_id, candidates).as_ref() == Ok(working)
}

fn message(case_id: &str, candidates: &[&str]) -> Result<String, DrawRefusal> {
    let unfit = |id: &&str| id.is_empty() || id.contains('\n');
    let mut distinct = std::collections::BTreeSet::new();
    match () {
        _ if candidates.is_empty() => Err(DrawRefusal::NoCandidates),
        _ if unfit(&case_id) || candidates.iter().any(unfit) => Err(DrawRefusal::BadId),
        _ if !candidates.iter().all(|candidate| distinct.insert(candidate)) => Err(DrawRefusal::CandidateTwice),
        _ => Ok(format!("{case_id}\n{}", candidates.join("\n"))),
    }
}

fn code_of(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("the code takes a key of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

fn index_from(code: &[u8; 32], candidates: usize) -> Option<usize> {
    let count = candidates as u128;
    let fair = (1_u128 << 64) / count * count;
    let numbers = code.chunks_exact(8).map(|word| u64::from_be_bytes(word.try_into().expect("a word has eight bytes")));
    numbers.map(u128::from).find(|number| *number < fair).map(|number| (number % count) as usize)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: [u8; 32] = [7; 32];
    const JUDGES: [&str; 5] = ["judge-1", "judge-2", "judge-3", "judge-4", "judge-5"];

    #[test]
    fn anyone_can_run_the_draw_again() {
        let first = draw(&KEY, "case-1", &JUDGES).expect("five judges are eligible");
        assert!(is_faithful(&first, &KEY, "case-1", &JUDGES));
        assert!(!is_faithful(&first, &[8; 32], "case-1", &JUDGES), "another key is noticed");
        assert!(!is_faithful(&first, &KEY, "case-2", &JUDGES), "another case is noticed");
        let moved = DrawWorking { index: (first.index + 1) % JUDGES.len(), ..first };
        assert!(!is_faithful(&moved, &KEY, "case-1", &JUDGES), "another judge is noticed");
    }

    #[test]
    fn the_code_is_the_standard_one() {
        // RFC 4231 test case 2 pads its short key with zeros, as the construction itself does.
        let mut key = [0_u8; 32];
        key[..4].copy_from_slice(b"Jefe");
        let code = code_of(&key, b"what do ya want for nothing?");
        assert_eq!(hex(&code), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn the_key_hash_is_plain_sha_256() {
        assert_eq!(key_hash_hex(&[0; 32]), "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
    }

    #[test]
    fn every_judge_is_drawn_about_as_often() {
        let mut drawn = [0_u32; JUDGES.len()];
        for case in 0..10_000 {
            drawn[draw(&KEY, &format!("case-{case}"), &JUDGES).expect("five judges are eligible").index] += 1;
        }
        // 2,000 each are expected; five standard deviations are 200.
        assert!(drawn.iter().all(|times| times.abs_diff(2_000) < 200), "{drawn:?}");
    }

    #[test]
    fn numbers_beyond_the_fair_range_are_passed_over() {
        // 2^64 - 1 is a multiple of three, so the highest number alone would favour the first candidate.
        let mut code = [0xff_u8; 32];
        assert_eq!(index_from(&code, 3), None);
        code[8..16].copy_from_slice(&4_u64.to_be_bytes());
        assert_eq!(index_from(&code, 3), Some(1));
    }

    #[test]
    fn an_unfair_or_empty_list_is_refused() {
        assert_eq!(draw(&KEY, "case-1", &[]), Err(DrawRefusal::NoCandidates));
        assert_eq!(draw(&KEY, "case-1", &["a", "a"]), Err(DrawRefusal::CandidateTwice));
        assert_eq!(draw(&KEY, "case-1", &["a\nb"]), Err(DrawRefusal::BadId));
        assert_eq!(draw(&KEY, "", &["a"]), Err(DrawRefusal::BadId));
    }

    proptest! {
        #[test]
        fn the_one_drawn_is_a_candidate(key: [u8; 32], case in "[a-z0-9-]{1,20}", count in 1_usize..60) {
            let names: Vec<String> = (0..count).map(|at| format!("judge-{at}")).collect();
            let judges: Vec<&str> = names.iter().map(String::as_str).collect();
            let drawn = draw(&key, &case, &judges).expect("judges are eligible");
            prop_assert!(drawn.index < count);
            prop_assert_eq!(draw(&key, &case, &judges), Ok(drawn));
        }
    }
}
