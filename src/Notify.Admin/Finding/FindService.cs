using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Finding;

/// <summary>Everything of one kind that was found.</summary>
public sealed record FoundGroup(FoundKind Kind, IReadOnlyList<Found> Items);

/// <summary>Asks every feature for what is typed. Each answers with a few, so that what is drawn is the same however much there
/// is.</summary>
internal sealed class FindService(IEnumerable<IFinder> finders)
{
    private const int MostOfAFinder = 6;

    public async Task<IReadOnlyList<FoundGroup>> FindAsync(string? typed, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var text = FindText.Of(SearchText.Clean(typed));
        List<FindText> asked = text.AsTest() is { } test && actor.May(Policies.Operate) ? [test, text] : [text];
        // SQLite answers on the thread that asks: on threads of their own they look at the same time there, too.
        var found = await Task.WhenAll(finders.SelectMany(finder => asked.Select(
            one => Task.Run(() => finder.FindAsync(one, MostOfAFinder, actor, cancellationToken), cancellationToken))));
        return [.. found.SelectMany(items => items).GroupBy(item => item.Kind).OrderBy(group => group.Key)
            .Select(group => new FoundGroup(group.Key, [.. group]))];
    }
}
