//! Faults at fields, by their stable codes.

use super::Lang;

/// What a fault says to whoever typed it. An unknown code is said as it is, so that nothing is hidden.
pub fn words(lang: Lang, code: &str) -> String {
    let known = match code {
        "input.bad_command" => {
            lang.pick("表单已失效，请重新打开这一页", "The form is no longer valid; open the page anew")
        }
        "input.required" => lang.pick("这里要填", "This is needed"),
        "input.not_a_date" => lang.pick("请写成 2026-03-02 这样的日期", "Write a date such as 2026-03-02"),
        "input.not_a_time" => lang.pick("请写成 09:30 这样的时间", "Write a time such as 09:30"),
        "input.not_an_amount" => lang
            .pick("请写成 1600.00 这样的金额，最多两位小数", "Write an amount such as 1600.00, at most two decimals"),
        "input.not_a_number" => lang.pick("请写数字", "Write a number"),
        "input.too_long" => lang.pick("写得太长了", "This is too long"),
        "input.unknown_choice" => lang.pick("请从列出的里面选", "Choose one of those listed"),
        "input.nothing_chosen" => lang.pick("一项也没有选", "Nothing was chosen"),
        code if code.contains("amount") || code.starts_with("money.") => lang
            .pick("请写成 1600.00 这样的金额，最多两位小数", "Write an amount such as 1600.00, at most two decimals"),
        code if code.starts_with("case_number.") => lang.pick(
            "这不是案号，请写成（2026）鲁0691民初101号",
            "This is not a case number; write it like （2026）鲁0691民初101号",
        ),
        code if code.starts_with("period.") => lang.pick("请检查日期和长度", "Check the day and the length"),
        "upload.empty" => lang.pick("这个文件是空的，请重新选一个", "This file is empty; choose another"),
        "upload.too_large" => lang.pick(
            "文件超过500 MB。请分成几个文件，或者拿光盘到窗口交",
            "The file is larger than 500 MB. Split it, or bring it to the counter on a disc",
        ),
        "upload.too_many" => lang.pick(
            "您已经传了很多文件还没有用上，请先把它们交上去",
            "Many files you sent have not been used yet; hand those in first",
        ),
        "upload.encrypted" => lang.pick(
            "这个文件有密码，法院打不开。请去掉密码再传",
            "This file has a password, so the court can't open it. Remove the password and send it again",
        ),
        "upload.damaged" => lang.pick(
            "这个文件打不开，可能损坏了。请换一份再传，或者拍成照片",
            "This file can't be opened and may be damaged. Send another copy, or photograph it",
        ),
        "upload.mislabelled" => lang.pick(
            "文件的内容和它的名字（后缀）不一致。请确认是您要交的那一份，改好名字再传",
            "The content is not what the file's name says. Check that it is the right file, rename it and send it again",
        ),
        "upload.wrong_part" => lang.pick("有一段没有传完整，请重新传这个文件", "A part did not arrive whole; send this file again"),
        "upload.parts_missing" => lang.pick("文件还没有传完，请等传完再交", "The file has not arrived completely; wait for it to finish"),
        "signature.unreadable" => lang.pick("签名没有收到，请重新写一遍", "The signature did not arrive; write it again"),
        "signature.too_long" => lang.pick("笔画太多了，请点“重写”再写一遍", "Too many strokes; press “Clear” and write again"),
        "signature.too_short" => lang.pick("只有一个点，看不出名字，请重新写", "A dot is no name; write it again"),
        "verify.bad_hash" => lang.pick("指纹是64位的数字和字母", "A fingerprint has 64 letters and digits"),
        _ => return code.to_owned(),
    };
    known.to_owned()
}
