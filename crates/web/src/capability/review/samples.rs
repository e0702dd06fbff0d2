//! Pages of the gallery. Everybody in them is invented.

use jiff::civil::{Date, date};
use uuid::Uuid;
use xiezhi_app::tables::{CaseRow, TableRow as _};
use xiezhi_domain::{
    case::{CaseState, Procedure},
    fees,
    filing::Intake,
    ids::{CaseId, MaterialId},
    stage::Stage,
};

use super::{
    facts::{Alike, ClaimView, DrawView, FeeView, Outcome, PaperView, PartyView, ProcedureChoice, ReviewView},
    page::{QueueView, Waiting},
};
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post},
    messages::Lang,
};

const CASE: CaseId = CaseId(Uuid::from_u128(9));

fn today() -> Date {
    date(2026, 3, 2)
}

fn paper(no: u128, title: &str, pages: u32) -> PaperView {
    PaperView { id: MaterialId(Uuid::from_u128(no)), title: title.to_owned(), pages }
}

fn party(role: &'static str, name: &str, known: bool) -> PartyView {
    let some = |text: &str| known.then(|| text.to_owned());
    PartyView {
        role,
        name: name.to_owned(),
        id_no: some("370691198503120113"),
        address: Some("某市某区虚拟路1号".to_owned()),
        phone: some("12000000001"),
        agents: if known { vec!["律某某，虚构律师事务所".to_owned()] } else { vec![] },
        namesake: false,
    }
}

fn row(number: Option<&str>) -> CaseRow {
    let text = |words: &str| words.to_owned();
    CaseRow {
        case_id: CASE.to_string(),
        number: number.map(text),
        title: text("陈晓 诉 易某某"),
        cause_code: text("04.10.108.03"),
        cause: text("民间借贷纠纷"),
        procedure: text("summary"),
        stage: text("correction_requested"),
        submitted_on: text("2026-02-27"),
        ..CaseRow::from_row(vec![])
    }
}

fn fee(procedure: Procedure) -> FeeView {
    let application = crate::capability::filing::rich_application();
    let case = CaseState::opened(CASE, application, None, today());
    let working = fees::charge(&case, procedure);
    FeeView { procedure, total_fen: working.total.0, working }
}

impl ReviewView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let of = |outcome: Outcome| ReviewView { outcome, ..open() };
        let items = vec!["写明被告易某某的联系电话".to_owned()];
        let draw = DrawView {
            day: today(),
            key_hash: "0".repeat(64),
            candidates: vec!["甄某某".to_owned(), "程某某".to_owned()],
            mac: "1".repeat(64),
            place: 2,
        };
        vec![
            ("review-open", open()),
            ("review-correcting", of(Outcome::Correcting { items, due_on: Some(date(2026, 3, 9)), over: false })),
            (
                "review-turned-away",
                of(Outcome::TurnedAway { stage: Stage::NotAccepted, reason: "不属于本院管辖".to_owned() }),
            ),
            (
                "review-filed",
                of(Outcome::Filed {
                    number: "（2026）鲁0691民初101号".to_owned(),
                    judge: Some("程某某".to_owned()),
                    draw: Some(draw),
                }),
            ),
        ]
    }
}

fn open() -> ReviewView {
    let claim = |text: &str, amount_fen| ClaimView { text: text.to_owned(), amount_fen };
    let alike = |both_sides, same_cause, number| Alike { case: row(number), both_sides, same_cause };
    let told = |field: &str, what: &str| (field.to_owned(), what.to_owned());
    ReviewView {
        case: CASE,
        title: "陈晓 诉 易某某".to_owned(),
        intake: Intake::Online,
        submitted_on: date(2026, 2, 27),
        due_on: Some(date(2026, 3, 6)),
        taken_by: None,
        may_take: true,
        papers: vec![paper(1, "民事起诉状", 2), paper(2, "借条", 1)],
        open: Some(MaterialId(Uuid::from_u128(1))),
        cause: "民间借贷纠纷".to_owned(),
        amount_fen: Some(15_000_000),
        parties: vec![party("原告", "陈晓", true), PartyView { namesake: true, ..party("被告", "易某某", false) }],
        claims: vec![claim("判令被告偿还借款本金150000元", Some(15_000_000)), claim("本案诉讼费用由被告承担", None)],
        claimed_fen: Some(15_000_000),
        facts: "2024年6月1日，被告向原告借款150000元，至今未还。".to_owned(),
        choice: ProcedureChoice {
            proposed: Procedure::Summary,
            fits_small: false,
            fees: vec![fee(Procedure::Ordinary), fee(Procedure::Summary)],
        },
        alike: vec![alike(true, true, None), alike(false, false, Some("（2026）鲁0691民初88号"))],
        phrases: vec![told("party.1.phone", "写明被告易某某的联系电话"), told("claims", "把诉讼请求写具体")],
        fields: vec![told("party.1.address", "被告易某某的住所地"), told("facts_and_reasons", "事实和理由")],
        outcome: Outcome::Open,
        next: Some(CASE.to_string()),
    }
}

impl QueueView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let waiting = |title: &str, due_on, taken: Option<&str>| Waiting {
            case: CASE.to_string(),
            title: title.to_owned(),
            cause: "民间借贷纠纷".to_owned(),
            due_on,
            taken_by: taken.map(str::to_owned),
            mine: taken.is_some(),
        };
        let rows = vec![
            waiting("陈晓 诉 易某某", Some(date(2026, 3, 1)), None),
            waiting("钱某某 诉 某某有限公司", Some(date(2026, 3, 4)), Some("收某某")),
        ];
        vec![
            ("review-queue", QueueView { waiting: rows, correcting: vec![row(None)] }),
            ("review-queue-empty", QueueView { waiting: vec![], correcting: vec![] }),
        ]
    }
}

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; QueueView, ReviewView]
}

impl Samples for QueueView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&on_post(lang, xiezhi_domain::people::Post::FilingClerk), Self::states())
    }
}

impl Samples for ReviewView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&on_post(lang, xiezhi_domain::people::Post::FilingClerk), Self::states())
    }
}
