//! Like cases in the gallery.

use xiezhi_app::series::Outcome;
use xiezhi_domain::{
    drafting::DraftContent,
    ids::{CaseId, SeriesId},
    paper::PaperKind,
    people::Post,
};

use super::{AlikeView, CaseLine, MemberView, SeriesListView, SeriesView, SetLine, Stands};
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; SeriesListView, SeriesView]
}

const PLAINTIFF: &str = "安居物业服务有限公司";

fn uuid(place: usize) -> uuid::Uuid {
    uuid::Uuid::from_u128(0x5e + place as u128)
}

fn line(place: usize) -> CaseLine {
    let defendant = ["张三", "李四", "王五", "赵六", "钱七"][place];
    CaseLine {
        case: CaseId(uuid(place)),
        number: Some(format!("（2026）鲁0691民初{}号", 61 + place)),
        title: format!("{PLAINTIFF} 诉 {defendant}"),
    }
}

fn member(place: usize, stands: Stands, missing: &[&str], outcome: Option<Outcome>) -> MemberView {
    let orders = vec![format!("被告于本判决生效之日起十日内支付原告物业费{}元", 1_200 + place)];
    let missing = missing.iter().map(|name| (*name).to_owned()).collect();
    MemberView { line: line(place), stands, missing, orders, outcome }
}

fn set(master: u32, members: Vec<MemberView>, under_way: bool) -> SeriesView {
    let content = DraftContent {
        found_facts: "{被告}系涉案房屋业主，欠付物业费{标的额}。".to_owned(),
        reasoning: "物业服务合同合法有效。".to_owned(),
        legal_basis: vec!["《中华人民共和国民法典》第九百四十四条".to_owned()],
        orders: vec!["{被告}于本判决生效之日起十日内支付{原告}物业费{标的额}".to_owned()],
        costs: "案件受理费{案件受理费}，由{被告}负担".to_owned(),
        ..DraftContent::default()
    };
    let content = if master == 0 { DraftContent::default() } else { content };
    let (id, kind) = (SeriesId(uuid(9)), PaperKind::Judgment);
    let elements = ["坐落位置", "面积", "尚欠物业费"].map(str::to_owned).to_vec();
    SeriesView { id, name: "安居物业费系列案".to_owned(), kind, content, master, elements, members, under_way }
}

impl Samples for SeriesListView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let plaintiffs = vec![PLAINTIFF.to_owned()];
        let alike = AlikeView {
            plaintiffs: plaintiffs.clone(),
            cause: "物业服务合同纠纷".to_owned(),
            cases: (0..3).map(line).collect(),
        };
        let known = SetLine { id: SeriesId(uuid(9)), name: "安居物业费系列案".to_owned(), plaintiffs, cases: 4 };
        let shown = |name, sets, alike| Sample::new(name, on_post(lang, Post::Judge), Self { sets, alike });
        vec![shown("series-none", vec![], vec![]), shown("series-list", vec![known], vec![alike])]
    }
}

impl Samples for SeriesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let refused = |code: &str| Some(Outcome::Refused { code: code.to_owned() });
        let fresh = (0..3).map(|place| member(place, Stands::NotApplied, &[], None)).collect();
        let under_way = vec![
            member(0, Stands::Applied { master: 1 }, &[], Some(Outcome::Done)),
            member(1, Stands::NotApplied, &["欠费月数"], Some(Outcome::Waiting)),
        ];
        let done = vec![
            member(0, Stands::Applied { master: 2 }, &[], Some(Outcome::Done)),
            member(1, Stands::NotApplied, &["欠费月数"], refused("series.Unfilled")),
            member(2, Stands::Edited, &[], refused("series.WrittenByHand")),
            member(3, Stands::PutForward, &[], refused("series.Draft")),
            member(4, Stands::Gone, &[], refused("series.NotInSeries")),
        ];
        let shown = |name, view| Sample::new(name, on_post(lang, Post::Judge), view);
        vec![
            shown("series-fresh", set(0, fresh, false)),
            shown("series-under-way", set(1, under_way, true)),
            shown("series-applied", set(2, done, false)),
        ]
    }
}
