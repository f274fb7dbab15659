using System.Globalization;
using System.Text;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.Audit;

/// <summary>The audit trail for scripts, and its export for people.</summary>
internal static class AuditEndpoints
{
    /// <summary>Where the page's export is.</summary>
    public const string ExportPath = "audit/export";

    private const int PageSize = 100;

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        Describe(routes.MapGet("/api/audit", ListAsync), "ListAudit", "Who did what to what, from where, before and after by field.")
            .WithDescription("Needs a full key of an Admin. Newest first, in pages: give nextCursor as cursor for the next. A text is looked for in so many rows at a time, so "
                + "a page can be empty although nextCursor says that there is more.")
            .Produces<AuditAnswer>();
        Describe(routes.MapGet("/api/audit/verify", VerifyAsync), "VerifyAudit",
            "Whether the hash chain is whole; if not, the first entry that does not fit.")
            .WithDescription("Needs a full key of an Admin. Reads every entry: a million take some seconds. With sequence and hash, as an earlier answer gave them for the end "
                + "of the chain, also whether that entry is still the same.")
            .Produces<ChainAnswer>();
        routes.MapGet($"/{ExportPath}", ExportAsync).RequireAuthorization(Policies.Administer).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] AuditQuery query, HttpContext http, AuditService audit, CancellationToken cancellationToken)
    {
        var (filter, cursor, problems) = query.Read();
        if (problems.Count > 0)
        {
            return Refuse(problems);
        }

        var page = await audit.ListAsync(filter, cursor, PageSize, Actor.From(http.User), cancellationToken);
        return TypedResults.Ok(new AuditAnswer(
            [.. page.Rows.Select(AuditEntryAnswer.Of)], page.Cursors.Older?.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<IResult> VerifyAsync(
        [AsParameters] ChainQuery query, HttpContext http, AuditService audit, CancellationToken cancellationToken)
    {
        var (noted, problems) = query.Read();
        if (problems.Count > 0)
        {
            return Refuse(problems);
        }

        var actor = Actor.From(http.User);
        var verdict = await audit.VerifyAsync(null, actor, cancellationToken);
        if (verdict.Break is null && noted is { } end && !await audit.HoldsAsync(end.Sequence, end.Hash, actor, cancellationToken))
        {
            verdict = verdict with { Break = new ChainBreak(ChainFault.Altered, end.Sequence, null) };
        }

        return TypedResults.Ok(ChainAnswer.Of(verdict));
    }

    private static async Task ExportAsync(
        [AsParameters] AuditExportQuery query, HttpContext http, AuditService audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var format = query.ReadFormat();
        http.Response.ContentType = AuditExport.TypeOf(format);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"audit-{now:yyyyMMdd-HHmmss}.{AuditExport.EndingOf(format)}\"";
        await using var writer = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            bufferSize: 16 * 1024, leaveOpen: true);
        await foreach (var line in audit.ExportAsync(query.ReadFilter(now), format, Actor.From(http.User), cancellationToken))
        {
            await writer.WriteAsync(line.AsMemory(), cancellationToken);
            if (!http.Response.HasStarted)
            {
                // A browser shows that the file comes, however far down its first entry is.
                await writer.FlushAsync(cancellationToken);
            }
        }
    }

    private static IResult Refuse(IReadOnlyList<FieldProblem> problems) =>
        Problems.Result(StatusCodes.Status400BadRequest, "invalid_query", $"The parameter {problems[0].Field} {problems[0].Reason}.",
            problems);

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .RequireAuthorization(ApiPolicies.Administer)
        .WithName(name)
        .WithTags("Audit")
        .WithSummary(summary)
        .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
        .Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json")
        .Produces<Problem>(StatusCodes.Status403Forbidden, "application/problem+json")
        .Produces<Problem>(StatusCodes.Status429TooManyRequests, "application/problem+json")
        .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, "application/problem+json");
}
