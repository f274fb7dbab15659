using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.FunctionAccess;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Fuzz;

/// <summary>Spoiled inputs in every public format: the product answers each in time, never with a server error, and needs no more memory
/// for the last than for the first. <c>NOTIFY_FUZZ</c> is how many, <c>NOTIFY_FUZZ_SEED</c> which. README.md has the formats and
/// figures.</summary>
[Collection(MemoryCollection.Name)]
public sealed class FuzzTests
{
    public const string FunctionId = "Fn0FUZZ0001";
    public const string CallbackId = "create_report";
    public const string AppId = "A0FUZZ0001";

    private const int Few = 5_000;
    private const int Seed = 20_260_131;
    private const int AtOnce = 4;

    private const string Manifest = """{"ok":true,"manifest":{"display_information":{"name":"Reports"},"functions":{"create_report":{"title":"Create report","input_parameters":{"type":"object"}},"send_report":{"title":"Send \ud83d\udcc8","output_parameters":{}}}}}""";

    private const string People =
        "Alice Nguyen <alice@example.com>, \"Bob\" <mailto:bob@example.com|bob>; U0PERSON01\n@carol dave@example.com";

    // Refuses half a surrogate pair, as a store does.
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_Spoiled_AreAnsweredInTimeWithoutServerErrors()
    {
        var (count, seed) = (All - Pasted, Number("NOTIFY_FUZZ_SEED", Seed));
        await using var app = await StartAsync();
        var requests = new FuzzRequests(app.BaseAddress, seed);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false,
            UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30) };
        var (statuses, wrong) = (new ConcurrentDictionary<(int Format, int Status), int>(), new ConcurrentQueue<string>());
        var slowest = TimeSpan.Zero;
        var began = TimeProvider.System.GetTimestamp();
        var memory = new List<long>();

        // In ten parts, to see whether memory grows from one to the next.
        foreach (var part in Enumerable.Range(0, count).Chunk(Math.Max(1, count / 10)))
        {
            await Parallel.ForEachAsync(part, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Stop },
                async (number, _) =>
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
            $"{count} requests in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s of seed {seed}, slowest {slowest.TotalMilliseconds:0} ms, heap after each tenth {string.Join(", ", memory)} MiB{Environment.NewLine}"
            + string.Join(Environment.NewLine, statuses.GroupBy(pair => pair.Key.Format).OrderBy(group => group.Key)
                .Select(group => $"format {group.Key}: " + string.Join(
                    ", ", group.OrderBy(pair => pair.Key.Status).Select(pair => $"{pair.Key.Status} × {pair.Value}")))));
        wrong.ShouldBeEmpty(string.Join(Environment.NewLine, app.Logs.Lines.Take(20).Select(line => line[..Math.Min(line.Length, 2000)])));
        // The first part fills caches.
        (memory[^1] - memory[Math.Min(1, memory.Count - 1)]).ShouldBeLessThan(64);
        using var good = await app.PostEventAsync("scan.completed", new { avgThreat = "High" });
        good.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    /// <summary>With what cannot be text, compressed, and at the doors that are open to everybody.</summary>
    [Fact]
    public async Task RequestsThatAreNoText_AreAnsweredWithoutServerErrors()
    {
        var seed = Number("NOTIFY_FUZZ_SEED", Seed);
        await using var app = await StartAsync();
        var requests = new FuzzRequests(app.BaseAddress, seed);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var wrong = new ConcurrentQueue<string>();

        await Parallel.ForEachAsync(Enumerable.Range(0, Pasted),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Stop }, async (number, _) =>
        {
            using var request = requests.CreateWide(number);
            using var answer = await client.SendAsync(request, Stop);
            if ((int)answer.StatusCode is >= 500 and not 502)
            {
                wrong.Enqueue($"number {number} of seed {seed}: {(int)answer.StatusCode} for {request.Method} {request.RequestUri}");
            }
        });

        wrong.ShouldBeEmpty(string.Join(Environment.NewLine,
            app.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Take(5)));
    }

    /// <summary>What is only ever pasted into a page: manifests, and people.</summary>
    [Theory]
    [InlineData(116334)]
    [InlineData(154424)]
    public async Task Request_ThatOnceWasAServerError_IsNoneAnyMore(int number)
    {
        await using var app = await StartAsync();
        using var client = new HttpClient();

        var (status, _) = await SendAsync(client, new FuzzRequests(app.BaseAddress, Seed), number);

        ((int)status).ShouldBeLessThan(500);
    }

    [Fact]
    public void PastedText_Spoiled_IsReadInTimeWithoutFailure()
    {
        var seed = Number("NOTIFY_FUZZ_SEED", Seed);
        var (slowest, functions, people) = (TimeSpan.Zero, 0, 0);
        for (var number = 0; number < Pasted; number++)
        {
            var mutator = new Mutator(FuzzRequests.RandomOf(~seed, number));
            var text = Encoding.UTF8.GetString(mutator.Json(Manifest));
            var names = mutator.Text(People);
            var began = TimeProvider.System.GetTimestamp();
            foreach (var (callbackId, title) in AppManifest.Read(text).Functions)
            {
                functions += FunctionName.Read(null, callbackId, AppId, out _) is null && FunctionAccessService.IsName(title) ? 1 : 0;
                Strict.GetByteCount(callbackId).ShouldBeGreaterThan(0);
                Strict.GetByteCount(title).ShouldBeGreaterThan(0, $"number {number} of seed {seed}: {text}");
            }

            people += PastedPeople.Read(names).Count;
            var took = TimeProvider.System.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{Pasted} texts of seed {seed}, slowest {slowest.TotalMilliseconds:0} ms: {functions} functions, {people} people");
        slowest.ShouldBeLessThan(Longest);
        functions.ShouldBeGreaterThan(0);
        people.ShouldBeGreaterThan(0);
    }

    private static int All => Number("NOTIFY_FUZZ", Few);

    // As many as of any other two formats.
    private static int Pasted => All * 2 / (FuzzRequests.FormatCount + 2);

    private static async Task<NotifyAdminApp> StartAsync()
    {
        var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
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
        await ManageFunctionsAsync(app);
        return app;
    }

    // What an import names has to be there, or no file gets beyond its first function.
    private static async Task ManageFunctionsAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var now = TimeProvider.System.GetUtcNow();
        context.SlackWorkspaces.Add(new SlackWorkspace
        {
            Id = 1, Name = "Fuzz", BotToken = app.Services.GetRequiredService<SecretProtector>().Protect("xoxb-fuzz"), CreatedAt = now,
                ChangedAt = now,
        });
        context.ManagedFunctions.AddRange(Function(FunctionId, null, null), Function(null, CallbackId, AppId));
        await context.SaveChangesAsync(Stop);

        ManagedFunction Function(string? id, string? callbackId, string? appId)
        {
            var function = new ManagedFunction
            {
                WorkspaceId = 1, Name = "Create report", Key = new FunctionName(id, callbackId, appId).Key, FunctionId = id,
                    CallbackId = callbackId, AppId = appId,
                Wanted = AccessList.Of(PermissionTypes.Everyone), CreatedAt = now, CreatedBy = "fuzz",
            };
            function.Seen(function.Wanted, now);
            return function;
        }
    }

    private static async Task<(HttpStatusCode Status, TimeSpan Took)> SendAsync(HttpClient client, FuzzRequests requests, int number)
    {
        using var request = requests.Create(number);
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            using var answer = await client.SendAsync(request, Stop);
            await answer.Content.ReadAsByteArrayAsync(Stop);
            return (answer.StatusCode, TimeProvider.System.GetElapsedTime(began));
        }
        catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
        {
            // The client has waited long enough.
            return (0, TimeProvider.System.GetElapsedTime(began));
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : otherwise;
}
