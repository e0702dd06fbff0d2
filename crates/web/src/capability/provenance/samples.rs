//! The life of a paper, in the gallery.

use xiezhi_app::{
    access::{AccessEvent, Look},
    witnessing::Reach,
};
use xiezhi_domain::{
    ids::MaterialId,
    material::{Material, Place},
    paper::PaperKind,
    people::Post,
};

use super::ProvenanceView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Seen, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ProvenanceView]
}

/// A first paper of which this is true.
fn paper(lived: &Lived, is: impl Fn(&Material) -> bool) -> MaterialId {
    lived.case.materials_in_order().find(|paper| is(paper)).expect("the tale has such a paper").id
}

fn view(seen: &Seen, id: MaterialId) -> ProvenanceView {
    let last = seen.acts.last().map_or(0, |act| act.pos - 1);
    let reach = Reach { signed: last, witnessed: last.saturating_sub(2), by: 2, of: 3, demonstration: false };
    let paper = &seen.case.materials[&id];
    let mut view = ProvenanceView::of(&seen.to, (&seen.case, &seen.reader), paper, &seen.acts, reach);
    if view.tells_readers {
        let at = seen.acts.last().expect("something happened").at;
        let looked = |look, pages: &[u32]| AccessEvent::Looked {
            reader: seen.to.person.as_ref().expect("a reader").id,
            post: Post::Judge,
            look,
            case: Some(seen.case.id),
            material: Some(id),
            pages: pages.to_vec(),
            words: None,
            rule: "V4".to_owned(),
        };
        view.take_readers(&seen.to, id, vec![(at, looked(Look::Page, &[1, 2])), (at, looked(Look::Download, &[]))]);
    }
    view
}

impl Samples for ProvenanceView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let (sale, papers) = (Tale::Sale.whole(), Tale::Papers.whole());
        let judgment = paper(&sale, |paper| paper.kind == PaperKind::Judgment && paper.place == Place::InFile);
        let replaced = paper(&papers, |paper| !paper.earlier.is_empty());
        let struck = paper(&papers, |paper| paper.place == Place::Struck);
        let exhibit = paper(&sale, |paper| paper.kind == PaperKind::Evidence);
        let shown = |name, lived: &Lived, seat, id| lived.seen_by(seat, lang).sample(name, |seen| view(seen, id));
        vec![
            shown("provenance-judgment-judge", &sale, Seat::Judge, judgment),
            shown("provenance-judgment-party", &sale, Seat::Party(0), judgment),
            shown("provenance-exhibit-president", &sale, Seat::Of(Post::President), exhibit),
            shown("provenance-replaced-clerk", &papers, Seat::Clerk, replaced),
            shown("provenance-struck-clerk", &papers, Seat::Clerk, struck),
        ]
    }
}

#[cfg(test)]
mod tests {
    use xiezhi_domain::{event::CaseEvent, issuing::IssuingEvent};

    use super::*;

    /// Of what came before a judgment was issued, others than the panel are told who signed it, and no more.
    #[test]
    fn nobody_but_the_panel_reads_how_the_judgment_was_drafted() {
        let sale = Tale::Sale.whole();
        let judgment = paper(&sale, |paper| paper.kind == PaperKind::Judgment && paper.place == Place::InFile);
        let before = |seat| view(&sale.seen_by(seat, Lang::Zh), judgment).before.len();
        let document = sale.case.drafts.values().find(|draft| draft.issued == Some(judgment)).expect("a draft").id;
        let is_signature = |event: &CaseEvent| {
            matches!(event, CaseEvent::Issuing(IssuingEvent::Signed { document: of, .. }) if *of == document)
        };
        let signatures = sale.acts.iter().filter(|act| act.event.as_ref().is_some_and(is_signature)).count();
        assert!(before(Seat::Judge) > signatures, "the judge sees the drafts");
        assert_eq!(before(Seat::Party(0)), signatures);
        assert_eq!(before(Seat::Of(Post::President)), signatures);
    }

    #[test]
    fn a_paper_of_which_a_reader_may_not_know_has_no_provenance() {
        let sale = Tale::Sale.whole();
        let inner = paper(&sale, |paper| paper.volume == xiezhi_domain::paper::Volume::Secondary);
        for seat in [Seat::Party(0), Seat::Agent(1), Seat::Of(Post::President), Seat::Of(Post::TrialManagement)] {
            let seen = sale.seen_by(seat, Lang::Zh);
            assert!(super::super::known(&seen.case, &seen.reader, inner).is_err(), "{seat:?}");
        }
        let judge = sale.seen_by(Seat::Judge, Lang::Zh);
        assert!(super::super::known(&judge.case, &judge.reader, inner).is_ok());
    }

    #[test]
    fn every_version_is_told_and_readers_stand_with_the_version_they_saw() {
        let papers = Tale::Papers.whole();
        let replaced = paper(&papers, |paper| !paper.earlier.is_empty());
        let seen = papers.seen_by(Seat::Clerk, Lang::Zh);
        let told = view(&seen, replaced);
        assert_eq!(told.versions.len(), seen.case.materials[&replaced].earlier.len() + 1);
        let last = told.versions.last().expect("a version");
        assert_eq!(last.sha256, seen.case.materials[&replaced].file.sha256);
        assert_eq!(last.readers.first().map(|reader| (reader.looks, reader.downloads)), Some((2, 1)));
        assert!(told.versions[0].readers.is_empty());
        let party = view(&papers.seen_by(Seat::Party(0), Lang::Zh), replaced);
        assert!(!party.tells_readers && party.versions.iter().all(|version| version.readers.is_empty()));
    }
}
