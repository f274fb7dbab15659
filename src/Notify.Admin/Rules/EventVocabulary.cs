using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>How a listed field of an event's <c>data</c> is written.</summary>
public enum EventFieldKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A string out of a closed list.</summary>
    Choice,

    /// <summary>Decimal digits within int32, as a string or a number.</summary>
    GroupId,
}

/// <summary>A member of <c>data</c> that rules or messages read for events of one type. It may be absent.</summary>
/// <param name="Choices">The closed list; empty for other kinds.</param>
public sealed record EventField(string Name, EventFieldKind Kind, ImmutableArray<string> Choices);

/// <summary>Why an event is refused, in English: for the answer of an API.</summary>
/// <param name="Field"><c>type</c>, or the member of data: <c>data.item_level</c>.</param>
public sealed record EventFieldProblem(string Field, string Reason);

/// <summary>What events of each type may say.</summary>
public static class EventVocabulary
{
    private static readonly EventField ScanId = Text("scanId");
    private static readonly EventField Target = Text("target");
    private static readonly EventField Trigger = Choice("trigger", "schedule", "queue");
    private static readonly EventField AvgThreat = Choice("avgThreat", "Informative", "Low", "Medium", "High");

    private static readonly ImmutableArray<EventField> ScanFields = [ScanId, Target];
    private static readonly ImmutableArray<EventField> StartedScanFields = [Trigger, ScanId, Target];
    private static readonly ImmutableArray<EventField> FinishedScanFields = [AvgThreat, ScanId, Target];

    private static readonly ImmutableArray<ImmutableArray<EventField>> AlertFields =
    [
        .. Vocabulary.AlertTypes.Select(type => ImmutableArray.Create<EventField>(
        [
            .. type.Keys.Select(key => key.IsOpen ? Text(key.Name) : Choice(key.Name, [.. key.Values.Select(value => value.Literal)])),
            new("groupId", EventFieldKind.GroupId, []),
            Text("title"),
            Text("asset"),
        ])),
    ];

    /// <summary>The listed fields for a CloudEvents <c>type</c>; empty for a type that rules do not read.</summary>
    public static ImmutableArray<EventField> FieldsOf(string type) => type switch
    {
        "scan.started" => StartedScanFields,
        "scan.completed" or "scan.aborted" => FinishedScanFields,
        "scan.stopped" or "scan.deleted" or "scan.paused" or "scan.resumed" => ScanFields,
        _ => Vocabulary.FindByType(type) is { } alertType ? AlertFields[Vocabulary.AlertTypes.IndexOf(alertType)] : [],
    };

    /// <summary>Checks one event: a known <c>sas-event-</c> suffix, and every listed field within its list. Fields that are not listed for
    /// the type are not looked at.</summary>
    /// <param name="field">The string form of a member of <c>data</c>, or null when it is absent.</param>
    public static IReadOnlyList<EventFieldProblem> Check(string type, Func<string, string?> field)
    {
        if (Vocabulary.NamesAlertType(type) && Vocabulary.FindByType(type) is null)
        {
            var suffixes = string.Join(", ", Vocabulary.AlertTypes.Select(known => known.Suffix));
            return [new("type", $"names no known alert type: after \"{Vocabulary.SuffixMarker}\" must come one of {suffixes}")];
        }

        List<EventFieldProblem>? problems = null;
        foreach (var listed in FieldsOf(type))
        {
            if (listed.Kind != EventFieldKind.Text && field(listed.Name) is { } value && ReasonAgainst(listed, value) is { } reason)
            {
                (problems ??= []).Add(new($"data.{listed.Name}", reason));
            }
        }

        return problems ?? [];
    }

    private static string? ReasonAgainst(EventField listed, string value) => listed.Kind switch
    {
        EventFieldKind.Choice when !listed.Choices.Contains(value, StringComparer.Ordinal) =>
            $"must be one of {string.Join(", ", listed.Choices)}",
        EventFieldKind.GroupId when !AssetGroupId.TryParse(value, out _) => AssetGroupId.Rule,
        _ => null,
    };

    private static EventField Text(string name) => new(name, EventFieldKind.Text, []);

    private static EventField Choice(string name, params ImmutableArray<string> choices) => new(name, EventFieldKind.Choice, choices);
}
