//! Rules of a court: law data, and the settings a court fixes for itself. Anything the handbook marks
//! unsure, practice or setting stands here, never as a constant in a rule.

use serde::{Deserialize, Serialize};

use crate::{
    case::Procedure,
    committee,
    issuing::Chain,
    law::money::Fen,
    people::Post,
    service::{self, Way},
    unusual::Watch,
};

/// Settings of a court (本院设置).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Name of the court.
    pub court_name: String,
    /// Court code in case numbers (法院代字).
    pub court_code: String,
    /// The court above (上一级法院).
    pub higher_court: String,
    /// Telephone of the court's hotline.
    pub hotline: String,
    /// Where people reach the court's pages, such as `https://court.example`: papers carry a code that leads there.
    /// Without it they carry none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Whether this is a demonstration court.
    pub demonstration: bool,
    /// Courtrooms.
    pub courtrooms: Vec<String>,
    /// Limit up to which small-claims procedure must be used: half the province's average yearly wage
    /// (《民事诉讼法》第一百六十五条; the figure is published yearly).
    pub small_claims_limit: Fen,
    /// Days the defendant has to link to an on-line case (《在线诉讼规则》第十条).
    pub link_days: i32,
    /// Evidence period set by the court in summary procedure, days (《民诉法解释》第二百六十六条: at most 15).
    pub evidence_days_summary: i32,
    /// Evidence period set in small-claims procedure, days (第二百七十五条: generally at most 7).
    pub evidence_days_small: i32,
    /// Evidence period set in ordinary procedure, days (第九十九条: at least 15).
    pub evidence_days_ordinary: i32,
    /// Months after closing within which the file goes to the archive (setting; handbook §17.2).
    pub archive_months: i32,
    /// Days the filer has to correct the papers (《登记立案规定》第七条; the court sets it).
    pub correction_days: i32,
    /// Whether a judgment of a sole judge must be read by the division head before it is issued.
    pub sole_judge_needs_head: bool,
    /// Who signs and who reads documents before they are sealed (文书签发环节).
    #[serde(default, skip_serializing_if = "Chain::is_default")]
    pub chain: Chain,
    /// Whose holders make up the adjudication committee, those who speak first first (审判委员会组成).
    #[serde(default = "committee::usual", skip_serializing_if = "is_usual_committee")]
    pub committee: Vec<Post>,
    /// In which order papers are served, and how often in each way (送达方式的先后).
    #[serde(default = "service::usual", skip_serializing_if = "is_usual")]
    pub ways: Vec<Way>,
    /// The division that tries civil cases.
    pub civil_division: String,
    /// Whether papers are shared with outsiders only by approval (卷外共享须经审批).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shares_need_approval: bool,
    /// From how much in a day on access is listed as unusual (异常查阅的界线).
    #[serde(default, skip_serializing_if = "Watch::is_default")]
    pub watch: Watch,
}

fn is_usual_committee(posts: &[Post]) -> bool {
    *posts == *committee::usual()
}

fn is_usual(ways: &[Way]) -> bool {
    service::is_usual(ways)
}

/// Rules a decision is made under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Version of the law data.
    pub version: String,
    /// Settings of the court.
    pub settings: Settings,
    /// Today's key for draws, fixed beforehand; absent where none was.
    pub draw_key: Option<DayKey>,
}

/// The key of one day's draws (分案随机种子): its hash is recorded the day before, the key the day after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayKey {
    /// The day.
    pub day: jiff::civil::Date,
    /// The key.
    pub key: [u8; 32],
}

impl Rules {
    /// Rules of the demonstration court (演示法庭).
    pub fn demonstration() -> Self {
        Self { version: LAW_VERSION.to_owned(), settings: Settings::demonstration(), draw_key: None }
    }
}

/// Version of the project's copy of the law data.
pub const LAW_VERSION: &str = "2026-11-22";

impl Settings {
    /// Days for evidence that the court sets under `procedure`; they run for each party from its own notice.
    ///
    /// Source: 《民诉法解释》第九十九条、第二百六十六条、第二百七十五条.
    pub fn evidence_days(&self, procedure: Procedure) -> i32 {
        match procedure {
            Procedure::Ordinary => self.evidence_days_ordinary,
            Procedure::Summary => self.evidence_days_summary,
            Procedure::SmallClaims => self.evidence_days_small,
        }
    }

    /// Settings of the demonstration court.
    pub fn demonstration() -> Self {
        Self {
            court_name: "烟台经济技术开发区人民法院".to_owned(),
            court_code: "鲁0691".to_owned(),
            higher_court: "山东省烟台市中级人民法院".to_owned(),
            hotline: "12368".to_owned(),
            address: String::new(),
            demonstration: true,
            courtrooms: ["第一法庭", "第二法庭", "第三法庭", "第四法庭", "在线法庭"].map(str::to_owned).to_vec(),
            small_claims_limit: Fen(5_000_000),
            link_days: 3,
            evidence_days_summary: 15,
            evidence_days_small: 7,
            evidence_days_ordinary: 15,
            archive_months: 3,
            correction_days: 7,
            sole_judge_needs_head: false,
            chain: Chain::default(),
            committee: committee::usual(),
            ways: service::usual(),
            civil_division: "民事审判庭".to_owned(),
            shares_need_approval: false,
            watch: Watch::default(),
        }
    }
}

/// Posts that lead the court: they see every case's status and decide approvals.
pub const LEADERS: [Post; 2] = [Post::VicePresident, Post::President];
