using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.Shared;

/// <summary>A channel's last day, the same wherever it is shown. The label says in words what the colours show.</summary>
public sealed partial class HealthStrip : ZoneAware
{
    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>Oldest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<HourOfSending> Hours { get; set; } = [];

    private string Summary =>
        S["Health.Summary", Hours.Sum(hour => hour.Sent), Hours.Sum(hour => hour.Failed), Hours.Sum(hour => hour.Open)];

    // Quiet hours in a row are one element: strips stand in every line of a list.
    private IEnumerable<(HourOfSending? Hour, int Quiet)> Bars
    {
        get
        {
            var quiet = 0;
            foreach (var hour in Hours)
            {
                if (hour is { Sent: 0, Failed: 0, Open: 0 })
                {
                    quiet++;
                    continue;
                }

                if (quiet > 0)
                {
                    yield return (null, quiet);
                }

                yield return (hour, 0);
                quiet = 0;
            }

            if (quiet > 0)
            {
                yield return (null, quiet);
            }
        }
    }

    private static Tone ToneOf(HourOfSending hour) => hour.Failed > 0 ? Tone.Danger : hour.Open > 0 ? Tone.Warning : Tone.Success;

    // Nothing before the reader's zone is known, rather than the hours of another.
    private string? Text(HourOfSending hour) => Zone.Known is { } zone
        ? S["Health.Hour", Clock(hour.From, zone), Clock(hour.From.AddHours(1), zone), hour.Sent, hour.Failed, hour.Open].Value : null;

    private static string Clock(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("HH:mm", CultureInfo.InvariantCulture);
}
