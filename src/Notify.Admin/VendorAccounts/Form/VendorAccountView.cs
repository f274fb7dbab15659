using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;

namespace Notify.Admin.VendorAccounts;

/// <summary>A stored account as pages see it, without its secrets.</summary>
/// <param name="SecretMark">Tells one stored secret from another without saying anything about it.</param>
/// <param name="TokenLastFour">Null where the key is a lasting one.</param>
/// <param name="CheckCode">What the vendor said when it was last asked; null while it was not.</param>
public sealed record VendorAccountView(
    int Id,
    int Version,
    string Name,
    VendorKind Kind,
    string Endpoint,
    string AccessKeyId,
    string SecretLastFour,
    string SecretMark,
    string? TokenLastFour,
    string? TokenMark,
    string? CheckCode,
    string? CheckDetail,
    string? CheckRequestId,
    DateTimeOffset? CheckedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    string? ChangedBy) : IStored<VendorAccountFormModel>
{
    [JsonIgnore]
    public VendorAccountFormModel Values => new() { Name = Name, Kind = Kind, Endpoint = Endpoint, AccessKeyId = AccessKeyId };

    public static VendorAccountView Of(VendorAccount account) => new(
        account.Id, account.Version, account.Name, account.Kind, account.Endpoint, account.AccessKeyId,
        account.Secret.LastFour, MarkOf(account.Secret),
        account.SecurityToken?.LastFour, account.SecurityToken is { } token ? MarkOf(token) : null,
        account.CheckCode, account.CheckDetail, account.CheckRequestId, account.CheckedAt,
        account.CreatedAt, account.ChangedAt, account.ChangedBy);

    private static string MarkOf(ProtectedString secret) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret.Ciphertext)).AsSpan(0, 8));
}
