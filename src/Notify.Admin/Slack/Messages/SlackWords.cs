using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.Slack;

/// <summary>How Slack messages call things. They are English: a Slack integration has no language of its own.</summary>
internal static class SlackWords
{
    /// <summary>Severity as a mark and a word, so that neither colour nor emoji is needed: <c>▲ High</c>.</summary>
    public static string Marked(Severity severity) => $"{Mark(severity)} {NameOf(severity)}";

    public static string NameOf(Severity severity) => severity == Severity.NotStated ? "Not stated" : $"{severity}";

    /// <summary>A headline with its severity before it, where the event says one.</summary>
    public static string WithSeverity(Severity severity, string headline) =>
        severity == Severity.NotStated ? headline : $"{Marked(severity)} · {headline}";

    /// <summary>The same with its state first, where what it tells of has ended.</summary>
    public static string WithState(EventRecord record, string headline) =>
        (record.Fields.State == EventState.Resolved ? "✓ Resolved · " : "") + WithSeverity(record.Severity, headline);

    /// <summary>Whether it lasts; null where the event does not say.</summary>
    public static string? NameOf(EventState state) => state switch
    {
        EventState.Open => "Open",
        EventState.Resolved => "✓ Resolved",
        EventState.None => null,
    };

    /// <summary>What happened, without to what: <c>Scan aborted</c>, the title, or what kind of event it is.</summary>
    public static string Headline(EventRecord record, int maxEscaped)
    {
        if (EventKinds.FindScan(record.Type) is { } scan)
        {
            return scan.In(RuleLanguage.En);
        }

        var title = SlackEventText.Line(record.Fields.Title, maxEscaped);
        return title.Length > 0 ? title : Kind(record, maxEscaped);
    }

    /// <summary>What the event is about: what was scanned, or the asset; empty where it says neither.</summary>
    public static string Subject(EventRecord record, int maxEscaped)
    {
        var target = SlackEventText.Line(record.Fields.Target, maxEscaped);
        return target.Length > 0 ? target : SlackEventText.Line(record.Fields.Asset, maxEscaped);
    }

    /// <summary>The kind of event, for counting: <c>Scan aborted</c>, <c>Security alert</c>, or the CloudEvents type itself.</summary>
    public static string Kind(EventRecord record, int maxEscaped) =>
        EventKinds.Find(record.Type)?.In(RuleLanguage.En) ?? SlackEventText.Line(record.Type, maxEscaped);

    /// <summary>A scan event as a sentence; null for other events.</summary>
    public static string? Sentence(EventRecord record, int maxEscaped)
    {
        var scan = Scan(record, maxEscaped);
        var sentence = record.Type switch
        {
            "scan.started" => record.Fields.Trigger switch
            {
                "schedule" => $"The scheduled {scan} has started.",
                "queue" => $"The queued {scan} has started.",
                _ => $"The {scan} has started.",
            },
            "scan.completed" => $"The {scan} is complete.",
            "scan.aborted" => $"The {scan} was aborted before it was complete.",
            "scan.stopped" => $"The {scan} was stopped.",
            "scan.deleted" => $"The {scan} was deleted.",
            "scan.paused" => $"The {scan} was paused.",
            "scan.resumed" => $"The {scan} was resumed.",
            _ => null,
        };
        return sentence is not null && IsFinished(record) && record.Fields.AvgThreat is { } threat
            ? $"{sentence} Average severity: {SlackEventText.Line(threat, 40)}."
            : sentence;
    }

    /// <summary>UTC, to the second.</summary>
    public static string Moment(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsFinished(EventRecord record) => record.Type is "scan.completed" or "scan.aborted";

    private static string Scan(EventRecord record, int maxEscaped)
    {
        var target = SlackEventText.Line(record.Fields.Target, maxEscaped);
        var id = SlackEventText.Line(record.Fields.ScanId, 120);
        return target.Length > 0 ? $"scan of {target}" : id.Length > 0 ? $"scan {id}" : "scan";
    }

    private static char Mark(Severity severity) => severity switch
    {
        Severity.Critical => '◆',
        Severity.High => '▲',
        Severity.Medium => '■',
        Severity.Low => '●',
        Severity.Informative => '○',
        Severity.NotStated => '–',
    };
}
