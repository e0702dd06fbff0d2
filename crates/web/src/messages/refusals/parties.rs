//! Parties, consent, papers, evidence.

use xiezhi_domain::{
    annotation::AnnotationRefusal, consent::ConsentRefusal, counter::CounterRefusal, evidence::EvidenceRefusal,
    material::MaterialRefusal, on_paper::OnPaperRefusal, parties::PartiesRefusal,
};

use super::{Said, To, stage};

pub(super) fn parties(to: To<'_>, fault: &PartiesRefusal) -> Said {
    use PartiesRefusal as P;
    match fault {
        P::UnknownParty => to.no_party(),
        P::LinkedToAnother => to.say(
            ("这名当事人已经由另一个账号关联。", "如果不是您本人的账号，请联系书记员核对身份。"),
            ("Another account is linked to this party.", "If it is not yours, ask the clerk to check."),
        ),
        P::NotThisPerson => to.say(
            ("账号的姓名或证件号码与案件中的当事人不一致。", "请核对后再试；确有笔误的，联系书记员更正。"),
            (
                "Your name or number differs from the party's in the case.",
                "Check it; for a slip in the file, call the clerk.",
            ),
        ),
        P::WrongCode => to.say(
            (
                "案号、关联码或者您的身份信息对不上，没有关联。",
                "请照应诉通知书上的案号和六位关联码再输一次；连续输错会作废，可以请书记员核对证件后办理。",
            ),
            (
                "Case number, code or your identity do not agree; nothing was linked.",
                "Type number and six-digit code as they stand in the notice. Wrong tries make the code void; the clerk can link you after seeing your papers.",
            ),
        ),
        P::CheckIncomplete => to.say(
            ("身份核对的记录不完整。", "请写明看了什么证件、证件号码、谁核对的、哪一天核对的。"),
            ("The check of identity is not whole.", "Name the paper, its number, who compared it and when."),
        ),
        P::AddressIncomplete => to.say(
            ("送达地址和联系电话都要填。", "请补全后再确认。"),
            ("A postal address and a telephone are both needed.", "Fill them in and confirm again."),
        ),
        P::TooManyAgents => to.say(
            ("一名当事人最多委托两名代理人（《民事诉讼法》第六十一条）。", "请先解除一名再添加。"),
            ("A party has at most two agents (《民事诉讼法》第六十一条).", "Remove one first."),
        ),
        P::UnknownAgent => to.say(
            ("没有这名代理人。", "请从列出的代理人中选择。"),
            ("There is no such agent.", "Choose one of those listed."),
        ),
        P::ActsForOtherSide => to.say(
            ("这名代理人已经代理对方。", "请另行委托。"),
            ("This agent acts for the other side.", "Appoint someone else."),
        ),
    }
}

pub(super) fn consent(to: To<'_>, fault: &ConsentRefusal) -> Said {
    use ConsentRefusal as C;
    match fault {
        C::UnknownParty => to.no_party(),
        C::NoStep => {
            to.say(("没有选择要在线办理的环节。", "请至少选一项。"), ("No step was chosen.", "Choose at least one."))
        }
        C::NothingToWithdraw => to.say(
            ("您没有同意过这一环节在线办理。", "不用撤回。"),
            ("You never consented to this step on line.", "There is nothing to take back."),
        ),
        C::NoReason => to.reason(),
        C::TooLate => to.say(
            ("这一环节正在进行，现在不能撤回同意。", "请在下一环节前提出，或与书记员联系。"),
            (
                "The step is going on; it is too late to take consent back.",
                "Do so before the next step, or call the clerk.",
            ),
        ),
    }
}

