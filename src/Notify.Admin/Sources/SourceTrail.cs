using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Audit;

namespace Notify.Admin.Sources;

/// <summary>A source as the audit trail writes it.</summary>
internal static class SourceTrail
{
    /// <summary>What it is called there.</summary>
    public const string SubjectKind = "source";

    public static AuditSubject SubjectOf(Source source) =>
        new(SubjectKind, source.Id.ToString(CultureInfo.InvariantCulture), source.Name);

    /// <summary>What of it can change, as the trail writes it.</summary>
    public static Dictionary<string, string?> FieldsOf(Source source) => new()
    {
        ["name"] = source.Name,
        ["kind"] = source.Kind,
        ["auth"] = SourceWords.Of(source.Proof),
        ["secret"] = source.Secret?.ToString(),
        ["signatureHeader"] = source.SignatureHeader,
        ["signatureAlgorithm"] = SourceWords.Of(source.SignatureAlgorithm),
        ["allowedAddresses"] = source.AllowedAddresses.Replace('\n', ' '),
        ["perMinute"] = source.PerMinute.ToString(CultureInfo.InvariantCulture),
        ["sourceIsOn"] = source.IsOn ? "true" : "false",
        ["channels"] = source.Channels,
        ["mentions"] = SourceKinds.IsRobot(source.Kind) ? source.LetsMentions ? "true" : "false" : null,
        ["account"] = source.AccountId?.ToString(CultureInfo.InvariantCulture),
        ["types"] = source.Polls.Length == 0 ? null : source.Polls,
        ["fromHours"] = source.AccountId is null ? null : source.PollFromHours.ToString(CultureInfo.InvariantCulture),
        ["titleLanguage"] = source.AccountId is null ? null : source.PollLanguage,
        ["mapping"] = source.Mapping is { } mapping
            ? $"sha256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mapping)))[..12]}" : null,
    };
}
