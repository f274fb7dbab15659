using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Secrets;

/// <summary>Secrets with a recognisable text go in by every way there is; then the store, the logs, the traces, the answers, the exports
/// and the pages are searched for them. What a browser is sent by an open page is searched by the browser tests.</summary>
public sealed partial class CanaryTests
{
    private static readonly string[] Pages =
    [
        "", "slack/integrations", "slack/integrations/new", "slack/integrations/1", "slack/workspaces", "slack/workspaces/1",
            "accounts", "accounts/1", "slack/functions", "slack/functions/1", "dingtalk/chatbots",
        "dingtalk/chatbots/1", "events", "deliveries", "people", "audit", "audit?open=1", "audit/export?format=csv",
        "audit/export?format=jsonl", "settings", "settings/secrets", "profile",
        "slack/functions/export?format=yaml", "slack/integrations/export", "dingtalk/chatbots/export", "people/export", "not-there",
            "Account/Password", "Account/Login", "setup",
    ];

    private static readonly string[] Routes =
    [
        "openapi/v1.json", "health/ready", "metrics", "api/nothing", "api/audit?q=slack", "api/deliveries?state=nonsense",
            "api/function-access/export?format=json",
        "api/function-access/export?format=csv", "api/function-access/compare?first=1&second=1", "api/slack-workspaces/1/people?q=a",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Secrets_PlantedEverywhere_AreFoundNowhere(DatabaseProvider provider)
    {
        await using var signOn = await TestIdentityProvider.StartAsync();
        await using var mail = TestMailServer.Start();
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Database = database,
            WithSandbox = true,
            Configuration = new Dictionary<string, string>(
                signOn.Configuration.Concat(mail.Configuration).Concat(Canaries.Configuration(database)).Concat(LogCapture.Everything)),
        });
        app.Logs.WithScopes = true;
        using var traces = new TraceCapture(app.Sandbox.BaseAddress.Port);
        var canaries = new Canaries(app, signOn, mail);
        await canaries.PlantAsync();
        await ReadEverythingAsync(app, canaries);
        var store = await database.ReadAllAsync(Stop);
        await canaries.BreakAsync();
        store += await database.ReadAllAsync(Stop);

        List<(string Where, string Text)> places =
        [
            .. canaries.Answers, .. app.Logs.Lines.Select(line => ("the log", line)), .. traces.Texts.Select(text => ("the traces", text)),
                ("the store", store),
        ];
        canaries.Secrets.Count.ShouldBeGreaterThan(40);
        // The search is able to find something.
        var found = places.Where(place => place.Text.Contains(Canaries.Source, StringComparison.Ordinal)).Select(place => place.Where)
            .ToList();
        found.ShouldContain("/api/deliveries");
        found.ShouldContain("the store");
        places.Count(place => place.Where == "the traces").ShouldBeGreaterThan(50);
        places.Count(place => place.Where == "the log").ShouldBeGreaterThan(500);
        var leaks = places.SelectMany(place => FoundIn(place.Text, canaries.Secrets)
            .Select(secret => $"{secret} in {place.Where}: {Around(place.Text, secret)}")).Distinct().ToList();
        leaks.ShouldBeEmpty(string.Join(Environment.NewLine, leaks.Take(50)));
    }

    // What drivers and clients put into their exceptions: addresses with tokens, connection strings, headers.
    [Fact]
    public async Task Exceptions_WithSecretsInTheirTexts_AreLoggedWithoutThem()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings());
        string[] secrets = ["c0ffee0123456789abcdef", "connection-canary", "xoxb-header-canary", "client-secret-canary"];
        var exception = new InvalidOperationException(
            $"Response status code of https://oapi.dingtalk.com/robot/send?access_token={secrets[0]}&timestamp=1 is 500",
            new ArgumentException($"Host=db;Username=notify;Password={secrets[1]};Database=notify",
                new HttpRequestException($"authorization: Bearer {secrets[2]}; client_secret={secrets[3]}")));

        app.Services.GetRequiredService<ILogger<CanaryTests>>().LogError(exception, "Calling {Address} failed",
            $"https://oapi.dingtalk.com/robot/send?access_token={secrets[0]}");

        var line = app.Logs.Lines.Single(line => line.Contains(nameof(CanaryTests), StringComparison.Ordinal));
        line.ShouldContain("access_token=***");
        line.ShouldContain("System.Net.Http.HttpRequestException");
        FoundIn(line, secrets).ShouldBeEmpty();
    }

    private static async Task ReadEverythingAsync(NotifyAdminApp app, Canaries canaries)
    {
        using var person = await app.SignInAsAsync(Roles.Admin);
        foreach (var page in Pages)
        {
            await canaries.ReadAsync(person, page);
        }

        using var script = canaries.CreateScript();
        var described = await DescribedAsync(script);
        described.Count.ShouldBeGreaterThan(10);
        foreach (var route in Routes.Concat(described))
        {
            await canaries.ReadAsync(script, route);
        }
    }

    private static async Task<IReadOnlyList<string>> DescribedAsync(HttpClient script)
    {
        using var description = JsonDocument.Parse(await script.GetStringAsync("openapi/v1.json", Stop));
        return
        [
            .. description.RootElement.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _))
                .Select(path => Placeholder().Replace(path.Name.TrimStart('/'), place => place.Value == "{bulkId}" ? Guid.Empty.ToString()
                    : "1")),
        ];
    }

    private static IEnumerable<string> FoundIn(string text, IEnumerable<string> secrets) =>
        secrets.Where(secret => Written(secret).Any(form => text.Contains(form, StringComparison.Ordinal)));

    private static string Around(string text, string secret)
    {
        var at = Math.Max(0, Written(secret).Max(form => text.IndexOf(form, StringComparison.Ordinal)));
        return text[Math.Max(0, at - 100)..Math.Min(text.Length, at + 50)];
    }

    // As it is, in an address, in hexadecimal, and in base64 wherever it may begin there.
    private static IEnumerable<string> Written(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return secret.Replace(' ', '+');
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        for (var before = 0; before < 3; before++)
        {
            // Letters that hold bits of what stands before or after are left out.
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
            yield return text[(before == 0 ? 0 : before + 1)..^1];
        }
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();
}
