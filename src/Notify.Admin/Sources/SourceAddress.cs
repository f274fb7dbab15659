using System.Security.Cryptography;
using Notify.Admin.Api;

namespace Notify.Admin.Sources;

/// <summary>A source's address: the path that its tool posts to, with the key in it.</summary>
internal static class SourceAddress
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Over 190 random bits, for a key or a secret.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Letters, 40);

    /// <summary>A key in the form of its kind's senders: a robot's token, or the three parts of a webhook.</summary>
    public static string NewKeyOf(string kind) => kind switch
    {
        SourceKinds.DingTalkRobot => RandomNumberGenerator.GetHexString(64, lowercase: true),
        SourceKinds.SlackWebhook =>
            $"T{RandomNumberGenerator.GetString(Capitals, 10)}/B{RandomNumberGenerator.GetString(Capitals, 10)}/"
            + RandomNumberGenerator.GetString(Letters, 32),
        _ => NewKey(),
    };

    public static string PathOf(string kind, string key) => kind switch
    {
        SourceKinds.DingTalkRobot => $"/robot/send?access_token={key}",
        SourceKinds.SlackWebhook => $"/services/{key}",
        _ => $"/in/{key}",
    };

    /// <summary>The path without the key, but for its last characters.</summary>
    public static string MaskedPathOf(Source source) => PathOf(source.Kind, Mask(source.Kind, source.KeyLastFour));

    /// <summary>What stands for a key that is not shown.</summary>
    public static string Mask(string kind, string lastFour) =>
        kind == SourceKinds.SlackWebhook ? $"****/****/****{lastFour}" : $"****{lastFour}";

    /// <param name="baseAddress">Of this product, with a trailing slash.</param>
    /// <param name="key">Masked, but for once.</param>
    public static string Whole(string baseAddress, string kind, string key) => baseAddress.TrimEnd('/') + PathOf(kind, key);

    public static string Hash(string key) => ApiKeyService.Hash(key);
}
