using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Which chatbots hear an event. Holds their rules compiled until the configuration changes.</summary>
internal sealed class DingTalkMatcher(
    DingTalkChatbotStore chatbots, AssetGroupStore groups, IRuleSets sets, ILogger<DingTalkMatcher> logger)
    : IChannelMatcher, IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private Held? _held;

    public ChannelKind Kind => ChannelKind.DingTalk;

    public async ValueTask<IMatcherSnapshot> GetSnapshotAsync(long configurationVersion, CancellationToken cancellationToken)
    {
        if (_held is { } held && held.Version >= configurationVersion)
        {
            return held.Snapshot;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_held is not { } other || other.Version < configurationVersion)
            {
                _held = new Held(configurationVersion, await LoadAsync(cancellationToken));
            }

            return _held.Snapshot;
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    private async Task<IMatcherSnapshot> LoadAsync(CancellationToken cancellationToken)
    {
        var named = await groups.ListNamedAsync(cancellationToken);
        var subscriptions = await chatbots.ListSubscriptionsAsync(cancellationToken);
        foreach (var broken in subscriptions.Where(s => !s.IsReadable))
        {
            logger.LogError("The rules of chatbot {Id} cannot be read; it hears nothing until they are saved again",
                broken.Subscription.ChatbotId);
        }

        var own = OwnRuleListener.Read(
            subscriptions.Select(s => (s.Subscription.ChatbotId, s.OwnRules, s.RuleSets, s.Subscription.IsOn)));
        return HearingSnapshot.Of(Kind, new DingTalkMatcherSnapshot(subscriptions, named), own,
            await sets.ListAsync(Actor.System, cancellationToken));
    }

    private sealed record Held(long Version, IMatcherSnapshot Snapshot);
}
