//! The components of the frame, side by side: what no single page shows.

use maud::{Markup, html};
use serde::Serialize;
use xiezhi_domain::people::Post;

use super::{Piece, Sample, Samples, hang, lived::TODAY, on_post};
use crate::{
    frame::{prelude::*, tag::State},
    http::{prelude::*, showing::PageParts},
    messages::Lang,
};

/// A wall of components.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ComponentsView {
    /// States, tags, blanks, icons.
    States,
    /// A table with everything on: groups, ticks, a batch, paging.
    Table,
    /// A staff form with every field and island.
    StaffForm,
    /// A step of a party's form, with faults.
    PartyForm,
    /// A signature, and what a party is told.
    Signature,
}

pub(super) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ComponentsView, super::GalleryView]
}

impl Samples for ComponentsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let staff = || on_post(lang, Post::Judge);
        let party = || on_post(lang, Post::Party);
        vec![
            Sample::new("components-states", staff(), Self::States),
            Sample::new("components-table", staff(), Self::Table),
            Sample::new("components-staff-form", staff(), Self::StaffForm),
            Sample::new("components-party-form", party(), Self::PartyForm),
            Sample::new("components-signature", party(), Self::Signature),
        ]
    }
}

impl View for ComponentsView {
    fn page(&self, to: &Showing) -> Markup {
        match self {
            Self::States => states(to),
            Self::Table => table(to),
            Self::StaffForm => staff_form(to),
            Self::PartyForm => party_form(to),
            Self::Signature => signature(to),
        }
    }
}

fn states(to: &Showing) -> Markup {
    let lang = to.lang();
    let say = |zh, en| lang.pick(zh, en);
    let words = [
        (State::Done, say("已送达", "Served")),
        (State::Waiting, say("待送", "Waiting")),
        (State::Soon, say("剩2天", "2 days left")),
        (State::Overdue, say("逾期1天", "1 day overdue")),
        (State::Stopped, say("中止", "Stayed")),
    ];
    let sums = [
        Figure { figure: "186", name: say("在办", "Open"), note: say("较上月 −2", "−2"), href: "/cases" },
        Figure { figure: "97.8%", name: say("审限内结案率", "In time"), note: "134/137", href: "/cases" },
    ];
    let go = |zh, en| Verb::go(lang.pick(zh, en), "/cases");
    let title = say("状态与空白", "States and blanks");
    let verbs = html! {
        (Verb::act(say("提醒", "Remind"), "/look")) (go("删去", "Remove").danger()) (go("稍后", "Later").quiet()) (go("办理", "Act").primary())
    };
    let blanks = columns(
        html! {
            (Blank::empty(Icon::Cases, say("这里没有案件", "No cases here"), say("换一个筛选条件看看。", "Try another filter.")).verbs(vec![go("看全部", "Show all").primary()]).sheet())
            (Blank::failed(say("这一页没取到", "This page did not load"), say("不是您的问题，写过的都还在。", "It is not your fault; nothing you wrote is lost.")).verbs(vec![go("再试一次", "Try again").primary(), go("打电话给书记员", "Call the clerk")]).sheet())
        },
        html! {
            (Blank::not_found(say("没有这一页", "No such page"), say("也可能是不归您看。", "Or it is not yours to see.")).sheet())
            (Blank::archived(say("已归档", "Archived"), say("归档后只能借阅。", "An archived file can only be lent.")).sheet())
            section.sheet { (loading(lang)) }
        },
    );
    to.page(title, html! {
        (page_head(title, "", verbs))
        (stack(html! {
            (Sheet::new(say("五种状态", "Five states")).body(html! { div.line.wrap {
                @for (state, words) in words { (tag(state, words)) }
                (now(Icon::Star, say("新", "New"))) (kind("原告")) (proof_mark(lang, Proof::Recorded)) (proof_mark(lang, Proof::Signed)) (proof_mark(lang, Proof::Witnessed { by: 2, of: 3, demonstration: false }))
            } }))
            (figures(&sums))
            @for (state, words) in words { (note_of(state, html! { p { (words) " · " (say("本案已加密，只有合议庭可以打开。", "Sealed: the panel alone may open it.")) } })) }
            (Sheet::new(say("存证", "Proof")).body(proof_mark_explained(lang, Proof::Signed, 1042, "/record")))
            (blanks)
            (Sheet::new(say("图标", "Icons")).body(html! { div.line.wrap { @for icon in Icon::ALL { span.tag.word { (icon) } } } }))
        }))
    })
}

