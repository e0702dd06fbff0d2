//! Words of: the archive package and the page a person begins with (归档包).

use xiezhi_domain::law::four_properties::{Item, Outcome, Property};

use super::{Lang, t};

crate::messages! {
    Title => "电子诉讼档案", "Archived case file";
    OtherLanguage => "English", "中文";
    Demonstration => "演示法庭的案卷，人物和案情都是虚构的。", "From a demonstration court: people and facts are invented.";
    Court => "法院", "Court";
    Number => "案号", "Case number";
    ArchiveNo => "档号", "Archive number";
    Case => "案件", "Case";
    Cause => "案由", "Cause";
    Retention => "保管期限", "Retention";
    Filed => "立案日期", "Filed";
    Closed => "结案日期", "Closed";
    Effective => "生效日期", "In force since";
    Archived => "归档日期", "Archived";
    PackedAt => "打包时间", "Packed";
    Parties => "当事人", "Parties";
    Main => "正卷", "Main volume";
    Secondary => "副卷", "Secondary volume";
    SecondaryNote => "副卷不对外提供。", "Never for outsiders.";
    Earlier => "更正前的版本", "Earlier versions";
    Place => "序号", "No.";
    Paper => "材料", "Paper";
    Pages => "页次", "Pages";
    Received => "收到日期", "Received";
    From => "提交人", "From";
    Struck => "已删除（经审批），原件留存", "struck with approval; kept";
    Unsealed => "归档封存后补充", "added after the archive seal";
    Erased => "内容已依法删除", "its content was lawfully erased";
    Withheld => "入卷后查出病毒，没有放进包里；指纹与记录一致", "a virus was found in it after it was recorded; not in this package, its hash is that of the record";
    WithheldHead => "没有放进包里的文件", "What is not handed out";
    WithheldNote => "这些文件入卷以后查出病毒，原文件隔离在法院，不随包外带。包里留有它们的指纹，指纹由存证日志证明；data/metadata/withheld.json 逐一列明，查验命令也会报出件数。", "A virus was found in these files after they were recorded. They stay in the court's quarantine and are not handed out. Their hashes are in the package and proven by the log; data/metadata/withheld.json lists them, and the check says how many there are.";
    Fingerprint => "指纹", "Hash";
    Found => "查出", "Found";
    Course => "办案过程", "What was done";
    CourseNote => "每一项都在 data/events.jsonl 里，带着打开它和证明它的数据。", "Each of them is in data/events.jsonl, with what opens and proves it.";
    When => "时间", "When";
    Who => "谁", "By whom";
    What => "办了什么", "What";
    Clock => "期限届满自动处理", "by the end of a period";
    System => "平台", "the platform";
    Destroyed => "内容已依法销毁", "its content was lawfully destroyed";
    Test => "四性检测", "Four-property test";
    TestNote => "参照 DA/T 70 的项目，打包时由程序检测；程序没有条件检测的，写明未检测。", "Items after DA/T 70, tested by program when this was packed; what a program had no means to test is said to be untested.";
    Item => "项目", "Item";
    Outcome => "结果", "Result";
    Passed => "通过", "passed";
    Failed => "不通过", "failed";
    NothingToTest => "没有这类内容", "nothing to test";
    NotTested => "未检测", "not tested";
    Authenticity => "真实性", "Authenticity";
    Integrity => "完整性", "Integrity";
    Usability => "可用性", "Usability";
    Security => "安全性", "Security";
    SourceRecorded => "来源和经办人都有记录", "Source and people are recorded";
    SignaturesValid => "电子签名和印章有效", "Signatures and seals hold";
    HashesKept => "文件和入卷时一致", "Files are those that entered the file";
    MetadataFits => "案号和日期前后一致", "Number and dates fit together";
    RequiredPresent => "必备材料齐全", "Every required paper is there";
    PagesFit => "页数和目录一致", "Pages are as many as listed";
    NoGap => "过程记录没有断号", "No act is missing";
    AttachmentsPresent => "附件齐全", "Attachments are there";
    Opens => "文件能打开", "Files open";
    FormatLasts => "格式适合长期保存", "Formats are those that last";
    TextReadable => "本院文书有文字层", "The court's papers have text";
    MediaPlays => "录音录像能播放", "Recordings play";
    NoVirus => "没有病毒", "No virus";
    AccessSet => "正副卷已划定", "Every paper has its volume";
    SecondaryApart => "副卷没有对外公开", "The secondary volume was told to nobody";
    NothingActive => "没有活动内容和外部链接", "Nothing acts or leads away";
    Proof => "怎样查验", "How to check it";
    ProofWords => "不用联网，也不用问法院：只要法院的信任文件（从法院或它的见证人那里取得，不要用包里这一份），运行下面的命令。改动任何一个文件的一个字节，都会报出是哪个文件。", "Without a network and without asking the court: with the court's policy file (from the court or its witnesses, not the copy in here) run the command below. One changed byte in any file is found by that file's name.";
    ProofBag => "这是一个 BagIt 包，通用的 BagIt 工具也能核对文件是否完好。", "This is a BagIt bag: any BagIt tool tells whether its files are whole.";
    Proves => "能证明：这些办案记录原样在这家法院的存证日志里，日志在检查点时的样子由法院签名、由检查点上的见证人见过；归档封存时有哪些材料、谁在什么时候办了什么，封存以后没有改过。", "What is proven: these acts stand unchanged in the log of this court; the log as the checkpoint has it was signed by the court and seen by the witnesses that cosigned; which papers lay in the file when it was sealed, and who did what and when, has not changed since.";
    ProvesNot => "不能证明：记录之前发生过什么；时间是法院时钟的时间，外部能证明的只有见证人签名的时间；归档封存以后各项记录的时间和经办人只由本包的清单担保。", "What is not: anything that happened before it was recorded. Times are those of the court's clock; only the witnesses' own times are evidence. Time and person of what was recorded after the archive seal stand only in this package's manifests.";
    Log => "存证日志", "Log";
    Position => "封存在日志中的位置", "Position of the seal in the log";
    PapersHash => "材料清单指纹", "Hash of the list of papers";
    RecordHash => "记录清单指纹", "Hash of the list of acts";
    Checkpoint => "检查点", "Checkpoint";
    Stamp => "可信时间戳", "Time stamp";
    StampInPlay => "这个机构是演示程序自己的，只演示怎样盖时间戳，不证明什么。", "This authority is the demonstration's own: it shows how stamping works and proves nothing.";
    Files => "包里有什么", "What is in it";
    FilesDocuments => "全部材料，收到时的原样", "every paper, as it was received";
    Rendition => "阅读件", "as readers see it";
    FilesRenditions => "阅读件：原件格式不便长期保存的，每页一张图，由本院派生；以原件为准。本程序不能转换 OFD，OFD 原件没有阅读件", "what readers see: of papers whose format may not last an image of each page, derived by the court; the original is what counts. Of OFD there is none: no library here draws it";
    FilesAttachments => "记录里提到的其他文件，如手写签名", "what else the record names, such as signatures by hand";
    FilesEvents => "全部办案记录", "every act";
    FilesMetadata => "目录、PREMIS、METS、DA/T 48 元数据、检测报告", "catalogue, PREMIS, METS, DA/T 48 metadata, test report";
    FilesProof => "检查点、信任文件（仅供参考）、法院根证书", "checkpoint, policy (for reading only), the court's root certificate";
    ExtractTitle => "当事人档案包", "What a party may see of its file";
    ExtractWords => "这是结案卷宗里您能看的材料，不是全卷：副卷和没有向您公开的材料不在里面。", "These are the papers of the closed case that you may see, not the whole file: the secondary volume, and what was not disclosed to you, are not in it.";
    ExtractFor => "当事人", "For";
    ExtractPapers => "材料", "Papers";
    ExtractProves => "能证明：这里每一份材料都原样记入这家法院的存证日志。不能证明：全卷只有这些材料。", "What is proven: each paper in here was recorded in this court's log as it is. What is not: that these are all papers of the file.";
    Download => "下载归档包", "Download the package";
    DownloadNote => "一个 .zip：全部材料原件、目录、办案记录和证明，不用本系统也能阅读和查验。下载会留痕。", "One .zip: every original, the catalogue, the acts and their proofs; read and checked without this system. That it was taken out is recorded.";
    TakenOver => "从归档包接收", "Taken over from a package";
    TakenOverNote => "这个案卷由移交法院封存。它的证明属于移交法院的日志，原包一并保存，可以原样下载；本院的日志只证明接收了这些记录，接收以后没有改过。", "This file was sealed by the court that handed it over. Its proofs are those of that court's log; the package is kept as it came and can be downloaded. This court's log proves only that these acts were taken over, and that they have not changed since.";
    SignedOnly => "只有移交法院签名", "signed by that court alone";
    FromCourt => "移交法院", "From";
    Standing => "检查点", "Checkpoint";
}

