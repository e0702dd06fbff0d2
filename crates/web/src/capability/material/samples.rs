//! The e-file in the gallery.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use xiezhi_app::{
    marks::Turns,
    ports::{Heading, PageText, Source, TextRun},
    sameness::SamePaper,
    witnessing::Proof,
};
use xiezhi_domain::{
    access,
    annotation::Circle,
    ids::MaterialId,
    material::{Material, Place},
    people::Post,
    verify,
};

use super::{Asked, At, FileView, LeafView, Marks, ReaderView, SearchView, VersionView, VersionsView, search};
use crate::{
    capability::{annotation, together, verify::KeptView},
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Seen, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; FileView, ReaderView, LeafView, SearchView, VersionsView]
}

impl Samples for FileView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let asking = |name, lived: &Lived, seat, asked: Asked| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                let first = seen.case.material_order.iter().take(3);
                let read: BTreeMap<_, _> = first.clone().map(|paper| (*paper, BTreeSet::from([1]))).collect();
                let notes = first.clone().skip(1).map(|paper| (*paper, 2)).collect();
                let of_panel = access::is_in(&seen.reader, &seen.case, Circle::Panel);
                let panel = if of_panel { vec![("甄明理".to_owned(), read.clone())] } else { vec![] };
                let unscreened = first.clone().take(1).copied().collect();
                let same = first.clone().take(1).map(|paper| (*paper, vec![alike(seen, first.clone().next_back())])).collect();
                let without_scanner = name == "file-sorted";
                let marks = Marks { read, notes, panel, unscreened, same, without_scanner };
                Self::of(&seen.case, &seen.reader, &marks, asked)
            })
        };
        let shown = |name, lived: &Lived, seat| asking(name, lived, seat, Asked::default());
        let grouped = |group: &str| Asked { group: group.to_owned(), ..Asked::default() };
        let only = |only: &str| Asked { only: only.to_owned(), kind: "judgment".to_owned(), ..Asked::default() };
        let sorted = Asked { sort: "-pages".to_owned(), ..Asked::default() };
        vec![
            shown("file-first-day", &Tale::Loan.until("filing.submitted.v1"), Seat::Of(Post::FilingClerk)),
            shown("file-staging-clerk", &Tale::Papers.until("evidence.submitted.v1"), Seat::Clerk),
            shown("file-to-disclose", &Tale::Papers.until("material.entered.v1"), Seat::Clerk),
            shown("file-party", &Tale::Papers.until("material.disclosed.v1"), Seat::Party(1)),
            shown("file-both-volumes", &Tale::Sale.whole(), Seat::Judge),
            shown("file-struck-replaced", &Tale::Papers.whole(), Seat::Judge),
            shown("file-lawyer", &Tale::Sale.whole(), Seat::Agent(1)),
            asking("file-by-party", &Tale::Sale.whole(), Seat::Judge, grouped("party")),
            asking("file-by-date-lawyer", &Tale::Sale.whole(), Seat::Agent(1), grouped("date")),
            asking("file-sorted", &Tale::Sale.whole(), Seat::Judge, sorted),
            asking("file-nothing-such", &Tale::Papers.until("evidence.submitted.v1"), Seat::Clerk, only("disputed")),
        ]
    }
}

/// Another paper that shows one of its sheets.
fn alike(seen: &Seen, other: Option<&MaterialId>) -> SamePaper {
    let other = other.and_then(|id| seen.case.materials.get(id)).expect("the tale has papers");
    SamePaper { material: other.id, title: other.title.clone(), same_bytes: false, pages: vec![(1, 1), (2, 3)] }
}

const LINES: [&str; 6] = [
    "借款合同",
    "出借人：贾借出",
    "借款人：易欠款",
    "一、借款金额为人民币壹拾伍万元整。",
    "二、借款期限自二〇二四年六月一日起",
    "至二〇二五年五月三十一日止。",
];

/// A page of text, as the confined process reads it.
fn layer() -> Vec<PageText> {
    let run = |(line, text): (usize, &&str)| {
        let letters = text.chars().count();
        TextRun { text: (*text).to_owned(), x: 0.15, y: 0.12 + line as f32 * 0.04, w: letters as f32 * 0.027, h: 0.02, ..TextRun::default() }
    };
    let runs = LINES.iter().enumerate().map(run).collect();
    vec![PageText { width: 595.0, height: 842.0, runs, ..PageText::default() }; 4]
}

/// A scan that lies on its head, of which one letter is unsure and the last page still to be read.
fn scanned() -> Vec<PageText> {
    let mut pages = layer();
    for page in &mut pages {
        (page.turn, page.source) = (180, Source::Recognised);
        page.runs[3].unsure = vec![7, 8];
    }
    if let Some(last) = pages.last_mut() {
        *last = PageText { width: 595.0, height: 842.0, source: Source::Awaited, ..PageText::default() };
    }
    pages
}

/// A paper of a place that the reader may see.
fn paper(seen: &Seen, place: Place) -> &Material {
    let may_see = |paper: &&Material| access::may_see(&seen.reader, &seen.case, paper);
    let mut papers = seen.case.materials_in_order().filter(|paper| paper.place == place).filter(may_see);
    papers.next().expect("the tale has such a paper")
}

