//! Ways to a place in the file (定位): by number or page of the catalogue, and by the words that stand in a paper, to which
//! a fact of a document leads (出处).

use axum::response::Redirect;
use xiezhi_app::{
    App,
    access::{AccessEvent, Look},
    looks::MOST_WORDS,
    ports::PageText,
};
use xiezhi_domain::{
    access::{self, Act},
    ids::{CaseId, MaterialId},
    paper::Volume,
};

use super::{catalogue, reader::hits, seen};
use crate::{
    capability::prelude_of_cases::{paper_route, route},
    http::prelude::*,
};

/// Fewer letters than these are found anywhere and say nothing.
const TELLING: usize = 4;

/// A place of the catalogue: the number of a paper, or `p` and a page numbered through its volume.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub(super) struct PlaceAsked {
    #[serde(default)]
    no: String,
    /// `secondary` for the secondary volume.
    #[serde(default)]
    volume: String,
}

/// Leads to a paper by its number in the catalogue, or by a page of the volume.
pub(super) async fn place(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    Query(asked): Query<PlaceAsked>,
) -> Result<Redirect, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    access::may(&reader, Act::ViewMain, state.stage).map_err(|_| Problem::not_found())?;
    let volume = if asked.volume == "secondary" { Volume::Secondary } else { Volume::Main };
    let found = catalogue::place(&state, &reader, volume, asked.no.trim());
    let below = found.map_or_else(|| "/file".to_owned(), |(material, page)| format!("/file/{material}?page={page}"));
    Ok(Redirect::to(&route(case, &below)))
}

/// The words that are looked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = PassageSought)]
pub(super) struct Sought {
    #[serde(default)]
    q: String,
    /// Page, from 1, where the words are not found.
    page: Option<u32>,
}

/// Leads to the page on which the words stand, with the place in the light. That they were looked for leaves a trace; the look
/// at the page is counted there.
pub(super) async fn find(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
    Query(sought): Query<Sought>,
) -> Result<Redirect, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let (paper, rule) = seen(&state, &reader, material)?;
    // Nothing is looked for that the trace would not tell.
    let sought = Sought { q: sought.q.chars().take(MOST_WORDS).collect(), ..sought };
    app.record_look(AccessEvent::Looked {
        reader: me.person.id,
        post: me.person.post,
        look: Look::Search,
        case: Some(case),
        material: Some(material),
        pages: vec![],
        words: Some(sought.q.clone()),
        rule: rule.to_owned(),
    })
    .await?;
    let layer = app.text_layer(&paper.file).await;
    let to = match standing(&layer, &sought.q) {
        Some((page, words)) => {
            let query = [("page", page.to_string()), ("q", words.to_owned()), ("hit", "0".to_owned())];
            let query = serde_html_form::to_string(query).unwrap_or_default();
            route(case, &format!("/file/{material}?{query}"))
        }
        None => format!("{}?page={}", paper_route(case, material), sought.page.unwrap_or(1)),
    };
    Ok(Redirect::to(&to))
}

/// The page on which the words stand, and as many of them as stand there: all, or the first sentence that does, for a
/// document says in its own way what a paper says.
fn standing<'a>(layer: &[PageText], words: &'a str) -> Option<(u32, &'a str)> {
    let sentences = words.split(['。', '；', '，', '、', '：', '\n']);
    let tried = [words].into_iter().chain(sentences).map(str::trim);
    tried.filter(|part| part.chars().count() >= TELLING || *part == words.trim()).find_map(|part| {
        let first = hits(layer, part).into_iter().next()?;
        Some((first.page, part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer() -> Vec<PageText> {
        let page = |words: &str| {
            let run = xiezhi_app::ports::TextRun { text: words.to_owned(), ..Default::default() };
            PageText { runs: vec![run], ..Default::default() }
        };
        vec![page("民事起诉状"), page("被告尚欠货款 120000 元，至今未付。")]
    }

    #[test]
    fn words_lead_to_their_page_and_words_put_otherwise_to_the_part_that_stands_there() {
        assert_eq!(standing(&layer(), "尚欠货款120000元"), Some((2, "尚欠货款120000元")));
        assert_eq!(standing(&layer(), "原告称，至今未付。余略"), Some((2, "至今未付")));
        assert_eq!(standing(&layer(), "从未写过的话"), None);
    }
}
