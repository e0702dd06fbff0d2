//! Two versions of a text side by side (文本对照): what stayed, what went, what came, in whole words.
//!
//! Chinese has no spaces between words, so words come from a dictionary. Sentences are compared first and words only
//! within those that changed: a paragraph that was written anew reads as one that went and one that came.

use std::sync::LazyLock;

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Words of a changed passage that are compared one by one; a longer one is shown as it was and as it is.
const WORDS_COMPARED: usize = 2_000;
/// Words that are compared in all, and sentences between the first and the last change: no file that anybody sends keeps
/// a thread for long. What is longer is told as what went and what came.
const WORDS_IN_ALL: usize = 50_000;
const SENTENCES_COMPARED: usize = 5_000;
/// Where a sentence ends.
const ENDS: &[char] = &['。', '；', '！', '？', '\n'];

static WORDS: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// What became of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It stands in both.
    Kept,
    /// It stands only in the earlier one.
    Removed,
    /// It stands only in the later one.
    Added,
}

/// A passage and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ComparedPassage)]
pub struct Passage {
    /// What became of it.
    pub change: Change,
    /// Its text.
    pub text: String,
}

/// Compares two versions. The passages that were kept or removed are the earlier text, those kept or added the later.
pub fn compare(before: &str, after: &str) -> Vec<Passage> {
    let (old, new) = (sentences(before), sentences(after));
    let first = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let ends = old[first..].iter().rev().zip(new[first..].iter().rev());
    let last = ends.take_while(|(old, new)| old == new).count();
    let (changed, into) = (&old[first..old.len() - last], &new[first..new.len() - last]);
    let mut passages = Passages { told: vec![], words_left: WORDS_IN_ALL };
    passages.push(Change::Kept, &new[..first].concat());
    if changed.len().max(into.len()) > SENTENCES_COMPARED {
        passages.replace(&changed.concat(), &into.concat());
    } else {
        passages.compare_sentences(changed, into);
    }
    passages.push(Change::Kept, &new[new.len() - last..].concat());
    passages.told
}

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(ENDS).collect()
}

