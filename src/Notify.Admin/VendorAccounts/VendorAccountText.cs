namespace Notify.Admin.VendorAccounts;

/// <summary>Marks the texts of this feature.</summary>
public sealed class VendorAccountText;
