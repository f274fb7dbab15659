using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.IntegrationTests.Sources;
using Notify.Admin.Mail;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Secrets;

/// <summary>A secret of every kind that the product takes or gives, each brought in and used the way people and programs do.</summary>
internal sealed class Canaries(NotifyAdminApp app, TestIdentityProvider signOn, TestMailServer mail)
{
    /// <summary>Of the events, which are no secret: a search that does not find it finds nothing.</summary>
    public const string Source = "canary-source";

    private const string SlackToken = "xoxb-canary-slack-token-7f3a91c2d4";
    private const string UnknownSlackToken = "xoxb-canary-second-slack-token-88e1";
    private const string AppToken = "xapp-1-canary-app-token-7c51ee90";
    private const string WorkspaceToken = "xoxb-canary-workspace-token-14d09be2";
    private const string ConfigToken = "xoxe.xoxp-canary-config-token-55ab20";
    private const string RefreshToken = "xoxe-canary-refresh-token-9c41d7";
    private const string RobotToken = "canaryrobottoken5b1de97700";
    private const string UnknownRobotToken = "canarysecondrobottoken41aa";
    private const string SigningSecret = "SECcanarysigningsecret00112233445566";
    private const string ApiKey = "nak_canary-api-key-0123456789-abcdefghij";
    private const string AccessKeyId = "NAKIDcanary0000000000000";
    private const string AccessKeySecret = "nas_canary-access-key-secret-0123456789";
    private const string Password = "canary password of the first admin";
    private const string WrongPassword = "canary password that is wrong";
    private const string InvitedPassword = "canary password of who was invited";
    private const string ChangedPassword = "canary password that came later";
    private const string CollectorHeader = "canary-header-of-the-collector";
    private const string StorePassword = "canary-password-of-the-store";
    private const string CertificatePassword = "canary-password-of-the-certificate";

    private readonly List<string> _secrets =
    [
        SlackToken, UnknownSlackToken, WorkspaceToken, AppToken, ConfigToken, RefreshToken, RobotToken, UnknownRobotToken, SigningSecret,
            ApiKey, AccessKeySecret,
        Password, WrongPassword, InvitedPassword, ChangedPassword, CollectorHeader, StorePassword, CertificatePassword,
        TestIdentityProvider.ClientSecret, TestMailServer.Password,
    ];

    private readonly Actor _admin = new(null, "canary", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What must be found nowhere.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    /// <summary>What the product answered, and to what.</summary>
    public List<(string Where, string Text)> Answers { get; } = [];

    public static Dictionary<string, string> Configuration(TestDatabase database) => new()
    {
        ["Setup:AdminPassword"] = Password,
        ["Setup:ApiKey"] = ApiKey,
        ["Setup:AccessKeyId"] = AccessKeyId,
        ["Setup:AccessKeySecret"] = AccessKeySecret,
        // Nobody listens there, and says so at every try.
        ["Otlp:Endpoint"] = "http://127.0.0.1:9",
        ["Otlp:Headers"] = $"authorization={CollectorHeader}",
        ["Otlp:Interval"] = "00:00:01",
        ["DataProtection:CertificatePath"] = WriteCertificate(database.DataDirectory),
        ["DataProtection:CertificatePassword"] = CertificatePassword,
        // The test server asks for none.
        ["ConnectionStrings:Notify"] = database.ConnectionString
            + (database.Provider == DatabaseProvider.PostgreSql ? $";Password={StorePassword}" : ""),
    };

    public HttpClient CreateScript() => app.CreateApiClient(ApiKey);

    public async Task PlantAsync()
    {
        var slack = app.Sandbox.Slack;
        slack.Tokens.Put(
            slack.Tokens.Find(SlackSeeds.BotToken)! with { Token = SlackToken },
            slack.Tokens.Find(SlackSeeds.BotToken)! with { Token = WorkspaceToken },
            slack.Tokens.Find(SlackSeeds.ConfigurationToken)! with { Token = ConfigToken, RefreshToken = RefreshToken });
        app.Sandbox.Robots.Put(new SandboxRobot { Token = RobotToken, Secret = SigningSecret });
        await PlantSlackAsync();
        await PlantChatbotsAsync();
        await PlantSourcesAsync();
        await PlantPeopleAsync();
        await SendAsync();
    }

    /// <summary>Secrets that arrive while the tables they belong into are gone.</summary>
    public async Task BreakAsync()
    {
        await LoseAsync("SlackIntegrations", "SlackWorkspaces", "DingTalkChatbots");
        await PostAsync("api/UpdateSlack", UpdateOf(UnknownSlackToken), CreateScript());
        await PostAsync("api/slack-workspaces",
            new { name = "Lost", bot_token = WorkspaceToken, config_token = ConfigToken, refresh_token = RefreshToken }, CreateScript());
        await CallAsync("CreateOrUpdateDingTalk", ChatbotOf(UnknownRobotToken));
        using var client = app.CreateClient();
        await LoseAsync("AspNetUsers");
        Answers.Add(("log-in without a store",
            await TextAsync(await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, Password))));
        await ReadAsync(app.CreateApiClient("nak_canary-unknown-key-0123456789-abcdefghi"), "api/events");
    }

