namespace Notify.Admin.Sources;

/// <summary>One kind of alert that is read from a Security Center account.</summary>
/// <param name="Name">What follows <c>sas-event-</c> in the alert's type.</param>
/// <param name="UsualMinutes">From one poll to the next, unless another time is chosen.</param>
/// <param name="Overlap">So far back a poll looks beyond where the last one began: what the vendor lists late is found, and what comes
/// twice is known.</param>
public sealed record PolledType(string Name, int UsualMinutes, TimeSpan Overlap)
{
    public const int LeastMinutes = 1;
    public const int MostMinutes = 1440;

    /// <summary>In the order in which they are offered. Cloud honeypot and application protection have no list that is public.</summary>
    public static readonly IReadOnlyList<PolledType> All =
    [
        new(SuspiciousList.Suffix, 5, TimeSpan.FromHours(6)),
        new(VulnerabilityList.Suffix, 60, TimeSpan.FromHours(24)),
        new(BaselineList.Suffix, 60, TimeSpan.FromHours(24)),
        new(LeakList.Suffix, 15, TimeSpan.FromHours(24)),
    ];

    public static PolledType? Find(string name) => All.FirstOrDefault(type => type.Name == name);
}
