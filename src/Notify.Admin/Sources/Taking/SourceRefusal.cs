using Notify.Admin.Api;
using Notify.Admin.Events;

namespace Notify.Admin.Sources;

/// <summary>Why a payload is not taken.</summary>
/// <param name="Code">A word of our own; or a vendor's own word or number, of what that vendor would refuse too.</param>
/// <param name="Why">What is wrong and how to mend it.</param>
internal sealed record SourceRefusal(int Status, string Code, Reason Why, TimeSpan? RetryAfter = null)
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
        new("UnknownKey"));

    public static readonly SourceRefusal Off = new(StatusCodes.Status403Forbidden, OffCode, new("Off"));

    public static readonly SourceRefusal StoreBusy = new(StatusCodes.Status503ServiceUnavailable, BusyCode,
        new("StoreBusy"), TimeSpan.FromSeconds(2));

    public static readonly SourceRefusal Timestamp = new(StatusCodes.Status401Unauthorized, TimestampCode,
        new("Timestamp"));

    public static readonly SourceRefusal Replayed = new(StatusCodes.Status401Unauthorized, ReplayedCode,
        new("Replayed"));

    public static SourceRefusal TooMany(TimeSpan wait) => new(StatusCodes.Status429TooManyRequests,
        TooManyCode, new("TooMany"), wait);

    public static SourceRefusal Address(string address) => new(StatusCodes.Status403Forbidden,
        AddressCode, new("Address", address));

    public static SourceRefusal Proof(string code, params IReadOnlyList<string> arguments) =>
        new(StatusCodes.Status401Unauthorized, ProofCode, new(code, arguments));

    public static SourceRefusal TooLarge(int limit) => new(StatusCodes.Status413PayloadTooLarge, TooLargeCode,
        new("TooLarge", $"{limit / (1024 * 1024)}"));

    /// <summary>The body could not be taken in.</summary>
    public static SourceRefusal Body(BodyRefusedException refused) => new(refused.Status, refused.Code, new(refused.Status switch
    {
        StatusCodes.Status408RequestTimeout => "BodySlow",
        StatusCodes.Status503ServiceUnavailable => "BodyBusy",
        _ => "BodyEncoding",
    }), refused.RetryAfter)
    {
        Answer = refused.Message,
    };

    /// <summary>The body is no CloudEvents.</summary>
    public static SourceRefusal Events(EventReading reading) => new(
        reading.Status,
        reading.Status switch
        {
            StatusCodes.Status413PayloadTooLarge => TooLargeCode,
            StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
            _ => "invalid_event",
        },
        reading switch
        {
            { Status: StatusCodes.Status413PayloadTooLarge } => new("TooManyCloudEvents"),
            { Status: StatusCodes.Status415UnsupportedMediaType } => new("NoCloudEventType"),
            { Problems: [var problem, ..] } => new("CloudEventField", problem.Field),
            _ => new("NoCloudEvent"),
        })
    {
        Answer = reading.Detail,
    };

    /// <summary>In the answer in place of <see cref="Why"/>, where more is known there than is kept.</summary>
    public string? Answer { get; init; }

    /// <summary>For the answer: one sentence.</summary>
    public string Detail => Answer ?? Why.English;
}
