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

        return FindSwitch(switches, record) is { IsOn: true } found && Passes(switches, record) ? SlackHearing.By(found.Name) : SlackHearing.Not;
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
            "schedule" => new("slackStartFromSchedule", switches.SlackStartFromSchedule, "Hears.StartFromSchedule"),
            "queue" => new("slackStartFromQueue", switches.SlackStartFromQueue, "Hears.StartFromQueue"),
            _ => null,
        },
        "scan.completed" => new("slackCompleteAborted", switches.SlackCompleteAborted, "Hears.Finished"),
        "scan.aborted" => switches.SlackCompleteAborted
            ? new("slackCompleteAborted", IsOn: true, "Hears.Finished")
            : new("slackAborted", switches.SlackAborted, "Hears.Aborted"),
        "scan.stopped" => new("slackStop", switches.SlackStop, "Hears.Stopped"),
        "scan.deleted" => new("slackDelete", switches.SlackDelete, "Hears.Deleted"),
        "scan.paused" => new("slackPause", switches.SlackPause, "Hears.Paused"),
        "scan.resumed" => new("slackUnpause", switches.SlackUnpause, "Hears.Resumed"),
        _ => null,
    };

    private static ExplainedCondition ExplainSwitch(Switch found, EventRecord record, IStringLocalizer<SlackText> texts) => (found.IsOn, record.Type) switch
    {
        (true, _) => new(texts["Condition.SwitchOn", texts[found.TextKey], found.Name], Passed: true),
        (false, "scan.aborted") => new(texts["Condition.BothOff"], Passed: false),
        (false, _) => new(texts["Condition.SwitchOff", texts[found.TextKey], found.Name], Passed: false),
    };

    private static ExplainedCondition ExplainThreat(SlackAvgThreat floor, EventRecord record, IStringLocalizer<SlackText> texts)
    {
        var floorText = texts[$"Threat.{floor}"];
        return ThreatOf(record) is not { } threat
            ? new(texts["Condition.ThreatAbsent", floorText], Passed: true)
            : new(texts[threat >= floor ? "Condition.ThreatReached" : "Condition.ThreatMissed", texts[$"Threat.{threat}"], floorText], threat >= floor);
    }

    private sealed record Switch(string Name, bool IsOn, string TextKey);
}

/// <summary>Whether an integration hears an event.</summary>
/// <param name="Reason">The vendor's name of the switch that decided it; null when it is not heard.</param>
internal readonly record struct SlackHearing(bool Hears, string? Reason)
{
    public static readonly SlackHearing Not;

    public static SlackHearing By(string reason) => new(true, reason);
}
