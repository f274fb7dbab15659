namespace Notify.Admin.Api;

/// <summary>A body is not read, for a reason that is the same on every route; each answers it in its own shape.</summary>
/// <param name="detail">What is wrong and how to mend it, in one sentence.</param>
internal sealed class BodyRefusedException(int status, string code, string detail, TimeSpan? retryAfter = null) : Exception(detail)
{
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(2);

    public int Status { get; } = status;

    public string Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public static BodyRefusedException Busy() => new(StatusCodes.Status503ServiceUnavailable, "bodies_in_flight",
        "So many bodies are being taken in that there is no room for this one. Nothing was changed; send it again.",
        BusyFor);

    public static BodyRefusedException TooSlow() =>
        new(StatusCodes.Status408RequestTimeout, "body_too_slow", "The body did not arrive in time. Nothing was changed.");

    public static BodyRefusedException UnknownEncoding(string encoding) => new(StatusCodes.Status415UnsupportedMediaType,
        "unsupported_content_encoding",
        $"Content-Encoding {encoding} is not supported: send the body as it is, or as gzip, deflate or br.");

    public static BodyRefusedException NotEncoded(string encoding) => new(StatusCodes.Status400BadRequest, "invalid_content_encoding",
        $"The body is not what Content-Encoding {encoding} says.");
}
