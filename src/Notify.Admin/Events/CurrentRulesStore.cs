using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>The rules of every kind of channel as they stand in the store.</summary>
internal sealed class CurrentRulesStore(IDbContextFactory<NotifyDbContext> contexts, IEnumerable<IChannelMatcher> matchers)
{
    public async Task<IReadOnlyDictionary<ChannelKind, IMatcherSnapshot>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var version = await ChangeFeed.VersionAsync(context, ChangeAreas.Channels, cancellationToken);
        Dictionary<ChannelKind, IMatcherSnapshot> snapshots = [];
        foreach (var matcher in matchers.OrderBy(matcher => matcher.Kind))
        {
            snapshots[matcher.Kind] = await matcher.GetSnapshotAsync(version, cancellationToken);
        }

        return snapshots;
    }
}
