using System.Diagnostics;

namespace Notify.Admin.Load;

/// <summary>What came of a stretch of posting.</summary>
/// <param name="Milliseconds">Of each request, sorted: from when it was due, so that a server that stalls is not spared.</param>
internal sealed record StreamResult(long Events, TimeSpan Took, IReadOnlyList<double> Milliseconds, IReadOnlyDictionary<int, int> Refused)
{
    public double PerSecond => Events / Took.TotalSeconds;

    public double Quantile(double part) =>
        Milliseconds.Count == 0 ? 0 : Milliseconds[(int)Math.Min(Milliseconds.Count - 1, part * Milliseconds.Count)];

    public override string ToString() =>
        $"{PerSecond,10:N0} events/s   acknowledged after {Quantile(0.5):N1} ms (median), {Quantile(0.99):N1} ms (99th), {Quantile(1):N1} ms (longest)"
        + (Refused.Count == 0 ? "" : $"   refused: {string.Join(", ", Refused.Select(r => $"{r.Key} × {r.Value}"))}");
}

/// <summary>Posts events over several connections.</summary>
internal static class EventStream
{
    private static long _next = Stopwatch.GetTimestamp() / 1000 % 100_000_000 * 1000;

    /// <param name="rate">Events per second over all connections; 0 is as many as are taken.</param>
    public static async Task<StreamResult> RunAsync(
        Uri address, int connections, int batch, int channels, TimeSpan length, int rate = 0, long most = long.MaxValue,
        string path = "/api/events", string type = "sas-event-suspicious")
    {
        var started = Stopwatch.StartNew();
        long accepted = 0, offered = 0;
        List<double> times = [];
        Dictionary<int, int> refused = [];
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async index =>
        {
            using var connection = await EventConnection.OpenAsync(address, batch, channels, path, type);
            var pause = rate == 0 ? 0 : (double)connections * batch / rate * 1000;
            var due = pause * index / connections;
            List<double> mine = [];
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
                mine.Add(started.Elapsed.TotalMilliseconds - due);
                due += pause;
                if (status == 202)
                {
                    Interlocked.Add(ref accepted, batch);
                }
                else
                {
                    lock (refused)
                    {
                        refused[status] = refused.GetValueOrDefault(status) + 1;
                    }
                }
            }

            lock (times)
            {
                times.AddRange(mine);
            }
        }));
        var took = started.Elapsed;
        times.Sort();
        return new StreamResult(accepted, took, times, refused);
    }
}
