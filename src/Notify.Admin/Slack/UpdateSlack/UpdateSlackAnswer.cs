using System.Text.Json.Serialization;

namespace Notify.Admin.Slack;

/// <summary>The envelope of every answer of <c>UpdateSlack</c>, failures included.</summary>
/// <param name="Error">0 for accepted; else a code of the table.</param>
/// <param name="Data">The code in words; never anything that was sent.</param>
public sealed record UpdateSlackAnswer(
    [property: JsonPropertyName("Error")] int Error,
    [property: JsonPropertyName("Function")] string Function,
    [property: JsonPropertyName("Data")] string Data)
{
    /// <summary>The HTTP status that goes with the answer.</summary>
    [JsonIgnore]
    public int Status { get; private init; } = StatusOf(Error);

    public static UpdateSlackAnswer Success { get; } = Of(0, "Success");

    public static UpdateSlackAnswer NotValidJson { get; } = Of(4, "Not valid JSON");

    /// <summary>The body is larger than what is read; the only code with two statuses.</summary>
    public static UpdateSlackAnswer TooLarge { get; } = NotValidJson with { Status = StatusCodes.Status413PayloadTooLarge };

    public static UpdateSlackAnswer NotValidApiKey { get; } = Of(10, "Not valid apiKey");

    public static UpdateSlackAnswer ApiDisabled { get; } = Of(11, "API is disabled");

    public static UpdateSlackAnswer NotAuthorized { get; } = Of(12, "Not authorized");

    /// <summary>A configuration file has the integration.</summary>
    public static UpdateSlackAnswer Provisioned(string why) =>
        Of(12, $"Not authorized: {why}") with { Status = StatusCodes.Status409Conflict };

    public static UpdateSlackAnswer TooManyRequests { get; } = Of(30, "Too many requests");

    public static UpdateSlackAnswer InternalError { get; } = Of(50, "Internal error");

    /// <summary>A body that was not read: its encoding is not known, it came too slowly, or too many were in flight.</summary>
    public static UpdateSlackAnswer Unread(int status) => (status switch
    {
        StatusCodes.Status415UnsupportedMediaType => NotValid("Content-Encoding"),
        StatusCodes.Status503ServiceUnavailable => TooManyRequests,
        _ => NotValidJson,
    }) with { Status = status };

    public static UpdateSlackAnswer NotValid(string field) => Of(1, $"Not valid {field}");

    public static UpdateSlackAnswer Missing(string field) => Of(2, $"Missing {field}");

    public static UpdateSlackAnswer WrongType(string field) => Of(3, $"Wrong type {field}");

    private static UpdateSlackAnswer Of(int error, string data) => new(error, "UpdateSlack", data);

    private static int StatusOf(int error) => error switch
    {
        0 => StatusCodes.Status200OK,
        >= 1 and <= 4 => StatusCodes.Status400BadRequest,
        10 => StatusCodes.Status401Unauthorized,
        11 or 12 => StatusCodes.Status403Forbidden,
        30 => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status500InternalServerError,
    };
}
