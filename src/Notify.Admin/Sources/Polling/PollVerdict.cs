using Notify.Admin.VendorAccounts;

namespace Notify.Admin.Sources;

/// <summary>What a failed call means for the polls of an account.</summary>
public enum PollVerdict
{
    /// <summary>It may pass: the network, an outage, an answer that nobody knows.</summary>
    Passing,

    /// <summary>The vendor asks for fewer calls.</summary>
    Throttled,

    /// <summary>The key, or what it may do: nothing is asked again until a person has changed something.</summary>
    Refused,
}

/// <summary>Reads the vendor's error codes by their beginning: what follows a point differs from product to product.</summary>
internal static class PollVerdicts
{
    private static readonly string[] Refusals =
    [
        "InvalidAccessKeyId", "SignatureDoesNotMatch", "IncompleteSignature", "InvalidSecurityToken", "MissingSecurityToken",
        "InvalidAccessKeySecret", "Forbidden", "NoPermission", "InvalidAction", "InvalidApi", "InvalidVersion", "NoSuchVersion",
        VendorCodes.KeyUnreadable, VendorCodes.EndpointNotListed, VendorCodes.AccountGone,
    ];

    /// <summary>Whether a refusal is of what the key may do, not of the key.</summary>
    public static bool IsRight(string code) => code.StartsWith("NoPermission", StringComparison.OrdinalIgnoreCase)
        || code.StartsWith("Forbidden", StringComparison.OrdinalIgnoreCase);

    public static PollVerdict Of(string code) =>
        code.StartsWith("Throttling", StringComparison.OrdinalIgnoreCase) ? PollVerdict.Throttled
        : Array.Exists(Refusals, refusal => code.StartsWith(refusal, StringComparison.OrdinalIgnoreCase)) ? PollVerdict.Refused
        : PollVerdict.Passing;
}