fn words(text: &str) -> Vec<&str> {
    let ends: Vec<usize> = WORDS.segment_str(text).collect();
    ends.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

struct Passages {
    told: Vec<Passage>,
    /// How many words may still be compared one by one.
    words_left: usize,
}

impl Passages {
    /// Adds a passage, to the last one where the same became of it.
    fn push(&mut self, change: Change, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.told.last_mut() {
            Some(last) if last.change == change => last.text.push_str(text),
            _ => self.told.push(Passage { change, text: text.to_owned() }),
        }
    }

    fn replace(&mut self, before: &str, after: &str) {
        self.push(Change::Removed, before);
        self.push(Change::Added, after);
    }

    fn compare_sentences(&mut self, old: &[&str], new: &[&str]) {
        for op in capture_diff_slices(Algorithm::Myers, old, new) {
            let (earlier, later) = (old[op.old_range()].concat(), new[op.new_range()].concat());
            match op {
                DiffOp::Equal { .. } => self.push(Change::Kept, &later),
                DiffOp::Replace { .. } => self.compare_words(&earlier, &later),
                DiffOp::Delete { .. } | DiffOp::Insert { .. } => self.replace(&earlier, &later),
            }
        }
    }

    fn compare_words(&mut self, before: &str, after: &str) {
        if self.words_left == 0 {
            return self.replace(before, after);
        }
        let (old, new) = (words(before), words(after));
        let many = old.len().max(new.len());
        if many > WORDS_COMPARED.min(self.words_left) {
            return self.replace(before, after);
        }
        self.words_left -= many;
        let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
        let (mut removed, mut added) = (String::new(), String::new());
        for (place, op) in ops.iter().enumerate() {
            let (earlier, later) = (old[op.old_range()].concat(), new[op.new_range()].concat());
            let between = place > 0 && place + 1 < ops.len();
            if matches!(op, DiffOp::Equal { .. }) && !(between && later.chars().count() <= 1) {
                self.push(Change::Removed, &std::mem::take(&mut removed));
                self.push(Change::Added, &std::mem::take(&mut added));
                self.push(Change::Kept, &later);
            } else {
                // A single character that stayed between two changes is no resting place for the eye.
                removed.push_str(&earlier);
                added.push_str(&later);
            }
        }
        self.push(Change::Removed, &removed);
        self.push(Change::Added, &added);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        let mark = |passage: Passage| match passage.change {
            Change::Kept => passage.text,
            Change::Removed => format!("[-{}-]", passage.text),
            Change::Added => format!("[+{}+]", passage.text),
        };
        compare(before, after).into_iter().map(mark).collect()
    }

    fn side(passages: &[Passage], left_out: Change) -> String {
        passages.iter().filter(|passage| passage.change != left_out).map(|passage| passage.text.as_str()).collect()
    }

    #[test]
    fn a_word_is_changed_as_a_whole_and_never_a_character_of_it() {
        assert_eq!(told("被告应当返还借款本金。", "被告应当偿还借款本金。"), "被告应当[-返还-][+偿还+]借款本金。");
        assert_eq!(told("共计12000元。", "共计13000元。"), "共计[-12000-][+13000+]元。");
    }

    #[test]
    fn a_book_is_told_as_it_was_and_as_it_is() {
        let (before, after) = ("甲。".repeat(60_000), "乙；".repeat(60_000));
        let changes: Vec<Change> = compare(&before, &after).into_iter().map(|passage| passage.change).collect();
        assert_eq!(changes, [Change::Removed, Change::Added]);
        assert_eq!(compare(&before, &before).len(), 1);
    }

    #[test]
    fn a_sentence_that_came_is_told_by_itself() {
        assert_eq!(told("甲。丙。", "甲。乙。丙。"), "甲。[+乙。+]丙。");
        assert_eq!(told("甲。乙。丙。", "甲。丙。"), "甲。[-乙。-]丙。");
    }

    #[test]
    fn a_single_character_between_two_changes_is_part_of_the_change() {
        assert_eq!(told("原告的请求成立。", "被告的抗辩成立。"), "[-原告的请求-][+被告的抗辩+]成立。");
    }

    #[test]
    fn the_same_text_has_no_change_and_nothing_has_no_passage() {
        assert_eq!(told("甲。\n乙。", "甲。\n乙。"), "甲。\n乙。");
        assert_eq!(compare("", ""), []);
        assert_eq!(told("", "新"), "[+新+]");
        assert_eq!(told("旧", ""), "[-旧-]");
    }

    #[test]
    fn a_text_of_any_length_is_compared_and_nothing_of_it_is_lost() {
        let own = |word: &str, count: usize| (0..count).map(|at| format!("{word}{at}。")).collect::<String>();
        let (before, after) = (own("甲", 400_000), own("乙", 400_000));
        let (before, after) = (format!("头。{before}尾。"), format!("头。{after}尾。"));
        // Sentence by sentence this would not end today.
        let passages = compare(&before, &after);
        let whole: Vec<Change> = passages.iter().map(|passage| passage.change).collect();
        assert_eq!(whole, [Change::Kept, Change::Removed, Change::Added, Change::Kept]);
        assert_eq!((side(&passages, Change::Added), side(&passages, Change::Removed)), (before, after));
    }

    #[test]
    fn both_versions_can_be_read_from_what_is_told_whatever_they_are() {
        let long = "本院经审查认为，原告的诉讼请求于法有据应予支持".repeat(3_000);
        let other = "被告辩称，双方已就还款达成协议故不应支持".repeat(3_000);
        let pairs = [
            ("", "本院认为，合同有效。\n\n综上。"),
            ("a\u{202E}b 堃玥。", "堃 a\u{202E}c。"),
            (long.as_str(), other.as_str()),
            ("一、被告于十日内返还50000元；\n二、驳回其他请求。", "一、被告于七日内返还48000元及利息；\n二、驳回。"),
        ];
        for (before, after) in pairs {
            let passages = compare(before, after);
            assert_eq!(side(&passages, Change::Added), before);
            assert_eq!(side(&passages, Change::Removed), after);
        }
    }
}
