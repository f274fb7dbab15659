using System.Globalization;

namespace Notify.Sandbox.Control;

/// <summary>Messages, calls and counters.</summary>
internal static class MessageRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapControlGet("/messages", (http, state) =>
        {
            var (wanted, limit) = Filter(http.Request.Query);
            return Last(state.Messages.All.Where(message => wanted.Covers(message.Index, message.Time, message.Target, message.WentTo)),
                limit);
        });
        routes.MapControlDelete("/messages", (_, state) => state.Messages.Clear());
        routes.MapControlGet("/calls", (http, state) =>
        {
            var (wanted, limit) = Filter(http.Request.Query);
            var method = http.Request.Query["method"].ToString();
            return Last(state.Calls.All.Where(call => wanted.Covers(call.Index, call.Time, call.Target, call.WentTo)
                && (method.Length == 0 || call.Method == method)), limit);
        });
        routes.MapControlDelete("/calls", (_, state) => state.Calls.Clear());
        routes.MapControlGet("/counters", (_, state) => state.Counters);
        routes.MapControlDelete("/counters", (_, state) => state.Counters.Clear());
    }

    private static List<T> Last<T>(IEnumerable<T> all, int? limit) => limit is { } most ? [.. all.TakeLast(most)] : [.. all];

    private static (Wanted Wanted, int? Limit) Filter(IQueryCollection query)
    {
        var (target, destination, since, limit) = (query["target"].ToString(), query["destination"].ToString(), query["since"].ToString(),
            query["limit"].ToString());
        SandboxTarget? vendor = target.ToUpperInvariant() switch
        {
            "" => null,
            "SLACK" => SandboxTarget.Slack,
            "DINGTALK" => SandboxTarget.DingTalk,
            "SECURITYCENTER" => SandboxTarget.SecurityCenter,
            _ => throw new ControlException($"target: '{target}' is not one of slack, dingtalk, securityCenter."),
        };
        int? most = limit.Length == 0
            ? null
            : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number : throw new ControlException($"limit: '{limit}' is not a whole number.");
        var (index, time) = Since(since);
        return (new Wanted(vendor, destination, index, time), most);
    }

    private static (long? Index, DateTimeOffset? Time) Since(string since)
    {
        if (since.Length == 0)
        {
            return (null, null);
        }

        if (long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return (index, null);
        }

        return DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? (null, time)
            : throw new ControlException($"since: '{since}' is neither an index nor a time such as 2025-01-02T03:04:05Z.");
    }

    /// <param name="Target">Only this vendor's.</param>
    /// <param name="Destination">Only this channel's or robot's; empty is all.</param>
    /// <param name="AfterIndex">Only those with a greater index.</param>
    /// <param name="From">Only those from this moment on.</param>
    private sealed record Wanted(SandboxTarget? Target, string Destination, long? AfterIndex, DateTimeOffset? From)
    {
        public bool Covers(long index, DateTimeOffset time, SandboxTarget target, Func<string, bool> wentTo) =>
            (Target is null || Target == target)
            && (AfterIndex is null || index > AfterIndex)
            && (From is null || time >= From)
            && (Destination.Length == 0 || wentTo(Destination));
    }
}
