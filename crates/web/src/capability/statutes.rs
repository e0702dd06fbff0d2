//! The law, article by article (法律条文): texts that the court brought along, to be searched and cited.

pub(crate) mod samples;

use jiff::civil::Date;
use xiezhi_domain::law::instrument::{Hit, Instrument, Library};

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        Lang, day_in_full,
        statutes::{self as words, Key},
        t,
    },
};

/// Articles shown at most for one question.
pub(super) const SHOWN: usize = 50;
/// Articles on a page of a whole instrument.
const PER_PAGE: usize = 100;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/statutes", Op::SearchStatutes, search)
        .get("/statutes/text", Op::ReadStatute, read)
}

/// An article that was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FoundArticle)]
pub struct ArticleView {
    /// Its citation: 《…》第…条.
    pub citation: String,
    /// Part, chapter and section.
    pub place: String,
    /// Its words, one paragraph to a line.
    pub text: String,
}

impl ArticleView {
    /// What was found, as pages tell it.
    pub(super) fn of(hit: Hit<'_>) -> Self {
        Self {
            citation: hit.instrument.cite(hit.article),
            place: hit.article.place.clone(),
            text: hit.article.text.clone(),
        }
    }

    /// Its words, a paragraph each.
    pub(super) fn body(&self) -> Markup {
        html! {
            @if !self.place.is_empty() { p.muted { (self.place) } }
            @for line in self.text.lines() { p { (line) } }
        }
    }
}

/// A text the court has.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StatuteLine)]
pub struct Line {
    /// Its name.
    name: String,
    /// From when it is in force.
    in_force_from: Option<Date>,
    /// How many articles it has.
    articles: usize,
}

/// The texts, and what was found in them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatutesView {
    /// What was asked.
    words: String,
    /// The day whose law was asked.
    day: Date,
    /// Articles found, at most fifty.
    found: Vec<ArticleView>,
    /// Whether there are more.
    more: bool,
    /// The texts in force on that day.
    instruments: Vec<Line>,
}

/// What is asked.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = StatutesAsked)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    /// The law of another day than today.
    day: Option<Date>,
}

async fn search(State(web): State<Web>, visitor: Visitor, Query(asked): Query<Asked>) -> Shown<StatutesView> {
    let library = web.app.ports().statutes.library();
    show(&visitor.showing, &StatutesView::of(&library, &asked, visitor.showing.today))
}

impl StatutesView {
    pub(super) fn of(library: &Library, asked: &Asked, today: Date) -> Self {
        let day = asked.day.unwrap_or(today);
        let mut found = library.find(&asked.q, day, SHOWN + 1);
        let more = found.len() > SHOWN;
        found.truncate(SHOWN);
        let line = |one: &Instrument| Line {
            name: one.name.clone(),
            in_force_from: one.in_force_from,
            articles: one.articles.len(),
        };
        Self {
            words: asked.q.trim().to_owned(),
            day,
            found: found.into_iter().map(ArticleView::of).collect(),
            more,
            instruments: library.on(day).into_iter().map(line).collect(),
        }
    }
}

impl View for StatutesView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let day = self.day.to_string();
        to.page(t(lang, Key::Title), html! {
            h1 { (t(lang, Key::Title)) }
            p { (t(lang, Key::Intro)) }
            (form_get("/statutes", html! {
                (side_by_side(html! {
                    (Field::new("q", t(lang, Key::Words)).value(&self.words).help(t(lang, Key::WordsHelp)).text())
                    (Field::new("day", t(lang, Key::Day)).value(&day).date())
                }))
                (Verb::submit(t(lang, Key::Search)).primary())
            }))
            @if !self.words.is_empty() { (self.found(lang)) }
            (self.texts(lang))
        })
    }
}

impl StatutesView {
    fn found(&self, lang: Lang) -> Markup {
        let title = words::found(lang, self.found.len());
        Sheet::new(&title).body(html! {
            @if self.found.is_empty() { p { (t(lang, Key::Nothing)) } }
            @if self.more { p { (t(lang, Key::More)) } }
            @for article in &self.found {
                h3 { (article.citation) }
                (article.body())
            }
        })
    }

