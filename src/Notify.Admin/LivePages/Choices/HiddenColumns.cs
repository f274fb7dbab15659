using Notify.Admin.Security;

namespace Notify.Admin.LivePages;

/// <summary>The columns of a list that a person has put away. Those are kept, not the ones that are shown: a new column is seen.</summary>
/// <param name="list">Which list, as part of the choice's name.</param>
public sealed class HiddenColumns<TColumn>(PersonChoiceService choices, string list, Actor actor)
    where TColumn : struct, Enum
{
    private HashSet<TColumn> _hidden = [];

    private string Name => $"columns/{list}";

    public bool Shows(TColumn column) => !_hidden.Contains(column);

    public async Task ReadAsync(CancellationToken cancellationToken) =>
        _hidden = [.. (await choices.FindAsync(Name, actor, cancellationToken) ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Where(name => Enum.IsDefined(typeof(TColumn), name)).Select(Enum.Parse<TColumn>)];

    public Task SetAsync(TColumn column, bool isShown, CancellationToken cancellationToken)
    {
        _ = isShown ? _hidden.Remove(column) : _hidden.Add(column);
        return choices.SaveAsync(Name, string.Join(',', _hidden.Order()), actor, cancellationToken);
    }
}
