//! Presenting a file to a circle of the court's people (共同阅卷): where the presenter is stands in working data for a
//! minute, so that followers on any node find it; what they point at is shown as it happens and kept nowhere.

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    annotation::{Circle, SIDE},
    ids::{CaseId, MaterialId, PersonId},
    together::{self, TogetherRefusal},
};
use xiezhi_store::{WorkingChange, WorkingItem, WorkingKey};

use crate::{App, AppError, live::Hint};

/// Kind of working data.
const KIND: &str = "presenting";
/// How long presenting stays without a sign of the presenter; their open page gives one each half minute.
const STAYS_US: i64 = 75_000_000;
/// Where someone is, said again, is written anew only after this.
const FRESH_US: i64 = 20_000_000;

/// Someone presents a file (主讲).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presenting {
    /// Who.
    pub person: PersonId,
    /// To whom.
    pub circle: Circle,
    /// Which paper.
    pub material: MaterialId,
    /// At which page.
    pub page: u32,
    /// How large it stands, by its code.
    pub zoom: String,
}

/// A place on a page, in ten-thousandths of its upright width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = PointedAt)]
pub struct Point {
    /// The page.
    pub page: u32,
    /// From the left.
    pub x: u16,
    /// From above.
    pub y: u16,
}

/// What a presenter points at; nothing once they point no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gesture {
    /// The case.
    pub case: CaseId,
    /// Who may see it.
    pub circle: Circle,
    /// The paper it lies over.
    pub material: MaterialId,
    /// Where.
    pub at: Option<Point>,
}

fn key(case: CaseId, circle: Circle) -> WorkingKey {
    WorkingKey::new(KIND, format!("{case}:{}", crate::rows::code_of(&circle)))
}

fn presenting_of(item: &WorkingItem) -> Option<Presenting> {
    serde_json::from_slice(&item.value).ok()
}

fn refused(refusal: TogetherRefusal) -> AppError {
    AppError::Refused(refusal.into())
}

impl App {
    /// Who presents a file to a circle now.
    pub async fn presenting(&self, case: CaseId, circle: Circle) -> Result<Option<Presenting>, AppError> {
        let known = self.ports().store.working(&key(case, circle), self.now_us()).await?;
        Ok(known.as_ref().and_then(presenting_of))
    }

    /// Begins to present.
    ///
    /// # Errors
    /// A [`TogetherRefusal`] where somebody else presents to this circle: of two who begin at the same moment, one.
    pub async fn begin_presenting(&self, case: CaseId, presenting: Presenting) -> Result<(), AppError> {
        let known = self.ports().store.working(&key(case, presenting.circle), self.now_us()).await?;
        let presenter = known.as_ref().and_then(presenting_of).map(|known| known.person);
        together::may_begin(presenter, presenting.person).map_err(refused)?;
        let rev = known.map_or(0, |known| known.rev);
        if !self.swap_presenting(case, &presenting, rev).await? {
            return Err(refused(TogetherRefusal::SomeonePresents));
        }
        Ok(())
    }

    /// The presenter goes on to another page or paper, or shows that they are still there.
    ///
    /// # Errors
    /// A [`TogetherRefusal`] where it ended meanwhile.
    pub async fn go_on_presenting(&self, case: CaseId, presenting: Presenting) -> Result<(), AppError> {
        let now = self.now_us();
        let item = self.ports().store.working(&key(case, presenting.circle), now).await?;
        let known = item.as_ref().and_then(presenting_of);
        together::may_go_on(known.as_ref().map(|known| known.person), presenting.person).map_err(refused)?;
        let (rev, updated_us) = item.map_or((0, 0), |item| (item.rev, item.updated_us));
        if known.as_ref() != Some(&presenting) || now - updated_us >= FRESH_US {
            // Where another window of theirs was quicker, that one says where they are.
            self.swap_presenting(case, &presenting, rev).await?;
        }
        Ok(())
    }

    /// Writes where a presenter is, unless something was written since `rev`.
    async fn swap_presenting(&self, case: CaseId, presenting: &Presenting, rev: u64) -> Result<bool, AppError> {
        let now = self.now_us();
        let value = serde_json::to_vec(presenting).expect("a place is plain data");
        let (key, owner) = (key(case, presenting.circle), case.to_string());
        let change = WorkingChange::Put { key, owner, value, updated_us: now, expires_us: Some(now + STAYS_US) };
        let swapped = self.ports().store.swap_working(change, rev, now).await?;
        if swapped {
            self.hub().tell(Hint::Together { case, circle: presenting.circle });
        }
        Ok(swapped)
    }

    /// The presenter has done. Saying so twice, or where another presents, changes nothing.
    pub async fn end_presenting(&self, case: CaseId, circle: Circle, person: PersonId) -> Result<(), AppError> {
        let known = self.presenting(case, circle).await?.filter(|known| known.person == person);
        let Some(known) = known else { return Ok(()) };
        self.hub().show(Gesture { case, circle, material: known.material, at: None });
        self.ports().store.change_working(vec![WorkingChange::Delete { key: key(case, circle) }]).await?;
        self.hub().tell(Hint::Together { case, circle });
        Ok(())
    }

    /// The presenter points at a place of the paper that they present; or points no more.
    ///
    /// # Errors
    /// A [`TogetherRefusal`] where they do not present.
    pub async fn point(
        &self,
        case: CaseId,
        circle: Circle,
        person: PersonId,
        at: Option<Point>,
    ) -> Result<(), AppError> {
        let known = self.presenting(case, circle).await?;
        together::may_go_on(known.as_ref().map(|known| known.person), person).map_err(refused)?;
        let Some(known) = known else { return Ok(()) };
        let at = at.filter(|at| at.x <= SIDE && at.y <= SIDE);
        self.hub().show(Gesture { case, circle, material: known.material, at });
        Ok(())
    }
}
