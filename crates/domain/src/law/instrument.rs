//! Texts of instruments (法律条文) as a court brings them along: read article by article, found by words or by number.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    citation::{cited_articles, read_count},
    statute,
};

/// An article (条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its number; one that was put in between has its place behind it: 第十条之一 is `(10, 1)`.
    pub no: (u16, u16),
    /// Its number as it is written: 第六百七十五条.
    pub title: String,
    /// Part, chapter and section it stands in.
    pub place: String,
    /// Its words, one paragraph (款) to a line.
    pub text: String,
}

/// An instrument as it stands from a day on (规范性文件).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// Its full name, without 《》.
    pub name: String,
    /// First day in force, where its text says so.
    pub in_force_from: Option<Date>,
    /// Its articles, in order.
    pub articles: Vec<Article>,
}

/// Why a text is no instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// It has no first line to be its name.
    NoName,
    /// No line begins with the number of an article.
    NoArticle,
    /// Two articles have this number.
    Twice(String),
}

impl Instrument {
    /// Reads a text, as plain text or Markdown: the name, then articles that begin a line with their number and a space.
    ///
    /// # Errors
    /// [`TextFault`] says what it lacks.
    pub fn read(text: &str) -> Result<Self, TextFault> {
        let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).skip_while(|line| line.is_empty());
        let name = lines.next().map(|line| unwrapped(line.trim_start_matches('#').trim()).to_owned());
        let name = name.filter(|name| !name.is_empty()).ok_or(TextFault::NoName)?;
        let mut in_force_from = None;
        let mut places: Vec<(usize, String)> = vec![];
        let mut articles = BTreeMap::<(u16, u16), Article>::new();
        let mut open = None;
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with("<!--")) {
            let level = line.chars().take_while(|c| *c == '#').count();
            if level > 0 {
                places.retain(|(above, _)| *above < level);
                let heading = line[level..].split_whitespace().collect::<Vec<_>>().join(" ");
                places.extend((!heading.is_empty()).then_some((level, heading)));
                open = None;
            } else if let Some((no, title, words)) = article(line) {
                let place = places.iter().map(|(_, heading)| heading.as_str()).collect::<Vec<_>>().join(" · ");
                let made = Article { no, title: title.to_owned(), place, text: words.to_owned() };
                if articles.insert(no, made).is_some() {
                    return Err(TextFault::Twice(title.to_owned()));
                }
                open = Some(no);
            } else if let Some(article) = open.and_then(|no| articles.get_mut(&no)) {
                article.text.push('\n');
                article.text.push_str(line);
            } else if articles.is_empty() {
                in_force_from = in_force_from.or_else(|| in_force(line));
            }
        }
        if articles.is_empty() {
            return Err(TextFault::NoArticle);
        }
        let articles: Vec<Article> = articles.into_values().collect();
        let in_force_from = in_force_from.or_else(|| counted(&name, &articles));
        Ok(Self { name, in_force_from, articles })
    }

    /// The citation of one of its articles: 《…》第…条. A name within the name stands in single marks.
    ///
    /// Source: GB/T 15834—2011 《标点符号用法》 4.15.
    pub fn cite(&self, article: &Article) -> String {
        format!("《{}》{}", self.name.replace('《', "〈").replace('》', "〉"), article.title)
    }
}

/// A name without the marks around the whole of it.
fn unwrapped(name: &str) -> &str {
    let inner = name.strip_prefix('《').and_then(|name| name.strip_suffix('》'));
    // 《甲》和《乙》 is no name in marks.
    inner.filter(|inner| !inner.contains('《') || inner.find('《') < inner.find('》')).unwrap_or(name)
}

/// Letters of a name, without marks.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && !"《》〈〉".contains(*c)).collect()
}

/// `第六百七十五条 …`: the number, as it is written, and the words behind it.
fn article(line: &str) -> Option<((u16, u16), &str, &str)> {
    let (title, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let (number, between) = title.strip_prefix('第')?.split_once('条')?;
    let between = match between.strip_prefix('之') {
        Some(between) => read_count(between)?,
        None if between.is_empty() => 0,
        None => return None,
    };
    Some(((read_count(number)?, between), title, words.trim()))
}

/// `2021年1月1日 施行`, `自2021年8月1日起施行`.
fn in_force(line: &str) -> Option<Date> {
    let before = line.split_once("施行")?.0.trim_end().trim_end_matches('起');
    let (year, rest) = before.trim_start_matches('自').split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, _) = rest.split_once('日')?;
    Date::new(year.trim().parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()
}

/// The day that the table of instruments has for one of that name: its only form, or that with this last article.
fn counted(name: &str, articles: &[Article]) -> Option<Date> {
    let last = articles.last()?.no.0;
    let forms: Vec<_> = statute::all().iter().filter(|statute| statute.name_zh == name).collect();
    let meant = match forms.as_slice() {
        [only] => Some(only),
        _ => forms.iter().find(|form| form.articles == Some(last)),
    };
    meant.map(|statute| statute.in_force_from)
}

/// An article that was found.
#[derive(Clone, Copy, Debug)]
pub struct Hit<'l> {
    /// The instrument.
    pub instrument: &'l Instrument,
    /// The article.
    pub article: &'l Article,
}

