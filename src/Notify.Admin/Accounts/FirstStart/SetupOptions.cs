using System.Text.RegularExpressions;
using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>The unattended first start: the configuration section <c>Setup</c>, read only while the store has no user.</summary>
internal sealed partial class SetupOptions
{
    public const string Section = "Setup";
    private const int ShortestApiKey = 32;
    private const int LongestApiKey = 256;
    private const int ShortestSecret = 16;

    /// <summary>The first Admin's e-mail address; without it the first visit shows the set-up page.</summary>
    public string? AdminEmail { get; set; }

    /// <summary>A secret.</summary>
    public string? AdminPassword { get; set; }

    /// <summary>A secret: that Admin's API key with the scope <c>full</c>; optional.</summary>
    public string? ApiKey { get; set; }

    /// <summary>That Admin's AccessKey pair for the Security Center API; optional, both or none.</summary>
    public string? AccessKeyId { get; set; }

    /// <summary>A secret.</summary>
    public string? AccessKeySecret { get; set; }

    public bool IsGiven => Has(AdminEmail);

    /// <exception cref="StartupException">A value is missing or breaks its rule; secrets are not repeated.</exception>
    public void Validate()
    {
        if (!Has(AdminEmail))
        {
            Require(!Has(AdminPassword), "AdminEmail", "is empty although Setup:AdminPassword is given. Give both, or neither.");
            Require(!Has(ApiKey), "AdminEmail", "is empty although Setup:ApiKey is given. Give the Admin whom the key belongs to.");
            Require(!Has(AccessKeyId) && !Has(AccessKeySecret), "AdminEmail",
                "is empty although an AccessKey pair is given. Give the Admin whom it belongs to.");
            return;
        }

        Require(AccountRules.IsEmail(AdminEmail!), "AdminEmail", $"is '{AdminEmail}', which is not an e-mail address.");
        Require(Has(AdminPassword), "AdminPassword", "is empty although Setup:AdminEmail is given. Give both, or neither.");
        if (AccountRules.RefusalOfPassword(AdminPassword!, AdminEmail!) is { } refusal)
        {
            throw Bad("AdminPassword", refusal switch
            {
                PasswordRefusal.TooShort => $"is too short. Use at least {AccountRules.ShortestPassword} characters.",
                PasswordRefusal.TooLong => $"is too long. Use at most {AccountRules.LongestPassword} characters.",
                PasswordRefusal.TooPlain =>
                    "is too easy to guess: it uses too few different characters, or is the e-mail address. Choose another.",
            });
        }

        if (Has(ApiKey))
        {
            Require(ApiKey!.Length is >= ShortestApiKey and <= LongestApiKey, "ApiKey",
                $"has {ApiKey.Length} characters. Use {ShortestApiKey} to {LongestApiKey}.");
            Require(Visible().IsMatch(ApiKey), "ApiKey",
                "holds a space or a character outside ASCII. Use letters, digits and punctuation.");
        }

        Require(Has(AccessKeyId) == Has(AccessKeySecret), Has(AccessKeyId) ? "AccessKeySecret" : "AccessKeyId",
            "is empty although the other half of the pair is given. Give both, or neither.");
        if (Has(AccessKeyId))
        {
            Require(AccessKeyName().IsMatch(AccessKeyId!), "AccessKeyId", $"is '{AccessKeyId}'. Use 4 to 64 letters and digits.");
            Require(AccessKeySecret!.Length is >= ShortestSecret and <= LongestApiKey && Visible().IsMatch(AccessKeySecret),
                "AccessKeySecret",
                $"does not fit. Use {ShortestSecret} to {LongestApiKey} letters, digits and punctuation.");
        }
    }

    private static bool Has(string? value) => !string.IsNullOrWhiteSpace(value);

    private static void Require(bool holds, string key, string problem)
    {
        if (!holds)
        {
            throw Bad(key, problem);
        }
    }

    private static StartupException Bad(string key, string problem) => new($"{Section}:{key} {problem}");

    [GeneratedRegex(@"\A[\x21-\x7E]+\z")]
    private static partial Regex Visible();

    [GeneratedRegex(@"\A[A-Za-z0-9]{4,64}\z")]
    private static partial Regex AccessKeyName();
}
