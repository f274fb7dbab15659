using System.Text.Json.Serialization;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>What adding and changing a workspace take.</summary>
/// <param name="Name">Left out when adding: its name in Slack.</param>
/// <param name="BotToken">Required when adding.</param>
/// <param name="ConfigToken">An app configuration token, for access lists.</param>
/// <param name="RefreshToken">The one that came with it; without it the configuration token ends after 12 hours.</param>
/// <param name="AppToken">An app-level token with <c>connections:write</c>, for buttons in messages.</param>
public sealed record SlackWorkspaceBody(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("bot_token")] string? BotToken,
    [property: JsonPropertyName("config_token")] string? ConfigToken,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("app_token")] string? AppToken)
{
    internal const string NameField = "name";
    internal const string BotTokenField = "bot_token";
    internal const string ConfigTokenField = "config_token";
    internal const string RefreshTokenField = "refresh_token";
    internal const string AppTokenField = "app_token";

    /// <summary>The body's name of a form model's property, which is the trail's.</summary>
    internal static string NameOf(string property) => SlackWorkspaceFields.Table.AuditNameOf(property);

    /// <summary>A refusal for a developer.</summary>
    internal static string RuleOf(string textKey) => textKey switch
    {
        "Form.Name.Missing" or "Form.BotToken.Missing" => "is required",
        "Form.Name.TooLong" => $"is longer than {SlackWorkspaceFormModel.MaxNameLength} characters",
        "Form.Name.Control" => "has a control character in it",
        "Form.ConfigToken.Missing" => "is required with a refresh_token: the two are one pair",
        "Form.Token.Malformed" => "is no token: it has a blank or a character outside ASCII, or more than 512 characters",
        _ => "is not accepted",
    };
}
