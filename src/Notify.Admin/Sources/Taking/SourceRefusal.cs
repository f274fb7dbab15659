namespace Notify.Admin.Sources;

/// <summary>Why a payload is not taken.</summary>
/// <param name="Detail">What is wrong and how to mend it, in one sentence.</param>
internal sealed record SourceRefusal(int Status, string Code, string Detail, TimeSpan? RetryAfter = null)
{
    public static readonly SourceRefusal UnknownKey = new(StatusCodes.Status401Unauthorized, "unknown_key",
        "No source has this key. Use the address that POST /api/sources or its rotate answered with.");

    public static readonly SourceRefusal Off =
        new(StatusCodes.Status403Forbidden, "source_off", "This source is switched off.");

    public static readonly SourceRefusal StoreBusy = new(StatusCodes.Status503ServiceUnavailable, "store_busy",
        "The store cannot take events now. Send them again: what may have been stored is recognised.", TimeSpan.FromSeconds(2));

    public static SourceRefusal TooMany(TimeSpan wait) => new(StatusCodes.Status429TooManyRequests,
        "too_many_requests", "Too many requests. Wait as long as Retry-After says.", wait);

    public static SourceRefusal Address(string address) => new(StatusCodes.Status403Forbidden,
        "address_not_allowed", $"This source may not be posted to from {address}.");

    public static SourceRefusal Proof(string detail) =>
        new(StatusCodes.Status401Unauthorized, "invalid_credentials", detail);
}
