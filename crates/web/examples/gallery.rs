//! Writes every component, in both languages, as pages that a browser can open: `cargo run --example gallery -- FOLDER`.
//!
//! The folder holds the pages and a copy of the built front end; `ui/gallery.mjs` photographs and checks them.

use std::{error::Error, fs, path::Path};
use xiezhi_web::frame::tag::State;

use jiff::civil::date;
use xiezhi_web::{
    frame::prelude::*,
    messages::{Lang, amount, day_spoken},
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    for lang in Lang::ALL {
        for (name, page) in pages(lang) {
            fs::write(folder.join(format!("{name}.{}.html", lang.code())), page.into_string())?;
        }
    }
    Ok(())
}

fn pages(lang: Lang) -> Vec<(&'static str, Markup)> {
    vec![
        ("workbench", workbench(lang)),
        ("case", case(lang)),
        ("table", table(lang)),
        ("states", states(lang)),
        ("staff-form", staff_form(lang)),
        ("party-home", party_home(lang)),
        ("party-form", party_form(lang)),
        ("party-blank", party_blank(lang)),
        ("sign-in", sign_in(lang)),
    ]
}

fn shell<'a>(lang: Lang, title: &'a str) -> Shell<'a> {
    Shell {
        look: Look { lang, ..Look::default() },
        title,
        court: "烟台经济技术开发区人民法院",
        court_short: "烟台开发区法院",
        setting: Setting::Demonstration,
        here: "/",
        call: Some((lang.pick("打 12368 问一问", "Call 12368"), "12368")),
        islands: vec![Island::Upload, Island::Signature, Island::Transcript],
    }
}

fn staff<'a>(lang: Lang, here: usize, verb: Option<Verb<'a>>) -> StaffFrame<'a> {
    let rail = [
        (Icon::Workbench, lang.pick("工作台", "Workbench"), 0, 'w'),
        (Icon::Cases, lang.pick("案件", "Cases"), 32, 'c'),
        (Icon::Hearing, lang.pick("开庭", "Hearings"), 2, 'h'),
        (Icon::Panel, lang.pick("合议", "Panel"), 1, 'p'),
        (Icon::Writing, lang.pick("文书", "Papers"), 6, 'd'),
        (Icon::Send, lang.pick("送达", "Service"), 4, 's'),
        (Icon::Stamp, lang.pick("待签", "To sign"), 5, 'g'),
        (Icon::Paper, lang.pick("公文", "Office"), 3, 'o'),
        (Icon::Money, lang.pick("报销", "Expenses"), 0, ' '),
        (Icon::Chart, lang.pick("监督", "Oversight"), 0, ' '),
    ];
    let rail = rail.into_iter().enumerate().map(|(i, (icon, words, count, letter))| RailItem {
        href: "#",
        icon,
        words,
        count,
        here: i == here,
        letter,
        apart: i == 7,
    });
    StaffFrame {
        name: "程公允",
        role: lang.pick("审判员", "Judge"),
        notices: 3,
        rail: rail.collect(),
        verb,
        home: "/",
        search: "/search",
        notices_at: "/notices",
        help_at: "/help",
        sign_out_at: "/sign-out",
        ..StaffFrame::default()
    }
}

