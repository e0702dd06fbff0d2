//! What single papers say, and the turns a case may take.

use xiezhi_domain::{
    approval::Matter,
    case::Procedure,
    closing::ClosingCommand,
    drafting::{DraftContent, DraftingCommand, DraftingRefusal},
    evidence::{Answer, EvidenceCommand},
    filing::FilingCommand,
    hearing::{Appearance, HearingCommand, Mode},
    ids::DocumentId,
    law::element_form::{self, Answer as Given},
    law::money::Fen,
    paper::PaperKind,
    party::Claim,
    people::Post,
    review::{CorrectionItem, ReviewCommand},
    service::{Channel, Receipt, ServiceCommand, Taking, Witness},
};

use super::{
    cast::staff,
    court::Court,
    example::{account, example, party},
    gaps, holds, printed,
    steps::ruling,
    text_of, told,
};

#[test]
fn the_complaint_tells_parties_claims_and_reasons() {
    let text = text_of(&printed(&told::loan()), PaperKind::Complaint);
    let wanted = [
        "原告：贾借出",
        "被告：易欠款",
        "被告：保连带",
        "诉讼请求",
        "事实与理由",
        "此致",
        "烟台经济技术开发区人民法院",
    ];
    holds(&text, &wanted);
    for claim in example(1).0["claims"].as_array().expect("claims") {
        holds(&text, &[claim.as_str().expect("text").trim_end_matches(['。', '；'])]);
    }
}

#[test]
fn what_the_filer_does_not_know_is_passed_over_without_a_gap() {
    let told = example(1);
    let mut court = Court::on_day("2026-02-27");
    told.register(&mut court.people);
    let mut application = told.application();
    for defendant in application.parties.iter_mut().skip(1) {
        (defendant.sex, defendant.birth_on, defendant.ethnicity) = (None, None, None);
        (defendant.id_no, defendant.occupation, defendant.phone, defendant.address) = (None, None, None, None);
    }
    application.agents[0].firm = None;
    let application = Box::new(application);
    court.act(&account(0), FilingCommand::Submit { application }).expect("a definite defendant is enough");
    court.on("2026-03-02");
    court.file(Procedure::Summary).expect("the case is filed");
    court.pay();
    court.schedule("2026-03-30", Mode::InPerson);
    let papers = printed(&court);
    assert_eq!(gaps(&papers), []);
    holds(&text_of(&papers, PaperKind::Complaint), &["被告：易欠款。", "执业机构或者身份未填写"]);
    holds(&text_of(&papers, PaperKind::Summons), &["住所：不详"]);
}

#[test]
fn the_fee_notice_shows_each_step_of_the_sum() {
    let text = text_of(&printed(&told::loan()), PaperKind::FeeNotice);
    holds(
        &text,
        &[
            "案件受理费全额：175500×2%＋300＝3810元（《诉讼费用交纳办法》第十三条第一项）",
            "适用简易程序减半交纳：3810÷2＝1905元（《诉讼费用交纳办法》第十六条）",
            "1905元（大写：人民币壹仟玖佰零伍元整）",
            "2026年3月9日",
        ],
    );
    let by_the_piece = text_of(&printed(&told::labour()), PaperKind::FeeNotice);
    holds(&by_the_piece, &["按件交纳：每件10元＝10元", "适用简易程序减半交纳：10÷2＝5元"]);
}

#[test]
fn the_summons_tells_whom_when_and_where() {
    let papers = printed(&told::loan());
    let summons = super::of_kind(&papers, PaperKind::Summons);
    let of =
        |name: &str| summons.iter().find(|paper| paper.title == format!("传票（{name}）")).expect("a summons").text();
    holds(&of("易欠款"), &["被传唤人：易欠款", "应到时间：2026年3月27日9时00分", "应到处所：第三法庭", "审判员："]);
    let online = text_of(&printed(&told::small_claim()), PaperKind::Summons);
    holds(&online, &["应到处所：本院诉讼服务平台在线法庭"]);
}

