using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.DingTalk;

/// <summary>DingTalk as a kind of channel.</summary>
internal sealed class DingTalkChannel(
    DingTalkChatbotStore store,
    DingTalkSender sender,
    SecretProtector protector,
    DingTalkExplanations explanations,
    Fingerprints fingerprints,
    IOptionsMonitor<PacingOptions> pacing,
    IOptionsMonitor<ConsoleOptions> console,
    IStringLocalizer<DingTalkText> text) : IChannel
{
    // DingTalk counts a minute by its own clock; a second more keeps the two clocks from disagreeing.
    private static readonly TimeSpan PacingWindow = TimeSpan.FromSeconds(61);

    // Decrypted once for all that a look at the lane sends; gone with the destination that it found.
    private readonly ConditionalWeakTable<DingTalkDestination, RobotCredentials> _credentials = [];

    private readonly KeptRows<DingTalkChatbot> _kept = new(store.FindAsync);

    public ChannelKind Kind => ChannelKind.DingTalk;

    public async Task<Destination?> FindAsync(int id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } chatbot ? ToDestination(chatbot) : null;

    public async Task<Destination?> FindAsync(int id, long version, CancellationToken cancellationToken) =>
        await _kept.FindAsync(id, version, cancellationToken) is { } chatbot ? ToDestination(chatbot) : null;

    public Destination Unsaved => ToDestination(new DingTalkChatbot
    {
        Name = "",
        WebhookBase = "",
        AccessToken = new ProtectedString(string.Empty, string.Empty),
        Fingerprint = "",
    });

    public async Task<IReadOnlyList<ChannelName>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListNamesAsync(cancellationToken))
            .Select(chatbot => new ChannelName(new ChannelKey(Kind, chatbot.Id), chatbot.Name, chatbot.IsOn)
        {
            HearsNothing = chatbot is { IsOn: true, HasRules: false } ? text["HearsNothing"].Value : null,
            Policy = chatbot.Delivery,
            Tags = ChannelTags.Read(chatbot.Tags),
            Layout = chatbot.Layout,
        })];

    public IReadOnlyList<ComposedMessage> Compose(Destination destination, ChannelMessage message) =>
        DingTalkMessageComposer.Compose(((DingTalkDestination)destination).ToMessageSettings(), message);

    public EventRecord Example(Destination destination, DateTimeOffset now)
    {
        var robot = (DingTalkDestination)destination;
        return RuleExample.Of(robot.ConfigList, robot.GroupIdList, now);
    }

    public async Task<SendResult> SendAsync(Destination destination, ComposedMessage message, CancellationToken cancellationToken)
    {
        var robot = (DingTalkDestination)destination;
        RobotCredentials credentials;
        try
        {
            credentials = _credentials.GetValue(robot, Unprotect);
        }
        catch (SecretUnreadableException e)
        {
            return new SendResult { Code = DingTalkErrors.SecretUnreadable,
                Failure = DingTalkErrors.KindOf(DingTalkErrors.SecretUnreadable), Detail = e.Message };
        }

        return await sender.SendAsync(credentials, message.Body, cancellationToken);
    }

    public CodeExplanation ExplainCode(string code, string? detail) => explanations.Explain(code, detail);

    public FailureKind FailureOf(string code) => DingTalkErrors.KindOf(code);

    public string DescribeMatch(string reason) =>
        reason.StartsWith(DingTalkMatcherSnapshot.ReasonPrefix, StringComparison.Ordinal)
            ? text["RuleMatches", reason[DingTalkMatcherSnapshot.ReasonPrefix.Length..]] : reason;

    /// <summary>All that a robot's verdict depends on, as a keyed fingerprint: equal for a draft and for the chatbot that was saved with
    /// just that.</summary>
    /// <returns>Null where a secret cannot be read.</returns>
    public async Task<string?> FingerprintTestedAsync(DingTalkDestination robot, CancellationToken cancellationToken)
    {
        try
        {
            return await fingerprints.OfAsync(
                JsonSerializer.Serialize(new object?[]
                {
                    Kind, robot.WebhookBase, protector.Unprotect(robot.AccessToken), robot.SecurityMode,
                    robot.Secret is { } secret ? protector.Unprotect(secret) : null, robot.Keyword, robot.Name, robot.Language,
                    robot.Mention, robot.MentionMobiles, robot.Layout,
                }),
                cancellationToken);
        }
        catch (SecretUnreadableException)
        {
            return null;
        }
    }

    /// <summary>A chatbot, saved or still a draft (id 0), as delivery needs it.</summary>
    public DingTalkDestination ToDestination(DingTalkChatbot chatbot) => new()
    {
        Key = new ChannelKey(Kind, chatbot.Id),
        Name = chatbot.Name,
        IsOn = chatbot.IsOn,
        Fingerprint = chatbot.Fingerprint,
        Pacing = new PacingLimit(pacing.CurrentValue.DingTalkPerMinute, PacingWindow),
        Interval = TimeSpan.FromMinutes(chatbot.IntervalMinutes),
        TagColumn = chatbot.Tags,
        Policy = chatbot.Delivery,
        Revision = chatbot.Version,
        WebhookBase = chatbot.WebhookBase,
        AccessToken = chatbot.AccessToken,
        SecurityMode = chatbot.SecurityMode,
        Secret = chatbot.Secret,
        Keyword = chatbot.Keyword,
        Language = chatbot.Language,
        Mention = chatbot.Mention,
        MentionMobiles = chatbot.MentionMobiles,
        ConfigList = chatbot.ConfigList,
        GroupIdList = chatbot.GroupIdList,
        Layout = MessageLayout.Read(chatbot.Layout),
        Console = console.CurrentValue.Base,
    };

    private RobotCredentials Unprotect(DingTalkDestination robot)
    {
        var signs = robot.SecurityMode == RobotSecurityMode.Signature && robot.Secret is not null;
        return new RobotCredentials(
            new WebhookUrl(new Uri(robot.WebhookBase), protector.Unprotect(robot.AccessToken)),
            robot.SecurityMode,
            signs ? protector.Unprotect(robot.Secret!) : null);
    }
}