fn table(to: &Showing) -> Markup {
    let lang = to.lang();
    let say = |zh, en| lang.pick(zh, en);
    let row = |to: &str, number: &str, state: Markup, tick: Option<&'static str>| TableRow {
        cells: vec![
            html! { a href="/cases" { (to) } },
            html! { span.number { (number) } },
            html! { "民事判决书等 5 份" },
            html! { span.number { (TODAY) } },
            state,
            html! { a href="/cases" { (say("发送", "Send")) } },
        ],
        tick,
        ..TableRow::default()
    };
    let list = Table {
        caption: say("今天要送", "To serve today"),
        columns: vec![
            Column::new(say("受送达人", "Addressee"), OnPhone::Title).sorts("to"),
            Column::new(say("案号", "Case"), OnPhone::Second).sorts("number"),
            Column::new(say("文书", "Paper"), OnPhone::Second),
            Column::new(say("期限", "Due"), OnPhone::Second).sorts("due").named(),
            Column::new(say("状态", "State"), OnPhone::State),
            Column::new(say("办", "Act"), OnPhone::Act),
        ],
        rows: vec![
            TableRow {
                group: Some(say("今天到期", "Due today")),
                ..row("保连带", "（2026）鲁0691民初101号", tag(State::Soon, say("今天到期", "Today")), Some("1"))
            },
            TableRow {
                ticked: true,
                ..row("租客去", "（2026）鲁0691民初167号", tag(State::Overdue, say("逾期1天", "Overdue")), Some("2"))
            },
            TableRow {
                fresh: true,
                ticked: true,
                ..row(
                    "烟台架空装饰工程设计咨询服务有限责任公司",
                    "（2026）鲁0691民初1188号",
                    tag(State::Waiting, say("待送", "Waiting")),
                    Some("3"),
                )
            },
            TableRow {
                group: Some(say("已经送达", "Served")),
                ..row("业未交", "（2026）鲁0691民初606号", tag(State::Done, say("已送达", "Served")), None)
            },
            TableRow {
                struck: true,
                ..row("查无人", "（2026）鲁0691民初246号", tag(State::Stopped, say("待批公告", "Stopped")), None)
            },
        ],
        base: "/serve",
        order: "due",
        ticks: Some("service"),
        dense: true,
        keep: false,
    };
    let chips = [
        Tab { name: say("全部", "All"), href: "/serve", count: "30", here: true },
        Tab { name: say("电子", "Electronic"), href: "/serve", count: "23", here: false },
    ];
    let title = say("今天要送", "To serve today");
    to.page(title, html! {
        (page_head(title, "", html! { (Verb::go(say("导出", "Export"), "/cases.xlsx").icon(Icon::Download)) }))
        section.sheet {
            (filters(lang, Some((say("受送达人、案号", "Addressee, case"), "")), &chips, html! {}))
            form method="post" action="/look" {
                (to.command_field())
                (list.show(lang))
                (batch(say("已选", ""), 2, say("份", "selected"), say("都用电子送达；不含待签发 2。", "All by electronic service."), html! { (Verb::submit(say("发送", "Send")).primary().icon(Icon::Send).keys("Ctrl Enter")) }))
            }
            (paging(lang, Paging { page: 2, pages: 7, total: 190, base: "/serve" }))
        }
    })
}