pub(super) fn counter(to: To<'_>, fault: &CounterRefusal) -> Said {
    use CounterRefusal as C;
    match fault {
        C::UnknownParty => to.no_party(),
        C::NobodyBrought => to.say(
            ("没有写谁来交的。", "请写来人的姓名；代交的写明关系。"),
            ("Who brought the papers is missing.", "Write the name, and of somebody else the relation."),
        ),
        C::Nothing => to.say(
            ("没有登记任何材料，或者超过50份。", "请至少写一份材料的名称；多的分次登记。"),
            ("No paper was named, or more than fifty.", "Name one at least; take more in several turns."),
        ),
        C::NoName => to.say(
            ("有一份材料没有名称，或者名称太长。", "请写材料名称，例如：借条。"),
            ("A paper has no name, or one that is too long.", "Write its name, such as: 借条."),
        ),
        C::NotCounted => to.say(
            ("有一份材料没有写页数或份数。", "没有当场扫描的，请数清页数和份数。"),
            ("Of a paper the pages or copies are missing.", "Count them where no scan was made at once."),
        ),
        C::CourtPaper => to.say(
            ("这种材料由法院制作，当事人不提交。", "请选当事人提交的材料种类。"),
            ("Papers of this kind are written by the court.", "Choose a kind that parties hand in."),
        ),
        C::NoPlaceKept => to.say(
            ("没有写原件去向。", "原件留存的，请写明存放地点。"),
            ("Where the original is was not said.", "Write where it is kept."),
        ),
        C::InFuture => to.say(
            ("收到日期在今天以后。", "请改为实际收到的日期。"),
            ("The day lies in the future.", "Write the day on which they came."),
        ),
        C::BeforeTheCase => to.say(
            ("收到日期早于本案收到起诉的日期。", "请核对日期和案件。"),
            ("The day lies before the application came.", "Check the day and the case."),
        ),
    }
}

pub(super) fn on_paper(to: To<'_>, fault: &OnPaperRefusal) -> Said {
    use OnPaperRefusal as P;
    match fault {
        P::NotOfAParty => to.say(
            ("这一步由法院自己办，没有线下来件可以代录。", "请直接办理。"),
            ("This step is the court's own; there is no paper of a party to enter.", "Take it directly."),
        ),
        P::InFuture => to.say(
            ("来件日期还没有到。", "请写材料实际到达的日期。"),
            ("The day it came lies in the future.", "Write the day on which it really came."),
        ),
        P::BeforeTheCase => to.say(
            ("来件日期早于起诉的日期。", "请核对材料上的收件日期。"),
            ("The day it came lies before the suit.", "Check the day on which it was received."),
        ),
        P::ComparedByOutsider => to.say(
            ("核对人应当是本院工作人员。", "请从列出的人中选择。"),
            ("Only someone of the court compares it.", "Choose one of those listed."),
        ),
    }
}

pub(super) fn annotation(to: To<'_>, fault: &AnnotationRefusal) -> Said {
    use AnnotationRefusal as A;
    match fault {
        A::Unknown => to.say(
            ("没有这条批注或这份材料。", "请回到电子卷重新打开。"),
            ("There is no such annotation or paper.", "Go back to the e-file and open it again."),
        ),
        A::NotYours => to.say(
            ("只有写批注的人能修改或撤回它。", "您可以回复它，或者自己写一条。"),
            ("Only its author changes an annotation or takes it back.", "Reply to it, or write one of your own."),
        ),
        A::NoSuchPage => {
            to.say(("材料没有这一页。", "请核对页码。"), ("The paper has no such page.", "Check the page number."))
        }
        A::Nothing => to.say(
            ("没有标出位置，也没有写内容。", "请选中文字、画出位置，或者写几句话。"),
            ("Nothing is marked and nothing is said.", "Choose words, draw a place, or write something."),
        ),
        A::NoSuchMoment => to.say(
            ("只有录音录像才有时间点。", "请写录音录像里的时间，例如 12:34。"),
            ("Only a recording has moments.", "Write a time of the recording, such as 12:34."),
        ),
        A::OutsidePage => to.say(
            ("标出的位置不在页面之内。", "请重新选择位置。"),
            ("What is marked lies outside the page.", "Choose the place again."),
        ),
        A::TooLong => to.say(
            ("批注、原文或标签太长。", "批注和原文各不超过4000字，标签不超过12个、每个60字。"),
            (
                "The note, the words quoted or the tags are too long.",
                "At most 4,000 letters each, 12 tags of 60 letters.",
            ),
        ),
        A::PaperChanged => to.say(
            ("材料刚刚换成了新版本。", "请刷新后在新版本上批注。"),
            ("The paper was replaced by another version meanwhile.", "Reload and annotate the new version."),
        ),
        A::TakenBack => to.say(
            ("这条批注已经撤回。", "需要的话另写一条。"),
            ("This annotation was taken back.", "Write another if it is needed."),
        ),
    }
}

