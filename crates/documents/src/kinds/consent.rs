//! The confirmation of an address for service, with consent to electronic service.

use super::Inputs;
use super::parts::{Filled, addressed, cause, row, signed};
use crate::facts::{AddressConfirmation, CaseFacts};
use crate::structure::{Block, Cell, Signatory, Span};
use crate::wording::date_in_text;

/// The confirmation of an address for service (送达地址确认书).
///
/// Source: 《民诉法解释》第一百三十六条、第一百三十七条; 《人民法院在线诉讼规则》第二十九条.
pub(super) fn address_confirmation(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let by = inputs.addressee.as_deref();
    let told = facts.addresses.iter().position(|one| Some(one.party.as_str()) == by);
    let confirmed = told.map_or_else(|| from_party(facts, by), |at| facts.addresses[at].clone());
    let path = told.map_or_else(String::new, |at| format!("addresses.{at}"));
    let case = facts.number.as_deref().map_or(Span::text("立案前确认"), |number| facts.span("number", number));
    let mut rows = vec![row("案号", case), row("案由", cause(facts)), row("当事人", addressed(facts, by))];
    rows.extend(address_rows(facts, &confirmed, &path));
    let told = [
        "为便于当事人及时收到诉讼文书，保证诉讼程序顺利进行，当事人应当如实提供确切的送达地址。",
        "确认的送达地址适用于第一审、第二审、再审和执行程序，当事人书面变更的除外。",
        "送达地址变更的，应当及时书面告知本院。提供的地址不准确、变更后未告知或者拒绝签收，致使文书未能实际收到的，文书退回之日视为送达之日；直接送达的，文书留在该地址之日视为送达之日。",
        "同意电子送达的，诉讼文书到达所确认的电子地址所在系统时即为送达；可以另行请求提供纸质文书。",
    ];
    let mut blocks = vec![Block::KeyValue { rows }, Block::heading("告知事项")];
    blocks.extend(super::parts::numbered(told.map(super::parts::Line::say)));
    blocks.push(Block::text("本人（单位）已经阅读并理解上述告知事项，保证所填内容真实、准确。"));
    let dated_on = confirmed.signed_on.or(inputs.dated_on);
    let above =
        vec![Signatory::new("确认人（签名或者盖章）", by.unwrap_or_default()).by_hand(confirmed.hand.as_deref())];
    Filled { blocks, signatures: signed(above, dated_on) }
}

/// Before a confirmation exists, the sheet starts from what the party told of itself.
fn from_party(facts: &CaseFacts, by: Option<&str>) -> AddressConfirmation {
    let Some((_, party)) = by.and_then(|name| facts.party(name)) else {
        return AddressConfirmation::default();
    };
    AddressConfirmation {
        address: party.address.clone(),
        phone: party.phone.clone(),
        e_service_consent: party.e_service_consent,
        ..AddressConfirmation::default()
    }
}

fn address_rows(facts: &CaseFacts, confirmed: &AddressConfirmation, path: &str) -> Vec<(String, Cell)> {
    let said = |value: Option<&str>, what: &str| facts.span_or_gap(path, value, what);
    let none = |value: &Option<String>| value.as_deref().map_or(Span::text("无"), |text| facts.span(path, text));
    let consent = confirmed.e_service_consent.map(|yes| if yes { "同意" } else { "不同意" });
    let mut rows = vec![
        row("送达地址", said(confirmed.address.as_deref(), "送达地址")),
        row("邮政编码", said(confirmed.post_code.as_deref(), "邮政编码")),
        row("联系电话", said(confirmed.phone.as_deref(), "联系电话")),
        row("是否同意电子送达", said(consent, "是否同意电子送达")),
    ];
    let agreed = confirmed.e_service_consent == Some(true);
    rows.extend(
        confirmed
            .e_addresses
            .iter()
            .filter(|_| agreed)
            .map(|(channel, address)| row(channel, facts.span(path, address))),
    );
    if agreed && confirmed.e_addresses.is_empty() {
        rows.push(row("电子送达地址", Span::gap("电子送达地址")));
    }
    rows.push(row("代收人", none(&confirmed.substitute)));
    let scope = confirmed.scope.as_deref().unwrap_or("第一审、第二审、再审、执行");
    rows.push(row("适用范围", facts.span(path, scope)));
    rows.extend(confirmed.signed_on.map(|on| row("确认日期", facts.span(path, date_in_text(on)))));
    rows
}
