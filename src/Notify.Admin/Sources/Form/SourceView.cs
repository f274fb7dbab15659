using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Notify.Admin.LiveForms;

namespace Notify.Admin.Sources;

/// <summary>A stored source as pages see it, without its key and secret.</summary>
/// <param name="SecretMark">Tells one stored secret from another without saying anything about it.</param>
/// <param name="HasMapping">It has a mapping of its own.</param>
public sealed record SourceView(
    int Id,
    int Version,
    string Name,
    string Kind,
    string KeyLastFour,
    DateTimeOffset? PreviousKeyEndsAt,
    SourceProof Proof,
    string? SecretLastFour,
    string SecretMark,
    string? SignatureHeader,
    SignatureAlgorithm SignatureAlgorithm,
    string AllowedAddresses,
    int PerMinute,
    bool IsOn,
    string Channels,
    bool LetsMentions,
    bool HasMapping,
    int? AccountId,
    string Polls,
    int PollFromHours,
    string PollLanguage,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastReceivedAt,
    DateTimeOffset? LastRefusedAt,
    Reason? LastRefusal,
    long Unmapped,
    DateTimeOffset ChangedAt,
    string? ChangedBy) : IStored<SourceFormModel>
{
    [JsonIgnore]
    public SourceFormModel Values => new()
    {
        Name = Name,
        IsOn = IsOn,
        Proof = Proof,
        SignatureHeader = SignatureHeader ?? "",
        SignatureAlgorithm = SignatureAlgorithm,
        AllowedAddresses = AllowedAddresses,
        PerMinute = $"{PerMinute}",
        Channels = Channels,
        LetsMentions = LetsMentions,
        Account = AccountId?.ToString(CultureInfo.InvariantCulture) ?? "",
        Polls = Polls,
        FromHours = PollFromHours.ToString(CultureInfo.InvariantCulture),
        TitleLanguage = PollLanguage,
    };

    /// <summary>What it was last told was that it is refused.</summary>
    [JsonIgnore]
    public bool IsRefused => LastRefusedAt is { } refused && refused > (LastReceivedAt ?? DateTimeOffset.MinValue);

    internal static SourceView Of(Source source, DateTimeOffset? changedAt = null, string? changedBy = null) => new(
        source.Id, source.Version, source.Name, source.Kind, source.KeyLastFour, source.PreviousKeyEndsAt, source.Proof,
        source.Secret?.LastFour, source.Secret is { } secret ? MarkOf(secret.Ciphertext) : "", source.SignatureHeader,
        source.SignatureAlgorithm, source.AllowedAddresses, source.PerMinute, source.IsOn, source.Channels, source.LetsMentions,
        source.Mapping is not null, source.AccountId, source.Polls, source.PollFromHours, source.PollLanguage,
        source.CreatedAt, source.LastReceivedAt, source.LastRefusedAt, StoredReasons.Read(source.LastRefusal), source.Unmapped,
        changedAt ?? source.CreatedAt, changedBy);

    private static string MarkOf(string ciphertext) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(ciphertext)).AsSpan(0, 8));
}
