using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Slack;
using Notify.Sandbox;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Slack;

/// <summary>The client and the composed messages against a server that checks them as Slack does.</summary>
public sealed class SlackSandboxTests : IAsyncLifetime
{
    private const string Alerts = "C0ALERTS01";
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private SandboxServer? _sandbox;
    private ServiceProvider? _services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SandboxServer Sandbox => _sandbox ?? throw new InvalidOperationException("The sandbox has not started.");

    private SlackClient Client => _services!.GetRequiredService<SlackClient>();

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(cancellationToken: Cancellation);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Slack:ApiUrl", new Uri(_sandbox.BaseAddress, "api").AbsoluteUri)])
            .Build();
        _services = new ServiceCollection().AddLogging().AddSlack(configuration).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(MessagePurpose.Test)]
    [InlineData(MessagePurpose.Drill)]
    public async Task SendAsync_TestOrDrill_IsAccepted(MessagePurpose purpose)
    {
        await SendAsync(new ChannelMessage(purpose, "T-1", Now, Told) { RequestedBy = "ann@example.com" });

        Sandbox.Messages.All.ShouldHaveSingleItem().Text.ShouldContain("ann@example.com");
    }

    [Fact]
    public async Task SendAsync_HostileEvent_IsAcceptedAndMentionsNobody()
    {
        const string Hostile = "<!channel> <@U0PERSON01> <#C0GENERAL1> <https://evil.example|click> @here *x* &amp; :fire:";
        var fields = new EventFields { Title = Hostile, Asset = Hostile, Description = Hostile, EventType = Hostile };

        await SendAsync(Message(new EventRecord(1, Hostile, Hostile, Hostile, Now, Severity.Critical, fields)));

        var message = Sandbox.Messages.All.ShouldHaveSingleItem();
        message.Mentions.ShouldBeEmpty();
        message.Text.ShouldContain("Event ID: " + Hostile);
    }

    [Fact]
    public async Task SendAsync_LongDigest_IsAcceptedAndNamesEveryId()
    {
        var events = Enumerable.Range(1, 300)
            .Select(i => new EventRecord(i, $"evt-{i:D4}-{new string('&', i % 7 == 0 ? 1000 : 3)}", "/s", "sas-event-vul",
                Now.AddSeconds(i), (Severity)(i % 5), new EventFields { Title = new string('t', i) }))
            .ToArray();

        await SendAsync(Message(events));

        var texts = string.Concat(Sandbox.Messages.All.Select(message => message.Text)).ReplaceLineEndings("");
        events.ShouldAllBe(record => texts.Contains(record.Id));
    }

    [Theory]
    [InlineData(SlackSeeds.BotToken, "C0GENERAL1", "not_in_channel", FailureKind.ChannelPermanent)]
    [InlineData(SlackSeeds.BotToken, "C0OLDPROJ1", "is_archived", FailureKind.ChannelPermanent)]
    [InlineData(SlackSeeds.BotToken, "C0LEADERS1", "channel_not_found", FailureKind.ChannelPermanent)]
    [InlineData(SlackSeeds.BotToken, "C0ANNOUNCE", "restricted_action", FailureKind.ChannelPermanent)]
    [InlineData("xoxb-sandbox-readonly-token", Alerts, "missing_scope", FailureKind.ChannelPermanent)]
    [InlineData("xoxb-sandbox-revoked-token", Alerts, "token_revoked", FailureKind.ChannelPermanent)]
    [InlineData("xoxb-nobody-knows-it", Alerts, "invalid_auth", FailureKind.ChannelPermanent)]
    public async Task SendAsync_Refused_HasSlacksCodeAndItsKind(string token, string channel, string code, FailureKind kind)
    {
        var body = SlackMessageComposer.Compose(new SlackMessageSettings(channel),
            new ChannelMessage(MessagePurpose.Test, "T-1", Now, Told))[0].Body;

        var result = await _services!.GetRequiredService<SlackSender>().SendAsync(token, new ComposedMessage(body, "", []), Cancellation);

        result.Code.ShouldBe(code);
        result.Failure.ShouldBe(kind);
        result.RawAnswer.ShouldNotBeNull().ShouldNotContain(token);
    }

    [Fact]
    public async Task JoinConversationAsync_PublicChannel_LetsTheNextMessageThrough()
    {
        (await Client.JoinConversationAsync(SlackSeeds.BotToken, "C0GENERAL1", Cancellation)).Value!.Name.ShouldBe("general");

        (await Client.GetConversationAsync(SlackSeeds.BotToken, "C0GENERAL1", Cancellation)).Value!.IsMember.ShouldBeTrue();
    }

    [Fact]
    public async Task ReadAllAsync_ChannelsAndPeople_ComeWhole()
    {
        var channels = await SlackPaging.ReadAllAsync(cursor =>
            Client.ListConversationsAsync(SlackSeeds.BotToken, "public_channel,private_channel", null, cursor, Cancellation));
        var people = await SlackPaging.ReadAllAsync(cursor => Client.ListUsersAsync(SlackSeeds.BotToken, null, cursor, Cancellation));

        channels.IsComplete.ShouldBeTrue();
        channels.Items.Select(channel => channel.Id).ShouldContain(Alerts);
        channels.Items.ShouldAllBe(channel => !channel.IsArchived);
        people.IsComplete.ShouldBeTrue();
        people.Items.Count(person => !person.IsBot && !person.IsDeleted).ShouldBe(28);
    }

    [Fact]
    public async Task TestAuthAsync_BotToken_NamesWorkspaceAndScopes()
    {
        var answer = await Client.TestAuthAsync(SlackSeeds.BotToken, Cancellation);

        answer.Value!.TeamId.ShouldBe("T0SANDBOX1");
        answer.Scopes.ShouldNotBeNull().ShouldContain("chat:write");
    }

    [Fact]
    public async Task FindUserByEmailAsync_KnownAndUnknown_AreToldApart()
    {
        (await Client.FindUserByEmailAsync(SlackSeeds.BotToken, "alice.nguyen@example.com", Cancellation)).Value!.Id.ShouldBe("U0PERSON01");
        (await Client.FindUserByEmailAsync(SlackSeeds.BotToken, "nobody+here@example.com", Cancellation)).Code.ShouldBe("users_not_found");
    }

    private static IReadOnlyList<MessageItem> Told =>
        Message(new EventRecord(1, "e1", "tests", "scan.stopped", Now, Severity.Low, new EventFields { Target = "app" })).Items;

    private static ChannelMessage Message(params EventRecord[] events) => new(
        events.Length == 1 ? MessagePurpose.Event
        : MessagePurpose.Digest, "G-1", Now, [.. events.Select((record, index) => new MessageItem(index + 1, $"D-{index + 1}", record))]);

    private async Task SendAsync(ChannelMessage message)
    {
        var sender = _services!.GetRequiredService<SlackSender>();
        foreach (var part in SlackMessageComposer.Compose(new SlackMessageSettings(Alerts), message))
        {
            var result = await sender.SendAsync(SlackSeeds.BotToken, part, Cancellation);
            result.Accepted.ShouldBeTrue($"{result.Code} {result.Detail}");
            result.VendorChannelId.ShouldBe(Alerts);
            result.VendorMessageId.ShouldNotBeNullOrEmpty();
        }
    }
}
