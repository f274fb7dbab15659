using Notify.Admin.Events;

namespace Notify.Admin.Sources;

/// <summary>Sources as the pages of events name them.</summary>
internal sealed class SourceNames(SourceStore store) : IEventSources
{
    public async Task<IReadOnlyList<EventSourceName>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(cancellationToken)).Select(source => new EventSourceName(source.Id, source.Name))];
}
