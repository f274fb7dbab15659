using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;

namespace Notify.Admin.IntegrationTests.DingTalk;

/// <summary>Messages as they are composed, sent to pretended robots that check them as DingTalk does.</summary>
public sealed class RobotSendTests : IAsyncLifetime
{
    private const string Token = "robottoken1";
    private const string Secret = "SEC0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private SandboxServer? _sandbox;
    private ServiceProvider? _services;

    private SandboxServer Sandbox => _sandbox!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("DingTalk:AllowedWebhooks:0", _sandbox.RobotBaseUrl.AbsoluteUri)])
            .Build();
        _services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddDingTalk(configuration)
            .BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        _services?.Dispose();
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(ErrorStyle.Old)]
    [InlineData(ErrorStyle.New)]
    public async Task Send_RobotsOfEachKind_GiveTheirVerdict(ErrorStyle style)
    {
        Sandbox.Settings = Sandbox.Settings with { ErrorStyle = style };
        var verdicts = new List<string>
        {
            await CodeAsync(new SandboxRobot { Token = Token }),
            await CodeAsync(new SandboxRobot { Token = Token, Keywords = ["Security Center"] }, keyword: "Security Center"),
            await CodeAsync(new SandboxRobot { Token = Token, Keywords = ["Security Center"] }, keyword: "Other"),
            await CodeAsync(new SandboxRobot { Token = Token, Secret = Secret }, Secret),
            await CodeAsync(new SandboxRobot { Token = Token, Secret = Secret }, "SECother"),
            await CodeAsync(new SandboxRobot { Token = Token, Secret = Secret }),
            await CodeAsync(new SandboxRobot { Token = Token, AllowedIps = ["203.0.113.0/24"] }),
            await CodeAsync(new SandboxRobot { Token = Token, Enabled = false }),
            await CodeAsync(new SandboxRobot { Token = Token, Dissolved = true }),
        };

        verdicts.ShouldBe(["0", "0", "310000/keyword", "0", "310000/sign", "310000/sign", "310000/ip", "400102", "400013"]);
        Sandbox.Robots.Remove(Token);
        (await SendAsync(null)).Code.ShouldBe(style == ErrorStyle.Old ? "300001" : "400101");
    }

    [Theory]
    [InlineData(ErrorStyle.Old)]
    [InlineData(ErrorStyle.New)]
    public async Task Send_OurClockIsWrong_NamesTheDifference(ErrorStyle style)
    {
        Sandbox.Robots.Put(new SandboxRobot { Token = Token, Secret = Secret, ErrorStyle = style });

        var result = await SendAsync(Secret, time: new LateTime());

        result.Code.ShouldBe("310000/timestamp");
        ClockSkew.Read(result.Detail)!.Value.TotalMinutes.ShouldBe(-120, tolerance: 1);
    }

    [Fact]
    public async Task Send_TooFast_ShutsTheRobotForTenMinutes()
    {
        Sandbox.Robots.Put(new SandboxRobot { Token = Token, PerMinute = 1 });
        await SendAsync(null);

        var result = await SendAsync(null);

        result.Failure.ShouldBe(FailureKind.Transient);
        result.RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Theory]
    [InlineData(FaultKind.Reset, "connection_lost", true)]
    [InlineData(FaultKind.AcceptThenReset, "connection_lost", true)]
    [InlineData(FaultKind.Cut, "connection_lost", true)]
    [InlineData(FaultKind.Truncated, "unreadable_answer", true)]
    [InlineData(FaultKind.Html, "http_502", true)]
    [InlineData(FaultKind.Slow, "timeout", true)]
    [InlineData(FaultKind.Timeout, "timeout", true)]
    public async Task Send_VendorInTrouble_IsTransientAndHonestAboutTheOutcome(FaultKind fault, string code, bool outcomeUnknown)
    {
        Sandbox.Robots.Put(new SandboxRobot { Token = Token });
        Sandbox.Faults.Add(new SandboxFault { Kind = fault, Target = FaultTarget.DingTalk });
        // Only what never answers is waited for; a busy machine gets time for the rest.
        TimeSpan? timeout = code == "timeout" ? TimeSpan.FromSeconds(1) : null;

        var result = await SendAsync(null, timeout: timeout);

        result.Code.ShouldBe(code);
        result.Failure.ShouldBe(FailureKind.Transient);
        result.OutcomeUnknown.ShouldBe(outcomeUnknown);
    }

    [Fact]
    public async Task Send_DigestOf500_ArrivesWithEveryIdAndTheMentions()
    {
        Sandbox.Robots.Put(new SandboxRobot { Token = Token, Keywords = ["告警"] });
        var items = Enumerable.Range(1, 500).Select(Item).ToList();
        var settings = new RobotMessageSettings("Prod", DingTalkLanguage.Zh, "告警", MentionMode.Mobiles, ["13800000000"]);

        foreach (var message in DingTalkMessageComposer.Compose(settings,
            new ChannelMessage(MessagePurpose.Digest, "m1", DateTimeOffset.UtcNow, items)))
        {
            (await SendAsync(null, message.Body)).Accepted.ShouldBeTrue();
        }

        var received = Sandbox.Messages.All;
        var text = string.Concat(received.Select(message => message.Text));
        items.ShouldAllBe(item => text.Contains($"ID {item.Event.Id} · {item.ShortId}", StringComparison.Ordinal));
        received[0].Mentions.ShouldBe(["@13800000000"]);
        received.Skip(1).ShouldAllBe(message => message.Mentions.Count == 0);
    }

    private static MessageItem Item(int number) => new(number, $"d{number}", new EventRecord(
        number, $"evt_{number}", "scanner", "sas_analysis_online-sas-operation-log-sas-event-hc", DateTimeOffset.UtcNow, Severity.High,
        new EventFields { Title = $"弱口令 {number}" }));

    private async Task<string> CodeAsync(SandboxRobot robot, string? secret = null, string? keyword = null)
    {
        Sandbox.Robots.Put(robot);
        var settings = new RobotMessageSettings("Prod", DingTalkLanguage.En, keyword, MentionMode.Nobody, []);
        var told = new EventRecord(0, "e1", "tests", "tests.example", DateTimeOffset.UtcNow, Severity.Low, new EventFields());
        var message = DingTalkMessageComposer.Compose(settings,
            new ChannelMessage(MessagePurpose.Test, "t1", DateTimeOffset.UtcNow, [new MessageItem(0, "t1", told)]));
        return (await SendAsync(secret, message[0].Body)).Code;
    }

    private async Task<SendResult> SendAsync(string? secret, string? body = null, TimeProvider? time = null, TimeSpan? timeout = null)
    {
        var client = _services!.GetRequiredService<DingTalkRobotClient>();
        client.Timeout = timeout ?? TimeSpan.FromSeconds(30);
        var sender = new DingTalkSender(client, _services!.GetRequiredService<WebhookAllowList>(), time ?? TimeProvider.System);
        var robot = new RobotCredentials(
            new WebhookUrl(Sandbox.RobotBaseUrl, Token), secret is null ? RobotSecurityMode.IpList : RobotSecurityMode.Signature, secret);
        return await sender.SendAsync(
            robot, body ?? new RobotMarkdown("Title", "Text", false, []).ToJson(), TestContext.Current.CancellationToken);
    }

    /// <summary>Two hours behind.</summary>
    private sealed class LateTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - TimeSpan.FromHours(2);
    }
}
