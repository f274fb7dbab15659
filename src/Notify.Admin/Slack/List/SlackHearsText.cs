using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Rules;

namespace Notify.Admin.Slack;

/// <summary>What an integration hears, in plain words of the current UI culture.</summary>
internal static class SlackHearsText
{
    /// <summary><c>Hears: finished scans from Medium upwards, stopped scans.</c></summary>
    public static string Summarize(SlackSwitches switches, IStringLocalizer<SlackText> texts)
    {
        if (!switches.IsOn)
        {
            return texts["Hears.Off"];
        }

        if (switches.SlackNotify)
        {
            return texts["Hears.Everything"];
        }

        var kinds = Kinds(switches, texts).ToList();
        return kinds.Count == 0 ? texts["Hears.Nothing"] : texts["Hears.List", string.Join(texts["Hears.Separator"], kinds)];
    }

    /// <summary>The same with own rules and rule sets, which speak where no switch is on.</summary>
    public static string Summarize(SlackIntegrationFormModel values, IStringLocalizer<SlackText> texts)
    {
        var (own, sets) = OwnRulesOf(values);
        string[] parts =
        [
            .. values.ToSwitches().AnySwitch || own.Rules.Length + sets == 0 ? (string[])[Summarize(values.ToSwitches(), texts)] : [],
            .. own.Rules.IsEmpty ? (string[])[] : [texts["Hears.Own", own.Rules.Length]],
            .. sets == 0 ? (string[])[] : [texts["Hears.RuleSets", sets]],
        ];
        return string.Join(' ', parts);
    }

    /// <inheritdoc cref="Short(SlackSwitches, IStringLocalizer{SlackText})"/>
    public static string Short(SlackIntegrationFormModel values, IStringLocalizer<SlackText> texts)
    {
        var switches = Short(values.ToSwitches(), texts);
        var (rules, sets) = OwnRulesOf(values);
        var own = OwnRuleText.Brief(rules, sets, Bilingual.LanguageOf(CultureInfo.CurrentUICulture));
        return own is null ? switches : values.ToSwitches().AnySwitch ? $"{switches} · {own}" : own;
    }

    /// <inheritdoc cref="Warn(SlackSwitches, IStringLocalizer{SlackText})"/>
    /// <param name="usesRuleSets">A rule set has a rule.</param>
    public static string? Warn(SlackSwitches switches, string ownRules, bool usesRuleSets, IStringLocalizer<SlackText> texts) =>
        !usesRuleSets && OwnRuleJson.Read(ownRules).Rules.Rules.IsEmpty ? Warn(switches, texts) : null;

    /// <summary>The same without a verb, for a column or a list: <c>Finished scans from Medium upwards, stopped scans</c>.</summary>
    public static string Short(SlackSwitches switches, IStringLocalizer<SlackText> texts)
    {
        if (!switches.IsOn)
        {
            return texts["Hears.Short.Off"];
        }

        var kinds = switches.SlackNotify ? texts["Hears.Short.Everything"].Value
            : string.Join(texts["Hears.Separator"], Kinds(switches, texts));
        return kinds.Length == 0 ? texts["Hears.Short.Nothing"] : char.ToUpper(kinds[0], CultureInfo.CurrentUICulture) + kinds[1..];
    }

    /// <summary>Says that nothing will ever be sent because every switch is off; null when one is on.</summary>
    public static string? Warn(SlackSwitches switches, IStringLocalizer<SlackText> texts) =>
        switches.AnySwitch ? null : texts["Warning.NothingOn"].Value;

    // Where it is off, or hears everything anyway, they decide nothing.
    private static (OwnRuleList Own, int Sets) OwnRulesOf(SlackIntegrationFormModel values) =>
        values is { IsOn: false } or { SlackNotify: true } ? (OwnRuleList.Empty, 0)
            : (OwnRuleJson.Read(values.OwnRules).Rules, values.RuleSets.Count);

    private static IEnumerable<string> Kinds(SlackSwitches switches, IStringLocalizer<SlackText> texts)
    {
        if (switches.SlackStartFromSchedule)
        {
            yield return texts["Hears.StartFromSchedule"];
        }

        if (switches.SlackStartFromQueue)
        {
            yield return texts["Hears.StartFromQueue"];
        }

        // Finished scans include the aborted ones.
        if (switches.SlackCompleteAborted)
        {
            yield return WithFloor("Hears.Finished", switches, texts);
        }
        else if (switches.SlackAborted)
        {
            yield return WithFloor("Hears.Aborted", switches, texts);
        }

        if (switches.SlackStop)
        {
            yield return texts["Hears.Stopped"];
        }

        if (switches.SlackDelete)
        {
            yield return texts["Hears.Deleted"];
        }

        if (switches.SlackPause)
        {
            yield return texts["Hears.Paused"];
        }

        if (switches.SlackUnpause)
        {
            yield return texts["Hears.Resumed"];
        }
    }

    private static string WithFloor(string key, SlackSwitches switches, IStringLocalizer<SlackText> texts) =>
        switches.SlackAvgThreat == SlackAvgThreat.Informative
            ? texts[key] : texts[key + "From", texts[$"Threat.{switches.SlackAvgThreat}"]];
}
