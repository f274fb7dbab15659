using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Secrets;

/// <summary>Secrets with a recognisable text go in by every way there is; then the store, the logs, the answers and the pages are searched
/// for them.</summary>
public sealed partial class CanaryTests
{
    private const string SlackToken = "xoxb-canary-slack-token-7f3a91c2d4";
    private const string NewSlackToken = "xoxb-canary-second-slack-token-88e1";
    private const string RobotToken = "canaryrobottoken5b1de97700";
    private const string SigningSecret = "SECcanarysigningsecret00112233445566";
    private const string ApiKey = "nak_canary-api-key-0123456789-abcdefghij";
    private const string AccessKeySecret = "nas_canary-access-key-secret-0123456789";
    private const string Password = "canary password of the first admin";
    private const string WrongPassword = "canary password that is wrong";

    private static readonly string[] Secrets =
        [SlackToken, NewSlackToken, RobotToken, SigningSecret, ApiKey, AccessKeySecret, Password, WrongPassword];

    private static readonly string[] Pages =
    [
        "", "slack/integrations", "slack/integrations/new", "slack/integrations/1", "dingtalk/chatbots", "dingtalk/chatbots/1", "events", "deliveries",
        "people", "audit", "audit?open=1", "audit/export?format=csv", "audit/export?format=jsonl", "settings", "profile", "not-there", "Account/Password", "Account/Login", "setup",
    ];

    private static readonly string[] Routes =
        ["api/audit", "api/audit?q=slack", "api/audit/verify", "api/deliveries", "api/deliveries?state=nonsense", "api/events", "openapi/v1.json", "health/ready", "metrics", "api/nothing"];

    [Theory, DatabaseData]
    public async Task Secrets_PlantedEverywhere_AreFoundNowhere(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            WithSandbox = true,
            Configuration = new Dictionary<string, string>
            {
                ["Setup:AdminPassword"] = Password,
                ["Setup:ApiKey"] = ApiKey,
                ["Setup:AccessKeySecret"] = AccessKeySecret,
            },
        });
        var answers = new List<(string Where, string Text)>();
        await PlantAsync(app, answers);
        await ReadEverythingAsync(app, answers);

        answers.ShouldNotBeEmpty();
        foreach (var secret in Secrets)
        {
            answers.Where(answer => Holds(answer.Text, secret)).Select(answer => $"{secret} in the answer of {answer.Where}").ShouldBeEmpty();
            app.Logs.Lines.Where(line => Holds(line, secret)).ShouldBeEmpty();
        }

        var store = provider == DatabaseProvider.Sqlite ? await SqliteFilesAsync(app) : await PostgresRowsAsync(app.Database.ConnectionString);
        store.ShouldContain("canary-source", customMessage: "the search must be able to find something");
        Secrets.Where(secret => Holds(store, secret)).ShouldBeEmpty();
    }

    private static async Task PlantAsync(NotifyAdminApp app, List<(string Where, string Text)> answers)
    {
        var token = TestContext.Current.CancellationToken;
        var admin = new Actor(null, "canary", Roles.Admin, "test");
        await app.AddSlackIntegrationAsync("C0ALERTS01", token: SlackToken);
        using (var update = await app.CreateClient().PostAsJsonAsync(
            "api/UpdateSlack", new { apiKey = ApiKey, channelId = "C0SECOPS01", slackToken = NewSlackToken, slackNotify = true }, token))
        {
            answers.Add(("UpdateSlack", await TextAsync(update)));
        }

        using (var wrong = await app.CreateClient().PostAsJsonAsync(
            "api/UpdateSlack", new { apiKey = ApiKey, channelId = "C0SECOPS01", slackToken = NewSlackToken, slackNotify = ApiKey, slackAvgThreat = NewSlackToken }, token))
        {
            answers.Add(("UpdateSlack, wrong", await TextAsync(wrong)));
        }

        var bots = app.Services.GetRequiredService<DingTalkChatbotService>();
        var saved = await bots.SaveAsync(
            new ChatbotChange
            {
                Name = "Canary",
                Webhook = $"{app.Sandbox.RobotBaseUrl}?access_token={RobotToken}",
                Rules = Admin.Rules.RulePresets.All[0].List,
                Security = new SecurityChange(RobotSecurityMode.Signature, SigningSecret, null),
            }, admin, token);
        saved.Outcome.ShouldBe(ChatbotSaveOutcome.Saved, string.Join("; ", saved.Problems));
        await LogInAsync(app, WrongPassword, answers);
        await LogInAsync(app, Password, answers);

        // Slack answers with the token in its text, the robot does not know the token: what is kept of an answer is redacted.
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Body, Calls = 2, Body = $$"""{"ok":false,"error":"invalid_auth","echo":"{{SlackToken}} {{NewSlackToken}}"}""" });
        using var scan = await app.PostEventAsync("scan.completed", new { avgThreat = "High" }, source: "canary-source", key: ApiKey);
        using var alert = await app.PostEventAsync(
            "sas-event-suspicious", new { item_level = "serious", event_type = "Unusual logon", title = "t" }, source: "canary-source", key: ApiKey);
        alert.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await app.WaitForDeliveriesAsync(deliveries => deliveries.Count >= 5 && deliveries.All(d => d.State is not (DeliveryState.Waiting or DeliveryState.Sending)), TimeSpan.FromSeconds(60));
        var desk = app.Services.GetRequiredService<IDeliveryDesk>();
        (await desk.GetHealthAsync(ChannelKind.Slack, token)).ShouldNotBeEmpty();
    }

    private static async Task ReadEverythingAsync(NotifyAdminApp app, List<(string Where, string Text)> answers)
    {
        using var person = await app.SignInAsAsync(Roles.Admin);
        foreach (var page in Pages)
        {
            using var answer = await person.GetAsync(page, TestContext.Current.CancellationToken);
            answers.Add(($"/{page}", await TextAsync(answer)));
        }

        using var script = app.CreateApiClient(ApiKey);
        foreach (var route in Routes)
        {
            using var answer = await script.GetAsync(route, TestContext.Current.CancellationToken);
            answers.Add(($"/{route}", await TextAsync(answer)));
        }
    }

    private static async Task LogInAsync(NotifyAdminApp app, string password, List<(string Where, string Text)> answers)
    {
        using var client = app.CreateClient();
        var page = await client.GetStringAsync("Account/Login", TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Antiforgery().Match(page).Groups[1].Value),
            ["_handler"] = "login",
            ["Email"] = NotifyAdminSettings.AdminEmail,
            ["Password"] = password,
        });
        using var answer = await client.PostAsync("Account/Login", form, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(password == Password ? HttpStatusCode.Redirect : HttpStatusCode.OK);
        answers.Add(("log-in", await TextAsync(answer)));
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        $"{answer.RequestMessage?.RequestUri} {answer.Headers} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";

    private static bool Holds(string text, string secret) =>
        text.Contains(secret, StringComparison.Ordinal)
        || text.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='), StringComparison.Ordinal)
        || text.Contains(Uri.EscapeDataString(secret), StringComparison.Ordinal);

    private static async Task<string> SqliteFilesAsync(NotifyAdminApp app)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(app.Database.DataDirectory, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        return text.ToString();
    }

    private static async Task<string> PostgresRowsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')", connection))
        await using (var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                tables.Add(reader.GetString(0));
            }
        }

        var text = new StringBuilder();
        foreach (var table in tables)
        {
            using var copy = await connection.BeginTextExportAsync($"COPY {table} TO STDOUT", TestContext.Current.CancellationToken);
            text.Append(await copy.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        return text.ToString();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Antiforgery();
}
