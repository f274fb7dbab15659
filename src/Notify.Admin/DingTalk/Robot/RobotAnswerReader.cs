using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Reads a body as an answer of a robot, or of the gateway before it, in the shapes that DingTalk's answers have had.</summary>
internal static partial class RobotAnswerReader
{
    // "The open platform's error": what it is about is in a second code.
    private const int Wrapped = 88;

    // How long a barred address stays barred where the answer does not say.
    private const int MinutesBarred = 5;

    /// <returns>Null where the body is no such answer: not JSON, cut off, or without a code.</returns>
    public static RobotAnswer? Read(string body)
    {
        try
        {
            using var document = ForeignJson.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root ? Read(root) : null;
        }
        catch (JsonException)
        {
            // The gateway may put its JSON into a page.
            return Barred().IsMatch(body) ? OfBarred(Wait().Match(body) is { Success: true } wait ? wait.Groups[1].Value : null) : null;
        }
    }

    private static RobotAnswer? Read(JsonElement root)
    {
        var text = Text(root, "errmsg") ?? Text(root, "message");
        if (Number(root, "errcode") is { } code)
        {
            var inner = code == Wrapped ? Number(root, "sub_code") ?? Number(root, "subcode") ?? InnerCode(text) : null;
            return new RobotAnswer(inner is { } known && DingTalkErrors.AsksToComeLater(known) ? known : code, text)
            {
                Wait = Penalty(Text(root, "sub_msg") ?? text),
            };
        }

        if (Number(root, "status") == DingTalkErrors.BarredStatus || Text(root, "punish") is not null)
        {
            return OfBarred(Number(root, "wait")?.ToString(CultureInfo.InvariantCulture));
        }

        // The open platform's newer codes are words.
        return Text(root, "code") switch
        {
            { } word when word.Contains("QpsLimitForApi", StringComparison.Ordinal) => new RobotAnswer(90002, text ?? word),
            { } word when word.Contains("ApiCountLimit", StringComparison.Ordinal) => new RobotAnswer(90020, text ?? word),
            { } word when word.Contains("QpsLimit", StringComparison.Ordinal) || word.Contains("Throttling", StringComparison.Ordinal) =>
                new RobotAnswer(90018, text ?? word),
            _ => null,
        };
    }

    private static RobotAnswer OfBarred(string? minutes) => new(DingTalkErrors.BarredStatus, null)
    {
        Wait = TimeSpan.FromMinutes(
            int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : MinutesBarred),
    };

    private static int? InnerCode(string? text) =>
        InnerCode().Match(text ?? string.Empty) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;

    /// <summary>From the moment of the offence to the end of its penalty, both by DingTalk's clock: 「从 … 到 … 请求总次数超过了 300 次,
    /// 处罚将在 … 结束」.</summary>
    private static TimeSpan? Penalty(string? text)
    {
        if (Penalty().Match(text ?? string.Empty) is not { Success: true } match
            || !TryReadMoment(match.Groups["from"].Value, out var from) || !TryReadMoment(match.Groups["until"].Value, out var until))
        {
            return null;
        }

        return until > from ? until - from : TimeSpan.Zero;
    }

    private static bool TryReadMoment(string text, out DateTime moment) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static int? Number(JsonElement root, string name) => !root.TryGetProperty(name, out var member) ? null : member.ValueKind switch
    {
        JsonValueKind.Number when member.TryGetInt32(out var number) => number,
        JsonValueKind.String when int.TryParse(member.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var number) => number,
        _ => null,
    };

    [GeneratedRegex("""["']status["']\s*:\s*["']?1111\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Barred();

    [GeneratedRegex("""["']wait["']\s*:\s*["']?([0-9]{1,6})\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Wait();

    [GeneratedRegex(@"sub_?code\s*=\s*([0-9]{1,9})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex InnerCode();

    [GeneratedRegex(@"到\s*(?<from>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}).{0,100}?处罚将在\s*(?<until>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8})",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Penalty();
}
