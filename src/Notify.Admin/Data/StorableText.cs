using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Notify.Admin.Security;

namespace Notify.Admin.Data;

/// <summary>The last line before the store: whatever a command carries, no text in it is such that the store cannot hold it. Statements
/// that EF does not run see to it themselves.</summary>
internal sealed class StorableText : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Clean(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Clean(command);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<object> ScalarExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Clean(command);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    private static void Clean(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            switch (parameter.Value)
            {
                case string text when !PlainText.Is(text):
                    parameter.Value = ForeignText.Storable(text);
                    break;
                case IEnumerable<string?> texts when texts.Any(text => text is not null && !PlainText.Is(text)):
                    parameter.Value = texts.Select(ForeignText.Storable).ToArray();
                    break;
            }
        }
    }
}

/// <summary>Columns of what others say.</summary>
internal static class ForeignTextColumns
{
    /// <summary>One line of at most so many characters. Whatever is written is made to fit, so that no answer of a vendor can be one that
    /// its column refuses.</summary>
    public static PropertyBuilder<string?> HasForeignLine(this PropertyBuilder<string?> property, int maxLength) =>
        property.HasMaxLength(maxLength).HasConversion(text => ForeignText.Line(text, maxLength), text => text);
}
