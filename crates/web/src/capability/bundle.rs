//! Bundles of papers and contents on paper (材料汇编、目录打印): what is chosen leaves as one PDF.

mod page;
pub(crate) mod samples;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderValue, header},
};
use xiezhi_app::bundle::{Wanted, is_bound};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
    paper::Volume,
};

use super::material;
use crate::{
    http::{me::Me, prelude::*},
    messages::material::text_ends_before,
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/bundles", Op::ShowBundling, choose)
        .post("/cases/{case}/bundles", Op::MakeBundle, make)
        .get("/cases/{case}/contents/{volume}", Op::PrintContents, contents)
}

/// A paper that can go into a bundle.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = BundledPaper)]
pub struct PaperView {
    /// Identifier.
    pub id: MaterialId,
    /// Title.
    pub title: String,
    /// Pages.
    pub pages: u32,
}

/// What can be chosen for a bundle.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BundlingView {
    /// The case.
    pub case: CaseId,
    /// Papers of the main volume, in the order of the catalogue.
    pub main: Vec<PaperView>,
    /// Papers of the secondary volume, for whoever may take them away.
    pub secondary: Vec<PaperView>,
    #[serde(skip)]
    ticks: Ticks,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

impl BundlingView {
    /// What `reader` may bundle.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, ticks: Ticks) -> Self {
        let of_volume = |volume: Volume| -> Vec<PaperView> {
            let papers = material::in_order(case, volume).into_iter();
            let bound = papers.filter(|paper| is_bound(reader, case, paper) && paper.file.pages > 0);
            bound.map(|paper| PaperView { id: paper.id, title: paper.title.clone(), pages: paper.file.pages }).collect()
        };
        Self {
            case: case.id,
            main: of_volume(Volume::Main),
            secondary: of_volume(Volume::Secondary),
            ticks,
            state: Arc::clone(case),
            reader: reader.clone(),
        }
    }
}

/// Which volumes are ticked as the page comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = BundleTicks)]
pub struct Ticks {
    /// The main volume, unless the reader wants to begin with nothing.
    #[serde(default = "yes")]
    main: bool,
    /// The secondary volume.
    #[serde(default)]
    secondary: bool,
}

impl Default for Ticks {
    fn default() -> Self {
        Self { main: true, secondary: false }
    }
}

fn yes() -> bool {
    true
}

async fn choose(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    Query(ticks): Query<Ticks>,
) -> Result<Shown<BundlingView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    access::may(&reader, Act::ViewMain, state.stage).map_err(|_| Problem::not_found())?;
    Ok(show(&me.showing, &BundlingView::of(&state, &reader, ticks)))
}

/// What is chosen, and in which order.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = BundleChosen)]
struct Chosen {
    /// The papers, in order.
    #[serde(default)]
    material: Vec<MaterialId>,
    /// Papers that are given a number, whether chosen or not.
    #[serde(default)]
    listed: Vec<MaterialId>,
    /// Their numbers, in the same order; nothing where a paper has none.
    #[serde(default)]
    order: Vec<String>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    purpose: String,
}

impl Chosen {
    /// Those with a number by it, then the others as they came.
    fn arranged(&self) -> Result<Vec<MaterialId>, Problem> {
        let wrong = |_| Problem::invalid(vec![FieldError::new("order", "input.not_a_number")]);
        let mut numbers: BTreeMap<MaterialId, u32> = BTreeMap::new();
        for (id, number) in self.listed.iter().zip(&self.order).filter(|(_, number)| !number.trim().is_empty()) {
            numbers.insert(*id, number.trim().parse().map_err(wrong)?);
        }
        let mut chosen = self.material.clone();
        chosen.sort_by_key(|id| numbers.get(id).copied().unwrap_or(u32::MAX));
        chosen.dedup();
        Ok(chosen)
    }
}

async fn make(State(web): State<Web>, me: Me, Path(case): Path<CaseId>, form: Input<Chosen>) -> Result<Sent<AnyFile>, Problem> {
    let materials = form.value.arranged()?;
    let Chosen { title, purpose, .. } = form.value;
    let short = |words: String| words.trim().chars().take(100).collect::<String>();
    let wanted = Wanted { materials, title: short(title), purpose: short(purpose) };
    let lang = me.showing.lang();
    let pdf = web.app.bind(case, &me.actor, &wanted, |page| text_ends_before(lang, page)).await?;
    let name = if wanted.title.is_empty() { "材料汇编" } else { wanted.title.as_str() };
    Ok(sent(pdf, &format!("{name}.pdf")))
}

async fn contents(
    State(web): State<Web>,
    me: Me,
    Path((case, volume)): Path<(CaseId, String)>,
) -> Result<Sent<AnyFile>, Problem> {
    let volume = match volume.as_str() {
        "main.pdf" => Volume::Main,
        "secondary.pdf" => Volume::Secondary,
        _ => return Err(Problem::not_found()),
    };
    let pdf = web.app.print_contents(case, &me.actor, volume).await?;
    Ok(sent(pdf, if volume == Volume::Main { "正卷目录.pdf" } else { "副卷目录.pdf" }))
}

fn sent(pdf: Vec<u8>, name: &str) -> Sent<AnyFile> {
    let mut response = Body::from(pdf).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let name = format!("attachment; filename*=UTF-8''{}", material::escaped(name));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).expect("escaped"));
    response.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> MaterialId {
        MaterialId(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn papers_with_a_number_come_first_by_it_and_the_others_as_listed() {
        let order = ["", "", "2", " 1"].map(str::to_owned).to_vec();
        let (title, purpose, listed) = (String::new(), String::new(), (1..=4).map(id).collect());
        let chosen = Chosen { material: vec![id(1), id(2), id(3), id(4)], listed, order, title, purpose };
        assert_eq!(chosen.arranged().ok(), Some(vec![id(4), id(3), id(1), id(2)]));
    }
}