fn workbench(lang: Lang) -> Markup {
    let today = date(2026, 4, 24);
    let say = |zh, en| lang.pick(zh, en);
    let verb = |zh, en| Some(Verb::go(lang.pick(zh, en), "#"));
    let more = || {
        vec![
            Verb::go(say("转办", "Hand over"), "#").icon(Icon::Return),
            Verb::act(say("催办", "Remind"), "#").icon(Icon::Bell),
        ]
    };
    let pile = [
        Row {
            what: "烟台虚构管业有限公司 诉 烟台假想机械有限公司",
            href: "#",
            facts: vec!["（2026）鲁0691民初202号", "买卖合同", "您还有 14 页未读"],
            state: Some(Due::new(today, today).tag(lang)),
            by: "合议室二",
            verb: verb("接着读", "Read on"),
            more: more(),
            fresh: true,
        },
        Row {
            what: "房东来 诉 租客去",
            href: "#",
            facts: vec!["（2026）鲁0691民初167号", "房屋租赁合同", "已开庭，草稿写到“本院认为”"],
            state: Some(Due::new(date(2026, 4, 23), today).tag(lang)),
            by: "制作期 04-23",
            verb: verb("续写", "Write on"),
            more: more(),
            fresh: false,
        },
        Row {
            what: "贾货真 诉 烟台虚构商贸有限公司",
            href: "#",
            facts: vec!["（2026）鲁0691民初143号", "产品责任", "合议庭三人意见一致，可以制作判决书"],
            state: Some(Due::new(date(2026, 4, 26), today).tag(lang)),
            by: "制作期 04-26",
            verb: verb("起草", "Draft"),
            more: more(),
            fresh: false,
        },
        Row {
            what: "股有名 诉 烟台如假投资有限公司",
            href: "#",
            facts: vec!["（2026）鲁0691民初121号", "股权转让"],
            state: Some(tag(State::Done, say("可签", "Ready"))),
            by: "04-30",
            verb: verb("核对", "Check"),
            more: more(),
            fresh: true,
        },
        Row {
            what: "烟台虚拟建材有限公司 诉 山东假想建设有限公司",
            href: "#",
            facts: vec!["（2026）鲁0691民初096号", "建设工程施工合同"],
            state: Some(Due::new(date(2026, 5, 8), today).tag(lang)),
            by: "05-08",
            verb: verb("起草", "Draft"),
            more: more(),
            fresh: false,
        },
    ];
    let strip = [
        Pile {
            count: 7, name: say("可以写", "Can write"), note: say("1 件逾期", "1 overdue"), href: "#", here: true
        },
        Pile {
            count: 4,
            name: say("可以开庭", "Can hear"),
            note: say("庭前已备齐", "all prepared"),
            href: "#",
            here: false,
        },
        Pile {
            count: 17,
            name: say("等别人", "Waiting"),
            note: say("最久 41 天", "longest 41 days"),
            href: "#",
            here: false,
        },
        Pile {
            count: 4,
            name: say("快到期", "Due soon"),
            note: say("7 个工作日内", "within 7 days"),
            href: "#",
            here: false,
        },
        Pile {
            count: 5,
            name: say("待签", "To sign"),
            note: say("判决 2·裁定 3", "2 judgments"),
            href: "#",
            here: false,
        },
    ];
    let hearings = [
        Item {
            href: Some("#"),
            title: "09:00 钱未还 等民间借贷",
            notes: vec!["第一法庭·民初231号"],
            state: Some(tag(State::Done, say("已结束", "Ended"))),
            ..Item::default()
        },
        Item {
            href: Some("#"),
            title: "11:00 文如据 诉 虚构租赁公司",
            notes: vec!["在线·民初219号"],
            state: Some(now(Icon::People, say("候审 2/3", "2/3 here"))),
            ..Item::default()
        },
        Item {
            href: Some("#"),
            title: "15:00 管业公司 诉 机械公司（评议）",
            notes: vec!["合议室二·民初202号"],
            state: Some(tag(State::Waiting, say("待开始", "Later"))),
            ..Item::default()
        },
    ];
    let notices = [
        Line {
            end: Some(html! { "昨天 16:42" }),
            fresh: true,
            ..Line::new(html! { "机械公司提交" a href="#" { "代理词" } "（3页），202号" })
        },
        Line {
            end: Some(html! { "今天 08:51" }),
            fresh: true,
            ..Line::new(html! { "保险公司申请延期开庭，219号，待答复" })
        },
    ];
    let content = html! {
        (page_head(say("工作台", "Workbench"), &day_spoken(lang, today), html! { (Verb::go(say("本周日程", "This week"), "#").icon(Icon::Calendar)) }))
        (columns(
            html! { div { (piles(&strip)) (Sheet::new(say("可以写", "Can write")).note(say("按期限排", "by due day")).flush(rows(lang, &pile))) } },
            html! {
                (Sheet::new(say("今天", "Today")).more(say("下周 5 庭", "Next week: 5"), "#").flush(items(&hearings)))
                (Sheet::new(say("通知", "Notices")).extra(html! { (Count(3)) }).more(say("全部", "All"), "#").flush(live("notices", "inbox:1", None, lines(&notices))))
            },
        ))
    };
    staff_page(
        &shell(lang, say("工作台", "Workbench")),
        &staff(lang, 0, Some(Verb::go(say("接着读 202号，余14页", "Read on, 14 pages"), "#").icon(Icon::Book))),
        content,
    )
}

