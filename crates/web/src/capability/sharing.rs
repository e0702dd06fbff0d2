//! Papers shared for a time with somebody outside the court (限时共享): the page of the court on which they are chosen
//! and taken back, and the pages on which the outsider reads them.

mod guest;
mod page;
pub(crate) mod samples;

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use xiezhi_app::access::AccessEvent;
use xiezhi_domain::{
    access::{self, Act, Reader},
    approval::{ApprovalCommand, Matter},
    case::CaseState,
    command::CaseCommand,
    ids::{CaseId, MaterialId, PersonId, ShareId},
    material::Place,
    paper::Volume,
    sharing::{CODE_TRIES, Outsider, Share, SharingCommand, Terms},
};

use super::{
    material,
    prelude_of_cases::{Acted, act, route, typed_day},
};
use crate::http::{me::Me, prelude::*};

pub use guest::{GuestPageView, GuestView};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/shares", Op::ShowShares, shares)
        .post("/cases/{case}/shares", Op::SharePapers, grant)
        .post("/cases/{case}/shares/{share}/revocation", Op::RevokeShare, revoke)
        .get("/shared/{case}/{share}", Op::ShowShared, guest::enter)
        .post("/shared/{case}/{share}", Op::OpenShared, guest::open)
        .get("/shared/{case}/{share}/{material}", Op::ReadShared, guest::read)
        .get("/shared/{case}/{share}/{material}/{page}", Op::ShowSharedPage, guest::image)
}

/// A paper that can be shared, or is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SharedPaper)]
pub struct PaperView {
    /// Identifier.
    pub id: MaterialId,
    /// Title.
    pub title: String,
    /// Pages.
    pub pages: u32,
}

impl PaperView {
    fn of(paper: &xiezhi_domain::material::Material) -> Self {
        Self { id: paper.id, title: paper.title.clone(), pages: paper.file.pages }
    }
}

/// How a share stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ShareStanding)]
pub enum ShareStanding {
    /// It opens its papers.
    Open,
    /// Its term is over.
    Over,
    /// It was taken back.
    Revoked,
    /// Too many wrong codes were given.
    Void,
}

/// A share, for those who may share.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SharedWith)]
pub struct ShareView {
    /// Identifier.
    pub id: ShareId,
    /// With whom.
    pub with: Outsider,
    /// For what.
    pub purpose: String,
    /// When it began.
    pub granted_on: Date,
    /// Last day.
    pub until_on: Date,
    /// The papers.
    pub papers: Vec<PaperView>,
    /// Its code, while it opens anything: whoever may share may tell it by telephone.
    pub code: Option<String>,
    /// How it stands.
    pub standing: ShareStanding,
    /// When it was taken back, and why.
    pub revoked: Option<(Date, String)>,
    /// How many pages were looked at under it.
    pub looks: usize,
}

impl ShareView {
    fn of(case: &CaseState, share: &Share, today: Date, looks: usize) -> Self {
        let standing = match share {
            Share { revoked: Some(_), .. } => ShareStanding::Revoked,
            share if share.tried.len() >= CODE_TRIES => ShareStanding::Void,
            share if share.is_open(case, today) => ShareStanding::Open,
            _ => ShareStanding::Over,
        };
        Self {
            id: share.id,
            with: share.terms.with.clone(),
            purpose: share.terms.purpose.clone(),
            granted_on: share.granted_on,
            until_on: share.terms.until_on,
            papers: share.terms.materials.iter().filter_map(|id| case.materials.get(id)).map(PaperView::of).collect(),
            code: (standing == ShareStanding::Open).then(|| share.code.clone()),
            standing,
            revoked: share.revoked.clone(),
            looks,
        }
    }
}

/// The shares of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SharesView {
    /// The case.
    pub case: CaseId,
    /// Those so far, the newest first.
    pub shares: Vec<ShareView>,
    /// What can be shared, in the order of the catalogue.
    pub papers: Vec<PaperView>,
    /// Whether a share needs approval here.
    pub needs_approval: bool,
    /// Where the court's pages are reached.
    pub address: String,
    /// Whether every paper is ticked as the page comes.
    #[serde(skip)]
    all_ticked: bool,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

