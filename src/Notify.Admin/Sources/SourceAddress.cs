using System.Security.Cryptography;
using Notify.Admin.Api;

namespace Notify.Admin.Sources;

/// <summary>A source's address: the path that its tool posts to, with the key in it.</summary>
internal static class SourceAddress
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Over 190 random bits.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Letters, 40);

    public static string PathOf(string key) => $"/in/{key}";

    /// <param name="baseAddress">Of this product, with a trailing slash.</param>
    /// <param name="key">Masked, but for once.</param>
    public static string Whole(string baseAddress, string kind, string key) => baseAddress.TrimEnd('/') + PathOf(key);

    public static string Hash(string key) => ApiKeyService.Hash(key);
}
