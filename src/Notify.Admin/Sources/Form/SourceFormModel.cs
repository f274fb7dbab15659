using System.Globalization;
using System.Text.Json.Serialization;
using Notify.Admin.LiveForms;

namespace Notify.Admin.Sources;

/// <summary>What an Admin is typing about one source. Field names in refusals and conflicts are the names of its properties.</summary>
public sealed class SourceFormModel : IFormModel<SourceFormModel>
{
    public string Name { get; set; } = "";

    public bool IsOn { get; set; } = true;

    public SourceProof Proof { get; set; }

    /// <summary>A new secret; empty keeps the stored one. Never filled from the store, nor part of a kept draft.</summary>
    [JsonIgnore]
    public string? Secret { get; set; }

    [JsonIgnore]
    public bool HasSecret => !string.IsNullOrWhiteSpace(Secret);

    public string SignatureHeader { get; set; } = "";

    public SignatureAlgorithm SignatureAlgorithm { get; set; }

    /// <summary>As typed, a line each.</summary>
    public string AllowedAddresses { get; set; } = "";

    /// <summary>As typed.</summary>
    public string PerMinute { get; set; } = "";

    /// <summary>As <see cref="Source.Channels"/>.</summary>
    public string Channels { get; set; } = "";

    /// <summary>Of a robot or a webhook.</summary>
    public bool LetsMentions { get; set; }

    /// <summary>Of a kind that reads an account: which, as digits; empty while none is chosen.</summary>
    public string Account { get; set; } = "";

    /// <summary>As <see cref="Source.Polls"/>, with minutes as typed.</summary>
    public string Polls { get; set; } = "";

    /// <summary>As typed.</summary>
    public string FromHours { get; set; } = "";

    public string TitleLanguage { get; set; } = "en";

    public SourceFormModel Copy() => (SourceFormModel)MemberwiseClone();

    /// <summary>What differs from what is stored, so that what nobody touched here stays as it is by then.</summary>
    public SourceDraft ToDraft(SourceView stored)
    {
        var from = stored.Values;
        var isSigned = Proof == SourceProof.Hmac;
        return new SourceDraft
        {
            Name = Name.Trim() == from.Name ? null : Name.Trim(),
            IsOn = IsOn == from.IsOn ? null : IsOn,
            Proof = Proof == from.Proof ? null : Proof,
            Secret = HasSecret && Proof != SourceProof.Key ? Secret!.Trim() : null,
            SignatureHeader = isSigned && SignatureHeader.Trim() != from.SignatureHeader ? SignatureHeader.Trim() : null,
            SignatureAlgorithm = isSigned && SignatureAlgorithm != from.SignatureAlgorithm ? SignatureAlgorithm : null,
            AllowedAddresses = Sources.AllowedAddresses.Split(AllowedAddresses) is var lines
                && lines.SequenceEqual(Sources.AllowedAddresses.Split(from.AllowedAddresses)) ? null : lines,
            PerMinute = PerMinute.Trim() == from.PerMinute ? null : Number(PerMinute),
            LetsMentions = LetsMentions == from.LetsMentions ? null : LetsMentions,
            Channels = Channels == from.Channels ? null : BoundChannels.Read(Channels),
            AccountId = Account == from.Account ? null : Number(Account),
            Polls = Polls == from.Polls ? null : TypedPolls.Read(Polls),
            PollFromHours = FromHours.Trim() == from.FromHours ? null : Number(FromHours),
            PollLanguage = TitleLanguage == from.TitleLanguage ? null : TitleLanguage,
        };
    }

    /// <summary>What makes a source that reads an account.</summary>
    public SourceDraft ToPolledDraft(string kind) => new()
    {
        Name = Name.Trim(),
        Kind = kind,
        Channels = BoundChannels.Read(Channels),
        AccountId = Account.Length == 0 ? null : Number(Account),
        Polls = TypedPolls.Read(Polls),
        PollFromHours = Number(FromHours),
        PollLanguage = TitleLanguage,
    };

    private static int Number(string typed) =>
        int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
