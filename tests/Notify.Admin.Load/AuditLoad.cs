using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Load;

/// <summary>What a long audit trail costs: pages, filters and the beginning of an export, as a script and a browser ask for them.</summary>
internal static class AuditLoad
{
    private const int Times = 15;

    public static async Task RunAsync(LoadOptions options)
    {
        var now = DateTimeOffset.UtcNow;
        (string Name, string Value) cookie = default;
        await using var product = await ProductUnderLoad.StartAsync(options.Store, [], async app =>
        {
            var started = Stopwatch.StartNew();
            foreach (var statement in AuditSql.Insert(options.Store, options.Rows, now))
            {
                await app.Database.ExecuteAsync(statement);
            }

            Console.WriteLine($"{options.Store}: {options.Rows:N0} entries, written in {started.Elapsed.TotalSeconds:N0} s");
            cookie = await app.SessionCookieAsync(Roles.Admin);
            var store = app.Services.GetRequiredService<AuditStore>();
            await ReportAsync("what the page's filters offer", async () =>
            {
                var choices = await store.ChoicesAsync(CancellationToken.None);
                return $"{choices.Actions.Count} actions, {choices.People.Count} people";
            });
        });
        using var script = product.CreateClient();
        using var browser = new HttpClient { BaseAddress = product.Address,
            DefaultRequestHeaders = { { "Cookie", $"{cookie.Name}={cookie.Value}" } } };
        var (from, to) = (Time(now.AddDays(-200)), Time(now.AddDays(-199)));
        (string Name, string Query)[] pages =
        [
            ("first page", ""),
            ("a page in the middle", $"cursor={options.Rows / 2}"),
            ("the last page", "cursor=1050"),
            ("one person", $"who={AuditSql.Person}"),
            ("one person, far down", $"who={AuditSql.Person}&cursor={options.Rows / 10}"),
            ("a person that never did anything", "who=nobody@example.test"),
            ("one action", $"action={AuditSql.Action}"),
            ("a rare action", $"action={AuditSql.RareAction}"),
            ("one person's rare action", $"who={AuditSql.Person}&action={AuditSql.RareAction}"),
            ("a day 200 days ago", $"from={from}&to={to}"),
            ("one person on that day", $"who={AuditSql.Person}&from={from}&to={to}"),
            ("a rare action since then", $"action={AuditSql.RareAction}&from={from}"),
            ("a subject that many entries have", "q=team%207"),
            ("a word of many actions", "q=log-in"),
            ("a word of one old entry", $"q={AuditSql.RareWord}"),
            ("a word of no entry of that day", $"q={AuditSql.RareWord}&from={from}&to={to}"),
            ("an address", "q=192.0.2.77"),
        ];
        foreach (var (name, query) in pages)
        {
            await ReportAsync(name, async () =>
            {
                using var answer = JsonDocument.Parse(await script.GetByteArrayAsync($"api/audit?{query}"));
                var more = answer.RootElement.GetProperty("nextCursor").GetString() is null ? "" : ", more below";
                return $"{answer.RootElement.GetProperty("items").GetArrayLength()} rows{more}";
            });
        }

        foreach (var query in new[] { "format=csv", "format=jsonl", $"format=csv&who={AuditSql.Person}", $"format=jsonl&from={from}",
            $"format=csv&q={AuditSql.RareWord}", $"format=jsonl&q={AuditSql.RareWord}" })
        {
            await ReportAsync($"export begins, {query.Replace("format=", "", StringComparison.Ordinal)}", async () =>
            {
                using var answer = await browser.GetAsync($"audit/export?{query}", HttpCompletionOption.ResponseHeadersRead);
                return $"{(int)answer.EnsureSuccessStatusCode().StatusCode}";
            });
        }

        var whole = Stopwatch.StartNew();
        await using var all = await browser.GetStreamAsync("audit/export?format=csv");
        await all.CopyToAsync(Stream.Null);
        Console.WriteLine($"  the whole export as CSV: {whole.Elapsed.TotalSeconds:N0} s, {product.Memory().Peak} MiB of memory at most");
    }

    private static async Task ReportAsync(string name, Func<Task<string>> ask)
    {
        List<double> times = [];
        var what = "";
        for (var i = 0; i < Times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            what = await ask();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var first = times[0];
        times.Sort();
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  {name,-34} {times[0],6:N0} ms at least {times[Times / 2],6:N0} median {times[^1],6:N0} at most ({first,5:N0} at first)   load {load}   {what}"));
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
