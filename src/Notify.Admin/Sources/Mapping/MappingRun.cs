using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.Events;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>Applies a mapping to one payload. Pure, bounded, and never throws for what a payload holds: an element that cannot be an event
/// is told with its problems.</summary>
internal sealed class MappingRun
{
    private const string DefaultKind = "source.event";
    private const int LongestId = 4096;

    private readonly EventMapping _mapping;
    private readonly PayloadValues _values;
    private readonly LabelFilling _labels;
    private readonly JsonElement _payload;
    private readonly List<MappedEvent> _events = [];
    private readonly List<MappingProblem> _problems = [];
    private int _dropped;
    private long _characters;

    private MappingRun(EventMapping mapping, JsonElement payload, Func<string, string?> header)
    {
        _mapping = mapping;
        _payload = payload;
        _values = new PayloadValues(payload, header);
        _labels = new LabelFilling(mapping.Labels, _values);
    }

    public static MappedPayload Apply(EventMapping mapping, JsonElement payload, Func<string, string?> header)
    {
        if (!JsonText.IsWellFormed(payload))
        {
            return MappedPayload.Unmapped(new MappingProblem(null, "payload", new Reason("HalfPair")));
        }

        return new MappingRun(mapping, payload, header).Apply();
    }

    private MappedPayload Apply()
    {
        List<(JsonElement Element, string Split)> elements = [];
        foreach (var split in _mapping.Split)
        {
            if (split.Find(_payload) is not { } array || array.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (array.ValueKind == JsonValueKind.Object)
            {
                elements.Add((array, split.Text));
                continue;
            }

            if (array.ValueKind != JsonValueKind.Array)
            {
                return Whole("split", new Reason(array.ValueKind switch
                {
                    JsonValueKind.String => "TextNotArray",
                    JsonValueKind.Number => "NumberNotArray",
                    _ => "FlagNotArray",
                })
                {
                    Place = split.Text.Length == 0 ? "$" : split.Text,
                });
            }

            if (elements.Count + array.GetArrayLength() > MappingLimits.Elements)
            {
                return Whole("split", new Reason("TooManyEvents", $"{MappingLimits.Elements}") { Place = split.Text });
            }

            elements.AddRange(array.EnumerateArray().Select(element => (element, split.Text)));
        }

        // Without the array, the payload is about something else: a test, or another of the sender's events.
        if (elements.Count == 0 && !_mapping.Split.Any(split => split.Find(_payload) is { ValueKind: JsonValueKind.Array }))
        {
            elements.Add((_payload, ""));
        }

        var isSplit = elements is not [(_, "")];
        for (var index = 0; index < elements.Count; index++)
        {
            _values.MoveTo(elements[index].Element, elements[index].Split);
            if (_mapping.Drop.Any(IsDropped))
            {
                _dropped++;
                continue;
            }

            Read(isSplit ? index : null);
            if (_characters > MappingLimits.OutputCharacters)
            {
                return Whole("payload", new Reason("TooManyCharacters", $"{MappingLimits.OutputCharacters}"));
            }
        }

        return new MappedPayload(_events, _problems, _dropped);
    }

    private static MappedPayload Whole(string field, Reason reason) => MappedPayload.Unmapped(new MappingProblem(null, field, reason));

    private bool IsDropped(DropCondition condition)
    {
        var text = _values.Text(condition.Path, MappingLimits.Text, out var reason);
        return condition.Test switch
        {
            DropTest.Present => text is not null || reason is not null,
            DropTest.Absent => text is null && reason is null,
            DropTest.In => text is not null && condition.Values.Contains(text, StringComparer.OrdinalIgnoreCase),
            DropTest.NotIn => text is null || !condition.Values.Contains(text, StringComparer.OrdinalIgnoreCase),
        };
    }

    private void Read(int? index)
    {
        var before = _problems.Count;
        var title = Line("title", index, MappingLimits.Title);
        var kind = Field("kind", index, MappingLimits.Kind + 1, ReadKind);
        if (title is null && _problems.Count == before)
        {
            Refuse(index, "title", new Reason("NoValue"));
        }

        if (_problems.Count > before)
        {
            return;
        }

        // What follows is told when it is wrong, and left out: an alert without its link is still an alert.
        var state = Field("state", index, 64, ReadState, EventState.None);
        var severity = Field("severity", index, 64, ReadSeverity, Severity.NotStated);
        var time = Field<DateTimeOffset?>("time", index, 64, ReadTime);
        var link = Field("link", index, MappingLimits.Link + 1, ReadLink);
        var text = Field("text", index, MappingLimits.Text + 1,
            text => Taken<string?>.Text(FieldText.Shorten(ForeignText.OnLines(text), MappingLimits.Text)));
        var identity = Line("id", index, LongestId) is { } id ? Fitting(id) : Hash(_values.Element.GetRawText());

        Add(new MappedEvent(EventId(identity, state, Line("occurrence", index, LongestId)), identity, kind ?? DefaultKind, state, severity,
            title!, text, Line("asset", index, MappingLimits.Asset), Line("group", index, MappingLimits.Group), link, time, _labels.Fill())
        {
            Index = index,
            Data = index is null ? null : _values.Element,
        });
    }

    private void Add(MappedEvent mapped)
    {
        _events.Add(mapped);
        _characters += mapped.Id.Length + mapped.Identity.Length + mapped.Title.Length + (mapped.Text?.Length ?? 0)
            + (mapped.Asset?.Length ?? 0) + (mapped.Group?.Length ?? 0) + (mapped.Link?.Length ?? 0)
            + mapped.Labels.Sum(label => label.Key.Length + label.Value.Length);
    }

    // What has a state has one event for each: the end of a problem is news, and still the same problem.
    private static string EventId(string identity, EventState state, string? occurrence)
    {
        var id = state == EventState.None ? identity : $"{identity}#{(state == EventState.Open ? "open" : "resolved")}";
        return Fitting(occurrence is null ? id : $"{id}@{occurrence}");
    }

    // A long id is hashed: two that are cut might become the same.
    private static string Fitting(string id) => id.Length <= MappingLimits.Id ? id : Hash(id);

    private static string Hash(string text) => "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string? Line(string name, int? index, int most) => Field(name, index, most + 1,
        text => Taken<string?>.Text(FieldText.Shorten(ForeignText.OnOneLine(text), most)));