impl SharesView {
    /// The shares of `case`, with how many pages were looked at under each.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, to: &Showing, looks: impl Fn(ShareId) -> usize) -> Self {
        let shared = |share: &Share| ShareView::of(case, share, to.today, looks(share.id));
        let mut shares: Vec<ShareView> = case.shares.values().map(shared).collect();
        shares.sort_by_key(|share| (std::cmp::Reverse(share.granted_on), share.id));
        let can = |paper: &&xiezhi_domain::material::Material| {
            paper.place == Place::InFile && paper.erased_on.is_none() && access::may_see(reader, case, paper)
        };
        Self {
            case: case.id,
            shares,
            papers: material::in_order(case, Volume::Main).into_iter().filter(can).map(PaperView::of).collect(),
            needs_approval: to.settings.shares_need_approval,
            address: to.settings.address.trim_end_matches('/').to_owned(),
            all_ticked: false,
            state: Arc::clone(case),
            reader: reader.clone(),
        }
    }

    /// With every paper ticked.
    pub fn ticked(self, all: bool) -> Self {
        Self { all_ticked: all, ..self }
    }
}

/// What is ticked as the page comes.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ShareTicks)]
struct ShareTicks {
    /// Every paper.
    #[serde(default)]
    all: bool,
}

async fn shares(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    Query(ticks): Query<ShareTicks>,
) -> Result<Shown<SharesView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    access::may(&reader, Act::ShareOut, state.stage).map_err(|_| Problem::not_found())?;
    let looks = if state.shares.is_empty() { vec![] } else { app.looks(case).await? };
    let pages = |share: ShareId| looks_at_pages(share, &looks);
    Ok(show(&me.showing, &SharesView::of(&state, &reader, &me.showing, pages).ticked(ticks.all)))
}

/// A page and its image leave one after the other, and are one look.
const ONE_LOOK: jiff::SignedDuration = jiff::SignedDuration::from_secs(60);

/// How many looks at pages there were under a share.
fn looks_at_pages(share: ShareId, looks: &[(jiff::Timestamp, AccessEvent)]) -> usize {
    let (mut last, mut count) = (BTreeMap::new(), 0);
    for (at, AccessEvent::Looked { reader, material, pages, .. }) in looks {
        for page in pages.iter().filter(|_| *reader == PersonId(share.0)) {
            let before = last.insert((*material, *page), *at);
            count += usize::from(before.is_none_or(|before| at.duration_since(before) >= ONE_LOOK));
        }
    }
    count
}

/// What is shared, with whom, for what, until when.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SharingForm)]
struct Sharing {
    #[serde(default)]
    material: Vec<MaterialId>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    reach: String,
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    until_on: String,
}

async fn grant(State(web): State<Web>, me: Me, Path(case): Path<CaseId>, form: Input<Sharing>) -> Acted {
    let Sharing { material, name, organisation, reach, purpose, until_on } = form.value;
    let until_on = typed_day("until_on", &until_on)?;
    let until_on = until_on.ok_or_else(|| Problem::invalid(vec![FieldError::new("until_on", "input.required")]))?;
    let plain = |words: String| words.trim().to_owned();
    let with = Outsider { name: plain(name), organisation: plain(organisation), reach: plain(reach) };
    let terms = Terms { with, purpose: plain(purpose), materials: material, until_on };
    let command: CaseCommand = if me.showing.settings.shares_need_approval {
        let reason = terms.purpose.clone();
        ApprovalCommand::Ask { request: Matter::ShareOut { terms }, reason }.into()
    } else {
        SharingCommand::Grant { terms }.into()
    };
    act(&web, &me, case, form.command, command, &route(case, "/shares")).await
}

/// Why a share is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ShareRevocation)]
struct Revocation {
    #[serde(default)]
    reason: String,
}

async fn revoke(
    State(web): State<Web>,
    me: Me,
    Path((case, share)): Path<(CaseId, ShareId)>,
    form: Input<Revocation>,
) -> Acted {
    let reason = form.value.reason.trim().to_owned();
    act(&web, &me, case, form.command, SharingCommand::Revoke { share, reason }, &route(case, "/shares")).await
}

#[cfg(test)]
mod tests {
    use xiezhi_app::access::Look;
    use xiezhi_domain::people::Post;

    use super::*;

    #[test]
    fn a_page_and_its_image_are_one_look_and_coming_back_later_is_another() {
        let (share, other) = (ShareId(uuid::Uuid::from_u128(1)), PersonId(uuid::Uuid::from_u128(2)));
        let look = |second: i64, reader, page| {
            let at = jiff::Timestamp::from_second(second).expect("a moment");
            let (material, pages) = (Some(MaterialId(uuid::Uuid::nil())), vec![page]);
            let (post, look, rule) = (Post::Party, Look::Page, "M6".to_owned());
            (at, AccessEvent::Looked { reader, post, look, case: None, material, pages, words: None, rule })
        };
        let own = PersonId(share.0);
        let looks = [look(0, own, 1), look(1, own, 1), look(2, own, 2), look(3, other, 1), look(100, own, 1)];
        assert_eq!(looks_at_pages(share, &looks), 3);
    }
}