pub(super) fn material(to: To<'_>, fault: &MaterialRefusal) -> Said {
    use MaterialRefusal as M;
    match fault {
        M::Unknown => to.say(
            ("本案没有这份材料。", "请回到电子卷重新选择。"),
            ("There is no such paper in this case.", "Go back to the e-file and choose again."),
        ),
        M::InFileAlready => to.say(
            ("材料已经入卷，改动要经审批。", "请提出更正材料的审批。"),
            ("The paper is in the file; changing it needs approval.", "Ask for approval of the correction."),
        ),
        M::NotInFile => to.say(
            ("材料还没有入卷。", "请先把它收入卷内。"),
            ("The paper is not in the file yet.", "Take it into the file first."),
        ),
        M::EmptyFile => to.say(("文件是空的。", "请重新上传。"), ("The file is empty.", "Upload it again.")),
        M::NoTitle => to.say(
            ("材料没有名称。", "请写一个能看懂的名称。"),
            ("The paper has no title.", "Give it one that tells what it is."),
        ),
        M::NoReason => to.reason(),
        M::OriginalDiffers => to.say(
            ("核对结果是与原件不一致，不能入卷。", "请当事人重新提交与原件一致的材料。"),
            ("It differs from the original and can't enter the file.", "Ask for one that agrees with it."),
        ),
        M::SecondaryVolume => to.say(
            ("副卷材料不对当事人公开。", "请只选正卷材料。"),
            ("Papers of the secondary volume are never disclosed.", "Choose papers of the main volume only."),
        ),
        M::NotAddableAfterClosing => to.say(
            ("结案后只能补充规定列明的材料。", "请看归档页的缺项。"),
            ("After closing only the listed kinds may be added.", "See the archive page for what is missing."),
        ),
        M::NothingChosen => {
            to.say(("没有选择材料。", "请先勾选材料。"), ("Nothing was chosen.", "Tick the papers first."))
        }
        M::UnknownParty => to.no_party(),
        M::CourtPaper => to.say(
            ("这类文书由法院制作，不能由当事人提交。", "请换一个材料种类。"),
            ("Papers of this kind are written by the court.", "Choose another kind."),
        ),
        M::IdentifierTaken => to.say(
            ("这份材料已经提交过。", "请刷新页面查看。"),
            ("This paper was handed in already.", "Open the page again to see it."),
        ),
        M::PageMoved
        | M::PageTwice
        | M::OfAnotherSide
        | M::NoSuchTurn
        | M::NoPages
        | M::ArrangedMeanwhile
        | M::SenderKnown => staging(to, fault),
        M::ComparedInFuture => to.say(
            ("核对日期在今天以后。", "请填写实际核对的日期。"),
            ("The day of comparing is yet to come.", "Give the day on which it was compared."),
        ),
        M::ComparedByOutsider => to.say(
            ("原件由法院工作人员核对。", "请选择核对人。"),
            ("Originals are compared by the court's own people.", "Choose who compared."),
        ),
        M::ChangedMeanwhile | M::NothingHidden | M::NoSuchPlace | M::StillSaysIt { .. } => redaction(to, fault),
        M::NoPlaceKept => to.say(
            ("没有写明原件在哪里。", "请写明退还了谁，或者存放在哪里。"),
            ("It is not said where the original is.", "Say to whom it was given back, or where it is kept."),
        ),
    }
}

/// What is said of copies that hide something.
fn redaction(to: To<'_>, fault: &MaterialRefusal) -> Said {
    use MaterialRefusal as M;
    match fault {
        M::NothingHidden => to.say(
            ("还没有要遮盖的内容。", "请先标注要遮盖的词语或区域。"),
            ("Nothing would be hidden.", "Say first which words or boxes are to be hidden."),
        ),
        M::NoSuchPlace => to.say(
            ("有一处不在页面上。", "请撤销它，重新标注。"),
            ("A place lies outside the pages.", "Take it back and mark it anew."),
        ),
        M::StillSaysIt { page } => to.say(
            (&format!("第{page}页的副本里还能找到要遮盖的内容，没有入卷。"), "请在那一页上补一个遮盖区域，再做一次。"),
            (
                &format!("Page {page} of the copy would still say what it must not; nothing was taken into the file."),
                "Put a box over it on that page and make the copy again.",
            ),
        ),
        _ => to.say(
            ("材料或者要遮盖的内容在您查看之后有变化。", "请重新看一遍预览，再制作副本。"),
            (
                "The paper, or what is to be hidden, changed since you looked.",
                "Look at the preview again, then make the copy.",
            ),
        ),
    }
}

