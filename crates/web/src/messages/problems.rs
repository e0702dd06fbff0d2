//! What went wrong, and what can be done.

crate::messages! {
    NotFound => "没有找到这一页", "This page was not found";
    NotFoundNext => "地址可能写错了，也可能您无权查看。可以回到首页，或者打电话问法院。", "The address may be wrong, or it is not for you to see. Go back to the start, or call the court.";
    SignIn => "请先登录", "Please sign in first";
    SignInNext => "登录以后会回到这一页。", "After signing in you come back to this page.";
    Busy => "刚才有好几个人同时在办这件事", "Several people were acting on this at the same moment";
    BusyNext => "什么都没有改动。请看一下现在的情况，再试一次。", "Nothing was changed. Look at how it stands now and try again.";
    CommandReused => "这份表单已经用来办过别的事", "This form was already used for something else";
    CommandReusedNext => "请重新打开这一页再办。", "Open the page anew and do it there.";
    MissingGlyphsNext => "请检查是否录错；确是本人姓名用字的，请联系系统管理员安装字体。文书没有生成，什么都没有丢。", "Check for a slip; if it is truly in the name, ask the system administrator to install a font. No paper was written and nothing was lost.";
    Invalid => "有些地方还要改一下", "Some fields need another look";
    InvalidNext => "还没有办。请按下面的提示修改。", "Nothing was done yet. Please mend what is named below.";
    Malformed => "没有读懂发来的内容", "What was sent can't be read";
    MalformedNext => "请回到上一页，检查填写的内容再发一次。", "Go back, check the fields and send it again.";
    WrongMethod => "这个地址不能这样用", "This address can't be used this way";
    WrongMethodNext => "请从本院网站的页面上操作；程序请看接口说明。", "Act from the court's own pages; a program finds its routes in the help for programs.";
    TooLarge => "内容太大了", "This is too large";
    TooLargeNext => "文字请分几次提交；文件请用上传的方式交。", "Send long texts in parts; hand in files by uploading them.";
    TooMany => "操作太快了", "That was too fast";
    ForeignOrigin => "这个操作不是从本院网站发起的", "This act did not start on the court's site";
    ForeignOriginNext => "为了您的安全没有执行。请从本院网站重新操作。", "For your safety it was not carried out. Please start again from the court's own pages.";
    UnknownToken => "令牌无效或者已经到期、收回", "The token is none, or has ended";
    UnknownTokenNext => "请本人登录，在“程序令牌”页重新制作一个。", "Sign in and make a new one on the page of tokens.";
    OnlyInPerson => "这一步要本人登录后办", "A person does this, and no program for them";
    OnlyInPersonNext => "请用浏览器登录后再办。", "Sign in with a browser and do it there.";
    ReadOnly => "这个案件暂时只能看，不能办", "This case can only be read for now";
    ReadOnlyNext => "记录里有本程序版本读不懂的内容，请联系系统管理员升级。", "Its record holds something this release can't read. Ask the system administrator to upgrade.";
    Failed => "服务器暂时办不了", "The server can't do this just now";
    FailedNext => "您刚才的操作没有生效，什么都没有丢。请过一会儿再试，或者打电话问法院。", "What you did has not taken effect and nothing is lost. Try again in a while, or call the court.";
    Home => "回首页", "To the start";
    Return => "回到刚才的页面", "Back to the page";
    TypedKept => "您刚才写的还在这里，可以改好再发一次：", "What you typed is kept here; mend it and send it again:";
    GoBackKeeps => "刚才填写的内容都还在：回到刚才的页面，或者用浏览器的“后退”，改好再办。", "What you filled in is still there: go back to the page, or back in the browser, mend it and send it again.";
    YourWords => "您写的内容", "What you wrote";
    SendAgain => "再发一次", "Send again";
}

crate::phrases! {
    missing_glyphs(characters: &str) => "字库里没有这些字：{characters}", "No font has these characters: {characters}";
    wait(seconds: u64) => "请等{seconds}秒再试。", "Please wait {seconds} seconds and try again.";
}
