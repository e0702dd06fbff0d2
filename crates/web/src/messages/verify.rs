//! Words of: The check page (真伪查验).

crate::messages! {
    Title => "真伪查验", "Check a paper";
    Lead => "收到法院文书，想知道是不是真的？在这里查。不用登录。", "Is a court paper genuine? Check it here. You need not sign in.";
    File => "选文书的电子文件", "Choose the file of the paper";
    FileHelp => "法院发给您的 PDF 原件。文件只用来比对，不会留下。", "The original PDF the court sent you. It is only compared, never kept.";
    Hash => "或者填文件指纹（SHA-256，64位）", "Or enter the fingerprint (SHA-256, 64 characters)";
    Check => "查验", "Check";
    Proven => "是真的，一个字都没有改过", "It is genuine, not one character was changed";
    ProvenWords => "这份文书由本院作出，并已固定在法院签名的记录里。", "This paper was made by this court and stands in the record the court signed.";
    RecordedWords => "这份文书由本院作出，刚写入记录，几秒钟后就会固定在法院签名的检查点里。", "This paper was made by this court and has just been recorded; it will be under a signed checkpoint within seconds.";
    Unknown => "没有查到这份文书", "This paper was not found";
    UnknownWords => "可能文件被改过、另存过，或者不是本院的文书。请用法院发给您的原件再查一次；还是查不到，请打电话问法院。", "The file may have been changed or saved anew, or is not a paper of this court. Try the original you received; if it is still not found, call the court.";
    Changed => "这个文件和法院的文书不一样", "This file differs from the court's paper";
    ChangedWords => "文件被改动过，或者选错了文件。请以法院发给您的原件为准。", "The file was changed, or another one was chosen. Only the original the court sent you counts.";
    Kind => "文书", "Paper";
    Number => "案号", "Case number";
    Court => "法院", "Court";
    Day => "日期", "Day";
    Pages => "页数", "Pages";
    Fingerprint => "文件指纹", "Fingerprint";
    Compare => "拿您手上的文件比一比", "Compare the file you have";
    NotPrivate => "这里只显示文书的种类、案号和日期，不显示内容和当事人。", "Only kind, number and day are shown here, never the content or the parties.";
    Another => "再查一份", "Check another";
    How => "怎么知道没有被改过？", "How do you know it was not changed?";
    HowWords => "每份文书都有一个指纹，改一个字指纹就不同。法院把指纹按顺序写进一份公开签名的记录，谁都可以检查这份记录有没有被改动。", "Every paper has a fingerprint that changes with a single character. The court writes fingerprints into a signed public record, and anyone can check that the record was not changed.";
    WhoVouches => "谁在见证", "Who witnesses this court";
    Call => "有疑问请打", "In doubt, call";
}
