//! Words of: What came on paper (代录线下材料).

crate::messages! {
    Title => "怎么收到的", "How it came";
    Way => "来件方式", "The way";
    CameOn => "收到的日期", "Day it came";
    ComparedBy => "谁核对的", "Compared by";
    Whose => "哪一方的", "Whose";
    ForParty => "代当事人录入", "Enter for a party";
    ForPartyNote => "当事人没有在线上办、用纸质或者口头告诉法院的，在这里录入。", "What a party told the court on paper or by word, not on line.";
}
