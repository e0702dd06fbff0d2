//! Short messages (短信模板): one segment, no links, no facts of the case.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::data;

const FILE: &str = "service_texts.toml";
static TEXTS: LazyLock<File> = LazyLock::new(|| {
    data::document(FILE, include_str!("../../../../law/service_texts.toml"))
        .expect("the embedded texts read; a test proves it")
});

/// A pattern of a short message (短信模板). Wording is the project's, a setting of the court.
///
/// Source: 《在线诉讼规则》第三十二条: a text may point to papers, it is not the papers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ServiceText {
    /// Stable id.
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// To whom, in words.
    pub to: String,
    /// The pattern; `{slot}` is replaced.
    pub pattern: String,
    /// Longest filled length in characters that was reckoned with.
    pub max_filled: usize,
}

/// Why a message is not sent (短信有误).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum TextProblem {
    /// A slot has nothing in it.
    SlotEmpty {
        /// Which.
        slot: String,
    },
    /// It would not fit one segment.
    TooLong {
        /// Its length in characters.
        length: u32,
    },
    /// A filling looks like a link: texts of the court carry none.
    LooksLikeALink {
        /// Which slot.
        slot: String,
    },
}

impl TextProblem {
    /// The stable code of this problem.
    pub fn code(&self) -> &'static str {
        match self {
            TextProblem::SlotEmpty { .. } => "service_text.slot_empty",
            TextProblem::TooLong { .. } => "service_text.too_long",
            TextProblem::LooksLikeALink { .. } => "service_text.looks_like_a_link",
        }
    }
}

#[derive(Deserialize)]
struct File {
    max_chars: usize,
    slots: BTreeMap<String, usize>,
    text: Vec<ServiceText>,
}

/// The pattern of this id.
pub fn text(id: &str) -> Option<&'static ServiceText> {
    TEXTS.text.iter().find(|text| text.id == id)
}

/// Every pattern.
pub fn all() -> &'static [ServiceText] {
    &TEXTS.text
}

impl ServiceText {
    /// The slots of the pattern, in order.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(slot, _)| slot))
    }

    /// Fills the pattern and checks the whole.
    ///
    /// # Errors
    /// A [`TextProblem`] for an empty slot, a link, or more than one segment.
    pub fn filled(&self, values: &BTreeMap<&str, &str>) -> Result<String, TextProblem> {
        let mut message = self.pattern.clone();
        for slot in self.slots() {
            let value = values.get(slot).map(|value| value.trim()).filter(|value| !value.is_empty());
            let value = value.ok_or_else(|| TextProblem::SlotEmpty { slot: slot.to_owned() })?;
            if looks_like_a_link(value) {
                return Err(TextProblem::LooksLikeALink { slot: slot.to_owned() });
            }
            message = message.replace(&format!("{{{slot}}}"), value);
        }
        let length = message.chars().count();
        if length > TEXTS.max_chars { Err(TextProblem::TooLong { length: length as u32 }) } else { Ok(message) }
    }
}

/// The width in characters that a slot was reckoned with.
pub fn slot_width(slot: &str) -> Option<usize> {
    TEXTS.slots.get(slot).copied()
}

fn looks_like_a_link(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    ["://", "www.", ".com", ".cn", ".net"].iter().any(|mark| value.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_fits_one_segment_and_ends_with_the_official_number() {
        assert_eq!(all().len(), 18);
        for text in all() {
            let width: usize = text.slots().map(|slot| slot_width(slot).expect("every slot has a width")).sum();
            let names: usize = text.slots().map(|slot| slot.chars().count() + 2).sum();
            assert!(text.pattern.chars().count() - names + width <= TEXTS.max_chars, "{}", text.id);
            assert!(text.pattern.contains("12368") && !looks_like_a_link(&text.pattern), "{}", text.id);
        }
    }

    #[test]
    fn a_message_is_filled_slot_by_slot() {
        let filed = text("filed").expect("the pattern exists");
        let values =
            BTreeMap::from([("court", "烟台开发区法院"), ("case_no", "（2026）鲁0691民初101号"), ("clerk", "纪实录")]);
        let message = filed.filled(&values).expect("everything is there");
        assert_eq!(
            message,
            "烟台开发区法院：（2026）鲁0691民初101号已立案，进度见官方诉讼平台。书记员纪实录，可拨12368核实。"
        );
    }

    #[test]
    fn an_empty_slot_a_link_or_a_long_name_stops_it() {
        let filed = text("filed").expect("the pattern exists");
        let with = |clerk: &str| {
            filed
                .filled(&BTreeMap::from([("court", "法院"), ("case_no", "（2026）鲁0691民初101号"), ("clerk", clerk)]))
                .map_err(|problem| problem.code())
        };
        assert_eq!(with(" "), Err("service_text.slot_empty"));
        assert_eq!(with("http://x"), Err("service_text.looks_like_a_link"));
        assert_eq!(with(&"长".repeat(60)), Err("service_text.too_long"));
    }

    #[test]
    fn a_defendant_who_is_not_yet_known_reads_no_case_number() {
        let summons = text("summons").expect("the pattern exists");
        assert!(summons.slots().all(|slot| slot != "case_no"));
    }
}
