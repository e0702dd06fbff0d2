//! Annotations on papers (阅卷批注): marks and words that the court's people lay over a page, never into it. What a
//! judge notes for himself alone is working data and unknown here; what he shares with his team or the panel is said
//! to them, and stays said: nothing is overwritten.

mod deciding;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    case::CaseState,
    ids::{AnnotationId, MaterialId, PersonId},
    moment::Recorded,
    refusal::refusals,
};

pub use deciding::{check, decide};

/// Who reads a shared annotation (批注可见范围). A party, its agent and the other side never do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Circle {
    /// Whoever works on the case for the court: panel, assistant, clerk (办案团队).
    Team,
    /// Those who decide it (合议庭): as secret as what they say to each other.
    Panel,
}

/// What is drawn on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Words marked as with a pen (高亮).
    Highlight,
    /// Words underlined (下划线).
    Underline,
    /// A box (方框).
    Box,
    /// An arrow, from its first area to its second (箭头).
    Arrow,
    /// Words about the page (便签).
    #[default]
    Note,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 5] = [Shape::Highlight, Shape::Underline, Shape::Box, Shape::Arrow, Shape::Note];
}

/// A part of a page, in ten-thousandths of its width and height from the upper left corner of the upright page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Area {
    /// Left edge.
    pub x: u16,
    /// Upper edge.
    pub y: u16,
    /// Width.
    pub w: u16,
    /// Height.
    pub h: u16,
}

/// One side of a page, in the measure of an [`Area`].
pub const SIDE: u16 = 10_000;

/// What an annotation says, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Content {
    /// Page, from 1.
    pub page: u32,
    /// What is drawn.
    pub shape: Shape,
    /// Where: a box for each line of text; none means the page as a whole.
    pub areas: Vec<Area>,
    /// The words of the page that it is about.
    pub quote: String,
    /// What is said.
    pub words: String,
    /// Issues it bears on (争点标签).
    pub tags: Vec<String>,
    /// Where in a recording, counted from its beginning (时间点); it makes the note a chapter of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_seconds: Option<u32>,
}

/// An annotation as it once said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// What it said.
    pub content: Content,
    /// Since when.
    pub at: Timestamp,
}

/// An answer to an annotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Whose.
    pub by: PersonId,
    /// The words.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// An annotation that was shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Identifier.
    pub id: AnnotationId,
    /// The paper it lies over.
    pub material: MaterialId,
    /// The version of the paper it was made on.
    pub sha256: String,
    /// Whose.
    pub by: PersonId,
    /// Who reads it.
    pub circle: Circle,
    /// What it said from its first day on; the last holds.
    pub versions: Vec<Version>,
    /// Answers, in their order.
    pub replies: Vec<Reply>,
    /// When its author took it back; it stays, crossed out.
    pub withdrawn_at: Option<Timestamp>,
}

impl Annotation {
    /// What it says now.
    pub fn content(&self) -> &Content {
        &self.versions.last().expect("an annotation begins with its first version").content
    }
}

/// Facts of annotations. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum AnnotationEvent {
    /// Someone shared an annotation (共享批注).
    #[serde(rename = "annotation.shared.v1")]
    Shared {
        /// Identifier.
        annotation: AnnotationId,
        /// The paper.
        material: MaterialId,
        /// The version of the paper it was made on.
        sha256: String,
        /// Whose.
        by: PersonId,
        /// Who reads it.
        circle: Circle,
        /// What it says.
        content: Content,
    },
    /// Its author put it otherwise; what it said before stays (修改批注).
    #[serde(rename = "annotation.revised.v1")]
    Revised {
        /// Which.
        annotation: AnnotationId,
        /// What it says now.
        content: Content,
    },
    /// Someone answered (回复批注).
    #[serde(rename = "annotation.replied.v1")]
    Replied {
        /// Which.
        annotation: AnnotationId,
        /// Who answered.
        by: PersonId,
        /// The words.
        words: String,
    },
    /// Its author took it back; it stays, crossed out (撤回批注).
    #[serde(rename = "annotation.withdrawn.v1")]
    Withdrawn {
        /// Which.
        annotation: AnnotationId,
    },
}

/// Commands about annotations. Each names the circle, so that access is decided before anything is looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum AnnotationCommand {
    /// Shares an annotation.
    Share {
        /// The paper.
        material: MaterialId,
        /// The version of the paper that was seen.
        sha256: String,
        /// Who reads it.
        circle: Circle,
        /// What it says.
        content: Content,
    },
    /// Puts one's own annotation otherwise.
    Revise {
        /// Which.
        annotation: AnnotationId,
        /// Who reads it.
        circle: Circle,
        /// What it says now.
        content: Content,
    },
    /// Answers one.
    Reply {
        /// Which.
        annotation: AnnotationId,
        /// Who reads it.
        circle: Circle,
        /// The words.
        words: String,
    },
    /// Takes one's own back.
    Withdraw {
        /// Which.
        annotation: AnnotationId,
        /// Who reads it.
        circle: Circle,
    },
}

impl AnnotationCommand {
    /// The circle it speaks to.
    pub fn circle(&self) -> Circle {
        match self {
            AnnotationCommand::Share { circle, .. }
            | AnnotationCommand::Revise { circle, .. }
            | AnnotationCommand::Reply { circle, .. }
            | AnnotationCommand::Withdraw { circle, .. } => *circle,
        }
    }
}

refusals! {
    /// Why an act on annotations is refused.
    AnnotationRefusal = "annotation" {
        /// There is no such paper or annotation for this circle.
        Unknown,
        /// Only its author puts it otherwise or takes it back.
        NotYours,
        /// The paper has no such page.
        NoSuchPage,
        /// Nothing is marked and nothing is said.
        Nothing,
        /// Only a recording has moments, and none is that long.
        NoSuchMoment,
        /// What is marked lies outside the page, or is more than a page can carry.
        OutsidePage,
        /// The words or tags are too long.
        TooLong,
        /// The paper was replaced by another version meanwhile.
        PaperChanged,
        /// It was taken back.
        TakenBack,
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &AnnotationEvent, recorded: &Recorded) {
    let at = recorded.moment.at;
    match event {
        AnnotationEvent::Shared { annotation, material, sha256, by, circle, content } => {
            case.annotations.push(Annotation {
                id: *annotation,
                material: *material,
                sha256: sha256.clone(),
                by: *by,
                circle: *circle,
                versions: vec![Version { content: content.clone(), at }],
                replies: vec![],
                withdrawn_at: None,
            });
        }
        AnnotationEvent::Revised { annotation, content } => change(case, *annotation, |known| {
            known.versions.push(Version { content: content.clone(), at });
        }),
        AnnotationEvent::Replied { annotation, by, words } => change(case, *annotation, |known| {
            known.replies.push(Reply { by: *by, words: words.clone(), at });
        }),
        AnnotationEvent::Withdrawn { annotation } => change(case, *annotation, |known| known.withdrawn_at = Some(at)),
    }
}

fn change(case: &mut CaseState, id: AnnotationId, change: impl FnOnce(&mut Annotation)) {
    if let Some(known) = case.annotations.iter_mut().find(|known| known.id == id) {
        change(known);
    }
}
