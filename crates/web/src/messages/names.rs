//! Names of law that the law data carry in both languages: causes of action, places of the catalogue. What has no
//! English there keeps its Chinese name.

use xiezhi_domain::law::{catalogue, cause};

use super::Lang;

/// A cause of action in the reader's language.
pub fn cause(lang: Lang, name_zh: &str) -> String {
    let english = || cause_in_english(name_zh);
    Some(lang).filter(|lang| *lang == Lang::En).and_then(|_| english()).unwrap_or_else(|| name_zh.to_owned())
}

/// The English name of a cause, where the data have one: `PrivateLending` is read as *Private lending*.
pub fn cause_in_english(name_zh: &str) -> Option<String> {
    let ident = &cause::named(name_zh).find(|cause| !cause.ident_en.is_empty())?.ident_en;
    let mut words = String::new();
    for letter in ident.chars() {
        match letter.is_ascii_uppercase() && !words.is_empty() {
            true => words.extend([' ', letter.to_ascii_lowercase()]),
            false => words.push(letter),
        }
    }
    Some(words)
}

/// A place of the catalogue in the reader's language: the key `service_receipts` is read as *Service receipts*.
pub fn place(lang: Lang, name_zh: &str) -> String {
    let key = || catalogue::keys_of(name_zh).next().map(|key| key.replace('_', " "));
    let english = Some(lang).filter(|lang| *lang == Lang::En).and_then(|_| key());
    let Some(words) = english else { return name_zh.to_owned() };
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_ascii_uppercase(), letters.as_str()))
}

/// The language that words are in, for whoever reads them aloud: Chinese words are told on a page of either language.
pub fn spoken(words: &str) -> Option<&'static str> {
    (!words.is_ascii()).then_some(Lang::Zh.tag())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_data_name_in_english_is_told_in_english_and_the_rest_in_chinese() {
        assert_eq!(cause(Lang::En, "民间借贷纠纷"), "Private lending");
        assert_eq!(cause(Lang::Zh, "民间借贷纠纷"), "民间借贷纠纷");
        assert_eq!(cause(Lang::En, "姓名权纠纷"), "姓名权纠纷");
        assert_eq!(place(Lang::En, "送达地址确认书"), "Service address confirmation");
        assert_eq!(place(Lang::Zh, "送达地址确认书"), "送达地址确认书");
        assert_eq!((spoken("Loan"), spoken("借款合同纠纷")), (None, Some("zh-CN")));
    }
}
