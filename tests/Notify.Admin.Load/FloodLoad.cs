using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Notify.Admin.Load;

/// <summary>Attacks a product that somebody has started under a limit on memory, and asks meanwhile whether others are answered: bodies
/// that are announced and drip, without a key; then large batches at once, with one.</summary>
internal static class FloodLoad
{
    private const int Dripping = 1500;
    private const int Batches = 100;
    private const int EventsInBatch = 1000;
    private const int Announced = 1024 * 1024;

    private static readonly TimeSpan DripFor = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(200);

    /// <param name="key">An API key that may post events.</param>
    /// <param name="process">The product's process id.</param>
    public static async Task RunAsync(Uri address, string key, int process)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        await ReportAsync($"{Dripping:N0} connections that announce 1 MiB and drip, without a key", client, process,
            () => DripAsync(address));
        await ReportAsync($"{Batches} batches of 10 MB at once", client, process, () => PostBatchesAsync(client));
    }

    private static async Task ReportAsync(string name, HttpClient client, int process, Func<Task<string>> attack)
    {
        using var ended = new CancellationTokenSource();
        var probes = ProbeAsync(client, process, ended.Token);
        var came = await attack();
        await ended.CancelAsync();
        var (times, refused, peak) = await probes;
        times.Sort();
        Console.WriteLine($"{name}: {came}. Peak {peak >> 20} MiB. {times.Count} events of others meanwhile: {refused} not accepted, "
            + $"median {times[times.Count / 2].TotalMilliseconds:0} ms, longest {times[^1].TotalMilliseconds:0} ms");
    }

    private static async Task<(List<TimeSpan> Times, int Refused, long Peak)> ProbeAsync(HttpClient client, int process,
        CancellationToken ended)
    {
        List<TimeSpan> times = [];
        var (refused, peak) = (0, 0L);
        while (!ended.IsCancellationRequested)
        {
            using var product = Process.GetProcessById(process);
            peak = Math.Max(peak, product.WorkingSet64);
            var began = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync("api/events", Event(Guid.NewGuid().ToString(), ""), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began));
            refused += answer.IsSuccessStatusCode ? 0 : 1;
            await Task.Delay(BetweenProbes, TimeProvider.System, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return (times, refused, peak);
    }

    private static async Task<string> DripAsync(Uri address)
    {
        List<TcpClient> open = [];
        for (var i = 0; i < Dripping; i++)
        {
            var connection = new TcpClient(address.Host, address.Port);
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {(i % 2 == 0 ? "/" : "/api/UpdateSlack")} HTTP/1.1\r\nHost: {address.Authority}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {Announced}\r\n\r\n"));
            open.Add(connection);
        }

        var drop = new byte[16 * 1024];
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < DripFor)
        {
            foreach (var connection in open.ToList())
            {
                try
                {
                    await connection.GetStream().WriteAsync(drop);
                }
                catch (IOException)
                {
                    connection.Dispose();
                    open.Remove(connection);
                }
            }

            await Task.Delay(500);
        }

        open.ForEach(connection => connection.Dispose());
        return $"{open.Count} still open after {DripFor.TotalSeconds:0} s";
    }

    private static async Task<string> PostBatchesAsync(HttpClient client)
    {
        var answers = new ConcurrentBag<int>();
        await Task.WhenAll(Enumerable.Range(0, Batches).Select(async _ =>
        {
            var batch = Enumerable.Range(0, EventsInBatch).Select(_ => ToEvent(Guid.NewGuid().ToString(), new string('x', 10_000)));
            using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(batch));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
            using var answer = await client.PostAsync("api/events", body);
            answers.Add((int)answer.StatusCode);
        }));
        return string.Join(", ", answers.GroupBy(code => code).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} × {group.Key}"));
    }

    private static StringContent Event(string id, string target) =>
        new(JsonSerializer.Serialize(ToEvent(id, target)), Encoding.UTF8, "application/cloudevents+json");

    private static object ToEvent(string id, string target) =>
        new { specversion = "1.0", id, source = "flood", type = "scan.stopped", data = new { target } };
}
