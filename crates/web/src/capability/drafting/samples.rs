//! Drafting in the gallery.

use std::sync::Arc;

use xiezhi_app::{
    drafting::{DraftVersion, versions},
    papers,
};
use xiezhi_documents::{
    proofread::{Finding, Place, Slip, SlipKind},
    returned::{Tracked, Written, WrittenLine},
    structure::Document,
};
use xiezhi_domain::{
    decision::{About, PaperOrder},
    ids::{DocumentId, MaterialId},
    moment::Moment,
    moment::instant,
    paper::PaperKind,
    people::Post,
    rules::Rules,
};

use super::{
    BesideView, DraftsView,
    law::{Asked, Sought},
    quotations::Quotation,
    sources::Changed,
    versions::{self as compared, DraftVersionsView, Unsaved},
    word::{Base, ReturnedDraftView},
};
use crate::{
    capability::statutes::samples::library,
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Seen, Tale},
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; DraftsView, DraftVersionsView, BesideView, ReturnedDraftView]
}

/// The editor with something of each sort that proofreading finds.
fn found(lived: &Lived, lang: Lang) -> Sample<DraftsView> {
    let slip = |kind, at, written: &str, fix: Option<&str>| {
        Finding::Slip(Slip { kind, place: Place::Block(at), written: written.into(), fix: fix.map(str::to_owned) })
    };
    lived.seen_by(Seat::Judge, lang).sample("document-proofread", |seen| {
        let only = seen.case.drafts.keys().last().copied();
        let moment = Moment::of(instant(seen.to.today, 10, 0));
        let view =
            DraftsView::of(&seen.case, &seen.reader, &seen.to.people, &Rules::demonstration(), moment, only);
        let mut view = view.expect("the judge sees drafts");
        view.quotations = vec![Quotation {
            quote: "甲方应于收货后三十日内付清货款".to_owned(),
            source: "《买卖合同》第2页，正卷第12页".to_owned(),
            href: "/cases".to_owned(),
        }];
        view.snippets = crate::capability::snippets::samples::some();
        view.drafts[0].findings = vec![
            Finding::ClaimsUnanswered { claims: 3, orders: 2 },
            slip(SlipKind::NameNearly, 4, "宏远机诫有限公司", Some("宏远机械有限公司")),
            slip(SlipKind::LawNotInForce, 9, "中华人民共和国合同法", Some("《中华人民共和国民法典》第一千二百六十条")),
            slip(SlipKind::HiddenCharacter, 11, "U+202E", Some("")),
        ];
        view
    })
}

/// The draft as it was saved, and as it was before: other words in two parts.
fn two_versions(seen: &Seen) -> (DocumentId, Vec<DraftVersion>) {
    let document = *seen.case.drafts.keys().last().expect("there is a draft");
    let mut last = versions(document, &seen.acts).pop().expect("it was saved");
    let mut before = DraftVersion { version: 1, returned_because: Some("第二项判决的利息起算日请再核对。".into()), ..last.clone() };
    last.version = 2;
    before.content.reasoning = before.content.reasoning.replace("应当", "应").replace("支持", "采纳");
    before.content.orders.pop();
    before.content.refund_prepayment = !last.content.refund_prepayment;
    (document, vec![before, last])
}

impl Samples for DraftVersionsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat, asked: compared::Asked| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                let (document, versions) = two_versions(seen);
                let view = Self::of(&seen.case, &seen.reader, &seen.to.people, document, &versions, &asked);
                view.expect("there are versions")
            })
        };
        let saved = Tale::Sale.until("drafting.saved.v1");
        vec![
            shown("document-versions", &saved, Seat::Judge, compared::Asked::default()),
            shown("document-version-before", &saved, Seat::Judge, compared::Asked { from: Some(2), to: Some(1) }),
            shown("document-versions-the-same", &saved, Seat::Assessor, compared::Asked { from: Some(2), to: Some(2) }),
        ]
    }
}

/// The editor with articles that were looked up.
fn looked_up(lived: &Lived, lang: Lang) -> Sample<DraftsView> {
    lived.seen_by(Seat::Judge, lang).sample("document-law", |seen| {
        let only = seen.case.drafts.keys().last().copied();
        let moment = Moment::of(instant(seen.to.today, 10, 0));
        let rules = Rules::demonstration();
        let view = DraftsView::of(&seen.case, &seen.reader, &seen.to.people, &rules, moment, only);
        let mut view = view.expect("the judge sees drafts");
        view.drafts[0].sought = Sought::of(&library(), &Asked { law: "借款".to_owned() }, seen.to.today);
        view
    })
}

