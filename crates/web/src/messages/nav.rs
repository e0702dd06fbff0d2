//! The frame's places and people.

use xiezhi_domain::people::Post;

crate::messages! {
    CallCourt => "打电话问法院", "Call the court";
    MyCases => "我的案件", "My cases";
    Notices => "消息", "Notices";
    FileACase => "我要立案", "File a case";
    Tools => "计算工具", "Calculators";
    Workbench => "工作台", "Workbench";
    Review => "立案审查", "Filing review";
    Cases => "案件", "Cases";
    Scans => "扫描分拣", "Scans";
    Counter => "窗口收件", "Counter";
    Hearings => "开庭", "Hearings";
    Serve => "送达", "Service";
    Series => "系列案", "Like cases";
    Signing => "待签署", "To sign";
    Approvals => "审批", "Approvals";
    Archive => "档案", "Archive";
    Borrow => "借阅", "Borrow";
    Oversight => "监督", "Oversight";
    Money => "费用", "Fees";
    People => "人员", "People";
    Quarantine => "隔离文件", "Quarantine";
    Traces => "留痕检索", "Search traces";
    Record => "留痕", "Record";
    Party => "当事人", "Party";
    Lawyer => "律师", "Lawyer";
    Employee => "委托代理人（工作人员）", "Agent (the party's employee)";
    FilingClerk => "立案人员", "Filing clerk";
    Judge => "审判员", "Judge";
    JudgeAssistant => "法官助理", "Judge's assistant";
    CourtClerk => "书记员", "Court clerk";
    Assessor => "人民陪审员", "People's assessor";
    DivisionHead => "庭长", "Division head";
    VicePresident => "副院长", "Vice president";
    President => "院长", "President";
    TrialManagement => "审管办", "Trial-management office";
    Archivist => "档案管理员", "Archivist";
    ServiceAgent => "送达专员", "Service agent";
    Finance => "财务", "Finance";
    SystemAdmin => "系统管理员", "System administrator";
    SecurityAdmin => "安全管理员", "Security administrator";
    AuditAdmin => "安全审计员", "Audit administrator";
}

/// How a unit is entered for whoever acts for it as its employee (当事人的工作人员).
const EMPLOYEE: &str = "（工作人员）";

/// What a person is called, and the unit: whoever acts for a party as its employee is no lawyer.
///
/// Source: 《民事诉讼法》第六十一条第二款第二项.
pub fn standing(post: Post, unit: Option<&str>) -> (Key, Option<&str>) {
    match unit.and_then(|unit| unit.strip_suffix(EMPLOYEE)).filter(|_| post == Post::Lawyer) {
        Some(unit) => (Key::Employee, Some(unit)),
        None => (self::post(post), unit),
    }
}

/// The name of a post.
pub fn post(post: Post) -> Key {
    match post {
        Post::Party => Key::Party,
        Post::Lawyer => Key::Lawyer,
        Post::FilingClerk => Key::FilingClerk,
        Post::Judge => Key::Judge,
        Post::JudgeAssistant => Key::JudgeAssistant,
        Post::CourtClerk => Key::CourtClerk,
        Post::Assessor => Key::Assessor,
        Post::DivisionHead => Key::DivisionHead,
        Post::VicePresident => Key::VicePresident,
        Post::President => Key::President,
        Post::TrialManagement => Key::TrialManagement,
        Post::Archivist => Key::Archivist,
        Post::ServiceAgent => Key::ServiceAgent,
        Post::Finance => Key::Finance,
        Post::SystemAdmin => Key::SystemAdmin,
        Post::SecurityAdmin => Key::SecurityAdmin,
        Post::AuditAdmin => Key::AuditAdmin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_employee_who_acts_for_its_unit_is_called_no_lawyer() {
        assert_eq!(standing(Post::Lawyer, Some("某公司（工作人员）")), (Key::Employee, Some("某公司")));
        assert_eq!(standing(Post::Lawyer, Some("某律师事务所")), (Key::Lawyer, Some("某律师事务所")));
    }
}
