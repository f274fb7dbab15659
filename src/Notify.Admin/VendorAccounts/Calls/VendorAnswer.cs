using System.Text.Json;

namespace Notify.Admin.VendorAccounts;

/// <summary>What came of a call.</summary>
/// <param name="Code"><see cref="VendorCodes.Accepted"/>; else the vendor's error code, or one of ours where it gave none.</param>
internal sealed record VendorAnswer(string Code)
{
    /// <summary>What it answered; undefined unless it accepted.</summary>
    public JsonElement Body { get; init; }

    /// <summary>The vendor's own words, cleaned and redacted.</summary>
    public string? Message { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Null where nothing came back.</summary>
    public int? Status { get; init; }

    /// <summary>How long it asks us to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsAccepted => Code == VendorCodes.Accepted;
}