#[test]
fn the_judgment_tells_the_course_the_evidence_and_the_judges_words() {
    let text = text_of(&printed(&told::loan()), PaperKind::Original);
    let told = example(1);
    holds(
        &text,
        &[
            "民事判决书",
            told.text("case_no"),
            "依法适用简易程序",
            "质证意见：易欠款对关联性有异议，对真实性、合法性无异议，理由：与本案借款无关",
            "本院认证意见：部分采信，与转账记录相互印证",
            "本院认为，",
            "加倍支付迟延履行期间的债务利息",
            "上诉于山东省烟台市中级人民法院",
        ],
    );
    for order in told.0["outcome"]["orders"].as_array().expect("orders") {
        holds(&text, &[order.as_str().expect("text").trim_end_matches(['。', '；'])]);
    }
}

#[test]
fn who_was_summoned_and_stayed_away_is_judged_by_default() {
    let text = text_of(&printed(&told::accident()), PaperKind::Original);
    holds(&text, &["被告车速达经传票传唤无正当理由拒不到庭参加诉讼。", "车速达未作答辩。"]);
}

#[test]
fn a_small_claim_ends_with_one_instance_and_says_so() {
    let papers = printed(&told::small_claim());
    holds(
        &text_of(&papers, PaperKind::Original),
        &["适用小额诉讼程序", "通过本院诉讼服务平台在线公开开庭", "本判决为终审判决"],
    );
    let record = text_of(&papers, PaperKind::PronouncementRecord);
    holds(&record, &["当庭宣判", "已告知上诉权利、期限和法院"]);
    assert!(!record.contains("见下文") && !record.contains("告知："), "nothing that nobody entered:\n{record}");
}

#[test]
fn the_minutes_of_the_panel_keep_the_dissent_with_its_reasons() {
    let papers = printed(&told::sale());
    holds(
        &text_of(&papers, PaperKind::DeliberationMinutes),
        &["不同意“按鉴定意见扣减”的意见", "扣减过多", "按多数意见扣减"],
    );
    let letter = text_of(&papers, PaperKind::TransferLetter);
    holds(
        &letter,
        &["烟台假想机械有限公司", "收到上诉状日期：2026年5月20日", "上诉状副本送达日期：2026年5月22日", "未由本院收取"],
    );
}

#[test]
fn the_mediation_statement_tells_the_terms_and_the_costs() {
    let papers = printed(&told::divorce(true));
    assert_eq!(gaps(&papers), []);
    let told = example(3);
    // The statement is written as the original that is signed.
    for kind in [PaperKind::MediationAgreement, PaperKind::Original] {
        let text = text_of(&papers, kind);
        holds(&text, &[told.text("outcome.cost").trim_end_matches('。')]);
        let first = told.text("outcome.agreement.0").trim_end_matches(['。', '；']).to_owned();
        holds(&text, &[&first]);
    }
}

#[test]
fn signatures_are_printed_into_the_mediation_agreement_with_who_when_and_how() {
    let court = told::divorce(true);
    let papers = printed(&court);
    let agreements = super::of_kind(&papers, PaperKind::MediationAgreement);
    let hands = agreements.iter().map(|paper| paper.document.clone().hands_mut().count());
    assert_eq!(hands.collect::<Vec<_>>(), [0, 1, 1], "each signature is printed: by hand, then with the account");
    let names: Vec<&str> = court.case().parties_in_order().map(|party| party.name.as_str()).collect();
    assert!(!agreements[0].text().contains("签名情况"), "nobody has signed yet");
    let how = |name: &str, means: &str| format!("{name}于2026年5月11日在本院诉讼服务平台{means}签名");
    holds(&agreements[1].text(), &[&how(names[0], "手写")]);
    assert!(!agreements[1].text().contains(&how(names[1], "确认")));
    holds(&agreements[2].text(), &[&how(names[0], "手写"), &how(names[1], "确认")]);
}

#[test]
fn parties_may_settle_before_any_hearing_or_answer() {
    let (mut court, told) = Court::filed(3, "2026-04-10");
    court.pay();
    court.link(1, &told);
    court.serve_online(1);
    told::settle(&mut court, &told, false);
    let papers = printed(&court);
    assert_eq!(gaps(&papers), []);
    holds(&text_of(&papers, PaperKind::Original), &["当事人自愿达成如下协议"]);
}