    /// <summary>The first alternative that has a value of use. One of no use is told only when none follows.</summary>
    private T? Field<T>(string name, int? index, int most, Func<string, Taken<T>> read, T? otherwise = default)
    {
        if (!_mapping.Fields.TryGetValue(name, out var rule))
        {
            return otherwise;
        }

        Reason? wrong = null;
        foreach (var alternative in rule.Alternatives)
        {
            foreach (var from in alternative.From)
            {
                var text = _values.Text(from, most, out var reason);
                wrong ??= reason;
                text = text is not null && alternative.Table is { } table ? table[text] : text;
                if (string.IsNullOrWhiteSpace(text))
                {
                    continue;
                }

                var taken = read(text);
                if (taken.IsThere)
                {
                    return taken.Value;
                }

                wrong ??= taken.Reason is null ? null : taken.Reason with { Place = from.Text };
            }
        }

        if (wrong is not null)
        {
            Refuse(index, name, wrong);
        }

        return otherwise;
    }

    private static Taken<EventState> ReadState(string text) => text.Trim().ToLowerInvariant() switch
    {
        "open" => new(EventState.Open),
        "resolved" => new(EventState.Resolved),
        "none" => new(EventState.None),
        _ => Taken<EventState>.Not(new Reason("NoState", MappingLimits.Shown(text))),
    };

    private static Taken<Severity> ReadSeverity(string text)
    {
        var word = text.Trim();
        if (word.Equals("not stated", StringComparison.OrdinalIgnoreCase))
        {
            return new(Severity.NotStated);
        }

        return EventSeverity.OfWord(word) is > EventSeverity.NotStated and var rank ? new((Severity)rank)
            : Taken<Severity>.Not(new Reason("NoSeverity", MappingLimits.Shown(text)));
    }

    private static Taken<DateTimeOffset?> ReadTime(string text) => FieldText.Time(text, out var isNone) is { } time ? new(time)
        : isNone ? default : Taken<DateTimeOffset?>.Not(new Reason("NoTime"));

    private static Taken<string?> ReadLink(string text) => FieldText.Link(text.Trim()) is { } link ? new(link)
        : Taken<string?>.Not(new Reason("NoLink"));

    private static Taken<string?> ReadKind(string text)
    {
        var kind = text.Trim();
        return kind.Length > MappingLimits.Kind || kind.Any(c => c is <= ' ' or >= '\x7f')
            ? Taken<string?>.Not(new Reason("NoEventKind", MappingLimits.Shown(text), $"{MappingLimits.Kind}"))
            : kind.StartsWith(ProductEvent.TypePrefix, StringComparison.Ordinal)
                ? Taken<string?>.Not(new Reason("OwnKind"))
                : kind == UnmappedEvent.Type ? Taken<string?>.Not(new Reason("UnmappedKind"))
                : new(kind);
    }

    private void Refuse(int? index, string field, Reason reason) => _problems.Add(new MappingProblem(index, field, reason));

    /// <summary>What came of reading a text as a field's value.</summary>
    private readonly record struct Taken<T>(T Value, bool IsThere, Reason? Reason)
    {
        public Taken(T value)
            : this(value, true, null)
        {
        }

        public static Taken<T> Not(Reason reason) => new(default!, false, reason);

        public static Taken<string?> Text(string text) => text.Length == 0 ? default : new(text);
    }
}
