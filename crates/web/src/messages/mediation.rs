//! Words of: Mediation (调解).

crate::messages! {
    Title => "调解", "Mediation";
    NotOpen => "现在没有在调解", "No mediation is going on";
    NotOpenStaff => "双方愿意的，判决前随时可以调解。", "If both sides wish, there can be mediation at any time before judgment.";
    NotOpenParty => "愿意谈的，可以申请调解；不愿意也不影响案件审理。", "If you would like to talk it over, ask for mediation. If not, the case simply goes on.";
    Ask => "申请调解", "Ask for mediation";
    AskFor => "代当事人申请调解", "Enter that a party asks for mediation";
    Asked => "申请调解，等法官开始", "asks for mediation; the judge will begin it";
    Open => "开始调解", "Begin mediation";
    Going => "调解进行中", "Mediation is going on";
    Failed => "上次调解没有成功", "The last mediation failed";
    Offers => "方案", "Offers";
    NoOffers => "还没有方案。", "No offers yet.";
    OfCourt => "法院", "The court";
    Yours => "您的", "yours";
    AllAccept => "其他各方都同意", "all others agree";
    Accepts => "同意", "agrees";
    Refuses => "不同意", "does not agree";
    Accept => "我同意这个方案", "I would agree to this";
    Refuse => "我不同意", "I would not";
    ReplyWords => "想说的话（可以不写）", "Anything you want to say (optional)";
    Counter => "提别的方案", "Propose other terms";
    MakeCounter => "提出我的方案", "Propose my terms";
    WriteFromThis => "据此写协议", "Write the agreement from this";
    MyOffer => "我提一个方案", "Make an offer of my own";
    CourtOffer => "法院提方案", "An offer of the court";
    MakeCourtOffer => "以法院名义提出", "Make it as the court's";
    Alone => "只告诉调解人", "Tell the mediator alone";
    AloneNote => "底线、难处可以只对调解人说。没有您同意，不会告诉对方。", "What you could live with, what is hard for you: say it to the mediator alone. The other side is not told unless you agree.";
    AloneWords => "对调解人说的话", "Words to the mediator";
    TellAlone => "只告诉调解人", "Tell the mediator alone";
    AloneStaff => "当事人单独说的", "Told to the mediator alone";
    AloneStaffNote => "没有说的人同意，不得告诉对方。", "Not to be told to the other side unless whoever said it agrees.";
    OnlyMediator => "只有调解人知道", "the mediator alone knows";
    Released => "已同意转告对方", "passed on with consent";
    Release => "同意转告对方，作为我的方案", "Pass it on as my offer";
    EnterRelease => "当事人同意转告", "The party lets it be passed on";
    Leave => "我不想再调解了", "I don't want to go on";
    LeaveParty => "当事人不愿意继续调解", "A party does not want to go on";
    LeaveNote => "调解到此为止，案件继续审理，对您没有不利。", "Mediation ends, the case goes on, and nothing is held against you.";
    ReasonOptional => "为什么（可以不写）", "Why (optional)";
    EnterSignature => "当事人在纸质协议上签了名", "A party signed the agreement on paper";
    SignedOnPaper => "登记纸质签名", "Enter the signature on paper";
    Terms => "内容", "Terms";
    OfferNote => "方案只供调解使用，调解不成的，不会成为判决对您不利的依据。", "An offer serves mediation only; if it fails, it can't be used against you in the judgment.";
    MakeOffer => "提出方案", "Make the offer";
    Agreement => "调解协议", "Agreement";
    MakeAgreement => "形成协议，交双方签名", "Put an agreement to the parties";
    ChangeAgreement => "改写协议（已签的名作废）", "Rewrite the agreement (signatures given become void)";
    TermsEach => "条款，一行一项", "Terms, one a line";
    TermsHelp => "例：被告于2026年12月31日前支付原告货款50,000元。", "Write in Chinese: who pays or does what, until when.";
    Costs => "诉讼费用由谁负担", "Who bears the court fee";
    OnSignature => "双方同意：签名后即生效", "All agree: it takes effect on the last signature";
    OnSignatureNote => "各方都签名的那一刻起生效（《民诉法解释》第一百五十一条）。", "It takes effect once everyone has signed (《民诉法解释》第一百五十一条).";
    OnReceiptNote => "法院按协议制作调解书，各方签收后生效。", "The court writes a mediation statement; it takes effect once everyone has received it.";
    PutIt => "交双方签名", "Put it to the parties";
    Signed => "已签名", "Signed";
    NotSigned => "还没签", "Not signed yet";
    SignIt => "我同意，签名", "I agree and sign";
    SignNote => "请看完每一条再决定。签名以后，协议对您有约束力。签不签由您自己决定。", "Read every term first. Once signed, it binds you. Whether you sign is up to you.";
    RefuseIt => "我不同意", "I don't agree";
    RefuseNote => "不想签就不用签。点这里，调解结束，案件继续审理，对您没有不利。还想谈的，另提一个方案。", "You need not sign. This ends mediation; the case goes on and nothing is held against you. If you still want to talk, make another offer.";
    Fail => "调解不成，继续审理", "End without agreement";
    FailNote => "写明哪一方不同意；继续审理。", "Say who does not agree; the trial goes on.";
    Reason => "理由", "Reason";
    Statement => "调解书", "Mediation statement";
    ReadStatement => "打开调解书", "Open the mediation statement";
}

crate::phrases! {
    number(n: usize) => "方案 {n}", "Offer {n}";
    counters(n: usize) => "针对方案 {n}", "in answer to offer {n}";
    until(day: &str) => "调解到 {day} 为止；各方同意可以延长", "until {day}; longer if all agree";
    enter_answer(number: &str) => "录入当事人对{number}的答复", "Enter a party's answer to {number}";
}
