using System.Text.Json;
using Notify.Admin.Events;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <inheritdoc cref="IUnmappedEvents"/>
internal sealed class UnmappedEvents(MapAgainService again) : IUnmappedEvents
{
    public IReadOnlyList<string> ReasonsOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("data").GetProperty("message").GetString()!.Split('\n');
    }

    public async Task<MapAgainOutcome?> MapAgainAsync(long rowId, Actor actor, CancellationToken cancellationToken) =>
        await again.MapOneAsync(rowId, actor, cancellationToken) is { } batch
            ? new MapAgainOutcome([.. batch.Still.SelectMany(still => SourceEvents.Lines(still.Problems))], batch.IsBusy) : null;
}
