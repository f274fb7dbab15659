using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>Reads the body of a call that writes an object.</summary>
internal static class ObjectBody
{
    public const string PatchType = "application/merge-patch+json";

    private const string JsonType = "application/json";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>The object, or the refusal.</summary>
    public static async Task<(JsonObject? Body, IResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (type is not (null or "" or JsonType or PatchType))
        {
            request.HttpContext.Response.Headers["Accept-Patch"] = PatchType;
            return (null, Problems.Result(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type",
                $"Send the body as {JsonType}, or a change as {PatchType}."));
        }

        if (await RequestBody.ReadAsync(request, RequestBody.DefaultLimit, cancellationToken) is not { } bytes)
        {
            return (null, Problems.Result(StatusCodes.Status413PayloadTooLarge, "too_large", "The body is larger than 1 MiB."));
        }

        try
        {
            return JsonNode.Parse(bytes, documentOptions: Strict) is not JsonObject body ? (null, NotJson("a JSON object"))
                : NotText(body, "") is { } path ? (null, JsonBody.Refuse(path, PlainText.Rule)) : (body, null);
        }
        // InvalidOperationException: text that is not UTF-8, or half a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, NotJson("JSON without repeated names"));
        }
    }

    // The path of the first name or text that cannot be text.
    private static string? NotText(JsonNode? node, string path) => node switch
    {
        JsonObject map => map.Select(pair => !PlainText.Is(pair.Key) ? (path.Length == 0 ? "body" : path)
            : NotText(pair.Value, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}")).FirstOrDefault(found => found is not null),
        JsonArray list => list.Select((item, index) => NotText(item, $"{path}[{index}]")).FirstOrDefault(found => found is not null),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => PlainText.Is(value.GetValue<string>()) ? null : path,
        _ => null,
    };

    private static IResult NotJson(string what) =>
        Problems.Result(StatusCodes.Status400BadRequest, "invalid_json", $"The body is not {what}.");
}
