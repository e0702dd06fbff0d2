//! The metadata of the case in the manner of DA/T 48 (基于XML的电子文件封装): what the file is, what was done with it,
//! by whom. Element names are those of the standard; papers stand beside it in the bag and are named by path and hash.

use xiezhi_domain::law::retention::RetentionClass;
use xiezhi_package::DocumentRow;

use super::{Facts, facts, people, xml::Xml};

const NAMESPACE: &str = "http://www.saac.gov.cn/standards/ERM/encapsulation";

/// The whole document.
pub(super) fn write(facts: &Facts) -> String {
    let mut xml = Xml::new();
    xml.within("电子文件封装包", &[("xmlns", NAMESPACE)], |xml| {
        xml.leaf(
            "封装包格式描述",
            "本EEP参照DA/T 48《基于XML的电子文件封装规范》著录；文件数据在同一BagIt包内，以路径和哈希值引用。",
        );
        xml.leaf("版本", "2009");
        xml.within("被签名对象", &[], |xml| {
            xml.leaf("封装包类型", "原始型");
            xml.leaf("封装包创建时间", &facts.packed_at.to_string());
            xml.leaf("封装包创建单位", &facts.court);
            xml.within("封装内容", &[], |xml| {
                xml.within("文件实体块", &[], |xml| {
                    file(xml, facts);
                    facts.documents.iter().for_each(|paper| item(xml, facts, paper));
                });
                xml.within("业务实体块", &[], |xml| facts.events.iter().for_each(|row| act(xml, row)));
                xml.within("机构人员实体块", &[], |xml| facts.people.iter().for_each(|one| person(xml, one)));
            });
        });
        xml.within("电子签名块", &[], |xml| seal(xml, facts));
    });
    xml.text()
}

/// 保管期限 in the words of the standard.
fn class(class: RetentionClass) -> &'static str {
    match class {
        RetentionClass::Permanent => "永久",
        RetentionClass::Long => "长期",
        RetentionClass::Short => "短期",
    }
}

/// The file as a whole (案卷).
fn file(xml: &mut Xml, facts: &Facts) {
    let case = &facts.case;
    xml.within("文件实体", &[], |xml| {
        xml.leaf("聚合层次", "案卷");
        xml.within("来源", &[], |xml| {
            xml.leaf("立档单位名称", &facts.court);
            xml.leaf("电子文件号", &case.id.to_string());
            xml.leaf("档号", &facts.seal.archive_no);
            xml.leaf("年度", &case.number.as_ref().map(|number| number.filing_year.to_string()).unwrap_or_default());
            xml.leaf("保管期限", case.archive.retention.map(class).unwrap_or_default());
        });
        xml.within("内容描述", &[], |xml| {
            xml.leaf("题名", &case.short_title());
            xml.leaf("文件编号", facts.seal.number.as_deref().unwrap_or_default());
            xml.leaf("责任者", &facts.court);
            for party in case.parties_in_order() {
                xml.leaf("人名", &party.name);
            }
            let day = |on: Option<jiff::civil::Date>| on.map(|on| on.to_string()).unwrap_or_default();
            xml.leaf("立案日期", &day(case.filed_on));
            xml.leaf("结案日期", &day(case.closing.as_ref().map(|closing| closing.on)));
            xml.leaf("归档日期", &day(case.archive.accepted_on));
        });
    });
}

/// One paper in one version (件).
fn item(xml: &mut Xml, facts: &Facts, paper: &DocumentRow) {
    let is_withheld = facts.withheld.iter().any(|file| file.sha256 == paper.sha256);
    let absent = if is_withheld { "（查出病毒，未附）" } else { "（依法删除）" };
    xml.within("文件实体", &[], |xml| {
        xml.leaf("聚合层次", "件");
        xml.within("来源", &[], |xml| {
            xml.leaf("电子文件号", &format!("{}/{}", paper.material, paper.version));
            xml.leaf("档号", &format!("{}-{:04}", facts.seal.archive_no, paper.number));
            xml.leaf("卷别", if paper.volume == "main" { "正卷" } else { "副卷" });
        });
        xml.within("内容描述", &[], |xml| {
            xml.leaf("题名", &paper.title);
            xml.leaf("文种", &paper.kind_zh);
            xml.leaf("责任者", paper.from.as_deref().unwrap_or(&facts.court));
            xml.leaf("日期", &paper.received_on);
        });
        xml.within("形式特征", &[], |xml| xml.leaf("页数", &paper.pages.to_string()));
        xml.within("电子属性", &[], |xml| {
            xml.leaf("格式信息", &paper.media);
            xml.leaf("计算机文件名", paper.path.as_deref().unwrap_or(absent));
            xml.leaf("计算机文件大小", &paper.size_bytes.to_string());
            xml.leaf("SHA-256", &paper.sha256);
        });
    });
}

/// An act on the file (业务行为).
fn act(xml: &mut Xml, row: &xiezhi_package::EventRow) {
    xml.within("业务实体", &[], |xml| {
        xml.leaf("业务标识符", &row.id.to_string());
        xml.leaf("业务行为", &row.name);
        xml.leaf("行为时间", &facts::moment_of(row).map(|moment| moment.at.to_string()).unwrap_or_default());
        let by = people::actor(&row.actor).map_or_else(|| row.actor.clone(), |id| id.to_string());
        xml.leaf("机构人员标识符", &by);
    });
}

fn person(xml: &mut Xml, person: &super::PersonLine) {
    xml.within("机构人员实体", &[], |xml| {
        xml.leaf("机构人员标识符", &person.id.to_string());
        xml.leaf("机构人员名称", &person.name);
        xml.leaf("职位", &crate::rows::code_of(&person.post));
        xml.leaf("组织机构名称", person.division.as_ref().or(person.unit.as_ref()).map_or("", String::as_str));
    });
}

/// What vouches for the whole: the archive seal, which the court's log holds.
fn seal(xml: &mut Xml, facts: &Facts) {
    xml.leaf(
        "签名规则",
        "归档封存事件载明材料清单和事件清单的SHA-256，该事件在法院存证日志之中；校验方法见index.html。",
    );
    xml.leaf("存证日志", &facts.seal.log);
    xml.leaf("存证序号", &facts.seal.position.to_string());
    xml.leaf("材料清单SHA-256", &facts.seal.papers_sha256);
    xml.leaf("事件清单SHA-256", facts.seal.record_sha256.as_deref().unwrap_or_default());
}
