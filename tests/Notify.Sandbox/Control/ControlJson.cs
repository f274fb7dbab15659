using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notify.Sandbox.Control;

/// <summary>Reads and writes the control routes' JSON: strict about names, clear about what is wrong.</summary>
internal static class ControlJson
{
    /// <summary>Twenty thousand users fit.</summary>
    private const int MostBytes = 16 << 20;

    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new NamedValueConverter(), new TextListConverter() },
    };

    /// <summary>Reads one object.</summary>
    /// <exception cref="ControlException">It is not JSON, or a member is unknown or has a wrong type.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http) where T : class
    {
        var bytes = await ReadBytesAsync(http);
        return Parse(() => JsonSerializer.Deserialize<T>(bytes, Options));
    }

    /// <summary>Reads one object, or an array of them.</summary>
    /// <exception cref="ControlException">It is not JSON, or a member is unknown or has a wrong type.</exception>
    public static async Task<IReadOnlyList<T>> ReadManyAsync<T>(HttpContext http) where T : class
    {
        var bytes = await ReadBytesAsync(http);
        var isArray = bytes.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
        var many = isArray ? Parse(() => JsonSerializer.Deserialize<T[]>(bytes, Options))
            : [Parse(() => JsonSerializer.Deserialize<T>(bytes, Options))];
        return many.Any(item => item is null) ? throw new ControlException("null is not allowed here.") : many;
    }

    public static async Task WriteAsync<T>(HttpContext http, T value, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        await JsonSerializer.SerializeAsync(http.Response.Body, value, Options, http.RequestAborted);
    }

    private static async Task<byte[]> ReadBytesAsync(HttpContext http)
    {
        // Asked for, so that another site's page in the same browser cannot change the sandbox without a preflight.
        if (!http.Request.HasJsonContentType())
        {
            throw new ControlException("Content-Type: application/json is required.");
        }

        var bytes = await BodyReader.ReadAsync(http.Request, MostBytes, http.RequestAborted);
        return bytes.Length switch
        {
            0 => throw new ControlException("The body is empty; JSON is required."),
            > MostBytes => throw new ControlException($"The body is longer than {MostBytes} bytes."),
            _ => bytes,
        };
    }

    private static T Parse<T>(Func<T?> read) where T : class
    {
        try
        {
            return read() ?? throw new ControlException("null is not allowed here.");
        }
        catch (JsonException problem)
        {
            throw new ControlException(Explain(problem));
        }
    }

    /// <summary>What is wrong, in terms of the JSON that was sent rather than of the types it is read into.</summary>
    private static string Explain(JsonException problem)
    {
        var member = problem.Path?.TrimStart('$').TrimStart('.') is { Length: > 0 } path ? path : "The body";
        return problem.Message switch
        {
            var text when text.Contains("could not be mapped", StringComparison.Ordinal) => $"{member}: there is no such member.",
            var text when text.Contains("missing required properties", StringComparison.Ordinal) =>
                $"{text[text.IndexOf('\'', text.IndexOf("including", StringComparison.Ordinal))..].TrimEnd('.')}: is required.",
            var text when text.Contains("could not be converted", StringComparison.Ordinal) => $"{member}: has the wrong type.",
            var text when text.Contains("doesn't allow setting null", StringComparison.Ordinal)
            || text.Contains("null", StringComparison.Ordinal) => $"{member}: null is not allowed.",
            var text when text.StartsWith("is ", StringComparison.Ordinal) => $"{member}: {text}",
            var text => $"The body is not valid JSON: {text}",
        };
    }
}
