using Notify.Admin.Finding;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Sources;

/// <summary>Finds sources by name and tool.</summary>
internal sealed class SourceFinder(SourceService sources) : IFinder
{
    public async Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken) =>
        text.Words.Count == 0 || text.AsksForTest ? []
            : [.. (await sources.ListAsync(actor, cancellationToken))
                .Where(source => text.Finds(source.Name, SourceSetup.ToolOf(source.Kind))).Take(most)
                .Select(source => new Found(FoundKind.Source, source.Name, SourceSetup.ToolOf(source.Kind), IconName.Input,
                    $"sources/{source.Id}"))];
}
