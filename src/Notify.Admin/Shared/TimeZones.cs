namespace Notify.Admin.Shared;

/// <summary>The time zones that this machine knows, by their IANA names.</summary>
internal static class TimeZones
{
    // What people are offered: places, and UTC; not the many old names of the same.
    private static readonly string[] Regions = ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe",
        "Indian", "Pacific"];

    public static readonly IReadOnlyList<string> All =
    [
        "UTC",
        .. TimeZoneInfo.GetSystemTimeZones().Select(NameOf)
        .Where(name => Regions.Contains(name.Split('/')[0]) && name.Contains('/', StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Windows has names of its own.</summary>
    public static string NameOf(TimeZoneInfo zone) =>
        zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var name) ? name : "UTC";
}
