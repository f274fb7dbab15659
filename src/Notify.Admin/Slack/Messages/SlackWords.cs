using System.Globalization;
using System.Resources;
using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.Slack;

/// <summary>How messages call things in an integration's own language, whatever language the person at the browser reads.</summary>
internal sealed class SlackWords : IEventWords
{
    private static readonly ResourceManager Resources = new(typeof(SlackText));

    private static readonly SlackWords English = new(CultureInfo.InvariantCulture, RuleLanguage.En);
    private static readonly SlackWords Chinese = new(CultureInfo.GetCultureInfo("zh-CN"), RuleLanguage.Zh);

    private readonly MessageTexts _texts;
    private SlackWords(CultureInfo culture, RuleLanguage language)
    {
        _texts = new MessageTexts(Resources, culture);
        Language = language;
    }

    public RuleLanguage Language { get; }

    public string this[string key, params ReadOnlySpan<object?> arguments] => _texts[key, arguments];

    public static SlackWords In(SlackLanguage language) => language == SlackLanguage.Zh ? Chinese : English;

    /// <summary>Severity as a mark and a word, so that neither colour nor emoji is needed: <c>▲ High</c>.</summary>
    public string Marked(Severity severity) => $"{Mark(severity)} {NameOf(severity)}";

    public string NameOf(Severity severity) => _texts.Find($"Severity.{severity}");

    /// <summary>A headline with its severity before it, where the event says one.</summary>
    public string WithSeverity(Severity severity, string headline) =>
        severity == Severity.NotStated ? headline : $"{Marked(severity)} · {headline}";

    /// <summary>The same with its state first, where what it tells of has ended.</summary>
    public string WithState(EventRecord record, string headline) =>
        (record.Fields.State == EventState.Resolved ? $"{NameOf(EventState.Resolved)} · " : "") + WithSeverity(record.Severity, headline);

    /// <summary>The same for a headline that says some of it by itself.</summary>
    /// <param name="said">Names of <see cref="MessageField"/>.</param>
    public string WithState(EventRecord record, string headline, IReadOnlySet<string> said) =>
        (record.Fields.State == EventState.Resolved && !said.Contains(MessageField.State) ? $"{NameOf(EventState.Resolved)} · " : "")
        + (said.Contains(MessageField.Severity) ? headline : WithSeverity(record.Severity, headline));

    /// <summary>Whether it lasts; null where the event does not say.</summary>
    public string? NameOf(EventState state) => state == EventState.None ? null : _texts.Find($"State.{state}");

    /// <summary>How a problem stands after an event, as a coloured mark and a word: <c>🔴 Open</c>, <c>🟢 Resolved after 42 min</c>; null
    /// where the event does not say.</summary>
    /// <param name="since">When it began; null where that is this event.</param>
    public string? Standing(EventRecord record, DateTimeOffset? since)
    {
        var name = EventProblem.IsScan(record.Type) ? "Scan" : "Problem";
        return EventProblem.StateOf(record) switch
        {
            EventState.None => null,
            EventState.Open => _texts.Find($"Standing.{name}.Open"),
            EventState.Resolved when since is { } began && record.Time > began =>
                _texts[$"Standing.{name}.ResolvedAfter", Lasted(record.Time - began)],
            EventState.Resolved => _texts.Find($"Standing.{name}.Resolved"),
        };
    }

    private string Lasted(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => _texts["Lasted.Seconds", Math.Max(1, (int)time.TotalSeconds)],
        { TotalHours: < 1 } => _texts["Lasted.Minutes", (int)time.TotalMinutes],
        { TotalDays: < 1 } => _texts["Lasted.Hours", (int)time.TotalHours, time.Minutes],
        _ => _texts["Lasted.Days", (int)time.TotalDays, time.Hours],
    };

    /// <summary>The event's title, in this language where the event has it.</summary>
    public string? Title(EventFields fields) => Language == RuleLanguage.Zh ? fields.Chinese?.Title ?? fields.Title : fields.Title;

    /// <inheritdoc cref="Title"/>
    public string? Description(EventFields fields) =>
        Language == RuleLanguage.Zh ? fields.Chinese?.Text ?? fields.Description : fields.Description;

    /// <summary>What happened, without to what: <c>Scan aborted</c>, the title, or what kind of event it is.</summary>
    public string Headline(EventRecord record, int maxEscaped)
    {
        if (EventKinds.FindScan(record.Type) is { } scan)
        {
            return scan.In(Language);
        }

        var title = SlackEventText.Line(Title(record.Fields), maxEscaped);
        return title.Length > 0 ? title : Kind(record, maxEscaped);
    }

    /// <summary>What the event is about: what was scanned, or the asset; empty where it says neither.</summary>
    public static string Subject(EventRecord record, int maxEscaped)
    {
        var target = SlackEventText.Line(record.Fields.Target, maxEscaped);
        return target.Length > 0 ? target : SlackEventText.Line(record.Fields.Asset, maxEscaped);
    }

    /// <summary>The kind of event, for counting: <c>Scan aborted</c>, <c>Security alert</c>, or the CloudEvents type itself.</summary>
    public string Kind(EventRecord record, int maxEscaped) =>
        EventKinds.Find(record.Type)?.In(Language) ?? SlackEventText.Line(record.Type, maxEscaped);

    /// <summary>A scan event as a sentence; null for other events.</summary>
    public string? Sentence(EventRecord record, int maxEscaped)
    {
        if (EventKinds.FindScan(record.Type) is null)
        {
            return null;
        }

        var began = record is { Type: "scan.started", Fields.Trigger: "schedule" or "queue" } ? $".{record.Fields.Trigger}" : "";
        var sentence = _texts[$"Sentence.{record.Type}{began}", Scan(record, maxEscaped)];
        return IsFinished(record) && record.Fields.AvgThreat is { } threat
            ? _texts["Sentence.AvgThreat", sentence, NameOfThreat(threat)] : sentence;
    }

    /// <summary>UTC, to the second.</summary>
    public static string Moment(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static bool IsFinished(EventRecord record) => record.Type is "scan.completed" or "scan.aborted";

    private string NameOfThreat(string threat) => Enum.GetNames<SlackAvgThreat>().Contains(threat, StringComparer.Ordinal)
        ? _texts.Find($"Severity.{threat}") : SlackEventText.Line(threat, 40);

    private string Scan(EventRecord record, int maxEscaped)
    {
        var target = SlackEventText.Line(record.Fields.Target, maxEscaped);
        var id = SlackEventText.Line(record.Fields.ScanId, 120);
        return target.Length > 0 ? _texts["Scan.Of", target] : id.Length > 0 ? _texts["Scan.Id", id] : _texts.Find("Scan.Bare");
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