fn case(lang: Lang) -> Markup {
    let say = |zh, en| lang.pick(zh, en);
    let way = [
        ("立案", "01-12"),
        ("送达", "01-14"),
        ("鉴定", "02-24 至 03-31"),
        ("开庭", "04-21"),
        ("评议", "今天 15:00"),
        ("文书", "05-06 前"),
        ("宣判送达", ""),
        ("归档", ""),
    ];
    let way: Vec<Stage> = way.iter().map(|(name, when)| Stage { name, when }).collect();
    let parts = [
        ("概览", ""),
        ("电子卷", "112页"),
        ("当事人", "2"),
        ("送达", "8/8"),
        ("开庭", "1"),
        ("合议", "1"),
        ("文书", "9"),
        ("费用", ""),
        ("申请", "1"),
        ("留痕", ""),
    ];
    let parts: Vec<Tab> =
        parts.iter().enumerate().map(|(i, (name, count))| Tab { name, href: "#", count, here: i == 0 }).collect();
    let head = CaseHead {
        up: (say("案件", "Cases"), "#"),
        number: "（2026）鲁0691民初202号",
        tags: vec![
            now(Icon::Panel, say("评议中", "Deliberation")),
            tag(State::Stopped, say("已扣除鉴定35日", "35 days excluded")),
        ],
        title: "烟台虚构管业有限公司 诉 烟台假想机械有限公司",
        facts: vec![
            ("", "买卖合同纠纷"),
            ("", "普通程序"),
            (say("标的", "Value"), "247,345.20 元"),
            (say("审判长（承办）", "Presiding"), "程公允"),
            (say("书记员", "Clerk"), "纪实录"),
            (say("审限", "Limit"), "2026-08-17，剩 115 天"),
        ],
        banner: None,
        stages: Some(stages(lang, &way, 4)),
        tabs: Some(tabs(say("案件", "Case"), &parts)),
        verb: Some(Verb::go(say("接着读 14 页", "Read 14 pages"), "#").icon(Icon::Book)),
        more: vec![Verb::go(say("改期", "Reschedule"), "#"), Verb::go(say("查验本案记录", "Check this file"), "#")],
    };
    let content = html! { (head.show(lang)) div.inside { (columns(case_main(lang), case_side(lang))) } };
    staff_page_full(
        &shell(lang, "（2026）鲁0691民初202号"),
        &staff(lang, 1, Some(Verb::go(say("接着读，余14页", "Read on"), "#").icon(Icon::Book))),
        content,
    )
}

fn case_main(lang: Lang) -> Markup {
    let say = |zh, en| lang.pick(zh, en);
    let changes = [
        ("阅卷", "众和议阅完全卷 112 页，甄明理 04-22 已阅完", "昨天 20:15"),
        ("材料", "被告提交代理词 3 页，已收入正卷第108页", "昨天 16:42"),
        ("笔录", "庭审笔录 9 页：律二方、纪械、律三方 均已签名", "04-22 18:03"),
    ];
    let changes: Vec<Line> = changes
        .iter()
        .map(|(what, words, when)| Line {
            kind: Some(kind(what)),
            end: Some(html! { (when) }),
            fresh: true,
            ..Line::new(html! { (words) })
        })
        .collect();
    let deadlines = Table {
        caption: "期限",
        columns: vec![
            Column::new(say("期限", "Period"), OnPhone::Title),
            Column::new(say("依据", "Source"), OnPhone::Second),
            Column::new(say("起算", "Starts"), OnPhone::Second).named(),
            Column::new(say("届满", "Ends"), OnPhone::Second).named(),
            Column::new(say("剩余", "Left"), OnPhone::State).right(),
        ],
        rows: vec![
            TableRow::new(vec![
                html! { b { "评议" } },
                html! { a href="#" { "合议庭规定9" } },
                html! { "闭庭 04-21" },
                html! { span.number { "2026-04-28" } },
                html! { b.soon { "2 工作日" } },
            ]),
            TableRow::new(vec![
                html! { b { "审限" } },
                html! { a href="#" { "民诉法152" } },
                html! { "立案次日" },
                html! { span.number { "2026-08-17" } },
                html! { b { "115 天" } },
            ]),
        ],
        ..Table::default()
    };
    let computed = [
        WorkingLine::new("2026-01-12 立案，次日起算，6个月", "2026-07-12").source("民诉法152"),
        WorkingLine::new("扣除鉴定：02-24 委托 至 03-31 收到意见", "＋35 天"),
        WorkingLine::new("扣除后", "2026-08-16（周日）"),
        WorkingLine::new("末日逢休息日，顺延到下一工作日", "2026-08-17（周一）"),
    ];
    let act = |when, by, title, detail, proof: Option<Proof>| Act {
        when,
        by,
        title,
        href: None,
        detail,
        mark: proof.map(|p| proof_mark(lang, p)),
    };
    let acts = [
        act("04-24 15:00", ActedBy::Next, "评议", "合议室二", None),
        act("04-23", ActedBy::Other, "被告提交代理词", "律三方 · 3页", Some(Proof::Recorded)),
        act("04-21", ActedBy::Court, "开庭审理，14:00 至 16:10", "第一法庭·公开·笔录9页", Some(Proof::Proven)),
        act("03-31", ActedBy::Other, "收到鉴定意见书", "虚构检字（2026）第7号 · 23页", Some(Proof::Proven)),
        act("02-24", ActedBy::Court, "委托鉴定", "山东虚构产品质量检测有限公司·双方协商一致", Some(Proof::Proven)),
    ];
    html! {
        (Sheet::new(say("上次来后的变化", "Since your last visit")).note(say("您上次 04-22 17:20", "04-22 17:20")).more(say("标为已看", "Mark as seen"), "#").flush(lines(&changes)))
        (Sheet::new(say("期限与算法", "Periods")).more(say("全部期限 7", "All 7"), "#").flush(html! { (deadlines.show(lang)) div.in { h3 { (say("审限怎么算", "How the limit is computed")) } (working(&computed)) } }))
        (Sheet::new(say("经过", "Acts")).extra(timeline_key(say("本院", "Court"), say("当事人及他人", "Parties and others"))).more(say("全部 41 条", "All 41"), "#").flush(timeline(&acts)))
    }
}

