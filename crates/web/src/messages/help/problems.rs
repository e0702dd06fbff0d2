//! What each problem means, by its stable code: for the pages that the `type` of a problem leads to.
//! Here without the facts of a case; the problem itself says those.

mod sides;

/// Code, Chinese, English.
const MEANINGS: &[(&str, &str, &str)] = &[
    (
        "stage.WrongStage",
        "案件还没有走到、或者已经走过能办这件事的阶段。",
        "The case has not reached the stage at which this can be done, or is past it.",
    ),
    (
        "stage.Stayed",
        "案件已中止诉讼，要先恢复诉讼才能继续办理。",
        "The proceedings are stayed; they must be resumed first.",
    ),
    (
        "stage.ClosedAlready",
        "案件已经结案，只能补充规定种类的材料。",
        "The case is closed; only the listed kinds of papers may be added.",
    ),
    (
        "stage.Sealed",
        "案卷已经归档封存，只接受少数几种办理。",
        "The file is archived and sealed; only a closed list of acts is accepted.",
    ),
    ("filing.UnknownCause", "选的案由不在案由规定里。", "The cause of action chosen is not in the rules."),
    (
        "filing.CauseTooGeneral",
        "案由太笼统，请选下一级更具体的案由。",
        "The cause is too general; choose a more particular one below it.",
    ),
    ("filing.NoPlaintiff", "没有写原告是谁。", "No plaintiff is named."),
    (
        "filing.NoDefendant",
        "没有写明被告。起诉要有明确的被告（《民事诉讼法》第一百二十二条）。",
        "No defendant is named. A suit needs a definite defendant (《民事诉讼法》第一百二十二条).",
    ),
    ("filing.NoName", "有一方没有写姓名或者名称。", "A party has no name."),
    (
        "filing.WrongIdNumber",
        "身份证号或者统一社会信用代码不对，请对着证件再看一遍。不知道可以不填。",
        "The ID number or credit code is not right; compare it with the document. If you don't know it, leave it empty.",
    ),
    ("filing.BirthInFuture", "出生日期在今天以后。", "The date of birth lies in the future."),
    ("filing.SamePersonOnBothSides", "原告和被告的证件号码相同。", "Plaintiff and defendant have the same ID number."),
    ("filing.NoClaim", "没有写要求对方做什么（诉讼请求）。", "Nothing is asked of the other side (no claim)."),
    ("filing.NoFacts", "没有写事情经过和理由。", "The facts and reasons are not told."),
    ("filing.NoAddress", "没有填写自己的送达地址和电话。", "Your own address for service is missing."),
    (
        "filing.UnknownParty",
        "地址或者代理人对应的人不在当事人里。",
        "An address or an agent belongs to nobody named as a party.",
    ),
    ("filing.ReceivedInFuture", "收到日期在今天以后。", "The day of receipt lies in the future."),
    ("filing.NegativeAmount", "金额不能是负数。", "An amount is negative."),
    (
        "filing.SubmittedAlready",
        "这份立案申请已经交过了，收据仍然有效。",
        "This application was submitted already; its receipt stands.",
    ),
    (
        "filing.TooMany",
        "一份申请里的当事人、请求或者证据太多，请分成几份。",
        "Too many parties, claims or papers in one application; split it.",
    ),
    ("review.TakenByAnother", "另一位立案人员已经在审查。", "Another clerk is reviewing it."),
    (
        "review.CorrectionAskedAlready",
        "已经通知过补正；需要补正的内容应当一次性告知。",
        "Correction was asked before; everything must be told in one notice.",
    ),
    ("review.NothingToCorrect", "没有写需要补正什么。", "Nothing to correct was named."),
    (
        "review.ConditionMissing",
        "起诉条件还没有全部满足（《民事诉讼法》第一百二十二条）。",
        "Not all conditions of a suit are met (《民事诉讼法》第一百二十二条).",
    ),
    ("review.NoReason", "要写明理由。", "A reason is needed."),
    ("review.FiledAlready", "案件已经登记立案。", "The case was filed already."),
    (
        "review.NotSmallClaims",
        "这个案件不符合适用小额诉讼程序的条件。",
        "Small-claims procedure does not fit this case.",
    ),
    ("review.CorrectionStillRunning", "补正期限还没有到。", "The time for correction is still running."),
    ("review.NoEligibleJudge", "没有可以分案的法官，请人工指定。", "No judge may be given the case; name one by hand."),
    (
        "review.NoDayKey",
        "今天随机分案用的密钥还没有确定，不能分案。",
        "No key was fixed for today's draws, so none can be drawn.",
    ),
    ("review.Application", "补正后的起诉状里还有要改的地方。", "The corrected application still has a fault."),
    ("review.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    (
        "assignment.NoEligibleJudge",
        "没有可以分案的法官，请人工指定。",
        "No judge may be given the case; name one by hand.",
    ),
    (
        "assignment.NoDayKey",
        "今天随机分案用的密钥还没有确定，不能分案。",
        "No key was fixed for today's draws, so none can be drawn.",
    ),
    (
        "assignment.EvenPanel",
        "合议庭人数必须是三人以上的单数。",
        "A panel has an odd number of members, at least three.",
    ),
    (
        "assignment.NoPresiding",
        "合议庭要有一位审判长；独任审理只有一位审判员。",
        "A panel has a presiding judge; a sole judge sits alone.",
    ),
    (
        "assignment.SoleJudgeOnly",
        "简易程序和小额诉讼由一位审判员独任审理，要合议先转程序。",
        "Summary and small-claims procedure have one judge; change the procedure first.",
    ),
    (
        "assignment.AssessorCannotPreside",
        "人民陪审员不能担任审判长或者承办法官。",
        "A people's assessor can't preside or be in charge.",
    ),
    (
        "assignment.NotAJudge",
        "指定的人不是本院审判员或者人民陪审员。",
        "Someone named is neither a judge nor an assessor of this court.",
    ),
    (
        "assignment.WrongPost",
        "指定为法官助理或者书记员的人不在这个岗位上。",
        "Someone named as assistant or clerk holds another post.",
    ),
    (
        "assignment.Interested",
        "指定的人是本案当事人或者代理人，应当回避。",
        "Someone named is a party or an agent in this case and must not sit.",
    ),
    ("assignment.NoReason", "要写明理由。", "A reason is needed."),
    ("assignment.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("fees.NothingDue", "现在没有要交的费用。", "No fee is due."),
    (
        "fees.WrongAmount",
        "金额和应交的不一样，请按缴费通知书上的金额交。",
        "The amount is not the one due; pay what the notice says.",
    ),
    ("fees.NoRefundDue", "没有要退的费用。", "No refund is due."),
    ("material.Unknown", "案件里没有这份材料。", "There is no such paper in the case."),
    ("material.InFileAlready", "材料已经入卷，改动要经过审批。", "The paper is in the file; a change needs approval."),
    ("material.NotInFile", "材料还没有入卷。", "The paper is not in the file yet."),
    ("material.EmptyFile", "文件是空的。", "The file is empty."),
    ("material.NoTitle", "要写材料名称。", "A title is needed."),
    ("material.NoReason", "要写明理由。", "A reason is needed."),
    ("material.OriginalDiffers", "与原件核对不一致，不能入卷。", "The scan does not agree with its original."),
    ("material.SecondaryVolume", "副卷材料不向当事人公开。", "Papers of the secondary volume are never disclosed."),
    (
        "material.NotAddableAfterClosing",
        "结案后只能补充规定种类的材料。",
        "After closing only the listed kinds may be added.",
    ),
    ("material.NothingChosen", "没有选材料。", "Nothing was chosen."),
    ("material.UnknownParty", "案件里没有这位当事人。", "There is no such party in the case."),
    ("material.CourtPaper", "这种文书由法院制作，当事人不能提交。", "Papers of this kind are written by the court."),
    (
        "material.IdentifierTaken",
        "编号和另一份材料重复，请重新打开页面再交。",
        "Another paper has this identifier; open the page anew.",
    ),
    ("service.Unknown", "没有这次送达。", "There is no such attempt at service."),
    ("service.UnknownParty", "案件里没有这位当事人。", "There is no such party in the case."),
    ("service.NothingChosen", "没有选要送达的文书。", "No paper was chosen."),
    ("service.NotInFile", "要送达的文书还没有入卷。", "A paper to be served is not in the file."),
    ("service.SecondaryVolume", "副卷材料不能送达。", "Papers of the secondary volume are never served."),
    (
        "service.NoConsent",
        "受送达人没有同意电子送达（《民事诉讼法》第九十条）。",
        "The party did not consent to electronic service (《民事诉讼法》第九十条).",
    ),
    ("service.NoAddress", "不知道往哪里送达，没有地址。", "No address is known to serve at."),
    ("service.NotElectronic", "这次送达不是电子送达。", "It went by another channel, not electronically."),
    ("service.NotOnPaper", "这次送达是电子送达。", "It went electronically."),
    ("service.ArrivedBeforeDispatch", "到达日期早于发出日期。", "The day of arrival is before the day it left."),
    ("service.InFuture", "日期在今天以后。", "The day lies in the future."),
    (
        "service.MediationStatementInPerson",
        "调解书要交到本人手里，不能留置或者公告送达。",
        "A mediation statement must reach the party's own hand.",
    ),
    (
        "service.AnnouncementNeedsOrdinary",
        "公告送达适用普通程序，请先转程序。",
        "Announcement belongs to ordinary procedure; convert first.",
    ),
    (
        "service.AnnouncementTooEarly",
        "其他方式送达不成才能公告。",
        "Announcement comes after another channel has failed.",
    ),
    (
        "service.AnnouncementRunning",
        "公告期满才视为送达，不能提前登记。",
        "An announcement counts only when its days are full.",
    ),
    ("service.NoRecipient", "要写明是谁签收的。", "The receipt must say who took it."),
    ("service.NotAddressee", "只有受送达人本人或者代理人可以签收。", "It is for the party served and nobody else."),
    ("service.NoReason", "要写明理由。", "A reason is needed."),
    (
        "service.EffectedAlready",
        "已经登记过送达日期，以那次登记为准。",
        "Service was recorded on another day; that record stands.",
    ),
    ("evidence.UnknownParty", "案件里没有这位当事人。", "There is no such party in the case."),
    ("evidence.UnknownItem", "没有这份证据。", "There is no such item of evidence."),
    ("evidence.NoWords", "答辩意见还没有写。", "An answer needs words."),
    ("evidence.CounterclaimByDefendantOnly", "只有被告可以反诉。", "A counterclaim comes from a defendant."),
    ("evidence.DebateOver", "法庭辩论已经结束，不能再反诉。", "A counterclaim comes before the debate ends."),
    ("evidence.Nothing", "没有选文件。", "Nothing was handed in."),
    ("evidence.EmptyFile", "文件是空的。", "A file is empty."),
    ("evidence.OwnEvidence", "自己的证据不用质证。", "One's own evidence needs no opinion."),
    ("evidence.NoReasons", "有异议的地方要写理由。", "What is disputed needs reasons."),
    ("evidence.NotDisclosed", "这份证据还没有交换给这一方。", "The item was not disclosed to this party yet."),
    (
        "evidence.NotSummary",
        "只有简易程序和小额诉讼可以放弃答辩、举证期限。",
        "Periods can be waived in summary and small-claims procedure only.",
    ),
    ("evidence.NoIssue", "没有写争议焦点。", "No issue was named."),
    ("evidence.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("scheduling.InPast", "日期已经过去。", "The day is past."),
    ("scheduling.EndsBeforeItBegins", "结束时间早于开始时间。", "It ends before it begins."),
    ("scheduling.RestDay", "这一天法院休息。", "The court rests on that day."),
    (
        "scheduling.NoticeTooShort",
        "普通程序要在开庭三日前通知。",
        "In ordinary procedure three days' notice is needed.",
    ),
    (
        "scheduling.AnswerPeriodRunning",
        "被告的答辩期还没有满，也没有放弃。",
        "The answer period is running and was not waived.",
    ),
    ("scheduling.RoomTaken", "这个时间法庭已经被占用。", "The courtroom is taken at that time."),
    ("scheduling.PersonTaken", "有人这个时间另有庭审。", "Someone needed has another hearing then."),
    ("scheduling.NoRoom", "要选法庭。", "A courtroom is needed."),
    ("scheduling.UnknownRoom", "没有这个法庭。", "There is no such courtroom."),
    ("scheduling.NobodyConsents", "没有一方同意在线开庭。", "No side consents to a hearing on line."),
    (
        "scheduling.NotEveryoneConsents",
        "有一方不同意在线开庭，请改为部分在线或者线下。",
        "A party does not consent; hold it partly on line, or in person.",
    ),
    (
        "scheduling.NoReason",
        "不公开审理或者延期要写明理由。",
        "A hearing that is not open, or is put off, needs a reason.",
    ),
    ("scheduling.ScheduledAlready", "已经排过一次庭，请先延期。", "A hearing is scheduled already; put it off first."),
    ("scheduling.NotScheduled", "这次庭审不能再延期。", "The hearing can't be put off any more."),
    ("scheduling.TooManyAdjournments", "延期次数已经用完。", "The most adjournments the rules allow were used."),
    ("scheduling.NoTribunal", "还没有确定审判组织。", "There is no tribunal yet."),
    ("scheduling.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("hearing.Unknown", "没有这次庭审。", "There is no such hearing."),
    ("hearing.TooEarly", "还没有到开庭的日子。", "It is not its day yet."),
    ("hearing.NotOpen", "庭审没有开始。", "The hearing is not open."),
    ("hearing.NotScheduled", "庭审已经开始或者结束。", "It was opened or ended already."),
    (
        "hearing.NobodyCame",
        "没有人到庭，又不能证明已经传唤原告，请延期。",
        "Nobody came and a plaintiff was not proven summoned; put it off.",
    ),
    (
        "hearing.SummonsNotProven",
        "缺席的被告没有依法送达传票，不能缺席审理。",
        "An absent defendant was not lawfully summoned; no default hearing.",
    ),
    (
        "hearing.AnswerPeriodRunning",
        "缺席被告的答辩期还没有满。",
        "The answer period of an absent defendant is still running.",
    ),
    ("hearing.NoTranscript", "笔录是空的。", "The transcript is empty."),
    (
        "hearing.TranscriptChanged",
        "您看过以后笔录改过，请再看一遍。",
        "The transcript changed since you read it; read it again.",
    ),
    ("hearing.SignedAlready", "您已经签过。", "You have signed already."),
    ("hearing.NotAParticipant", "只有参加庭审的人签笔录。", "Only those who took part sign."),
    ("hearing.NoWords", "内容是空的。", "Words are needed."),
    (
        "hearing.SignaturesBegun",
        "已经有人签字，只能记明补正。",
        "Signing has begun; only noted corrections are possible.",
    ),
    ("hearing.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("deliberation.NoPanel", "独任审理不需要合议。", "A sole judge does not deliberate."),
    ("deliberation.PresidingOnly", "只有审判长可以主持和归纳。", "Only the presiding judge opens and sums up."),
    ("deliberation.MembersOnly", "只有合议庭成员可以发表意见和签名。", "Only members speak and sign."),
    ("deliberation.NotOpen", "没有在评议。", "Deliberation is not going on."),
    ("deliberation.NoQuestions", "没有提出评议的问题。", "No question was put."),
    ("deliberation.UnknownQuestion", "没有这个问题。", "There is no such question."),
    (
        "deliberation.NotYourTurn",
        "还没有轮到您发言，审判长最后发言。",
        "It is another member's turn; the presiding judge speaks last.",
    ),
    ("deliberation.AllSpoken", "这个问题每个人都发表过意见了。", "Everyone has spoken on this question."),
    (
        "deliberation.OpenAlready",
        "这次评议还没有结束，不能另开一次。",
        "This session must be concluded before a new one.",
    ),
    ("deliberation.NoReasons", "发表意见要说明理由。", "Reasons are needed."),
    ("deliberation.NotComplete", "还有人没有发表意见。", "Someone has not spoken yet."),
    ("deliberation.NoMajority", "有问题没有形成多数意见，应当提交讨论。", "A question has no majority; refer it."),
    ("deliberation.NotConcluded", "评议还没有结论。", "It has not been concluded yet."),
    ("deliberation.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("drafting.Unknown", "没有这份文书。", "There is no such document."),
    ("drafting.NotDraftable", "这种文书自动生成，不用手写。", "Documents of this kind are not drafted by hand."),
    (
        "drafting.NewerVersion",
        "别人已经保存了更新的版本，请比较后再保存。",
        "Someone saved a newer version; compare and save again.",
    ),
    ("drafting.PutForwardAlready", "文书已经送签，要改请先退回。", "It has been put forward; have it returned first."),
    ("drafting.IssuedAlready", "文书已经印发，笔误用裁定补正。", "It was issued; a slip is put right by a ruling."),
    ("drafting.Incomplete", "文书还有没写完的部分。", "Something is missing in the document."),
    ("drafting.NoHearing", "判决要在开庭以后作出。", "A judgment needs a hearing that is done."),
    ("drafting.NotDeliberated", "合议庭审理的案件要先评议。", "A panel deliberates before it decides."),
    ("drafting.NoWithdrawalAsked", "原告没有申请撤诉。", "The plaintiff did not ask to withdraw."),
    (
        "drafting.NoGroundForDeemedWithdrawal",
        "没有按撤诉处理的理由。",
        "There is no ground to treat the suit as withdrawn.",
    ),
    (
        "drafting.NotSmallClaims",
        "有反诉或者鉴定，不能适用小额诉讼，请先转程序。",
        "A counterclaim or an appraisal does not go with small-claims procedure; convert first.",
    ),
    ("drafting.NotPutForward", "文书还没有送签。", "It was not put forward."),
    ("drafting.NoReason", "要写明理由。", "A reason is needed."),
    ("drafting.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("issuing.Unknown", "没有这份文书。", "There is no such document."),
    ("issuing.NotPutForward", "文书还没有送签。", "It was not put forward."),
    (
        "issuing.OriginalChanged",
        "这不是您看过的那一份，请重新看一遍。",
        "These are not the bytes you read; read it again.",
    ),
    ("issuing.NotASigner", "只有审理本案的人签发文书。", "Only those who decide the case sign."),
    ("issuing.SignaturesMissing", "还有人没有签。", "Signatures are missing."),
    ("issuing.IssuedAlready", "文书已经印发。", "It was issued already."),
    ("issuing.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("pronouncing.Unknown", "没有这份文书。", "There is no such document."),
    ("pronouncing.NotIssued", "文书还没有印发，不能宣判。", "It was not issued yet."),
    (
        "pronouncing.NoRecord",
        "宣判笔录要写明到庭人员，并告知上诉权利、期限和法院。",
        "The record must say who came and that the right to appeal was told.",
    ),
    ("pronouncing.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("approval.Unknown", "没有这项审批。", "There is no such request."),
    ("approval.PendingAlready", "同样的申请正在审批。", "The same request is pending already."),
    ("approval.DecidedAlready", "已经批过了。", "It was decided already."),
    ("approval.NotYourTurn", "现在轮到另一个岗位审批。", "It is another post's turn."),
    ("approval.MovedOn", "您看过以后情况有变化，请再看一遍。", "It moved on since you read it; look again."),
    ("approval.NoReason", "要写明理由。", "A reason is needed."),
    (
        "approval.NaturalPersonsOnly",
        "只有自然人可以免交诉讼费。",
        "Only a natural person can be relieved of fees altogether.",
    ),
    ("approval.NoFeeDue", "没有等待交纳的费用。", "No fee is waiting to be paid."),
    (
        "approval.WrongReduction",
        "减交比例不得低于百分之三十，并且要留有应交的部分。",
        "A reduction takes off at least thirty per cent and leaves something to pay.",
    ),
    ("approval.NoSuchPaper", "案卷里没有这份材料。", "There is no such paper in the file."),
    (
        "approval.WrongDates",
        "日期前后颠倒，或者不在审理期间内。",
        "The dates are the wrong way round or lie outside the trial.",
    ),
    (
        "approval.TooLong",
        "延长的时间超过院长可以批准的最长时间。",
        "The longest extension the president may grant is exceeded.",
    ),
    ("approval.NoTrialPeriod", "没有正在计算的审限。", "No trial period is running."),
    ("approval.Course", "不能这样变更程序。", "This change of the course is not possible."),
    ("approval.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("procedure.NotStayed", "案件没有中止诉讼。", "Proceedings are not stayed."),
    ("procedure.StayedAlready", "案件已经中止诉讼。", "Proceedings are stayed already."),
    ("procedure.NotSmallClaims", "案件没有适用小额诉讼程序。", "The case is not on small-claims procedure."),
    (
        "procedure.NoWayBack",
        "普通程序不能转回简易程序，简易程序不能转为小额诉讼。",
        "There is no way back from ordinary to summary, nor from summary to small-claims procedure.",
    ),
    (
        "procedure.PeriodOver",
        "审限已过，转程序应当在审限届满前作出。",
        "The trial period is over; a change must be ruled before it ends.",
    ),
    ("procedure.SameProcedure", "案件已经适用这个程序。", "It is on that procedure already."),
    ("procedure.NoReason", "要写明理由。", "A reason is needed."),
    ("procedure.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("closing.NotPlaintiff", "只有原告可以申请撤诉。", "Only a plaintiff withdraws the suit."),
    ("closing.AskedAlready", "已经申请过撤诉。", "It was asked already."),
    ("closing.NoReason", "要写明理由。", "A reason is needed."),
    ("closing.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    (
        "appeal.NotAppealable",
        "这份裁判是终审，不能上诉，可以申请再审。",
        "The decision is final; a retrial may be asked for instead.",
    ),
    ("appeal.UnknownParty", "案件里没有这位当事人。", "There is no such party in the case."),
    (
        "appeal.NotServedYet",
        "裁判文书还没有送达这一方，上诉期还没有开始。",
        "The decision was not served on this party; the period has not begun.",
    ),
    ("appeal.PeriodOver", "这一方的上诉期已经过了。", "This party's period of appeal is over."),
    ("appeal.AppealedAlready", "这一方已经上诉。", "The party has appealed already."),
    (
        "appeal.DecisionNotServed",
        "还有一方没有收到裁判文书，案卷要等全部送达后移送。",
        "A party has not been served; the file stays until all have been.",
    ),
    ("appeal.CopyNotServed", "上诉状副本还没有送达对方。", "A party has not been served with a copy of the petition."),
    ("appeal.NoWords", "上诉状还没有写。", "A petition needs words."),
    ("appeal.InFuture", "日期在今天以后。", "The day lies in the future."),
    ("appeal.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("archive.NotReady", "案卷还缺材料，不能归档。", "Something is missing; the file can't be archived yet."),
    ("archive.NoMarks", "退回要标明问题在哪里。", "A return needs marks."),
    ("archive.NoPurpose", "借阅要写明用途。", "A loan needs a purpose."),
    ("archive.WrongLength", "借阅期限是1到90天。", "A loan lasts from 1 to 90 days."),
    ("archive.LentAlready", "已经借给这个人了。", "It is lent to this person already."),
    ("archive.NotLent", "没有借给这个人。", "It is not lent to this person."),
    ("archive.Stage", "案件所在的阶段不能办这件事。", "The case does not stand where this can be done."),
    ("access.NotAllowed", "这件事现在不由您办。", "This act is not yours in this case now."),
    ("access.NotThisParty", "这件事要由另一方当事人办。", "This act speaks for another party."),
    (
        "access.NoSpecialAuthority",
        "代理人没有这项特别授权，要由当事人本人签（《民事诉讼法》第六十二条）。",
        "The agent's authority does not reach that far; the client signs (《民事诉讼法》第六十二条).",
    ),
    ("not_found", "地址可能写错了，也可能您无权查看。", "The address may be wrong, or it is not for you to see."),
    ("sign_in", "要先登录才能看这一页。", "One must sign in to see the page."),
    (
        "busy",
        "好几个人同时在办同一件事，什么都没有改动。",
        "Several people acted on the same thing at once; nothing was changed.",
    ),
    (
        "command_reused",
        "这份表单已经用来办过别的事，请重新打开页面。",
        "The form was used for something else; open the page anew.",
    ),
    ("missing_glyphs", "字库里没有某个字，文书没有生成。", "No font has one of the characters; no paper was written."),
    ("invalid", "填写的内容有要改的地方，每一处都会标出来。", "Some fields have faults; each is named."),
    ("malformed", "发来的内容读不懂。", "What was sent can't be read."),
    ("too_large", "内容太大。", "What was sent is too large."),
    ("too_many", "操作太快，请等一会儿再试。", "Requests came too fast; wait a moment."),
    (
        "foreign_origin",
        "操作不是从本院网站发起的，没有执行。",
        "The act did not start on the court's site and was not carried out.",
    ),
    (
        "read_only",
        "这个案件的记录暂时只能看，请联系系统管理员。",
        "The record of the case can only be read for now; tell the system administrator.",
    ),
    ("failed", "服务器暂时办不了，操作没有生效。", "The server could not do it; nothing took effect."),
];

/// What a problem means, in Chinese and English.
pub fn meaning(code: &str) -> Option<[&'static str; 2]> {
    MEANINGS.iter().chain(sides::MEANINGS).find(|(known, ..)| *known == code).map(|(_, zh, en)| [*zh, *en])
}

/// Every code with a page.
pub fn codes() -> impl Iterator<Item = &'static str> {
    MEANINGS.iter().chain(sides::MEANINGS).map(|(code, ..)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_help_page() {
        let without: Vec<&str> =
            xiezhi_domain::refusal::all_codes().into_iter().filter(|code| meaning(code).is_none()).collect();
        assert!(without.is_empty(), "{without:?}");
    }

    #[test]
    fn no_code_stands_twice() {
        let mut all: Vec<&str> = codes().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
