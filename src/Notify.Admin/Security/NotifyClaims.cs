namespace Notify.Admin.Security;

/// <summary>What the product adds to a principal beside name, id and role.</summary>
public static class NotifyClaims
{
    /// <summary>The address that the request, or the connection of the open page, came from. Added at each request, never stored in the
    /// cookie.</summary>
    public const string Address = "notify/address";

    /// <summary>The row id of the session that the cookie names; absent for keys.</summary>
    public const string Session = "notify/session";

    /// <summary>The scope of the API key that authenticated the request; absent for a browser.</summary>
    public const string KeyScope = "notify/key-scope";

    /// <summary>The row id of that key.</summary>
    public const string KeyId = "notify/key-id";
}
