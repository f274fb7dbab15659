using System.Collections.Frozen;
using System.Globalization;
using Notify.Admin.Channels;

namespace Notify.Admin.DingTalk;

/// <summary>What each code of the robot, and each of ours for transport trouble, means for what happens next.</summary>
internal static class DingTalkErrors
{
    public const string Accepted = "0";
    public const string SecurityCheckFailed = "310000";
    public const string KeywordMissing = "310000/keyword";
    public const string SignatureWrong = "310000/sign";
    public const string TimestampInvalid = "310000/timestamp";
    public const string AddressNotListed = "310000/ip";
    public const string Timeout = "timeout";
    public const string ConnectionFailed = "connection_failed";
    public const string ConnectionLost = "connection_lost";
    public const string TlsFailed = "tls_failed";
    public const string AddressRefused = "address_refused";
    public const string WebhookNotAllowed = "webhook_not_allowed";
    public const string UnreadableAnswer = "unreadable_answer";

    /// <summary>Ours: the stored token or secret cannot be decrypted.</summary>
    public const string SecretUnreadable = "secret_unreadable";

    /// <summary>Followed by the status: <c>http_502</c>.</summary>
    public const string HttpStatusPrefix = "http_";

    /// <summary>The gateway's word for an address that it has barred, which comes without an errcode.</summary>
    public const int BarredStatus = 1111;

    /// <summary>Sending too fast shuts the robot for ten minutes, not for the rest of the minute.</summary>
    public static readonly TimeSpan CoolDown = TimeSpan.FromMinutes(10);

    // Limits of the open platform: by address, organisation, app and interface; 90020 is the month's.
    private static readonly FrozenSet<string> Throttled = Enumerable.Range(90001, 14).Append(90018).Append(90020)
        .Select(code => code.ToString(CultureInfo.InvariantCulture)).ToFrozenSet();

    private static readonly string BarredCode = BarredStatus.ToString(CultureInfo.InvariantCulture);

    // What DingTalk's texts of all generations say when a call came too early, for codes that nobody has described.
    private static readonly string[] LaterWords =
    [
        "too fast", "too many", "frequen", "rate limit", "over limit", "throttl", "try again later", "qps", "busy", "太快", "频繁", "频率",
        "限流", "流控", "次数过多", "总次数超过", "次数达到上限", "暂时禁用", "稍后", "繁忙",
    ];

    private static readonly FrozenDictionary<string, FailureKind> Kinds = new Dictionary<string, FailureKind>
    {
        ["-1"] = FailureKind.Transient,
        ["130101"] = FailureKind.Transient,
        ["410100"] = FailureKind.Transient,
        ["90030"] = FailureKind.Transient,
        [SecurityCheckFailed] = FailureKind.ChannelPermanent,
        [KeywordMissing] = FailureKind.ChannelPermanent,
        [SignatureWrong] = FailureKind.ChannelPermanent,
        [TimestampInvalid] = FailureKind.ChannelPermanent,
        [AddressNotListed] = FailureKind.ChannelPermanent,
        ["300001"] = FailureKind.ChannelPermanent,
        ["300005"] = FailureKind.ChannelPermanent,
        ["400101"] = FailureKind.ChannelPermanent,
        ["400102"] = FailureKind.ChannelPermanent,
        ["400106"] = FailureKind.ChannelPermanent,
        ["400013"] = FailureKind.ChannelPermanent,
        ["400105"] = FailureKind.MessagePermanent,
        ["40035"] = FailureKind.MessagePermanent,
        ["43004"] = FailureKind.MessagePermanent,
        ["460101"] = FailureKind.MessagePermanent,
        ["101002"] = FailureKind.MessagePermanent,
        ["430101"] = FailureKind.MessagePermanent,
        ["430102"] = FailureKind.MessagePermanent,
        ["430103"] = FailureKind.MessagePermanent,
        ["430104"] = FailureKind.MessagePermanent,
        [Timeout] = FailureKind.Transient,
        [ConnectionFailed] = FailureKind.Transient,
        [ConnectionLost] = FailureKind.Transient,
        [TlsFailed] = FailureKind.Transient,
        [UnreadableAnswer] = FailureKind.Transient,
        [AddressRefused] = FailureKind.ChannelPermanent,
        [WebhookNotAllowed] = FailureKind.ChannelPermanent,
        [SecretUnreadable] = FailureKind.ChannelPermanent,
    }.ToFrozenDictionary();

    /// <summary>Every code with an explanation of its own.</summary>
    public static IEnumerable<string> Codes => Kinds.Keys.Concat(Throttled).Append(BarredCode);

    /// <summary>True for the codes that only mean that a call came too early.</summary>
    public static bool AsksToComeLater(int code) => AsksToComeLater(code.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc cref="AsksToComeLater(int)"/>
    public static bool AsksToComeLater(string code) =>
        code is "130101" or "410100" or "90030" || code == BarredCode || Throttled.Contains(code);

    /// <summary>True where a vendor's text says so, whatever its code.</summary>
    public static bool SaysToComeLater(string? text) => text is not null && Says(text, LaterWords);

    /// <summary>False for a code nobody has described: it is tried again, and five in a row need attention.</summary>
    public static bool IsKnown(string code) => Kinds.ContainsKey(code) || AsksToComeLater(code) || IsKnownStatus(code);

    public static FailureKind KindOf(string code) => Kinds.GetValueOrDefault(code, FailureKind.Transient);

    public static TimeSpan? RetryAfterOf(string code) => code is "130101" or "410100" ? CoolDown : null;

    /// <summary>The code of an answer, with the sub-reason of 310000 that only the text tells.</summary>
    public static string CodeOf(RobotAnswer answer)
    {
        var code = answer.ErrorCode.ToString(CultureInfo.InvariantCulture);
        return code == SecurityCheckFailed ? SubReason(answer.ErrorMessage ?? string.Empty) : code;
    }

    // Two generations of texts: "sign not match, more: [link]" and "description:…;solution:…;link:…;". Only the first clause says what
    // happened; the solution to a wrong signature speaks of timestamps as well, and the links of anything.
    private static string SubReason(string text)
    {
        var clause = text.StartsWith("description:", StringComparison.OrdinalIgnoreCase) ? text["description:".Length..] : text;
        clause = clause.Split([";solution:", "；solution:", ", more:", ";link:"], 2, StringSplitOptions.None)[0];
        if (Says(clause, "keyword", "关键词", "关键字"))
        {
            return KeywordMissing;
        }

        // 签名过期 (the signature has expired) is about the clock.
        if (Says(clause, "timestamp", "时间戳", "过期", "expired"))
        {
            return TimestampInvalid;
        }

        if (Says(clause, "sign", "签名", "加签"))
        {
            return SignatureWrong;
        }

        return Says(clause, "whitelist", "white list", "白名单", "ip ", "ip地址") ? AddressNotListed : SecurityCheckFailed;
    }

    private static bool Says(string text, params string[] words) =>
        Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    // Servers and proxies in trouble or asking for patience; other statuses mean that the address is not a robot's.
    private static bool IsKnownStatus(string code) =>
        code.StartsWith(HttpStatusPrefix, StringComparison.Ordinal)
            && (code[HttpStatusPrefix.Length] == '5' || code is "http_408" or "http_429");
}
