using System.Globalization;
using Notify.Admin.Rules;

namespace Notify.Admin.ConfigFiles;

/// <summary>The rules that a file can break, as what follows the name of a field.</summary>
internal static class ConfigRules
{
    public static readonly Bilingual Text = new("must be a text", "必须是文本");

    public static readonly Bilingual Flag = new("must be true or false", "必须是 true 或 false");

    public static readonly Bilingual Number = new("must be a whole number", "必须是整数");

    public static readonly Bilingual Texts = new("must be a list of texts", "必须是文本列表");

    public static readonly Bilingual Days = new("must be a list of days", "必须是星期列表");

    public static readonly Bilingual List = new("must be a list", "必须是列表");

    public static readonly Bilingual Map = new("must be a map", "必须是映射");

    public static readonly Bilingual Time = new("must be a time such as \"22:00\"", "必须是时间，例如 \"22:00\"");

    public static readonly Bilingual Moment = new(
        "must be a moment such as \"2026-11-29T22:00:00+08:00\"",
        "必须是时刻，例如 \"2026-11-29T22:00:00+08:00\"");

    public static readonly Bilingual Missing = new("is missing", "缺失");

    public static readonly Bilingual MeanwhileChanged = new("was changed by somebody meanwhile", "期间已被他人修改");

    public static readonly Bilingual SetByConfiguration = new("is set by configuration, which wins", "由服务器配置设定，以其为准");

    public static readonly Bilingual KeepOfNothing = new(
        "is keep, and nothing is stored under this name: say where it is, as ${env:NAME}",
        "为 keep，但此名称下没有已存储的内容：请写明其位置，例如 ${env:NAME}");

    public static readonly Bilingual SecretReference = new(
        "must be keep, ${env:NAME} or ${file:/run/secrets/name}: the file holds no secret itself",
        "必须是 keep、${env:NAME} 或 ${file:/run/secrets/name}：文件本身不含密钥");

    public static readonly Bilingual ProductSetting = new(
        "names a setting of the product: give the secret a variable of its own",
        "指向产品自身的设置：请为该密钥单独使用一个变量");

    public static readonly Bilingual SeveralChannels = new("names several channels: give each a name of its own", "对应多个渠道：请为每个渠道取不同的名称");

    public static readonly Bilingual OtherVendor = new(
        "must be at the vendor of its kind of channel: Security Center for a DingTalk chatbot, Kayran for a Slack integration",
        "必须属于该类渠道对应的厂商：钉钉机器人对应云安全中心，Slack 集成对应 Kayran");

    public static readonly Bilingual Published = new(
        "is another, and the channel is published: take it away there first, on the channel's page",
        "是另一个账号，而该渠道已发布：请先在渠道页面将其从原账号中移除");

    public static readonly Bilingual BeforeFirstAdmin = new(
        "cannot come before the first Admin: set the product up first",
        "不能早于第一位管理员：请先完成初始设置");

    public static readonly Bilingual Email = new("must be an e-mail address", "必须是电子邮箱地址");

    public static readonly Bilingual LastAdmin = new(
        "must stay Admin: nobody else could administer the product",
        "必须保持为管理员：否则没有其他人可以管理本产品");

    public static readonly Bilingual LocalAccountsOff = new(
        "is not known, and passwords are switched off: people come through single sign-on",
        "未知，且密码登录已关闭：人员须通过单点登录加入");

    public static readonly Bilingual FunctionName = new(
        "must be a function id (Fn…), or callbackId and appId (A…) stand in its place",
        "必须是函数 ID（Fn…），或以 callbackId 与 appId（A…）代替");

    public static readonly Bilingual AccessChanging = new(
        "is being changed at Slack: apply the file once that is over",
        "正在 Slack 中更改：请在完成后再应用此文件");

    public static readonly Bilingual AccessDrifted = new(
        "cannot be changed while Slack has another list than the wanted one: accept or restore it first, on the function's page",
        "当前 Slack 中的列表与期望的不一致，无法更改：请先在该函数的页面接受或恢复");

    public static readonly Bilingual GroupId = new("must be decimal digits within int32", "必须是 int32 范围内的十进制数字");

    public static readonly Bilingual Utf8 = new("is not UTF-8 text here: save it as UTF-8", "此处不是 UTF-8 文本：请以 UTF-8 保存");

    public static readonly Bilingual Unread = new(
        "cannot be read: it leads nowhere, or the product's account may not read it",
        "无法读取：其链接没有指向，或本产品的账户无权读取");

    public static readonly Bilingual Empty = new("is empty", "是空的");

    public static readonly Bilingual SecondDocument = new("has a second document: only one is read", "含有第二个文档：只读取一个");

