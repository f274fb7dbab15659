using System.Collections.Frozen;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;

namespace Notify.Admin.Slack;

/// <summary>Decides whether an integration hears an event, and says why. The one place that knows: intake, preview and explanation all ask
/// here.</summary>
/// <remarks>slackNotify hears everything. Otherwise a scan event is heard by the switch of its kind, an aborted scan by either of two;
/// slackAvgThreat is a floor on finished scans only, and lets through those that name no average. Anything else is heard by slackNotify
/// alone.</remarks>
internal static class SlackMatching
{
    private const string Notify = "slackNotify";

    // The single switches by the vendor's names, with the text for what each lets through.
    private static readonly FrozenDictionary<string, string> TextKeys = new Dictionary<string, string>
    {
        ["slackStartFromSchedule"] = "Hears.StartFromSchedule",
        ["slackStartFromQueue"] = "Hears.StartFromQueue",
        ["slackCompleteAborted"] = "Hears.Finished",
        ["slackAborted"] = "Hears.Aborted",
        ["slackStop"] = "Hears.Stopped",
        ["slackDelete"] = "Hears.Deleted",
        ["slackPause"] = "Hears.Paused",
        ["slackUnpause"] = "Hears.Resumed",
    }.ToFrozenDictionary();

    /// <summary>Whether the event is heard, and the switch that decided it.</summary>
    public static SlackHearing Decide(SlackSwitches switches, EventRecord record)
    {
        if (!switches.IsOn)
        {
            return SlackHearing.Not;
        }

        if (switches.SlackNotify)
        {
            return SlackHearing.By(Notify);
        }

        return FindSwitch(switches, record) is { IsOn: true } found && Passes(switches, record)
            ? SlackHearing.By(found.Name) : SlackHearing.Not;
    }

    /// <summary>How many conditions keep the event from being heard: 0 exactly when it is; null where no switch for its kind is
    /// on.</summary>
    public static int? CountFailed(SlackSwitches switches, EventRecord record)
    {
        var off = switches.IsOn ? 0 : 1;
        return switches.SlackNotify ? off
            : FindSwitch(switches, record) is { IsOn: true } ? off + (Passes(switches, record) ? 0 : 1) : null;
    }

    /// <summary>The conditions behind <see cref="Decide"/>, in the current UI culture; heard exactly when all of them passed.</summary>
    public static IReadOnlyList<ExplainedCondition> Explain(SlackSwitches switches, EventRecord record, IStringLocalizer<SlackText> texts)
    {
        if (!switches.IsOn)
        {
            return [new(texts["Condition.IntegrationOff"], Passed: false)];
        }

        if (switches.SlackNotify)
        {
            return [new(texts["Condition.NotifyOn"], Passed: true)];
        }

        if (FindSwitch(switches, record) is not { } found)
        {
            var reason = record.Type == "scan.started" ? texts["Condition.TriggerUnknown"] : texts["Condition.NotifyNeeded", record.Type];
            return [new(reason, Passed: false)];
        }

        var conditions = new List<ExplainedCondition> { ExplainSwitch(found, record, texts) };
        if (found.IsOn && IsFinished(record) && switches.SlackAvgThreat > SlackAvgThreat.Informative)
        {
            conditions.Add(ExplainThreat(switches.SlackAvgThreat, record, texts));
        }

        return conditions;
    }

    /// <summary>A <see cref="SlackHearing.Reason"/> as a sentence in the current UI culture; an unknown one as it is.</summary>
    public static string Describe(string reason, IStringLocalizer<SlackText> texts) => reason switch
    {
        Notify => texts["Condition.NotifyOn"],
        _ => TextKeys.TryGetValue(reason, out var textKey) ? texts["Condition.SwitchOn", texts[textKey], reason] : reason,
    };

    /// <summary>The average severity an event names; null where it names none.</summary>
    public static SlackAvgThreat? ThreatOf(EventRecord record) =>
        SlackAvgThreats.TryParse(record.Fields.AvgThreat, out var threat) ? threat : null;

    private static bool Passes(SlackSwitches switches, EventRecord record) =>
        !IsFinished(record) || ThreatOf(record) is not { } threat || threat >= switches.SlackAvgThreat;

    private static bool IsFinished(EventRecord record) => record.Type is "scan.completed" or "scan.aborted";

    /// <summary>The switch for the event's kind; null where only slackNotify would do.</summary>
    private static Switch? FindSwitch(SlackSwitches switches, EventRecord record) => record.Type switch
    {
        "scan.started" => record.Fields.Trigger switch
        {
            "schedule" => new("slackStartFromSchedule", switches.SlackStartFromSchedule),
            "queue" => new("slackStartFromQueue", switches.SlackStartFromQueue),
            _ => null,
        },
        "scan.completed" => new("slackCompleteAborted", switches.SlackCompleteAborted),
        "scan.aborted" => switches.SlackCompleteAborted
            ? new("slackCompleteAborted", IsOn: true)
            : new("slackAborted", switches.SlackAborted),
        "scan.stopped" => new("slackStop", switches.SlackStop),
        "scan.deleted" => new("slackDelete", switches.SlackDelete),
        "scan.paused" => new("slackPause", switches.SlackPause),
        "scan.resumed" => new("slackUnpause", switches.SlackUnpause),
        _ => null,
    };

    private static ExplainedCondition ExplainSwitch(Switch found, EventRecord record, IStringLocalizer<SlackText> texts) =>
        (found.IsOn, record.Type) switch
    {
        (true, _) => new(texts["Condition.SwitchOn", texts[TextKeys[found.Name]], found.Name], Passed: true),
        (false, "scan.aborted") => new(texts["Condition.BothOff"], Passed: false),
        (false, _) => new(texts["Condition.SwitchOff", texts[TextKeys[found.Name]], found.Name], Passed: false),
    };

    private static ExplainedCondition ExplainThreat(SlackAvgThreat floor, EventRecord record, IStringLocalizer<SlackText> texts)
    {
        var floorText = texts[$"Threat.{floor}"];
        return ThreatOf(record) is not { } threat
            ? new(texts["Condition.ThreatAbsent", floorText], Passed: true)
            : new(texts[threat >= floor ? "Condition.ThreatReached" : "Condition.ThreatMissed", texts[$"Threat.{threat}"], floorText],
                threat >= floor);
    }

    private sealed record Switch(string Name, bool IsOn);
}

/// <summary>Whether an integration hears an event.</summary>
/// <param name="Reason">The vendor's name of the switch that decided it; null when it is not heard.</param>
internal readonly record struct SlackHearing(bool Hears, string? Reason)
{
    public static readonly SlackHearing Not;

    public static SlackHearing By(string reason) => new(true, reason);
}
