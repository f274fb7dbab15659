using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notify.Admin.Api;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Index">Position in a batch; null where there is none.</param>
/// <param name="Field">Path of the field: <c>data.avgThreat</c>.</param>
/// <param name="Reason">The rule it breaks, for a developer.</param>
public sealed record FieldProblem(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Index, string Field, string Reason);

/// <summary>The body of every refusal of the <c>api/</c> routes that speak <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Code">Stable, for programs: <c>invalid_event</c>.</param>
/// <param name="Detail">What is wrong and how to mend it, in one sentence.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Code, string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyCollection<FieldProblem>? Errors);

/// <summary>Makes and writes problem answers.</summary>
internal static class Problems
{
    private const string ContentType = "application/problem+json";

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An endpoint's answer.</summary>
    /// <param name="retryAfter">Sets <c>Retry-After</c>, in whole seconds, at least one.</param>
    public static IResult Result(
        int status, string code, string detail, IReadOnlyCollection<FieldProblem>? errors = null, TimeSpan? retryAfter = null) =>
        new ProblemResult(Of(status, code, detail, errors), retryAfter);

    /// <summary>Answers from a middleware or a handler. Does nothing when the answer has begun.</summary>
    public static Task WriteAsync(
        HttpContext context, int status, string code, string detail, IReadOnlyCollection<FieldProblem>? errors = null,
        TimeSpan? retryAfter = null) =>
        WriteAsync(context, Of(status, code, detail, errors), retryAfter);

    private static Problem Of(int status, string code, string detail, IReadOnlyCollection<FieldProblem>? errors) =>
        new("about:blank", TitleOf(status), status, code, detail, errors);

    private static string TitleOf(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);

    private static async Task WriteAsync(HttpContext context, Problem problem, TimeSpan? retryAfter)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Seconds(wait);
        }

        await context.Response.WriteAsJsonAsync(problem, Json, ContentType, context.RequestAborted);
    }

    /// <summary>A <c>Retry-After</c> value: whole seconds, rounded up, at least one.</summary>
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private sealed class ProblemResult(Problem problem, TimeSpan? retryAfter) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => problem.Status;

        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem, retryAfter);
    }
}