fn case_side(lang: Lang) -> Markup {
    let say = |zh, en| lang.pick(zh, en);
    let met = |words, note| Condition { words, met: true, note, way: None };
    let needed = [
        met("庭审辩论终结", "04-21"),
        met("笔录签名齐全", "3/3"),
        met("类案检索报告", "2 件相近"),
        Condition {
            words: "您还有 14 页未读", met: false, note: "", way: Some((say("接着读", "Read on"), "#"))
        },
    ];
    html! {
        (Sheet::new(say("下一步：评议", "Next: deliberation")).extra(html! { span.push { (tag(State::Soon, "今天 15:00")) } }).flush(conditions(&needed)))
        (Sheet::new(say("当事人", "Parties")).more(say("电话与地址", "Contacts"), "#").body(pairs(&[("原告", html! { b { "烟台虚构管业有限公司" } }), ("被告", html! { b { "烟台假想机械有限公司" } }), (say("标的", "Value"), html! { (amount(lang, 24_734_520)) })])))
        (Sheet::new(say("存证", "Proof")).body(html! { (proof_mark_explained(lang, Proof::Proven, 1042, "#")) }))
        (note(Icon::Shield, html! { p { (say("评议开始后，议题不能撤回。", "Once deliberation has begun, its items stay.")) } }))
    }
}

