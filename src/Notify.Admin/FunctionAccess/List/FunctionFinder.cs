using Notify.Admin.Finding;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.FunctionAccess;

/// <summary>Finds managed functions by name and ids, as their list does.</summary>
internal sealed class FunctionFinder(FunctionAccessService functions) : IFinder
{
    public async Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken) =>
        text.Words.Count == 0 || text.AsksForTest ? []
            : [.. (await functions.ListPageAsync(new(text.Typed), actor, cancellationToken)).Items.Take(most)
                .Select(function => new Found(FoundKind.Function, function.Name, function.FunctionId ?? function.CallbackId,
                    IconName.Shield, $"slack/functions/{function.Id}"))];
}
