namespace Notify.Admin.VendorAccounts;

/// <summary>A feature whose things work with an account: said before it is deleted.</summary>
public interface IVendorAccountUser
{
    Task<IReadOnlyList<VendorAccountUse>> ListUsesAsync(int account, CancellationToken cancellationToken);
}

/// <summary>A thing that works with an account.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Ends">What ends for it without the account, in the reader's language.</param>
/// <param name="Href">Its page, without a leading slash.</param>
public sealed record VendorAccountUse(string Name, string Ends, string Href);
