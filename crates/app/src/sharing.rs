//! Papers shared for a time with somebody outside the court (限时共享): they give their code and read those papers as
//! images under their name, with the text of those pages for whoever hears them or looks for words. Every page is on the
//! log of looks, under the share, before it leaves.

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
    ports::{PageText, Source},
    sessions::hash_of,
    texts::{self, Found, TextLayer},
};

pub(crate) const SESSION: &str = "share-session";
/// A code opens a share for half a day; then it is given again.
const SESSION_US: i64 = 12 * 3_600 * 1_000_000;

/// Letters that are looked for at most, and places that are told of.
const MOST_SOUGHT: usize = 200;
const MOST_FOUND: usize = 200;

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

/// The text of a page of a shared paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedText {
    /// Its lines.
    pub text: String,
    /// Whether it is a scan that still waits to be recognised.
    pub awaited: bool,
}

/// Words found on a page of a shared paper.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedHit {
    /// The paper.
    pub material: MaterialId,
    /// The page, from 1.
    pub page: u32,
    /// How they stand there.
    pub found: Found,
}

/// Places of words in shared papers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedHits {
    /// The places, paper by paper.
    pub hits: Vec<SharedHit>,
    /// Whether there are more than are told of.
    pub more: bool,
    /// How many of the papers have pages without text.
    pub without_text: usize,
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

/// Whether a paper has pages of which no words can be found.
fn lacks_text(layer: &TextLayer, pages: u32) -> bool {
    let told = layer.iter().filter(|page| !page.runs.is_empty()).count();
    told < usize::try_from(pages).unwrap_or(usize::MAX)
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

    /// The paper of this share with this page, and the rule that grants it.
    fn shared_paper<'a>(
        &self,
        shared: &'a Shared,
        material: MaterialId,
        page: u32,
    ) -> Result<(&'a Material, &'static str), AppError> {
        let papers = shared.papers(self.ports().clock.moment().today);
        let found = papers.into_iter().find(|(paper, _)| paper.id == material);
        found.filter(|(paper, _)| page > 0 && page <= paper.file.pages).ok_or(AppError::NotFound)
    }

    /// The text of a page of a shared paper: that of the very file whose images it shows, so that a copy that hides
    /// something tells its own words alone. That it was looked at is on record before.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for every page that this share does not open.
    pub async fn shared_text(&self, shared: &Shared, material: MaterialId, page: u32) -> Result<SharedText, AppError> {
        let (paper, rule) = self.shared_paper(shared, material, page)?;
        self.record_look(looked(&shared.case, &shared.share, Look::Page, Some(material), vec![page], rule)).await?;
        let layer = self.text_layer(&paper.file).await;
        let at = usize::try_from(page - 1).unwrap_or(usize::MAX);
        let told =
            |page: &PageText| SharedText { text: texts::lines(&page.runs), awaited: page.source == Source::Awaited };
        Ok(layer.get(at).map(told).unwrap_or_default())
    }

    /// Looks for words in the papers that this share opens, and in nothing else. What was looked for is on record before
    /// anything is told.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for more letters than anybody looks for.
    pub async fn search_shared(&self, shared: &Shared, words: &str) -> Result<SharedHits, AppError> {
        let words = words.trim();
        if words.chars().count() > MOST_SOUGHT {
            return Err(AppError::Invalid(vec![("q".to_owned(), "input.too_long".to_owned())]));
        }
        let papers = shared.papers(self.ports().clock.moment().today);
        let Some((_, rule)) = papers.first() else { return Ok(SharedHits::default()) };
        let mut look = looked(&shared.case, &shared.share, Look::Search, None, vec![], rule);
        let AccessEvent::Looked { words: who, .. } = &mut look;
        *who = who.take().map(|who| format!("{who}：{words}"));
        self.record_look(look).await?;
        let mut all = SharedHits::default();
        for (paper, _) in papers {
            let layer = self.text_layer(&paper.file).await;
            all.without_text += usize::from(lacks_text(&layer, paper.file.pages));
            for (page, text) in (1..).zip(layer.iter()) {
                let hit = |found| SharedHit { material: paper.id, page, found };
                all.hits.extend(texts::find(&text.runs, words).into_iter().map(hit));
            }
        }
        all.more = all.hits.len() > MOST_FOUND;
        all.hits.truncate(MOST_FOUND);
        Ok(all)
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
        let (paper, rule) = self.shared_paper(shared, material, page)?;
        self.record_look(looked(&shared.case, &shared.share, Look::Page, Some(material), vec![page], rule)).await?;
        let file = self.opened(&paper.file.sha256).await?;
        self.ports().reading.marked_page(&file, page, width_px, &shared.mark(self.ports().clock.now())).await
    }
}
