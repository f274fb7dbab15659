namespace Notify.Admin.Api;

/// <summary>Which state of a thing a call is about: <c>ETag</c> in answers, <c>If-Match</c> in requests (RFC 9110).</summary>
internal static class EntityTag
{
    /// <summary>Any state.</summary>
    public const string Any = "*";

    public static void Write(HttpContext context, string tag) => context.Response.Headers.ETag = $"\"{tag}\"";

    /// <summary>The tag without its quotes; null where the request has none. What is no single strong tag fits no state.</summary>
    public static string? Read(HttpRequest request) => request.Headers.IfMatch.ToString().Trim() switch
    {
        "" => null,
        Any => Any,
        ['"', .. var tag, '"'] => tag,
        var other => $"\"{other}",
    };

    public static IResult Outdated() => Problems.Result(StatusCodes.Status412PreconditionFailed, "outdated",
        "It is not as you have read it. Read it again; nothing was changed.");

    public static IResult Missing() => Problems.Result(StatusCodes.Status428PreconditionRequired, "if_match_missing",
        "Say in If-Match which state you have read: its ETag, or * for any.");
}
