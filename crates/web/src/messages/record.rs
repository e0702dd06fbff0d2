//! Words of: The record: proofs, audit, published log (留痕).

crate::messages! {
    Title => "留痕", "Record";
    Acts => "办案记录", "Record of acts";
    Looks => "查阅记录", "Record of looks";
    Size => "条数", "Entries";
    Proven => "已存证到", "Proven up to";
    Behind => "还没有存证", "Not proven yet";
    CheckKey => "验证公钥", "Key that checks it";
    Checkpoint => "最新检查点", "Newest checkpoint";
    NoCheckpoint => "还没有检查点。", "No checkpoint yet.";
    Published => "公开文件", "Published files";
    Lists => "列表与记录", "Lists and record";
    Current => "一致", "They agree";
    Stale => "不一致，要重建", "They differ: rebuild";
    GivenUp => "没有发出去的", "Given up";
    NoneGivenUp => "都发出去了。", "Everything was delivered.";
    Words => "这里只有数字和证明，没有案件内容。", "Only figures and proofs are here, no case content.";
    AllProven => "全部存证", "All proven";
}