/// The editor when somebody else saved meanwhile.
fn written_by_two(lived: &Lived, lang: Lang) -> Sample<DraftsView> {
    lived.seen_by(Seat::Judge, lang).sample("document-written-by-two", |seen| {
        let (document, versions) = two_versions(seen);
        let moment = Moment::of(instant(seen.to.today, 10, 0));
        let rules = Rules::demonstration();
        let view = DraftsView::of(&seen.case, &seen.reader, &seen.to.people, &rules, moment, Some(document));
        let mut view = view.expect("the judge sees drafts");
        let mut typed = versions[0].content.clone();
        typed.reasoning.push_str("故对该项请求予以支持。");
        view.drafts[0].unsaved = Unsaved::of(&versions, 1, &typed);
        view
    })
}

/// The editor with what its writer typed before and never saved.
fn kept_typing(lived: &Lived, lang: Lang) -> Sample<DraftsView> {
    lived.seen_by(Seat::Judge, lang).sample("document-kept-typing", |seen| {
        let (document, versions) = two_versions(seen);
        let moment = Moment::of(instant(seen.to.today, 10, 0));
        let rules = Rules::demonstration();
        let view = DraftsView::of(&seen.case, &seen.reader, &seen.to.people, &rules, moment, Some(document));
        let mut view = view.expect("the judge sees drafts");
        view.drafts[0].unsaved = Some(Unsaved::kept(versions[0].content.clone()));
        view
    })
}

impl Samples for BesideView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let judge = Tale::Sale.until("drafting.saved.v1").seen_by(Seat::Judge, lang);
        vec![judge.sample("document-beside", |seen| {
            let paper = seen.case.materials_in_order().next().map(|paper| paper.id);
            Self::of(&seen.case, &seen.reader, paper, None).expect("the judge sees drafts")
        })]
    }
}

/// What Word makes of the draft: words changed and added, an order numbered by the program, tracked changes, comments.
fn written(paper: &Document) -> Written {
    let line = |text: &str| WrittenLine { text: text.replace("应当", "应").replace("支持", "予以支持"), ..WrittenLine::default() };
    let mut lines: Vec<WrittenLine> = paper.plain_text().lines().map(line).collect();
    if let Some(order) = lines.iter_mut().find(|line| line.text.starts_with("一、")) {
        *order = WrittenLine { number: "一、".into(), text: format!("{}（履行期限自本判决生效之日起计算）", order.text.trim_start_matches("一、")) };
    }
    lines.insert(1, WrittenLine { text: "另有一段不知放在哪里的话。".into(), ..WrittenLine::default() });
    let change = |added, text: &str| Tracked { by: "赵文".into(), added, text: text.into() };
    Written {
        lines,
        tracked: vec![change(false, "应当"), change(true, "应")],
        comments: vec![("赵文".into(), "履行期限请再核对。".into())],
        pictures: 1,
        ..Written::default()
    }
}

impl Samples for ReturnedDraftView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let saved = Tale::Sale.until("drafting.saved.v1");
        let shown = |name, newest, changed: bool| {
            saved.seen_by(Seat::Judge, lang).sample(name, |seen| {
                let (document, draft) = seen.case.drafts.iter().next_back().expect("there is a draft");
                let moment = Moment::of(instant(seen.to.today, 10, 0));
                let (material, about) = (MaterialId(document.0), About::Document(*document));
                let order = PaperOrder { material, kind: PaperKind::Original, about };
                let paper = papers::document(&seen.case, &seen.to.people, &Rules::demonstration(), &order, moment);
                let plain = |text: &str| WrittenLine { text: text.to_owned(), ..WrittenLine::default() };
                let same = Written { lines: paper.plain_text().lines().map(plain).collect(), ..Written::default() };
                let came = if changed { written(&paper) } else { same };
                let base = Base { version: 1, told: changed, newest, content: &draft.content };
                Self::of(&seen.case, &seen.reader, *document, &paper, &base, came).expect("there is a draft")
            })
        };
        vec![shown("document-returned-from-word", 2, true), shown("document-returned-unchanged", 1, false)]
    }
}