fn table(lang: Lang) -> Markup {
    let say = |zh, en| lang.pick(zh, en);
    let row = |number, to, paper, way, state: Markup, on, tick, ticked| TableRow {
        cells: vec![
            html! { a href="#" { (to) } },
            html! { span.number { (number) } },
            html! { (paper) },
            html! { (way) },
            html! { span.number { (on) } },
            state,
            html! { a href="#" { (say("发送", "Send")) } },
        ],
        tick,
        ticked,
        ..TableRow::default()
    };
    let list = Table {
        caption: say("今天要送", "To serve today"),
        columns: vec![
            Column::new(say("受送达人", "Addressee"), OnPhone::Title).sorts("to"),
            Column::new(say("案号", "Case"), OnPhone::Second).sorts("number"),
            Column::new(say("文书", "Paper"), OnPhone::Second),
            Column::new(say("方式", "Channel"), OnPhone::Second),
            Column::new(say("期限", "Due"), OnPhone::Second).sorts("due").named(),
            Column::new(say("状态", "State"), OnPhone::State),
            Column::new(say("办", "Act"), OnPhone::Act),
        ],
        rows: vec![
            TableRow {
                group: Some("今天到期"),
                ..row(
                    "民初101号",
                    "保连带",
                    "民事判决书",
                    "邮寄",
                    tag(State::Soon, say("今天到期", "Today")),
                    "04-24",
                    Some("1"),
                    false,
                )
            },
            row(
                "民初167号",
                "租客去",
                "开庭传票",
                "电子",
                tag(State::Overdue, say("逾期1天", "Overdue")),
                "04-23",
                Some("2"),
                true,
            ),
            TableRow {
                fresh: true,
                ..row(
                    "民初188号",
                    "烟台架空装饰有限公司",
                    "准许撤诉裁定书",
                    "电子",
                    tag(State::Waiting, say("待送", "Waiting")),
                    "04-27",
                    Some("3"),
                    true,
                )
            },
            TableRow {
                group: Some("已经送达"),
                ..row(
                    "民初606号",
                    "业未交",
                    "民事判决书（小额）",
                    "电子",
                    tag(State::Done, say("已送达", "Served")),
                    "04-24",
                    None,
                    false,
                )
            },
            TableRow {
                struck: true,
                ..row(
                    "民初246号",
                    "查无人",
                    "起诉状副本等 5 份",
                    "公告",
                    tag(State::Stopped, say("待批公告", "Stopped")),
                    "04-28",
                    None,
                    false,
                )
            },
        ],
        base: "/service?channel=all",
        order: "due",
        ticks: Some("service"),
        dense: true,
        keep: false,
    };
    let chips = [
        Tab { name: say("全部", "All"), href: "#", count: "30", here: true },
        Tab { name: say("电子", "Electronic"), href: "#", count: "23", here: false },
        Tab { name: say("邮寄", "Post"), href: "#", count: "4", here: false },
    ];
    let content = html! {
        (page_head(say("今天要送 30", "To serve today 30"), "", html! { (Verb::go(say("导出", "Export"), "#").icon(Icon::Download)) }))
        section.sheet {
            (filters(lang, Some((say("受送达人、案号", "Addressee, case"), "")), &chips, html! {}))
            form method="post" action="/service" {
                div.scroller { (list.show(lang)) }
                (batch(say("已选", ""), 2, say("份", "selected"), say("都用电子送达；不含待签发 2。", "All by electronic service."), html! { (Verb::submit(say("发送", "Send")).primary().icon(Icon::Send).keys("Ctrl Enter")) }))
            }
            (paging(lang, Paging { page: 2, pages: 7, total: 190, base: "/service?channel=all" }))
        }
    };
    staff_page(&shell(lang, say("送达", "Service")), &staff(lang, 5, None), content)
}

fn states(lang: Lang) -> Markup {
    let say = |zh, en| lang.pick(zh, en);
    let words = [
        (State::Done, say("已送达", "Served")),
        (State::Waiting, say("待送", "Waiting")),
        (State::Soon, say("剩2天", "2 days left")),
        (State::Overdue, say("逾期1天", "1 day overdue")),
        (State::Stopped, say("中止", "Stayed")),
    ];
    let sums = [
        Figure { figure: "186", name: say("在办", "Open"), note: say("较上月 −2", "−2"), href: "#" },
        Figure { figure: "4", name: say("已逾期", "Overdue"), note: say("3 位审判员", "3 judges"), href: "#" },
        Figure { figure: "97.8%", name: say("审限内结案率", "In time"), note: "134/137", href: "#" },
    ];
    let content = html! {
        (page_head(say("状态与空白", "States and blanks"), "", html! { (Verb::act(say("提醒", "Remind"), "#")) (Verb::go(say("删去", "Remove"), "#").danger()) (Verb::go(say("稍后", "Later"), "#").quiet()) (Verb::go(say("办理", "Act"), "#").primary()) }))
        (stack(html! {
            (Sheet::new(say("五种状态", "Five states")).body(html! { div.line.wrap { @for (state, words) in words { (tag(state, words)) } (now(Icon::Star, say("新", "New"))) (kind("原告")) (proof_mark(lang, Proof::Recorded)) (proof_mark(lang, Proof::Proven)) } }))
            (figures(&sums))
            @for (state, words) in words { (note_of(state, html! { p { (words) " · " (say("本案已加密，只有合议庭可以打开。", "Sealed: the panel alone may open it.")) } })) }
            (columns(
                html! {
                    (Blank::empty(Icon::Cases, say("这里没有案件", "No cases here"), say("换一个筛选条件看看。", "Try another filter.")).verbs(vec![Verb::go(say("看全部", "Show all"), "#").primary()]).sheet())
                    (Blank::failed(say("这一页没取到", "This page did not load"), say("不是您的问题，写过的都还在。", "It is not your fault; nothing you wrote is lost.")).verbs(vec![Verb::go(say("再试一次", "Try again"), "#").primary(), Verb::go(say("打电话给书记员", "Call the clerk"), "#")]).sheet())
                },
                html! {
                    (Blank::not_found(say("没有这一页", "No such page"), say("也可能是不归您看。", "Or it is not yours to see.")).sheet())
                    (Blank::archived(say("已归档", "Archived"), say("归档后只能借阅。", "An archived file can only be lent.")).sheet())
                    section.sheet { (loading(lang)) }
                },
            ))
            (Sheet::new(say("图标", "Icons")).body(html! { div.line.wrap { @for icon in Icon::ALL { span.tag.word { (icon) (format!("{icon:?}")) } } } }))
        }))
    };
    staff_page(&shell(lang, say("状态", "States")), &staff(lang, 9, None), content)
}

