//! Words of: Deadlines and figures of the court (监督).

use xiezhi_app::oversight::Statistic;

/// The name of a statistic.
pub fn statistic(it: Statistic) -> Key {
    match it {
        Statistic::CarriedOver => Key::CarriedOver,
        Statistic::Filed => Key::Filed,
        Statistic::Closed => Key::Closed,
        Statistic::Open => Key::Open,
    }
}

crate::messages! {
    Title => "监督", "Oversight";
    Note => "全院的收结存和期限。只看案件，不排名次。", "Figures and deadlines of the court. Cases only; nobody is ranked.";
    Unusual => "异常查阅", "Unusual access";
    Traces => "留痕检索", "Search the traces";
    CarriedOver => "旧存", "Carried over";
    CarriedOverNote => "年初未结", "open when the year began";
    Filed => "新收", "Filed";
    FiledNote => "当年立案", "in the year";
    Closed => "结案", "Closed";
    ClosedNote => "当年结案", "in the year";
    Open => "未结", "Open";
    OpenNote => "现在或者年末在办", "now, or at its end";
    Year => "年度", "Year";
    AllOfThem => "全部", "All of them";
    Deadlines => "期限", "Deadlines";
    Overdue => "已超期", "Overdue";
    OverdueNone => "没有超期的案件", "Nothing is overdue";
    OverdueNoneNote => "期限届满还没有办的会列在这里。", "Periods that ran out undone are listed here.";
    Soon => "七天内到期", "Due within seven days";
    SoonNone => "七天内没有到期的期限", "Nothing is due within seven days";
    SoonNoneNote => "快到期的期限会列在这里。", "Periods about to end are listed here.";
    Case => "案件", "Case";
    Period => "期限", "Period";
    Judge => "承办法官", "Judge";
    LastDay => "届满日", "Last day";
    Source => "依据", "Source";
    ByStage => "按阶段", "By stage";
    Stage => "阶段", "Stage";
    Count => "件数", "Cases";
}
