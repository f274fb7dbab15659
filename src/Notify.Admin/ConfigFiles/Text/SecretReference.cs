using System.Text.RegularExpressions;
using Notify.Admin.Rules;

namespace Notify.Admin.ConfigFiles;

/// <summary>How a file names a secret without holding it: <c>${env:NAME}</c>, <c>${file:/run/secrets/name}</c>, or <c>keep</c> for what is
/// stored. Read where the product runs.</summary>
internal static partial class SecretReference
{
    public const string Keep = "keep";

    private const string Folder = "/run/secrets/";
    private const int LongestSecret = 4096;

    public const string Pattern = @"^(keep|\$\{env:[A-Za-z_][A-Za-z0-9_]*\}|\$\{file:/run/secrets/[A-Za-z0-9._-]+\})$";

    public static bool Is(string text) => text == Keep || Form().IsMatch(text);

    /// <returns>The secret, null for <see cref="Keep"/>; or what is wrong.</returns>
    public static (string? Secret, Bilingual? Problem) Resolve(string text)
    {
        if (text == Keep)
        {
            return (null, null);
        }

        if (Form().Match(text) is not { Success: true } match)
        {
            return (null, ConfigRules.SecretReference);
        }

        var name = match.Groups["env"].Value;
        if (name.Contains("__", StringComparison.Ordinal))
        {
            // The product's own configuration, which is no secret of a channel.
            return (null, ConfigRules.ProductSetting);
        }

        var value = match.Groups["env"].Success ? Environment.GetEnvironmentVariable(name) : ReadFile(match.Groups["file"].Value);
        return value?.Trim() switch
        {
            null or "" => (null, ConfigRules.NotSet(text)),
            { Length: > LongestSecret } => (null, ConfigRules.SecretTooLong(text)),
            var secret => (secret, null),
        };
    }

    private static string? ReadFile(string name)
    {
        try
        {
            return name is "." or ".." ? null : File.ReadAllText(Folder + name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^\$\{(env:(?<env>[A-Za-z_][A-Za-z0-9_]*)|file:/run/secrets/(?<file>[A-Za-z0-9._-]+))\}$")]
    private static partial Regex Form();
}
