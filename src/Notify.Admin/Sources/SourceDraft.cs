using Notify.Admin.Channels;

namespace Notify.Admin.Sources;

/// <summary>What an Admin gives of a source; what is null keeps its value, or has the usual one.</summary>
public sealed record SourceDraft
{
    public const int LongestName = 64;
    public const int MostPerMinute = 100_000;
    public const int UsualPerMinute = 600;

    /// <summary>A month.</summary>
    public const int MostFromHours = 720;

    public const int UsualFromHours = 24;

    public static readonly IReadOnlyList<string> PollLanguages = ["zh", "en"];

    public string? Name { get; init; }

    public string? Kind { get; init; }

    public SourceProof? Proof { get; init; }

    public string? Secret { get; init; }

    public string? SignatureHeader { get; init; }

    public SignatureAlgorithm? SignatureAlgorithm { get; init; }

    public IReadOnlyList<string>? AllowedAddresses { get; init; }

    public int? PerMinute { get; init; }

    public bool? IsOn { get; init; }

    public IReadOnlyList<ChannelKey>? Channels { get; init; }

    /// <summary>Empty: the kind's.</summary>
    public string? Mapping { get; init; }

    /// <summary>What is said about a new mapping.</summary>
    public string? MappingNote { get; init; }

    public bool? LetsMentions { get; init; }

    /// <summary>Of a kind that reads an account.</summary>
    public int? AccountId { get; init; }

    /// <summary>What is read of the account; null is everything, as often as usual, when it is made.</summary>
    public IReadOnlyList<PlannedPoll>? Polls { get; init; }

    public int? PollFromHours { get; init; }

    public string? PollLanguage { get; init; }
}
