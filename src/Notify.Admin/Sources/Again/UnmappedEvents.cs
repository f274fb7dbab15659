using Microsoft.Extensions.Localization;
using Notify.Admin.Events;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <inheritdoc cref="IUnmappedEvents"/>
internal sealed class UnmappedEvents(MapAgainService again, IStringLocalizer<SourceText> text) : IUnmappedEvents
{
    public IReadOnlyList<string> ReasonsOf(string json) => Say(UnmappedPayload.ProblemsOf(json));

    public async Task<MapAgainOutcome?> MapAgainAsync(long rowId, Actor actor, CancellationToken cancellationToken) =>
        await again.MapOneAsync(rowId, actor, cancellationToken) is { } batch
            ? new MapAgainOutcome([.. batch.Still.SelectMany(still => Say(still.Problems))], batch.IsBusy) : null;

    private IReadOnlyList<string> Say(IEnumerable<MappingProblem> problems) =>
        [.. problems.Take(StoredReasons.Most).Select(problem => MappingProblemText.Say(problem, text))];
}
