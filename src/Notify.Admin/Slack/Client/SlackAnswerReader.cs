using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Turns status, headers and body of an HTTP answer into Slack's verdict: from the body's <c>ok</c>, never from the status
/// alone.</summary>
internal static class SlackAnswerReader
{
    private const int MaxRawLength = 4096;
    private const int MaxMessages = 20;
    private const int MaxMessageLength = 500;
    private const int MaxCodeLength = 80;

    public static SlackAnswer<T> Read<T>(HttpResponseMessage response, ReadOnlyMemory<byte> body, string token, DateTimeOffset now,
        Func<JsonElement, T?> read)
        where T : class
    {
        var status = (int)response.StatusCode;
        var answer = new SlackAnswer<T>
        {
            Code = SlackErrors.UnreadableAnswer,
            StatusCode = status,
            Scopes = ReadScopes(response.Headers),
            RawAnswer = RawText(body, token),
        };

        using var document = Parse(body);
        var verdict = document is null ? null : Envelope(answer, document.RootElement, response.IsSuccessStatusCode, token, read);
        verdict ??= WithoutEnvelope(answer, status);

        if (status == 429 && !verdict.Ok && !SlackErrors.Judge(verdict.Code).IsKnown)
        {
            verdict = verdict with { Code = SlackErrors.RateLimited };
        }

        return verdict.Ok ? verdict : verdict with
        {
            RetryAfter = VendorWait.Read(response.Headers, now),
            OutcomeUnknown = verdict.OutcomeUnknown || status >= 500 || SlackErrors.LeavesOutcomeOpen(verdict.Code),
        };
    }

    /// <summary>The body for people: redacted, then cut.</summary>
    public static string? RawText(ReadOnlyMemory<byte> body, string token)
    {
        // Much more than is kept, so that what redaction takes away is made up for; no more, since a list may have megabytes.
        const int Enough = 8 * MaxRawLength;
        var text = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, Enough)]);
        return text.Length == 0 ? null : Redactor.RedactAndCut(text, MaxRawLength, token);
    }

    private static SlackAnswer<T>? Envelope<T>(SlackAnswer<T> answer, JsonElement root, bool isSuccess, string token, Func<JsonElement,
        T?> read)
        where T : class
    {
        switch (root.Member("ok")?.ValueKind)
        {
            case JsonValueKind.True when isSuccess:
                var value = read(root);
                return value is null
                    ? answer with { OutcomeUnknown = true }
                    : answer with { Code = SlackErrors.Accepted, Value = value, Warnings = ReadWarnings(root) };

            case JsonValueKind.False:
                return answer with
                {
                    Code = ReadCode(root, token),
                    Needed = Clean(root.Text("needed"), token),
                    Provided = Clean(root.Text("provided"), token),
                    Messages = ReadMessages(root, token),
                };

            // "ok" under an error status contradicts itself.
            case JsonValueKind.True:
                return WithoutEnvelope(answer with { OutcomeUnknown = true }, answer.StatusCode!.Value);

            default:
                return null;
        }
    }

    private static SlackAnswer<T> WithoutEnvelope<T>(SlackAnswer<T> answer, int status)
        where T : class => status switch
        {
            429 => answer with { Code = SlackErrors.RateLimited },
            >= 200 and < 300 => answer with { OutcomeUnknown = true },
            _ => answer with { Code = SlackErrors.OfStatus(status) },
        };

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return ForeignJson.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string ReadCode(JsonElement root, string token)
    {
        var code = ForeignText.Line(Redactor.Redact(root.Text("error"), token), MaxCodeLength);
        return string.IsNullOrEmpty(code) || code == SlackErrors.Accepted ? "unknown_error" : code;
    }

    private static List<string> ReadWarnings(JsonElement root)
    {
        var warnings = (root.Text("warning") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var listed = (root.Member("response_metadata") ?? default).Items("warnings").Select(SlackJson.TextValue).OfType<string>();
        return [.. warnings.Concat(listed).Select(text => ForeignText.Line(text, MaxMessageLength))
            .Distinct(StringComparer.Ordinal).Take(MaxMessages)];
    }

    private static List<string> ReadMessages(JsonElement root, string token)
    {
        // The same explanation is often in both lists, once with its level in brackets.
        var messages = (root.Member("response_metadata") ?? default).Items("messages").Concat(root.Items("errors"))
            .Take(4 * MaxMessages)
            .Select(item => item.TextValue() ?? item.Text("message") ?? item.Text("error") ?? item.GetRawText())
            .Select(text => Clean(text.StartsWith("[ERROR] ", StringComparison.Ordinal) ? text["[ERROR] ".Length..] : text, token))
            .OfType<string>();
        return [.. messages.Distinct(StringComparer.Ordinal).Take(MaxMessages)];
    }

    private static string? Clean(string? text, string token) =>
        string.IsNullOrWhiteSpace(text) ? null : Redactor.RedactAndCut(ForeignText.OnOneLine(text), MaxMessageLength, token);

    private static List<string>? ReadScopes(HttpResponseHeaders headers) =>
        headers.TryGetValues("X-OAuth-Scopes", out var values)
            ? [.. values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Distinct(StringComparer.Ordinal)]
            : null;
}
