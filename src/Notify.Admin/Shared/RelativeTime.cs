using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Notify.Admin.Shared;

/// <summary>Moments in words. <c>js/notify.js</c> has the same steps and takes the same words from the page, so that what the server
/// renders and what the browser keeps fresh read alike.</summary>
internal static class RelativeTime
{
    /// <summary>The keys of <see cref="SharedText"/> that the browser needs, by the names it uses.</summary>
    public static readonly IReadOnlyDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["now"] = "Time.Now",
        ["secondsAgo"] = "Time.SecondsAgo",
        ["minutesAgo"] = "Time.MinutesAgo",
        ["hoursAgo"] = "Time.HoursAgo",
        ["daysAgo"] = "Time.DaysAgo",
        ["inSeconds"] = "Time.InSeconds",
        ["inMinutes"] = "Time.InMinutes",
        ["inHours"] = "Time.InHours",
        ["inDays"] = "Time.InDays",
    };

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>"5 min ago", "in 3 h"; beyond a week the date.</summary>
    public static string InWords(DateTimeOffset value, DateTimeOffset now, IStringLocalizer<SharedText> text)
    {
        var distance = (now - value).Duration();
        if (distance >= Week)
        {
            return value.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        if (distance < TimeSpan.FromSeconds(5))
        {
            return text["Time.Now"];
        }

        var past = value <= now;
        return distance switch
        {
            { TotalSeconds: < 60 } => text[past ? "Time.SecondsAgo" : "Time.InSeconds", (int)distance.TotalSeconds],
            { TotalMinutes: < 60 } => text[past ? "Time.MinutesAgo" : "Time.InMinutes", (int)distance.TotalMinutes],
            { TotalHours: < 24 } => text[past ? "Time.HoursAgo" : "Time.InHours", (int)distance.TotalHours],
            _ => text[past ? "Time.DaysAgo" : "Time.InDays", (int)distance.TotalDays],
        };
    }

    /// <summary>The same in every language: <c>2026-08-21 14:05:09 UTC</c>.</summary>
    public static string Exact(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
