using System.Globalization;
using System.Text.RegularExpressions;

namespace Notify.Admin.Data;

/// <summary>A part of a table, as the catalogue has it.</summary>
/// <param name="IsLeaving">Somebody was letting it go, and did not come to the end.</param>
/// <param name="IsToGo">Somebody was about to let it go (<see cref="Marking"/>).</param>
internal sealed partial record Partition(string Table, string Name, IdRange Range, bool IsLeaving, bool IsToGo)
{
    // What only the product says, of a table that it made or takes apart: an operator's copy, however alike, does not have it.
    private const string Mark = "Notify.Admin drops this table: it is no partition any more, or was never made one";

    /// <summary>Says of a table that it is one no more in a moment, or not yet: whoever finds it apart may drop it.</summary>
    public static string Marking(string name) => $"""COMMENT ON TABLE "{name}" IS '{Mark}'""";

    /// <summary>Takes that back.</summary>
    public static string Unmarking(string name) => $"""COMMENT ON TABLE "{name}" IS NULL""";

    /// <summary>Asks it of a row of <c>pg_class</c>.</summary>
    public static string IsMarked(string row) => $"obj_description({row}.oid, 'pg_class') = '{Mark}'";

    /// <summary>Named after where it begins, so that its name stays when it is closed.</summary>
    public static string NameOf(string table, long from) => string.Create(CultureInfo.InvariantCulture, $"{table}_{from}");

    /// <summary>As the statements that make partitions say it. The first has no lower end, and the last no upper one.</summary>
    public static string BoundOf(IdRange range) =>
        $"FOR VALUES FROM ({End(range.From, IdRange.All.From, "MINVALUE")}) TO ({End(range.Below, IdRange.All.Below, "MAXVALUE")})";

    /// <summary>Reads what <see cref="BoundOf"/> has made of the catalogue.</summary>
    public static IdRange RangeOf(string bound)
    {
        var ends = Bound().Match(bound);
        return new IdRange(Read(ends.Groups[1].Value, IdRange.All.From), Read(ends.Groups[2].Value, IdRange.All.Below));
    }

    private static string End(long id, long open, string name) => id == open ? name : id.ToString(CultureInfo.InvariantCulture);

    private static long Read(string end, long open) => long.TryParse(end, CultureInfo.InvariantCulture, out var id) ? id : open;

    [GeneratedRegex(@"FROM \('?(\w+)'?\) TO \('?(\w+)'?\)")]
    private static partial Regex Bound();
}
