using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Notify.Admin.Api;

namespace Notify.Admin.ConfigFiles;

/// <summary>What calls for objects are answered.</summary>
internal static class ObjectAnswers
{
    public static Ok<JsonObject> Ok(HttpContext http, StoredObject stored)
    {
        EntityTag.Write(http, stored.Tag);
        return TypedResults.Ok(stored.Json);
    }

    public static Created<JsonObject> Created(HttpContext http, string address, StoredObject stored)
    {
        EntityTag.Write(http, stored.Tag);
        return TypedResults.Created(address, stored.Json);
    }

    /// <param name="address">Of what was asked for.</param>
    public static IResult Refuse(string address, ObjectOutcome outcome) => outcome.Result switch
    {
        ObjectResult.Invalid => JsonBody.Refuse(
            [.. outcome.Problems.Select(problem => new FieldProblem(null, problem.Field.TrimStart('.'), problem.Reason))]),
        ObjectResult.Outdated => EntityTag.Outdated(),
        _ => NotFound(address),
    };

    public static IResult NotFound(string address) =>
        Problems.Result(StatusCodes.Status404NotFound, "not_found", $"There is no {address}.");
}
