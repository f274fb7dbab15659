using System.Text.Json;

namespace Notify.Admin.Api;

/// <summary>Reads a body that is one JSON object. What is misspelt would be left out in silence, so unknown fields are refused.</summary>
internal static class JsonBody
{
    /// <param name="mayBeEmpty">No body is an object without fields.</param>
    /// <param name="refuse">Says what is wrong; null says it as every route does.</param>
    /// <returns>What <paramref name="read"/> made of it, or the refusal that names the field and the rule.</returns>
    public static async Task<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpRequest request, Func<BodyFields, T> read,
        CancellationToken cancellationToken, bool mayBeEmpty = false, Func<IReadOnlyList<FieldProblem>, IResult>? refuse = null)
        where T : class
    {
        if (await RequestBody.ReadAsync(request, RequestBody.DefaultLimit, cancellationToken) is not { } bytes)
        {
            return (null, Problems.Result(StatusCodes.Status413PayloadTooLarge, "too_large", "The body is larger than 1 MiB."));
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.Length == 0 && mayBeEmpty ? "{}"u8.ToArray() : bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, Problems.Result(StatusCodes.Status400BadRequest, "invalid_json", "The body is not a JSON object."));
            }

            var fields = new BodyFields(document.RootElement);
            var body = read(fields);
            return fields.Finish() is { Count: > 0 } problems ? (null, (refuse ?? Refuse)(problems)) : (body, null);
        }
        // InvalidOperationException: text that is not UTF-8, or half a surrogate pair in a name.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, Problems.Result(StatusCodes.Status400BadRequest, "invalid_json", "The body is not JSON."));
        }
    }

    public static IResult Refuse(string field, string rule) => Refuse([new FieldProblem(null, field, rule)]);

    public static IResult Refuse(IReadOnlyList<FieldProblem> problems) => Problems.Result(
        StatusCodes.Status400BadRequest, "invalid_body", $"The field {problems[0].Field} {problems[0].Reason}.", problems);
}
