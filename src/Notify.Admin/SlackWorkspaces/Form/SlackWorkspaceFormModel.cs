using System.Text.Json.Serialization;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>What an Admin is typing about one workspace. Field names in refusals and conflicts are the names of its properties.</summary>
public sealed class SlackWorkspaceFormModel : IFormModel<SlackWorkspaceFormModel>
{
    public const int MaxNameLength = 64;

    public string Name { get; set; } = "";

    /// <summary>A new bot token; empty keeps the stored one. No token is ever filled from the store or part of a kept draft.</summary>
    [JsonIgnore]
    public string? BotToken { get; set; }

    /// <summary>A new app configuration token; empty keeps the stored pair.</summary>
    [JsonIgnore]
    public string? ConfigToken { get; set; }

    /// <summary>The refresh token that came with <see cref="ConfigToken"/>.</summary>
    [JsonIgnore]
    public string? RefreshToken { get; set; }

    /// <summary>A new app-level token; empty keeps the stored one.</summary>
    [JsonIgnore]
    public string? AppToken { get; set; }

    [JsonIgnore]
    public bool HasBotToken => !string.IsNullOrWhiteSpace(BotToken);

    [JsonIgnore]
    public bool HasConfigToken => !string.IsNullOrWhiteSpace(ConfigToken);

    [JsonIgnore]
    public bool HasRefreshToken => !string.IsNullOrWhiteSpace(RefreshToken);

    [JsonIgnore]
    public bool HasAppToken => !string.IsNullOrWhiteSpace(AppToken);

    [JsonIgnore]
    public bool HasTokens => HasBotToken || HasConfigToken || HasRefreshToken || HasAppToken;

    public SlackWorkspaceFormModel Copy() => (SlackWorkspaceFormModel)MemberwiseClone();

    /// <summary>The rules that the form can check by itself; at most one refusal a field.</summary>
    /// <param name="isNew">A bot token must be given; a name need not be: Slack has one.</param>
    public IEnumerable<FieldRefusal> Check(bool isNew)
    {
        if (CheckName(isNew) is { } name)
        {
            yield return new FieldRefusal(nameof(Name), name);
        }

        if ((HasBotToken ? CheckToken(BotToken!) : isNew ? "Form.BotToken.Missing" : null) is { } bot)
        {
            yield return new FieldRefusal(nameof(BotToken), bot);
        }

        if ((HasConfigToken ? CheckToken(ConfigToken!) : HasRefreshToken ? "Form.ConfigToken.Missing" : null) is { } config)
        {
            yield return new FieldRefusal(nameof(ConfigToken), config);
        }

        if (HasRefreshToken && CheckToken(RefreshToken!) is { } refresh)
        {
            yield return new FieldRefusal(nameof(RefreshToken), refresh);
        }

        if (HasAppToken && CheckToken(AppToken!) is { } app)
        {
            yield return new FieldRefusal(nameof(AppToken), app);
        }
    }

    private static string? CheckToken(string token) => SlackToken.IsWellFormed(token.Trim()) ? null : "Form.Token.Malformed";

    private string? CheckName(bool isNew) => Name.Trim() switch
    {
        "" => isNew ? null : "Form.Name.Missing",
        { Length: > MaxNameLength } => "Form.Name.TooLong",
        var name when !PlainText.IsLine(name) => "Form.Name.Control",
        _ => null,
    };
}
