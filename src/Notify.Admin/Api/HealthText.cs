using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Notify.Admin.Api;

/// <summary>What <c>/health/…</c> answers: one word, and a line for each check that is not healthy.</summary>
internal static class HealthText
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var unwell = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy)
            .Select(entry => $"{entry.Key}: {entry.Value.Description}");
        return context.Response.WriteAsync(string.Join('\n', unwell.Prepend(report.Status.ToString())));
    }
}
