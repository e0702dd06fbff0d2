//! Faults at fields, by their stable codes.

use xiezhi_domain::Refusal;

use super::{Lang, refusals};

/// What a fault says to whoever typed it. An unknown code is said as it is, so that nothing is hidden.
pub fn words(lang: Lang, code: &str) -> String {
    let known = match code {
        "input.bad_command" => {
            lang.pick("表单已失效，请重新打开这一页", "The form is no longer valid; open the page anew")
        }
        "input.required" => lang.pick("这里要填", "This is needed"),
        "archive.no_retention" => lang.pick("请选择保管期限", "Choose how long the file is kept"),
        "bundle.no_pages" => {
            lang.pick("有的材料没有页（例如录音录像），不能汇编", "One of them has no pages, such as a recording")
        }
        "bundle.too_large" => {
            lang.pick("选的材料太多，请分成几份汇编", "This is too much for one bundle; make several")
        }
        "input.says_hidden" => {
            lang.pick("这里写了被遮盖的内容，请换一个说法", "This says what the copy hides; put it another way")
        }
        "input.not_a_place" => lang.pick("这不是页面上的位置", "This is no place on a page"),
        "input.not_a_moment_of_it" => {
            lang.pick("请写成 12:34 或 1:02:03 这样的时间点", "Write a moment such as 12:34 or 1:02:03")
        }
        "poster.no_picture" => lang.pick("这不是录像的画面", "This is no picture of a recording"),
        "input.not_a_date" => lang.pick("请写成 2026-03-02 这样的日期", "Write a date such as 2026-03-02"),
        "input.not_within_a_year" => lang.pick("请选今天以后、一年以内的日期", "Choose a day after today, within a year"),
        "input.not_a_time" => lang.pick("请写成 09:30 这样的时间", "Write a time such as 09:30"),
        "input.not_an_amount" => lang
            .pick("请写成 1600.00 这样的金额，最多两位小数", "Write an amount such as 1600.00, at most two decimals"),
        "input.not_a_number" => lang.pick("请写数字", "Write a number"),
        "input.not_a_telephone" => lang.pick(
            "这不像电话号码：手机号11位；座机请写成 0535-6390000；国外的以 + 开头",
            "This is no telephone number: 11 digits for a mobile, 0535-6390000 for a landline, a + before a foreign one",
        ),
        "filing.service_contradicted" => lang.pick(
            "这里选了在线送达，但是“送达地址”一步没有同意电子送达。要电子送达，请回到那一步勾选同意；不要，请在这里去掉“送达”",
            "Service on line is ticked here, but the address for service does not agree to electronic service. Agree there, or untick it here",
        ),
        "input.too_long" => lang.pick("写得太长了", "This is too long"),
        "input.not_a_moment" => lang.pick("请写明日期和时间", "Give the day and the time"),
        "input.unknown_consignment" => lang.pick("没有这个号码的在途邮件", "Nothing under way has this number"),
        "input.unknown_choice" => lang.pick("请从列出的里面选", "Choose one of those listed"),
        "link.no_account" => lang.pick(
            "平台上没有这个证件号码的账号，请当事人先注册、核验身份",
            "No account here has this number; let the person register and verify it first",
        ),
        "input.not_confirmed" => {
            lang.pick("请先核对，并勾选确认", "Check it and tick the box that says so")
        }
        "input.nothing_chosen" => lang.pick("一项也没有选", "Nothing was chosen"),
        "money.too_many_decimals" => lang.pick(
            "金额最多两位小数，最小到分，例如 1600.50",
            "An amount has at most two decimals, for example 1600.50",
        ),
        "money.negative" => lang.pick("金额不能是负数", "An amount can't be negative"),
        "money.too_large" => lang.pick("金额太大了，请核对", "This amount is too large; check it"),
        code if code.contains("amount") || code.starts_with("money.") => lang
            .pick("请写成 1600.00 这样的金额，最多两位小数", "Write an amount such as 1600.00, at most two decimals"),
        "interest.end_before_start" => lang.pick("最后一天在第一天以前", "The last day lies before the first"),
        "interest.bad_rate" => lang.pick("年利率请写 0 到 1000 之间的数", "Write a rate between 0 and 1000"),
        "interest.filed_before_rules" => lang.pick(
            "起诉在2020年8月20日以前的，不适用现行规定",
            "A suit filed before 20 August 2020 is not under the present rules",
        ),
        code if code.starts_with("lpr.") => lang.pick(
            "这一天的一年期LPR还没有录入，不能沿用旧的；请管理员补录后再算",
            "The one-year LPR of that day is not loaded, and an older one must not be used: have it loaded first",
        ),
        "identity.wrong_length" => lang.pick(
            "号码应该是18位，请对着证件数一数",
            "The number must have 18 characters; compare it with the document",
        ),
        "identity.wrong_character" => lang.pick(
            "号码里有不该出现的字，请对着证件再看一遍",
            "The number holds a character that can't be there; compare it with the document",
        ),
        "identity.wrong_check_digit" => lang.pick(
            "号码对不上（校验不通过），多半有一位写错了，请对着证件再看一遍",
            "The check digit does not fit, so one of the characters is probably wrong; compare it with the document",
        ),
        "identity.birth_date_impossible" => lang.pick(
            "身份证号里的出生日期不存在，请对着证件再看一遍",
            "The date of birth in the number does not exist; compare it with the document",
        ),
        "identity.birth_date_in_future" => lang.pick(
            "身份证号里的出生日期在今天以后，请对着证件再看一遍",
            "The date of birth in the number lies in the future; compare it with the document",
        ),
        "field.missing" => lang.pick("这里还没有填", "This is not filled in yet"),
        "field.may_not_be_unknown" => lang.pick("这里不能填“不知道”", "\u{201c}I don't know\u{201d} is no answer here"),
        "field.bad_number" => lang.pick("请写数字，例如 12.5", "Write a number, for example 12.5"),
        "field.bad_date" => lang.pick(
            "没有这一天，请写成 2026-03-02 这样的日期",
            "There is no such day; write a date such as 2026-03-02",
        ),
        "field.bad_yes_no" => lang.pick("请选“是”或者“否”", "Choose yes or no"),
        "field.not_an_option" => lang.pick("请从列出的里面选", "Choose one of those listed"),
        "field.one_option_only" => lang.pick("这里只能选一个", "Only one can be chosen here"),
        "field.wrong_kind" | "field.wrong_columns" => lang.pick("这里填的内容不对，请重新填", "This does not fit here; fill it in anew"),
        "field.too_long" => lang.pick("写得太长了，最多4000个字，长的请作为材料上传", "This is too long: at most 4,000 characters; upload longer texts as papers"),
        "filing.same_name" => lang.pick(
            "和另一方同名。要是两个人就不用管；要是写成了自己，请改",
            "The same name stands on the other side. If they are two people, leave it; if it is a slip, change it",
        ),
        "upload.not_kept" => lang.pick("文件没有存下来，请再传一次", "The file was not kept; send it again"),
        code if code.starts_with("case_number.") => lang.pick(
            "这不是案号，请写成（2026）鲁0691民初101号",
            "This is not a case number; write it like （2026）鲁0691民初101号",
        ),
        code if code.starts_with("period.") => lang.pick("请检查日期和长度", "Check the day and the length"),
        "token.days" => lang.pick("有效期要在1天到365天之间", "Between 1 and 365 days"),
        "token.too_many" => lang.pick("令牌已经有20个，请先收回不用的", "There are 20 tokens already; end those no longer needed"),
        "upload.empty" => lang.pick("这个文件是空的，请重新选一个", "This file is empty; choose another"),
        "upload.too_large" => lang.pick(
            "文件超过500 MB。请分成几个文件，或者拿光盘到窗口交",
            "The file is larger than 500 MB. Split it, or bring it to the counter on a disc",
        ),
        "upload.too_many" => lang.pick(
            "您传的文件有200个还没有用上，不能再传：请先把它们交上去；没有用上的，传后一周自动清除",
            "200 files you sent have not been used yet, so no more are taken: hand those in first. What is not used goes a week after it was sent",
        ),
        "upload.too_many_at_once" => {
            lang.pick("一次最多交50个文件，请分几次交", "50 files at most at a time; send them in several goes")
        }
        "upload.encrypted" => lang.pick(
            "这个文件有密码，法院打不开。请去掉密码再传",
            "This file has a password, so the court can't open it. Remove the password and send it again",
        ),
        "upload.damaged" => lang.pick(
            "这个文件打不开，可能损坏了。请换一份再传，或者拍成照片",
            "This file can't be opened and may be damaged. Send another copy, or photograph it",
        ),
        "upload.infected" => lang.pick(
            "这个文件里查出了病毒，法院没有收，已经隔离。请在您的电脑上查杀后换一份再传，或者拍成照片",
            "A virus was found in this file: the court has not taken it and keeps it apart. Clean your computer and send another copy, or photograph it",
        ),
        "upload.not_screened" => lang.pick(
            "查毒服务暂时没有回应，文件还没有收下。过几分钟再传一次",
            "The virus scanner gives no answer just now, so the file is not taken yet. Send it again in a few minutes",
        ),
        "file.infected" => lang.pick(
            "这个文件里查出了病毒，不能打开。请联系系统管理员",
            "A virus was found in this file: it is not opened. Ask the system administrator",
        ),
        "package.infected" => lang.pick(
            "移交来的归档包里查出了病毒：原包不能改动，也不能带出。请系统管理员在“隔离文件”里查看，或者向移交法院另要一份",
            "A virus was found in the package this case came in: it can't be changed, and is not handed out. Ask the system administrator to look at Quarantine, or that court for another package",
        ),
        "quarantine.in_a_case" => lang.pick(
            "这个文件已经是案件材料，要由承办人报批删除",
            "A case has this file: its court asks for the removal",
        ),
        "search.too_short" => lang.pick("请输入至少两个字", "Two letters at least, please"),
        "upload.mislabelled" => lang.pick(
            "文件的内容和它的名字（后缀）不一致。请确认是您要交的那一份，改好名字再传",
            "The content is not what the file's name says. Check that it is the right file, rename it and send it again",
        ),
        "series.how_many" => lang.pick("至少选两件、最多选500件原告和案由都相同的案件", "Choose two cases at least and 500 at most"),
        "series.nothing_written" => lang.pick("还没有保存共同的文书稿", "No common draft was saved yet"),
        "word.other_document" => lang.pick(
            "这个文件是从另一份文书下载的。请到那份文书里传回，或者换一个文件",
            "This file was downloaded from another document. Send it back there, or choose another file",
        ),
        "reading.too-large" | "reading.timeout" => lang.pick(
            "这个文件展开以后太大，没有打开。请在 Word 里另存一份，去掉图片再传",
            "This file grows too large when it is opened, so it was not. Save it anew in Word without pictures and send it again",
        ),
        "reading.unsupported" => lang.pick(
            "只能传回 DOCX。旧的 .doc 请在 Word 或者 WPS 里另存为 .docx",
            "Only DOCX can be sent back. Save an old .doc as .docx in Word or WPS",
        ),
        "reading.damaged" | "reading.encrypted" | "reading.empty" => lang.pick(
            "这个文件打不开：可能损坏了、有密码，或者是空的。请另存一份再传",
            "This file can't be opened: it is damaged, empty or has a password. Save it anew and send it again",
        ),
        "upload.wrong_part" => lang.pick("有一段没有传完整，请重新传这个文件", "A part did not arrive whole; send this file again"),
        "upload.parts_missing" => lang.pick("文件还没有传完，请等传完再交", "The file has not arrived completely; wait for it to finish"),
        "signature.unreadable" => lang.pick("签名没有收到，请重新写一遍", "The signature did not arrive; write it again"),
        "signature.too_long" => lang.pick("笔画太多了，请点“重写”再写一遍", "Too many strokes; press “Clear” and write again"),
        "signature.too_short" => lang.pick("只有一个点，看不出名字，请重新写", "A dot is no name; write it again"),
        "snippet.empty" => lang.pick("还没有写文字", "There are no words yet"),
        "snippet.too_long" => lang.pick("一段最多2万字，请分几段存", "A paragraph has 20,000 letters at most; keep it in parts"),
        "snippet.name_too_long" => lang.pick("名称最多100字", "A name has 100 letters at most"),
        "snippet.too_many" => lang.pick("最多存500段，请先删去不用的", "500 paragraphs at most; throw away what you do not use"),
        "signing.nothing" => lang.pick("请至少勾选一份文书", "Tick one document at least"),
        "signing.too_many" => lang.pick("一次最多勾选500份，请分几次办", "500 documents at most in one act; do it in parts"),
        "verify.bad_hash" => lang.pick(
            "请填文书上的验证码（像 0198c0de-…）、它的网址，或者64位的文件指纹",
            "Enter the code on the paper (like 0198c0de-…), the address it leads to, or the fingerprint of 64 characters",
        ),
        code => match Refusal::examples().iter().find(|refusal| refusal.code() == code) {
            Some(refusal) => return refusals::words(lang, refusal, None).0,
            None => return code.to_owned(),
        },
    };
    known.to_owned()
}
