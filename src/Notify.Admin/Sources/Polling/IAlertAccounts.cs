using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>The accounts that alerts are read from.</summary>
internal interface IAlertAccounts
{
    Task<IReadOnlyList<AlertAccount>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Calls the vendor with the account's key. Whatever the network or the vendor does is a value.</summary>
    Task<AlertAnswer> CallAsync(int account, AlertCall call, CancellationToken cancellationToken);
}

/// <param name="Version">Grows when somebody changes it.</param>
public sealed record AlertAccount(int Id, string Name, int Version);

/// <param name="Code">The vendor's error code, or ours where it gave none; null when it answered.</param>
/// <param name="Detail">Cleaned and redacted.</param>
internal sealed record AlertAnswer(JsonElement Body, string? Code = null, string? Detail = null, TimeSpan? RetryAfter = null);
