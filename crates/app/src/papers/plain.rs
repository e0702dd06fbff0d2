//! The few papers that are words under a title: receipts, agreements, requests, petitions, approvals.

mod committee;

use jiff::civil::Date;
use xiezhi_documents::{
    facts::{CaseFacts, Role},
    structure::{Align, Block, Cell, Document, Layout, Signatory, SignatureBlock, Span},
    wording::date_in_text,
};
use xiezhi_domain::{
    approval::{Approval, ApprovalStatus, Matter},
    case::Procedure,
    decision::About,
    fees::FeeAid,
    mediation::{Means, Signature},
    paper::PaperKind,
    party::Party,
    people::Post,
    supervision::{Deed, SupervisionAct},
};

use super::inputs::{Desk, code, party_named};

/// A plain paper.
pub(super) fn of(desk: &Desk, facts: &CaseFacts) -> Document {
    let kind = desk.kind;
    let of_court = matches!(
        kind,
        PaperKind::FeeReceipt
            | PaperKind::MediationAgreement
            | PaperKind::ApprovalSheet
            | PaperKind::SupervisionRecord
            | PaperKind::CommitteeRecord
    );
    let layout = match kind {
        PaperKind::FeeReceipt | PaperKind::ApprovalSheet | PaperKind::SupervisionRecord => Layout::Table,
        PaperKind::MediationAgreement | PaperKind::CommitteeRecord => Layout::Notice,
        _ => Layout::Complaint,
    };
    let court = facts.court.name.as_deref().filter(|_| of_court).unwrap_or_default();
    let mut document = Document::new(kind.code(), layout, court, kind.name_zh());
    document.number = facts.number.clone().filter(|_| of_court && kind != PaperKind::ApprovalSheet);
    document.watermark = facts.style.watermark.clone();
    document.verify_code = code(desk);
    document.blocks = blocks(desk, facts);
    document.signatures = signatures(desk);
    document
}

fn blocks(desk: &Desk, facts: &CaseFacts) -> Vec<Block> {
    match desk.kind {
        PaperKind::FeeReceipt => vec![receipt(desk, facts)],
        PaperKind::MediationAgreement => agreement(desk, facts),
        PaperKind::ApprovalSheet => vec![approval(desk, facts)],
        PaperKind::SupervisionRecord => vec![supervision(desk)],
        PaperKind::CommitteeRecord => committee::record(desk, facts),
        PaperKind::AppealPetition => petition(desk, facts),
        _ => request(desk, facts),
    }
}

fn signatures(desk: &Desk) -> Option<SignatureBlock> {
    let people: Vec<Signatory> = match desk.kind {
        PaperKind::ApprovalSheet | PaperKind::SupervisionRecord => return None,
        PaperKind::MediationAgreement => parties_to_sign(desk),
        PaperKind::FeeReceipt => vec![],
        PaperKind::CommitteeRecord => committee::to_sign(desk),
        kind => {
            let role = if kind == PaperKind::AppealPetition { "上诉人" } else { "申请人" };
            writer(desk).map(|name| Signatory::new(role, &name)).into_iter().collect()
        }
    };
    Some(SignatureBlock {
        above: people,
        dated_on: Some(dated_on(desk)),
        below: vec![],
        sealed: desk.kind == PaperKind::FeeReceipt,
    })
}

/// Who signs the agreement: each party, with whoever signed for it and the signature by hand if one was drawn;
/// whoever has not signed finds the place for it.
fn parties_to_sign(desk: &Desk) -> Vec<Signatory> {
    let signatory = |party: &Party| {
        let role = as_party(party);
        match desk.case.mediation.signed.get(&party.id) {
            Some(given) => {
                let hand = given.hand.as_ref().map(|hand| hand.sha256.as_str());
                Signatory::new(&role, signer(desk, party, given)).by_hand(hand)
            }
            None => Signatory::new(&role, ""),
        }
    };
    desk.case.parties_in_order().map(signatory).collect()
}

