using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.DeliveryPolicies;

/// <summary>What a policy will do, in plain sentences in the current UI culture.</summary>
internal static class PolicySentences
{
    /// <summary>One sentence for each part that is on; empty when all is off. What is not right yet says nothing.</summary>
    /// <param name="nameOf">A channel's name; null when it has been deleted.</param>
    public static IReadOnlyList<string> Of(DeliveryPolicy policy, IStringLocalizer<DeliveryPolicyText> texts, Func<ChannelKey,
        string?> nameOf)
    {
        var wrong = DeliveryPolicyCheck.Of(policy, null).Select(refusal => refusal.Field).ToHashSet();
        return [.. DeliveryPolicyField.All.Where(part => !wrong.Contains(part.Name))
            .Select(part => OfPart(policy, part.Name, texts, nameOf)).OfType<string>()];
    }

    /// <summary>The sentence of one part; null when it is off.</summary>
    /// <param name="part">The policy's property.</param>
    /// <param name="nameOf">Null where names are not at hand: the fallback is then called by its number.</param>
    public static string? OfPart(
        DeliveryPolicy policy, string part, IStringLocalizer<DeliveryPolicyText> texts, Func<ChannelKey, string?>? nameOf = null) =>
        part switch
    {
        nameof(DeliveryPolicy.QuietHours) when policy.QuietHours is { IsOn: true } quiet =>
            texts[quiet.LetCriticalThrough ? "Sentence.QuietButCritical" : "Sentence.Quiet", Window(quiet, texts)].Value,
        nameof(DeliveryPolicy.Deduplication) when policy.Deduplication is { IsOn: true } counted =>
            texts["Sentence.Deduplication", counted.Minutes ?? 0].Value,
        nameof(DeliveryPolicy.Fallback) when policy.Fallback is { IsOn: true, To: { } to } fallback => texts[
            "Sentence.Fallback", nameOf is null ? $"{to.Kind} {to.Id}"
                : nameOf(to) ?? texts["Fallback.Deleted"], fallback.AfterMinutes ?? 0].Value,
        nameof(DeliveryPolicy.Drills) when policy.Drills is { IsOn: true } drills =>
            texts["Sentence.Drills", Rhythm(drills, texts), Hour(drills.At), drills.TimeZone].Value,
        _ => null,
    };

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

    private static string Rhythm(DrillSchedule drills, IStringLocalizer<DeliveryPolicyText> texts) => drills.Rhythm == DrillRhythm.Weekly
        ? texts["Sentence.Weekly", texts[$"Day.{drills.Day}"].Value]
        : texts[drills.EveryDays == 1 ? "Sentence.Daily" : "Sentence.EveryDays", drills.EveryDays ?? 0];

    private static string Hour(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";
}
