using Notify.Admin.VendorAccounts;

namespace Notify.Admin.Sources;

/// <summary>The accounts at Security Center, as alerts are read from them.</summary>
internal sealed class VendorAlertAccounts(VendorAccountCalls calls) : IAlertAccounts
{
    public async Task<IReadOnlyList<AlertAccount>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await calls.ListAccountsAsync(VendorKind.SecurityCenter, cancellationToken))
            .Select(account => new AlertAccount(account.Id, account.Name, account.Version)),
    ];

    public async Task<AlertAnswer> CallAsync(int account, AlertCall call, CancellationToken cancellationToken)
    {
        var answer = await calls.CallAsync(account, call.Action, call.Parameters, cancellationToken);
        return answer.IsAccepted ? new AlertAnswer(answer.Body)
            : new AlertAnswer(default, answer.Code, answer.Message, answer.RetryAfter);
    }
}
