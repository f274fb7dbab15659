using System.Text.Json.Nodes;
using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>A tag and all channels that have it.</summary>
/// <param name="Channels"><c>slack/NAME</c> or <c>dingtalk/NAME</c>.</param>
public sealed record TagBody(string Name, IReadOnlyList<string> Channels);

/// <summary>One page of tags.</summary>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record TagsAnswer(IReadOnlyList<TagBody> Items, string? NextCursor);

/// <summary><c>/api/tags</c>: the tags of channels, in the manner of the other objects.</summary>
internal static class TagEndpoints
{
    private const string Route = "/api/tags";
    private const string ProblemType = "application/problem+json";
    private const string JsonType = "application/json";
    private const int PageSize = 100;

    public static void MapTags(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Route).RequireAuthorization(ApiPolicies.Read).DisableAntiforgery().WithTags("Channels");
        Refuses(group.MapGet("", ListAsync), 400).WithName("ListTags").Produces<TagsAnswer>()
            .WithSummary("The tags of channels in order, a hundred at a time; by part of the name.")
            .WithDescription("Give nextCursor as cursor for the next page.");
        Refuses(group.MapPost("", CreateAsync), 400, 409, 413, 415).WithName("CreateTag").Produces<TagBody>(201)
            .Accepts<TagBody>(JsonType, "*/*").WithSummary("Gives channels a tag that none has yet. Admin.")
            .WithDescription("A tag is kept in small letters. It is there as long as a channel has it.")
            .WithExample("""{ "name": "payments", "channels": ["slack/Shop scans"] }""").AnswersETag();
        Refuses(group.MapGet("/{name}", FindAsync), 404).WithName("GetTag").Produces<TagBody>()
            .WithSummary("One, with its ETag.").AnswersETag();
        Refuses(group.MapPatch("/{name}", ChangeAsync), 400, 404, 409, 412, 413, 415, 428).WithName("ChangeTag").Produces<TagBody>()
            .Accepts<TagBody>(ObjectBody.PatchType, "*/*").WithSummary("Changes which channels have a tag, by a merge patch (RFC 7396). Admin.")
            .WithDescription("channels are all that have it from then on; nothing is changed where one of them cannot. If-Match says which state you have read: where it is another by now the answer is 412, and without it 428.")
            .WithExample("""{ "channels": ["slack/Shop scans", "dingtalk/Security on call"] }""", ObjectBody.PatchType)
            .TakesIfMatch(isRequired: true).AnswersETag();
        Refuses(group.MapDelete("/{name}", DeleteAsync), 404, 409, 412, 428).WithName("DeleteTag").Produces(204)
            .WithSummary("Takes a tag from every channel. Admin.").WithDescription("If-Match as for a change.")
            .TakesIfMatch(isRequired: true);
    }

    private static RouteHandlerBuilder Refuses(RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in (ReadOnlySpan<int>)[401, 403, 429, .. statuses])
        {
            route.Produces<Problem>(status, ProblemType);
        }

        return route;
    }

    private static async Task<IResult> ListAsync(
        string? cursor, string? name, HttpContext http, TagService tags, CancellationToken cancellationToken)
    {
        var found = (await tags.ListAsync(Actor.From(http.User), cancellationToken)).Select(stored => stored.Json)
            .Where(json => string.IsNullOrEmpty(cursor) || string.CompareOrdinal(NameOf(json), cursor) > 0)
            .Where(json => string.IsNullOrEmpty(name) || NameOf(json).Contains(name, StringComparison.OrdinalIgnoreCase))
            .Take(PageSize + 1).ToList();
        return TypedResults.Ok(new ObjectsAnswer(
            [.. found.Take(PageSize)], found.Count > PageSize ? NameOf(found[PageSize - 1]) : null));
    }

    private static async Task<IResult> FindAsync(string name, HttpContext http, TagService tags, CancellationToken cancellationToken) =>
        await StoredAsync(name, http, tags, cancellationToken) is { } stored ? ObjectAnswers.Ok(http, stored) : NotFound(name);

    private static async Task<IResult> CreateAsync(HttpContext http, TagService tags, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (body, refusal) = await ObjectBody.ReadAsync(http.Request, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        var outcome = await tags.CreateAsync(body, actor, cancellationToken);
        return outcome is { Result: ObjectResult.Done, Object: { } stored }
            ? ObjectAnswers.Created(http, $"{Route}/{Uri.EscapeDataString(NameOf(stored.Json))}", stored)
            : ObjectAnswers.Refuse(Route, outcome);
    }

    private static async Task<IResult> ChangeAsync(string name, HttpContext http, TagService tags, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (state, missing) = await ReadStateAsync(name, http, tags, cancellationToken);
        if (state is null)
        {
            return missing!;
        }

        var (patch, refusal) = await ObjectBody.ReadAsync(http.Request, cancellationToken);
        if (patch is null)
        {
            return refusal!;
        }

        var outcome = await tags.ChangeAsync(ChannelTags.Clean(name)!, patch, state, actor, cancellationToken);
        return outcome is { Result: ObjectResult.Done, Object: { } stored } ? ObjectAnswers.Ok(http, stored)
            : ObjectAnswers.Refuse(AddressOf(name), outcome);
    }

    private static async Task<IResult> DeleteAsync(string name, HttpContext http, TagService tags, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (state, missing) = await ReadStateAsync(name, http, tags, cancellationToken);
        if (state is null)
        {
            return missing!;
        }

        var outcome = await tags.DeleteAsync(ChannelTags.Clean(name)!, state, actor, cancellationToken);
        return outcome.Result == ObjectResult.Done ? TypedResults.NoContent() : ObjectAnswers.Refuse(AddressOf(name), outcome);
    }

    // What is not there is said before that its state was not given.
    private static async Task<(string? State, IResult? Refusal)> ReadStateAsync(
        string name, HttpContext http, TagService tags, CancellationToken cancellationToken) =>
        await StoredAsync(name, http, tags, cancellationToken) is null ? (null, NotFound(name))
        : EntityTag.Read(http.Request) is { } state ? (state, null) : (null, EntityTag.Missing());

    private static async Task<StoredObject?> StoredAsync(
        string name, HttpContext http, TagService tags, CancellationToken cancellationToken) =>
        ChannelTags.Clean(name) is { } tag ? await tags.FindAsync(tag, Actor.From(http.User), cancellationToken) : null;

    private static string NameOf(JsonObject json) => json["name"]!.GetValue<string>();

    private static string AddressOf(string name) => $"{Route}/{ForeignText.Line(name, ChannelTags.MostLength)}";

    private static IResult NotFound(string name) => ObjectAnswers.NotFound(AddressOf(name));
}
