//! Roles of parties (诉讼地位) and kinds of evidence (证据种类) in the reader's language. On the record they are Chinese, and
//! programs are told them as they stand there.

use xiezhi_domain::{
    filing::{AUTHORITY_PAPER, IDENTITY_PAPER},
    party::PartyRole,
};

use super::{Lang, t};

crate::messages! {
    Plaintiff => "原告", "Plaintiff";
    Defendant => "被告", "Defendant";
    ThirdParty => "第三人", "Third party";
    Documentary => "书证", "Documentary evidence";
    Electronic => "电子数据", "Electronic data";
    Recordings => "视听资料", "Audio or video";
    Physical => "物证", "Physical evidence";
    Testimony => "证人证言", "Testimony of a witness";
    Expert => "鉴定意见", "Expert opinion";
    Inspection => "勘验笔录", "Record of an inspection";
    Statement => "当事人的陈述", "Statement of a party";
    StatementShort => "当事人陈述", "Statement of a party";
    Identity => "身份证明", "Proof of identity";
    Authority => "授权委托书", "Letter of authority";
}

const ROLES: [Key; 3] = [Key::Plaintiff, Key::Defendant, Key::ThirdParty];

/// Kinds of evidence, the most usual first.
///
/// Source: 《民事诉讼法》第六十六条.
pub const KINDS: [Key; 8] = [
    Key::Documentary,
    Key::Electronic,
    Key::Recordings,
    Key::Physical,
    Key::Testimony,
    Key::Expert,
    Key::Inspection,
    Key::Statement,
];

/// The word for a role.
#[must_use]
pub const fn role(role: PartyRole) -> Key {
    match role {
        PartyRole::Plaintiff => Key::Plaintiff,
        PartyRole::Defendant => Key::Defendant,
        PartyRole::ThirdParty => Key::ThirdParty,
    }
}

/// A party under its role: 被告 李四.
#[must_use]
pub fn called(lang: Lang, of: PartyRole, name: &str) -> String {
    format!("{} {name}", t(lang, role(of)))
}

/// A party as views tell it, under its role in Chinese: the word for the role, if one stands before the name, and the name.
#[must_use]
pub fn parted(lang: Lang, told: &str) -> (Option<&'static str>, &str) {
    let of = |key: &Key| Some((*key, told.strip_prefix(t(Lang::Zh, *key))?));
    match ROLES.iter().find_map(of) {
        Some((key, name)) => (Some(t(lang, key)), name.trim_start()),
        None => (None, told),
    }
}

/// A party as views tell it, in the reader's language.
#[must_use]
pub fn in_words(lang: Lang, told: &str) -> String {
    match (lang, parted(lang, told)) {
        (Lang::En, (Some(role), name)) => format!("{role} {name}").trim_end().to_owned(),
        _ => told.to_owned(),
    }
}

/// A kind of evidence, stored in Chinese, in the reader's language. What somebody wrote in words of their own stays.
#[must_use]
pub fn kind(lang: Lang, stored: &str) -> &str {
    let others = [Key::StatementShort, Key::Identity, Key::Authority];
    let known = KINDS.into_iter().chain(others).find(|key| t(Lang::Zh, *key) == stored);
    known.map_or(stored, |key| t(lang, key))
}

/// Kinds of what a filer hands in: evidence, and papers that are none.
pub fn filed() -> impl Iterator<Item = (&'static str, &'static str)> {
    let kinds = KINDS.into_iter().map(|key| t(Lang::Zh, key)).chain([IDENTITY_PAPER, AUTHORITY_PAPER]);
    kinds.map(|stored| (stored, kind(Lang::En, stored)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_is_called_by_its_role_in_the_readers_language_and_by_its_own_name() {
        assert_eq!(in_words(Lang::En, "被告 李四"), "Defendant 李四");
        assert_eq!(in_words(Lang::En, "第三人丁公司"), "Third party 丁公司");
        assert_eq!(in_words(Lang::Zh, "被告 李四"), "被告 李四");
        assert_eq!(in_words(Lang::En, "书记员 纪真"), "书记员 纪真");
        assert_eq!(called(Lang::En, PartyRole::Plaintiff, "张三"), "Plaintiff 张三");
    }

    #[test]
    fn every_kind_that_is_offered_has_a_name_in_english_and_is_stored_in_chinese() {
        assert!(
            filed().all(|(stored, shown)| stored != shown && shown.is_ascii()),
            "{:?}",
            filed().collect::<Vec<_>>()
        );
        assert_eq!(kind(Lang::En, "当事人陈述"), "Statement of a party");
        assert_eq!((kind(Lang::Zh, "书证"), kind(Lang::En, "别的")), ("书证", "别的"));
    }
}
