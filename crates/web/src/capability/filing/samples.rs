//! Pages of the gallery, and the drafts that tests start from. Everybody in them is invented.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use uuid::Uuid;
use xiezhi_documents::structure::{Block, Document, Layout};
use xiezhi_domain::{
    case::CaseState,
    consent::Step as OnlineStep,
    filing::{AUTHORITY_PAPER, Application, EvidenceInput, Intake},
    ids::{CaseId, MaterialId, PartyId, PersonId},
    law::{element_form::Answer, money::Fen},
    material::FileRef,
    party::{AddressConfirmation, Agent, Claim, Particulars, Party, PartyKind, PartyRole, SpecialAuthority},
    people::{Person, Post},
    review::CorrectionItem,
};

use super::{
    choose::ChooseView,
    draft::{Draft, Refused},
    page::{self, StepView},
    place::Side,
    preview::PreviewView,
    step::Step,
};
use crate::{
    gallery::{self, Piece, Sample, Samples, hang},
    http::showing::Showing,
    messages::Lang,
};

/// The case of the samples.
pub const CASE: CaseId = CaseId(Uuid::from_u128(9));
const ID: &str = "00000000-0000-0000-0000-000000000009";
const LENDING: &str = "04.10.108.03";

fn today() -> Date {
    date(2026, 3, 2)
}

fn person(no: u128, name: &str, post: Post) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(no)),
        name: name.to_owned(),
        post,
        division: None,
        id_no: Some("110101199003070003".to_owned()),
        phone: Some("12000000001".to_owned()),
        unit: None,
        takes_cases: false,
    }
}

/// A party who files for himself.
pub fn party() -> Person {
    person(1, "陈晓", Post::Party)
}

/// A lawyer who files for a client.
pub fn lawyer() -> Person {
    Person { unit: Some("虚构律师事务所".to_owned()), ..person(2, "律某某", Post::Lawyer) }
}

/// A clerk who enters what came on paper.
pub fn clerk() -> Person {
    person(3, "收某某", Post::FilingClerk)
}

