using Microsoft.Extensions.Localization;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.Sources;

/// <summary>Says which sources read an account.</summary>
internal sealed class PolledAccounts(SourceStore sources, IStringLocalizer<SourceText> texts) : IVendorAccountUser
{
    public async Task<IReadOnlyList<VendorAccountUse>> ListUsesAsync(int account, CancellationToken cancellationToken) =>
    [
        .. (await sources.ListAsync(cancellationToken)).Where(source => source.AccountId == account)
            .Select(source => new VendorAccountUse(source.Name, texts["Account.Use"], $"sources/{source.Id}")),
    ];
}
