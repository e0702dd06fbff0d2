//! Reading together (共同阅卷): who of the court's people is in the file, who presents it, and the stream by which
//! whoever chose to follow is led along. Each thing that is told is judged by the access of whoever hears it.

mod following;
mod page;
pub(crate) mod samples;

use std::sync::Arc;

use xiezhi_app::{
    presence::Present,
    together::{Point, Presenting},
};
use xiezhi_domain::{
    access::{self, Reader},
    annotation::Circle,
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::Material,
};

use super::{material, prelude_of_cases::route};
use crate::http::{me::Me, prelude::*};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/together", Op::ShowTogether, show_together)
        .post("/cases/{case}/together", Op::BeginPresenting, begin)
        .post("/cases/{case}/together/page", Op::GoOnPresenting, go_on)
        .post("/cases/{case}/together/pointer", Op::PointAtPage, point)
        .post("/cases/{case}/together/end", Op::EndPresenting, end)
        .get("/cases/{case}/together/live", Op::FollowPresenter, following::follow)
}

/// The circles that someone may present to.
const CIRCLES: [Circle; 2] = [Circle::Team, Circle::Panel];

/// Someone of the court's team who reads the file now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PresentView {
    /// Who, by name.
    pub name: String,
    /// The paper.
    pub material: MaterialId,
    /// Its title.
    pub title: String,
    /// The page.
    pub page: u32,
}

/// Someone who presents the file now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PresenterView {
    /// To whom.
    pub circle: Circle,
    /// Who, by name.
    pub name: String,
    /// Whether it is the reader.
    pub me: bool,
    /// The paper.
    pub material: MaterialId,
    /// Its title.
    pub title: String,
    /// The page.
    pub page: u32,
}

/// Who is in a file now, as someone of the court's team is told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TogetherView {
    /// The case.
    pub case: CaseId,
    /// Who else reads it.
    pub present: Vec<PresentView>,
    /// Who presents it, one for each circle at most.
    pub presenters: Vec<PresenterView>,
    /// The circles that the reader may present to: nobody else does.
    pub may_present: Vec<Circle>,
    /// Where the reader is themselves.
    pub at: Option<(MaterialId, u32)>,
    /// Whom they follow: the presenter to this circle.
    pub follows: Option<Circle>,
    #[serde(skip)]
    state: Option<(Arc<CaseState>, Reader)>,
}

/// Where a reader is, and whom they follow.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
struct Here {
    /// In which paper.
    material: Option<MaterialId>,
    /// At which page.
    page: Option<u32>,
    /// Whom they follow.
    follow: Option<Circle>,
}

/// Beside what it is asked who is in the file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The paper and the page.
    pub at: Option<(&'a Material, u32)>,
    /// Whether the reader came there just now. A page that asks again by itself moves nobody: of two windows of one
    /// reader, the one that was opened or turned last says where they are.
    pub moves: bool,
    /// Whom the reader follows.
    pub follows: Option<Circle>,
}

/// Whether someone reads along with the court's people at all.
fn is_inside(me: &Me, case: &CaseState, reader: &Reader) -> bool {
    !me.actor.is_outside() && reader.is_team() && access::is_in(reader, case, Circle::Team)
}

/// A page came before `me` without the page around it: whoever is of the court's team is there now.
pub async fn came(
    app: &App,
    me: &Me,
    (case, reader): (&CaseState, &Reader),
    (paper, page): (&Material, u32),
) -> Result<(), Problem> {
    if is_inside(me, case, reader) {
        app.mark_present(case.id, Present { person: me.person.id, material: paper.id, page }).await?;
    }
    Ok(())
}

impl TogetherView {
    /// Who is in the file with `me`, who is marked as being there, and goes on presenting where they present. Nothing
    /// for whoever is not of the court's team: a side neither asks nor is asked about.
    pub async fn of(
        app: &App,
        me: &Me,
        (case, reader): (&CaseState, &Reader),
        beside: Beside<'_>,
    ) -> Result<Option<Self>, Problem> {
        if !is_inside(me, case, reader) {
            return Ok(None);
        }
        if let Some((paper, page)) = beside.at {
            let here = Present { person: me.person.id, material: paper.id, page };
            if beside.moves { app.mark_present(case.id, here).await? } else { app.stay_present(case.id, here).await? }
        }
        let mut presenting = vec![];
        for circle in CIRCLES.into_iter().filter(|circle| access::is_in(reader, case, *circle)) {
            let mut known = app.presenting(case.id, circle).await?;
            if let (Some(mine), Some(at)) = (known.as_mut().filter(|known| known.person == me.person.id), beside.at) {
                if beside.moves {
                    *mine = presented(me, circle, at);
                }
                // Another may have begun in this moment: then this is told on the next page.
                let _ = app.go_on_presenting(case.id, mine.clone()).await;
            }
            presenting.push((circle, known));
        }
        let present = app.present(case.id).await?;
        let at = beside.at.map(|(paper, page)| (paper.id, page));
        Ok(Some(Self::told(me, (case, reader), (present, presenting), at, beside.follows)))
    }

