//! Making a copy that hides something (遮盖副本): what was found and what is added, seen over the pages, then made in
//! one act. Every step is a form that works without scripts.

mod page;
pub(crate) mod samples;

use std::sync::Arc;

use xiezhi_app::redaction::{Change, Preview, Sought};
use xiezhi_domain::{
    access::{self, Act, Reader},
    annotation::{Area, SIDE},
    case::CaseState,
    ids::{CaseId, IdSource, MaterialId},
    material::{Hidden, HidingGround, Material, Place},
    paper::Volume,
};

pub(crate) use page::{derived, way};

use super::{
    material,
    prelude_of_cases::{Acted, CaseStanding, route},
};
use crate::http::{me::Me, prelude::*};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/file/{material}/redaction", Op::ShowRedaction, show_page)
        .post("/cases/{case}/file/{material}/redaction/marks", Op::MarkForRedaction, mark)
        .post("/cases/{case}/file/{material}/redaction", Op::MakeRedactedCopy, make)
}

/// Words or data that were looked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SoughtView {
    /// As they stand there.
    pub written: String,
    /// Why they are hidden.
    pub ground: HidingGround,
    /// Whether they are.
    pub hidden: bool,
    /// Where they stand.
    pub places: Vec<Hidden>,
}

impl SoughtView {
    fn of(sought: &Sought) -> Self {
        let Sought { written, ground, hidden, places } = sought.clone();
        Self { written, ground, hidden, places }
    }
}

/// A page, and what is hidden on it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BlottedPageView {
    /// The page, from 1.
    pub page: u32,
    /// Its width and height.
    pub size: (f32, f32),
    /// Where it is hidden.
    pub areas: Vec<Area>,
}

/// What a copy of a paper would hide.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RedactionView {
    /// The case.
    pub case: CaseId,
    /// The paper.
    pub material: MaterialId,
    /// Its title.
    pub title: String,
    /// A title for the copy that says nothing of what is hidden.
    pub copy_title: String,
    /// Its pages.
    pub pages: u32,
    /// The page in the light.
    pub here: BlottedPageView,
    /// Pages on which something is hidden.
    pub marked: Vec<BlottedPageView>,
    /// Personal data that were found.
    pub found: Vec<SoughtView>,
    /// Words that were typed.
    pub words: Vec<SoughtView>,
    /// Boxes.
    pub boxes: Vec<Hidden>,
    /// Pages in which nothing can be found.
    pub without_text: Vec<u32>,
    /// How many places are hidden.
    pub count: usize,
    /// What is confirmed with the copy.
    pub seen: String,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

impl RedactionView {
    /// What is meant to be hidden in `paper`, with `page` in the light; `sizes` are those of its pages.
    pub fn of(
        (case, reader): (&Arc<CaseState>, &Reader),
        paper: &Material,
        preview: &Preview,
        (page, sizes): (u32, &[(f32, f32)]),
    ) -> Self {
        let hidden = preview.hidden();
        let blotted = |page: u32| BlottedPageView {
            page,
            size: usize::try_from(page - 1).ok().and_then(|at| sizes.get(at)).copied().unwrap_or(A4),
            areas: hidden.iter().filter(|hidden| hidden.page == page).map(|hidden| hidden.area).collect(),
        };
        let mut marked: Vec<u32> = hidden.iter().map(|hidden| hidden.page).collect();
        marked.dedup();
        let sought = |all: &[Sought]| all.iter().map(SoughtView::of).collect();
        Self {
            case: case.id,
            material: paper.id,
            title: paper.title.clone(),
            copy_title: titled(&paper.title, preview),
            pages: paper.file.pages,
            here: blotted(page),
            marked: marked.into_iter().map(blotted).collect(),
            found: sought(&preview.found),
            words: sought(&preview.words),
            boxes: preview.boxes.clone(),
            without_text: preview.without_text.clone(),
            count: hidden.len(),
            seen: preview.digest(),
            state: Arc::clone(case),
            reader: reader.clone(),
        }
    }
}

/// Where nobody measured a page.
const A4: (f32, f32) = (595.0, 842.0);

/// The title without what is hidden.
fn titled(title: &str, preview: &Preview) -> String {
    let bare = preview.words().fold(title.to_owned(), |title, word| title.replace(word, "×××"));
    format!("{bare}（遮盖副本）")
}

/// Whether copies of this paper are made at all.
pub(super) fn is_copied(paper: &Material) -> bool {
    paper.place == Place::InFile && paper.volume == Volume::Main && paper.file.pages > 0 && paper.erased_on.is_none()
}

/// Which page.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = RedactionPageAsked)]
struct OnPage {
    page: Option<u32>,
}

async fn show_page(
    State(app): State<App>,
    me: Me,
    Path((case, id)): Path<(CaseId, MaterialId)>,
    Query(on): Query<OnPage>,
) -> Result<Shown<RedactionView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    access::may(&reader, Act::RedactPaper, state.stage).map_err(|_| Problem::not_found())?;
    let (paper, _) = material::seen(&state, &reader, id)?;
    if !is_copied(paper) {
        return Err(Problem::not_found());
    }
    let preview = app.preview_redaction(&state, paper, &app.intended(me.person.id, id).await?).await;
    let sizes: Vec<(f32, f32)> =
        app.text_layer(&paper.file).await.iter().map(|page| (page.width, page.height)).collect();
    let page = on.page.unwrap_or(1).clamp(1, paper.file.pages);
    Ok(show(&me.showing, &RedactionView::of((&state, &reader), paper, &preview, (page, &sizes))))
}

