using Notify.Admin.Api;

namespace Notify.Admin.SecurityCenter;

/// <summary>A refusal in the vendor's words: the status, code and message of the answer. Vendor source: the service's error
/// tables.</summary>
internal sealed record SecurityCenterError(int Status, string Code, string Message)
{
    /// <summary>Sent as <c>x-acs-retry-after</c>, in milliseconds, with <c>Throttling</c>, and while bodies have no room.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static readonly SecurityCenterError NoPermission = new(403, "NoPermission", "caller has no permission");

    /// <summary>A configuration file has it.</summary>
    public static SecurityCenterError Provisioned(string why) => new(409, "OperationConflict", why);

    public static readonly SecurityCenterError ServerError = new(500, "ServerError", "ServerError");

    public static readonly SecurityCenterError ServiceUnavailable = new(503, "ServiceUnavailable",
        "The request has failed due to a temporary failure of the server.");

    public static readonly SecurityCenterError UnknownAccessKey = new(404, "InvalidAccessKeyId.NotFound",
        "Specified access key is not found.");

    public static readonly SecurityCenterError NonceUsed = new(400, "SignatureNonceUsed", "Specified signature nonce was used already.");

    public static readonly SecurityCenterError TimestampExpired = new(
        400, "InvalidTimeStamp.Expired",
        "Specified time stamp or date value is expired: it may differ from the server's clock by 15 minutes.");

    public static readonly SecurityCenterError BodyTooLarge = new(413, "RequestEntityTooLarge", "The request body may have 1048576 bytes.");

    /// <summary>A body that was not read, whatever the route.</summary>
    public static SecurityCenterError Unread(BodyRefusedException refused) =>
        refused.Status == StatusCodes.Status503ServiceUnavailable
            ? ServiceUnavailable with { RetryAfter = refused.RetryAfter }
            : new(refused.Status, "InvalidRequestBody", refused.Message);

    /// <summary>A body that the server could not take from the connection.</summary>
    public static SecurityCenterError Unread(BadHttpRequestException refused) =>
        refused.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? BodyTooLarge : new(refused.StatusCode, "InvalidRequestBody", "The request body could not be read.");

    public static readonly SecurityCenterError UnsupportedMethod = new(405, "UnsupportedHTTPMethod",
        "The HTTP method must be GET or POST.");

    public static SecurityCenterError Missing(string parameter) =>
        new(400, $"Missing{parameter}", $"{parameter} is mandatory for this action.");

    /// <param name="path">The parameter, and inside JSON the place: <c>ConfigList[0].type</c>.</param>
    /// <param name="rule">What it must be, without the final stop.</param>
    public static SecurityCenterError Invalid(string path, string rule) =>
        new(400, "InvalidParameter", $"The parameter {path} is invalid: {rule}.");

    public static SecurityCenterError Incomplete(string reason) =>
        new(400, "IncompleteSignature", $"The request signature does not conform to the standards: {reason}.");

    public static SecurityCenterError TimestampFormat(string name) =>
        new(400, "InvalidTimeStamp.Format",
            $"Specified time stamp or date value is not well formatted: {name} must look like 2025-01-02T03:04:05Z.");

    /// <param name="stringToSign">What this server signed, where it names no parameter's value; null to keep it back.</param>
    public static SecurityCenterError SignatureMismatch(string? stringToSign) => new(
        400,
        "SignatureDoesNotMatch",
        "Specified signature is not matched with our calculation."
        + (stringToSign is null ? string.Empty : $" server string to sign is: {stringToSign}"));

    public static SecurityCenterError UnknownAction(string action) =>
        new(404, "InvalidAction.NotFound", $"Specified api is not found, please check your url and method: {Shorten(action)}.");

    public static SecurityCenterError UnknownVersion(string version) =>
        new(404, "InvalidVersion", $"Specified parameter Version is not valid: {Shorten(version)}.");

    public static SecurityCenterError Throttled(TimeSpan retryAfter) =>
        new(400, "Throttling", "Request was denied due to request throttling.") { RetryAfter = retryAfter };

    /// <summary>The robot refused the test message.</summary>
    /// <param name="code">DingTalk's errcode, or ours for transport trouble.</param>
    /// <param name="detail">DingTalk's errmsg, redacted.</param>
    public static SecurityCenterError TestFailed(string code, string? detail) =>
        new(400, "DingTalkTestFailed", detail is null ? $"DingTalk answered {code}." : $"DingTalk answered {code}: {detail}");

    /// <summary>What a message repeats of the request: short, on one line.</summary>
    internal static string Shorten(string text)
    {
        var shortened = text.Length <= 64 ? text : text[..(char.IsHighSurrogate(text[63]) ? 63 : 64)] + "…";
        return string.Concat(shortened.Select(character => char.IsControl(character) ? '\uFFFD' : character));
    }
}
