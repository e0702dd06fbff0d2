//! Words of: The check page (真伪查验), and the proof that a party keeps.

crate::messages! {
    Title => "真伪查验", "Check a paper";
    Lead => "收到法院文书，想知道是不是真的、有没有被改过？在这里查。不用登录。", "Is a court paper genuine and unchanged? Check it here. You need not sign in.";
    File => "选文书的电子文件，或者拖到这里", "Choose the file of the paper, or drop it here";
    FileHelp => "法院发给您的 PDF 原件，或者和证明一起保存的压缩包里的 PDF。您的浏览器没有运行脚本：点“查验”后文件会发给法院比对，比完就丢，不留下。不想发文件，可以只选证明文件（.tlog-proof），或者只填验证码、指纹。", "The original PDF the court sent you, or the one in the archive kept with its proof. Your browser runs no script: when you press the button the file is sent to the court, compared and not kept. If you would rather not send it, choose only the proof (.tlog-proof), or enter only the code or the fingerprint.";
    FileHere => "法院发给您的 PDF 原件，或者和证明一起保存的压缩包（.zip）。指纹就在您的手机或电脑上算，文件不会发出去，只发指纹。", "The original PDF the court sent you, or the archive (.zip) kept with its proof. The fingerprint is computed on your own device: the file is not sent, only its fingerprint.";
    FileWorking => "正在算指纹", "Computing the fingerprint";
    FileReady => "指纹算好了，文件没有发出去", "The fingerprint is ready; the file was not sent";
    FileIsProof => "这是证明，不是文书。请选文书本身（PDF），或者整个压缩包（.zip）。", "This is the proof, not the paper. Choose the paper itself (PDF), or the whole archive (.zip).";
    FileFailed => "这个文件读不出来，请再选一次", "This file can't be read; choose it again";
    Typed => "或者填文书上的验证码，或者文件指纹", "Or enter the code on the paper, or the fingerprint";
    TypedHelp => "验证码印在文书最后一页的二维码旁边。", "The code stands beside the square on the last page.";
    Check => "查验", "Check";
    Genuine => "是真的，一个字都没有改过", "It is genuine, not one character was changed";
    GenuineSuperseded => "是真的，但法院已经换了新的一版", "It is genuine, but the court has replaced it by a newer version";
    GenuineStruck => "是真的，但法院已经把它从卷里撤掉了", "It is genuine, but the court has struck it from the file";
    GenuineCorrected => "是真的，但法院后来作过补正，要合在一起看", "It is genuine, and the court has put slips in it right since: read both together";
    GenuineRevoked => "是真的，但法院已经撤销", "It is genuine, but the court has revoked it";
    ProvenTitle => "查明了什么", "What is proven";
    RecordedTitle => "查到了什么（刚写入记录，几秒钟后才有证明）", "What was found (just recorded; it will be proven within seconds)";
    ProvesBytes => "指纹和上面一样的文件，就是本院卷里的这份文书，一字不差。", "A file with the fingerprint above is this paper of the court, byte for byte.";
    SupersededWords => "本院卷里已经有更新的一版，请以新的一版为准。", "The court's file has a newer version, and that one counts.";
    StruckWords => "本院已经把这份文书从卷里撤掉。", "The court has struck this paper from its file.";
    NotProvenTitle => "这里证明不了什么", "What this does not prove";
    NotEffect => "文书是不是已经生效、能不能申请执行：请看生效证明。", "Whether the paper has taken effect or can be enforced: see the certificate of effect.";
    NotLater => "以后会不会有新的一版：要用的时候请再查一次。", "Whether a newer version will come: check again when you need it.";
    NotWho => "是谁把文件交给您的；内容对不对，由法律规定的程序来管。", "Who handed you the file; whether its content is right is for the procedure of the law.";
    NotWitnessed => "还没有外单位见证，眼下只有本院自己的签名。", "No other operator has witnessed it yet: so far this court alone vouches for it.";
    NotInEarnest => "见证人是演示程序自己的，只演示怎样见证。", "The witnesses are the demonstration's own; they only show how it works.";
    StampNotInEarnest => "时间戳是演示程序自己盖的，只演示怎样盖。", "The time stamp is the demonstration's own; it only shows how it works.";
    NotBeforeStamp => "时间戳只说明不晚于那一刻已经存在，不说明是什么时候形成的。", "A time stamp says that it existed by then, not when it came to be.";
    KnownWords => "本院有这份文书。您手上的文件是不是它、有没有被改过，请选文件比一比。", "This court has this paper. Whether the file you hold is it, unchanged, shows when you compare it.";
    ProofHolds => "证明是真的，说的是下面这份文书。文书本身还没有比对。", "The proof holds, and is about the paper below. The paper itself was not compared yet.";
    BadProof => "这份证明对不上", "This proof does not hold";
    BadProofWords => "证明文件被改动过，或者不是本院文书的证明。请用法院给您的证明文件再查一次，或者直接选文书。", "The proof was changed, or is not of a paper of this court. Try the one the court gave you, or choose the paper itself.";
    Unknown => "没有查到这份文书", "This paper was not found";
    UnknownWords => "尚未送达的文书暂不提供查验，送达以后再查。文件另存过、改过，或者不是本院文书的，也查不到。请用法院发给您的原件查；还是查不到，请打电话问法院。", "A paper can be checked once it has been served; before that it is not found here. Nor is a file that was saved anew or changed, or one that is no paper of this court. Use the original you received; if it is still not found, call the court.";
    Changed => "这个文件和法院的文书不一样", "This file differs from the court's paper";
    ChangedWords => "文件被改动过，或者选错了文件。请以法院发给您的原件为准。", "The file was changed, or another one was chosen. Only the original the court sent you counts.";
    Kind => "文书", "Paper";
    Number => "案号", "Case number";
    Court => "法院", "Court";
    EnteredAt => "记入本院记录", "Entered in the court's record";
    Position => "记录里的号", "Number in the record";
    Pages => "页数", "Pages";
    Fingerprint => "文件指纹（SHA-256）", "Fingerprint (SHA-256)";
    Compare => "拿您手上的文件比一比", "Compare the file you have";
    NotPrivate => "这里只显示文书的种类、案号和日期，不显示内容和当事人。", "Only kind, number and day are shown here, never the content or the parties.";
    Another => "再查一份", "Check another";
    How => "怎么知道没有被改过？", "How do you know it was not changed?";
    HowWords => "每份文书都有一个指纹，改一个字指纹就不同。法院把指纹按顺序写进一份公开签名的记录，谁都可以检查这份记录有没有被改动。", "Every paper has a fingerprint that changes with a single character. The court writes fingerprints into a signed public record, and anyone can check that the record was not changed.";
    WhoVouches => "谁在见证", "Who witnesses this court";
    Call => "有疑问请打", "In doubt, call";
    Kept => "真伪查验", "Proof of this paper";
    KeptWords => "把文书和证明一起存好：以后不用法院，也能查出有没有被改过。", "Keep the paper with its proof: then a change can be told without the court.";
    NotYetProven => "刚写入记录，几秒钟后就能下载证明。", "Just recorded; the proof can be downloaded within seconds.";
    KeepBoth => "文书和证明一起下载（.zip）", "Download paper and proof (.zip)";
    KeepProof => "只下载证明", "Download the proof alone";
    ReadMeTitle => "这里有一份法院文书和它的证明", "Here are a paper of a court and its proof";
    ReadMeProves => "这份证明说明什么", "What the proof says";
    ReadMeHow => "怎么查", "How to check";
}

