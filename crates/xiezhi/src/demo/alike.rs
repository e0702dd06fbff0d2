//! Like cases of the demonstration (系列案): one company, one estate, owners who did not pay. One pattern tells them all,
//! each with its own home, months and sum.

use serde_json::{Value, json};
use xiezhi_domain::law::{
    element_form::{Answer, Answers},
    money::Fen,
};

use super::example::{Example, example};

const COMPANY: &str = "烟台如实家园物业有限公司";
/// What a square metre costs a month.
const FEN_PER_METRE: i64 = 160;
/// The last day that is asked for.
const UNTIL: &str = "2025-12-31";

/// What is each case's own.
struct Home {
    owner: &'static str,
    birth: &'static str,
    building: u8,
    room: u16,
    /// Its area, in tenths of a square metre.
    area_tenths: i64,
    /// For how many years nothing was paid.
    years: i64,
    /// What the owner says; one says nothing.
    answer: Option<&'static str>,
}

const HOMES: [Home; 4] = [
    Home {
        owner: "楼上住",
        birth: "19790412",
        building: 2,
        room: 1101,
        area_tenths: 895,
        years: 2,
        answer: Some("电梯经常停运，物业费应当减收。"),
    },
    Home {
        owner: "楼下居",
        birth: "19860923",
        building: 2,
        room: 302,
        area_tenths: 1_085,
        years: 3,
        answer: Some("楼道卫生差，愿意按八折交清。"),
    },
    Home {
        owner: "灯不亮",
        birth: "19910730",
        building: 5,
        room: 704,
        area_tenths: 762,
        years: 1,
        answer: Some("欠费属实，请求免去违约金。"),
    },
    Home { owner: "门常锁", birth: "19680115", building: 7, room: 1502, area_tenths: 1_320, years: 3, answer: None },
];

/// The cases, in the order in which they are heard.
pub fn cases() -> Vec<Example> {
    HOMES.iter().zip(1..).map(|(home, number)| home.told(number)).collect()
}

impl Home {
    fn told(&self, number: u32) -> Example {
        let names = [(COMPANY, "", 0), (self.owner, self.birth, 60 + number)];
        example(6).between(&format!("alike-{number}"), &names).telling(|told| self.tell(told))
    }

    fn location(&self) -> String {
        format!("想象花园{}号楼{}室", self.building, self.room)
    }

    fn area(&self) -> String {
        format!("{}.{}", self.area_tenths / 10, self.area_tenths % 10)
    }

    fn first_year(&self) -> i64 {
        2026 - self.years
    }

    fn fee(&self) -> Fen {
        Fen(self.area_tenths * FEN_PER_METRE / 10 * 12 * self.years)
    }

    /// A tenth of what is owed.
    fn penalty(&self) -> Fen {
        Fen(self.fee().0 / 10)
    }

    fn tell(&self, told: &mut Value) {
        let (location, area, from) = (self.location(), self.area(), self.first_year());
        let (fee, penalty) = (self.fee().plain(), self.penalty().plain());
        told["parties"][0]["address"] = json!("烟台经济技术开发区想象花园物业楼");
        told["parties"][1]["address"] = json!(format!("烟台经济技术开发区{location}"));
        told["parties"][1]["e_service_consent"] = json!(self.answer.is_some());
        told["claims"] = json!([
            format!("判令被告支付{from}年1月1日至2025年12月31日物业费{fee}元"),
            format!("判令被告支付违约金{penalty}元"),
            "诉讼费由被告负担",
        ]);
        told["amount_in_dispute"] = json!(Fen(self.fee().0 + self.penalty().0).plain());
        told["facts_and_reasons"] = json!(format!(
            "原告依前期物业服务合同为想象花园小区提供服务，物业费每月每平方米1.60元，每年6月30日前交清当年费用。被告是{location}的业主，房屋建筑面积{area}平方米，自{from}年1月起未交费，原告每年均书面催交。"
        ));
        told["elements"] = json!(self.elements());
        told["answer"] = json!({ self.owner: self.answer });
        told["evidence"][2]["name"] = json!("催费通知及短信记录");
        told["hearing"]["place"] = json!("第二法庭");
    }

    /// The same facts in the element-type form, from which a common draft takes them.
    fn elements(&self) -> Answers {
        let text = |text: &str| Answer::Text(text.to_owned());
        let until = Answer::Date(UNTIL.parse().expect("a day"));
        let row = [
            format!("{}年1月至2025年12月", self.first_year()),
            format!("{}平方米", self.area()),
            "每月每平方米1.60元".to_owned(),
            (12 * self.years).to_string(),
            format!("{}元", self.fee().plain()),
        ];
        let told = [
            ("fee_asof", until.clone()),
            ("fee_due", Answer::Money(self.fee())),
            ("penalty_asof", until),
            ("penalty_due", Answer::Money(self.penalty())),
            ("contract_signed", text("建设单位与原告签订前期物业服务合同，已备案")),
            ("location", Answer::Text(self.location())),
            ("area", Answer::Number(self.area())),
            ("owner", text(self.owner)),
            ("fee_standard", text("每月每平方米1.60元")),
            ("arrears_calc", Answer::Table(vec![row.to_vec()])),
            ("dunning", text("每年书面催交一次，并发送短信")),
        ];
        told.into_iter().map(|(field, answer)| (field.to_owned(), answer)).collect()
    }
}
