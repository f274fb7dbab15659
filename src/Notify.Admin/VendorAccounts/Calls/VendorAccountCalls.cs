using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

/// <summary>Calls Security Center with an account's stored key.</summary>
internal sealed class VendorAccountCalls(VendorAccountStore store, VendorEndpoints endpoints, SecurityCenterClient client,
    SecretProtector protector)
{
    /// <summary>All accounts, by name.</summary>
    public Task<IReadOnlyList<VendorAccount>> ListAccountsAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    /// <summary>Calls with the key as it is stored now.</summary>
    public async Task<VendorAnswer> CallAsync(int account, string action, IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken) =>
        await store.FindAsync(account, cancellationToken) is { } found
            ? await CallAsync(found, action, parameters, cancellationToken)
            : new VendorAnswer(VendorCodes.AccountGone);

    public async Task<VendorAnswer> CallAsync(VendorAccount account, string action, IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken)
    {
        if (endpoints.Find(account.Endpoint) is not { } endpoint)
        {
            return new VendorAnswer(VendorCodes.EndpointNotListed);
        }

        SecurityCenterKey key;
        try
        {
            key = new SecurityCenterKey(endpoint, account.AccessKeyId, protector.Unprotect(account.AccessKeySecret),
                account.SecurityToken is { } token ? protector.Unprotect(token) : null);
        }
        catch (SecretUnreadableException)
        {
            return new VendorAnswer(VendorCodes.KeyUnreadable);
        }

        return await client.CallAsync(key, action, parameters, cancellationToken);
    }
}
