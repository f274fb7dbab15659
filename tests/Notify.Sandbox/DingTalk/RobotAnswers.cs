using System.Text.Json.Nodes;

namespace Notify.Sandbox.DingTalk;

/// <summary>DingTalk's answers: always HTTP 200 with errcode and errmsg, in either generation's words.</summary>
internal static class RobotAnswers
{
    private const string OldLink = ", more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]";
    private const string NewLink = "https://open.dingtalk.com/document/robots/custom-robot-access";

    public static Answer Ok { get; } = Error(0, "ok");

    public static Answer Error(int code, string? message = null) => Answer.Json(
        new JsonObject { ["errcode"] = code, ["errmsg"] = message ?? KnownMessage(code) },
        code == 0 ? "ok" : code.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Answer WrongContentType(ErrorStyle style) =>
        Error(43004, style == ErrorStyle.Old ? "invalid Content-Type, application/json expected" : "无效的HTTP HEADER Content-Type");

    public static Answer MissingField(ErrorStyle style, string field) =>
        Error(40035, style == ErrorStyle.Old ? $"miss param : {field}" : $"缺少参数 {field}");

    public static Answer TooLong(ErrorStyle style) =>
        Error(460101, style == ErrorStyle.Old ? "message too long, exceed 20000 bytes" : Structured("消息内容过长，超过20000字节", "请缩短消息内容后重试"));

    public static Answer NoSuchToken(ErrorStyle style) => style == ErrorStyle.Old
        ? Error(300001, "token is not exist")
        : Error(400101, Structured("机器人的access_token不存在", "请确认access_token拼写是否正确"));

    public static Answer Dissolved(ErrorStyle style) =>
        Error(400013, style == ErrorStyle.Old ? "the group has been dismissed" : Structured("群已被解散", "请向其他群发消息"));

    public static Answer Disabled(ErrorStyle style) =>
        Error(400102, style == ErrorStyle.Old ? "robot is disabled" : Structured("机器人已停用", "请联系管理员启用机器人"));

    public static Answer TooFast(ErrorStyle style, int perMinute) => style == ErrorStyle.Old
        ? Answer.Json(
            new JsonObject
            {
                // The members beside errcode and errmsg were seen in the wild; a client must not stumble over them.
                ["status"] = 1111,
                ["wait"] = 5,
                ["source"] = "x5",
                ["punish"] = "deny",
                ["uuid"] = Guid.NewGuid().ToString("N"),
                ["errcode"] = 130101,
                ["errmsg"] = $"send too fast, exceed {perMinute} times per minute",
            },
            "130101")
        : Error(410100, Structured("发送速度太快而限流", "请降低发送速度"));

    public static Answer WrongSignature(ErrorStyle style) => Error(310000, style == ErrorStyle.Old
        ? "sign not match" + OldLink
        : Structured("机器人发送签名不匹配", "请确认签名和生成签名的时间戳必须都放在调用的网址中，请确认机器人的密钥加密和填写正确"));

    public static Answer WrongTimestamp(ErrorStyle style) => Error(310000, style == ErrorStyle.Old
        ? "invalid timestamp" + OldLink
        : Structured("机器人发送签名过期", "签名生成时间和发送时间请保持在 timestampms 以内"));

    public static Answer WrongIp(ErrorStyle style, string ip) => Error(310000, style == ErrorStyle.Old
        ? $"ip {ip} not in whitelist" + OldLink
        : Structured($"IP地址不在白名单内: {ip}", "请联系群管理员将该IP地址添加到机器人的IP地址段"));

    public static Answer NoKeyword(ErrorStyle style) => Error(310000, style == ErrorStyle.Old
        ? "keywords not in content" + OldLink
        : Structured("关键词不匹配", "请联系群管理员查看此机器人的关键词，并在发送的信息中包含此关键词"));

    public static Answer UnknownType(ErrorStyle style) =>
        Error(400105, style == ErrorStyle.Old ? "unsupported msgtype" : Structured("不支持的消息类型", "请使用机器人支持的消息类型"));

    private static string Structured(string description, string solution) =>
        $"description:{description};solution:{solution};link:请参考本接口对应文档 {NewLink};";

    /// <summary>Words for codes that only a fault produces.</summary>
    private static string KnownMessage(int code) => code switch
    {
        -1 => "系统繁忙",
        310000 => "keywords not in content" + OldLink,
        300001 or 300005 => "token is not exist",
        400101 => "access_token不存在",
        400102 => "机器人已停用",
        400106 => "机器人不存在",
        400013 => "群已被解散",
        400105 => "不支持的消息类型",
        40035 => "缺少参数 json",
        43004 => "无效的HTTP HEADER Content-Type",
        130101 => "send too fast, exceed 20 times per minute",
        410100 => "发送速度太快而限流",
        90030 => "webhook over limit",
        460101 => "message too long, exceed 20000 bytes",
        101002 => "message is too long",
        430101 => "含有不安全的外链",
        430102 => "含有不合适的文本",
        430103 => "含有不合适的图片",
        430104 => "含有不合适的内容",
        _ => $"error {code}",
    };
}