    fn texts(&self, lang: Lang) -> Markup {
        if self.instruments.is_empty() {
            return Blank::empty(Icon::Book, t(lang, Key::NoTexts), t(lang, Key::NoTextsNote)).sheet();
        }
        let told: Vec<_> = self.instruments.iter().map(|line| (line.href(self.day), line.notes(lang))).collect();
        let all: Vec<Item<'_>> = self
            .instruments
            .iter()
            .zip(&told)
            .map(|(line, (href, notes))| Item {
                href: Some(href),
                icon: Some(Icon::Book),
                title: &line.name,
                notes: vec![notes],
                ..Item::default()
            })
            .collect();
        Sheet::new(t(lang, Key::Texts)).flush(items(&all))
    }
}

impl Line {
    fn href(&self, day: Date) -> String {
        Which { name: self.name.clone(), day: Some(day), page: None }.href()
    }

    fn notes(&self, lang: Lang) -> String {
        let from = self.in_force_from.map(|day| words::from(lang, &day_in_full(lang, day)));
        [Some(words::articles(lang, self.articles)), from].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// A whole instrument, a hundred articles to a page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatuteView {
    /// Its name.
    name: String,
    /// From when this form is in force.
    in_force_from: Option<Date>,
    /// Articles in all.
    articles: usize,
    /// Number of this page, from 1.
    page: usize,
    /// The articles of this page.
    shown: Vec<ArticleView>,
    #[serde(skip)]
    day: Date,
}

/// Which instrument, which day's form, which page.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = StatuteAsked)]
pub(super) struct Which {
    #[serde(default)]
    name: String,
    day: Option<Date>,
    page: Option<usize>,
}

impl Which {
    fn href(&self) -> String {
        format!("/statutes/text?{}", serde_html_form::to_string(self).expect("words and numbers"))
    }
}

async fn read(
    State(web): State<Web>,
    visitor: Visitor,
    Query(which): Query<Which>,
) -> Result<Shown<StatuteView>, Problem> {
    let library = web.app.ports().statutes.library();
    let view = StatuteView::of(&library, &which, visitor.showing.today);
    Ok(show(&visitor.showing, &view.ok_or_else(Problem::not_found)?))
}

impl StatuteView {
    pub(super) fn of(library: &Library, which: &Which, today: Date) -> Option<Self> {
        let day = which.day.unwrap_or(today);
        let instrument = library.on(day).into_iter().find(|one| one.name == which.name)?;
        let pages = instrument.articles.len().div_ceil(PER_PAGE).max(1);
        let page = which.page.unwrap_or(1).clamp(1, pages);
        let shown = instrument.articles.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
        Some(Self {
            name: instrument.name.clone(),
            in_force_from: instrument.in_force_from,
            articles: instrument.articles.len(),
            page,
            shown: shown.map(|article| ArticleView::of(Hit { instrument, article })).collect(),
            day,
        })
    }
}

impl View for StatuteView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let from = self.in_force_from.map(|day| words::from(lang, &day_in_full(lang, day))).unwrap_or_default();
        let pages = self.articles.div_ceil(PER_PAGE).max(1);
        let at = |page: usize| Which { name: self.name.clone(), day: Some(self.day), page: Some(page) }.href();
        to.page(&self.name, html! {
            p { a href=(format!("/statutes?day={}", self.day)) { (t(lang, Key::Title)) } }
            h1 { (self.name) }
            p { (words::articles(lang, self.articles)) " " (from) }
            @let before = self.page.checked_sub(1).filter(|page| *page > 0).map(at);
            @let after = Some(self.page + 1).filter(|page| *page <= pages).map(at);
            @for article in &self.shown {
                h2 { (article.citation.rsplit_once('》').map_or(article.citation.as_str(), |(_, title)| title)) }
                (article.body())
            }
            @if let Some(before) = &before { (Verb::go(t(lang, Key::Before), before)) " " }
            @if let Some(after) = &after { (Verb::go(t(lang, Key::After), after)) }
        })
    }
}
