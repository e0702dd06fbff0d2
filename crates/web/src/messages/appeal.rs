//! Words of: Appeal, on the side of the parties and of the clerk (上诉).

crate::messages! {
    Title => "上诉", "Appeal";
    YourLastDay => "您的上诉期", "Your time to appeal";
    LastDay => "最后一天", "Last day";
    HowCounted => "怎么算的", "How it is counted";
    NotServed => "判决书还没有送达，上诉期还没有开始", "The decision has not been served; the time has not begun";
    Over => "上诉期已经过了", "The time to appeal is over";
    OverWords => "过了上诉期不能再上诉。认为判决确有错误的，可以在六个月内向上一级法院申请再审。", "An appeal is no longer possible. You may ask the court above for a retrial within six months if you hold the decision wrong.";
    Final => "这份裁判不能上诉", "This decision can't be appealed";
    FinalWords => "小额诉讼一审终审；调解书、准许撤诉裁定也不能上诉。可以申请再审。", "Small-claims judgments, mediation statements and rulings on withdrawal are final. A retrial may be asked for.";
    Petition => "您要上级法院怎么改，为什么", "What the court above should change, and why";
    PetitionHelp => "例如：请求撤销一审判决第二项；理由：已经还的 20,000 元没有算进去。", "For example: set aside item two; the 20,000 yuan already repaid were left out.";
    File => "提起上诉", "File the appeal";
    FileWords => "通过原审法院提交，法院会把副本送给对方。上诉费向上一级法院预交。", "It goes through this court, which serves a copy on the other side. The appeal fee is paid to the court above.";
    Filed => "已经上诉", "Appeal filed";
    Appeals => "上诉情况", "Appeals";
    None => "还没有人上诉。", "Nobody has appealed.";
    Result => "结果", "Result";
    EnterFor => "替谁提交", "For whom";
    EnterPaper => "登记纸质上诉状", "Enter a petition on paper";
    Transfer => "移送上一级法院", "Send the file up";
    TransferWords => "判决书送达各方、上诉状副本送达对方以后移送。", "Once the decision is served on all and the petition on everyone else.";
    Missing => "还不能移送", "Not ready yet";
    MissingCopy => "上诉状副本没有送达", "Copy of the petition not served on";
    MissingDecision => "判决书没有送达", "Decision not served on";
    Return => "登记二审结果", "Enter the result";
    ReturnResult => "二审结果", "Result in the court above";
    ReturnHelp => "例如：驳回上诉，维持原判。", "For example: appeal dismissed, judgment upheld.";
    ReturnOn => "二审裁判生效日", "Day it took effect";
    ReturnDo => "登记", "Enter";
    EachPeriod => "各方的上诉期", "Each party's time to appeal";
}
