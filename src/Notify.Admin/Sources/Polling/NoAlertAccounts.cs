namespace Notify.Admin.Sources;

/// <summary>No accounts: until there are some.</summary>
internal sealed class NoAlertAccounts : IAlertAccounts
{
    public Task<IReadOnlyList<AlertAccount>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AlertAccount>>([]);

    public Task<AlertAnswer> CallAsync(int account, AlertCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new AlertAnswer(default, "InvalidAccessKeyId.NotFound"));
}
