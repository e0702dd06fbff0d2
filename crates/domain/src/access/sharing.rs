//! What somebody outside the court sees by a share (限时共享): those papers and nothing else of the case.

use jiff::civil::Date;

use super::{Act, Denial, Reader, Relation, may};
use crate::{
    case::CaseState,
    ids::PersonId,
    material::{Material, Place},
    paper::Volume,
    people::{Actor, Post},
    sharing::Share,
};

/// Whoever holds a share: no person of the court's list, no party, nothing but a guest.
fn guest(share: &Share) -> Reader {
    let actor = Actor::Person { id: PersonId(share.id.0), post: Post::Party, token: None };
    Reader { actor, post: None, relations: vec![Relation::Guest], party: None }
}

/// Whether whoever holds `share` may see `material` on `today`; the id of the rule that grants it. A paper of the
/// secondary volume never, whatever the share says; no paper once the share is over, taken back, or the file archived.
///
/// Source: handbook of the project §1 (权限 = 岗位 × 与案件的关系 × 阶段 × 卷), §17 (副卷不对外).
pub fn may_see_shared(
    case: &CaseState,
    share: &Share,
    material: &Material,
    today: Date,
) -> Result<&'static str, Denial> {
    let denied = Denial::NotAllowed { act: Act::ViewShared };
    let rule = may(&guest(share), Act::ViewShared, case.stage)?;
    let is_shared = share.is_open(case, today) && share.terms.materials.contains(&material.id);
    let is_there = material.place == Place::InFile && material.erased_on.is_none();
    if is_shared && is_there && material.volume == Volume::Main { Ok(rule) } else { Err(denied) }
}
