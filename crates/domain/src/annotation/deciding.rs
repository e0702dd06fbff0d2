//! Decisions on annotations.

use super::{Annotation, AnnotationCommand, AnnotationEvent, AnnotationRefusal, Area, Circle, Content, SIDE};
use crate::{
    case::CaseState,
    decision::{Context, Decision},
    ids::{AnnotationId, PersonId},
    material::Material,
};

/// Letters of what is said, and of what is quoted.
const MOST_LETTERS: usize = 4_000;
/// Tags on one annotation, and letters of a tag.
const MOST_TAGS: usize = 12;
const MOST_TAG_LETTERS: usize = 60;
/// Boxes of one annotation: more lines than a page has.
const MOST_AREAS: usize = 120;

/// The last moment of a recording that a note may stand at: a hundred hours.
const MOST_SECONDS: u32 = 360_000;

/// Decides an act on annotations.
pub fn decide(case: &CaseState, ctx: &Context, command: AnnotationCommand) -> Result<Decision, AnnotationRefusal> {
    // Who has no person annotates nothing.
    let by = ctx.actor.person().ok_or(AnnotationRefusal::Unknown)?;
    match command {
        AnnotationCommand::Share { material, sha256, circle, content } => {
            let paper = case.materials.get(&material).filter(|paper| paper.erased_on.is_none());
            let paper = paper.ok_or(AnnotationRefusal::Unknown)?;
            if paper.file.sha256 != sha256 {
                return Err(AnnotationRefusal::PaperChanged);
            }
            check(paper, &content)?;
            let annotation = AnnotationId(ctx.ids.next());
            if case.annotations.iter().any(|known| known.id == annotation) {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(AnnotationEvent::Shared { annotation, material, sha256, by, circle, content }))
        }
        AnnotationCommand::Revise { annotation, circle, content } => {
            let known = own(case, annotation, circle, by)?;
            if known.withdrawn_at.is_some() {
                return Err(AnnotationRefusal::TakenBack);
            }
            let paper = case.materials.get(&known.material).ok_or(AnnotationRefusal::Unknown)?;
            check(paper, &content)?;
            if *known.content() == content {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(AnnotationEvent::Revised { annotation, content }))
        }
        AnnotationCommand::Reply { annotation, circle, words } => {
            let known = standing(case, annotation, circle)?;
            let words = words.trim().to_owned();
            match words.chars().count() {
                // Sent twice, it is said once.
                _ if known.replies.last().is_some_and(|last| last.by == by && last.words == words) => {
                    Ok(Decision::nothing())
                }
                0 => Err(AnnotationRefusal::Nothing),
                letters if letters > MOST_LETTERS => Err(AnnotationRefusal::TooLong),
                _ => Ok(Decision::of(AnnotationEvent::Replied { annotation, by, words })),
            }
        }
        AnnotationCommand::Withdraw { annotation, circle } => {
            let known = own(case, annotation, circle, by)?;
            if known.withdrawn_at.is_some() {
                return Ok(Decision::nothing());
            }
            Ok(Decision::of(AnnotationEvent::Withdrawn { annotation }))
        }
    }
}

/// The annotation of this circle. One of another circle is unknown.
fn known(case: &CaseState, id: AnnotationId, circle: Circle) -> Result<&Annotation, AnnotationRefusal> {
    let known = case.annotations.iter().find(|known| known.id == id && known.circle == circle);
    known.ok_or(AnnotationRefusal::Unknown)
}

/// The same, not taken back.
fn standing(case: &CaseState, id: AnnotationId, circle: Circle) -> Result<&Annotation, AnnotationRefusal> {
    let known = known(case, id, circle)?;
    if known.withdrawn_at.is_some() {
        return Err(AnnotationRefusal::TakenBack);
    }
    Ok(known)
}

fn own(case: &CaseState, id: AnnotationId, circle: Circle, by: PersonId) -> Result<&Annotation, AnnotationRefusal> {
    let known = known(case, id, circle)?;
    if known.by == by { Ok(known) } else { Err(AnnotationRefusal::NotYours) }
}

/// Whether an annotation may say this over this paper: shared or for oneself.
///
/// # Errors
/// A [`AnnotationRefusal`] that says what is wrong with it.
pub fn check(paper: &Material, content: &Content) -> Result<(), AnnotationRefusal> {
    if content.page == 0 || content.page > paper.file.pages.max(1) {
        return Err(AnnotationRefusal::NoSuchPage);
    }
    if content.areas.is_empty() && content.words.trim().is_empty() && content.tags.is_empty() {
        return Err(AnnotationRefusal::Nothing);
    }
    // What has pages has no moments.
    if content.at_seconds.is_some_and(|at| at > MOST_SECONDS || paper.file.pages > 0) {
        return Err(AnnotationRefusal::NoSuchMoment);
    }
    if content.areas.len() > MOST_AREAS || !content.areas.iter().all(is_on_page) {
        return Err(AnnotationRefusal::OutsidePage);
    }
    let long = |text: &str, most: usize| text.chars().count() > most;
    let tags = content.tags.len() > MOST_TAGS || content.tags.iter().any(|tag| long(tag, MOST_TAG_LETTERS));
    if tags || long(&content.words, MOST_LETTERS) || long(&content.quote, MOST_LETTERS) {
        return Err(AnnotationRefusal::TooLong);
    }
    Ok(())
}

fn is_on_page(area: &Area) -> bool {
    let within = |from: u16, length: u16| from.checked_add(length).is_some_and(|until| until <= SIDE);
    within(area.x, area.w) && within(area.y, area.h)
}
