using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Notify.Admin.Shared;

/// <summary>Counts over time, by series.</summary>
public sealed partial class BarChart
{
    private readonly string _id = ElementIds.Next("chart");

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The lowest part of a bar first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ChartSeries> Series { get; set; } = [];

    /// <summary>Oldest first, at least one.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ChartBar> Bars { get; set; } = [];

    /// <summary>Said where every bar is empty.</summary>
    [Parameter, EditorRequired]
    public string Empty { get; set; } = "";

    private long Most => Bars.Max(bar => bar.Sum);

    private IEnumerable<(ChartSeries Series, long Sum)> Legend => Series.Select((series, i) => (series, Bars.Sum(bar => bar.Values[i])));

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    // A bar that counts anything at all stays visible beside the longest.
    private string Height(long value) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Max(2.5, 100.0 * value / Most):0.##}%");

    // Without the times until the reader's zone is known, rather than those of another.
    private string Words(ChartBar bar)
    {
        var counts = string.Join(", ", Series.Select((series, i) => (series, Value: bar.Values[i])).Where(part => part.Value > 0)
            .Select(part => $"{part.series.Name} {Number(part.Value)}"));
        var words = counts.Length > 0 ? counts : S["Chart.Nothing"].Value;
        return Zone.Known is { } zone ? $"{Moment(bar.From, zone)} – {Moment(bar.To, zone)}: {words}" : words;
    }

    private static string Moment(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
}