/// A line chosen to comment on, and a document that waits for the time-stamp authority.
fn commented_on(lived: &Lived, lang: Lang) -> Sample<DraftsView> {
    lived.seen_by(Seat::Assessor, lang).sample("document-comment-form", |seen| {
        let only = seen.case.drafts.keys().last().copied();
        let moment = Moment::of(instant(seen.to.today, 10, 0));
        let rules = Rules::demonstration();
        let view = DraftsView::of(&seen.case, &seen.reader, &seen.to.people, &rules, moment, only);
        let mut view = view.expect("a member sees drafts");
        let draft = &mut view.drafts[0];
        draft.comments.choose(&draft.content, Some("reasoning.0"));
        draft.changed = vec![Changed {
            quote: "甲方应于收货后三十日内付清货款".to_owned(),
            title: "买卖合同".to_owned(),
            href: "/cases".to_owned(),
            gone: false,
        }];
        draft.chain.unstamped_since = Some(instant(seen.to.today, 8, 12));
        view
    })
}

/// The tales were told before clerks signed: the same case, its document put forward by today's rule.
fn with_clerk(mut lived: Lived) -> Lived {
    let case = Arc::make_mut(&mut lived.case);
    let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
    case.drafts.values_mut().for_each(|draft| draft.clerk = clerk);
    lived
}

impl Samples for DraftsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat, one: bool| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                let only = seen.case.drafts.keys().last().copied().filter(|_| one);
                let moment = Moment::of(instant(seen.to.today, 10, 0));
                let view = Self::of(&seen.case, &seen.reader, &seen.to.people, &Rules::demonstration(), moment, only);
                view.expect("the seat sees drafts")
            })
        };
        let (saved, forward) = ("drafting.saved.v1", "drafting.put_forward.v1");
        vec![
            shown("documents-none", &Tale::Sale.until("hearing.closed.v1"), Seat::Judge, false),
            shown("documents-suit-laid", &Tale::Accepted.until("review.not_accepted.v1"), Seat::Judge, false),
            shown("documents-list", &Tale::Sale.until("issuing.issued.v1"), Seat::Clerk, false),
            shown("documents-in-a-set", &Tale::Like.until("series.applied.v1"), Seat::Judge, false),
            shown("document-editor", &Tale::Sale.until(saved), Seat::Judge, true),
            found(&Tale::Sale.until(saved), lang),
            looked_up(&Tale::Sale.until(saved), lang),
            written_by_two(&Tale::Sale.until(saved), lang),
            kept_typing(&Tale::Sale.until(saved), lang),
            shown("document-returned", &Tale::Withdrawn.until("drafting.returned.v1"), Seat::Judge, true),
            shown("document-to-sign", &Tale::Sale.until(forward), Seat::Assessor, true),
            shown("document-before-the-clerk", &with_clerk(Tale::Sale.until(forward)), Seat::Clerk, true),
            shown("document-for-the-clerk", &with_clerk(Tale::Sale.until_nth("issuing.signed.v1", 3)), Seat::Clerk, true),
            shown("document-to-issue", &Tale::Sale.until_nth("issuing.signed.v1", 3), Seat::Clerk, true),
            shown("document-to-pronounce", &Tale::Sale.until("issuing.issued.v1"), Seat::Judge, true),
            shown("document-commented", &Tale::Supervised.until("drafting.comment_replied.v1"), Seat::Judge, true),
            shown("document-comments-settled", &Tale::Supervised.until_nth("drafting.comment_settled.v1", 2), Seat::Of(Post::DivisionHead), true),
            commented_on(&Tale::Supervised.until("drafting.saved.v1"), lang),
            shown("document-to-read", &Tale::Supervised.until_nth("issuing.signed.v1", 6), Seat::Of(Post::DivisionHead), true),
            shown("document-doubted", &Tale::Supervised.until("issuing.doubted.v1"), Seat::Judge, true),
            shown("document-read", &Tale::Supervised.until_nth("issuing.read.v1", 2), Seat::Clerk, true),
            shown("document-pronounced", &Tale::Sale.until("pronouncing.pronounced.v1"), Seat::Judge, true),
        ]
    }
}
