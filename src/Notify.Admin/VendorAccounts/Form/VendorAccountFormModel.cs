using System.Text.Json.Serialization;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>What an Admin is typing about one account. Field names in refusals and conflicts are the names of its properties.</summary>
public sealed class VendorAccountFormModel : IFormModel<VendorAccountFormModel>
{
    public const int MaxNameLength = 64;
    public const int MaxKeyLength = 128;

    // The vendor says of temporary tokens that their length is not fixed; encrypted, this much fits its column.
    public const int MaxTokenLength = 2500;

    public string Name { get; set; } = "";

    public string Endpoint { get; set; } = "";

    public string AccessKeyId { get; set; } = "";

    /// <summary>Empty keeps the stored one. No secret is ever filled from the store or part of a kept draft.</summary>
    [JsonIgnore]
    public string? AccessKeySecret { get; set; }

    /// <summary>Empty keeps the stored one, unless a new secret is typed.</summary>
    [JsonIgnore]
    public string? SecurityToken { get; set; }

    [JsonIgnore]
    public bool HasAccessKeySecret => !string.IsNullOrWhiteSpace(AccessKeySecret);

    [JsonIgnore]
    public bool HasSecurityToken => !string.IsNullOrWhiteSpace(SecurityToken);

    public VendorAccountFormModel Copy() => (VendorAccountFormModel)MemberwiseClone();

    /// <summary>At most one refusal a field.</summary>
    /// <param name="stored">Null for a new account, which needs a secret.</param>
    /// <param name="endpoints">Those that configuration lists.</param>
    public IEnumerable<FieldRefusal> Check(VendorAccountFormModel? stored, IReadOnlyList<string> endpoints)
    {
        if (CheckName() is { } name)
        {
            yield return new FieldRefusal(nameof(Name), name);
        }

        if (!endpoints.Contains(Endpoint, StringComparer.Ordinal))
        {
            yield return new FieldRefusal(nameof(Endpoint), "Form.Endpoint.NotListed");
        }

        if (AccessKeyId.Trim().Length == 0)
        {
            yield return new FieldRefusal(nameof(AccessKeyId), "Form.AccessKeyId.Missing");
        }
        else if (!IsKey(AccessKeyId, MaxKeyLength))
        {
            yield return new FieldRefusal(nameof(AccessKeyId), "Form.Key.Malformed");
        }

        if (CheckSecret(stored) is { } secret)
        {
            yield return new FieldRefusal(nameof(AccessKeySecret), secret);
        }

        if (HasSecurityToken && !IsKey(SecurityToken!, MaxTokenLength))
        {
            yield return new FieldRefusal(nameof(SecurityToken), "Form.Key.Malformed");
        }
    }

    private string? CheckSecret(VendorAccountFormModel? stored) =>
        HasAccessKeySecret ? IsKey(AccessKeySecret!, MaxKeyLength) ? null : "Form.Key.Malformed"
        : stored is null ? "Form.AccessKeySecret.Missing"
        : stored.AccessKeyId != AccessKeyId.Trim() ? "Form.AccessKeySecret.OfAnother"
        : null;

    private string? CheckName() => Name.Trim() switch
    {
        "" => "Form.Name.Missing",
        { Length: > MaxNameLength } => "Form.Name.TooLong",
        var name when !PlainText.IsLine(name) => "Form.Name.Control",
        _ => null,
    };

    // They stand in a header.
    private static bool IsKey(string text, int longest) =>
        text.Trim() is var key && key.Length <= longest && key.All(letter => letter is > ' ' and < '\x7f' and not (',' or '"'));
}
