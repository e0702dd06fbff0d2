//! Read at the left, write at the right (边看边写): a paper of the file beside the document that is being written. Each
//! half is the page it always is, without what stands around pages; both go their own way. On a phone they stand one
//! above the other.

use std::sync::Arc;

use xiezhi_app::App;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, DocumentId, MaterialId},
    material::Place,
};

use crate::{
    capability::prelude_of_cases::{paper_route, route},
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        case as case_words,
        drafting::Key,
        t,
    },
};

/// Which paper beside which document.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = BesideAsked)]
pub(super) struct Asked {
    paper: Option<MaterialId>,
    document: Option<DocumentId>,
}

/// A paper beside a document.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BesideView {
    /// The case.
    pub case: CaseId,
    /// Its title.
    pub title: String,
    /// Papers the reader may see: identifier and title.
    pub papers: Vec<(MaterialId, String)>,
    /// Documents in the making: identifier and kind.
    pub documents: Vec<(DocumentId, String)>,
    /// The paper at the left; the list of papers without one.
    pub paper: Option<MaterialId>,
    /// The document at the right; the list of documents without one.
    pub document: Option<DocumentId>,
}

/// Shows a paper beside a document, to whoever sees documents in the making.
pub(super) async fn show_beside(
    State(app): State<App>,
    me: Me,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Shown<BesideView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    let view = BesideView::of(&case, &reader, asked.paper, asked.document).ok_or_else(Problem::not_found)?;
    Ok(show(&me.showing, &view))
}

impl BesideView {
    /// What `reader` may read and write in `case`; nothing for whoever sees no documents in the making.
    pub fn of(
        case: &Arc<CaseState>,
        reader: &Reader,
        paper: Option<MaterialId>,
        document: Option<DocumentId>,
    ) -> Option<Self> {
        access::may(reader, Act::ViewDrafts, case.stage).ok()?;
        let papers = case.materials_in_order().filter(|paper| paper.place == Place::InFile);
        let papers = papers.filter(|paper| access::may_see(reader, case, paper));
        let papers: Vec<(MaterialId, String)> = papers.map(|paper| (paper.id, paper.title.clone())).collect();
        let documents = case.drafts.values().map(|draft| (draft.id, draft.kind.name_zh().to_owned()));
        let documents: Vec<(DocumentId, String)> = documents.collect();
        Some(Self {
            case: case.id,
            title: case.short_title(),
            paper: paper.filter(|wanted| papers.iter().any(|(known, _)| known == wanted)),
            document: document
                .or_else(|| documents.last().map(|(id, _)| *id))
                .filter(|wanted| documents.iter().any(|(known, _)| known == wanted)),
            papers,
            documents,
        })
    }

    fn chooser(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case, "/beside");
        let text = |id: &dyn ToString| id.to_string();
        let papers: Vec<(String, &str)> = self.papers.iter().map(|(id, title)| (text(id), title.as_str())).collect();
        let documents: Vec<(String, &str)> = self.documents.iter().map(|(id, kind)| (text(id), kind.as_str())).collect();
        let choices = |known: &[(String, &str)], chosen: Option<String>| {
            html! { @for (id, words) in known { option value=(id) selected[chosen.as_ref() == Some(id)] lang="zh-CN" { (words) } } }
        };
        html! {
            form.beside-choice method="get" action=(action) {
                label for="f-paper" { (t(lang, Key::BesidePaper)) }
                select.input #f-paper name="paper" { (choices(&papers, self.paper.map(|id| id.to_string()))) }
                label for="f-document" { (t(lang, Key::BesideDocument)) }
                select.input #f-document name="document" { (choices(&documents, self.document.map(|id| id.to_string()))) }
                (Verb::submit(t(lang, Key::BesideShow)))
            }
        }
    }
}

impl View for BesideView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let left = self.paper.map_or_else(|| route(self.case, "/file"), |id| paper_route(self.case, id));
        let right = match self.document {
            Some(id) => route(self.case, &format!("/documents/{id}")),
            None => route(self.case, "/documents"),
        };
        let back = route(self.case, "/documents");
        let parts = PageParts { full: true, folded: true, ..PageParts::default() };
        to.page_with(t(lang, Key::Beside), parts, html! {
            div.beside {
                div.beside-head {
                    h1 { (t(lang, Key::Beside)) } span.muted lang="zh-CN" { (self.title) }
                    (self.chooser(to))
                    (Verb::go(t(lang, case_words::Key::Back), &back))
                }
                div.beside-halves {
                    iframe src=(left) title=(t(lang, Key::BesidePaper)) {}
                    iframe src=(right) title=(t(lang, Key::BesideDocument)) {}
                }
            }
        })
    }
}
