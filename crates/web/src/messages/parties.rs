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