fn staff_form(lang: Lang) -> Markup {
    let say = |zh, en| lang.pick(zh, en);
    let rooms = [
        Choice::new("1", "第一法庭"),
        Choice::new("2", "第二法庭").note("有远程设备"),
        Choice::new("online", say("在线", "On line")),
    ];
    let speakers = ["审判长：", "原告：", "被告："].map(str::to_owned);
    let content = html! {
        (page_head(say("排期", "Schedule a hearing"), "", draft_mark_for(lang, "schedule", Some("09:41"))))
        (columns(
            bare_sheet(form(FormTo { id: Some("schedule"), action: "/hearings", draft: Some("/drafts/1"), files: true, wide: false }, html! {
                (error_summary(lang, &[("on", say("开庭日期在答辩期届满之前", "The day is before the answer period ends"))]))
                (side_by_side(html! { (Field::new("on", say("日期", "Day")).value("2026-05-06").error(Some(say("开庭日期在答辩期届满之前", "The day is before the answer period ends"))).date()) (Field::new("at", say("时间", "Time")).value("09:00").time()) }))
                (Field::new("room", say("法庭", "Courtroom")).value("2").help(say("只列出空着的。", "Free ones only.")).choice_across(&rooms))
                (Field::new("clerk", say("书记员", "Clerk")).value("a").select(lang, &[Choice::new("a", "纪实录"), Choice::new("b", "送得到")]))
                (Field::new("claim", say("标的", "Value")).value("175,500.00").money(lang, "壹拾柒万伍仟伍佰元整"))
                (Field::new("note", say("给当事人的话", "A word to the parties")).optional(lang).placeholder(say("例如：请带证据原件", "For example: bring the originals")).textarea(3))
                (checkbox("public", html! { (say("公开审理", "In public")) }, true, None))
                (upload(lang, Upload { name: "files", field: "upload", label: say("附件", "Files"), help: say("PDF 或照片，每个不超过 50 MB。", "PDF or pictures, up to 50 MB each."), accept: ".pdf,image/*", max_bytes: 50_000_000, error: None }))
                (acts(&[Verb::submit(say("排期并发传票", "Schedule and summon")).primary().keys("Ctrl Enter"), Verb::submit_as(say("只存草稿", "Keep as draft"), "do", "keep")]))
            })),
            html! {
                (Sheet::new(say("签名", "Signature")).body(html! { form method="post" action="#" { (signature_pad(lang, "程公允", None)) } }))
                (Sheet::new(say("笔录", "Transcript")).body(transcript(lang, &Transcript { url: "/hearings/1/transcript", now: "/hearings/1", text: "审判长：现在开庭。", sha256: "0", label: say("庭审笔录", "Transcript"), speakers: &speakers, parts: &["【法庭调查】".to_owned()], hidden: html! {}, keep: say("存下", "Keep") })))
            },
        ))
    };
    staff_page(
        &shell(lang, say("排期", "Schedule")),
        &staff(lang, 2, Some(Verb::submit_form(say("排期并发传票", "Schedule"), "schedule"))),
        content,
    )
}

fn party<'a>(lang: Lang, verb: Option<Verb<'a>>) -> PartyFrame<'a> {
    let link = |zh, en, here| PartyLink { words: lang.pick(zh, en), href: "#", here };
    PartyFrame {
        name: "易欠款",
        links: vec![
            link("我的案件", "My cases", true),
            link("文书", "Papers", false),
            link("我要申请", "Requests", false),
            link("公开工具", "Tools", false),
        ],
        call: Some((lang.pick("问书记员", "Call the clerk"), "12368")),
        verb,
        sign_out_at: "/sign-out",
        ..PartyFrame::default()
    }
}