/// Fields as a form sends them.
pub fn typed(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A draft that was just begun.
pub fn begun() -> Draft {
    Draft::begun(&party(), LENDING, today())
}

/// A draft to which nothing is missing.
pub fn complete() -> Draft {
    let mut draft = begun();
    draft.take(
        None,
        typed(&[
            ("p0_address", "某市某区虚拟路1号"),
            ("d0_kind", "natural"),
            ("d0_name", "易某某"),
            ("d0_phone", "12000000002"),
            ("d0_address", "某市某区虚拟路2号"),
            ("d0_id_no", "不知道"),
            ("claims_0_0", "判令被告偿还原告借款本金150000元"),
            ("claims_0_1", "150000"),
            ("claims_1_0", "本案诉讼费用由被告承担"),
            ("facts", "2024年6月1日，被告向原告借款150000元，至今未还。"),
        ]),
    );
    draft.evidence.push(paper(1, "借条", "书证"));
    draft
}

fn paper(no: u128, name: &str, kind: &str) -> EvidenceInput {
    EvidenceInput {
        material: MaterialId(Uuid::from_u128(100 + no)),
        name: name.to_owned(),
        kind: kind.to_owned(),
        source: "原告".to_owned(),
        has_original: true,
        purpose: "证明借款事实".to_owned(),
        file: FileRef {
            sha256: "0".repeat(64),
            size_bytes: 120_000,
            media: "image/jpeg".to_owned(),
            name: format!("{name}.jpg"),
            pages: 1,
            spots: vec![],
        },
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn natural(no: u128, role: PartyRole, name: &str) -> Party {
    Party {
        id: PartyId(Uuid::from_u128(200 + no)),
        role,
        kind: PartyKind::Natural,
        name: name.to_owned(),
        sex: some("女"),
        birth_on: Some(date(1988, 1, 1)),
        ethnicity: some("汉族"),
        id_no: some("E12345678"),
        occupation: some("会计"),
        address: some("虚拟路3号"),
        phone: some("12000000003"),
        representative: None,
        representative_post: None,
        particulars: Particulars {
            id_kind: some("护照"),
            work_unit: some("某单位"),
            habitual_address: some("虚拟路4号"),
            ..Particulars::default()
        },
        person: None,
    }
}

fn legal(no: u128, role: PartyRole, name: &str) -> Party {
    Party {
        kind: PartyKind::Legal,
        sex: None,
        birth_on: None,
        ethnicity: None,
        id_no: some("91370691MA0000000G"),
        occupation: None,
        representative: some("代某某"),
        representative_post: some("经理"),
        particulars: Particulars {
            registered_in: some("某市"),
            organisation_kind: some("有限责任公司"),
            ownership: some("民营"),
            ..Particulars::default()
        },
        ..natural(no, role, name)
    }
}

/// An application in which every field says something.
pub fn rich_application() -> Application {
    let own = Party { person: Some(party().id), ..natural(0, PartyRole::Plaintiff, "陈晓") };
    let parties = vec![
        own,
        natural(1, PartyRole::Plaintiff, "钱某某"),
        legal(2, PartyRole::Defendant, "某某有限公司"),
        Party { id_no: None, phone: None, ..natural(3, PartyRole::Defendant, "孙某某") },
        legal(4, PartyRole::ThirdParty, "第三某有限公司"),
    ];
    let agent = |party: usize| Agent {
        party: parties[party].id,
        name: "律某某".to_owned(),
        firm: some("虚构律师事务所"),
        phone: some("12000000009"),
        post: some("律师"),
        special: vec![SpecialAuthority::Settle, SpecialAuthority::Appeal],
        receives_papers: true,
        person: Some(lawyer().id),
    };
    let address = |party: usize, postal: &str, phone: &str| AddressConfirmation {
        party: parties[party].id,
        postal: postal.to_owned(),
        phone: phone.to_owned(),
        electronic: party == 0,
        electronic_address: (party == 0).then(|| "a@example.cn".to_owned()),
        recipient: some("代收某"),
        hand: None,
    };
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let elements = BTreeMap::from(
        [
            ("principal_due", Answer::Money(Fen(15_000_000))),
            ("given_date", Answer::Date(date(2024, 6, 1))),
            ("given_way", Answer::Choice(vec!["现金".to_owned(), "转账".to_owned()])),
            ("interest_until_paid", Answer::YesNo(true)),
            ("rate", Answer::Number("12.5".to_owned())),
            ("lender", Answer::Text("陈晓".to_owned())),
            ("repayments", Answer::Table(vec![row(["2025-01-01", "6000", "转账", ""])])),
            ("of_an_older_form", Answer::Text("仍在".to_owned())),
        ]
        .map(|(id, answer)| (id.to_owned(), answer)),
    );
    Application {
        cause: LENDING.to_owned(),
        agents: vec![agent(0), agent(1)],
        claims: vec![
            Claim { text: "判令被告偿还本金".to_owned(), amount: Some(Fen(15_000_000)) },
            Claim { text: "本案诉讼费用由被告承担".to_owned(), amount: None },
        ],
        amount: Some(Fen(15_000_000)),
        facts_and_reasons: "第一段。\n第二段。".to_owned(),
        elements,
        evidence: vec![paper(1, "借条", "书证"), paper(2, "授权委托书", AUTHORITY_PAPER)],
        addresses: vec![
            address(0, "收信路5号", "12000000003"),
            address(1, "虚拟路3号", "12000000008"),
            address(3, "虚拟路6号", "12000000007"),
        ],
        online: [OnlineStep::Hearing, OnlineStep::Service].into(),
        procedure_wish: Some(xiezhi_domain::case::Procedure::Ordinary),
        intake: Intake::Counter { happened_on: date(2026, 2, 27), compared_by: clerk().id },
        parties,
    }
}

/// The draft of a correction.
pub fn correcting() -> Draft {
    let mut case = CaseState::opened(CASE, rich_application(), Some(party().id), today());
    let item = |field: &str, what: &str| CorrectionItem { field: field.to_owned(), what: what.to_owned() };
    case.review.correction = vec![
        item("party.2.address", "写明被告某某有限公司的住所地"),
        item("facts_and_reasons", "写明事情发生的时间、地点和经过"),
        item("party.0.identity", "提交原告的身份证明"),
        item("", "另附还款流水"),
    ];
    case.review.correction_due_on = Some(date(2026, 3, 9));
    Draft::of_case(&case)
}

fn step(draft: Draft, code: &str, all: bool) -> StepView {
    let step = draft.step(code).expect("the sample has the step");
    StepView::of(ID, draft, step, today(), all)
}

impl StepView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let mut several = complete();
        several.add(Side::Defendant);
        several.put("d1_name", "孙某某");
        several.put("d1_id_no", "370691198503120114");
        several.put("claims_1_1", "1.234");
        let table = several.step_of("e_repayments_0_0").map(Step::code).unwrap_or_default();
        let typed = typed(&[("name", "转账记录"), ("purpose", "证明已付款")]);
        let refused = Some(Refused { code: "upload.mislabelled".to_owned(), typed });
        vec![
            ("filing-plaintiff", step(begun(), "p0", true)),
            ("filing-defendant", step(complete(), "d0", false)),
            ("filing-defendant-wrong", step(several.clone(), "d1", true)),
            ("filing-questions", step(complete(), "q1", true)),
            ("filing-table", step(several.clone(), &table, false)),
            ("filing-claims", step(complete(), "claims", false)),
            ("filing-claims-wrong", step(several, "claims", true)),
            ("filing-facts", step(complete(), "facts", false)),
            ("filing-evidence", step(complete(), "evidence", false)),
            ("filing-evidence-refused", step(Draft { refused, ..complete() }, "evidence", false)),
            ("filing-service", step(complete(), "service", false)),
            ("filing-online", step(complete(), "online", false)),
            ("filing-agent", step(Draft::begun(&lawyer(), LENDING, today()), "a0", false)),
            ("filing-intake", step(Draft::begun(&clerk(), LENDING, today()), "intake", false)),
            ("filing-correction", step(correcting(), "correction", false)),
            ("filing-correction-field", step(correcting(), "d0", false)),
        ]
    }
}

impl ChooseView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let begun = [(ID.to_owned(), complete())];
        vec![
            ("filing-choose", ChooseView::of(None, String::new(), "", &begun)),
            ("filing-choose-found", ChooseView::of(None, "借款".to_owned(), "", &[])),
            ("filing-choose-none", ChooseView::of(None, "没有这个".to_owned(), "", &[])),
            ("filing-choose-tree", ChooseView::of(Some(ID.to_owned()), String::new(), "04.10.108", &[])),
        ]
    }
}

