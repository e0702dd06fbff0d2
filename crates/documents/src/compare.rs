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
/// Sentences of a text that are compared one by one; the time that takes grows with their square where nothing is alike.
const SENTENCES_COMPARED: usize = 10_000;
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
    let mut passages = Passages::default();
    if before != after && old.len().max(new.len()) > SENTENCES_COMPARED {
        passages.push(Change::Removed, before);
        passages.push(Change::Added, after);
        return passages.0;
    }
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (earlier, later) = (old[op.old_range()].concat(), new[op.new_range()].concat());
        match op {
            DiffOp::Equal { .. } => passages.push(Change::Kept, &later),
            DiffOp::Replace { .. } => passages.compare_words(&earlier, &later),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } => {
                passages.push(Change::Removed, &earlier);
                passages.push(Change::Added, &later);
            }
        }
    }
    passages.0
}

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(ENDS).collect()
}

fn words(text: &str) -> Vec<&str> {
    let ends: Vec<usize> = WORDS.segment_str(text).collect();
    ends.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

#[derive(Default)]
struct Passages(Vec<Passage>);

impl Passages {
    /// Adds a passage, to the last one where the same became of it.
    fn push(&mut self, change: Change, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.change == change => last.text.push_str(text),
            _ => self.0.push(Passage { change, text: text.to_owned() }),
        }
    }

    fn compare_words(&mut self, before: &str, after: &str) {
        let (old, new) = (words(before), words(after));
        if old.len().max(new.len()) > WORDS_COMPARED {
            self.push(Change::Removed, before);
            self.push(Change::Added, after);
            return;
        }
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