fn party_home(lang: Lang) -> Markup {
    let say = |zh, en| lang.pick(zh, en);
    let last = day_spoken(lang, date(2026, 3, 23));
    let why = [
        WorkingLine::new("3月6日：起诉状送到了您手里", ""),
        WorkingLine::new("从3月7日起算15天，是3月21日", "").source("民诉法128"),
        WorkingLine::new("3月21日是周六，往后顺到周一", "").source("民诉法85"),
        WorkingLine::new("3月23日（周一）24点前交都算数", ""),
    ];
    let mine = [Item {
        href: Some("#"),
        title: say("贾借出告我和保连带（民间借贷）", "Jia v. me and Bao (loan)"),
        notes: vec![
            "（2026）鲁0691民初101号",
            say("下一步：3月27日（周五）9:00 第三法庭开庭", "Next: hearing 27 Mar, 9:00"),
        ],
        state: Some(tag(State::Soon, say("等您答辩", "Your answer"))),
        ..Item::default()
    }];
    let also = [
        Item {
            href: Some("#"),
            icon: Some(Icon::Talk),
            title: say("和对方商量", "Settle"),
            notes: vec![say("请法院帮忙调解，愿不愿意由您定", "The court can mediate; you decide")],
            state: None,
        },
        Item {
            href: Some("#"),
            icon: Some(Icon::Scale),
            title: say("请律师，或请法律援助", "Find a lawyer"),
            notes: vec![say("经济困难可以免费申请", "Free if you cannot afford one")],
            state: None,
        },
        Item {
            href: Some("#"),
            icon: Some(Icon::List),
            title: say("我要申请", "Requests"),
            notes: vec![say("改开庭时间、延长交证据的时间等", "Change the hearing, more time")],
            state: None,
        },
    ];
    let main = html! {
        h1 { (say("易欠款，您好", "Hello, Yi Qiankuan")) }
        (say_sheet(lang, &last, &why))
        (Sheet::new(say("我的案件", "My cases")).flush(items(&mine)))
    };
    let aside = html! {
        (Sheet::new(say("您也可以", "You can also")).flush(items(&also)))
        (note(Icon::Shield, html! { p { b { (say("怎么认出真的法院？", "Is it the real court?")) } (say("法院短信里没有网址，不会让您往个人账户转账。", "Our messages carry no links and never ask for a transfer.")) } }))
    };
    party_page(
        &shell(lang, say("首页", "Home")),
        &party(lang, Some(Verb::go(say("开始写答辩状", "Write my answer"), "#"))),
        main,
        Some(aside),
    )
}

