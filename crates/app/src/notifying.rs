//! What a message says (短信、邮件): it points to papers and is not the papers. Texts carry no link and no facts of the
//! case; a mail carries a link to the official page that ends with the code in it.
//!
//! Source: 《人民法院在线诉讼规则》第三十一条、第三十二条.

use std::collections::BTreeMap;

use xiezhi_connect::{Channel, Message, Pattern};
use xiezhi_domain::{
    case::CaseState, law::service_text, parties::LinkCode, rules::Settings, service::Service, sharing::Share,
};

/// The message that papers were served on the address the party confirmed.
pub(crate) fn of_service(settings: &Settings, case: &CaseState, service: &Service, key: &str) -> Message {
    let number = case.number.as_ref().map(ToString::to_string).unwrap_or_default();
    let code = case.link_codes.get(&service.to);
    if service.address.contains('@') {
        return mail(settings, &number, code, &service.address, key);
    }
    let code = code.map_or("", |code| code.code.as_str());
    let court = court_in_short(&settings.court_name);
    let slots = BTreeMap::from([("court", court.as_str()), ("case_no", number.as_str()), ("code", code)]);
    let filled = |id: &str| service_text::text(id).and_then(|text| Some((text, text.filled(&slots).ok()?)));
    // A pattern that can't be filled is not sent half: the plain hint always can.
    match filled("e_served") {
        Some((text, body)) => {
            let own = |name: &str| slots.get(name).map(|value| (name.to_owned(), (*value).to_owned()));
            let pattern = Pattern { id: text.id.clone(), slots: text.slots().filter_map(own).collect() };
            Message { pattern: Some(pattern), ..of_text(&service.address, &body, key) }
        }
        None => {
            let body = format!("{court}：有材料待您签收，请在官方诉讼平台查看。可拨{}核实。", settings.hotline);
            of_text(&service.address, &body, key)
        }
    }
}

/// A short message with these words.
pub(crate) fn of_text(to: &str, body: &str, key: &str) -> Message {
    Message {
        key: key.to_owned(),
        channel: Channel::Sms,
        to: to.to_owned(),
        subject: String::new(),
        body: body.to_owned(),
        pattern: None,
    }
}

fn mail(settings: &Settings, number: &str, code: Option<&LinkCode>, to: &str, key: &str) -> Message {
    let mut lines = vec![format!("{number}案的文书已经送达您确认的电子地址。")];
    if let Some(code) = code {
        let until = code.expires_on;
        lines.push(format!(
            "请在官方诉讼平台核验身份后查看、签收，并下载电子送达凭证。案号{number}，验证码{}，{until}前有效。",
            code.code
        ));
        if !settings.address.is_empty() {
            let query = serde_html_form::to_string([("number", number), ("code", &code.code)]).unwrap_or_default();
            lines.push(format!("{}/link?{query}", settings.address.trim_end_matches('/')));
        }
    } else {
        lines.push("请在官方诉讼平台查看、签收，并下载电子送达凭证。".to_owned());
    }
    lines.push(format!("送达日期以到达之日为准，看不看、签不签都不改变它。可拨{}核实。", settings.hotline));
    lines.push(settings.court_name.clone());
    Message {
        key: key.to_owned(),
        channel: Channel::Mail,
        to: to.to_owned(),
        subject: format!("{}：文书送达", court_in_short(&settings.court_name)),
        body: lines.join("\n\n"),
        pattern: None,
    }
}

/// The message that papers are shared with somebody outside the court: the code, and by mail where it is given.
pub(crate) fn of_share(settings: &Settings, case: &CaseState, share: &Share, key: &str) -> Message {
    let (court, until, code) = (court_in_short(&settings.court_name), share.terms.until_on, &share.code);
    let with = &share.terms.with;
    if !with.reach.contains('@') {
        let body = format!(
            "{court}：有材料供您限期查阅，查阅码{code}，{until}前有效，网址由法院另行告知。可拨{}核实。",
            settings.hotline
        );
        return of_text(&with.reach, &body, key);
    }
    let mut lines = vec![
        format!("{}{}：", with.organisation, with.name),
        format!("法院向您限期共享了材料，只供您本人为约定用途在线查阅，{until}前有效。查阅码{code}。"),
    ];
    if !settings.address.is_empty() {
        lines.push(format!("{}/shared/{}/{}", settings.address.trim_end_matches('/'), case.id, share.id));
    }
    lines.push(format!("每一页都带有您的姓名和日期，查阅均有记录；请勿转发。可拨{}核实。", settings.hotline));
    lines.push(settings.court_name.clone());
    Message {
        key: key.to_owned(),
        channel: Channel::Mail,
        to: with.reach.clone(),
        subject: format!("{court}：材料限期查阅"),
        body: lines.join("\n\n"),
        pattern: None,
    }
}

/// The court's name as it stands before a text: a segment is short.
fn court_in_short(name: &str) -> String {
    name.replace("经济技术开发区", "开发区").replace("人民法院", "法院")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_leads_to_the_page_and_says_until_when() {
        let settings = Settings { address: "https://court.example/".to_owned(), ..Settings::demonstration() };
        let code = LinkCode {
            code: "208417".to_owned(),
            expires_on: jiff::civil::date(2026, 4, 1),
            tried: Default::default(),
        };
        let message = mail(&settings, "（2026）鲁0691民初101号", Some(&code), "zhou@mail.example", "k");
        assert!(message.body.contains("https://court.example/link?number=%EF%BC%882026"), "{}", message.body);
        assert!(message.body.contains("208417") && message.body.contains("2026-04-01"), "{}", message.body);
        assert_eq!(message.subject, "烟台开发区法院：文书送达");
    }
}
