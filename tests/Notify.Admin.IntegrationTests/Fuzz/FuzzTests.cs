using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Fuzz;

/// <summary>Spoiled requests in every public format: the product answers each in time, never with a server error, and needs no more memory for
/// the last than for the first. <c>NOTIFY_FUZZ</c> is how many, <c>NOTIFY_FUZZ_SEED</c> which.</summary>
public sealed class FuzzTests
{
    private const int Few = 5_000;
    private const int AtOnce = 4;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_Spoiled_AreAnsweredInTimeWithoutServerErrors()
    {
        var (count, seed) = (Number("NOTIFY_FUZZ", Few), Number("NOTIFY_FUZZ_SEED", 20_260_131));
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string>
            {
                ["Api:FailuresPerMinutePerAddress"] = "10000",
                // Nobody listens there: what a lucky input sends is refused at once.
                ["Slack:ApiUrl"] = "http://127.0.0.1:9/",
                ["DingTalk:AllowedWebhooks:0"] = "http://127.0.0.1:9/robot/send",
                // Kept lines would be the memory that is measured.
                ["Logging:LogLevel:Default"] = "Error",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Error",
            },
        });
        var requests = new FuzzRequests(app.BaseAddress, seed);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30) };
        var (statuses, wrong) = (new ConcurrentDictionary<(int Format, int Status), int>(), new ConcurrentQueue<string>());
        var slowest = TimeSpan.Zero;
        var memory = new List<long>();

        // In ten parts, to see whether memory grows from one to the next.
        foreach (var part in Enumerable.Range(0, count).Chunk(Math.Max(1, count / 10)))
        {
            await Parallel.ForEachAsync(part, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Stop }, async (number, _) =>
            {
                var (status, took) = await SendAsync(client, requests, number);
                if (took > Longest)
                {
                    // A machine that was busy with something else is quick the second time; a hang is not.
                    (status, took) = await SendAsync(client, requests, number);
                }

                statuses.AddOrUpdate((number % FuzzRequests.FormatCount, (int)status), 1, (_, seen) => seen + 1);
                slowest = took > slowest ? took : slowest;
                // 502 says that Slack cannot be reached, which is so.
                if (took > Longest || (int)status is >= 500 and not 502)
                {
                    wrong.Enqueue($"number {number} of seed {seed}: {(int)status} after {took.TotalMilliseconds:0} ms");
                }
            });
            memory.Add(GC.GetTotalMemory(forceFullCollection: true) >> 20);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{count} requests of seed {seed}, slowest {slowest.TotalMilliseconds:0} ms, heap after each tenth {string.Join(", ", memory)} MiB{Environment.NewLine}"
            + string.Join(Environment.NewLine, statuses.GroupBy(pair => pair.Key.Format).OrderBy(group => group.Key)
                .Select(group => $"format {group.Key}: {string.Join(", ", group.OrderBy(pair => pair.Key.Status).Select(pair => $"{pair.Key.Status} × {pair.Value}"))}")));
        wrong.ShouldBeEmpty(string.Join(Environment.NewLine, app.Logs.Lines.Take(20).Select(line => line[..Math.Min(line.Length, 2000)])));
        // The first part fills caches.
        (memory[^1] - memory[Math.Min(1, memory.Count - 1)]).ShouldBeLessThan(64);
        using var good = await app.PostEventAsync("scan.completed", new { avgThreat = "High" });
        good.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static async Task<(HttpStatusCode Status, TimeSpan Took)> SendAsync(HttpClient client, FuzzRequests requests, int number)
    {
        using var request = requests.Create(number);
        var began = TimeProvider.System.GetTimestamp();
        using var answer = await client.SendAsync(request, Stop);
        await answer.Content.ReadAsByteArrayAsync(Stop);
        return (answer.StatusCode, TimeProvider.System.GetElapsedTime(began));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
