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
    PublicTitle => "公开存证", "The court's logs";
    PublicWords => "本院办的每件事、谁看过什么，都按顺序写进两本只能往后添的记录。这里公开它们有多长、谁签了名、谁作了见证；没有案件内容。", "Every act of this court, and who looked at what, goes into two logs that only grow. Here is how long they are, who signed and who witnessed them; no case content.";
    SignedUpto => "本院已签名到", "Signed by this court up to";
    WitnessedUpto => "外单位已见证到", "Witnessed up to";
    NotWitnessed => "还没有足够的单位见证，只有本院签名", "Not by enough witnesses: this court alone vouches for it";
    Stamps => "可信时间戳", "Time stamps";
    NoStamps => "没有委托时间戳服务机构", "No time-stamp authority is asked";
    NotStamped => "还没有盖过", "None yet";
    StampsInPlay => "这个机构是演示程序自己的，只演示怎样盖时间戳，不证明什么。", "This authority is the demonstration's own: it shows how stamping works and proves nothing.";
    AuthorityUnreachable => "时间戳机构联系不上，过一会儿再问", "The authority cannot be reached; it will be asked again";
    AuthorityRefuses => "时间戳机构没有盖，过一会儿再问", "The authority grants no stamp; it will be asked again";
    AuthorityExpired => "时间戳机构的证书过期了", "The authority's certificate has run out";
    AuthorityWrong => "时间戳机构的答复对不上，没有采用", "The authority's answer does not hold and was not taken";
    StampNotKept => "时间戳没有存下来，过一会儿再问", "The stamp could not be kept; it will be asked for again";
    Shadow => "国密影子树（SM3、SM2）", "Shadow in SM3 and SM2";
    NoShadowYet => "还没有签过", "Not signed yet";
    ShadowForked => "现有的记录和签过的不一样", "The record differs from what was signed";
    Witnesses => "见证人", "Witnesses";
    NoWitnesses => "本院还没有见证人：记录只有本院自己签名。", "This court has no witnesses: it alone signs its logs.";
    SawUpto => "见过前", "saw the first";
    SawNothing => "还没有见过", "saw nothing yet";
    WitnessUnreachable => "联系不上", "Cannot be reached";
    WitnessSawMore => "它见过的和本院现在的不一样", "It saw something else than the court has now";
    WitnessRefuses => "没有签名", "Does not cosign";
    InPlay => "这里的见证人是演示程序自己的，和法院在同一台机器上：只演示怎样见证，不证明什么。真的法院要请别的单位来见证。", "These witnesses belong to the demonstration and run on the same machine: they show how it works and prove nothing. A real court asks others.";
    Policy => "信任文件", "Policy file";
    PolicyWords => "查验本院的证明，只要这一个文件：它写明本院的公钥、见证人的公钥、要几方见证才算数。最好从见证人那里再核对一遍。", "This one file is all that is needed to check this court's proofs: its keys, the keys of its witnesses, and how many must agree. Compare it with what the witnesses say.";
    KeepPolicy => "下载信任文件", "Keep the policy file";
    ShowPolicy => "看看里面写了什么", "What is in it";
    HowToCheck => "不联网也能查：", "Checked off line with";
    Break => "存证更名", "The logs changed their name";
    BreakWords => "在这里，本院的记录接不上以前签过的，所以换了名字继续。以前的证明仍用以前的公钥查验。", "Here the record did not continue what had been signed, so the court went on under a new name. Earlier proofs are still checked with the earlier keys.";
    NameBefore => "以前的名字", "Name before";
    NameSince => "现在的名字", "Name since";
    Reason => "原因", "Why";
    KeyBegun => "启用新的存证密钥", "A new key began to sign";
    KeyBegunWords => "从这里起，新旧两把密钥一起签名，知道哪一把都能验。旧密钥为新密钥签了名。", "From here on the new key and the one before both sign: whoever knows either can check. The key before signed for the new one.";
    KeyRetired => "停用旧的存证密钥", "The key before was retired";
    KeyRetiredWords => "从这里起只用新密钥签名。以前给出的证明照样有效；旧密钥签的更长的记录一概不认。", "From here on the new key alone signs. Proofs given out before still hold; nothing larger that bears only the key before is accepted.";
    ShowKeys => "看看是哪些密钥", "Which keys";
    Stopped => "存证已停止", "Signing has stopped";
    ToOperator => "给系统管理员的技术说明（英文）：", "For whoever operates the system: ";
    StoppedWords => "办案照常，新的记录照样留下；但在查明原因之前，不再签名，也就没有新的证明。", "Work goes on and everything is recorded; but until someone has found out why, nothing more is signed, and there are no new proofs.";
    RolledBack => "现有的记录比签过名的短：可能恢复了旧备份。请找回最新的数据；找不回来，就要换名继续。", "The record is shorter than what was signed: an old backup seems to be restored. Bring back the newest data; if that is impossible, go on under a new name.";
    Forked => "现有的记录和签过名的不一样：出现了两个版本。要换名继续。", "The record differs from what was signed: there are two histories. Go on under a new name.";
    CopyLost => "另存的检查点不见了：没有人能说清是不是还签过更多。请恢复另存的目录，或者等见证人答复。", "The copy of the checkpoint is gone: nobody can tell whether more was signed. Bring that folder back, or wait until a witness answers.";
    OtherKey => "密钥目录里的密钥不是以前签名的那一把。", "The key in the folder of keys is not the one that signed before.";
    OriginChanged => "配置里的名字换了，但记录里没有写明。", "The configured name changed, and the record does not say so.";
    OtherReason => "存证的文件或存储有问题。", "Files of the log, or the store, are damaged or out of reach.";
}

crate::phrases! {
    stamped_upto(size: u64, at: &str, authority: &str) => "前 {size} 条存在于 {at} 之前（{authority}，按该机构的钟）", "The first {size} existed before {at} ({authority}, by its own clock)";
}
