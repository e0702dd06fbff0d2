//! What a word processor wrote is taken back as words: numbers that it counted, tracked changes accepted, the rest named.

use xiezhi_reading::{Limits, Reader, ReadingError, ReadingProblem, Tracked, WordLine, Words};

use crate::{documents::package, folder::Folder, made};

async fn words(content: &[u8]) -> Result<Words, ReadingProblem> {
    let folder = Folder::new();
    let file = folder.file("returned", content);
    let reader = Reader::new(env!("CARGO_BIN_EXE_reading-worker"), Limits::default());
    match reader.words(&file).await {
        Ok(words) => Ok(words),
        Err(ReadingError::Problem(problem)) => Err(problem),
        Err(fault) => panic!("the worker works: {fault}"),
    }
}

fn docx(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    package(&[&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", document.as_str())], others].concat())
}

fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn line(number: &str, text: &str) -> WordLine {
    WordLine { number: number.to_owned(), text: text.to_owned(), cells: vec![] }
}

const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

#[tokio::test]
async fn numbers_that_word_counts_stand_before_their_paragraphs() {
    let item = |level: u8, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>"#,
            run(text)
        )
    };
    let gone = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:author="赵文"/></w:rPr></w:pPr><w:del w:author="赵文"><w:r><w:delText>此项删去</w:delText></w:r></w:del></w:p>"#;
    let styled = format!(r#"<w:p><w:pPr><w:pStyle w:val="Order"/></w:pPr>{}</w:p>"#, run("驳回其他诉讼请求。"));
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="Order"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let body = [item(0, "返还借款："), item(1, "本金；"), item(1, "利息；"), gone.to_owned(), styled].concat();
    let read = words(&docx(&body, &[("word/numbering.xml", NUMBERING), ("word/styles.xml", styles)])).await;
    let lines = vec![
        line("一、", "返还借款："),
        line("1.", "本金；"),
        line("2.", "利息；"),
        line("二、", "驳回其他诉讼请求。"),
    ];
    assert_eq!(read.expect("it is read").lines, lines);
}

#[tokio::test]
async fn tracked_changes_are_accepted_and_told_and_comments_stand_apart() {
    let body = format!(
        r#"<w:p>{}<w:del w:author="赵文"><w:r><w:delText>应当</w:delText></w:r></w:del><w:ins w:author="赵文">{}{}</w:ins><w:commentRangeStart w:id="0"/>{}<w:moveFrom w:author="李法"><w:r><w:t>移走</w:t></w:r></w:moveFrom></w:p>"#,
        run("被告"),
        run("应"),
        run("即"),
        run("返还。")
    );
    let comments = r#"<w:comments xmlns:w="w"><w:comment w:id="0" w:author="李法"><w:p><w:r><w:t>期限？</w:t></w:r></w:p></w:comment></w:comments>"#;
    let read = words(&docx(&body, &[("word/comments.xml", comments)])).await.expect("it is read");
    assert_eq!(read.lines, [line("", "被告应即返还。")]);
    let change = |by: &str, added, text: &str| Tracked { by: by.into(), added, text: text.into() };
    assert_eq!(
        read.tracked,
        [change("赵文", false, "应当"), change("赵文", true, "应即"), change("李法", false, "移走")]
    );
    assert_eq!(read.comments, [("李法".to_owned(), "期限？".to_owned())]);
}

#[tokio::test]
async fn paragraphs_whose_end_was_deleted_are_one_and_runs_are_no_borders() {
    let first =
        format!(r#"<w:p><w:pPr><w:rPr><w:del w:author="赵文"/></w:rPr></w:pPr>{}{}</w:p>"#, run("本院认"), run("为，"));
    let second = format!("<w:p>{}<w:r><w:br/></w:r>{}</w:p>", run("合同有效。"), run("被告应当还款。"));
    let read = words(&docx(&format!("{first}{second}<w:p/>"), &[])).await.expect("it is read");
    assert_eq!(read.lines, [line("", "本院认为，合同有效。"), line("", "被告应当还款。")]);
}

#[tokio::test]
async fn what_a_draft_cannot_hold_is_counted_and_marks_come_back() {
    let body = format!(
        r#"<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl><w:p>{}<w:r><w:drawing><a:blip xmlns:a="a"/></w:drawing></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#,
        run("本金"),
        run("如图")
    );
    let marks = r#"<Properties xmlns="p" xmlns:vt="v"><property pid="2" name="xiezhi-version"><vt:lpwstr>7</vt:lpwstr></property></Properties>"#;
    let read = words(&docx(&body, &[("docProps/custom.xml", marks)])).await.expect("it is read");
    assert_eq!((read.tables, read.pictures, read.boxes), (1, 1, 1));
    assert_eq!(read.lines, [line("", "本金"), line("", "如图")]);
    assert_eq!(read.marks, [("xiezhi-version".to_owned(), "7".to_owned())]);
}

#[tokio::test]
async fn a_table_keeps_its_rows_and_cells_and_what_was_put_together_is_told() {
    let cell = |words: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(words));
    let wide = format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>{}</w:p></w:tc>"#, run("合计"));
    let gone = format!("<w:tr><w:trPr><w:del/></w:trPr>{}{}</w:tr>", cell("删"), cell("去"));
    let two = format!("<w:tc><w:p>{}</w:p><w:p>{}</w:p></w:tc>", run("借款"), run("本金"));
    let even = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{two}{}</w:tr>{gone}</w:tbl>",
        cell("项目"),
        cell("金额"),
        cell("150000")
    );
    let uneven = format!("<w:tbl><w:tr>{wide}{}</w:tr></w:tbl>", cell("150000"));
    let read = words(&docx(&format!("{even}<w:p>{}</w:p>{uneven}", run("另查明")), &[])).await.expect("it is read");
    let cells: Vec<Vec<&str>> = read.lines.iter().map(|line| line.cells.iter().map(String::as_str).collect()).collect();
    let expected: [&[&str]; 4] = [&["项目", "金额"], &["借款 本金", "150000"], &[], &["合计", "", "150000"]];
    assert_eq!(cells, expected);
    assert_eq!((read.tables, read.uneven), (2, 1));
}

#[tokio::test]
async fn hostile_files_get_a_clear_answer() {
    let bomb = made::package(&["[Content_Types].xml", "word/document.xml"], u32::MAX);
    assert_eq!(words(&bomb).await, Err(ReadingProblem::TooLarge));
    assert_eq!(words(&made::pdf(&["no"], 200, 200, 0)).await, Err(ReadingProblem::Unsupported));
    assert_eq!(words(&[]).await, Err(ReadingProblem::Empty));
    let cut = docx("<w:p>", &[]);
    assert_eq!(words(&cut).await, Err(ReadingProblem::Damaged));
    let entities = package(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "word/document.xml",
            r#"<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"#,
        ),
    ]);
    assert_eq!(words(&entities).await, Err(ReadingProblem::Damaged));
}