#[test]
fn the_certificate_of_electronic_service_lists_each_paper_with_its_digest() {
    let papers = printed(&told::loan());
    let certificates = super::of_kind(&papers, PaperKind::ElectronicServiceCertificate);
    let first = certificates.first().expect("papers went on line").text();
    holds(
        &first,
        &[
            "受送达人：易欠款",
            "《民事起诉状》",
            "《应诉通知书》",
            "《民事起诉状》摘要值",
            "到达时间：2026年3月6日15时20分",
        ],
    );
    holds(&first, &["送达地址确认书同意电子送达（2026年3月4日）"]);
    let receipt = super::of_kind(&papers, PaperKind::ServiceReceipt);
    holds(
        &receipt.first().expect("papers went by post").text(),
        &["邮寄送达", "送达日期：2026年3月6日", "收件人：本人"],
    );
}

#[test]
fn an_announcement_is_served_with_a_receipt_of_its_own() {
    let (mut court, _) = Court::filed(2, "2026-01-08");
    court.pay();
    let posted = court.send(1, Channel::Postal);
    let reason = "查无此人".to_owned();
    court.act(&court.clerk(), ServiceCommand::RecordFailure { service: posted, reason }).expect("a failure is noted");
    let announced = court.send(1, Channel::Announcement);
    court.publish(announced);
    court.on("2026-04-20");
    let papers = printed(&court);
    assert_eq!(gaps(&papers), []);
    holds(&text_of(&papers, PaperKind::ServiceReceipt), &["送达方式：公告送达", "人民法院报"]);
}

#[test]
fn the_receipt_of_papers_that_were_left_says_so_with_the_reason_and_who_saw_it() {
    let (mut court, _) = Court::filed(2, "2026-01-08");
    let service = court.send(1, Channel::Direct);
    let witnesses = vec![Witness { name: "居某".to_owned(), of: "某某社区居民委员会".to_owned() }];
    let taking = Taking::Left { reason: "公司负责人拒绝签收。".to_owned(), witnesses };
    let receipt = Receipt { on: court.today(), name: String::new(), taking, noted: None };
    court.act(&court.clerk(), ServiceCommand::RecordReceipt { service, receipt, shown_by: vec![] }).expect("left");
    let papers = printed(&court);
    let left = "公司负责人拒绝签收；见证人：居某（某某社区居民委员会）";
    holds(&text_of(&papers, PaperKind::ServiceReceipt), &["送达方式：留置送达", left]);
}

#[test]
fn the_correction_notice_lists_everything_at_once() {
    let (mut court, _) = Court::submitted(2, "2026-01-08");
    let item = CorrectionItem { field: "claims".to_owned(), what: "写明违约金的计算方式".to_owned() };
    let clerk = staff(Post::FilingClerk);
    court.act(&clerk, ReviewCommand::RequestCorrection { items: vec![item] }).expect("corrections are asked");
    let papers = printed(&court);
    assert_eq!(gaps(&papers), []);
    holds(&text_of(&papers, PaperKind::CorrectionNotice), &["写明违约金的计算方式", "前补正"]);
    holds(&text_of(&papers, PaperKind::Receipt), &["2026年1月8日", "就买卖合同纠纷提交的起诉材料"]);
}