impl PreviewView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let of = |draft: Draft| PreviewView {
            id: ID.to_owned(),
            way: page::way(&draft, CASE, today()),
            faults: draft.faults(CASE, today()),
            documents: vec![complaint()],
            draft,
        };
        vec![("filing-preview", of(complete())), ("filing-preview-missing", of(begun()))]
    }
}

fn complaint() -> Document {
    Document {
        kind: "complaint".to_owned(),
        court: String::new(),
        title: "民事起诉状".to_owned(),
        number: None,
        layout: Layout::Complaint,
        blocks: vec![Block::heading("诉讼请求"), Block::text("判令被告偿还原告借款本金150000元。")],
        signatures: None,
        verify_code: None,
        annex: vec![],
        watermark: None,
    }
}

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ChooseView, StepView, PreviewView]
}

fn before(lang: Lang, person: &Person) -> Showing {
    gallery::showing(lang, Some(person), &std::sync::Arc::default(), today())
}

impl Samples for ChooseView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&before(lang, &party()), Self::states())
    }
}

impl Samples for StepView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let reader = |name: &str| match name {
            "filing-agent" => lawyer(),
            "filing-intake" => clerk(),
            _ => party(),
        };
        Self::states().into_iter().map(|(name, view)| Sample::new(name, before(lang, &reader(name)), view)).collect()
    }
}

impl Samples for PreviewView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&before(lang, &party()), Self::states())
    }
}
