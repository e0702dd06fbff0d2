//! Papers shared for a time with somebody outside the court (限时共享): they give their code and read those papers as
//! images under their name. Every page is on the log of looks, under the share, before it leaves.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    Refusal,
    access::may_see_shared,
    case::CaseState,
    command::CaseCommand,
    ids::{CaseId, MaterialId, PersonId, ShareId},
    material::Material,
    people::{Actor, Post},
    sharing::{Share, SharingCommand, SharingRefusal},
};
use xiezhi_store::{WorkingChange, WorkingKey};

use crate::{
    App, AppError,
    access::{AccessEvent, Look},
    copies, issuing, moment,
    sessions::hash_of,
};

pub(crate) const SESSION: &str = "share-session";
/// A code opens a share for half a day; then it is given again.
const SESSION_US: i64 = 12 * 3_600 * 1_000_000;

/// Who opened what.
#[derive(Serialize, Deserialize)]
struct Opened {
    case: CaseId,
    share: ShareId,
}

/// A share that is open, before whoever holds it.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The case.
    pub case: Arc<CaseState>,
    /// The share.
    pub share: Share,
}

impl Shared {
    /// The papers that it opens now, in the order in which they were listed, each with the rule that grants it.
    pub fn papers(&self, today: jiff::civil::Date) -> Vec<(&Material, &'static str)> {
        let known = self.share.terms.materials.iter().filter_map(|id| self.case.materials.get(id));
        known.filter_map(|paper| Some((paper, may_see_shared(&self.case, &self.share, paper, today).ok()?))).collect()
    }

    /// What stands across every page: who reads it, and when, to the minute.
    pub fn mark(&self, at: jiff::Timestamp) -> String {
        let with = &self.share.terms.with;
        copies::mark(&with.organisation, &with.name, at)
    }
}

/// A look of whoever holds a share, told by the share and by their name.
fn looked(
    case: &CaseState,
    share: &Share,
    look: Look,
    material: Option<MaterialId>,
    pages: Vec<u32>,
    rule: &str,
) -> AccessEvent {
    let with = &share.terms.with;
    AccessEvent::Looked {
        reader: PersonId(share.id.0),
        post: Post::Party,
        look,
        case: Some(case.id),
        material,
        pages,
        words: Some(format!("{}（{}）", with.name, with.organisation)),
        rule: rule.to_owned(),
    }
}

fn wrong() -> AppError {
    Refusal::from(SharingRefusal::WrongCode).into()
}

impl App {
    /// Opens a share with its code; gives the secret that the browser keeps. Whatever is wrong is answered alike.
    ///
    /// # Errors
    /// [`SharingRefusal::WrongCode`].
    pub async fn open_share(&self, case: CaseId, share: ShareId, code: &str) -> Result<String, AppError> {
        let command = SharingCommand::Try { share, code: code.to_owned() };
        let decided = self.decide(case, &Actor::System, issuing::command_id(self), CaseCommand::Sharing(command)).await;
        let decided = match decided {
            Err(AppError::NotFound | AppError::Denied(_) | AppError::Refused(_)) => return Err(wrong()),
            decided => decided?,
        };
        let is_right = decided.case.shares.get(&share).is_some_and(|known| known.code == code);
        if !is_right {
            return Err(wrong());
        }
        let secret: String = moment::secret().iter().map(|byte| format!("{byte:02x}")).collect();
        let now = self.now_us();
        let put = WorkingChange::Put {
            key: WorkingKey::new(SESSION, hash_of(&secret)),
            owner: format!("share:{share}"),
            value: serde_json::to_vec(&Opened { case, share }).expect("it is plain data"),
            updated_us: now,
            expires_us: Some(now + SESSION_US),
        };
        // What it opens is listed from here on: that it was opened is on record before.
        if let Some(known) = decided.case.shares.get(&share) {
            self.record_look(looked(&decided.case, known, Look::Case, None, vec![], "M6")).await?;
        }
        self.ports().store.change_working(vec![put]).await?;
        Ok(secret)
    }

    /// The share that this secret opened, as it stands now: nothing once it is over or was taken back.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn shared(&self, case: CaseId, share: ShareId, secret: &str) -> Result<Shared, AppError> {
        let item = self.ports().store.working(&WorkingKey::new(SESSION, hash_of(secret)), self.now_us()).await?;
        let opened: Option<Opened> = item.and_then(|item| serde_json::from_slice(&item.value).ok());
        opened.filter(|opened| opened.case == case && opened.share == share).ok_or(AppError::NotFound)?;
        let state = self.load(case).await?;
        let today = self.ports().clock.moment().today;
        let known = state.shares.get(&share).filter(|known| known.is_open(&state, today));
        let known = known.ok_or(AppError::NotFound)?.clone();
        Ok(Shared { case: state, share: known })
    }

    /// The image of a page of a shared paper, with who reads it burned in. That it was looked at is on record before.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for every page that this share does not open.
    pub async fn shared_page(
        &self,
        shared: &Shared,
        material: MaterialId,
        page: u32,
        width_px: u32,
    ) -> Result<Vec<u8>, AppError> {
        let moment = self.ports().clock.moment();
        let papers = shared.papers(moment.today);
        let (paper, rule) = papers.into_iter().find(|(paper, _)| paper.id == material).ok_or(AppError::NotFound)?;
        if page == 0 || page > paper.file.pages {
            return Err(AppError::NotFound);
        }
        self.record_look(looked(&shared.case, &shared.share, Look::Page, Some(material), vec![page], rule)).await?;
        let file = self.opened(&paper.file.sha256).await?;
        self.ports().reading.marked_page(&file, page, width_px, &shared.mark(moment.at)).await
    }
}