fn staff_form(to: &Showing) -> Markup {
    let lang = to.lang();
    let say = |zh, en| lang.pick(zh, en);
    let rooms = [
        Choice::new("1", "第一法庭"),
        Choice::new("2", "第二法庭").note(say("有远程设备", "Remote equipment")),
        Choice::new("online", say("在线", "On line")),
    ];
    let speakers = ["审判长：", "原告：", "被告："].map(str::to_owned);
    let early = say("开庭日期在答辩期届满之前", "The day is before the answer period ends");
    let fields = html! {
        (to.command_field())
        (error_summary(lang, &[("on", early)]))
        (side_by_side(html! { (Field::new("on", say("日期", "Day")).value("2026-05-06").error(Some(early)).date()) (Field::new("at", say("时间", "Time")).value("09:00").time()) }))
        (Field::new("room", say("法庭", "Courtroom")).value("2").help(say("只列出空着的。", "Free ones only.")).choice_across(&rooms))
        (Field::new("clerk", say("书记员", "Clerk")).value("a").select(lang, &[Choice::new("a", "纪实录"), Choice::new("b", "送得到")]))
        (Field::new("claim", say("标的", "Value")).value("175,500.00").money(lang, "壹拾柒万伍仟伍佰元整"))
        (Field::new("note", say("给当事人的话", "A word to the parties")).optional(lang).placeholder(say("例如：请带证据原件", "For example: bring the originals")).textarea(3))
        (checkbox("public", html! { (say("公开审理", "In public")) }, true, None))
        (upload(lang, Upload { name: "files", field: "upload", label: say("附件", "Files"), help: say("PDF 或照片，每个不超过 50 MB。", "PDF or pictures, up to 50 MB each."), accept: ".pdf,image/*", max_bytes: 50_000_000, error: None }))
        (acts(&[Verb::submit(say("排期并发传票", "Schedule and summon")).primary().keys("Ctrl Enter"), Verb::submit_as(say("只存草稿", "Keep as draft"), "do", "keep")]))
    };
    let kept = transcript(
        lang,
        &Transcript {
            url: "/look",
            now: "/gallery",
            text: "审判长：现在开庭。",
            sha256: "0",
            label: say("庭审笔录", "Transcript"),
            speakers: &speakers,
            parts: &["【法庭调查】".to_owned()],
            hidden: html! {},
            keep: say("存下", "Keep"),
        },
    );
    let title = say("排期", "Schedule a hearing");
    let islands = vec![Island::Upload, Island::Signature, Island::Transcript];
    let verb = Some(Verb::submit_form(say("排期并发传票", "Schedule"), "schedule"));
    to.page_with(title, PageParts { islands, verb, ..PageParts::default() }, html! {
        (page_head(title, "", draft_mark_for(lang, "schedule", Some("09:41"))))
        (columns(
            bare_sheet(form(FormTo { id: Some("schedule"), action: "/look", files: true, ..FormTo::default() }, fields)),
            html! {
                (Sheet::new(say("签名", "Signature")).body(html! { form method="post" action="/look" { (to.command_field()) (signature_pad(lang, "程公允", None)) } }))
                (Sheet::new(say("笔录", "Transcript")).body(kept))
            },
        ))
    })
}

