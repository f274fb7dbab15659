using System.Globalization;
using System.Text.Json.Serialization;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>The cached people and workspaces of a connection, for scripts.</summary>
internal static class WorkspacePeopleEndpoints
{
    private const int DefaultLimit = 20;
    private const int MostAtOnce = 1000;
    private const string ProblemType = "application/problem+json";

    public static void Map(RouteGroupBuilder group, Func<RouteHandlerBuilder, string, string, RouteHandlerBuilder> describe)
    {
        describe(group.MapGet("/{id:int}/people", SearchAsync), "SearchSlackPeople",
            "People of the workspace by name, e-mail address or id, from the cache.")
            .WithDescription($"Without bots and deactivated accounts. query may have several words; limit is 1 to {MostAtOnce}, by default {DefaultLimit}.")
            .Produces<SlackPeopleAnswer>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        describe(group.MapPost("/{id:int}/people/read", ReadAsync), "ReadSlackPeople",
            "Begins to read the people again, or goes on after a failure.")
            .Produces(StatusCodes.Status202Accepted).Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        describe(group.MapGet("/{id:int}/teams", TeamsAsync), "ListSlackTeams", "The workspaces at Slack that the connection reaches.")
            .Produces<SlackTeamsAnswer>().Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
    }

    private static async Task<IResult> SearchAsync(
        int id, string? query, string? limit, HttpContext http, SlackWorkspaceService workspaces, CancellationToken cancellationToken)
    {
        var most = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1
            or > MostAtOnce))
        {
            return Problems.Result(StatusCodes.Status400BadRequest, "invalid_query",
                $"The parameter limit is not a whole number from 1 to {MostAtOnce}.",
                [new FieldProblem(null, "limit", $"is not a whole number from 1 to {MostAtOnce}")]);
        }

        var actor = Actor.From(http.User);
        if (await workspaces.FindReadingAsync(id, actor, cancellationToken) is not { } reading)
        {
            return SlackWorkspaceEndpoints.NotFound(id);
        }

        var people = await workspaces.SearchPeopleAsync(id, query, most, actor, cancellationToken);
        return TypedResults.Ok(new SlackPeopleAnswer(
            [.. people.Select(person => new SlackPersonAnswer(person.UserId, person.Handle, person.RealName, person.DisplayName,
            person.Email, person.TeamId))],
            reading.People,
            reading.CompletedAt,
            reading.Code));
    }

    private static async Task<IResult> ReadAsync(int id, HttpContext http, SlackWorkspaceService workspaces,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Operate);
        if (await workspaces.FindReadingAsync(id, actor, cancellationToken) is null)
        {
            return SlackWorkspaceEndpoints.NotFound(id);
        }

        await workspaces.ReadPeopleAsync(id, actor, cancellationToken);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<IResult> TeamsAsync(int id, HttpContext http, SlackWorkspaceService workspaces,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        return await workspaces.FindAsync(id, actor, cancellationToken) is null
            ? SlackWorkspaceEndpoints.NotFound(id)
            : TypedResults.Ok(new SlackTeamsAnswer(
                [.. (await workspaces.ListTeamsAsync(id, actor, cancellationToken))
                .Select(team => new SlackTeamAnswer(team.TeamId, team.Name))]));
    }
}

/// <summary>The answer of <c>GET /api/slack-workspaces/{id}/people</c>.</summary>
/// <param name="Total">How many are kept.</param>
/// <param name="ReadAt">When they were last read to the end; null before.</param>
/// <param name="Code">What their reading is stopped by; null while it goes well.</param>
public sealed record SlackPeopleAnswer(
    [property: JsonPropertyName("items")] IReadOnlyList<SlackPersonAnswer> Items,
    [property: JsonPropertyName("total")] int Total,
    [property: JsonPropertyName("read_at")] DateTimeOffset? ReadAt,
    [property: JsonPropertyName("code")] string? Code);

/// <summary>One person.</summary>
public sealed record SlackPersonAnswer(
    [property: JsonPropertyName("user_id")] string UserId,
    [property: JsonPropertyName("username")] string? Username,
    [property: JsonPropertyName("real_name")] string? RealName,
    [property: JsonPropertyName("display_name")] string? DisplayName,
    [property: JsonPropertyName("email")] string? Email,
    [property: JsonPropertyName("team_id")] string? TeamId);

/// <summary>The answer of <c>GET /api/slack-workspaces/{id}/teams</c>.</summary>
public sealed record SlackTeamsAnswer([property: JsonPropertyName("items")] IReadOnlyList<SlackTeamAnswer> Items);

/// <summary>One workspace at Slack.</summary>
public sealed record SlackTeamAnswer([property: JsonPropertyName("team_id")] string TeamId,
    [property: JsonPropertyName("name")] string Name);
