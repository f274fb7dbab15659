namespace Notify.Admin.Sources;

/// <summary>Why a payload is not taken.</summary>
/// <param name="Code">A word of our own; or a vendor's own word or number, of what that vendor would refuse too.</param>
/// <param name="Detail">What is wrong and how to mend it, in one sentence.</param>
internal sealed record SourceRefusal(int Status, string Code, string Detail, TimeSpan? RetryAfter = null)
{
    public const string UnknownKeyCode = "unknown_key";
    public const string OffCode = "source_off";
    public const string BusyCode = "store_busy";
    public const string TooManyCode = "too_many_requests";
    public const string AddressCode = "address_not_allowed";
    public const string ProofCode = "invalid_credentials";
    public const string TimestampCode = "invalid_timestamp";
    public const string ReplayedCode = "replayed";
    public const string TooLargeCode = "too_large";

    public static readonly SourceRefusal UnknownKey = new(StatusCodes.Status401Unauthorized, UnknownKeyCode,
        "No source has this key. Use the address that POST /api/sources or its rotate answered with.");

    public static readonly SourceRefusal Off = new(StatusCodes.Status403Forbidden, OffCode, "This source is switched off.");

    public static readonly SourceRefusal StoreBusy = new(StatusCodes.Status503ServiceUnavailable, BusyCode,
        "The store cannot take events now. Send them again: what may have been stored is recognised.", TimeSpan.FromSeconds(2));

    public static readonly SourceRefusal Timestamp = new(StatusCodes.Status401Unauthorized, TimestampCode,
        "The timestamp in the address is not within an hour of now, in milliseconds since 1970.");

    public static readonly SourceRefusal Replayed = new(StatusCodes.Status401Unauthorized, ReplayedCode,
        "This message came with this timestamp before. Sign each message with the time it is sent.");

    public static SourceRefusal TooMany(TimeSpan wait) => new(StatusCodes.Status429TooManyRequests,
        TooManyCode, "Too many requests. Wait as long as Retry-After says.", wait);

    public static SourceRefusal Address(string address) => new(StatusCodes.Status403Forbidden,
        AddressCode, $"This source may not be posted to from {address}.");

    public static SourceRefusal Proof(string detail) => new(StatusCodes.Status401Unauthorized, ProofCode, detail);

    public static SourceRefusal TooLarge(int limit) => new(StatusCodes.Status413PayloadTooLarge, TooLargeCode,
        $"The body is larger than {limit / (1024 * 1024)} MiB.");
}