/// The person who signed for the party, where that is known.
fn signer<'a>(desk: &'a Desk, party: &'a Party, given: &Signature) -> &'a str {
    match given.means {
        Some(Means::Online(person)) => desk.people.name(person),
        Some(Means::OnPaper) | None => party.name.as_str(),
    }
}

/// `原告甲`.
fn as_party(party: &Party) -> String {
    format!("{}{}", super::facts::role(party.role).label(), party.name)
}

/// When and by what means each signed: `原告甲于2026年3月5日在纸质协议上签名`.
fn signed_how(desk: &Desk) -> Option<Block> {
    let told = desk.case.parties_in_order().filter_map(|party| {
        let given = desk.case.mediation.signed.get(&party.id)?;
        let means = match (given.means, &given.hand) {
            (Some(Means::Online(_)), Some(_)) => "在本院诉讼服务平台手写签名",
            (Some(Means::Online(_)), None) => "在本院诉讼服务平台确认签名",
            (Some(Means::OnPaper), _) => "在纸质协议上签名",
            (None, _) => "签名",
        };
        Some(format!("{}于{}{means}", as_party(party), date_in_text(given.on)))
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| Block::text(format!("签名情况：{}。", told.join("；"))))
}

/// An agreement bears the day of the last signature under it; other papers the day they are written.
fn dated_on(desk: &Desk) -> Date {
    let signed = desk.case.mediation.signed.values().map(|given| given.on);
    signed.max().filter(|_| desk.kind == PaperKind::MediationAgreement).unwrap_or(desk.moment.today)
}

fn writer(desk: &Desk) -> Option<String> {
    let party = party_named(desk.case, &desk.order.about)?;
    desk.case.parties.get(&party).map(|party| party.name.clone())
}

fn name_of(party: &xiezhi_documents::facts::Party) -> &str {
    party.name.as_deref().unwrap_or_default()
}

fn row(label: &str, text: impl Into<String>) -> (String, Cell) {
    (label.to_owned(), vec![Span::text(text)])
}

fn names(facts: &CaseFacts, role: Role) -> String {
    facts.on_side(role).map(|(_, party)| name_of(party)).collect::<Vec<_>>().join("、")
}

fn receipt(desk: &Desk, facts: &CaseFacts) -> Block {
    let fees = &desk.case.fees;
    let cause = facts.cause.clone().unwrap_or_default();
    let number = facts.number.clone().unwrap_or_default();
    let sum = format!("{}元（大写：人民币{}）", fees.paid.in_document(), fees.paid.capitals());
    Block::KeyValue {
        rows: vec![
            row("案号", number),
            row("交款人", names(facts, Role::Plaintiff)),
            row("案由", cause),
            row("费用种类", "案件受理费"),
            row("已交金额", sum),
            row("票据号", fees.receipt_no.as_deref().unwrap_or("未开具票据号")),
            row("交纳日期", date_in_text(desk.moment.today)),
        ],
    }
}

/// Source: 《民事诉讼法》第一百条、第一百零一条; 《民诉法解释》第一百五十一条.
fn agreement(desk: &Desk, facts: &CaseFacts) -> Vec<Block> {
    let mut blocks = parties(facts);
    let cause = facts.cause.as_deref().unwrap_or_default();
    blocks.push(Block::text(format!("关于{cause}一案，经本院主持调解，各方当事人自愿达成如下协议：")));
    let Some(agreement) = &desk.case.mediation.agreement else {
        blocks.push(Block::Gap { what: "协议内容".to_owned() });
        return blocks;
    };
    let terms = agreement.terms.iter().map(|term| term.trim()).filter(|term| !term.is_empty());
    let numbers = (1..=u16::MAX).chain(std::iter::repeat(u16::MAX));
    blocks.extend(terms.zip(numbers).map(|(term, no)| Block::Order { no, spans: vec![Span::text(stopped(term))] }));
    if !agreement.costs.trim().is_empty() {
        blocks.push(Block::text(format!("诉讼费用负担：{}", stopped(&agreement.costs))));
    }
    blocks.push(Block::text(if agreement.effective_on_signature {
        "各方当事人一致同意，本调解协议自各方签名或者盖章之日起具有法律效力。"
    } else {
        "本院根据上述协议制作调解书，调解书经各方当事人签收后具有法律效力。"
    }));
    blocks.extend(signed_how(desk));
    blocks
}

fn stopped(text: &str) -> String {
    format!("{}。", text.trim().trim_end_matches(['。', '；']))
}

fn parties(facts: &CaseFacts) -> Vec<Block> {
    let line = |role: Role| {
        let one = move |(_, party): (usize, &xiezhi_documents::facts::Party)| {
            Block::text(format!("{}：{}", role.label(), name_of(party)))
        };
        facts.on_side(role).map(one).collect::<Vec<_>>()
    };
    Role::ALL.into_iter().flat_map(line).collect()
}

/// What the act's words say, each line a paragraph.
fn words(desk: &Desk) -> Vec<Block> {
    let About::Words { words, .. } = &desk.order.about else { return vec![] };
    words.lines().map(str::trim).filter(|line| !line.is_empty()).map(Block::text).collect()
}

fn case_line(facts: &CaseFacts) -> String {
    let number = facts.number.as_deref().unwrap_or_default();
    format!("{number}{}一案", facts.cause.as_deref().unwrap_or_default())
}

fn request(desk: &Desk, facts: &CaseFacts) -> Vec<Block> {
    let mut blocks = writer(desk).map(|name| Block::text(format!("申请人：{name}"))).into_iter().collect::<Vec<_>>();
    let matter = if desk.case.withdrawal_asked_by == party_named(desk.case, &desk.order.about) {
        "申请撤回起诉，事实和理由如下："
    } else {
        "提出申请如下："
    };
    blocks.push(Block::text(format!("申请人就{}{matter}", case_line(facts))));
    blocks.extend(words(desk));
    blocks.extend(to_court(facts.court.name.as_deref()));
    blocks
}

/// Source: 《民事诉讼法》第一百七十二条.
fn petition(desk: &Desk, facts: &CaseFacts) -> Vec<Block> {
    let appellant = writer(desk).unwrap_or_default();
    let own = |party: &&xiezhi_documents::facts::Party| name_of(party) == appellant;
    let (above, others): (Vec<_>, Vec<_>) = facts.parties.iter().partition(own);
    let line = |stands: &str, party: &xiezhi_documents::facts::Party| {
        Block::text(format!("{stands}（原审{}）：{}", party.role.label(), name_of(party)))
    };
    let mut blocks: Vec<Block> = above.into_iter().map(|party| line("上诉人", party)).collect();
    blocks.extend(others.into_iter().map(|party| line("被上诉人", party)));
    let court = facts.court.name.as_deref().unwrap_or_default();
    let said = format!("上诉人因{}，不服{court}的判决，现提出上诉。上诉请求和理由如下：", case_line(facts));
    blocks.push(Block::text(said));
    blocks.extend(words(desk));
    blocks.extend(to_court(facts.court.higher_court.as_deref()));
    blocks
}

fn to_court(court: Option<&str>) -> [Block; 2] {
    let court = Span::text(court.unwrap_or_default());
    [Block::text("此致"), Block::Paragraph { spans: vec![court], align: Align::Left }]
}

/// The sheet of the request decided last.
fn approval(desk: &Desk, facts: &CaseFacts) -> Block {
    let decided = desk.case.approvals.values().filter(|one| one.status != ApprovalStatus::Pending);
    let Some(approval) = decided.max_by_key(|one| (one.asked_on, one.id)) else {
        return Block::Gap { what: "审批事项".to_owned() };
    };
    let asker = approval.asked_by.map_or("—", |person| desk.people.name(person));
    let mut rows = vec![
        row("案号", facts.number.clone().unwrap_or_default()),
        row("案由", facts.cause.clone().unwrap_or_default()),
        row("审批事项", matter(approval)),
        row("申请人", asker),
        row("申请理由", approval.reason.as_str()),
        row("申请日期", date_in_text(approval.asked_on)),
    ];
    rows.extend(approval.words.iter().map(|word| {
        let opinion = format!("{}　{}", word.opinion, desk.people.name(word.by));
        row(post(word.post), opinion)
    }));
    rows.push(row("审批结果", if approval.status == ApprovalStatus::Granted { "同意" } else { "不同意" }));
    Block::KeyValue { rows }
}

/// What those who lead the court asked, read and said in a supervised case, and what they were answered.
///
/// Source: 法发〔2021〕30号 第十条、第十二条.
fn supervision(desk: &Desk) -> Block {
    let cell = |text: String| vec![Span::text(text)];
    let row = |act: &SupervisionAct| {
        let name = act.by.map_or("—", |person| desk.people.name(person));
        vec![
            cell(date_in_text(act.on)),
            cell(name.to_owned()),
            cell(deed(act.deed).to_owned()),
            cell(act.words.clone()),
        ]
    };
    Block::Table {
        head: ["日期", "人员", "监督管理事项", "内容"].map(str::to_owned).to_vec(),
        widths: vec![3, 2, 3, 6],
        rows: desk.case.supervised.iter().map(row).collect(),
    }
}

fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Marked => "标注为四类案件",
        Deed::Lifted => "解除标注",
        Deed::Asked => "对文书稿提出意见",
        Deed::Answered => "答复意见",
        Deed::Read => "审阅裁判文书",
        Deed::Doubted => "建议复议",
        Deed::PutForwardAnew => "复议后重新送签",
    }
}

