//! Words of: What a paper says about itself (要素识别).

crate::messages! {
    Offered => "从文字里认出", "Read from its text";
    OfferedNote => "供核对，不自动填写", "To check; fills nothing by itself";
    Take => "采用", "Take";
    CheckNumbers => "文字由机器识别：金额、日期和号码请对照原图。", "Recognised by machine: compare amounts, days and numbers with the picture.";
    Kind => "种类", "Kind";
    Party => "当事人", "Party";
    CaseNumber => "案号", "Case number";
    Day => "日期", "Day";
    Amount => "金额", "Amount";
    IdNumber => "公民身份号码", "ID number";
    WrongIdNumber => "公民身份号码（校验不符）", "ID number (check digit wrong)";
    CreditCode => "统一社会信用代码", "Credit code";
    Phone => "电话", "Telephone";
    Account => "账号", "Account";
}

crate::phrases! {
    read_as(written: &str, amount: &str) => "{written}（{amount}）", "{written} ({amount})";
}
