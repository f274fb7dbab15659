using System.Text.Json.Nodes;
using Notify.Admin.Data;

namespace Notify.Admin.VendorAccounts;

/// <summary>Calls the vendors with an account's stored key.</summary>
internal sealed class VendorAccountCalls(VendorAccountStore store, VendorEndpoints endpoints, SecurityCenterClient securityCenter,
    KayranClient kayran, SecretProtector protector)
{
    /// <summary>All accounts at a vendor, by name.</summary>
    public async Task<IReadOnlyList<VendorAccount>> ListAccountsAsync(VendorKind vendor, CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(cancellationToken)).Where(account => account.Kind == vendor)];

    /// <summary>Calls Security Center with the key as it is stored now.</summary>
    public async Task<VendorAnswer> CallAsync(int account, string action, IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken) =>
        await store.FindAsync(account, cancellationToken) is { } found
            ? await CallAsync(found, action, parameters, cancellationToken)
            : new VendorAnswer(VendorCodes.AccountGone);

    /// <summary>Calls Kayran's <c>UpdateSlack</c> with the key as it is stored now.</summary>
    /// <param name="secret">Of <paramref name="fields"/>; the vendor's words are kept free of it.</param>
    public async Task<VendorAnswer> UpdateSlackAsync(int account, JsonObject fields, string? secret, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(account, cancellationToken) is not { } found)
        {
            return new VendorAnswer(VendorCodes.AccountGone);
        }

        var answer = await UpdateSlackAsync(found, fields, secret, cancellationToken);
        if (VendorCodes.IsOfTheKey(answer.Code))
        {
            // It has no call that only reads, so this is the only time that it says something of the key.
            await store.NoteCheckAsync(found, answer, cancellationToken);
        }

        return answer;
    }

    /// <summary>Asks the vendor about the key with a call that changes nothing.</summary>
    public async Task<VendorAnswer> CheckAsync(VendorAccount account, CancellationToken cancellationToken)
    {
        if (account.Kind == VendorKind.SecurityCenter)
        {
            // Both reading alerts and publishing need a key that the vendor knows.
            return await CallAsync(account, "DescribeDingTalk",
                new Dictionary<string, string> { ["CurrentPage"] = "1", ["PageSize"] = "1" }, cancellationToken);
        }

        var answer = await UpdateSlackAsync(account, [], null, cancellationToken);
        return VendorCodes.IsOfTheRequest(answer.Code) ? answer with { Code = VendorCodes.Reached } : answer;
    }

    private async Task<VendorAnswer> CallAsync(VendorAccount account, string action, IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellationToken)
    {
        if (account.Kind != VendorKind.SecurityCenter)
        {
            return new VendorAnswer(VendorCodes.OtherVendor);
        }

        if (endpoints.Find(account.Kind, account.Endpoint) is not { } endpoint)
        {
            return new VendorAnswer(VendorCodes.EndpointNotListed);
        }

        SecurityCenterKey key;
        try
        {
            key = new SecurityCenterKey(endpoint, account.AccessKeyId, protector.Unprotect(account.Secret),
                account.SecurityToken is { } token ? protector.Unprotect(token) : null);
        }
        catch (SecretUnreadableException)
        {
            return new VendorAnswer(VendorCodes.KeyUnreadable);
        }

        return await securityCenter.CallAsync(key, action, parameters, cancellationToken);
    }

    private async Task<VendorAnswer> UpdateSlackAsync(VendorAccount account, JsonObject fields, string? secret,
        CancellationToken cancellationToken)
    {
        if (account.Kind != VendorKind.Kayran)
        {
            return new VendorAnswer(VendorCodes.OtherVendor);
        }

        if (endpoints.Find(account.Kind, account.Endpoint) is not { } address)
        {
            return new VendorAnswer(VendorCodes.EndpointNotListed);
        }

        try
        {
            return await kayran.UpdateSlackAsync(address, protector.Unprotect(account.Secret), fields, secret, cancellationToken);
        }
        catch (SecretUnreadableException)
        {
            return new VendorAnswer(VendorCodes.KeyUnreadable);
        }
    }
}
