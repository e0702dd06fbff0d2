//! A party's own page.

use xiezhi_domain::tasks::TaskKind;

crate::messages! {
    Title => "我的案件", "My cases";
    NothingOpen => "没有待办的事", "All done";
    NothingToDo => "现在不用您做什么", "There is nothing you need to do now";
    NothingNote => "有事会出现在这里，也会发短信告诉您。", "If something comes up it will appear here, and you get a text message.";
    ToDo => "要您办的事", "What you need to do";
    Cases => "我的案件", "My cases";
    NoCases => "还没有案件", "No cases yet";
    NoCasesNote => "可以在这里立案；如果收到法院的通知，可以用案号把案件找出来。", "You can file one here; if you got a notice from the court, find the case by its number.";
    Drafts => "没写完的", "Not finished yet";
    Continue => "接着写", "Continue";
    File => "我要立案", "File a case";
    Find => "收到法院通知？把案件找出来", "Got a notice? Find your case";
    By => "最晚", "by";
    Go => "去办", "Do it";
    Look => "看一看", "Look";
    Correct => "补正材料", "Correct the papers";
    Pay => "交诉讼费", "Pay the court fee";
    SignFor => "签收法院的材料", "Sign for papers from the court";
    Answer => "写答辩状", "Write your answer";
    Hearing => "准时参加开庭", "Come to the hearing";
    SignTranscript => "看笔录，签名", "Read the record and sign";
    SignAgreement => "看调解协议，决定签不签", "Read the agreement and decide";
    AnswerOffer => "看调解方案，同不同意都可以", "Read an offer; agreeing is up to you";
    ExtendMediation => "有人提议延长调解，同不同意都可以", "Longer mediation was proposed; agreeing is up to you";
    Other => "看看案件进展", "See how the case stands";
}

crate::phrases! {
    sign_for(paper: &str) => "签收：{paper}", "Sign for {paper}";
    sign_for_several(paper: &str, n: usize) => "签收：{paper}等{n}份", "Sign for {paper}, {n} papers in all";
    appeal_until(until: &str) => "最晚{until}上诉", "appeal by {until}";
}

/// What a task asks of a party.
pub fn task(kind: TaskKind) -> Key {
    match kind {
        TaskKind::Correct => Key::Correct,
        TaskKind::Pay => Key::Pay,
        TaskKind::SignFor => Key::SignFor,
        TaskKind::Answer => Key::Answer,
        TaskKind::Hearing => Key::Hearing,
        TaskKind::SignTranscript => Key::SignTranscript,
        TaskKind::AnswerOffer => Key::AnswerOffer,
        TaskKind::ExtendMediation => Key::ExtendMediation,
        TaskKind::SignAgreement => Key::SignAgreement,
        _ => Key::Other,
    }
}