    /// The same, from what the shell knows.
    fn told(
        me: &Me,
        (case, reader): (&CaseState, &Reader),
        (present, presenting): (Vec<Present>, Vec<(Circle, Option<Presenting>)>),
        at: Option<(MaterialId, u32)>,
        follows: Option<Circle>,
    ) -> Self {
        let title = |id: MaterialId| {
            let paper = case.materials.get(&id).filter(|paper| access::may_see(reader, case, paper));
            paper.map(|paper| paper.title.clone())
        };
        let may_present = presenting.iter().filter(|(_, known)| known.is_none()).map(|(circle, _)| *circle).collect();
        let present = present.into_iter().filter(|one| one.person != me.person.id).filter_map(|one| {
            let name = me.showing.name(one.person).to_owned();
            Some(PresentView { name, material: one.material, title: title(one.material)?, page: one.page })
        });
        let presenters = presenting.iter().filter_map(|(_, known)| known.as_ref()).filter_map(|known| {
            let shown = shown(case, reader, known)?;
            Some(PresenterView {
                circle: known.circle,
                name: me.showing.name(known.person).to_owned(),
                me: known.person == me.person.id,
                material: shown.id,
                title: shown.title.clone(),
                page: known.page,
            })
        });
        Self {
            case: case.id,
            present: present.collect(),
            presenters: presenters.collect(),
            may_present,
            at,
            follows,
            state: None,
        }
    }

    /// With the case around it, for a page of its own.
    fn whole(self, case: &Arc<CaseState>, reader: &Reader) -> Self {
        Self { state: Some((Arc::clone(case), reader.clone())), ..self }
    }
}

/// The paper that is presented, if `reader` may have it shown: the one decision that every way of telling asks.
fn shown<'a>(case: &'a CaseState, reader: &Reader, presenting: &Presenting) -> Option<&'a Material> {
    let outside = reader.actor.is_outside();
    let joins = !outside && access::may_join(reader, case, presenting.circle, presenting.material);
    joins.then(|| case.materials.get(&presenting.material)).flatten().filter(|paper| paper.erased_on.is_none())
}

/// What `me` presents at this page, as large as it stands before them.
fn presented(me: &Me, circle: Circle, (paper, page): (&Material, u32)) -> Presenting {
    let zoom = me.showing.look.reading.zoom.code().to_owned();
    Presenting { person: me.person.id, circle, material: paper.id, page: page.clamp(1, paper.file.pages.max(1)), zoom }
}

/// The case, before someone of the court's team.
async fn inside(app: &App, me: &Me, case: CaseId) -> Result<(Arc<CaseState>, Reader), Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    if is_inside(me, &state, &reader) { Ok((state, reader)) } else { Err(Problem::not_found()) }
}

async fn show_together(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    Query(here): Query<Here>,
) -> Result<Shown<TogetherView>, Problem> {
    let (state, reader) = inside(&app, &me, case).await?;
    let paper = here.material.map(|id| material::seen(&state, &reader, id)).transpose()?;
    let at = paper.map(|(paper, _)| (paper, here.page.unwrap_or(1).clamp(1, paper.file.pages.max(1))));
    let beside = Beside { at, moves: false, follows: here.follow };
    let view = TogetherView::of(&app, &me, (&state, &reader), beside).await?;
    let view = view.ok_or_else(Problem::not_found)?.whole(&state, &reader);
    Ok(show(&me.showing, &view))
}

/// What is presented, and to whom.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct Presented {
    circle: Circle,
    material: MaterialId,
    #[serde(default)]
    page: u32,
}

impl Presented {
    /// The same, if the reader is in the circle and sees the paper; else there is no such thing.
    fn by(&self, me: &Me, case: &CaseState, reader: &Reader) -> Result<Presenting, Problem> {
        let (paper, _) = material::seen(case, reader, self.material)?;
        let presenting = presented(me, self.circle, (paper, self.page));
        shown(case, reader, &presenting).ok_or_else(Problem::not_found)?;
        Ok(presenting)
    }
}

