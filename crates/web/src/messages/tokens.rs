//! Words of: Tokens by which programs act for a person (程序令牌).

crate::messages! {
    Title => "程序令牌", "Tokens for programs";
    Lead => "令牌让您的程序替您办事：权限与您相同，留痕里写明是用令牌办的。请像密码一样保管，不用了就收回。", "A token lets a program of yours act for you: it may do what you may, and the trace says that a token was used. Keep it like a password, and end it when it is no longer needed.";
    Routes => "接口说明", "The routes for programs";
    Made => "令牌做好了，只显示这一次：", "The token is made. It is shown this once:";
    MadeNote => "请现在抄走。法院只存它的散列值，以后谁也看不到它。", "Copy it now. The court keeps only its hash; nobody can see it again.";
    Known => "在用的令牌", "Tokens in use";
    None => "还没有令牌", "No tokens yet";
    NoneNote => "没有程序替您办事。", "No program acts for you.";
    Name => "名称", "Name";
    NameHelp => "写明给哪个程序用，比如“律所办案系统”。", "Say which program it is for, such as “the firm's case system”.";
    MadeAt => "制作时间", "Made";
    UsedAt => "最近使用", "Last used";
    ExpiresOn => "到期", "Ends";
    Never => "没有用过", "Never";
    Act => "操作", "Act";
    End => "收回", "End";
    New => "做一个新令牌", "Make a token";
    Life => "有效期", "Valid for";
    Days7 => "7天", "7 days";
    Days30 => "30天", "30 days";
    Days90 => "90天", "90 days";
    Days365 => "一年", "One year";
    Make => "制作令牌", "Make the token";
}