/// What is to be hidden, or not any more.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = RedactionMarking)]
struct Marking {
    /// `word`, `drop-word`, `box`, `drop-box`, `leave`, `hide`.
    act: String,
    /// Words, or data that were found.
    #[serde(default)]
    word: String,
    /// Why.
    #[serde(default)]
    ground: Option<HidingGround>,
    /// Which of the words or boxes, from 0.
    #[serde(default)]
    at: Option<usize>,
    /// The page of a box, from 1.
    #[serde(default)]
    page: Option<u32>,
    /// Left edge, in hundredths of the page.
    #[serde(default)]
    x: String,
    /// Upper edge.
    #[serde(default)]
    y: String,
    /// Width.
    #[serde(default)]
    w: String,
    /// Height.
    #[serde(default)]
    h: String,
}

impl Marking {
    fn change(&self) -> Result<Change, Problem> {
        let ground = self.ground.unwrap_or(HidingGround::Other);
        let at = || self.at.ok_or_else(|| wrong("at", "input.unknown_choice"));
        Ok(match self.act.as_str() {
            "word" => Change::Word(self.word.trim().to_owned(), ground),
            "drop-word" => Change::DropWord(at()?),
            "box" => Change::Box(Hidden { page: self.page.unwrap_or(1), area: self.area()?, ground }),
            "drop-box" => Change::DropBox(at()?),
            "leave" => Change::Leave(self.word.clone()),
            "hide" => Change::Hide(self.word.clone()),
            _ => return Err(wrong("act", "input.unknown_choice")),
        })
    }

    /// Where the box lies, in ten-thousandths; it ends with the page.
    fn area(&self) -> Result<Area, Problem> {
        let part = |field: &str, typed: &str| {
            let number: f32 = typed.trim().parse().map_err(|_| wrong(field, "input.not_a_number"))?;
            let fits = (0.0..=100.0).contains(&number);
            if fits { Ok((number * 100.0).round() as u16) } else { Err(wrong(field, "input.not_a_place")) }
        };
        let (x, y, w, h) = (part("x", &self.x)?, part("y", &self.y)?, part("w", &self.w)?, part("h", &self.h)?);
        let (w, h) = (w.min(SIDE - x), h.min(SIDE - y));
        if w == 0 { Err(wrong("w", "input.not_a_place")) } else if h == 0 { Err(wrong("h", "input.not_a_place")) } else { Ok(Area { x, y, w, h }) }
    }
}

fn wrong(field: &str, code: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(field, code)])
}

/// What a mark came to: how many places are hidden now.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = RedactionMarked)]
struct Marked {
    count: usize,
}

async fn mark(
    State(app): State<App>,
    me: Me,
    Path((case, id)): Path<(CaseId, MaterialId)>,
    form: Input<Marking>,
) -> Result<Done<Marked>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    access::may(&reader, Act::RedactPaper, state.stage).map_err(AppError::Denied)?;
    let (paper, _) = material::seen(&state, &reader, id)?;
    app.intend(me.person.id, paper, form.value.change()?).await?;
    let preview = app.preview_redaction(&state, paper, &app.intended(me.person.id, id).await?).await;
    let on = form.value.page.map_or_else(String::new, |page| format!("?page={page}"));
    let back = route(case, &format!("/file/{id}/redaction{on}"));
    Ok(done(&me.showing, &back, &Marked { count: preview.hidden().len() }))
}

/// What was seen, and what the copy is called.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = RedactionConfirmed)]
struct Confirmed {
    seen: String,
    title: String,
}

async fn make(
    State(web): State<Web>,
    me: Me,
    Path((case, from)): Path<(CaseId, MaterialId)>,
    form: Input<Confirmed>,
) -> Acted {
    let copy = MaterialId(IdSource::of(form.command).next());
    let Confirmed { seen, title } = &form.value;
    let decided =
        web.app.redact(case, &me.actor, form.command, (from, copy), (seen.as_str(), title.trim())).await?;
    let on = route(case, &format!("/file/{copy}"));
    Ok(done(&me.showing, &on, &CaseStanding::of(&me, &decided.case, decided.pos)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marking(x: &str, w: &str) -> Marking {
        let (y, h) = ("10".to_owned(), "5".to_owned());
        let (x, w) = (x.to_owned(), w.to_owned());
        Marking { act: "box".to_owned(), word: String::new(), ground: None, at: None, page: Some(2), x, y, w, h }
    }

    #[test]
    fn a_box_is_given_in_hundredths_and_ends_with_the_page() {
        let Ok(Change::Box(hidden)) = marking("12.5", "99").change() else { panic!("it is a box") };
        assert_eq!((hidden.page, hidden.area), (2, Area { x: 1_250, y: 1_000, w: 8_750, h: 500 }));
    }

    #[test]
    fn what_is_no_place_is_told_so() {
        assert!(marking("left", "5").change().is_err());
        assert!(marking("101", "5").change().is_err());
        assert!(marking("100", "5").change().is_err(), "nothing of it lies on the page");
    }
}