fn matter(approval: &Approval) -> String {
    match &approval.matter {
        Matter::FeeAid { aid: FeeAid::Defer, .. } => "缓交诉讼费用".to_owned(),
        Matter::FeeAid { aid: FeeAid::Waive, .. } => "免交诉讼费用".to_owned(),
        Matter::FeeAid { remaining, .. } => format!("减交诉讼费用，仍应交纳{}元", remaining.in_document()),
        Matter::ExtendTrial { months } => format!("延长审理期限{months}个月"),
        Matter::ExcludePeriod { from_on, to_on, .. } => {
            format!("{}至{}不计入审理期限", date_in_text(*from_on), date_in_text(*to_on))
        }
        Matter::Stay { ground } => format!("中止诉讼：{ground}"),
        Matter::ChangeProcedure { to } => format!("转为{}", procedure(*to)),
        Matter::ReplaceMaterial { .. } => "替换卷宗材料".to_owned(),
        Matter::StrikeMaterial { .. } => "删除卷宗材料".to_owned(),
        Matter::SupplementArchive { kind, .. } => format!("归档后补充材料：{}", kind.name_zh()),
        Matter::RevokePaper { .. } => "撤销已发出的文书".to_owned(),
        Matter::EraseMaterial { .. } => "依法删除材料内容".to_owned(),
        Matter::CorrectArchived { .. } => "归档后补正文书笔误".to_owned(),
        Matter::SubmitCommittee { questions } => {
            let asked: Vec<&str> = questions.iter().map(|question| question.text.as_str()).collect();
            format!("提交审判委员会讨论：{}", asked.join("；"))
        }
        Matter::ReconsiderCommittee {} => "提请审判委员会复议".to_owned(),
        Matter::ShareOut { terms } => {
            let (with, until) = (&terms.with, date_in_text(terms.until_on));
            format!("向{}{}限时共享材料{}份，至{until}", with.organisation, with.name, terms.materials.len())
        }
    }
}

fn procedure(procedure: Procedure) -> &'static str {
    super::form_of(procedure).label()
}

fn post(post: Post) -> &'static str {
    match post {
        Post::Judge => "承办法官意见",
        Post::DivisionHead => "庭长意见",
        Post::VicePresident => "副院长意见",
        Post::President => "院长意见",
        Post::TrialManagement => "审判管理部门意见",
        Post::Archivist => "档案部门意见",
        _ => "审批意见",
    }
}
