//! Annotations in the gallery.

use xiezhi_app::annotation::PrivateNote;
use xiezhi_domain::{annotation::Version, ids::AnnotationId};

use super::{
    NoteView, NotesView,
    list::Asked,
    note::{self},
};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Seat, Seen, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; NotesView]
}

/// What whoever sits there may read, with one note of their own.
pub(crate) fn noted(seen: &Seen) -> Vec<NoteView> {
    let me = seen.reader.actor.person().expect("a person sits there");
    let shared = &seen.case.annotations[0];
    let own = PrivateNote {
        id: AnnotationId(uuid::Uuid::from_u128(0xa11)),
        material: shared.material,
        sha256: shared.sha256.clone(),
        versions: vec![Version { at: shared.versions[0].at, content: shared.content().clone() }],
        withdrawn_at: None,
    };
    note::readable(&seen.case, &seen.reader, &seen.to.people, me, &[own])
}

impl Samples for NotesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, seat, asked: Asked| {
            Tale::Annotated.whole().seen_by(seat, lang).sample(name, |seen| {
                Self::of(&seen.case, &seen.reader, asked, noted(seen))
            })
        };
        let back = Asked { back: "1".to_owned(), ..Asked::default() };
        let nothing = Asked { tag: "利息".to_owned(), ..Asked::default() };
        vec![
            shown("notes-judge", Seat::Judge, back),
            shown("notes-clerk", Seat::Clerk, Asked::default()),
            shown("notes-party", Seat::Party(0), Asked::default()),
            shown("notes-none", Seat::Judge, nothing),
        ]
    }
}
