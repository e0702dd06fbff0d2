//! Words of: Quarantine (隔离文件).

crate::messages! {
    Title => "隔离文件", "Quarantine";
    Lead => "查出病毒的文件任何人都打不开，也不随归档包带出。没有进入案件的留存90天备查；案件里的一直隔离，直到依法删除。", "Files in which a virus was found are opened for nobody, and go in no package: kept 90 days for whoever looks into it, and those of a case until they are lawfully erased.";
    NoScanner => "本院没有接查毒服务，上传的文件不查毒。", "This court has no virus scanner: files that come in are not looked through.";
    None => "没有隔离的文件", "Nothing in quarantine";
    NoneWords => "查出病毒的文件会出现在这里。", "A file appears here when a virus is found in it.";
    Infected => "查出病毒的文件", "Infected files";
    Unscreened => "还没有查毒的文件", "Files not looked through yet";
    UnscreenedNote => "查毒服务中断时收下的、太大的、接查毒服务以前收到的，或者随归档包接收的；自动补查", "let in while the scanner was down, too large for it, from before there was one, or taken over with a package; looked through by and by";
    File => "文件", "File";
    Virus => "查到", "Found";
    From => "谁传的", "From";
    At => "时间", "When";
    Act => "处理", "Act";
    Erase => "彻底删除", "Erase";
    Waits => "等待查毒", "Waits";
    TooLarge => "超过查毒服务的大小限制，每天再试", "Too large to scan; tried each day";
    Before => "没有经过查毒，等待补查", "Never scanned; waits";
    OfACase => "某案的材料", "A paper of a case";
    InACase => "某案材料：请承办人报批删除", "A paper of a case: its court asks for removal";
}