fn say_sheet(lang: Lang, last: &str, why: &[WorkingLine<'_>]) -> Markup {
    say(
        State::Soon,
        lang.pick("还有13天", "13 days left"),
        lang.pick("请您做一件事：写答辩状", "Please do one thing: write your answer"),
        html! {
            p { (lang.pick("最晚 ", "At the latest ")) b.number { (last) } (lang.pick("交。就是把您的说法告诉法院：哪些对，哪些不对，您有什么证据。", ". Tell the court what is right, what is not, and what evidence you have.")) }
            p.muted { (lang.pick("不交也会照常开庭，您仍然可以在法庭上说话。", "Without it the hearing still takes place and you may still speak.")) }
            (explain(lang.pick("为什么是3月23日？", "Why 23 March?"), working(why)))
        },
    )
}

fn party_form(lang: Lang) -> Markup {
    let pick = |zh, en| lang.pick(zh, en);
    let steps =
        ["告什么事", "您是谁", "谁欠您的钱", "有没有担保", "借了多少", "利息", "还过多少", "交证据", "看一遍，签名"]
            .map(|name| WayStep { name, href: None });
    let steps: Vec<WayStep> =
        steps.into_iter().enumerate().map(|(i, step)| WayStep { href: (i < 4).then_some("#"), ..step }).collect();
    let yes_no = [Choice::new("none", pick("没有", "No")), Choice::new("some", pick("扣了一些", "Some"))];
    let id = [
        Choice::new("known", pick("我知道，现在填", "I know it")),
        Choice::new("unknown", pick("我不知道", "I don't know"))
            .note(pick("不影响起诉，法院会去查", "The court will look it up")),
    ];
    let main = html! {
        (step_bar_with(lang, 5, 9, "", draft_mark_for(lang, "loan", Some("14:41"))))
        h1 { (pick("什么时候、借给他多少？", "When, and how much?")) }
        p.muted { (pick("给过几次就记几笔。", "One entry for each time.")) }
        (form(FormTo { id: Some("loan"), action: "#", draft: Some("/drafts/2"), ..FormTo::default() }, html! {
            (error_summary(lang, &[("sum", pick("金额最多两位小数", "At most two decimals"))]))
            (bare_sheet(html! { div.form {
                (Field::new("on", pick("哪天给的", "Which day")).value("2024-06-01").date())
                (Field::new("sum", pick("给了多少", "How much")).value("150000.005").error(Some(pick("金额最多两位小数", "At most two decimals"))).money(lang, ""))
                (Field::new("who", pick("他的姓名", "Their name")).value("易欠款").help(pick("身份证上的名字。只知道小名，也先写上。", "As on the identity card.")).autocomplete("off").text())
            } }))
            (Field::new("deducted", pick("给钱的时候，有没有先扣掉利息？", "Was interest deducted beforehand?")).value("none").help(pick("先扣掉的利息不算本金。", "It does not count as principal.")).choice_across(&yes_no))
            (Field::new("id", pick("他的身份证号", "Their identity number")).value("unknown").choice(&id))
            (explain(pick("法律怎么说", "What the law says"), html! { p.muted { "预先在本金中扣除利息的，按实际出借的金额认定本金（民间借贷规定第26条）。" } }))
        }))
    };
    let aside = html! { (Sheet::new(pick("写到哪了", "Where you are")).body(way(&steps, 4))) (note(Icon::Microphone, html! { p { (pick("慢慢写，页面不会过期。", "Take your time; this page does not expire.")) } })) };
    let frame = PartyFrame {
        back: Some((pick("上一步", "Back"), "#")),
        place: pick("起诉：民间借贷", "Claim: loan"),
        ..party(lang, Some(Verb::submit_form(pick("下一步", "Next"), "loan")))
    };
    party_page(&shell(lang, pick("借了多少", "How much")), &frame, main, Some(aside))
}

fn party_blank(lang: Lang) -> Markup {
    let pick = |zh, en| lang.pick(zh, en);
    let main = html! {
        h1 { (pick("我的案件", "My cases")) }
        (Blank::empty(Icon::Cases, pick("您名下还没有案件", "You have no case"), pick("已经按您的姓名和身份证号查过。没有案件，就没有要您做的事。", "We looked by name and identity number.")).verbs(vec![Verb::go(pick("我要起诉", "Start a claim"), "#").primary().icon(Icon::FileNew), Verb::go(pick("我收到了法院的短信", "I have a text message"), "#").icon(Icon::Talk)]).sheet())
        (say(State::Stopped, pick("还没到时候", "Not yet"), pick("现在还不能申请强制执行", "Enforcement cannot be requested yet"), html! { p { (pick("没有人上诉的话，5月12日（周二）起可以申请，2年内都行。", "From 12 May (Tue) on, for two years.")) } (acts(&[Verb::act(pick("到了那天发短信叫我", "Tell me on the day"), "#").icon(Icon::Bell)])) }))
        (bare_sheet(html! { form #sign method="post" action="#" { (signature_pad(lang, "柳无声", None)) } }))
    };
    let frame = PartyFrame {
        back: Some((pick("返回", "Back"), "#")),
        place: pick("我的案件", "My cases"),
        other: Some(Verb::go(pick("先不签", "Not now"), "#")),
        ..party(lang, Some(Verb::submit_form(pick("确认签名", "Sign"), "sign").icon(Icon::Signature)))
    };
    let mut shell = shell(lang, pick("我的案件", "My cases"));
    shell.look.large = true;
    party_page(&shell, &frame, main, None)
}

fn sign_in(lang: Lang) -> Markup {
    let pick = |zh, en| lang.pick(zh, en);
    let people = [
        Item {
            href: Some("#"),
            icon: Some(Icon::Person),
            title: "贾借出",
            notes: vec![pick("原告", "Plaintiff")],
            state: None,
        },
        Item {
            href: Some("#"),
            icon: Some(Icon::Scale),
            title: "律一方",
            notes: vec![pick("律师", "Lawyer")],
            state: None,
        },
        Item {
            href: Some("#"),
            icon: Some(Icon::Gavel),
            title: "程公允",
            notes: vec![pick("审判员", "Judge")],
            state: None,
        },
    ];
    let main = html! { h1 { (pick("以谁的身份进去？", "Enter as whom?")) } (Sheet::new(pick("演示人物", "Demonstration people")).flush(items(&people))) };
    plain_page(&shell(lang, pick("登录", "Sign in")), main)
}