    public async Task ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Stop);
        Answers.Add(($"/{path}", await TextAsync(answer)));
    }

    private static object UpdateOf(string token) =>
        new { apiKey = ApiKey, channelId = "C0SECOPS01", slackToken = token, slackNotify = true };

    private static Dictionary<string, string> ChatbotOf(string token) => new()
    {
        ["RuleActionName"] = "By API", ["SendUrl"] = token, ["ConfigList"] = "[]", ["GroupIdList"] = "[]", ["IntervalTime"] = "10",
            ["DingTalkLang"] = "en",
    };

    private Task LoseAsync(params string[] tables) =>
        app.Database.ExecuteAsync([.. tables.Select(table => app.Database.Provider.RenameTable(table, $"Lost{table}"))]);

    private async Task PlantSlackAsync()
    {
        var id = await app.AddSlackIntegrationAsync(SlackSeeds.Joined, token: SlackToken);
        var tests = app.Services.GetRequiredService<SlackTestService>();
        (await tests.SendAsync(id, TestChoice.Newest, _admin, Stop))!.Outcome.Result!.Accepted.ShouldBeTrue();
        await PostAsync("api/UpdateSlack", UpdateOf(UnknownSlackToken), app.CreateClient());
        await PostAsync("api/UpdateSlack",
            new { apiKey = ApiKey, channelId = "C0SECOPS01", slackToken = UnknownSlackToken, slackNotify = ApiKey,
            slackAvgThreat = UnknownSlackToken }, app.CreateClient());
        (await tests.SendAsync(id + 1, TestChoice.Newest, _admin, Stop))!.Outcome.Result!.Accepted.ShouldBeFalse();
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Reset });
        (await tests.SendAsync(id, TestChoice.Newest, _admin, Stop))!.Outcome.Result!.Accepted.ShouldBeFalse();

        var script = CreateScript();
        await PostAsync("api/slack-workspaces",
            new { name = "Refused", bot_token = UnknownSlackToken, config_token = ConfigToken, refresh_token = ConfigToken }, script);
        await PostAsync("api/slack-workspaces",
            new
            {
                name = "Sandbox", bot_token = WorkspaceToken, config_token = ConfigToken, refresh_token = RefreshToken,
                app_token = AppToken,
            }, script);
        await PostAsync("api/function-access", new { workspace_id = 1, name = "Create report", function_id = SlackSeeds.NamedFunction },
            script, HttpStatusCode.Created);
        await PostAsync("api/slack-workspaces/1/renew", new { }, script, HttpStatusCode.OK);
        var renewed = app.Sandbox.Slack.Tokens.All.Where(token => token.Kind == TokenKind.Configuration
            && token.Token is not (ConfigToken or SlackSeeds.ConfigurationToken)).ToList();
        renewed.ShouldNotBeEmpty();
        _secrets.AddRange(renewed.SelectMany(token => new[] { token.Token, token.RefreshToken! }));
    }

    private async Task PlantChatbotsAsync()
    {
        var security = new SecurityChange(RobotSecurityMode.Signature, SigningSecret, null);
        var known = await app.AddChatbotAsync(RobotToken, change => change with { Name = "Known", Security = security });
        var unknown = await app.AddChatbotAsync(UnknownRobotToken, change => change with { Name = "Unknown", Security = security });
        (await app.Chatbots().TestAsync(known, TestChoice.Newest, _admin, Stop))!.Result!.Accepted.ShouldBeTrue();
        (await app.Chatbots().TestAsync(unknown, TestChoice.Newest, _admin, Stop))!.Result!.Accepted.ShouldBeFalse();
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.DingTalk, Kind = FaultKind.Reset });
        (await app.Chatbots().TestAsync(known, TestChoice.Newest, _admin, Stop))!.Result!.Accepted.ShouldBeFalse();
        await CallAsync("CreateOrUpdateDingTalk", ChatbotOf($"{app.Sandbox.RobotBaseUrl}?access_token={RobotToken}"));
        await CallAsync("CreateOrUpdateDingTalk", ChatbotOf($"https://oapi.dingtalk.com/elsewhere?access_token={RobotToken}"));
        await CallAsync("DescribeDingTalk", new() { ["CurrentPage"] = "1", ["PageSize"] = "20" });
        await CallAsync("DingTalkOnlineTest", new() { ["Id"] = $"{known}" });
    }

    // The key of a source is in its address, which proxies repeat in headers, and which stands in the line of a refusal.
    private async Task PlantSourcesAsync()
    {
        // Not the product's: what a sender traces of its own calls has the whole address.
        using var untraced = new SocketsHttpHandler { ActivityHeadersPropagator = null };
        using var client = new HttpClient(untraced);
        (string Body, string? Origin)[] posts =
            [("""{"title":"t","text":"t","msgtype":"text"}""", null), ("no JSON", null), ("{}", "https://elsewhere.example")];
        foreach (var kind in new[] { "generic", "slack-webhook", "dingtalk-robot" })
        {
            var address = new Uri((await app.CreateSourceAsync(new { name = kind, kind })).Address);
            _secrets.Add(address.PathAndQuery[(address.PathAndQuery.LastIndexOfAny(['/', '=']) + 1)..]);
            foreach (var (body, origin) in posts)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, address);
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
                request.Headers.Add("X-Envoy-Original-Path", address.PathAndQuery);
                request.Headers.Add("X-Original-Url", address.ToString());
                request.Headers.Add("Referer", address.ToString());
                if (origin is not null)
                {
                    request.Headers.Add("Origin", origin);
                }

                using var answer = await client.SendAsync(request, Stop);
                Answers.Add(($"a post to {kind}", $"{answer.Headers} {await answer.Content.ReadAsStringAsync(Stop)}"));
            }
        }
    }

    private async Task PlantPeopleAsync()
    {
        var admin = await app.AdminActorAsync();
        using var client = app.CreateClient();
        Answers.Add(("log-in, wrong",
            await TextAsync(await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, WrongPassword))));
        Answers.Add(("log-in", await TextAsync(await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, Password))));

        var keys = app.Services.GetRequiredService<KeyService>();
        var key = (await keys.CreateApiKeyAsync("Canary", ApiKeyScope.Full, 30, admin, Stop)).Text!;
        _secrets.AddRange(key, (await keys.CreateAccessKeyAsync(null, admin, Stop)).Secret!);
        await ReadAsync(app.CreateApiClient(key), "api/deliveries");
        await ReadAsync(app.CreateApiClient(key + "x"), "api/deliveries");

        var link = (await app.Services.GetRequiredService<PeopleService>()
            .InviteAsync("invited@example.test", Roles.Operator, admin, Stop)).Link!;
        _secrets.Add(link[(link.IndexOf("code=", StringComparison.Ordinal) + "code=".Length)..]);
        await MailAsync(link, admin);
        using var invited = app.CreateClient();
        (await NotifyAdminApp.SubmitFormAsync(invited, link, ("Password", InvitedPassword),
            ("Repeat", InvitedPassword))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        // Used up; what it shows leads back to its own address, so it is not searched.
        (await app.CreateClient().GetAsync(link, Stop)).Dispose();

        var (secret, codes) = await TestSecondFactor.TurnOnAsync(invited, TimeProvider.System.GetUtcNow(), Stop);
        codes.Count.ShouldBe(10);
        _secrets.AddRange([secret, .. codes, .. codes.Select(code => code.Replace("-", "", StringComparison.Ordinal))]);
        using var other = app.CreateClient();
        Answers.Add(("log-in, code next",
            await TextAsync(await NotifyAdminApp.SubmitLoginAsync(other, "invited@example.test", InvitedPassword))));
        using (var wrong = await TestSecondFactor.SubmitCodeAsync(other, secret))
        using (var right = await TestSecondFactor.SubmitCodeAsync(other, codes[3]))
        {
            wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
            right.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            Answers.AddRange([("wrong code", await TextAsync(wrong)), ("code", await TextAsync(right))]);
        }

        (await NotifyAdminApp.SubmitFormAsync(other, "/Account/Password", ("Current", InvitedPassword), ("Password", ChangedPassword),
            ("Repeat", ChangedPassword))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var signedOn = app.CreateClient();
        using var challenge = await signedOn.GetAsync("/Account/SingleSignOn?returnUrl=%2Fevents", Stop);
        using var atProvider = await signedOn.GetAsync(challenge.Headers.Location, Stop);
        using var back = await signedOn.GetAsync(atProvider.Headers.Location, Stop);
        back.Headers.Location!.OriginalString.ShouldBe("/events");
        _secrets.AddRange(signOn.Issued);
    }

    // Once refused by a server that repeats what it was given, then taken.
    private async Task MailAsync(string link, Actor admin)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var links = scope.ServiceProvider.GetRequiredService<LinkMailService>();
        foreach (var (password, expected) in new[] { ("another", MailFailure.LoginRefused), (TestMailServer.Password, (MailFailure?)null) })
        {
            mail.ExpectedPassword = password;
            (await links.SendAsync("invited@example.test", new Uri(app.BaseAddress, link), admin, Stop))!.Failure.ShouldBe(expected);
        }

        (await mail.NextAsync(Stop)).Link.ShouldEndWith(link);
    }

    private static string WriteCertificate(string directory)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = Path.Combine(directory, "key-ring.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, CertificatePassword));
        return path;
    }

    // Slack answers with the token in its text: what is kept of an answer is redacted.
    private async Task SendAsync()
    {
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Body, Calls = 2,
            Body = $$"""{"ok":false,"error":"invalid_auth","echo":"{{SlackToken}} {{UnknownSlackToken}}"}""" });
        using var scan = await app.PostEventAsync("scan.completed", new { avgThreat = "High" }, source: Source, key: ApiKey);
        using var alert = await app.PostEventAsync("sas-event-suspicious",
            new { item_level = "serious", event_type = "Unusual logon", title = "t" }, source: Source, key: ApiKey);
        alert.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await app.WaitForDeliveriesAsync(deliveries => deliveries.Count >= 5
            && deliveries.All(d => d.State is not (DeliveryState.Waiting or DeliveryState.Sending)), TimeSpan.FromSeconds(60));
        (await app.HealthOfAllAsync(ChannelKind.Slack)).ShouldNotBeEmpty();
    }

    private async Task PostAsync(string path, object body, HttpClient client, HttpStatusCode? expected = null)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Stop);
        var text = await TextAsync(answer);
        answer.StatusCode.ShouldBe(expected ?? answer.StatusCode, text);
        Answers.Add((path, text));
    }

    private async Task CallAsync(string action, Dictionary<string, string> parameters)
    {
        var query = SignedCalls.RpcQuery("POST", action, AccessKeyId, AccessKeySecret, TimeProvider.System.GetUtcNow(), parameters);
        using var form = new ByteArrayContent(Encoding.UTF8.GetBytes(query.TrimStart('?')));
        form.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        using var answer = await app.CreateClient().PostAsync("/", form, Stop);
        Answers.Add((action, await TextAsync(answer)));
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) =>
        $"{answer.RequestMessage?.RequestUri} {answer.Headers} {await answer.Content.ReadAsStringAsync(Stop)}";
}
