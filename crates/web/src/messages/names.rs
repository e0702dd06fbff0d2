//! Names of law that the law data carry in both languages: causes of action, places of the catalogue. What has no
//! English there keeps its Chinese name.

use xiezhi_domain::{
    law::{catalogue, cause},
    party::PartyRole,
};

use super::{Lang, t};

crate::messages! {
    Plaintiff => "原告", "Plaintiff";
    Defendant => "被告", "Defendant";
    ThirdParty => "第三人", "Third party";
}

/// What a party is in the case, in the reader's language.
pub fn role(lang: Lang, role: PartyRole) -> &'static str {
    t(
        lang,
        match role {
            PartyRole::Plaintiff => Key::Plaintiff,
            PartyRole::Defendant => Key::Defendant,
            PartyRole::ThirdParty => Key::ThirdParty,
        },
    )
}

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

/// Short names in the law data, and what they stand for; longer ones first.
const SHORT: [(&str, &str); 12] = [
    ("民诉法解释", "民诉法解释"),
    ("民诉法", "民事诉讼法"),
    ("解释", "民诉法解释"),
    ("行诉法", "行政诉讼法"),
    ("费用办法", "诉讼费用交纳办法"),
    ("登记立案规定", "最高人民法院关于人民法院登记立案若干问题的规定"),
    ("在线调解规则", "人民法院在线调解规则"),
    ("在线诉讼规则", "人民法院在线诉讼规则"),
    ("特邀调解规定", "最高人民法院关于人民法院特邀调解的规定"),
    ("合议庭规定2002-", "最高人民法院关于人民法院合议庭工作的若干规定"),
    ("延长审限规定2019-", "最高人民法院关于严格规范民商事案件延长审限和延期开庭问题的规定"),
    ("审限规定2000-", "最高人民法院关于严格执行案件审理期限制度的若干规定"),
];

/// The source of a period as it is cited: `民诉法126; 登记立案规定8` names two articles. What is not known stays.
pub fn cited(source: &str) -> String {
    let plain = source.split('〔').next().unwrap_or_default().trim();
    plain.split("; ").map(article).collect::<Vec<_>>().join("；")
}

fn article(short: &str) -> String {
    let known = |(name, law): &(&str, &str)| {
        let number: u32 = short.strip_prefix(name)?.parse().ok()?;
        (1..1000).contains(&number).then(|| format!("《{law}》第{}条", number_of_article(number)))
    };
    SHORT.iter().find_map(known).unwrap_or_else(|| short.to_owned())
}

/// An article's number as laws write it: 164 is 一百六十四, 105 is 一百零五, 12 is 十二.
fn number_of_article(number: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |unit: u32| DIGITS[(number / unit % 10) as usize];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut words = String::new();
    if hundreds > 0 {
        words.extend([digit(100), '百']);
    }
    match tens {
        0 if hundreds > 0 && ones > 0 => words.push('零'),
        0 => {}
        1 if hundreds == 0 => words.push('十'),
        _ => words.extend([digit(10), '十']),
    }
    if ones > 0 {
        words.push(digit(1));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_cited_by_its_name_and_article() {
        assert_eq!(cited("民诉法164"), "《民事诉讼法》第一百六十四条");
        let both = "《民事诉讼法》第一百二十六条；《最高人民法院关于人民法院登记立案若干问题的规定》第八条";
        assert_eq!(cited("民诉法126; 登记立案规定8"), both);
        assert_eq!(cited("民诉法解释99"), "《民诉法解释》第九十九条");
        assert_eq!(cited("合议庭规定2002-9"), "《最高人民法院关于人民法院合议庭工作的若干规定》第九条");
        let numbers = [8, 10, 12, 20, 99, 100, 105, 110, 164].map(number_of_article).join(" ");
        assert_eq!(numbers, "八 十 十二 二十 九十九 一百 一百零五 一百一十 一百六十四");
        assert_eq!(cited("立卷归档办法"), "立卷归档办法");
        assert_eq!(cited("《民事诉讼法》第八十五条"), "《民事诉讼法》第八十五条");
    }

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
