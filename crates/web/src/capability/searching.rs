//! Words looked for in all papers that the reader may see (全文检索).

pub(crate) mod samples;

use xiezhi_app::{
    access::{AccessEvent, Look},
    searching::Hit,
};

use crate::{
    capability::prelude_of_cases::route,
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{
        searching::{self as words, Key},
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/search", Op::SearchPapers, search)
}

/// What is looked for, and from where on.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = PapersSought)]
struct Sought {
    /// Words.
    #[serde(default)]
    q: String,
    /// Where the answer before ended.
    #[serde(default)]
    from: String,
}

/// The newest pages on which the words stand.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct SearchingView {
    /// What was looked for.
    pub sought: String,
    /// Whether that was too little to look for: fewer than two letters.
    pub too_short: bool,
    /// The pages, newest first. Papers that the reader may not see are as if they were not there.
    pub hits: Vec<Hit>,
    /// Where the next pages begin, if there may be some.
    pub more: Option<String>,
}

/// A look across cases of others leaves its words.
fn looked(me: &Me, words: &str) -> AccessEvent {
    AccessEvent::Looked {
        reader: me.person.id,
        post: me.person.post,
        look: Look::Search,
        case: None,
        material: None,
        pages: vec![],
        words: Some(words.to_owned()),
        rule: "V1".to_owned(),
    }
}

async fn search(State(app): State<App>, me: Me, Query(asked): Query<Sought>) -> Result<Shown<SearchingView>, Problem> {
    if me.person.post.is_administrator() {
        return Err(Problem::not_found());
    }
    let sought = asked.q.trim();
    let letters = sought.chars().filter(|letter| !letter.is_whitespace()).count();
    let mut view = SearchingView { sought: sought.to_owned(), too_short: letters == 1, ..SearchingView::default() };
    if letters > 1 {
        if !me.person.post.is_outside() {
            app.record_look(looked(&me, sought)).await?;
        }
        let from = Some(asked.from.as_str()).filter(|from| !from.is_empty());
        let found = app.search(&me.actor, sought, from).await?;
        (view.hits, view.more) = (found.hits, found.more);
    }
    Ok(show(&me.showing, &view))
}

impl SearchingView {
    fn hit(&self, to: &Showing, hit: &Hit) -> Markup {
        let query = [("page", hit.page.to_string()), ("q", self.sought.clone())];
        let query = serde_html_form::to_string(query).unwrap_or_default();
        let at = route(hit.case, &format!("/file/{}?{query}", hit.material));
        let also = hit.also.as_ref().map(|other| (route(hit.case, &format!("/file/{}?{query}", other.material)), other));
        let case = hit.number.as_deref().unwrap_or(&hit.parties);
        html! {
            li data-row {
                a.what href=(at) {
                    span { (hit.title) }
                    span.context lang="zh-CN" { "…" (hit.before) mark { (hit.words) } (hit.after) "…" }
                    span.faint { (case) " · " (words::page_of(to.lang(), hit.page)) }
                }
                @if let Some((at, other)) = also { a.also.small href=(at) { (words::also(to.lang(), &other.title)) } }
            }
        }
    }

    fn found(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let next = |from: &str| {
            let query = serde_html_form::to_string([("q", self.sought.as_str()), ("from", from)]).unwrap_or_default();
            format!("/search?{query}")
        };
        Sheet::new(t(lang, Key::Found)).note(t(lang, Key::NewestFirst)).flush(html! {
            @if !self.hits.is_empty() { ol.hits { @for hit in &self.hits { (self.hit(to, hit)) } } }
            @if let Some(from) = &self.more { p.in { a href=(next(from)) { (t(lang, Key::Older)) } } }
        })
    }
}

impl View for SearchingView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let form = html! {
            div.in.searching {
                form.find role="search" method="get" action="/search" aria-label=(title) {
                    (Icon::Search)
                    input.input type="search" name="q" value=(self.sought) placeholder=(t(lang, Key::Placeholder)) aria-label=(t(lang, Key::Placeholder)) autofocus[self.sought.is_empty()];
                }
                p.muted.small { (t(lang, Key::Lead)) }
            }
        };
        to.page_with(title, PageParts::default(), html! {
            (page_head(title, "", html! {}))
            (stack(html! {
            section.sheet { (form) }
            @if self.too_short {
                (Blank::empty(Icon::Search, t(lang, Key::TooShort), t(lang, Key::TooShortWords)).sheet())
            } @else if self.hits.is_empty() && self.more.is_none() && !self.sought.is_empty() {
                (Blank::empty(Icon::Search, t(lang, Key::Nothing), t(lang, Key::NothingWords)).sheet())
            } @else if !self.hits.is_empty() || self.more.is_some() { (self.found(to)) }
            }))
        })
    }
}
