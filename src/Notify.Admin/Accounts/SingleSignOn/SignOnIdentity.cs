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

    /// <summary>Reads a person from the userinfo answer and the ID token: each claim from the first that has it.</summary>
    /// <returns>Null when none names a subject.</returns>
    public static SignOnIdentity? Read(ReadOnlySpan<JsonElement> sources, SingleSignOnOptions options)
    {
        if (ValuesOf(sources, options.SubjectClaim, out _) is not [{ Length: > 0 } subject])
        {
            return null;
        }

        var email = ValuesOf(sources, options.EmailClaim, out var vouching) is [var text] && AccountRules.IsEmail(text) ? text : null;
        // A boolean by the standard, a string at some providers. It counts only for the email beside it.
        var isVerified = options.TrustEmail
            || (ValuesOf(vouching, "email_verified") is [var verified] && bool.TryParse(verified, out var isTrue) && isTrue);
        return new SignOnIdentity(KeyOf(options, subject), email, isVerified,
            options.RoleOf(ValuesOf(sources, options.RoleClaim, out _)));
    }

    /// <summary>From the ticket that <see cref="ToClaims"/> went into.</summary>
    public static SignOnIdentity? From(ClaimsPrincipal ticket) => ticket.FindFirstValue(ClaimTypes.NameIdentifier) is { } key
        ? new SignOnIdentity(key, ticket.FindFirstValue(ClaimTypes.Email), ticket.HasClaim(claim => claim.Type == VerifiedClaim),
            ticket.FindFirstValue(ClaimTypes.Role))
        : null;

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
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Authority?.TrimEnd('/')}\n{subject}")));

    private static IReadOnlyList<string> ValuesOf(ReadOnlySpan<JsonElement> sources, string name, out JsonElement found)
    {
        foreach (var source in sources)
        {
            if (ValuesOf(source, name) is { Count: > 0 } values)
            {
                found = source;
                return values;
            }
        }

        found = default;
        return [];
    }

    // Names may hold dots themselves (https://example.com/roles), so the whole name comes first.
    private static IReadOnlyList<string> ValuesOf(JsonElement person, string name)
    {
        if (person.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        if (person.TryGetProperty(name, out var value))
        {
            return TextsOf(value);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && person.TryGetProperty(name[..dot], out var inner) ? ValuesOf(inner, name[(dot + 1)..]) : [];
    }

    private static IReadOnlyList<string> TextsOf(JsonElement value) =>
        [.. (value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value })
            .Where(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            .Select(item => item.ToString())];
}
