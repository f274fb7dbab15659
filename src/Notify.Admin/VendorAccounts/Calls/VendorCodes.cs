namespace Notify.Admin.VendorAccounts;

/// <summary>Codes of ours beside the vendor's, for what went wrong on the way.</summary>
internal static class VendorCodes
{
    public const string Accepted = "ok";

    public const string Timeout = "timeout";

    public const string Unreachable = "unreachable";

    /// <summary>The name of the endpoint led to an address that may not be connected to.</summary>
    public const string AddressRefused = "address_refused";

    public const string TlsFailed = "tls_failed";

    /// <summary>Sent, and the connection ended before an answer: whether it was done is not known.</summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>What came back is not what Security Center answers.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The stored secret has lost its encryption key.</summary>
    public const string KeyUnreadable = "key_unreadable";

    /// <summary>Configuration does not list the account's endpoint any more.</summary>
    public const string EndpointNotListed = "endpoint_not_listed";

    /// <summary>The account has been deleted.</summary>
    public const string AccountGone = "account_gone";

    /// <summary>The chatbot, or its link to the account, does not exist any more.</summary>
    public const string LinkGone = "link_gone";

    /// <summary>What was ordered to be published is not what is wanted now.</summary>
    public const string ChangedSince = "changed_since";

    /// <summary>The vendor accepted a change, and shows something else.</summary>
    public const string NotTaken = "not_taken";

    /// <summary>The robot's stored token has lost its encryption key.</summary>
    public const string WebhookUnreadable = "webhook_unreadable";

    private static readonly string[] Ours =
    [
        LinkGone, ChangedSince, NotTaken, WebhookUnreadable,
        Accepted, Timeout, Unreachable, AddressRefused, TlsFailed, ConnectionLost, Unreadable, KeyUnreadable, EndpointNotListed,
        AccountGone,
    ];

    // By their beginning: what follows a point differs from product to product.
    private static readonly string[] Families =
    [
        "NoPermission", "ServerError", "MissingParameter", "Missing", "InvalidAccessKeyId.NotFound", "InvalidAccessKeyId.Inactive",
        "InvalidSecurityToken", "SignatureDoesNotMatch", "IncompleteSignature", "SignatureNonceUsed", "InvalidTimeStamp",
        "InvalidAction", "InvalidApi", "InvalidVersion", "NoSuchVersion", "InvalidParameter", "Invalid", "Throttling",
        "Forbidden.RiskControl", "Forbidden", "ServiceUnavailable",
    ];

    // The first of these families that a code begins with stands for it, so the longer ones come first.
    private static readonly string[] LongestFirst = [.. Families.OrderByDescending(family => family.Length)];

    /// <summary>All that have words of their own.</summary>
    public static IReadOnlyList<string> Known => [.. Ours, .. Families];

    /// <summary>The key of a code's words: <c>NoPermission</c>; <c>Other</c> where nobody knows it.</summary>
    public static string FamilyOf(string code) =>
        Ours.Contains(code) ? code
        : Array.Find(LongestFirst, family => code.StartsWith(family, StringComparison.OrdinalIgnoreCase)) ?? "Other";

    /// <summary>The vendor knew the key and refused what it wanted to do.</summary>
    public static bool IsRight(string code) => FamilyOf(code) is "NoPermission" or "Forbidden" or "Forbidden.RiskControl";

    /// <summary>The same call may be answered later.</summary>
    public static bool Passes(string code) => FamilyOf(code) is Timeout or Unreachable or TlsFailed or ConnectionLost or Unreadable
        or "ServerError" or "ServiceUnavailable" or "Throttling" or "SignatureNonceUsed" or "Other";

    /// <summary>Whether the vendor has done what was asked is not known.</summary>
    public static bool IsUnknownOutcome(string code) => FamilyOf(code) is Timeout or ConnectionLost or Unreadable or "ServerError"
        or "ServiceUnavailable";
}
