namespace Notify.Admin.Sources;

/// <summary>How one field is filled: the first alternative that has a value.</summary>
public sealed record FieldRule(IReadOnlyList<FieldAlternative> Alternatives);

/// <summary>Templates, of which the first that has a value is taken, and what its value stands for.</summary>
public sealed record FieldAlternative(IReadOnlyList<MappingTemplate> From, ValueTable? Table = null);

/// <summary>What the values of a sender stand for: <c>critical → Critical</c>. Without regard to case; a value that is in no row stays what
/// it is, unless the table says what else it is.</summary>
/// <param name="Rows">Null for a value that is as good as none.</param>
/// <param name="HasElse">Whether values in no row become <paramref name="Else"/>.</param>
public sealed record ValueTable(IReadOnlyList<KeyValuePair<string, string?>> Rows, bool HasElse = false, string? Else = null)
{
    private readonly Dictionary<string, string?> _rows =
        Rows.GroupBy(row => row.Key.Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(row => row.Key, row => row.First().Value, StringComparer.OrdinalIgnoreCase);

    public string? this[string value] => _rows.TryGetValue(value.Trim(), out var known) ? known : HasElse ? Else : value;
}

/// <summary>Fills labels: one by its name, or all members of an object.</summary>
/// <param name="Name">Of the one label; null for an object's members.</param>
/// <param name="Prefix">Before each member's name.</param>
public sealed record LabelRule(MappingTemplate From, string? Name = null, string? Prefix = null);

/// <summary>Drops an element whose value is one of some, or none of them, or is there at all, or is not.</summary>
public sealed record DropCondition(MappingPath Path, DropTest Test, IReadOnlyList<string> Values);

public enum DropTest
{
    In,
    NotIn,
    Present,
    Absent,
}