/// What is said of pages that are put in order before they enter the file.
fn staging(to: To<'_>, fault: &MaterialRefusal) -> Said {
    use MaterialRefusal as M;
    match fault {
        M::PageTwice => to.say(
            ("那份材料里已经有这一页。", "请只移动其中没有的页。"),
            ("That paper has the same page already.", "Move only pages that it lacks."),
        ),
        M::OfAnotherSide => to.say(
            ("不同来源的材料，页面不能混在一起。", "请先核对材料来源，或者把这些页拆成一份新材料。"),
            (
                "Pages from different senders are not mixed.",
                "Check whose they are, or make a paper of their own of them.",
            ),
        ),
        M::NoSuchTurn => to.say(
            ("页面只能按90度转动，纠偏不超过15度。", "请重新选择方向或角度。"),
            ("Pages turn by 90 degrees and are straightened by at most 15.", "Choose another direction or angle."),
        ),
        M::NoPages => to.say(
            ("这份材料一页也没有留下，不能入卷。", "请放回需要的页，或者不收这份材料。"),
            ("No page is left in this paper; it can't enter the file.", "Put a page back, or do not take the paper."),
        ),
        M::SenderKnown => to.say(
            ("这份材料是当事人自己提交的，来源不能改。", "如果交错了案件，请不收并说明理由。"),
            (
                "Its sender handed this paper in; that can't be changed.",
                "If it is of another case, do not take it and say why.",
            ),
        ),
        _ => to.say(
            ("页面刚刚被别人整理过，已经不在原处。", "请刷新页面，按现在的样子再做一次。"),
            (
                "Someone put the pages in order meanwhile; they lie elsewhere now.",
                "Open the page again and act on what it shows.",
            ),
        ),
    }
}

pub(super) fn evidence(to: To<'_>, fault: &EvidenceRefusal) -> Said {
    use EvidenceRefusal as E;
    match fault {
        E::UnknownParty => to.no_party(),
        E::UnknownItem => to.say(
            ("没有这份证据。", "请从证据目录中选择。"),
            ("There is no such item of evidence.", "Choose one from the list."),
        ),
        E::NoWords => to.say(
            ("答辩还没有写内容。", "请写上您的意见；可以只写一句。"),
            ("The answer has no words.", "Write your view; a sentence is enough."),
        ),
        E::CounterclaimByDefendantOnly => to.say(
            ("反诉只能由被告提出。", "原告要增加请求的，请写在变更诉讼请求中。"),
            ("A counterclaim comes from a defendant.", "A plaintiff may change the claims instead."),
        ),
        E::DebateOver => to.say(
            ("法庭辩论已经结束，不能再提反诉（《民诉法解释》第二百三十二条）。", "可以另行起诉。"),
            (
                "The debate is over; no counterclaim is possible (《民诉法解释》第二百三十二条).",
                "You may sue separately.",
            ),
        ),
        E::Nothing => {
            to.say(("没有提交任何证据。", "请添加至少一份。"), ("Nothing was handed in.", "Add at least one item."))
        }
        E::EmptyFile => to.say(("文件是空的。", "请重新上传。"), ("A file is empty.", "Upload it again.")),
        E::OwnEvidence => to.say(
            ("自己提交的证据不用发表质证意见。", "请对对方的证据发表意见。"),
            ("One's own evidence needs no opinion.", "Give yours on the other side's evidence."),
        ),
        E::NoReasons => to.say(
            ("不认可的，要写理由。", "请写明不认可哪一点、为什么。"),
            ("What is disputed needs reasons.", "Say what you dispute and why."),
        ),
        E::NotDisclosed => to.say(
            ("这份证据还没有向您这一方公开。", "请等法院发出后再发表意见。"),
            ("This item was not disclosed to your side yet.", "Wait until the court sends it."),
        ),
        E::NotSummary => to.say(
            ("只有简易程序和小额诉讼程序可以放弃答辩期、举证期。", "普通程序请等期限届满。"),
            (
                "These periods can be waived in summary and small-claims procedure only.",
                "In ordinary procedure, wait until they end.",
            ),
        ),
        E::NoIssue => to.say(("没有写争议焦点。", "请至少写一项。"), ("No issue was named.", "Name at least one.")),
        E::Stage { fault } => stage(to, fault),
    }
}
