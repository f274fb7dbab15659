using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Notify.Admin.IntegrationTests.Faults;

/// <summary>Throws in place of one step of whoever asked for it: a write to the store, or what else counts itself as one. What the product
/// does beside is left alone.</summary>
internal sealed class CutWrites : DbCommandInterceptor
{
    private static readonly AsyncLocal<int[]?> Left = new();

    /// <param name="step">The first is 1; null cuts nothing any more.</param>
    public static void CutAt(int? step) => Left.Value = step is { } known ? [known] : null;

    public static bool IsCut(Exception exception) => exception is CutOffException or DbUpdateException { InnerException: CutOffException };

    public static void Count()
    {
        if (Left.Value is { } left && --left[0] == 0)
        {
            throw new CutOffException();
        }
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Count(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return new(result);
    }

    private static void Count(DbCommand command)
    {
        if (command.CommandText.AsSpan().TrimStart() is var text
            && (text.StartsWith("INSERT", StringComparison.Ordinal) || text.StartsWith("UPDATE", StringComparison.Ordinal)
                || text.StartsWith("DELETE", StringComparison.Ordinal)))
        {
            Count();
        }
    }

    private sealed class CutOffException() : Exception("The test has cut it off.");
}

/// <summary>Calls to a vendor as steps: one before it, and one after it has answered.</summary>
internal sealed class CutCalls : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        CutWrites.Count();
        var response = await base.SendAsync(request, cancellationToken);
        CutWrites.Count();
        return response;
    }
}
