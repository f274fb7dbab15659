using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.DeliveryPolicies;

/// <summary>What a policy will do, in plain sentences in the current UI culture.</summary>
internal static class PolicySentences
{
    /// <summary>One sentence for each part that is on; empty when all is off. What is not right yet says nothing.</summary>
    /// <param name="nameOf">A channel's name; null when it has been deleted.</param>
    public static IReadOnlyList<string> Of(DeliveryPolicy policy, IStringLocalizer<DeliveryPolicyText> texts, Func<ChannelKey, string?> nameOf)
    {
        List<string> sentences = [];
        var wrong = DeliveryPolicyCheck.Of(policy, null).Select(refusal => refusal.Field).ToHashSet();
        if (policy.QuietHours is { IsOn: true } quiet && !wrong.Contains(nameof(DeliveryPolicy.QuietHours)))
        {
            sentences.Add(texts[quiet.LetCriticalThrough ? "Sentence.QuietButCritical" : "Sentence.Quiet", Window(quiet, texts)]);
        }

        if (policy.Deduplication is { IsOn: true } counted && !wrong.Contains(nameof(DeliveryPolicy.Deduplication)))
        {
            sentences.Add(texts["Sentence.Deduplication", counted.Minutes!]);
        }

        if (policy.Fallback is { IsOn: true, To: { } to } fallback && !wrong.Contains(nameof(DeliveryPolicy.Fallback)))
        {
            sentences.Add(texts["Sentence.Fallback", nameOf(to) ?? texts["Fallback.Deleted"], fallback.AfterMinutes!]);
        }

        if (policy.Drills is { IsOn: true } drills && !wrong.Contains(nameof(DeliveryPolicy.Drills)))
        {
            var rhythm = drills.Rhythm == DrillRhythm.Weekly
                ? texts["Sentence.Weekly", texts[$"Day.{drills.Day}"]]
                : texts[drills.EveryDays == 1 ? "Sentence.Daily" : "Sentence.EveryDays", drills.EveryDays!];
            sentences.Add(texts["Sentence.Drills", rhythm.Value, Hour(drills.At), drills.TimeZone]);
        }

        return sentences;
    }

    /// <summary><c>Mon–Fri 22:00–07:00 Europe/Berlin</c></summary>
    public static string Window(QuietHours quiet, IStringLocalizer<DeliveryPolicyText> texts) => quiet.From == quiet.To
        ? texts["Window.WholeDays", Days(quiet.Days, texts), Hour(quiet.From), quiet.TimeZone]
        : texts["Window", Days(quiet.Days, texts), Hour(quiet.From), Hour(quiet.To), quiet.TimeZone];

    private static string Days(WeekDays days, IStringLocalizer<DeliveryPolicyText> texts)
    {
        if (days == WeekDays.All)
        {
            return texts["Day.All"];
        }

        var chosen = WeekDaysExtensions.Each.Where(day => days.HasFlag(day)).ToList();
        var first = chosen.Count == 0 ? 0 : WeekDaysExtensions.Each.ToList().IndexOf(chosen[0]);
        var isRun = chosen.Count > 2 && chosen.SequenceEqual(WeekDaysExtensions.Each.Skip(first).Take(chosen.Count));
        return isRun
            ? $"{texts[$"Short.{chosen[0]}"]}–{texts[$"Short.{chosen[^1]}"]}"
            : string.Join(texts["Day.Comma"], chosen.Select(day => texts[$"Short.{day}"].Value));
    }

    private static string Hour(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";
}