async fn begin(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<Presented>,
) -> Result<Done<TogetherView>, Problem> {
    let (state, reader) = inside(&app, &me, case).await?;
    let presenting = form.value.by(&me, &state, &reader)?;
    let (material, page) = (presenting.material, presenting.page);
    app.begin_presenting(case, presenting).await?;
    after(&app, &me, (&state, &reader), &format!("/file/{material}?page={page}")).await
}

/// What stands afterwards.
async fn after(
    app: &App,
    me: &Me,
    (case, reader): (&CaseState, &Reader),
    below: &str,
) -> Result<Done<TogetherView>, Problem> {
    let view = TogetherView::of(app, me, (case, reader), Beside::default()).await?.ok_or_else(Problem::not_found)?;
    Ok(done(&me.showing, &route(case.id, below), &view))
}

async fn go_on(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<Presented>,
) -> Result<NoContent, Problem> {
    let (state, reader) = inside(&app, &me, case).await?;
    let presenting = form.value.by(&me, &state, &reader)?;
    let here = Present { person: me.person.id, material: presenting.material, page: presenting.page };
    app.go_on_presenting(case, presenting).await?;
    app.mark_present(case, here).await?;
    Ok(NoContent)
}

/// Where the presenter points, in ten-thousandths of the page; no place, and they point no more.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct Pointed {
    circle: Circle,
    page: u32,
    x: Option<u16>,
    y: Option<u16>,
}

async fn point(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<Pointed>,
) -> Result<NoContent, Problem> {
    let (state, reader) = inside(&app, &me, case).await?;
    let Pointed { circle, page, x, y } = form.value;
    if !access::is_in(&reader, &state, circle) {
        return Err(Problem::not_found());
    }
    let at = x.zip(y).map(|(x, y)| Point { page, x, y });
    app.point(case, circle, me.person.id, at).await?;
    Ok(NoContent)
}

/// Which circle.
#[derive(Clone, Debug, Deserialize, ToSchema)]
struct ToCircle {
    circle: Circle,
    /// The paper that the form stands beside.
    material: Option<MaterialId>,
    #[serde(default)]
    page: u32,
}

async fn end(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<ToCircle>,
) -> Result<Done<TogetherView>, Problem> {
    let (state, reader) = inside(&app, &me, case).await?;
    app.end_presenting(case, form.value.circle, me.person.id).await?;
    let page = form.value.page.max(1);
    let beside = form.value.material.map(|material| format!("/file/{material}?page={page}"));
    after(&app, &me, (&state, &reader), &beside.unwrap_or_else(|| "/together".to_owned())).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gallery::lived::{Seat, Tale},
        messages::Lang,
    };
    use xiezhi_domain::{ids::PersonId, people::Post};

    fn presented_to(circle: Circle, material: MaterialId) -> Presenting {
        let person = PersonId(uuid::Uuid::from_u128(1));
        Presenting { person, circle, material, page: 1, zoom: "width".to_owned() }
    }

    /// Whoever can be shown anything at all that is presented of a tale to a circle.
    fn shown_to(tale: Tale, seat: Seat, circle: Circle) -> bool {
        let seen = tale.whole().seen_by(seat, Lang::Zh);
        let mut papers = seen.case.material_order.iter();
        papers.any(|paper| shown(&seen.case, &seen.reader, &presented_to(circle, *paper)).is_some())
    }

    #[test]
    fn what_is_presented_reaches_its_circle() {
        for (seat, team, panel) in [(Seat::Judge, true, true), (Seat::Assessor, true, true), (Seat::Clerk, true, false)] {
            assert_eq!(shown_to(Tale::Annotated, seat, Circle::Team), team, "{seat:?}");
            assert_eq!(shown_to(Tale::Annotated, seat, Circle::Panel), panel, "{seat:?}");
        }
    }

    #[test]
    fn nothing_that_is_presented_reaches_a_side_or_anybody_else() {
        let tales = [Tale::Annotated, Tale::Sale, Tale::Papers, Tale::Loan, Tale::Supervised, Tale::People];
        let sides = (0..2).flat_map(|place| [Seat::Party(place), Seat::Agent(place)]);
        let posts = [Post::VicePresident, Post::President, Post::TrialManagement, Post::FilingClerk, Post::Archivist];
        let others = posts.into_iter().chain([Post::Finance, Post::SystemAdmin, Post::AuditAdmin]).map(Seat::Of);
        for seat in sides.chain(others) {
            for tale in tales.into_iter().filter(|tale| tale.whole().has(seat)) {
                for circle in CIRCLES {
                    assert!(!shown_to(tale, seat, circle), "{seat:?} of {tale:?} is shown what goes to {circle:?}");
                }
            }
        }
    }
}
