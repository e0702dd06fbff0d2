//! Words of: People and sessions, for administrators (人员).

crate::messages! {
    Title => "人员", "People";
    SystemNote => "管理员只管账号和会话，看不到任何案件内容。", "Administrators keep accounts and sessions; they see nothing of any case.";
    SecurityNote => "谁在什么阶段能做什么，由下面这张表决定；没有列出的一律不许。", "This table decides who may do what at which stage; what it does not list is denied.";
    Staff => "本院人员", "People of the court";
    Outside => "已登录的当事人和律师", "Parties and lawyers signed in";
    Name => "姓名", "Name";
    Post => "岗位", "Post";
    Division => "庭室或单位", "Division or unit";
    Sessions => "登录中", "Signed in";
    Act => "操作", "Act";
    EndSessions => "结束会话", "End sessions";
    ThePosts => "岗位与人员", "Posts and people";
    ThePeople => "人员", "People";
    TheTable => "权限表", "Table of access";
    Relation => "与案件的关系", "Relation to the case";
    Stages => "阶段", "Stages";
}
