using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Notify.Admin.Security;

namespace Notify.Admin.Data;

/// <summary>Rows copied in by <see cref="SqlBulkCopy"/>. Columns and values are the model's, so none can be forgotten.</summary>
internal static class SqlServerBulk
{
    // Without the check of references the server would take them on trust, and plan without them from then on.
    private const SqlBulkCopyOptions Options = SqlBulkCopyOptions.CheckConstraints | SqlBulkCopyOptions.KeepNulls;

    /// <summary>Writes them inside the context's transaction.</summary>
    /// <param name="withIds">Their ids are given; otherwise the store gives them, and nobody learns them.</param>
    public static async Task CopyAsync<T>(NotifyDbContext context, IReadOnlyList<T> rows, bool withIds, CancellationToken cancellationToken)
        where T : class
    {
        if (rows.Count == 0)
        {
            return;
        }

        var entity = context.Model.FindEntityType(typeof(T))!;
        using var table = Table(entity, rows, withIds);
        using var copy = new SqlBulkCopy((SqlConnection)context.Database.GetDbConnection(), Options,
            (SqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction());
        copy.DestinationTableName = $"[{entity.GetTableName()}]";
        foreach (DataColumn column in table.Columns)
        {
            copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        }

        await copy.WriteToServerAsync(table, cancellationToken);
    }

    internal static DataTable Table<T>(IEntityType entity, IReadOnlyList<T> rows, bool withIds)
        where T : class
    {
        var table = new DataTable();
        List<Func<T, object>> values = [];
        foreach (var property in entity.GetProperties().Where(p => p.ValueGenerated == ValueGenerated.Never || (withIds && p.IsKey())))
        {
            var converter = property.GetRelationalTypeMapping().Converter;
            var type = converter?.ProviderClrType ?? property.ClrType;
            table.Columns.Add(property.GetColumnName(), Nullable.GetUnderlyingType(type) ?? type);
            var getter = property.GetGetter();
            values.Add(row => getter.GetClrValue(row) is { } value ? Stored(converter?.ConvertToProvider(value) ?? value) : DBNull.Value);
        }

        foreach (var row in rows)
        {
            table.Rows.Add([.. values.Select(value => value(row))]);
        }

        return table;
    }

    private static object Stored(object value) => value is string text ? ForeignText.Storable(text) : value;
}
