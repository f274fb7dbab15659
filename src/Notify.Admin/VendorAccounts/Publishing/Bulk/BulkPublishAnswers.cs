using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notify.Admin.VendorAccounts;

/// <summary>A setting that publishing would change.</summary>
/// <param name="There">At the vendor; null where it is not there yet.</param>
public sealed record PublishChangeAnswer(
    [property: JsonPropertyName("field")] string Field,
    [property: JsonPropertyName("there")] string? There,
    [property: JsonPropertyName("here")] string Here);

/// <summary>What publishing would do to one channel.</summary>
/// <param name="Channel">Its id: of a DingTalk chatbot with a Security Center account, of a Slack integration with a Kayran one.</param>
/// <param name="IsLinked">False where publishing links it first.</param>
/// <param name="Steps"><c>create</c>, <c>update</c>, <c>switch</c>, <c>leave</c>, or <c>delete</c> where the channel is gone here; none
/// where nothing is left to do.</param>
/// <param name="Basis">Tells this plan from another.</param>
public sealed record PublishRowAnswer(
    [property: JsonPropertyName("channel")] int Channel,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("is_linked")] bool IsLinked,
    [property: JsonPropertyName("steps")] IReadOnlyList<string> Steps,
    [property: JsonPropertyName("changes")] IReadOnlyList<PublishChangeAnswer> Changes,
    [property: JsonPropertyName("basis")] string Basis)
{
    internal static PublishRowAnswer Of(BulkPublishRow row) => new(
        row.Channel.Id, row.Name, row.IsLinked,
        row.Plan is { } plan ? [.. plan.Steps.Select(step => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{step}"))] : ["delete"],
        [.. (row.Plan?.Shown ?? []).Select(change => new PublishChangeAnswer(change.Field, change.There, change.Here))], row.Basis);
}

public sealed record PublishPlanAnswer([property: JsonPropertyName("items")] IReadOnlyList<PublishRowAnswer> Items);

/// <summary>A row of a plan that is agreed to.</summary>
public sealed record PublishItemBody(
    [property: JsonPropertyName("channel")] int Channel, [property: JsonPropertyName("basis")] string Basis);

/// <summary>The rows of a plan that are to be done; what else the plan said of them may be sent back with them.</summary>
public sealed record PublishBody([property: JsonPropertyName("items")] IReadOnlyList<PublishItemBody> Items);

/// <param name="Begun">How many orders were given.</param>
/// <param name="LeftOut">Ids of channels that another plan holds for by now, or another order is about.</param>
public sealed record PublishStartAnswer(
    [property: JsonPropertyName("begun")] int Begun, [property: JsonPropertyName("left_out")] IReadOnlyList<int> LeftOut);

/// <summary>An order of those that were last given to an account at once.</summary>
/// <param name="State"><c>open</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Code">Why it failed, as the vendor says it.</param>
public sealed record PublishRunAnswer(
    [property: JsonPropertyName("channel")] int Channel,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("detail")] string? Detail,
    [property: JsonPropertyName("request_id")] string? RequestId,
    [property: JsonPropertyName("started_at")] DateTimeOffset StartedAt,
    [property: JsonPropertyName("ended_at")] DateTimeOffset? EndedAt)
{
    public static PublishRunAnswer Of(PublishRun run) => new(
        run.ChannelId, run.Name, $"{run.State}".ToLowerInvariant(), run.Code, run.Detail, run.RequestId, run.StartedAt, run.EndedAt);
}

/// <param name="Open">How many are not over.</param>
public sealed record PublishProgressAnswer(
    [property: JsonPropertyName("open")] int Open, [property: JsonPropertyName("items")] IReadOnlyList<PublishRunAnswer> Items);
