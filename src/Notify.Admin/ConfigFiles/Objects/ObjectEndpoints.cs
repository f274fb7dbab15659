using System.Globalization;
using System.Text.Json.Nodes;
using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>One page of objects.</summary>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record ObjectsAnswer(IReadOnlyList<JsonObject> Items, string? NextCursor);

/// <summary>Channels, asset groups, accounts and inhibitions for scripts, with the keys of the configuration file. A change says which
/// state it is of: what somebody else has saved meanwhile is not lost.</summary>
internal static class ObjectEndpoints
{
    private const int PageSize = 100;

    public static void MapObjects(this IEndpointRouteBuilder routes)
    {
        foreach (var resource in ObjectResource.All)
        {
            Map(routes, resource);
        }
    }

    private static void Map(IEndpointRouteBuilder routes, ObjectResource resource)
    {
        var group = routes.MapGroup(resource.Route).RequireAuthorization(ApiPolicies.Read).DisableAntiforgery()
            .WithTags(resource.ApiTag);
        var list = resource.HasTags
            ? group.MapGet("", (string? cursor, string? name, string? tag, HttpContext http, ObjectService objects, CancellationToken stop) =>
                ListAsync(resource, cursor, name, tag, http, objects, stop))
            : group.MapGet("", (string? cursor, string? name, HttpContext http, ObjectService objects, CancellationToken stop) =>
                ListAsync(resource, cursor, name, null, http, objects, stop));
        ObjectDescription.Of(list, resource, ObjectCall.List);
        ObjectDescription.Of(group.MapPost("", (HttpContext http, ObjectService objects, CancellationToken stop) =>
            CreateAsync(resource, http, objects, stop)), resource, ObjectCall.Create);
        ObjectDescription.Of(group.MapGet("/{id:int}", (int id, HttpContext http, ObjectService objects, CancellationToken stop) =>
            FindAsync(resource, id, http, objects, stop)), resource, ObjectCall.Read);
        ObjectDescription.Of(group.MapPatch("/{id:int}", (int id, HttpContext http, ObjectService objects, CancellationToken stop) =>
            ChangeAsync(resource, id, http, objects, stop)), resource, ObjectCall.Change);
        ObjectDescription.Of(group.MapDelete("/{id:int}", (int id, HttpContext http, ObjectService objects, CancellationToken stop) =>
            DeleteAsync(resource, id, http, objects, stop)), resource, ObjectCall.Delete);
    }

    private static async Task<IResult> ListAsync(ObjectResource resource, string? cursor, string? name, string? tag, HttpContext http,
        ObjectService objects, CancellationToken cancellationToken)
    {
        var after = 0;
        if (cursor is { Length: > 0 } && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return Problems.Result(StatusCodes.Status400BadRequest, "invalid_query",
                "The parameter cursor must be the nextCursor of an earlier answer.",
                [new FieldProblem(null, "cursor", "must be the nextCursor of an earlier answer")]);
        }

        if (tag is { Length: > 0 } typed && (tag = ChannelTags.Clean(typed)) is null)
        {
            return Problems.Result(StatusCodes.Status400BadRequest, "invalid_query", "The parameter tag must be a tag.",
                [new FieldProblem(null, "tag", "must be a tag")]);
        }

        var found = (await objects.ListAsync(resource.Section, Actor.From(http.User), cancellationToken))
            .Where(stored => stored.Id > after && Has(stored.Json, name, tag)).Take(PageSize + 1).ToList();
        return TypedResults.Ok(new ObjectsAnswer([.. found.Take(PageSize).Select(stored => stored.Json)],
            found.Count > PageSize ? found[PageSize - 1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static bool Has(JsonObject json, string? name, string? tag) =>
        (string.IsNullOrEmpty(name) || json["name"]!.GetValue<string>().Contains(name, StringComparison.OrdinalIgnoreCase))
            && (string.IsNullOrEmpty(tag) || json["tags"]!.AsArray().Any(one => one!.GetValue<string>() == tag));

    private static async Task<IResult> FindAsync(
        ObjectResource resource, int id, HttpContext http, ObjectService objects, CancellationToken cancellationToken) =>
        await objects.FindAsync(resource.Section, id, Actor.From(http.User), cancellationToken) is { } stored
            ? ObjectAnswers.Ok(http, stored) : ObjectAnswers.NotFound(AddressOf(resource, id));

    private static async Task<IResult> CreateAsync(
        ObjectResource resource, HttpContext http, ObjectService objects, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (body, refusal) = await ObjectBody.ReadAsync(http.Request, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        var outcome = await objects.CreateAsync(resource.Section, body, actor, cancellationToken);
        if (outcome is not { Result: ObjectResult.Done, Object: { } stored })
        {
            return ObjectAnswers.Refuse(resource.Route, outcome);
        }

        return ObjectAnswers.Created(http, AddressOf(resource, stored.Id), stored);
    }

    private static async Task<IResult> ChangeAsync(
        ObjectResource resource, int id, HttpContext http, ObjectService objects, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        if (await objects.FindAsync(resource.Section, id, actor, cancellationToken) is null)
        {
            return ObjectAnswers.NotFound(AddressOf(resource, id));
        }

        if (EntityTag.Read(http.Request) is not { } tag)
        {
            return EntityTag.Missing();
        }

        var (patch, refusal) = await ObjectBody.ReadAsync(http.Request, cancellationToken);
        if (patch is null)
        {
            return refusal!;
        }

        var outcome = await objects.ChangeAsync(resource.Section, id, patch, tag, actor, cancellationToken);
        return outcome is { Result: ObjectResult.Done, Object: { } stored } ? ObjectAnswers.Ok(http, stored)
            : ObjectAnswers.Refuse(AddressOf(resource, id), outcome);
    }

    private static async Task<IResult> DeleteAsync(
        ObjectResource resource, int id, HttpContext http, ObjectService objects, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        if (await objects.FindAsync(resource.Section, id, actor, cancellationToken) is null)
        {
            return ObjectAnswers.NotFound(AddressOf(resource, id));
        }

        if (EntityTag.Read(http.Request) is not { } tag)
        {
            return EntityTag.Missing();
        }

        var outcome = await objects.DeleteAsync(resource.Section, id, tag, actor, cancellationToken);
        return outcome.Result == ObjectResult.Done ? TypedResults.NoContent()
            : ObjectAnswers.Refuse(AddressOf(resource, id), outcome);
    }

    private static string AddressOf(ObjectResource resource, int id) => $"{resource.Route}/{id}";
}
