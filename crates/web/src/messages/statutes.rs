//! Words of the texts of the law.

use super::Lang;

crate::messages! {
    Title => "法律条文", "The law";
    Intro => "按法名和条号找，或者用几个词找。条文由法院导入，引用前请与公布的文本核对。", "Search by name and article, or by words. The court brought these texts along; compare with what was published before you cite.";
    Words => "找什么", "What to look for";
    WordsHelp => "例如：民法典675、民法典第六百七十五条、借款 返还 期限", "For example 民法典675, 民法典第六百七十五条, or words such as 借款 返还";
    Day => "哪一天有效的", "In force on";
    Search => "查找", "Search";
    Nothing => "没有找到。换个说法，或者看看那一天它是否有效。", "Nothing found. Try other words, or check that it was in force on that day.";
    More => "还有更多，请再加几个词。", "There are more; add words.";
    Texts => "已导入的文本", "Texts brought along";
    NoTexts => "还没有法律条文", "No texts yet";
    NoTextsNote => "管理员用 xiezhi law import 导入以后，就能在这里查找，起草文书时也能引用。", "Once an administrator has brought them along with xiezhi law import, they are searched here and cited in drafts.";
    Before => "前一百条", "The hundred before";
    After => "后一百条", "The next hundred";
}

/// How many were found.
#[must_use]
pub fn found(lang: Lang, count: usize) -> String {
    lang.pick("找到N条", "Found: N").replace('N', &count.to_string())
}

/// How many articles it has.
#[must_use]
pub fn articles(lang: Lang, count: usize) -> String {
    match count {
        1 => lang.pick("1条", "1 article").to_owned(),
        _ => lang.pick("N条", "N articles").replace('N', &count.to_string()),
    }
}

/// From when it is in force.
#[must_use]
pub fn from(lang: Lang, day: &str) -> String {
    lang.pick("D起施行", "in force from D").replace('D', day)
}