    public static readonly Bilingual Sections = new("must be a map of sections", "必须是由各部分组成的映射");

    public static readonly Bilingual EndsEarly = new("ends too early", "过早结束");

    public static readonly Bilingual Anchor = new(
        "has an anchor or alias: write the value where it belongs",
        "含有锚点或别名：请直接写出该值");

    public static readonly Bilingual Nested = new("is nested too deep", "嵌套过深");

    public static readonly Bilingual KeyNoText = new("has a key that is no text", "含有不是文本的键");

    public static Bilingual OneOf(string values) => new(
        $"must be one of {values}", $"必须是以下之一：{values}");

    public static Bilingual Exactly(string value) => new(
        $"must be {value}", $"必须是 {value}");

    public static Bilingual Within(int least, int most) => new($"must be {least} to {most}",
        $"必须介于 {least} 与 {most} 之间");

    public static Bilingual OneLine(int most) => new($"must be one line of at most {most} characters",
        $"必须是一行，最多 {most} 个字符");

    public static Bilingual TooLarge(int mebibytes) => new($"is larger than {mebibytes} MiB",
        $"超过 {mebibytes} MiB");

    public static Bilingual NoSection(string sections) => new(
        $"is no section; there are {sections}", $"不是有效的部分；可用的有 {sections}");

    public static Bilingual NoKey(string keys) => new(
        $"is no key here; there are {keys}", $"不是此处可用的键；可用的有 {keys}");

    public static Bilingual Again(string name) => new(
        $"says {name} again: objects are told apart by their names", $"再次出现 {name}：对象以名称区分");

    public static Bilingual AgainInOtherCase(string name, string first) => new(
        $"says {name} after {first}: capital letters make no other address",
        $"在 {first} 之后又出现 {name}：大小写不同仍是同一地址");

    public static Bilingual Beside(string other) => new(
        $"stands beside {other}, and only one of the two can hold: leave out the other", $"与 {other} 同时出现，两者只能取一：请删去另一个");

    public static Bilingual Twice(string key) => new(
        $"says {key} twice", $"出现了两次 {key}");

    public static Bilingual SeveralStand(int count) => new($"is the name of {count} that stand: give each a name of its own first",
        $"是 {count} 个现有对象的名称：请先为每个取不同的名称");

    public static Bilingual NewWhole(string whole) => new(
        $"is keep, and {whole} is a new one: the two are given together", $"为 keep，而 {whole} 是新的：两者须一并给出");

    public static Bilingual InTwoFiles(string file) => new(
        $"is provisioned from {file}, too: name it in one file", $"也由 {file} 预置：请只写在一个文件中");

    public static Bilingual Provisioned(string file) => new(
        $"is provisioned from {file}: change it in that file", $"由 {file} 预置：请在该文件中修改");

    public static Bilingual StandsOn(string user) => new(
        $"cannot be deleted: {user} stands on it", $"无法删除：{user} 正在使用它");

    public static Bilingual UsedBy(string users) => new(
        $"cannot be deleted: it is used by {users}", $"无法删除：{users} 正在使用它");

    public static Bilingual NoChannel(string name) => new(
        $"names no channel: {name}; write slack/NAME or dingtalk/NAME", $"没有对应的渠道：{name}；请写 slack/名称 或 dingtalk/名称");

    public static Bilingual NoWorkspace(string name) => new(
        $"names no Slack workspace: {name}", $"没有对应的 Slack 工作区：{name}");

    public static Bilingual NoAccount(string name) => new(
        $"names no account: {name}", $"没有对应的账号：{name}");

    public static Bilingual NoRuleSet(string name) => new(
        $"names no rule set: {name}", $"没有对应的规则集：{name}");

    public static readonly Bilingual SeveralRuleSets = new("names several rule sets: give each a name of its own", "对应多个规则集：请为每个取不同的名称");

    public static readonly Bilingual SeveralWorkspaces = new(
        "names several Slack workspaces: give each a name of its own",
        "对应多个 Slack 工作区：请为每个取不同的名称");

    public static readonly Bilingual SeveralAccounts = new("names several accounts: give each a name of its own", "对应多个账号：请为每个取不同的名称");

    public static Bilingual NotSet(string reference) => new(
        $"{reference} is not set where the product runs", $"{reference} 在产品运行处未设置");

    public static Bilingual SecretTooLong(string reference) => new(
        $"{reference} is too long for a secret", $"{reference} 作为密钥过长");

    public static Bilingual NotYaml(string why) => new(
        $"is not YAML that can be read: {why}", $"不是可读取的 YAML：{why}");

    /// <summary>In the reader's language.</summary>
    public static string Say(this Bilingual rule) => rule.In(Bilingual.LanguageOf(CultureInfo.CurrentUICulture));
}
