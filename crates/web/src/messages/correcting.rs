//! Words of what follows an issued document: corrections, corrected copies, revocations.

use xiezhi_domain::{correcting::ELSEWHERE, verify::Followed};

use super::Lang;

crate::messages! {
    AskArchived => "申请归档后补正", "Ask to put slips right after archiving";
    AskArchivedNote => "案卷已归档封存。承办法官、庭长、档案管理员同意后，可以标出笔误、作出补正裁定、重新出具文书；它们作为补充材料入卷并送达，封存的材料不动。", "The file is under the archive seal. Once judge, division head and archivist agree, slips may be marked, ruled upon and a corrected copy made; these are added to the file and served, and nothing under the seal changes.";
    AskReason => "理由", "Why";
    Pending => "归档后补正正在审批", "Approval is on its way";
    ToRequests => "看审批", "Open the requests";
    Title => "补正", "Corrections";
    Lead => "只补正误写、误算、漏写费用等笔误；改变裁判结果的，不能用裁定补正（《民事诉讼法》第一百五十七条第一款第七项，《民诉法解释》第二百四十五条）。已经签发的文书一个字也不动。", "Only what was miswritten, miscounted or left out of the fees is put right; what was decided is not (《民事诉讼法》第一百五十七条第一款第七项, 《民诉法解释》第二百四十五条). The issued document stays as it is, to the letter.";
    Mark => "标出笔误，拟制补正裁定", "Mark the slips and draft the ruling";
    MarkNote => "每行一处；不用的行空着。拟好以后照一般裁定送签、签名、用印、送达。", "One to a row; leave rows you do not need. The ruling is then put forward, signed, sealed and served as any other.";
    Part => "在哪一部分", "Which part";
    Elsewhere => "其他部分（首部、当事人、诉辩等）", "Elsewhere (head, parties, claims)";
    Wrong => "原来的文字", "What stands there";
    Right => "正确的文字", "What it should be";
    Rulings => "本文书的补正裁定", "Rulings on this document";
    None => "没有标出过笔误。", "No slip was marked.";
    NotYet => "还没有签发", "Not issued yet";
    Copy => "重新出具补正后的文书", "Make a corrected copy";
    CopyNote => "补正后的文书是另一份文书，有自己的验证码，文末写明替换哪一份；照一般文书送签、签名、用印、送达。", "The copy is a document of its own with its own code, and says at its end which one it replaces; it is put forward, signed, sealed and served as any other.";
    Way => "有笔误？标出来补正", "A slip? Mark it and have it corrected";
    WayBack => "改标出的笔误", "Change the slips";
    SlipsOf => "要补正的笔误", "The slips it puts right";
    CopyOf => "本件是补正后重新出具的文书，内容按补正裁定改好，不能另改。", "This is a corrected copy: it says what the rulings made of the document, and nothing else can be changed in it.";
    Corrected => "起，须与补正裁定一并阅读", "a ruling put slips in it right: read both together";
    Replaced => "起，已有补正后重新出具的文书", "a corrected copy took its place";
    Revoked => "已撤销，不再有效", "it was revoked and counts no more";
    See => "看这一份", "See it";
}

/// What followed a paper.
#[must_use]
pub fn followed(what: Followed) -> Key {
    match what {
        Followed::Corrected => Key::Corrected,
        Followed::Replaced => Key::Replaced,
        Followed::Revoked => Key::Revoked,
    }
}

/// The part a slip stands in.
#[must_use]
pub fn part(lang: Lang, code: &str) -> String {
    if code == ELSEWHERE { super::t(lang, Key::Elsewhere).to_owned() } else { super::drafting::part(lang, code) }
}
