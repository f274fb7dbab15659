using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Notify.Admin.Data;

/// <summary>Which tables PostgreSQL keeps in partitions, by ranges of a key. Their ids come from one sequence, so that one bound stands for
/// one moment in all of them.</summary>
internal static class PartitionedTables
{
    /// <summary>Of events, deliveries, messages and attempts.</summary>
    public const string Ids = "RowIds";

    // What is inserted there is updated once, within moments. Where its page has room for that, no index is written again.
    private static readonly Dictionary<string, int> FillFactors = new() { ["Messages"] = 50, ["Attempts"] = 40 };

    private const string Key = "Notify:PartitionedBy";

    public static void IsPartitionedBy(this EntityTypeBuilder entity, string column) => entity.HasAnnotation(Key, column);

    /// <summary>The column; null for a table that is whole.</summary>
    public static string? KeyOf(IReadOnlyModel? model, string table) =>
        model?.GetEntityTypes().FirstOrDefault(type => type.GetTableName() == table)?.FindAnnotation(Key)?.Value as string;

    /// <summary>How a partition of a table is stored: nothing of that comes from the table, or from another partition.</summary>
    public static string StorageOf(string table) => FillFactors.TryGetValue(table, out var percent) ? $"WITH (fillfactor = {percent})" : "";
}