/// The texts that a court has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    instruments: Vec<Instrument>,
}

impl Library {
    /// Takes an instrument in. Several texts of one instrument, as the books of a code, become one; an article that is
    /// there already is replaced.
    pub fn add(&mut self, instrument: Instrument) {
        let key = |one: &Instrument| (one.name.clone(), one.in_force_from);
        match self.instruments.binary_search_by_key(&key(&instrument), key) {
            Ok(at) => {
                let known = &mut self.instruments[at];
                let both = known.articles.drain(..).chain(instrument.articles);
                known.articles =
                    both.map(|article| (article.no, article)).collect::<BTreeMap<_, _>>().into_values().collect();
            }
            Err(at) => self.instruments.insert(at, instrument),
        }
    }

    /// Every text, by name and day.
    pub fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }

    /// The texts in force on `day`: of each name the newest that had come into force.
    pub fn on(&self, day: Date) -> Vec<&Instrument> {
        let mut found: BTreeMap<&str, &Instrument> = BTreeMap::new();
        // In the order of their days, so that a later one takes the place of an earlier.
        for one in self.instruments.iter().filter(|one| one.in_force_from.is_none_or(|from| from <= day)) {
            found.insert(&one.name, one);
        }
        found.into_values().collect()
    }

    /// Articles in force on `day` that a citation names, in its order: 《…》第…条、第…条第…款. What the court does not have
    /// is left out.
    pub fn cited(&self, citation: &str, day: Date) -> Vec<Hit<'_>> {
        let Some((name, behind)) = citation.split_once('《').and_then(|(_, rest)| rest.split_once('》')) else {
            return vec![];
        };
        let name = plain(name);
        let Some(instrument) = self.on(day).into_iter().find(|known| plain(&known.name) == name) else {
            return vec![];
        };
        let mut hits: Vec<Hit<'_>> = vec![];
        for (number, _) in cited_articles(behind.trim_start()) {
            let found = instrument.articles.iter().filter(|article| article.no == (number, 0));
            let new = found.filter(|article| !hits.iter().any(|hit| hit.article.no == article.no)).collect::<Vec<_>>();
            hits.extend(new.into_iter().map(|article| Hit { instrument, article }));
        }
        hits
    }

    /// Articles in force on `day` that `words` mean: an article named by instrument and number, else those that hold
    /// every word. At most `most`, in the order of the instruments.
    pub fn find(&self, words: &str, day: Date, most: usize) -> Vec<Hit<'_>> {
        let words = words.trim();
        if words.is_empty() {
            return vec![];
        }
        let all = self.on(day).into_iter();
        let all = all.flat_map(|instrument| instrument.articles.iter().map(move |article| Hit { instrument, article }));
        if let Some((name, number)) = named(words) {
            let meant = |hit: &Hit<'_>| hit.article.no.0 == number && plain(&hit.instrument.name).contains(&name);
            return all.filter(meant).take(most).collect();
        }
        let each: Vec<&str> = words.split_whitespace().collect();
        let holds = |hit: &Hit<'_>, word: &str| {
            [&hit.article.text, &hit.article.title, &hit.article.place, &hit.instrument.name]
                .into_iter()
                .any(|text| text.contains(word))
        };
        all.filter(|hit| each.iter().all(|word| holds(hit, word))).take(most).collect()
    }
}

