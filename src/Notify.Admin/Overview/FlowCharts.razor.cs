using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.Overview;

/// <summary>What came in and what became of it, over the time that is looked at.</summary>
public sealed partial class FlowCharts
{
    private static readonly Severity[] Order =
        [Severity.NotStated, Severity.Informative, Severity.Low, Severity.Medium, Severity.High, Severity.Critical];

    [Inject]
    private IStringLocalizer<OverviewText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [Parameter, EditorRequired]
    public OverviewPicture Picture { get; set; } = null!;

    private ChartSeries[] EventSeries => [.. Order.Select(severity => new ChartSeries(S[$"Severity.{severity}"], CssOf(severity)))];

    private string Share
    {
        get
        {
            var (matched, all) = (Picture.Flow.Sum(step => step.Matched), Picture.Flow.Sum(step => step.Events.Values.Sum()));
            return T["Numbers.Of", Number(matched), Number(all)];
        }
    }

    private static ChartBar EventBar(FlowStep step) =>
        new(step.From, step.To, $"events?from={TimePeriod.ToText(step.From)}&to={TimePeriod.ToText(step.To)}",
            [.. Order.Select(severity => step.Events.GetValueOrDefault(severity))]);

    private static string CssOf(Severity severity) => severity switch
    {
        Severity.Critical => "bar-critical",
        Severity.High => "bar-high",
        Severity.Medium => "bar-medium",
        Severity.Low => "bar-low",
        Severity.Informative => "bar-informative",
        Severity.NotStated => "bar-not-stated",
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