fn party_form(to: &Showing) -> Markup {
    let lang = to.lang();
    let pick = |zh, en| lang.pick(zh, en);
    let steps = [
        ("告什么事", "What about"),
        ("您是谁", "Who you are"),
        ("借了多少", "How much"),
        ("交证据", "Evidence"),
        ("看一遍，签名", "Read and sign"),
    ];
    let steps: Vec<WayStep<'_>> = steps
        .iter()
        .enumerate()
        .map(|(i, (zh, en))| WayStep { name: lang.pick(*zh, *en), href: (i < 2).then_some("/filings/new") })
        .collect();
    let yes_no = [Choice::new("none", pick("没有", "No")), Choice::new("some", pick("扣了一些", "Some"))];
    let id = [
        Choice::new("known", pick("我知道，现在填", "I know it")),
        Choice::new("unknown", pick("我不知道", "I don't know"))
            .note(pick("不影响起诉，法院会去查", "The court will look it up")),
    ];
    let decimals = pick("金额最多两位小数", "At most two decimals");
    let fields = html! {
        (to.command_field())
        (error_summary(lang, &[("sum", decimals)]))
        (bare_sheet(html! { div.form {
            (Field::new("on", pick("哪天给的", "Which day")).value("2024-06-01").date())
            (Field::new("sum", pick("给了多少", "How much")).value("150000.005").error(Some(decimals)).money(lang, ""))
            (Field::new("who", pick("他的姓名", "Their name")).value("易欠款").help(pick("身份证上的名字。只知道小名，也先写上。", "As on the identity card.")).autocomplete("off").text())
        } }))
        (Field::new("deducted", pick("给钱的时候，有没有先扣掉利息？", "Was interest deducted beforehand?")).value("none").help(pick("先扣掉的利息不算本金。", "It does not count as principal.")).choice_across(&yes_no))
        (Field::new("id", pick("他的身份证号", "Their identity number")).value("unknown").choice(&id))
        (explain(pick("法律怎么说", "What the law says"), html! { p.muted lang="zh-CN" { "预先在本金中扣除利息的，按实际出借的金额认定本金（民间借贷规定第26条）。" } }))
    };
    let aside = html! {
        (Sheet::new(pick("写到哪了", "Where you are")).body(way(&steps, 2)))
        (note(Icon::Microphone, html! { p { (pick("慢慢写，页面不会过期。", "Take your time; this page does not expire.")) } }))
    };
    let parts = PageParts {
        back: Some((pick("上一步", "Back"), "/filings/new")),
        place: pick("起诉：民间借贷", "Claim: loan"),
        verb: Some(Verb::submit_form(pick("下一步", "Next"), "loan")),
        aside: Some(aside),
        ..PageParts::default()
    };
    to.page_with(
        pick("借了多少", "How much"),
        parts,
        html! {
            (step_bar_with(lang, 3, 5, "", draft_mark_for(lang, "loan", Some("14:41"))))
            h1 { (pick("什么时候、借给他多少？", "When, and how much?")) }
            p.muted { (pick("给过几次就记几笔。", "One entry for each time.")) }
            (form(FormTo { id: Some("loan"), action: "/look", ..FormTo::default() }, fields))
        },
    )
}

fn signature(to: &Showing) -> Markup {
    let lang = to.lang();
    let pick = |zh, en| lang.pick(zh, en);
    let parts = PageParts {
        back: Some((pick("返回", "Back"), "/home")),
        place: pick("我的案件", "My cases"),
        other: Some(Verb::go(pick("先不签", "Not now"), "/home")),
        verb: Some(Verb::submit_form(pick("确认签名", "Sign"), "sign").icon(Icon::Signature)),
        islands: vec![Island::Signature],
        ..PageParts::default()
    };
    let later = html! {
        p { (pick("没有人上诉的话，5月12日（周二）起可以申请，2年内都行。", "From 12 May (Tue) on, for two years.")) }
        (acts(&[Verb::go(pick("看看怎么算的", "See how it is counted"), "/tools/period").icon(Icon::Bell)]))
    };
    to.page_with(pick("我的案件", "My cases"), parts, html! {
        h1 { (pick("请您签名", "Please sign")) }
        (say(State::Stopped, pick("还没到时候", "Not yet"), pick("现在还不能申请强制执行", "Enforcement cannot be requested yet"), later))
        (bare_sheet(html! { form #sign method="post" action="/look" { (to.command_field()) (signature_pad(lang, "柳无声", None)) } }))
    })
}
