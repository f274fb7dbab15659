using System.Text.Json;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>A body as read, or why it is refused.</summary>
/// <param name="RemovesPair"><c>config_token</c> is null, which is not the same as left out.</param>
/// <param name="RemovesAppToken">The same of <c>app_token</c>.</param>
internal sealed record SlackWorkspaceBodyReading(SlackWorkspaceBody Body, bool RemovesPair, bool RemovesAppToken, IResult? Refusal)
{
    /// <param name="storedName">Stays where none is given.</param>
    public SlackWorkspaceFormModel ToModel(string storedName) => new()
    {
        Name = Body.Name ?? storedName,
        BotToken = Body.BotToken,
        ConfigToken = Body.ConfigToken,
        RefreshToken = Body.RefreshToken,
        AppToken = Body.AppToken,
    };
}

/// <summary>Reads the bodies of <c>/api/slack-workspaces</c>.</summary>
internal static class SlackWorkspaceBodyReader
{
    public static async Task<SlackWorkspaceBodyReading> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(request, RequestBody.DefaultLimit, cancellationToken) is not { } bytes)
        {
            return Refused(Problems.Result(StatusCodes.Status413PayloadTooLarge, "too_large", "The body is larger than 1 MiB."));
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Read(document.RootElement);
        }
        // InvalidOperationException: text that is not UTF-8, or half a surrogate pair in a name.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Refused(Problems.Result(StatusCodes.Status400BadRequest, "invalid_json", "The body is not JSON."));
        }
    }

    public static IResult Refuse(IReadOnlyList<FieldProblem> problems) => Problems.Result(
        StatusCodes.Status400BadRequest, "invalid_workspace", $"The field {problems[0].Field} {problems[0].Reason}.", problems);

    private static SlackWorkspaceBodyReading Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Refused(Problems.Result(StatusCodes.Status400BadRequest, "invalid_json", "The body is not a JSON object."));
        }

        List<FieldProblem> problems = [];
        var body = new SlackWorkspaceBody(
            Text(SlackWorkspaceBody.NameField), Text(SlackWorkspaceBody.BotTokenField), Text(SlackWorkspaceBody.ConfigTokenField),
            Text(SlackWorkspaceBody.RefreshTokenField), Text(SlackWorkspaceBody.AppTokenField));
        return problems.Count > 0 ? Refused(Refuse(problems)) : new SlackWorkspaceBodyReading(
            body, IsNull(SlackWorkspaceBody.ConfigTokenField), IsNull(SlackWorkspaceBody.AppTokenField), null);

        bool IsNull(string name) => root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Null;

        string? Text(string name)
        {
            if (!root.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            try
            {
                if (member.ValueKind == JsonValueKind.String && member.GetString() is { } text && PlainText.Is(text))
                {
                    return text;
                }
            }
            catch (InvalidOperationException)
            {
                // The text holds half a surrogate pair.
            }

            problems.Add(new FieldProblem(null, name, "is not a text"));
            return null;
        }
    }

    private static SlackWorkspaceBodyReading Refused(IResult refusal) =>
        new(new SlackWorkspaceBody(null, null, null, null, null), false, false, refusal);
}
