//! Service as its papers tell it: how papers went, who took them in, why not.

use xiezhi_documents::facts::ServiceRow;
use xiezhi_domain::{
    case::CaseState,
    material::Material,
    moment::court_offset,
    service::{Channel, Service, ServiceStatus, Taking},
};

use super::{course::paper_name, name, some};

/// One row for each paper of an attempt to serve.
pub(in crate::papers) fn rows_of(case: &CaseState, service: &Service) -> Vec<ServiceRow> {
    service.materials.iter().filter_map(|id| case.materials.get(id)).map(|paper| row(case, service, paper)).collect()
}

fn row(case: &CaseState, service: &Service, paper: &Material) -> ServiceRow {
    let local = |at| court_offset().to_datetime(at);
    let announced = service.channel == Channel::Announcement;
    ServiceRow {
        document: paper_name(paper),
        digest: Some(paper.file.sha256.clone()),
        to: name(case, service.to),
        method: Some(method(service).to_owned()),
        address: some(&service.address).filter(|_| !announced).or_else(|| Some("公告".to_owned())),
        sent_at: Some(local(service.dispatched_at)),
        arrived_at: service.arrived_at.map(local),
        read_at: service.opened_at.map(local),
        received_on: service.effected_on(),
        recipient: recipient(service),
        refusal: service.receipt.as_ref().and_then(|receipt| refusal(&receipt.taking)),
        certificate: Some(service.id.to_string()),
        remarks: remarks(service),
        ..ServiceRow::default()
    }
}

/// How it went in the end: who set out to hand papers over may have had to leave them.
fn method(service: &Service) -> &'static str {
    let left = service.receipt.as_ref().is_some_and(|receipt| matches!(receipt.taking, Taking::Left { .. }));
    if left { channel(Channel::LeftOnRefusal) } else { channel(service.channel) }
}

/// Who took it in, and what they are to the party.
fn recipient(service: &Service) -> Option<String> {
    let name = service.received_by.as_deref().and_then(some)?;
    let quality = service.receipt.as_ref().and_then(|receipt| match &receipt.taking {
        Taking::Family { relation } => Some(format!("同住成年家属，{relation}")),
        Taking::Unit { post } => Some(post.clone()),
        Taking::Agent => Some("诉讼代理人".to_owned()),
        Taking::Nominated => Some("指定的代收人".to_owned()),
        _ => None,
    });
    Some(quality.map_or(name.clone(), |quality| format!("{name}（{quality}）")))
}

/// Why it was refused, and who saw that it was left.
///
/// Source: 《民事诉讼法》第八十九条.
fn refusal(taking: &Taking) -> Option<String> {
    match taking {
        Taking::Left { reason, witnesses } => {
            let seen = witnesses.iter().map(|witness| match witness.of.trim() {
                "" => witness.name.clone(),
                of => format!("{}（{of}）", witness.name),
            });
            let seen: Vec<String> = seen.collect();
            let seen = if seen.is_empty() {
                "送达过程已拍照、录像".to_owned()
            } else {
                format!("见证人：{}", seen.join("、"))
            };
            Some(format!("{}；{seen}", reason.trim_end_matches(['。', '；'])))
        }
        Taking::RefusedAtCourt { reason } => Some(format!("受送达人到院后拒绝签署送达回证：{reason}")),
        _ => None,
    }
}

fn remarks(service: &Service) -> Option<String> {
    let mut told = vec![];
    if let ServiceStatus::Failed { reason } = &service.status {
        told.push(format!("送达失败：{reason}"));
    }
    if let Some(Taking::Returned { reason }) = service.receipt.as_ref().map(|receipt| &receipt.taking) {
        told.push(format!("按确认的送达地址邮寄，退回：{reason}"));
    }
    if let Some(tracking) = &service.tracking {
        told.push(format!("邮件号码{tracking}"));
    }
    for publication in &service.publications {
        told.push(format!("{}刊登于{}", xiezhi_documents::wording::date_in_text(publication.on), publication.medium));
    }
    (!told.is_empty()).then(|| told.join("；"))
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Electronic => "电子送达",
        Channel::Direct => "直接送达",
        Channel::LeftOnRefusal => "留置送达",
        Channel::Postal => "邮寄送达",
        Channel::Entrusted => "委托送达",
        Channel::Forwarded => "转交送达",
        Channel::Announcement => "公告送达",
    }
}
