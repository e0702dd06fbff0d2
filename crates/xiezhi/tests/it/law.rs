//! Calculators for files.

use super::{Folder, run, said};

fn batch(kind: &str, text: &str) -> std::process::Output {
    let digits = text.len().wrapping_mul(31).wrapping_add(text.bytes().map(usize::from).sum::<usize>());
    let folder = Folder::new(&format!("law-{kind}-{digits}"));
    run(&["law", kind, "--batch", &folder.write("rows.csv", text)])
}

#[test]
fn fees_come_back_behind_the_rows_they_were_asked_for() {
    let rows = "kind,amount_yuan,halved\nproperty,175500,true\nproperty,247345.20,false\ndivorce,1200000,false\n\
                labour,,true\nproperty,6869.60,true\nenforcement,175500,false\npreservation,175500,false\n";
    let answer = batch("fee", rows);
    assert!(answer.status.success(), "{}", said(&answer.stderr));
    assert_eq!(
        said(&answer.stdout),
        "kind,amount_yuan,halved,fee_yuan\nproperty,175500,true,1905.00\nproperty,247345.20,false,5010.18\n\
         divorce,1200000,false,5300.00\nlabour,,true,5.00\nproperty,6869.60,true,25.00\n\
         enforcement,175500,false,2532.50\npreservation,175500,false,1397.50\n"
    );
}

#[test]
fn the_last_days_of_the_example_cases_come_out() {
    let rows = "starts_on,length,unit,rolls\n2026-04-15,15,day,true\n2026-05-06,15,day,true\n2026-02-12,15,day,true\n\
                2026-09-16,15,day,true\n";
    let answer = batch("period", rows);
    assert!(answer.status.success(), "{}", said(&answer.stderr));
    let last: Vec<String> =
        said(&answer.stdout).lines().map(|line| line.rsplit(',').next().expect("a field").to_owned()).collect();
    assert_eq!(last, ["last_on", "2026-04-30", "2026-05-21", "2026-02-27", "2026-10-08"]);
}

#[test]
fn a_file_from_a_spreadsheet_is_read_with_its_mark_and_its_line_ends() {
    let answer = batch("fee", "\u{feff}kind, amount_yuan, halved\r\nproperty, 8000, FALSE\r\n");
    assert_eq!(said(&answer.stdout), "kind,amount_yuan,halved,fee_yuan\nproperty,8000,FALSE,50.00\n");
}

#[test]
fn every_bad_row_is_named_by_its_line_and_nothing_is_written() {
    let rows = "kind,amount_yuan,halved\nproperty,8000,false\nproperty,12.345,false\n\nmarriage,1,false\nproperty,1\n";
    let answer = batch("fee", rows);
    assert_eq!(answer.status.code(), Some(2));
    assert_eq!(said(&answer.stdout), "");
    assert_eq!(
        said(&answer.stderr),
        "line 3: money.too_many_decimals: property,12.345,false\nline 5: fee.unknown_kind: marriage,1,false\n\
         line 6: csv.wrong_number_of_fields: property,1\nxiezhi: 3 rows can't be computed; nothing was written\n"
    );
}

#[test]
fn another_header_is_refused_with_the_right_one() {
    let answer = batch("period", "from,length,unit,rolls\n2026-04-15,15,day,true\n");
    assert!(!answer.status.success());
    assert!(said(&answer.stderr).contains("the header must be starts_on,length,unit,rolls"));
}

#[test]
fn a_case_number_is_explained_and_a_wrong_one_is_named() {
    let answer = run(&["law", "case-number", "(2026)鲁0691民初101号之一", "鲁0691"]);
    assert_eq!(answer.status.code(), Some(2));
    let explained = said(&answer.stdout);
    for part in ["（2026）鲁0691民初101号之一", "2026", "烟台经济技术开发区人民法院", "民事一审案件", "101"]
    {
        assert!(explained.contains(part), "{part} is missing in {explained}");
    }
    assert!(said(&answer.stderr).starts_with("鲁0691: case_number."));
}

#[test]
fn texts_of_the_law_are_taken_and_each_file_that_is_none_says_what_it_lacks() {
    let folder = Folder::new("law-import");
    let into = folder.path("statutes");
    let book = "# 示例法典\n# 总则\n2021年1月1日 施行\n## 第一章\n第一条 甲。\n";
    folder.write("code-1.md", book);
    folder.write("code-2.md", "# 示例法典\n# 分则\n2021年1月1日 施行\n第二条 乙。\n\n丙。\n");
    folder.write("notice.txt", "通知\n各庭：\n");
    let texts = folder.path("");

    let answer = run(&["law", "import", &texts, "--into", &into]);

    let told = said(&answer.stdout);
    assert_eq!(answer.status.code(), Some(1), "{told}{}", said(&answer.stderr));
    assert!(told.contains("code-1.md: 《示例法典》, 1 articles, in force from 2021-01-01"), "{told}");
    assert!(told.contains("notice.txt: not taken: no line begins with the number of an article"), "{told}");
    assert!(told.contains("1 instruments in "), "{told}");
    let written = std::fs::read_to_string(folder.path("statutes/示例法典@2021-01-01.json")).expect("it was written");
    let read: serde_json::Value = serde_json::from_str(&written).expect("it is JSON");
    assert_eq!(read["articles"][1]["text"], "乙。\n丙。");

    std::fs::write(folder.path("notice.txt"), "示例法典\n自2025年1月1日起施行\n第一条 丁。\n").expect("it is written");
    let again = run(&["law", "import", &texts, "--into", &into]);
    assert!(again.status.success(), "{}", said(&again.stdout));
    assert!(said(&again.stdout).contains("2 instruments in "), "{}", said(&again.stdout));
}
