using System.Text.Json;

namespace Notify.Sandbox.SecurityCenter;

/// <summary>A DingTalk chatbot of the pretended account, as <c>CreateOrUpdateDingTalk</c> writes it.</summary>
public sealed record SandboxChatbot
{
    public const string Parameter = "access_token=";

    private const int LeastName = 2;
    private const int MostName = 64;

    public int Id { get; init; }
    public string Name { get; init; } = "";

    /// <summary>The robot's webhook, whole; calls are told no more than the end of its token.</summary>
    public string SendUrl { get; init; } = "";

    public bool IsOn { get; init; } = true;
    public int IntervalTime { get; init; }

    /// <summary>JSON in a text, as the vendor keeps it.</summary>
    public string ConfigList { get; init; } = "[]";

    /// <inheritdoc cref="ConfigList"/>
    public string GroupIdList { get; init; } = "[]";

    /// <summary><c>zh</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "zh";

    /// <summary>Null is when it was put here.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null is when it was created.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    internal string MaskedUrl => SendUrl.Split(Parameter) is [var address, var token]
        ? $"{address}{Parameter}****{CallTarget.LastFour(token.Split('&')[0])}" : SendUrl;

    /// <summary>Null when it makes sense, else the parameter of <c>CreateOrUpdateDingTalk</c> that does not.</summary>
    internal string? FindWrong() => this switch
    {
        { Name.Length: < LeastName or > MostName } => "RuleActionName",
        _ when !IsWebhook(SendUrl) => "SendUrl",
        { IntervalTime: < 0 } => "IntervalTime",
        _ when !IsArray(ConfigList) => "ConfigList",
        _ when !IsArray(GroupIdList) => "GroupIdList",
        { Language: not ("zh" or "en") } => "DingTalkLang",
        _ => null,
    };

    internal string? FindProblem() => Id < 1 ? $"id: {Id} is below 1." : FindWrong() is { } wrong ? $"{wrong}: is not valid." : null;

    // What was read cannot be written back: it is masked.
    private static bool IsWebhook(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https" && text.Split(Parameter) is [_, { Length: > 0 }] && !text.Contains('*');

    private static bool IsArray(string text)
    {
        try
        {
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
