//! The papers of the six example cases, printed from their states as the court in memory tells them.

mod annex;
#[allow(dead_code, reason = "the stories of the domain use more of the cast than the papers do")]
#[path = "../../../domain/tests/it/cast.rs"]
mod cast;
#[allow(dead_code, reason = "the stories of the domain use more of the court than the papers do")]
#[path = "../../../domain/tests/it/court.rs"]
mod court;
#[allow(dead_code, reason = "the stories of the domain use more of an example than the papers do")]
#[path = "../../../domain/tests/it/example.rs"]
mod example;
#[allow(dead_code, reason = "the stories of the domain take more steps than the papers do")]
#[path = "../../../domain/tests/it/steps.rs"]
mod steps;
mod told;
mod turns;

use xiezhi_documents::structure::Document;
use xiezhi_domain::{
    case::CaseState,
    decision::{About, PaperOrder},
    event::CaseEvent,
    material::MaterialEvent,
    paper::PaperKind,
};

use court::Court;

/// A paper the platform wrote, with the act it belongs to.
struct Printed {
    order: PaperOrder,
    title: String,
    document: Document,
}

impl Printed {
    /// Everything a reader sees of it.
    fn text(&self) -> String {
        let number = self.document.number.clone().unwrap_or_default();
        format!("{}\n{}\n{number}\n{}", self.document.court, self.document.title, self.document.plain_text())
    }
}

/// Every paper of the case, written at its place in the record as the shell writes it.
fn printed(court: &Court) -> Vec<Printed> {
    let mut papers = vec![];
    for (at, (event, recorded)) in court.log.iter().enumerate() {
        let CaseEvent::Material(MaterialEvent::Written { material, kind, about, .. }) = event else { continue };
        let before = court.log[..at].iter().map(|(event, recorded)| (event, *recorded));
        let case = CaseState::fold(court.id, before).expect("a paper follows the application");
        let order = PaperOrder { material: *material, kind: *kind, about: about.clone() };
        let document = super::document(&case, &court.people, &court.rules, &order, recorded.moment);
        papers.push(Printed { title: super::title(&case, &order), order, document });
    }
    papers
}

/// The papers of one kind.
fn of_kind(papers: &[Printed], kind: PaperKind) -> Vec<&Printed> {
    papers.iter().filter(|paper| paper.order.kind == kind).collect()
}

/// The text of the last paper of one kind.
fn text_of(papers: &[Printed], kind: PaperKind) -> String {
    of_kind(papers, kind).last().unwrap_or_else(|| panic!("{kind:?} was written")).text()
}

/// Titles of papers with what is missing in each.
fn gaps(papers: &[Printed]) -> Vec<(String, Vec<String>)> {
    let missing = papers.iter().map(|paper| (paper.title.clone(), paper.document.gaps()));
    missing.filter(|(_, gaps)| !gaps.is_empty()).collect()
}

/// The text holds every one of these.
#[track_caller]
fn holds(text: &str, wanted: &[&str]) {
    for words in wanted {
        assert!(text.contains(words), "“{words}” in:\n{text}");
    }
}

#[test]
fn no_paper_of_the_six_example_cases_has_a_gap() {
    for (name, court) in told::all() {
        let papers = printed(&court);
        assert!(papers.len() > 12, "{name} has {} papers", papers.len());
        assert_eq!(gaps(&papers), [], "{name}");
    }
}

#[test]
fn every_paper_of_a_demonstration_court_says_so_across_the_page() {
    let marks = |court: &Court| -> Vec<Option<String>> {
        printed(court).into_iter().map(|paper| paper.document.watermark).collect()
    };
    let court = told::loan();
    assert!(marks(&court).iter().all(|mark| mark.as_deref() == Some("演示")));
    let mut real = court;
    real.rules.settings.demonstration = false;
    assert!(marks(&real).iter().all(Option::is_none));
}

#[test]
fn whatever_the_court_gives_to_people_carries_the_code_that_leads_to_the_check_page() {
    let mut court = told::loan();
    court.rules.settings.address = "https://court.example/".to_owned();
    let papers = printed(&court);
    for kind in [PaperKind::Original, PaperKind::Receipt, PaperKind::Summons, PaperKind::Transcript] {
        assert!(!of_kind(&papers, kind).is_empty(), "{kind:?}");
    }
    for paper in papers {
        let code = paper.document.verify_code.map(|code| (code.id, code.url));
        let id = paper.order.material.to_string();
        let carried = xiezhi_domain::verify::carries_code(paper.order.kind);
        let expected = carried.then(|| (id.clone(), format!("https://court.example/verify/{id}")));
        assert_eq!(code, expected, "{}", paper.title);
    }
}

#[test]
fn a_mediation_agreement_carries_its_code_before_anybody_signed() {
    let mut court = told::divorce(false);
    court.rules.settings.address = "https://court.example".to_owned();
    let papers = printed(&court);
    let agreements = of_kind(&papers, PaperKind::MediationAgreement);
    assert!(agreements.len() > 1, "it is printed anew with each signature");
    let codes: Vec<_> = agreements.iter().map(|paper| paper.document.verify_code.clone()).collect();
    assert!(codes.iter().all(|code| code.is_some() && *code == codes[0]), "{codes:?}");
}

#[test]
fn a_court_that_nobody_reaches_over_the_net_prints_no_code() {
    assert!(printed(&told::loan()).iter().all(|paper| paper.document.verify_code.is_none()));
}

#[test]
fn the_title_in_the_catalogue_names_the_party_a_paper_is_for() {
    let papers = printed(&told::loan());
    let titles: Vec<&str> = papers.iter().map(|paper| paper.title.as_str()).collect();
    for title in ["民事起诉状", "送达地址确认书（贾借出）", "应诉通知书（保连带）", "传票（易欠款）", "民事判决书原本"]
    {
        assert!(titles.contains(&title), "{title} among {titles:?}");
    }
}

#[test]
fn every_kind_the_platform_writes_is_a_document_or_a_plain_paper_without_gaps() {
    let court = told::loan();
    let plain = [
        PaperKind::FeeReceipt,
        PaperKind::MediationAgreement,
        PaperKind::ApprovalSheet,
        PaperKind::SupervisionRecord,
        PaperKind::CommitteeRecord,
        PaperKind::AppealPetition,
        PaperKind::Request,
    ];
    for kind in PaperKind::ALL {
        let handed_in = matches!(
            kind,
            PaperKind::Evidence
                | PaperKind::Identity
                | PaperKind::PowerOfAttorney
                | PaperKind::ServicePicture
                | PaperKind::Other
        );
        let drafted = *kind == PaperKind::Original;
        let written = super::document_kind(*kind, court.case()).is_some();
        assert_eq!(written, !handed_in && !drafted && !plain.contains(kind), "{kind:?}");
    }
    let petition = PaperOrder {
        material: xiezhi_domain::ids::MaterialId(uuid::Uuid::from_u128(9)),
        kind: PaperKind::AppealPetition,
        about: About::Words { party: Some(example::party(1)), words: "请求改判。".to_owned() },
    };
    let moment = court.log.last().expect("a record").1.moment;
    let paper = super::document(court.case(), &court.people, &court.rules, &petition, moment);
    holds(
        &paper.plain_text(),
        &["上诉人（原审被告）：易欠款", "被上诉人（原审原告）：贾借出", "请求改判", "中级人民法院"],
    );
    assert_eq!(paper.gaps(), Vec::<String>::new());
}
