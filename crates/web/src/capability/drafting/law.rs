//! Citing the law while drafting (引用法条): an article is looked up, read, and put into the draft by one click.
//!
//! Every verb here saves the draft first, so that it works without scripts and nothing typed is lost.

use jiff::civil::Date;
use xiezhi_domain::{drafting::DraftContent, law::instrument::Library};

use crate::{
    capability::statutes::ArticleView,
    frame::prelude::*,
    http::prelude::*,
    messages::{Lang, drafting::Key, t},
};

/// Articles shown at most.
const SHOWN: usize = 10;

/// What is looked up on the page of a draft.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) law: String,
}

/// What was looked up, and the articles found.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SoughtLaw)]
pub struct Sought {
    words: String,
    found: Vec<ArticleView>,
}

impl Sought {
    /// The articles in force today; nothing where nothing was asked.
    pub(super) fn of(library: &Library, asked: &Asked, today: Date) -> Option<Self> {
        let words = asked.law.trim();
        let found = library.find(words, today, SHOWN).into_iter().map(ArticleView::of).collect();
        (!words.is_empty()).then(|| Self { words: words.to_owned(), found })
    }
}

/// The place in the editor where the law is looked up.
pub(super) fn desk(lang: Lang, sought: Option<&Sought>) -> Markup {
    let words = sought.map_or("", |sought| sought.words.as_str());
    html! {
        (side_by_side(html! {
            (Field::new("law_words", t(lang, Key::FindLaw)).value(words).help(t(lang, Key::FindLawHelp)).text())
        }))
        p { (Verb::submit_as(t(lang, Key::Find), "law_verb", "find").icon(Icon::Search)) }
        @if let Some(sought) = sought {
            @if sought.found.is_empty() { p { (t(lang, Key::NoLaw)) } }
            @for article in &sought.found {
                h3 { (article.citation) }
                (article.body())
                @let (cite, quote) = (format!("cite {}", article.citation), format!("quote {}", article.citation));
                p.acts {
                    (Verb::submit_as(t(lang, Key::Cite), "law_verb", &cite).row().about(&article.citation)) " "
                    (Verb::submit_as(t(lang, Key::Quote), "law_verb", &quote).row().about(&article.citation))
                }
            }
        }
    }
}

/// What is wished of the law while the draft is saved.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = LawWish)]
pub(super) struct Wish {
    /// What to look up.
    #[serde(default)]
    law_words: String,
    /// `find`, or `cite` or `quote` with the citation of an article.
    #[serde(default)]
    law_verb: String,
}

impl Wish {
    /// Puts an article into the draft: its citation among the legal basis, or its words into the reasoning.
    pub(super) fn grant(&self, library: &Library, today: Date, content: &mut DraftContent) {
        let Some((verb, citation)) = self.law_verb.split_once(' ') else { return };
        let found = library.find(citation, today, SHOWN).into_iter();
        let Some(hit) = found.into_iter().find(|hit| hit.instrument.cite(hit.article) == citation) else { return };
        match verb {
            "cite" if !content.legal_basis.iter().any(|law| law == citation) => {
                content.legal_basis.push(citation.to_owned());
            }
            "quote" => {
                if !content.reasoning.is_empty() && !content.reasoning.ends_with('\n') {
                    content.reasoning.push('\n');
                }
                let words = hit.article.text.lines().collect::<String>();
                content.reasoning.push_str(&format!("{citation}规定：“{words}”"));
            }
            _ => {}
        }
    }

    /// The page after saving: where something was looked up, with what was found.
    pub(super) fn leads_to(&self, page: &str) -> String {
        let words = self.law_words.trim();
        match self.law_verb.is_empty() || words.is_empty() {
            true => page.to_owned(),
            false => format!("{page}?{}", serde_html_form::to_string([("law", words)]).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{capability::statutes::samples::library, gallery::lived::TODAY};

    fn granted(verb: &str, content: DraftContent) -> DraftContent {
        let mut content = content;
        Wish { law_words: String::new(), law_verb: verb.to_owned() }.grant(&library(), TODAY, &mut content);
        content
    }

    #[test]
    fn an_article_is_cited_once_and_quoted_in_its_own_words() {
        let cited = granted("cite 《示例借款条例》第二条", DraftContent::default());
        assert_eq!(cited.legal_basis, ["《示例借款条例》第二条"]);
        assert_eq!(granted("cite 《示例借款条例》第二条", cited.clone()), cited);

        let written = DraftContent { reasoning: "本院认为，借款合同有效。".to_owned(), ..DraftContent::default() };
        let quoted = granted("quote 《示例借款条例》第三条", written);
        assert_eq!(
            quoted.reasoning,
            "本院认为，借款合同有效。\n《示例借款条例》第三条规定：“借款的利息不得预先在本金中扣除。”"
        );
    }

    #[test]
    fn what_the_court_does_not_have_is_not_put_into_a_draft() {
        for verb in ["", "find", "cite 《示例借款条例》第九条", "quote 别的话", "strike 《示例借款条例》第二条"] {
            assert_eq!(granted(verb, DraftContent::default()), DraftContent::default(), "{verb}");
        }
    }
}
