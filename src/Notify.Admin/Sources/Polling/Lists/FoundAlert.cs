namespace Notify.Admin.Sources;

/// <summary>What an account's list tells of one alert, in the fields that ConfigList's rules and messages read.</summary>
/// <param name="Type">What follows <c>sas-event-</c>.</param>
/// <param name="Id">The vendor's own, so that the alert comes once.</param>
internal sealed record FoundAlert(string Type, string Id, string Title)
{
    /// <summary>Null where the list does not say it in a zone that is known.</summary>
    public DateTimeOffset? Time { get; init; }

    public string? Text { get; init; }

    public string? Asset { get; init; }

    /// <summary>The vendor's id of the server, by which its asset group is found.</summary>
    public string? InstanceId { get; init; }

    public string? GroupId { get; init; }

    /// <summary>The page of the vendor's console.</summary>
    public required string Link { get; init; }

    /// <summary>The keys that rules of its type read, of those that it has.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
