using System.Security.Cryptography;
using Notify.Admin.Api;

namespace Notify.Admin.Sources;

/// <summary>A source's address: the path that its tool posts to, with the key in it, in the form that the tool expects.</summary>
internal static class SourceAddress
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <summary>Over 190 random bits in each form.</summary>
    public static string NewKey(string kind) => kind switch
    {
        SourceKinds.DingTalkRobot => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
        SourceKinds.SlackWebhook => $"T{RandomNumberGenerator.GetString(Upper, 10)}/B{RandomNumberGenerator.GetString(Upper, 10)}/"
            + RandomNumberGenerator.GetString(Letters, 24),
        _ => RandomNumberGenerator.GetString(Letters, 40),
    };

    public static string PathOf(string kind, string key) => kind switch
    {
        SourceKinds.DingTalkRobot => $"/robot/send?access_token={key}",
        SourceKinds.SlackWebhook => $"/services/{key}",
        _ => $"/in/{key}",
    };

    public static string Hash(string key) => ApiKeyService.Hash(key);
}
