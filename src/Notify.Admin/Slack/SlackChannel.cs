using System.Text.Json;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Slack;

/// <summary>Slack as a kind of channel.</summary>
internal sealed class SlackChannel(
    SlackIntegrationStore store,
    ISlackConnections connections,
    SlackSender sender,
    SecretProtector protector,
    Fingerprints fingerprints,
    IOptionsMonitor<PacingOptions> pacing,
    IOptionsMonitor<ConsoleOptions> console,
    IStringLocalizer<SlackText> texts) : IChannel
{
    // Slack tolerates short bursts: five seconds' worth at once, the average kept.
    private const int BurstSeconds = 5;

    private readonly KeptRows<SlackIntegration> _kept = new(store.FindAsync);

    public ChannelKind Kind => ChannelKind.Slack;

    public async Task<Destination?> FindAsync(int id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } integration ? await ToDestinationAsync(integration, cancellationToken) : null;

    public async Task<Destination?> FindAsync(int id, long version, CancellationToken cancellationToken) =>
        await _kept.FindAsync(id, version, cancellationToken) is { } integration
            ? await ToDestinationAsync(integration, cancellationToken) : null;

    public Destination Unsaved => ToDestination(
        new SlackIntegration { Name = "", ChannelId = "" }, new ProtectedString(string.Empty, string.Empty), revision: 0,
        hasSocket: false);

    public async Task<IReadOnlyList<ChannelName>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(cancellationToken)).Select(s => new ChannelName(new ChannelKey(Kind, s.Id), s.Name, s.IsOn)
        {
            HearsNothing = s.IsOn ? SlackHearsText.Warn(s.ToSwitches(), s.OwnRules, s.RuleSets.Length > 0, texts) : null,
            Policy = s.Delivery,
            Tags = ChannelTags.Read(s.Tags),
            Layout = s.Layout,
        })];

    public IReadOnlyList<ComposedMessage> Compose(Destination destination, ChannelMessage message) =>
        SlackMessageComposer.Compose(((SlackDestination)destination).Messages, message);

    public EventRecord Example(Destination destination, DateTimeOffset now) =>
        SlackSample.First(((SlackDestination)destination).Switches, now);

    public async Task<SendResult> SendAsync(Destination destination, ComposedMessage message, CancellationToken cancellationToken)
    {
        string token;
        try
        {
            token = protector.Unprotect(((SlackDestination)destination).Token);
        }
        catch (SecretUnreadableException e)
        {
            return new SendResult { Code = SlackErrors.TokenUnreadable, Failure = FailureKind.ChannelPermanent, Detail = e.Message };
        }

        return await sender.SendAsync(token, message, cancellationToken);
    }

    public CodeExplanation ExplainCode(string code, string? detail) => SlackErrors.Explain(texts, code, detail);

    public FailureKind FailureOf(string code) => SlackErrors.Judge(code).Kind;

    public string DescribeMatch(string reason) => SlackMatching.Describe(reason, texts);

    /// <summary>All that Slack's verdict depends on, as a keyed fingerprint: equal for a draft and for the integration that was saved with
    /// just that.</summary>
    /// <returns>Null where the token cannot be read.</returns>
    public async Task<string?> FingerprintTestedAsync(SlackDestination place, CancellationToken cancellationToken)
    {
        try
        {
            return await fingerprints.OfAsync(
                JsonSerializer.Serialize(new object[] { Kind, place.ChannelId, protector.Unprotect(place.Token) }), cancellationToken);
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    /// <summary>An integration, saved or still a draft (id 0), as delivery needs it.</summary>
    /// <returns>Null when its workspace has been deleted.</returns>
    public async Task<SlackDestination?> ToDestinationAsync(SlackIntegration integration, CancellationToken cancellationToken)
    {
        if (integration.WorkspaceId is not { } workspaceId)
        {
            return integration.Token is { } own ? ToDestination(integration, own, integration.Version, hasSocket: false) : null;
        }

        // A new token of the workspace is an edit of each integration that posts with it.
        const int Apart = 1_000_003;
        return await connections.FindAsync(workspaceId, cancellationToken) is { } connection
            ? ToDestination(integration, connection.BotToken, unchecked(integration.Version + (Apart * connection.TokenVersion)),
                connection.HasSocket)
            : null;
    }

    private SlackDestination ToDestination(SlackIntegration integration, ProtectedString token, int revision, bool hasSocket) => new()
    {
        Key = new ChannelKey(Kind, integration.Id),
        Name = integration.Name,
        IsOn = integration.IsOn,
        // Channel ids are unique over all of Slack, and no secret.
        Fingerprint = $"slack:{integration.ChannelId}",
        Pacing = new PacingLimit(pacing.CurrentValue.SlackPerSecond * BurstSeconds, TimeSpan.FromSeconds(BurstSeconds)),
        TagColumn = integration.Tags,
        Policy = integration.Delivery,
        Revision = revision,
        Interval = TimeSpan.FromMinutes(integration.IntervalMinutes),
        FollowUp = integration.FollowUp,
        Messages = SlackMessageSettings.Of(integration) with
        {
            Console = console.CurrentValue.Base,
            HasButtons = integration.Buttons && hasSocket,
        },
        Switches = integration.ToSwitches(),
        Token = token,
    };
}
