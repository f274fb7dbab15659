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

    /// <summary>Only of a new account.</summary>
    public VendorKind Kind { get; set; } = VendorKind.SecurityCenter;

    public string Endpoint { get; set; } = "";

    public string AccessKeyId { get; set; } = "";

    /// <summary>Empty keeps the stored one. No secret is ever filled from the store or part of a kept draft.</summary>
    [JsonIgnore]
    public string? AccessKeySecret { get; set; }

    /// <summary>Empty keeps the stored one, unless a new secret is typed.</summary>
    [JsonIgnore]
    public string? SecurityToken { get; set; }

    /// <summary>Kayran's; empty keeps the stored one.</summary>
    [JsonIgnore]
    public string? ApiKey { get; set; }

    [JsonIgnore]
    public bool HasAccessKeySecret => !string.IsNullOrWhiteSpace(AccessKeySecret);

    [JsonIgnore]
    public bool HasSecurityToken => !string.IsNullOrWhiteSpace(SecurityToken);

    [JsonIgnore]
    public bool HasApiKey => !string.IsNullOrWhiteSpace(ApiKey);

    /// <summary>The secret of its kind that was typed; null where none was.</summary>
    [JsonIgnore]
    public string? TypedSecret => Kind == VendorKind.Kayran ? HasApiKey ? ApiKey!.Trim() : null
        : HasAccessKeySecret ? AccessKeySecret!.Trim() : null;

    public VendorAccountFormModel Copy() => (VendorAccountFormModel)MemberwiseClone();

    /// <summary>At most one refusal a field.</summary>
    /// <param name="stored">Null for a new account, which needs a secret.</param>
    /// <param name="endpoints">Those that configuration lists for its vendor.</param>
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

        if (stored is not null && stored.Kind != Kind)
        {
            yield return new FieldRefusal(nameof(Kind), "Form.Kind.Fixed");
        }

        foreach (var refusal in Kind == VendorKind.Kayran ? CheckApiKey(stored) : CheckPair(stored))
        {
            yield return refusal;
        }
    }

    private IEnumerable<FieldRefusal> CheckPair(VendorAccountFormModel? stored)
    {
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

        if (HasApiKey)
        {
            yield return new FieldRefusal(nameof(ApiKey), "Form.Key.OtherVendor");
        }
    }

    private IEnumerable<FieldRefusal> CheckApiKey(VendorAccountFormModel? stored)
    {
        if (HasApiKey ? !IsKey(ApiKey!, MaxTokenLength) : stored is null)
        {
            yield return new FieldRefusal(nameof(ApiKey), HasApiKey ? "Form.Key.Malformed" : "Form.ApiKey.Missing");
        }

        foreach (var (name, isGiven) in new[]
        {
            (nameof(AccessKeyId), AccessKeyId.Trim().Length > 0), (nameof(AccessKeySecret), HasAccessKeySecret),
            (nameof(SecurityToken), HasSecurityToken),
        })
        {
            if (isGiven)
            {
                yield return new FieldRefusal(name, "Form.Key.OtherVendor");
            }
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
