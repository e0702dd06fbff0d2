//! Words of: Mediation (调解).

crate::messages! {
    Title => "调解", "Mediation";
    NotOpen => "现在没有在调解", "No mediation is going on";
    NotOpenStaff => "双方愿意的，判决前随时可以调解。", "If both sides wish, there can be mediation at any time before judgment.";
    NotOpenParty => "愿意调解的，告诉书记员即可；不愿意也不影响案件审理。", "If you would like to settle, tell the clerk. If not, the case simply goes on.";
    Open => "开始调解", "Begin mediation";
    Going => "调解进行中", "Mediation is going on";
    Failed => "上次调解没有成功", "The last mediation failed";
    Offers => "方案", "Offers";
    NoOffers => "还没有方案。", "No offers yet.";
    OfCourt => "法院", "The court";
    ByWhom => "谁的方案", "Whose offer";
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
    RefuseNote => "不想签就不用签，案件会继续审理，对您没有不利。可以打电话告诉法院，也可以另提一个方案。", "You need not sign. The case goes on and nothing is held against you. Call the court, or make another offer.";
    CallCourt => "打电话给法院", "Call the court";
    Fail => "调解不成，继续审理", "End without agreement";
    FailNote => "写明哪一方不同意；继续审理。", "Say who does not agree; the trial goes on.";
    Reason => "理由", "Reason";
    Statement => "调解书", "Mediation statement";
    ReadStatement => "打开调解书", "Open the mediation statement";
}
