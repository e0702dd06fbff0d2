//! Words of the public calculators.

use xiezhi_domain::law::{fee::FeeKind, period::Unit};

crate::messages! {
    Title => "计算工具", "Calculators";
    Intro => "不用登录，算的过程和依据都在下面。结果供参考，以法院的通知书为准。", "No sign-in needed; the working and the law are shown. For guidance: the court's notice is what counts.";
    Fee => "算诉讼费", "Work out a court fee";
    FeeNote => "案件受理费、保全费、执行费", "Acceptance, preservation, enforcement";
    Period => "算期限", "Work out a time limit";
    PeriodNote => "答辩、举证、上诉等，遇节假日顺延", "Answer, evidence, appeal and more, with public holidays";
    Interest => "算利息", "Work out interest";
    InterestNote => "民间借贷约定利息、逾期利息、加倍部分债务利息", "Agreed and overdue interest of a loan, the doubled part of delay interest";
    Manner => "什么利息", "What interest";
    MannerAgreed => "约定利率（民间借贷，不超过上限）", "At the agreed rate (a private loan, up to the cap)";
    MannerOverdue => "没有约定利率的逾期利息", "Overdue, where no rate was agreed";
    MannerDoubled => "迟延履行的加倍部分债务利息", "The doubled part of delay interest";
    Principal => "本金或者未付的金额（元）", "Principal, or what is unpaid (yuan)";
    InterestFrom => "从哪一天起（含当日）", "First day (counted)";
    InterestUntil => "到哪一天止（含当日）", "Last day (counted)";
    RatePercent => "约定的年利率（%）", "Agreed rate a year (%)";
    RatePercentHelp => "只有按约定利率算时要填，例如 12", "Only at the agreed rate, for example 12";
    ContractOn => "合同成立的日期", "Day of the contract";
    FiledOn => "起诉的日期", "Day of the suit";
    YearOf => "一年按多少天算", "Days of a year";
    OldRules => "当事人请求2020年8月20日以前的利息按当时的规定算", "The party asks for the rules of that time for interest before 20 August 2020";
    InterestTotal => "利息合计", "Interest in all";
    LprToConfirm => "（该报价只有一个来源，使用前请核对）", " (one source alone tells this rate: confirm it first)";
    CaseNumber => "看懂案号", "Read a case number";
    CaseNumberNote => "哪个法院、哪类案件、第几件", "Which court, which kind of case, which one";
    Kind => "什么案件", "Kind of case";
    Amount => "金额（元）", "Amount (yuan)";
    AmountHelp => "例如 175500.00；没有金额的案件可以不填", "For example 175500.00; leave it empty where there is none";
    Halved => "适用简易程序、小额诉讼或者调解、撤诉（减半）", "Summary or small-claims procedure, mediated or withdrawn (halved)";
    Compute => "计算", "Compute";
    Result => "结果", "Result";
    Working => "怎么算的", "How it is worked out";
    Total => "应交", "To pay";
    StartsOn => "从哪一天起（收到、送达的那一天）", "Starting day (the day it was received or served)";
    Length => "多长", "How long";
    UnitOf => "单位", "Unit";
    Rolls => "最后一天是节假日的，顺延", "A last day that is a holiday rolls on";
    StartLine => "起算日不算在内", "The starting day is not counted";
    CountsFrom => "从第二天起算", "Counted from the next day";
    RawEnd => "算到", "Counted to";
    RolledLine => "遇休息日，顺延到下一个工作日", "A rest day: rolled to the next working day";
    LastDay => "最后一天", "Last day";
    UntilMidnight => "当天24点前都算数。", "Until midnight of that day.";
    Provisional => "次年的放假通知还没有公布，结果可能变动。", "Next year's holiday notice is not out yet; the result may change.";
    Number => "案号", "Case number";
    NumberHelp => "例如（2026）鲁0691民初101号", "For example （2026）鲁0691民初101号";
    Year => "收案年度", "Year of filing";
    Court => "法院", "Court";
    CaseType => "案件类型", "Kind of case";
    Serial => "编号", "Serial";
    NotInTable => "不在代字表里", "not in the table";
    Flat => "按件交纳", "Fixed fee";
    Base => "基本费用（本地标准）", "Base fee (local figure)";
    Fraction => "按比例", "Share of it";
    Capped => "最高不超过", "At most";
    HalvedLine => "减半", "Halved";
    Slice => "超过部分", "Part above";
    KindProperty => "财产案件（借款、合同、赔偿等）", "Property (loans, contracts, damages …)";
    KindDivorce => "离婚案件", "Divorce";
    KindPersonality => "人格权案件", "Personality rights";
    KindIp => "知识产权案件", "Intellectual property";
    KindOther => "其他非财产案件", "Other, without property";
    KindLabour => "劳动争议", "Labour dispute";
    KindAdministrative => "行政案件", "Administrative";
    KindPreservation => "申请财产保全", "Preservation of property";
    KindEnforcement => "申请执行", "Enforcement";
    KindPaymentOrder => "申请支付令", "Payment order";
    Hours => "小时", "hours";
    Days => "日", "days";
    Workdays => "工作日", "working days";
    Months => "月", "months";
    Years => "年", "years";
}

crate::phrases! {
    days(n: u32) => "{n} 天", "{n} days";
    capped_at(rate: &str) => "（上限 {rate}%）", " (cap {rate}%)";
    by_lpr(on: &str, rate: &str) => "（{on} 公布的一年期LPR {rate}%）", " (one-year LPR of {on}: {rate}%)";
}

/// The kinds the page offers.
pub const KINDS: [(FeeKind, Key); 10] = [
    (FeeKind::Property, Key::KindProperty),
    (FeeKind::Divorce, Key::KindDivorce),
    (FeeKind::Personality, Key::KindPersonality),
    (FeeKind::Ip, Key::KindIp),
    (FeeKind::OtherNonProperty, Key::KindOther),
    (FeeKind::Labour, Key::KindLabour),
    (FeeKind::Administrative, Key::KindAdministrative),
    (FeeKind::Preservation, Key::KindPreservation),
    (FeeKind::Enforcement, Key::KindEnforcement),
    (FeeKind::PaymentOrder, Key::KindPaymentOrder),
];

/// The name of a unit.
pub fn unit(unit: Unit) -> Key {
    match unit {
        Unit::Hour => Key::Hours,
        Unit::Day => Key::Days,
        Unit::Workday => Key::Workdays,
        Unit::Month => Key::Months,
        Unit::Year => Key::Years,
    }
}
