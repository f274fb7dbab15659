using System.Globalization;

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

    /// <summary>What came back is not what the vendor answers.</summary>
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

    /// <summary>Kayran answers, and says nothing of the key.</summary>
    public const string Reached = "reached";

    /// <summary>The account is one at another vendor.</summary>
    public const string OtherVendor = "other_vendor";

    /// <summary>The integration's token has lost its encryption key, or went with its workspace or with the integration.</summary>
    public const string TokenUnreadable = "token_unreadable";

    private const string KayranPrefix = "Kayran.";
    private const string KayranOther = "Kayran.Other";

    // Error numbers of UpdateSlack.
    private static readonly string[] OfKayranKnown =
        [.. new[] { 1, 2, 3, 4, 10, 11, 12, 20, 21, 22, 30, 50 }.Select(error => OfKayran(error)), KayranOther];

    private static readonly string[] Ours =
    [
        .. OfKayranKnown, Reached, OtherVendor, TokenUnreadable,
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

    /// <summary>A number of Kayran's as a code.</summary>
    public static string OfKayran(long error) => string.Create(CultureInfo.InvariantCulture, $"{KayranPrefix}{error}");

    /// <summary>The key of a code's words: <c>NoPermission</c>; <c>Other</c> where nobody knows it.</summary>
    public static string FamilyOf(string code) =>
        Ours.Contains(code) ? code
        : code.StartsWith(KayranPrefix, StringComparison.Ordinal) ? KayranOther
        : Array.Find(LongestFirst, family => code.StartsWith(family, StringComparison.OrdinalIgnoreCase)) ?? "Other";

    /// <summary>The vendor knew the key and refused what it wanted to do.</summary>
    public static bool IsRight(string code) => FamilyOf(code) is "NoPermission" or "Forbidden" or "Forbidden.RiskControl" or "Kayran.11"
        or "Kayran.12";

    /// <summary>Nothing is wrong, as far as the vendor says.</summary>
    public static bool IsFine(string code) => code is Accepted or Reached;

    /// <summary>Kayran says something of the key, whether good or bad.</summary>
    public static bool IsOfTheKey(string code) => code is Accepted or "Kayran.10" or "Kayran.11" or "Kayran.12";

    /// <summary>Kayran refuses what the request holds, in whatever number: its own are not described.</summary>
    public static bool IsOfTheRequest(string code) => FamilyOf(code) is "Kayran.1" or "Kayran.2" or "Kayran.3" or KayranOther;

    /// <summary>The same call may be answered later.</summary>
    public static bool Passes(string code) => FamilyOf(code) is Timeout or Unreachable or TlsFailed or ConnectionLost or Unreadable
        or "ServerError" or "ServiceUnavailable" or "Throttling" or "SignatureNonceUsed" or "Other" or "Kayran.30" or "Kayran.50";

    /// <summary>The vendor asks for fewer calls; it has done nothing.</summary>
    public static bool IsThrottled(string code) => FamilyOf(code) is "Throttling" or "Kayran.30";

    /// <summary>Whether the vendor has done what was asked is not known.</summary>
    public static bool IsUnknownOutcome(string code) => FamilyOf(code) is Timeout or ConnectionLost or Unreadable or "ServerError"
        or "ServiceUnavailable" or "Kayran.50";
}