#[test]
fn a_ruling_on_withdrawal_has_the_day_of_the_request_and_the_judges_orders() {
    let (mut court, _) = Court::filed(2, "2026-01-08");
    court.pay();
    court.on("2026-01-20");
    let ask = ClosingCommand::AskWithdrawal { party: party(0), reason: "双方已经和解。".to_owned() };
    court.act(&account(0), ask).expect("a plaintiff may ask");
    court.on("2026-01-22");
    let reasoning = "原告撤诉是对自己诉讼权利的处分，不违反法律规定。".to_owned();
    let document = court.put_forward(PaperKind::WithdrawalRuling, DraftContent { reasoning, ..ruling() });
    court.issue(document);
    court.pronounce(document, false);
    let papers = printed(&court);
    assert_eq!(gaps(&papers), []);
    holds(&text_of(&papers, PaperKind::Request), &["申请撤回起诉", "双方已经和解。"]);
    let text = text_of(&papers, PaperKind::Original);
    holds(
        &text,
        &[
            "民事裁定书",
            "于2026年1月20日向本院提出撤诉申请",
            "不违反法律规定",
            "准许原告撤回起诉。",
            "案件受理费由原告负担",
        ],
    );
    let record = text_of(&papers, PaperKind::PronouncementRecord);
    holds(&record, &["宣布裁定"]);
    assert!(!record.contains("上诉于"), "a ruling on withdrawal can't be appealed:\n{record}");
}

#[test]
fn an_unpaid_fee_leads_to_a_ruling_with_the_day_of_the_notice() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.on("2026-03-10");
    let reasoning = "原告在规定期限内未预交案件受理费。".to_owned();
    let orders = vec!["本案按撤诉处理。".to_owned()];
    let content = DraftContent { reasoning, orders, ..ruling() };
    court.put_forward(PaperKind::DeemedWithdrawalRuling, content);
    let papers = printed(&court);
    assert_eq!(gaps(&papers), []);
    holds(
        &text_of(&papers, PaperKind::Original),
        &["本院于2026年3月2日向", "送达交纳诉讼费用通知书", "本案按撤诉处理。"],
    );
}

#[test]
fn rulings_in_the_course_of_a_case_are_counted_and_name_what_changes() {
    let (mut court, _) = Court::filed(6, "2026-04-03");
    court.pay();
    court.approve(Matter::Stay {
        ground: "本案须以另案的审理结果为依据，而另案尚未审结".to_owned()
    });
    court.on("2026-04-20");
    let judge = court.judge();
    court.act(&judge, xiezhi_domain::procedure::ProcedureCommand::Resume).expect("the stay ends");
    court.approve(Matter::ChangeProcedure { to: Procedure::Ordinary });
    let papers = printed(&court);
    assert_eq!(gaps(&papers), []);
    holds(&text_of(&papers, PaperKind::StayRuling), &["之一", "第一百五十三条第一款第五项", "本案中止诉讼。"]);
    let text = text_of(&papers, PaperKind::ConversionRuling);
    holds(&text, &["之二", "依法适用小额诉讼程序", "转为普通程序"]);
}

#[test]
fn the_answer_shows_only_the_elements_its_writer_spoke_to() {
    let told = example(1);
    let mut court = Court::on_day("2026-02-27");
    told.register(&mut court.people);
    let form = element_form::form_for(told.text("cause_code")).expect("loans have a form");
    let fields: Vec<_> = form.disputable().take(2).collect();
    let mut application = told.application();
    application.elements =
        fields.iter().map(|field| (field.id.clone(), Given::Text("借款十五万元".to_owned()))).collect();
    let application = Box::new(application);
    court.act(&account(0), FilingCommand::Submit { application }).expect("submitted");
    court.on("2026-03-02");
    court.file(Procedure::Summary).expect("filed");
    court.link(1, &told);
    let elements = [
        (fields[0].dispute_id(), Given::Choice(vec!["有异议".to_owned()])),
        (fields[0].reply_id(), Given::Text("已经归还一部分".to_owned())),
    ];
    let answer = Answer {
        party: party(1),
        words: "本金数额有误。".to_owned(),
        elements: elements.into_iter().collect(),
        counterclaims: vec![],
    };
    court.act(&account(1), EvidenceCommand::Answer { answer }).expect("answered");
    let papers = printed(&court);
    assert_eq!(gaps(&papers), []);
    holds(&text_of(&papers, PaperKind::Complaint), &[&fields[0].label_zh, &fields[1].label_zh]);
    let text = text_of(&papers, PaperKind::Answer);
    holds(&text, &["本金数额有误。", &fields[0].label_zh, "有异议", "已经归还一部分"]);
    assert!(!text.contains(&fields[1].label_zh), "nothing was said to it:\n{text}");
}