crate::phrases! {
    entered_on(at: &str, position: u64) => "按本院的钟，{at} 记入本院记录，是第 {position} 号。", "Entered in this court's record at {at} by the court's own clock, as number {position}.";
    proves_place(position: u64) => "它在本院的记录里，是第 {position} 号；记录只能往后添，改不了。", "It stands in this court's record as number {position}; that record only grows and can't be changed.";
    proves_seen(witness: &str, at: &str) => "见证人 {witness} 在 {at} 已经见到它在记录里（按见证人的钟）。", "The witness {witness} had seen it in the record by {at}, by the witness's own clock.";
    proves_stamped(authority: &str, at: &str) => "它在本院的记录里，存在于 {at} 之前：时间戳服务机构 {authority} 按自己的钟盖了时间戳。", "In this court's record it existed before {at}: the time-stamp authority {authority} stamped that by its own clock.";
    newest_as_of(at: &str) => "到 {at} 为止，它是本院卷里这份文书的最新一版。", "As of {at} it is the newest version of this paper in the court's file.";
    newest_then(at: &str) => "下载时（{at}）法院说它是最新一版；这一句不在证明里，以后有没有新的一版请再查。", "When it was downloaded ({at}) the court said it was the newest version; that sentence is not part of the proof, so check again later.";
    how_on_line(address: &str) => "上网：打开 {address} ，选 PDF 或者整个压缩包。", "On line: open {address} and choose the PDF or the whole archive.";
    how_off_line(command: &str) => "不上网：{command} （法院的信任文件 policy 请从法院和见证人两处核对）。", "Off line: {command} (compare the court's policy file with what its witnesses say).";
}
