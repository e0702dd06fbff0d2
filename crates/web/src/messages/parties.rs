//! Words of: Parties, addresses, agents, linking (当事人).

use xiezhi_domain::party::SpecialAuthority;

crate::messages! {
    Title => "当事人", "Parties";
    Linked => "已关联账号", "linked to an account";
    NotLinked => "还没有关联账号", "not linked to an account yet";
    Id => "证件号码", "ID number";
    Representative => "法定代表人", "Legal representative";
    Domicile => "住所", "Domicile";
    Phone => "电话", "Telephone";
    Unknown => "不知道", "not known";
    Agents => "代理人", "Agents";
    NoAgents => "没有委托代理人。", "No agent.";
    General => "一般授权", "general authority";
    Special => "特别授权", "special authority";
    Dismiss => "解除委托", "Dismiss";
    Appoint => "委托代理人", "Appoint an agent";
    AgentName => "姓名", "Name";
    AgentFirm => "律师事务所或者单位", "Law firm or unit";
    AgentPhone => "电话", "Telephone";
    AgentSpecial => "特别授权哪些事", "Special authority for";
    AgentSpecialHelp => "一项也不选就是一般授权。", "None: general authority.";
    AppointDo => "委托", "Appoint";
    AtMostTwo => "最多委托两个人。", "At most two.";
    Address => "送达地址", "Address for service";
    NoAddress => "还没有确认送达地址。", "No address was confirmed yet.";
    Postal => "收文书的地址", "Postal address";
    PostalHelp => "例如：烟台开发区虚拟路 3 号 303 室。", "Where papers reach you.";
    AddressPhone => "收短信的电话", "Telephone for messages";
    Recipient => "指定代收人", "Someone who may receive for you";
    Electronic => "同意电子送达（包括判决书、裁定书、调解书）", "I agree to electronic service, judgments included";
    ElectronicHelp => "到达您的电子地址那一刻就算送达。随时可以改回纸质。", "It counts the moment it reaches your electronic address. You can change back to paper at any time.";
    ElectronicAddress => "电子地址", "Electronic address";
    ElectronicAddressHelp => "不写就用上面的电话。", "Empty: the telephone above.";
    AddressWarning => "确认以后，按这个地址寄出、被退回的也算送达。地址变了要马上来改。", "Once confirmed, papers sent there count even if they come back. Change it here as soon as it changes.";
    Confirm => "确认地址", "Confirm the address";
    ChangeAddress => "改地址", "Change the address";
    ConfirmFirst => "确认地址", "Confirm an address";
    Admit => "承认对方请求", "admit claims";
    Waive => "放弃请求", "waive claims";
    Change => "变更请求", "change claims";
    Settle => "和解、调解", "settle";
    Counterclaim => "反诉", "counterclaim";
    Appeal => "上诉", "appeal";
    Court => "审判组织", "Tribunal";
    Recipients => "代收人", "Recipient";
    ElectronicYes => "同意电子送达", "agreed to electronic service";
    ElectronicNo => "不同意电子送达", "no electronic service";
    You => "您", "you";
    LinkTitle => "关联案件", "Link a case";
    LinkNumber => "案号", "Case number";
    LinkNumberHelp => "写在法院通知上，例如（2026）鲁0691民初101号。", "It stands on the court's notice, such as （2026）鲁0691民初101号.";
    LinkCode => "关联码", "Code";
    LinkCodeHelp => "六位数字，印在应诉通知书最后一段。身份证号已经登记在案件里的，可以不填。", "Six digits in the last paragraph of the notice. Not needed if your ID number is known in the case.";
    LinkDo => "关联到我的账号", "Link it to me";
    LinkFailed => "没有关联。请核对案号和关联码；连续输错会作废，可以打电话问书记员。", "Nothing was linked. Check number and code; wrong tries make the code void. You can call the clerk.";
    LinkNote => "只有案件里的当事人本人才能关联。", "Only someone who is a party to the case can link it.";
    LinkPaper => "不想在线上办也可以：不用关联，案件照样在线下办，不会对您不利。", "You need not go on line: without linking, everything is done on paper, and nothing is held against you.";
    Linking => "关联账号", "Linking an account";
    LinkUntil => "关联期限到", "Days for linking end";
    NoCode => "还没有关联码。", "No code yet.";
    CodeVoid => "已作废", "void";
    NewCode => "重新生成关联码", "Issue a new code";
    Slip => "打印关联单", "Print the slip";
    SlipTitle => "案件关联单", "Slip for linking the case";
    SlipWords => "您在本院有一件案件。愿意在线上办理的，请在诉讼服务平台核验身份后，输入下面的案号和关联码，把案件关联到您的账号。", "You have a case at this court. To handle it on line, verify your identity on the platform and type the number and code below.";
    SlipSecret => "关联码只供您本人使用，请勿告诉他人。不愿意在线上办理的，不用关联，案件在线下办理。", "The code is for you alone; tell nobody. If you do not want to go on line, you need not link the case.";
    SlipPrint => "用浏览器打印这一页，装入信封或者当面交给本人。", "Print this page with the browser; put it into the envelope or hand it over in person.";
    Expires => "有效期至", "Valid until";
    BackToParties => "回到当事人", "Back to the parties";
    CheckAndLink => "核对证件，由法院关联", "Compare the papers and link";
    CheckNote => "起诉状没有写证件号码的自然人，看过本人和证件原件以后，由书记员关联。同名的人不能关联。", "A natural person whose number the plaintiff did not know is linked by the clerk, after seeing the person and the original paper. A namesake is never linked.";
    Document => "看的什么证件", "Paper shown";
    DocumentNumber => "证件号码", "Its number";
    DocumentNumberHelp => "要与本人账号核验过的号码一致。", "It must be the number verified for the person's account.";
    ComparedBy => "谁核对的", "Compared by";
    ComparedOn => "哪天核对的", "Compared on";
    CheckDo => "核对一致，关联", "They agree: link";
}

crate::phrases! {
    until(day: &str) => "有效期至 {day}", "valid until {day}";
    tries(tries: usize, most: usize) => "已输错 {tries} 次，{most} 次作废", "{tries} wrong tries of {most}";
}

/// An item of special authority.
pub fn authority(authority: SpecialAuthority) -> Key {
    match authority {
        SpecialAuthority::Admit => Key::Admit,
        SpecialAuthority::Waive => Key::Waive,
        SpecialAuthority::ChangeClaim => Key::Change,
        SpecialAuthority::Settle => Key::Settle,
        SpecialAuthority::Counterclaim => Key::Counterclaim,
        SpecialAuthority::Appeal => Key::Appeal,
    }
}