#[test]
fn a_counterclaim_nobody_answered_is_told_as_such() {
    let (mut court, told) = Court::filed(2, "2026-01-08");
    court.pay();
    court.link(1, &told);
    court.serve_online(1);
    let answer = Answer {
        party: party(1),
        words: "管件不合格造成停工。".to_owned(),
        elements: Default::default(),
        counterclaims: vec![Claim {
            text: "判令反诉被告赔偿停工损失5000元".to_owned(), amount: Some(Fen(500_000))
        }],
    };
    court.act(&account(1), EvidenceCommand::Answer { answer }).expect("answered");
    let papers = printed(&court);
    assert_eq!(gaps(&papers), []);
    holds(
        &text_of(&papers, PaperKind::Counterclaim),
        &["反诉请求", "判令反诉被告赔偿停工损失5000元", "管件不合格造成停工"],
    );
    let facts = crate::papers::facts(court.case(), &court.people, &court.rules);
    assert!(facts.counterclaim.is_some_and(|raised| raised.unanswered));
}

#[test]
fn who_came_is_read_from_the_clerks_words() {
    let (mut court, told) = Court::filed(2, "2026-01-08");
    court.pay();
    court.link(1, &told);
    court.serve_online(1);
    let hearing = court.schedule("2026-03-10", Mode::InPerson);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-03-10");
    let agent = told.text("agents.0.name").to_owned();
    let appearances = vec![
        Appearance::told(party(0), true, &format!("委托诉讼代理人{agent}")),
        Appearance::told(party(1), true, "法定代表人"),
    ];
    court
        .act(&court.judge(), HearingCommand::Open { hearing, appearances, late_because: None })
        .expect("the hearing opens");
    let facts = crate::papers::facts(court.case(), &court.people, &court.rules);
    assert_eq!(facts.hearings[0].appeared, [agent, "烟台假想机械有限公司".to_owned()]);
}

#[test]
fn what_only_a_judge_can_say_is_asked_for_before_a_ruling_goes_to_be_signed() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.on("2026-03-10");
    let document = DocumentId(court.fresh());
    let (judge, kind) = (court.judge(), PaperKind::DeemedWithdrawalRuling);
    let content = DraftContent { reasoning: String::new(), ..ruling() };
    court.act(&judge, DraftingCommand::Save { document, kind, content, based_on: 0 }).expect("a draft may have gaps");
    let forward = court.act(&judge, DraftingCommand::PutForward { document });
    assert_eq!(forward, Err(DraftingRefusal::Incomplete { what: vec!["reasoning".to_owned()] }.into()));
}

#[test]
fn a_ruling_of_non_acceptance_writes_itself_but_for_the_reasons() {
    let (mut court, _) = Court::submitted(1, "2026-02-27");
    let refuse = ReviewCommand::NotAccept { reason: "不属于人民法院受理民事诉讼的范围".to_owned() };
    court.act(&staff(Post::FilingClerk), refuse).expect("the suit is laid before a judge");
    let reasoning = court.case().review.turned_away_because.clone().expect("the clerk's reason");
    court.put_forward(PaperKind::NonAcceptance, DraftContent { reasoning, ..DraftContent::default() });
    let papers = printed(&court);
    assert_eq!(gaps(&papers), []);
    holds(
        &text_of(&papers, PaperKind::Original),
        &["起诉人：贾借出", "本院不予受理", "不属于人民法院受理民事诉讼的范围", "十日内"],
    );
}

#[test]
fn facts_lead_to_where_they_stand() {
    use xiezhi_documents::structure::Source;
    let court = told::loan();
    let facts = crate::papers::facts(court.case(), &court.people, &court.rules);
    let is_paper = |path: &str| matches!(facts.source_of(path), Some(Source::Material { .. }));
    for path in ["evidence.0", "answers.0", "hearings.0", "addresses.0"] {
        assert!(is_paper(path), "{path}");
    }
    assert!(matches!(facts.source_of("claims.0"), Some(Source::Field { .. })));
    assert_eq!(facts.source_of("court.name"), Some(&Source::Court));
}
