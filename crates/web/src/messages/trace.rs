//! Words of: The trace of a case (留痕).

crate::messages! {
    Title => "留痕", "Trace";
    PartyTitle => "这个案件办过的事", "What was done in this case";
    Acts => "办过的事", "Acts";
    Court => "本院", "The court";
    Others => "当事人及他人", "Parties and others";
    ByToken => "（程序令牌）", " (by a token)";
    Clock => "期限届满自动处理", "by the end of a period";
    System => "平台", "the platform";
    Check => "检查这个案件", "Check this case";
    CheckWords => "把每一项记录、每一个文件重新算一遍指纹，和法院签名的检查点对照。", "Every act and file is hashed anew and held against the checkpoint the court signed.";
    Agrees => "全部一致", "Everything agrees";
    DiffersTitle => "有不一致", "Differences found";
    Events => "记录", "Acts";
    ProvenCount => "其中已存证", "Of them proven";
    Files => "文件", "Files";
    BackToTrace => "回留痕", "Back to the trace";
    Position => "在记录中的位置", "Position in the record";
    When => "时间", "When";
    Who => "谁", "By whom";
    Name => "记录名称", "Name in the record";
    Standing => "状态", "State";
    Proof => "下载证明文件", "Download the proof";
    ProofWords => "证明文件可以不经法院、用公开工具独立验证。", "The proof can be checked with public tools, without asking the court.";
    NotYet => "几秒钟后会固定到法院签名的检查点里，到时可以下载证明。", "It will be under a signed checkpoint within seconds; then the proof can be downloaded.";
    Destroyed => "内容已依法销毁", "Its content was lawfully destroyed";
    None => "还没有可以看的记录。", "Nothing to show yet.";
    Looks => "谁看过", "Who has looked";
    LooksWords => "阅卷、下载、导出的记录。", "Reading, downloads and exports.";
    LookCase => "打开案件", "Opened the case";
    LookPage => "阅卷", "Read";
    LookDownload => "下载", "Downloaded";
    LookSearch => "搜索", "Searched";
    LookExport => "导出", "Exported";
    LookBack => "回看当时", "Looked back at";
    LookTrace => "查留痕", "Checked the trace";
}

crate::phrases! {
    times(count: usize) => "共{count}次", "{count} times";
}
