using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Which Slack integrations hear an event. Holds them compiled until the configuration changes.</summary>
internal sealed class SlackMatcher(SlackIntegrationStore store, IRuleSets sets, IStringLocalizer<SlackText> texts)
    : IChannelMatcher, IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private Held? _held;

    public ChannelKind Kind => ChannelKind.Slack;

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

    private async Task<IMatcherSnapshot> LoadAsync(CancellationToken cancellationToken)
    {
        var integrations = await store.ListAsync(cancellationToken);
        var switches = new SlackMatcherSnapshot(
            [.. integrations.Select(s => new SlackListener(new ChannelKey(Kind, s.Id), s.Name, s.ToSwitches()))], texts);
        var own = OwnRuleListener.Read(integrations.Select(s => (s.Id, s.OwnRules, s.RuleSets, s.IsOn)));
        return HearingSnapshot.Of(Kind, switches, own, await sets.ListAsync(Actor.System, cancellationToken));
    }

    public void Dispose() => _loading.Dispose();

    // One reference: it is read while another is put in its place.
    private sealed record Held(long Version, IMatcherSnapshot Snapshot);
}