/// `民法典第六百七十五条`, `《民法典》675`: part of a name, and a number.
fn named(words: &str) -> Option<(String, u16)> {
    let words = plain(words);
    if let Some((name, behind)) = words.split_once('第')
        && let Some((number, "")) = behind.split_once('条')
    {
        return Some((name.to_owned(), read_count(number)?));
    }
    let name = words.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = words[name.len()..].parse().ok()?;
    Some((name.to_owned(), number))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TEXT: &str = "# 示例条例\n\n2021年1月1日 施行\n\n<!-- -->\n## 第一章  总则\n\n第一条 借款应当返还。\n\n利息依约定。\n\n\
                        ### 第一节\n第二条\u{3000}依照第一条 的规定，可以催告。\n第二条之一 展期。\n## 第二章\n第十条 施行。\n";

    #[test]
    fn a_citation_of_several_articles_finds_each_in_its_own_words() {
        let library = library();
        let day = date(2026, 3, 2);
        let found =
            |citation| library.cited(citation, day).iter().map(|hit| hit.article.title.as_str()).collect::<Vec<_>>();
        assert_eq!(found("《示例条例》第二条、第一条第二款、第二条"), ["第二条", "第一条"]);
        for citation in ["《别的条例》第二条", "《示例条例》第九条", "示例条例第二条", ""] {
            assert!(found(citation).is_empty(), "{citation}");
        }
    }

    fn library() -> Library {
        let mut library = Library::default();
        library.add(Instrument::read(TEXT).expect("it reads"));
        library
    }

    #[test]
    fn a_text_is_read_article_by_article_with_its_place_and_all_its_paragraphs() {
        let read = Instrument::read(TEXT).expect("it reads");
        assert_eq!((read.name.as_str(), read.in_force_from), ("示例条例", Some(date(2021, 1, 1))));
        let articles: Vec<_> = read.articles.iter().map(|it| (it.no, it.place.as_str(), it.text.as_str())).collect();
        assert_eq!(
            articles,
            [
                ((1, 0), "第一章 总则", "借款应当返还。\n利息依约定。"),
                ((2, 0), "第一章 总则 · 第一节", "依照第一条 的规定，可以催告。"),
                ((2, 1), "第一章 总则 · 第一节", "展期。"),
                ((10, 0), "第二章", "施行。"),
            ]
        );
        assert_eq!(read.cite(&read.articles[2]), "《示例条例》第二条之一");
    }

    #[test]
    fn a_book_of_a_code_that_says_no_day_is_in_force_with_the_code() {
        let book = Instrument::read("# 中华人民共和国民法典\n# 婚姻家庭编\n第一千零四十条 甲。").expect("it reads");
        assert_eq!(book.in_force_from, Some(date(2021, 1, 1)));
        let former = Instrument::read("中华人民共和国民事诉讼法\n第二百九十一条 甲。").expect("it reads");
        assert_eq!(former.in_force_from, Some(date(2022, 1, 1)));
    }

    #[test]
    fn a_name_within_the_name_stands_in_single_marks_and_is_found_without_any() {
        let read = Instrument::read("《关于适用《示例法》的解释》\n第七条 甲。").expect("it reads");
        assert_eq!(read.name, "关于适用《示例法》的解释");
        assert_eq!(read.cite(&read.articles[0]), "《关于适用〈示例法〉的解释》第七条");
        let mut library = Library::default();
        library.add(read);
        for asked in ["示例法的解释7", "《关于适用〈示例法〉的解释》第七条"] {
            assert_eq!(library.find(asked, date(2026, 1, 1), 9).len(), 1, "{asked}");
        }
    }

    #[test]
    fn what_is_no_instrument_says_what_it_lacks() {
        assert_eq!(Instrument::read(" \n"), Err(TextFault::NoName));
        assert_eq!(Instrument::read("通知\n各庭：\n请于周五前报送。"), Err(TextFault::NoArticle));
        let twice = Instrument::read("条例\n第一条 甲。\n第一条 乙。");
        assert_eq!(twice, Err(TextFault::Twice("第一条".to_owned())));
    }

    #[test]
    fn an_article_is_found_by_name_and_number_however_it_is_written() {
        let library = library();
        for asked in ["示例条例第二条", "《示例条例》第2条", "条例 2", "示例条例2"] {
            let found = library.find(asked, date(2026, 1, 1), 10);
            let titles: Vec<_> = found.iter().map(|hit| hit.article.title.as_str()).collect();
            assert_eq!(titles, ["第二条", "第二条之一"], "{asked}");
        }
    }

    #[test]
    fn an_article_is_found_by_every_word_and_not_before_it_is_in_force() {
        let library = library();
        assert_eq!(library.find("借款 利息", date(2026, 1, 1), 10).len(), 1);
        assert_eq!(library.find("借款 催告", date(2026, 1, 1), 10).len(), 0);
        assert_eq!(library.find("借款", date(2020, 12, 31), 10).len(), 0);
        assert_eq!(library.find("  ", date(2026, 1, 1), 10).len(), 0);
    }

    #[test]
    fn the_books_of_a_code_become_one_and_a_later_form_takes_the_place_of_an_earlier() {
        let mut library = library();
        library.add(
            Instrument::read("示例条例\n2021年1月1日 施行\n第三条 丙。\n第一条 借款应当按期返还。").expect("it reads"),
        );
        library.add(Instrument::read("示例条例\n自2025年1月1日起施行\n第一条 借款应当即时返还。").expect("it reads"));
        assert_eq!(library.instruments().len(), 2);
        let words =
            |day| library.find("示例条例第一条", day, 9).iter().map(|hit| hit.article.text.clone()).collect::<Vec<_>>();
        assert_eq!(words(date(2024, 1, 1)), ["借款应当按期返还。"]);
        assert_eq!(words(date(2025, 1, 1)), ["借款应当即时返还。"]);
        assert_eq!(library.find("示例条例3", date(2024, 1, 1), 9).len(), 1);
    }
}