impl Samples for ReaderView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let at = |q: &str| At { page: Some(1), q: q.to_owned(), ..At::default() };
        let shown = |name, lived: &Lived, seat, place: Place, q: &str| {
            let seen = lived.seen_by(seat, lang);
            seen.sample(name, |seen| Self::of(&seen.case, &seen.reader, paper(seen, place), &at(q), &layer()))
        };
        let kept = |name, seat, proof| {
            Tale::Loan.whole().seen_by(seat, lang).sample(name, |seen| {
                let of_court =
                    |paper: &&Material| verify::is_provable(paper) && access::may_see(&seen.reader, &seen.case, paper);
                let paper = seen.case.materials_in_order().find(of_court).expect("the court gave them papers");
                Self::of(&seen.case, &seen.reader, paper, &At::default(), &[])
                    .beside_its_proof(Some(KeptView::sample(proof)))
            })
        };
        let noted = |name, seat| {
            Tale::Annotated.whole().seen_by(seat, lang).sample(name, |seen| {
                let of = |id| seen.case.materials.get(&id).expect("a paper with notes");
                let notes = annotation::samples::noted(seen);
                let paper = of(seen.case.annotations[0].material);
                let notes = notes.into_iter().filter(|note| note.material == paper.id).collect();
                Self::of(&seen.case, &seen.reader, paper, &at(""), &layer()).turned(&Turns::from([(1, 90)])).noted(notes).among(together::samples::around(seen, paper))
            })
        };
        let papers = Tale::Papers.whole();
        vec![
            kept("paper-with-proof", Seat::Party(0), Proof::Witnessed { by: 2, of: 3, demonstration: false }),
            kept("paper-not-yet-proven", Seat::Party(0), Proof::Recorded),
            noted("paper-annotated-judge", Seat::Judge),
            noted("paper-annotated-clerk", Seat::Clerk),
            shown("paper-judge", &Tale::Sale.whole(), Seat::Judge, Place::InFile, ""),
            Tale::Sale.whole().seen_by(Seat::Judge, lang).sample("paper-with-bookmarks", |seen| {
                let entry = |title: &str, level, page| Heading { title: title.to_owned(), level, page };
                let outline = [entry("借款合同", 1, 1), entry("一、借款金额", 2, 1), entry("附件", 1, 2)];
                Self::of(&seen.case, &seen.reader, paper(seen, Place::InFile), &at(""), &layer()).outlined(&outline)
            }),
            Tale::Sale.whole().seen_by(Seat::Judge, lang).sample("paper-noticed", |seen| {
                let other = seen.case.material_order.first();
                Self::of(&seen.case, &seen.reader, paper(seen, Place::InFile), &at(""), &layer())
                    .noticed(vec![alike(seen, other)], true)
            }),
            shown("paper-searched", &Tale::Sale.whole(), Seat::Judge, Place::InFile, "借款"),
            shown("paper-party", &papers, Seat::Party(1), Place::InFile, ""),
            shown("paper-staged-clerk", &Tale::Papers.until("evidence.submitted.v1"), Seat::Clerk, Place::Staged, ""),
            shown("paper-struck", &papers, Seat::Clerk, Place::Struck, ""),
        ]
    }
}

impl Samples for LeafView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, seat, q: &str| {
            Tale::Sale.whole().seen_by(seat, lang).sample(name, |seen| {
                let paper = paper(seen, Place::InFile);
                Self::of(seen.case.id, paper.id, &paper.title, (1, paper.file.pages), layer().first(), q)
            })
        };
        let scan = |name, seat, page: usize| {
            Tale::Sale.whole().seen_by(seat, lang).sample(name, |seen| {
                let paper = paper(seen, Place::InFile);
                let text = &scanned()[page - 1];
                Self::of(seen.case.id, paper.id, &paper.title, (page as u32, 4), Some(text), "人民币壹拾伍万")
            })
        };
        vec![
            shown("leaf", Seat::Judge, ""),
            shown("leaf-searched-party", Seat::Party(0), "人民币壹拾伍万"),
            scan("leaf-recognised", Seat::Judge, 1),
            scan("leaf-awaited", Seat::Party(0), 4),
        ]
    }
}

impl Samples for SearchView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, seat, q: &str| {
            Tale::Sale.whole().seen_by(seat, lang).sample(name, |seen| {
                let papers = search::searchable(&seen.case, &seen.reader).into_iter().take(5);
                Self::found(&seen.case, &seen.reader, q, papers.map(|paper| (paper, Arc::new(layer()))).collect())
            })
        };
        let of_scans = |name, seat| {
            Tale::Sale.whole().seen_by(seat, lang).sample(name, |seen| {
                let papers = search::searchable(&seen.case, &seen.reader).into_iter().take(2);
                Self::found(&seen.case, &seen.reader, "借款", papers.map(|paper| (paper, Arc::new(scanned()))).collect())
            })
        };
        vec![
            of_scans("search-scans", Seat::Judge),
            shown("search-judge", Seat::Judge, "借款"),
            shown("search-party", Seat::Party(0), "贾借出"),
            shown("search-nothing", Seat::Judge, "违约金"),
            shown("search-empty", Seat::Judge, ""),
        ]
    }
}

impl Samples for VersionsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, seat, page, same_words| {
            Tale::Papers.whole().seen_by(seat, lang).sample(name, |seen| {
                let paper = paper(seen, Place::InFile);
                let version = |number, pages| VersionView {
                    number,
                    pages,
                    name: paper.file.name.clone(),
                    sha256: paper.file.sha256.clone(),
                };
                Self {
                    case: seen.case.id,
                    material: paper.id,
                    title: paper.title.clone(),
                    page,
                    left: version(1, 1),
                    right: version(2, 2),
                    versions: vec![1, 2],
                    same_words,
                }
            })
        };
        vec![
            shown("versions", Seat::Judge, 1, Some(false)),
            shown("versions-page-added", Seat::Clerk, 2, None),
            shown("versions-party", Seat::Party(1), 1, Some(true)),
        ]
    }
}
