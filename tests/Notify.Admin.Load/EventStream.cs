using System.Diagnostics;

namespace Notify.Admin.Load;

/// <summary>What came of a stretch of posting.</summary>
/// <param name="Times">Of each request from when it was due, so that a server that stalls is not spared.</param>
/// <param name="Refused">Requests, by the HTTP status.</param>
internal sealed record StreamResult(long Events, TimeSpan Took, RequestTimes Times, IReadOnlyDictionary<int, int> Refused)
{
    public double PerSecond => Events / Took.TotalSeconds;

    public override string ToString() =>
        $"{PerSecond,10:N0} events/s   acknowledged after {Times.Quantile(0.5):N1} ms (median), {Times.Quantile(0.99):N1} ms (99th), {Times.Longest:N1} ms (longest)"
        + (Refused.Count == 0 ? "" : $"   refused: {string.Join(", ", Refused.Select(r => $"{r.Key} × {r.Value}"))}");
}

/// <summary>Posts events over several connections.</summary>
internal static class EventStream
{
    private static long _next = Stopwatch.GetTimestamp() / 1000 % 100_000_000 * 1000;

    /// <param name="rate">Events per second over all connections; 0 is as many as are taken.</param>
    /// <param name="onAccepted">Gets how many events a request brought that was accepted, as soon as it is; on any thread.</param>
    public static async Task<StreamResult> RunAsync(
        Uri address, int connections, int batch, int channels, TimeSpan length, int rate = 0, long most = long.MaxValue,
        string path = "/api/events", string type = "sas-event-suspicious", Action<int>? onAccepted = null)
    {
        var started = Stopwatch.StartNew();
        long accepted = 0, offered = 0;
        var times = new RequestTimes();
        Dictionary<int, int> refused = [];
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async index =>
        {
            using var connection = await EventConnection.OpenAsync(address, batch, channels, path, type);
            var pause = rate == 0 ? 0 : (double)connections * batch / rate * 1000;
            var due = pause * index / connections;
            while (started.Elapsed < length && Interlocked.Add(ref offered, batch) <= most)
            {
                if (pause > 0)
                {
                    var wait = due - started.Elapsed.TotalMilliseconds;
                    if (wait > 1)
                    {
                        await Task.Delay((int)wait);
                    }
                }
                else
                {
                    due = started.Elapsed.TotalMilliseconds;
                }

                var status = await connection.SendAsync(Interlocked.Add(ref _next, batch) - batch);
                times.Add(started.Elapsed.TotalMilliseconds - due);
                due += pause;
                if (status == 202)
                {
                    Interlocked.Add(ref accepted, batch);
                    onAccepted?.Invoke(batch);
                }
                else
                {
                    lock (refused)
                    {
                        refused[status] = refused.GetValueOrDefault(status) + 1;
                    }
                }
            }
        }));
        return new StreamResult(accepted, started.Elapsed, times, refused);
    }
}