crate::phrases! {
    stamped_before(at: &str, authority: &str) => "检查点连同本包的全部记录存在于 {at} 之前（{authority}，按该机构的钟）", "The checkpoint, and with it every act in this package, existed before {at} ({authority}, by its own clock)";
    witnessed(count: &str) => "当时有{count}见证", "witnessed then by {count}";
}

/// How far the checkpoint of a case that was taken over was vouched for, in words.
#[must_use]
pub fn standing(lang: Lang, standing: &str) -> String {
    match standing.strip_prefix("witnessed by ") {
        Some(count) => witnessed(lang, &count.replace(" of ", "/")),
        None => t(lang, Key::SignedOnly).to_owned(),
    }
}

/// The name of a property.
#[must_use]
pub fn property(property: Property) -> Key {
    match property {
        Property::Authenticity => Key::Authenticity,
        Property::Integrity => Key::Integrity,
        Property::Usability => Key::Usability,
        Property::Security => Key::Security,
    }
}

/// An item of the test in words.
#[must_use]
pub fn item(item: Item) -> Key {
    match item {
        Item::SourceRecorded => Key::SourceRecorded,
        Item::SignaturesValid => Key::SignaturesValid,
        Item::HashesKept => Key::HashesKept,
        Item::MetadataFits => Key::MetadataFits,
        Item::RequiredPresent => Key::RequiredPresent,
        Item::PagesFit => Key::PagesFit,
        Item::NoGap => Key::NoGap,
        Item::AttachmentsPresent => Key::AttachmentsPresent,
        Item::Opens => Key::Opens,
        Item::FormatLasts => Key::FormatLasts,
        Item::TextReadable => Key::TextReadable,
        Item::MediaPlays => Key::MediaPlays,
        Item::NoVirus => Key::NoVirus,
        Item::AccessSet => Key::AccessSet,
        Item::SecondaryApart => Key::SecondaryApart,
        Item::NothingActive => Key::NothingActive,
    }
}

/// What came of an item, in words.
#[must_use]
pub fn outcome(outcome: Outcome) -> Key {
    match outcome {
        Outcome::Passed => Key::Passed,
        Outcome::Failed => Key::Failed,
        Outcome::NothingToTest => Key::NothingToTest,
        Outcome::NotTested => Key::NotTested,
    }
}
