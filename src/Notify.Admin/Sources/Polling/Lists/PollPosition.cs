using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>How far through an account's lists a poll is: kept after each page, so that whoever goes on loses nothing.</summary>
/// <param name="Account">Whose lists they are: another account's are read from their beginning.</param>
public sealed record PollPosition(int Account)
{
    /// <summary>Of those that are read one after the other.</summary>
    public int List { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>How many there were in all at the page before; 0 at the first.</summary>
    public int Total { get; init; }

    /// <summary>Things found whose own lists are read before the next page.</summary>
    public IReadOnlyList<PendingRisk> Risks { get; init; } = [];

    /// <summary>In the list of the first of <see cref="Risks"/>.</summary>
    public int RiskPage { get; init; } = 1;

    /// <summary>Null where there is none, or none of this account.</summary>
    public static PollPosition? Read(string? stored, int account) =>
        stored is not null && JsonSerializer.Deserialize<PollPosition>(stored) is { } position && position.Account == account
            ? position : null;

    public string Write() => JsonSerializer.Serialize(this);
}

/// <summary>A baseline risk whose servers are still to be read.</summary>
public sealed record PendingRisk(long Id, string Name, string? Level, string? Category);
