//! Words of: Stays and changes of procedure (程序).

crate::messages! {
    Title => "程序与中止", "Procedure and stay";
    Now => "现在的程序", "Procedure now";
    StayedSince => "中止日期", "Stayed since";
    Ground => "中止的原因", "Ground of the stay";
    Resume => "恢复审理", "Resume proceedings";
    ResumeNote => "中止的原因已经消除的，恢复审理；中止的日子不计入审限。", "Once the ground is gone, resume; the stayed days don't count in the trial period.";
    Convert => "转为简易程序", "Convert to summary procedure";
    ConvertNote => "不宜适用小额诉讼程序的，改用简易程序继续审理（《民事诉讼法》第一百六十九条）。", "A case unfit for small-claims procedure goes on in summary procedure (《民事诉讼法》第一百六十九条).";
    Reason => "理由", "Reason";
    ByApproval => "中止诉讼、转为普通程序要经庭长批准。", "A stay and a change to ordinary procedure need the division head's approval.";
    Ask => "去申请审批", "Ask for approval";
}
