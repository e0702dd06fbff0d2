//! Words of: Help and the pages problems lead to (帮助).

crate::messages! {
    Title => "帮助", "Help";
    CallTitle => "有不明白的，打电话问", "Not sure? Call";
    Call => "拨打诉讼服务热线，说出案号或者姓名就可以。法院不会打电话要您转账。", "Call the hotline with your case number or name. The court never asks you by phone to transfer money.";
    Party => "我是当事人", "I am a party";
    PartyFirst => "先看“我的案件”。有要办的事，最上面会写明办什么、到哪天为止；没有就写着现在不用您做什么。", "Start with “My cases”. If something is to be done it stands at the top with its last day; otherwise the page says that nothing is needed.";
    PartyFile => "要起诉，点“我要立案”，按页面一步步写。每改一处都会保存，可以分几天写完。", "To sue, choose “File a case” and follow the page. Every change is kept; you may take several days.";
    PartyPapers => "收到文书先看，再点签收。签收只表示收到，不表示同意。", "Read what the court sends, then sign for it. Signing for a paper says that you received it, not that you agree.";
    PartyOnline => "可以选哪些环节在线办、哪些到法院办。不同意在线一样办案，不影响您的权利。", "You choose which steps to take on line. Not agreeing is as good and costs you no right.";
    Lawyer => "我是律师", "I am a lawyer";
    LawyerFirst => "首页按到期先后列出所有案件要办的事，一行一件。", "Your page lists what is to be done in all cases, nearest date first.";
    LawyerAuthority => "调解、撤诉、反诉、上诉要有特别授权；没有的由当事人本人签。", "Settling, withdrawing, counterclaiming and appealing need special authority; without it the client signs.";
    Staff => "我在法院工作", "I work at the court";
    StaffFirst => "工作台是今天要办的事。按 J、K 上下移动，回车打开。", "The workbench holds today's work. J and K move, Enter opens.";
    StaffDates => "每个日期旁边可以点开，看是怎么算出来的、依据哪一条。", "Beside each date you can unfold how it was worked out and under which article.";
    StaffTrace => "谁在什么时候办了什么、看了什么，都在案件的“留痕”里。", "Who did or looked at what, and when, stands in the trace of the case.";
    Public => "不用登录的", "Without signing in";
    Statutes => "查找法律条文", "Look up the law";
    Tools => "计算诉讼费、期限，认案号", "Work out a fee, a time limit; read a case number";
    Verify => "查一份文书是不是真的", "Check whether a paper is genuine";
    Api => "让程序来办：接口说明", "Let a program act: the routes";
    Problems => "页面说“不能办”是什么意思", "What it means when a page says no";
    Problem => "为什么不能办", "Why it was not done";
    Next => "您可以这样做", "What you can do";
    NextWords => "您写的内容都还在。回到刚才的页面，按提示改好再办；案件的情况可能已经变了，先看一下最新的。还不明白就打电话。", "What you typed is kept. Go back, mend what was named, and try again; the case may have moved on, so look at it first. If it is still unclear, call.";
    ByExample => "这里的人名、日期、金额都是举例。", "Names, dates and amounts here are examples.";
    Code => "代码", "Code";
    All => "全部帮助", "All help";
}

/// The name of the group a code belongs to.
pub fn group(prefix: &str) -> [&'static str; 2] {
    match prefix {
        "stage" => ["案件阶段", "Stage of the case"],
        "filing" => ["立案申请", "Filing"],
        "review" => ["立案审查", "Filing review"],
        "assignment" => ["分案与审判组织", "Assignment and tribunal"],
        "fees" => ["诉讼费用", "Fees"],
        "parties" => ["当事人与代理人", "Parties and agents"],
        "consent" => ["在线诉讼意愿", "Consent to on-line steps"],
        "material" => ["卷宗材料", "Papers of the file"],
        "service" => ["送达", "Service"],
        "evidence" => ["答辩与证据", "Answers and evidence"],
        "scheduling" => ["排期", "Scheduling"],
        "hearing" => ["庭审", "Hearings"],
        "mediation" => ["调解", "Mediation"],
        "committee" => ["审判委员会", "Adjudication committee"],
        "deliberation" => ["评议", "Deliberation"],
        "drafting" => ["文书制作", "Drafting"],
        "issuing" => ["签发", "Issuing"],
        "pronouncing" => ["宣判", "Pronouncing"],
        "approval" => ["审批", "Approvals"],
        "procedure" => ["程序变更与中止", "Procedure and stays"],
        "closing" => ["撤诉", "Withdrawal"],
        "appeal" => ["上诉", "Appeal"],
        "archive" => ["归档", "Archive"],
        "on_paper" => ["代录线下材料", "What came on paper"],
        "access" => ["谁可以办", "Who may act"],
        _ => ["使用网站", "Using the site"],
    }
}
