using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Notify.Admin.Accounts;

/// <summary>What the provider says about a person.</summary>
/// <param name="Key">Stands for the subject at this provider: another provider's person of the same subject has another key.</param>
/// <param name="Email">Null where the provider gives none that is an email address.</param>
/// <param name="Role">Null where the person's groups give none.</param>
internal sealed record SignOnIdentity(string Key, string? Email, bool IsEmailVerified, string? Role)
{
    private const string VerifiedClaim = "notify/email-verified";

    /// <summary>Reads the userinfo answer.</summary>
    /// <returns>Null when it names no subject.</returns>
    public static SignOnIdentity? Read(JsonElement person, SingleSignOnOptions options)
    {
        if (person.ValueKind != JsonValueKind.Object || ValuesOf(person, options.SubjectClaim) is not [{ Length: > 0 } subject])
        {
            return null;
        }

        var email = ValuesOf(person, options.EmailClaim) is [var text] && AccountRules.IsEmail(text) ? text : null;
        // A boolean by the standard, a string at some providers.
        var isVerified = options.TrustEmail
            || (ValuesOf(person, "email_verified") is [var verified] && bool.TryParse(verified, out var isTrue) && isTrue);
        return new SignOnIdentity(KeyOf(options, subject), email, isVerified, options.RoleOf(ValuesOf(person, options.RoleClaim)));
    }

    /// <summary>From the ticket that <see cref="ToClaims"/> went into.</summary>
    public static SignOnIdentity From(ClaimsPrincipal ticket) => new(
        ticket.FindFirstValue(ClaimTypes.NameIdentifier)!, ticket.FindFirstValue(ClaimTypes.Email),
        ticket.HasClaim(claim => claim.Type == VerifiedClaim),
        ticket.FindFirstValue(ClaimTypes.Role));

    public IEnumerable<Claim> ToClaims()
    {
        yield return new Claim(ClaimTypes.NameIdentifier, Key);
        if (Email is not null)
        {
            yield return new Claim(ClaimTypes.Email, Email);
        }

        if (IsEmailVerified)
        {
            yield return new Claim(VerifiedClaim, "true");
        }

        if (Role is not null)
        {
            yield return new Claim(ClaimTypes.Role, Role);
        }
    }

    private static string KeyOf(SingleSignOnOptions options, string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.UserInfoEndpoint}\n{subject}")));

    // Names may hold dots themselves (https://example.com/roles), so the whole name comes first.
    private static IReadOnlyList<string> ValuesOf(JsonElement person, string name)
    {
        if (person.TryGetProperty(name, out var value))
        {
            return TextsOf(value);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && person.TryGetProperty(name[..dot], out var inner) && inner.ValueKind == JsonValueKind.Object
            ? ValuesOf(inner, name[(dot + 1)..]) : [];
    }

    private static IReadOnlyList<string> TextsOf(JsonElement value) =>
        [.. (value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value })
            .Where(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            .Select(item => item.ToString())];
}
