namespace Notify.Admin.Accounts;

/// <summary>Names the resource files of sign-in, people and keys.</summary>
public sealed class AccountsText;
